"""Running one message after another: its turn, its handler, its outcome, what follows."""

import asyncio
import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from msgspec import UNSET, UnsetType

from yizhan import messages
from yizhan.clock import Clock
from yizhan.dialog import Context, Dialog, Diverged, Entry, Suspended, answer_in, can_answer
from yizhan.dialog import load as load_dialog
from yizhan.errors import HandlerTimeout, StoreError
from yizhan.inbox.handling import Stream, limited, replies_of
from yizhan.inbox.run import Run
from yizhan.inbox.threads import Threads
from yizhan.middleware import Incoming
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
        except Exception as error:  # a fault of our own: the message is listed, not run for ever
            log.critical("%s", say("handler.fault", key=run.key), exc_info=error)
            self.counters["faults"] += 1
            await self.store.finish(run.key, self.owner, Outcome(state="dead", note=repr(error)))
            run.ready = True
            run.notify()
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
        dialog = self._open_dialog(run, follower)
        if dialog is None:
            await self._converse(run, follower, None)
            return
        answer = answer_in(run.message)
        if answer is not None and answer.strip() in self.settings.cancel:
            await self.publish(run, replies_of(self.settings.cancelled), dialog=None, final=True)
        elif answer is None:
            again = f"{self.settings.text_please}\n{dialog.question}"
            await self.publish(run, replies_of(again), final=True)
        else:
            await self._converse(run, follower, dialog.answered(answer))

    def _open_dialog(self, run: Run, follower: Follower) -> Dialog | None:
        """The dialog that takes this message first, if one is open."""
        if follower.dialog is None or not can_answer(run.message):
            return None
        dialog = load_dialog(follower.dialog)
        return dialog if self.clock.wall() < dialog.until else None

    async def _converse(self, run: Run, follower: Follower, dialog: Dialog | None) -> None:
        """Run the handler: of the message itself, or of the dialog that it goes on with."""
        began = run.message if dialog is None else messages.read(dialog.raw)
        call = self.table.find(began)
        name = call.route.handler.name if call.route else ""
        if dialog is not None and name != dialog.handler:
            self._log_diverged(name, dialog.handler, name)
            await self._converse(run, follower, None)
            return
        if dialog is None:
            self._note_unheard(call, run)
        before = follower.session if dialog is None else dialog.session(follower.session)
        session = Session(before, self.clock.wall())
        context = None
        if call.route is not None and "context" in call.route.handler.wants:
            context = await self._context(run, began, list(dialog.entries) if dialog else [])
        kept: bytes | UnsetType | None = UNSET
        going_on: bytes | UnsetType | None = UNSET if follower.dialog is None else None
        if not can_answer(run.message):
            going_on = UNSET
        try:
            replies = await self._call(call, run, began, session, context)
            kept = session.outcome(self.settings.session_ttl)
        except Suspended as asked:
            assert context is not None  # noqa: S101  # it was raised by the context's ask
            replies = replies_of(asked.question)
            kept = session.outcome(self.settings.session_ttl)
            after = follower.session if kept is UNSET else kept
            until = self.clock.wall() + asked.timeout
            going_on = Dialog(dict(began.raw), name, context.entries, until, before, after).dump()
        except Diverged as diverged:
            self._log_diverged(name, diverged.expected, diverged.found)
            await self._converse(run, follower, None)
            return
        except Exception as error:  # whatever an author's code raises ends here, logged
            replies = await self._failed(error, call, run)
        await self.publish(run, replies, session=kept, dialog=going_on, final=True)

    async def _context(self, run: Run, began: Incoming, entries: list[Entry]) -> Context:
        """What a handler that asks is given; with the steps of an earlier run of this message."""
        if run.again:
            for name, value in sorted((await self.store.steps(run.key)).items(), key=_place):
                if _place((name, value)) == len(entries):
                    entries.append(Entry("step", name.split(":", 1)[1], value.decode()))
        return Context(began, entries, partial(self.store.step, run.key, self.owner))

    def _log_diverged(self, handler: str, expected: str, found: str) -> None:
        self.counters["dialogs_diverged"] += 1
        log.error("%s", say("dialog.diverged", handler=handler, expected=expected, found=found))

    async def _call(
        self, call: Call, run: Run, began: Incoming, session: Session, context: Context | None
    ) -> tuple[Reply, ...]:
        handler = call.route.handler if call.route else None
        values: dict[str, object] = dict(call.groups)
        for name in handler.wants if handler else ():
            if name == "session":
                values[name] = session
            elif name == "context":
                values[name] = context
            elif name in self._provide:
                values[name] = self._provide[name]()
        stream = run.stream = Stream(partial(self.publish, run))
        options = call.route.options if call.route else None
        seconds = (options and options.timeout) or self.settings.handler_timeout
        replies = await limited(call.endpoint, began, values, handler, seconds, stream)
        return _allowed(replies, run)

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
            return _allowed(replies_of(result), run)
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
        dialog: bytes | UnsetType | None = UNSET,
        final: bool = False,
    ) -> None:
        """Commit what a run has come to, and wake whoever waits for it."""
        riding = bool(run.listeners) and run.shown and not run.answered
        if not riding:
            replies = _one_article_each(replies)
        kept = {dump((reply,)): reply for reply in replies} if len(replies) < 2 else {}
        outcome = Outcome(
            parts=tuple(kept) if kept else tuple(dump((reply,)) for reply in replies),
            state="ready" if final else "running",
            session=session,
            dialog=dialog,
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
            run.replies = kept
        run.ready = True
        run.notify()
        if replies and not riding:
            self._left_over(run)
            self.published(run.openid)


def _allowed(replies: tuple[Reply, ...], run: Run) -> tuple[Reply, ...]:
    """The same replies, if their number of articles is allowed; the rest was checked when made."""
    for reply in replies:
        if isinstance(reply, News):
            check(reply, after=run.after)
    return replies


def _one_article_each(replies: Sequence[Reply]) -> tuple[Reply, ...]:
    """News with several articles, which only an event's own push may carry, one by one."""
    return tuple(
        single
        for reply in replies
        for single in (
            (News(article) for article in reply.articles) if isinstance(reply, News) else (reply,)
        )
    )


def _place(step: tuple[str, bytes]) -> int:
    return int(step[0].split(":", 1)[0])


def _nobody(openid: str) -> None:
    return None


def _nothing() -> None:
    return None
