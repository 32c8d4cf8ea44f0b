"""One process's way to the mailboxes that all share: slow, cut, dead, or as good as none."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from yizhan.clock import Clock
from yizhan.errors import StoreError
from yizhan.store.applying import Lease
from yizhan.store.mailbox import Rule
from yizhan.store.mailboxes.memory import MemoryStore, Shared

T = TypeVar("T")

AGAIN = 0.2  # seconds after which a late change that failed is tried again
Told = Callable[[Any], None]


def name_of(rule: Callable[..., object]) -> str:
    """What a rule is called, whatever is bound to it already."""
    while isinstance(rule, partial):
        rule = rule.func
    return rule.__name__


@dataclass
class Asked:
    """A change on its way: `commit` makes it and hands on the result, `then` is told.

    Nobody is told of a late one.
    """

    name: str
    commit: Callable[[Told], None]
    then: Told | None


class Way:
    """One process's store of mailboxes, on data that all share.

    Rules go by their names, as `finish` or `take`, and so do the other methods. `failing`
    names those that end with StoreError, "*" for all. A change is committed after the seconds
    that `slow` says of its rule, or else `seconds`, and told so many seconds later as `late`
    says; whatever comes meanwhile for the same follower is committed after it, in order.
    `calls` are the names of all that was asked for. A process that is `dead` hears nothing
    any more.
    """

    def __init__(self, shared: Shared, clock: Clock, loop: asyncio.AbstractEventLoop) -> None:
        self.shared = shared
        self.store: MemoryStore
        self.owner = ""
        self.failing: set[str] = set()
        self.calls: list[str] = []
        self.dead = False
        self.closed = False
        self.seconds = 0.0
        self.slow: dict[str, float] = {}
        self.late: dict[str, float] = {}
        self._clock = clock
        self._loop = loop
        self._asked: dict[str, deque[Asked]] = {}
        self._resting: set[str] = set()  # followers whose late change failed
        self._settled = asyncio.Event()

    def connect(self, url: str, *, owner: str, **others: object) -> "Way":
        """What `yizhan.store.connect` gives this process."""
        self.owner = owner
        self.store = MemoryStore(owner, self._clock, self.shared)
        return self

    def change(
        self,
        openid: str,
        rule: Rule[T],
        then: Callable[[T | Exception], None],
        *,
        keys: Iterable[str] = (),
        guard: Lease | None = None,
    ) -> None:
        commit = partial(self._change, openid, rule, tuple(keys), guard)
        self._ask(openid, Asked(name_of(rule), commit, then))

    def change_later(self, openid: str, rule: Rule[None]) -> None:
        if self.closed:
            raise StoreError("store.closed")
        self._ask(openid, Asked(name_of(rule), partial(self._change, openid, rule, (), None), None))

    def _change(
        self, openid: str, rule: Rule[T], keys: tuple[str, ...], guard: Lease | None, then: Told
    ) -> None:
        self.store.change(openid, rule, then, keys=keys, guard=guard)

    def _ask(self, openid: str, asked: Asked) -> None:
        self.calls.append(asked.name)
        waiting = self._asked.setdefault(openid, deque())
        waiting.append(asked)
        if len(waiting) == 1:
            self._go(openid)
        elif openid in self._resting:
            self._commit(openid)

    def _go(self, openid: str) -> None:
        """Bring the oldest change to the store."""
        name = self._asked[openid][0].name
        if seconds := self.slow.get(name, self.seconds):
            self._loop.call_later(seconds, self._commit, openid)
        else:
            self._commit(openid)

    def _commit(self, openid: str) -> None:
        if self.dead:
            return
        asked = self._asked[openid][0]
        if (error := self._error(asked.name)) is not None:
            if asked.then is None:
                self._rest(openid, error)
            else:
                self._told(openid, error)
            return
        self._resting.discard(openid)
        results: list[object] = []
        asked.commit(results.append)
        if seconds := self.late.get(asked.name, 0.0):
            self._loop.call_later(seconds, self._told, openid, results[0])
        else:
            self._told(openid, results[0])

    def _error(self, name: str) -> StoreError | None:
        if self.closed:
            return StoreError("store.closed")
        if self.failing & {name, "*"}:
            return StoreError("store.unreachable", problem=name)
        return None

    def _rest(self, openid: str, error: StoreError) -> None:
        """A late change is kept, and nothing later of that follower gets past it."""
        if openid not in self._resting:
            self._resting.add(openid)
            self._loop.call_later(AGAIN, self._retry, openid)
        waiting = self._asked[openid]
        refused = [asked for asked in waiting if asked.then is not None]
        self._asked[openid] = deque(asked for asked in waiting if asked.then is None)
        for asked in refused:
            assert asked.then is not None
            asked.then(error)

    def _retry(self, openid: str) -> None:
        if openid in self._resting:
            self._resting.discard(openid)
            self._commit(openid)

    def _told(self, openid: str, result: object) -> None:
        if self.dead:
            return
        waiting = self._asked[openid]
        then = waiting.popleft().then
        others = bool(waiting)
        if then is not None:
            then(result)
        if others:
            self._go(openid)
        if not any(self._asked.values()):
            self._settled.set()

    async def close(self) -> None:
        """Finish what was begun, but for what fails."""
        self.calls.append("close")
        while any(self._asked[openid] for openid in self._asked if openid not in self._resting):
            self._settled.clear()
            await self._settled.wait()
        await self.store.close()

    async def pulse(self) -> frozenset[str]:
        if self.failing & {"pulse", "*"}:
            raise StoreError("store.unreachable", problem="pulse")
        heard = await self.store.pulse()
        await asyncio.sleep(self.slow.get("pulse", 0.0))
        return heard

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        if name == "store":
            raise AttributeError(name)  # not connected yet
        method = getattr(self.store, name)

        async def call(*arguments: object, **named: object) -> object:
            self.calls.append(name)
            if seconds := self.slow.get(name, self.seconds):
                await asyncio.sleep(seconds)
            if self.dead:
                await asyncio.Event().wait()
            if (error := self._error(name)) is not None:
                raise error
            return await method(*arguments, **named)

        return call
