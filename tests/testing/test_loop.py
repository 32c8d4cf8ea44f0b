"""Time that jumps: on a loop of its own, and on any loop with a selector."""

import asyncio
import threading
import time

import pytest

from yizhan.testing import run
from yizhan.testing.loop import EPOCH, JumpingLoop, LoopClock, also, jumping, real


def quick(began):
    return time.monotonic() - began < 2


def test_hours_pass_in_milliseconds():
    began = time.monotonic()

    async def sleeps():
        loop = asyncio.get_running_loop()
        await asyncio.sleep(3600)
        return loop.time()

    assert run(sleeps()) == pytest.approx(3600)
    assert quick(began)


async def test_a_running_loop_can_be_made_to_jump_and_never_goes_back():
    loop, began = asyncio.get_running_loop(), time.monotonic()
    before = loop.time()
    with jumping(loop) as moved:
        await asyncio.sleep(3600)
        assert moved.now == loop.time() == pytest.approx(before + 3600)
    after = loop.time()
    assert after >= before + 3600
    await asyncio.sleep(0.01)
    assert 0.01 <= loop.time() - after < 1
    assert quick(began)


async def test_a_loop_that_jumps_already_jumps_on():
    loop = asyncio.get_running_loop()
    with jumping(loop) as outer, jumping(loop) as inner:
        assert inner is outer
        await asyncio.sleep(100)
    assert not hasattr(loop._selector, "time")


def test_a_jumping_loop_is_its_own_time():
    async def story():
        loop = asyncio.get_running_loop()
        with jumping(loop) as time:
            return time is loop

    assert run(story())


@pytest.mark.parametrize("make", ["own", "patched"])
def test_a_loop_that_jumps_keeps_real_time_for_a_while(make):
    async def story():
        loop = asyncio.get_running_loop()
        with jumping(loop):
            await asyncio.sleep(100)
            before, began = loop.time(), time.monotonic()
            with real(loop), real(loop):
                await asyncio.sleep(0.02)
                took = time.monotonic() - began
            assert loop.time() - before >= took >= 0.02
            await asyncio.sleep(100)
            assert loop.time() - before >= 100.02

    run(story()) if make == "own" else asyncio.run(story())


async def test_a_loop_that_never_jumps_is_as_real_as_before():
    loop = asyncio.get_running_loop()
    with real(loop):
        await asyncio.sleep(0)
    assert not isinstance(loop, JumpingLoop)


def test_a_loop_without_a_selector_keeps_its_time():
    class Loop:
        pass

    with jumping(Loop()) as time:
        assert time is None


async def test_timers_ring_in_order():
    rung = []
    with jumping(asyncio.get_running_loop()):
        await asyncio.gather(*(_ring(rung, seconds) for seconds in (30, 10, 20)))
    assert rung == [10, 20, 30]


async def _ring(rung, seconds):
    await asyncio.sleep(seconds)
    rung.append(seconds)


@pytest.mark.parametrize("make", ["own", "patched"])
def test_time_does_not_jump_while_a_thread_works(make):
    async def story():
        loop = asyncio.get_running_loop()
        with jumping(loop):
            before = loop.time()
            alarm = asyncio.ensure_future(asyncio.sleep(60))
            assert await asyncio.to_thread(lambda: time.sleep(0.05) or "done") == "done"
            assert 0.01 < loop.time() - before < 5
            await alarm

    run(story()) if make == "own" else asyncio.run(story())


async def test_more_can_be_waited_for():
    with jumping(asyncio.get_running_loop()) as moved:
        working = threading.Event()
        undo = also(moved, lambda: not working.is_set())
        timer = threading.Timer(0.05, working.set)
        timer.start()
        before = moved.now
        await asyncio.sleep(0.5)
        assert moved.now - before == pytest.approx(0.5, abs=0.05)
        undo()
        timer.join()


def test_sockets_are_served_meanwhile():
    async def story():
        async def echo(reader, writer):
            writer.write(await reader.readexactly(4))
            writer.close()

        server = await asyncio.start_server(echo, "127.0.0.1", 0)
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        writer.write(b"ping")
        assert await reader.read() == b"ping"
        writer.close()
        server.close()
        await server.wait_closed()

    run(story())


def test_the_clock_goes_with_the_loop():
    loop = JumpingLoop()
    clock = LoopClock(loop)
    clock.skew = 5.0
    loop.run_until_complete(asyncio.sleep(10))
    assert clock.monotonic() == pytest.approx(10)
    assert clock.wall() == pytest.approx(EPOCH + 15)
    loop.close()


def test_a_loop_that_ends_waits_for_its_threads_in_real_time():
    """Python waits for them as long as its limit allows, which a jump would use up."""
    gate = threading.Event()

    async def begin():
        asyncio.get_running_loop().run_in_executor(None, gate.wait)

    with asyncio.Runner(loop_factory=JumpingLoop) as runner:
        runner.run(begin())
        threading.Timer(0.05, gate.set).start()
