"""The desk's way to the store: what is slow, fails or is dead there is so for the engine."""

import asyncio
from functools import partial

import pytest

from way import AGAIN, Way
from yizhan.errors import StoreError
from yizhan.inbox import rules
from yizhan.inbox.rules import Arrival
from yizhan.store.mailbox import Change, View
from yizhan.store.mailboxes.memory import Shared
from yizhan.testing.loop import LoopClock

FAN = "oFan"


class Process:
    """A way, and what was told over it: the result, and when."""

    def __init__(self, shared: Shared, owner: str) -> None:
        self.loop = asyncio.get_running_loop()
        clock = LoopClock(self.loop)
        self.way = Way(shared, clock, self.loop).connect("memory://", owner=owner)
        self.told: list[tuple[object, float]] = []

    def asks(self, name: str, then=None) -> None:
        """Have a rule write its name at the end of what stands in the mailbox."""

        def rule(view: View) -> Change[str]:
            written = view.rows.get("written", b"").decode() + name
            return Change(written, view.box, {"written": written.encode()})

        rule.__name__ = name
        self.way.change(FAN, partial(rule), then or self.hears)

    def asks_late(self, name: str) -> None:
        way, change = self.way, self.way.change
        way.change = lambda openid, rule, _: way.change_later(openid, rule)
        self.asks(name)
        way.change = change

    def hears(self, result: object) -> None:
        self.told.append((result, self.loop.time()))

    @property
    def written(self) -> str:
        loaded = self.way.shared.boxes.get(FAN)
        return "" if loaded is None else loaded.rows["written"].decode()


@pytest.fixture
async def process() -> Process:
    return Process(Shared(), "A")


async def test_by_itself_it_commits_and_tells_at_once(process: Process) -> None:
    process.asks("a")
    assert process.told == [("a", 0.0)]


async def test_a_rule_goes_by_its_own_name(process: Process) -> None:
    arrival = Arrival("k", FAN, b"", 0.0, "A")
    process.way.change(FAN, partial(rules.accept, arrival=arrival), process.hears)
    process.way.change_later(FAN, partial(rules.turn, key="k", owner="A"))
    await process.way.renew()
    assert process.way.calls == ["accept", "turn", "renew"]


async def test_what_is_slow_is_committed_later(process: Process) -> None:
    process.way.slow["a"] = 2.0
    process.asks("a")
    await asyncio.sleep(1.0)
    assert process.written == ""
    await asyncio.sleep(1.5)
    assert process.told == [("a", 2.0)]


async def test_what_is_late_is_committed_before_it_is_told(process: Process) -> None:
    process.way.late["a"] = 2.0
    process.asks("a")
    assert (process.written, process.told) == ("a", [])
    await asyncio.sleep(2.5)
    assert process.told == [("a", 2.0)]


async def test_the_order_of_one_follower_holds(process: Process) -> None:
    process.way.slow["a"] = 1.0
    process.way.late["b"] = 1.0
    for name in "abc":
        process.asks(name)
    await asyncio.sleep(5.0)
    assert process.told == [("a", 1.0), ("ab", 2.0), ("abc", 2.0)]


async def test_so_it_does_for_what_is_asked_when_it_is_told(process: Process) -> None:
    process.way.seconds = 1.0
    process.asks("a", lambda result: (process.hears(result), process.asks("c")))
    process.asks("b")
    await asyncio.sleep(5.0)
    assert process.told == [("a", 1.0), ("ab", 2.0), ("abc", 3.0)]


async def test_what_fails_is_told_so_and_not_committed(process: Process) -> None:
    process.way.failing.add("a")
    process.asks("a")
    process.asks("b")
    assert isinstance(process.told[0][0], StoreError)
    assert process.told[1:] == [("b", 0.0)]


@pytest.mark.parametrize("name", ["renew", "*"])
async def test_so_does_any_other_method(process: Process, name: str) -> None:
    process.way.failing.add(name)
    with pytest.raises(StoreError):
        await process.way.renew()


async def test_a_late_change_that_fails_is_tried_until_the_store_takes_it(
    process: Process,
) -> None:
    process.way.failing.add("a")
    process.asks_late("a")
    process.asks("b")
    assert isinstance(process.told[0][0], StoreError)  # it must not get past
    process.way.failing.clear()
    await asyncio.sleep(2 * AGAIN)
    process.asks("c")
    assert process.told[1:] == [("ac", 2 * AGAIN)]


async def test_what_comes_after_it_has_it_tried_at_once(process: Process) -> None:
    process.way.failing.add("a")
    process.asks_late("a")
    process.way.failing.clear()
    process.asks("b")
    assert process.told == [("ab", 0.0)]


async def test_close_waits_for_what_is_under_way(process: Process) -> None:
    process.way.seconds = 1.0
    process.asks("a")
    process.asks_late("b")
    await process.way.close()
    assert (process.written, process.told) == ("ab", [("a", 1.0)])


@pytest.mark.parametrize("which", ["slow", "late"])
async def test_the_dead_hear_nothing(process: Process, which: str) -> None:
    getattr(process.way, which)["a"] = 1.0
    process.asks("a")
    process.way.dead = True
    await asyncio.sleep(2.0)
    process.asks("b")
    assert (process.told, process.written) == ([], {"slow": "", "late": "a"}[which])


async def test_who_waits_hears_of_another_process(process: Process) -> None:
    await process.way.open()
    other = Process(process.way.shared, "B")
    process.way.change(FAN, partial(rules.wait, owner="A"), process.hears)
    arrival = Arrival("k", FAN, b"", 0.0, "B")
    other.way.change(FAN, partial(rules.accept, arrival=arrival), other.hears)
    assert await process.way.pulse() == {FAN}
