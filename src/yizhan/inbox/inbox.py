"""One account's inbox in one process: its parts put together, started and stopped as one."""

import logging
import os
import secrets
import socket
from collections import Counter
from functools import partial

import msgspec

from yizhan import messages, rights
from yizhan.clock import Clock
from yizhan.errors import StoreError
from yizhan.inbox import key
from yizhan.inbox.answering import Answering, Provide
from yizhan.inbox.calendar import Calendar
from yizhan.inbox.delivery import Courier, Delivery
from yizhan.inbox.dropping import Dropping
from yizhan.inbox.engine import Accepted, Engine
from yizhan.inbox.handling import endpoint_of
from yizhan.inbox.ladder import INTERVAL, PUSHES
from yizhan.inbox.lease import Keeper
from yizhan.inbox.lookout import Lookout
from yizhan.inbox.permission import Permission
from yizhan.inbox.responding import Responding
from yizhan.inbox.response import Response
from yizhan.inbox.threads import Threads
from yizhan.inbox.unread import Read, Unread
from yizhan.inbox.work import Work
from yizhan.mark import Identity
from yizhan.middleware import Incoming, Middleware
from yizhan.routing import Route, Table
from yizhan.settings import Settings
from yizhan.store import PICKUP, UNREAD, Job, Promise, Store
from yizhan.store.marking import settle
from yizhan.wire.xml import Raw

log = logging.getLogger("yizhan")

LAST_PUSH_AFTER = (PUSHES - 1) * INTERVAL  # seconds after the first
BACKLOG = 1_000  # plain functions that may wait for a thread before pushes are refused

_decode = msgspec.json.Decoder(dict).decode


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
    ) -> None:
        self.settings = settings
        self.identity = identity
        self.store = store
        self.clock = clock
        self.counters: Counter[str] = Counter()
        self.threads = Threads(settings.threads, BACKLOG)
        self.promise: Promise | None = None
        owner = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        table = Table(
            routes,
            fallback,
            partial(endpoint_of, threads=self.threads),
            middlewares=middlewares,
            error=error,
        )
        allowed = courier is not None and rights.may_send(settings.kind, settings.verified)
        permission = Permission(settings, clock, allowed=allowed)
        dropping = Dropping()
        self.delivery = Delivery(
            settings=settings,
            store=store,
            clock=clock,
            owner=owner,
            courier=courier,
            permission=permission,
            dropping=dropping,
            counters=self.counters,
        )
        answering = Answering(
            settings=settings,
            table=table,
            store=store,
            clock=clock,
            owner=owner,
            counters=self.counters,
            provide=provide,
        )
        self.work = Work(
            settings=settings,
            answering=answering,
            store=store,
            threads=self.threads,
            owner=owner,
            counters=self.counters,
            permission=permission,
            dropping=dropping,
            left_over=self.delivery.follow_up,
        )
        self.lookout = Lookout(store, self.work)
        self.delivery.moved = self.lookout.moved
        self.delivery.changed = self.lookout.change
        self.responding = Responding(
            settings=settings,
            store=store,
            clock=clock,
            owner=owner,
            delivery=self.delivery,
            lookout=self.lookout,
        )
        self.engine = Engine(
            settings=settings,
            store=store,
            clock=clock,
            work=self.work,
            delivery=self.delivery,
            responding=self.responding,
            lookout=self.lookout,
            counters=self.counters,
        )
        self.unread = Unread(
            store=store,
            clock=clock,
            owner=owner,
            counters=self.counters,
            read=read,
            accept=self._accept,
        )
        self.calendar = Calendar(clock)
        self.keeper = Keeper(
            settings=settings,
            store=store,
            clock=clock,
            calendar=self.calendar,
            work=self.work,
            resume=self._resume,
        )
        self.lookout.released = self.keeper.hurry

    @property
    def busy(self) -> bool:
        """Whether any answer is still to be made or sent."""
        return bool(self.work.runs) or self.delivery.busy

    async def start(self) -> Promise:
        """Open the store, take up what a dead process left, and be ready for pushes."""
        self.promise = await self.store.open()
        try:
            await settle(self.store, self.identity, "serve", url=self.settings.store_url)
            await self.store.renew(self.work.owner)
        except StoreError:
            await self.store.close()
            raise
        self.lookout.start()
        self.keeper.start()
        return self.promise

    async def stop(self) -> None:
        """Refuse new pushes, let handlers end within the grace, hand the rest over, close."""
        self.engine.stopping = True
        self.keeper.recovers = False
        try:
            await self.work.stop(self.settings.grace)
            await self.engine.hand_over()
            await self.delivery.stop()
            await self.keeper.stop()
            await self.lookout.stop()
            await self.store.leave(self.work.owner)
        except StoreError as error:
            log.error("%s", error)
        finally:
            await self.store.close()
            self.threads.close()

    async def differs(self, accepted: Accepted, response: Response) -> bool:
        """Whether a message that came again has other fields: somebody tries one id by hand."""
        message, known = accepted.message, response.run.message
        if known is not message:
            return known.raw != message.raw
        jobs = await self.store.look([accepted.key])
        return any(_decode(job.message) != message.raw for job in jobs)

    async def _accept(self, message: Incoming, body: bytes, at: float) -> None:
        """Take on a message that could not be read before."""
        await self.engine.take_up(Accepted(message, key.of(message, body)), at)

    async def _resume(self, job: Job) -> None:
        """Go on with a job that was taken over: send what is ready, run what is not.

        One whose earlier run here is still ending is left alone: the keeper adopts it then.
        """
        if job.openid == UNREAD:
            await self.unread.resume(job)
            return
        if job.key in self.work.runs:
            return
        if job.state == "ready":
            self.delivery.resume(job.key, job.openid)
            return
        raw: Raw = _decode(job.message)
        run = self.work.run_of(job.key, messages.read(raw))
        run.again, run.interrupted = True, job.state == "running"
        run.closed_at = self._last_push(job)
        self.counters["recovered"] += 1
        if job.note == PICKUP:
            self.lookout.resume(run)
            return
        self.work.start(run, None)
        self.work.hold(run)

    def _last_push(self, job: Job) -> float:
        """When WeChat last pushed this job, as far as one can know without having been there."""
        age = max(0.0, self.clock.wall() - job.created)
        return self.clock.monotonic() - max(0.0, age - LAST_PUSH_AFTER)
