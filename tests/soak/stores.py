"""Stores at a distance: every call takes its time, may break, and ends with its process."""

import asyncio
import math
import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from typing import Literal, TypeVar

from yizhan.clock import Clock
from yizhan.errors import StoreError
from yizhan.inbox.answering import SAID
from yizhan.store import (
    Arrival,
    Claimed,
    Job,
    Outcome,
    Part,
    Promise,
    Route,
    Shown,
    State,
    Stats,
    Store,
    Taken,
    rules,
)
from yizhan.store.memory import MemoryTables
from yizhan.store.ruled import Operation, RuledStore
from yizhan.store.rules import Tables
from yizhan.store.sqlite import SQLiteStore
from yizhan.store.sqlite_tables import SQLiteTables

T = TypeVar("T")

LATENCY = 0.02  # seconds that a slow request, or its answer, is on its way at the most
COMPANY = 0.02  # seconds that a late write waits, as in SQLite's writer
AGAIN = 0.2
PULSE = 0.05
MOMENT = 0.25  # seconds that a push may hold more than it carries


class Way:
    """One process's way to the store: how long it takes, and whether it is open."""

    def __init__(self, loop: asyncio.AbstractEventLoop, random: Random, breaks: float) -> None:
        self.loop = loop
        self.random = random
        self.breaks = breaks
        self.dead = False
        self.cut_until = 0.0

    @property
    def cut(self) -> bool:
        return self.loop.time() < self.cut_until

    async def go(self) -> None:
        """The request's way. StoreError when it is cut; nothing has happened then."""
        await self._pass()
        if self.cut:
            raise StoreError("store.broken", problem="cut")

    async def back(self) -> None:
        """The answer's way. StoreError when it gets lost; what was asked for has happened."""
        await self._pass()
        if self.breaks and self.random.random() < self.breaks:
            raise StoreError("store.broken", problem="lost on the way back")

    async def _pass(self) -> None:
        """Others always have their turn meanwhile, before every commit and after it."""
        self.ensure_alive()
        await asyncio.sleep(LATENCY * self.random.random() if self.random.random() > 0.7 else 0)
        self.ensure_alive()

    def ensure_alive(self) -> None:
        """A killed process does nothing any more."""
        if self.dead:
            raise asyncio.CancelledError


@dataclass
class Events:
    """What the stores saw happen, in the order of their commits."""

    claims: dict[str, tuple[int, float, int]] = field(default_factory=dict)
    finishes: dict[str, list[tuple[float, int, Outcome]]] = field(default_factory=dict)
    marks: dict[str, list[tuple[float, int]]] = field(default_factory=dict)
    settles: dict[tuple[str, int], float] = field(default_factory=dict)
    ways: dict[str, list[list[float]]] = field(default_factory=dict)
    returned: dict[str, float] = field(default_factory=dict)

    def on_way(self, key: str, at: float, until: float = math.inf) -> None:
        """From now on answers of this message are on some way to the follower."""
        self.ways.setdefault(key, []).append([at, until])

    def reserved(self, parts: Sequence[Part], at: float) -> None:
        """A push is about to carry some of these, and then to free the others."""
        for key in {part.key: None for part in parts}:
            self.on_way(key, at, at + MOMENT)

    def off_way(self, key: str, at: float) -> None:
        for way in self.ways.get(key, ()):
            way[1] = min(way[1], at)


class Shared:
    """One store's data, and the processes that look out for changes of it."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.events = Events()
        self.stores: list[DistantStore] = []

    def all_jobs(self) -> tuple[Job, ...]:
        """Every job as it stands."""
        raise NotImplementedError

    def changed(self, by: "DistantStore") -> None:
        for store in self.stores:
            if store is not by:
                store.hear()


class DistantStore(RuledStore):
    """The store as one process sees it. What is asked for happens, or fails, as on a network."""

    def __init__(self, shared: Shared, way: Way, process: int) -> None:
        self.shared = shared
        self.way = way
        self.process = process
        self._late: list[Operation[None]] = []
        self._unsure: dict[object, object] = {}
        self._changed = False
        self._listener: asyncio.Future[None] | None = None
        shared.stores.append(self)

    def apply(self, operation: Callable[[Tables], T]) -> T:
        """Run it on the data at once."""
        raise NotImplementedError

    async def open(self) -> Promise:
        await self.way.go()
        return Promise("model", "store.memory")

    async def close(self) -> None:
        self._flush()
        with suppress(ValueError):
            self.shared.stores.remove(self)

    async def pulse(self) -> None:
        self.way.ensure_alive()
        if not self._changed:
            self._listener = self.shared.loop.create_future()
            await self._listener
        await asyncio.sleep(PULSE * self.way.random.random())
        self._changed = False
        if self.way.cut:
            raise StoreError("store.broken", problem="cut")

    def hear(self) -> None:
        """Another process has changed something."""
        self._changed = True
        if self._listener is not None and not self._listener.done():
            self._listener.set_result(None)

    async def claim(self, arrival: Arrival) -> Claimed:
        def operation(tables: Tables) -> Claimed:
            claimed = rules.claim(tables, arrival)
            if claimed.status == "new":
                claims = self.shared.events.claims
                claims[arrival.key] = (len(claims), self.shared.loop.time(), self.process)
            return claimed

        return await self._once(("claim", arrival.key, arrival.owner), operation)

    async def finish(self, key: str, owner: str, outcome: Outcome) -> Taken | None:
        def operation(tables: Tables) -> Taken | None:
            taken = rules.finish(tables, key, owner, outcome)
            if taken is not None:
                finish = (self.shared.loop.time(), self.process, outcome)
                self.shared.events.finishes.setdefault(key, []).append(finish)
                self.shared.events.reserved(taken.parts, self.shared.loop.time())
                if outcome.route == "custom":
                    self.shared.events.on_way(key, self.shared.loop.time())
            return taken

        return await self._once(("finish", key, owner, outcome), operation)

    async def step(self, key: str, owner: str, name: str, value: bytes) -> bool:
        def operation(tables: Tables) -> bool:
            kept = rules.step(tables, key, owner, name, value)
            if kept and name == SAID:
                mark = (self.shared.loop.time(), self.process)
                self.shared.events.marks.setdefault(key, []).append(mark)
            return kept

        return await self._write(operation)

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
        def operation(tables: Tables) -> Taken:
            taken = rules.take(
                tables, key, openid, owner, otherwise=otherwise, shown=shown, overtake=overtake
            )
            self.shared.events.reserved(taken.parts, self.shared.loop.time())
            return taken

        return await self._write(operation)

    async def reroute(self, key: str, owner: str) -> tuple[Part, ...]:
        def operation(tables: Tables) -> tuple[Part, ...]:
            if parts := rules.reroute(tables, key, owner):
                self.shared.events.on_way(key, self.shared.loop.time())
            return parts

        return await self._write(operation)

    async def sent(
        self, key: str, owner: str, count: int, *, cut: Part | None = None, shown: Shown = ""
    ) -> None:
        def operation(tables: Tables) -> None:
            rules.sent(tables, key, owner, count, cut=cut, shown=shown)
            self.shared.events.off_way(key, self.shared.loop.time())

        await self._write(operation)

    async def unsent(
        self, key: str, owner: str, state: Literal["ready", "unknown"], route: Route, note: str
    ) -> None:
        def operation(tables: Tables) -> None:
            rules.unsent(tables, key, owner, state, route, note)
            if route == "push":
                self.shared.events.returned.setdefault(key, self.shared.loop.time())
            self.shared.events.off_way(key, self.shared.loop.time())

        await self._write(operation)

    async def send(
        self, key: str, owner: str, count: int, quota: Mapping[str, tuple[float, int]], at: float
    ) -> str | None:
        def operation(tables: Tables) -> str | None:
            return rules.send(tables, key, owner, count, quota, at)

        return await self._once(("send", key, owner, count, at), operation)

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
        def operation(tables: Tables) -> None:
            rules.settle(tables, key, openid, reply, carried, shown, cut=cut)
            self.shared.events.settles[key, self.process] = self.shared.loop.time()

        await self._later(operation)

    async def jobs(self, state: State | None, limit: int, before: float | None) -> tuple[Job, ...]:
        return self.apply(lambda tables: tables.jobs(state, limit, before))  # type: ignore[attr-defined]

    async def stats(self) -> Stats:
        return self.apply(lambda tables: tables.stats())  # type: ignore[attr-defined]

    async def look(self, keys: Collection[str]) -> tuple[Job, ...]:
        return await self._read(lambda tables: tables.look(keys))

    async def _once(self, asked: object, operation: Operation[T]) -> T:
        """Whoever asks the same again, not knowing whether it was done, gets its first answer."""

        def operation_once(tables: Tables) -> T:
            result = self._unsure[asked] if asked in self._unsure else operation(tables)
            self._unsure[asked] = result
            return result  # type: ignore[return-value]  # what was kept is of the same kind

        result = await self._write(operation_once)
        self._unsure.pop(asked, None)
        return result

    async def _write(self, operation: Operation[T]) -> T:
        await self.way.go()
        self._flush()
        result = self.apply(operation)
        self.shared.changed(self)
        await self.way.back()
        return result

    async def _read(self, operation: Operation[T]) -> T:
        await self.way.go()
        self._flush()
        result = self.apply(operation)
        await self.way.back()
        return result

    async def _later(self, operation: Operation[None]) -> None:
        self.way.ensure_alive()
        self._late.append(operation)
        self.shared.loop.call_later(COMPANY, self._flush)

    def _flush(self) -> None:
        """Late writes happen before whatever is asked for after them, unless the process dies."""
        if not self._late or self.way.dead:
            return
        if self.way.cut:
            self.shared.loop.call_later(AGAIN, self._flush)
            return
        late, self._late = self._late, []
        for operation in late:
            self.apply(operation)
        self.shared.changed(self)


class SharedMemory(Shared):
    """In memory, and not lost with any process."""

    def __init__(self, loop: asyncio.AbstractEventLoop, clock: Clock) -> None:
        super().__init__(loop)
        self.tables = MemoryTables(clock)

    def open(self, way: Way, process: int) -> DistantStore:
        return DistantMemory(self, way, process)

    def all_jobs(self) -> tuple[Job, ...]:
        return self.tables.jobs(None, len(self.tables.records), None)

    def close(self) -> None:
        """Nothing is held."""


class DistantMemory(DistantStore):
    shared: SharedMemory

    def apply(self, operation: Callable[[Tables], T]) -> T:
        return operation(self.shared.tables)


class SharedSQLite(Shared):
    """In a file, through one connection for each process."""

    def __init__(self, loop: asyncio.AbstractEventLoop, clock: Clock, path: str) -> None:
        super().__init__(loop)
        self.clock = clock
        self.path = path
        self.connections: list[sqlite3.Connection] = []

    def open(self, way: Way, process: int) -> DistantStore:
        connection = SQLiteStore(self.path, self.clock, synchronous="normal")._connect()
        connection.execute("PRAGMA synchronous = OFF")
        self.connections.append(connection)
        return DistantSQLite(self, way, process, connection)

    def all_jobs(self) -> tuple[Job, ...]:
        return SQLiteTables(self.connections[0], self.clock, "boot").jobs(None, -1, None)

    def close(self) -> None:
        for connection in self.connections:
            connection.close()


class DistantSQLite(DistantStore):
    shared: SharedSQLite

    def __init__(
        self, shared: Shared, way: Way, process: int, connection: sqlite3.Connection
    ) -> None:
        super().__init__(shared, way, process)
        self.connection = connection

    def apply(self, operation: Callable[[Tables], T]) -> T:
        connection = self.connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            result = operation(SQLiteTables(connection, self.shared.clock, "boot"))
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        return result


OPENED: dict[str, Store] = {}  # stores for processes about to start, by address


def opened(url: str, account: str, clock: Clock) -> Store:
    """The store that was made for the process with that address."""
    return OPENED.pop(url)
