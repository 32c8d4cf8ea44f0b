"""An event loop on which time runs faster: twelve-second answers in a test of the page."""

import asyncio
import selectors
import time

from yizhan.testing.loop import LoopClock


class HastyLoop(asyncio.SelectorEventLoop):
    """A selector loop whose time runs faster than the wall's; sockets are served as ever."""

    def __init__(self, haste: float) -> None:
        self._haste = haste
        self._began = time.monotonic()
        super().__init__(_Hasty(haste))

    def time(self) -> float:
        """Hasty seconds, counted from the same zero as the monotonic clock."""
        return self._began + (time.monotonic() - self._began) * self._haste

    def clock(self) -> LoopClock:
        """A clock that tells today's time and goes with this loop."""
        return LoopClock(self, time.time() - self.time())


class _Hasty(selectors.DefaultSelector):
    def __init__(self, haste: float) -> None:
        super().__init__()
        self._haste = haste

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        return super().select(timeout and timeout / self._haste)
