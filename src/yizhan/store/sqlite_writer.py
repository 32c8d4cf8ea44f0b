"""One thread that writes: whatever has queued up is committed together.

An operation that fails alone is told apart by running its batch one by one. When the
file itself cannot be written every operation of the batch hears so, and the next batch
tries anew, on a fresh connection unless it was a mere lock or lack of room.
"""

import asyncio
import logging
import sqlite3
import time
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Generic, Literal, NamedTuple, TypeVar

from yizhan.errors import StoreError
from yizhan.store.sqlite_host import PAUSE, POLL, code_of, is_busy

log = logging.getLogger("yizhan")

T = TypeVar("T")
View = TypeVar("View")

COMPANY = 0.02  # seconds that a late task waits to share another's commit
AGAIN = 0.2  # seconds after which failed late tasks are tried anew
MOST_LATE = 10_000


class Task(NamedTuple, Generic[View]):
    """Something for the thread. Nobody waits for a late one: it is tried until it succeeds."""

    kind: Literal["write", "read", "late", "watch", "stop"]
    run: Callable[[View], object]
    future: "asyncio.Future[object] | None" = None


class Done(NamedTuple):
    future: "asyncio.Future[object]"
    result: object = None
    error: Exception | None = None


class Writer(Generic[View]):
    """Runs operations on views of a connection: one transaction, one view for each batch."""

    def __init__(
        self,
        connect: Callable[[], sqlite3.Connection],
        view: Callable[[sqlite3.Connection], View],
        patience: float,
    ) -> None:
        self._connect = connect
        self._view = view
        self._patience = patience
        self._loop = asyncio.get_running_loop()
        self._queue: SimpleQueue[Task[View]] = SimpleQueue()
        self._stopped = False
        self._connection: sqlite3.Connection | None = None
        self._version = 0
        self._late: list[Task[View]] = []
        self._late_due = 0.0
        self._watching: list[asyncio.Future[object]] = []
        self._thread = Thread(target=self._serve, name="yizhan-sqlite", daemon=True)
        self._thread.start()

    async def run(self, operation: Callable[[View], T], *, reads: bool = False) -> T:
        """Run it in the next batch; committed when this returns."""
        future: asyncio.Future[T] = self._loop.create_future()
        self._put(Task("read" if reads else "write", operation, future))  # type: ignore[arg-type]  # a future takes what its own operation gives
        return await future

    def run_late(self, operation: Callable[[View], None]) -> None:
        """Run it within moments, before whatever is asked for after it."""
        if len(self._late) >= MOST_LATE:
            raise StoreError("store.full", problem=f"{MOST_LATE} writes wait")
        self._put(Task("late", operation))

    async def changed(self) -> None:
        """Return once another connection has committed since this last returned."""
        future: asyncio.Future[object] = self._loop.create_future()
        self._put(Task("watch", _nothing, future))
        await future

    async def stop(self) -> None:
        """Commit what is queued, close the connection, end the thread."""
        if self._stopped:
            return
        future: asyncio.Future[object] = self._loop.create_future()
        self._put(Task("stop", _nothing, future))
        self._stopped = True
        await future
        self._thread.join()

    def _put(self, task: Task[View]) -> None:
        if self._stopped:
            raise StoreError("store.closed")
        self._queue.put(task)

    # What follows runs in the thread.

    def _serve(self) -> None:
        while True:
            batch = self._gather()
            stop = next((task for task in batch if task.kind == "stop"), None)
            self._late_due = 0.0 if stop else self._late_due
            self._commit([task for task in batch if task is not stop])
            if stop is not None:
                return self._end(stop)
            if self._watching:
                self._look_around()

    def _gather(self) -> list[Task[View]]:
        """What is urgent; nothing when late tasks are due or it is time to look around."""
        batch: list[Task[View]] = []
        timeout = self._timeout()
        while True:
            try:
                task = self._queue.get(timeout=timeout) if not batch else self._queue.get_nowait()
            except Empty:
                return batch
            if task.kind == "late":
                self._late_due = self._late_due if self._late else time.monotonic() + COMPANY
                self._late.append(task)
            elif task.kind == "watch" and task.future is not None:
                self._watching.append(task.future)
            else:
                batch.append(task)
            timeout = self._timeout()

    def _timeout(self) -> float | None:
        waits = [POLL] if self._watching else []
        if self._late:
            waits.append(max(0.0, self._late_due - time.monotonic()))
        return min(waits, default=None)

    def _commit(self, tasks: Sequence[Task[View]]) -> None:
        due = bool(self._late) and (bool(tasks) or time.monotonic() >= self._late_due)
        late, self._late = (self._late, []) if due else ([], self._late)
        done: list[Done] = []
        self._settle([*late, *tasks], done)
        if done:
            self._tell(done)

    def _settle(self, batch: Sequence[Task[View]], done: list[Done]) -> None:
        if not batch:
            return
        try:
            results = self._transact(batch)
        except StoreError as error:
            self._refuse(batch, error, done)
        except Exception as error:  # one operation's own: found by running each alone
            if len(batch) == 1:
                self._fail(batch[0], error, done)
            else:
                for task in batch:
                    self._settle([task], done)
        else:
            pairs = zip(batch, results, strict=True)
            done += [Done(task.future, result) for task, result in pairs if task.future]

    def _refuse(self, batch: Sequence[Task[View]], error: StoreError, done: list[Done]) -> None:
        """The store cannot write: say so to all who wait, keep what nobody waits for."""
        late = [task for task in batch if task.future is None]
        if late:
            log.warning("%s", error)
            self._late, self._late_due = [*late, *self._late], time.monotonic() + AGAIN
        done += [Done(task.future, error=error) for task in batch if task.future]

    def _fail(self, task: Task[View], error: Exception, done: list[Done]) -> None:
        if task.future is None:
            log.error("%s", error, exc_info=error)
        else:
            done.append(Done(task.future, error=error))

    def _transact(self, batch: Sequence[Task[View]]) -> list[object]:
        """Run the batch as one transaction, waiting for the lock as long as patience lasts."""
        begin = "BEGIN" if all(task.kind == "read" for task in batch) else "BEGIN IMMEDIATE"
        deadline = time.monotonic() + self._patience
        while True:
            try:
                return self._once(begin, batch)
            except sqlite3.DatabaseError as error:
                if not is_busy(error):
                    self._give_up(error)
                    raise
                if time.monotonic() >= deadline:
                    raise StoreError("store.locked", seconds=self._patience) from error
            time.sleep(PAUSE)

    def _once(self, begin: str, batch: Sequence[Task[View]]) -> list[object]:
        connection = self._connection or self._open()
        connection.execute(begin)
        try:
            view = self._view(connection)
            results = [task.run(view) for task in batch]
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        return results

    def _give_up(self, error: sqlite3.DatabaseError) -> None:
        """Raise StoreError when the file is at fault, not the operation."""
        if type(error) not in (sqlite3.OperationalError, sqlite3.DatabaseError):
            return
        full = code_of(error) == sqlite3.SQLITE_FULL
        if not full:
            self._close()
        raise StoreError("store.full" if full else "store.broken", problem=error) from error

    def _open(self) -> sqlite3.Connection:
        self._connection = self._connect()
        self._version = self._version or self._data_version(self._connection)
        return self._connection

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _end(self, stop: Task[View]) -> None:
        if self._late:
            log.error("%s", StoreError("store.unsettled", count=len(self._late)))
        self._close()
        closed = StoreError("store.closed")
        watching = [Done(future, error=closed) for future in self._watching]
        self._tell([*watching, Done(stop.future)] if stop.future else watching)

    def _look_around(self) -> None:
        self._watching = [future for future in self._watching if not future.cancelled()]
        try:
            connection = self._connection or self._open()
            version = self._data_version(connection)
        except (sqlite3.Error, StoreError) as error:
            problem = StoreError("store.broken", problem=error)
            self._close()
            done = [Done(future, error=problem) for future in self._watching]
        else:
            if version == self._version:
                return
            self._version = version
            done = [Done(future) for future in self._watching]
        self._watching.clear()
        self._tell(done)

    def _data_version(self, connection: sqlite3.Connection) -> int:
        [(version,)] = connection.execute("PRAGMA data_version").fetchall()
        return int(version)

    def _tell(self, done: list[Done]) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(_resolve, done)


def _resolve(done: list[Done]) -> None:
    for future, result, error in done:
        if future.done():
            continue
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(result)


def _nothing(view: object) -> None:
    """The run of a task that is for the thread itself."""
