"""What the stores of mailboxes cost: microseconds of CPU and of time a message, and statements.

    python benchmarks/stores.py                         memory and SQLite
    python benchmarks/stores.py sqlite --in-flight 16   SQLite FULL alone, 16 at a time
    python benchmarks/stores.py --json stores.json      keep the medians
    python benchmarks/stores.py --url redis://127.0.0.1:6379/9 --url 'postgres://u@h/db?schema=b'

A message is accepted, finished with one reply, and confirmed: the three changes of a quick
text. `plain` ones keep a binding of their signature, `safe` ones have none. There are 500
followers. So many messages are in flight at once; what meets shares a commit. CPU is that of
this process, what starts the changes included; `thread` is the part of it that the SQLite
store's own thread spends. The medians of all rounds are printed.

`statements` are those of a message alone and in a group, beside BEGIN and COMMIT. A store given
by its URL is filled and not emptied: give a database, or a schema, of its own.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from figures import interruptible, keep

from mailboxes.statements import CountedStore
from yizhan.clock import SystemClock
from yizhan.inbox import carrying, rules
from yizhan.inbox.rules import Accepted, Arrival, Finished, RunResult
from yizhan.store.mailbox import Binding
from yizhan.store.mailboxes.contract import Store
from yizhan.store.mailboxes.memory import MemoryStore
from yizhan.store.mailboxes.sqlite import SQLiteStore

BODY = b"m" * 400
REPLY = b"r" * 200
FOLLOWERS = 500
KEEP = 600.0
OWNER = "host:4711:0a1b2c3d"
STORES = ("memory", "sqlite-normal", "sqlite")
MODES = ("plain", "safe")
WARM = 1.5  # messages a follower, before anything is measured
numbers = count(time.time_ns() // 1000)  # no run knows a key of an earlier one


@dataclass(frozen=True)
class Figures:
    """Microseconds a message."""

    cpu: float
    thread: float
    wall: float


@dataclass
class Load:
    """So many messages, of which some are in flight at a time."""

    store: Store
    left: int
    bound: bool
    done: asyncio.Future[None] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )
    under_way: int = 0

    async def run(self, in_flight: int) -> None:
        for _ in range(in_flight):
            self.next()
        await self.done

    def next(self) -> None:
        if not self.left:
            if not self.under_way and not self.done.done():
                self.done.set_result(None)
            return
        self.left -= 1
        self.under_way += 1
        number = next(numbers)
        openid = f"oBenchFollower{number * 277 % FOLLOWERS:014d}"
        key = f"gh_a1b2c3d4e5f6:{openid}:{number:019d}"
        digest = number.to_bytes(16, "big")
        arrival = Arrival(
            key=key,
            openid=openid,
            body=BODY,
            at=time.time(),
            owner=OWNER,
            binding=Binding(f"{number:040x}", digest, KEEP) if self.bound else None,
            window="message",
        )
        rule = partial(rules.accept, arrival=arrival)
        self.store.change(openid, rule, partial(self.accepted, key, openid))

    def accepted(self, key: str, openid: str, result: Accepted | Exception) -> None:
        assert isinstance(result, Accepted), result
        assert result.status == "new"
        outcome = RunResult((REPLY,), reserve="all")
        rule = partial(rules.finish, key=key, owner=OWNER, outcome=outcome)
        self.store.change(openid, rule, partial(self.finished, key, openid))

    def finished(self, key: str, openid: str, result: Finished | Exception | None) -> None:
        assert isinstance(result, Finished), result
        parts = result.taken.parts
        rule = partial(carrying.confirm, key=key, reply=REPLY, carried=parts, shown="")
        self.store.change_later(openid, rule)
        self.under_way -= 1
        asyncio.get_running_loop().call_soon(self.next)


async def measure(store: Store, messages: int, in_flight: int, *, bound: bool) -> Figures:
    load = Load(store, messages, bound)
    thread = clock_of_thread()
    wall, cpu, own = time.perf_counter(), time.process_time(), thread()
    await load.run(in_flight)
    await store.renew()  # which comes after all that was asked before
    found = time.process_time() - cpu, thread() - own, time.perf_counter() - wall
    return Figures(*(each / messages * 1e6 for each in found))


def clock_of_thread() -> Callable[[], float]:
    """The seconds that the SQLite store's thread has worked; none where there is no thread."""
    for thread in threading.enumerate():
        if thread.name == "yizhan-sqlite" and thread.ident is not None:
            return partial(time.clock_gettime, time.pthread_getcpuclockid(thread.ident))
    return lambda: 0.0


@contextmanager
def made(name: str, folder: str) -> Iterator[Store]:
    if name == "memory":
        yield MemoryStore(OWNER, SystemClock())
    elif name in STORES:
        mode = "normal" if name.endswith("normal") else "full"
        with tempfile.TemporaryDirectory(dir=folder) as own:
            yield SQLiteStore(f"{own}/store.db", OWNER, SystemClock(), synchronous=mode)
    elif name.startswith("postgres"):
        from yizhan.store.mailboxes.postgres import PostgresStore

        yield PostgresStore(name, OWNER, SystemClock())
    else:
        from yizhan.store.mailboxes.redis import RedisStore

        yield RedisStore(name, "wx0123456789abcdef", OWNER, SystemClock())


async def round_of(name: str, mode: str, in_flight: int, messages: int, folder: str) -> Figures:
    with made(name, folder) as store:
        await store.open()
        bound = mode == "plain"
        await measure(store, int(FOLLOWERS * WARM), in_flight, bound=bound)
        figures = await measure(store, messages, in_flight, bound=bound)
        await store.close()
    return figures


async def statements_of(mode: str, in_flight: int, folder: str) -> float:
    """The statements of a message in SQLite, in groups of so many."""
    store = CountedStore(f"{folder}/counted.db", OWNER, SystemClock(), synchronous="normal")
    await store.open()
    bound = mode == "plain"
    await Load(store, FOLLOWERS, bound).run(in_flight)
    await store.renew()
    store.forget()
    messages = in_flight * 20
    await Load(store, messages, bound).run(in_flight)
    await store.renew()
    await store.close()
    return store.count / messages


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("stores", nargs="*", help=f"of {', '.join(STORES)} (default: all)")
    parser.add_argument("--url", action="append", default=[], help="a Redis or PostgreSQL too")
    parser.add_argument("--mode", choices=MODES, action="append", help="default: both")
    parser.add_argument(
        "--in-flight", type=int, nargs="+", default=[1, 8, 16, 32], help="default: 1 8 16 32"
    )
    parser.add_argument("--messages", type=int, default=4000, help="of each measurement")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", metavar="FILE", type=Path, help="keep the medians there")
    options = parser.parse_args()
    if unknown := set(options.stores) - set(STORES):
        parser.error(f"no such store: {', '.join(unknown)}")
    names = [*(options.stores or ([] if options.url else STORES)), *options.url]
    cases = [
        (name, mode, in_flight)
        for name in names
        for mode in options.mode or MODES
        for in_flight in options.in_flight
    ]
    print(f"{'store':24} {'mode':6} {'in flight':>9} {'CPU':>7} {'thread':>7} {'wall':>7}  µs")
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(dir=Path.home()))
        rounds: dict[tuple[str, str, int], list[Figures]] = {case: [] for case in cases}
        for number in range(options.rounds):
            for case in cases:
                rounds[case].append(asyncio.run(round_of(*case, options.messages, folder)))
                if number == options.rounds - 1:
                    say(case, median(rounds[case]))
        if options.json:
            keep(options.json, [kept(case, median(found)) for case, found in rounds.items()])
        if any(name.startswith("sqlite") for name in names):
            print(f"\n{'statements a message':24} {'mode':6} {'in flight':>9}")
            for mode in options.mode or MODES:
                for in_flight in options.in_flight:
                    own = stack.enter_context(tempfile.TemporaryDirectory(dir=folder))
                    found = asyncio.run(statements_of(mode, in_flight, own))
                    print(f"{'SQLite':24} {mode:6} {in_flight:9} {found:7.2f}")


def median(found: list[Figures]) -> Figures:
    names = ("cpu", "thread", "wall")
    return Figures(*(statistics.median(getattr(it, name) for it in found) for name in names))


def shown(name: str) -> str:
    """The store, without the address of one that has such."""
    return name if name in STORES else name.partition("://")[0]


def say(case: tuple[str, str, int], found: Figures) -> None:
    name, mode, in_flight = case
    print(
        f"{shown(name):24} {mode:6} {in_flight:9} {found.cpu:7.1f} {found.thread:7.1f}"
        f" {found.wall:7.1f}",
        flush=True,
    )


def kept(case: tuple[str, str, int], found: Figures) -> dict[str, object]:
    name, mode, in_flight = case
    return {"store": shown(name), "mode": mode, "in_flight": in_flight, **asdict(found)}


if __name__ == "__main__":
    interruptible(main)
