"""What only the store in a file does: the file itself, its locks, a full disk, a reboot."""

import asyncio
import resource
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from fake_clock import FakeClock
from mailboxes.places import FAN, LEASE, accept, do, finish, look, take
from yizhan.clock import SystemClock
from yizhan.errors import StoreError
from yizhan.inbox import rules, upkeep
from yizhan.inbox.rules import Arrival
from yizhan.inbox.upkeep import Death, Terms
from yizhan.store import sqlite_host
from yizhan.store.mailbox import Change, Shown, View
from yizhan.store.mailboxes import writer
from yizhan.store.mailboxes.contract import Store
from yizhan.store.mailboxes.sqlite import SQLiteStore
from yizhan.store.mailboxes.sqlite_file import Tables
from yizhan.store.sqlite_host import boot_id, create

PATIENCE = 0.1
TERMS = Terms(tries=3, lease=LEASE)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "store.db"


@pytest.fixture
async def file(path: Path) -> AsyncIterator[SQLiteStore]:
    store = of(path)
    await store.open()
    yield store
    await store.close()


def of(path: Path, owner: str = "A", patience: float = PATIENCE) -> SQLiteStore:
    return SQLiteStore(str(path), owner, SystemClock(), patience=patience)


async def until(met: Callable[[], bool]) -> None:
    for _ in range(1000):
        if met():
            return
        await asyncio.sleep(0.005)
    raise TimeoutError


async def asked(store: SQLiteStore, query: str) -> int:
    """What the store's own connection says."""
    found = await store._opened().run(lambda tables: tables.connection.execute(query).fetchall())
    return int(found[0][0]) if found else 0


def showing(shown: Shown, view: View) -> Change[None]:
    """A change that may be late."""
    return Change(None, replace(view.box, shown=shown))


class TestFile:
    async def test_only_its_owner_may_read_it(self, file: SQLiteStore, path: Path) -> None:
        await accept(file, "k1")
        assert path.parent.stat().st_mode & 0o777 == 0o700
        modes = {it.name: it.stat().st_mode & 0o777 for it in path.parent.iterdir()}
        assert modes == {"store.db": 0o600, "store.db-wal": 0o600, "store.db-shm": 0o600}

    def test_a_folder_that_was_there_stays_as_it_is(self, tmp_path: Path) -> None:
        tmp_path.chmod(0o755)
        create(tmp_path / "store.db")
        assert tmp_path.stat().st_mode & 0o777 == 0o755

    async def test_it_outlives_the_store(self, file: SQLiteStore, path: Path) -> None:
        await accept(file, "k1")
        await file.close()
        again = of(path)
        await again.open()
        assert (await accept(again, "k1")).status == "again"
        await again.close()

    async def test_what_others_look_at_in_between_is_not_cut_off(
        self, file: SQLiteStore, path: Path
    ) -> None:
        """A survey has a connection of its own, and with it goes no lock of the writer's."""
        await accept(file, "k0")
        await file.stats()
        look = "import sqlite3, sys; print(*sqlite3.connect(sys.argv[1]).execute(sys.argv[2]))"
        command = (sys.executable, "-c", look, str(path), "SELECT key FROM messages")
        for key in ("k1", "k2"):
            await accept(file, key)
            seen = await asyncio.to_thread(subprocess.check_output, command, text=True)
            assert key in seen
        assert {it.name for it in path.parent.iterdir()} >= {"store.db-wal", "store.db-shm"}

    async def test_a_newer_one_is_left_alone(self, file: SQLiteStore, path: Path) -> None:
        await file.close()
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA user_version = 99")
        with pytest.raises(StoreError) as caught:
            await of(path).open()
        assert (caught.value.phrase, caught.value.values["found"]) == ("store.newer", 99)

    async def test_what_is_no_database_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "store.db"
        path.write_bytes(b"no database at all, " * 100)
        with pytest.raises(StoreError) as caught:
            await of(path).open()
        assert caught.value.phrase == "store.broken"

    async def test_a_place_that_cannot_be_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        store = of(tmp_path / "file" / "store.db")
        with pytest.raises(StoreError) as caught:
            await store.open()
        assert caught.value.phrase == "store.broken"
        await store.close()

    async def test_without_wal_it_is_refused(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(SQLiteStore, "_patiently", lambda *_: [("delete",)])
        with pytest.raises(StoreError, match="journal_mode"):
            await of(path).open()

    async def test_many_may_create_it_at_once(self, path: Path) -> None:
        stores = [of(path, owner, patience=5.0) for owner in "ABCDEF"]
        await asyncio.gather(*(store.open() for store in stores))
        accepted = await asyncio.gather(*(accept(store, "k1") for store in stores))
        assert [it.status for it in accepted].count("new") == 1
        await asyncio.gather(*(store.close() for store in stores))


class TestClosed:
    async def test_nothing_is_taken_before_open_or_after_close(self, path: Path) -> None:
        store = of(path)
        for _ in range(2):
            for ask in (accept(store, "k1"), store.stats(), store.renew()):
                with pytest.raises(StoreError) as caught:
                    await ask
                assert caught.value.phrase == "store.closed"
            await store.open()
            await store.close()

    async def test_close_commits_what_is_queued(self, file: SQLiteStore, path: Path) -> None:
        await accept(file, "k1")
        waiting = asyncio.create_task(accept(file, "k2"))
        await asyncio.sleep(0)
        file.change_later(FAN, partial(showing, "working"))
        await file.close()
        assert (await waiting).status == "new"
        again = of(path)
        await again.open()
        box = (await look(again)).box
        assert ([job.key for job in box.jobs], box.shown) == (["k1", "k2"], "working")
        await again.close()

    async def test_close_wakes_who_waits_for_a_pulse(self, file: SQLiteStore) -> None:
        waiting = asyncio.create_task(file.pulse())
        await until(lambda: bool(file._opened()._watchers))
        await file.close()
        with pytest.raises(StoreError) as caught:
            await waiting
        assert caught.value.phrase == "store.closed"


@contextmanager
def locked(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


class TestLock:
    async def test_it_waits_for_the_lock(self, file: SQLiteStore, path: Path) -> None:
        with locked(path):
            waiting = asyncio.create_task(accept(file, "k1"))
            await asyncio.sleep(0.03)
            assert not waiting.done()
        assert (await waiting).status == "new"

    async def test_it_gives_up_and_heals(self, file: SQLiteStore, path: Path) -> None:
        with locked(path):
            told = await asyncio.gather(
                *(accept(file, f"k{number}") for number in range(3)), return_exceptions=True
            )
            phrases = [it.phrase for it in told if isinstance(it, StoreError)]
            assert phrases == ["store.locked"] * 3
        assert (await accept(file, "k0")).status == "new"

    async def test_a_late_change_outlasts_it(
        self, file: SQLiteStore, path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        with locked(path):
            file.change_later(FAN, partial(showing, "working"))
            await until(lambda: bool(caplog.records))
        await until(lambda: not file._opened()._late)
        assert (await look(file)).box.shown == "working"

    async def test_what_cannot_be_written_at_close_is_told(
        self, file: SQLiteStore, path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        with locked(path):
            file.change_later(FAN, partial(showing, "working"))
            await file.close()
        assert "1 records of replies could not be written" in caplog.records[-1].message

    async def test_only_so_much_may_wait(
        self, file: SQLiteStore, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(writer, "MOST_LATE", 1)
        with locked(path):
            file.change_later(FAN, partial(showing, "working"))
            await until(lambda: bool(file._opened()._late))
            with pytest.raises(StoreError):
                file.change_later(FAN, partial(showing, "more"))

    async def test_opening_gives_up_too(self, path: Path) -> None:
        create(path)
        with locked(path):
            with pytest.raises(StoreError) as caught:
                await of(path, patience=0.02).open()
            assert caught.value.phrase == "store.locked"


class TestFullDisk:
    async def test_all_of_a_batch_hear_so_and_it_heals(self, file: SQLiteStore) -> None:
        pages = await asked(file, "PRAGMA page_count")
        await asked(file, f"PRAGMA max_page_count = {pages}")
        told = await asyncio.gather(
            *(accept(file, f"k{number}", body=b"m" * 9000) for number in range(3)),
            return_exceptions=True,
        )
        phrases = [it.phrase for it in told if isinstance(it, StoreError)]
        assert phrases == ["store.full"] * 3
        assert await file.messages(["k0", "k1", "k2"]) == ()
        await asked(file, "PRAGMA max_page_count = 100000")
        assert (await accept(file, "k0", body=b"m" * 9000)).status == "new"

    async def test_a_write_error_heals_too(self, file: SQLiteStore, path: Path) -> None:
        await accept(file, "k1")
        handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        size = path.with_name("store.db-wal").stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 100, limits[1]))
        try:
            with pytest.raises(StoreError):
                await accept(file, "k2", body=b"m" * 50_000)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
            signal.signal(signal.SIGXFSZ, handler)
        assert (await accept(file, "k2")).status == "new"
        assert [it.message.key for it in await file.messages(["k1", "k2"])] == ["k1", "k2"]

    async def test_a_survey_of_a_broken_file_is_a_sentence(
        self, file: SQLiteStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*_: object) -> None:
            raise sqlite3.OperationalError("disk I/O error")

        monkeypatch.setattr(Tables, "stats", broken)
        with pytest.raises(StoreError) as caught:
            await file.stats()
        assert caught.value.phrase == "store.broken"


class TestBoot:
    async def opened(self, path: Path, clock: FakeClock, boot: str, owner: str) -> SQLiteStore:
        store = SQLiteStore(str(path), owner, clock, boot=boot)
        await store.open()
        return store

    async def adopted(self, store: Store) -> list[tuple[str, int]]:
        """What of the dead it takes over, with the attempts; as if no lease could lapse."""
        found = []
        for orphan in await store.orphans(1e6, 9):
            death = Death(orphan.owner, orphan.left)
            rule = partial(upkeep.adopt, death=death, owner=store.owner, terms=TERMS)
            jobs = (await do(store, rule, orphan.openid, guard=orphan.lease)).jobs
            found += [(job.key, job.attempts) for job in jobs]
        return found

    async def test_a_reboot_lapses_every_lease(self, path: Path) -> None:
        clock = FakeClock()
        before = await self.opened(path, clock, "one", "A")
        await accept(before, "k1")
        await before.close()
        after = await self.opened(path, clock, "two", "B")
        assert await self.adopted(after) == [("k1", 2)]
        await after.close()

    async def test_also_where_boots_have_no_name(self, path: Path) -> None:
        clock = FakeClock()
        before = await self.opened(path, clock, "", "A")
        await accept(before, "k1")
        await finish(before, "k1", b"one", state="running")
        await accept(before, "k2", ordered=False)
        assert await take(before, "k2") == (b"one",)
        await before.close()
        clock.lease_time = 3.0  # it has begun anew
        after = await self.opened(path, clock, "", "B")
        assert sorted(await self.adopted(after)) == [("k1", 2), ("k2", 2)]
        await accept(after, "k3")
        assert await take(after, "k3") == (b"one",)
        await after.close()

    async def test_elapsed_then_goes_by_the_wall_clock(self, path: Path) -> None:
        clock = FakeClock()
        before = await self.opened(path, clock, "one", "A")
        await accept(before, "k1", at=1_800_000_000.0)
        await before.close()
        after = await self.opened(path, clock, "two", "B")
        arrival = Arrival("k1", FAN, b"", 1_800_000_007.0, "B")
        assert (await do(after, partial(rules.accept, arrival=arrival))).elapsed == 7.0
        await after.close()

    def test_linux_names_its_boots(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        assert len(boot_id()) == 36
        monkeypatch.setattr(sqlite_host, "BOOT_ID", tmp_path / "none")
        assert boot_id() == ""
