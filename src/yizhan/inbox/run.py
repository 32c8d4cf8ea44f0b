"""One message that this process runs: what its handler is given, and how far it has come."""

import asyncio
from collections import deque
from collections.abc import Mapping
from contextvars import Context, ContextVar, copy_context

from yizhan.inbox.deadlines import Deadline
from yizhan.inbox.pieces import Pieces
from yizhan.inbox.push import Push
from yizhan.inbox.streaming import Streaming
from yizhan.replies import After
from yizhan.wire.xml import Raw

REMEMBERED = 1_000  # messages

# The fields of the message that a task works on, and of the messages that its dialog has had;
# and those of the last messages, for errors of which nobody knows the task. The log hides them.
in_hand: ContextVar[Raw] = ContextVar("in_hand", default={})  # noqa: B039  # read only
recent: deque[Raw] = deque(maxlen=REMEMBERED)


class Run:
    """A job of this process's own, from when it is to be run until its outcome is committed.

    `task` is there while its handler runs, `stepped` tells that it has begun. A handler was called
    first when it `began` (0: none was). It may run until
    `ends` (monotonic seconds), for which `limit` is the timer, and `expired` tells that it took
    longer. `again` tells that the job was taken over,
    `interrupted` that its handler may have begun before; `alone` that this is its last try, and
    began when no other handler ran; `once` that the handler which runs
    now must not be run again. `partly` tells that a generator has handed out part of its
    answer, `promised` that the follower was told of more while only this run could bring it.
    `problem` names the class of what a handler raised.
    `committing` tells that the handler has ended, `lost` that the job is another's by now.
    """

    __slots__ = (
        "after",
        "again",
        "alone",
        "attempts",
        "began",
        "committing",
        "context",
        "dialog",
        "ends",
        "expired",
        "handler",
        "interrupted",
        "key",
        "limit",
        "lost",
        "merged",
        "message",
        "number",
        "once",
        "openid",
        "partly",
        "problem",
        "promised",
        "push",
        "session",
        "stepped",
        "steps",
        "stream",
        "task",
        "throttle",
    )

    def __init__(self, push: Push, *, attempts: int = 1, again: bool = False) -> None:
        self.push = push
        self.key = push.key
        self.message = push.message
        self.openid = push.message.from_user
        self.after: After = push.after
        self.attempts = attempts
        self.again = again
        self.alone = False
        self.interrupted = False
        self.session: bytes | None = None
        self.dialog: bytes | None = None
        self.throttle: bytes | None = None
        self.steps: Mapping[str, bytes] = {}
        self.context: Context | None = None
        self.handler = ""
        self.merged = ""  # the handler for which several texts were merged to its message
        self.problem = ""
        self.once = False
        self.partly = False
        self.promised = False
        self.committing = False
        self.lost = False
        self.expired = False
        self.stream: Pieces | Streaming | None = None
        self.task: asyncio.Task[None] | None = None
        self.limit: Deadline | None = None
        self.began = 0.0
        self.ends = 0.0
        self.stepped = False
        self.number = 0  # of tasks that it had: what an earlier one comes to is passed over

    @property
    def goes_on(self) -> bool:
        """Whether a generator or a stream is still to say more."""
        return self.stream is not None and self.stream.open

    def waits(self) -> None:
        """Its turn comes later: it keeps the context in which it was accepted."""
        self.context = copy_context()
