"""From the default file of earlier versions, which accounts without AppID shared, to one's own."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from store.filled import fill, kept
from yizhan import place
from yizhan.clock import SystemClock
from yizhan.errors import StoreError
from yizhan.settings import Settings
from yizhan.store import moving
from yizhan.store.left import left_behind, left_for
from yizhan.store.moving import bring_over, ensure_unserved
from yizhan.store.sqlite import SQLiteStore

LEASE = 15.0


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


async def held(path: Path) -> dict[str, list[str]]:
    """The waiting answers of each follower there, in their order."""
    store = SQLiteStore(str(path), SystemClock())
    await store.open()
    openids = {job.openid for job in await store.jobs(None, 100, None)}
    found = {openid: list(await store.owed(openid)) for openid in openids}
    await store.close()
    return found


async def session(path: Path, openid: str) -> bytes | None:
    store = SQLiteStore(str(path), SystemClock())
    await store.open()
    follower = await store.follower(openid)
    await store.close()
    return follower.session


class TestBringOver:
    async def test_answers_sessions_and_steps_come_along_and_the_old_file_is_empty(
        self, old: Path, new: Path
    ) -> None:
        await fill(old, {"a1": "gh_a", "a2": "gh_a", "b1": "gh_a"})
        assert await bring_over(old, new, "") == 3
        assert await held(new) == {"o-a": ["a1", "a2"], "o-b": ["b1"]}
        assert await session(new, "o-a") == kept("a2")
        assert await held(old) == {}
        assert await session(old, "o-a") is None
        store = SQLiteStore(str(new), SystemClock())
        await store.open()
        assert await store.steps("a1") == {"step": b"1"}
        await store.close()

    async def test_they_stand_before_what_the_account_has_accepted_since(
        self, old: Path, new: Path
    ) -> None:
        await fill(old, {"a1": "gh_a", "a2": "gh_a"})
        await fill(new, {"a3": "gh_a", "a4": "gh_a", "a5": "gh_a"})
        await bring_over(old, new, "gh_a")
        assert await held(new) == {"o-a": ["a1", "a2", "a3", "a4", "a5"]}
        assert await session(new, "o-a") == kept("a5")

    async def test_of_a_file_of_two_accounts_each_gets_its_own(
        self, old: Path, new: Path, folder: Path
    ) -> None:
        await fill(old, {"a1": "gh_a", "b1": "gh_b", "a2": "gh_a"})
        assert await bring_over(old, new, "gh_a") == 2
        assert await held(new) == {"o-a": ["a1", "a2"]}
        assert await session(new, "o-b") is None
        assert await held(old) == {"o-b": ["b1"]}
        other = folder / "default-ffffffff.db"
        assert await bring_over(old, other, "gh_b") == 1
        assert await held(other) == {"o-b": ["b1"]}
        assert await session(other, "o-b") == kept("b1")

    async def test_one_that_was_interrupted_is_done_to_its_end_by_the_next(
        self, old: Path, new: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await fill(old, {"a1": "gh_a", "a2": "gh_a"})
        with monkeypatch.context() as patch:
            patch.setattr(moving, "REMOVE", ("no SQL: the process dies here",))
            with pytest.raises(StoreError):
                await bring_over(old, new, "")
        await fill(new, {"a3": "gh_a"})
        assert await held(old) == {"o-a": ["a1", "a2"]}
        assert await bring_over(old, new, "") == 2
        assert await held(new) == {"o-a": ["a1", "a2", "a3"]}
        assert await held(old) == {}

    async def test_what_cannot_be_copied_is_not_deleted(
        self, old: Path, new: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await fill(old, {"a1": "gh_a"})
        monkeypatch.setattr(moving, "COPY", (*moving.COPY, "no SQL"))
        with pytest.raises(StoreError):
            await bring_over(old, new, "")
        assert await held(old) == {"o-a": ["a1"]}
        assert await held(new) == {}


class TestServed:
    async def test_a_file_in_use_is_left_alone(self, old: Path) -> None:
        await fill(old, {"a1": "gh_a"}, leave=False)
        with pytest.raises(StoreError) as refused:
            ensure_unserved(old, LEASE)
        assert refused.value.phrase == "store.served"

    async def test_after_a_stop_nobody_is_waited_for(self, old: Path) -> None:
        await fill(old, {"a1": "gh_a"})
        ensure_unserved(old, LEASE)

    async def test_a_dead_process_is_waited_for_no_longer_than_a_lease(self, old: Path) -> None:
        await fill(old, {"a1": "gh_a"}, leave=False)
        with closing(sqlite3.connect(old, isolation_level=None)) as connection:
            connection.execute("UPDATE owners SET renewed = renewed - ?", (LEASE,))
        ensure_unserved(old, LEASE)


class TestLeft:
    SETTINGS = Settings(token="tokenOfTheBot2026")

    async def test_what_waits_is_told_with_whom_it_was_sent_to(self, old: Path) -> None:
        await fill(old, {"a1": "gh_a", "a2": "gh_a", "b1": "gh_b"})
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

    async def test_nothing_is_said_once_it_is_brought_over(self, old: Path, new: Path) -> None:
        await fill(old, {"a1": "gh_a"})
        await bring_over(old, new, "")
        assert left_for(self.SETTINGS) is None

    @pytest.mark.parametrize("kept", [None, b"", b"this is no database, though it is named so"])
    def test_no_file_and_no_store_are_nothing(self, old: Path, kept: bytes | None) -> None:
        if kept is not None:
            old.write_bytes(kept)
        assert left_for(self.SETTINGS) is None
