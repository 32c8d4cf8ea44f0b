"""Point 8: a stop. No new push is let in, handlers have a grace, the rest is handed over."""

import asyncio
import threading

import pytest

from desk import WORKING, Answer, Slow
from yizhan.inbox import work
from yizhan.inbox.push import Accepted

SERVICE = {"kind": "service", "verified": True}


async def stopping(wechat) -> "asyncio.Task[None]":
    """A stop that has begun."""
    task = asyncio.create_task(wechat.stop())
    await wechat.idle(0.01)
    return task


async def test_a_new_push_is_refused(open_desk):
    bot = Slow()
    wechat = await open_desk(bot, grace=5)
    asking = asyncio.create_task(wechat.push(wechat.text("3 rain")))
    await wechat.idle(1)
    stop = await stopping(wechat)
    answer = await wechat.push(wechat.text("hello", "oOther"))
    assert (answer.kind, answer.text) == ("busy", "the server is stopping")
    await asyncio.gather(stop, asking)
    assert bot.runs == ["3 rain"]


async def test_handlers_that_end_within_the_grace_are_answered(open_desk):
    wechat = await open_desk(Slow(), grace=5)
    asking = asyncio.create_task(wechat.push(wechat.text("3 rain")))
    await wechat.idle(1)
    await wechat.stop()
    assert await asking == Answer("reply", "rain", 3.0)
    assert [job.state for job in await wechat.jobs()] == ["replied"]


async def test_a_further_push_of_such_a_message_is_let_in(open_desk):
    wechat = await open_desk(Slow(), grace=10)
    message = wechat.text("7 rain")
    await wechat.push(message)
    stop = await stopping(wechat)
    assert (await wechat.push(message)).text == "rain"
    await stop


async def test_a_stop_takes_no_longer_than_it_needs(open_desk):
    wechat = await open_desk(Slow(), grace=10)
    asyncio.create_task(wechat.push(wechat.text("3 rain")))  # noqa: RUF006  # ends with the stop
    await wechat.idle(1)
    began = wechat.loop.time()
    await wechat.stop()
    assert wechat.loop.time() - began == pytest.approx(2)


async def test_after_the_grace_handlers_are_cancelled_and_their_connections_closed(open_desk):
    bot = Slow()
    wechat = await open_desk(bot, grace=2)
    asking = asyncio.create_task(wechat.push(wechat.text("60 rain")))
    await wechat.idle(1)
    await wechat.stop()
    assert await asking == Answer("cut", "", 3.0)
    await wechat.idle(100)
    assert bot.ended == []


async def test_another_process_takes_over_at_once(open_desk):
    bot = Slow()
    wechat = await open_desk(bot)
    other = await wechat.beside()
    message = wechat.text("8 rain")
    await wechat.push(message, seconds=1)
    await wechat.stop()
    await other.idle(5)  # its next look, not a lease
    assert bot.runs == ["8 rain", "8 rain"]
    assert (await other.sends(message)).text == "rain"


async def test_and_without_delay_when_a_push_waits_for_it(open_desk):
    bot = Slow()
    wechat = await open_desk(bot)
    other = await wechat.beside()
    message = wechat.text("4 rain")
    held = asyncio.create_task(wechat.push(message))
    joined = asyncio.create_task(other.push(message))
    await wechat.idle(0.5)
    await wechat.stop()
    assert (await held).kind == "cut"
    answer = await joined
    assert (answer.text, answer.seconds) == ("rain", pytest.approx(4.5, abs=0.1))
    assert bot.runs == ["4 rain", "4 rain"]


async def test_also_when_the_push_comes_only_then(open_desk):
    bot = Slow()
    wechat = await open_desk(bot)
    other = await wechat.beside()
    await other.idle(1)
    message = wechat.text("4 rain")
    await wechat.push(message, seconds=1)
    await wechat.stop()
    assert await other.push(message) == Answer("reply", "rain", 4.0)


async def test_a_stop_costs_no_try(open_desk):
    bot = Slow()
    wechat = await open_desk(bot, tries=1)
    await wechat.push(wechat.text("100 rain"), seconds=1)
    for _ in range(3):
        await wechat.stop()
        wechat = await wechat.beside()
        await wechat.idle(6)
    assert len(bot.runs) == 4
    assert [job.state for job in await wechat.jobs()] == ["running"]


async def test_what_waits_for_its_turn_is_handed_over_too(open_desk):
    bot = Slow()
    wechat = await open_desk(bot)
    other = await wechat.beside()
    for content in ("60 rain", "hello"):
        await wechat.push(wechat.text(content), seconds=1)
    await wechat.stop()
    await other.idle(80)
    assert bot.runs == ["60 rain", "60 rain", "hello"]


async def test_the_last_push_of_what_is_handed_over_is_told_to_wait(open_desk):
    wechat = await open_desk(Slow(), grace=2)
    message = wechat.text("60 rain")
    for _ in range(2):
        await wechat.push(message)
    asking = asyncio.create_task(wechat.push(message))
    await wechat.idle(1)
    await wechat.stop()
    assert await asking == Answer("working", WORKING, 3.0)


async def test_a_push_that_shows_no_reply_is_acknowledged(open_desk):
    def bot(account):
        @account.view
        async def slow(event):
            await asyncio.sleep(60)

    wechat = await open_desk(bot, grace=2)
    asking = asyncio.create_task(wechat.push(wechat.event("VIEW")))
    await wechat.idle(1)
    await wechat.stop()
    assert await asking == Answer("success", "", 3.0)
    assert [job.state for job in await wechat.jobs()] == ["running"]


async def test_a_joined_connection_is_closed(open_desk):
    wechat = await open_desk(Slow())
    other = await wechat.beside()
    message = wechat.text("60 rain")
    await wechat.push(message, seconds=1)
    joined = asyncio.create_task(other.push(message))
    await other.idle(1)
    await other.stop()
    assert await joined == Answer("cut", "", 1.0)


class TestRerunFalse:
    @staticmethod
    def bot(account):
        @account.text(rerun=False)
        async def pays(message):
            await asyncio.sleep(60)

    async def test_a_handler_marked_so_is_listed_instead_of_run_again(self, open_desk):
        wechat = await open_desk(self.bot)
        other = await wechat.beside()
        await wechat.push(wechat.text("pay"), seconds=1)
        await wechat.stop()
        [job] = await other.jobs()
        assert (job.state, job.note) == ("dead", "rerun=False")
        await other.idle(60)
        assert other.inbox.meter.of("recovered") == 0

    async def test_not_what_had_not_begun(self, open_desk):
        wechat = await open_desk(self.bot)
        for _ in range(2):
            await wechat.push(wechat.text("pay"), seconds=1)
        await wechat.stop()
        assert [job.state for job in await wechat.jobs()] == ["dead", "waiting"]

    async def test_a_store_that_is_away_does_not_keep_the_process(self, open_desk, log):
        wechat = await open_desk(self.bot)
        await wechat.push(wechat.text("pay"), seconds=1)
        wechat.way.failing.add("*")
        await wechat.stop()
        assert log.tells("ERROR", "cannot be reached")
        log.tells("cannot be reached")


class TestSends:
    async def test_what_is_on_its_way_to_wechat_is_waited_for(self, open_desk):
        wechat = await open_desk(Slow(), **SERVICE)
        wechat.courier.seconds = 5
        await wechat.says("20 rain")
        await wechat.idle(8)
        await wechat.stop()
        assert wechat.screen() == ["rain"]
        assert [job.state for job in await wechat.jobs()] == ["delivered"]

    async def test_what_is_not_is_left_to_another_process(self, open_desk):
        def bot(account):
            @account.text
            async def handler(message):
                await asyncio.sleep(20)
                yield "one"
                yield "two"

        wechat = await open_desk(bot, **SERVICE)
        other = await wechat.beside()
        wechat.courier.seconds = 5
        await wechat.says("go")
        await wechat.idle(8)
        await wechat.stop()
        assert wechat.screen() == ["one"]
        await other.idle()
        assert wechat.screen() == ["one", "two"]

    async def test_a_send_that_hangs_is_given_up_and_unknown(self, open_desk):
        wechat = await open_desk(Slow(), **SERVICE)
        other = await wechat.beside()
        wechat.courier.seconds = 1000
        await wechat.says("20 rain")
        await wechat.idle(8)
        await wechat.stop()
        await other.idle(60)
        assert [job.state for job in await other.jobs()] == ["unknown"]


class TestResponses:
    async def test_one_that_is_being_written_is_waited_for(self, open_desk):
        wechat = await open_desk(Slow())
        accepted = Accepted(wechat.text("hello"), "key")
        response = await wechat.answer(accepted, wechat.line())
        wechat.loop.call_later(0.5, wechat.written, response)
        await wechat.stop()
        assert wechat.loop.time() >= 0.5
        assert [job.state for job in await wechat.jobs()] == ["replied"]

    async def test_one_written_after_the_store_was_closed_is_told(self, open_desk, log):
        wechat = await open_desk(Slow())
        response = await wechat.answer(Accepted(wechat.text("hello"), "key"), wechat.line())
        wechat.way.closed = True
        wechat.written(response)
        assert log.tells("ERROR", "closed")
        wechat.way.closed = False

    async def test_but_not_for_ever(self, open_desk, log):
        wechat = await open_desk(Slow())
        await wechat.answer(Accepted(wechat.text("hello"), "key"), wechat.line())
        await wechat.stop()
        assert log.tells("1 responses were not yet written")


async def test_a_claim_that_ends_after_the_stop_began_runs_nothing(open_desk):
    bot = Slow()
    wechat = await open_desk(bot, grace=5)
    other = await wechat.beside()
    wechat.way.seconds = 0.5
    asking = asyncio.create_task(wechat.push(wechat.text("8 rain")))
    await wechat.idle(0.2)
    await wechat.stop()
    assert (await asking).kind == "cut"
    assert bot.runs == []
    await other.idle(25)
    assert bot.runs == ["8 rain"]


async def test_nothing_of_the_dead_is_taken_over_while_stopping(open_desk):
    bot = Slow()
    wechat = await open_desk(bot, lease=3.0)
    other = await wechat.beside(grace=20)
    await wechat.push(wechat.text("100 rain"), seconds=1)
    busy = asyncio.create_task(other.push(other.text("60 snow", "oOther")))
    await other.idle(1)
    stop = await stopping(other)
    await wechat.kill()
    await asyncio.gather(stop, busy)
    assert bot.runs == ["100 rain", "60 snow"]


async def test_a_handler_that_will_not_end_does_not_keep_the_process(open_desk, monkeypatch):
    def bot(account):
        @account.text
        async def stubborn(message):
            while True:
                try:
                    await asyncio.sleep(1000)
                except asyncio.CancelledError:
                    if len(tries) > 1:
                        raise
                    tries.append(message)

    tries = []
    wechat = await open_desk(bot)
    await wechat.push(wechat.text("hello"), seconds=1)
    began = wechat.loop.time()
    await wechat.stop()
    assert wechat.loop.time() - began <= work.UNWINDING + 0.1
    assert len(tries) == 2
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()


async def test_an_error_handler_is_cancelled_too(open_desk, log):
    def bot(account):
        @account.text
        async def breaks(message):
            raise LookupError("no")

        @account.error
        async def slow(message):
            await asyncio.sleep(60)

    wechat = await open_desk(bot)
    other = await wechat.beside()
    await wechat.push(wechat.text("hello"), seconds=1)
    await wechat.stop()
    assert log.tells("breaks", "raised")
    assert [job.state for job in await other.jobs()] == ["running"]


async def test_nothing_comes_of_what_a_stubborn_handler_says_after_the_end(open_desk, log):
    def bot(account):
        @account.text
        async def stubborn(message):
            while not go_on.is_set():
                try:
                    await go_on.wait()
                except asyncio.CancelledError:
                    continue
            return "too late"

    go_on = asyncio.Event()
    wechat = await open_desk(bot)
    await wechat.push(wechat.text("hello"), seconds=1)
    await wechat.stop()
    wechat.way.closed = True
    go_on.set()
    await wechat.idle(1)
    assert wechat.inbox.meter.of("abandoned_handlers") == 1
    [job] = await wechat.jobs()
    assert (job.state, job.parts) == ("running", ())


async def test_the_process_ends_even_if_threads_still_run(open_desk, log):
    def bot(account):
        @account.text
        def hangs(message):
            go_on.wait()

    go_on = threading.Event()
    wechat = await open_desk(bot)
    await wechat.push(wechat.text("hello"), seconds=0.05)
    await wechat.stop()
    assert wechat.inbox.threads.abandoned == 1
    go_on.set()


async def test_a_store_that_is_away_does_not_keep_the_process(open_desk, log):
    wechat = await open_desk(Slow())
    await wechat.push(wechat.text("60 rain"), seconds=1)
    wechat.way.failing.add("leave")
    await wechat.stop()
    assert log.tells("ERROR", "leave")


async def test_a_second_start_begins_anew(open_desk):
    bot = Slow()
    wechat = await open_desk(bot)
    await wechat.says("hello")
    await wechat.stop()
    await wechat.start()
    assert (await wechat.says("again")).text == "again"
