"""A round of the keeper's pruning does no more than a little harm, however wrong its clock is."""

from collections import Counter
from functools import partial
from types import SimpleNamespace
from typing import cast

import pytest

from fake_clock import FakeClock
from yizhan.inbox import rules, upkeep
from yizhan.inbox.calendar import Calendar
from yizhan.inbox.engine import Engine
from yizhan.inbox.keeper import Keeper
from yizhan.inbox.process import Process
from yizhan.inbox.rules import Arrival, RunResult
from yizhan.inbox.unread import UNREAD, Accept, Read, Unread
from yizhan.settings import Settings
from yizhan.store.asking import changed
from yizhan.store.mailboxes.memory import MemoryStore

SETTINGS = Settings(token="tokenOfTheTests2026")
COUNT = 230


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def store(clock: FakeClock) -> MemoryStore:
    made = MemoryStore("A", clock)
    await made.open()
    return made


@pytest.fixture
def keeper(store: MemoryStore, clock: FakeClock) -> Keeper:
    process = SimpleNamespace(
        store=store, clock=clock, settings=SETTINGS, apply=partial(changed, store)
    )
    engine = cast(Engine, SimpleNamespace(process=process))
    unread = Unread(cast(Process, process), Counter(), cast(Read, None), cast(Accept, None))
    return Keeper(engine, unread, Calendar(clock))


async def answered(store: MemoryStore, clock: FakeClock, *bodies: bytes) -> None:
    """So many followers have written, and had these answers."""
    for number in range(COUNT):
        openid, key = f"o{number}", f"k{number}"
        arrival = Arrival(key, openid, b"{}", clock.wall(), "A", window="message")
        await changed(store, openid, partial(rules.accept, arrival=arrival))
        outcome = RunResult(bodies)
        await changed(store, openid, partial(rules.finish, key=key, owner="A", outcome=outcome))


async def test_of_a_hundred_followers_or_fewer_all_may_be_forgotten_at_once(
    keeper: Keeper, store: MemoryStore, clock: FakeClock
) -> None:
    await answered(store, clock)
    clock.step(SETTINGS.session_ttl + 1)
    left = []
    for _ in range(4):
        await keeper._prune(clock.wall())
        left.append((await store.stats()).followers)
    assert left == [130, 30, 0, 0]


async def test_no_more_answers_are_listed_at_once(
    keeper: Keeper, store: MemoryStore, clock: FakeClock
) -> None:
    await answered(store, clock, b"one")
    clock.step(SETTINGS.collect + 1)
    listed = []
    for _ in range(4):
        await keeper._prune(clock.wall())
        listed.append(len(await store.jobs("uncollected", COUNT, None)))
    assert listed == [100, 200, 230, 230]


async def test_unread_ones_are_kept_no_longer_than_those_that_were_read(
    keeper: Keeper, store: MemoryStore, clock: FakeClock
) -> None:
    for key, openid in (("old", UNREAD), ("half listed", UNREAD), ("a follower's", "oFan")):
        arrival = Arrival(key, openid, b"{}", clock.wall(), "A", ordered=False)
        await changed(store, openid, partial(rules.accept, arrival=arrival))
        if key != "half listed":
            rule = partial(upkeep.give_up, key=key, note="xml_bad")
            await changed(store, openid, rule)
    clock.step(SETTINGS.keep)
    await keeper._prune(clock.wall())
    assert len(await store.keys_of(UNREAD)) == 2
    clock.step(1)
    await keeper._prune(clock.wall())
    assert await store.keys_of(UNREAD) == ("half listed",)
    assert [it.state for it in await store.messages(["a follower's"])] == ["dead"]
