"""From a message to its answer: the dialog that takes it, the handler, what a failure becomes."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Coroutine, Mapping, Sequence
from functools import partial

import msgspec
from msgspec import UNSET, Struct, UnsetType

from yizhan import messages
from yizhan.clock import Clock
from yizhan.dialog import Context, Dialog, Diverged, Entry, Suspended, answer_in, can_answer
from yizhan.dialog import load as load_dialog
from yizhan.errors import HandlerTimeout
from yizhan.inbox.calendar import AGREED
from yizhan.inbox.handling import Stream, check_articles, limited, replies_of
from yizhan.inbox.run import Run, in_hand
from yizhan.inbox.surely import surely
from yizhan.middleware import Incoming
from yizhan.phrases import say
from yizhan.replies import Reply
from yizhan.routing import Call, Table
from yizhan.session import Session
from yizhan.settings import Settings
from yizhan.store import Follower, Store

log = logging.getLogger("yizhan")

SAID = "said"  # the step that marks what a generator has handed out

Provide = Mapping[str, Callable[[], object]]
Publish = Callable[[Run, Sequence[Reply], bytes], Coroutine[object, object, None]]


class Result(Struct, frozen=True):
    """What a message has come to; with `listed` it was not handled, and why."""

    replies: tuple[Reply, ...] = ()
    session: bytes | UnsetType | None = UNSET
    dialog: bytes | UnsetType | None = UNSET
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

    @property
    def handler(self) -> str:
        return self.call.route.handler.name if self.call.route else ""


class Answering:
    """Calls the author's code for one message after another."""

    def __init__(
        self,
        *,
        settings: Settings,
        table: Table,
        store: Store,
        clock: Clock,
        owner: str,
        counters: Counter[str],
        provide: Provide,
    ) -> None:
        self.settings = settings
        self.table = table
        self.store = store
        self.clock = clock
        self.owner = owner
        self.counters = counters
        self._provide = provide
        self._abandoned: set[asyncio.Task[tuple[Reply, ...] | BaseException]] = set()
        self._cancel = frozenset(word.strip().casefold() for word in settings.cancel)

    def open_dialog(self, follower: Follower, message: Incoming) -> Dialog | None:
        """The dialog that takes this message of the follower's first, if one is open."""
        if follower.dialog is None:
            return None
        try:
            dialog = load_dialog(follower.dialog)
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

    async def answer(self, run: Run, follower: Follower, publish: Publish) -> Result:
        """What this message comes to; a generator's first parts are published on the way."""
        dialog = self.open_dialog(follower, run.message) if can_answer(run.message) else None
        if dialog is None:
            return await self._converse(run, follower, None, publish)
        answer = answer_in(run.message)
        if answer is None:
            return Result(replies_of(f"{self.settings.text_please}\n{dialog.question}"))
        if answer.strip().casefold() in self._cancel:
            return Result(replies_of(self.settings.cancelled), dialog=None)
        return await self._converse(run, follower, dialog.answered(answer), publish)

    async def _converse(
        self, run: Run, follower: Follower, dialog: Dialog | None, publish: Publish
    ) -> Result:
        talk = await self._talk(run, follower, dialog)
        if dialog is not None and talk.handler != dialog.handler:
            self._log_diverged(talk.handler, dialog.handler, talk.handler)
            return await self._converse(run, follower, None, publish)
        if dialog is not None:
            in_hand.set({"now": run.message.raw, "before": dialog.said})
        options = talk.call.route.options if talk.call.route else None
        run.once = options is not None and not options.rerun
        if run.once and run.interrupted:
            return Result(listed="rerun=False")
        if talk.call.route is None and dialog is None:
            self._note_unheard(run)
        ended = None if follower.dialog is not None and can_answer(run.message) else UNSET
        try:
            return await self._attempt(talk, follower, ended, publish)
        except Diverged as diverged:
            self._log_diverged(talk.handler, diverged.expected, diverged.found)
            run.again = False  # the steps kept belong to what the handler was
            return await self._converse(run, follower, None, publish)
        except BaseException as error:  # whatever an author's code raises ends here, logged
            if not _is_theirs(error):
                raise
            return Result(await self._failed(error, talk.call, run, publish), dialog=ended)

    async def _talk(self, run: Run, follower: Follower, dialog: Dialog | None) -> Talk:
        began = run.message if dialog is None else messages.read(dialog.raw)
        call = self.table.find(began)
        before = dialog.session(follower.session) if dialog else follower.session
        times = self._times(run.message)
        session = Session(before, min(times), max(times))
        context = None
        if call.route is not None and "context" in call.route.handler.wants:
            context = await self._context(run, began, dialog)
        return Talk(run, call, began, dialog, before, session, context)

    async def _context(self, run: Run, began: Incoming, dialog: Dialog | None) -> Context:
        """What a handler that asks is given; with the steps of an earlier run of this message."""
        entries = list(dialog.entries) if dialog else []
        fresh = len(entries) - 1
        steps = [step for step in (await self._steps(run)).items() if step[0] != SAID]
        for name, value in sorted(steps, key=_place):
            if _place((name, value)) == len(entries):
                entries.append(Entry("step", name.split(":", 1)[1], value.decode()))
        return Context(began, entries, partial(self._keep_step, run.key), fresh=fresh)

    async def _steps(self, run: Run) -> Mapping[str, bytes]:
        """What an earlier run of this message has kept."""
        return await surely(partial(self.store.steps, run.key)) if run.again else {}

    async def _keep_step(self, key: str, name: str, value: bytes) -> bool:
        return await surely(partial(self.store.step, key, self.owner, name, value))

    async def _attempt(
        self, talk: Talk, follower: Follower, ended: UnsetType | None, publish: Publish
    ) -> Result:
        """One call of the handler. Raises Diverged, or whatever the handler raises."""
        try:
            replies = await self._call(talk, publish)
        except Suspended as asked:
            return self._suspended(talk, follower, asked)
        if talk.dialog is not None:
            _check_end(talk.dialog, talk.context)
        return Result(replies, talk.session.outcome(self.settings.session_ttl), ended)

    def _suspended(self, talk: Talk, follower: Follower, asked: Suspended) -> Result:
        assert talk.context is not None  # noqa: S101  # it was raised by the context's ask
        kept = talk.session.outcome(self.settings.session_ttl)
        dialog = Dialog(
            message=dict(talk.began.raw),
            handler=talk.handler,
            entries=talk.context.entries,
            until=max(self._times(talk.run.message)) + asked.timeout,
            before=talk.before,
            after=follower.session if kept is UNSET else kept,
        )
        return Result(replies_of(asked.question), kept, dialog.dump())

    async def _call(self, talk: Talk, publish: Publish) -> tuple[Reply, ...]:
        route = talk.call.route
        talk.run.handler = talk.handler
        values: dict[str, object] = dict(talk.call.groups)
        for name in route.handler.wants if route else ():
            if name == "session":
                values[name] = talk.session
            elif name == "context":
                values[name] = talk.context
            elif name in self._provide:
                values[name] = self._provide[name]()
        said = (await self._steps(talk.run)).get(SAID)
        talk.run.partly = said is not None
        stream = talk.run.stream = Stream(partial(publish, talk.run), talk.run.after, said)
        seconds = (route and route.options.timeout) or self.settings.handler_timeout
        replies = await limited(
            talk.call.endpoint,
            talk.began,
            values,
            talk.handler or "?",
            seconds,
            stream,
            self._abandon,
        )
        return check_articles(replies, talk.run.after)

    async def _failed(
        self, error: BaseException, call: Call, run: Run, publish: Publish
    ) -> tuple[Reply, ...]:
        """What the follower is told when a handler fails; its session changes are discarded.

        What the handler said before and did not hand out goes first.
        """
        self.counters["handler_errors"] += 1
        handler = call.route.handler if call.route else None
        name, place = (handler.name, handler.place) if handler else ("?", "?")
        known = isinstance(error, HandlerTimeout)
        said = str(error) if known else say("handler.raised", handler=name, place=place)
        sent = {"key": run.key, "reason": "handler_error"}
        log.error("%s", said, exc_info=None if known else error, extra=sent)
        stream = _after(run, publish)
        fallback = replies_of(self.settings.fallback)
        if self.table.error is None:
            return (*stream.rest(), *fallback)
        values = {"error": error, **{n: make() for n, make in self._provide.items()}}
        values["session"] = Session()
        seconds = self.settings.handler_timeout
        run.stream = stream
        try:
            replies = await limited(
                self.table.error, run.message, values, "error", seconds, stream, self._abandon
            )
            return (*stream.rest(), *check_articles(replies, run.after))
        except BaseException as second:  # an error handler that raises must not hide the first
            if not _is_theirs(second):
                raise
            said = say("handler.raised", handler="error", place="?")
            log.error("%s", said, exc_info=second, extra=sent)
            return (*stream.rest(), *fallback)

    def _abandon(self, work: "asyncio.Task[tuple[Reply, ...] | BaseException]") -> None:
        """Keep what cannot be ended until it ends by itself."""
        self.counters["abandoned"] += 1
        self._abandoned.add(work)
        work.add_done_callback(self._abandoned.discard)

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


def _is_theirs(error: BaseException) -> bool:
    """Whether the author's code raised this, and not somebody who ends this task or program.

    A CancelledError that nobody asked this task for comes from something that was awaited.
    A KeyboardInterrupt is theirs: the signals that end a server raise none in a handler.
    """
    if isinstance(error, asyncio.CancelledError):
        task = asyncio.current_task()
        return task is not None and not task.cancelling()
    return not isinstance(error, GeneratorExit)


def _after(run: Run, publish: Publish) -> Stream:
    """For what the error handler says, behind what the failed handler has said.

    The mark stays that of the handler: it is what runs again after a crash.
    """
    failed = run.stream or Stream(partial(publish, run), run.after)
    mark, ahead = failed.mark, failed.rest()
    return Stream(lambda replies, _: publish(run, replies, mark), run.after, ahead=ahead)


def _check_end(dialog: Dialog, context: Context | None) -> None:
    """Raise Diverged when the handler has ended without coming to all that its dialog remembers."""
    left = dialog.entries if context is None else context.left
    if left:
        raise Diverged(f"{left[0].kind} {left[0].text!r}", "its end")


def _place(step: tuple[str, bytes]) -> int:
    return int(step[0].split(":", 1)[0])
