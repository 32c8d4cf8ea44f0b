"""One account's inbox in one process: its parts put together, started and stopped as one."""

import asyncio
import logging
import os
import secrets
import socket
from collections import Counter
from functools import partial

import msgspec

from yizhan import messages
from yizhan.clock import Clock
from yizhan.inbox.delivery import Courier, Delivery
from yizhan.inbox.engine import Engine
from yizhan.inbox.handling import endpoint_of
from yizhan.inbox.lease import Keeper
from yizhan.inbox.lookout import Lookout
from yizhan.inbox.run import Run
from yizhan.inbox.threads import Threads
from yizhan.inbox.work import Provide, Work
from yizhan.middleware import Middleware
from yizhan.routing import Route, Table
from yizhan.settings import Settings
from yizhan.store import Job, Outcome, Promise, Store
from yizhan.wire.xml import Raw

log = logging.getLogger("yizhan")

BACKLOG = 1_000  # plain functions that may wait for a thread before pushes are refused

_decode = msgspec.json.Decoder(dict).decode


class Inbox:
    """Where the pushes of one account are kept, handled and answered."""

    def __init__(
        self,
        *,
        settings: Settings,
        store: Store,
        clock: Clock,
        routes: tuple[Route, ...],
        fallback: Route | None,
        error: Route | None,
        middlewares: tuple[Middleware, ...],
        provide: Provide,
        courier: Courier | None,
    ) -> None:
        self.settings = settings
        self.store = store
        self.counters: Counter[str] = Counter()
        self.threads = Threads(settings.threads, BACKLOG)
        self.promise: Promise | None = None
        self._listing: set[asyncio.Task[None]] = set()
        owner = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        table = Table(
            routes,
            fallback,
            partial(endpoint_of, threads=self.threads),
            middlewares=middlewares,
            error=error,
        )
        self.delivery = Delivery(
            settings=settings,
            store=store,
            clock=clock,
            owner=owner,
            courier=courier,
            counters=self.counters,
        )
        self.work = Work(
            settings=settings,
            table=table,
            store=store,
            clock=clock,
            threads=self.threads,
            owner=owner,
            counters=self.counters,
            provide=provide,
            left_over=self.delivery.follow_up,
        )
        self.lookout = Lookout(store, self.work)
        self.engine = Engine(
            settings=settings,
            store=store,
            clock=clock,
            work=self.work,
            delivery=self.delivery,
            lookout=self.lookout,
            counters=self.counters,
        )
        self.keeper = Keeper(
            settings=settings, store=store, clock=clock, work=self.work, resume=self._resume
        )

    async def start(self) -> Promise:
        """Open the store, take up what a dead process left, and be ready for pushes."""
        self.promise = await self.store.open()
        await self.store.renew(self.work.owner)
        self.lookout.start()
        self.keeper.start()
        return self.promise

    async def stop(self) -> None:
        """Refuse new pushes, let handlers end within the grace, hand the rest over, close."""
        self.engine.stopping = True
        await self.work.stop(self.settings.grace)
        await self.keeper.stop()
        await self.lookout.stop()
        await self.delivery.stop()
        await self.store.leave(self.work.owner)
        await self.store.close()
        self.threads.close()

    def _resume(self, job: Job) -> None:
        if job.key in self.work.runs:
            return
        if job.state == "ready":
            self.delivery.resume(job.key, job.openid)
            return
        raw: Raw = _decode(job.message)
        run = self.lookout.runs.pop(job.key, None) or Run(job.key, messages.read(raw))
        call = self.work.table.find(run.message)
        self.counters["recovered"] += 1
        if job.attempts > 1 and call.route is not None and not call.route.options.rerun:
            self._listing.add(task := asyncio.create_task(self._list(job.key)))
            task.add_done_callback(self._listing.discard)
            return
        run.again = True
        self.work.start(run, None)

    async def _list(self, key: str) -> None:
        await self.store.finish(key, self.work.owner, Outcome(state="dead", note="rerun=False"))
