"""Found by the soak: an outcome on its way to the store when the last push was told to wait.

It had been reserved for that push, which carried it no more, so nobody sent it.
"""

import asyncio

import pytest

SERVICE = {"kind": "service", "verified": True, "hold": 0}


@pytest.fixture
def bot():
    def setup(account):
        @account.text("slow")
        async def slow(message):
            await asyncio.sleep(4.4)
            return "rain"

        @account.text
        async def quick(message):
            return "sun"

    return setup


def take_time(wechat):
    """Outcomes now take a while to the store."""
    finish = wechat.way.finish

    async def late(*arguments):
        await asyncio.sleep(0.2)
        return await finish(*arguments)

    wechat.way.finish = late


async def test_it_is_sent(open_desk, bot):
    wechat = await open_desk(bot, **SERVICE)
    take_time(wechat)
    answer = await wechat.push(wechat.text("slow"))
    assert (answer.kind, answer.text) == ("success", "")
    await wechat.idle(2)
    assert wechat.screen() == ["rain"]


async def test_or_rides_on_the_next_push(open_desk, bot):
    wechat = await open_desk(bot, hold=0)
    take_time(wechat)
    assert (await wechat.push(wechat.text("slow"))).kind == "working"
    await wechat.idle(1)
    assert (await wechat.push(wechat.text("quick"))).text == "rain\n\nsun"
