"""Whatever is asked in whatever order, SQLite and Redis answer as memory does."""

import asyncio
import os
import tempfile
from collections.abc import Awaitable, Callable
from typing import Literal, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from msgspec import UNSET
from msgspec.structs import replace
from redis import Redis

from fake_clock import FakeClock
from redis_server import RedisServer
from yizhan.store import (
    FINAL,
    LISTED,
    RESERVE,
    Arrival,
    Binding,
    Claimed,
    Outcome,
    Part,
    Route,
    Shown,
    State,
    Store,
    connect,
)

T = TypeVar("T")

EXAMPLES = int(os.environ.get("YIZHAN_TEST_EXAMPLES", "20"))
FOLLOWERS = {"k0": "f0", "k1": "f0", "k2": "f0", "k3": "f1", "k4": "f1"}
QUOTA = {"message": (100.0, 2), "menu": (60.0, 1)}

keys = st.sampled_from(list(FOLLOWERS))
owners = st.sampled_from(["A", "B"])
openids = st.sampled_from(["f0", "f1"])
kept = st.sampled_from([UNSET, None, b"", b"one", b"two"])
bindings = st.sampled_from(
    [None, *(Binding(name, digest, 1000) for name in "st" for digest in "de")]
)
outcomes = st.builds(
    Outcome,
    parts=st.lists(st.sampled_from([b"x", b"\0y"]), max_size=2).map(tuple),
    state=st.sampled_from(["running", "ready", "ready", "dead"]),
    route=st.sampled_from(["push", "push", "custom"]),
    session=kept,
    dialog=kept,
    note=st.sampled_from(["", "note"]),
    reserve=st.booleans(),
    forget=st.sampled_from([False, False, False, True]),
)
carried = st.lists(
    st.builds(Part, key=keys, index=st.integers(0, 2), body=st.just(b"x")), max_size=3
)

cuts = st.none() | st.builds(
    Part, key=keys, index=st.integers(0, 2), body=st.sampled_from([b"", b"rest"])
)


class Twins(RuleBasedStateMachine):
    """The model and the subject, asked the same."""

    exact = True

    def __init__(self) -> None:
        super().__init__()
        self.clock = FakeClock()
        self.runner = asyncio.Runner()
        self.model: Store = connect("memory://", account="m", clock=self.clock)
        self.subject = self.make()
        self.runner.run(self.subject.open())

    def make(self) -> Store:
        raise NotImplementedError

    def teardown(self) -> None:
        self.runner.run(self.subject.close())
        self.runner.close()

    def same(self, ask: Callable[[Store], Awaitable[T]]) -> T:
        async def both() -> tuple[T, T]:
            return await ask(self.model), await ask(self.subject)

        expected, answer = self.runner.run(both())
        assert self.comparable(answer) == self.comparable(expected)
        return answer

    def comparable(self, answer: object) -> object:
        """Redis's own clock goes on."""
        if self.exact or not isinstance(answer, Claimed):
            return answer
        return replace(answer, elapsed=0.0)

    def having(self, *states: State) -> list[str]:
        """The keys of jobs in these states."""
        records = self.runner.run(self.model.look(FOLLOWERS))
        return [job.key for job in records if job.state in states]

    def some(self, data: st.DataObject, *states: State) -> tuple[str, str]:
        """A job in one of these states, and its owner or, now and then, another."""
        key = data.draw(st.sampled_from(self.having(*states)), "key")
        [job] = self.runner.run(self.model.look([key]))
        stranger = data.draw(st.integers(0, 9), "stranger") == 9
        return key, "C" if stranger else job.owner or "A"

    @rule(
        key=keys,
        owner=owners,
        ordered=st.booleans(),
        binding=bindings,
        window=st.sampled_from(["", "message", "menu"]),
        pickup=st.booleans(),
    )
    def claim(
        self,
        key: str,
        owner: str,
        ordered: bool,
        binding: Binding | None,
        window: str,
        pickup: bool,
    ) -> None:
        known = (key, FOLLOWERS[key], b"<m>", self.clock.wall(), owner, ordered)
        arrival = Arrival(*known, binding, window, pickup)
        self.same(lambda store: store.claim(arrival))

    @precondition(lambda self: self.having("waiting", "running"))
    @rule(data=st.data())
    def turn(self, data: st.DataObject) -> None:
        key, owner = self.some(data, "waiting", "running")
        self.same(lambda store: store.turn(key, owner))

    @precondition(lambda self: self.having("waiting", "running", "sending", "unknown"))
    @rule(data=st.data(), outcome=outcomes)
    def finish(self, data: st.DataObject, outcome: Outcome) -> None:
        key, owner = self.some(data, "waiting", "running", "sending", "unknown")
        self.same(lambda store: store.finish(key, owner, outcome))

    @precondition(lambda self: self.having("running", "ready"))
    @rule(
        key=keys,
        owner=owners,
        otherwise=st.sampled_from([None, b"", b"wait"]),
        shown=st.sampled_from(["", "working"]),
        overtake=st.booleans(),
    )
    def take(
        self, key: str, owner: str, otherwise: bytes | None, shown: Shown, overtake: bool
    ) -> None:
        self.same(
            lambda store: store.take(
                key,
                FOLLOWERS[key],
                owner,
                otherwise=otherwise,
                shown=shown,
                overtake=overtake,
            )
        )

    @rule(key=keys, owner=owners, unsaid=st.booleans())
    def release(self, key: str, owner: str, unsaid: bool) -> None:
        self.same(lambda store: store.release(key, owner, unsaid=unsaid))

    @rule(key=keys, parts=carried, shown=st.sampled_from(["", "working", "more"]), cut=cuts)
    def settle(self, key: str, parts: list[Part], shown: Shown, cut: Part | None) -> None:
        self.same(lambda store: store.settle(key, FOLLOWERS[key], b"r", parts, shown, cut=cut))

    @precondition(lambda self: self.having("running", "ready"))
    @rule(key=keys, owner=owners, left=st.integers(0, 1))
    def answer(self, key: str, owner: str, left: int) -> None:
        """Take and settle, as a push does."""
        parts = self.same(lambda store: store.take(key, FOLLOWERS[key], owner)).parts
        parts = parts[: len(parts) - left]
        self.same(lambda store: store.settle(key, FOLLOWERS[key], b"all", parts, ""))

    @precondition(lambda self: self.having("running", "ready"))
    @rule(data=st.data())
    def reroute(self, data: st.DataObject) -> None:
        key, owner = self.some(data, "running", "ready")
        self.same(lambda store: store.reroute(key, owner))

    @precondition(lambda self: self.having("running", "ready"))
    @rule(data=st.data(), count=st.integers(1, 2))
    def send(self, data: st.DataObject, count: int) -> None:
        key, owner = self.some(data, "running", "ready")
        self.same(lambda store: store.send(key, owner, count, QUOTA, self.clock.wall()))

    @precondition(lambda self: self.having("running", "ready"))
    @rule(data=st.data(), count=st.integers(1, 2))
    def reroute_and_send(self, data: st.DataObject, count: int) -> None:
        key, owner = self.some(data, "running", "ready")
        self.same(lambda store: store.reroute(key, owner))
        self.same(lambda store: store.send(key, owner, count, QUOTA, self.clock.wall()))

    @precondition(lambda self: self.having("sending"))
    @rule(data=st.data(), count=st.integers(0, 2), cut=cuts, shown=st.sampled_from(["", "more"]))
    def sent(self, data: st.DataObject, count: int, cut: Part | None, shown: Shown) -> None:
        key, owner = self.some(data, "sending")
        self.same(lambda store: store.sent(key, owner, count, cut=cut, shown=shown))

    @precondition(lambda self: self.having("sending", "ready"))
    @rule(
        data=st.data(),
        state=st.sampled_from(["ready", "unknown"]),
        route=st.sampled_from(["push", "custom"]),
    )
    def unsent(self, data: st.DataObject, state: Literal["ready", "unknown"], route: Route) -> None:
        key, owner = self.some(data, "sending", "ready")
        self.same(lambda store: store.unsent(key, owner, state, route, "unsent"))

    @precondition(lambda self: self.having("waiting", "running", "sending"))
    @rule(owner=owners)
    def leave(self, owner: str) -> None:
        self.same(lambda store: store.leave(owner))

    @rule(owner=owners, tries=st.integers(1, 3), limit=st.integers(1, 3))
    def recover(self, owner: str, tries: int, limit: int) -> None:
        self.same(lambda store: store.recover(owner, 1000.0, tries, limit))

    @precondition(lambda self: self.having("running"))
    @rule(data=st.data(), name=st.sampled_from(["ask", "pay"]))
    def step(self, data: st.DataObject, name: str) -> None:
        key, owner = self.some(data, "running")
        self.same(lambda store: store.step(key, owner, name, b"\0"))

    @precondition(lambda self: self.having(*LISTED))
    @rule(data=st.data())
    def retry(self, data: st.DataObject) -> None:
        key, _ = self.some(data, *LISTED)
        assert self.same(lambda store: store.retry(key))

    @precondition(lambda self: self.having("ready", *LISTED))
    @rule(key=keys)
    def drop(self, key: str) -> None:
        self.same(lambda store: store.drop(key))

    @precondition(lambda self: len(self.having(*FINAL, *LISTED)) > 2)
    @rule(openid=openids, until=st.none() | keys)
    def forget(self, openid: str, until: str | None) -> None:
        self.same(lambda store: store.forget(openid, until=until))

    @precondition(lambda self: self.having("ready", *FINAL))
    @rule(keep=st.sampled_from([10.0, 50.0]), collect=st.sampled_from([10.0, 50.0]))
    def prune(self, keep: float, collect: float) -> None:
        self.same(lambda store: store.prune(self.clock.wall(), keep, collect))

    @rule(seconds=st.sampled_from([-20.0, 5.0, 20.0, 40.0]))
    def step_the_wall_clock(self, seconds: float) -> None:
        self.clock.step(seconds)

    @invariant()
    def equal(self) -> None:
        self.same(whole)


async def whole(store: Store) -> object:
    """Everything a store tells of itself."""
    stats = await store.stats()
    return (
        [await store.jobs(state, 10, None) for state in (None, "ready", "dead")],
        [await store.follower(openid) for openid in ("f0", "f1")],
        [await store.owed(openid) for openid in ("f0", "f1")],
        await store.due(FOLLOWERS),
        [await store.renew(owner) for owner in ("A", "B", "C")],
        [await store.steps(key) for key in FOLLOWERS],
        (stats.jobs, stats.followers),
    )


class SQLiteTwins(Twins):
    def make(self) -> Store:
        self.folder = tempfile.TemporaryDirectory()
        url = f"sqlite:///{self.folder.name}/s.db?synchronous=normal"
        return connect(url, account="m", clock=self.clock)

    def teardown(self) -> None:
        super().teardown()
        self.folder.cleanup()

    @rule(seconds=st.sampled_from([0.0, RESERVE, 500.0, 1000.0]))
    def time_passes(self, seconds: float) -> None:
        self.clock.lease_time += seconds

    @rule(owner=owners, tries=st.integers(1, 3))
    def lapse(self, owner: str, tries: int) -> None:
        """Long enough for any back-off: the invariant renews before each other rule."""
        self.clock.lease_time += 1000.0
        self.same(lambda store: store.recover(owner, 250.0, tries, 3))


class RedisTwins(Twins):
    exact = False
    url = ""

    def make(self) -> Store:
        with Redis.from_url(self.url) as client:
            client.flushall()
        return connect(self.url, account="m", clock=self.clock)


def run(machine: type[Twins], examples: int) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=50,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_sqlite_is_as_memory() -> None:
    run(SQLiteTwins, EXAMPLES)


def test_redis_is_as_memory(redis_server: RedisServer) -> None:
    RedisTwins.url = redis_server.url
    run(RedisTwins, EXAMPLES)
