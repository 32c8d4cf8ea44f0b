"""Copies of a store in one SQLite file: taken while it is served, whole or not at all."""

import os
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from msgspec import Struct

from yizhan.errors import StoreError
from yizhan.store.mailboxes.sqlite import PATIENCE, VERSION

Progress = Callable[[int, int], None]  # hears how many bytes are copied, of how many

PAGES = 512  # pages that are copied at once: 2 MB
MESSAGES = {1: "jobs", 2: "messages"}  # the table of messages, by the version of the file
BESIDE = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a file


class Contents(Struct, frozen=True):
    """What a store's file holds: whose it is, how many messages, when the last one came."""

    mark: bytes | None
    messages: int
    latest: float | None


def back_up(store: Path, target: Path, progress: Progress) -> tuple[Contents, int]:
    """Copy the store as it is at this moment; what is in the copy, and its size in bytes.

    Servers go on writing meanwhile. The copy appears once it is whole, checked and on the disk,
    and its owner alone may read it.
    """
    with opened(store) as source, part_of(target) as part:
        copy_to(source, part, progress)
        check(part)
        found, size = contents_of(part), part.stat().st_size
        put(part, target)
    return found, size


def contents_of(path: Path) -> Contents:
    """What is in that file; StoreError if it is no store that this version can read."""
    with opened(path) as connection:
        [(version,)] = connection.execute("PRAGMA user_version").fetchall()
        if version > VERSION:
            raise StoreError("store.newer", path=path, found=version, known=VERSION)
        table = MESSAGES.get(version)
        if table is None or not _has(connection, table):
            raise StoreError("store.no_store", path=path)
        query = f"SELECT COUNT(*), MAX(created) FROM {table}"  # noqa: S608  # one of two
        messages, latest = connection.execute(query).fetchone()
        marked = _has(connection, "mark")
        row = connection.execute("SELECT account FROM mark").fetchone() if marked else None
        return Contents(bytes(row[0]) if row else None, messages, latest)


def check(path: Path) -> None:
    """StoreError if SQLite finds that file damaged."""
    with opened(path) as connection:
        [(problem,)] = connection.execute("PRAGMA quick_check(1)").fetchall()
    if problem != "ok":
        raise StoreError("store.damaged", path=path, problem=problem)


def copy_to(source: sqlite3.Connection, part: Path, progress: Progress) -> None:
    """Copy what that connection sees to an empty file, and make it durable."""
    with closing(sqlite3.connect(part, isolation_level=None)) as copy:
        # One view of all of it: else each commit of a server would begin the copy anew.
        source.execute("BEGIN")
        try:
            source.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
            source.backup(copy, pages=PAGES, progress=in_bytes(source, progress))
        finally:
            source.execute("ROLLBACK")
        copy.execute("PRAGMA journal_mode = DELETE")  # all of it is in the one file
    sync(part)


def in_bytes(source: sqlite3.Connection, progress: Progress) -> Callable[[int, int, int], None]:
    """SQLite reports progress in pages; this reports it in bytes."""
    [(size,)] = source.execute("PRAGMA page_size").fetchall()
    return lambda status, left, pages: progress((pages - left) * size, pages * size)


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a file that is there; StoreError for whatever goes wrong with it."""
    if not path.is_file():
        raise StoreError("store.missing", path=path)
    address = f"{path.absolute().as_uri()}?mode=rw"
    try:
        connection = sqlite3.connect(address, uri=True, timeout=PATIENCE, isolation_level=None)
        with closing(connection):
            yield connection
    except sqlite3.DatabaseError as error:
        raise failure(path, error) from error


def failure(path: Path, error: sqlite3.DatabaseError) -> StoreError:
    """What SQLite says of that file, in the reader's words."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_NOTADB:
        return StoreError("store.no_store", path=path)
    if code == sqlite3.SQLITE_CORRUPT:
        return StoreError("store.damaged", path=path, problem=error)
    if code == sqlite3.SQLITE_FULL:
        return StoreError("store.full", problem=error)
    return StoreError("store.broken", problem=error)


@contextmanager
def part_of(target: Path) -> Iterator[Path]:
    """A new file beside the target, for its owner only; it is gone at the end unless it was put."""
    part = target.with_name(f"{target.name}.{secrets.token_hex(4)}.part")
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        yield part
    except OSError as error:
        raise StoreError("store.broken", problem=error) from error
    finally:
        for path in (part, *beside(part)):
            with suppress(OSError):
                path.unlink()


def beside(path: Path) -> tuple[Path, ...]:
    """The files that SQLite may keep beside that one."""
    return tuple(path.with_name(path.name + ending) for ending in BESIDE)


def put(part: Path, target: Path) -> None:
    """Give a file that is durable its name, and make that durable, too."""
    part.replace(target)
    sync(target.parent)


def sync(path: Path) -> None:
    """Have the system write a file, or a folder's entries, to the disk.

    No connection of this process may have the file open: closing it here drops their locks.
    """
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _has(connection: sqlite3.Connection, table: str) -> bool:
    query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return connection.execute(query, (table,)).fetchone() is not None
