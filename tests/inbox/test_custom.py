"""Point 3: on the last push the answer is kept, the push acknowledged, and then it is sent."""

import asyncio

import pytest
from msgspec.structs import replace

from desk import REFUSED, UNKNOWN, WORKING, Answer, Slow, more
from yizhan import Article, Image, Music, News, Text
from yizhan.errors import SendRefused
from yizhan.store.mailbox import Change, View

SERVICE = {"kind": "service", "verified": True}
NO_COVER = SendRefused("send.refused", problem="40007 invalid media_id")
KINDS = [
    ("subscription", False, False),
    ("subscription", True, True),
    ("service", False, False),
    ("service", True, True),
    ("sandbox", False, True),
]


@pytest.mark.parametrize(("kind", "verified", "may"), KINDS)
async def test_the_kind_of_account_decides_who_may_send(open_desk, kind, verified, may):
    wechat = await open_desk(Slow(), kind=kind, verified=verified)
    answer = await wechat.says("20 rain")
    assert answer == (Answer("success", "", 4.5) if may else Answer("working", WORKING, 4.5))
    await wechat.idle()
    assert wechat.courier.sent == ([Text("rain")] if may else [])


async def test_the_answer_is_sent_as_soon_as_it_is_there(open_desk):
    wechat = await open_desk(Slow(), **SERVICE)
    await wechat.says("20 rain")
    await wechat.idle(5.4)
    assert wechat.screen() == []
    await wechat.idle(0.3)
    assert wechat.screen() == ["rain"]
    [job] = await wechat.jobs()
    assert (job.state, job.parts) == ("delivered", ())


async def test_it_is_durable_before_it_is_sent(open_desk):
    wechat = await open_desk(Slow(), **SERVICE)
    await wechat.says("20 rain")
    await wechat.idle(5.55)
    [job] = await wechat.jobs()
    assert (job.state, job.custom, len(job.parts)) == ("sending", 1, 1)


async def test_a_push_that_shows_no_reply_has_its_answer_sent(open_desk):
    def bot(account):
        @account.view
        async def look(event):
            return "good reading"

    wechat = await open_desk(bot, **SERVICE)
    await wechat.says("hello")  # opens the window
    assert await wechat.sends(wechat.event("VIEW", "https://example.com")) == Answer("success")
    await wechat.idle(1)
    assert wechat.screen() == ["good reading"]


class TestQuota:
    """Five messages in 48 hours after a message, three in a minute (docs/protocol.md#f1)."""

    async def test_five_messages_after_a_message(self, open_desk):
        wechat = await open_desk(Several(8, apart=10), **SERVICE)
        await wechat.says("go")
        await wechat.idle(200)
        assert len(wechat.courier.sent) == 5

    async def test_a_new_message_gives_five_again(self, open_desk):
        wechat = await open_desk(Slow(), **SERVICE)
        for n in range(7):
            assert (await wechat.says(f"20 {n}")).kind == "success"
            await wechat.idle(30)
        assert len(wechat.courier.sent) == 7

    async def test_the_window_closes_after_48_hours(self, open_desk):
        wechat = await open_desk(Slow(), handler_timeout=1e6, lease=1e6, **SERVICE)
        await wechat.says(f"{48 * 3600} late")
        await wechat.idle(50 * 3600)
        assert wechat.courier.sent == []
        assert (await wechat.says("hello")).text == "late\n\nhello"

    @pytest.mark.parametrize(
        ("name", "event_key"),
        [
            ("CLICK", "K"),
            ("scancode_push", "K"),
            ("scancode_waitmsg", "K"),
            ("subscribe", ""),
            ("SCAN", "1"),
        ],
    )
    async def test_an_event_of_the_menu_a_follow_or_a_scan_opens_a_minute(
        self, open_desk, name, event_key
    ):
        wechat = await open_desk(Several(5, on=name, apart=10), **SERVICE)
        await wechat.sends(wechat.event(name, event_key))
        await wechat.idle(100)
        assert len(wechat.courier.sent) == 3

    @pytest.mark.parametrize("name", ["an_event", "LOCATION", "pic_weixin", "location_select"])
    async def test_other_events_open_none(self, open_desk, name):
        wechat = await open_desk(Several(2, on=name, apart=10), **SERVICE)
        await wechat.sends(wechat.event(name))
        await wechat.idle(100)
        assert wechat.courier.sent == []

    async def test_a_click_in_a_message_menu_counts_as_a_click_of_the_menu(self, open_desk):
        wechat = await open_desk(Slow(), **SERVICE)
        await wechat.sends(wechat.text("70 rain", bizmsgmenuid="101"))
        await wechat.idle(100)
        assert wechat.courier.sent == []

    async def test_replies_cost_none(self, open_desk):
        wechat = await open_desk(Slow(), **SERVICE)
        for n in range(8):
            await wechat.says(f"{n}")
        assert wechat.world.box().windows["message"].used == 0

    async def test_a_message_s_window_outlives_a_menu_s_minute(self, open_desk):
        def bot(account):
            Slow()(account)
            Several(6, on="CLICK", apart=10)(account)

        wechat = await open_desk(bot, **SERVICE)
        await wechat.says("hello")
        await wechat.sends(wechat.event("CLICK", "K"))
        await wechat.idle(300)
        windows = wechat.world.box().windows
        assert {name: window.used for name, window in windows.items()} == {"message": 2, "menu": 3}

    @pytest.mark.parametrize("used", [None, 5])
    async def test_without_a_window_or_quota_left_the_last_push_tells_to_wait(
        self, open_desk, used
    ):
        def bot(account):
            @account.text
            async def hello(message):
                return "hello"

            @account.report_location
            async def near(event):
                await asyncio.sleep(20)
                return "a shop is near"

        wechat = await open_desk(bot, **SERVICE)
        if used:
            await wechat.says("hello")
            spend(wechat, used)
        answer = await wechat.sends(wechat.event("LOCATION"))
        assert answer == Answer("working", WORKING, 4.5)
        await wechat.idle()
        assert wechat.courier.sent == []
        assert (await wechat.says("hello")).text == "a shop is near\n\nhello"


class Several:
    """A bot that says so many things, the first at once and the others with pauses."""

    def __init__(self, count: int, *, on: str = "text", apart: float) -> None:
        self.count, self.on, self.apart = count, on, apart

    def __call__(self, account) -> None:
        async def handler(message):
            for n in range(self.count):
                if n:
                    await asyncio.sleep(self.apart)
                yield Image(f"picture {n}")

        if self.on == "text":
            account.text("go")(handler)
        else:
            account.event(self.on)(handler)


class TestMoreThanFits:
    async def test_parts_that_outnumber_the_quota_are_joined(self, open_desk):
        def bot(account):
            @account.text
            async def handler(message):
                await asyncio.sleep(20)
                for n in range(4):
                    yield f"{n}" * 900

        wechat = await open_desk(bot, **SERVICE)
        await wechat.says("go")
        spend(wechat, 3)  # two are left
        await wechat.idle()
        assert [len(reply.content) for reply in wechat.courier.sent] == [1802, 1802]

    async def test_what_still_exceeds_it_waits_for_the_next_push(self, open_desk):
        def bot(account):
            @account.text("go")
            async def handler(message):
                await asyncio.sleep(20)
                for n in range(3):
                    yield f"{n}" * 1900

            @account.text
            async def other(message):
                return None

        wechat = await open_desk(bot, **SERVICE)
        await wechat.says("go")
        spend(wechat, 3)
        await wechat.idle()
        assert wechat.screen() == ["0" * 1900, "1" * 1900 + f"\n\n{more(1)}"]
        assert (await wechat.says("next")).text == "2" * 1900

    async def test_the_last_message_of_the_quota_tells_of_it_and_a_pick_up_word_gets_it(
        self, open_desk
    ):
        bot = Slow()
        wechat = await open_desk(bot, **SERVICE)
        asked = [asyncio.create_task(wechat.says(f"{n} {n}")) for n in (20, 1, 2)]
        await asyncio.gather(*asked)
        spend(wechat, 4)  # one is left
        wechat.courier.seconds = 4.0  # so that the others are there as well
        await wechat.idle()
        assert wechat.screen() == ["20"]
        assert (await wechat.says("继续")).text == "1\n\n2\n\n继续"

    async def test_its_text_is_cut_where_the_note_needs_room(self, open_desk):
        def bot(account):
            @account.text
            async def handler(message):
                await asyncio.sleep(20)
                yield "0" * 2048
                yield "1" * 2048

        wechat = await open_desk(bot, **SERVICE)
        await wechat.says("go")
        spend(wechat, 4)
        await wechat.idle()
        [sent] = wechat.courier.sent
        head, _, note = sent.content.partition("\n\n")
        assert note == more(2)
        first = await wechat.says("继续")
        assert first.text == "0" * (2048 - len(head)) + f"\n\n{more(1)}"
        assert (await wechat.says("继续")).text == "1" * 2048

    async def test_also_of_what_a_generator_is_still_to_say(self, open_desk):
        def bot(account):
            @account.text
            async def handler(message):
                await asyncio.sleep(20)
                yield "one"
                await asyncio.sleep(10)
                yield "two"

        wechat = await open_desk(bot, **SERVICE)
        await wechat.says("go")
        spend(wechat, 4)
        await wechat.idle(12)
        assert wechat.screen() == [f"one\n\n{more(1)}"]
        assert (await wechat.says("继续")).kind == "success"  # it has opened a new window
        await wechat.idle(1)
        assert wechat.screen()[1:] == ["two"]

    async def test_without_need_every_answer_is_a_message_of_its_own(self, open_desk):
        def bot(account):
            @account.text
            async def handler(message):
                await asyncio.sleep(20)
                yield "one"
                yield "two"

        wechat = await open_desk(bot, **SERVICE)
        await wechat.says("go")
        await wechat.idle()
        assert wechat.screen() == ["one", "two"]

    async def test_a_long_text_is_sent_in_parts(self, open_desk):
        text = "天气" * 700

        def bot(account):
            @account.text
            async def handler(message):
                await asyncio.sleep(20)
                return text

        wechat = await open_desk(bot, **SERVICE)
        await wechat.says("go")
        await wechat.idle()
        assert len(wechat.screen()) == 3
        assert "".join(wechat.screen()) == text

    async def test_the_first_part_goes_inline_and_the_rest_is_sent(self, open_desk):
        text = "天气" * 700

        def bot(account):
            @account.text
            async def handler(message):
                return text

        wechat = await open_desk(bot, **SERVICE)
        answer = await wechat.says("go")
        assert answer.kind == "reply"
        await wechat.idle(2)
        assert len(wechat.courier.sent) == 2
        assert "".join(wechat.screen()) == text

    async def test_news_of_several_articles_are_sent_one_by_one(self, open_desk):
        def bot(account):
            @account.click
            async def handler(event):
                await asyncio.sleep(20)
                return News(Article("one"), Article("two"))

        wechat = await open_desk(bot, **SERVICE)
        await wechat.sends(wechat.event("CLICK", "K"))
        await wechat.idle()
        assert wechat.courier.sent == [News(Article("one")), News(Article("two"))]


def spend(wechat, count: int) -> None:
    """Use up some of the message window."""

    def rule(view: View) -> Change[None]:
        window = view.box.windows["message"]
        spent = {**view.box.windows, "message": replace(window, used=count)}
        return Change(None, replace(view.box, windows=spent))

    wechat.world.apply(rule)


class TestRefused:
    """45015, 45047, 48001: the answer goes one rung down."""

    async def test_it_rides_on_the_next_push_and_the_log_has_advice(self, open_desk, log):
        wechat = await open_desk(Slow(), **SERVICE)
        wechat.courier.fails = [REFUSED]
        await wechat.says("20 rain")
        await wechat.idle()
        assert log.tells("WARNING", "45015")
        assert wechat.inbox.meter.of("sends", "refused") == 1
        [job] = await wechat.jobs()
        assert (job.state, job.custom, "45015" in job.note) == ("ready", 0, True)
        assert (await wechat.says("hello")).text == "rain\n\nhello"
        assert wechat.courier.sent == []

    async def test_so_does_music_that_it_does_not_take_without_a_cover(self, open_desk, log):
        music = Music(title="t", url="https://example.com/a.mp3")

        def bot(account):
            @account.text("music")
            async def play(message):
                await asyncio.sleep(20)
                return music

            @account.text
            async def other(message):
                return None

        wechat = await open_desk(bot, **SERVICE)
        wechat.courier.fails = [NO_COVER]
        await wechat.says("music")
        await wechat.idle()
        assert log.tells("WARNING", "40007")
        await wechat.says("hello")
        assert wechat.screen() == ["Music"]
        assert wechat.courier.sent == []

    async def test_what_was_sent_before_is_not_sent_again(self, open_desk, log):
        def bot(account):
            @account.text("go")
            async def handler(message):
                await asyncio.sleep(20)
                yield "one"
                yield "two"

            @account.text
            async def other(message):
                return "hello"

        wechat = await open_desk(bot, **SERVICE)
        wechat.courier.fails = [None, REFUSED]
        await wechat.says("go")
        await wechat.idle()
        assert log.tells("45015")
        assert wechat.screen() == ["one"]
        assert (await wechat.says("hello")).text == "two\n\nhello"

    async def test_so_does_all_that_was_to_follow_it(self, open_desk, log):
        wechat = await open_desk(Slow(), hold=0, **SERVICE)
        await wechat.push(wechat.text("7 first"), seconds=1)
        await wechat.says("1 second")
        wechat.courier.fails = [REFUSED]
        await wechat.idle()
        assert log.tells("45015")
        assert wechat.screen() == []
        assert (await wechat.says("hello")).text == "first\n\nsecond\n\nhello"

    async def test_so_does_one_for_which_another_process_left_no_quota(self, open_desk):
        wechat = await open_desk(Slow(), **SERVICE)
        await wechat.says("20 rain")
        wechat.way.slow["begin_send"] = 1
        await wechat.idle(6)
        spend(wechat, 5)
        await wechat.idle()
        assert wechat.courier.sent == []
        assert (await wechat.says("hello")).text == "rain\n\nhello"

    async def test_so_does_one_that_a_fault_of_our_own_keeps(self, open_desk, log, monkeypatch):
        wechat = await open_desk(Slow(), **SERVICE)
        with monkeypatch.context() as broken:
            broken.setattr("yizhan.inbox.composing.compact", lambda *_: 1 / 0)
            await wechat.says("20 rain")
            await wechat.idle(60)
        (line,) = log.lines
        assert line.startswith("CRITICAL division by zero (ZeroDivisionError, ")
        assert log.tells("division")
        assert (await wechat.says("hello")).text == "rain\n\nhello"


class TestUnknown:
    """Sends are never blindly repeated: in doubt the job says so."""

    @pytest.mark.parametrize("problem", [UNKNOWN, KeyError("a bug")], ids=repr)
    async def test_it_is_listed_and_not_sent_again(self, open_desk, log, problem):
        wechat = await open_desk(Slow(), **SERVICE)
        wechat.courier.fails = [problem]
        await wechat.says("20 rain")
        await wechat.idle()
        assert log.tells("ERROR", "it is unknown")
        [job] = await wechat.jobs("unknown")
        assert len(job.parts) == 1
        assert (await wechat.says("hello")).text == "hello"
        await wechat.idle(3600)
        assert wechat.courier.sent == []
        assert wechat.inbox.meter.of("sends", "unknown") == 1

    async def test_retrying_it_is_a_person_s_decision(self, open_desk, log):
        wechat = await open_desk(Slow(), **SERVICE)
        wechat.courier.fails = [UNKNOWN]
        await wechat.says("20 rain")
        await wechat.idle()
        assert log.tells("it is unknown")
        [job] = await wechat.jobs("unknown")
        assert wechat.world.retry(job.key)
        assert (await wechat.says("hello")).text == "rain\n\nhello"


class TestUnknownPiece:
    """Nobody knows whether one piece of several arrived: the others are answers, too."""

    @staticmethod
    def tells(account):
        @account.text("tell")
        async def tell(message):
            for piece in ("one", "two", "three"):
                yield piece
                await asyncio.sleep(12)

        Slow()(account)

    async def test_what_comes_after_it_is_sent(self, open_desk, log):
        wechat = await open_desk(self.tells, **SERVICE)
        wechat.courier.fails = [UNKNOWN]
        assert await wechat.says("tell") == Answer("reply", "one", 1.0)
        await wechat.idle(20)
        [job] = await wechat.jobs("unknown")
        assert wechat.screen() == ["one"]
        await wechat.idle(60)
        assert wechat.screen() == ["one", "three"]
        [job] = await wechat.jobs("unknown")
        assert len(job.parts) == 1
        assert wechat.world.box().jobs == ()
        assert log.tells("ERROR", "it is unknown")

    async def test_also_what_its_handler_had_said_with_it(self, open_desk, log):
        def bot(account):
            @account.text("three")
            async def three(message):
                await asyncio.sleep(20)
                for piece in ("one", "two", "three"):
                    yield piece

        wechat = await open_desk(bot, **SERVICE)
        wechat.courier.fails = [None, UNKNOWN]
        await wechat.says("three")
        await wechat.idle(60)
        assert wechat.screen() == ["one", "three"]
        assert log.tells("ERROR", "it is unknown")

    async def test_after_a_death_too(self, open_desk):
        wechat = await open_desk(self.tells, **SERVICE)
        other = await wechat.beside()
        await wechat.says("tell")
        wechat.courier.seconds = 10
        await wechat.idle(20)  # the second piece is on its way
        await wechat.kill()
        wechat.courier.seconds = 0.1
        await other.idle(120)
        assert wechat.screen() == ["one", "three"]
        assert [job.state for job in await other.jobs()] == ["unknown"]

    async def test_a_stop_waits_for_what_is_on_its_way(self, open_desk):
        wechat = await open_desk(self.tells, **SERVICE)
        other = await wechat.beside()
        await wechat.says("tell")
        wechat.courier.seconds = 5
        await wechat.idle(18)  # the second piece is on its way
        await wechat.stop()
        await other.idle(120)
        assert wechat.screen() == ["one", "two", "three"]
        assert [job.state for job in await other.jobs()] == ["replied"]


class TestOrder:
    async def test_a_follower_s_answers_are_sent_in_the_order_of_the_questions(self, open_desk):
        wechat = await open_desk(Slow(), **SERVICE)
        asking = [asyncio.create_task(wechat.says(f"{n} {n}")) for n in (20, 1, 0)]
        await asyncio.gather(*asking)
        await wechat.idle()
        assert wechat.screen() == ["20", "1", "0"]

    async def test_an_earlier_answer_that_waits_for_a_push_goes_before_a_later_one(self, open_desk):
        wechat = await open_desk(Slow(), hold=0, **SERVICE)
        await wechat.push(wechat.text("7 first"), seconds=1)  # and no further push comes
        assert (await wechat.says("1 second")).kind == "success"
        await wechat.idle(3)
        assert wechat.screen() == ["first", "second"]
        await wechat.idle()
        assert wechat.screen() == ["first", "second"]

    async def test_a_later_answer_that_waits_for_a_push_waits_on(self, open_desk):
        wechat = await open_desk(Slow(), hold=0, ordered=False, **SERVICE)
        first = asyncio.create_task(wechat.says("6 first"))
        second = asyncio.create_task(wechat.push(wechat.text("6 second"), seconds=1))
        await asyncio.gather(first, second)
        await wechat.idle(2)
        assert wechat.screen() == ["first"]
        await wechat.idle(8)
        assert wechat.screen() == ["first", "second"]

    async def test_a_later_one_does_not_go_inline_before_the_rest_of_an_earlier(self, open_desk):
        def bot(account):
            @account.text("two")
            async def two(message):
                yield "rain"
                yield "snow"

            @account.text
            async def slow(message):
                await asyncio.sleep(20 if message.content == "slow" else 0)
                return message.content

        wechat = await open_desk(bot, **SERVICE)
        await wechat.says("slow")
        wechat.courier.seconds = 2.0
        await wechat.idle(6)
        pushes = [asyncio.create_task(wechat.says(text)) for text in ("two", "hail")]
        await asyncio.gather(*pushes)
        await wechat.idle(10)
        assert "\n\n".join(wechat.screen()).split() == ["slow", "rain", "snow", "hail"]

    async def test_also_when_two_processes_send_them(self, open_desk):
        wechat = await open_desk(Slow(), **SERVICE)
        other = await wechat.beside()
        wechat.courier.seconds = 3.0
        first = asyncio.create_task(wechat.says("20 rain"))
        await asyncio.sleep(0.1)
        assert (await other.says("1 snow")).kind == (await first).kind == "success"
        await wechat.idle(30)
        assert wechat.screen() == ["rain", "snow"]
        assert [job.state for job in await wechat.jobs()] == ["delivered"] * 2

    async def test_also_when_the_other_begins_just_then(self, open_desk):
        def bot(account):
            @account.text("drip")
            async def drip(message):
                yield "one"
                await asyncio.sleep(20)
                yield "two"
                yield "three"

            @account.text
            async def echo(message):
                return message.content

        wechat = await open_desk(bot, **SERVICE)
        other = await wechat.beside(bot)
        assert (await wechat.says("drip")).text == "one"
        wechat.way.slow["begin_send"], other.way.slow["begin_send"] = 0.05, 0.1
        wechat.courier.seconds = 1.0
        assert (await other.says("snow")).kind == "success"
        await wechat.idle(30)
        assert wechat.screen() == ["one", "two", "three", "snow"]

    async def test_but_one_that_hangs_there_is_not_waited_for_long(self, open_desk):
        wechat = await open_desk(Slow(), **SERVICE)
        other = await wechat.beside()
        wechat.courier.seconds = 60.0
        first = asyncio.create_task(wechat.says("20 rain"))
        await asyncio.sleep(1)
        await other.says("1 snow")
        await first
        await wechat.idle(6)  # snow was there after 21 s
        assert wechat.courier.begun == [Text("rain")]
        await wechat.idle(6)
        assert wechat.courier.begun == [Text("rain"), Text("snow")]

    async def test_one_that_goes_on_sending_there_is_waited_for(self, open_desk):
        def bot(account):
            @account.text("album")
            async def album(message):
                await asyncio.sleep(20)
                for name in "abcd":
                    yield Image(name)

            @account.text
            async def echo(message):
                return message.content

        wechat = await open_desk(bot, **SERVICE)
        other = await wechat.beside(bot)
        wechat.courier.seconds = other.courier.seconds = 3.0  # all four take twelve
        first = asyncio.create_task(wechat.says("album"))
        await asyncio.sleep(0.1)
        await other.says("snow")
        await first
        await wechat.idle(60)
        assert wechat.screen() == ["Image"] * 4 + ["snow"]

    async def test_an_inline_reply_waits_for_one_that_is_on_its_way(self, open_desk):
        wechat = await open_desk(Slow(), **SERVICE)
        await wechat.says("20 rain")
        wechat.courier.seconds = 2.0
        await wechat.idle(6)  # sent since half a second
        assert await wechat.says("snow") == Answer("reply", "snow", 1.5)
        assert wechat.screen() == ["rain", "snow"]

    async def test_also_for_one_of_another_process(self, open_desk):
        wechat = await open_desk(Slow(), **SERVICE)
        other = await wechat.beside()
        await wechat.says("20 rain")
        wechat.courier.seconds = 2.0
        await wechat.idle(6)
        assert await other.says("snow") == Answer("reply", "snow", 1.5)
        assert wechat.screen() == ["rain", "snow"]

    async def test_and_takes_it_along_when_it_was_refused(self, open_desk, log):
        wechat = await open_desk(Slow(), **SERVICE)
        await wechat.says("20 rain")
        wechat.courier.seconds, wechat.courier.fails = 2.0, [REFUSED]
        await wechat.idle(6)
        assert await wechat.says("snow") == Answer("reply", "rain\n\nsnow", 1.5)
        assert log.tells("WARNING", "45015")

    async def test_but_no_longer_than_its_own_deadline(self, open_desk):
        wechat = await open_desk(Slow(), **SERVICE)
        await wechat.says("20 rain")
        wechat.courier.seconds = 20.0
        await wechat.idle(6)
        assert await wechat.says("snow") == Answer("reply", "snow", 4.75)

    async def test_so_does_what_a_pick_up_word_fetches(self, open_desk):
        wechat = await open_desk(Slow(), **SERVICE)
        other = await wechat.beside(verified=False)
        wechat.courier.seconds = 30.0
        await wechat.says("20 rain")  # on its way from 20 to 50
        assert (await other.says("20 snow")).text == WORKING  # at 29
        await wechat.idle(12)
        assert await other.says("继续") == Answer("reply", "snow", 4.0)
        assert wechat.screen() == [WORKING, "rain", "snow"]

    async def test_different_followers_do_not_wait_for_each_other(self, open_desk):
        wechat = await open_desk(Slow(), **SERVICE)
        wechat.courier.seconds = 3
        fans = [f"o{n}" for n in range(5)]
        await asyncio.gather(*(wechat.says("20 rain", fan) for fan in fans))
        await wechat.idle(5.5 + 3.5)
        assert all(wechat.screen(fan) == ["rain"] for fan in fans)


class TestStoreAway:
    """The store may be away for a while at any moment of a send."""

    @pytest.mark.parametrize("method", ["begin_send", "sent"])
    async def test_the_answer_is_sent_once_when_it_is_back(self, open_desk, log, method):
        wechat = await open_desk(Slow(), **SERVICE)
        await wechat.says("20 rain")
        wechat.way.failing.add(method)
        await wechat.idle()
        assert log.tells("WARNING", method)
        wechat.way.failing.clear()
        await wechat.idle()
        assert wechat.screen() == ["rain"]
        [job] = await wechat.jobs()
        assert job.state == "delivered"

    async def test_a_refusal_is_recorded_when_it_is_back(self, open_desk, log):
        wechat = await open_desk(Slow(), **SERVICE)
        wechat.courier.fails = [REFUSED]
        await wechat.says("20 rain")
        wechat.way.failing.add("refused")
        await wechat.idle()
        assert log.tells("WARNING", "cannot be reached")
        assert log.tells("45015")
        wechat.way.failing.clear()
        await wechat.idle()
        assert (await wechat.says("hello")).text == "rain\n\nhello"
