"""Microseconds for claim + finish + settle: alone, and 64 at once.

python benchmarks/store.py [memory] [sqlite] [sqlite-normal] [redis] [redis-always]
"""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from yizhan.store import Arrival, Outcome, Store, connect

MESSAGE = b"m" * 400
REPLY = b"r" * 200
SECONDS = 2.0
numbers = count()


async def one(store: Store) -> float:
    """The common path of one message; seconds until it was accepted."""
    number = next(numbers)
    key, openid = f"account:o{number % 500}:{number}", f"o{number % 500}"
    begun = time.perf_counter()
    await store.claim(Arrival(key, openid, MESSAGE, time.time(), "owner", ordered=False))
    accepted = time.perf_counter() - begun
    taken = await store.finish(key, "owner", Outcome((REPLY,), reserve=True))
    assert taken is not None
    await store.settle(key, openid, REPLY, taken.parts, "")
    return accepted


async def client(store: Store, until: float, accepted: list[float]) -> None:
    while time.perf_counter() < until:
        accepted.append(await one(store))


async def measure(name: str, url: str) -> None:
    store = connect(url, account=f"bench-{name}")
    await store.open()
    for clients in (1, 64):
        accepted: list[float] = []
        begun = time.perf_counter()
        until = begun + SECONDS
        await asyncio.gather(*(client(store, until, accepted) for _ in range(clients)))
        each = (time.perf_counter() - begun) / len(accepted) * 1e6
        cuts = statistics.quantiles(accepted, n=100)
        print(
            f"{name:14} {clients:3} at once {each:8.0f} µs/message"
            f"   accept p50 {cuts[49] * 1e3:6.2f} ms  p99 {cuts[98] * 1e3:6.2f} ms"
        )
    await store.close()


@contextmanager
def address(name: str, folder: str) -> Iterator[str]:
    if name == "memory":
        yield "memory://"
    elif name.startswith("sqlite"):
        mode = "normal" if name.endswith("normal") else "full"
        yield f"sqlite:///{folder}/{name}.db?synchronous={mode}"
    else:
        from redis_server import RedisServer

        with RedisServer(appendfsync=name.removeprefix("redis-")) as server:
            yield server.url


def main(names: list[str]) -> None:
    every = ["memory", "sqlite", "sqlite-normal", "redis-everysec", "redis-always"]
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(dir=Path.home()))
        for name in names or every:
            asyncio.run(measure(name, stack.enter_context(address(name, folder))))


if __name__ == "__main__":
    main(sys.argv[1:])
