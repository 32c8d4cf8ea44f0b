"""Keeping this process's leases, and taking over those of the dead."""

import asyncio
import logging
from typing import Protocol

from yizhan.clock import Clock
from yizhan.errors import StoreError
from yizhan.inbox.work import Work
from yizhan.phrases import say
from yizhan.settings import Settings
from yizhan.store import Job, Store

log = logging.getLogger("yizhan")

BATCH = 100
PRUNE_EVERY = 600.0


class Resume(Protocol):
    """Takes up a job that this process has just taken over."""

    def __call__(self, job: Job, /) -> None: ...


class Keeper:
    """Renews every third of a lease, gives up what was lost, recovers what is nobody's."""

    def __init__(
        self, *, settings: Settings, store: Store, clock: Clock, work: Work, resume: Resume
    ) -> None:
        self.settings = settings
        self.store = store
        self.clock = clock
        self.work = work
        self._resume = resume
        self._renewed = clock.monotonic()
        self._patient_until = 0.0
        self._pruned = clock.monotonic()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _keep(self) -> None:
        while True:
            try:
                await self.tick()
            except StoreError as error:
                log.warning("%s", error)
            await asyncio.sleep(self.settings.lease / 3)

    async def tick(self) -> None:
        """Renew; then recover, unless this process was away so long that others may be, too."""
        mine = {key: run for key, run in self.work.runs.items() if run.local}
        kept = await self.store.renew(self.work.owner)
        now = self.clock.monotonic()
        if now - self._renewed > self.settings.lease / 2:
            self._patient_until = now + self.settings.lease
        self._renewed = now
        for key in mine.keys() - kept:
            self._give_up(key)
        if now >= self._patient_until:
            await self._recover()
        if now - self._pruned > PRUNE_EVERY:
            self._pruned = now
            settings = self.settings
            await self.store.prune(
                self.clock.wall(), settings.keep, settings.collect, idle=settings.session_ttl
            )

    async def _recover(self) -> None:
        settings, owner = self.settings, self.work.owner
        for job in await self.store.recover(owner, settings.lease, settings.tries, BATCH):
            self._resume(job)

    def _give_up(self, key: str) -> None:
        run = self.work.runs.get(key)
        if run is not None and run.task is not None and not run.committing:
            log.warning("%s", say("handler.lost_lease", key=key))
            self.work.counters["lost_leases"] += 1
            run.task.cancel()
