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


@pytest.mark.parametrize("seconds", [0.2, 1.0])  # on its way: the push is answered late, or cut
class TestOnItsWay:
    async def test_it_is_sent_if_the_push_cannot_carry_it(self, open_desk, bot, seconds):
        wechat = await open_desk(bot, **SERVICE)
        wechat.way.slow["finish"] = seconds
        await wechat.push(wechat.text("slow"))
        await wechat.idle(15)
        assert wechat.screen() == ["rain"]

    async def test_or_rides_on_the_next_push(self, open_desk, bot, seconds):
        wechat = await open_desk(bot, hold=0)
        wechat.way.slow["finish"] = seconds
        await wechat.push(wechat.text("slow"))
        await wechat.idle(1)
        await wechat.push(wechat.text("quick"))
        assert "\n\n".join(wechat.screen()) == "rain\n\nsun"
