"""A bounded pool of daemon threads for plain functions.

The standard pool is joined when the interpreter ends, so one hanging handler would keep
a stopped process alive; these threads are not.
"""

import asyncio
from collections.abc import Callable
from contextvars import copy_context
from functools import partial
from queue import SimpleQueue
from threading import Thread, main_thread
from typing import TypeVar

T = TypeVar("T")
Work = Callable[[], None]


class Threads:
    """At most `size` threads; what exceeds them waits in order, up to `backlog` calls."""

    def __init__(
        self, size: int, backlog: int, changed: Callable[[int, int, int], None] | None = None
    ) -> None:
        self.size = size
        self.backlog = backlog
        self.pending = 0
        self.abandoned = 0
        self._changed = changed  # is told how many are busy, waiting and abandoned
        self._started = 0
        self._idle = 0
        self._work: SimpleQueue[Work | None] = SimpleQueue()

    @property
    def full(self) -> bool:
        """Whether one more call would exceed the backlog."""
        return self.pending >= self.size + self.backlog

    @property
    def busy(self) -> int:
        """How many threads have a call to make."""
        return min(self.pending, self.size)

    @property
    def waiting(self) -> int:
        """How many calls wait for a thread."""
        return self.pending - self.busy

    async def run(self, function: Callable[[], T]) -> T:
        """Call the function in a thread; when cancelled, the thread is abandoned and counted.

        A call that no thread has begun by then is never begun.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        context = copy_context()
        begun: list[bool] = []  # whoever appends first decides, the thread or the cancellation

        def work() -> None:
            begun.append(True)
            if not begun[0]:
                return
            try:
                result = context.run(function)
            except (StopIteration, GeneratorExit) as error:
                # A future cannot hold the one, and the other would close whoever awaits it.
                _resolve(loop, partial(self._done, future, None, RuntimeError(repr(error))))
            except BaseException as error:  # handed to the waiting coroutine
                _resolve(loop, partial(self._done, future, None, error))
            else:
                _resolve(loop, partial(self._done, future, result))

        self._count(1)
        if not self._submit(work):
            self._count(-1)
            raise asyncio.CancelledError  # this process ends: another one is to run it
        try:
            return await future
        except asyncio.CancelledError:
            begun.append(False)
            if not begun[0]:
                self._count(-1)
            elif future.cancelled():
                self._count(0, 1)
            raise

    def _count(self, pending: int, abandoned: int = 0) -> None:
        self.pending += pending
        self.abandoned += abandoned
        if self._changed is not None:
            self._changed(self.busy, self.waiting, self.abandoned)

    def close(self) -> None:
        """Let idle threads end; busy ones end with their call or with the process."""
        for _ in range(self._started):
            self._work.put(None)

    def _submit(self, work: Work) -> bool:
        """Have a thread call it; there is none if the interpreter ends before the first call."""
        if self.pending > self._started and self._started < self.size:
            name = f"yizhan-{self._started + 1}"
            try:
                Thread(target=self._serve, name=name, daemon=True).start()
            except RuntimeError:
                if main_thread().is_alive():
                    raise
            else:
                self._started += 1
        if self._started:
            self._work.put(work)
        return self._started > 0

    def _serve(self) -> None:
        while (work := self._work.get()) is not None:
            work()
            del work

    def _done(
        self,
        future: "asyncio.Future[T]",
        result: T | None = None,
        error: BaseException | None = None,
    ) -> None:
        self._count(-1, -int(future.cancelled()))
        if future.cancelled():
            return
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(result)  # type: ignore[arg-type]  # no error, so there is a result


def _resolve(loop: asyncio.AbstractEventLoop, callback: Callable[[], None]) -> None:
    """Call it in the loop; a loop that is closed, maybe at this moment, waits for nothing."""
    try:
        loop.call_soon_threadsafe(callback)
    except RuntimeError:
        if not loop.is_closed():
            raise
