"""From the file that accounts without AppID once shared to the file of one account."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path

from msgspec.structs import replace

from yizhan.clock import SystemClock
from yizhan.errors import StoreError
from yizhan.store.addressed import addressee
from yizhan.store.applying import Commit, Loaded, Times
from yizhan.store.joining import joined, shifted
from yizhan.store.mailbox import Message
from yizhan.store.mailboxes.sqlite import PATIENCE, SQLiteStore
from yizhan.store.mailboxes.sqlite_file import Tables
from yizhan.store.parking import moved
from yizhan.store.sqlite_host import boot_id

TOGETHER = 100  # followers that are moved in one transaction: a server beside it waits for it
SERVING = {  # by the version of the file
    1: "SELECT renewed FROM owners WHERE boot = ?",
    2: "SELECT renewed FROM leases WHERE NOT gone AND boot = ?",
}
BODIES = "SELECT openid, body FROM messages"
SILENT = "SELECT openid FROM boxes WHERE openid NOT IN (SELECT openid FROM messages)"
LEASE = "SELECT owner, boot, renewed, renewals, gone FROM leases WHERE owner = ?"
ADD_LEASE = """
    INSERT INTO leases (owner, boot, renewed, renewals, gone) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO NOTHING
"""
TABLES = ("boxes", "contents", "messages")


def ensure_unserved(path: Path, lease: float) -> None:
    """StoreError if a process of this machine serves that file now."""
    with closing(sqlite3.connect(path, timeout=PATIENCE)) as connection:
        [(version,)] = connection.execute("PRAGMA user_version").fetchall()
        query = SERVING.get(version)
        leases = connection.execute(query, (boot_id(),)).fetchall() if query else []
        now = SystemClock().monotonic()  # a server may have renewed one a moment before it was read
        if any(now - lease <= renewed <= now for (renewed,) in leases):
            raise StoreError("store.served", store=path, seconds=f"{lease:g}")


async def bring_over(
    source: Path, target: Path, original_id: str, *, owner: str, lease: float
) -> int:
    """Move the followers who wrote to that original id ("" for whatever there is).

    The number of their messages. A follower is moved as a whole, and copied before they are
    deleted: a crash between the two loses nothing, and whoever does it again finds the keys
    known. A source of version 1 is brought into the present format first.
    """
    clock = SystemClock()
    for path, brings_over in ((source, lease), (target, None)):
        store = SQLiteStore(str(path), owner, clock, brings_over=brings_over)
        await store.open()
        await store.close()
    times = Times(clock.monotonic(), clock.wall(), boot_id())
    with _connected(source) as old, _connected(target) as new:
        return _Move(Tables(old, times, owner), Tables(new, times, owner)).all_of(original_id)


class _Move:
    def __init__(self, old: Tables, new: Tables) -> None:
        self._old = old
        self._new = new
        self._commits = 0

    def all_of(self, original_id: str) -> int:
        """Move whoever wrote to that original id; the number of messages."""
        openids = iter(_chosen(self._old.connection, original_id))
        count = 0
        while batch := tuple(islice(openids, TOGETHER)):
            with _transaction(self._old.connection):
                with _transaction(self._new.connection):
                    count += sum(self._copy(openid) for openid in batch)
                for openid in batch:
                    for table in TABLES:
                        statement = f"DELETE FROM {table} WHERE openid = ?"  # noqa: S608  # ours
                        self._old.connection.execute(statement, (openid,))
        return count

    def _copy(self, openid: str) -> int:
        """Bring a follower into the new file; how many messages they had."""
        keys = self._old.keys_of(openid)
        known = set(self._new.keys_of(openid))
        fresh = [it for key in keys if key not in known and (it := self._old.message(openid, key))]
        there, _ = self._new.load(openid)
        if fresh or not there.version:
            loaded, _ = self._old.load(openid)
            self._write(openid, loaded, there, fresh)
        return len(keys)

    def _write(
        self, openid: str, loaded: Loaded, there: Loaded, messages: Sequence[Message]
    ) -> None:
        """Write these messages with what belongs to them, before what the account has since."""
        shift = self._lowest(openid) - 1 - loaded.box.seq if there.version else 0
        brought = shifted(messages, loaded.box.jobs, loaded.rows, shift)
        box, rows = joined(there.box, loaded.box, brought), brought.rows
        if not there.version:
            box, rows = replace(loaded.box, jobs=brought.jobs), loaded.rows
        self._commits += 1
        stamp = f"{self._new.owner}:{self._commits}"
        commit = Commit(
            openid=openid,
            expect=there.version,
            after=Loaded(stamp, box, rows),
            rows=rows,
            inserts=brought.messages,
            filed=(),
            erased=(),
            bindings=(),
            gives=False,
            tells=False,
        )
        self._new.replace(commit)
        self._new.keep(openid, {**rows, **moved(there.box, box)})
        for message in brought.messages:
            self._new.insert(message)
        for owner in loaded.box.owners:  # it tells whether it died or stopped
            if (lease := self._old.connection.execute(LEASE, (owner,)).fetchone()) is not None:
                self._new.connection.execute(ADD_LEASE, lease)

    def _lowest(self, openid: str) -> int:
        """The lowest number among this follower's messages in the new file, or 1."""
        query = "SELECT MIN(seq) FROM messages WHERE openid = ?"
        [(lowest,)] = self._new.connection.execute(query, (openid,)).fetchall()
        return 1 if lowest is None else min(1, int(lowest))


def _chosen(connection: sqlite3.Connection, original_id: str) -> list[str]:
    """The followers who wrote to that original id; where all did, those without messages too."""
    wrote: dict[str, set[str]] = {}
    for openid, body in connection.execute(BODIES):
        wrote.setdefault(openid, set()).add(addressee(body))
    if not original_id:
        original_id = max((name for names in wrote.values() for name in names), default="")
    ours = {"", original_id}
    chosen = [it for it, names in wrote.items() if names <= ours or original_id in names]
    if len(chosen) == len(wrote):
        chosen += [openid for (openid,) in connection.execute(SILENT)]
    return sorted(chosen)


@contextmanager
def _connected(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous = FULL")
        yield connection
    except sqlite3.Error as error:
        raise StoreError("store.broken", problem=error) from error
    finally:
        connection.close()


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
