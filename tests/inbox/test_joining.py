"""A push that reaches another process than the one that runs its handler."""

import asyncio

from desk import REFUSED, WORKING, Answer, Slow, key_of, more
from yizhan.inbox.push import Accepted

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


class TestOneReply:
    """What a push is answered with is decided once, whichever process its connections reach."""

    async def test_who_was_told_to_wait_here_is_not_answered_there(self, open_desk):
        """WeChat shows the first text it gets: an answer behind it would be lost."""
        wechat, other = await both(open_desk, hold=0)
        message = wechat.text("5 rain")
        first = asyncio.create_task(wechat.push(message))
        await asyncio.sleep(1)
        second = asyncio.create_task(other.push(message, seconds=5))
        assert await first == Answer("working", WORKING, 4.5)
        assert (await second).text == WORKING
        assert (await wechat.says("hello")).text == "rain\n\nhello"

    async def test_nor_here_who_was_told_so_there(self, open_desk):
        wechat, other = await both(open_desk, hold=0)
        message = wechat.text("5 rain")
        second = asyncio.create_task(other.push(message))
        await asyncio.sleep(1)
        first = asyncio.create_task(wechat.push(message))
        assert await second == Answer("working", WORKING, 4.5)
        assert (await first).text == WORKING
        assert (await wechat.says("hello")).text == "rain\n\nhello"

    async def test_nor_is_one_acknowledged_whose_other_was_given_what_waited(self, open_desk):
        """The handler ends while the first push is held, and the second has had its say."""

        def setup(account):
            @account.text
            async def slow(message):
                await asyncio.sleep({"rain": 22.0, "snow": 4.6}.get(message.content, 0.0))
                return message.content

        wechat, other = await both(open_desk, setup, hold=1)
        await wechat.says("rain")
        await wechat.idle()
        message = wechat.text("snow")
        held = asyncio.create_task(wechat.push(message))
        await asyncio.sleep(0.01)
        assert (await other.push(message)).text == "rain\n\n" + more(1)
        assert (await held).text == "rain\n\n" + more(1)
        assert (await wechat.says("hello")).text == "snow\n\nhello"

    async def test_nor_who_was_acknowledged_since_the_answer_will_be_sent(self, open_desk):
        wechat, other = await both(open_desk, hold=0, **SERVICE)
        message = wechat.text("5 rain")
        second = asyncio.create_task(other.push(message))
        await asyncio.sleep(1)
        first = asyncio.create_task(wechat.push(message))
        assert await second == Answer("success", "", 4.5)
        assert (await first).kind == "success"
        await wechat.idle(1)
        assert wechat.screen() == ["rain"]

    async def test_a_note_of_more_is_at_both(self, open_desk):
        """Only the process that runs the generator knows that it goes on."""

        def setup(account):
            @account.text
            async def drip(message):
                yield "one"
                await asyncio.sleep(60)
                yield "two"

        wechat, other = await both(open_desk, setup)
        message = wechat.text("go")
        pushes = [asyncio.create_task(desk.push(message)) for desk in (wechat, other)]
        assert [(await push).text for push in pushes] == ["one\n\n" + more(1)] * 2

    async def test_so_it_is_when_the_answer_meets_the_deadline(self, open_desk):
        """Who would tell to wait finds that the other process is just about to answer."""
        wechat, other = await both(open_desk, hold=0)
        other.way.slow["pulse"] = 10.0
        message = wechat.text("4 rain")
        answering = asyncio.create_task(
            wechat.answer(Accepted(message, key_of(message)), wechat.line())
        )
        await asyncio.sleep(0)
        second = asyncio.create_task(other.push(message))
        await asyncio.sleep(4.6)
        wechat.written(await answering)
        assert await second == Answer("reply", "rain", 4.75)

    async def test_who_comes_second_waits_for_what_the_first_says(self, open_desk):
        wechat, other = await both(open_desk)
        message = wechat.text("3 rain")
        line = wechat.line()
        answering = asyncio.create_task(wechat.answer(Accepted(message, key_of(message)), line))
        second = asyncio.create_task(other.push(message))
        response = await answering
        await asyncio.sleep(0.5)
        assert not second.done()
        wechat.written(response)
        assert await second == Answer("reply", "rain", 3.5)

    async def test_and_says_it_when_the_first_was_lost(self, open_desk):
        wechat, other = await both(open_desk)
        message = wechat.text("3 rain")
        first = asyncio.create_task(wechat.push(message, lose=True))
        assert (await other.push(message)).text == "rain"
        assert (await first).kind == "cut"

    async def test_or_has_died_by_the_deadline(self, open_desk):
        wechat, other = await both(open_desk)
        message = wechat.text("3 rain")
        answering = asyncio.create_task(
            wechat.answer(Accepted(message, key_of(message)), wechat.line())
        )
        second = asyncio.create_task(other.push(message))
        await answering
        await wechat.kill()
        assert await second == Answer("reply", "rain", 4.75)

    async def test_the_rest_of_what_was_answered_elsewhere_is_sent(self, open_desk, log):
        """The other process said what had waited before; this run's answer has its own way."""
        wechat, other = await both(open_desk, hold=0, **SERVICE)
        wechat.courier.fails = [REFUSED]
        await wechat.says("6 snow")
        await wechat.idle(10)
        message = wechat.text("5 rain")
        second = asyncio.create_task(other.push(message))
        await asyncio.sleep(1)
        first = asyncio.create_task(wechat.push(message))
        assert [(await push).text for push in (second, first)] == ["snow", "snow"]
        await wechat.idle(1)
        assert wechat.screen() == ["snow", "snow", "rain"]
        assert log.tells("WARNING", "45015")


class TestLookingOut:
    """One listener per process hears of what others do; nothing ends it."""

    async def test_a_pulse_that_breaks_is_listened_to_again(self, open_desk, log):
        wechat, other = await both(open_desk)
        message = wechat.text("4 rain")
        await wechat.push(message, seconds=0.1)
        other.way.failing.add("pulse")
        assert (await other.push(message)).text == "rain"
        await other.idle(1)
        other.way.failing.clear()
        assert log.tells("WARNING", "pulse")
        await self.is_heard(wechat, other)

    async def test_so_is_one_that_breaks_in_an_unforeseen_way(self, open_desk, log, monkeypatch):
        wechat, other = await both(open_desk)
        message = wechat.text("4 rain")
        await wechat.push(message, seconds=0.1)
        with monkeypatch.context() as broken:
            broken.setattr(other.way, "pulse", lambda: 1 / 0)
            assert (await other.push(message)).text == "rain"
            await other.idle(1)
        assert log.tells("ERROR", "division")
        await self.is_heard(wechat, other)

    async def is_heard(self, wechat, other):
        """What the one does reaches the other at once."""
        await other.idle(2)
        message = wechat.text("4 snow")
        await wechat.push(message, seconds=0.1)
        assert await other.push(message) == Answer("reply", "snow", 3.9)

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
