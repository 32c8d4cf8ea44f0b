"""From a message to its answer: the dialog that takes it, the handler, what a failure becomes."""

import asyncio
import logging
from collections import Counter
from collections.abc import (
    AsyncIterable,
    AsyncIterator,
    Awaitable,
    Callable,
    Iterable,
    Mapping,
    Sequence,
)
from functools import partial
from typing import Protocol

import msgspec
from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from yizhan import messages
from yizhan.clock import Clock
from yizhan.dialog import Context, Dialog, Diverged, Entry, Suspended, answer_in, can_answer
from yizhan.dialog import load as load_dialog
from yizhan.errors import DialogError, HandlerTimeout, ResultError
from yizhan.inbox.calendar import AGREED
from yizhan.inbox.handling import check_articles, from_thread, replies_of
from yizhan.inbox.pieces import Pieces
from yizhan.inbox.run import Run, in_hand
from yizhan.inbox.streaming import Streaming
from yizhan.inbox.threads import Threads
from yizhan.middleware import Incoming
from yizhan.phrases import say
from yizhan.raised import place_of
from yizhan.replies import Reply, Stream
from yizhan.routing import PASS, START, Call, Table
from yizhan.session import Session
from yizhan.settings import Settings
from yizhan.throttle import Throttle, counted

log = logging.getLogger("yizhan")

SAID = "said"  # the step that marks what a generator has handed out

Provide = Mapping[str, Callable[[], object]]


class Keeping(Protocol):
    """What a run has kept while it goes on; each call ends when that is durable."""

    def publish(self, run: Run, replies: Sequence[Reply], mark: bytes, /) -> Awaitable[object]:
        """Hand out what a generator has said; `mark` tells how far it had come."""
        ...

    def keep_step(self, run: Run, name: str, value: bytes, /) -> Awaitable[bool]:
        """Keep the result of a dialog's step; False when the job is another's by now."""
        ...

    def limit(self, run: Run, seconds: float, /) -> None:
        """Cancel the run's task when it takes longer than that from now."""
        ...


class Result(Struct, frozen=True):
    """What a message has come to; with `listed` it was not handled, and why."""

    replies: tuple[Reply, ...] = ()
    session: bytes | UnsetType | None = UNSET
    dialog: bytes | UnsetType | None = UNSET
    throttle: bytes | UnsetType = UNSET
    listed: str = ""


class Talk(Struct, frozen=True):
    """One call of a handler: for a message itself, or for the dialog that it goes on with."""

    run: Run
    call: Call
    began: Incoming
    dialog: Dialog | None
    before: bytes | None
    session: Session
    context: Context | None
    handler: str


class Answering:
    """Calls the author's code for one message after another."""

    def __init__(
        self,
        *,
        settings: Settings,
        table: Table,
        clock: Clock,
        counters: Counter[str],
        provide: Provide,
        threads: Threads,
    ) -> None:
        self._threads = threads
        self._advised: set[str] = set()  # handlers that were told of
        self.settings = settings
        self.table = table
        self.clock = clock
        self.counters = counters
        self._provide = provide
        self._cancel = frozenset(word.strip().casefold() for word in settings.cancel)

    def open_dialog(self, kept: bytes | None, message: Incoming) -> Dialog | None:
        """The dialog that takes this message of the follower's first, if the kept one is open."""
        if kept is None:
            return None
        try:
            dialog = load_dialog(kept)
        except msgspec.MsgspecError as error:
            self._log_diverged("?", "?", str(error))
            return None
        return dialog if min(self._times(message)) < dialog.until else None

    def _times(self, message: Incoming) -> tuple[float, float]:
        """When the message is handled, by our clock, and when it was sent, by WeChat's.

        Ours holds unless they differ by so much that it is wrong, or that the message has waited
        long for a process. By neither is a session or a dialog lost then: it is read if it was
        there by the earlier one, and kept for its time from the later one.
        """
        now, sent = self.clock.wall(), message.created
        return now, sent if sent and abs(now - sent) > AGREED else now

    async def answer(self, run: Run, keeping: Keeping) -> Result:
        """What this message comes to; a generator's first parts are published on the way."""
        dialog = None
        if run.dialog is not None and can_answer(run.message):
            dialog = self.open_dialog(run.dialog, run.message)
        if dialog is None:
            return await self._converse(run, None, keeping)
        if dialog.is_elsewhere(run.message):
            return await self._converse(run, None, keeping, keeps=True)
        words = answer_in(run.message)
        if words is not None and words.strip().casefold() in self._cancel:
            return Result(replies_of(self.settings.cancelled), dialog=None)
        answered = dialog.answered(run.message)
        if answered is None:
            return Result(replies_of(dialog.reminder(self.settings.text_please)))
        return await self._converse(run, answered, keeping)

    async def abandoned(self, run: Run, keeping: Keeping) -> Result:
        """What a message comes to whose handler does not even end when it is cancelled."""
        call = self.table.find(run.message)
        error = self._too_late(call.route.handler.name if call.route else "?", self._limit(call))
        return Result(await self._failed(error, call, run, keeping))

    async def _converse(
        self,
        run: Run,
        dialog: Dialog | None,
        keeping: Keeping,
        after: int = START,
        *,
        keeps: bool = False,
    ) -> Result:
        """What the first handler says that takes the message, of those after that place.

        `keeps` leaves the follower's dialog open, which this message has nothing to do with.
        """
        talk = self._talk(run, dialog, keeping, after)
        if dialog is not None and talk.handler != dialog.handler:
            self._log_diverged(talk.handler, dialog.handler, talk.handler)
            return await self._converse(run, None, keeping)
        if dialog is not None:
            in_hand.set({"now": run.message.raw, "before": dialog.said})
        options = talk.call.route.options if talk.call.route else None
        run.once = options is not None and not options.rerun
        if run.once and run.interrupted:
            return Result(listed="rerun=False")
        if talk.call.route is None and dialog is None:
            self._note_unheard(run)
        throttle: bytes | UnsetType = UNSET
        if options is not None and options.throttle is not None and _counts(talk):
            kept = counted(run.throttle, talk.handler, options.throttle, self.clock.wall())
            if kept is None:
                return self._throttled(options.throttle)
            throttle = kept
        ends = run.dialog is not None and can_answer(run.message) and not keeps
        ended = None if ends else UNSET
        try:
            result = await self._attempt(talk, ended, keeping)
            if result is not None:
                return result if throttle is UNSET else replace(result, throttle=throttle)
        except Diverged as diverged:
            self._log_diverged(talk.handler, diverged.expected, diverged.found)
            run.steps = {}  # those kept belong to what the handler was
            return await self._converse(run, None, keeping)
        except BaseException as error:  # whatever an author's code raises ends here, logged
            if not _is_theirs(error, run):
                raise
            replies = await self._failed(error, talk.call, run, keeping)
            return Result(replies, dialog=ended, throttle=throttle)
        return await self._converse(run, None, keeping, talk.call.place, keeps=keeps)

    def _throttled(self, throttle: Throttle) -> Result:
        """What is said to a follower who writes too often, in place of the handler."""
        self.counters["throttled"] += 1
        said = self.settings.throttled if throttle.reply is None else throttle.reply
        return Result(replies_of(said))

    def _talk(self, run: Run, dialog: Dialog | None, keeping: Keeping, after: int) -> Talk:
        if dialog is None:
            began, known = run.message, None
        else:
            began = messages.read(dialog.raw)
            known = self.table.named(began, dialog.handler)
        call = known or self.table.find(began, after)
        before = dialog.session(run.session) if dialog else run.session
        times = self._times(run.message)
        session = Session(before, min(times), max(times))
        context = None
        if call.route is not None and "context" in call.route.handler.wants:
            context = self._context(run, began, dialog, keeping)
        handler = call.route.handler.name if call.route else ""
        return Talk(run, call, began, dialog, before, session, context, handler)

    def _context(
        self, run: Run, began: Incoming, dialog: Dialog | None, keeping: Keeping
    ) -> Context:
        """What a handler that asks is given; with the steps of an earlier run of this message."""
        entries = list(dialog.entries) if dialog else []
        steps = [step for step in run.steps.items() if step[0] != SAID]
        for name, value in sorted(steps, key=_place):
            if _place((name, value)) == len(entries):
                entries.append(Entry("step", name.split(":", 1)[1], value.decode()))
        keep_step = partial(keeping.keep_step, run)
        return Context(began, entries, keep_step, tap=self.settings.tap)

    async def _attempt(
        self, talk: Talk, ended: UnsetType | None, keeping: Keeping
    ) -> Result | None:
        """One call of the handler; None if it passes the message on.

        Raises Diverged, or whatever the handler raises.
        """
        try:
            replies = await self._call(talk, keeping)
        except Suspended as asked:
            return self._suspended(talk, asked)
        if replies is None:
            self._check_pass(talk)
            return None
        if talk.dialog is not None:
            self._note_left(talk, talk.dialog)
        return Result(replies, talk.session.outcome(self.settings.session_ttl), ended)

    def _check_pass(self, talk: Talk) -> None:
        """Raise DialogError when something of what the handler did would be lost."""
        begun = talk.context is not None and bool(talk.context.entries)
        changed = talk.session.outcome(self.settings.session_ttl) is not UNSET
        if begun or changed:
            raise DialogError("handler.passed_late", handler=talk.handler)

    def _suspended(self, talk: Talk, asked: Suspended) -> Result:
        assert talk.context is not None  # noqa: S101  # it was raised by the context's ask
        self._note_replaced(talk)
        kept = talk.session.outcome(self.settings.session_ttl)
        dialog = Dialog(
            message=dict(talk.began.raw),
            handler=talk.handler,
            entries=talk.context.entries,
            until=max(self._times(talk.run.message)) + asked.timeout,
            before=talk.before,
            after=talk.run.session if kept is UNSET else kept,
        )
        return Result(replies_of(asked.question), kept, dialog.dump())

    async def _call(self, talk: Talk, keeping: Keeping) -> tuple[Reply, ...] | None:
        """The replies of one call of the handler; None if it passes the message on."""
        run, route = talk.run, talk.call.route
        run.handler = talk.handler
        values: dict[str, object] = dict(talk.call.groups)
        for name in route.handler.wants if route else ():
            if name == "session":
                values[name] = talk.session
            elif name == "context":
                values[name] = talk.context
            elif name in self._provide:
                values[name] = self._provide[name]()
        said = run.steps.get(SAID)
        run.partly = said is not None
        seconds = self._limit(talk.call)
        keeping.limit(run, seconds)
        endpoint = partial(talk.call.endpoint, talk.began, values)
        return await self._outcome(run, endpoint, keeping, said)

    async def _outcome(
        self,
        run: Run,
        endpoint: Callable[[], Awaitable[object]],
        keeping: Keeping,
        said: bytes | None,
        failed: Pieces | None = None,
    ) -> tuple[Reply, ...] | None:
        """The replies that were not handed out on the way, None if it passes the message on.

        `said` marks what an earlier run has handed out, `failed` is what a handler that failed
        has not. Raises what the handler raises.
        """
        try:
            result = await endpoint()
            if result is PASS:
                return None
            if isinstance(result, AsyncIterator):
                run.stream = failed or self._pieces(run, keeping, said)
                replies = await run.stream.consume(result)
            elif isinstance(result, Stream):
                source = self._source(result)
                run.stream = _streaming(result, run, keeping, failed)
                replies = await run.stream.consume(source)
            else:
                replies = replies_of(result)
        except GeneratorExit as error:
            if asyncio.current_task() is not run.task:
                raise  # this coroutine itself is being closed
            raise RuntimeError(repr(error)) from error
        return check_articles(replies, run.after)

    def _pieces(self, run: Run, keeping: Keeping, said: bytes | None) -> Pieces:
        too_quick = partial(self._advise_stream, run.handler)
        return Pieces(partial(keeping.publish, run), run.after, said, too_quick=too_quick)

    def _source(self, stream: Stream) -> AsyncIterator[object]:
        """What a Stream's pieces are read from. Raises ResultError for what are none."""
        pieces: object = stream.pieces
        if isinstance(pieces, AsyncIterable):
            return aiter(pieces)
        if isinstance(pieces, Iterable) and not isinstance(pieces, str | bytes):
            return from_thread(iter(pieces), self._threads)
        raise ResultError("result.stream", type=type(pieces).__name__)

    def _advise_stream(self, handler: str) -> None:
        """A handler yields a model's tokens, each of which would be an answer; said once."""
        if handler not in self._advised:
            self._advised.add(handler)
            log.warning("%s", say("handler.tokens", handler=handler))

    def _limit(self, call: Call) -> float:
        return (call.route and call.route.options.timeout) or self.settings.handler_timeout

    async def _failed(
        self, error: BaseException, call: Call, run: Run, keeping: Keeping
    ) -> tuple[Reply, ...]:
        """What the follower is told when a handler fails; its session changes are discarded.

        What the handler said before and did not hand out goes first.
        """
        self.counters["handler_errors"] += 1
        handler = call.route.handler if call.route else None
        name, place = (handler.name, handler.place) if handler else ("?", "?")
        if run.expired and isinstance(error, asyncio.CancelledError):
            error = self._too_late(name, self._limit(call))
        known = isinstance(error, HandlerTimeout)
        said = str(error) if known else _told(error, name, place)
        sent = {"key": run.key, "reason": "handler_error", "raw": run.message.raw}
        log.error("%s", said, exc_info=None if known else error, extra=sent)
        stream = _after(run, keeping)
        fallback = replies_of(self.settings.fallback)
        if self.table.error is None:
            return (*stream.rest(), *fallback)
        values = {"error": error, **{n: make() for n, make in self._provide.items()}}
        values["session"] = Session()
        run.stream = stream
        keeping.limit(run, self.settings.handler_timeout)
        endpoint = partial(self.table.error, run.message, values)
        try:
            replies = await self._outcome(run, endpoint, keeping, None, stream)
            return (*stream.rest(), *(fallback if replies is None else replies))
        except BaseException as second:  # an error handler that raises must not hide the first
            if not _is_theirs(second, run):
                raise
            said = _told(second, "error", "?")
            log.error("%s", said, exc_info=second, extra=sent)
            return (*stream.rest(), *fallback)

    def _too_late(self, handler: str, seconds: float) -> HandlerTimeout:
        return HandlerTimeout("handler.timeout", handler=handler, seconds=seconds)

    def _note_left(self, talk: Talk, dialog: Dialog) -> None:
        """What is remembered and nobody came to: the handler was changed meanwhile."""
        for entry in dialog.entries if talk.context is None else talk.context.left:
            told = {"handler": talk.handler, "name": entry.called}
            log.warning("%s", say("dialog.unused", **told))

    def _note_replaced(self, talk: Talk) -> None:
        """An event's handler has asked while the follower was in another dialog."""
        run = talk.run
        if talk.dialog is not None or can_answer(run.message):
            return
        if (older := self.open_dialog(run.dialog, run.message)) is not None:
            told = {"handler": talk.handler, "older": older.handler}
            log.warning("%s", say("dialog.replaced", **told))

    def _log_diverged(self, handler: str, expected: str, found: str) -> None:
        self.counters["dialogs_diverged"] += 1
        log.error("%s", say("dialog.diverged", handler=handler, expected=expected, found=found))

    def _note_unheard(self, run: Run) -> None:
        self.counters["unheard"] += 1
        if log.isEnabledFor(logging.INFO):
            kind = (getattr(run.message, "name", "") or getattr(run.message, "kind", ""))[:64]
            event = hasattr(run.message, "name")
            paste = f'@account.event("{kind}")' if event else "@account.message"
            log.info("%s", say("handler.unheard", kind=kind, paste=paste))


def _is_theirs(error: BaseException, run: Run) -> bool:
    """Whether the author's code raised this, and not somebody who ends this task or program.

    A CancelledError that nobody asked this task for comes from something that was awaited,
    and one that the run's limit asked for ends the handler, not the run. A KeyboardInterrupt
    is theirs: the signals that end a server raise none in a handler.
    """
    if isinstance(error, asyncio.CancelledError):
        task = asyncio.current_task()
        if task is None or task is not run.task:  # which was abandoned
            return False
        if run.expired and task.cancelling() == 1:
            task.uncancel()
        return not task.cancelling()
    return not isinstance(error, GeneratorExit)


def _counts(talk: Talk) -> bool:
    """Whether a handler's throttle counts this message: answers to a question and events are free.

    Words that fetch an answer never come to a handler.
    """
    return talk.dialog is None and can_answer(talk.run.message)


def _streaming(stream: Stream, run: Run, keeping: Keeping, failed: Pieces | None) -> Streaming:
    """A part may be shown early only where the rest can be sent."""
    first = stream.first if run.push.may_send else None
    ahead = () if failed is None else failed.rest()
    return Streaming(partial(keeping.publish, run), ai=stream.ai, first=first, ahead=ahead)


def _told(error: BaseException, handler: str, place: str) -> str:
    """Which handler raised, what kind of error, and on which line of the author's."""
    kind, at = type(error).__name__, place_of(error)
    return say("handler.raised", handler=handler, place=place, kind=kind, at=at or "?")


def _after(run: Run, keeping: Keeping) -> Pieces:
    """For what the error handler says, behind what the failed handler has said.

    The mark stays that of the handler: it is what runs again after a crash.
    """
    failed = run.stream or Pieces(partial(keeping.publish, run), run.after)
    mark, ahead = failed.mark, failed.rest()
    return Pieces(lambda replies, _: keeping.publish(run, replies, mark), run.after, ahead=ahead)


def _place(step: tuple[str, bytes]) -> int:
    return int(step[0].split(":", 1)[0])
