"""What must not make a message dearer: the cost with little of it and with much, and the ratio.

    python benchmarks/flat.py                          every case: about four minutes
    python benchmarks/flat.py --list                   the names of the cases
    python benchmarks/flat.py handlers keys --rounds 3
    python benchmarks/flat.py one-follower --seconds 20
    python benchmarks/flat.py --json flat.json         keep the figures

One `yizhan run` in one process for each of the two, on the first core; the load is on the last.
They are measured in turn, and the median of the rounds' ratios is printed, so that what else
the machine does falls upon both alike. CPU is in microseconds a message.

`keys` and the sessions are measured with SQLite (synchronous=NORMAL), all else in memory.
`one-follower` sends 2,000 messages in a minute, evenly paced: to one server all of one follower,
to the other at the same time one each of 2,000. `waiting` has 500 messages of one follower wait
behind a handler while others write, then lets them go. `held` has 10,000 followers wait for a
handler at once, each on a connection, and asks again as WeChat does.
"""

import argparse
import asyncio
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

import uvloop
from figures import interruptible, keep, machine, moment, show
from filled import fill
from load import pace, rate
from pushes import follower, push
from serving import TOKEN, cpu, free_port, memory, on_another_core, started, yizhan
from waiting import Crowd, ask

FOLLOWERS = 500
CONNECTIONS = 32
PACE = 2000 / 60  # messages a second of the follower who writes so much
OTHERS = 400  # messages a second beside those that wait
HELD = 10_000
SPARE = 500  # descriptors of a process beside its connections
FLAT = 1.15
MOST_HELD = 600.0  # MiB


@dataclass(frozen=True)
class Server:
    port: int
    pid: int


@dataclass(frozen=True)
class Asked:
    """How much is measured."""

    messages: int
    rounds: int
    seconds: float


@dataclass
class Line:
    """One figure with little and with much; `most` is what the ratio may be."""

    case: str
    unit: str
    most: float
    rounds: list[tuple[float, float]] = field(default_factory=list)

    @property
    def little(self) -> float:
        return statistics.median(little for little, _ in self.rounds)

    @property
    def much(self) -> float:
        return statistics.median(much for _, much in self.rounds)

    @property
    def ratio(self) -> float:
        return statistics.median(much / little for little, much in self.rounds)

    def kept(self) -> dict[str, object]:
        found = {"little": self.little, "much": self.much, "ratio": self.ratio}
        return {**asdict(self), **found}


class Cases:
    """The cases by name; each gives its lines."""

    def __init__(self, stack: ExitStack, cores: set[int], asked: Asked) -> None:
        self.stack = stack
        self.cores = cores
        self.asked = asked
        self.folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=Path.home())))

    def server(self, **settings: object) -> Server:
        """A server with these settings of benchmarks/flatbot.py, until the case is over."""
        return self.stack.enter_context(served(self.cores, settings))

    def handlers(self) -> list[Line]:
        servers = [self.server(handlers=count) for count in (10, 2000)]
        return [self.compared("handlers", servers, text)]

    def accounts(self) -> list[Line]:
        few, many = (self.server(accounts=count, handlers=10) for count in (1, 1000))
        return [self.compared("accounts", [few, many], text, path_among(1000, many))]

    def keys(self) -> list[Line]:
        empty, full = (f"sqlite:///{self.folder}/{it}.db" for it in ("empty", "full"))
        normal = "?synchronous=normal"
        with served(self.cores, {"store": full + normal}) as server:
            rate(server.port, texts(text, FOLLOWERS), CONNECTIONS)
        fill(self.folder / "full.db", 1_000_000)
        servers = [self.server(store=it + normal) for it in (empty, full)]
        return [self.compared("keys", servers, text)]

    def session(self) -> list[Line]:
        store = f"sqlite:///{self.folder}/session-{{}}.db?synchronous=normal"
        servers = [self.server(session=size, store=store.format(size)) for size in (0, 30)]
        for server in servers:
            rate(server.port, texts(lambda _: "begin", FOLLOWERS), CONNECTIONS)
        lines = [self.compared("session", servers, text)]
        return [*lines, self.compared("session-read", servers, lambda _: "read")]

    def compared(
        self,
        case: str,
        servers: Sequence[Server],
        content: Callable[[int], str],
        path: Callable[[Server, int], str] = lambda server, number: "/wechat",
    ) -> Line:
        """CPU of a message at the two servers, in turn."""
        line = Line(case, "cpu", FLAT)

        def spent(server: Server, count: int) -> float:
            requests = texts(content, count, lambda number: path(server, number))
            before = cpu(server.pid)
            rate(server.port, requests, CONNECTIONS)
            return (cpu(server.pid) - before) / count * 1e6

        for server in servers:
            spent(server, max(2 * FOLLOWERS, self.asked.messages // 2))
        for number in range(self.asked.rounds):
            show(f"{case}: round {number + 1} of {self.asked.rounds}")
            little, much = (spent(server, self.asked.messages) for server in servers)
            line.rounds.append((little, much))
        return line

    def one_follower(self) -> list[Line]:
        show("one-follower: evenly paced")
        many, one = self.server(), self.server()
        for server in (many, one):
            rate(server.port, texts(text, 2 * FOLLOWERS), CONNECTIONS)
        count = int(self.asked.seconds * PACE)
        loads = [
            [push(text(number), follower(10_000 + number)) for number in range(count)],
            [push(text(number), follower(10_000)) for number in range(count)],
        ]
        before = [cpu(server.pid) for server in (many, one)]

        async def both() -> list[list[float]]:
            ports = (many.port, one.port)
            pairs = zip(ports, loads, strict=True)
            return await asyncio.gather(
                *(pace(port, load, PACE, CONNECTIONS) for port, load in pairs)
            )

        waits = uvloop.run(both())
        costs = [
            (cpu(server.pid) - each) / count * 1e6
            for server, each in zip((many, one), before, strict=True)
        ]
        p99 = [percentile(each, 0.99) for each in waits]
        return [
            Line("one-follower", "cpu", 2.0, [(costs[0], costs[1])]),
            Line("one-follower", "p99", 2.0, [(p99[0], p99[1])]),
        ]

    def waiting(self) -> list[Line]:
        server = self.server()
        rate(server.port, texts(text, 4 * FOLLOWERS), CONNECTIONS)
        own = Line("waiting", "cpu", 3.0)
        others = [Line("waiting-others", "cpu", FLAT), Line("waiting-others", "p99", 2.0)]
        for number in range(self.asked.rounds):
            show(f"waiting: round {number + 1} of {self.asked.rounds}")
            costs, beside = uvloop.run(backlog(server, number))
            own.rounds.append(costs)
            for line, found in zip(others, beside, strict=True):
                line.rounds.append(found)
        return [own, *others]


@contextmanager
def served(cores: set[int], settings: dict[str, object]) -> Iterator[Server]:
    port = free_port()
    given = {f"YIZHAN_BENCH_{name.upper()}": str(value) for name, value in settings.items()}
    command = yizhan("flatbot.py:accounts", port)
    with started("the bot", command, port, {"TOKEN": TOKEN, **given}, cores=cores) as pid:
        yield Server(port, pid)


def text(number: int) -> str:
    return f"你好 {number}"


def texts(
    content: Callable[[int], str],
    count: int,
    path: Callable[[int], str] = lambda number: "/wechat",
) -> list[bytes]:
    return [
        push(content(number), follower(number % FOLLOWERS), path=path(number))
        for number in range(count)
    ]


def path_among(count: int, many: Server) -> Callable[[Server, int], str]:
    """At the server with many accounts, one account after the other; else the only one."""

    def path(server: Server, number: int) -> str:
        at = number % count if server is many else 0
        return f"/wechat/{at}" if at else "/wechat"

    return path


def percentile(waits: Sequence[float], share: float) -> float:
    """Milliseconds."""
    return sorted(waits)[int(len(waits) * share)] * 1e3


async def backlog(
    server: Server, number: int
) -> tuple[tuple[float, float], list[tuple[float, float]]]:
    """What messages cost without 500 that wait and with them: that follower's, the others'."""
    first = 100_000 + number * FOLLOWERS
    quick = [push("hello", follower(first + each)) for each in range(FOLLOWERS)]
    crowd = [push(f"wait {number}", follower(first - 1))]
    crowd += [push("hello", follower(first - 1)) for _ in range(FOLLOWERS - 1)]

    before = cpu(server.pid)
    await asyncio.gather(*(ask(server.port, request) for request in quick))
    usual = cpu(server.pid) - before
    quiet = await paced_beside(server)

    before = cpu(server.pid)
    waiting = [asyncio.ensure_future(ask(server.port, request)) for request in crowd]
    await settled(server)
    accepted = cpu(server.pid) - before
    assert not any(each.done() for each in waiting), "nothing waits"
    busy = await paced_beside(server)
    before = cpu(server.pid)
    await ask(server.port, push(f"release {number}", follower(1)))
    answers = await asyncio.gather(*waiting)
    assert all(b"hello" in each or b"waited" in each for each in answers)
    own = accepted + cpu(server.pid) - before
    costs = (usual / FOLLOWERS * 1e6, own / FOLLOWERS * 1e6)
    return costs, list(zip(quiet, busy, strict=True))


async def paced_beside(server: Server) -> tuple[float, float]:
    """CPU a message and p99 of other followers, for a second."""
    requests = [push(text(number), follower(number % FOLLOWERS)) for number in range(OTHERS)]
    before = cpu(server.pid)
    waits = await pace(server.port, requests, OTHERS, CONNECTIONS)
    return (cpu(server.pid) - before) / OTHERS * 1e6, percentile(waits, 0.99)


async def settled(server: Server) -> None:
    """Until the server has nothing to do."""
    while True:
        before = cpu(server.pid)
        await asyncio.sleep(0.1)
        if cpu(server.pid) - before < 0.005:
            return


def held(cores: set[int], connections: int) -> dict[str, object]:
    """So many followers who wait for a handler at once: the memory, and how many are answered."""
    show(f"held: {connections} connections")
    with served(cores, {}) as server:
        rate(server.port, texts(text, 2 * FOLLOWERS), CONNECTIONS)
        little = memory(server.pid)
        requests = [push("wait 0", follower(number)) for number in range(connections)]
        began = time.monotonic()
        release = push("release 0", follower(connections))
        crowd = Crowd(server.port, b"waited")
        uvloop.run(crowd.play(requests, release))
        return {
            "connections": connections,
            "at_once": crowd.most_open,
            "answered": crowd.at_push.total(),
            "at_push": {str(number): count for number, count in sorted(crowd.at_push.items())},
            "seconds": round(time.monotonic() - began, 1),
            "little": little,
            "much": memory(server.pid, "VmHWM"),
            "most": MOST_HELD,
        }


def descriptors(wanted: int) -> int:
    """As many connections as a process may have here, after the soft limit has been raised."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    enough = wanted + SPARE if hard == resource.RLIM_INFINITY else min(hard, wanted + SPARE)
    if soft != resource.RLIM_INFINITY and soft < enough:
        resource.setrlimit(resource.RLIMIT_NOFILE, (enough, hard))
        soft = enough
    return wanted if soft == resource.RLIM_INFINITY else min(wanted, soft - SPARE)


CASES: dict[str, Callable[[Cases], list[Line]]] = {
    "handlers": Cases.handlers,
    "accounts": Cases.accounts,
    "keys": Cases.keys,
    "session": Cases.session,
    "one-follower": Cases.one_follower,
    "waiting": Cases.waiting,
}
NAMES = (*CASES, "held")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="CASE", help="these only (see --list)")
    parser.add_argument("--messages", type=int, default=2000, help="of each measurement")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=60.0, help="of the paced load")
    parser.add_argument("--json", metavar="FILE", type=Path, help="keep the figures there")
    parser.add_argument("--list", action="store_true", help="print the cases and end")
    options = parser.parse_args()
    if options.list:
        print("\n".join(NAMES))
        return
    if unknown := set(options.names) - set(NAMES):
        parser.error(f"no such case: {', '.join(sorted(unknown))} (see --list)")
    names = options.names or NAMES
    most = descriptors(HELD)
    if most < HELD and "held" in names:
        print(f"held: {most} connections only, the limit of descriptors allows no more")
    asked = Asked(options.messages, options.rounds, options.seconds)
    found: dict[str, object] = {"machine": machine(), "begin": moment(), "asked": asdict(asked)}
    lines: list[Line] = []
    print(f"{'case':16} {'figure':6} {'little':>9} {'much':>9} {'ratio':>6} {'at most':>8}")
    with on_another_core() as cores:
        for name in (name for name in CASES if name in names):
            with ExitStack() as stack:
                lines += (new := CASES[name](Cases(stack, cores, asked)))
            show("")
            print("\n".join(map(row, new)), flush=True)
        if "held" in names:
            found["held"] = result = held(cores, most)
            show("")
            print(said(result))
    found |= {"end": moment(), "lines": [line.kept() for line in lines]}
    if options.json:
        keep(options.json, found)


def row(line: Line) -> str:
    return (
        f"{line.case:16} {line.unit:6} {line.little:9.1f} {line.much:9.1f} {line.ratio:6.2f}"
        f" {line.most:8.2f}"
    )


def said(result: dict[str, object]) -> str:
    return (
        f"{'held':16} {'MiB':6} {result['little']:9.0f} {result['much']:9.0f} {'':6}"
        f" {MOST_HELD:8.0f}\n{result['answered']} of {result['connections']} followers were"
        f" answered, at push {result['at_push']}, within {result['seconds']} s;"
        f" {result['at_once']} waited at once"
    )


if __name__ == "__main__":
    interruptible(main)
