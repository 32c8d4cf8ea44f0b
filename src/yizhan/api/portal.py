"""Event loops that run elsewhere, and how a thread has something done there and waits."""

import asyncio
import atexit
import logging
import os
import threading
from collections.abc import Callable, Coroutine
from typing import Protocol, TypeVar
from weakref import WeakSet

from yizhan.errors import BlockingCall

T = TypeVar("T")
Work = Coroutine[object, object, T]
Last = Callable[[], Work[None]]

log = logging.getLogger("yizhan.api")

AT_EXIT = 2.0  # seconds that the end of the program waits for connections to be closed


class Portal(Protocol):
    """Where a blocking client's calls are made."""

    def run(self, work: Work[T]) -> T:
        """Run it there and wait."""
        ...

    def close(self) -> None:
        """End what is the portal's own."""
        ...


class EngineLoop:
    """The loop of a running engine: a plain handler's thread waits for it."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop

    def run(self, work: Work[T]) -> T:
        """Run it there and wait; an interrupt here cancels it there."""
        return wait_for(work, self._loop, inside=_runs(self._loop))

    def close(self) -> None:
        """The loop is the engine's."""


class OwnLoop:
    """A loop in a thread of its own, started with the first call of each process.

    A forked process has none of its parent's threads: it begins anew, and leaves alone what it
    inherited, for both processes' sockets are watched by one selector of the system. `last` is
    what is to be done there before the end.
    """

    def __init__(self, last: Last) -> None:
        self._last = last
        self._lives: dict[int, Life] = {}

    def run(self, work: Work[T]) -> T:
        """Run it there and wait; an interrupt here cancels it there."""
        # By number, not by a hook of os.fork: servers written in C fork without calling it.
        pid = os.getpid()
        life = self._lives.get(pid) or self._lives.setdefault(pid, Life(pid, self._last))
        return wait_for(work, life.running(), inside=life.is_here())

    def close(self) -> None:
        """Do what is last, and end the thread."""
        life = self._lives.get(os.getpid())
        if life is None or life.loop is None:
            return
        try:
            wait_for(self._last(), life.loop, inside=life.is_here())
        finally:
            life.end()

    def abandon(self) -> None:
        """The same, without waiting: its owner is gone and has not closed it."""
        if (life := self._lives.get(os.getpid())) is not None:
            life.end(unclosed=True, wait=0.0)


class Life:
    """The loop and the thread of one process."""

    def __init__(self, pid: int, last: Last) -> None:
        self.pid = pid
        self.loop: asyncio.AbstractEventLoop | None = None
        self._last = last
        self._start = threading.Lock()
        self._thread: threading.Thread | None = None

    def running(self) -> asyncio.AbstractEventLoop:
        """The loop, started with the first call."""
        with self._start:
            if self.loop is None:
                loop = self.loop = asyncio.new_event_loop()
                self._thread = threading.Thread(
                    target=_serve, args=(loop,), name="yizhan-api", daemon=True
                )
                self._thread.start()
                _lives.add(self)
            return self.loop

    def is_here(self) -> bool:
        """Whether this is its thread.

        Not by asyncio's running loop: gevent makes all threads one, in which that loop runs.
        """
        return self._thread is threading.current_thread()

    def end(self, *, unclosed: bool = False, wait: float | None = None) -> None:
        """Stop the loop, and wait so many seconds for its thread; for None as long as it takes."""
        with self._start:
            loop, thread = self.loop, self._thread
            self.loop = self._thread = None
        if loop is None or thread is None:
            return
        loop.call_soon_threadsafe(_stop, loop, self._last if unclosed else None)
        if thread is not threading.current_thread():
            thread.join(wait)


_lives: WeakSet[Life] = WeakSet()


def wait_for(work: Work[T], loop: asyncio.AbstractEventLoop, *, inside: bool) -> T:
    """What the work comes to in that loop, which another thread runs.

    Raises BlockingCall inside that loop, which would wait for itself for ever.
    """
    if inside:
        work.close()
        raise BlockingCall("api.blocking")
    try:
        result = asyncio.run_coroutine_threadsafe(work, loop)
    except RuntimeError:  # the loop is closed
        work.close()
        raise
    try:
        return result.result()
    except BaseException:
        result.cancel()
        raise


def _runs(loop: asyncio.AbstractEventLoop) -> bool:
    """Whether this thread is the one that runs it."""
    try:
        return asyncio.get_running_loop() is loop
    except RuntimeError:
        return False


def _serve(loop: asyncio.AbstractEventLoop) -> None:
    loop.run_forever()
    tasks = asyncio.all_tasks(loop)
    for task in tasks:
        task.cancel()
    if tasks:
        loop.run_until_complete(asyncio.wait(tasks))
    loop.close()


def _stop(loop: asyncio.AbstractEventLoop, last: Last | None) -> None:
    if last is None:
        loop.stop()
    else:
        asyncio.ensure_future(last()).add_done_callback(_stopped)


def _stopped(last: "asyncio.Future[None]") -> None:
    """The loop ends with what was last; there is nobody to whom its error could be raised."""
    last.get_loop().stop()
    if not last.cancelled() and (error := last.exception()) is not None:
        log.warning("%s", error)


@atexit.register
def _end_all() -> None:
    """Close what nobody closed, lest somebody complain of it while the interpreter ends."""
    for life in tuple(_lives):
        if life.pid == os.getpid():
            life.end(unclosed=True, wait=AT_EXIT)
