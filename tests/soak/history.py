"""What happened in an episode: messages, pushes, runs, what followers saw, what broke."""

import re
from contextvars import ContextVar
from dataclasses import dataclass, field
from math import inf

from soak.events import Events
from yizhan.inbox.bundle import BETWEEN
from yizhan.inbox.run import in_hand
from yizhan.replies import Image, News, Reply, Text

PLEASE, MORE = "PLEASE", "MORE"
TOKEN = re.compile(r"<(\d+\.\w+\.\d+)>")
NUMBER = re.compile(r"\d+$")

PROCESS: ContextVar[int] = ContextVar("process")


def mid_in_hand() -> int:
    """The number of the message that a task handles."""
    raw = in_hand.get()
    fields = raw.get("now", raw)
    found = NUMBER.search(fields.get("MsgId") or fields["EventKey"])
    assert found is not None, fields
    return int(found[0])


def tokens_in(text: str) -> tuple[str, ...]:
    """The answers in a text, each named by its message, its place and its run: `12.0.0`."""
    return tuple(TOKEN.findall(text))


def shown(reply: Reply) -> str:
    """What a follower sees of a reply."""
    match reply:
        case Text(content=content):
            return content
        case Image(media_id=media_id):
            return media_id
        case News(articles=articles):
            return " ".join(article.title for article in articles)
    return type(reply).__name__


@dataclass
class Push:
    """One push at one process: when it arrived, what it got."""

    at: float
    process: int
    seconds: float = 0.0
    got: str = ""  # "reply", "success", "held", "refused", "reset", or "" while open


@dataclass
class Message:
    """What a follower sent, and how WeChat fared with it."""

    mid: int
    key: str
    fan: str
    content: str
    word: bool  # a pick-up or cancel word, which need not reach a handler
    at: float
    shown: bool = True  # whether a reply to it is known to be shown
    alone: bool = False  # whether nothing else may ride on its push
    may_notice: bool = False  # WeChat's retries are off, though the engine counts on them
    faults: list[str] = field(default_factory=list)  # what went wrong on its pushes
    pushes: list[Push] = field(default_factory=list)
    answered: str | None = None  # what WeChat took for the answer
    missed: bool = False  # the first push reached nobody, and that was all of its faults
    noticed: bool = False


@dataclass
class Run:
    """One call of a handler, the first of its message being number 0."""

    mid: int
    number: int
    process: int
    began: float
    tokens: list[str] = field(default_factory=list)
    ended: float | None = None
    how: str = ""
    count: int | None = None  # what it found in the session, plus one


@dataclass
class Written:
    """A reply written to a connection; `reached` tells whether WeChat got it in time."""

    at: float
    mid: int
    process: int
    tokens: tuple[str, ...]
    text: str
    reached: bool = False


@dataclass
class Seen:
    """Something on a follower's screen: the reply to a push, or a customer-service message."""

    at: float
    fan: str
    text: str
    tokens: tuple[str, ...]
    process: int
    by: int | None  # the message whose push carried it
    begun: float = 0.0  # when sending it began, if it was a customer-service message

    @property
    def answers(self) -> tuple[str, ...]:
        """What it shows but what it only asks again, since a dialog wants a text."""
        return tuple(
            token
            for text in self.text.split(BETWEEN)
            if not text.startswith(PLEASE)
            for token in tokens_in(text)
        )


@dataclass
class Death:
    process: int
    at: float
    kind: str  # "killed", "stopped"


@dataclass
class History:
    """Everything that the promise is checked against."""

    messages: dict[int, Message] = field(default_factory=dict)
    by_key: dict[str, Message] = field(default_factory=dict)
    runs: dict[int, list[Run]] = field(default_factory=dict)
    written: list[Written] = field(default_factory=list)
    written_for: dict[int, list[Written]] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    sends_unknown: list[tuple[float, str, tuple[str, ...]]] = field(default_factory=list)
    refusals: list[tuple[float, int]] = field(default_factory=list)  # of the account: when, where
    begun: list[tuple[float, int]] = field(default_factory=list)  # sends: when, at which process
    asked: list[int] = field(default_factory=list)  # messages taken for questions of no kind
    deaths: list[Death] = field(default_factory=list)
    cuts: list[tuple[int, float, float]] = field(default_factory=list)  # process, from, until
    effects: dict[int, int] = field(default_factory=dict)  # steps of dialogs, by their message
    complaints: list[str] = field(default_factory=list)  # what the program itself found wrong
    events: Events = field(default_factory=Events)

    def told_of_more(self, fan: str, by: float = inf) -> bool:
        """Whether the last that this follower had seen by then tells of more to fetch."""
        seen = (it for it in reversed(self.seen) if it.fan == fan and it.at < by)
        last = next(seen, None)
        return last is not None and MORE in last.text

    def died(self, process: int, since: float, until: float) -> bool:
        """Whether that process was killed or stopped between those times."""
        return any(d.process == process and since <= d.at <= until for d in self.deaths)

    def was_cut(self, process: int, since: float, until: float) -> bool:
        """Whether that process could not reach the store at some time in between."""
        return any(p == process and a <= until and since <= b for p, a, b in self.cuts)
