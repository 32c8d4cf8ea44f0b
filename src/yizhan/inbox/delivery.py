"""Answers that go out by customer-service message, when no push is there to carry them."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from functools import partial
from itertools import islice
from typing import Protocol
from weakref import WeakValueDictionary

from yizhan.clock import Clock
from yizhan.errors import SendRefused, SendUnknown
from yizhan.inbox.bundle import Bundle, bundle, compact, left_of
from yizhan.inbox.dropping import DROPPED, Dropping, drops
from yizhan.inbox.ladder import AFTER_REPLY, MOMENT, NO_MORE, pause
from yizhan.inbox.permission import Permission
from yizhan.inbox.run import Run
from yizhan.inbox.surely import surely
from yizhan.replies import Reply, load
from yizhan.settings import Settings
from yizhan.store import Follower, Job, Part, Shown, Store

log = logging.getLogger("yizhan")

LONGEST_SEND = 30.0  # seconds that a stop waits for what is on its way to WeChat
PATIENCE = 5.0  # seconds that an answer waits for an earlier one that another process sends
TYPING_AFTER = 1.0  # seconds after which a follower is shown that an answer is being written


class Courier(Protocol):
    """Sends customer-service messages.

    Raises SendRefused when WeChat says no, SendUnknown when nobody knows whether it
    arrived.
    """

    async def send(self, openid: str, reply: Reply) -> None: ...

    async def typing(self, openid: str) -> None: ...


class Delivery:
    """The second and third ways to a follower, for one account in one process."""

    def __init__(
        self,
        *,
        settings: Settings,
        store: Store,
        clock: Clock,
        owner: str,
        courier: Courier | None,
        permission: Permission,
        dropping: Dropping,
        counters: Counter[str],
    ) -> None:
        self.settings = settings
        self.store = store
        self.clock = clock
        self.owner = owner
        self.courier = courier
        self.permission = permission
        self.dropping = dropping
        self.counters = counters
        # What the lookout is told and asked.
        self.moved: Callable[[str], None]
        self.changed: Callable[[], asyncio.Future[None]]
        self._due: dict[str, dict[str, Run]] = {}
        self._waits: set[asyncio.Task[None]] = set()
        self._resting: set[asyncio.Task[None]] = set()  # those of them whose time has not come
        self._written: dict[str, float] = {}  # follower -> when a reply was written, oldest first
        self._sends: set[asyncio.Task[bool]] = set()
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @property
    def busy(self) -> bool:
        """Whether anything waits to be sent or is on its way."""
        return bool(self._waits or self._sends)

    @property
    def allowed(self) -> bool:
        """Whether this kind of account may send customer-service messages."""
        return self.permission.allowed

    def may_send(self, openid: str, follower: Follower) -> bool:
        """Whether a customer-service message to this follower would be let through now."""
        return self.permission.may_send(openid, follower)

    def wrote(self, openid: str) -> None:
        """A reply was written to a push of this follower: let it arrive before what follows."""
        if not self.allowed:
            return
        now = self.clock.monotonic()
        self._written.pop(openid, None)
        self._written[openid] = now
        over = [one for one, at in islice(self._written.items(), 2) if not pause(now, at)]
        for one in over:
            del self._written[one]

    def awaits(self, run: Run) -> bool:
        """Whether this run's answer is to be sent if no push has carried it."""
        return self._due.get(run.openid, {}).get(run.key) is run

    def follow_up(self, run: Run) -> None:
        """Send parts that no connection has carried: now, or when no further push can come."""
        tries_again = self.permission.refused and self.permission.tries
        if not self.allowed or (run.route == "push" and not tries_again):
            return
        if run.answered and run.said is None:  # by another process, perhaps just now
            self.wrote(run.openid)
        at_once = run.route == "custom" or run.answered or not run.shown
        since = self.clock.monotonic() if run.closed_at is None else run.closed_at
        wait = 0.0 if at_once else since + NO_MORE - self.clock.monotonic()
        self._due.setdefault(run.openid, {})[run.key] = run
        if wait > 0:
            self._spawn(self._follow_up_in(run, wait), rests=True)
        else:
            self._spawn(self._follow_up(run))

    def resume(self, key: str, openid: str) -> None:
        """Send what a process that has ended left to be sent."""
        self._spawn(self._send_all([key], openid))

    def show_typing(self, run: Run) -> None:
        """Let the follower see that an answer is being written, if it takes a while."""
        if self.permission.may_type:
            self._spawn(self._show_typing(run), rests=True)

    async def stop(self) -> None:
        """Send what is due and end what is on its way; drop what only waits."""
        await asyncio.sleep(0)  # what is due at once begins
        self._due.clear()
        for task in tuple(self._resting):
            task.cancel()
        if self._waits:
            await asyncio.wait(self._waits, timeout=AFTER_REPLY + MOMENT)
        for task in tuple(self._waits):
            task.cancel()
        await asyncio.gather(*self._waits, return_exceptions=True)
        if self._sends:
            await asyncio.wait(self._sends, timeout=LONGEST_SEND)
        for sending in tuple(self._sends):
            sending.cancel()
        await asyncio.gather(*self._sends, return_exceptions=True)

    async def _show_typing(self, run: Run) -> None:
        await asyncio.sleep(TYPING_AFTER)
        if run.ready or self.courier is None:
            return
        try:
            await self.courier.typing(run.openid)
        except SendRefused as refused:
            self.permission.refuse_typing(refused)
            log.info("%s", refused, extra={"key": run.key})

    async def _follow_up_in(self, run: Run, seconds: float) -> None:
        await asyncio.sleep(seconds)
        if not run.answered and not run.listeners:
            self._spawn(self._follow_up(run))

    async def _follow_up(self, run: Run) -> None:
        if self.awaits(run):
            await self._send_all([run.key], run.openid, making=run)

    def _forget_due(self, keys: Sequence[str], openid: str) -> None:
        due = self._due.get(openid, {})
        for key in keys:
            due.pop(key, None)
        if not due:
            self._due.pop(openid, None)

    async def _send_all(self, keys: Sequence[str], openid: str, making: Run | None = None) -> None:
        turn = self._turns.setdefault(openid, asyncio.Lock())
        try:
            async with turn:
                waiting = await self._in_order(keys, openid)
                self._forget_due([*keys, *waiting], openid)
                for place, key in enumerate(waiting):
                    behind = partial(_behind, len(waiting) - place - 1, making)
                    send = self._send_safely if key == waiting[-1] else self._send_before
                    if not await send(key, openid, behind):
                        for later in waiting[place + 1 :]:
                            await self._give_back(later, "order")
                        return
        finally:
            self.moved(openid)

    async def _in_order(self, keys: Sequence[str], openid: str) -> Sequence[str]:
        """These, and before them what of this follower has been waiting longer, anywhere."""
        if not keys:
            return ()
        owed = await surely(partial(self.store.owed, openid))
        until = max((owed.index(key) + 1 for key in keys if key in owed), default=0)
        return owed[:until]

    async def _send_before(self, key: str, openid: str, behind: Callable[[], int]) -> bool:
        """Send what comes before our own, unless another process does; then wait for that."""
        in_time = await self._sent_elsewhere(key)
        sent = await self._send_safely(key, openid, behind)
        if sent and in_time and await self._is_elsewhere(key):  # it has begun meanwhile
            await self._sent_elsewhere(key)
            return await self._send_safely(key, openid, behind)
        return sent

    async def _sent_elsewhere(self, key: str) -> bool:
        """Let another process send what it has begun with; whether that took not too long."""
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while True:
                    change = self.changed()  # asked for before looking, so that none is missed
                    if not await self._is_elsewhere(key):
                        change.cancel()
                        return True
                    await change
        return False

    async def _is_elsewhere(self, key: str) -> bool:
        jobs = await surely(partial(self.store.look, [key]))
        return any(job.route == "custom" and job.owner != self.owner for job in jobs)

    async def _send_safely(self, key: str, openid: str, behind: Callable[[], int]) -> bool:
        try:
            return await self._send_whole(key, openid, behind)
        except Exception as error:  # a fault of our own: the answer still has another way
            log.error("%s", error, exc_info=error, extra={"key": key})
            await self._give_back(key, repr(error))
            return False

    async def _send_whole(self, key: str, openid: str, behind: Callable[[], int]) -> bool:
        """Send all of this answer; False when it, and what comes after it, must wait."""
        while True:
            follower = await surely(partial(self.store.follower, openid))
            if not self.permission.may_try(openid, follower):
                await self._give_back(key, "refused" if self.permission.refused else "quota")
                return False
            parts = await surely(partial(self.store.reroute, key, self.owner))
            if not parts:
                return True
            await self._let_arrive(openid)
            said = self._next(parts, self.permission.left(openid, follower), behind())
            now = self.clock.wall()
            if not self.permission.begin():
                await self._give_back(key, "refused")
                return False
            count = said.count + (said.rest is not None)
            quota = self.permission.quota(openid, follower)
            charge = partial(self.store.send, key, self.owner, count, quota, now)
            if await surely(charge) is None:
                await self._give_back(key, "quota")
                return False
            cut = left_of(parts, said)
            sending = asyncio.create_task(self._send(key, openid, follower, said, cut))
            self._sends.add(sending)
            sending.add_done_callback(self._sends.discard)
            if not await asyncio.shield(sending):
                return False

    async def _let_arrive(self, openid: str) -> None:
        """Wait for a reply that has just been written; what waits is safe in the store."""
        while seconds := self._pause(openid):  # noqa: ASYNC110  # one more may be written meanwhile
            await asyncio.sleep(seconds)

    def _pause(self, openid: str) -> float:
        return pause(self.clock.monotonic(), self._written.get(openid))

    def _next(self, parts: Sequence[Part], quota: int, behind: int) -> Bundle:
        """The next message; the last that the quota allows tells of what it leaves behind."""
        replies = [load(part.body)[0] for part in parts]
        if quota == 1:
            return bundle(replies, self.settings.more, behind)
        return Bundle(*compact(replies, quota)[0])

    async def _send(
        self, key: str, openid: str, follower: Follower, said: Bundle, cut: Part | None
    ) -> bool:
        """Send one message; False when it was refused."""
        assert self.courier is not None  # noqa: S101  # only reached where sending is allowed
        try:
            await self.courier.send(openid, said.reply)
        except SendRefused as refused:
            self.counters["sends_refused"] += 1
            if not self.permission.refuse(openid, follower, refused):
                log.warning("%s", refused, extra={"key": key})
            await self._give_back(key, str(refused))
            return False
        except Exception as problem:  # nobody knows how far it came
            self.counters["sends_unknown"] += 1
            known = isinstance(problem, SendUnknown)
            told = problem if known else SendUnknown("send.unknown", problem=repr(problem))
            log.error("%s", told, exc_info=None if known else problem, extra={"key": key})
            lost = partial(self.store.unsent, key, self.owner, "unknown", "custom", str(told))
            await surely(lost)
            return True
        self.permission.succeeded()
        shown: Shown = "more" if said.more else ""
        sent = partial(self.store.sent, key, self.owner, said.count, cut=cut, shown=shown)
        await surely(sent)
        self.counters["sends"] += 1
        return True

    async def _give_back(self, key: str, note: str) -> None:
        """Let the answer ride on the follower's next push, unless it would not be shown there."""
        found = await surely(partial(self.store.look, [key]))
        if found and drops(found[0]):
            await self._drop(found[0])
            return
        await surely(partial(self.store.unsent, key, self.owner, "ready", "push", note))

    async def _drop(self, job: Job) -> None:
        """End an answer that cannot be sent now and would not be shown as a reply."""
        self.dropping.warn_of(job)
        unsent = partial(self.store.unsent, job.key, self.owner, "ready", "push", DROPPED)
        await surely(unsent)
        follower = await surely(partial(self.store.follower, job.openid))
        told = (job.key, job.openid, b"", job.parts, follower.shown)
        await surely(partial(self.store.settle, *told))

    def _spawn(self, work: Coroutine[object, object, None], *, rests: bool = False) -> None:
        task = asyncio.create_task(work)
        self._waits.add(task)
        if rests:
            self._resting.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: "asyncio.Task[None]") -> None:
        self._waits.discard(task)
        self._resting.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("%s", error, exc_info=error)


def _behind(later: int, making: Run | None) -> int:
    """How many answers are still to follow: later ones, and one that a generator goes on with."""
    return later + int(making is not None and making.goes_on)
