"""What is to be done at some time, in order, with one timer of the loop for all of it."""

import asyncio
from collections.abc import Callable
from heapq import heapify, heappop, heappush
from itertools import count

from yizhan.clock import Clock

FEW = 1_000  # cancelled entries that are not worth a look

# uvloop keeps time in whole milliseconds and wakes up to one too early. To arm for the rest,
# which rounds to nothing, would ask again in every turn of the loop until the time has come.
SHORTEST = 0.001


class Deadline:
    """One thing to do, until it is done or cancelled."""

    __slots__ = ("_deadlines", "call")

    def __init__(self, deadlines: "Deadlines", call: Callable[[], None]) -> None:
        self._deadlines = deadlines
        self.call: Callable[[], None] | None = call

    def cancel(self) -> None:
        """It is not to be done any more."""
        if self.call is not None:
            self.call = None
            self._deadlines.cancelled += 1


class Deadlines:
    """An ordered queue. Most entries are cancelled long before their time, so that is cheap."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._loop = asyncio.get_running_loop()
        self._heap: list[tuple[float, int, Deadline]] = []
        self._numbers = count()
        self.cancelled = 0  # entries that are not to be done any more
        self._timer: asyncio.TimerHandle | None = None
        self._timer_at = 0.0

    def add(self, at: float, call: Callable[[], None]) -> Deadline:
        """Have it called at that time, once; those of one time in the order of their adding."""
        if self.cancelled > FEW and self.cancelled * 2 > len(self._heap):
            self._sweep()
        deadline = Deadline(self, call)
        heappush(self._heap, (at, next(self._numbers), deadline))
        if self._timer is None or at < self._timer_at:
            self._arm(at)
        return deadline

    def after(self, seconds: float, call: Callable[[], None]) -> Deadline:
        """The same, so many seconds from now."""
        return self.add(self._clock.monotonic() + seconds, call)

    def close(self) -> None:
        """Nothing is done any more."""
        self._heap.clear()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _sweep(self) -> None:
        """Cancelled entries are taken out when they are the most."""
        self._heap = [entry for entry in self._heap if entry[2].call is not None]
        heapify(self._heap)
        self.cancelled = 0

    def _arm(self, at: float, least: float = 0.0) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer_at = at
        self._timer = self._loop.call_later(max(least, at - self._clock.monotonic()), self._due)

    def _due(self) -> None:
        self._timer = None
        try:
            self._do_due()
        finally:  # one that raises must not keep the others
            if self._heap and (self._timer is None or self._heap[0][0] < self._timer_at):
                self._arm(self._heap[0][0], SHORTEST)

    def _do_due(self) -> None:
        now = self._clock.monotonic()
        while self._heap:
            at, _, deadline = self._heap[0]
            if deadline.call is not None and at > now:
                return
            heappop(self._heap)
            if (call := deadline.call) is None:
                self.cancelled -= 1
                continue
            deadline.call = None
            call()
