"""Running one message after another: its turn, its outcome, what follows."""

import asyncio
import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Coroutine, Mapping, Sequence
from functools import partial
from weakref import WeakValueDictionary

from msgspec import UNSET, UnsetType

from yizhan.errors import StoreError
from yizhan.events import UnsubscribeEvent
from yizhan.inbox.answering import SAID, Answering
from yizhan.inbox.bundle import is_owed
from yizhan.inbox.dropping import DROPPED, UNKNOWN, Dropping
from yizhan.inbox.handling import UNWINDING, replies_of
from yizhan.inbox.key import masked
from yizhan.inbox.ladder import fate
from yizhan.inbox.permission import Permission
from yizhan.inbox.run import Run, in_hand, recent
from yizhan.inbox.surely import surely
from yizhan.inbox.threads import Threads
from yizhan.middleware import Incoming
from yizhan.phrases import say
from yizhan.replies import News, Reply, dump
from yizhan.settings import Settings
from yizhan.store import Follower, Outcome, Route, Store

log = logging.getLogger("yizhan")

LAST_PUSH = 25.0  # seconds after which WeChat certainly does not repeat a push any more


class Work:
    """Every run of this process for one account."""

    def __init__(
        self,
        *,
        settings: Settings,
        answering: Answering,
        store: Store,
        threads: Threads,
        owner: str,
        counters: Counter[str],
        permission: Permission,
        dropping: Dropping,
        left_over: Callable[[Run], None],
    ) -> None:
        self.settings = settings
        self.answering = answering
        self.store = store
        self.threads = threads
        self.owner = owner
        self.counters = counters
        self.permission = permission
        self.dropping = dropping
        self.runs: dict[str, Run] = {}
        self.finishing: set[str] = set()  # pick-up words, which are never run
        # What the lookout is told.
        self.published: Callable[[Run], None]
        self.queued: Callable[[], None]
        self.lost: Callable[[Run], None]
        self._left_over = left_over
        self._nothing_more = replies_of(settings.nothing_more)
        self._known: WeakValueDictionary[str, Run] = WeakValueDictionary()
        self._held: set[Run] = set()
        self._queued: defaultdict[str, dict[str, asyncio.Future[None]]] = defaultdict(dict)
        self._tasks: set[asyncio.Task[object]] = set()

    def run_of(self, key: str, message: Incoming) -> Run:
        """The one run of this message in this process, as long as anybody holds on to it."""
        run = self._known.get(key)
        if run is None:
            run = self._known[key] = Run(key, message)
        return run

    def hold(self, run: Run) -> None:
        """Keep this run known as long as WeChat may push it, though it may have ended.

        A store that lost the answer to a claim gives it to the next push: "new", though the
        job has been adopted since.
        """
        self._held.add(run)
        asyncio.get_running_loop().call_later(LAST_PUSH, self._held.discard, run)

    def start(self, run: Run, follower: Follower | None) -> None:
        """Run the message in a task of its own; without a follower it waits for its turn."""
        run.local, run.committing, run.ready, run.said = True, False, False, None
        self.runs[run.key] = run
        run.task = asyncio.create_task(self._work(run, follower))

    def in_the_making(self, openid: str) -> bool:
        """Whether this process has still to finish an answer for this follower."""
        return any(run.openid == openid and not run.committing for run in self.runs.values())

    def wake(self, openid: str | None = None) -> None:
        """Let those waiting messages go on whose turn it is: of this follower, or of all."""
        names = (openid,) if openid is not None else tuple(self._queued)
        waiting = {key: it for name in names for key, it in self._queued.get(name, {}).items()}
        if waiting:
            self._spawn(self._wake(waiting))

    async def _wake(self, waiting: Mapping[str, asyncio.Future[None]]) -> None:
        for key in await surely(partial(self.store.due, waiting)):
            if not waiting[key].done():
                waiting[key].set_result(None)

    def _spawn(self, work: Coroutine[object, object, object]) -> None:
        task: asyncio.Task[object] = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[object]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.warning("%s", error)  # the store was closed meanwhile

    def wake_connections(self) -> None:
        """Let every connection ask the ladder again."""
        for run in tuple(self._known.values()):
            run.notify()

    def give_up(self, run: Run) -> None:
        """Another process has taken this job over: stop, and wait for what comes of it there."""
        run.task.cancel()
        self._lost(run)

    async def stop(self, grace: float) -> None:
        """Give running handlers `grace` seconds, then cancel them.

        What is not to be run again is listed; the rest is for others to take over.
        """
        await self._wait(grace)
        left = tuple(self.runs.values())
        for seconds in (UNWINDING, 0.0):
            for run in self.runs.values():
                run.task.cancel()
            await self._wait(seconds)
        for run in left:
            if run.once:
                await self._list_at_stop(run)

    async def _wait(self, seconds: float) -> None:
        if tasks := [run.task for run in self.runs.values()]:
            await asyncio.wait(tasks, timeout=seconds)

    @property
    def waiting(self) -> bool:
        """Whether any message waits for its turn."""
        return bool(self._queued)

    async def _work(self, run: Run, follower: Follower | None) -> None:
        in_hand.set(run.message.raw)
        recent.append(run.message.raw)
        try:
            await self._handle(run, follower or await self._turn(run))
        except StoreError as error:  # closed before a handler would end
            log.warning("%s", error)
        except Exception as error:  # a fault of our own: the message is listed, not run for ever
            log.critical("%s", say("handler.fault", key=masked(run.key)), exc_info=error)
            self.counters["faults"] += 1
            await self._list(run, repr(error))
        finally:
            del self.runs[run.key]
            self.wake(run.openid)

    async def _turn(self, run: Run) -> Follower:
        """The follower, when no earlier message of theirs is unfinished."""
        waiting = self._queued[run.openid]
        try:
            while True:
                waiter = waiting[run.key] = asyncio.get_running_loop().create_future()
                self.queued()
                if await surely(partial(self.store.due, (run.key,))):
                    follower = await surely(partial(self.store.turn, run.key, self.owner))
                    if follower is not None:
                        return follower
                await waiter
        finally:
            del waiting[run.key]
            if not waiting:
                self._queued.pop(run.openid, None)

    async def _handle(self, run: Run, follower: Follower) -> None:
        result = await self.answering.answer(run, follower, self.publish)
        if result.listed:
            await self._list(run, result.listed)
            return
        if self.settings.forget_on_unsubscribe and isinstance(run.message, UnsubscribeEvent):
            await self.publish(run, (), final=True, forget=True)
            asyncio.get_running_loop().call_later(LAST_PUSH, self._erase, run)
            return
        replies = result.replies or await self._last_word(run)
        session, dialog = result.session, result.dialog
        await self.publish(run, replies, session=session, dialog=dialog, final=True)

    async def _last_word(self, run: Run) -> tuple[Reply, ...]:
        """What keeps a promise of more when nothing follows it."""
        if not (run.partly or run.promised or not run.listeners) or not self._nothing_more:
            return ()
        if any(it.partly and it.openid == run.openid for it in self.runs.values() if it is not run):
            return ()
        follower = await surely(partial(self.store.follower, run.openid))
        waiting = bool(await surely(partial(self.store.owed, run.openid)))
        if run.promised and run.writing:  # what carries the promise is not settled yet
            waiting = False
        owes = is_owed(
            promised=run.promised, partly=run.partly, shown=follower.shown, waiting=waiting
        )
        return self._nothing_more if owes else ()

    def _erase(self, run: Run) -> None:
        """Erase the last trace of a follower who has left, which no push can repeat any more."""
        self._spawn(surely(partial(self.store.forget, run.openid, until=run.key)))

    async def _list(self, run: Run, note: str) -> None:
        """Give the message up for good; its push is acknowledged."""
        self.counters["listed"] += 1
        dead = Outcome(state="dead", note=note)
        run.committing = True
        await surely(partial(self.store.finish, run.key, self.owner, dead))
        run.ready = True
        run.notify()
        self.published(run)

    async def _list_at_stop(self, run: Run) -> None:
        try:
            dead = Outcome(state="dead", note="rerun=False")
            await self.store.finish(run.key, self.owner, dead)
        except StoreError as error:
            log.error("%s", error, extra={"key": run.key})

    async def publish(
        self,
        run: Run,
        replies: Sequence[Reply],
        mark: bytes | None = None,
        *,
        session: bytes | UnsetType | None = UNSET,
        dialog: bytes | UnsetType | None = UNSET,
        final: bool = False,
        forget: bool = False,
    ) -> None:
        """Commit what a run has come to, and wake whoever waits for it.

        `mark` tells what a generator has said up to these replies. It is kept after them: a
        crash in between repeats them, and never loses one.
        """
        waits = bool(run.listeners) and not run.answered and run.said is None
        custom = self.permission.allowed if run.may_send is None else run.may_send
        what = fate(run.shows, custom=custom, waits=waits)
        riding = what == "reserve"
        dropped = what == "drop" and bool(replies)
        if dropped:
            self.dropping.warn(run.handler, run.message.raw)
            replies = ()
        singles = _one_article_each(replies)
        bodies = tuple(dump((reply,)) for reply in singles)
        outcome = Outcome(
            parts=bodies,
            state="ready" if final else "running",
            route="custom" if what == "custom" else _route(run, riding),
            note=DROPPED if dropped else UNKNOWN if what == "own" and replies else "",
            session=session,
            dialog=dialog,
            reserve=riding,
            forget=forget,
        )
        run.committing = final
        if replies:
            run.promised = False
        taken = await surely(partial(self.store.finish, run.key, self.owner, outcome))
        if taken is None:
            if not final:  # a generator that goes on would answer for whoever took it over
                run.task.cancel()
            self._lost(run)
            return
        run.ready = True
        run.answered = run.answered or taken.reply is not None
        if riding and run.listeners:
            known = taken.behind or taken.reply is not None
            run.parts = None if known else taken.parts
            run.replies = dict(zip(bodies, singles, strict=True))
            run.aside = bool(replies) and not (taken.behind or run.has_part_in(taken.parts))
        elif taken.parts and not run.writing and not run.answered:  # its connections are closed
            await surely(partial(self.store.release, run.key, self.owner))
        rides = bool(run.listeners) and riding and not run.aside
        run.notify()
        run.partly = run.partly or (bool(replies) and not final)
        if replies and not rides:
            self._left_over(run)
        if (replies or final) and not rides:
            self.published(run)
        if mark is not None:
            await self._keep_mark(run, mark)

    async def _keep_mark(self, run: Run, mark: bytes) -> None:
        await surely(partial(self.store.step, run.key, self.owner, SAID, mark))

    def _lost(self, run: Run) -> None:
        self.counters["lost_leases"] += 1
        log.warning("%s", say("handler.lost_lease", key=masked(run.key)))
        run.local = False
        self.lost(run)


def _route(run: Run, riding: bool) -> Route:
    return "push" if riding or run.route is None else run.route


def _one_article_each(replies: Sequence[Reply]) -> tuple[Reply, ...]:
    """News with several articles, which only an event's own push may carry, one by one."""
    return tuple(
        single
        for reply in replies
        for single in (
            (News(article) for article in reply.articles) if isinstance(reply, News) else (reply,)
        )
    )
