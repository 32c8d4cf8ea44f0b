"""Dialogs: a handler that asks, and goes on with the follower's next message.

No coroutine is kept between messages. `ask` ends the run; the next message replays the
handler from its beginning, in whichever process it reaches, with the answers already
given. What must not happen twice stands in a `step`.
"""

import asyncio
import inspect
from collections import Counter
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from hashlib import sha256
from math import inf
from typing import Literal, TypeVar, cast

import msgspec
from msgspec import UNSET, Struct

from yizhan import messages
from yizhan.asking import KINDS, Asked, Asking, Kind
from yizhan.choices import Choices
from yizhan.errors import DialogError
from yizhan.messages import Message, TextMessage, VoiceMessage
from yizhan.middleware import Incoming
from yizhan.wire.xml import Raw, Value

T = TypeVar("T")
KeepStep = Callable[[str, bytes], Awaitable[bool]]

_step: ContextVar[str] = ContextVar("step", default="")  # the step that is being done

FIRST_PAUSE = 1.0  # seconds between a step that failed and its next try; the next are twice as long


class Entry(Struct, omit_defaults=True):
    """One ask or step of a dialog.

    `text` is the question or the step's name; `value` the answer or the step's result
    as JSON, None for a question still open. An ask may have a `name` of its own, and waits for
    a message of the kind `expects`. `shown` is what the follower reads where that is not the
    question alone, `again` what goes before it after an answer that is none, `id` what its
    choices are called by. `tap` is the choice that the answer tapped. An answer is `fresh`
    until it was checked, and `final` once another value has its place. `default` is that
    value as JSON, should the time for an answer run out.
    """

    kind: Literal["ask", "step"]
    text: str
    value: str | None = None
    name: str = ""
    expects: Kind = "text"
    shown: str = ""
    again: str = ""
    id: str = ""
    tap: str = ""
    fresh: bool = False
    final: bool = False
    default: str | None = None

    @property
    def called(self) -> str:
        """What it is known by in a replay, with its number among those called the same."""
        return self.name or self.text


class Dialog(Struct):
    """A dialog as the store keeps it.

    `message` is the raw message that began it and `handler` the handler's name; `until`
    is the wall time of its end. `before` and `after` are the session at its beginning
    and at its last suspension; `asked` is the key of the message that this was in answer to.
    """

    message: dict[str, object]
    handler: str
    entries: list[Entry]
    until: float
    before: bytes | None = None
    after: bytes | None = None
    asked: str = ""

    def dump(self) -> bytes:
        return msgspec.json.encode(self)

    @property
    def raw(self) -> Raw:
        """The fields of the message that began it."""
        return cast("Raw", self.message)

    @property
    def received(self) -> list[Value]:
        """What the follower has sent in it so far."""
        answers = (it.value for it in self.entries if it.kind == "ask" and it.value is not None)
        return [self.raw, *(_value_of(msgspec.json.decode(answer)) for answer in answers)]

    @property
    def open(self) -> Entry:
        """The question that is open."""
        return next(entry for entry in reversed(self.entries) if entry.value is None)

    @property
    def question(self) -> str:
        """The open question as the follower reads it."""
        return self.open.shown or self.open.text

    def reminder(self, default: str) -> str:
        """The reply to a message that answers nothing; `default` where a text is awaited."""
        asked = self.open
        problem = asked.again or (default if asked.expects == "text" else "")
        return f"{problem}\n{self.question}" if problem else self.question

    def is_elsewhere(self, message: Incoming) -> bool:
        """Whether the message taps a choice of another question than the open one."""
        tap = message.menu_id if isinstance(message, TextMessage) else None
        return tap is not None and Choices.is_ours(tap) and not Choices.is_of(tap, self.open.id)

    def answered(self, message: Incoming) -> "Dialog | None":
        """The same dialog with its open question answered; None if this is no answer."""
        asked = self.open
        if asked.expects == "text":
            answer: object = answer_in(message)
        else:
            is_it = isinstance(message, Message) and message.kind == asked.expects
            answer = message.raw if is_it else None
        if answer is None:
            return None
        tap = (message.menu_id or "") if isinstance(message, TextMessage) else ""
        value = _json(answer, asked.called)
        return self._with(msgspec.structs.replace(asked, value=value, tap=tap, fresh=True))

    @property
    def has_default(self) -> bool:
        """Whether it goes on by itself when nobody answers the open question."""
        return self.open.default is not None

    def defaulted(self) -> "Dialog":
        """The same dialog with its open question answered by its default."""
        asked = self.open
        return self._with(msgspec.structs.replace(asked, value=asked.default, final=True))

    def _with(self, done: Entry) -> "Dialog":
        """The same dialog with this in place of its open question."""
        asked = self.open
        entries = [done if entry is asked else entry for entry in self.entries]
        return msgspec.structs.replace(self, entries=entries)

    def session(self, now: bytes | None) -> bytes | None:
        """The session to replay on: as at the beginning, unless another message changed it."""
        return self.before if now == self.after else now


load: Callable[[bytes], Dialog] = msgspec.json.Decoder(Dialog).decode


class Suspended(BaseException):
    """The handler asks: not an Exception, so that an author's `except` does not catch it."""

    def __init__(self, entry: Entry, question: str, timeout: float) -> None:
        super().__init__(question)
        self.question = question
        self.timeout = timeout
        self.has_default = entry.default is not None


class Diverged(BaseException):
    """The handler has a step where its dialog remembers a question, or the other way round.

    Or a question for something else than was asked for.
    """

    def __init__(self, expected: str, found: str) -> None:
        super().__init__(expected, found)
        self.expected = expected
        self.found = found


class Context(Asking):
    """What a handler gets that names `context`: `ask`, `step` and the dialog's first message."""

    def __init__(
        self, message: Incoming, entries: list[Entry], keep_step: KeepStep, *, tap: bool = True
    ) -> None:
        """With `tap`, choices are links that a follower may tap."""
        self.message = message
        self.entries = entries
        self._keep_step = keep_step
        self._tap = tap
        self._calls: Counter[str] = Counter()
        self._seen: list[Entry] = []

    @property
    def left(self) -> list[Entry]:
        """What is remembered and has not been come to."""
        return [entry for entry in self.entries if not any(entry is it for it in self._seen)]

    def _ask(self, asked: Asked) -> object:
        question, again, timeout = asked.question, asked.again, asked.timeout
        _check_asked(asked)
        offered = None if asked.choices is None else Choices(asked.choices)
        wanted = Entry("ask", question, name=asked.name, expects=asked.kind, again=again)
        entry, number = self._next(wanted)
        if entry.value is None:
            if asked.default is not UNSET:
                entry.default = _json(asked.default, entry.called)
            if entry is wanted and offered is not None:
                for place in range(offered.count):  # else only who chooses it would find out
                    _json(offered.value(place), entry.called)
                entry.id = self._id(entry.called, number)
                entry.shown = offered.shown(question, entry.id, tap=self._tap)
            raise Suspended(entry, entry.shown or question, timeout)
        if not entry.fresh:
            return self._answer(entry)
        entry.fresh = False
        if offered is not None:
            found = offered.find(str(msgspec.json.decode(entry.value)), entry.tap)
            if found is None:
                raise self._again(entry, again, timeout)
            entry.value, entry.final = _json(offered.value(found), question), True
        return self._checked(entry, asked.check, again, timeout)

    def _checked(
        self, entry: Entry, check: Callable[..., object] | None, again: str, timeout: float
    ) -> object:
        """The answer, if the author's check takes it."""
        answer = self._answer(entry)
        if check is None:
            return answer
        try:
            checked = check(answer)
        except ValueError as error:
            raise self._again(entry, str(error) or again, timeout) from error
        if checked is False:
            raise self._again(entry, again, timeout)
        if checked is None or checked is True:
            return answer
        entry.value, entry.final = _json(checked, entry.called), True
        return checked

    @staticmethod
    def _answer(entry: Entry) -> object:
        assert entry.value is not None  # noqa: S101  # it is answered
        value = msgspec.json.decode(entry.value)
        return value if entry.final or entry.expects == "text" else messages.read(value)

    async def step(
        self,
        name: str,
        action: Callable[[], T | Awaitable[T]],
        retries: int = 0,
        on: tuple[type[Exception], ...] = (Exception,),
    ) -> T:
        """The result of `action`, which runs once however often the handler is replayed.

        The result, a JSON value, is kept before the handler goes on. If it raises one of `on`,
        it is tried again up to `retries` times, after 1, 2, 4 … seconds, which count in the
        handler's time. Raises DialogError when the result is no JSON value, or when this process
        no longer owns the message.
        """
        _check_outside(name)
        entry, _ = self._next(Entry("step", name))
        if entry.value is not None:
            return cast("T", msgspec.json.decode(entry.value))
        place = next(at for at, it in enumerate(self.entries) if it is entry)
        token = _step.set(name)
        try:
            encoded, value = await self._tried(name, action, retries, on)
        finally:
            _step.reset(token)
        if not await self._keep_step(f"{place}:{name}", encoded.encode()):
            raise DialogError("dialog.lost", name=name)
        entry.value = encoded
        return value

    async def _tried(
        self,
        name: str,
        action: Callable[[], T | Awaitable[T]],
        retries: int,
        on: tuple[type[Exception], ...],
    ) -> tuple[str, T]:
        for number in range(retries):
            try:
                return await _done(name, action)
            except DialogError:  # the same would come of the next try
                raise
            except on:
                await asyncio.sleep(FIRST_PAUSE * 2**number)
        return await _done(name, action)

    def _next(self, wanted: Entry) -> tuple[Entry, int]:
        """What is remembered under that name, with its number among those of the name.

        What is not remembered is new: it is added.
        """
        called = wanted.called
        number = self._calls[called]
        self._calls[called] += 1
        same = [entry for entry in self.entries if entry.called == called]
        if number == len(same):
            self.entries.append(wanted)
            entry = wanted
        else:
            entry = same[number]
        if (entry.kind, entry.expects) != (wanted.kind, wanted.expects):
            raise Diverged(f"{_kind_of(entry)} {called!r}", f"{_kind_of(wanted)} {called!r}")
        self._seen.append(entry)
        return entry, number

    def _again(self, entry: Entry, problem: str, timeout: float) -> Suspended:
        """Open the question anew, as the last one."""
        entry.value, entry.tap, entry.final = None, "", False
        question = entry.shown or entry.text
        asked = f"{problem}\n{question}" if problem else question
        return Suspended(entry, asked, timeout)

    def _id(self, called: str, number: int) -> str:
        """The same in each replay, and no other question's."""
        place = msgspec.json.encode([self.message.raw, called, number], order="sorted")
        return Choices.id_of(sha256(place).hexdigest())


def answer_in(message: Incoming) -> str | None:
    """The text with which a message can answer a question; None for other kinds."""
    if isinstance(message, TextMessage):
        return message.content
    if isinstance(message, VoiceMessage) and message.recognition:
        return message.recognition
    return None


def can_answer(message: Incoming) -> bool:
    """Whether a dialog takes this push first: any message does, events pass it by."""
    return isinstance(message, Message)


def _kind_of(entry: Entry) -> str:
    return entry.kind if entry.expects == "text" else f"{entry.kind} ({entry.expects})"


def _check_asked(asked: Asked) -> None:
    question: object = asked.question
    if not isinstance(question, str) or not question.strip():
        raise DialogError("dialog.question", question=repr(question))
    if asked.kind not in KINDS or (asked.choices is not None and asked.kind != "text"):
        raise DialogError("dialog.kind", kind=repr(asked.kind), known=", ".join(KINDS))
    timeout: object = asked.timeout
    if not isinstance(timeout, int | float) or not 0 < timeout < inf:
        raise DialogError("dialog.timeout", timeout=repr(timeout))
    _check_outside(question)


def _check_outside(name: str) -> None:
    """What a step does is not replayed: it can hold no question, nor a step that is kept."""
    if outer := _step.get():
        raise DialogError("dialog.nested", name=name, outer=outer)


async def _done(name: str, action: Callable[[], T | Awaitable[T]]) -> tuple[str, T]:
    """The action's result, as JSON and as it is."""
    result = action()
    value = await result if inspect.isawaitable(result) else result
    return _json(value, name), cast("T", value)


def _value_of(answer: object) -> Value:
    return cast("Raw", answer) if isinstance(answer, dict) else str(answer)


def _json(value: object, name: str) -> str:
    """The value as JSON. DialogError when it would not be read back as the same value."""
    try:
        encoded = msgspec.json.encode(value)
        same = msgspec.json.decode(encoded) == value
    except (TypeError, ValueError, msgspec.MsgspecError) as error:
        raise DialogError("dialog.json", name=name) from error
    if not same:
        raise DialogError("dialog.json", name=name)
    return encoded.decode()
