"""Dialogs: a handler that asks, and goes on with the follower's next message.

No coroutine is kept between messages. `ask` ends the run; the next message replays the
handler from its beginning, in whichever process it reaches, with the answers already
given. What must not happen twice stands in a `step`.
"""

import inspect
from collections.abc import Awaitable, Callable
from typing import Literal, TypeVar, cast

import msgspec
from msgspec import Struct

from yizhan.errors import DialogError
from yizhan.messages import Message, TextMessage, VoiceMessage
from yizhan.middleware import Incoming
from yizhan.wire.xml import Raw, Value

T = TypeVar("T")
Check = Callable[[str], object]
KeepStep = Callable[[str, bytes], Awaitable[bool]]


class Entry(Struct):
    """One ask or step of a dialog, in the order in which the handler came to it.

    `text` is the question or the step's name; `value` the answer or the step's result
    as JSON, None for a question still open.
    """

    kind: Literal["ask", "step"]
    text: str
    value: str | None = None


class Dialog(Struct):
    """A dialog as the store keeps it.

    `message` is the raw message that began it and `handler` the handler's name; `until`
    is the wall time of its end. `before` and `after` are the session at its beginning
    and at its last suspension.
    """

    message: dict[str, object]
    handler: str
    entries: list[Entry]
    until: float
    before: bytes | None = None
    after: bytes | None = None

    def dump(self) -> bytes:
        return msgspec.json.encode(self)

    @property
    def raw(self) -> Raw:
        """The fields of the message that began it."""
        return cast("Raw", self.message)

    @property
    def said(self) -> list[Value]:
        """All that the follower has said in it so far."""
        answers = (it.value for it in self.entries if it.kind == "ask" and it.value is not None)
        return [self.raw, *(str(msgspec.json.decode(answer)) for answer in answers)]

    @property
    def question(self) -> str:
        """The question that is open."""
        return self.entries[-1].text

    def answered(self, answer: str) -> "Dialog":
        """The same dialog with its open question answered."""
        entries = [*self.entries[:-1], Entry("ask", self.question, _json(answer, self.question))]
        return msgspec.structs.replace(self, entries=entries)

    def session(self, now: bytes | None) -> bytes | None:
        """The session to replay on: as at the beginning, unless another message changed it."""
        return self.before if now == self.after else now


load: Callable[[bytes], Dialog] = msgspec.json.Decoder(Dialog).decode


class Suspended(BaseException):
    """The handler asks: not an Exception, so that an author's `except` does not catch it."""

    def __init__(self, question: str, timeout: float) -> None:
        super().__init__(question)
        self.question = question
        self.timeout = timeout


class Diverged(BaseException):
    """The handler took another way than its dialog remembers: it was changed meanwhile."""

    def __init__(self, expected: str, found: str) -> None:
        super().__init__(expected, found)
        self.expected = expected
        self.found = found


class Context:
    """What a handler that asks is given: `ask`, `step` and the message that began it."""

    def __init__(
        self, message: Incoming, entries: list[Entry], keep_step: KeepStep, *, fresh: int = -1
    ) -> None:
        """`fresh` is the place of the answer that has just come and was not checked yet."""
        self.message = message
        self.entries = entries
        self._keep_step = keep_step
        self._fresh = fresh
        self._place = 0

    @property
    def left(self) -> list[Entry]:
        """What is remembered and has not been come to."""
        return self.entries[self._place :]

    async def ask(
        self,
        question: str,
        *,
        timeout: float = 600.0,  # noqa: ASYNC109  # the follower's time, not this coroutine's
        check: Check | None = None,
    ) -> str:
        """The follower's answer to this question, a text.

        `timeout` is in seconds; after it the next message is an ordinary one. `check`
        is called once with the answer: False, or a ValueError whose text is shown, asks
        again; True or None takes the answer as it is; any other result, a JSON value, is
        returned in its place. Raises DialogError for a question or a result that cannot be.
        """
        _check_question(question)
        entry = self._next("ask", question)
        if entry is None or entry.value is None:
            raise Suspended(question, timeout)
        answer = msgspec.json.decode(entry.value)
        if check is None or self._place - 1 != self._fresh:
            return cast("str", answer)
        try:
            checked = check(answer)
        except ValueError as error:
            raise self._again(question, str(error), timeout) from error
        if checked is False:
            raise self._again(question, "", timeout)
        if checked is None or checked is True:
            return cast("str", answer)
        entry.value = _json(checked, question)
        return cast("str", checked)

    async def step(self, name: str, action: Callable[[], T | Awaitable[T]]) -> T:
        """The result of `action`, which runs once however often the handler is replayed.

        The result, a JSON value, is kept before the handler goes on. Raises DialogError
        when it is none, or when this process no longer owns the message.
        """
        place = self._place
        entry = self._next("step", name)
        if entry is not None and entry.value is not None:
            return cast("T", msgspec.json.decode(entry.value))
        result = action()
        value = await result if inspect.isawaitable(result) else result
        encoded = _json(value, name)
        if not await self._keep_step(f"{place}:{name}", encoded.encode()):
            raise DialogError("dialog.lost", name=name)
        self.entries[place].value = encoded
        return cast("T", value)

    def _next(self, kind: Literal["ask", "step"], text: str) -> Entry | None:
        place = self._place
        self._place += 1
        if place == len(self.entries):
            self.entries.append(Entry(kind, text))
            return None
        entry = self.entries[place]
        if (entry.kind, entry.text) != (kind, text):
            raise Diverged(f"{entry.kind} {entry.text!r}", f"{kind} {text!r}")
        return entry

    def _again(self, question: str, problem: str, timeout: float) -> Suspended:
        """Open the question anew; what it says in between is not part of what is compared."""
        del self.entries[self._place :]
        self.entries[self._place - 1].value = None
        return Suspended(f"{problem}\n{question}" if problem else question, timeout)


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


def _check_question(question: object) -> None:
    if not isinstance(question, str) or not question.strip():
        raise DialogError("dialog.question", question=repr(question))


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
