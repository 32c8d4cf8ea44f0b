"""Messages that are run again: several at a time, but each of them alone for its last try."""

import asyncio
from collections.abc import Callable, Hashable
from typing import Protocol
from weakref import WeakKeyDictionary, WeakSet

Begin = Callable[[], None]


class Handlers(Protocol):
    """The handlers that one account runs in this process."""

    @property
    def busy(self) -> bool:
        """Whether any of them executes, or was left alone and may still do so."""
        ...


class Reruns:
    """Keeps a message that ends its process from condemning the others that ran beside it.

    Nobody knows afterwards which of those that ran it was. So a last try runs beside no other
    re-run, and its death makes it dead only if nothing at all ran beside it. That it is `alone`
    is committed before it begins. New messages are not kept waiting for its end: before the
    first one begins beside it, a commit says that it is alone no more. Without that, a new
    message that ends its process would condemn an innocent one that has its last try just then.
    """

    def __init__(self) -> None:
        self._running: dict[Hashable, bool] = {}  # key -> whether it is its last try
        self._waiting: dict[Hashable, tuple[bool, Begin]] = {}
        self._handlers: WeakSet[Handlers] = WeakSet()
        self._joining: list[Begin] = []
        self.alone: Callable[[Begin], None] | None = None  # commits that the last try is so no more

    def watch(self, handlers: Handlers) -> None:
        """These run in this process, too."""
        self._handlers.add(handlers)

    @property
    def is_quiet(self) -> bool:
        """Whether no handler executes in this process, nor is about to."""
        return not self._joining and not any(handlers.busy for handlers in self._handlers)

    def ask(self, key: Hashable, last: bool, begin: Begin) -> None:
        """Have it begun as soon as it may: maybe at once, in the order of asking."""
        self._waiting[key] = last, begin
        self._begin_next()

    def end(self, key: Hashable) -> None:
        """It has ended, or does not want to begin any more; another may begin."""
        waited = self._waiting.pop(key, None) is not None
        last = self._running.pop(key, None)
        if last:
            self.alone = None
        if waited or last is not None:
            self._begin_next()

    def join(self, begin: Begin) -> None:
        """Begin something new beside the last try that is alone, once that is known."""
        self._joining.append(begin)
        if len(self._joining) == 1 and self.alone is not None:
            self.alone(self._joined)

    def _joined(self) -> None:
        self.alone = None
        joining, self._joining = self._joining, []
        for begin in joining:
            begin()

    def _begin_next(self) -> None:
        for key, (last, begin) in tuple(self._waiting.items()):
            if any(self._running.values()) or (last and self._running):
                return
            if self._waiting.pop(key, None) is None:  # what was begun has ended it meanwhile
                continue
            self._running[key] = last
            begin()


_OF: WeakKeyDictionary[asyncio.AbstractEventLoop, Reruns] = WeakKeyDictionary()


def of_this_process() -> Reruns:
    """Those of all accounts that this loop runs: what ends the process ends them all."""
    return _OF.setdefault(asyncio.get_running_loop(), Reruns())
