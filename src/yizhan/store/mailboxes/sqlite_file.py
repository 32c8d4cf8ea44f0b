"""The tables of a store in one SQLite file, and the statements that read and write them."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import json

from yizhan.store.addressed import count_addressed
from yizhan.store.applying import NOWHERE, Commit, Lease, Loaded, Times
from yizhan.store.mailbox import (
    EMPTY,
    Binding,
    Filed,
    Job,
    Mailbox,
    Message,
    State,
    dump,
    is_waiting,
    load,
    longest_back_off,
    oldest,
)
from yizhan.store.mailboxes.contract import Orphan, Stats, Whole
from yizhan.store.parking import joined, near, parked, parked_name

SCHEMA = (
    # `owners` is NULL for a mailbox in which nothing is in hand: so the partial index holds
    # only the others, and a message without an owner costs no entry of its own.
    """
    CREATE TABLE boxes (
        openid TEXT PRIMARY KEY, version TEXT NOT NULL, box BLOB NOT NULL, owners TEXT,
        due REAL, changed REAL NOT NULL
    )
    """,
    "CREATE INDEX in_hand ON boxes (owners) WHERE owners IS NOT NULL",
    "CREATE INDEX resting ON boxes (due) WHERE due IS NOT NULL",
    """
    CREATE TABLE contents (
        openid TEXT, name TEXT, value BLOB NOT NULL, PRIMARY KEY (openid, name)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE messages (
        openid TEXT, key TEXT, body BLOB NOT NULL, seq INTEGER NOT NULL, created REAL NOT NULL,
        first REAL NOT NULL, boot TEXT NOT NULL, ordered INTEGER NOT NULL, state TEXT,
        arrivals INTEGER NOT NULL, attempts INTEGER NOT NULL, reply BLOB, note TEXT NOT NULL,
        updated REAL NOT NULL, PRIMARY KEY (openid, key)
    )
    """,
    "CREATE INDEX ended ON messages (updated) WHERE state IS NOT NULL",
    """
    CREATE TABLE bindings (
        signature TEXT PRIMARY KEY, digest BLOB NOT NULL, until REAL NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE leases (
        owner TEXT PRIMARY KEY, boot TEXT NOT NULL, renewed REAL NOT NULL,
        renewals INTEGER NOT NULL, gone INTEGER NOT NULL
    ) WITHOUT ROWID
    """,
    # A file of version 1 has it already, if its account has marked it.
    """
    CREATE TABLE IF NOT EXISTS mark (id INTEGER PRIMARY KEY CHECK (id = 1), account BLOB NOT NULL)
    """,
)

BOX = "SELECT version, box FROM boxes WHERE openid = ?"
VERSION = "SELECT version FROM boxes WHERE openid = ?"
CONTENTS = "SELECT name, value FROM contents WHERE openid = ?"
PARKED = "SELECT name, value FROM contents WHERE openid = ? AND name >= 'job:' AND name < 'job;'"
REPLACE_BOX = """
    UPDATE boxes SET version = ?, box = ?, owners = ?, due = ?, changed = ?
    WHERE openid = ? AND version = ?
"""
ADD_BOX = """
    INSERT INTO boxes (version, box, owners, due, changed, openid) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO NOTHING
"""
KEEP = "INSERT OR REPLACE INTO contents (openid, name, value) VALUES (?, ?, ?)"
ERASE = "DELETE FROM contents WHERE openid = ? AND name = ?"
BIND = """
    INSERT INTO bindings (signature, digest, until) VALUES (?, ?, ?)
    ON CONFLICT (signature) DO UPDATE SET digest = excluded.digest, until = excluded.until
    WHERE digest = excluded.digest OR until <= ?
"""
ADD_MESSAGE = """
    INSERT INTO messages (openid, key, body, seq, created, first, boot, ordered, state, arrivals,
        attempts, reply, note, updated)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
"""
FILE = """
    UPDATE messages SET state = ?, arrivals = ?, attempts = ?, reply = ?, note = ?, updated = ?
    WHERE openid = ? AND key = ?
"""
ERASE_MESSAGE = "DELETE FROM messages WHERE openid = ? AND key = ?"
COLUMNS = (
    "key, openid, body, seq, created, first, boot, ordered, state, arrivals, attempts, reply,"
    " note, updated"
)
ORDERED = COLUMNS.split(", ").index("ordered")
MESSAGE = f"SELECT {COLUMNS} FROM messages WHERE openid = ? AND key = ?"  # noqa: S608  # constants
ANY_MESSAGES = f"""
    SELECT {COLUMNS} FROM messages WHERE key IN (SELECT value FROM json_each(?))
"""  # noqa: S608  # constants
NEWEST = f"""
    SELECT {COLUMNS} FROM messages
    WHERE created < ?1 AND (?2 IS NULL OR state IS NULL OR state = ?2)
    ORDER BY created DESC LIMIT ?3
"""  # noqa: S608  # constants
RENEW = """
    INSERT INTO leases (owner, boot, renewed, renewals, gone) VALUES (?, ?, ?, 1, 0)
    ON CONFLICT (owner) DO UPDATE SET boot = excluded.boot, renewed = excluded.renewed,
        renewals = renewals + 1
"""
DISCARD = """
    DELETE FROM boxes WHERE openid = ? AND owners IS NULL
        AND NOT EXISTS (SELECT 1 FROM contents WHERE contents.openid = boxes.openid)
        AND NOT EXISTS (SELECT 1 FROM messages WHERE messages.openid = boxes.openid)
"""
ADD_MARK = "INSERT INTO mark (id, account) VALUES (1, ?) ON CONFLICT DO NOTHING"


class Tables:
    """One connection's view of the tables, within a transaction."""

    def __init__(self, connection: sqlite3.Connection, times: Times, owner: str) -> None:
        self.connection = connection
        self.times = times
        self.owner = owner
        self._execute = connection.cursor().execute  # for what is done often

    def load(self, openid: str) -> tuple[Loaded, int]:
        """The mailbox with its rows, and the size of its document; 0 if there is none."""
        found = self.connection.execute(BOX, (openid,)).fetchone()
        if found is None:
            return Loaded(), 0
        version, document = found
        rows = dict(self.connection.execute(CONTENTS, (openid,)).fetchall())
        return Loaded(version, joined(load(document), rows), rows), len(document)

    def message(self, openid: str, key: str) -> Message | None:
        """A message's row."""
        row = self.connection.execute(MESSAGE, (openid, key)).fetchone()
        return None if row is None else _message(row)

    def stands(self, lease: Lease) -> bool:
        """Whether a lease was not renewed since it was seen."""
        query = "SELECT renewals FROM leases WHERE owner = ?"
        found = self.connection.execute(query, (lease.owner,)).fetchone()
        return (0 if found is None else found[0]) == lease.renewal

    def bind(self, it: Binding) -> bool:
        """Keep a binding; False when its signature is bound to another body."""
        wall = self.times.wall
        row = (it.signature, it.digest, wall + it.keep, wall)
        return self._execute(BIND, row).rowcount == 1

    def insert(self, message: Message) -> bool:
        """Add a message's row; False when there is one with its key."""
        return self._execute(ADD_MESSAGE, _row(message)).rowcount == 1

    def replace(self, commit: Commit) -> int:
        """Write the document, and tell its size; 0 when its version is another one by now."""
        after = commit.after
        box = after.box
        document = dump(near(box))
        # NULL for most: the indexes `in_hand` and `resting` have only those with something to do.
        owners = _names(box) if box.jobs else None
        due = box.due if box.jobs or box.timer is not None else None
        values = (after.version, document, owners, due, self.times.wall, commit.openid)
        if commit.expect:
            done = self._execute(REPLACE_BOX, (*values, commit.expect))
        else:
            done = self._execute(ADD_BOX, values)
        return len(document) if done.rowcount else 0

    def keep(self, openid: str, rows: Mapping[str, bytes | None]) -> None:
        """Write rows that belong to a document."""
        for name, value in rows.items():
            if value is None:
                self.connection.execute(ERASE, (openid, name))
            else:
                self.connection.execute(KEEP, (openid, name, value))

    def file(self, openid: str, it: Filed) -> None:
        """Write what has changed of a message."""
        changed = (it.state, it.arrivals, it.attempts, it.reply, it.note, it.updated)
        self._execute(FILE, (*changed, openid, it.key))

    def erase(self, openid: str, keys: Iterable[str]) -> None:
        """Delete rows of messages."""
        for key in keys:
            self.connection.execute(ERASE_MESSAGE, (openid, key))

    def renew(self) -> None:
        """Renew this owner's lease."""
        self.connection.execute(RENEW, (self.owner, self.times.boot, self.times.now))

    def leave(self) -> None:
        """Mark this owner's lease as left."""
        self.connection.execute("UPDATE leases SET gone = 1 WHERE owner = ?", (self.owner,))

    def in_hand(self, owner: str = "") -> Iterator[tuple[str, list[str]]]:
        """The mailboxes with something in hand, and whose it is."""
        query = "SELECT openid, owners FROM boxes WHERE owners IS NOT NULL"
        for openid, owners in self.connection.execute(query):
            names = owners.split()
            if not owner or owner in names:
                yield openid, names

    def orphans(self, lease: float) -> Iterator[Orphan]:
        """Mailboxes with the work of the dead, and those whose time has come."""
        seen: dict[str, Orphan | None] = {self.owner: None}
        for openid, names in self.in_hand():
            for name in names:
                if name not in seen:
                    seen[name] = self._dead(name, lease)
                if (orphan := seen[name]) is not None:
                    yield Orphan(openid, name, orphan.lease, orphan.left)
        # A time further ahead than any rest: the clock was set back (`mailbox.is_due`).
        query = "SELECT openid FROM boxes WHERE due <= ? OR due > ?"
        wall = self.times.wall
        for (openid,) in self.connection.execute(query, (wall, wall + longest_back_off(lease))):
            yield Orphan(openid, "")

    def _dead(self, owner: str, lease: float) -> Orphan | None:
        """What its lease says of an owner, if that has lapsed.

        One of an earlier boot has; and one from the future, which only a reboot can explain.
        """
        query = "SELECT boot, renewed, renewals, gone FROM leases WHERE owner = ?"
        found = self.connection.execute(query, (owner,)).fetchone()
        if found is None:
            return Orphan("", owner, Lease(owner, 0))
        boot, renewed, renewals, gone = found
        alive = boot == self.times.boot and renewed <= self.times.now < renewed + lease
        return None if alive and not gone else Orphan("", owner, Lease(owner, renewals), bool(gone))

    def version(self, openid: str) -> str:
        """The version of a mailbox."""
        found = self.connection.execute(VERSION, (openid,)).fetchone()
        return NOWHERE if found is None else str(found[0])

    def wholes(self, keys: Sequence[str], openid: str | None) -> tuple[Whole, ...]:
        """Messages with their jobs; all rows are read when the follower is not known."""
        if openid is None:
            rows = self.connection.execute(ANY_MESSAGES, (json.encode(keys).decode(),))
            found = {it.key: it for it in map(_message, rows)}
        else:
            known = ((key, self.message(openid, key)) for key in keys)
            found = {key: message for key, message in known if message is not None}
        boxes: dict[str, Mailbox] = {}
        return tuple(self._whole(found[key], boxes) for key in keys if key in found)

    def jobs(self, state: State | None, limit: int, before: float | None) -> Sequence[Whole]:
        """Messages, newest first."""
        boxes: dict[str, Mailbox] = {}
        found: list[Whole] = []
        most = -1 if state else limit  # of the rows: a message in hand has its state elsewhere
        values = (float("inf") if before is None else before, state, most)
        for row in self.connection.execute(NEWEST, values):
            whole = self._whole(_message(row), boxes)
            if state in (None, whole.state):
                found.append(whole)
            if len(found) == limit:
                break
        return found

    def _whole(self, message: Message, boxes: dict[str, Mailbox]) -> Whole:
        if message.state is not None:
            return Whole(message)
        if message.openid not in boxes:
            row = self.connection.execute(BOX, (message.openid,)).fetchone()
            boxes[message.openid] = EMPTY if row is None else load(row[1])
        job = boxes[message.openid].job(message.key)
        if job is None:
            query = "SELECT value FROM contents WHERE openid = ? AND name = ?"
            name = parked_name(message.seq)
            row = self.connection.execute(query, (message.openid, name)).fetchone()
            job = None if row is None else parked(row[0])
        return Whole(message, job)

    def keys_of(self, openid: str) -> tuple[str, ...]:
        """The keys of all messages of this follower."""
        rows = self.connection.execute("SELECT key FROM messages WHERE openid = ?", (openid,))
        return tuple(key for (key,) in rows)

    def stats(self) -> Stats:
        """Counts and sizes."""
        execute = self.connection.execute
        by_state = "SELECT state, COUNT(*) FROM messages WHERE state IS NOT NULL GROUP BY state"
        states: Counter[str] = Counter(dict(execute(by_state).fetchall()))
        waiting: float | None = None
        for openid, box in execute("SELECT openid, box FROM boxes WHERE owners IS NOT NULL"):
            jobs = self._jobs(openid, box)
            states.update(job.listed_as for job in jobs)
            waiting = oldest(jobs, waiting)
        boxes = "SELECT COUNT(*) FROM boxes WHERE openid NOT LIKE '@%'"
        counts = f"SELECT ({boxes}), (SELECT COUNT(*) FROM bindings)"  # noqa: S608
        followers, bindings = execute(counts).fetchone()
        pages, size = (execute(f"PRAGMA {it}").fetchone()[0] for it in ("page_count", "page_size"))
        return Stats(dict(states), followers, bindings, pages * size, waiting)

    def mark(self) -> bytes | None:
        """What tells whose store this is."""
        row = self.connection.execute("SELECT account FROM mark").fetchone()
        return None if row is None else bytes(row[0])

    def change_mark(self, expected: bytes | None, mark: bytes) -> bool:
        """Put one mark in the place of another; whether that other was there."""
        execute = self.connection.execute
        if expected is None:
            return execute(ADD_MARK, (mark,)).rowcount == 1
        query = "UPDATE mark SET account = ? WHERE account = ?"
        return execute(query, (mark, expected)).rowcount == 1

    def addressed(self) -> dict[str, int]:
        """How many messages there are of each ToUserName."""
        rows = self.connection.execute("SELECT body FROM messages")
        return count_addressed(body for (body,) in rows)

    def uncollected(self, before: float) -> Iterator[str]:
        """Followers with an answer that waits since then."""
        query = "SELECT openid, box FROM boxes WHERE owners IS NOT NULL AND changed < ?"
        for openid, box in self.connection.execute(query, (before,)):
            if any(is_waiting(job, before) for job in self._jobs(openid, box)):
                yield openid

    def _jobs(self, openid: str, document: bytes) -> Sequence[Job]:
        """All that is in hand for a follower."""
        rows = dict(self.connection.execute(PARKED, (openid,)).fetchall())
        return joined(load(document), rows).jobs

    def discard(self, openid: str) -> None:
        """Delete a mailbox that is empty, with no row and message left."""
        self.connection.execute(DISCARD, (openid,))


def _names(box: Mailbox) -> str:
    owners = box.owners
    return " ".join(sorted(owners)) if len(owners) > 1 else "".join(owners)


def _row(it: Message) -> tuple[object, ...]:
    first = (it.openid, it.key, it.body, it.seq, it.created, it.first, it.boot, it.ordered)
    return (*first, it.state, it.arrivals, it.attempts, it.reply, it.note, it.updated)


def _message(row: tuple[object, ...]) -> Message:
    """A message's row; SQLite gives the one truth value among its fields as a number."""
    values = list(row)
    values[ORDERED] = bool(values[ORDERED])
    return Message(*values)  # type: ignore[arg-type]  # the columns are its fields, in their order
