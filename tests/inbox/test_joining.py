"""A push that reaches another process than the one that runs its handler."""

import asyncio

from desk import Answer, Slow

LEASE = 15.0
RECOVERED = 2 * LEASE
SERVICE = {"kind": "service", "verified": True}


async def both(open_desk, setup=None, **settings):
    wechat = await open_desk(setup or Slow(), **settings)
    return wechat, await wechat.beside(**settings)


class TestJoining:
    async def test_a_push_to_another_process_joins_and_gets_the_answer(self, open_desk):
        bot = Slow()
        wechat, other = await both(open_desk, bot)
        assert await wechat.sends(wechat.text("7 rain"), other) == Answer("reply", "rain", 2.0)
        assert bot.runs == ["7 rain"]

    async def test_all_three_pushes_may_go_to_different_processes(self, open_desk):
        bot = Slow()
        wechat, other = await both(open_desk, bot)
        third = await wechat.beside()
        answer = await wechat.sends(wechat.text("12 rain"), other, third)
        assert answer == Answer("reply", "rain", 2.0)
        assert bot.runs == ["12 rain"]

    async def test_what_is_done_there_is_answered_here(self, open_desk):
        bot = Slow()
        wechat, other = await both(open_desk, bot)
        message = wechat.text("hello")
        await wechat.push(message)
        assert await other.push(message) == Answer("reply", "hello")
        assert bot.runs == ["hello"]

    async def test_open_connections_at_both_get_the_same(self, open_desk):
        wechat, other = await both(open_desk)
        message = wechat.text("3 rain")
        pushes = [asyncio.create_task(desk.push(message)) for desk in (wechat, other)]
        assert [(await push).text for push in pushes] == ["rain", "rain"]

    async def test_two_connections_here_get_the_same_first_part(self, open_desk):
        """The second asks when the rest is free already; that is not this push's any more."""

        def setup(account):
            @account.text
            async def long(message):
                await asyncio.sleep(3)
                return "rain " * 500

        wechat, other = await both(open_desk, setup, **SERVICE)
        message = wechat.text("rain?")
        await wechat.push(message, seconds=1)
        other.way.slow["take"] = 0.01
        pushes = [asyncio.create_task(other.push(message)) for _ in range(2)]
        first, second = [await push for push in pushes]
        assert first == second
        assert first.text.startswith("rain ")
        await wechat.idle(10)
        assert wechat.screen()[:2] == [first.text] * 2
        assert "".join(wechat.screen()[1:]).split() == ["rain"] * 500

    async def test_a_pick_up_word_at_another_process_fetches_what_comes(self, open_desk):
        bot = Slow()
        wechat, other = await both(open_desk, bot)
        await wechat.says("22 rain")
        assert await other.says("继续") == Answer("reply", "rain", 2.5)
        assert bot.runs == ["22 rain"]

    async def test_a_repeated_pick_up_word_may_change_processes(self, open_desk):
        bot = Slow()
        wechat, other = await both(open_desk, bot)
        await wechat.says("22 rain")
        answer = await other.sends(other.text("继续"), wechat)
        assert answer.text == "rain"
        assert bot.runs == ["22 rain"]

    async def test_the_last_push_elsewhere_gets_the_working_text(self, open_desk):
        wechat, other = await both(open_desk)
        assert (await wechat.sends(wechat.text("30 rain"), wechat, other)).kind == "working"
        await wechat.idle()
        assert (await wechat.says("hello")).text == "rain\n\nhello"

    async def test_or_is_acknowledged_and_the_owner_sends(self, open_desk):
        wechat, other = await both(open_desk, **SERVICE)
        answer = await wechat.sends(wechat.text("30 rain"), wechat, other)
        assert answer == Answer("success", "", 4.5)
        await wechat.idle()
        assert wechat.screen() == ["rain"]


class TestLookingOut:
    """One listener per process hears of what others do; nothing ends it."""

    async def test_a_pulse_that_breaks_is_listened_to_again(self, open_desk, log):
        wechat, other = await both(open_desk)
        message = wechat.text("4 rain")
        await wechat.push(message, seconds=0.1)
        other.way.failing.add("pulse")
        asking = asyncio.create_task(other.push(message))
        await other.idle(1)
        other.way.failing.clear()
        assert (await asking).text == "rain"
        assert log.tells("WARNING", "pulse")

    async def test_so_is_one_that_breaks_in_an_unforeseen_way(self, open_desk, log, monkeypatch):
        wechat, other = await both(open_desk)
        message = wechat.text("4 rain")
        await wechat.push(message, seconds=0.1)
        with monkeypatch.context() as broken:
            broken.setattr(other.way, "pulse", lambda: 1 / 0)
            asking = asyncio.create_task(other.push(message))
            await other.idle(1)
        assert (await asking).text == "rain"
        assert log.tells("ERROR", "division")

    async def test_a_pick_up_word_whose_fetch_breaks_fetches_later(self, open_desk, log):
        wechat, other = await both(open_desk)
        await wechat.says("17 rain")
        other.way.failing.add("take")
        asking = asyncio.create_task(other.says("继续"))
        await other.idle(4)
        assert log.tells("WARNING", "take")
        other.way.failing.clear()
        assert (await asking).text == "rain"


class TestPushToADeadOwner:
    """A push that meets a dead owner within its lease follows the ladder."""

    async def test_it_is_held_and_at_last_told_to_wait(self, open_desk):
        bot = Slow()
        wechat, other = await both(open_desk, bot)
        message = wechat.text("2 rain")
        await wechat.push(message, seconds=1)
        await wechat.kill()
        assert await other.push(message) == Answer("cut", "", 5.0)
        assert (await other.push(message)).kind == "working"
        await other.idle(RECOVERED)
        assert (await other.says("hello")).text == "rain\n\nhello"
        assert bot.runs == ["2 rain", "2 rain", "hello"]

    async def test_or_answered_when_it_is_recovered_meanwhile(self, open_desk):
        bot = Slow()
        wechat, other = await both(open_desk, bot, lease=3.0)
        message = wechat.text("2 rain")
        await wechat.push(message, seconds=1)
        await wechat.kill()
        answer = await other.sends(message)
        assert answer.text == "rain"
        assert bot.runs == ["2 rain", "2 rain"]
