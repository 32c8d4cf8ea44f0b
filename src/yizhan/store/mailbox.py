"""One follower's mailbox: everything in hand for them, as one small versioned document.

Nearly every rule of the inbox concerns one follower: order, reservation, pick-up, windows,
session, dialog. So a commit replaces one mailbox, with the rows that belong to it, if nobody
has changed it meanwhile. What is here is data; the rules are `yizhan.inbox.rules`.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Generic, Literal, TypeAlias, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

State = Literal[
    "waiting",  # accepted; an earlier message of this follower is still being handled
    "running",  # its handler runs, or is to be run again after a crash
    "ready",  # handled; parts of its answer wait for delivery
    "sending",  # a customer-service message is on its way to WeChat
    "replied",  # answered on its own push (an acknowledgement included)
    "delivered",  # answered on a later push or by customer-service message
    "unknown",  # sent, but whether it arrived is not known
    "uncollected",  # nobody came for the answer in time
    "dead",  # given up after `tries` runs, or not to be run again
]
UNFINISHED: tuple[State, ...] = ("waiting", "running")
LISTED: tuple[State, ...] = ("unknown", "uncollected", "dead")
FINAL: tuple[State, ...] = ("replied", "delivered")
Shown = Literal["", "working", "more"]  # which of our own two texts the follower saw last

FREE = ""
CUSTOM = "\0custom"  # no push has such a key
SENDING = "\0sending"
UNKNOWN = "\0unknown"

NOBODY = ""  # owns a job that is to be taken up
NO_ONE: frozenset[str] = frozenset()

BACK_OFF = 8  # leases for which work backs off at the most,
AT_LEAST = 15.0  # or so many seconds, if leases are short

UNREAD = "@unread"  # the mailbox of pushes that nobody could read: no openid has such a character

SESSION = "session"  # the names of rows that every follower has one of
DIALOG = "dialog"
THROTTLE = "throttle"


class Window(Struct, frozen=True, gc=False, array_like=True):
    """A customer-service window: wall time of its opening, messages spent in it."""

    opened: float
    used: int = 0


class Part(Struct, frozen=True, gc=False, array_like=True):
    """One reply that is not delivered yet.

    `index` counts from the job's first part ever. `by` is FREE, CUSTOM (its job's owner
    sends it), SENDING, UNKNOWN (it was sent, and may have arrived), or the key of the push
    that it is reserved for; `who` reserved it.
    A part that was reserved when it was made has its `body` here, any other in a row.
    """

    index: int
    by: str = FREE
    who: str = ""
    body: bytes = b""


class Job(Struct, frozen=True, gc=False, array_like=True):
    """A message in hand: its handler has not ended, or parts of its answer are under way.

    `owner` runs or sends it; NOBODY when it is to be taken up, or needs no one. `first`
    is the store's time of its first arrival, on the clock that `boot` names. `open` tells
    that its handler has not ended; `next` is the index of the next part. Not before `due`,
    the store's wall time, is it run again, or sent because no push has taken it (0: then it
    waits for a push). `shown` tells that a reply to its own push may be
    seen: an answer that may not, and cannot be sent, is dropped. `alone` tells that it has
    its last try, and that no other handler runs in its process. `trace` is the traceparent of
    its first push, where traces are made.
    """

    key: str
    seq: int
    created: float
    first: float
    boot: str
    owner: str
    state: State = "running"
    ordered: bool = True
    open: bool = True
    arrivals: int = 1
    attempts: int = 1
    next: int = 0
    parts: tuple[Part, ...] = ()
    reply: bytes | None = None
    note: str = ""
    updated: float = 0.0
    due: float = 0.0
    shown: bool = True
    alone: bool = False
    trace: str = ""

    @property
    def is_custom(self) -> bool:
        """Whether its owner is to send a part of it."""
        return CUSTOM in [part.by for part in self.parts]

    @property
    def backs_off(self) -> bool:
        """Whether somebody is to take it up when it is due, if nobody owns it."""
        if self.open or self.is_custom:
            return True
        if not self.due or self.state != "ready":
            return False
        return FREE in [part.by for part in self.parts]

    @property
    def waiting(self) -> int:
        """How many parts a push might still collect."""
        if self.state in LISTED:
            return 0
        return sum(part.by not in (CUSTOM, SENDING, UNKNOWN) for part in self.parts)

    @property
    def is_owed(self) -> bool:
        """Whether a part of it is still to be delivered."""
        if not self.parts or self.state in LISTED:
            return False
        return any([part.by != UNKNOWN for part in self.parts])

    @property
    def listed_as(self) -> State:
        """Its state in lists: unknown while a part of it is, whatever becomes of the others."""
        return "unknown" if UNKNOWN in [part.by for part in self.parts] else self.state


class Timer(Struct, frozen=True, gc=False, array_like=True):
    """When the open question of a follower is answered by its default.

    That is so many `seconds` after it was asked: then the store's time was `since`, on the clock
    that `boot` names, and the wall's `at`. `asked` is the key of the message in answer to which
    it was asked. From `due` on, the store's wall time, somebody looks at it.
    """

    asked: str
    seconds: float
    since: float
    boot: str
    at: float
    due: float


class Mailbox(Struct, frozen=True, gc=False, array_like=True):
    """What is in hand for one follower, oldest first, and what the rules must know of them.

    `seq` is the last message's number. `numbers` has the last commit of each owner with
    work here, and of a few others: so a commit is known whose answer got lost. `waiters` are
    owners that wait for what another one does. `written` is the store's time of a reply that
    more parts are to follow. `timer` is there while a question with a default is open.
    """

    jobs: tuple[Job, ...] = ()
    seq: int = 0
    windows: Mapping[str, Window] = {}
    shown: Shown = ""
    waiters: tuple[str, ...] = ()
    written: float = 0.0
    numbers: Mapping[str, int] = {}
    timer: Timer | None = None

    def job(self, key: str) -> Job | None:
        """The job of that key, if it is in hand."""
        for job in self.jobs:
            if job.key == key:
                return job
        return None

    def with_job(self, job: Job) -> "Mailbox":
        """The same mailbox with this job in place of the one of its key, or as its newest."""
        jobs = self.jobs
        if len(jobs) == 1 and jobs[0].key == job.key:  # as nearly always
            return replace(self, jobs=(job,))
        for place, it in enumerate(jobs):
            if it.key == job.key:
                return replace(self, jobs=(*jobs[:place], job, *jobs[place + 1 :]))
        return replace(self, jobs=(*jobs, job))

    @property
    def owners(self) -> frozenset[str]:
        """Whose death concerns this mailbox: who runs, sends, or has reserved something."""
        if not self.jobs:  # most mailboxes, most of the time
            return NO_ONE
        owners = set()
        for job in self.jobs:
            owners.add(job.owner)
            for part in job.parts:
                owners.add(part.who)
        owners.discard(NOBODY)
        return frozenset(owners)

    @property
    def due(self) -> float | None:
        """The store's wall time from which something here is to be taken up; None for never."""
        due = None if self.timer is None else self.timer.due
        for job in self.jobs:
            if job.owner != NOBODY or not job.backs_off:
                continue
            if due is None or job.due < due:
                due = job.due
        return due


def is_due(due: float, wall: float, lease: float) -> bool:
    """Whether work has backed off until `due`.

    If that is further away than anything backs off, then the clock was set back.
    """
    return due <= wall or due > wall + longest_back_off(lease)


def longest_back_off(lease: float) -> float:
    """Seconds for which work backs off at the most."""
    return max(BACK_OFF * lease, AT_LEAST)


def is_waiting(job: Job, before: float) -> bool:
    """Whether its answer waits for the follower since before that wall time."""
    if job.state != "ready" or job.updated >= before:
        return False
    return {part.by for part in job.parts} - {UNKNOWN} == {FREE}


def oldest(jobs: Iterable[Job], known: float | None = None) -> float | None:
    """When the oldest of these that is still to be done was accepted, or the known one.

    What only waits for its follower to come is done.
    """
    for job in jobs:
        is_due = job.open or job.is_custom or job.state == "sending"
        if is_due and job.listed_as not in LISTED and (known is None or job.created < known):
            known = job.created
    return known


EMPTY = Mailbox()


class Message(Struct, frozen=True, gc=False):
    """A message's row: written when it is accepted, and again when it leaves the mailbox.

    While it is in hand `state` is None, and the mailbox is the truth.
    """

    key: str
    openid: str
    body: bytes
    seq: int
    created: float
    first: float
    boot: str
    ordered: bool = True
    state: State | None = None
    arrivals: int = 1
    attempts: int = 1
    reply: bytes | None = None
    note: str = ""
    updated: float = 0.0

    @property
    def fate(self) -> State:
        """What became of it, if it is not in hand: lost with its mailbox, it is dead."""
        return self.state or "dead"


def part_name(job: Job | Message, index: int) -> str:
    """The name of the row with that part's body."""
    return f"part:{job.seq}:{index}"


def step_name(job: Job | Message, name: str) -> str:
    """The name of the row with the result of that step."""
    return f"step:{job.seq}:{name}"


class Filed(Struct, frozen=True, gc=False):
    """What changes of a message's row when it leaves the mailbox, or (state None) comes back."""

    key: str
    state: State | None
    arrivals: int
    attempts: int
    reply: bytes | None
    note: str
    updated: float


class Binding(Struct, frozen=True, gc=False):
    """A plaintext signature and the digest of the body it came with; kept `keep` seconds."""

    signature: str
    digest: bytes
    keep: float


class View(Struct, frozen=True, gc=False):
    """What a rule is shown: the mailbox, its rows, the message rows that it was asked for.

    `now` is the store's time in seconds, and `boot` the clock that it is read from; `wall`
    is the store's wall time. `bound` tells that the binding of this change is another body's.
    """

    box: Mailbox
    rows: Mapping[str, bytes]
    messages: Mapping[str, Message]
    now: float
    wall: float
    boot: str = ""
    bound: bool = False


T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Change(Struct, Generic[T_co], frozen=True, gc=False):
    """What a rule makes of a view: its result, and what is to be committed, as one.

    No `box` means that nothing changes. `rows` maps names to new contents, None to delete.
    `insert` is a new message's row: if its key is there already, nothing is committed and
    the rule is applied again to a view that has that row. `filed` changes rows of messages
    that leave the mailbox or come back to it; `erased` are keys of rows to delete. `gives`
    tells that the committing owner is given work: its lease is renewed.
    """

    result: T_co
    box: Mailbox | None = None
    rows: Mapping[str, bytes | None] = {}
    insert: Message | None = None
    filed: tuple[Filed, ...] = ()
    erased: tuple[str, ...] = ()
    binding: Binding | None = None
    gives: bool = False


Rule: TypeAlias = Callable[[View], Change[T]]

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Mailbox).decode


def dump(box: Mailbox) -> bytes:
    """The mailbox as bytes; `load` reads them back."""
    return _encode(box)


def load(document: bytes) -> Mailbox:
    """The mailbox that `dump` wrote; msgspec.MsgspecError for anything else."""
    return _decode(document)
