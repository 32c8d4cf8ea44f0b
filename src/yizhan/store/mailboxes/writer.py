"""One thread that applies rules and commits: whatever has queued up shares one transaction."""

import asyncio
import logging
import sqlite3
import time
from collections.abc import Callable, Sequence
from itertools import count
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar, cast

from msgspec import Struct

from yizhan.errors import StoreError
from yizhan.metrics import series
from yizhan.metrics.meter import Meter
from yizhan.store.applying import Times, Wish
from yizhan.store.mailbox import Change
from yizhan.store.mailboxes.cache import Cache
from yizhan.store.mailboxes.group import Group
from yizhan.store.mailboxes.sqlite_file import Tables
from yizhan.store.sqlite_host import PAUSE, POLL, code_of, is_busy

log = logging.getLogger("yizhan")

T = TypeVar("T")
Then = Callable[[object], None]
Settled = list[tuple[Then, object]]

COMPANY = 0.02  # seconds that a late wish waits to share another's commit
AGAIN = 0.2  # seconds after which failed late wishes are tried anew
MOST = 256  # tasks in a transaction: nobody waits for a thousand others
MOST_LATE = 10_000


class Task(Struct, frozen=True, eq=False):
    """Something for the thread: rules of a follower, or (no openid) an operation on the tables."""

    openid: str
    wish: "Wish[object]"
    operation: Callable[[Tables], object] | None = None
    late: bool = False


class Writer:
    """Owns the connection and the cache of mailboxes; nothing else writes either."""

    def __init__(
        self,
        connect: Callable[[], sqlite3.Connection],
        times: Callable[[], Times],
        owner: str,
        patience: float,
        meter: Meter,
    ) -> None:
        self._connect = connect
        self._times = times
        self._owner = owner
        self._patience = patience
        self._meter = meter
        self._loop = asyncio.get_running_loop()
        self._queue: SimpleQueue[Task | None] = SimpleQueue()
        self._numbers = count(1)
        self._connection: sqlite3.Connection | None = None
        self._cache = Cache()
        self._late: list[Task] = []
        self._late_due = 0.0
        self._version = 0
        self.waited_for: dict[str, str] = {}  # mailbox -> its version when this owner waited
        self._watchers: list[asyncio.Future[frozenset[str]]] = []
        self._look_at = 0.0
        self._stopped = False
        self._ended: asyncio.Future[None] = self._loop.create_future()
        self._thread = Thread(target=self._serve, name="yizhan-sqlite", daemon=True)
        self._thread.start()

    def change(self, openid: str, wish: "Wish[T]", *, late: bool = False) -> None:
        """Apply the rule in the next transaction; a late one within moments."""
        if self._stopped:
            if late:
                raise StoreError("store.closed")
            wish.then(StoreError("store.closed"))
            return
        if late and len(self._late) >= MOST_LATE:
            raise StoreError("store.full", problem=f"{MOST_LATE} writes wait")
        self._queue.put(Task(openid, cast("Wish[object]", wish), late=late))

    async def run(self, operation: Callable[[Tables], T]) -> T:
        """Run an operation on the tables in the next transaction."""
        if self._stopped:
            raise StoreError("store.closed")
        future: asyncio.Future[T] = self._loop.create_future()
        self._queue.put(Task("", Wish(_no_rule, _settles(future)), operation))
        return await future

    async def changed(self) -> frozenset[str]:
        """The mailboxes waited for that another connection has changed, once there are any."""
        future: asyncio.Future[frozenset[str]] = self._loop.create_future()
        self._watchers.append(future)
        self._queue.put(Task("", Wish(_no_rule, _ignores), _nothing))  # the thread wakes up
        return await future

    async def stop(self) -> None:
        """Commit what is queued, close the connection, end the thread."""
        if self._stopped:
            return
        self._stopped = True
        self._queue.put(None)
        # By a future, since no executor takes a call any more while the interpreter ends.
        await asyncio.shield(self._ended)
        for watcher in self._watchers:
            if not watcher.done():
                watcher.set_exception(StoreError("store.closed"))
                watcher.exception()  # whoever waited may have been cancelled

    # What follows runs in the thread.

    def _serve(self) -> None:
        while True:
            tasks, stop = self._gather()
            if stop:
                self._late_due = 0.0
            if self._late and (tasks or time.monotonic() >= self._late_due):
                tasks, self._late = [*self._late, *tasks], []
            if tasks:
                self._report(self._settle(tasks))
            if stop:
                self._end()
                self._report([(_settles(self._ended), None)])
                return
            if self._watchers and time.monotonic() >= self._look_at:
                self._look_around()

    def _gather(self) -> tuple[list[Task], bool]:
        """What is urgent, with what came after it, late tasks too.

        Nothing when late tasks are due or it is time to look around.
        """
        tasks: list[Task] = []
        get = self._queue.get
        while len(tasks) < MOST:
            try:
                task = get(False) if tasks else get(timeout=self._rest())
            except Empty:
                return tasks, False
            if task is None:
                return tasks, True
            if tasks or not task.late:
                tasks.append(task)
                continue
            if not self._late:
                self._late_due = time.monotonic() + COMPANY
            self._late.append(task)
        return tasks, False

    def _rest(self) -> float | None:
        waits = [POLL] if self._watchers and self.waited_for else []
        if self._late:
            waits.append(max(0.0, self._late_due - time.monotonic()))
        return min(waits, default=None)

    def _settle(self, tasks: Sequence[Task]) -> Settled:
        """Commit these tasks, as one if that can be; what to tell whom."""
        try:
            return self._transact(tasks)
        except StoreError as error:
            return self._refused(tasks, error)
        except Exception as error:  # one task's own: found by running each alone
            if len(tasks) == 1:
                log.error("%s", error, exc_info=error)
                return [(tasks[0].wish.then, error)]
            return [it for task in tasks for it in self._settle([task])]

    def _refused(self, tasks: Sequence[Task], error: StoreError) -> Settled:
        """The store cannot write: say so to all who wait, keep what nobody waits for."""
        late = [task for task in tasks if task.late]
        if late:
            log.warning("%s", error)
            self._late, self._late_due = [*late, *self._late], time.monotonic() + AGAIN
        return [(task.wish.then, error) for task in tasks if not task.late]

    def _transact(self, tasks: Sequence[Task]) -> Settled:
        """Run them as one transaction, waiting for the lock as long as patience lasts."""
        deadline = time.monotonic() + self._patience
        while True:
            try:
                return self._once(tasks)
            except sqlite3.DatabaseError as error:
                if not is_busy(error):
                    self._give_up(error)
                    raise
                if time.monotonic() >= deadline:
                    raise StoreError("store.locked", seconds=self._patience) from error
            time.sleep(PAUSE)

    def _once(self, tasks: Sequence[Task]) -> Settled:
        begun = time.monotonic()
        connection = self._connection or self._open()
        # IMMEDIATE takes the write lock first. A deferred transaction that read before it writes
        # would fail if another process wrote between, and could only begin anew.
        connection.execute("BEGIN IMMEDIATE")
        try:
            tables = Tables(connection, self._times(), self._owner)
            settled: Settled = []
            group = Group(tables, self._cache, self._owner, self._numbers)
            for openid, wishes in _by_follower(tasks).items():
                if standing := _standing(tables, wishes, settled):
                    group.add(openid, standing)
            group.commit()
            for it in group.members:
                for wish, result in zip(it.wishes, it.results, strict=True):
                    settled.append((wish.then, result))
            settled += [(it.wish.then, it.operation(tables)) for it in tasks if it.operation]
            connection.execute("COMMIT")
        except BaseException:
            self._cache.clear()
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        # Only after COMMIT: what it remembers is what is on disk.
        group.remember()
        if group.members:
            self._meter.committed(time.monotonic() - begun)
        if group.conflicts:
            self._meter.count(series.CONFLICTS, times=group.conflicts)
        for it in group.members:
            # The version that was committed: a change before the first look differs from it.
            if self._owner in it.loaded.box.waiters:
                self.waited_for[it.openid] = it.loaded.version
            elif self.waited_for:
                self.waited_for.pop(it.openid, None)
        return settled

    def _give_up(self, error: sqlite3.DatabaseError) -> None:
        """Raise StoreError when the file is at fault, not the operation."""
        if type(error) not in (sqlite3.OperationalError, sqlite3.DatabaseError):
            return
        full = code_of(error) == sqlite3.SQLITE_FULL
        # A full disk may have room again; after anything else the file is opened anew.
        if not full:
            self._close()
        raise StoreError("store.full" if full else "store.broken", problem=error) from error

    def _open(self) -> sqlite3.Connection:
        self._connection = self._connect()
        self._version = self._version or _data_version(self._connection)
        return self._connection

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _end(self) -> None:
        if self._late:
            log.error("%s", StoreError("store.unsettled", count=len(self._late)))
        self._close()

    def _look_around(self) -> None:
        """Tell the watchers which of the mailboxes waited for have another version."""
        self._look_at = time.monotonic() + POLL
        try:
            connection = self._connection or self._open()
            # One cheap question for the whole file; most looks end here.
            version = _data_version(connection)
            if version == self._version:
                return
            self._version = version
            tables = Tables(connection, self._times(), self._owner)
            now = {openid: tables.version(openid) for openid in self.waited_for}
        except (sqlite3.Error, StoreError) as error:
            self._close()
            self._wake(StoreError("store.broken", problem=error))
            return
        changed = [it for it, seen in self.waited_for.items() if now[it] != seen]
        for openid in changed:
            del self.waited_for[openid]
        if changed:
            self._wake(frozenset(changed))

    def _wake(self, result: frozenset[str] | StoreError) -> None:
        watchers, self._watchers = self._watchers, []
        self._report([(_settles(watcher), result) for watcher in watchers])

    def _report(self, settled: Settled) -> None:
        if settled and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(_report_all, settled)


def _by_follower(tasks: Sequence[Task]) -> dict[str, list["Wish[object]"]]:
    grouped: dict[str, list[Wish[object]]] = {}
    for task in tasks:
        if task.operation is None:
            grouped.setdefault(task.openid, []).append(task.wish)
    return grouped


def _standing(
    tables: Tables, wishes: Sequence["Wish[object]"], settled: Settled
) -> Sequence["Wish[object]"]:
    """Those whose guard, if they have one, has not been renewed; the others get an error."""
    for wish in wishes:
        if wish.guard is not None:
            break
    else:
        return wishes
    kept = []
    for wish in wishes:
        if wish.guard is None or tables.stands(wish.guard):
            kept.append(wish)
        else:
            settled.append((wish.then, StoreError("store.renewed", owner=wish.guard.owner)))
    return kept


def _report_all(settled: Settled) -> None:
    for then, result in settled:
        then(result)


def _settles(future: "asyncio.Future[T]") -> Then:
    """What resolves the future, unless its caller has gone."""

    def then(result: object) -> None:
        if future.done():
            return
        if isinstance(result, Exception):
            future.set_exception(result)
        else:
            future.set_result(cast("T", result))

    return then


def _ignores(result: object) -> None:
    """Nobody waits."""


def _nothing(tables: Tables) -> None:
    """For the thread to wake up."""


def _no_rule(view: object) -> "Change[object]":
    raise AssertionError("an operation has no rule")  # pragma: no cover


def _data_version(connection: sqlite3.Connection) -> int:
    [(version,)] = connection.execute("PRAGMA data_version").fetchall()
    return int(version)
