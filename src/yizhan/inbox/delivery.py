"""Answers that go out by customer-service message, when no push is there to carry them."""

import asyncio
import logging
from collections import Counter
from collections.abc import Coroutine
from typing import Protocol

from yizhan import rights
from yizhan.clock import Clock
from yizhan.errors import SendRefused, SendUnknown, StoreError
from yizhan.inbox.bundle import compact
from yizhan.inbox.ladder import NO_MORE
from yizhan.inbox.run import Run
from yizhan.replies import Reply, load
from yizhan.settings import Settings
from yizhan.store import Follower, Part, Store

log = logging.getLogger("yizhan")


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
        counters: Counter[str],
    ) -> None:
        self.settings = settings
        self.store = store
        self.clock = clock
        self.owner = owner
        self.courier = courier
        self.counters = counters
        self.allowed = courier is not None and rights.may_send(settings.kind, settings.verified)
        self._tasks: dict[asyncio.Task[None], str] = {}
        self._turns: dict[str, asyncio.Lock] = {}

    def may_send(self, follower: Follower) -> bool:
        """Whether a customer-service message to this follower would be let through now."""
        return self.allowed and self._left(follower) > 0

    def _left(self, follower: Follower) -> int:
        now = self.clock.wall()
        return sum(
            max(0, rights.WINDOWS[name][1] - window.used)
            for name, window in follower.windows.items()
            if name in rights.WINDOWS and now < window.opened + rights.WINDOWS[name][0]
        )

    def follow_up(self, run: Run) -> None:
        """See to parts that no connection has taken: now, or when no further push can come."""
        if not self.allowed or run.route == "push":
            return
        at_once = run.route == "custom" or run.answered or not run.shown
        since = self.clock.monotonic() if run.closed_at is None else run.closed_at
        wait = 0.0 if at_once else since + NO_MORE - self.clock.monotonic()
        self._spawn(run.key, self._follow_up(run, max(0.0, wait)))

    def resume(self, key: str, openid: str) -> None:
        """Send what a dead process left to be sent."""
        self._spawn(key, self._send_all(key, openid))

    async def stop(self) -> None:
        """Let sends that are on their way end; drop what only waits."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _follow_up(self, run: Run, wait: float) -> None:
        if wait:
            await asyncio.sleep(wait)
            if run.answered or run.listeners:
                return
        await self._send_all(run.key, run.openid)

    async def _send_all(self, key: str, openid: str) -> None:
        async with self._turns.setdefault(openid, asyncio.Lock()):
            while True:
                follower = await self.store.follower(openid)
                if not self.may_send(follower):
                    return
                parts = await self.store.reroute(key, self.owner)
                if not parts or not await self._send_first(key, openid, parts, follower):
                    return

    async def _send_first(
        self, key: str, openid: str, parts: tuple[Part, ...], follower: Follower
    ) -> bool:
        """Send as much as fits one message; whether to go on with the rest."""
        replies = [load(part.body)[0] for part in parts]
        reply, count = compact(replies, self._left(follower))[0]
        charged = await self.store.send(key, self.owner, count, rights.WINDOWS, self.clock.wall())
        if charged is None:
            await self.store.unsent(key, self.owner, "ready", "push", "quota")
            return False
        sending = asyncio.ensure_future(self._send(key, openid, reply, count))
        return await asyncio.shield(sending)

    async def _send(self, key: str, openid: str, reply: Reply, count: int) -> bool:
        assert self.courier is not None  # noqa: S101  # only reached where sending is allowed
        try:
            await self.courier.send(openid, reply)
        except SendRefused as refused:
            self.counters["sends_refused"] += 1
            log.warning("%s", refused, extra={"key": key})
            await self.store.unsent(key, self.owner, "ready", "push", str(refused))
            return False
        except SendUnknown as unknown:
            self.counters["sends_unknown"] += 1
            log.error("%s", unknown, extra={"key": key})
            await self.store.unsent(key, self.owner, "unknown", "custom", str(unknown))
            return False
        await self.store.sent(key, self.owner, count)
        self.counters["sends"] += 1
        return True

    def _spawn(self, key: str, work: Coroutine[object, object, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks[task] = key
        task.add_done_callback(self._done)

    def _done(self, task: "asyncio.Task[None]") -> None:
        del self._tasks[task]
        if task.cancelled() or (error := task.exception()) is None:
            return
        level = logging.WARNING if isinstance(error, StoreError) else logging.ERROR
        log.log(level, "%s", error, exc_info=None if isinstance(error, StoreError) else error)
