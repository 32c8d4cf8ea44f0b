"""What a refused customer-service message says of those to come."""

import asyncio

import pytest

from desk import WORKING, Answer, Slow, more
from yizhan.api.advice import error_of
from yizhan.errors import SendUnknown
from yizhan.inbox.courier import SEND, refusal_of

SERVICE = {"kind": "service", "verified": True, "lease": 600.0}
HOUR = 3600
WAIT = Answer("working", WORKING, 4.5)


def refused(errcode: int):
    return refusal_of(error_of(errcode, "refused", SEND))


ACCOUNT = [48001, 40125, 40164, 45009, 61007]


async def strike(wechat, errcode: int = 48001) -> None:
    """Have WeChat refuse one answer."""
    wechat.courier.fails = [refused(errcode)]
    assert (await wechat.says("20 struck")).kind == "success"
    await wechat.idle()
    assert wechat.courier.fails == []


@pytest.mark.parametrize("errcode", ACCOUNT)
class TestTheAccount:
    async def test_the_answer_struck_rides_on_the_next_push(self, open_desk, log, errcode):
        wechat = await open_desk(Slow(), **SERVICE)
        await strike(wechat, errcode)
        assert (await wechat.says("hello")).text == "struck\n\nhello"
        assert log.tells("ERROR", str(errcode))

    async def test_from_then_on_no_message_is_tried_and_followers_are_told_to_wait(
        self, open_desk, log, errcode
    ):
        wechat = await open_desk(Slow(), **SERVICE)
        await strike(wechat, errcode)
        await wechat.says("hello")
        for fan in ("oFan", "oOther", "oThird"):
            assert await wechat.says("20 late", fan) == WAIT
            await wechat.idle()
            assert (await wechat.says("hello", fan)).text == "late\n\nhello"
        assert wechat.courier.sent == []
        assert log.tells("ERROR", str(errcode))


async def test_an_answer_an_hour_is_tried_until_one_succeeds(open_desk, log):
    wechat = await open_desk(Slow(), **SERVICE)
    await strike(wechat)
    await wechat.idle(HOUR)
    wechat.courier.fails = [refused(48001)]
    for fan in ("oOne", "oTwo", "oThree"):
        assert await wechat.says("20 late", fan) == WAIT
    await wechat.idle()
    assert wechat.courier.fails == []
    assert wechat.courier.sent == []
    assert log.tells("ERROR", "48001")
    assert (await wechat.says("hello", "oOne")).text == "late\n\nhello"
    await wechat.idle(HOUR - 120)
    assert await wechat.says("20 late", "oFour") == WAIT
    await wechat.idle(60)
    assert wechat.courier.sent == []
    await wechat.idle(60)
    assert await wechat.says("20 late", "oFive") == WAIT
    await wechat.idle()
    assert wechat.screen("oFive") == [WORKING, "late"]
    assert (await wechat.says("20 late", "oSix")).kind == "success"
    await wechat.idle()
    assert wechat.screen("oSix") == ["late"]


async def test_what_is_not_sent_as_another_one_tries_the_account_costs_nothing(open_desk):
    wechat = await open_desk(Slow(), **SERVICE)
    wechat.inbox.permission.begin = lambda: False  # its try began while this was committed
    await wechat.says("20 late")
    await wechat.idle()
    assert wechat.courier.begun == []
    assert wechat.world.box().windows["message"].used == 0
    assert (await wechat.says("hello")).text == "late\n\nhello"


async def test_a_try_of_which_nobody_knows_is_one(open_desk, log):
    wechat = await open_desk(Slow(), **SERVICE)
    await strike(wechat)
    await wechat.idle(HOUR)
    wechat.courier.fails = [SendUnknown("send.unknown", problem="cut")]
    for fan in ("oOne", "oTwo"):
        await wechat.says("20 late", fan)
    await wechat.idle()
    assert wechat.courier.sent == []
    assert log.tells("ERROR", "48001")
    assert log.tells("ERROR", "cut")


async def test_one_that_has_nothing_to_send_is_no_try(open_desk, log):
    def bot(account):
        Slow()(account)

        @account.click
        async def click(event):
            return None

    wechat = await open_desk(bot, **SERVICE)
    await strike(wechat)
    await wechat.idle(HOUR)
    await wechat.sends(wechat.event("CLICK", "K", "oOne"))
    await wechat.idle()
    assert await wechat.says("20 late", "oTwo") == WAIT
    await wechat.idle()
    assert wechat.screen("oTwo") == [WORKING, "late"]
    assert log.tells("ERROR", "48001")


async def test_what_was_told_to_be_sent_before_the_refusal_is_not_tried(open_desk, log):
    wechat = await open_desk(Slow(), **SERVICE)
    wechat.courier.fails = [refused(48001)]
    both = await asyncio.gather(wechat.says("20 first", "oOne"), wechat.says("30 second", "oTwo"))
    assert [answer.kind for answer in both] == ["success", "success"]
    await wechat.idle(60)
    assert wechat.courier.sent == []
    assert (await wechat.says("hello", "oTwo")).text == "second\n\nhello"
    assert log.tells("ERROR", "48001")


async def test_the_parts_of_an_answer_are_promised_and_fetched(open_desk, log):
    def bot(account):
        @account.text("go")
        async def go(message):
            yield "x" * 2000
            yield "two"

        Slow()(account)

    wechat = await open_desk(bot, **SERVICE)
    await strike(wechat)
    await wechat.says("hello")
    answer = await wechat.says("go")
    assert answer.kind == "more"
    assert answer.text.endswith(more(1))
    await wechat.idle()
    assert (await wechat.says("继续")).text == "two"
    assert log.tells("ERROR", "48001")


async def test_no_typing_is_shown_meanwhile(open_desk, log):
    wechat = await open_desk(Slow(), typing=True, **SERVICE)
    wechat.courier.fails = [None, refused(48001)]
    await wechat.says("20 struck")
    await wechat.idle()
    assert await wechat.says("20 late", "oOther") == WAIT
    assert wechat.courier.typed == ["oFan"]
    assert log.tells("ERROR", "48001")


async def test_typing_that_the_account_may_not_show_is_tried_once_an_hour(open_desk):
    wechat = await open_desk(Slow(), typing=True, **SERVICE)
    wechat.courier.fails = [refused(48001)]
    for fan in ("oOne", "oTwo", "oThree"):
        assert (await wechat.says("20 late", fan)).kind == "success"
        await wechat.idle()
        assert wechat.screen(fan) == ["late"]
    assert wechat.courier.typed == ["oOne"]
    await wechat.idle(HOUR)
    await wechat.says("20 late", "oFour")
    assert wechat.courier.typed == ["oOne", "oFour"]


async def test_the_log_names_the_setting_that_is_wrong_once(open_desk, log):
    wechat = await open_desk(Slow(), **SERVICE)
    wechat.courier.fails = [refused(48001)] * 2
    wechat.courier.seconds = 5.0
    await asyncio.gather(*(wechat.says("20 late", fan) for fan in ("oOne", "oTwo")))
    await wechat.idle(60)
    [line] = log.lines
    assert "YIZHAN_DESK_VERIFIED = true" in line
    assert "YIZHAN_DESK_KIND = service" in line
    assert log.tells(line)


class TestTheFollower:
    @pytest.mark.parametrize("errcode", [45015, 45047])
    async def test_only_their_windows_are_spent(self, open_desk, log, errcode):
        wechat = await open_desk(Slow(), **SERVICE)
        wechat.courier.fails = [refused(errcode)]
        asking = wechat.says("20 struck")
        assert (await asking).kind == "success"
        await wechat.idle()
        assert log.tells("WARNING", str(errcode))
        assert (await wechat.says("20 other", "oOther")).kind == "success"
        await wechat.idle()
        assert wechat.screen("oOther") == ["other"]

    async def test_until_they_open_another(self, open_desk, log):
        def bot(account):
            Slow()(account)

            @account.view
            async def look(event):
                return "good reading"

        wechat = await open_desk(bot, **SERVICE)
        wechat.courier.fails = [refused(45047)]
        await wechat.says("20 struck")
        await wechat.idle()
        assert log.tells("WARNING", "45047")
        await wechat.sends(wechat.event("VIEW", "https://example.com"))
        await wechat.idle()
        assert wechat.screen() == []
        assert log.tells("WARNING", "VIEW", "dropped")
        assert (await wechat.says("hello")).text.endswith("hello")
        assert (await wechat.says("20 late")).kind == "success"
        await wechat.idle()
        assert wechat.screen()[-1] == "late"

    async def test_a_window_that_is_open_beside_is_charged(self, open_desk, log):
        """A menu's minute closes first, but WeChat has closed it."""

        def bot(account):
            Slow()(account)

            @account.click
            async def click(event):
                await asyncio.sleep(20)
                return "clicked"

        wechat = await open_desk(bot, **SERVICE)
        wechat.courier.fails = [refused(45047)]
        await wechat.sends(wechat.event("CLICK", "K"))
        await wechat.idle()
        assert log.tells("45047")
        await wechat.says("20 late")
        await wechat.idle()
        windows = wechat.world.box().windows
        assert {name: window.used for name, window in windows.items()} == {"message": 1}


@pytest.mark.parametrize("errcode", [-1, 45011, 48002, 40007, 48008, 12345, 0])
async def test_any_other_refusal_concerns_its_own_message_only(open_desk, log, errcode):
    wechat = await open_desk(Slow(), **SERVICE)
    await strike(wechat, errcode)
    assert log.tells("WARNING", "refused")
    assert (await wechat.says("20 late", "oOther")).kind == "success"
    await wechat.idle()
    assert wechat.screen("oOther") == ["late"]
