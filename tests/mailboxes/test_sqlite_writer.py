"""The thread that writes a SQLite file: a fault is its cause's own; several processes share it."""

import asyncio
import os
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from mailboxes.places import FAN, accept, do, look
from yizhan.clock import SystemClock
from yizhan.errors import StoreError
from yizhan.inbox import upkeep
from yizhan.inbox.upkeep import Death, Terms
from yizhan.store.mailbox import Change, Rule
from yizhan.store.mailboxes import writer as writer_module
from yizhan.store.mailboxes.sqlite import SQLiteStore
from yizhan.store.mailboxes.sqlite_file import Tables

HOLDER = Path(__file__).parent / "holder.py"
TESTS = Path(__file__).parents[1]
TERMS = Terms(tries=3, lease=0.1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "store.db"


def opening(path: Path, owner: str = "A", **named: object) -> SQLiteStore:
    return SQLiteStore(str(path), owner, SystemClock(), **named)  # type: ignore[arg-type]


@pytest.fixture
async def store(path: Path) -> AsyncIterator[SQLiteStore]:
    store = opening(path, patience=0.1)
    await store.open()
    yield store
    await store.close()


def note(text: str) -> Rule[None]:
    """A rule that writes one row."""
    return lambda view: Change(None, view.box, {"note": text.encode()})


async def noted(store: SQLiteStore, openid: str = FAN) -> bytes:
    return (await look(store, openid)).rows.get("note", b"")


@pytest.mark.parametrize(("mode", "number"), [("full", 2), ("normal", 1)])
async def test_synchronous_is_as_asked(path: Path, mode: str, number: int) -> None:
    store = opening(path, synchronous=mode)
    promise = await store.open()
    assert (promise.name, promise.phrase) == (f"sqlite {mode}", f"store.sqlite_{mode}")
    assert await asked(store, "PRAGMA synchronous") == number
    await store.close()


async def asked(store: SQLiteStore, query: str) -> int:
    """The one number that SQLite answers."""

    def ask(tables: Tables) -> int:
        return int(tables.connection.execute(query).fetchone()[0])

    return await store._opened().run(ask)


class TestGroupCommit:
    async def test_what_cannot_be_written_of_one_leaves_the_others_alone(
        self, store: SQLiteStore
    ) -> None:
        good = [accept(store, f"k{number}") for number in range(3)]
        bad = accept(store, "\udc80", "oOther")
        results = await asyncio.gather(good[0], bad, *good[1:], return_exceptions=True)
        assert isinstance(results[1], UnicodeEncodeError)
        keys = {it.message.key for it in await store.jobs(None, 9, None)}
        assert keys == {"k0", "k1", "k2"}

    async def test_a_late_change_that_cannot_be_written_is_logged_and_dropped(
        self, store: SQLiteStore, caplog: pytest.LogCaptureFixture
    ) -> None:
        store.change_later("\udc80", note("bad"))
        store.change_later(FAN, note("good"))
        assert await noted(store) == b"good"
        assert "surrogates" in caplog.text

    def test_a_loop_that_is_gone_is_not_told(self, path: Path) -> None:
        store = opening(path)
        loop = asyncio.new_event_loop()
        loop.run_until_complete(store.open())
        waiting = loop.create_task(accept(store, "k1"))
        stopping = loop.create_task(store.close())
        loop.call_soon(loop.stop)
        loop.run_forever()
        loop.close()
        store._opened()._thread.join()
        for task in (waiting, stopping):
            task._log_destroy_pending = False  # type: ignore[attr-defined]  # asyncio's own
        with closing(sqlite3.connect(path)) as connection, connection:
            assert connection.execute("SELECT key FROM messages").fetchall() == [("k1",)]
        connection.close()


class TestPulse:
    async def test_a_fault_is_told_and_not_for_ever(
        self, store: SQLiteStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*_: object) -> int:
            raise sqlite3.OperationalError("disk I/O error")

        monkeypatch.setattr(writer_module, "_data_version", broken)
        with pytest.raises(StoreError):
            await store.pulse()
        monkeypatch.undo()
        assert (await accept(store, "k1")).status == "new"


class TestProcesses:
    def start(self, path: Path, owner: str, task: str, count: int) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, str(HOLDER), str(path), owner, task, str(count)],
            env=os.environ | {"PYTHONPATH": str(TESTS)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
        return process

    def test_each_key_is_new_exactly_once(self, path: Path) -> None:
        processes = [self.start(path, owner, "race", 200) for owner in "ABCD"]
        told = [process.communicate(timeout=30)[0] for process in processes]
        assert sorted(" ".join(told).split()) == sorted(f"k{number}" for number in range(200))

    async def test_what_a_killed_process_had_accepted_is_taken_over(
        self, store: SQLiteStore, path: Path
    ) -> None:
        process = self.start(path, "B", "hold", 20)
        assert process.stdout
        accepted = process.stdout.readline().split()
        assert len(accepted) == 20
        process.kill()
        process.communicate()
        await asyncio.sleep(0.1)
        taken = await adopted(store, 0.1)
        assert taken == {key: ("A", 2) for key in accepted if key in taken}
        assert len(taken) == 7  # of each follower the first; the others wait behind it
        wholes = await store.messages(accepted)
        assert {(it.job.owner, it.message.body) for it in wholes if it.job} == {("A", b"<xml/>")}


async def adopted(store: SQLiteStore, lease: float) -> dict[str, tuple[str, int]]:
    """Take over what the dead had in hand; owner and attempts of what ran, by key."""
    taken = {}
    for orphan in await store.orphans(lease, 100):
        death = Death(orphan.owner, orphan.left)
        rule = partial(upkeep.adopt, death=death, owner=store.owner, terms=TERMS)
        for job in (await do(store, rule, orphan.openid, guard=orphan.lease)).jobs:
            if job.state == "running":
                taken[job.key] = (job.owner, job.attempts)
    return taken
