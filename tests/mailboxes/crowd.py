"""Followers whose mailboxes are changed without a pause, so that a loss or a double shows."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from mailboxes.burster import counted
from mailboxes.places import do, look
from yizhan.errors import StoreError
from yizhan.store.mailboxes.contract import Store


@dataclass
class Crowd:
    """Followers for each of whom changes are counted, one after another."""

    store: Store
    openids: Sequence[str]
    done: dict[str, list[int]] = field(default_factory=dict)
    refused: Counter[str] = field(default_factory=Counter)
    is_over: bool = False

    def __post_init__(self) -> None:
        self.done = {openid: [] for openid in self.openids}
        self.tasks = [asyncio.ensure_future(self._count(openid)) for openid in self.openids]

    async def _count(self, openid: str) -> None:
        while not self.is_over:
            try:
                self.done[openid].append(await do(self.store, counted, openid))
            except StoreError:
                self.refused[openid] += 1
                await asyncio.sleep(0.05)

    async def has_done(self, more: int) -> None:
        """Let some more be done, so that something is always under way."""
        before = sum(map(len, self.done.values()))
        async with asyncio.timeout(30):
            while sum(map(len, self.done.values())) < before + more:  # noqa: ASYNC110
                await asyncio.sleep(0.001)

    async def ends(self) -> None:
        self.is_over = True
        await asyncio.gather(*self.tasks)

    async def is_exact(self) -> None:
        """What was told was done once; only what was refused may have been done besides."""
        for openid, numbers in self.done.items():
            assert numbers == sorted(set(numbers))
            last = int((await look(self.store, openid)).rows["count"])
            assert 0 <= last - len(numbers) <= self.refused[openid]
