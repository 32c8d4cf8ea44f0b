"""From a message to its answer: the dialog that takes it, the handler, and what is kept of both."""

import asyncio
import logging
from functools import partial

import msgspec
from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from yizhan import messages
from yizhan.clock import Clock
from yizhan.dialog import Context, Dialog, Diverged, Entry, Suspended, answer_in, can_answer
from yizhan.dialog import load as load_dialog
from yizhan.errors import DialogError
from yizhan.inbox import merging
from yizhan.inbox.calendar import AGREED
from yizhan.inbox.calling import HANDED_OUT, Calling, Keeping, is_theirs
from yizhan.inbox.handling import replies_of
from yizhan.inbox.merging import MERGED, Joined, Merged
from yizhan.inbox.run import Run, in_hand
from yizhan.inbox.timers import TimedOut
from yizhan.messages import TextMessage
from yizhan.metrics import series
from yizhan.metrics.meter import Meter
from yizhan.middleware import Incoming
from yizhan.phrases import say
from yizhan.replies import Reply
from yizhan.routing import START, Match, Table, decorator_for
from yizhan.session import Session
from yizhan.settings import Settings
from yizhan.throttle import Throttle, counted

log = logging.getLogger("yizhan")


class Result(Struct, frozen=True):
    """What a message has come to; with `listed` it was not handled, and why.

    In `answers_in` seconds the default answers the question that the dialog has asked, if any.
    With `joined` another message is run for it.
    """

    replies: tuple[Reply, ...] = ()
    session: bytes | UnsetType | None = UNSET
    dialog: bytes | UnsetType | None = UNSET
    throttle: bytes | UnsetType = UNSET
    listed: str = ""
    answers_in: float = 0.0
    joined: Joined | None = None


class Talk(Struct, frozen=True):
    """One call of a handler: for a message itself, or for the dialog that it goes on with."""

    run: Run
    call: Match
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
        meter: Meter,
        calling: Calling,
    ) -> None:
        self.settings = settings
        self.table = table
        self.clock = clock
        self.meter = meter
        self._calling = calling
        self._cancel = frozenset(word.strip().casefold() for word in settings.cancel)

    def open_dialog(self, kept: bytes | None, message: Incoming) -> Dialog | None:
        """The dialog that takes this message of the follower's first, if the kept one is open."""
        dialog = self._kept_dialog(kept)
        if dialog is None:
            return None
        return dialog if min(self._times(message)) < dialog.until else None

    def _kept_dialog(self, kept: bytes | None) -> Dialog | None:
        if kept is None:
            return None
        try:
            return load_dialog(kept)
        except msgspec.MsgspecError as error:
            self._log_diverged("?", "?", str(error))
            return None

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
        if run.steps and MERGED in run.steps:
            self._merge(run)
        if run.message.__class__ is TimedOut:
            return await self._timed_out(run, keeping)
        dialog = None
        if run.dialog is not None and can_answer(run.message):
            dialog = None if run.merged else self.open_dialog(run.dialog, run.message)
        if dialog is None:
            keeps = run.dialog is not None and self._goes_on_alone(run.dialog)
            return await self._converse(run, None, keeping, keeps=keeps)
        if dialog.is_elsewhere(run.message):
            return await self._converse(run, None, keeping, keeps=True)
        words = answer_in(run.message)
        if words is not None and words.strip().casefold() in self._cancel:
            return Result(replies_of(self.settings.cancelled), dialog=None)
        answered = dialog.answered(run.message)
        if answered is None:
            return Result(replies_of(dialog.reminder(self.settings.text_please)))
        return await self._converse(run, answered, keeping)

    async def _timed_out(self, run: Run, keeping: Keeping) -> Result:
        """What a dialog comes to whose question nobody has answered in time."""
        assert isinstance(run.message, TimedOut)  # noqa: S101  # as was asked before
        dialog = self._kept_dialog(run.dialog)
        if dialog is None or dialog.asked != run.message.key or not dialog.has_default:
            return Result()  # it was answered meanwhile, or another one has taken its place
        return await self._converse(run, dialog.defaulted(), keeping)

    def _goes_on_alone(self, kept: bytes) -> bool:
        """Whether a dialog that no message answers any more is still to take its default."""
        dialog = self._kept_dialog(kept)
        return dialog is not None and dialog.has_default

    async def abandoned(self, run: Run, keeping: Keeping) -> Result:
        """What a message comes to whose handler does not even end when it is cancelled."""
        call = self.table.find(run.message)
        error = self._calling.too_late(call)
        return Result(await self._calling.failed(error, call, run, keeping))

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
            return await self._afresh(run, keeping)
        if dialog is not None:
            in_hand.set({"now": run.message.raw, "before": dialog.received})
        options = talk.call.route.options if talk.call.route else None
        run.once = options is not None and not options.rerun
        if run.once and run.interrupted:
            return Result(listed="rerun=False")
        if options is not None and options.merge and dialog is None and not run.merged:
            joined = await self._join(talk, options.merge, keeping)
            if joined is not None:
                return Result(joined=joined)
        if talk.call.route is None and dialog is None:
            self._note_unheard(run)
        throttle: bytes | UnsetType = UNSET
        if options is not None and options.throttle is not None and _counts(talk):
            kept = counted(run.throttle, talk.handler, options.throttle, self.clock.wall())
            if kept is None:
                return self._throttled(options.throttle)
            throttle = kept
        ends = dialog is not None
        if run.dialog is not None and not ends:
            ends = can_answer(run.message) and not keeps
        ended = None if ends else UNSET
        try:
            result = await self._attempt(talk, ended, keeping)
            if result is not None:
                return result if throttle is UNSET else replace(result, throttle=throttle)
        except Diverged as diverged:
            self._log_diverged(talk.handler, diverged.expected, diverged.found)
            run.steps = {}  # those kept belong to what the handler was
            return await self._afresh(run, keeping)
        except BaseException as error:  # whatever an author's code raises ends here, logged
            if not is_theirs(error, run):
                raise
            replies = await self._calling.failed(error, talk.call, run, keeping)
            return Result(replies, dialog=ended, throttle=throttle)
        return await self._converse(run, None, keeping, talk.call.place, keeps=keeps)

    async def _join(self, talk: Talk, seconds: float, keeping: Keeping) -> Joined | None:
        """Wait for further texts to the same handler; what came of it, if there are any."""
        run, route = talk.run, talk.call.route
        if not merging.is_written(run.message):
            return None
        keeping.limit(run, seconds + self.settings.handler_timeout)
        found = await keeping.following(run, seconds)
        if found.left > 0:
            await asyncio.sleep(found.left)
            found = await keeping.following(run, seconds)
        texts, others = [_text_of(run.message)], []
        for key, message in zip(found.keys, found.messages, strict=True):
            if self.table.find(message).route is not route:
                break
            texts.append(_text_of(message))
            others.append(key)
        if not others:
            return None
        return await keeping.join(run, others, Merged(talk.handler, tuple(texts)))

    def _merge(self, run: Run) -> None:
        """Have it run with the texts that came before it."""
        steps = dict(run.steps)
        merged = merging.load(steps.pop(MERGED))
        run.steps, run.merged = steps, merged.handler
        run.message = merged.message(run.message)
        in_hand.set({"now": run.message.raw, "before": list(merged.texts)})

    async def _afresh(self, run: Run, keeping: Keeping) -> Result:
        """What a message comes to when its dialog can go on no more: it is an ordinary one."""
        if isinstance(run.message, TimedOut):
            return Result(dialog=None)
        return await self._converse(run, None, keeping)

    def _throttled(self, throttle: Throttle) -> Result:
        """The reply to a follower who writes too often, in place of the handler."""
        self.meter.count(series.THROTTLED)
        notice = self.settings.throttled if throttle.reply is None else throttle.reply
        return Result(replies_of(notice))

    def _talk(self, run: Run, dialog: Dialog | None, keeping: Keeping, after: int) -> Talk:
        if dialog is None:
            began, known = run.message, None
            if run.merged and after == START:
                known = self.table.named(began, run.merged)
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
        steps = [step for step in run.steps.items() if step[0] != HANDED_OUT]
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
            replies = await self._calling.call(
                talk.call, talk.run, talk.began, talk.session, talk.context, keeping
            )
        except Suspended as asked:
            if ended is UNSET:
                self._note_replaced(talk)
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
        kept = talk.session.outcome(self.settings.session_ttl)
        dialog = Dialog(
            message=dict(talk.began.raw),
            handler=talk.handler,
            entries=talk.context.entries,
            until=max(self._times(talk.run.message)) + asked.timeout,
            before=talk.before,
            after=talk.run.session if kept is UNSET else kept,
            asked=talk.run.key,
        )
        answers_in = asked.timeout if asked.has_default else 0.0
        question = replies_of(asked.question)
        return Result(question, kept, dialog.dump(), answers_in=answers_in)

    def _note_left(self, talk: Talk, dialog: Dialog) -> None:
        """What is remembered and nobody came to: the handler was changed meanwhile."""
        for entry in dialog.entries if talk.context is None else talk.context.left:
            names = {"handler": talk.handler, "name": entry.called}
            log.warning("%s", say("dialog.unused", **names))

    def _note_replaced(self, talk: Talk) -> None:
        """The handler of what has left the follower's dialog alone, as events do, asks itself."""
        run = talk.run
        older = self._kept_dialog(run.dialog)
        if older is None:
            return
        if older.has_default or self.open_dialog(run.dialog, run.message) is not None:
            names = {"handler": talk.handler, "older": older.handler}
            log.warning("%s", say("dialog.replaced", **names))

    def _log_diverged(self, handler: str, expected: str, found: str) -> None:
        self.meter.count(series.DIVERGED)
        log.error("%s", say("dialog.diverged", handler=handler, expected=expected, found=found))

    def _note_unheard(self, run: Run) -> None:
        self.meter.count(series.UNHEARD)
        if log.isEnabledFor(logging.INFO):
            kind = (getattr(run.message, "name", "") or getattr(run.message, "kind", ""))[:64]
            paste = decorator_for(run.message)
            log.info("%s", say("handler.unheard", kind=kind, paste=paste))


def _counts(talk: Talk) -> bool:
    """Whether a handler's throttle counts this message: answers to a question and events are free.

    Words that fetch an answer never come to a handler.
    """
    return talk.dialog is None and can_answer(talk.run.message)


def _text_of(message: Incoming) -> str:
    return message.content if isinstance(message, TextMessage) else ""


def _place(step: tuple[str, bytes]) -> int:
    return int(step[0].split(":", 1)[0])
