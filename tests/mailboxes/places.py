"""The stores under test: several processes' views of one place, with clocks that tests turn."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from fake_clock import FakeClock
from yizhan.inbox import carrying, rules
from yizhan.inbox.rules import Acceptance, Arrival, Finished, RunResult
from yizhan.store.applying import Lease
from yizhan.store.mailbox import Binding, Change, Rule, View
from yizhan.store.mailboxes.contract import Store
from yizhan.store.mailboxes.memory import MemoryStore, Shared
from yizhan.store.mailboxes.postgres import PostgresStore
from yizhan.store.mailboxes.redis import RedisStore
from yizhan.store.mailboxes.sqlite import SQLiteStore

T = TypeVar("T")

LEASE = 0.25  # exact in binary
HOUR = 3600.0
FAN = "oFan"


@dataclass
class Place:
    """One kind of store, which any number of processes may open."""

    name: str
    folder: Path
    url: str = ""
    clock: FakeClock = field(default_factory=FakeClock)
    shared: Shared = field(default_factory=Shared)
    stores: list[Store] = field(default_factory=list)

    async def open(self, owner: str) -> Store:
        """One more process."""
        made: Callable[[], Store] = {
            "memory": lambda: MemoryStore(owner, self.clock, self.shared),
            "sqlite": lambda: SQLiteStore(
                str(self.folder / "store.db"), owner, self.clock, synchronous="normal"
            ),
            "postgres": lambda: PostgresStore(
                self.url, owner, self.clock, read=lambda _: self.clock.wall()
            ),
            "redis": lambda: RedisStore(
                self.url, "wx1", owner, self.clock, read=lambda _: self.clock.wall()
            ),
        }[self.name.partition("+")[0]]
        store = made()
        await store.open()
        self.stores.append(store)
        return store

    async def close(self) -> None:
        for store in self.stores:
            await store.close()

    def passes(self, seconds: float) -> None:
        """Let time go by, on every clock there is."""
        self.clock.wall_time += seconds
        self.clock.lease_time += seconds


async def do(
    store: Store,
    rule: Rule[T],
    openid: str = FAN,
    *,
    keys: Iterable[str] = (),
    guard: Lease | None = None,
) -> T:
    """Apply a rule, and wait for what comes of it."""
    done: asyncio.Future[T] = asyncio.get_running_loop().create_future()

    def then(result: T | Exception) -> None:
        if isinstance(result, Exception):
            done.set_exception(result)
        else:
            done.set_result(result)

    store.change(openid, rule, then, keys=keys, guard=guard)
    return await done


async def accept(
    store: Store,
    key: str,
    openid: str = FAN,
    *,
    body: bytes = b"<xml/>",
    binding: Binding | None = None,
    at: float = 1_800_000_000.25,
    ordered: bool = True,
) -> Acceptance:
    """A push reaches this process."""
    arrival = Arrival(
        key, openid, body, at, store.owner, ordered=ordered, binding=binding, window="message"
    )
    return await do(store, partial(rules.accept, arrival=arrival), openid)


async def finish(store: Store, key: str, *bodies: bytes, **named: object) -> Finished | None:
    """Its handler ends, or hands something out."""
    outcome = RunResult(bodies, **named)  # type: ignore[arg-type]  # names of RunResult
    return await do(store, partial(rules.finish, key=key, owner=store.owner, outcome=outcome))


async def take(store: Store, key: str) -> tuple[bytes, ...]:
    """What the push may carry."""
    taken = await do(store, partial(carrying.take, key=key, owner=store.owner), keys=[key])
    return tuple(part.body for part in taken.parts)


async def look(store: Store, openid: str = FAN) -> View:
    """The mailbox with its rows, as this process sees it."""
    return await do(store, Change, openid)
