"""Stores at a distance: every commit takes its time, may break, and ends with its process.

Between what a rule saw and its commit, another process may commit something else: then the
rule is applied again, as a database would have it. The commit's answer may get lost: then it
is known by its number when it is asked for once more.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from random import Random
from typing import Any, TypeVar, cast

from soak.data import Data, MemoryData, SQLiteData
from soak.events import Events
from stored import Stored
from yizhan.clock import Clock
from yizhan.errors import StoreError
from yizhan.store.applying import Commit, Lease, Loaded, Wish, apply
from yizhan.store.mailbox import Rule, State
from yizhan.store.mailboxes.contract import Orphan, Promise, Stats, Store, Whole

T = TypeVar("T")
Wished = Wish[object]
Told = list[tuple[Wished, object]]
Known = tuple[Rule[object], object]

LATENCY = 0.02  # seconds that a slow request, or its answer, is on its way at the most
COMPANY = 0.02  # seconds that a late change waits to share a commit
AGAIN = 0.2  # seconds after which late changes are tried again
PATIENCE = 2.0  # seconds for which a store tries by itself, and for which a close waits
TRIES = 8  # against other processes
KNOWN = 100  # results that may still be asked for
PULSE = 0.05


class Lost(Exception):
    """The connection broke: whoever asked does not know whether it was done."""


class Way:
    """One process's way to the store: how long it takes, and whether it is open."""

    def __init__(self, loop: asyncio.AbstractEventLoop, random: Random, breaks: float) -> None:
        self.loop = loop
        self.random = random
        self.breaks = breaks
        self.dead = False
        self.cut_until = 0.0

    @property
    def cut(self) -> bool:
        return self.loop.time() < self.cut_until

    async def go(self) -> None:
        """The request's way. StoreError when it is cut, Lost when it breaks; nothing is done."""
        await self.wait()
        if self.cut:
            raise StoreError("store.broken", problem="cut")
        self._may_break()

    async def back(self) -> None:
        """The answer's way. Lost when it breaks; what was asked for has happened."""
        await self.wait()
        self._may_break()

    async def wait(self) -> None:
        """Others always have their turn meanwhile, before every commit and after it."""
        self.ensure_alive()
        await asyncio.sleep(LATENCY * self.random.random() if self.random.random() > 0.7 else 0)
        self.ensure_alive()

    def ensure_alive(self) -> None:
        """A killed process does nothing any more."""
        if self.dead:
            raise asyncio.CancelledError

    def _may_break(self) -> None:
        if self.breaks and self.random.random() < self.breaks:
            raise Lost


class Shared:
    """One store's data, and the processes that look out for changes of it."""

    def __init__(self, data: Data, loop: asyncio.AbstractEventLoop, clock: Clock) -> None:
        self.data = data
        self.loop = loop
        self.clock = clock
        self.events = Events()
        self.stores: list[DistantStore] = []
        self.mark: bytes | None = None
        self.overtaken = 0  # commits that another process had come before

    def open(self, way: Way, process: int) -> "DistantStore":
        """One more process's view."""
        return DistantStore(self, way, process)

    def all_jobs(self) -> tuple[Stored, ...]:
        """Every message as it stands."""
        return tuple(self.data.stored())

    def committed(self, before: Loaded, commit: Commit, by: "DistantStore") -> None:
        """Take down what it says, and tell who waits for it."""
        self.events.take_down(before, commit, by.owner, by.process, self.loop.time())
        for store in self.stores if commit.tells else ():
            if store is not by and store.owner in before.box.waiters:
                store.hear(commit.openid)


@dataclass
class Line:
    """What waits for one follower. `doubt` is a commit of which no answer has come.

    `known` are rules of such commits, which stand after all, and what came of them: whoever
    was told of an error may ask for the same again, even after something else.
    """

    openid: str
    wishes: list[Wished] = field(default_factory=list)
    late: list[Wished] = field(default_factory=list)
    busy: bool = False
    doubt: "Doubt | None" = None
    known: deque[Known] = field(default_factory=partial(deque, maxlen=KNOWN))


@dataclass(frozen=True)
class Doubt:
    """A commit's number, and what came of its rules if it stands."""

    number: int
    results: Sequence[Known]


class DistantStore:
    """The store as one process sees it. What is asked for happens, or fails, as on a network."""

    def __init__(self, shared: Shared, way: Way, process: int) -> None:
        self.shared = shared
        self.way = way
        self.process = process
        self.owner = f"host:{process}:0"
        self.data = shared.data.view(self.owner)
        self.context: Context = copy_context()  # the process's, once it has one
        self._numbers = count(1)
        self._lines: dict[str, Line] = {}
        self._heard: set[str] = set()
        self._listener: asyncio.Future[None] | None = None
        self._closed = False
        shared.stores.append(self)

    async def open(self) -> Promise:
        await self._ask(lambda: None)
        return Promise("model", "store.memory")

    async def close(self) -> None:
        """Commit what waits, for as long as patience lasts."""
        if self._closed:
            return
        self._closed = True
        until = self.shared.loop.time() + PATIENCE
        while self.shared.loop.time() < until:
            left = [it for it in self._lines.values() if it.wishes or it.late or it.busy]
            if not left:
                break
            for line in left:
                self._begin(line)
            await asyncio.sleep(AGAIN / 2)
        if self in self.shared.stores:
            self.shared.stores.remove(self)

    # Changes

    def change(
        self,
        openid: str,
        rule: Rule[T],
        then: Callable[[T | Exception], None],
        *,
        keys: Iterable[str] = (),
        guard: Lease | None = None,
    ) -> None:
        if self.way.dead:
            return
        if self._closed:
            then(StoreError("store.closed"))
            return
        line = self._line(openid)
        line.wishes.append(cast(Wished, Wish(rule, then, tuple(keys), guard)))
        self._begin(line)

    def change_later(self, openid: str, rule: Rule[None]) -> None:
        if self.way.dead:
            return
        if self._closed:
            raise StoreError("store.closed")
        line = self._line(openid)
        line.late.append(cast(Wished, Wish(rule, _nobody)))
        self._later(line, COMPANY)

    def _line(self, openid: str) -> Line:
        return self._lines.setdefault(openid, Line(openid))

    def _later(self, line: Line, seconds: float) -> None:
        self.shared.loop.call_later(seconds, self._begin, line, context=self.context.copy())

    def _begin(self, line: Line) -> None:
        """Commit what waits for this follower, unless that is under way."""
        if line.busy or self.way.dead or not (line.late or line.wishes):
            return
        line.busy = True
        self.shared.loop.create_task(self._serve(line), context=self.context.copy())

    async def _serve(self, line: Line) -> None:
        while line.wishes or line.late:
            late, wishes = line.late, line.wishes
            line.late, line.wishes = [], []
            try:
                told = await self._commit(line, [*late, *wishes])
            except StoreError as error:
                told = [(wish, error) for wish in wishes]
                line.late = [*late, *line.late]
            failed = bool(line.late)
            for wish, result in told:
                wish.then(result)
            if failed and not line.wishes:
                self._later(line, AGAIN)
                break
        line.busy = False

    async def _commit(self, line: Line, wishes: Sequence[Wished]) -> Told:
        """What came of them. StoreError when nobody knows, or nothing."""
        until = self.shared.loop.time() + PATIENCE
        told: Told = []
        while True:
            try:
                await self._try(line, wishes, told)
            except Lost as lost:
                impatient = self.way.random.random() < 0.5
                if impatient or self.shared.loop.time() >= until:
                    raise StoreError("store.broken", problem="lost") from lost
            else:
                return told

    async def _try(self, line: Line, wishes: Sequence[Wished], told: Told) -> None:
        """One exchange with the store; `told` has what came of it when this returns."""
        await self.way.go()
        told.clear()
        keys = {key for wish in wishes for key in wish.keys}
        found, tries = self.data.found(line.openid, keys), 0
        while True:
            loaded = self.data.load(line.openid)
            left = self._unknown(line, loaded, wishes, told)
            left = self._standing(left, told)
            number = next(self._numbers)
            stamp = f"{self.owner}:{number}"
            applied = apply(line.openid, loaded, left, found, self.data.times(), stamp)
            if applied.commit is None:
                break
            await self.way.wait()  # others may come between
            if self.data.commits(applied.commit, found, _guards(left)):
                self.shared.committed(loaded, applied.commit, self)
                break
            self.shared.overtaken += 1
            if (tries := tries + 1) > TRIES:
                raise StoreError("store.busy", tries=tries, openid=line.openid)
            told.clear()
            found.messages |= self.data.found(line.openid, keys | found.messages.keys()).messages
        results = list(zip(left, applied.results, strict=True))
        if applied.commit is not None:
            line.doubt = Doubt(number, [(wish.rule, result) for wish, result in results])
        await self.way.back()
        line.doubt = None
        told += results

    def _unknown(
        self, line: Line, loaded: Loaded, wishes: Sequence[Wished], told: Told
    ) -> list[Wished]:
        """Those that were not committed before, when the answer got lost."""
        doubt, line.doubt = line.doubt, None
        if doubt is not None and loaded.box.numbers.get(self.owner) == doubt.number:
            line.known.extend(doubt.results)
        left = []
        for wish in wishes:
            results = [result for rule, result in line.known if rule is wish.rule]
            if results:
                told.append((wish, results[0]))
            else:
                left.append(wish)
        return left

    def _standing(self, wishes: Sequence[Wished], told: Told) -> list[Wished]:
        """Those whose lease was not renewed since it was seen."""
        left = []
        for wish in wishes:
            if wish.guard is None or self.data.stands(wish.guard):
                left.append(wish)
            else:
                told.append((wish, StoreError("store.renewed", owner=wish.guard.owner)))
        return left

    # The rest

    async def pulse(self) -> frozenset[str]:
        self.way.ensure_alive()
        if not self._heard:
            self._listener = self.shared.loop.create_future()
            await self._listener
        await asyncio.sleep(PULSE * self.way.random.random())
        heard, self._heard = frozenset(self._heard), set()
        if self.way.cut:
            raise StoreError("store.broken", problem="cut")
        return heard

    def hear(self, openid: str) -> None:
        """Another process has changed a mailbox that this one waits for."""
        self._heard.add(openid)
        if self._listener is not None and not self._listener.done():
            self._listener.set_result(None)

    async def renew(self) -> frozenset[str]:
        return await self._ask(self.data.renew)

    async def leave(self) -> None:
        await self._ask(self.data.leave)

    async def orphans(self, lease: float, limit: int) -> tuple[Orphan, ...]:
        found = list(await self._ask(lambda: self.data.orphans(lease)))
        self.way.random.shuffle(found)
        return tuple(found[:limit])

    async def messages(self, keys: Iterable[str]) -> tuple[Whole, ...]:
        return await self._ask_whole(lambda: self.data.reader.messages(keys))

    async def jobs(
        self, state: State | None, limit: int, before: float | None
    ) -> tuple[Whole, ...]:
        return await self._ask_whole(lambda: self.data.reader.jobs(state, limit, before))

    async def keys_of(self, openid: str) -> tuple[str, ...]:
        return await self._ask_whole(lambda: self.data.reader.keys_of(openid))

    async def prune(self, at: float, keep: float, idle: float, limit: int) -> int:
        return await self._ask_whole(lambda: self.data.reader.prune(at, keep, idle, limit))

    async def discard(self, openid: str) -> None:
        await self._ask_whole(lambda: self.data.reader.discard(openid))

    async def uncollected(self, before: float, limit: int) -> tuple[str, ...]:
        return await self._ask_whole(lambda: self.data.reader.uncollected(before, limit))

    async def stats(self) -> Stats:
        return await self._ask_whole(lambda: self.data.reader.stats())

    async def mark(self) -> bytes | None:
        return await self._ask(lambda: self.shared.mark)

    async def change_mark(self, expected: bytes | None, mark: bytes) -> bool:
        def change() -> bool:
            if self.shared.mark != expected:
                return False
            self.shared.mark = mark
            return True

        return await self._ask(change)

    async def addressed(self) -> dict[str, int]:
        return {}

    async def _ask(self, operation: Callable[[], T]) -> T:
        """Anything but a change: StoreError when the way is cut, or the answer gets lost."""
        try:
            await self.way.go()
            result = operation()
            await self.way.back()
        except Lost as lost:
            raise StoreError("store.broken", problem="lost") from lost
        return result

    async def _ask_whole(self, operation: Callable[[], Awaitable[T]]) -> T:
        try:
            await self.way.go()
            result = await operation()
            await self.way.back()
        except Lost as lost:
            raise StoreError("store.broken", problem="lost") from lost
        return result


def _guards(wishes: Sequence[Wished]) -> list[Lease]:
    return [wish.guard for wish in wishes if wish.guard is not None]


def _nobody(result: object) -> None:
    """Nobody waits for a late change."""


def in_memory(loop: asyncio.AbstractEventLoop, clock: Clock) -> Shared:
    """In memory, and not lost with any process."""
    return Shared(MemoryData(clock), loop, clock)


def in_file(loop: asyncio.AbstractEventLoop, clock: Clock, path: str) -> Shared:
    """In a file, through one connection for each process."""
    return Shared(SQLiteData(path, clock), loop, clock)


OPENED: dict[str, DistantStore] = {}  # stores for processes about to start, by address


def opened(url: str, **others: Any) -> Store:
    """The store that was made for the process with that address."""
    return OPENED.pop(url)
