"""How fast time goes where the bot runs on the simulator's own loop."""

import asyncio
import selectors
import time
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal

Name = Literal["real", "tenfold", "auto"]
RATES: Mapping[Name, float] = MappingProxyType({"real": 1.0, "tenfold": 10.0, "auto": 1.0})
FAST = 20.0  # how much faster than the wall waits go by: a commit to disk must be no wait
LONGEST = 600.0  # seconds that can be let pass at once; more is for the calendar


class PacedLoop(asyncio.SelectorEventLoop):
    """A selector loop whose time may run faster than the wall's; sockets are served as ever.

    `rate` is asked for before every wait, and `told` is called when it has changed.
    """

    def __init__(self, rate: Callable[[], float] | None = None) -> None:
        self.rate = rate or _real
        self.told: Callable[[], object] | None = None
        # When the rate became what it is: the wall's monotonic seconds, ours, and the rate.
        # Replaced as one, for threads read it too.
        self._since = (time.monotonic(), time.monotonic(), 1.0)
        super().__init__(_Paced(self))

    def time(self) -> float:
        """Seconds, which began as those of the monotonic clock."""
        real, ours, rate = self._since
        return ours + (time.monotonic() - real) * rate

    @property
    def ahead(self) -> float:
        """Seconds by which its time is ahead of the monotonic clock."""
        return self.time() - time.monotonic()

    def advance(self, seconds: float) -> None:
        """Be ahead by so much more, as the loop was that this one goes on for."""
        self._since = (time.monotonic(), self.time() + seconds, self.going)

    @property
    def going(self) -> float:
        """How many times faster than the wall its time goes now."""
        return self._since[2]

    def renew(self) -> bool:
        """Go by the rate of now; whether that is another one."""
        rate = self.rate()
        if rate == self.going:
            return False
        self._since = (time.monotonic(), self.time(), rate)
        if self.told is not None:
            self.call_soon(self.told)
        return True


class PacedClock:
    """A clock that goes with such a loop."""

    def __init__(self, loop: PacedLoop) -> None:
        self._loop = loop
        self._epoch = time.time() - time.monotonic()

    def wall(self) -> float:
        """Seconds since 1970."""
        return self._epoch + self._loop.time()

    def monotonic(self) -> float:
        """The loop's own time."""
        return self._loop.time()


class Pace:
    """The pace that a person has chosen.

    `real`; `tenfold`; or `auto`: as on the wall, but fast while `underway` tells that
    somebody waits for something.
    """

    def __init__(self, loop: PacedLoop, underway: Callable[[], bool]) -> None:
        self.name: Name = "real"
        self._loop = loop
        self._underway = underway
        self._until = 0.0
        self._ground = loop.rate()
        loop.rate = self._rate

    @property
    def rate(self) -> float:
        """How many times faster than the wall time goes now."""
        return self._loop.going

    def let_pass(self, seconds: float) -> None:
        """Let so much time go by, timers and all, as fast as can be."""
        self._until = self._loop.time() + min(seconds, LONGEST)

    def _rate(self) -> float:
        if self._loop.time() < self._until or (self.name == "auto" and self._underway()):
            return max(self._ground, FAST)
        return max(self._ground, RATES[self.name])


class _Paced(selectors.DefaultSelector):
    def __init__(self, loop: PacedLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if self._loop.renew():  # then there is something to tell before any wait
            return super().select(0)
        return super().select(timeout and timeout / self._loop.going)


def _real() -> float:
    return 1.0
