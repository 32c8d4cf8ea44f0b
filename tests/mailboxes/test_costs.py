"""What a message costs a SQLite store, in statements: never in time."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from threading import Event

import pytest

from mailboxes.places import FAN, accept, do
from mailboxes.statements import CountedStore
from store.backends import FakeClock
from yizhan.inbox import carrying, rules
from yizhan.inbox.rules import Finished, Outcome
from yizhan.store.mailbox import Binding

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
    outcome = Outcome((b"reply",), reserve="all")
    rule = partial(rules.finish, key=key, owner="A", outcome=outcome)
    finished = await do(store, rule, openid)
    assert finished is not None
    return finished


async def confirm(store: CountedStore, key: str, finished: Finished, openid: str = FAN) -> None:
    parts = finished.taken.parts
    rule = partial(carrying.confirm, key=key, reply=b"reply", carried=parts, shown="")
    await do(store, rule, openid)


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


async def test_those_who_come_together_share_the_transaction_and_the_renewal(
    store: CountedStore,
) -> None:
    openids = [f"oFan{number}" for number in range(16)]
    for openid in openids:
        await message(store, "k1", openid)
    held = Event()
    busy = asyncio.ensure_future(store._opened().run(lambda tables: held.wait(5)))
    await asyncio.sleep(0)  # the writer is busy until all of them wait
    together = [asyncio.ensure_future(accept(store, "k2", openid)) for openid in openids]
    await asyncio.sleep(0)
    store.forget()
    held.set()
    await asyncio.gather(busy, *together)
    assert store.statements == {
        "BEGIN": 1,
        "COMMIT": 2,  # the other one is that of what kept the writer busy
        **RENEWAL,
        "UPDATE boxes SET": 16,
        "INSERT INTO messages": 16,
    }
