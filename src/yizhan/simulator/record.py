"""Every push as data: its deliveries, what came back, and what WeChat makes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from msgspec import Struct

from yizhan.judging import Reason
from yizhan.phrases import shortened
from yizhan.raised import Raised
from yizhan.replies import Reply
from yizhan.simulator.forms import Fields, Format
from yizhan.wire import Mode

End = Literal["answered", "timeout", "closed", "refused", "dropped"]
PushOutcome = Literal["replied", "acknowledged", "notice", "ignored"]
Mark = Literal["", "ran", "held", "joined", "repeated", "merged"]


class Signature(Struct, frozen=True):
    """How the query was signed: the sorted parts and their SHA-1 (docs/protocol.md#a, #b3)."""

    parts: tuple[str, ...]
    sha1: str
    msg_parts: tuple[str, ...] = ()
    msg_sha1: str = ""


class Letter(Struct, frozen=True):
    """One side of an exchange: the body in plain and as it was sent."""

    headers: Mapping[str, str]
    plain: bytes
    sent: bytes
    method: str = ""


class Verdict(Struct, frozen=True):
    """What became of a push; `attempt` decided, `seconds` after the first began."""

    outcome: PushOutcome
    attempt: int
    seconds: float
    reason: Reason | None = None
    reply: Reply | None = None


@dataclass(slots=True)
class Attempt:
    """One delivery; times are wall seconds, `end` None while it runs.

    `mark` is what a bot in this process made of it: it `ran` the message, `held` the
    connection until WeChat gave it up, `joined` the run of an earlier one, or `repeated`
    the answer that it had kept.
    """

    number: int
    began: float
    url: str = ""
    ended: float | None = None
    end: End | None = None
    status: int | None = None
    problem: Reason | None = None
    request: Letter | None = None
    response: Letter | None = None
    signature: Signature | None = None
    faults: tuple[str, ...] = ()
    mark: Mark = ""

    @property
    def seconds(self) -> float | None:
        """How long it took."""
        return None if self.ended is None else self.ended - self.began


@dataclass(slots=True)
class PushRecord:
    """One message or event of a follower, and everything that became of it.

    `shown` tells whether the follower sees a reply to it; `origin` is the push it repeats, and
    `failed` what the handler of a bot in this process has raised, and `refused` why it
    has not let it in.
    """

    id: str
    account: str
    openid: str
    fields: Fields
    body: bytes
    mode: Mode
    format: Format
    shown: bool
    began: float
    origin: str | None = None
    ended: float | None = None
    verdict: Verdict | None = None
    failed: Raised | None = None
    refused: Reason | None = None
    attempts: list[Attempt] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    entries: list[str] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """Its MsgType."""
        return str(self.fields.get("MsgType", ""))

    @property
    def event(self) -> str:
        """The name of the event, "" for a message."""
        return str(self.fields.get("Event", "")) if self.kind == "event" else ""

    @property
    def summary(self) -> str:
        """The most telling of its fields, in one line."""
        for name in ("Content", "EventKey", "Label", "Title", "MediaId", "Event"):
            if value := self.fields.get(name):
                return shortened(str(value), 80)
        return self.kind


class CallRecord(Struct, frozen=True):
    """One call of the fake API; the access token is cut short."""

    id: str
    account: str | None
    openid: str | None
    at: float
    method: str
    path: str
    query: Mapping[str, str]
    body: str
    status: int
    errcode: int
    errmsg: str
    response: str
