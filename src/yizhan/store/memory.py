"""A store in this process's memory: quick, and gone with the process."""

import asyncio
from collections.abc import Collection, Iterable, Iterator, Sequence
from copy import copy
from itertools import islice
from typing import TypeVar

from yizhan.clock import Clock
from yizhan.store.contract import Binding, Follower, Job, Promise, State, Stats
from yizhan.store.record import Record
from yizhan.store.ruled import Operation, RuledStore
from yizhan.store.tables import BATCH

T = TypeVar("T")


class MemoryTables:
    """The tables as dictionaries, in order of the claims."""

    boot = ""

    def __init__(self, clock: Clock) -> None:
        self.now = clock.monotonic
        self.wall = clock.wall
        self.records: dict[str, Record] = {}
        self.messages: dict[str, bytes] = {}
        self.keys_of: dict[str, dict[str, None]] = {}
        self.live_of: dict[str, dict[str, None]] = {}
        self.kept_steps: dict[str, dict[str, bytes]] = {}
        self.followers: dict[str, tuple[Follower, float]] = {}
        self.bindings: dict[str, tuple[str, float]] = {}
        self.owners: dict[str, float] = {}
        self._claims = 0
        self._mark: bytes | None = None

    def mark(self) -> bytes | None:
        return self._mark

    def put_mark(self, mark: bytes) -> None:
        self._mark = mark

    def all_messages(self) -> Iterable[bytes]:
        return self.messages.values()

    def bind(self, binding: Binding, at: float) -> bool:
        digest, until = self.bindings.get(binding.signature, (binding.digest, at))
        if digest != binding.digest and at < until:
            return False
        self.bindings[binding.signature] = (binding.digest, at + binding.keep)
        return True

    def add(self, record: Record, message: bytes) -> Record:
        if (known := self.records.get(record.key)) is not None:
            known.arrivals += 1
            return copy(known)
        self._claims += 1
        record.seq = self._claims
        self.messages[record.key] = message
        self.keys_of.setdefault(record.openid, {})[record.key] = None
        self.save(record)
        return record

    def record(self, key: str) -> Record | None:
        record = self.records.get(key)
        return None if record is None else copy(record)

    def of(self, openid: str) -> Sequence[Record]:
        return [copy(self.records[key]) for key in self.keys_of.get(openid, ())]

    def count(self, openid: str) -> int:
        return len(self.keys_of.get(openid, ()))

    def live(self, openid: str) -> Sequence[Record]:
        return [
            copy(self.records[key]) for key in sorted(self.live_of.get(openid, ()), key=self._seq)
        ]

    def save(self, record: Record) -> None:
        self.records[record.key] = copy(record)
        if record.live:
            self.live_of.setdefault(record.openid, {})[record.key] = None
        else:
            self._unlive(record)

    def _unlive(self, record: Record) -> None:
        live = self.live_of.get(record.openid)
        if live is not None and live.pop(record.key, record) is None and not live:
            del self.live_of[record.openid]

    def _seq(self, key: str) -> int:
        return self.records[key].seq

    def delete(self, record: Record) -> None:
        del self.records[record.key], self.messages[record.key]
        del self.keys_of[record.openid][record.key]
        self._unlive(record)
        self.kept_steps.pop(record.key, None)
        if not self.keys_of[record.openid]:
            del self.keys_of[record.openid]

    def follower(self, openid: str) -> Follower:
        return self.followers.get(openid, (Follower(), 0.0))[0]

    def keep(self, openid: str, follower: Follower) -> None:
        _, before = self.followers.get(openid, (None, 0.0))
        self.followers[openid] = (follower, max(before, self.wall()))

    def erase(self, openid: str) -> None:
        self.followers.pop(openid, None)

    def touch(self, owner: str) -> None:
        self.owners[owner] = self.now()

    def dismiss(self, owner: str) -> None:
        self.owners.pop(owner, None)

    def owned(self, owner: str) -> Sequence[Record]:
        return [copy(record) for record in self.records.values() if record.owner == owner]

    def lapsed(self, lease: float) -> Sequence[tuple[Record, float]]:
        idle = {owner: self.now() - renewed for owner, renewed in self.owners.items()}
        return [
            (copy(record), idle.get(record.owner, float("inf")))
            for record in self.records.values()
            if record.owner is not None and idle.get(record.owner, lease) >= lease
        ]

    def rested(
        self, states: Collection[State], before: float, most: int = BATCH
    ) -> Sequence[Record]:
        return list(islice(self._rested(states, before), most))

    def _rested(self, states: Collection[State], before: float) -> Iterator[Record]:
        for record in self.records.values():
            if record.state in states and record.route == "push" and record.updated < before:
                yield copy(record)

    def count_followers(self) -> int:
        return len(self.followers)

    def drop_idle(self, before: float, most: int) -> int:
        idle = [
            openid
            for openid, (_, updated) in self.followers.items()
            if updated < before and openid not in self.keys_of
        ][:most]
        for openid in idle:
            del self.followers[openid]
        return len(idle)

    def drop_lapsed(self, at: float) -> int:
        lapsed = [key for key, (_, until) in self.bindings.items() if until <= at]
        for key in lapsed:
            del self.bindings[key]
        return len(lapsed)

    def look(self, keys: Iterable[str]) -> tuple[Job, ...]:
        known = (self.records.get(key) for key in keys)
        return tuple(self._job(record) for record in known if record is not None)

    def jobs(self, state: State | None, limit: int, before: float | None) -> tuple[Job, ...]:
        wanted = (
            record
            for record in reversed(self.records.values())
            if state in (None, record.state) and (before is None or record.created < before)
        )
        return tuple(self._job(record) for record in islice(wanted, limit))

    def _job(self, record: Record) -> Job:
        return record.job(self.messages[record.key])

    def steps(self, key: str) -> dict[str, bytes]:
        return dict(self.kept_steps.get(key, {}))

    def keep_step(self, key: str, name: str, value: bytes) -> None:
        self.kept_steps.setdefault(key, {})[name] = value

    def stats(self) -> Stats:
        jobs: dict[str, int] = {}
        for record in self.records.values():
            jobs[record.state] = jobs.get(record.state, 0) + 1
        size = sum(map(len, self.messages.values()))
        size += sum(len(part.body) for record in self.records.values() for part in record.parts)
        return Stats(jobs, len(self.followers), len(self.bindings), size)


class MemoryStore(RuledStore):
    """For tests and the desk: nothing outlives the process."""

    def __init__(self, clock: Clock) -> None:
        self._tables = MemoryTables(clock)

    async def open(self) -> Promise:
        return Promise("memory", "store.memory")

    async def close(self) -> None:
        return

    async def _write(self, operation: Operation[T]) -> T:
        return operation(self._tables)

    _read = _write
    _later = _write

    async def pulse(self) -> None:
        """There is no other process."""
        await asyncio.get_running_loop().create_future()

    async def jobs(self, state: State | None, limit: int, before: float | None) -> tuple[Job, ...]:
        return self._tables.jobs(state, limit, before)

    async def stats(self) -> Stats:
        return self._tables.stats()
