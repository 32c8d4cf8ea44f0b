"""One message in this process: its state, and everything that waits for it."""

import asyncio
from typing import Literal

from yizhan.events import Event
from yizhan.inbox.handling import Stream
from yizhan.messages import Message, shows_reply
from yizhan.replies import After, Reply, load
from yizhan.store import Part


class Run:
    """A job that this process runs, or waits for while another process runs it."""

    __slots__ = (
        "after",
        "again",
        "answered",
        "closed_at",
        "committing",
        "key",
        "listeners",
        "local",
        "message",
        "parts",
        "ready",
        "replies",
        "route",
        "shown",
        "stream",
        "task",
    )

    def __init__(self, key: str, message: Message | Event) -> None:
        self.key = key
        self.message = message
        self.local = False
        self.shown = shows_reply(message)
        self.after: After = "event" if isinstance(message, Event) else "message"
        self.ready = False
        self.committing = False
        self.again = False
        self.answered = False
        self.parts: tuple[Part, ...] | None = None
        self.replies: dict[bytes, Reply] = {}
        self.route: Literal["custom", "push"] | None = None
        self.stream: Stream | None = None
        self.closed_at: float | None = None
        self.listeners: set[asyncio.Future[None]] = set()
        self.task: asyncio.Task[None] | None = None

    @property
    def openid(self) -> str:
        return self.message.from_user

    def reply_of(self, part: Part) -> Reply:
        """The reply of a part; this run's own need not be read back."""
        return self.replies.get(part.body) or load(part.body)[0]

    def notify(self) -> None:
        """Wake every connection that waits for this job."""
        for listener in self.listeners:
            if not listener.done():
                listener.set_result(None)
