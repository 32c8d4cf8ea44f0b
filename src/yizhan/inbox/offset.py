"""How far this host's clock is ahead of WeChat's, as the pushes of the last hour tell."""

from collections import deque

from yizhan.clock import Clock

MINUTES = 60
STEP = 1.0  # seconds by which a wall clock that was set differs from what it was


class Offset:
    """The least difference of the last hour: the way of a push, and a repeat, only add to it.

    Differences are kept by the minute. When the wall clock is set, all that was known of it
    is forgotten.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._minutes: deque[tuple[int, float]] = deque()
        self._least = 0.0
        self._wall = clock.wall() - clock.monotonic()

    def least(self) -> float:
        """Seconds; 0 before the first push."""
        self._forget_old()
        return self._least

    def note(self, difference: float) -> float:
        """A push has come: own time less WeChat's, in seconds. What was known before it."""
        self._forget_old()
        known = self._least
        minute = int(self._clock.monotonic() // 60)
        if not self._minutes or self._minutes[-1][0] != minute:
            self._minutes.append((minute, difference))
        elif difference < self._minutes[-1][1]:
            self._minutes[-1] = minute, difference
        only = len(self._minutes) == 1
        self._least = self._minutes[0][1] if only else min(self._least, difference)
        return known

    def _forget_old(self) -> None:
        now = self._clock.monotonic()
        wall = self._clock.wall() - now
        if abs(wall - self._wall) > STEP:
            self._minutes.clear()
            self._least = 0.0
        self._wall = wall
        oldest = int(now // 60) - MINUTES
        if self._minutes and self._minutes[0][0] < oldest:
            while self._minutes and self._minutes[0][0] < oldest:
                self._minutes.popleft()
            self._least = min((known for _, known in self._minutes), default=0.0)
