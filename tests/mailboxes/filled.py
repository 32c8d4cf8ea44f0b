"""SQLite stores as a bot has left them, without a mark, in the present format or version 1's."""

import json
import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing
from functools import partial
from pathlib import Path

import msgspec

from yizhan.clock import SystemClock
from yizhan.inbox import rules
from yizhan.inbox.rules import Arrival, RunResult
from yizhan.replies import Text, dump
from yizhan.store.asking import changed
from yizhan.store.mailboxes.sqlite import SQLiteStore
from yizhan.store.sqlite_host import boot_id

OWNER = "A"
TABLES = """
    CREATE TABLE jobs (
        seq INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, openid TEXT NOT NULL,
        message BLOB NOT NULL, ordered INTEGER NOT NULL, created REAL NOT NULL,
        first REAL NOT NULL, boot TEXT NOT NULL, state TEXT NOT NULL, owner TEXT,
        updated REAL NOT NULL, open INTEGER NOT NULL, live INTEGER NOT NULL,
        route TEXT NOT NULL, arrivals INTEGER NOT NULL, attempts INTEGER NOT NULL,
        next INTEGER NOT NULL, slots BLOB, reply BLOB, note TEXT NOT NULL
    );
    CREATE INDEX jobs_of ON jobs (openid, live);
    CREATE INDEX owned ON jobs (owner) WHERE owner IS NOT NULL;
    CREATE INDEX rested ON jobs (state, updated) WHERE open = 0;
    CREATE TABLE followers (
        openid TEXT PRIMARY KEY, session BLOB, dialog BLOB, shown TEXT NOT NULL,
        windows BLOB NOT NULL, updated REAL NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX idle ON followers (updated);
    CREATE TABLE bindings (
        signature TEXT PRIMARY KEY, digest TEXT NOT NULL, until REAL NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX lapsing ON bindings (until);
    CREATE TABLE steps (
        key TEXT, name TEXT, value BLOB NOT NULL, PRIMARY KEY (key, name)
    ) WITHOUT ROWID;
    CREATE TABLE owners (
        owner TEXT PRIMARY KEY, boot TEXT NOT NULL, renewed REAL NOT NULL
    ) WITHOUT ROWID;
    PRAGMA user_version = 1;
"""
JOB = """
    INSERT INTO jobs (key, openid, message, ordered, created, first, boot, state, owner, updated,
        open, live, route, arrivals, attempts, next, slots, note)
    VALUES (:key, :openid, :message, 1, :at, :first, :boot, :state, :owner, :at, :open, 1, 'push',
        1, 1, 1, :slots, '')
"""
FOLLOWER = """
    INSERT INTO followers (openid, session, shown, windows, updated) VALUES (?, ?, '', ?, ?)
    ON CONFLICT (openid) DO UPDATE SET session = COALESCE(excluded.session, session)
"""


def message(original_id: str, content: str = "") -> bytes:
    fields = {"ToUserName": original_id, "MsgType": "text", "Content": content, "MsgId": "1"}
    openid = follower_of(content)
    return json.dumps({**fields, "FromUserName": openid, "CreateTime": "1800000000"}).encode()


async def fill(path: Path, jobs: Mapping[str, str], *, leave: bool = True) -> None:
    """Of each key, sent to that original id, an answer waits; its follower is named after it.

    One whose key begins with "run" was not handled: whoever serves the store does so.
    """
    store = SQLiteStore(str(path), OWNER, SystemClock())
    await store.open()
    for key, original_id in jobs.items():
        openid = follower_of(key)
        sent = message(original_id, key)
        arrival = Arrival(key, openid, sent, time.time(), OWNER, window="message")
        await changed(store, openid, partial(rules.accept, arrival=arrival))
        if key.startswith("run"):
            continue
        step = partial(rules.step, key=key, owner=OWNER, name="step", value=b"1")
        await changed(store, openid, step)
        outcome = RunResult((answer(key),), session=kept(key))
        await changed(store, openid, partial(rules.finish, key=key, owner=OWNER, outcome=outcome))
    if leave:
        await store.leave()
    await store.close()


async def fill_earlier(path: Path, jobs: Mapping[str, str], *, leave: bool = True) -> None:
    """The same, as version 1 wrote it."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(TABLES)
        for key, original_id in jobs.items():
            _add_earlier(connection, key, original_id, "" if leave else OWNER)
        if not leave:
            row = (OWNER, boot_id(), SystemClock().monotonic())
            connection.execute("INSERT INTO owners VALUES (?, ?, ?)", row)


def _add_earlier(connection: sqlite3.Connection, key: str, original_id: str, owner: str) -> None:
    runs, openid, at = key.startswith("run"), follower_of(key), time.time()
    slots = () if runs else ((0, answer(key), "", 0.0, ""),)
    job = {
        "key": key,
        "openid": openid,
        "message": message(original_id, key),
        "at": at,
        "first": SystemClock().monotonic(),
        "boot": boot_id(),
        "state": "running" if runs else "ready",
        "owner": owner if runs else None,
        "open": runs,
        "slots": msgspec.msgpack.encode(slots) if slots else None,
    }
    connection.execute(JOB, job)
    if not runs:
        connection.execute("INSERT INTO steps VALUES (?, 'step', X'31')", (key,))
    windows = msgspec.msgpack.encode({"message": {"opened": at, "used": 0}})
    session = None if runs else kept(key)
    connection.execute(FOLLOWER, (openid, session, windows, at))


def follower_of(key: str) -> str:
    """The follower who sent the message with that key."""
    return f"o-{key.rstrip('0123456789')}"


def answer(key: str) -> bytes:
    """The answer to that message, as a store keeps it."""
    return dump((Text(f"answer to {key}"),))


def kept(key: str) -> bytes:
    """The session that this message leaves."""
    return json.dumps({"until": 4e9, "data": {"last": key}}).encode()
