"""A message in this process: the connections of its pushes, and what they are answered with."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, Protocol

from msgspec import Struct

from yizhan.events import Event
from yizhan.inbox.carrying import Carried, Taken
from yizhan.inbox.deadlines import Deadline
from yizhan.messages import reply_shown
from yizhan.middleware import Incoming
from yizhan.replies import After, Reply
from yizhan.store.mailbox import Binding, Shown

if TYPE_CHECKING:
    from opentelemetry.trace import Span

Way = Literal["custom", "push"]


class Connection(Protocol):
    """WeChat's end of one push; `arrived` is monotonic seconds.

    `ends` tells when its server waits no longer for the response, if that is known.
    """

    arrived: float

    @property
    def ends(self) -> float | None: ...

    @property
    def closed(self) -> bool:
        """Whether WeChat has hung up."""
        ...

    def watch(self, changed: Callable[[], None]) -> None:
        """Call this when WeChat has hung up, or when `ends` is known."""
        ...


class Accepted(Struct, frozen=True):
    """A push that is let in: its message, dedupe key and, in plaintext mode, its binding.

    `timestamp` is when WeChat signed it, in seconds of its clock.
    """

    message: Incoming
    key: str
    binding: Binding | None = None
    timestamp: float | None = None


class Response(Struct, frozen=True):
    """What a connection gets. Report how writing it went by `written` or `lost`.

    No reply means the acknowledgement; `close` means no answer at all. `cut` is what is
    left of a part that it carries the beginning of. `left` tells whether parts of this
    message's answer stay behind, `shown` what the follower has then seen last (None: as
    before), `decided` whether the store holds this push to it on
    behalf of this process.
    """

    push: "Push"
    reply: Reply | None = None
    carried: tuple[Carried, ...] = ()
    cut: Carried | None = None
    shown: Shown | None = ""
    close: bool = False
    left: bool = False
    decided: bool = False
    why: str = ""

    @property
    def key(self) -> str:
        """The key of the message."""
        return self.push.key

    @property
    def message(self) -> Incoming:
        """The message, as its first push here had it."""
        return self.push.message


Then = Callable[[Response | Exception], None]  # which is a YizhanError, unless it is our fault


class Link:
    """One connection that waits for its response, and the callback that gets it.

    `number` is which push of WeChat's it is. A generator is `flushed` once for it. `gone`
    tells that WeChat waits no longer. `span` is there while it is traced, from `start` on, in
    nanoseconds of wall time.
    """

    __slots__ = (
        "connection",
        "deadline",
        "flushed",
        "gone",
        "number",
        "span",
        "start",
        "then",
        "watched",
    )

    def __init__(self, connection: Connection, then: Then) -> None:
        self.connection = connection
        self.then = then
        self.number = 1
        self.flushed = False
        self.gone = False
        self.watched = False
        self.deadline: Deadline | None = None
        self.span: Span | None = None
        self.start = 0

    def cancel_deadline(self) -> None:
        """It waits for no time any more."""
        if self.deadline is not None:
            self.deadline.cancel()
            self.deadline = None


class Push:
    """A message of which this process holds connections, or which it runs.

    Its chat writes it; `own` and `merged` are its runs', `due` its sends' to write.

    `taken` is reserved for it and not yet handed to a connection; `response` is what all its
    connections get alike, and `writing` counts those that are being written. `accepting`
    counts pushes that are not durable yet, `taking` are connections that wait for what the
    store lets it carry. `way` is how its answer comes if no push of its own carries it. `aside`
    tells that parts of the answer came too late for that, `behind` that it waits for an
    earlier answer that is on its way, `joined` that another process is to make it ready,
    `merged` that a later message is run for it.
    `promised_more` tells that a pick-up word's follower had been promised something. `first` is
    when the message's first push arrived, in monotonic seconds, `trace` its traceparent.
    """

    __slots__ = (
        "accepting",
        "after",
        "answered",
        "aside",
        "behind",
        "closed_at",
        "collecting",
        "due",
        "first",
        "joined",
        "key",
        "links",
        "may_send",
        "merged",
        "message",
        "openid",
        "own",
        "pickup",
        "promised_more",
        "ready",
        "response",
        "shown",
        "shows",
        "taken",
        "taking",
        "trace",
        "typing",
        "way",
        "writing",
    )

    def __init__(self, key: str, message: Incoming) -> None:
        self.key = key
        self.message = message
        self.openid = message.from_user
        self.shows = reply_shown(message)
        self.shown = self.shows == "yes"
        self.after: After = "event" if isinstance(message, Event) else "message"
        self.links: list[Link] = []
        self.taking: list[Link] = []
        self.accepting = 0
        self.first: float | None = None
        self.may_send: bool | None = None
        self.ready = False
        self.behind = False
        self.aside = False
        self.joined = False
        self.merged = False
        self.pickup = False
        self.promised_more = False
        self.collecting = False
        self.answered = False
        self.response: Response | None = None
        self.writing = 0
        self.taken: Taken | None = None
        self.own: dict[bytes, Reply] = {}
        self.way: Way | None = None
        self.closed_at: float | None = None
        self.due: Deadline | None = None
        self.trace = ""
        self.typing: Deadline | None = None

    @property
    def busy(self) -> bool:
        """Whether anything here is still to happen for it."""
        return bool(
            self.links
            or self.writing
            or self.accepting
            or self.taking
            or self.collecting
            or self.due is not None
        )
