"""A backup in the place of an account's store, which nobody serves meanwhile."""

import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from yizhan.clock import SystemClock
from yizhan.errors import StoreError
from yizhan.store.backup import (
    PAGES,
    Progress,
    beside,
    copy_to,
    failure,
    in_bytes,
    opened,
    part_of,
    put,
    sync,
)
from yizhan.store.mailboxes.contract import Store
from yizhan.store.mailboxes.sqlite import PATIENCE, SQLiteStore
from yizhan.store.moving import ensure_unserved
from yizhan.store.opening import owner_name
from yizhan.store.sqlite_host import create, is_busy

T = TypeVar("T")

TABLES = "SELECT 1 FROM sqlite_master"
IN_HAND = "SELECT openid FROM boxes WHERE owners IS NOT NULL"
LEAVE = "UPDATE leases SET gone = 1"  # none of them is here: nobody waits for one to lapse


async def prepare(copy: Path, change: Callable[[Store, list[str]], Awaitable[T]]) -> T:
    """Bring a copy of a backup into today's format, and have `change` do with it what it does.

    It is given the store, and the followers with something in hand.
    """
    store = SQLiteStore(str(copy), owner_name(), SystemClock(), brings_over=0.0)
    await store.open()
    try:
        with opened(copy) as connection:
            openids = [openid for (openid,) in connection.execute(IN_HAND)]
        result = await change(store, openids)
    finally:
        await store.close()
    with opened(copy) as connection:
        connection.execute(LEAVE)
        connection.execute("PRAGMA journal_mode = DELETE")
    sync(copy)
    return result


def ensure_idle(store: Path, lease: float) -> None:
    """StoreError if a process serves the store, or did a moment ago."""
    if store.exists():
        with suppress(sqlite3.DatabaseError):  # nobody serves what is damaged
            ensure_unserved(store, lease)


def replace(store: Path, copy: Path, former: Path, progress: Progress) -> bool:
    """Put the copy in the store's place, at once or not at all; whether anything was there.

    That is kept as `former`. StoreError if a process has the store open. The file stays the same
    one, so that whoever opens it meanwhile waits, and then sees what is new.
    """
    create(store)
    try:
        with _alone(store) as connection:
            is_filled = connection.execute(TABLES).fetchone() is not None
            if is_filled:
                with part_of(former) as part:
                    copy_to(connection, part, _silent)
                    put(part, former)
            _fill(connection, copy, progress)
            return is_filled
    except sqlite3.DatabaseError as error:
        if is_busy(error):
            raise StoreError("store.in_use", store=store) from error
        if error.sqlite_errorcode != sqlite3.SQLITE_NOTADB:
            raise failure(store, error) from error
    _set_aside(store, former)
    return replace(store, copy, former, progress) or True


@contextmanager
def _alone(store: Path) -> Iterator[sqlite3.Connection]:
    """A connection that holds the file's lock from beginning to end, so that it is the only one.

    A file in WAL mode can only leave it when no other connection has it open.
    """
    address = f"{store.absolute().as_uri()}?mode=rw"
    connection = sqlite3.connect(address, uri=True, timeout=PATIENCE, isolation_level=None)
    with closing(connection):
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
        yield connection


def _fill(connection: sqlite3.Connection, copy: Path, progress: Progress) -> None:
    """Replace all pages in one transaction."""
    with closing(sqlite3.connect(copy, isolation_level=None)) as source:
        source.backup(connection, pages=PAGES, progress=in_bytes(source, progress))


def _set_aside(store: Path, former: Path) -> None:
    """Keep a file that is no database, with what lies beside it."""
    for path, kept in zip(beside(store), beside(former), strict=True):
        if path.exists():
            path.replace(kept)
    put(store, former)


def _silent(done: int, pages: int) -> None:
    """Report nothing."""
