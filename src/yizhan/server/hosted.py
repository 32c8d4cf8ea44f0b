"""An account's life in the loop of a host, which may tell when it starts and stops, or may not."""

import asyncio
import atexit
import logging
import sys
from typing import TYPE_CHECKING

from yizhan.errors import Overloaded, YizhanError
from yizhan.loops import Loop
from yizhan.phrases import say
from yizhan.server.hiding import guard
from yizhan.server.home import LAST, at_exit
from yizhan.server.path import shown
from yizhan.server.signals import SIGTERM, Listener, Then

if TYPE_CHECKING:
    from yizhan.account import Account

log = logging.getLogger("yizhan")


class Hosted:
    """Starts one account with its host, or with the first request, and stops it at the end."""

    def __init__(self, account: "Account") -> None:
        self.account = account
        self._beginning: asyncio.Task[None] | None = None
        self._ended: asyncio.Future[None] | None = None
        self._loop: Loop | None = None
        self._met: list[object] = []
        self._routed = self._told_slash = False

    async def begin(self, app: object = None) -> None:
        """Start: the host, with that application, will say when to stop.

        Raises SettingsError or StoreError.
        """
        self.meet(app)
        await self.account.start()
        SIGTERM.add(self, Listener(self._end_soon))

    def meet(self, app: object) -> None:
        """Add the route that this application may lack, once: by its lifespan, else by a request.

        A lifespan may not name it, and there may be none.
        """
        if any(it is app for it in self._met):
            return
        self._met.append(app)
        if "starlette" in sys.modules:
            from yizhan.server.routed import add_routes

            self._routed |= add_routes(app, self.account.asgi)

    def tell_slash(self, path: str, root: str) -> None:
        """Say once what to give WeChat where only the path with a slash at its end is found.

        A host may redirect the path without one, and then no push reaches us.
        """
        if not self._routed and not self._told_slash and path.rstrip("/") == root.rstrip("/"):
            self._told_slash = True
            whole = shown(path)
            log.info("%s", say("start.mount_slash", path=whole, bare=whole.rstrip("/")))

    async def stop(self) -> None:
        """Stop, since the host says so: it listens no more, and has to answer what it holds."""
        self._end_soon()
        await self.account.stop()

    def end(self) -> None:
        """The account has stopped."""
        SIGTERM.remove(self)
        atexit.unregister(self._exit)
        if self._ended is not None and not self._ended.done():
            self._ended.set_result(None)
        self._loop = self._ended = None

    def begin_soon(self) -> None:
        """Start, since a request came and nothing has started it before: nobody tells of the end.

        So it comes with the end of the loop, or of the process.
        """
        loop = asyncio.get_running_loop()
        guard()  # the first line may be written before the account has started
        if self._beginning is None or self._beginning.done() or self._loop is not loop:
            self._loop = loop
            self._beginning = loop.create_task(self._begin())

    async def _begin(self) -> None:
        account = self.account
        try:
            await account.ready()
        except Overloaded:
            return  # it was stopped
        except YizhanError as error:
            log.error("%s", error)
            return
        if account.asgi.home.loop is not self._loop:  # that one stops it by itself
            SIGTERM.add(self, Listener(self._end_soon, self._stop))
            at_exit(self._exit)
            self._ended = asyncio.get_running_loop().create_future()
            await self._until_the_loop_ends(self._ended)

    def _end_soon(self) -> None:
        if (inbox := self.account.inbox) is not None:
            inbox.end_soon()

    def _stop(self, then: Then) -> None:
        if (loop := self._loop) is None or not loop.is_running():
            then()
            return
        stopping = asyncio.run_coroutine_threadsafe(self.account.stop(), loop)
        stopping.add_done_callback(lambda _: then())

    async def _until_the_loop_ends(self, ended: "asyncio.Future[None]") -> None:
        """A loop that ends cancels all its tasks, and waits for them; the next one begins anew."""
        try:
            await ended
        except asyncio.CancelledError:
            await self.account.stop()
            self.account._forget()
            raise

    def _exit(self) -> None:
        """The process ends, and so did the host, but for its loop perhaps."""
        account, loop = self.account, self._loop
        if loop is None or account.inbox is None or loop.is_closed():
            return
        if loop.is_running():  # in another thread
            stopping = asyncio.run_coroutine_threadsafe(account.stop(), loop)
            stopping.result(account.settings.grace + LAST)
        else:
            loop.run_until_complete(account.stop())
