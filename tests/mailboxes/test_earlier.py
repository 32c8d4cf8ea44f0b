"""A file of version 1, written by the store of that time, keeps all that it owes.

`files/version-1.db` was left by two processes: one was killed, the other had stopped.
"""

import json
import shutil
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import closing
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest

from fake_clock import FakeClock
from mailboxes.places import LEASE, accept, do, look
from yizhan import dialog
from yizhan.errors import StoreError
from yizhan.inbox import carrying, upkeep
from yizhan.inbox.upkeep import Death, Terms
from yizhan.store.mailbox import DIALOG, SESSION, Window
from yizhan.store.mailboxes.sqlite import SQLiteStore

FILE = Path(__file__).parent / "files/version-1.db"
BOOT = "boot-of-the-file"
TERMS = Terms(tries=3, lease=LEASE)


def key(openid: str, number: int) -> str:
    return f"gh_a1b2c3d4e5f6:{openid}:{number}"


def said(*bodies: bytes) -> list[str]:
    return [json.loads(body)[0]["content"] for body in bodies]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return Path(shutil.copy(FILE, tmp_path / "store.db"))


def opened(path: Path, *, after: float = 60.0, **named: float) -> SQLiteStore:
    clock = FakeClock()
    clock.wall_time, clock.lease_time = 1_800_000_000.0 + after, 5_000.0 + after
    return SQLiteStore(str(path), "A", clock, boot=BOOT, **named)


@pytest.fixture
async def store(path: Path) -> AsyncIterator[SQLiteStore]:
    made = opened(path, brings_over=15.0)
    await made.open()
    yield made
    await made.close()


async def test_waiting_answers_ride_on_the_next_push(store: SQLiteStore) -> None:
    view = await look(store, "oWaiting")
    assert view.box.shown == "working"
    accepted = await accept(store, "new", "oWaiting")
    assert accepted.waiting == 2
    taken = await do(store, partial(carrying.take, key="new", owner="A"), "oWaiting")
    assert said(*(part.body for part in taken.parts)) == ["第一", "第二"]


async def test_windows_stay_open(store: SQLiteStore) -> None:
    view = await look(store, "oWaiting")
    assert view.box.windows == {"message": Window(1_800_000_000.0, 0)}
    spent = await look(store, "oSending")
    assert spent.box.windows["message"].used == 1


async def test_sessions_and_open_dialogs_go_on(store: SQLiteStore) -> None:
    rows = (await look(store, "oDialog")).rows
    assert rows[SESSION] == b'{"n":1}'
    assert dialog.load(rows[DIALOG]).question == "几位？"


async def test_a_late_repeat_gets_its_answer(store: SQLiteStore) -> None:
    again = await accept(store, key("oDone", 9), "oDone")
    assert (again.status, again.state) == ("again", "replied")
    assert said(again.reply or b"") == ["好了"]


async def test_what_ran_is_run_again_with_its_steps_and_what_waited_behind_it(
    store: SQLiteStore,
) -> None:
    found = {orphan.openid: orphan for orphan in await store.orphans(15.0, 100)}
    rule = partial(upkeep.adopt, death=Death("host:1:dead"), owner="A", terms=TERMS)
    first, second = (await do(store, rule, "oRunning", guard=found["oRunning"].lease)).jobs
    assert (first.key, first.state, first.attempts) == (key("oRunning", 3), "running", 2)
    assert (second.key, second.state) == (key("oRunning", 4), "waiting")
    assert (await look(store, "oRunning")).rows[f"step:{first.seq}:0:pay"] == b'"paid"'
    [whole] = await store.messages([first.key])
    assert json.loads(whole.message.body)["Content"] == "跑"


async def test_a_send_that_was_on_its_way_becomes_unknown(store: SQLiteStore) -> None:
    rule = partial(upkeep.adopt, death=Death("host:1:dead"), owner="A", terms=TERMS)
    await do(store, rule, "oSending")
    [whole] = await store.messages([key("oSending", 5)])
    assert whole.state == "unknown"


async def test_what_a_stopped_process_was_to_send_is_anybody_s(store: SQLiteStore) -> None:
    [orphan] = [it for it in await store.orphans(15.0, 100) if it.openid == "oLeft"]
    rule = partial(upkeep.adopt, death=Death(orphan.owner), owner="A", terms=TERMS)
    [job] = (await do(store, rule, "oLeft", guard=orphan.lease)).jobs
    assert (job.key, job.state) == (key("oLeft", 6), "ready")


async def test_listed_messages_can_be_put_back_with_their_parts(store: SQLiteStore) -> None:
    dead, uncollected = (
        *(await store.jobs("dead", 9, None)),
        *(await store.jobs("uncollected", 9, None)),
    )
    assert (dead.message.key, dead.message.note) == (key("oListed", 7), "why")
    for whole in (dead, uncollected):
        rule = partial(upkeep.retry, key=whole.message.key)
        assert await do(store, rule, "oListed", keys=[whole.message.key])
    taken = await do(store, partial(carrying.take, key="new", owner="A"), "oListed")
    assert said(*(part.body for part in taken.parts)) == ["半个", "没人取"]


async def test_the_account_s_mark_stays(store: SQLiteStore) -> None:
    mark = await store.mark()
    assert mark is not None
    assert b"wx0123456789abcdef" in mark
    assert await store.change_mark(mark, b"other")


async def test_a_file_that_nobody_has_marked_can_be_marked(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TABLE mark")  # made with the mark
    store = opened(path, brings_over=15.0)
    await store.open()
    assert await store.mark() is None
    assert await store.change_mark(None, b"ours")
    await store.close()


async def test_what_was_sent_to_whom_is_counted(store: SQLiteStore) -> None:
    assert await store.addressed() == {"gh_a1b2c3d4e5f6": 9}


async def test_it_is_done_once(path: Path) -> None:
    for _ in range(2):
        store = opened(path, brings_over=15.0)
        await store.open()
        assert len(await store.jobs(None, 99, None)) == 9
        await store.close()


async def test_as_long_as_an_old_process_lives_the_file_is_left_alone(path: Path) -> None:
    store = opened(path, after=1.0, brings_over=15.0, patience=-15.0)
    with pytest.raises(StoreError) as caught:
        await store.open()
    assert caught.value.phrase == "store.earlier_alive"
    assert version(path) == 1


async def test_until_it_has_ended_the_start_waits_and_says_so_once(
    path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[float] = []

    def sleep(seconds: float) -> None:
        looks.append(seconds)
        if len(looks) == 3:
            with closing(sqlite3.connect(path, isolation_level=None)) as connection:
                connection.execute("DELETE FROM owners")

    clock = SimpleNamespace(monotonic=time.monotonic, sleep=sleep)
    monkeypatch.setattr("yizhan.store.mailboxes.sqlite.time", clock)
    store = opened(path, after=1.0, brings_over=15.0)
    with caplog.at_level("WARNING", logger="yizhan"):
        await store.open()
    [record] = caplog.records
    assert f"uses {path}" in record.getMessage()
    assert (len(looks), version(path)) == (3, 2)
    await store.close()


async def test_whoever_only_looks_does_not_bring_it_over(path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        await opened(path).open()
    assert caught.value.phrase == "store.earlier"
    assert version(path) == 1


async def test_an_old_process_that_still_runs_gets_an_error_and_writes_nothing(
    path: Path,
) -> None:
    with closing(sqlite3.connect(path)) as old, old:
        store = opened(path, brings_over=15.0)
        await store.open()
        with pytest.raises(sqlite3.OperationalError):
            old.execute("SELECT * FROM jobs").fetchall()
        await store.close()


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection, connection:
        [(number,)] = connection.execute("PRAGMA user_version").fetchall()
    return int(number)
