"""Running one message after another: its turn, its handler, its outcome, what follows."""

import asyncio
import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from msgspec import UNSET, UnsetType

from yizhan.clock import Clock
from yizhan.errors import HandlerTimeout, StoreError
from yizhan.inbox.handling import Stream, limited, replies_of
from yizhan.inbox.run import Run
from yizhan.inbox.threads import Threads
from yizhan.phrases import say
from yizhan.replies import News, Reply, check, dump
from yizhan.routing import Call, Table
from yizhan.session import Session
from yizhan.settings import Settings
from yizhan.store import Follower, Outcome, Store

log = logging.getLogger("yizhan")

Provide = Mapping[str, Callable[[], object]]


class Work:
    """Every run of this process for one account."""

    def __init__(
        self,
        *,
        settings: Settings,
        table: Table,
        store: Store,
        clock: Clock,
        threads: Threads,
        owner: str,
        counters: Counter[str],
        provide: Provide,
        left_over: Callable[[Run], None],
    ) -> None:
        self.settings = settings
        self.table = table
        self.store = store
        self.clock = clock
        self.threads = threads
        self.owner = owner
        self.counters = counters
        self.runs: dict[str, Run] = {}
        self.published: Callable[[str], None] = _nobody
        self.queued: Callable[[], None] = _nothing
        self._provide = provide
        self._left_over = left_over
        self._queued: defaultdict[str, set[asyncio.Future[None]]] = defaultdict(set)

    def start(self, run: Run, follower: Follower | None) -> None:
        """Run the message in a task of its own; without a follower it waits for its turn."""
        run.local = True
        self.runs[run.key] = run
        run.task = asyncio.create_task(self._work(run, follower))

    def wake(self, openid: str | None = None) -> None:
        """Let waiting messages ask whether it is their turn: this follower's, or all."""
        for name in (openid,) if openid is not None else tuple(self._queued):
            for waiter in self._queued.get(name, ()):
                if not waiter.done():
                    waiter.set_result(None)

    async def stop(self, grace: float) -> None:
        """Give running handlers `grace` seconds, then cancel them and wake their connections."""
        tasks = [run.task for run in self.runs.values() if run.task is not None]
        if tasks:
            await asyncio.wait(tasks, timeout=grace)
        left = [run for run in self.runs.values() if run.task is not None]
        for run in left:
            assert run.task is not None  # noqa: S101  # filtered just above
            run.task.cancel()
            run.local = False
            run.notify()
        await asyncio.gather(*(run.task for run in left if run.task), return_exceptions=True)

    @property
    def waiting(self) -> bool:
        """Whether any message waits for its turn."""
        return bool(self._queued)

    async def _work(self, run: Run, follower: Follower | None) -> None:
        try:
            follower = follower or await self._turn(run)
            if follower is not None:
                await self._handle(run, follower)
        except StoreError as error:
            log.error("%s", error)
            self.counters["store_errors"] += 1
        finally:
            self.runs.pop(run.key, None)
            self.wake(run.openid)

    async def _turn(self, run: Run) -> Follower | None:
        """The follower, when no earlier message of theirs is unfinished; None if lost."""
        waiters = self._queued[run.openid]
        try:
            while run.key in self.runs:
                waiter = asyncio.get_running_loop().create_future()
                waiters.add(waiter)
                self.queued()
                if (follower := await self.store.turn(run.key, self.owner)) is not None:
                    return follower
                await waiter
                waiters.discard(waiter)
            return None
        finally:
            waiters.discard(waiter)
            if not waiters:
                self._queued.pop(run.openid, None)

    async def _handle(self, run: Run, follower: Follower) -> None:
        session = Session(follower.session, self.clock.wall())
        call = self.table.find(run.message)
        self._note_unheard(call, run)
        kept: bytes | UnsetType | None = UNSET
        try:
            replies = await self._call(call, run, session)
            kept = session.outcome(self.settings.session_ttl)
        except Exception as error:  # whatever an author's code raises ends here, logged
            replies = await self._failed(error, call, run)
        await self.publish(run, replies, session=kept, final=True)

    async def _call(self, call: Call, run: Run, session: Session) -> tuple[Reply, ...]:
        handler = call.route.handler if call.route else None
        values: dict[str, object] = dict(call.groups)
        for name in handler.wants if handler else ():
            if name == "session":
                values[name] = session
            elif name in self._provide:
                values[name] = self._provide[name]()
        stream = Stream(partial(self.publish, run))
        run.stream = stream.flush
        options = call.route.options if call.route else None
        seconds = (options and options.timeout) or self.settings.handler_timeout
        replies = await limited(call.endpoint, run.message, values, handler, seconds, stream)
        return tuple(check(reply, after=run.after) for reply in replies)

    async def _failed(self, error: Exception, call: Call, run: Run) -> tuple[Reply, ...]:
        self.counters["handler_errors"] += 1
        handler = call.route.handler if call.route else None
        name, place = (handler.name, handler.place) if handler else ("?", "?")
        known = isinstance(error, HandlerTimeout)
        said = str(error) if known else say("handler.raised", handler=name, place=place)
        log.error("%s", said, exc_info=None if known else error, extra={"key": run.key})
        fallback = replies_of(self.settings.fallback)
        if self.table.error is None:
            return fallback
        values = {"error": error, **{n: make() for n, make in self._provide.items()}}
        values["session"] = Session()
        try:
            result = await self.table.error(run.message, values)
            return tuple(check(reply, after=run.after) for reply in replies_of(result))
        except Exception as second:  # an error handler that raises must not hide the first
            log.error("%s", say("handler.raised", handler="error", place="?"), exc_info=second)
            return fallback

    def _note_unheard(self, call: Call, run: Run) -> None:
        if call.route is not None:
            return
        self.counters["unheard"] += 1
        if log.isEnabledFor(logging.INFO):
            kind = getattr(run.message, "name", "") or getattr(run.message, "kind", "")
            event = hasattr(run.message, "name")
            paste = f'@account.event("{kind}")' if event else "@account.message"
            log.info("%s", say("handler.unheard", kind=kind, paste=paste))

    async def publish(
        self,
        run: Run,
        replies: Sequence[Reply],
        *,
        session: bytes | UnsetType | None = UNSET,
        final: bool = False,
    ) -> None:
        """Commit what a run has come to, and wake whoever waits for it."""
        riding = bool(run.listeners) and run.shown and not run.answered
        if not riding:
            replies = _one_article_each(replies)
        outcome = Outcome(
            parts=tuple(dump((reply,)) for reply in replies),
            state="ready" if final else "running",
            session=session,
            reserve=riding,
        )
        run.committing = final
        parts = await self.store.finish(run.key, self.owner, outcome)
        if parts is None:
            self.counters["lost_leases"] += 1
            log.warning("%s", say("handler.lost_lease", key=run.key))
            return
        if riding:
            run.parts = parts
        run.ready = True
        run.notify()
        if replies and not riding:
            self._left_over(run)
            self.published(run.openid)


def _one_article_each(replies: Sequence[Reply]) -> tuple[Reply, ...]:
    """News with several articles, which only an event's own push may carry, one by one."""
    return tuple(
        single
        for reply in replies
        for single in (
            (News(article) for article in reply.articles) if isinstance(reply, News) else (reply,)
        )
    )


def _nobody(openid: str) -> None:
    return None


def _nothing() -> None:
    return None
