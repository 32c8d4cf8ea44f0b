"""The queue of deadlines: what is done when, and how often the loop is asked."""

import asyncio
from collections.abc import Callable

import pytest

from yizhan.inbox.deadlines import Deadlines

EARLY = 0.0006  # a timer of whole milliseconds may ring so much too soon


class EarlyLoop:
    """A loop and its clock. Its timers ring a little too soon, as uvloop's do."""

    def __init__(self) -> None:
        self.time = 100.0
        self.armed = 0
        self._timer: tuple[float, Callable[[], None]] | None = None

    def monotonic(self) -> float:
        return self.time

    def wall(self) -> float:
        return self.time

    def call_later(self, seconds: float, call: Callable[[], None]) -> "EarlyLoop":
        self.armed += 1
        self._timer = (self.time + round(seconds, 3), call)
        return self

    def cancel(self) -> None:
        self._timer = None

    def run(self, turns: int) -> None:
        """Ring what is armed, so many times at most."""
        for _ in range(turns):
            if self._timer is None:
                return
            at, call = self._timer
            self._timer = None
            self.time = max(self.time + 0.00001, at - EARLY)
            call()


@pytest.fixture
def loop(monkeypatch: pytest.MonkeyPatch) -> EarlyLoop:
    loop = EarlyLoop()
    monkeypatch.setattr(asyncio, "get_running_loop", lambda: loop)
    return loop


def test_a_timer_that_rings_too_soon_is_armed_once_more_and_not_in_every_turn(
    loop: EarlyLoop,
) -> None:
    done: list[float] = []
    deadlines = Deadlines(loop)
    deadlines.after(5.0, lambda: done.append(loop.time))

    loop.run(turns=100)

    assert len(done) == 1
    assert done[0] >= 105.0
    assert loop.armed <= 3


def test_what_is_due_is_done_in_the_order_of_its_time_and_of_its_adding(loop: EarlyLoop) -> None:
    done: list[str] = []
    deadlines = Deadlines(loop)
    for at, name in ((102.0, "later"), (101.0, "first"), (101.0, "second")):
        deadlines.add(at, lambda name=name: done.append(name))

    loop.run(turns=100)

    assert done == ["first", "second", "later"]


def test_what_is_cancelled_is_not_done(loop: EarlyLoop) -> None:
    done: list[str] = []
    deadlines = Deadlines(loop)
    deadlines.after(1.0, lambda: done.append("cancelled")).cancel()
    deadlines.after(2.0, lambda: done.append("kept"))

    loop.run(turns=100)

    assert done == ["kept"]


def test_one_that_raises_does_not_keep_the_others(loop: EarlyLoop) -> None:
    done: list[str] = []

    def fail() -> None:
        raise ValueError("this one fails")

    deadlines = Deadlines(loop)
    deadlines.after(1.0, fail)
    deadlines.after(2.0, lambda: done.append("the other"))

    with pytest.raises(ValueError, match="this one fails"):
        loop.run(turns=100)
    loop.run(turns=100)

    assert done == ["the other"]
