"""News for whoever watches: every change as the whole object that changed."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator

from msgspec import Struct

KEPT = 2000  # changes that a reader who was away can still get


class Change(Struct, frozen=True):
    """One change: its number, its kind, and the object as it was known then by name or value."""

    number: int
    kind: str
    subject: object


class Feed:
    """Changes in order, for any number of readers."""

    def __init__(self) -> None:
        self.last = 0
        self._kept: deque[Change] = deque(maxlen=KEPT)
        self._waiting: set[asyncio.Future[None]] = set()

    def tell(self, kind: str, subject: object) -> None:
        """Something changed."""
        self.last += 1
        self._kept.append(Change(self.last, kind, subject))
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)

    def since(self, number: int) -> tuple[Change, ...] | None:
        """The changes after that one; None if some are no longer kept."""
        if number > self.last or (self._kept and number < self._kept[0].number - 1):
            return None
        return tuple(change for change in self._kept if change.number > number)

    async def changed(self, after: int, seconds: float) -> bool:
        """Wait for a change after that one; False when none came within these seconds."""
        if self.last > after:
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
        """Every change after that one, for ever; None for each stretch in which none came."""
        while True:
            if not await self.changed(after, seconds):
                yield None
                continue
            for change in self.since(after) or ():
                after = change.number
                yield change
