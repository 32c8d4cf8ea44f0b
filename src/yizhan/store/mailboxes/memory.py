"""A store in the memory of one process: the fastest, and gone with it."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import count, islice
from math import inf
from random import shuffle
from typing import TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from yizhan.clock import Clock
from yizhan.errors import StoreError
from yizhan.store.addressed import count_addressed
from yizhan.store.applying import (
    Commit,
    Found,
    Lease,
    Loaded,
    Times,
    Wish,
    apply,
    merged,
    with_rows,
)
from yizhan.store.mailbox import (
    FINAL,
    NO_ONE,
    NOBODY,
    UNREAD,
    Mailbox,
    Message,
    Rule,
    State,
    View,
    is_due,
    is_waiting,
    oldest,
)
from yizhan.store.mailboxes.contract import Orphan, Promise, Stats, Whole

T = TypeVar("T")


class Renewed(Struct, frozen=True):
    """A lease: how often it was renewed, when last, and whether its owner has left."""

    renewals: int
    at: float
    left: bool = False


GONE = Renewed(0, -inf)
NONE = Loaded()
NO_MESSAGES: Mapping[str, Message] = {}


class Shared:
    """What several stores in one process may share; each is an owner of its own."""

    def __init__(self) -> None:
        self.boxes: dict[str, Loaded] = {}
        self.changed: dict[str, float] = {}  # wall time of each mailbox's last commit
        self.messages: dict[str, Message] = {}
        self.bindings: dict[str, tuple[bytes, float]] = {}
        self.leases: dict[str, Renewed] = {}
        self.owned: dict[str, set[str]] = {}  # owner -> mailboxes
        self.owners: dict[str, frozenset[str]] = {}  # the same the other way round
        self.resting: dict[str, float] = {}  # mailbox -> wall time when work in it is due
        self.pulses: dict[str, set[str]] = {}
        self.stirred: dict[str, asyncio.Event] = {}
        self.mark: bytes | None = None


class MemoryStore:
    """Keeps everything in dictionaries; a change is committed before `change` returns."""

    def __init__(self, owner: str, clock: Clock, shared: Shared | None = None) -> None:
        self.owner = owner
        self._clock = clock
        self._shared = shared or Shared()
        self._numbers = count(1)
        self._closed = False

    async def open(self) -> Promise:
        self._closed = False
        self._shared.stirred[self.owner] = asyncio.Event()
        return Promise("memory", "store.memory")

    async def close(self) -> None:
        self._closed = True

    def change(
        self,
        openid: str,
        rule: Rule[T],
        then: Callable[[T | Exception], None],
        *,
        keys: Iterable[str] = (),
        guard: Lease | None = None,
    ) -> None:
        if guard is not None or not self._changes_alone(openid, rule, keys, then):
            then(self._change(openid, rule, keys, guard))

    def change_later(self, openid: str, rule: Rule[None]) -> None:
        if not self._changes_alone(openid, rule, (), _nobody):
            self._change(openid, rule, (), None)

    def _changes_alone(
        self,
        openid: str,
        rule: Rule[T],
        keys: Iterable[str],
        then: Callable[[T | Exception], None],
    ) -> bool:
        """The short way of nearly every change: nobody waits for it, and nothing is against it.

        Else nothing is done. No commit's answer is ever lost here: none is numbered.
        """
        shared = self._shared
        loaded = shared.boxes.get(openid, NONE)
        if self._closed or loaded.box.waiters:
            return False
        messages = NO_MESSAGES
        for key in keys:
            if key in shared.messages:
                messages = {key: shared.messages[key], **messages}
        wall = self._clock.wall()
        view = View(loaded.box, loaded.rows, messages, self._clock.monotonic(), wall)
        try:
            change = rule(view)
        except Exception:  # it is asked again, and what it raises is told
            return False
        box, insert, binding = change.box, change.insert, change.binding
        if box is not None:
            if insert is not None and insert.key in shared.messages:
                return False
            if binding is not None and binding.signature in shared.bindings:
                return False
            rows = with_rows(loaded.rows, change.rows) if change.rows else loaded.rows
            shared.boxes[openid] = Loaded(self.owner, box, rows)
            shared.changed[openid] = wall
            if insert is not None:
                shared.messages[insert.key] = insert
            if binding is not None:
                shared.bindings[binding.signature] = (binding.digest, wall + binding.keep)
            for filed in change.filed:
                shared.messages[filed.key] = merged(shared.messages[filed.key], filed)
            for key in change.erased:
                del shared.messages[key]
            if box.jobs or loaded.box.jobs or box.timer is not loaded.box.timer:
                self._enter(openid, box)
            if change.gives:
                self._renew()
        then(change.result)
        return True

    def _change(
        self, openid: str, rule: Rule[T], keys: Iterable[str], guard: Lease | None
    ) -> T | Exception:
        shared = self._shared
        if self._closed:
            return StoreError("store.closed")
        if guard is not None and shared.leases.get(guard.owner, GONE).renewals != guard.renewal:
            return StoreError("store.renewed", owner=guard.owner)
        wishes = (Wish(rule, _nobody),)
        found = Found()
        for key in keys:
            if key in shared.messages:
                found.messages[key] = shared.messages[key]
        while True:
            loaded = shared.boxes.get(openid, NONE)
            stamp = f"{self.owner}:{next(self._numbers)}"
            applied = apply(openid, loaded, wishes, found, self._times(), stamp)
            commit = applied.commit
            if commit is None:
                break
            if (commit.inserts or commit.bindings) and self._finds(commit, found):
                continue
            self._write(commit)
            break
        return cast("T | Exception", applied.results[0])

    def _finds(self, commit: Commit, found: Found) -> bool:
        """Whether something that the rule did not know of stands against the commit."""
        shared, finds = self._shared, False
        for message in commit.inserts:
            if (known := shared.messages.get(message.key)) is not None:
                found.messages[message.key] = known
                finds = True
        for binding in commit.bindings:
            kept = shared.bindings.get(binding.signature)
            if kept is None or kept[0] == binding.digest:
                continue
            if self._clock.wall() < kept[1] and binding.signature not in found.bound:
                found.bound.add(binding.signature)
                finds = True
        return finds

    def _write(self, commit: Commit) -> None:
        shared, openid, wall = self._shared, commit.openid, self._clock.wall()
        before = shared.boxes.get(openid, NONE).box
        shared.boxes[openid] = commit.after
        shared.changed[openid] = wall
        for binding in commit.bindings:
            shared.bindings[binding.signature] = (binding.digest, wall + binding.keep)
        for message in commit.inserts:
            shared.messages[message.key] = message
        for filed in commit.filed:
            shared.messages[filed.key] = merged(shared.messages[filed.key], filed)
        for key in commit.erased:
            del shared.messages[key]
        self._enter(openid, commit.after.box)
        if commit.gives:
            self._renew()
        if commit.tells:
            self._tell(openid, before)

    def _enter(self, openid: str, after: Mailbox) -> None:
        """Note whose work is in it, and when what rests is due."""
        shared, now = self._shared, after.owners
        was = shared.owners.get(openid, NO_ONE)
        if was != now:
            if now:
                shared.owners[openid] = now
            else:
                del shared.owners[openid]
            for owner in was - now:
                shared.owned[owner].discard(openid)
            for owner in now - was:
                shared.owned.setdefault(owner, set()).add(openid)
        due = after.due if after.jobs or after.timer is not None else None
        if due is not None:
            shared.resting[openid] = due
        elif shared.resting:
            shared.resting.pop(openid, None)

    def _tell(self, openid: str, before: Mailbox) -> None:
        for owner in before.waiters:
            if owner != self.owner and owner in self._shared.stirred:
                self._shared.pulses.setdefault(owner, set()).add(openid)
                self._shared.stirred[owner].set()

    def _times(self) -> Times:
        return Times(self._clock.monotonic(), self._clock.wall(), "")

    async def pulse(self) -> frozenset[str]:
        stirred = self._shared.stirred[self.owner]
        await stirred.wait()
        stirred.clear()
        return frozenset(self._shared.pulses.pop(self.owner, ()))

    async def renew(self) -> frozenset[str]:
        self._renew()
        return frozenset(self._shared.owned.get(self.owner, ()))

    def _renew(self) -> None:
        lease = self._shared.leases.get(self.owner, GONE)
        renewals, now = lease.renewals + 1, self._clock.monotonic()
        self._shared.leases[self.owner] = Renewed(renewals, now, lease.left)

    async def leave(self) -> None:
        if (lease := self._shared.leases.get(self.owner)) is not None:
            self._shared.leases[self.owner] = replace(lease, left=True)

    async def orphans(self, lease: float, limit: int) -> tuple[Orphan, ...]:
        found = [*self._left_behind(lease), *self._due(lease)]
        shuffle(found)
        return tuple(found[:limit])

    def _left_behind(self, lease: float) -> Iterator[Orphan]:
        shared, now = self._shared, self._clock.monotonic()
        for owner, openids in shared.owned.items():
            held = shared.leases.get(owner, GONE)
            if owner != self.owner and (held.left or held.at + lease <= now):
                seen = Lease(owner, held.renewals)
                yield from (Orphan(openid, owner, seen, held.left) for openid in openids)

    def _due(self, lease: float) -> Iterator[Orphan]:
        wall = self._clock.wall()
        resting = self._shared.resting.items()
        return (Orphan(openid, NOBODY) for openid, due in resting if is_due(due, wall, lease))

    async def messages(
        self, keys: Iterable[str], *, openid: str | None = None
    ) -> tuple[Whole, ...]:
        there = self._shared.messages
        found = (there[key] for key in keys if key in there)
        return tuple(self._whole(it) for it in found if openid in (None, it.openid))

    async def jobs(
        self, state: State | None, limit: int, before: float | None
    ) -> tuple[Whole, ...]:
        newest = sorted(self._shared.messages.values(), key=lambda it: -it.created)
        wholes = (self._whole(it) for it in newest if before is None or it.created < before)
        return tuple(islice((it for it in wholes if state in (None, it.state)), limit))

    def _whole(self, message: Message) -> Whole:
        box = self._shared.boxes.get(message.openid, NONE).box
        return Whole(message, box.job(message.key))

    async def keys_of(self, openid: str) -> tuple[str, ...]:
        return tuple(key for key, it in self._shared.messages.items() if it.openid == openid)

    async def prune(self, at: float, keep: float, idle: float, limit: int) -> int:
        shared = self._shared
        over = [
            key
            for key, it in shared.messages.items()
            if it.state in FINAL and it.updated < at - keep
        ]
        for key in over:
            del shared.messages[key]
        lapsed = [name for name, (_, until) in shared.bindings.items() if until <= at]
        for name in lapsed:
            del shared.bindings[name]
        kept = {it.openid for it in shared.messages.values()}
        unused = [
            openid
            for openid, changed in shared.changed.items()
            if changed < at - idle and openid not in kept and not shared.boxes[openid].box.jobs
        ]
        for openid in unused[:limit]:
            del shared.boxes[openid], shared.changed[openid]
        return len(over)

    async def discard(self, openid: str) -> None:
        shared = self._shared
        loaded = shared.boxes.get(openid, Loaded())
        if loaded.version and not (loaded.box.jobs or loaded.rows or await self.keys_of(openid)):
            del shared.boxes[openid], shared.changed[openid]

    async def uncollected(self, before: float, limit: int) -> tuple[str, ...]:
        waiting = (
            openid
            for openid, loaded in self._shared.boxes.items()
            if any(is_waiting(job, before) for job in loaded.box.jobs)
        )
        return tuple(islice(waiting, limit))

    async def stats(self) -> Stats:
        shared = self._shared
        states: Counter[str] = Counter(self._whole(it).state for it in shared.messages.values())
        followers = len(shared.boxes.keys() - {UNREAD})
        waiting: float | None = None
        for loaded in shared.boxes.values():
            waiting = oldest(loaded.box.jobs, waiting)
        return Stats(dict(states), followers, len(shared.bindings), 0, waiting)

    async def mark(self) -> bytes | None:
        return self._shared.mark

    async def change_mark(self, expected: bytes | None, mark: bytes) -> bool:
        if self._shared.mark != expected:
            return False
        self._shared.mark = mark
        return True

    async def addressed(self) -> Mapping[str, int]:
        return count_addressed(it.body for it in self._shared.messages.values())


def _nobody(result: object) -> None:
    """Memory gives the result itself."""
