"""What a message costs a SQLite store, in statements: never in time."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Sequence
from functools import partial
from pathlib import Path
from threading import Event

import pytest

from fake_clock import FakeClock
from mailboxes.places import FAN, accept, do, look
from mailboxes.statements import CountedStore
from yizhan.inbox import carrying, rules
from yizhan.inbox.rules import Finished, RunResult
from yizhan.store.mailbox import SESSION, Binding, Change
from yizhan.store.mailboxes import writer
from yizhan.store.mailboxes.sqlite_file import MESSAGE as MESSAGE_ROW
from yizhan.store.mailboxes.sqlite_file import Tables

PLAIN = Binding("signature", b"digest", 600)
TRANSACTION = {"BEGIN": 1, "COMMIT": 1}
DOCUMENT = {"UPDATE boxes SET": 1}
MESSAGE = {"INSERT INTO messages": 1}
RENEWAL = {"INSERT INTO leases": 1}


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[CountedStore]:
    made = CountedStore(str(tmp_path / "store.db"), "A", FakeClock(), synchronous="normal")
    await made.open()
    yield made
    await made.close()


async def message(store: CountedStore, key: str, openid: str = FAN) -> None:
    """A quick message from its arrival to its confirmation."""
    await accept(store, key, openid)
    await confirm(store, key, await finish(store, key, openid), openid)


async def finish(store: CountedStore, key: str, openid: str = FAN) -> Finished:
    outcome = RunResult((b"reply",), reserve="all")
    rule = partial(rules.finish, key=key, owner="A", outcome=outcome)
    finished = await do(store, rule, openid)
    assert finished is not None
    return finished


async def confirm(store: CountedStore, key: str, finished: Finished, openid: str = FAN) -> None:
    parts = finished.taken.parts
    rule = partial(carrying.confirm, key=key, reply=b"reply", carried=parts, shown="")
    await do(store, rule, openid)


async def together(store: CountedStore, asked: Sequence[Coroutine[object, object, object]]) -> None:
    """Have all of it wait for the writer at once, and count from there."""
    begun, held = Event(), Event()

    def wait(tables: Tables) -> None:
        begun.set()
        held.wait(5)

    busy = asyncio.ensure_future(store._opened().run(wait))
    await asyncio.to_thread(begun.wait, 5)
    waiting = [asyncio.ensure_future(it) for it in asked]
    await asyncio.sleep(0)
    store.forget()
    held.set()
    await asyncio.gather(busy, *waiting)


@pytest.mark.parametrize(
    "binding, more", [(PLAIN, {"INSERT INTO bindings": 1}), (None, {})], ids=["plain", "safe"]
)
async def test_a_message_is_accepted_with_three_statements_or_two(
    store: CountedStore, binding: Binding | None, more: dict[str, int]
) -> None:
    await message(store, "k1")
    store.forget()
    await accept(store, "k2", binding=binding)
    assert store.statements == {**TRANSACTION, **DOCUMENT, **MESSAGE, **RENEWAL, **more}


async def test_it_is_finished_with_one_and_confirmed_with_two(store: CountedStore) -> None:
    await message(store, "k1")
    await accept(store, "k2")
    store.forget()
    finished = await finish(store, "k2")
    assert store.statements == {**TRANSACTION, **DOCUMENT}
    store.forget()
    await confirm(store, "k2", finished)
    assert store.statements == {**TRANSACTION, **DOCUMENT, "UPDATE messages SET": 1}


class TestWhatIsKeptDoesNotCount:
    """What a message costs does not depend on what its follower or others have in store."""

    async def cost(self, store: CountedStore, key: str) -> tuple[int, int]:
        """Statements, and bytes of their texts."""
        store.forget()
        await message(store, key)
        return store.count, store.size

    async def test_a_session_that_does_not_change_is_neither_written_nor_copied(
        self, store: CountedStore
    ) -> None:
        await message(store, "k1")
        without = await self.cost(store, "k2")
        session = b"x" * 30_000
        await do(store, lambda view: Change(None, view.box, {SESSION: session}))
        rows = (await look(store)).rows
        count, size = await self.cost(store, "k3")
        assert count == without[0]
        assert size < 1.1 * without[1]
        assert (await look(store)).rows is rows

    async def test_remembered_messages_and_bindings(self, store: CountedStore) -> None:
        await message(store, "k1")
        count, size = await self.cost(store, "k2")
        for number in range(300):
            binding = Binding(f"signature{number}", b"digest", 600)
            await accept(store, f"o{number}", "oOther", binding=binding)
            await finish(store, f"o{number}", "oOther")
        again = await self.cost(store, "k3")
        assert again[0] == count
        assert again[1] < 1.1 * size

    @pytest.mark.parametrize("waiting", [50, 490])
    async def test_a_queue_of_one_s_own_costs_a_row_more_to_come_and_one_to_move_up(
        self, store: CountedStore, waiting: int
    ) -> None:
        await message(store, "k0")
        count, size = await self.cost(store, "k1")
        for number in range(waiting):
            await accept(store, f"w{number}")
        store.forget()
        await accept(store, "last")
        await confirm(store, "w0", await finish(store, "w0"))
        assert store.count == count + 2
        assert store.size < 3 * size

    async def test_a_message_of_a_known_follower_is_found_without_a_search(
        self, store: CountedStore
    ) -> None:
        await message(store, "k1")
        plan = f"EXPLAIN QUERY PLAN {MESSAGE_ROW}"

        def steps(tables: Tables) -> list[str]:
            return [row[3] for row in tables.connection.execute(plan, (FAN, "k1"))]

        [step] = await store._opened().run(steps)
        assert step.startswith("SEARCH messages USING INDEX")
        store.forget()
        assert len(await store.messages(["k1", "k2"], openid=FAN)) == 1
        assert store.statements["SELECT key, openid,"] == 2  # one for each

    async def test_a_queue_of_another_costs_nothing(self, store: CountedStore) -> None:
        await message(store, "k0")
        cost = await self.cost(store, "k1")
        for number in range(100):
            await accept(store, f"w{number}", "oOther")
        again = await self.cost(store, "k2")
        assert again[0] == cost[0]
        assert again[1] < 1.1 * cost[1]


async def test_those_who_come_together_share_the_transaction_and_the_renewal(
    store: CountedStore,
) -> None:
    openids = [f"oFan{number}" for number in range(16)]
    for openid in openids:
        await message(store, "k1", openid)
    await together(store, [accept(store, "k2", openid) for openid in openids])
    assert store.statements == {
        "BEGIN": 1,
        "COMMIT": 2,  # the other one is that of what kept the writer busy
        **RENEWAL,
        "UPDATE boxes SET": 16,
        "INSERT INTO messages": 16,
    }


async def test_nobody_waits_for_a_thousand_others(
    store: CountedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "MOST", 8)
    await together(store, [accept(store, "k1", f"oFan{number}") for number in range(20)])
    assert store.statements["BEGIN"] == 3
    assert store.statements["INSERT INTO messages"] == 20
