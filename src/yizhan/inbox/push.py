"""One message in this process: its state, and every connection that WeChat opens for it."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Literal, Protocol

from msgspec import Struct

from yizhan.events import Event
from yizhan.inbox.carrying import Carried
from yizhan.inbox.handling import Stream
from yizhan.messages import Message, shows_reply
from yizhan.replies import After, Reply, load
from yizhan.store.mailbox import Shown

Where = Literal[
    "",  # not known yet, or it has ended
    "queued",  # this process runs it when its turn has come
    "here",  # this process runs it
    "elsewhere",  # another process runs it
    "pickup",  # it is a word that fetches answers, and is not run
]


class Link(Protocol):
    """WeChat's end of one connection; `arrived` is monotonic seconds."""

    arrived: float

    @property
    def closed(self) -> bool:
        """Whether WeChat has hung up."""
        ...

    def watch(self, hung_up: Callable[[], None]) -> None:
        """Call this when WeChat hangs up."""
        ...


class Response(Struct, frozen=True):
    """What a connection gets; `written` or `lost` is to be told how writing it went.

    No reply means the acknowledgement; `close` means no answer at all. `cut` is what is left
    of a part that it carries the beginning of. `left` tells whether parts of this message's
    answer stay behind, `decided` whether the store holds this push to it on behalf of this
    process.
    """

    push: "Push"
    reply: Reply | None = None
    carried: tuple[Carried, ...] = ()
    cut: Carried | None = None
    shown: Shown = ""
    close: bool = False
    left: bool = False
    decided: bool = False
    why: str = ""


class Connection:
    """One connection of a push that has no answer yet."""

    __slots__ = ("link", "may_send", "number", "then")

    def __init__(self, link: Link, then: Callable[[Response | Exception], None]) -> None:
        self.link = link
        self.then = then
        self.number = 1
        self.may_send = False


class Push:
    """A message that this process runs, or of which it holds a connection.

    The chat alone writes it, but for what concerns the handler: `stream`, `once`, `partly`
    are written by whoever calls that. `parts` are reserved for it and not yet handed to a
    connection; `said` is what it is answered with, for all its connections alike, and
    `writing` counts those that are about to be. `asking` tells that the store is asked what
    it may carry, `behind` that it waits for an earlier answer that is on its way, `aside`
    that parts of its answer came too late for it. `custom` is what the last push was told:
    that the answer comes by itself, or that it is to be fetched. `again` tells that the job
    was taken over, `interrupted` that its handler may have begun before, `once` that it must
    not be run again. `partly` tells that a generator has handed out part of its answer,
    `promised` that the follower was told of more while only this run could bring it; `alone`
    that a pick-up word found nothing that could still come, `told_of_more` that it had been
    promised.
    """

    __slots__ = (
        "after",
        "again",
        "alone",
        "answered",
        "aside",
        "asking",
        "behind",
        "closed_at",
        "connections",
        "custom",
        "finishing",
        "interrupted",
        "key",
        "message",
        "once",
        "partly",
        "parts",
        "promised",
        "ready",
        "replies",
        "said",
        "shown",
        "steps",
        "stream",
        "task",
        "told_of_more",
        "where",
        "writing",
    )

    def __init__(self, key: str, message: Message | Event) -> None:
        self.key = key
        self.message = message
        self.shown = shows_reply(message)
        self.after: After = "event" if isinstance(message, Event) else "message"
        self.where: Where = ""
        self.connections: list[Connection] = []
        self.said: Response | None = None
        self.writing = 0
        self.parts: tuple[Carried, ...] | None = None
        self.replies: Mapping[bytes, Reply] = {}
        self.steps: Mapping[str, bytes] = {}
        self.stream: Stream | None = None
        self.task: asyncio.Task[None] | None = None
        self.closed_at: float | None = None
        self.custom: bool | None = None
        self.again = self.interrupted = self.once = False
        self.ready = self.finishing = self.asking = self.answered = False
        self.behind = self.aside = False
        self.partly = self.promised = self.alone = self.told_of_more = False

    @property
    def openid(self) -> str:
        return self.message.from_user

    @property
    def goes_on(self) -> bool:
        """Whether a generator is still to say more."""
        return self.stream is not None and self.stream.open

    @property
    def local(self) -> bool:
        """Whether this process handles it."""
        return self.where in ("queued", "here")

    def has_part_in(self, parts: Sequence[Carried]) -> bool:
        """Whether any of these is of this message's own answer."""
        return any(part.key == self.key for part in parts)

    def reply_of(self, part: Carried) -> Reply:
        """The reply of a part; this run's own need not be read back."""
        return self.replies.get(part.body) or load(part.body)[0]
