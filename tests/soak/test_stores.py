"""The model's stores lose nothing and do nothing twice, whatever breaks on the way to them."""

import asyncio
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import pytest

from soak.stores import DistantStore, Shared, Way, in_file, in_memory
from yizhan.errors import StoreError
from yizhan.inbox import rules
from yizhan.inbox.rules import Arrival
from yizhan.store.mailbox import Change, Rule, View
from yizhan.testing.loop import JumpingLoop, LoopClock

T = TypeVar("T")

FANS = ("o1", "o2")
PROCESSES = 3
COUNTS = 40


@pytest.fixture
def loop() -> Iterator[JumpingLoop]:
    made = JumpingLoop()
    yield made
    made.close()


@pytest.fixture(params=["memory", "sqlite"])
def shared(request: pytest.FixtureRequest, loop: JumpingLoop, tmp_path: Path) -> Iterator[Shared]:
    clock = LoopClock(loop)
    made = {
        "memory": lambda: in_memory(loop, clock),
        "sqlite": lambda: in_file(loop, clock, f"{tmp_path}/model.db"),
    }[request.param]()
    yield made
    made.data.close()


def counting(name: str) -> Rule[Any]:
    """A rule of its own for each count: so a store knows one that is asked for again."""

    def counted(view: View) -> Change[int]:
        number = int(view.rows.get(name, b"0")) + 1
        return Change(number, view.box, {name: str(number).encode()})

    return counted


async def surely(store: DistantStore, fan: str, rule: Rule[T]) -> T:
    """What came of it; asked for until it is known."""
    while True:
        done: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        store.change(fan, rule, done.set_result)
        result = await done
        if not isinstance(result, StoreError):
            return result
        await asyncio.sleep(0.1)


async def count(store: DistantStore, fan: str) -> list[int]:
    """What each count gave to an owner that has work there, as one that runs something has."""
    arrival = Arrival(f"{fan}:{store.owner}", fan, b"", 0.0, store.owner)
    await surely(store, fan, partial(rules.accept, arrival=arrival))
    given = []
    for _ in range(COUNTS):
        given.append(await surely(store, fan, counting("count")))
        store.change_later(fan, counting("late"))
    return given


@pytest.mark.parametrize("breaks", [0.0, 0.2])
def test_each_change_is_made_once(loop: JumpingLoop, shared: Shared, breaks: float) -> None:
    async def play() -> list[list[int]]:
        ways = [Way(loop, Random(f"{number}"), breaks) for number in range(PROCESSES)]
        stores = [shared.open(way, number) for number, way in enumerate(ways)]
        counts = asyncio.gather(*(count(store, fan) for store in stores for fan in FANS))
        while not counts.done():
            await asyncio.sleep(0.3)
            for way in ways:
                way.cut_until = loop.time() + 0.1 * bool(breaks)
        for way in ways:
            way.breaks = 0.0
        for store in stores:
            await store.close()
        return await counts

    given = loop.run_until_complete(play())
    for place, fan in enumerate(FANS):
        numbers = [number for each in given[place :: len(FANS)] for number in each]
        assert sorted(numbers) == list(range(1, PROCESSES * COUNTS + 1))
        assert shared.data.load(fan).rows["late"] == str(PROCESSES * COUNTS).encode()
    assert shared.overtaken > 10


def test_a_process_that_is_killed_in_between_changes_nothing(
    loop: JumpingLoop, shared: Shared
) -> None:
    async def play() -> None:
        way = Way(loop, Random("1"), 0.0)
        store = shared.open(way, 1)
        store.change(FANS[0], counting("count"), told.append)
        way.dead = True
        await asyncio.sleep(1)
        store.change(FANS[0], counting("count"), told.append)
        await asyncio.sleep(1)

    told: list[object] = []
    loop.run_until_complete(play())
    assert (told, shared.data.load(FANS[0]).version) == ([], "")
