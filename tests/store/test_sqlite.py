"""What is SQLite's own: the file, its locks, its faults, and several processes on it."""

import asyncio
import resource
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import pytest

from fake_clock import FakeClock
from yizhan.clock import SystemClock
from yizhan.errors import SettingsError, StoreError
from yizhan.store import Arrival, Outcome, Part, Taken, connect
from yizhan.store import sqlite_writer as writer_module
from yizhan.store.sqlite import SQLiteStore
from yizhan.store.sqlite_host import create
from yizhan.store.sqlite_tables import SQLiteTables

CLAIMER = Path(__file__).parent / "claimer.py"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "store.db"


@pytest.fixture
async def store(path: Path) -> AsyncIterator[SQLiteStore]:
    store = SQLiteStore(str(path), SystemClock(), patience=0.1)
    await store.open()
    yield store
    await store.close()


def arrival(key: str = "k1", *, message: bytes = b"<xml/>", owner: str = "A") -> Arrival:
    return Arrival(key, "oFan", message, 1_800_000_000.0, owner, ordered=False)


async def until(met: Callable[[], bool]) -> None:
    for _ in range(1000):
        if met():
            return
        await asyncio.sleep(0.005)
    raise TimeoutError


class TestFile:
    async def test_only_its_owner_may_read_it(self, store: SQLiteStore, path: Path) -> None:
        await store.claim(arrival())
        assert path.parent.stat().st_mode & 0o777 == 0o700
        modes = {it.name: it.stat().st_mode & 0o777 for it in path.parent.iterdir()}
        assert modes == {"store.db": 0o600, "store.db-wal": 0o600, "store.db-shm": 0o600}

    async def test_it_outlives_the_store(self, store: SQLiteStore, path: Path) -> None:
        await store.claim(arrival())
        await store.close()
        again = SQLiteStore(str(path), SystemClock())
        await again.open()
        assert (await again.claim(arrival())).status == "again"
        await again.close()

    async def test_what_others_look_at_in_between_is_not_cut_off(
        self, store: SQLiteStore, path: Path
    ) -> None:
        """A survey has a connection of its own, and with it goes no lock of the writer's."""
        await store.claim(arrival("k1"))
        await store.stats()
        look = "import sqlite3, sys; print(*sqlite3.connect(sys.argv[1]).execute(sys.argv[2]))"
        asked = (sys.executable, "-c", look, str(path), "SELECT key FROM jobs")
        for key in ("k1", "k2", "k3"):
            await store.claim(arrival(key))
            seen = await asyncio.to_thread(subprocess.check_output, asked, text=True)
            assert key in seen
        assert {it.name for it in path.parent.iterdir()} >= {"store.db-wal", "store.db-shm"}

    async def test_memory_needs_no_pulse(self) -> None:
        store = connect("memory://", account="wx1")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(store.pulse(), 0.01)

    @pytest.mark.parametrize(("mode", "number"), [("full", 2), ("normal", 1)])
    async def test_synchronous_is_as_asked(self, path: Path, mode: str, number: int) -> None:
        store = connect(f"sqlite:///{path}?synchronous={mode}", account="wx1")
        assert isinstance(store, SQLiteStore)
        promise = await store.open()
        assert (promise.name, promise.phrase) == (f"sqlite {mode}", f"store.sqlite_{mode}")
        [(found,)] = await store._read(lambda tables: _ask(tables, "PRAGMA synchronous"))
        assert found == number
        await store.close()

    async def test_a_newer_file_is_left_alone(self, store: SQLiteStore, path: Path) -> None:
        await store.close()
        with sqlite3.connect(path) as connection:
            connection.execute("PRAGMA user_version = 99")
        connection.close()
        with pytest.raises(StoreError) as caught:
            await SQLiteStore(str(path), SystemClock()).open()
        assert caught.value.phrase == "store.newer"
        assert caught.value.values["found"] == 99

    async def test_what_is_no_database_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "store.db"
        path.write_bytes(b"no database at all, " * 100)
        with pytest.raises(StoreError) as caught:
            await SQLiteStore(str(path), SystemClock()).open()
        assert caught.value.phrase == "store.broken"

    async def test_a_place_that_cannot_be_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        store = SQLiteStore(str(tmp_path / "file" / "store.db"), SystemClock())
        with pytest.raises(StoreError) as caught:
            await store.open()
        assert caught.value.phrase == "store.broken"
        await store.close()

    async def test_without_wal_it_is_refused(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(SQLiteStore, "_patiently", lambda *_: [("delete",)])
        with pytest.raises(StoreError, match="journal_mode"):
            await SQLiteStore(str(path), SystemClock()).open()

    async def test_two_may_create_it_at_once(self, path: Path) -> None:
        stores = [SQLiteStore(str(path), SystemClock()) for _ in range(6)]
        await asyncio.gather(*(store.open() for store in stores))
        claims = await asyncio.gather(*(store.claim(arrival()) for store in stores))
        assert [claim.status for claim in claims].count("new") == 1
        await asyncio.gather(*(store.close() for store in stores))


def _ask(tables: SQLiteTables, query: str) -> list[tuple[int]]:
    return tables._execute(query).fetchall()


class TestClosed:
    async def test_nothing_is_taken_before_open_or_after_close(self, path: Path) -> None:
        store = SQLiteStore(str(path), SystemClock())
        with pytest.raises(StoreError, match=r"closed|关闭"):
            await store.claim(arrival())
        await store.open()
        await store.close()
        with pytest.raises(StoreError, match=r"closed|关闭"):
            await store.claim(arrival())
        with pytest.raises(StoreError, match=r"closed|关闭"):
            await store.stats()

    async def test_close_commits_what_is_queued(self, store: SQLiteStore, path: Path) -> None:
        await store.claim(arrival())
        waiting = asyncio.create_task(store.claim(arrival("k2")))
        await asyncio.sleep(0)
        await store.settle("k1", "oFan", b"r", (), "working")
        await store.close()
        assert (await waiting).status == "new"
        again = SQLiteStore(str(path), SystemClock())
        await again.open()
        [job] = await again.look(["k1"])
        assert (job.reply, (await again.follower("oFan")).shown) == (b"r", "working")
        await again.close()

    async def test_close_wakes_who_waits_for_a_pulse(self, store: SQLiteStore) -> None:
        waiting = asyncio.create_task(store.pulse())
        await asyncio.sleep(0.02)
        await store.close()
        with pytest.raises(StoreError, match=r"closed|关闭"):
            await waiting


class TestGroupCommit:
    async def test_a_cancelled_caller_does_no_harm(self, store: SQLiteStore) -> None:
        waiting = asyncio.create_task(store.claim(arrival()))
        await asyncio.sleep(0)
        waiting.cancel()
        assert [job.key for job in await store.look(["k1"])] == ["k1"]

    @pytest.mark.parametrize(
        ("bad", "error"),
        [
            (arrival("\udc80"), UnicodeEncodeError),
            (arrival(message=cast(bytes, None)), sqlite3.IntegrityError),
        ],
    )
    async def test_one_bad_operation_leaves_the_others_alone(
        self, store: SQLiteStore, bad: Arrival, error: type[Exception]
    ) -> None:
        claims = [store.claim(arrival(f"k{number}")) for number in range(3)]
        results = await asyncio.gather(
            claims[0], store.claim(bad), *claims[1:], return_exceptions=True
        )
        assert isinstance(results[1], error)
        keys = [job.key for job in await store.jobs(None, 9, None)]
        assert keys == ["k2", "k1", "k0"]

    async def test_a_bad_settle_is_logged_and_dropped(
        self, store: SQLiteStore, caplog: pytest.LogCaptureFixture
    ) -> None:
        await store.settle("k1", "\udc80", b"r", (), "working")
        await store.settle("k1", "oFan", b"r", (), "working")
        assert (await store.follower("oFan")).shown == "working"
        assert "surrogates" in caplog.text

    async def test_a_settle_is_committed_without_company(
        self, store: SQLiteStore, path: Path
    ) -> None:
        await store.settle("k1", "oFan", b"r", (), "working")
        with sqlite3.connect(path) as connection:
            query = "SELECT COUNT(*) FROM followers"
            await until(lambda: connection.execute(query).fetchone() == (1,))
        connection.close()

    def test_a_loop_that_is_gone_is_not_told(self, path: Path) -> None:
        store = SQLiteStore(str(path), SystemClock())
        loop = asyncio.new_event_loop()
        loop.run_until_complete(store.open())
        waiting = loop.create_task(store.claim(arrival()))
        stopping = loop.create_task(store.close())
        loop.call_soon(loop.stop)
        loop.run_forever()
        loop.close()
        store._opened()._thread.join()
        for task in (waiting, stopping):
            task._log_destroy_pending = False  # type: ignore[attr-defined]  # asyncio's own
        with sqlite3.connect(path) as connection:
            assert connection.execute("SELECT key FROM jobs").fetchall() == [("k1",)]
        connection.close()


class TestPulse:
    async def test_another_process_is_heard_within_50_ms(
        self, store: SQLiteStore, path: Path
    ) -> None:
        peer = SQLiteStore(str(path), SystemClock())
        await peer.open()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(store.pulse(), 0.05)
        for number in range(3):
            waiting = asyncio.create_task(store.pulse())
            await asyncio.sleep(0.02)
            await peer.claim(arrival(f"k{number}"))
            await asyncio.wait_for(waiting, 0.05)
        await peer.close()

    async def test_what_changed_in_between_counts(self, store: SQLiteStore, path: Path) -> None:
        peer = SQLiteStore(str(path), SystemClock())
        await peer.open()
        await peer.claim(arrival())
        await asyncio.wait_for(store.pulse(), 0.05)
        await peer.close()

    async def test_its_own_changes_do_not(self, store: SQLiteStore) -> None:
        waiting = asyncio.create_task(store.pulse())
        await store.claim(arrival())
        await asyncio.sleep(0.03)
        assert not waiting.done()
        waiting.cancel()

    async def test_a_fault_is_told(
        self, store: SQLiteStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*_: object) -> int:
            raise sqlite3.OperationalError("disk I/O error")

        monkeypatch.setattr(writer_module.Writer, "_data_version", broken)
        with pytest.raises(StoreError):
            await store.pulse()
        monkeypatch.undo()
        assert (await store.claim(arrival())).status == "new"


class TestLock:
    @contextmanager
    def locked(self, path: Path) -> Iterator[None]:
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")
        connection.close()

    async def test_it_waits_for_the_lock(self, store: SQLiteStore, path: Path) -> None:
        with self.locked(path):
            waiting = asyncio.create_task(store.claim(arrival()))
            await asyncio.sleep(0.03)
            assert not waiting.done()
        assert (await waiting).status == "new"

    async def test_it_gives_up_and_heals(self, store: SQLiteStore, path: Path) -> None:
        with self.locked(path):
            results = await asyncio.gather(
                *(store.claim(arrival(f"k{number}")) for number in range(3)),
                return_exceptions=True,
            )
            assert [it.phrase for it in results if isinstance(it, StoreError)] == [
                "store.locked"
            ] * 3
        assert (await store.claim(arrival())).status == "new"

    async def test_reading_needs_no_lock(self, store: SQLiteStore, path: Path) -> None:
        await store.claim(arrival())
        with self.locked(path):
            assert len(await store.look(["k1"])) == 1
            assert (await store.stats()).jobs == {"running": 1}

    async def test_a_settle_outlasts_it(
        self, store: SQLiteStore, path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        with self.locked(path):
            await store.settle("k1", "oFan", b"r", (), "working")
            await until(lambda: bool(caplog.records))
        await until(lambda: not store._opened()._late)
        assert (await store.follower("oFan")).shown == "working"

    async def test_what_cannot_be_written_at_close_is_told(
        self, store: SQLiteStore, path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        with self.locked(path):
            await store.settle("k1", "oFan", b"r", (), "working")
            await store.close()
        assert "1" in caplog.records[-1].message

    async def test_only_so_much_may_wait(
        self, store: SQLiteStore, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(writer_module, "MOST_LATE", 1)
        with self.locked(path):
            await store.settle("k1", "oFan", b"r", (), "working")
            await until(lambda: bool(store._opened()._late))
            with pytest.raises(StoreError):
                await store.settle("k2", "oFan", b"r", (), "working")

    async def test_opening_gives_up_too(self, path: Path) -> None:
        create(path)
        store = SQLiteStore(str(path), SystemClock(), patience=0.02)
        with self.locked(path):
            with pytest.raises(StoreError) as caught:
                await store.open()
            assert caught.value.phrase == "store.locked"

    async def test_opening_waits_too(self, store: SQLiteStore, path: Path) -> None:
        peer = SQLiteStore(str(path), SystemClock(), patience=0.1)
        with self.locked(path):
            await peer.open()
        await peer.close()


class TestFullDisk:
    async def test_all_of_the_batch_hear_so_and_it_heals(self, store: SQLiteStore) -> None:
        [(pages,)] = await store._read(lambda tables: _ask(tables, "PRAGMA page_count"))
        await store._read(lambda tables: _ask(tables, f"PRAGMA max_page_count = {pages}"))
        results = await asyncio.gather(
            *(store.claim(arrival(f"k{number}", message=b"m" * 9000)) for number in range(3)),
            return_exceptions=True,
        )
        assert [it.phrase for it in results if isinstance(it, StoreError)] == ["store.full"] * 3
        assert await store.look(["k0", "k1", "k2"]) == ()
        await store._read(lambda tables: _ask(tables, "PRAGMA max_page_count = 100000"))
        assert (await store.claim(arrival("k0", message=b"m" * 9000))).status == "new"

    async def test_a_write_error_heals_too(self, store: SQLiteStore, path: Path) -> None:
        await store.claim(arrival())
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        size = path.with_name("store.db-wal").stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 100, limits[1]))
        try:
            with pytest.raises(StoreError):
                await store.claim(arrival("k2", message=b"m" * 50_000))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert (await store.claim(arrival("k2"))).status == "new"
        assert [job.key for job in await store.jobs(None, 9, None)] == ["k2", "k1"]

    async def test_a_survey_of_a_broken_file(
        self, store: SQLiteStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*_: object) -> None:
            raise sqlite3.OperationalError("disk I/O error")

        monkeypatch.setattr(SQLiteTables, "_count", broken)
        with pytest.raises(StoreError):
            await store.stats()


class TestProcesses:
    def start(self, path: Path, owner: str, task: str, count: int) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, str(CLAIMER), f"sqlite:///{path}", owner, task, str(count)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def test_each_key_is_new_exactly_once(self, path: Path) -> None:
        processes = [self.start(path, owner, "race", 200) for owner in "ABCD"]
        for process in processes:
            assert process.stdin
            process.stdin.write("\n")
            process.stdin.flush()
        told = [process.communicate(timeout=30)[0] for process in processes]
        assert sorted(" ".join(told).split()) == sorted(f"k{number}" for number in range(200))

    async def test_what_a_killed_process_claimed_is_recovered(
        self, store: SQLiteStore, path: Path
    ) -> None:
        process = self.start(path, "B", "hold", 20)
        assert process.stdin and process.stdout
        process.stdin.write("\n")
        process.stdin.flush()
        claimed = process.stdout.readline().split()
        assert len(claimed) == 20
        process.kill()
        process.communicate()
        await asyncio.sleep(0.1)
        jobs = await store.recover("A", 0.1, 3, 100)
        assert [job.key for job in jobs] == claimed
        assert {(job.owner, job.attempts, job.message) for job in jobs} == {("A", 2, b"<xml/>")}
        assert await store.finish(claimed[0], "A", Outcome((b"one",))) == Taken()
        assert await store.take("k", jobs[0].openid, "A") == Taken((Part(claimed[0], 0, b"one"),))


class TestBoot:
    async def store(self, path: Path, clock: FakeClock, boot: str) -> SQLiteStore:
        store = SQLiteStore(str(path), clock, boot=boot)
        await store.open()
        return store

    async def test_a_reboot_lapses_every_lease(self, path: Path) -> None:
        clock = FakeClock()
        before = await self.store(path, clock, "one")
        await before.claim(arrival())
        await before.close()
        after = await self.store(path, clock, "two")
        assert [job.attempts for job in await after.recover("B", 1000.0, 3, 9)] == [2]
        await after.close()

    async def test_also_where_boots_have_no_name(self, path: Path) -> None:
        clock = FakeClock()
        before = await self.store(path, clock, "")
        await before.claim(arrival())
        await before.finish("k1", "A", Outcome((b"one",), state="running"))
        await before.take("k2", "oFan", "A")
        await before.close()
        clock.lease_time = 3.0
        after = await self.store(path, clock, "")
        assert len(await after.recover("B", 1000.0, 3, 9)) == 1
        assert len((await after.take("k3", "oFan", "A")).parts) == 1
        await after.close()

    async def test_elapsed_then_goes_by_the_wall_clock(self, path: Path) -> None:
        clock = FakeClock()
        before = await self.store(path, clock, "one")
        await before.claim(arrival())
        await before.close()
        after = await self.store(path, clock, "two")
        later = Arrival("k1", "oFan", b"", 1_800_000_007.0, "B")
        assert (await after.claim(later)).elapsed == 7.0
        await after.close()


class TestRecovery:
    async def test_more_than_a_page_may_have_lapsed(self, path: Path) -> None:
        clock = FakeClock()
        store = SQLiteStore(str(path), clock)
        await store.open()
        await asyncio.gather(*(store.claim(arrival(f"k{number}")) for number in range(450)))
        clock.lease_time += 10
        taken = await store.recover("B", 10, 3, 1000)
        assert [job.key for job in taken] == [f"k{number}" for number in range(450)]
        await store.close()


@pytest.mark.parametrize(
    ("url", "phrase"),
    [
        ("mysql://host/db", "store.scheme"),
        ("nothing", "store.scheme"),
        ("redis://[::1", "store.url"),
        ("memory://?size=1", "store.option"),
        ("sqlite:////a/b.db?synchronous=off", "store.option"),
        ("sqlite:////a/b.db?journal=off", "store.option"),
        ("sqlite://a/b.db", "store.path"),
        ("sqlite:///", "store.path"),
        ("sqlite:////a/", "store.path"),
    ],
)
def test_a_bad_address_says_what_is_allowed(url: str, phrase: str) -> None:
    with pytest.raises(SettingsError) as caught:
        connect(url, account="wx1")
    assert caught.value.phrase == phrase
    assert str(caught.value)


def test_an_address_may_be_quoted(tmp_path: Path) -> None:
    store = connect(f"sqlite:///{tmp_path}/%E9%A9%BF%E7%AB%99.db", account="wx1")
    assert isinstance(store, SQLiteStore)
    assert store.path == tmp_path / "驿站.db"
    assert not store.path.exists()


def test_three_slashes_begin_at_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store = connect("sqlite:///data/bot.db", account="wx1")
    assert isinstance(store, SQLiteStore)
    assert store.path == tmp_path / "data" / "bot.db"
