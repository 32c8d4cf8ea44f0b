"""An event loop whose time jumps when nothing is left to do: hours pass in milliseconds."""

import asyncio
import selectors
from collections.abc import Callable, Mapping
from typing import Any

BREATH = 0.002  # real seconds between looks while a thread is at work
EPOCH = 1_764_000_000.0


class JumpingLoop(asyncio.SelectorEventLoop):
    """A selector loop with a clock of its own.

    Its time stands still while there is something to do and jumps to the next timer when
    there is not. Sockets are still served; while `busy()` tells that a thread is at work,
    time passes as on the wall.
    """

    def __init__(self) -> None:
        self.now = 0.0
        self.busy: Callable[[], bool] = _never
        super().__init__(_Jumping(self))

    def time(self) -> float:
        """Seconds since this loop was made, jumps included."""
        return self.now


class LoopClock:
    """A clock that goes with a jumping loop; `skew` steps its wall time."""

    def __init__(self, loop: asyncio.AbstractEventLoop, epoch: float = EPOCH) -> None:
        self._loop = loop
        self._epoch = epoch
        self.skew = 0.0

    def wall(self) -> float:
        """Seconds since 1970."""
        return self._epoch + self._loop.time() + self.skew

    def monotonic(self) -> float:
        """The loop's own time."""
        return self._loop.time()


class _Jumping(selectors.BaseSelector):
    """A selector that, instead of waiting, moves its loop's time on."""

    def __init__(self, loop: JumpingLoop) -> None:
        self._loop = loop
        self._real = selectors.DefaultSelector()

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            return self._real.select(None)
        ready = self._real.select(0)
        if ready or timeout <= 0:
            return ready
        if self._loop.busy():
            step = min(timeout, BREATH)
            self._loop.now += step
            return self._real.select(step)
        self._loop.now += timeout
        return ready

    def register(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        return self._real.register(fileobj, events, data)

    def unregister(self, fileobj: Any) -> selectors.SelectorKey:
        return self._real.unregister(fileobj)

    def modify(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        return self._real.modify(fileobj, events, data)

    def get_map(self) -> "Mapping[Any, selectors.SelectorKey]":
        return self._real.get_map()

    def close(self) -> None:
        self._real.close()


def _never() -> bool:
    return False
