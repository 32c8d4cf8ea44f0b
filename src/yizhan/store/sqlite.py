"""A store in one SQLite file, shared by the processes of one host."""

import asyncio
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from yizhan.clock import Clock
from yizhan.errors import StoreError
from yizhan.store.addressed import count_addressed
from yizhan.store.contract import Job, Promise, State, Stats
from yizhan.store.ruled import Operation, RuledStore
from yizhan.store.sqlite_host import PAUSE, boot_id, create, is_busy
from yizhan.store.sqlite_tables import SCHEMA, SQLiteTables
from yizhan.store.sqlite_writer import Writer

T = TypeVar("T")

VERSION = 1
PATIENCE = 5.0  # seconds to wait for another process's lock


class SQLiteStore(RuledStore):
    """Jobs in a file: FULL survives a power failure, NORMAL the death of the process."""

    def __init__(
        self,
        path: str,
        clock: Clock,
        *,
        synchronous: str = "full",
        patience: float = PATIENCE,
        boot: str | None = None,
    ) -> None:
        self.path = Path(path).absolute()
        self.synchronous = synchronous
        self._clock = clock
        self._patience = patience
        self._boot = boot_id() if boot is None else boot
        self._writer: Writer[SQLiteTables] | None = None

    async def open(self) -> Promise:
        self._writer = Writer(self._connect, self._tables, self._patience)
        try:
            await self._read(_nothing)
        except BaseException:
            await self.close()
            raise
        return Promise(f"sqlite {self.synchronous}", f"store.sqlite_{self.synchronous}")

    async def close(self) -> None:
        if self._writer is not None:
            await self._writer.stop()

    async def pulse(self) -> None:
        await self._opened().changed()

    async def addressed(self) -> dict[str, int]:
        return await self._survey(lambda tables: count_addressed(tables.all_messages()))

    async def jobs(self, state: State | None, limit: int, before: float | None) -> tuple[Job, ...]:
        return await self._survey(lambda tables: tables.jobs(state, limit, before))

    async def stats(self) -> Stats:
        return await self._survey(SQLiteTables.stats)

    async def _write(self, operation: Operation[T]) -> T:
        return await self._opened().run(operation)

    async def _read(self, operation: Operation[T]) -> T:
        return await self._opened().run(operation, reads=True)

    async def _later(self, operation: Operation[None]) -> None:
        self._opened().run_late(operation)

    async def _survey(self, query: Callable[[SQLiteTables], T]) -> T:
        """Run a long query beside the writer, once all that was asked before is committed."""
        await self._read(_nothing)
        return await asyncio.to_thread(self._query, query)

    def _query(self, query: Callable[[SQLiteTables], T]) -> T:
        connection = self._connect()
        try:
            return query(self._tables(connection))
        except sqlite3.Error as error:
            raise StoreError("store.broken", problem=error) from error
        finally:
            connection.close()

    def _opened(self) -> Writer[SQLiteTables]:
        if self._writer is None:
            raise StoreError("store.closed")
        return self._writer

    def _tables(self, connection: sqlite3.Connection) -> SQLiteTables:
        return SQLiteTables(connection, self._clock, self._boot)

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
        if _version(connection) != VERSION:
            self._migrate(connection)

    def _migrate(self, connection: sqlite3.Connection) -> None:
        self._patiently(connection, "BEGIN IMMEDIATE")
        try:
            found = _version(connection)
            if found > VERSION:
                raise StoreError("store.newer", path=self.path, found=found, known=VERSION)
            if found == 0:
                for statement in SCHEMA:
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {VERSION}")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

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


def _nothing(tables: object) -> None:
    """Wait for what was asked before."""
