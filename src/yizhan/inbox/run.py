"""One message in this process: its state, and everything that waits for it."""

import asyncio
from collections import deque
from collections.abc import Sequence
from contextvars import ContextVar
from typing import TYPE_CHECKING

from yizhan.events import Event
from yizhan.inbox.handling import Stream
from yizhan.messages import Message, reply_shown
from yizhan.replies import After, Reply, load
from yizhan.store import Part, Route
from yizhan.wire.xml import Raw

if TYPE_CHECKING:
    from yizhan.inbox.response import Response

REMEMBERED = 1_000  # messages

# The fields of the message that a task works on, and of the messages that its dialog has had;
# and those of the last messages, for errors of which nobody knows the task. The log hides them.
in_hand: ContextVar[Raw] = ContextVar("in_hand", default={})  # noqa: B039  # read only
recent: deque[Raw] = deque(maxlen=REMEMBERED)


class Run:
    """A job that this process runs, or waits for while another process runs it.

    `parts` are reserved for this job's push and not yet handed to a connection; `said` is
    what this push is answered with, for all its connections alike, and `writing` counts
    those that are about to be. `aside` tells that parts of the answer came too late for
    that, `behind` that it waits for an earlier answer that is on its way. `again` tells
    that the job was taken over, `interrupted` that its handler may have begun before;
    `once` that the handler which runs now must not be run again. `partly` tells that a
    generator has handed out part of its answer, `promised` that the follower was told of
    more while only this run could bring it; `alone` that a pick-up word found nothing that
    could still come, `told_of_more` that it had been promised. `may_send` tells whether a
    customer-service message might be sent when its push came; None if none came here.
    """

    __slots__ = (
        "__weakref__",
        "after",
        "again",
        "alone",
        "answered",
        "aside",
        "behind",
        "closed_at",
        "committing",
        "handler",
        "interrupted",
        "key",
        "listeners",
        "local",
        "may_send",
        "message",
        "once",
        "partly",
        "parts",
        "pickup",
        "promised",
        "ready",
        "replies",
        "route",
        "said",
        "shown",
        "shows",
        "stream",
        "task",
        "told_of_more",
        "writing",
    )

    def __init__(self, key: str, message: Message | Event) -> None:
        self.key = key
        self.message = message
        self.shows = reply_shown(message)
        self.shown = self.shows == "yes"
        self.handler = ""
        self.may_send: bool | None = None
        self.after: After = "event" if isinstance(message, Event) else "message"
        self.local = False
        self.pickup = False
        self.again = False
        self.interrupted = False
        self.once = False
        self.partly = False
        self.promised = False
        self.alone = False
        self.told_of_more = False
        self.ready = False
        self.committing = False
        self.behind = False
        self.aside = False
        self.answered = False
        self.said: Response | None = None
        self.writing = 0
        self.parts: tuple[Part, ...] | None = None
        self.replies: dict[bytes, Reply] = {}
        self.route: Route | None = None
        self.stream: Stream | None = None
        self.closed_at: float | None = None
        self.listeners: set[asyncio.Future[None]] = set()
        self.task: asyncio.Task[None]  # once it runs here

    @property
    def openid(self) -> str:
        return self.message.from_user

    @property
    def goes_on(self) -> bool:
        """Whether a generator is still to say more."""
        return self.stream is not None and self.stream.open

    def has_part_in(self, parts: Sequence[Part]) -> bool:
        """Whether any of these is of this run's own answer."""
        return any(part.key == self.key for part in parts)

    def reply_of(self, part: Part) -> Reply:
        """The reply of a part; this run's own need not be read back."""
        return self.replies.get(part.body) or load(part.body)[0]

    def notify(self) -> None:
        """Wake every connection that waits for this job."""
        for listener in self.listeners:
            if not listener.done():
                listener.set_result(None)
