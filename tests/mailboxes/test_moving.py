"""From the default file of earlier versions, which accounts without AppID shared, to one's own."""

import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from functools import partial
from pathlib import Path

import pytest

from mailboxes.filled import OWNER, answer, fill, fill_earlier, kept, message
from yizhan import place
from yizhan.clock import SystemClock
from yizhan.errors import StoreError
from yizhan.inbox import carrying, rules, upkeep
from yizhan.inbox.rules import Arrival, RunResult
from yizhan.inbox.upkeep import Death, Terms
from yizhan.settings import Settings
from yizhan.store import moving
from yizhan.store.asking import changed, seen, undelivered
from yizhan.store.left import left_behind, left_for
from yizhan.store.mailbox import LISTED, SESSION, Change, View, Window
from yizhan.store.mailboxes.sqlite import SQLiteStore
from yizhan.store.moving import ensure_unserved

LEASE = 15.0
TERMS = Terms(tries=3, lease=LEASE)
Fill = Callable[..., Awaitable[None]]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(place, "data_folder", lambda: tmp_path)
    return tmp_path


@pytest.fixture
def old(folder: Path) -> Path:
    return folder / "default.db"


@pytest.fixture
def new(folder: Path) -> Path:
    return folder / "default-0a1b2c3d.db"


@pytest.fixture(params=[fill_earlier, fill], ids=["version 1", "version 2"])
def filled(request: pytest.FixtureRequest) -> Fill:
    """Fills the old file, in either format."""
    wanted: Fill = request.param
    return wanted


@asynccontextmanager
async def opened(path: Path, owner: str = "B") -> AsyncIterator[SQLiteStore]:
    store = SQLiteStore(str(path), owner, SystemClock(), brings_over=LEASE)
    await store.open()
    try:
        yield store
    finally:
        await store.close()


async def bring_over(source: Path, target: Path, original_id: str) -> int:
    return await moving.bring_over(source, target, original_id, owner="mover", lease=LEASE)


async def held(path: Path) -> dict[str, list[str]]:
    """The waiting answers of each follower there, in their order."""
    async with opened(path) as store:
        openids = {whole.message.openid for whole in await store.jobs(None, 100, None)}
        boxes = {openid: (await seen(store, openid)).box for openid in openids}
    return {
        openid: [job.key for job in sorted(box.jobs, key=lambda it: it.seq) if job.parts]
        for openid, box in boxes.items()
    }


async def view_of(path: Path, openid: str) -> View:
    async with opened(path) as store:
        return await seen(store, openid)


def let_lapse(path: Path, table: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        statement = f"UPDATE {table} SET renewed = renewed - ?"  # noqa: S608  # a test's word
        connection.execute(statement, (LEASE,))


def _taken(view: View, key: str) -> Change[tuple[bytes, ...]]:
    """What that push would carry."""
    return Change(tuple(part.body for part in carrying.take(view, key, "B").result.parts))


async def session(path: Path, openid: str) -> bytes | None:
    return (await view_of(path, openid)).rows.get(SESSION)


class TestBringOver:
    async def test_answers_sessions_and_steps_come_along_and_the_old_file_is_empty(
        self, filled: Fill, old: Path, new: Path
    ) -> None:
        await filled(old, {"a1": "gh_a", "a2": "gh_a", "b1": "gh_a"})
        assert await bring_over(old, new, "") == 3
        assert await held(new) == {"o-a": ["a1", "a2"], "o-b": ["b1"]}
        assert await session(new, "o-a") == kept("a2")
        assert await held(old) == {}
        assert await session(old, "o-a") is None
        view = await view_of(new, "o-a")
        steps = [view.rows[f"step:{job.seq}:step"] for job in view.box.jobs]
        assert steps == [b"1", b"1"]
        assert view.box.windows.keys() == {"message"}

    @pytest.mark.parametrize("count", [2, 7])
    async def test_they_stand_before_what_the_account_has_accepted_since(
        self, filled: Fill, old: Path, new: Path, count: int
    ) -> None:
        keys = [f"a{number}" for number in range(2 * count)]
        await filled(old, dict.fromkeys(keys[:count], "gh_a"))
        await fill(new, dict.fromkeys(keys[count:], "gh_a"))
        await bring_over(old, new, "gh_a")
        assert await held(new) == {"o-a": keys}
        assert await session(new, "o-a") == kept(keys[-1])
        async with opened(new) as store:
            arrival = Arrival("a99", "o-a", message("gh_a"), 1_800_000_000.0, "B")
            accepted = await changed(store, "o-a", partial(rules.accept, arrival=arrival))
            assert accepted.waiting == 2 * count
            bodies = await changed(store, "o-a", partial(_taken, key="a99"))
        assert bodies == tuple(map(answer, keys))

    async def test_a_second_file_goes_before_the_first(
        self, filled: Fill, old: Path, new: Path, folder: Path
    ) -> None:
        await filled(old, {"a1": "gh_a", "a2": "gh_a"})
        await fill(folder / "newer.db", {"a3": "gh_a"})
        await fill(new, {"a4": "gh_a"})
        await bring_over(folder / "newer.db", new, "gh_a")
        await bring_over(old, new, "gh_a")
        assert await held(new) == {"o-a": ["a1", "a2", "a3", "a4"]}
        async with opened(new) as store:
            keys = ["a1", "a2", "a3", "a4"]
            bodies = await undelivered(store, await store.messages(keys))
        assert bodies == {key: (answer(key),) for key in keys}

    async def test_of_a_file_of_two_accounts_each_gets_its_own(
        self, filled: Fill, old: Path, new: Path, folder: Path
    ) -> None:
        await filled(old, {"a1": "gh_a", "b1": "gh_b", "a2": "gh_a"})
        assert await bring_over(old, new, "gh_a") == 2
        assert await held(new) == {"o-a": ["a1", "a2"]}
        assert await session(new, "o-b") is None
        assert await held(old) == {"o-b": ["b1"]}
        other = folder / "default-ffffffff.db"
        assert await bring_over(old, other, "gh_b") == 1
        assert await held(other) == {"o-b": ["b1"]}
        assert await session(other, "o-b") == kept("b1")

    async def test_one_that_was_interrupted_is_done_to_its_end_by_the_next(
        self, filled: Fill, old: Path, new: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await filled(old, {"a1": "gh_a", "a2": "gh_a"})
        with monkeypatch.context() as patch:
            patch.setattr(moving, "TABLES", ("none: the process dies here",))
            with pytest.raises(StoreError):
                await bring_over(old, new, "")
        await fill(new, {"a3": "gh_a"})
        assert await held(old) == {"o-a": ["a1", "a2"]}
        assert await bring_over(old, new, "") == 2
        assert await held(new) == {"o-a": ["a1", "a2", "a3"]}
        assert await held(old) == {}

    async def test_what_is_there_already_is_left_as_it_is(
        self, old: Path, new: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await fill(old, {"a1": "gh_a"})
        with monkeypatch.context() as patch:
            patch.setattr(moving, "TABLES", ("none: the process dies here",))
            with pytest.raises(StoreError):
                await bring_over(old, new, "")
        async with opened(new) as store:
            erased = partial(upkeep.forget, keys=["a1"])
            assert await changed(store, "o-a", erased, ["a1"]) == 1
            arrival = Arrival("a1", "o-a", message("gh_a"), 1_800_000_000.0, "B")
            await changed(store, "o-a", partial(rules.accept, arrival=arrival))
            before = await seen(store, "o-a")
        assert await bring_over(old, new, "") == 1
        after = await view_of(new, "o-a")
        assert (after.box, after.rows) == (before.box, before.rows)
        assert await held(old) == {}

    async def test_what_cannot_be_copied_is_not_deleted(
        self, filled: Fill, old: Path, new: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await filled(old, {"a1": "gh_a", "b1": "gh_a"})

        def fails(*_: object) -> bool:
            raise sqlite3.OperationalError("disk I/O error")

        with monkeypatch.context() as patch:
            patch.setattr("yizhan.store.mailboxes.sqlite_file.Tables.insert", fails)
            with pytest.raises(StoreError):
                await bring_over(old, new, "")
        assert await held(old) == {"o-a": ["a1"], "o-b": ["b1"]}
        assert await held(new) == {}

    async def test_however_many_followers_there_are(
        self, filled: Fill, old: Path, new: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(moving, "TOGETHER", 2)
        names = "abcde"
        await filled(old, {f"{name}1": "gh_a" for name in names})
        assert await bring_over(old, new, "") == 5
        assert await held(new) == {f"o-{name}": [f"{name}1"] for name in names}

    async def test_what_the_stopped_had_in_hand_is_taken_up_and_counts_no_attempt(
        self, filled: Fill, old: Path, new: Path
    ) -> None:
        await filled(old, {"run1": "gh_a"})
        await bring_over(old, new, "")
        async with opened(new) as store:
            [orphan] = await store.orphans(LEASE, 10)
            death = Death(orphan.owner, orphan.left)
            rule = partial(upkeep.adopt, death=death, owner="B", terms=TERMS)
            [job] = (await changed(store, "o-run", rule, guard=orphan.lease)).jobs
        assert (job.key, job.attempts) == ("run1", 1)

    async def test_what_the_dead_had_in_hand_is_taken_up(self, old: Path, new: Path) -> None:
        await fill(old, {"run1": "gh_a"}, leave=False)
        let_lapse(old, "leases")
        await bring_over(old, new, "")
        async with opened(new) as store:
            [orphan] = await store.orphans(LEASE, 10)
            assert (orphan.owner, orphan.left) == (OWNER, False)

    async def test_listed_messages_and_their_parts_come_along(self, old: Path, new: Path) -> None:
        await fill(old, {"a1": "gh_a"})
        async with opened(old) as store:
            await changed(store, "o-a", partial(upkeep.give_up, key="a1", note="why"))
        await fill(new, {"a2": "gh_a"})
        await bring_over(old, new, "")
        async with opened(new) as store:
            [whole] = await store.messages(["a1"])
            assert (whole.state in LISTED, whole.message.note) == (True, "why")
            assert await changed(store, "o-a", partial(upkeep.retry, key="a1"), ["a1"])
        assert await held(new) == {"o-a": ["a1", "a2"]}

    async def test_followers_without_messages_come_along_with_the_last_account(
        self, old: Path, new: Path
    ) -> None:
        await fill(old, {"a1": "gh_a", "b1": "gh_b"})
        async with opened(old) as store:
            arrival = Arrival("c1", "o-c", message("gh_b"), 1_800_000_000.0, "B", window="message")
            await changed(store, "o-c", partial(rules.accept, arrival=arrival))
            outcome = RunResult(session=kept("c1"))
            rule = partial(rules.finish, key="c1", owner="B", outcome=outcome)
            await changed(store, "o-c", rule)
            await store.prune(4e9, 0.0, 4e9, 10)
            await store.leave()
        assert await bring_over(old, new, "gh_a") == 1
        assert await session(new, "o-c") is None
        assert await bring_over(old, new, "gh_b") == 1
        view = await view_of(new, "o-c")
        assert view.rows[SESSION] == kept("c1")
        assert view.box.windows == {"message": Window(1_800_000_000.0)}

    async def test_a_server_beside_it_sees_what_has_come(self, old: Path, new: Path) -> None:
        await fill(old, {"a1": "gh_a"})
        async with opened(new) as store:
            arrival = Arrival("a2", "o-a", message("gh_a"), 1_800_000_000.0, "B")
            await changed(store, "o-a", partial(rules.accept, arrival=arrival))
            await bring_over(old, new, "gh_a")
            bodies = await changed(store, "o-a", partial(_taken, key="a2"))
        assert bodies == (answer("a1"),)


class TestServed:
    async def test_a_file_in_use_is_left_alone(self, filled: Fill, old: Path) -> None:
        await filled(old, {"a1": "gh_a"}, leave=False)
        with pytest.raises(StoreError) as refused:
            ensure_unserved(old, LEASE)
        assert refused.value.phrase == "store.served"

    async def test_after_a_stop_nobody_is_waited_for(self, filled: Fill, old: Path) -> None:
        await filled(old, {"a1": "gh_a"})
        ensure_unserved(old, LEASE)

    async def test_a_dead_process_is_waited_for_no_longer_than_a_lease(
        self, filled: Fill, old: Path
    ) -> None:
        await filled(old, {"a1": "gh_a"}, leave=False)
        let_lapse(old, "owners" if filled is fill_earlier else "leases")
        ensure_unserved(old, LEASE)


class TestLeft:
    SETTINGS = Settings(token="tokenOfTheBot2026")

    async def test_what_waits_is_told_with_whom_it_was_sent_to(
        self, filled: Fill, old: Path
    ) -> None:
        await filled(old, {"a1": "gh_a", "a2": "gh_a", "b1": "gh_b"})
        said = left_behind(self.SETTINGS)
        assert said is not None
        assert str(old) in said
        assert "waiting in it: 3 (by ToUserName: gh_a (2), gh_b (1)); followers: 2." in said

    async def test_an_account_that_has_come_by_an_appid_is_told_too(self, old: Path) -> None:
        await fill(old, {"a1": "gh_a"})
        assert left_behind(Settings(token="tokenOfTheBot2026", appid="wx1")) is not None

    async def test_a_named_account_is_told_how_to_adopt_and_of_its_own_file(
        self, folder: Path
    ) -> None:
        await fill(folder / "shop.db", {"a1": "gh_a"})
        assert left_behind(self.SETTINGS) is None
        said = left_behind(Settings(name="shop", token="tokenOfTheBot2026"))
        assert said is not None
        assert said.endswith("yizhan store --account shop adopt")

    @pytest.mark.parametrize(
        "settings",
        [
            Settings(token="tokenOfTheBot2026", store="sqlite:///x.db"),
            Settings(token="tokenOfTheBot2026", original_id="gh_b"),
        ],
        ids=["another store is set", "all was sent to another"],
    )
    async def test_nothing_is_said_to_whom_it_does_not_concern(
        self, old: Path, settings: Settings
    ) -> None:
        await fill(old, {"a1": "gh_a"})
        assert left_for(settings) is None

    async def test_nothing_is_said_once_it_is_brought_over(
        self, filled: Fill, old: Path, new: Path
    ) -> None:
        await filled(old, {"a1": "gh_a"})
        await bring_over(old, new, "")
        assert left_for(self.SETTINGS) is None

    @pytest.mark.parametrize("kept", [None, b"", b"this is no database, though it is named so"])
    def test_no_file_and_no_store_are_nothing(self, old: Path, kept: bytes | None) -> None:
        if kept is not None:
            old.write_bytes(kept)
        assert left_for(self.SETTINGS) is None


async def test_a_lease_that_is_renewed_as_it_is_read_counts(
    new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server under load renews with nearly every commit: the clock is read after the lease."""
    await fill(new, {"a1": "gh_a"}, leave=False)

    class Late(SystemClock):
        def monotonic(self) -> float:
            now = super().monotonic()
            with closing(sqlite3.connect(new)) as server, server:
                server.execute("UPDATE leases SET renewed = ?", (super().monotonic(),))
            return now

    monkeypatch.setattr(moving, "SystemClock", Late)
    with pytest.raises(StoreError):
        ensure_unserved(new, LEASE)
