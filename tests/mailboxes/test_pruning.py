"""A SQLite file is pruned a slice at a time, and nothing between two slices is forgotten."""

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from fake_clock import FakeClock
from mailboxes.places import HOUR, accept, do
from mailboxes.statements import CountedStore
from yizhan.inbox import rules
from yizhan.inbox.rules import RunResult
from yizhan.store.mailbox import Binding, Change
from yizhan.store.mailboxes import pruning
from yizhan.store.mailboxes.sqlite_file import Tables

COUNT = 10


@pytest.fixture(params=[1, 3, COUNT, 500])
def slice_(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(pruning, "SLICE", request.param)
    return int(request.param)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[CountedStore]:
    made = CountedStore(str(tmp_path / "store.db"), "A", FakeClock(), synchronous="normal")
    await made.open()
    yield made
    await made.close()


async def kept(store: CountedStore, column: str, table: str) -> set[str]:
    query = f"SELECT {column} FROM {table}"  # noqa: S608  # names of this file
    rows = await store._opened().run(lambda it: it.connection.execute(query).fetchall())
    return {value for (value,) in rows}


async def prune(store: CountedStore, limit: int = 100) -> int:
    store._clock.wall_time += HOUR  # type: ignore[attr-defined]  # a fake
    store.forget()
    return await store.prune(store._clock.wall(), HOUR / 2, HOUR / 2, limit)


async def test_messages_that_ended_go_and_listed_ones_stay(
    store: CountedStore, slice_: int
) -> None:
    for number in range(COUNT):
        key, openid = f"k{number}", f"oFan{number}"
        await accept(store, key, openid)
        outcome = RunResult(state="dead" if number % 3 == 0 else "ready", reserve="all")
        await do(store, partial(rules.finish, key=key, owner="A", outcome=outcome), openid)
    assert await prune(store) == 6
    assert await kept(store, "key", "messages") == {"k0", "k3", "k6", "k9"}
    assert (store.statements["DELETE FROM messages"]) == 6


async def test_lapsed_bindings_go(store: CountedStore, slice_: int) -> None:
    for number in range(COUNT):
        keep = 60.0 if number % 2 else 2 * HOUR
        binding = Binding(f"signature{number}", b"digest", keep)
        await accept(store, f"k{number}", binding=binding)
    assert await prune(store) == 0  # no message
    assert await kept(store, "signature", "bindings") == {f"signature{n}" for n in range(0, 10, 2)}


async def test_unused_mailboxes_go_as_many_as_allowed(store: CountedStore, slice_: int) -> None:
    for number in range(COUNT):
        await do(store, lambda view: Change(None, view.box, {"row": b"x"}), f"o{number}")
    await accept(store, "k", "o4")
    await prune(store, 5)
    assert len(await kept(store, "openid", "boxes")) == 5
    await prune(store)
    assert await kept(store, "openid", "boxes") == {"o4"}
    assert await kept(store, "openid", "contents") == {"o4"}


@pytest.mark.parametrize(
    "query, values, index",
    [
        (pruning.ENDED, (1.0, *pruning.FIRST, 9), "messages USING INDEX ended"),
        (pruning.BOUND, (1.0, "", 9), "bindings USING PRIMARY KEY"),
        (pruning.EMPTY, (1.0, 0, 9), "boxes USING INTEGER PRIMARY KEY"),
    ],
)
async def test_a_slice_begins_where_the_last_one_ended(
    store: CountedStore, query: str, values: tuple[object, ...], index: str
) -> None:
    def plan(tables: Tables) -> list[str]:
        rows = tables.connection.execute(f"EXPLAIN QUERY PLAN {query}", values)
        return [row[3] for row in rows]

    steps = await store._opened().run(plan)
    assert steps[0].startswith(f"SEARCH {index}")
    assert not any("TEMP B-TREE" in step for step in steps)
