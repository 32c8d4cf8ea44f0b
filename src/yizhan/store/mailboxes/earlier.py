"""What version 1 of the SQLite file held, brought over into mailboxes.

Only what is unfinished or undelivered goes into mailboxes; every message gets its row. All of
it is one transaction, at whose end the tables of version 1 are gone: a process of that version
that still runs gets errors, answers 503 and loses nothing.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from yizhan.store.mailbox import (
    CUSTOM,
    DIALOG,
    EMPTY,
    FREE,
    NOBODY,
    SENDING,
    SESSION,
    Job,
    Mailbox,
    Part,
    Shown,
    State,
    Window,
    dump,
    part_name,
    step_name,
)
from yizhan.store.parking import moved, near

STAMP = "earlier:1"  # the version of every mailbox that is brought over

LEASES = "SELECT boot, renewed FROM owners WHERE owner IN (SELECT owner FROM jobs)"
ROWS = """
    INSERT INTO messages (openid, key, body, seq, created, first, boot, ordered, state, arrivals,
        attempts, reply, note, updated)
    SELECT openid, key, message, seq, created, first, boot, ordered,
        CASE WHEN live THEN NULL ELSE state END, arrivals, attempts, reply, note, updated
    FROM jobs
"""
FOLLOWERS = """
    SELECT openid, session, dialog, shown, windows, updated FROM followers
    UNION ALL
    SELECT openid, NULL, NULL, '', NULL, MAX(updated) FROM jobs
    WHERE (live OR slots IS NOT NULL) AND openid NOT IN (SELECT openid FROM followers)
    GROUP BY openid
"""
JOBS = """
    SELECT key, seq, created, first, boot, owner, state, ordered, open, arrivals, attempts, next,
        reply, note, updated, live, slots
    FROM jobs WHERE openid = ? AND (live OR slots IS NOT NULL) ORDER BY seq
"""
STEPS = "SELECT name, value FROM steps WHERE key = ?"
LAST = "SELECT COALESCE(MAX(seq), 0) FROM jobs WHERE openid = ?"
ADD_BOX = """
    INSERT INTO boxes (openid, version, box, owners, due, changed) VALUES (?, ?, ?, ?, ?, ?)
"""
KEEP = "INSERT INTO contents (openid, name, value) VALUES (?, ?, ?)"
TABLES = ("jobs", "followers", "bindings_1", "steps", "owners")


class _Slot(Struct, frozen=True, array_like=True):
    """An undelivered part as version 1 kept it; `by` may be a push that it was reserved for."""

    index: int
    body: bytes
    by: str = FREE
    until: float = 0.0
    who: str = ""


class _Window(Struct, frozen=True):
    opened: float
    used: int = 0


_slots = msgspec.msgpack.Decoder(tuple[_Slot, ...]).decode
_windows = msgspec.msgpack.Decoder(dict[str, _Window]).decode


def is_alive(connection: sqlite3.Connection, boot: str, now: float, lease: float) -> bool:
    """Whether a process of version 1 still holds a lease on anything here."""
    leases = connection.execute(LEASES)
    return any(name == boot and renewed <= now < renewed + lease for name, renewed in leases)


def bring_over(
    connection: sqlite3.Connection, schema: Iterable[str], progress: Callable[[int], None]
) -> int:
    """Make mailboxes of version 1's tables, within the caller's transaction; how many messages.

    `progress` gets how many followers have been brought over so far.
    """
    execute = connection.execute
    execute("ALTER TABLE bindings RENAME TO bindings_1")
    for statement in schema:
        execute(statement)
    for signature, digest, until in execute("SELECT signature, digest, until FROM bindings_1"):
        row = (signature, bytes.fromhex(digest)[:16], until)
        execute("INSERT INTO bindings (signature, digest, until) VALUES (?, ?, ?)", row)
    execute(ROWS)
    for done, (openid, *kept) in enumerate(execute(FOLLOWERS).fetchall(), 1):
        _bring_follower(connection, openid, *kept)
        progress(done)
    [(count,)] = execute("SELECT COUNT(*) FROM jobs").fetchall()
    for table in TABLES:
        execute(f"DROP TABLE {table}")
    return int(count)


def _bring_follower(
    connection: sqlite3.Connection,
    openid: str,
    session: bytes | None,
    dialog: bytes | None,
    shown: Shown,
    windows: bytes | None,
    updated: float,
) -> None:
    contents: dict[str, bytes] = {}
    if session is not None:
        contents[SESSION] = session
    if dialog is not None:
        contents[DIALOG] = dialog
    jobs = tuple(_jobs(connection, openid, contents))
    [(last,)] = connection.execute(LAST, (openid,)).fetchall()
    known = _windows(windows).items() if windows else ()
    box = Mailbox(
        jobs=jobs,
        seq=last,
        windows={name: Window(it.opened, it.used) for name, it in known},
        shown=shown,
    )
    owners = " ".join(sorted(box.owners)) if jobs else None
    connection.execute(ADD_BOX, (openid, STAMP, dump(near(box)), owners, box.due, updated))
    contents |= {name: value for name, value in moved(EMPTY, box).items() if value is not None}
    connection.executemany(KEEP, [(openid, name, value) for name, value in contents.items()])


def _jobs(connection: sqlite3.Connection, openid: str, contents: dict[str, bytes]) -> Iterator[Job]:
    """The jobs in hand; bodies of parts, of listed ones too, and steps go into `contents`."""
    for *fields, live, packed in connection.execute(JOBS, (openid,)).fetchall():
        job = _job(*fields)
        slots = _slots(packed) if packed else ()
        contents.update((part_name(job, slot.index), slot.body) for slot in slots)
        steps = connection.execute(STEPS, (job.key,)).fetchall()
        contents.update((step_name(job, name), value) for name, value in steps)
        if live:
            yield replace(job, parts=tuple(_part(slot) for slot in slots))


def _job(
    key: str,
    seq: int,
    created: float,
    first: float,
    boot: str,
    owner: str | None,
    state: State,
    ordered: int,
    open: int,
    arrivals: int,
    attempts: int,
    following: int,
    reply: bytes | None,
    note: str,
    updated: float,
) -> Job:
    return Job(
        key=key,
        seq=seq,
        created=created,
        first=first,
        boot=boot,
        owner=owner or NOBODY,
        state=state,
        ordered=bool(ordered),
        open=bool(open),
        arrivals=arrivals,
        attempts=attempts,
        next=following,
        reply=reply,
        note=note,
        updated=updated,
    )


def _part(slot: _Slot) -> Part:
    """The part, which nobody's push carries any more: the processes of version 1 are gone."""
    return Part(slot.index, slot.by if slot.by in (CUSTOM, SENDING) else FREE)
