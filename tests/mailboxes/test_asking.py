"""A store's rules, awaited."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import pytest

from fake_clock import FakeClock
from inbox.mailboxes import taking
from mailboxes.places import FAN, HOUR, accept, finish, take
from yizhan.errors import StoreError
from yizhan.inbox import upkeep
from yizhan.inbox.sending import begin_send
from yizhan.store.asking import changed, seen, undelivered
from yizhan.store.mailbox import Change
from yizhan.store.mailboxes.memory import MemoryStore

QUOTA = {"message": (HOUR, 5)}


@pytest.fixture
async def memory() -> MemoryStore:
    store = MemoryStore("A", FakeClock())
    await store.open()
    return store


async def test_the_result_is_told(memory: MemoryStore) -> None:
    await accept(memory, "k1")
    assert await changed(memory, FAN, partial(upkeep.give_up, key="k1", note="why")) is True
    assert await changed(memory, FAN, partial(upkeep.retry, key="k1"), ["k1"]) is True


async def test_an_error_is_raised(memory: MemoryStore) -> None:
    await memory.close()
    with pytest.raises(StoreError) as refused:
        await changed(memory, FAN, Change)
    assert refused.value.phrase == "store.closed"


@pytest.mark.parametrize("result", [1, StoreError("store.closed")])
async def test_who_is_cancelled_meanwhile_hears_nothing_of_it(
    memory: MemoryStore, monkeypatch: pytest.MonkeyPatch, result: object
) -> None:
    told: list[Callable[[object], None]] = []
    monkeypatch.setattr(memory, "change", lambda openid, rule, then, **named: told.append(then))
    waiting = asyncio.create_task(changed(memory, FAN, Change))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    told[0](result)


async def test_a_look_changes_nothing(memory: MemoryStore) -> None:
    await accept(memory, "k1")
    before = memory._shared.boxes[FAN].version
    assert (await seen(memory, FAN, ["k1"])).messages["k1"].openid == FAN
    assert memory._shared.boxes[FAN].version == before


async def in_rows(store: MemoryStore) -> None:
    """Both wait for a push."""


async def on_a_push(store: MemoryStore) -> None:
    await accept(store, "k2")
    assert await take(store, "k2") == (b"one", b"two")


async def on_its_way(store: MemoryStore) -> None:
    rule = partial(
        begin_send, until="k1", owner="A", quota=QUOTA, at=1_800_000_000.25, choose=taking(1)
    )
    assert (await changed(store, FAN, rule)).status == "send"


async def listed(store: MemoryStore) -> None:
    await changed(store, FAN, partial(upkeep.give_up, key="k1", note=""))
    assert (await seen(store, FAN)).box.jobs == ()


@pytest.mark.parametrize("state", [in_rows, on_a_push, on_its_way, listed])
async def test_what_is_undelivered_is_found_wherever_it_lies(
    memory: MemoryStore, state: Callable[[MemoryStore], Awaitable[None]]
) -> None:
    await accept(memory, "k1")
    await finish(memory, "k1", b"one", b"two", custom=state is on_its_way)
    await state(memory)
    wholes = await memory.messages(["k1"])
    assert await undelivered(memory, wholes) == {"k1": (b"one", b"two")}


async def test_of_many_messages_each_mailbox_is_read_once(
    memory: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        await accept(memory, f"a{number}", "oA")
        await accept(memory, f"b{number}", "oB")
    wholes = await memory.jobs(None, 10, None)
    read: list[str] = []
    change = memory.change

    def counted(openid: str, *rest: Any, **named: Any) -> None:
        read.append(openid)
        change(openid, *rest, **named)

    monkeypatch.setattr(memory, "change", counted)
    assert len(await undelivered(memory, wholes)) == 6
    assert sorted(read) == ["oA", "oB"]
