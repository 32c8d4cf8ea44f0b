"""Point 4: without the right to send, the answer rides on the follower's next push."""

import asyncio

import pytest

from desk import WORKING, Answer, Slow, key_of, more
from yizhan import Article, Image, News
from yizhan.graphemes import split
from yizhan.inbox.push import Accepted


class TestWorkingText:
    async def test_the_last_push_tells_to_wait(self, open_desk):
        wechat = await open_desk(Slow())
        assert await wechat.says("20 rain") == Answer("working", WORKING, 4.5)

    async def test_it_is_settable(self, open_desk):
        wechat = await open_desk(Slow(), working="one moment")
        assert await wechat.says("20 rain") == Answer("working", "one moment", 4.5)

    async def test_the_answer_is_durable_and_waits(self, open_desk):
        wechat = await open_desk(Slow())
        await wechat.says("20 rain")
        await wechat.idle()
        [job] = await wechat.jobs()
        assert (job.state, job.custom, len(job.parts)) == ("ready", 0, 1)

    async def test_the_push_repeated_gets_the_same_text_again(self, open_desk):
        wechat = await open_desk(Slow())
        message = wechat.text("20 rain")
        await wechat.sends(message)
        assert (await wechat.push(message)).text == WORKING


class TestNextPush:
    async def test_any_message_of_the_follower_carries_what_waits(self, open_desk):
        wechat = await open_desk(Slow())
        await wechat.says("20 rain")
        await wechat.idle()
        assert (await wechat.says("hello")).text == "rain\n\nhello"
        assert [job.state for job in await wechat.jobs()] == ["delivered", "replied"]

    async def test_so_does_one_that_has_no_answer_of_its_own(self, open_desk):
        def bot(account):
            @account.image
            async def silent(message):
                return None

            Slow()(account)

        wechat = await open_desk(bot)
        await wechat.says("20 rain")
        await wechat.idle()
        picture = wechat.read({"MsgType": "image", "MediaId": "m", "MsgId": "9"})
        assert (await wechat.sends(picture)).text == "rain"

    @pytest.mark.parametrize("name", ["CLICK", "SCAN", "subscribe", "LOCATION", "pic_weixin"])
    async def test_so_do_events_whose_reply_is_shown(self, open_desk, name):
        wechat = await open_desk(Slow())
        await wechat.says("20 rain")
        await wechat.idle()
        assert (await wechat.sends(wechat.event(name))).text == "rain"

    NOT_SHOWN = (
        "VIEW",
        "view_miniprogram",
        "unsubscribe",
        "TEMPLATESENDJOBFINISH",
        "MASSSENDJOBFINISH",
        "PUBLISHJOBFINISH",
        "kf_create_session",
        "kf_close_session",
        "kf_switch_session",
        "subscribe_msg_popup_event",
        "an_event_unheard_of",
    )

    @pytest.mark.parametrize("name", NOT_SHOWN)
    async def test_others_never_carry_an_answer(self, open_desk, name):
        wechat = await open_desk(Slow())
        await wechat.says("20 rain")
        await wechat.idle()
        assert await wechat.sends(wechat.event(name)) == Answer("success")
        assert (await wechat.says("hello")).text == "rain\n\nhello"

    @pytest.mark.parametrize("name", NOT_SHOWN[3:])
    async def test_nor_do_they_get_the_working_text(self, open_desk, name):
        def bot(account):
            Slow()(account)

            @account.event(name)
            async def slow(event):
                await asyncio.sleep(20)
                return "noted"

        wechat = await open_desk(bot)
        assert await wechat.sends(wechat.event(name)) == Answer("success", "", 4.5)
        await wechat.idle()
        assert (await wechat.says("hello")).text == "noted\n\nhello"

    async def test_an_answer_goes_to_its_own_follower_only(self, open_desk):
        wechat = await open_desk(Slow())
        await wechat.says("20 rain", "oFan")
        await wechat.idle()
        assert (await wechat.says("hello", "oOther")).text == "hello"
        assert (await wechat.says("hello", "oFan")).text == "rain\n\nhello"

    async def test_a_slow_message_carries_what_waits_when_its_own_push_ends(self, open_desk):
        wechat = await open_desk(Slow())
        await wechat.says("20 rain")
        await wechat.idle()
        assert await wechat.says("20 snow") == Answer("more", f"rain\n\n{more(1)}", 4.5)
        await wechat.idle()
        assert (await wechat.says("继续")).text == "snow"

    async def test_also_what_became_ready_while_it_was_held(self, open_desk):
        wechat = await open_desk(Slow())
        first = asyncio.create_task(wechat.says("20 rain"))
        await wechat.idle(13)
        assert (await wechat.says("30 snow")).text == f"rain\n\n{more(1)}"
        await first

    async def test_a_lost_push_loses_none_of_it(self, open_desk):
        wechat = await open_desk(Slow())
        await wechat.says("20 rain")
        await wechat.idle()
        await wechat.push(wechat.text("hello"), lose=True)
        assert (await wechat.says("again")).text == "rain\n\nhello\n\nagain"

    async def test_an_answer_is_carried_by_one_push_only(self, open_desk):
        wechat = await open_desk(Slow(), ordered=False)
        await wechat.says("20 rain")
        await wechat.idle()
        await asyncio.gather(*(wechat.says(f"{n}") for n in range(5)))
        assert [text.count("rain") for text in wechat.screen()].count(1) == 1


async def test_a_new_question_is_never_swallowed(open_desk):
    bot = Slow()
    wechat = await open_desk(bot)
    await wechat.says("60 rain")
    for question in ("snow?", "hail?"):
        assert (await wechat.says(question)).kind == "working"
    await wechat.idle()
    assert (await wechat.says("继续")).text == "rain\n\nsnow?\n\nhail?"
    assert bot.runs == ["60 rain", "snow?", "hail?"]


async def test_three_questions_while_the_first_is_running_get_three_answers_in_order(open_desk):
    bot = Slow()
    wechat = await open_desk(bot)
    asked = [asyncio.create_task(wechat.says(f"{n} {n}")) for n in (4, 2, 1)]
    assert [(await task).text for task in asked] == ["4", "2", "1"]
    assert wechat.screen() == ["4", "2", "1"]


class TestMany:
    """Waiting answers share one text of 2,048 bytes; what is left is told of."""

    @staticmethod
    def long(account):
        @account.text
        async def handler(message):
            mark, _, size = message.content.partition(" ")
            if size:
                await asyncio.sleep(20)
            return mark * int(size or 1)

    async def gather(self, wechat, *questions):
        for question in questions:
            await wechat.says(question)
            await wechat.idle()

    async def test_the_oldest_goes_out_with_a_note_when_they_do_not_fit(self, open_desk):
        wechat = await open_desk(self.long)
        asking = [asyncio.create_task(wechat.says(f"{mark} 1500")) for mark in "abc"]
        await asyncio.gather(*asking)
        await wechat.idle(60)
        assert await wechat.says("继续") == Answer("more", "a" * 1500 + f"\n\n{more(2)}")
        assert await wechat.says("继续") == Answer("more", "b" * 1500 + f"\n\n{more(1)}")
        assert await wechat.says("继续") == Answer("reply", "c" * 1500)

    async def test_one_that_leaves_no_room_for_the_note_is_cut_and_goes_on_with_the_next(
        self, open_desk
    ):
        wechat = await open_desk(self.long)
        await asyncio.gather(*(wechat.says(f"{mark} 2048") for mark in "ab"))
        await wechat.idle(60)
        first = await wechat.says("继续")
        head, _, note = first.text.partition("\n\n")
        assert (len(first.text.encode()) <= 2048, note) == (True, more(2))
        assert await wechat.says("继续") == Answer(
            "more", "a" * (2048 - len(head)) + f"\n\n{more(1)}"
        )
        assert await wechat.says("继续") == Answer("reply", "b" * 2048)
        assert [job.state for job in await wechat.jobs("ready")] == []

    async def test_what_one_push_leaves_behind_the_next_does_not_overtake(self, open_desk):
        """A push holds all that waits until it is written; then the rest is free."""
        wechat = await open_desk(self.long)
        await asyncio.gather(*(wechat.says(f"{mark} 1500") for mark in "ab"))
        await wechat.idle(60)
        first = wechat.text("c")
        accepted = Accepted(first, key_of(first))
        response = await wechat.answer(accepted, wechat.line())
        second = asyncio.create_task(wechat.says("d"))
        await asyncio.sleep(1)
        assert not second.done()
        wechat.written(response)
        assert await second == Answer("reply", "b" * 1500 + "\n\nc\n\nd", 1.0)

    async def test_a_new_answer_joins_those_that_wait(self, open_desk):
        wechat = await open_desk(self.long)
        await self.gather(wechat, "a 2000")
        answer = await wechat.says("b")
        assert answer == Answer("reply", "a" * 2000 + "\n\nb")

    async def test_or_waits_itself_when_there_is_no_room(self, open_desk):
        wechat = await open_desk(self.long)
        asking = [asyncio.create_task(wechat.says(f"{mark} 1800")) for mark in "ab"]
        await asyncio.gather(*asking)
        await wechat.idle(60)
        assert await wechat.says("c") == Answer("more", "a" * 1800 + f"\n\n{more(2)}")
        assert (await wechat.says("继续")).text == "b" * 1800 + "\n\nc"

    async def test_the_note_is_settable(self, open_desk):
        wechat = await open_desk(self.long, more="{n} left")
        asking = [asyncio.create_task(wechat.says(f"{mark} 1500")) for mark in "ab"]
        await asyncio.gather(*asking)
        await wechat.idle(60)
        assert (await wechat.says("继续")).text == "a" * 1500 + "\n\n1 left"

    async def test_the_queue_drains_by_ordinary_messages_too(self, open_desk):
        wechat = await open_desk(self.long)
        asking = [asyncio.create_task(wechat.says(f"{mark} 1500")) for mark in "abc"]
        await asyncio.gather(*asking)
        await wechat.idle(60)
        shown = [(await wechat.says(f"{n}")).text for n in range(4)]
        assert [text[0] for text in shown] == ["a", "b", "c", "3"]
        assert [job.state for job in await wechat.jobs() if job.parts] == []

    async def test_long_text_is_cut_at_grapheme_borders(self, open_desk):
        text = "👩‍👩‍👧‍👦" * 150

        def bot(account):
            @account.text("go")
            async def handler(message):
                return text

        wechat = await open_desk(bot)
        parts = []
        answer = await wechat.says("go")
        while answer.kind == "more":
            parts.append(answer.text.rpartition("\n\n")[0])
            answer = await wechat.says("继续")
        assert "".join([*parts, answer.text]) == text
        assert all(set(split(part, 25)) == {"👩‍👩‍👧‍👦"} for part in [*parts, answer.text])


class TestPictures:
    """What is no text goes alone."""

    @staticmethod
    def bot(account):
        @account.text(prefix="20 ")
        async def picture(message):
            await asyncio.sleep(20)
            return Image(message.content[3:])

        @account.text
        async def echo(message):
            return message.content

    async def test_a_picture_that_waits_goes_before_the_new_answer(self, open_desk):
        wechat = await open_desk(self.bot)
        await wechat.says("20 a")
        await wechat.idle()
        await wechat.says("hello")
        assert wechat.world.replies[-1] == Image("a")
        await wechat.says("again")
        assert wechat.screen()[-1] == "hello\n\nagain"

    async def test_news_of_an_event_go_on_one_card_on_its_own_push(self, open_desk):
        card = News(*(Article(f"{n}") for n in range(8)))

        def bot(account):
            @account.click
            async def handler(event):
                return card

        wechat = await open_desk(bot)
        await wechat.sends(wechat.event("CLICK", "K"))
        assert wechat.world.replies == [card]
        [job] = await wechat.jobs()
        assert (job.state, job.parts) == ("replied", ())

    async def test_and_one_by_one_on_the_pushes_of_messages(self, open_desk):
        def bot(account):
            @account.click
            async def handler(event):
                return News(Article("one"), Article("two"))

            @account.text
            async def silent(message):
                return None

        wechat = await open_desk(bot)
        await wechat.push(wechat.event("CLICK", "K"), lose=True)
        await wechat.idle()
        await wechat.says("hello")
        await wechat.says("hello")
        assert wechat.world.replies == [News(Article("one")), News(Article("two"))]

    async def test_more_articles_than_a_card_of_its_kind_holds_are_the_author_s_error(
        self, open_desk, log
    ):
        def bot(account):
            @account.text
            async def handler(message):
                return News(Article("one"), Article("two"))

        wechat = await open_desk(bot, fallback="sorry")
        assert (await wechat.says("hello")).text == "sorry"
        assert log.tells("handler", "raised")


class TestUncollected:
    async def test_answers_nobody_collected_in_48_hours_are_listed(self, open_desk):
        wechat = await open_desk(Slow(), lease=600)
        await wechat.says("20 rain")
        await wechat.idle(48 * 3600)
        assert [job.state for job in await wechat.jobs()] == ["ready"]
        await wechat.idle(1200)
        [job] = await wechat.jobs()
        assert (job.state, len(job.parts)) == ("uncollected", 1)
        assert (await wechat.says("hello")).text == "hello"

    async def test_the_time_is_settable(self, open_desk):
        wechat = await open_desk(Slow(), lease=600, collect=3600)
        await wechat.says("20 rain")
        await wechat.idle(3600 + 1200)
        assert [job.state for job in await wechat.jobs()] == ["uncollected"]

    async def test_a_person_may_put_them_back(self, open_desk):
        wechat = await open_desk(Slow(), lease=600, collect=3600)
        await wechat.says("20 rain")
        await wechat.idle(3600 + 1200)
        [job] = await wechat.jobs("uncollected")
        assert wechat.world.retry(job.key)
        assert (await wechat.says("hello")).text == "rain\n\nhello"
