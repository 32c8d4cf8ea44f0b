"""How rules become commits in a store on a server: one commit of a follower is under way at a time.

Rules that come meanwhile wait, are applied to what that commit returns, and go together next.
Followers that wait share a commit, each of which stands for itself. There are two ways. On the
first, rules are applied to what the cache holds. Whoever is refused there, or needs to see more,
goes on in the second, which keeps nobody of the first waiting.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from itertools import count, islice
from random import random
from typing import Literal, TypeVar, cast

from msgspec.structs import replace

from yizhan.errors import StoreError
from yizhan.metrics import series
from yizhan.metrics.meter import Meter
from yizhan.store.applying import Commit, Found, Lease, Loaded, Times, Wish, apply
from yizhan.store.mailbox import EMPTY, Message, dump
from yizhan.store.mailboxes.attempts import Attempt, Known, Task, Tried
from yizhan.store.mailboxes.cache import Cache
from yizhan.store.parking import moved, near

log = logging.getLogger("yizhan")

T = TypeVar("T")

MOST = 256  # followers in one commit on the first way
SURE = 64  # on the second
TRIES = 8  # against changes of others
PATIENCE = 2.0  # seconds for all tries
SHORTEST_REST = 0.01  # seconds between two of them at the most, first
LONGEST_REST = 0.3  # and then
PAUSE = 0.05  # seconds until a lost server is tried again
COMPANY = 0.02  # seconds that a late wish waits to share another's commit
AGAIN = 0.2  # seconds after which failed late wishes are tried anew
MOST_LATE = 10_000
MOMENT = 2.0  # seconds: a question need not wait longer for what a lost server keeps back


class Failed(Exception):
    """Why nothing came of a commit, and what that means.

    "lost": it is not known what came of it, and it is tried again; "silent": the same, after
    as long as anybody waits; "alone": each of a group is tried by itself; "own": what was to
    be written is at fault, and will never pass; "refused": the server does not take it now.
    """

    def __init__(
        self, error: Exception, kind: Literal["lost", "silent", "alone", "own", "refused"]
    ) -> None:
        super().__init__(str(error))
        self.error = error
        self.kind = kind


Settled = Iterable[tuple[Task, object]]


class Member:
    """One follower's tasks, on their way into a commit.

    What became of them is said by `is_done`, or `error`, or neither: then something stood
    against them, which was shown, and they are tried again.
    """

    def __init__(self, commits: "Commits", openid: str, tasks: list[Task]) -> None:
        self.openid = openid
        self.tasks = tasks
        self.loaded: Loaded | None = None
        self.found = Found({}, set())
        self.commit: Commit | None = None
        self.document = b""  # that is to be written
        self.results: tuple[object, ...] = ()
        self.tried: Tried = {}
        self.tries = 0
        self.began = commits.now
        self.is_done = False
        self.error: Exception | None = None
        self.must_look = False
        self.guards: list[Lease] = []  # leases that must not have been renewed
        for task in tasks:
            if task.wish.keys:
                self.must_look = True
            if task.wish.guard is not None:
                self.guards.append(task.wish.guard)
        self._commits = commits

    @property
    def keys(self) -> set[str]:
        """Messages whose rows the rules want to see, or stood against the last try."""
        keys = {key for task in self.tasks for key in task.wish.keys}
        keys.update(self.found.messages)
        if self.commit is not None:
            keys.update(message.key for message in self.commit.inserts)
        return keys

    @property
    def is_outrun(self) -> bool:
        """Whether another process has changed the mailbox since it was last seen here."""
        if self.commit is None or self.loaded is None or not self.commit.expect:
            return False
        return self.loaded.version != self.commit.expect

    def apply(self, times: Times) -> Commit | None:
        """Apply the rules to what is known of the mailbox: what is to be written."""
        number = next(self._commits.numbers)
        stamp = f"{self._commits.owner}:{number}"
        wishes = [task.wish for task in self.tasks]
        applied = apply(self.openid, self.loaded or Loaded(), wishes, self.found, times, stamp)
        self.commit, self.results = applied.commit, applied.results
        if (commit := self.commit) is not None:
            self.tried[number] = Attempt(commit.expect, self.tasks, self.results)
            before = EMPTY if self.loaded is None else self.loaded.box
            if rows := moved(before, commit.after.box):
                self.commit = replace(commit, rows={**commit.rows, **rows})
            self.document = dump(near(commit.after.box))
        return self.commit

    def show(self, loaded: Loaded, messages: dict[str, Message]) -> None:
        """What is there. What an earlier try has committed, unanswered, is settled."""
        self.loaded, self.must_look = loaded, False
        self.found = Found(messages, self.found.bound)
        self._settle(self._commits.known.find(self.tried, loaded, self.tasks))

    def renewed(self, owner: str) -> None:
        """That owner lives: who wanted to take its work over gets an error, the others go on."""
        error = StoreError("store.renewed", owner=owner)
        guarded = [it for it in self.tasks if it.wish.guard and it.wish.guard.owner == owner]
        self.guards = [it for it in self.guards if it.owner != owner]
        self._settle([(task, error) for task in guarded])

    def _settle(self, settled: Sequence[tuple[Task, object]]) -> None:
        gone = {id(task) for task, _ in settled}
        self.tasks = [task for task in self.tasks if id(task) not in gone]
        self._commits.report(settled)
        if not self.tasks:
            self.is_done, self.commit, self.results = True, None, ()


class Commits:
    """Owns the cache of mailboxes; nothing else commits in this process.

    `commit` tries to commit members, on the second way or the first; `ways` is how many groups
    are under way at once on the first. `seen` gets each mailbox as it is.
    """

    def __init__(
        self,
        owner: str,
        commit: Callable[[Sequence[Member], bool], Awaitable[None]],
        seen: Callable[[str, Loaded], None],
        ways: int = 1,
        meter: Meter | None = None,
    ) -> None:
        self.owner = owner
        self.loop = asyncio.get_running_loop()
        self.numbers = count(1)
        self.known = Known(owner)
        self.now = self.loop.time()  # when the last group began
        self._commit = commit
        self._seen = seen
        self._ways = ways
        self._meter = meter or Meter()
        self._waiting: dict[str, list[Task]] = {}
        self._busy: dict[str, list[Task]] = {}  # what came while a commit is under way
        self._again: list[Member] = []
        self._doubts: dict[str, Tried] = {}
        self._cache = Cache()
        self._tasks: set[asyncio.Task[object]] = set()
        self._retrying: asyncio.Task[object] | None = None
        self._is_called = self._is_due = self._is_closing = False
        self._timer: asyncio.TimerHandle | None = None
        self._late = self._asked = self._settled = self._unsettled = 0
        self._progress: list[tuple[int, asyncio.Future[None]]] = []

    def change(self, openid: str, wish: "Wish[T]", *, late: bool = False) -> None:
        """Apply the rule with what else comes now; a late one within moments."""
        if self._is_closing:
            if late:
                raise StoreError("store.closed")
            wish.then(StoreError("store.closed"))
            return
        if late:
            if self._late >= MOST_LATE:
                raise StoreError("store.full", problem=f"{MOST_LATE} writes wait")
            self._late += 1
        self._asked += 1
        task = Task(cast("Wish[object]", wish), late)
        # Rules of one follower are applied in order, so one commit of theirs is under way at once.
        if (more := self._busy.get(openid)) is not None:
            more.append(task)
            return
        self._waiting.setdefault(openid, []).append(task)
        self._start(COMPANY if late else 0.0)

    def is_busy(self, openid: str) -> bool:
        """Whether a commit of this follower is under way."""
        return openid in self._busy

    async def drained(self) -> None:
        """Wait until as much has been settled as was asked for before, or a moment."""
        if self._settled < self._asked:
            future: asyncio.Future[None] = self.loop.create_future()
            self._progress.append((self._asked, future))
            self._start(0.0)
            await asyncio.wait([future], timeout=MOMENT)

    async def close(self) -> None:
        """Commit what waits; then take nothing more."""
        self._is_closing = True
        while self._waiting or self._busy:
            self._begin()
            if self._tasks:
                await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
            else:  # one waits before it is tried again
                await asyncio.sleep(PAUSE)
        if self._timer is not None:
            self._timer.cancel()
        if self._unsettled:
            log.error("%s", StoreError("store.unsettled", count=self._unsettled))
            self._unsettled = 0

    def _start(self, after: float) -> None:
        if self._is_called:
            return
        if after and not self._is_closing:
            if self._timer is None:
                self._timer = self.loop.call_later(after, self._start, 0.0)
            return
        self._is_due = True
        if len(self._tasks) < self._ways + bool(self._retrying):
            self._is_called = True
            # `call_soon` and not at once: all that comes in this turn of the loop shares a commit.
            self.loop.call_soon(self._begin)

    def _begin(self) -> None:
        self._is_called = False
        while self._waiting and len(self._tasks) < self._ways + bool(self._retrying):
            openids = list(islice(self._waiting, MOST))
            self.now = self.loop.time()
            self._spawn(self._attempt([self._member(it) for it in openids], False))
        if not self._waiting:
            self._is_due = False
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None

    def _member(self, openid: str) -> Member:
        tasks, self._busy[openid] = _first(self._waiting.pop(openid))
        member = Member(self, openid, tasks)
        member.loaded = self._cache.get(openid)
        if self._doubts and (tried := self._doubts.pop(openid, None)):
            member.tried, member.must_look = tried, True
        member.must_look = member.must_look or self.known.has(tasks)
        return member

    def _spawn(self, work: Coroutine[object, object, object]) -> "asyncio.Task[object]":
        task = self.loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: "asyncio.Task[object]") -> None:
        self._tasks.discard(task)
        if task is self._retrying:
            self._retrying = None
        self._try_again()
        if self._is_due:
            self._start(0.0)

    def _try_again(self, *members: Member) -> None:
        self._again += members
        if self._again and self._retrying is None:
            self._retrying = self._spawn(self._retry())

    async def _retry(self) -> None:
        while self._again:
            members, self._again = self._again[:SURE], self._again[SURE:]
            error = await self._attempt(members, True)
            if error is not None:  # the server is lost: those who queue have waited as well
                for it in [it for it in self._again if self._is_over(it)]:
                    self._again.remove(it)
                    self._refuse(it, error)
                await asyncio.sleep(PAUSE)

    async def _attempt(self, members: Sequence[Member], again: bool) -> Exception | None:
        """Once; the error if the server was lost."""
        problem: Exception | None = None
        begun = self.loop.time()
        try:
            await self._commit(members, again)
            self._meter.committed(self.loop.time() - begun)
        except Exception as error:
            problem = error
        lost, alone = None, []
        for it in members:
            error_, it.error = it.error or problem, None
            if it.is_done:
                self._finish(it)
            elif error_ is None:
                self._stood_against(it, again)
            else:
                failed, it.must_look = _failed(error_), True
                if failed.kind == "lost" and not self._is_over(it):
                    lost = failed.error
                    self._again.append(it)
                elif not again and failed.kind not in ("lost", "silent"):
                    self._again.append(it)  # the second way finds out what it means
                elif failed.kind in ("alone", "own") and len(members) > 1:
                    alone.append(it)
                else:
                    self._refuse(it, failed.error, keeps=failed.kind != "own")
        for it in alone:
            lost = await self._attempt([it], True) or lost
        return lost

    def _is_over(self, it: Member) -> bool:
        return self.loop.time() - it.began >= (0.0 if self._is_closing else PATIENCE)

    def _stood_against(self, it: Member, again: bool) -> None:
        """Others came first: they have time to go on, and another order next time."""
        # A try on the first way is not counted: who meets others there goes on by the second.
        it.tries += again
        if it.is_outrun:
            self._meter.count(series.CONFLICTS)
        spent = self.loop.time() - it.began
        if it.tries > TRIES or (again and spent >= PATIENCE):
            self._refuse(it, StoreError("store.busy", tries=it.tries, openid=it.openid))
        elif it.tries:
            usual = max(SHORTEST_REST, spent / (it.tries + 1))  # the longer a try takes
            rest = min(LONGEST_REST, usual * 2 ** (it.tries - 1))
            # At random, or processes that met once would meet again at the same moment.
            self.loop.call_later(rest * random(), self._try_again, it)  # noqa: S311  # no secret
        else:
            self._again.append(it)

    def _finish(self, it: Member) -> None:
        loaded = it.commit.after if it.commit else it.loaded or Loaded()
        self._cache.keep(it.openid, loaded, len(it.document))
        if it.commit is None:  # else nothing that was tried before can still come
            self._doubt(it)
        self._seen(it.openid, loaded)
        self.report(zip(it.tasks, it.results, strict=True))
        self._release(it.openid)

    def _refuse(self, it: Member, error: Exception, *, keeps: bool = True) -> None:
        """The store cannot write: say so to all who wait, keep what nobody waits for."""
        if not isinstance(error, StoreError):  # a fault of ours, or of the caller's
            log.error("%s", error, exc_info=error)
        late = [task for task in it.tasks if task.late and keeps]
        # What is there is not known any more: the next commit has to look.
        self._cache.drop(it.openid)
        self._doubt(it)
        if late:
            log.warning("%s", error)
        if self._is_closing:
            self._unsettled += len(late)
            self._count(len(late), len(late))
            late = []
        self.report([(task, error) for task in it.tasks if not (task.late and keeps)])
        self._release(it.openid, late)

    def _doubt(self, it: Member) -> None:
        """What was tried without an answer may yet be found to stand."""
        if it.tried:
            self._doubts[it.openid] = it.tried
            # Bounded, since a server that is away for long leaves one for each follower.
            if len(self._doubts) > MOST_LATE:
                self._doubts.pop(next(iter(self._doubts)))

    def _release(self, openid: str, again: Sequence[Task] = ()) -> None:
        """No commit of this follower is under way; `again` goes before what came meanwhile."""
        tasks = self._busy.pop(openid)
        if not tasks and not again:
            return
        self._waiting[openid] = [*again, *tasks]
        if all(task.late for task in self._waiting[openid]):
            self._start(AGAIN if again else COMPANY)
        else:
            self._start(0.0)

    def report(self, settled: Settled) -> None:
        """Tell each what came of it; these are done with."""
        count = late = 0
        for task, result in settled:
            count += 1
            late += task.late
            try:
                task.wish.then(result)
            except Exception as error:  # a fault of the caller, which the others must not pay for
                log.critical("%s", error, exc_info=error)
        self._count(count, late)

    def _count(self, settled: int, late: int) -> None:
        self._settled += settled
        self._late -= late
        while self._progress and self._progress[0][0] <= self._settled:
            _, future = self._progress.pop(0)
            if not future.done():
                future.set_result(None)


def _failed(error: Exception) -> Failed:
    if isinstance(error, Failed):
        return error
    return Failed(error, "refused" if isinstance(error, StoreError) else "own")


def _first(tasks: list[Task]) -> tuple[list[Task], list[Task]]:
    """What goes into one commit, and the rest: a rule with a guard goes alone.

    Such a commit may hold another owner's lease, for which that owner may wait with bindings
    in hand; so this one must not wait for bindings.
    """
    for place, task in enumerate(tasks):
        if task.wish.guard is not None:
            cut = max(1, place)
            return tasks[:cut], tasks[cut:]
    return tasks, []
