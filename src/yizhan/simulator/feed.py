"""News for whoever watches: every change as the whole object that changed."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator

from msgspec import Struct

KEPT = 2000  # changes that a reader who was away can still get


def fresh() -> int:
    """A number above those of every earlier feed on this machine: a page may have one of them."""
    return int(time.time() * 1000)


class Change(Struct, frozen=True):
    """One change: its number, its kind, and the object as it was known then by name or value."""

    number: int
    kind: str
    subject: object


class Feed:
    """Changes in order, for any number of readers; numbers up to `first` were another feed's."""

    def __init__(self, first: int = 0) -> None:
        self.last = first
        self._first = first
        self._closed = False
        self._kept: deque[Change] = deque(maxlen=KEPT)
        self._waiting: set[asyncio.Future[None]] = set()

    def tell(self, kind: str, subject: object) -> None:
        """Something changed."""
        self.last += 1
        self._kept.append(Change(self.last, kind, subject))
        self._wake()

    def close(self) -> None:
        """Nothing more will change: every reader has come to the end."""
        self._closed = True
        self._wake()

    def since(self, number: int) -> tuple[Change, ...] | None:
        """The changes after that one; None if some are no longer kept."""
        oldest = self._kept[0].number - 1 if self._kept else self._first
        if not oldest <= number <= self.last:
            return None
        return tuple(change for change in self._kept if change.number > number)

    async def changed(self, after: int, seconds: float) -> bool:
        """Wait for a change after that one; False when none came within these seconds."""
        if self.last > after or self._closed:
            return True
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(waiter)
        try:
            async with asyncio.timeout(seconds):
                await waiter
        except TimeoutError:
            return False
        finally:
            self._waiting.discard(waiter)
        return True

    async def follow(self, after: int, seconds: float) -> AsyncIterator[Change | None]:
        """Every change after that one; None for each stretch in which none came."""
        while True:
            if not await self.changed(after, seconds):
                yield None
                continue
            changes = self.since(after)
            for change in changes or ():
                after = change.number
                yield change
            if self._closed:
                return

    def _wake(self) -> None:
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)
