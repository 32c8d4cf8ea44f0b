"""Keeping this process's lease, and taking over the work of the dead."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from functools import partial

import msgspec

from yizhan.errors import StoreError
from yizhan.inbox import carrying, timers, upkeep
from yizhan.inbox.calendar import Calendar
from yizhan.inbox.engine import Engine
from yizhan.inbox.key import masked
from yizhan.inbox.timers import TimedOut
from yizhan.inbox.unread import Unread
from yizhan.inbox.upkeep import Death, Terms
from yizhan.metrics import series
from yizhan.phrases import say
from yizhan.store.asking import seen
from yizhan.store.mailbox import (
    CUSTOM,
    FREE,
    SENDING,
    UNREAD,
    Change,
    Job,
    Message,
)
from yizhan.store.mailboxes.contract import Orphan

log = logging.getLogger("yizhan")

BATCH = 100  # mailboxes of the dead that are taken over before the lease is renewed again
BETWEEN = 0.1  # seconds between two looks at least
PRUNE_EVERY = 600.0

_decode = msgspec.json.Decoder(dict).decode


class Keeper:
    """Renews every third of a lease, gives up what was lost, recovers what is nobody's."""

    def __init__(self, engine: Engine, unread: Unread, calendar: Calendar) -> None:
        self.engine = engine
        self.process = engine.process
        self.unread = unread
        self.calendar = calendar
        self.recovers = True
        self._stopped = False
        clock, settings = self.process.clock, self.process.settings
        self._lease = settings.lease
        self._renewed = clock.monotonic()
        self._patient_until = 0.0
        self._prune_at = clock.monotonic()
        self._unused: frozenset[str] = frozenset()
        self._ran: dict[str, list[str]] = {}  # what the dead were handling, by owner
        self._task: asyncio.Task[None]

    def start(self) -> None:
        self._task = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        self.recovers, self._stopped = False, True
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _keep(self) -> None:
        wanted = self.process.wanted
        while not self._stopped:  # a store's client may swallow the cancellation
            wanted.clear()
            try:
                await self.tick()
            except StoreError as error:
                log.warning("%s", error)
            except Exception as error:  # whatever it was, the lease must go on
                log.error("%s", error, exc_info=error)
            await asyncio.sleep(BETWEEN)
            with suppress(TimeoutError):
                await asyncio.wait_for(wanted.wait(), self._lease / 3 - BETWEEN)

    async def tick(self) -> None:
        """Renew; then recover, unless this process was away so long that others may be, too."""
        clock, store = self.process.clock, self.process.store
        # Before the renewal: a run that begins meanwhile is not in `ours`, and is not given up.
        runs = dict(self.engine.work.runs)
        ours = await store.renew()
        now = clock.monotonic()
        if now - self._renewed > self._lease / 2:
            self._patient_until = now + self._lease
        self._renewed = now
        self.engine.give_up([run for run in runs.values() if run.openid not in ours])
        await self._adopt_ours(ours - self.engine.chats.keys())
        await self._run_stranded()
        if now >= self._patient_until:
            await self._recover()
        if now >= self._prune_at and (at := self.calendar.confirmed()) is not None:
            self._prune_at = now + PRUNE_EVERY
            await self._prune(at)

    async def _adopt_ours(self, unused: frozenset[str]) -> None:
        """Take up what has been this process's own for a while, though nothing here runs it.

        So it goes when the answer to a commit was lost with the connection to the store.
        """
        # Seen twice: what a commit has just accepted may not have its chat yet.
        known, self._unused = self._unused, unused
        for openid in known & unused if self.recovers else ():
            box = (await self.process.apply(openid, partial(Change))).box
            owner, sends = self.process.owner, self.process.permission.allowed
            for push in {part.by for job in box.jobs for part in job.parts if part.who == owner}:
                if push not in (FREE, CUSTOM, SENDING):
                    rule = partial(carrying.lost, key=push, owner=owner, sends=sends)
                    await self.process.apply(openid, rule)
            await self._resume(openid, [job for job in box.jobs if job.owner == owner])

    async def _run_stranded(self) -> None:
        """The same for followers of whom something is in hand: their chats have found it."""
        process = self.process
        stranded, process.stranded = sorted(process.stranded), set()
        for openid in stranded if self.recovers else ():
            box = (await process.apply(openid, partial(Change))).box
            jobs = [it for it in box.jobs if it.open and it.owner == process.owner]
            await self._resume(openid, jobs)

    async def _recover(self) -> None:
        """Take over, batch by batch, as much as this process may hold."""
        orphans: tuple[Orphan, ...] = ()
        while self._has_room:
            orphans = await self.process.store.orphans(self._lease, BATCH)
            try:
                for orphan in orphans:
                    if self._has_room:
                        await self._take_over(orphan)
            finally:
                self._tell_what_ran()
            if len(orphans) < BATCH:
                return

    @property
    def _has_room(self) -> bool:
        return self.recovers and len(self.engine.work.runs) < self.process.settings.max_jobs

    async def _take_over(self, orphan: Orphan) -> None:
        process = self.process
        death = Death(orphan.owner, orphan.left)
        terms = Terms(process.settings.tries, self._lease, process.permission.allowed)
        openid = orphan.openid
        rule = partial(timers.adopt, death=death, owner=process.owner, terms=terms, openid=openid)
        try:
            adopted = await process.change(openid, rule, guard=orphan.lease)
        except StoreError as error:
            if error.phrase != "store.renewed":  # it lives: somebody else's lease had lapsed
                raise
            return
        if adopted.ran:
            self._ran.setdefault(orphan.owner, []).extend(map(masked, adopted.ran))
        if jobs := adopted.jobs:
            keys = ", ".join(masked(job.key) for job in jobs)
            log.info("%s", say("lease.taken_over", count=len(jobs), keys=keys))
        if jobs := (*adopted.jobs, *adopted.timed_out):
            await self._resume(openid, jobs)

    def _tell_what_ran(self) -> None:
        """Name all that the dead were handling: one of these may be why they died."""
        for owner, keys in self._ran.items():
            log.info("%s", say("lease.died", owner=owner, count=len(keys), keys=", ".join(keys)))
        self._ran.clear()

    async def _resume(self, openid: str, jobs: Sequence[Job]) -> None:
        view = await seen(self.process.store, openid, [job.key for job in jobs])
        for job in jobs:
            try:
                await self._take_up(job, view.messages[job.key])
            except StoreError:  # it is this process's own now, and will be taken up again
                raise
            except Exception as error:  # one that cannot be read must not keep the others
                log.critical("%s", say("handler.fault", key=masked(job.key)), exc_info=error)
                self.process.meter.count(series.FAULTS)
                rule = partial(upkeep.give_up, key=job.key, note=repr(error))
                await self.process.apply(openid, rule)

    async def _take_up(self, job: Job, message: Message) -> None:
        if message.openid == UNREAD:
            await self.unread.resume(message)
            return
        read = timers.read(_decode(message.body))
        if job.open and not (isinstance(read, TimedOut) and job.attempts == 1):
            self.process.meter.count(series.RECOVERED)
        self.engine.resume(job, read)

    async def _prune(self, at: float) -> None:
        """Delete what is over, and list answers that nobody has come for.

        So that a wrong clock does little harm, 100 followers or one in a hundred, whichever
        is more, is the most of either.
        """
        store, settings = self.process.store, self.process.settings
        most = max(100, (await store.stats()).followers // 100)
        before = at - settings.collect
        for openid in await store.uncollected(before, most):
            await self.process.apply(openid, partial(upkeep.uncollect, before=before))
        await self.unread.prune(at - settings.keep)
        await store.prune(at, settings.keep, settings.session_ttl, most)
