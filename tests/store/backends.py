"""The stores under test, with a clock that tests can turn."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

from fake_clock import FakeClock
from yizhan.store import Arrival, Binding, Claimed, Outcome, Part, Store, Taken, connect

LEASE = 0.25  # exact in binary
HOUR = 3600.0


@dataclass
class Backend:
    """One kind of store: `store` and `peer` are two processes' views of the same data."""

    name: str
    url: str
    clock: FakeClock = field(default_factory=FakeClock)
    stores: list[Store] = field(default_factory=list)

    async def connect(self) -> Store:
        """One more process."""
        if self.name == "memory" and self.stores:
            return self.stores[0]
        store = connect(self.url, account="wx1", clock=self.clock)
        await store.open()
        self.stores.append(store)
        return store

    async def passes(self, seconds: float) -> None:
        """Let time go by, on every clock there is."""
        self.clock.wall_time += seconds
        self.clock.lease_time += seconds
        if self.name == "redis":
            await asyncio.sleep(seconds + 0.005)

    async def close(self) -> None:
        for store in self.stores:
            await store.close()


def urls(folder: Path, redis_url: str) -> dict[str, str]:
    return {
        "memory": "memory://",
        "sqlite": f"sqlite:///{folder}/store.db?synchronous=normal",
        "redis": redis_url,
    }


@dataclass
class Fan:
    """A follower whose messages reach a store."""

    backend: Backend
    openid: str = "oFan"

    async def claim(
        self,
        key: str,
        store: Store | None = None,
        *,
        owner: str = "A",
        ordered: bool = True,
        binding: Binding | None = None,
        window: str = "",
        message: bytes = b"<xml/>",
        pickup: bool = False,
    ) -> Claimed:
        arrival = Arrival(
            key=key,
            openid=self.openid,
            message=message,
            at=self.backend.clock.wall(),
            owner=owner,
            ordered=ordered,
            binding=binding,
            window=window,
            pickup=pickup,
        )
        return await (store or self.backend.stores[0]).claim(arrival)

    async def answered(self, key: str, *bodies: bytes, owner: str = "A") -> None:
        """Claim and finish: the parts wait."""
        await self.claim(key, owner=owner)
        await self.backend.stores[0].finish(key, owner, Outcome(bodies))


def parts_of(held: Taken | tuple[Part, ...] | None) -> tuple[Part, ...]:
    return held.parts if isinstance(held, Taken) else held or ()


def indexes(held: Taken | tuple[Part, ...] | None) -> list[tuple[str, int]]:
    return [(part.key, part.index) for part in parts_of(held)]


def bodies(held: Taken | tuple[Part, ...] | None) -> list[bytes]:
    return [part.body for part in parts_of(held)]
