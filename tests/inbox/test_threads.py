"""Plain functions run in a bounded pool of threads that nobody has to wait for."""

import asyncio
import contextvars
import threading
import time

import pytest

from desk import Answer, until
from yizhan.inbox.threads import Threads, _resolve


@pytest.fixture
def gate():
    """What holds a thread until it is set."""
    event = threading.Event()
    yield event
    event.set()


def blocking(gate):
    """A bot whose handler of "hang" waits at the gate; any other text is echoed."""

    def bot(account):
        @account.text("hang")
        def hang(message, session):
            bot.begun.append(message.content)
            session["hung"] = True
            gate.wait()
            bot.ended.append(message.content)
            return "at last"

        @account.text
        def echo(message):
            return f"{message.content} in {threading.current_thread().name[:6]}"

    bot.begun, bot.ended = [], []
    return bot


async def test_a_plain_function_runs_in_a_thread(open_desk, gate):
    wechat = await open_desk(blocking(gate))
    assert (await wechat.says("hello")).text == "hello in yizhan"


async def test_the_threads_that_are_busy_are_never_more_than_there_are(gate):
    threads = Threads(2, backlog=10)
    calls = [asyncio.create_task(threads.run(gate.wait)) for _ in range(5)]
    await until(lambda: threads.pending == 5)
    assert (threads.busy, threads.waiting) == (2, 3)
    gate.set()
    await asyncio.gather(*calls)
    assert (threads.busy, threads.waiting) == (0, 0)
    threads.close()


async def test_it_cannot_stall_the_loop(open_desk, gate):
    wechat = await open_desk(blocking(gate))
    hanging = asyncio.create_task(wechat.says("hang", "o1"))
    await until(lambda: wechat.inbox.threads.busy)
    assert (await wechat.says("hello", "o2")).kind == "reply"
    gate.set()
    assert (await hanging).text == "at last"


async def test_one_that_returns_a_coroutine_has_it_awaited(open_desk):
    def bot(account):
        async def inner():
            return "inner"

        @account.text
        def handler(message):
            return inner()

    wechat = await open_desk(bot)
    assert (await wechat.says("hello")).text == "inner"


@pytest.mark.parametrize(
    "leak", [LookupError("no"), StopIteration(), SystemExit(1), asyncio.CancelledError()], ids=repr
)
async def test_what_it_raises_ends_its_message_and_nothing_else(open_desk, log, leak):
    def bot(account):
        @account.text("leak")
        def leaks(message):
            raise leak

        @account.text
        def echo(message):
            return message.content

    wechat = await open_desk(bot, fallback="sorry")
    assert (await wechat.says("leak")).text == "sorry"
    assert log.tells("leaks", "raised")
    assert (await wechat.says("hello")).text == "hello"
    assert (wechat.inbox.threads.busy, wechat.inbox.threads.abandoned) == (0, 0)


class TestTimeOut:
    async def test_the_thread_is_abandoned_and_counted(self, open_desk, log, gate):
        wechat = await open_desk(blocking(gate), handler_timeout=0.1, fallback="sorry")
        assert (await wechat.says("hang")).text == "sorry"
        assert log.tells("hang", "0.1")
        assert wechat.inbox.threads.abandoned == 1

    async def test_its_late_result_is_fenced_off(self, open_desk, log, gate):
        bot = blocking(gate)
        wechat = await open_desk(bot, handler_timeout=0.1, fallback="sorry")
        message = wechat.text("hang")
        await wechat.sends(message)
        assert log.tells("hang")
        gate.set()
        await until(lambda: not wechat.inbox.threads.abandoned)
        assert bot.ended == ["hang"]
        assert (await wechat.push(message)).text == "sorry"
        assert wechat.world.session() is None
        assert wechat.inbox.threads.busy == 0

    async def test_a_call_that_no_thread_has_begun_is_never_begun(self, open_desk, log, gate):
        bot = blocking(gate)
        wechat = await open_desk(bot, threads=1, handler_timeout=0.1, fallback="sorry")
        for fan in ("o1", "o2"):
            assert (await wechat.says("hang", fan)).text == "sorry"
        assert log.tells("hang")
        assert (wechat.inbox.threads.busy, wechat.inbox.threads.abandoned) == (1, 1)
        gate.set()
        await until(lambda: not wechat.inbox.threads.busy)
        assert bot.begun == ["hang"]


async def test_overload_is_refused_before_memory_grows(open_desk, gate, monkeypatch):
    monkeypatch.setattr("yizhan.inbox.inbox.BACKLOG", 3)
    wechat = await open_desk(blocking(gate), threads=2)
    held = [asyncio.create_task(wechat.push(wechat.text("hang", f"o{n}"))) for n in range(5)]
    await until(lambda: wechat.inbox.threads.full)
    answer = await wechat.push(wechat.text("hello", "oOther"))
    assert (answer.kind, answer.text) == ("busy", "the thread pool is full: 3 calls wait")
    assert len(await wechat.jobs()) == 5
    gate.set()
    assert {answer.text for answer in await asyncio.gather(*held)} == {"at last"}
    assert (await wechat.says("hello", "oOther")).kind == "reply"


class TestPool:
    async def test_it_has_no_more_threads_than_its_size(self):
        pool = Threads(3, 100)
        seen = set()

        def work():
            seen.add(threading.current_thread().name)
            time.sleep(0.001)

        await asyncio.gather(*(pool.run(work) for _ in range(30)))
        assert len(seen) <= 3
        pool.close()

    async def test_an_idle_thread_is_used_again(self):
        pool = Threads(8, 100)
        names = {await pool.run(lambda: threading.current_thread().name) for _ in range(5)}
        assert names == {"yizhan-1"}
        pool.close()

    async def test_calls_run_in_the_order_they_came(self):
        pool = Threads(1, 100)
        order = []
        await asyncio.gather(*(pool.run(lambda n=n: order.append(n)) for n in range(20)))
        assert order == list(range(20))
        pool.close()

    async def test_context_variables_reach_the_thread(self):
        pool = Threads(1, 1)
        variable = contextvars.ContextVar("variable")
        variable.set("seen")
        assert await pool.run(variable.get) == "seen"
        pool.close()

    async def test_a_closed_pool_s_threads_end(self):
        pool = Threads(2, 1)
        thread = await pool.run(threading.current_thread)
        pool.close()
        thread.join(5)
        assert not thread.is_alive()

    async def test_a_thread_that_outlives_its_loop_does_no_harm(self, gate):
        pool = Threads(1, 1)
        begun, done = threading.Event(), threading.Event()

        def work():
            begun.set()
            gate.wait()
            done.set()

        def other_loop():
            async def begin():
                task = asyncio.ensure_future(pool.run(work))
                await asyncio.sleep(0)
                begun.wait()
                task.cancel()

            loop = asyncio.new_event_loop()
            loop.run_until_complete(begin())
            loop.close()

        await asyncio.to_thread(other_loop)
        gate.set()
        done.wait()
        assert await pool.run(lambda: "again") == "again"
        pool.close()

    def test_a_loop_that_closes_at_this_moment_does_no_harm(self):
        class Closing(asyncio.SelectorEventLoop):
            def call_soon_threadsafe(self, *arguments, **named):
                self.close()
                return super().call_soon_threadsafe(*arguments, **named)

        _resolve(Closing(), list)

    async def test_its_threads_do_not_keep_the_process(self):
        pool = Threads(1, 1)
        assert (await pool.run(threading.current_thread)).daemon
        pool.close()


async def test_a_blocking_answer_is_held_like_any_other(open_desk):
    def bot(account):
        @account.text
        def slow(message):
            time.sleep(0.02)
            return "rain"

    wechat = await open_desk(bot)
    answer = await wechat.says("hello")
    assert (answer.kind, answer.text) == ("reply", "rain")
    assert isinstance(answer, Answer)
