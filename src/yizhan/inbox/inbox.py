"""One account's inbox in one process: its parts put together, started and stopped as one."""

import asyncio
import logging
import os
import secrets
import socket
from collections.abc import Mapping
from functools import partial

import msgspec

from yizhan import rights
from yizhan.clock import Clock
from yizhan.errors import RegistrationError, StoreError
from yizhan.inbox import key
from yizhan.inbox.answering import Answering
from yizhan.inbox.calendar import Calendar
from yizhan.inbox.calling import Calling, Provide
from yizhan.inbox.engine import Engine
from yizhan.inbox.handling import endpoint_of
from yizhan.inbox.keeper import Keeper
from yizhan.inbox.permission import Permission
from yizhan.inbox.process import Courier, Process
from yizhan.inbox.push import Accepted, Response
from yizhan.inbox.reruns import Reruns, of_this_process
from yizhan.inbox.run import Run
from yizhan.inbox.spans import Spans
from yizhan.inbox.threads import Threads
from yizhan.inbox.unread import Read, Unread
from yizhan.inbox.work import Work
from yizhan.loops import Loop, soon_in
from yizhan.mark import Identity
from yizhan.metrics.meter import Meter
from yizhan.middleware import Incoming, Middleware
from yizhan.routing import Route, Table
from yizhan.settings import Settings
from yizhan.store.asking import seen
from yizhan.store.mailboxes.contract import Promise, Store
from yizhan.store.marking import settle
from yizhan.tracing import found

log = logging.getLogger("yizhan")

BACKLOG = 1_000  # plain functions that may wait for a thread before pushes are refused
RETRY = 1.0  # seconds until others are listened to again after a fault of the store

_decode = msgspec.json.Decoder(dict).decode


def _check_merging(routes: tuple[Route, ...], settings: Settings) -> None:
    for route in routes:
        if route.options.merge and not settings.ordered:
            raise RegistrationError("registration.merge_unordered", decorator=route.label)


def owner_name() -> str:
    """A name for this process in the store; no two ever have the same."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


class Inbox:
    """Where the pushes of one account are kept, handled and answered."""

    def __init__(
        self,
        *,
        settings: Settings,
        identity: Identity,
        store: Store,
        clock: Clock,
        routes: tuple[Route, ...],
        fallback: Route | None,
        error: Route | None,
        middlewares: tuple[Middleware, ...],
        provide: Provide,
        courier: Courier | None,
        read: Read,
        reruns: Reruns | None = None,
        meter: Meter | None = None,
    ) -> None:
        _check_merging(routes, settings)
        self.settings = settings
        self.identity = identity
        self.store = store
        self.clock = clock
        self.meter = meter or Meter()
        self.threads = Threads(settings.threads, BACKLOG, self.meter.threads)
        self.promise: Promise | None = None
        table = Table(
            routes,
            fallback,
            partial(endpoint_of, threads=self.threads),
            middlewares=middlewares,
            error=error,
        )
        allowed = courier is not None and rights.may_send(settings.kind, settings.verified)
        self.permission = Permission(settings, clock, allowed=allowed)
        self.process = Process(
            settings=settings,
            store=store,
            clock=clock,
            courier=courier,
            permission=self.permission,
            meter=self.meter,
        )
        calling = Calling(
            settings=settings,
            table=table,
            meter=self.meter,
            provide=provide,
            threads=self.threads,
        )
        answering = Answering(
            settings=settings, table=table, clock=clock, meter=self.meter, calling=calling
        )
        self.work = Work(self.process, answering, self.threads, reruns or of_this_process())
        self.engine = Engine(self.process, self.work)
        self.unread = Unread(self.process, self.meter, read, self._accept)
        self.calendar = Calendar(clock)
        self.keeper = Keeper(self.engine, self.unread, self.calendar)
        self.loop: Loop
        self._listener: asyncio.Task[None]

    @property
    def busy(self) -> bool:
        """Whether any answer is still to be made or sent."""
        return self.engine.busy

    @property
    def runs(self) -> Mapping[str, Run]:
        """The messages that this process runs, by their keys."""
        return self.work.runs

    @property
    def owner(self) -> str:
        """The name of this process in the store."""
        return self.process.owner

    async def start(self) -> Promise:
        """Open the store, take up what a dead process left, and be ready for pushes."""
        self.loop = asyncio.get_running_loop()
        if (tracing := found()) is not None:
            self.process.spans = Spans(tracing, self.settings.label)
        self.promise = await self.store.open()
        try:
            await settle(self.store, self.identity, "serve", url=self.settings.store_url)
            await self.store.renew()
        except StoreError:
            await self.store.close()
            raise
        self._listener = asyncio.create_task(self._listen())
        self.keeper.start()
        return self.promise

    def end_soon(self) -> None:
        """The server was told to stop: have what is held answered. From any thread."""
        soon_in(self.loop, self.engine.end_soon)

    async def stop(self) -> None:
        """Refuse new pushes, let handlers end within the grace, hand the rest over, close."""
        self.keeper.recovers = False
        try:
            await self.engine.stop()
            await self.keeper.stop()
            self._listener.cancel()
            await asyncio.gather(self._listener, return_exceptions=True)
            await self.store.leave()
        except StoreError as error:
            log.error("%s", error)
        finally:
            await self.store.close()
            self.process.deadlines.close()
            self.threads.close()

    async def differs(self, accepted: Accepted, response: Response) -> bool:
        """Whether a message that came again has other fields: somebody tries one id by hand."""
        message, known = accepted.message, response.message
        if known is not message:
            return known.raw != message.raw
        view = await seen(self.store, message.from_user, [accepted.key])
        return any(_decode(it.body) != message.raw for it in view.messages.values())

    async def _listen(self) -> None:
        """Hear of what other processes change, where somebody here waits for it."""
        while True:
            try:
                self.engine.pulsed(await self.store.pulse())
            except StoreError as error:
                log.warning("%s", error)
                await asyncio.sleep(RETRY)
            except Exception as error:  # whatever it was, others still wait
                log.error("%s", error, exc_info=error)
                await asyncio.sleep(RETRY)

    async def _accept(self, message: Incoming, body: bytes, at: float) -> None:
        """Take on a message that could not be read before."""
        await self.engine.take_up(Accepted(message, key.of(message, body)), at)
