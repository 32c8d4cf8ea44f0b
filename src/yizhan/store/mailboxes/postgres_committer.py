"""Commits what rules make: all followers that wait share a commit, each stands for itself.

There are two ways. The swift one applies rules to what the cache holds and commits in one
exchange; nothing in it waits for another process. Whoever it refuses, whoever is not cached,
and whatever needs to see other rows goes the sure way: lock, load, apply again, commit. So a
follower whose mailbox another process holds keeps no follower of the swift way waiting.
"""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from itertools import count
from typing import TypeVar, cast

from psycopg import AsyncRawCursor, Error, errors

from yizhan.errors import StoreError
from yizhan.store.applying import Loaded, Times, Wish
from yizhan.store.mailbox import Binding
from yizhan.store.mailboxes.postgres_address import Address
from yizhan.store.mailboxes.postgres_client import (
    TRANSIENT,
    Connection,
    Session,
    is_lost,
    is_own,
    meant,
)
from yizhan.store.mailboxes.postgres_clock import ServerClock
from yizhan.store.mailboxes.postgres_commit import commit_statement, parameters
from yizhan.store.mailboxes.postgres_locking import Locked, Locking, Wanted
from yizhan.store.mailboxes.postgres_queue import Member, Queue, Task
from yizhan.store.mailboxes.postgres_schema import channel_of

log = logging.getLogger("yizhan")

T = TypeVar("T")

CACHED = 10_000  # mailboxes
SWIFT = 256  # followers in one commit
SURE = 64
PATIENCE = 2.0  # seconds to try again when the server is lost
PAUSE = 0.05  # seconds between two of these tries
PROMPT = 1.0  # seconds for an answer on the swift way, so that the sure one has time left

LOCKED = errors.LockNotAvailable


class Committer:
    """Has both ways' connections, and the cache; `written` is told of each mailbox."""

    def __init__(
        self,
        address: Address,
        owner: str,
        clock: ServerClock,
        written: Callable[[str, Loaded], None],
    ) -> None:
        self._owner = owner
        self._clock = clock
        self._written = written
        self._swift = Session(address)
        self._sure = Session(address)
        self._locking = Locking(address.schema)
        self._commit_free = commit_statement(address.schema, "SKIP LOCKED")
        self._commit_held = commit_statement(address.schema)
        self._channel = channel_of(address.schema)
        self._numbers = count(1)
        self._cache: OrderedDict[str, Loaded] = OrderedDict()
        self._in_doubt: dict[str, Member] = {}  # told of an error, though it may stand
        self._handed: list[Member] = []
        self._stirred = asyncio.Event()
        self._queue = Queue()
        self._unsettled = 0
        self._swift_way = asyncio.ensure_future(self._serve_swiftly())
        self._sure_way = asyncio.ensure_future(self._serve_surely())

    def change(self, openid: str, wish: "Wish[T]", *, late: bool = False) -> None:
        """Apply the rule in the next commit; a late one within moments."""
        self._queue.put(openid, Task(cast("Wish[object]", wish), late))

    def is_busy(self, openid: str) -> bool:
        """Whether a commit of this follower is under way."""
        return self._queue.is_busy(openid)

    async def drained(self) -> None:
        """Wait until what was asked before is settled."""
        await self._queue.drained()

    async def close(self) -> None:
        """Commit what waits, then let go of the connections."""
        self._queue.close()
        await self._swift_way
        self._stirred.set()
        await self._sure_way
        await self._swift.close()
        await self._sure.close()
        if self._unsettled:
            log.error("%s", StoreError("store.unsettled", count=self._unsettled))

    async def _serve_swiftly(self) -> None:
        while await self._queue.ready():
            taken = self._queue.take(SWIFT)
            if taken:
                await self._go_swiftly([self._member(*it) for it in taken])

    def _member(self, openid: str, tasks: Sequence[Task]) -> Member:
        before = self._in_doubt.pop(openid, None)
        return Member(openid, tasks, before.doubts if before else ())

    async def _go_swiftly(self, members: Sequence[Member]) -> None:
        times = self._clock.times()
        for it in members:
            loaded = self._cache.get(it.openid) if it.is_plain else None
            if loaded is not None:
                it.loaded = loaded
                it.apply(times, self._owner, next(self._numbers))
        writing = _apart(members)
        written: frozenset[str] = frozenset()
        try:
            if writing:
                async with self._swift.use(PROMPT) as connection:
                    written = await self._commit(connection, writing, times)
        except Error as error:  # the sure way finds out what it means
            log.debug("swift commit: %s", error)
        except Exception as error:  # one member's own, as the sure way finds out
            log.debug("swift commit: %s", error, exc_info=error)
        for it in members:
            if it.openid in written:
                self._finish(it)
            else:
                self._handed.append(it)
                self._stirred.set()

    async def _serve_surely(self) -> None:
        while True:
            await self._stirred.wait()
            self._stirred.clear()
            while self._handed:
                members, self._handed = self._handed[:SURE], self._handed[SURE:]
                await self._go_surely(members)
            if self._swift_way.done():
                return

    async def _go_surely(self, members: Sequence[Member]) -> None:
        """Until each of them is committed or refused."""
        while members := [it for it in members if it.tasks]:
            try:
                members = await self._once(members)
                continue
            except Error as error:
                log.debug("sure commit: %s", error)
                if isinstance(error, TRANSIENT):
                    members = list(members)
                elif is_lost(error):
                    members = self._drop_overdue(members, error)
                elif len(members) > 1 and (is_own(error) or isinstance(error, LOCKED)):
                    members = await self._go_singly(members)
                else:
                    members = self._refuse(members, meant(error), again=not is_own(error))
            except Exception as error:  # one member's own: found by running each alone
                if len(members) > 1:
                    members = await self._go_singly(members)
                else:
                    log.error("%s", error, exc_info=error)
                    members = self._refuse(members, error, again=False)
            if members:
                await asyncio.sleep(PAUSE)

    def _drop_overdue(self, members: Sequence[Member], error: Error) -> list[Member]:
        """Refuse those who have waited long enough for a lost server; the others."""
        oldest = time.monotonic() - (0.0 if self._queue.closing else PATIENCE)
        queued, self._handed = self._handed, [it for it in self._handed if it.since > oldest]
        overdue = [it for it in (*members, *queued) if it.since <= oldest]
        self._refuse([it for it in overdue if it.tasks], meant(error), again=True)
        return [it for it in members if it.since > oldest]

    async def _go_singly(self, members: Sequence[Member]) -> list[Member]:
        for it in members:
            await self._go_surely([it])
        return []

    async def _once(self, members: Sequence[Member]) -> list[Member]:
        """Lock, load, apply, commit; those against whom something stands, for another time."""
        times = self._clock.times()
        async with self._sure.use() as connection:
            locked = await self._locking.lock(connection, _wanted(members, self._owner), times.wall)
            live = [it for it in members if self._prepare(it, locked)]
            for it in live:
                it.apply(times, self._owner, next(self._numbers))
            writing = _apart(live)
            written = await self._commit(connection, writing, times, held=True)
        for it in live:
            if it.commit is None or it.openid in written:
                self._finish(it)
        return [it for it in live if it.commit is not None and it.openid not in written]

    def _prepare(self, member: Member, locked: Locked) -> bool:
        """Give it what was found; False when nothing of it is left to do."""
        member.loaded = locked.boxes.get(member.openid, Loaded())
        messages = {
            key: message
            for (openid, key), message in locked.messages.items()
            if openid == member.openid
        }
        member.found.messages = messages
        member.found.bound = {
            it.signature for it in _bindings(member) if it.signature in locked.bound
        }
        told = [*self._stood(member), *_guarded(member, locked)]
        if told:
            self._tell(told)
            gone = {id(task) for task, _ in told}
            member.tasks = [task for task in member.tasks if id(task) not in gone]
        if not member.tasks:
            self._remember(member.openid, member.loaded)
            self._queue.release(member.openid)
        return bool(member.tasks)

    def _stood(self, member: Member) -> list[tuple[Task, object]]:
        """Those whose commit stands though its answer was lost, with what came of it.

        One that is repeated by its caller is known by its rule.
        """
        last = member.loaded.box.numbers.get(self._owner)
        for doubt in member.doubts:
            if doubt.number == last:
                results = zip(doubt.wishes, doubt.results, strict=True)
                known = {id(wish.rule): result for wish, result in results}
                return [
                    (task, known[id(task.wish.rule)])
                    for task in member.tasks
                    if id(task.wish.rule) in known
                ]
        return []

    async def _commit(
        self,
        connection: Connection,
        members: Sequence[Member],
        times: Times,
        *,
        held: bool = False,
    ) -> frozenset[str]:
        """Commit them; the openids of those that are written. `held`: a transaction has begun."""
        if not members:
            await connection.execute("COMMIT")
            return frozenset()
        commits = [it.commit for it in members if it.commit is not None]
        values = parameters(commits, self._owner, times.wall, self._channel)
        cursor = AsyncRawCursor(connection)
        sent = self._clock.local()
        try:
            if held:
                async with connection.pipeline():
                    await cursor.execute(self._commit_held, values)
                    await connection.execute("COMMIT")
            else:
                await cursor.execute(self._commit_free, values)
            row = await cursor.fetchone()
        except Error as error:
            if is_lost(error) or connection.closed:
                for it in members:
                    it.doubt()
            raise
        if row is None:  # pragma: no cover  # the statement always gives one
            raise AssertionError("no row")
        server, written, _ = row
        self._clock.heard(cast(float, server), sent)
        return frozenset(cast("list[str]", written))

    def _finish(self, member: Member) -> None:
        commit = member.commit
        self._remember(member.openid, member.loaded if commit is None else commit.after)
        self._tell(list(zip(member.tasks, member.applied.results, strict=True)))
        self._queue.release(member.openid)

    def _refuse(self, members: Sequence[Member], error: Exception, *, again: bool) -> list[Member]:
        """The store cannot write: say so to all who wait, keep what nobody waits for."""
        for it in members:
            late = [task for task in it.tasks if task.late and again]
            told = [(task, error) for task in it.tasks if not (task.late and again)]
            self._cache.pop(it.openid, None)
            if it.doubts:
                self._in_doubt[it.openid] = it
            if late:
                log.warning("%s", error)
            if self._queue.closing:
                self._unsettled += len(late)
                self._queue.settled(late)
                late = []
            self._tell(told)
            self._queue.release(it.openid, late)
        return []

    def _tell(self, told: Sequence[tuple[Task, object]]) -> None:
        for task, result in told:
            try:
                task.wish.then(result)
            except Exception as error:  # a fault of the caller, which the others must not pay for
                log.critical("%s", error, exc_info=error)
        self._queue.settled(task for task, _ in told)

    def _remember(self, openid: str, loaded: Loaded) -> None:
        self._cache[openid] = loaded
        self._cache.move_to_end(openid)
        self._written(openid, loaded)
        while len(self._cache) > CACHED:
            self._cache.popitem(last=False)


def _apart(members: Sequence[Member]) -> list[Member]:
    """Those with something to write, but for whoever binds a signature that one before binds."""
    writing, signatures = [], set[str]()
    for it in members:
        if it.commit is None:
            continue
        own = {binding.signature for binding in it.commit.bindings}
        if not own & signatures:
            signatures |= own
            writing.append(it)
    return writing


def _wanted(members: Sequence[Member], owner: str) -> Wanted:
    """What these need to see: what they ask for, and what their last try may have met."""
    guards = {task.wish.guard.owner for it in members for task in it.tasks if task.wish.guard}
    return Wanted(
        openids=[it.openid for it in members],
        messages=[(it.openid, key) for it in members for key in _keys(it)],
        bindings=[binding for it in members for binding in _bindings(it)],
        owners=sorted({*guards, owner}) if guards else (),
    )


def _keys(member: Member) -> set[str]:
    asked = {key for task in member.tasks for key in task.wish.keys}
    asked.update(member.found.messages)
    if member.commit is not None:
        asked.update(message.key for message in member.commit.inserts)
    return asked


def _bindings(member: Member) -> Sequence[Binding]:
    return () if member.commit is None else member.commit.bindings


def _guarded(member: Member, locked: Locked) -> list[tuple[Task, object]]:
    """Those whose guard was renewed since it was seen, with the error that says so."""
    return [
        (task, StoreError("store.renewed", owner=guard.owner))
        for task in member.tasks
        if (guard := task.wish.guard) and locked.renewals.get(guard.owner, 0) != guard.renewal
    ]
