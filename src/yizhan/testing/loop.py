"""An event loop whose time jumps when nothing is left to do: hours pass in milliseconds."""

import asyncio
import selectors
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from time import monotonic
from typing import Any, Protocol

BREATH = 0.002  # real seconds between looks while a thread is at work
EPOCH = 1_764_000_000.0


class Time(Protocol):
    """The time of a loop that jumps: seconds `now`, and whether it must wait for a thread.

    While it keeps real time, `since` is when it began to, on the machine's clock.
    """

    now: float
    busy: Callable[[], bool]
    since: float | None


class JumpingLoop(asyncio.SelectorEventLoop):
    """A selector loop with a clock of its own.

    Its time stands still while there is something to do and jumps to the next timer when
    there is not. Sockets are still served; while `busy()` tells that a thread is at work,
    time passes as on the wall.
    """

    def __init__(self) -> None:
        self.now = 0.0
        self.busy: Callable[[], bool] = _never
        self.since: float | None = None
        super().__init__(_Jumping(self, selectors.DefaultSelector()))
        _wait_for_executors(self, self)

    def time(self) -> float:
        """Seconds since this loop was made, jumps included."""
        return _read(self)

    async def shutdown_default_executor(self, *limit: float | None) -> None:
        """Wait for its threads in real time: they need some, and nothing here is busy then."""
        with real(self):
            await super().shutdown_default_executor(*limit)


class LoopClock:
    """A clock that goes with a jumping loop; `skew` steps its wall time."""

    def __init__(self, loop: asyncio.AbstractEventLoop, epoch: float = EPOCH) -> None:
        self._loop = loop
        self._epoch = epoch
        self.skew = 0.0

    def wall(self) -> float:
        """Seconds since 1970."""
        return self._epoch + self._loop.time() + self.skew

    def monotonic(self) -> float:
        """The loop's own time."""
        return self._loop.time()


@contextmanager
def jumping(loop: asyncio.AbstractEventLoop) -> Iterator[Time | None]:
    """Let a running loop jump until the end of the block, and run on from there afterwards.

    None for a loop without a selector, as uvloop is: its time cannot be moved.
    """
    if isinstance(loop, JumpingLoop):
        yield loop
        return
    selector = getattr(loop, "_selector", None)
    if isinstance(selector, _Jumping):
        yield selector.time
    elif not isinstance(selector, selectors.BaseSelector):
        yield None
    else:
        with _moved(loop, selector) as moved:
            yield moved


@contextmanager
def real(loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    """Let a loop keep real time until the end of the block, though it jumps otherwise."""
    selector = getattr(loop, "_selector", None)
    time = selector.time if isinstance(selector, _Jumping) else None
    if time is None or time.since is not None:
        yield
        return
    time.since = monotonic()
    try:
        yield
    finally:
        time.now, time.since = _read(time), None


class _Moved:
    """The time of a loop that was not made to jump."""

    def __init__(self, now: float) -> None:
        self.now = now
        self.busy: Callable[[], bool] = _never
        self.since: float | None = None


@contextmanager
def _moved(loop: Any, selector: selectors.BaseSelector) -> Iterator[Time]:
    moved = _Moved(loop.time())
    run_in_executor = loop.run_in_executor
    loop._selector = _Jumping(moved, selector)
    loop.time = lambda: _read(moved)
    _wait_for_executors(loop, moved)
    try:
        yield moved
    finally:
        # Never back: timers that were set meanwhile would not ring for hours.
        ahead = _read(moved) - monotonic()
        loop._selector = selector
        loop.time = lambda: monotonic() + ahead
        loop.run_in_executor = run_in_executor


class _Jumping(selectors.BaseSelector):
    """A selector that, instead of waiting, moves its loop's time on."""

    def __init__(self, time: Time, real: selectors.BaseSelector) -> None:
        self.time = time
        self._real = real

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None or self.time.since is not None:
            return self._real.select(timeout)
        ready = self._real.select(0)
        if ready or timeout <= 0:
            return ready
        if self.time.busy():
            step = min(timeout, BREATH)
            self.time.now += step
            return self._real.select(step)
        self.time.now += timeout
        return ready

    def register(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        return self._real.register(fileobj, events, data)

    def unregister(self, fileobj: Any) -> selectors.SelectorKey:
        return self._real.unregister(fileobj)

    def modify(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        return self._real.modify(fileobj, events, data)

    def get_map(self) -> "Mapping[Any, selectors.SelectorKey]":
        return self._real.get_map()

    def close(self) -> None:
        self._real.close()


def _wait_for_executors(loop: Any, time: Time) -> None:
    """Count what runs in `asyncio.to_thread` and the like, and be busy meanwhile."""
    run_in_executor = loop.run_in_executor
    working: set[asyncio.Future[object]] = set()

    def counted(executor: Any, function: Any, *args: Any) -> "asyncio.Future[object]":
        future: asyncio.Future[object] = run_in_executor(executor, function, *args)
        working.add(future)
        future.add_done_callback(working.discard)
        return future

    loop.run_in_executor = counted
    also(time, lambda: bool(working))


def also(time: Time, busy: Callable[[], bool]) -> Callable[[], None]:
    """Wait for this too; call what is returned to wait for it no longer."""
    before = time.busy
    time.busy = lambda: before() or busy()

    def undo() -> None:
        time.busy = before

    return undo


def _read(time: Time) -> float:
    return time.now if time.since is None else time.now + monotonic() - time.since


def _never() -> bool:
    return False
