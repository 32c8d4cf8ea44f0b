"""How rules become commits, whatever the server: its part is played by a dictionary."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from functools import partial

import pytest

from yizhan.errors import StoreError
from yizhan.store.applying import Found, Lease, Loaded, Times, Wish, apply
from yizhan.store.mailbox import Change, View
from yizhan.store.mailboxes import commits
from yizhan.store.mailboxes.commits import Commits, Failed, Member

TIMES = Times(1.0, 1.0, "")
FAN = "oFan"


class Server:
    """Commits as a store does. `before` may raise instead, or wait; `after` has committed."""

    def __init__(self) -> None:
        self.boxes: dict[str, Loaded] = {}
        self.groups: list[tuple[list[str], bool]] = []
        self.errors: list[Exception] = []
        self.lost: list[Exception] = []
        self.bad: set[str] = set()
        self.gates: dict[bool, asyncio.Event] = {}
        self.moves = False  # another process always comes first

    async def commit(self, members: Sequence[Member], again: bool) -> None:
        self.groups.append(([it.openid for it in members], again))
        if again in self.gates:
            await self.gates[again].wait()
        if self.errors:
            raise self.errors.pop(0)
        if self.bad & {it.openid for it in members}:
            raise ValueError("cannot be written")
        for it in members:
            there = self.boxes.get(it.openid, Loaded())
            if it.must_look or it.loaded is None or it.loaded.version != there.version:
                it.show(there, {})
            if not it.is_done and not self.moves:
                commit = it.apply(TIMES)
                if commit is not None:
                    self.boxes[it.openid] = commit.after
                it.is_done = True
        if self.lost:
            for it in members:
                it.is_done = False
            raise self.lost.pop(0)

    def count(self, openid: str = FAN) -> int:
        return int(self.boxes[openid].rows["count"])


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
async def store(server: Server) -> AsyncIterator[Commits]:
    made = Commits("A", server.commit, lambda openid, loaded: None)
    yield made
    await made.close()


def counted(view: View) -> Change[int]:
    number = int(view.rows.get("count", b"0")) + 1
    return Change(number, view.box, {"count": str(number).encode()})


def asked(
    store: Commits,
    openid: str = FAN,
    *,
    rule: Callable[[View], Change[int]] | None = None,
    guard: Lease | None = None,
) -> "asyncio.Future[int]":
    done: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def then(result: int | Exception) -> None:
        if isinstance(result, Exception):
            done.set_exception(result)
        else:
            done.set_result(result)

    store.change(openid, Wish(rule or partial(counted), then, guard=guard))
    return done


def late(store: Commits, openid: str = FAN) -> None:
    store.change(openid, Wish(partial(counted), lambda result: None), late=True)


LOST = Failed(StoreError("store.pg_slow", problem="lost"), "lost")


async def test_what_comes_while_a_commit_is_under_way_goes_together_next(
    server: Server, store: Commits
) -> None:
    server.gates[False] = asyncio.Event()
    one = asked(store)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    more = [asked(store) for _ in range(3)]
    assert len(server.groups) == 1
    server.gates[False].set()
    assert await asyncio.gather(one, *more) == [1, 2, 3, 4]
    assert len(server.groups) == 2


async def test_followers_that_wait_share_a_commit(server: Server, store: Commits) -> None:
    assert await asyncio.gather(*(asked(store, f"o{it}") for it in range(5))) == [1] * 5
    assert server.groups == [([f"o{it}" for it in range(5)], False)]


async def test_who_goes_the_second_way_keeps_nobody_of_the_first(
    server: Server, store: Commits
) -> None:
    server.errors = [StoreError("store.pg_locked")]
    server.gates[True] = asyncio.Event()
    held = asked(store)
    while len(server.groups) < 2:  # noqa: ASYNC110  # nobody tells
        await asyncio.sleep(0)
    assert await asked(store, "oOther") == 1
    assert not held.done()
    server.gates[True].set()
    assert await held == 1


async def test_a_member_at_fault_fails_alone(server: Server, store: Commits) -> None:
    server.bad = {"oBad"}
    both = [asked(store, "oBad"), asked(store, "oGood")]
    results = await asyncio.gather(*both, return_exceptions=True)
    assert isinstance(results[0], ValueError)
    assert results[1] == 1


async def test_a_commit_whose_answer_is_lost_is_known_by_its_number(
    server: Server, store: Commits
) -> None:
    server.lost = [LOST, LOST]
    assert await asked(store) == 1
    assert server.count() == 1


class Again:
    """Asks for the same until no error is told."""

    def __init__(self, store: Commits) -> None:
        self.store = store
        self.rule = partial(counted)
        self.errors: list[Exception] = []
        self.results: list[int] = []

    def ask(self) -> None:
        self.store.change(FAN, Wish(self.rule, self))

    def __call__(self, result: int | Exception) -> None:
        if isinstance(result, Exception):
            self.errors.append(result)
        else:
            self.results.append(result)


SILENT = Failed(StoreError("store.pg_slow", problem="late"), "silent")


def by_another(server: Server, names: Sequence[str] = ("B",)) -> None:
    """Other processes commit something."""
    for name in names:
        wish = Wish(counted, lambda result: None)
        there = server.boxes[FAN]
        commit = apply(FAN, there, [wish], Found(), TIMES, f"{name}:1").commit
        assert commit is not None
        server.boxes[FAN] = commit.after


async def nothing(server: Server, store: Commits) -> None:
    """Nothing happens meanwhile."""


async def another_rule(server: Server, store: Commits) -> None:
    assert await asked(store) == 2


async def one_that_changes_nothing(server: Server, store: Commits) -> None:
    assert await asked(store, rule=lambda view: Change(0)) == 0


async def another_process(server: Server, store: Commits) -> None:
    by_another(server)


async def several_and_another_rule(server: Server, store: Commits) -> None:
    by_another(server, "BCD")
    assert await asked(store) == 5


@pytest.mark.parametrize(
    "meanwhile",
    [
        nothing,
        another_rule,
        one_that_changes_nothing,
        another_process,
        several_and_another_rule,
    ],
)
async def test_one_of_which_an_error_was_told_is_known_when_it_is_asked_for_again(
    server: Server, store: Commits, meanwhile: Callable[[Server, Commits], Awaitable[None]]
) -> None:
    again = Again(store)
    server.lost = [SILENT]
    again.ask()
    await store.drained()
    assert again.errors == [SILENT.error]
    await meanwhile(server, store)
    count = server.count()
    again.ask()
    await store.drained()
    assert again.results == [1]
    assert server.count() == count


async def test_one_that_was_not_committed_is_made_when_it_is_asked_for_again(
    server: Server, store: Commits
) -> None:
    again = Again(store)
    server.errors = [SILENT]
    again.ask()
    await store.drained()
    assert again.errors == [SILENT.error]
    assert await asked(store) == 1
    again.ask()
    await store.drained()
    assert again.results == [2]
    assert server.count() == 2


async def test_all_of_a_lost_commit_are_told_their_own(server: Server, store: Commits) -> None:
    server.lost = [LOST]
    assert await asyncio.gather(*(asked(store, rule=counted) for _ in range(3))) == [1, 2, 3]
    assert server.count() == 3


async def test_another_change_of_the_same_kind_is_another(server: Server, store: Commits) -> None:
    server.lost = [SILENT]
    Again(store).ask()
    await store.drained()
    assert await asked(store) == 2


async def test_others_have_time_to_go_on_before_it_tries_again(
    server: Server, store: Commits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commits, "random", lambda: 1.0)
    server.moves = True
    one = asked(store)
    store.loop.call_later(0.1, setattr, server, "moves", False)
    assert await one == 1


async def test_it_is_busy_when_others_always_come_first(server: Server, store: Commits) -> None:
    server.moves = True
    with pytest.raises(StoreError) as told:
        await asked(store)
    assert told.value.phrase == "store.busy"
    assert len(server.groups) == commits.TRIES + 2  # one on the first way, and one too many


async def test_a_lost_server_is_waited_for_no_longer_than_anybody_waits(
    server: Server, store: Commits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commits, "PATIENCE", 0.0)
    server.errors = [LOST]
    with pytest.raises(StoreError) as told:
        await asked(store)
    assert told.value is LOST.error


async def test_a_late_change_is_repeated_before_anything_later(
    server: Server, store: Commits
) -> None:
    def doubled(view: View) -> Change[int]:
        number = int(view.rows["count"]) * 2
        return Change(number, view.box, {"count": str(number).encode()})

    server.errors = [StoreError("store.pg_read_only") for _ in range(2)]
    server.gates[False] = asyncio.Event()
    late(store)
    while not server.groups:  # noqa: ASYNC110  # nobody tells
        await asyncio.sleep(0.001)
    more = asked(store, rule=doubled)
    server.gates[False].set()
    assert await more == 2


async def test_a_rule_with_a_guard_goes_alone(server: Server, store: Commits) -> None:
    guard = Lease("B", 1)
    results = [asked(store), asked(store, guard=guard), asked(store)]
    assert await asyncio.gather(*results) == [1, 2, 3]
    assert len(server.groups) == 3


async def test_too_many_late_changes_are_refused(
    store: Commits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commits, "MOST_LATE", 2)
    late(store)
    late(store, "oOther")
    with pytest.raises(StoreError):
        late(store)


async def test_what_was_asked_is_settled_when_it_is_drained(server: Server, store: Commits) -> None:
    late(store)
    await store.drained()
    assert server.count() == 1


async def test_the_close_says_what_it_could_not_write(
    server: Server, store: Commits, caplog: pytest.LogCaptureFixture
) -> None:
    server.errors = [StoreError("store.pg_read_only") for _ in range(2)]
    late(store)
    await store.close()
    assert caplog.records[-1].levelno == logging.ERROR
    with pytest.raises(StoreError):
        late(store)


async def test_a_caller_s_fault_is_not_the_others(store: Commits) -> None:
    def raises(result: object) -> None:
        raise RuntimeError("a fault")

    store.change(FAN, Wish(counted, raises))
    assert await asked(store) == 2
