"""The tables of `rules` in SQLite."""

# ruff: noqa: S608  # queries are put together from this file's constants only

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence

import msgspec

from yizhan.clock import Clock
from yizhan.place import MARK
from yizhan.store.contract import Binding, Follower, Job, State, Stats, Window
from yizhan.store.record import Record, Slot
from yizhan.store.tables import BATCH

Row = tuple[object, ...]

SCHEMA = (
    """
    CREATE TABLE jobs (
        seq INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, openid TEXT NOT NULL,
        message BLOB NOT NULL, ordered INTEGER NOT NULL, created REAL NOT NULL,
        first REAL NOT NULL, boot TEXT NOT NULL, state TEXT NOT NULL, owner TEXT,
        updated REAL NOT NULL, open INTEGER NOT NULL, live INTEGER NOT NULL,
        route TEXT NOT NULL, arrivals INTEGER NOT NULL, attempts INTEGER NOT NULL,
        next INTEGER NOT NULL, slots BLOB, reply BLOB, note TEXT NOT NULL
    )
    """,
    "CREATE INDEX jobs_of ON jobs (openid, live)",
    "CREATE INDEX owned ON jobs (owner) WHERE owner IS NOT NULL",
    "CREATE INDEX rested ON jobs (state, updated) WHERE open = 0",
    """
    CREATE TABLE followers (
        openid TEXT PRIMARY KEY, session BLOB, dialog BLOB, shown TEXT NOT NULL,
        windows BLOB NOT NULL, updated REAL NOT NULL
    ) WITHOUT ROWID
    """,
    "CREATE INDEX idle ON followers (updated)",
    """
    CREATE TABLE bindings (
        signature TEXT PRIMARY KEY, digest TEXT NOT NULL, until REAL NOT NULL
    ) WITHOUT ROWID
    """,
    "CREATE INDEX lapsing ON bindings (until)",
    """
    CREATE TABLE steps (
        key TEXT, name TEXT, value BLOB NOT NULL, PRIMARY KEY (key, name)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE owners (
        owner TEXT PRIMARY KEY, boot TEXT NOT NULL, renewed REAL NOT NULL
    ) WITHOUT ROWID
    """,
)

COLUMNS = ", ".join(f"jobs.{name}" for name in Record.__struct_fields__)

HAS_MARK = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'mark'"
MAKE_MARK = """
    CREATE TABLE IF NOT EXISTS mark (id INTEGER PRIMARY KEY CHECK (id = 1), account BLOB NOT NULL)
"""
BIND = """
    INSERT INTO bindings (signature, digest, until) VALUES (?, ?, ?)
    ON CONFLICT (signature) DO UPDATE SET digest = excluded.digest, until = excluded.until
    WHERE digest = excluded.digest OR until <= ?
"""
ADD = f"""
    INSERT INTO jobs (key, openid, message, ordered, created, first, boot, state, owner,
        updated, open, live, route, arrivals, attempts, next, note)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 1, 'push', 1, 1, 0, ?)
    ON CONFLICT (key) DO UPDATE SET arrivals = arrivals + 1
    RETURNING {COLUMNS.replace("jobs.", "")}
"""
RECORD = f"SELECT {COLUMNS} FROM jobs WHERE key = ?"
OF = f"SELECT {COLUMNS} FROM jobs WHERE openid = ? ORDER BY seq"
LIVE = f"SELECT {COLUMNS} FROM jobs WHERE openid = ? AND live = 1 ORDER BY seq"
SAVE = """
    UPDATE jobs SET state = ?, owner = ?, updated = ?, open = ?, live = ?, route = ?,
        attempts = ?, next = ?, slots = ?, reply = ?, note = ?
    WHERE seq = ?
"""
FOLLOWER = "SELECT session, dialog, shown, windows FROM followers WHERE openid = ?"
KEEP = """
    INSERT INTO followers (openid, session, dialog, shown, windows, updated)
    VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (openid) DO UPDATE SET session = excluded.session, dialog = excluded.dialog,
        shown = excluded.shown, windows = excluded.windows,
        updated = max(updated, excluded.updated)
"""
TOUCH = "INSERT OR REPLACE INTO owners (owner, boot, renewed) VALUES (?, ?, ?)"
OWNED = f"SELECT {COLUMNS} FROM jobs WHERE owner = ? ORDER BY seq"
LAPSED = f"""
    SELECT {COLUMNS}, owners.renewed, owners.boot
    FROM jobs LEFT JOIN owners ON owners.owner = jobs.owner
    WHERE jobs.owner IS NOT NULL AND jobs.seq > :after AND (
        owners.owner IS NULL OR owners.boot <> :boot
        OR owners.renewed > :now OR owners.renewed <= :now - :lease
    )
    ORDER BY jobs.seq LIMIT {BATCH}
"""
RESTED = f"""
    SELECT {COLUMNS} FROM jobs
    WHERE open = 0 AND state = ? AND updated < ? AND route = 'push'
    ORDER BY updated LIMIT ?
"""
IDLE = """
    DELETE FROM followers WHERE openid IN (
        SELECT openid FROM followers AS old
        WHERE updated < ? AND NOT EXISTS (SELECT 1 FROM jobs WHERE jobs.openid = old.openid)
        ORDER BY updated LIMIT ?
    )
"""
LAPSING = f"""
    DELETE FROM bindings WHERE signature IN (
        SELECT signature FROM bindings WHERE until <= ? ORDER BY until LIMIT {BATCH}
    )
"""
UNUSED = "DELETE FROM owners WHERE NOT EXISTS (SELECT 1 FROM jobs WHERE jobs.owner = owners.owner)"
WHOLE = f"SELECT {COLUMNS}, message FROM jobs"
LOOK = f"{WHOLE} WHERE key = ?"
IN_STATE = """
    seq IN (
        SELECT seq FROM jobs WHERE open = 0 AND state = :state
        UNION ALL SELECT seq FROM jobs WHERE owner IS NOT NULL AND open = 1 AND state = :state
    )
"""
COUNTS = """
    SELECT state, COUNT(*) FROM jobs WHERE open = 0 GROUP BY state
    UNION ALL SELECT state, COUNT(*) FROM jobs WHERE owner IS NOT NULL AND open = 1 GROUP BY state
"""
SIZE = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"


class SQLiteTables:
    """The tables as one transaction sees them."""

    def __init__(self, connection: sqlite3.Connection, clock: Clock, boot: str) -> None:
        self.boot = boot
        self.now = clock.monotonic
        self.wall = clock.wall
        self._execute = connection.execute
        self._touched: set[str] = set()

    def mark(self) -> bytes | None:
        # The table is made with the mark, and without a new format: an older version ignores it.
        if not self._execute(HAS_MARK).fetchall():
            return None
        row = self._execute(MARK).fetchone()
        return None if row is None else bytes(row[0])

    def put_mark(self, mark: bytes) -> None:
        self._execute(MAKE_MARK)
        self._execute("INSERT OR REPLACE INTO mark (id, account) VALUES (1, ?)", (mark,))

    def all_messages(self) -> Iterator[bytes]:
        return (row[0] for row in self._execute("SELECT message FROM jobs"))

    def bind(self, binding: Binding, at: float) -> bool:
        row = (binding.signature, binding.digest, at + binding.keep, at)
        return self._execute(BIND, row).rowcount == 1

    def add(self, record: Record, message: bytes) -> Record:
        values = (
            record.key,
            record.openid,
            message,
            record.ordered,
            record.created,
            record.first,
            record.boot,
            record.state,
            record.owner,
            record.updated,
            record.note,
        )
        [row] = self._execute(ADD, values).fetchall()
        return _record(row)

    def record(self, key: str) -> Record | None:
        row = self._execute(RECORD, (key,)).fetchone()
        return None if row is None else _record(row)

    def of(self, openid: str) -> Sequence[Record]:
        return [_record(row) for row in self._execute(OF, (openid,)).fetchall()]

    def count(self, openid: str) -> int:
        [(number,)] = self._execute("SELECT COUNT(*) FROM jobs WHERE openid = ?", (openid,))
        return int(number)

    def live(self, openid: str) -> Sequence[Record]:
        return [_record(row) for row in self._execute(LIVE, (openid,)).fetchall()]

    def save(self, record: Record) -> None:
        values = (
            record.state,
            record.owner,
            record.updated,
            record.open,
            record.live,
            record.route,
            record.attempts,
            record.next,
            _packed(record.slots) if record.slots else None,
            record.reply,
            record.note,
            record.seq,
        )
        self._execute(SAVE, values)

    def delete(self, record: Record) -> None:
        self._execute("DELETE FROM jobs WHERE seq = ?", (record.seq,))
        self._execute("DELETE FROM steps WHERE key = ?", (record.key,))

    def follower(self, openid: str) -> Follower:
        row = self._execute(FOLLOWER, (openid,)).fetchone()
        if row is None:
            return Follower()
        session, dialog, shown, windows = row
        return Follower(session, dialog, shown, _windows(windows))

    def keep(self, openid: str, follower: Follower) -> None:
        windows = _packed(follower.windows)
        row = (openid, follower.session, follower.dialog, follower.shown, windows, self.wall())
        self._execute(KEEP, row)

    def erase(self, openid: str) -> None:
        self._execute("DELETE FROM followers WHERE openid = ?", (openid,))

    def touch(self, owner: str) -> None:
        """Once per transaction is enough."""
        if owner not in self._touched:
            self._touched.add(owner)
            self._execute(TOUCH, (owner, self.boot, self.now()))

    def dismiss(self, owner: str) -> None:
        self._touched.discard(owner)
        self._execute("DELETE FROM owners WHERE owner = ?", (owner,))

    def owned(self, owner: str) -> Sequence[Record]:
        return [_record(row) for row in self._execute(OWNED, (owner,)).fetchall()]

    def lapsed(self, lease: float) -> Iterator[tuple[Record, float]]:
        now = self.now()
        values = {"boot": self.boot, "now": now, "lease": lease, "after": 0}
        while rows := self._execute(LAPSED, values).fetchall():
            for *row, renewed, boot in rows:
                record = _record(row)
                known = renewed is not None and boot == self.boot and renewed <= now
                yield record, now - renewed if known else float("inf")
                values["after"] = record.seq

    def rested(
        self, states: Collection[State], before: float, most: int = BATCH
    ) -> Sequence[Record]:
        found = (self._execute(RESTED, (state, before, most)).fetchall() for state in states)
        return [_record(row) for rows in found for row in rows]

    def count_followers(self) -> int:
        return self._count("followers")

    def drop_idle(self, before: float, most: int) -> int:
        return self._execute(IDLE, (before, most)).rowcount

    def drop_lapsed(self, at: float) -> int:
        self._execute(UNUSED)
        return self._execute(LAPSING, (at,)).rowcount

    def look(self, keys: Iterable[str]) -> tuple[Job, ...]:
        rows = [row for key in keys for row in self._execute(LOOK, (key,)).fetchall()]
        return tuple(_record(row).job(message) for *row, message in rows)

    def jobs(self, state: State | None, limit: int, before: float | None) -> tuple[Job, ...]:
        wanted = ["created < :before"] if before is not None else []
        wanted += [IN_STATE] if state is not None else []
        where = f"WHERE {' AND '.join(wanted)}" if wanted else ""
        values = {"state": state, "before": before, "limit": limit}
        rows = self._execute(f"{WHOLE} {where} ORDER BY seq DESC LIMIT :limit", values)
        return tuple(_record(row).job(message) for *row, message in rows)

    def steps(self, key: str) -> dict[str, bytes]:
        return dict(self._execute("SELECT name, value FROM steps WHERE key = ?", (key,)))

    def keep_step(self, key: str, name: str, value: bytes) -> None:
        self._execute("INSERT OR REPLACE INTO steps VALUES (?, ?, ?)", (key, name, value))

    def stats(self) -> Stats:
        jobs: dict[str, int] = {}
        for state, count in self._execute(COUNTS):
            jobs[state] = jobs.get(state, 0) + count
        return Stats(jobs, self._count("followers"), self._count("bindings"), self._number(SIZE))

    def _count(self, table: str) -> int:
        return self._number(f"SELECT COUNT(*) FROM {table}")

    def _number(self, query: str) -> int:
        [(number,)] = self._execute(query).fetchall()
        return int(number)


_packed = msgspec.msgpack.Encoder().encode
_slots = msgspec.msgpack.Decoder(tuple[Slot, ...]).decode
_windows = msgspec.msgpack.Decoder(dict[str, Window]).decode


def _record(row: Sequence[object]) -> Record:
    record = Record(*row)  # type: ignore[arg-type]  # the columns are the fields
    record.ordered, record.open = bool(record.ordered), bool(record.open)
    record.slots = _slots(record.slots) if record.slots else ()  # type: ignore[arg-type]  # packed in the row
    return record
