"""A store in one SQLite file, shared by the processes of one host."""

import asyncio
import logging
import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import islice
from pathlib import Path
from random import shuffle
from typing import TypeVar

from yizhan.clock import Clock
from yizhan.errors import StoreError
from yizhan.metrics.meter import Meter
from yizhan.phrases import say
from yizhan.store.applying import Lease, Times, Wish
from yizhan.store.mailbox import Rule, State
from yizhan.store.mailboxes import pruning
from yizhan.store.mailboxes.contract import Orphan, Promise, Stats, Whole
from yizhan.store.mailboxes.earlier import bring_over, is_alive
from yizhan.store.mailboxes.sqlite_file import SCHEMA, Tables
from yizhan.store.mailboxes.writer import Writer
from yizhan.store.sqlite_host import PAUSE, boot_id, create, is_busy

log = logging.getLogger("yizhan")

T = TypeVar("T")

VERSION = 2
PATIENCE = 5.0  # seconds to wait for another process's lock
LOOK = 0.1  # seconds between two looks at whether a process of version 1 lives


class SQLiteStore:
    """Mailboxes in a file: FULL survives a power failure, NORMAL the death of the process.

    A file of version 1 is refused, unless `brings_over` gives the seconds of its leases: then
    it is brought over as soon as no process of that version holds one.
    """

    def __init__(
        self,
        path: str,
        owner: str,
        clock: Clock,
        *,
        synchronous: str = "full",
        patience: float = PATIENCE,
        boot: str | None = None,
        brings_over: float | None = None,
        meter: Meter | None = None,
    ) -> None:
        self.path = Path(path).absolute()
        self.owner = owner
        self.synchronous = synchronous
        self._clock = clock
        self._patience = patience
        self._boot = boot_id() if boot is None else boot
        self._brings_over = brings_over
        self._meter = meter or Meter()
        self._writer: Writer | None = None

    async def open(self) -> Promise:
        self._writer = Writer(self._connect, self._times, self.owner, self._patience, self._meter)
        try:
            await self._writer.run(_nothing)
        except BaseException:
            await self.close()
            raise
        return Promise(f"sqlite {self.synchronous}", f"store.sqlite_{self.synchronous}")

    async def close(self) -> None:
        if self._writer is not None:
            await self._writer.stop()

    def change(
        self,
        openid: str,
        rule: Rule[T],
        then: Callable[[T | Exception], None],
        *,
        keys: Iterable[str] = (),
        guard: Lease | None = None,
    ) -> None:
        self._opened().change(openid, Wish(rule, then, tuple(keys), guard))

    def change_later(self, openid: str, rule: Rule[None]) -> None:
        self._opened().change(openid, Wish(rule, _ignored), late=True)

    async def pulse(self) -> frozenset[str]:
        return await self._opened().changed()

    async def renew(self) -> frozenset[str]:
        return await self._opened().run(self._renew)

    def _renew(self, tables: Tables) -> frozenset[str]:
        tables.renew()
        return frozenset(openid for openid, _ in tables.in_hand(self.owner))

    async def leave(self) -> None:
        await self._opened().run(Tables.leave)

    async def orphans(self, lease: float, limit: int) -> tuple[Orphan, ...]:
        found = await self._opened().run(lambda tables: list(tables.orphans(lease)))
        shuffle(found)
        return tuple(found[:limit])

    async def messages(
        self, keys: Iterable[str], *, openid: str | None = None
    ) -> tuple[Whole, ...]:
        wanted = tuple(keys)
        return await self._survey(lambda tables: tables.wholes(wanted, openid))

    async def jobs(
        self, state: State | None, limit: int, before: float | None
    ) -> tuple[Whole, ...]:
        return await self._survey(lambda tables: tuple(tables.jobs(state, limit, before)))

    async def keys_of(self, openid: str) -> tuple[str, ...]:
        return await self._survey(lambda tables: tables.keys_of(openid))

    async def uncollected(self, before: float, limit: int) -> tuple[str, ...]:
        return await self._survey(lambda tables: tuple(islice(tables.uncollected(before), limit)))

    async def prune(self, at: float, keep: float, idle: float, limit: int) -> int:
        run, total = self._opened().run, 0
        place: pruning.Place | None = pruning.FIRST
        while place is not None:
            over = partial(pruning.messages, before=at - keep, after=place)
            count, place = await run(over)
            total += count
        signature: str | None = ""
        while signature is not None:
            signature = await run(partial(pruning.bindings, at=at, after=signature))
        row: int | None = 0
        while row is not None and limit > 0:
            unused = partial(pruning.mailboxes, before=at - idle, limit=limit, after=row)
            count, row = await run(unused)
            limit -= count
        return total

    async def discard(self, openid: str) -> None:
        await self._opened().run(lambda tables: tables.discard(openid))

    async def stats(self) -> Stats:
        return await self._survey(Tables.stats)

    async def mark(self) -> bytes | None:
        return await self._opened().run(Tables.mark)

    async def change_mark(self, expected: bytes | None, mark: bytes) -> bool:
        return await self._opened().run(lambda tables: tables.change_mark(expected, mark))

    async def addressed(self) -> Mapping[str, int]:
        return await self._survey(Tables.addressed)

    async def _survey(self, query: Callable[[Tables], T]) -> T:
        """Run a long query beside the writer, once all that was asked before is committed."""
        await self._opened().run(_nothing)
        return await asyncio.to_thread(self._query, query)

    def _query(self, query: Callable[[Tables], T]) -> T:
        connection = self._connect()
        try:
            return query(Tables(connection, self._times(), self.owner))
        except sqlite3.Error as error:
            raise StoreError("store.broken", problem=error) from error
        finally:
            connection.close()

    def _opened(self) -> Writer:
        if self._writer is None:
            raise StoreError("store.closed")
        return self._writer

    def _times(self) -> Times:
        return Times(self._clock.monotonic(), self._clock.wall(), self._boot)

    def _connect(self) -> sqlite3.Connection:
        try:
            create(self.path)
        except OSError as error:
            raise StoreError("store.broken", problem=error) from error
        connection = sqlite3.connect(
            self.path, timeout=0, isolation_level=None, check_same_thread=False
        )
        try:
            self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        [(mode,)] = self._patiently(connection, "PRAGMA journal_mode = WAL")
        if mode != "wal":
            raise StoreError("store.broken", problem=f"journal_mode = {mode}")
        connection.execute(f"PRAGMA synchronous = {self.synchronous}")
        connection.execute("PRAGMA fullfsync = ON")  # macOS: through the drive's cache
        connection.execute("PRAGMA journal_size_limit = 16777216")
        connection.execute("PRAGMA wal_autocheckpoint = 3500")  # pages: the log stays below that
        if _version(connection) != VERSION:
            self._make(connection)

    def _make(self, connection: sqlite3.Connection) -> None:
        """Create the tables, or make them of those of version 1."""
        patience = (self._brings_over or 0.0) + self._patience
        deadline, is_told = time.monotonic() + patience, False
        while True:
            self._patiently(connection, "BEGIN IMMEDIATE")
            try:
                made = self._made(connection)
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")
            if made:
                return
            if time.monotonic() >= deadline:
                raise StoreError("store.earlier_alive", path=self.path)
            if not is_told:
                is_told = True
                warning = say("store.earlier_awaited", path=self.path, seconds=f"{patience:g}")
                log.warning("%s", warning)
            time.sleep(LOOK)

    def _made(self, connection: sqlite3.Connection) -> bool:
        """Whether the tables are there; not yet, as long as a process of version 1 lives."""
        found = _version(connection)
        if found > VERSION:
            raise StoreError("store.newer", path=self.path, found=found, known=VERSION)
        if found == 1:
            if self._brings_over is None:
                raise StoreError("store.earlier", path=self.path)
            times = self._times()
            if is_alive(connection, times.boot, times.now, self._brings_over):
                return False
            count = bring_over(connection, SCHEMA, lambda done: None)
            log.info("%s", say("store.brought_over", path=self.path, count=count))
        elif found == 0:
            for statement in SCHEMA:
                connection.execute(statement)
        if found != VERSION:
            connection.execute(f"PRAGMA user_version = {VERSION}")
        return True

    def _patiently(self, connection: sqlite3.Connection, statement: str) -> list[tuple[object]]:
        deadline = time.monotonic() + self._patience
        while True:
            try:
                return connection.execute(statement).fetchall()
            except sqlite3.OperationalError as error:
                if not is_busy(error) or time.monotonic() >= deadline:
                    raise
            time.sleep(PAUSE)


def _version(connection: sqlite3.Connection) -> int:
    [(version,)] = connection.execute("PRAGMA user_version").fetchall()
    return int(version)


def _nothing(tables: Tables) -> None:
    """Wait for what was asked before."""


def _ignored(result: object) -> None:
    """Nobody waits for a late change."""
