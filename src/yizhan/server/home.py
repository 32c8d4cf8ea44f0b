"""The thread in which an account's engine lives where its host has no loop for it."""

import asyncio
import atexit
import logging
import multiprocessing
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from functools import partial
from multiprocessing.util import Finalize
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, TypeVar

from yizhan.loops import Loop, soon_in
from yizhan.phrases import say
from yizhan.server.lasting import LastingThreads
from yizhan.server.receiver import Request
from yizhan.server.response import Response
from yizhan.server.signals import SIGTERM, Listener, Then

if TYPE_CHECKING:
    from yizhan.account import Account

log = logging.getLogger("yizhan")

T = TypeVar("T")

LAST = 40.0  # seconds beyond the grace that a stop may take: a message may be on its way to WeChat


class Home:
    """One loop in a thread, from the first call until the process ends."""

    def __init__(self, account: "Account") -> None:
        self.account = account
        self.loop: Loop | None = None
        self._lock = Lock()

    def submit(self, work: Coroutine[Any, Any, T]) -> "Future[T]":
        """Have this done in the loop."""
        return asyncio.run_coroutine_threadsafe(work, self.running())

    async def receive(self, request: Request, body: bytes) -> Response:
        """What a push is answered with, to a host whose own loop may end with it."""

        async def read() -> bytes:
            return body

        asgi, loop = self.account.asgi, self.running()
        answered = asgi.receive(asgi.path, request, read)
        response = await asyncio.wrap_future(self.submit(answered))
        response.told_by = partial(soon_in, loop)
        return response

    def start(self) -> None:
        """Start the account here, unless it is started. Raises SettingsError or StoreError."""
        if self.account.inbox is None:
            self.submit(self.account.start()).result()
        SIGTERM.add(self, Listener(self._end_soon, self._stop))  # where a request did in vain

    def close(self) -> None:
        """Stop the account, and end the thread."""
        loop = self.loop
        if loop is None:
            return
        atexit.unregister(self.close)
        SIGTERM.remove(self)
        stopping = asyncio.run_coroutine_threadsafe(self.account.stop(), loop)
        try:
            stopping.result(self.account.settings.grace + LAST)
        except TimeoutError:
            log.error("%s", say("server.stubborn"))
        loop.call_soon_threadsafe(loop.stop)
        self.loop = None

    def running(self) -> Loop:
        """The loop, begun with the first call."""
        with self._lock:
            if self.loop is None:
                self.loop = asyncio.new_event_loop()
                self.loop.set_default_executor(LastingThreads())
                Thread(target=_serve, args=(self.loop,), name="yizhan-loop", daemon=True).start()
                at_exit(self.close)
                SIGTERM.add(self, Listener(self._end_soon, self._stop))
            return self.loop

    def _end_soon(self) -> None:
        if (inbox := self.account.inbox) is not None:
            inbox.end_soon()

    def _stop(self, then: Then) -> None:
        self.submit(self.account.stop()).add_done_callback(lambda _: then())


def at_exit(close: Callable[[], None]) -> None:
    """Call this when the process ends: one that multiprocessing has made calls no atexit."""
    atexit.register(close)
    if multiprocessing.parent_process() is not None:
        Finalize(None, close, exitpriority=100)


def _serve(loop: Loop) -> None:
    asyncio.set_event_loop(loop)
    loop.run_forever()
    loop.close()
