"""Hearing which mailboxes others have changed, for an owner that waits for it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping

from yizhan.errors import StoreError

log = logging.getLogger("yizhan")

POLL = 0.05  # seconds between two looks while nothing is heard
PAUSE = 1.0  # seconds before a lost connection is made anew


class Pulse:
    """Listens from the first wait on; what was changed before that is found by a look.

    `listen` tells `heard` what it hears and calls `look` when it has begun, or again and again
    if it hears nothing; `versions` asks for those of some mailboxes.
    """

    def __init__(
        self,
        listen: Callable[["Pulse"], Awaitable[None]],
        versions: Callable[[Iterable[str]], Awaitable[Mapping[str, str]]],
        is_busy: Callable[[str], bool],
    ) -> None:
        self._listen = listen
        self._versions = versions
        self._is_busy = is_busy
        self._waited_for: dict[str, str] = {}  # mailbox -> its version when this owner waited
        self._early: set[str] = set()  # changed while our own commit was under way
        self._changed: set[str] = set()
        self._waiters: list[asyncio.Future[frozenset[str]]] = []
        self._task: asyncio.Task[None] | None = None
        self._closed = False

    @property
    def is_open(self) -> bool:
        """Whether it is still to be listened."""
        return not self._closed

    @property
    def is_waiting(self) -> bool:
        """Whether this process waits for any mailbox, or may have missed a change of one."""
        return bool(self._waited_for or self._early)

    def noted(self, openid: str, version: str, *, waits: bool) -> None:
        """This process has seen that version of the mailbox, and waits for its next change."""
        if not waits:
            self._waited_for.pop(openid, None)
        elif openid in self._early:
            self._tell([openid])
        else:
            self._waited_for[openid] = version
        self._early.discard(openid)

    def heard(self, openid: str) -> None:
        """Another process has changed it."""
        if self._waited_for.pop(openid, None) is not None:
            self._tell([openid])
        elif self._is_busy(openid):
            self._early.add(openid)

    async def look(self) -> None:
        """Ask for the versions of what is waited for."""
        if seen := dict(self._waited_for):
            now = await self._versions(seen)
            for openid, version in seen.items():
                if now.get(openid) != version and self._waited_for.get(openid) == version:
                    self.heard(openid)

    async def wait(self) -> frozenset[str]:
        """The mailboxes waited for that others have changed, once there are any."""
        if self._task is None:
            self._task = asyncio.ensure_future(self._serve())
        future: asyncio.Future[frozenset[str]] = asyncio.get_running_loop().create_future()
        self._waiters.append(future)
        self._tell(())
        return await future

    async def close(self) -> None:
        """Hear no more; who waits gets an error."""
        self._closed = True
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})
        self._end(StoreError("store.closed"))

    async def _serve(self) -> None:
        while not self._closed:  # a server's client may swallow the cancellation
            try:
                await self._listen(self)
            except StoreError as error:
                log.debug("listen: %s", error)
                self._end(error)
            await asyncio.sleep(PAUSE)

    def _tell(self, openids: Iterable[str]) -> None:
        self._changed.update(openids)
        if self._changed and self._waiters:
            changed, self._changed = frozenset(self._changed), set()
            self._end(changed)

    def _end(self, result: frozenset[str] | StoreError) -> None:
        waiters, self._waiters = self._waiters, []
        for waiter in waiters:
            if waiter.done():
                continue
            if isinstance(result, StoreError):
                waiter.set_exception(result)
                waiter.exception()  # whoever waited may have been cancelled
            else:
                waiter.set_result(result)
