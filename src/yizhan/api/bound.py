"""What belongs to one event loop of one process: connections, above all."""

import asyncio
import os
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class LoopBound(Generic[T]):
    """Something made anew for each loop, and in each forked process.

    What a forked process inherited is kept and not touched: to close it would disturb the
    connections of its parent, for one selector of the system watches both processes' sockets.
    """

    def __init__(self) -> None:
        self._inherited: list[object] = []
        self._here: tuple[asyncio.AbstractEventLoop, T] | None = None
        self._pid = 0

    def get(self, make: Callable[[], T]) -> T:
        """That of the running loop, made at the first call there."""
        loop = asyncio.get_running_loop()
        if self._pid != os.getpid():
            self._begin_anew()
        if self._here is None or self._here[0] is not loop:
            self._here = (loop, make())
        return self._here[1]

    def take(self) -> T | None:
        """The one that is there, to be closed; it is kept no longer."""
        if self._pid != os.getpid():
            self._begin_anew()
        here, self._here = self._here, None
        return None if here is None else here[1]

    def _begin_anew(self) -> None:
        if self._here is not None:
            self._inherited.append(self._here)
        self._here, self._pid = None, os.getpid()
