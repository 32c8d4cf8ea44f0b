"""Found by the soak: a later answer was sent while an earlier one waited for a push."""

import asyncio

from desk import REFUSED, Slow
from yizhan import Text

SERVICE = {"kind": "service", "verified": True}


async def test_another_process_has_the_earlier_one(open_desk):
    """The last push went to the other process, so the one that ran it did not know of it."""
    wechat = await open_desk(Slow(), **SERVICE)
    other = await wechat.beside()
    first, second = wechat.text("16 rain"), wechat.text("sun")

    async def pushes_of_the_first():
        for desk in (wechat, wechat, other):
            await desk.push(first)

    async def pushes_of_the_second():
        await asyncio.sleep(1)
        await other.sends(second)

    await asyncio.gather(pushes_of_the_first(), pushes_of_the_second())
    await wechat.idle()
    assert wechat.screen() == ["rain", "sun"]


async def test_the_earlier_one_was_refused(open_desk, log):
    wechat = await open_desk(Slow(), **SERVICE)
    wechat.courier.fails = [REFUSED]
    await wechat.says("20 rain")
    await wechat.idle()
    assert log.tells("45015")
    assert wechat.screen() == []
    await wechat.says("20 sun")
    await wechat.idle()
    assert wechat.screen() == ["rain", "sun"]


async def test_what_is_refused_holds_back_what_comes_after_it(open_desk, log):
    wechat = await open_desk(Slow(), **SERVICE)
    await asyncio.gather(wechat.says("16 rain"), wechat.says("sun"))
    wechat.courier.fails = [REFUSED, REFUSED]
    await wechat.idle()
    assert log.tells("45015")
    assert (wechat.courier.sent, wechat.screen()) == ([], [])
    assert (await wechat.says("hello")).text == "rain\n\nsun\n\nhello"


async def test_a_reply_that_could_not_carry_all(open_desk):
    """A push carried what fitted; its own answer must not go before what did not."""

    def bot(account):
        @account.text("long")
        async def long(message):
            await asyncio.sleep(4.5)
            return "".join(f"{n:04}\n" for n in range(1100))

        @account.text
        async def short(message):
            return "short"

    wechat = await open_desk(bot, **SERVICE)

    async def next_one():
        await asyncio.sleep(1)
        await wechat.says("short")

    await asyncio.gather(wechat.says("long"), next_one())
    await wechat.idle()
    seen = "".join(reply.content for reply in wechat.world.replies if isinstance(reply, Text))
    assert [seen.count(f"{n:04}") for n in range(1100)] == [1] * 1100
    assert seen.index("1099") < seen.index("short")


async def test_an_answer_on_its_push_is_not_sent_as_well(open_desk):
    """It came when no further push was expected where it was made, but one was open elsewhere."""

    def bot(account):
        @account.text
        async def slow(message):
            await asyncio.sleep(14.2)
            return "rain"

    wechat = await open_desk(bot, **SERVICE)
    other = await wechat.beside()
    wechat.way.seconds, other.way.seconds = 0.02, 0.1  # on their ways to the store
    await wechat.sends(wechat.text("weather"), other, other)
    await wechat.idle()
    assert wechat.screen() == ["rain"]
