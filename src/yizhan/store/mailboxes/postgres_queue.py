"""Wishes that wait for a commit, by follower: one commit of a follower is under way at a time."""

import asyncio
import time
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from yizhan.errors import StoreError
from yizhan.store.applying import Applied, Commit, Found, Loaded, Times, Wish, apply

COMPANY = 0.02  # seconds that a late wish waits to share another's commit
AGAIN = 0.2  # seconds after which failed late wishes are tried anew
MOST_LATE = 10_000
MOMENT = 2.0  # seconds: a question need not wait longer for what a lost server keeps back


class Task(NamedTuple):
    """A wish; nobody waits for a late one."""

    wish: "Wish[object]"
    late: bool = False


class Doubt(NamedTuple):
    """A commit whose answer was lost: it stands if the mailbox knows its number."""

    number: int
    wishes: "tuple[Wish[object], ...]"
    results: tuple[object, ...]


class Member:
    """One follower's tasks, on their way into a commit."""

    def __init__(self, openid: str, tasks: Sequence[Task], doubts: Sequence[Doubt] = ()) -> None:
        self.openid = openid
        self.since = time.monotonic()
        self.tasks = list(tasks)
        self.doubts = list(doubts)
        self.loaded = Loaded()
        self.found = Found({}, set())
        self.applied = Applied(None, ())
        self._number = 0

    @property
    def wishes(self) -> "tuple[Wish[object], ...]":
        """What is to be applied."""
        return tuple(task.wish for task in self.tasks)

    @property
    def commit(self) -> Commit | None:
        """What its rules have made of what was loaded."""
        return self.applied.commit

    @property
    def is_plain(self) -> bool:
        """Whether its rules need to see nothing but the mailbox."""
        return not self.doubts and not any(it.wish.keys or it.wish.guard for it in self.tasks)

    def apply(self, times: Times, owner: str, number: int) -> None:
        """Apply its rules to what is loaded, for the commit of that number."""
        self._number = number
        self.applied = apply(
            self.openid, self.loaded, self.wishes, self.found, times, f"{owner}:{number}"
        )

    def doubt(self) -> None:
        """The answer to its commit was lost."""
        self.doubts.append(Doubt(self._number, self.wishes, self.applied.results))


class Queue:
    """Keeps the order of each follower's wishes, and those who must wait for a commit apart."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[Task]] = {}
        self._busy: dict[str, list[Task]] = {}  # what came while a commit is under way
        self._stirred = asyncio.Event()
        self._timer: asyncio.TimerHandle | None = None
        self._late = 0
        self._asked = self._settled = 0
        self._progress: list[tuple[int, asyncio.Future[None]]] = []
        self.closing = False

    def put(self, openid: str, task: Task) -> None:
        """Add a wish. StoreError when too many late ones wait."""
        if self.closing:
            raise StoreError("store.closed")
        if task.late:
            if self._late >= MOST_LATE:
                raise StoreError("store.full", problem=f"{MOST_LATE} writes wait")
            self._late += 1
        self._asked += 1
        if (more := self._busy.get(openid)) is not None:
            more.append(task)
            return
        self._waiting.setdefault(openid, []).append(task)
        self._start(COMPANY if task.late else 0.0)

    def is_busy(self, openid: str) -> bool:
        """Whether a commit of this follower is under way."""
        return openid in self._busy

    async def ready(self) -> bool:
        """Wait until it is time for a commit; False once all is done and nothing more comes."""
        await self._stirred.wait()
        self._stirred.clear()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        return not self.closing or bool(self._waiting or self._busy)

    def take(self, most: int) -> list[tuple[str, list[Task]]]:
        """The tasks of as many followers as that, who are busy from now on."""
        taken = []
        for openid in list(islice(self._waiting, most)):
            tasks, rest = _first(self._waiting.pop(openid))
            self._busy[openid] = rest
            taken.append((openid, tasks))
        if self._waiting:
            self._stirred.set()
        return taken

    def settled(self, tasks: Iterable[Task]) -> None:
        """These are done with."""
        for task in tasks:
            self._settled += 1
            self._late -= task.late
        while self._progress and self._progress[0][0] <= self._settled:
            _, future = self._progress.pop(0)
            if not future.done():
                future.set_result(None)

    def release(self, openid: str, again: Sequence[Task] = ()) -> None:
        """No commit of this follower is under way any more; `again` go before what came since."""
        tasks = [*again, *self._busy.pop(openid)]
        if tasks:
            self._waiting[openid] = tasks
        if self.closing or any(not task.late for task in tasks):
            self._start(0.0)
        elif tasks:
            self._start(AGAIN if again else COMPANY)

    async def drained(self) -> None:
        """Wait until as much has been settled as was asked for before, or a moment."""
        if self._settled < self._asked:
            future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._progress.append((self._asked, future))
            self._stirred.set()
            await asyncio.wait([future], timeout=MOMENT)

    def close(self) -> None:
        """Nothing more comes."""
        self.closing = True
        self._stirred.set()

    def _start(self, seconds: float) -> None:
        if seconds == 0.0:
            self._stirred.set()
        elif self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(seconds, self._stirred.set)


def _first(tasks: list[Task]) -> tuple[list[Task], list[Task]]:
    """What goes into one commit, and the rest: a rule with a guard goes alone.

    Such a commit holds another owner's lease, for which that owner may wait with bindings
    in hand; so this one must not wait for bindings.
    """
    for place, task in enumerate(tasks):
        if task.wish.guard is not None:
            cut = max(1, place)
            return tasks[:cut], tasks[cut:]
    return tasks, []
