"""What the inbox asks of a store. Memory, SQLite and Redis keep this contract alike.

A store holds *jobs* (one per accepted message, keyed by the push's dedupe key),
*followers* (session, dialog, customer-service windows) and *bindings* (which body a
plaintext signature was first seen with). Messages, parts, sessions and dialogs are
opaque bytes here. Every method is atomic, and durable when it returns, unless its
docstring says otherwise. All raise `StoreError` when the store cannot be reached or
cannot write; then nothing of that call has happened, or, for a connection lost in the
middle, it may be repeated safely.

Leases: an owner (a process) renews; a job whose owner has not renewed for `lease`
seconds belongs to nobody. Lease time is the host's monotonic clock with its boot id
(SQLite), Redis's own clock (Redis) or the clock handed in (memory), never wall time.
A claim, a reroute and a recovery also renew the lease of the job they give.

A job is *unfinished* while its handler has not ended. That is so in "waiting" and
"running", and also while a running generator's first parts are being sent ("sending")
or got lost on the way ("unknown").
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Literal, Protocol

from msgspec import UNSET, Struct, UnsetType

State = Literal[
    "waiting",  # accepted; an earlier message of this follower is still being handled
    "running",  # its handler runs, or is to be run again after a crash
    "ready",  # handled; parts of its answer wait for delivery
    "sending",  # a customer-service message is on its way to WeChat
    "replied",  # answered on its own push (an acknowledgement included)
    "delivered",  # answered on a later push or by customer-service message
    "unknown",  # sent, but whether it arrived is not known
    "uncollected",  # nobody came for the answer in time
    "dead",  # given up after `tries` runs, or not to be re-run
]
UNFINISHED: tuple[State, ...] = ("waiting", "running")
LISTED: tuple[State, ...] = ("unknown", "uncollected", "dead")
FINAL: tuple[State, ...] = ("replied", "delivered")

PICKUP = "pickup"  # the note of a job that fetches answers
UNREAD = "@unread"  # in place of an openid, which has no such character: nobody could read it

Route = Literal["push", "custom"]  # the follower's next push, or a customer-service message
Shown = Literal["", "working", "more"]  # which of our own two texts the follower saw last


class Binding(Struct, frozen=True):
    """A plaintext signature and the digest of the body it came with; kept `keep` seconds."""

    signature: str
    digest: str
    keep: float


class Window(Struct, frozen=True):
    """A customer-service window: wall time of its opening, messages spent in it."""

    opened: float
    used: int = 0


class Follower(Struct, frozen=True):
    """What is kept of one follower."""

    session: bytes | None = None
    dialog: bytes | None = None
    shown: Shown = ""
    windows: dict[str, Window] = {}


class Arrival(Struct, frozen=True):
    """A push that has passed every check: what `claim` needs to know of it.

    `at` is wall time. `window` names the customer-service window that this push opens
    ("message", "menu", …; "" for none): on a new job it is set to Window(at, 0). `pickup`
    tells that the message is a word that fetches answers, if there are any.
    """

    key: str
    openid: str
    message: bytes
    at: float
    owner: str
    ordered: bool = True
    binding: Binding | None = None
    window: str = ""
    pickup: bool = False


class Claimed(Struct, frozen=True):
    """The answer to a claim.

    `new`: the job was created now and is the caller's; `turn` tells whether no earlier
    ordered job of this follower is unfinished (state "running", else "waiting").
    `again`: the key was known; `mine` tells whether the caller owns the job. `reused`:
    the binding's signature came with another body before; nothing was written.
    `elapsed` is seconds since the first arrival; `waiting` counts the parts of this
    follower that nobody has collected, this job's included, those of listed jobs and
    of the custom route not; `unfinished` counts this follower's unfinished jobs other
    than this one; `reply` is what this push was answered with, once that is settled (b""
    for the acknowledgement). `pickup` tells that a word fetches answers: when it came, the
    follower had last been told of more, or to wait while answers waited or were in the
    making. Its job bears the note PICKUP as long as it is unfinished.
    """

    status: Literal["new", "again", "reused"]
    state: State = "running"
    mine: bool = True
    turn: bool = True
    arrivals: int = 1
    elapsed: float = 0.0
    waiting: int = 0
    unfinished: int = 0
    reply: bytes | None = None
    pickup: bool = False
    follower: Follower = Follower()


class Outcome(Struct, frozen=True):
    """What a run has come to, committed as one.

    `parts` are appended to the job's undelivered parts. `state` "running" publishes
    parts of a generator that goes on; "ready" ends the run (with no undelivered part
    left it becomes "replied"); "dead" lists it. UNSET leaves session and dialog as they
    are, None erases them. `reserve` takes for this job's own push what `take` would, its
    own parts included, so that they ride on it; with nothing to take, the push of a run
    that has ended is acknowledged (its reply is b""). `route` "custom"
    puts the job's unreserved parts on that route. `forget` erases what is kept of the
    follower and all their earlier jobs; windows opened since this job came are left.
    While a send is on its way the job stays "sending", and "unknown" once that is lost,
    whatever `state` says, unless "dead".
    """

    parts: tuple[bytes, ...] = ()
    state: Literal["running", "ready", "dead"] = "ready"
    route: Route = "push"
    session: bytes | UnsetType | None = UNSET
    dialog: bytes | UnsetType | None = UNSET
    note: str = ""
    reserve: bool = False
    forget: bool = False


class Part(Struct, frozen=True):
    """One undelivered reply: the job it answers and its place among that job's parts.

    Indexes count from the job's first part ever and do not shift when parts are settled.
    """

    key: str
    index: int
    body: bytes


class Taken(Struct, frozen=True):
    """What a push may carry: `parts` are reserved for it, oldest job first.

    `reply` is what it was answered with before, in this process or another. `behind`
    tells that something else is to come through first: an earlier answer of this follower
    is on its way by customer-service message, an earlier push holds more than it may be
    able to carry, or another process is about to answer this push; then nothing is reserved.
    """

    parts: tuple[Part, ...] = ()
    reply: bytes | None = None
    behind: bool = False


class Job(Struct, frozen=True):
    """A whole job, as recovery, joining and the terminal see it. Times are wall time.

    `owner` is "" when the job needs nobody or its owner left; `route` is "custom" while
    any part is on that route.
    """

    key: str
    openid: str
    message: bytes
    state: State
    owner: str
    route: Route
    created: float
    updated: float
    arrivals: int
    attempts: int
    parts: tuple[Part, ...]
    reply: bytes | None
    note: str


class Stats(Struct, frozen=True):
    """Jobs by state, followers, bindings, bytes on disk or in memory (0 where unknown)."""

    jobs: dict[str, int]
    followers: int
    bindings: int
    size: int


class Promise(Struct, frozen=True):
    """What survives: the setting's `name`, and the `phrase` that says what it can lose."""

    name: str
    phrase: str


class Store(Protocol):
    """Where accepted messages live. One instance serves one account in one process."""

    async def open(self) -> Promise:
        """Connect, create what is missing; tell what this store's settings promise."""
        ...

    async def close(self) -> None:
        """Finish what was begun and let go of every resource; may be called twice."""
        ...

    async def mark(self) -> bytes | None:
        """What tells whose store this is; None if nothing does."""
        ...

    async def change_mark(self, before: bytes | None, after: bytes) -> bool:
        """Put one mark in the place of another; False if that other is not there (any more)."""
        ...

    async def addressed(self) -> dict[str, int]:
        """How many jobs there are of each ToUserName; "" stands for a message without."""
        ...

    async def claim(self, arrival: Arrival) -> Claimed:
        """Accept a push: the whole message is durable when this returns.

        A known key counts one more arrival. Unordered jobs always have their turn.
        """
        ...

    async def due(self, keys: Collection[str]) -> frozenset[str]:
        """Those of these jobs before which no earlier ordered one is unfinished.

        Writes nothing, unlike `turn`, which may then give them their turn.
        """
        ...

    async def turn(self, key: str, owner: str) -> Follower | None:
        """The follower, once no earlier ordered job of theirs is unfinished; else None.

        Moves a waiting job to running. None also when `owner` no longer owns the job.
        """
        ...

    async def finish(self, key: str, owner: str, outcome: Outcome) -> Taken | None:
        """Commit an outcome; with `reserve`, what this push may carry.

        None, and nothing written, when `owner` no longer owns the unfinished job.
        """
        ...

    async def take(
        self,
        key: str,
        openid: str,
        owner: str,
        *,
        otherwise: bytes | None = None,
        shown: Shown = "",
        overtake: bool = False,
    ) -> Taken:
        """Reserve for the push `key` all free parts of this follower.

        What a push carries is decided once, for all its connections in all processes: parts
        that `owner` has reserved for it are returned again, alone, and once it was answered
        only its reply. Reservations hold for RESERVE seconds of lease time, then they are
        free. Parts on the "custom" route are left to their owner. Those behind them, and
        those reserved for this push by another owner, only `overtake` takes. With nothing
        to take and nothing before it, `otherwise` becomes the push's reply, and `shown`,
        unless that is the acknowledgement, what the follower saw last.
        """
        ...

    async def release(self, key: str, owner: str, *, unsaid: bool = False) -> None:
        """Free what `owner` reserved for the push `key`: its connection closed before the write.

        With `unsaid`, what it was to be told instead was not said either.
        """
        ...

    async def settle(
        self,
        key: str,
        openid: str,
        reply: bytes,
        carried: Sequence[Part],
        shown: Shown,
        *,
        cut: Part | None = None,
    ) -> None:
        """Record what the push `key` was answered with and which parts that delivered.

        `cut` is what is left of a part whose beginning was carried: it takes its place.
        Frees its other reservations. A ready job with no part left becomes "replied"
        (on its own push) or "delivered". Idempotent; need not be durable when it returns.
        """
        ...

    async def owed(self, openid: str) -> tuple[str, ...]:
        """The keys of this follower's jobs with parts undelivered, oldest first; no listed ones."""
        ...

    async def reroute(self, key: str, owner: str) -> tuple[Part, ...]:
        """Put a job's undelivered, unreserved parts on the custom route, owned by `owner`.

        For a ready job on the push route whoever owned it; for a running one, or a ready
        one on the custom route, only if `owner` owns it. All parts of the custom route,
        or () when there is nothing to send. Reserved parts stay on the push route.
        """
        ...

    async def send(
        self, key: str, owner: str, count: int, quota: Mapping[str, tuple[float, int]], at: float
    ) -> str | None:
        """Begin to send the first `count` parts of the job's custom route: state "sending".

        `quota` maps window names to (seconds, messages); the open window with messages
        left that closes first is charged one message and its name returned. None, and
        nothing written, when none is left or `owner` does not own the job.
        """
        ...

    async def sent(
        self, key: str, owner: str, count: int, *, cut: Part | None = None, shown: Shown = ""
    ) -> None:
        """The send arrived: these parts are delivered, but for what is left of one that was cut.

        `shown` is what the follower saw last. With parts left the job is
        ready again, or running if its handler goes on; with none left it is delivered.
        """
        ...

    async def unsent(
        self, key: str, owner: str, state: Literal["ready", "unknown"], route: Route, note: str
    ) -> None:
        """The send was refused (ready again, on that route), or nobody knows (unknown).

        A job whose handler goes on is running again instead of ready. Also for a job on
        the custom route of which no send was begun.
        """
        ...

    async def renew(self, owner: str) -> frozenset[str]:
        """Renew this owner's leases; the keys of unfinished or custom-route jobs still its own.

        A lapsed lease that nobody has taken over is renewed like any other.
        """
        ...

    async def recover(self, owner: str, lease: float, tries: int, limit: int) -> tuple[Job, ...]:
        """Take over up to `limit` jobs whose owner let its lease lapse or released it.

        A running job counts one more attempt (its first run was one), and after `tries`
        attempts is dead instead; for back-off, attempt n > 2 begins only after (n - 2)
        further leases. A waiting one, whose handler has not begun, is taken over as it
        is. A sending job becomes unknown. A ready one on the custom
        route is taken over as it is. Returned are those taken over, oldest first; a job
        released by a stop is taken over without counting an attempt. An owner's own jobs
        are never lapsed in its own eyes.
        """
        ...

    async def leave(self, owner: str) -> None:
        """Release all leases of this owner at once, for instant hand-over (stop).

        It owns nothing from then on: whatever it still tries comes too late.
        """
        ...

    async def look(self, keys: Collection[str]) -> tuple[Job, ...]:
        """Those jobs as they stand; unknown keys are left out."""
        ...

    async def pulse(self) -> None:
        """Return as soon as another process may have changed something (within 50 ms)."""
        ...

    async def step(self, key: str, owner: str, name: str, value: bytes) -> bool:
        """Keep the result of a dialog's step with the job; False when the lease is lost."""
        ...

    async def steps(self, key: str) -> dict[str, bytes]:
        """The steps kept with this job."""
        ...

    async def follower(self, openid: str) -> Follower:
        """What is kept of this follower; an empty one when nothing is."""
        ...

    async def jobs(self, state: State | None, limit: int, before: float | None) -> tuple[Job, ...]:
        """Jobs, newest first, in that state, created before that wall time."""
        ...

    async def count(self, openid: str) -> int:
        """How many jobs are kept of this follower."""
        ...

    async def retry(self, key: str) -> bool:
        """Put a listed job back: ready on the push route with parts left, else to be re-run.

        To be re-run means waiting, released, with its first attempt to come.
        """
        ...

    async def give_up(self, key: str, note: str) -> bool:
        """List an unfinished or undelivered job as dead, whoever owns it."""
        ...

    async def drop(self, key: str) -> bool:
        """Delete a listed or ready job for good."""
        ...

    async def forget(self, openid: str, *, until: str | None = None) -> int:
        """Erase everything kept of this follower; the number of jobs erased.

        With `until` only that job and earlier ones.
        """
        ...

    async def prune(self, at: float, keep: float, collect: float, idle: float | None = None) -> int:
        """Delete final and unread jobs older than `keep` s, followers idle for `idle` (or `keep`)
        s and lapsed bindings; list ready push-route jobs older than `collect` s as uncollected.

        Age counts from the last change, and a clock that is set back makes nothing older; a
        follower with a job left is not idle. The number of jobs deleted or listed. Works in
        small batches. So that a wrong clock does little harm, of 100 or one in a hundred,
        whichever is more, is the most: followers deleted, and jobs listed.
        """
        ...

    async def stats(self) -> Stats:
        """Counts and sizes."""
        ...


RESERVE = 6.0
