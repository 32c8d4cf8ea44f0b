"""Time that goes faster than the wall's, on a loop that serves sockets all the same."""

import asyncio

import pytest

from yizhan.simulator.mounting import mount
from yizhan.simulator.pace import FAST, Pace, PacedClock, PacedLoop


@pytest.fixture
def loop():
    loop = PacedLoop()
    yield loop
    loop.close()


@pytest.fixture
def waiting():
    """Truthy while somebody waits for something."""
    return []


@pytest.fixture
def pace(loop, waiting):
    return Pace(loop, lambda: bool(waiting))


def going(loop):
    loop.renew()
    return loop.going


def test_time_goes_as_on_the_wall_unless_told(loop, pace):
    assert (going(loop), pace.rate) == (1, 1)


def test_it_goes_ten_times_as_fast_if_one_wants_it(loop, pace):
    pace.name = "tenfold"
    assert (going(loop), pace.rate) == (10, 10)


def test_it_goes_fast_only_while_somebody_waits(loop, pace, waiting):
    pace.name = "auto"
    assert going(loop) == 1
    waiting.append("a push")
    assert going(loop) == FAST
    waiting.clear()
    assert going(loop) == 1


@pytest.mark.parametrize(("haste", "tenfold"), [(2.0, 10.0), (15.0, 15.0)])
def test_it_goes_at_least_by_the_haste_that_its_loop_has_anyhow(waiting, haste, tenfold):
    loop = PacedLoop(lambda: haste)
    pace = Pace(loop, lambda: bool(waiting))
    assert going(loop) == haste
    pace.name = "tenfold"
    assert going(loop) == tenfold
    loop.close()


def test_it_never_goes_back_when_its_pace_changes(loop, pace):
    times = []
    for name in ("tenfold", "real", "tenfold", "real"):
        pace.name = name
        loop.renew()
        times.append(loop.time())
    assert times == sorted(times)


def test_a_stretch_passes_fast_and_the_timers_ring_in_it(loop, waiting):
    pace = Pace(loop, lambda: False)
    clock = PacedClock(loop)

    async def scenario():
        began, wall = loop.time(), clock.wall()
        pace.let_pass(50)
        ticks = [await asyncio.sleep(10, tick) for tick in range(5)]
        return ticks, loop.time() - began, clock.wall() - wall

    ticks, passed, by_the_clock = loop.run_until_complete(scenario())
    assert ticks == [0, 1, 2, 3, 4]
    assert passed >= 50
    assert by_the_clock == pytest.approx(passed, abs=1)


def test_it_tells_when_its_rate_changes_before_any_wait(loop, pace):
    told = []
    loop.told = lambda: told.append(pace.rate)

    async def scenario():
        pace.name = "tenfold"
        await asyncio.sleep(0.01)
        pace.name = "real"
        await asyncio.sleep(0.001)

    loop.run_until_complete(scenario())
    assert told == [10, 1]


def test_a_simulator_on_such_a_loop_has_a_pace_and_others_have_none(loop):
    async def scenario():
        simulator = mount([])
        await simulator.close()
        return simulator.simulation

    desk = loop.run_until_complete(scenario())
    assert desk.pace is not None
    assert isinstance(desk.world.clock.base, PacedClock)
    assert asyncio.run(scenario()).pace is None
