"""A store that follows `rules` over some tables: all but how the tables are reached."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Literal, TypeVar

from yizhan.store import rules, upkeep
from yizhan.store.addressed import count_addressed
from yizhan.store.contract import (
    Arrival,
    Claimed,
    Follower,
    Job,
    Outcome,
    Part,
    Route,
    Shown,
    Taken,
)
from yizhan.store.tables import Tables

T = TypeVar("T")
Operation = Callable[[Tables], T]


class RuledStore(ABC):
    """Every method is one operation on the tables, and every operation is atomic."""

    @abstractmethod
    async def _write(self, operation: Operation[T]) -> T:
        """Run it; durable when this returns."""

    @abstractmethod
    async def _read(self, operation: Operation[T]) -> T:
        """Run what changes nothing."""

    @abstractmethod
    async def _later(self, operation: Operation[None]) -> None:
        """Run it soon, and before anything asked for after it."""

    async def mark(self) -> bytes | None:
        return await self._read(lambda tables: tables.mark())

    async def change_mark(self, before: bytes | None, after: bytes) -> bool:
        return await self._write(lambda tables: upkeep.change_mark(tables, before, after))

    async def addressed(self) -> dict[str, int]:
        return await self._read(lambda tables: count_addressed(tables.all_messages()))

    async def claim(self, arrival: Arrival) -> Claimed:
        return await self._write(lambda tables: rules.claim(tables, arrival))

    async def due(self, keys: Collection[str]) -> frozenset[str]:
        return await self._read(lambda tables: rules.due(tables, keys))

    async def turn(self, key: str, owner: str) -> Follower | None:
        return await self._write(lambda tables: rules.turn(tables, key, owner))

    async def finish(self, key: str, owner: str, outcome: Outcome) -> Taken | None:
        return await self._write(lambda tables: rules.finish(tables, key, owner, outcome))

    async def take(
        self,
        key: str,
        openid: str,
        owner: str,
        *,
        otherwise: bytes | None = None,
        shown: Shown = "",
        overtake: bool = False,
    ) -> Taken:
        return await self._write(
            lambda tables: rules.take(
                tables, key, openid, owner, otherwise=otherwise, shown=shown, overtake=overtake
            )
        )

    async def release(self, key: str, owner: str, *, unsaid: bool = False) -> None:
        await self._write(lambda tables: rules.release(tables, key, owner, unsaid=unsaid))

    async def settle(
        self,
        key: str,
        openid: str,
        reply: bytes,
        carried: Sequence[Part],
        shown: Shown,
        *,
        cut: Part | None = None,
    ) -> None:
        await self._later(
            lambda tables: rules.settle(tables, key, openid, reply, carried, shown, cut=cut)
        )

    async def owed(self, openid: str) -> tuple[str, ...]:
        return await self._read(lambda tables: rules.owed(tables, openid))

    async def reroute(self, key: str, owner: str) -> tuple[Part, ...]:
        return await self._write(lambda tables: rules.reroute(tables, key, owner))

    async def send(
        self, key: str, owner: str, count: int, quota: Mapping[str, tuple[float, int]], at: float
    ) -> str | None:
        return await self._write(lambda tables: rules.send(tables, key, owner, count, quota, at))

    async def sent(
        self, key: str, owner: str, count: int, *, cut: Part | None = None, shown: Shown = ""
    ) -> None:
        await self._write(
            lambda tables: rules.sent(tables, key, owner, count, cut=cut, shown=shown)
        )

    async def unsent(
        self, key: str, owner: str, state: Literal["ready", "unknown"], route: Route, note: str
    ) -> None:
        await self._write(lambda tables: rules.unsent(tables, key, owner, state, route, note))

    async def renew(self, owner: str) -> frozenset[str]:
        return await self._write(lambda tables: rules.renew(tables, owner))

    async def recover(self, owner: str, lease: float, tries: int, limit: int) -> tuple[Job, ...]:
        return await self._write(lambda tables: rules.recover(tables, owner, lease, tries, limit))

    async def leave(self, owner: str) -> None:
        await self._write(lambda tables: rules.leave(tables, owner))

    async def look(self, keys: Collection[str]) -> tuple[Job, ...]:
        return await self._read(lambda tables: tables.look(keys))

    async def step(self, key: str, owner: str, name: str, value: bytes) -> bool:
        return await self._write(lambda tables: rules.step(tables, key, owner, name, value))

    async def steps(self, key: str) -> dict[str, bytes]:
        return await self._read(lambda tables: tables.steps(key))

    async def follower(self, openid: str) -> Follower:
        return await self._read(lambda tables: tables.follower(openid))

    async def count(self, openid: str) -> int:
        return await self._read(lambda tables: tables.count(openid))

    async def retry(self, key: str) -> bool:
        return await self._write(lambda tables: upkeep.retry(tables, key))

    async def give_up(self, key: str, note: str) -> bool:
        return await self._write(lambda tables: upkeep.give_up(tables, key, note))

    async def drop(self, key: str) -> bool:
        return await self._write(lambda tables: upkeep.drop(tables, key))

    async def forget(self, openid: str, *, until: str | None = None) -> int:
        return await self._write(lambda tables: upkeep.forget(tables, openid, until=until))

    async def prune(self, at: float, keep: float, collect: float, idle: float | None = None) -> int:
        most = await self._read(upkeep.most_at_once)
        jobs = await self._batches(partial(upkeep.delete_final, before=at - keep))
        jobs += await self._batches(partial(upkeep.delete_unread, before=at - keep))
        jobs += await self._at_most(most, partial(upkeep.list_uncollected, before=at - collect))
        unused = at - (keep if idle is None else idle)
        await self._at_most(most, partial(upkeep.drop_idle, before=unused))
        await self._batches(lambda tables: tables.drop_lapsed(at))
        return jobs

    async def _batches(self, operation: Operation[int]) -> int:
        """Repeat it, each time in a transaction of its own, until nothing is left to do."""
        total = 0
        while count := await self._write(operation):
            total += count
        return total

    async def _at_most(self, most: int, operation: Callable[..., int]) -> int:
        """The same, with what may still be done as its `most`."""
        left = most
        while left and (count := await self._write(partial(operation, most=left))):
            left -= count
        return most - left
