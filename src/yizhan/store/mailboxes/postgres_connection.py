"""From an address to connections to PostgreSQL, and what their failures mean here."""

import asyncio
import logging
import os
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import TypeAlias, TypeVar
from urllib.parse import parse_qsl

from msgspec import Struct
from psycopg import AsyncConnection, Error, ProgrammingError, errors, pq
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import TransactionStatus

from yizhan.errors import SettingsError, StoreError

log = logging.getLogger("yizhan")

Connection: TypeAlias = AsyncConnection[tuple[object, ...]]

T = TypeVar("T")

TIMEOUT = 2.0  # seconds for a connection, or an answer
PATIENCE = 1.0  # seconds to try again when the server is lost
PAUSE = 0.05  # seconds between two of these tries
IDLE = 4  # connections that are kept for the next question

TRANSIENT = (errors.SerializationFailure, errors.DeadlockDetected)
GOING = (errors.AdminShutdown, errors.CrashShutdown, errors.CannotConnectNow)
SCHEMA = "yizhan"
LONGEST = 63  # bytes of a name in PostgreSQL


class Address(Struct, frozen=True):
    """Where a store is: the words of a connection, and the schema of this account's tables."""

    words: Mapping[str, str | int]
    schema: str = SCHEMA


def address_of(url: str) -> Address:
    """What the address says. SettingsError tells what is wrong, and shows no password."""
    place, _, query = url.partition("?")
    try:
        options = dict(parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query)))
        words = {name: str(word) for name, word in conninfo_to_dict(place).items()}
    except (ValueError, ProgrammingError):  # whose words may hold the password
        raise SettingsError("store.url") from None
    if not words.get("port", "0").replace(",", "0").isdecimal():  # half of a password, perhaps
        raise SettingsError("store.url")
    schema = options.pop("schema", SCHEMA)
    size = len(schema.encode())
    if not 0 < size <= LONGEST or "\0" in schema or schema.startswith("pg_"):
        raise SettingsError("store.schema", schema=schema, longest=LONGEST)
    known = {option.keyword.decode() for option in pq.Conninfo.get_defaults()}
    for name in options:
        if name not in known:
            allowed = "schema, " + ", ".join(sorted(known - {"password"}))
            raise SettingsError("store.option", option=name, allowed=allowed)
    always: dict[str, str | int] = {
        "application_name": "yizhan",
        "connect_timeout": int(TIMEOUT),
    }
    given = {name: word for name, word in words.items() if word.strip(",")}
    return Address(always | given | options, schema)


class Connections:
    """Those to one server: what is asked at the same time has each its own."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._idle: list[Connection] = []
        self._kept = IDLE  # how many, while it is open

    @asynccontextmanager
    async def use(self, seconds: float = TIMEOUT) -> AsyncIterator[Connection]:
        """A connection, for one exchange: it is cut when the server is silent for so long.

        An exchange that fails leaves no transaction behind. Errors are psycopg's.
        """
        if not self._kept:
            raise StoreError("store.closed")
        connection = self._idle.pop() if self._idle else await connect(self._address)
        loop = asyncio.get_running_loop()
        watch = loop.call_later(seconds, _cut, connection)
        try:
            yield connection
        except BaseException as error:
            await _clear(connection)
            if isinstance(error, Error) and is_lost(error):
                await self._close_idle()  # they are of the server that was lost
                if watch.when() <= loop.time():
                    raise errors.OperationalError(f"no answer within {seconds:g} s") from error
            raise
        finally:
            watch.cancel()
            if connection.closed or len(self._idle) >= self._kept:
                await connection.close()
            else:
                self._idle.append(connection)

    async def ask(
        self, operation: Callable[[Connection], Awaitable[T]], seconds: float = TIMEOUT
    ) -> T:
        """Run it, and again when the connection is lost. Errors are StoreError.

        It must be one that may be repeated when it is not known what came of it.
        """
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                async with self.use(seconds) as connection:
                    return await operation(connection)
            except Error as error:
                if not is_lost(error) or time.monotonic() >= deadline:
                    raise meant(error) from error
            await asyncio.sleep(PAUSE)

    async def close(self) -> None:
        """Let go of all."""
        self._kept = 0
        await self._close_idle()

    async def _close_idle(self) -> None:
        while self._idle:
            await self._idle.pop().close()


async def _clear(connection: Connection) -> None:
    """After an error: out of the transaction, or away with the connection."""
    if not connection.closed and connection.pgconn.transaction_status in (
        TransactionStatus.INTRANS,
        TransactionStatus.INERROR,
    ):
        try:
            await connection.rollback()
        except Error as error:
            log.debug("rollback: %s", error)
    if connection.pgconn.transaction_status != TransactionStatus.IDLE:
        await connection.close()


async def connect(address: Address) -> Connection:
    """A new connection. Behind a pooler it prepares nothing, since sessions change there.

    Plans of what is prepared are made while tables are small, and kept: so that they are good
    for large tables too, they must use the indexes.
    """
    connection = await AsyncConnection.connect(autocommit=True, **address.words)  # type: ignore[arg-type]  # words of libpq
    watch = asyncio.get_running_loop().call_later(TIMEOUT, _cut, connection)
    try:
        cursor = await connection.execute("SELECT pg_backend_pid()")
        row = await cursor.fetchone()
        if row == (connection.info.backend_pid,):
            await connection.execute("SET enable_seqscan = off")
        else:  # a pooler gives a number of its own
            connection.prepare_threshold = None
    except BaseException:
        await connection.close()
        raise
    finally:
        watch.cancel()
    return connection


def _cut(connection: Connection) -> None:
    """End a silent connection: whoever waits for it gets an error at once."""
    try:
        with socket.socket(fileno=os.dup(connection.pgconn.socket)) as end:
            end.shutdown(socket.SHUT_RDWR)
    except (OSError, Error) as error:  # it has just ended by itself
        log.debug("cut: %s", error)


def meant(error: Error) -> StoreError:
    """What an error of the server is called here; a password is never in it."""
    words = problem(error)
    match error:
        case errors.DiskFull():
            return StoreError("store.full", problem=words)
        case errors.QueryCanceled():
            return StoreError("store.pg_slow", problem=words)
        case errors.LockNotAvailable():
            return StoreError("store.pg_locked")
        case errors.ReadOnlySqlTransaction():
            return StoreError("store.pg_read_only")
        case errors.InsufficientPrivilege():
            return StoreError("store.pg_rights", problem=words)
    if is_lost(error):
        return StoreError("store.pg_unreachable", problem=words)
    return StoreError("store.pg_refused", problem=words)


def is_lost(error: Error) -> bool:
    """Whether the connection has failed: it is not known what came of what was asked."""
    if isinstance(error, GOING):
        return True
    return isinstance(error, errors.OperationalError) and error.sqlstate is None


def is_own(error: Exception) -> bool:
    """Whether it speaks of what was to be written, not of the server."""
    return isinstance(error, errors.DataError | errors.IntegrityError | UnicodeEncodeError)


def problem(error: Error) -> str:
    """What the server says, on one line."""
    lines = (error.diag.message_primary or str(error)).splitlines()
    return "; ".join(line.strip(" -\t") for line in lines if line.strip())
