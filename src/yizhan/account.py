"""The account: what an author makes, decorates and serves."""

import asyncio
import logging
import sys
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Coroutine,
    Iterable,
    Iterator,
    Mapping,
)
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import cached_property, partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from yizhan import place
from yizhan import settings as configuration
from yizhan.api import AsyncClient, Transport
from yizhan.api.client import preload
from yizhan.api.counting import counted
from yizhan.api.options import options_of
from yizhan.api.reports import OnCall
from yizhan.binding import name_of
from yizhan.clock import Clock, SystemClock
from yizhan.errors import Overloaded, SettingsError, StoreError, YizhanError
from yizhan.hooks import H, Hooks, checked
from yizhan.inbox.courier import ApiCourier
from yizhan.inbox.inbox import Inbox
from yizhan.loops import Loop, after_fork, done_in
from yizhan.mark import Identity
from yizhan.metrics import series
from yizhan.metrics.meter import Meter
from yizhan.phrases import say
from yizhan.router import Router
from yizhan.routing import shadowed
from yizhan.settings import TOKEN_MISSING, Settings
from yizhan.store import filesystem
from yizhan.store.counts import folder_of
from yizhan.store.left import left_behind
from yizhan.store.opening import connect, owner_name
from yizhan.store.prefix import prefix_of
from yizhan.store.shelf import shelf_for

if TYPE_CHECKING:
    from yizhan.api.component import Component
    from yizhan.metrics.folder import Folder
    from yizhan.server.asgi import Asgi
    from yizhan.server.response import Response
    from yizhan.server.wsgi import Wsgi

log = logging.getLogger("yizhan")

T = TypeVar("T")


class Account(Router):
    """One Official Account: its handlers, its settings, and the ways to serve it.

    Settings come from yizhan.toml, then from YIZHAN_* variables (`[accounts.NAME]` and
    `YIZHAN_NAME_*` with a name), and at last from keyword arguments named like the
    settings. They are read on first use, so that a bot can be imported without them; a wrong
    one raises SettingsError then. `component` is the third-party platform that this account has
    authorised: its keys open pushes, and its tokens call the API. `on_call` is called with a
    CallReport after each call of `api` (a platform has an `on_call` of its own).
    """

    def __init__(
        self,
        name: str = "",
        /,
        *,
        clock: Clock | None = None,
        component: "Component | None" = None,
        on_call: OnCall | None = None,
        **settings: object,
    ) -> None:
        super().__init__()
        self.name = name
        self.component = component
        self.on_call = on_call
        self.clock: Clock = clock or SystemClock()
        self.transport: Transport | None = None
        self.meter = Meter()
        self.project = ""  # what development's store is called, under `yizhan dev`
        self._given = settings
        self._hooks = Hooks()
        self._loop: Loop | None = None  # in which what follows lives
        self._starting: asyncio.Future[Inbox] | None = None
        self._inbox: Inbox | None = None
        self._stopping: asyncio.Future[None] | None = None

    @cached_property
    def settings(self) -> Settings:
        """The settings in force."""
        return configuration.load(self.name, given={**self._lent(), **self._given})

    def allow_weak(self) -> None:
        """Accept a weak Token, for a local try; call it before the settings are first read."""
        self._given = {**self._given, "allow_weak": True}

    @property
    def identity(self) -> Identity:
        """How the store tells this account from others."""
        return Identity(project=self.project) if self.project else self.settings.identity

    def develop(self, folder: Path) -> None:
        """Use the development store of the project in that folder; a store in memory stays.

        An account without a Token gets one of the project's own.
        """
        try:
            settings = self.settings
            if settings.mode == "cloudrun":  # the simulator signs its pushes
                self._given = {**self._given, "mode": "plain"}
                del self.settings
                settings = self.settings
        except SettingsError as error:
            if error.phrase != TOKEN_MISSING:
                raise
            self._given = {**self._given, "token": place.dev_token(folder, make=True)}
            settings = self.settings
        if self.project or settings.store.startswith("memory:"):
            return
        self.project = place.project_of(settings.label, folder)
        url = place.url_of(place.development(self.project))
        self.settings = replace(settings, store=url)

    @cached_property
    def api(self) -> AsyncClient:
        """The account's API client; its connections open with the first call."""
        settings = self.settings
        if self.component is not None:
            return self.component.account(settings.appid, partial(counted, self.meter))
        shelf = shelf_for(settings.store_url, settings.label, self.clock)
        on_call = partial(counted, self.meter, self.on_call)
        options = options_of(
            settings, shelf=shelf, transport=self.transport, clock=self.clock, on_call=on_call
        )
        return AsyncClient(settings.appid, settings.secret, **options)

    @cached_property
    def asgi(self) -> "Asgi":
        """This account as an ASGI application; the engine starts with the first request.

        To Starlette's `app.mount` prefer `yizhan.mounts.starlette.mount`: the former redirects
        pushes to a path with a slash, until a lifespan that names the application, or a request
        that does reach the account, lets it add the route.
        """
        if "starlette" in sys.modules:  # it may be returned from a path operation there
            from yizhan.server.routed import Returned

            return Returned(self)
        from yizhan.server.asgi import Asgi

        return Asgi(self)

    @cached_property
    def wsgi(self) -> "Wsgi":
        """This account as a WSGI application; its engine lives in a thread of its own."""
        from yizhan.server.wsgi import Wsgi

        return Wsgi(self.asgi)

    def startup(self, hook: H, /) -> H:
        """Register a function that runs once in each process, before its first message.

        An `async def` without arguments, called in the engine's loop: for a pool of connections.
        If it raises, the account does not start.
        """
        self._check_open(name_of(hook))
        self._hooks.startup.append(checked(hook))
        return hook

    def shutdown(self, hook: H, /) -> H:
        """Register a function that runs when the account stops, after the last handler."""
        self._check_open(name_of(hook))
        self._hooks.shutdown.append(checked(hook))
        return hook

    def serve_here(self) -> None:
        """Start the engine in this process, in a thread of its own, until the process ends.

        For a host without a lifespan: call it in the process that serves, in the host's hook
        for that, such as gunicorn's `post_worker_init`. Then what another process has left is
        taken up at once, and not with the first request. Raises SettingsError or StoreError.
        """
        self.asgi.home.start()

    async def receive(
        self,
        method: str,
        path: str,
        query: bytes | str,
        headers: Iterable[tuple[bytes | str, bytes | str]],
        body: bytes | Callable[[], Awaitable[bytes]],
    ) -> "Response":
        """The response to a request: for servers that speak neither ASGI nor WSGI.

        `query` is raw. A callable `body` is awaited only once the query was verified. Write
        the response, then call its `written()`, or `lost()` where the connection had ended;
        cancel this call when WeChat hangs up while it runs.
        """
        from yizhan.server.receiver import Request, bytes_of

        async def read() -> bytes:
            return await body() if callable(body) else body

        lower = [(bytes_of(name).lower(), bytes_of(value)) for name, value in headers]
        return await self.asgi.receive(path, Request(method, bytes_of(query), lower), read)

    @asynccontextmanager
    async def lifespan(self, app: object = None) -> AsyncIterator[None]:
        """Start the engine, and stop it at the end: for a host application's own lifespan.

        Name the application where the account was mounted with its `app.mount`.
        """
        await self.asgi.hosted.begin(app)
        try:
            yield
        finally:
            await self.asgi.hosted.stop()

    async def start(self) -> Inbox:
        """The inbox of this process, started once. Raises SettingsError or StoreError."""
        if (loop := self._elsewhere()) is not None:
            return await done_in(loop, self.start())
        if self._stopping is not None:
            # One that is over may have been another loop's, and cannot be waited for in this one.
            if not self._stopping.done():
                await asyncio.wait((self._stopping,))
            self._stopping = None
        if self._starting is None or _failed(self._starting):
            self._serve(True)
            after_fork(self, Account._forget)
            self._loop = asyncio.get_running_loop()
            self._starting = asyncio.ensure_future(self._start())
        return await asyncio.shield(self._starting)

    async def ready(self) -> Inbox:
        """The inbox, started by the first push. Raises Overloaded once it has stopped.

        One that is stopping refuses what is new by itself, and serves what it has in hand.
        """
        if self._inbox is None and self._stopping is not None:
            raise Overloaded("engine.stopping")
        return self._inbox or await self.start()

    async def beside(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Run the coroutine in the engine's event loop, and return its result."""
        loop = self._elsewhere()
        return await (work() if loop is None else done_in(loop, work()))

    async def stop(self) -> None:
        """Stop the engine: handlers get `grace` seconds, other processes take over the rest."""
        if (loop := self._elsewhere()) is not None:
            await done_in(loop, self.stop())
            return
        if self._stopping is None:
            if self._inbox is not None:
                self._inbox.engine.close()
            self._stopping = asyncio.ensure_future(self._stop())
        await asyncio.shield(self._stopping)

    @property
    def inbox(self) -> Inbox | None:
        """The running inbox, if it has started."""
        return self._inbox

    def warnings(self) -> Iterator[str]:
        """What to correct although it works: handlers that no message reaches, a short Token."""
        for route, earlier in shadowed(tuple(self._routes())):
            yield say(
                "start.shadowed",
                handler=route.handler.name,
                label=route.label,
                place=route.handler.place,
                earlier=earlier.label,
                earlier_place=earlier.handler.place,
            )
        if (advice := configuration.advice(self.settings)) is not None:
            yield advice

    def _lent(self) -> Mapping[str, object]:
        """What the third-party platform decides for the accounts that authorised it."""
        component = self.component
        if component is None:
            return {}
        appid = configuration.load(self.name, given={**component.lent, **self._given}).appid
        return {**component.lent, "path": f"{component.path}/{appid}"}

    @property
    def may_call(self) -> bool:
        """Whether it has the keys that API calls need."""
        settings = self.settings
        none = settings.api_token == "none"  # noqa: S105  # which kind
        return bool(settings.appid and (settings.secret or none or self.component))

    async def _start(self) -> Inbox:
        from yizhan.server import cloudrun, hiding

        cloudrun.check_store(self)
        cloudrun.warn_elsewhere(self)
        hiding.guard()
        hiding.watch(asyncio.get_running_loop())
        await self._hooks.start()
        try:
            return await self._open()
        except YizhanError:
            await self._hooks.stop()
            raise

    async def _open(self) -> Inbox:
        """The inbox over the account's store, ready for pushes."""
        settings, identity = self.settings, self.identity
        prefix = await prefix_of(settings.store_url, identity)
        inbox = Inbox(
            settings=settings,
            identity=identity,
            store=connect(
                settings.store_url,
                account=prefix,
                owner=owner_name(),
                clock=self.clock,
                brings_over=settings.lease,
                meter=self.meter,
            ),
            clock=self.clock,
            routes=tuple(self._routes()),
            fallback=self._last_resort(),
            error=self._error_handler(),
            middlewares=tuple(self._middlewares),
            provide={"account": lambda: self, "api": lambda: self.api},
            courier=ApiCourier(self.api) if self.may_call else None,
            read=lambda body: self.asgi.receiver.read(body),
            meter=self.meter,
        )
        promise = await inbox.start()
        self.meter.set(series.WORKERS, 1, version("yizhan"))
        if (counts := folder_of(settings.store_url, settings.label)) is not None:
            await asyncio.to_thread(self._count_in, counts)
        if not settings.store and (left := await asyncio.to_thread(left_behind, settings)):
            log.warning("%s", left)
        if place.file_of(settings.store_url) is not None:  # a store in memory needs no thread
            await asyncio.to_thread(self._warn_of_file_system)
        if self.transport is None and self.may_call:
            asyncio.get_running_loop().run_in_executor(None, preload)
        log.log(
            logging.WARNING if promise.broken else logging.INFO,
            "%s",
            say(
                "start.promise",
                label=settings.label,
                store=promise.name,
                promise=say(promise.phrase),
            ),
        )
        self._inbox = inbox
        return inbox

    def _warn_of_file_system(self) -> None:
        """Say so, if the store's file lies where it may be lost."""
        if unsafe := filesystem.warning(self.settings.store_url, lasts=not self.project):
            log.warning("%s", unsafe)

    def _count_in(self, folder: "Folder") -> None:
        """Count in a file, for other processes to read; without one all goes on."""
        try:
            self.meter.keep_in(folder.make())
        except (OSError, StoreError) as error:
            log.warning("%s", say("metrics.alone", folder=folder.path, problem=error))

    async def _stop(self) -> None:
        if self._starting is not None:
            await asyncio.wait((self._starting,))
        try:
            if (inbox := self.inbox) is not None:
                await inbox.stop()
                await self._hooks.stop()
            if "api" in self.__dict__:
                await self.api.close()
        finally:
            self._starting = self._inbox = self._loop = None
            self._serve(False)
            self.meter.end()
            if "asgi" in self.__dict__:
                self.asgi.hosted.end()

    def _elsewhere(self) -> Loop | None:
        """The loop in which the engine lives, if that is not the one that runs here."""
        loop = self._loop
        if loop is None or loop is asyncio.get_running_loop():
            return None
        if loop.is_running():
            return loop
        self._forget()  # it has ended, with everything in it
        return None

    def _forget(self) -> object:
        """Begin anew: the engine's loop has ended, or is a parent process's; what there was."""
        kept = [self.__dict__.pop("api", None), self._inbox, self._loop]
        if "asgi" in self.__dict__:
            kept.append(self.asgi.forget())
        self.meter.forget()
        self._loop = self._starting = self._inbox = self._stopping = None
        self._serve(False)
        return kept


def _failed(starting: "asyncio.Future[Inbox]") -> bool:
    return starting.done() and (starting.cancelled() or starting.exception() is not None)
