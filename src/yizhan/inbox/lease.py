"""Keeping this process's leases, and taking over those of the dead."""

import asyncio
import logging
from collections.abc import Awaitable
from contextlib import suppress
from typing import Protocol

from yizhan.clock import Clock
from yizhan.errors import StoreError
from yizhan.inbox.calendar import Calendar
from yizhan.inbox.key import masked
from yizhan.inbox.work import Work
from yizhan.phrases import say
from yizhan.settings import Settings
from yizhan.store import UNFINISHED, Job, Outcome, Store

log = logging.getLogger("yizhan")

BATCH = 100
BETWEEN = 0.1  # seconds between two looks at least
PRUNE_EVERY = 600.0
ADOPTED = (*UNFINISHED, "ready")


class Resume(Protocol):
    """Takes up a job that this process has just taken over."""

    def __call__(self, job: Job, /) -> Awaitable[None]: ...


class Keeper:
    """Renews every third of a lease, gives up what was lost, recovers what is nobody's."""

    def __init__(
        self,
        *,
        settings: Settings,
        store: Store,
        clock: Clock,
        calendar: Calendar,
        work: Work,
        resume: Resume,
    ) -> None:
        self.settings = settings
        self.store = store
        self.clock = clock
        self.calendar = calendar
        self.work = work
        self.recovers = True
        self._resume = resume
        self._renewed = clock.monotonic()
        self._patient_until = 0.0
        self._prune_at = clock.monotonic()
        self._orphans: frozenset[str] = frozenset()
        self._wanted = asyncio.Event()
        self._task: asyncio.Task[None]

    def start(self) -> None:
        self._task = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    def hurry(self) -> None:
        """Look for jobs without an owner soon: a push waits for one."""
        self._wanted.set()

    async def _keep(self) -> None:
        while True:
            self._wanted.clear()
            try:
                await self.tick()
            except StoreError as error:
                log.warning("%s", error)
            except Exception as error:  # whatever it was, the leases must go on
                log.error("%s", error, exc_info=error)
            await asyncio.sleep(BETWEEN)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wanted.wait(), self.settings.lease / 3 - BETWEEN)

    async def tick(self) -> None:
        """Renew; then recover, unless this process was away so long that others may be, too."""
        mine = {key: run for key, run in self.work.runs.items() if run.local}
        kept = await self.store.renew(self.work.owner)
        now = self.clock.monotonic()
        if now - self._renewed > self.settings.lease / 2:
            self._patient_until = now + self.settings.lease
        self._renewed = now
        for key in mine.keys() - kept:
            run = self.work.runs.get(key)
            if run is mine[key] and run.local and not run.committing:
                self.work.give_up(run)
        await self._adopt(kept - self.work.runs.keys() - self.work.finishing)
        if now >= self._patient_until:
            await self._recover()
        self.work.wake()  # a job that was given up lets the follower's next one go
        if now >= self._prune_at and (at := self.calendar.confirmed()) is not None:
            self._prune_at = now + PRUNE_EVERY
            settings = self.settings
            await self.store.prune(at, settings.keep, settings.collect, idle=settings.session_ttl)

    async def _adopt(self, orphans: frozenset[str]) -> None:
        """Take up what has been this process's own for a while, though nothing here runs it.

        So it goes when a claim's caller was cancelled, or its connection to the store broke.
        """
        known, self._orphans = self._orphans, orphans
        if self.recovers and (left := known & orphans):
            for job in await self.store.look(left):
                if job.owner == self.work.owner and job.state in ADOPTED:
                    await self._take_up(job)

    async def _recover(self) -> None:
        """Take over, batch by batch, as much as this process may hold."""
        settings, work = self.settings, self.work
        while self.recovers and len(work.runs) < settings.max_jobs:
            jobs = await self.store.recover(work.owner, settings.lease, settings.tries, BATCH)
            if jobs:
                keys = ", ".join(masked(job.key) for job in jobs)
                log.info("%s", say("lease.taken_over", count=len(jobs), keys=keys))
            for job in jobs:
                await self._take_up(job)
            if len(jobs) < BATCH:
                return

    async def _take_up(self, job: Job) -> None:
        try:
            await self._resume(job)
        except StoreError:  # it is this process's own now, and will be taken up again
            raise
        except Exception as error:  # one job that cannot be read must not keep the others
            log.critical("%s", say("handler.fault", key=masked(job.key)), exc_info=error)
            self.work.counters["faults"] += 1
            dead = Outcome(state="dead", note=repr(error))
            await self.store.finish(job.key, self.work.owner, dead)
