"""Customer-service messages: what is sent next, and what becomes of it. Pure rules."""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from yizhan.inbox.bundle import Bundle
from yizhan.inbox.carrying import Carried, deliver
from yizhan.inbox.changing import (
    Rows,
    after_send,
    changed_at,
    in_doubt,
    is_sending,
    put,
    settled,
    waiting,
)
from yizhan.inbox.ladder import pause
from yizhan.store.mailbox import (
    CUSTOM,
    FREE,
    NOBODY,
    SENDING,
    Change,
    Job,
    Mailbox,
    Shown,
    State,
    View,
    Window,
    part_name,
)

DROPPED = "dropped"  # the note of a message whose answer was

Quota = Mapping[str, tuple[float, int]]  # window -> seconds that it is open, messages in it


class Charge(Struct, frozen=True):
    """A message spent in the window that was opened then."""

    window: str
    opened: float


class Load(Struct, frozen=True):
    """One customer-service message: the parts that it takes, and what it says of them."""

    key: str
    parts: tuple[Carried, ...]
    bundle: Bundle
    charge: Charge


class Begun(Struct, frozen=True):
    """What comes of the wish to send.

    "send": `load` is on its way, and its quota spent. "wait": a reply that was just written
    is to arrive first, in `seconds`; until then it is this owner's to send. "elsewhere":
    another process sends what comes before; `ahead` changes with every message that it sends.
    "quota": no window is open; what was to be sent rides on the next push, or is dropped if
    it would not be seen there. "nothing": all is sent. `covered` are the messages whose answers
    this is about.
    """

    status: Literal["send", "wait", "elsewhere", "quota", "nothing"]
    load: Load | None = None
    seconds: float = 0.0
    dropped: tuple[str, ...] = ()
    covered: tuple[str, ...] = ()
    ahead: tuple[str, int, str] | None = None


# What the next message makes of these bodies, with so many messages left to send and so many
# answers behind these.
Choose = Callable[[Sequence[bytes], int, int], Bundle]


class Room(Struct, frozen=True):
    """The window that is to be charged, messages left in all, answers behind this one."""

    window: str
    left: int
    behind: int


def begin_send(
    view: View,
    until: str,
    owner: str,
    quota: Quota,
    at: float,
    choose: Choose,
    *,
    rest: float = 0.0,
    overtake: bool = False,
    note: str = "quota",
) -> Change[Begun]:
    """Begin to send the oldest undelivered answer, up to that of the message `until`.

    `at` is wall time, for the windows. Not before an answer that another process sends, but
    with `overtake`, and not within AFTER_REPLY seconds of a reply that it follows, of which
    this process may know that `rest` are left. `note` says why nothing may be sent, where no
    window is open.
    """
    box = view.box
    owed = _owed(box, until)
    for place, job in enumerate(owed):
        # Answers reach the follower in the order of the messages, whoever sends them.
        if job.owner != owner and (ahead := _first_on_way(job)) is not None:
            if overtake:
                continue
            return waiting(box, owner, Begun("elsewhere", ahead=ahead))
        if not _is_ours(job, owner) or all(part.by not in (FREE, CUSTOM) for part in job.parts):
            continue
        covered = tuple(it.key for it in owed)
        if seconds := max(rest, pause(view.now, box.written or None)):
            return _claimed(view, job, owner, Begun("wait", seconds=seconds, covered=covered))
        # The window that closes first: the messages of the others can still be used later.
        name = _cheapest(box.windows, quota, at)
        if name is None:
            box = box.with_job(replace(job, note=note))
            box, rows, dropped = _given_back(box, owner, covered)
            return settled(view, box, Begun("quota", dropped=dropped, covered=covered), rows)
        room = Room(name, left(box.windows, quota, at), len(owed) - place - 1)
        return _begin(view, job, owner, room, covered, choose)
    return Change(Begun("nothing"))


def _first_on_way(job: Job) -> tuple[str, int, str] | None:
    """What its owner is to send next: of which message, which part, and where that is."""
    for part in job.parts:
        if part.by in (CUSTOM, SENDING):
            return job.key, part.index, part.by
    return None


def _claimed(view: View, job: Job, owner: str, begun: Begun) -> Change[Begun]:
    """It is this owner's to send: should it end, another process sends it."""
    if job.owner == owner and all(part.by != FREE for part in job.parts):
        return Change(begun)
    job = replace(put(job, lambda part: part.by == FREE, CUSTOM), owner=owner, due=0.0)
    return replace(settled(view, view.box.with_job(job), begun), gives=True)


def _owed(box: Mailbox, until: str) -> Sequence[Job]:
    """The messages with undelivered parts, oldest first, up to that one."""
    owed = [job for job in box.jobs if job.is_owed]
    for place, job in enumerate(owed):
        if job.key == until:
            return owed[: place + 1]
    return ()


def _is_ours(job: Job, owner: str) -> bool:
    """Whether this owner may send it: its own, and what is ready and needs nobody."""
    return job.owner == owner or not job.open


def _begin(
    view: View,
    job: Job,
    owner: str,
    room: Room,
    covered: tuple[str, ...],
    choose: Choose,
) -> Change[Begun]:
    """Send what `choose` makes of the job's parts."""
    box = view.box
    going = [part for part in job.parts if part.by in (FREE, CUSTOM)]
    bodies = [part.body or view.rows[part_name(job, part.index)] for part in going]
    bundle = choose(bodies, room.left, room.behind)
    count = bundle.count + (bundle.rest is not None)
    sent = {part.index for part in going[:count]}
    # All of them first: a push that comes meanwhile must not carry a later part before these.
    job = put(job, lambda part: part.by in (FREE, CUSTOM), CUSTOM)
    job = put(job, lambda part: part.index in sent, SENDING)
    job = replace(job, state="sending", owner=owner, updated=changed_at(job, view), due=0.0)
    window = box.windows[room.window]
    # Charged before it is sent: a process that dies here must not be able to send one too many.
    charged = {**box.windows, room.window: Window(window.opened, window.used + 1)}
    parts = tuple(
        Carried(job.key, part.index, body, job.trace)
        for part, body in zip(going, bodies, strict=True)
    )
    load = Load(job.key, parts[:count], bundle, Charge(room.window, window.opened))
    begun = Begun("send", load, covered=covered)
    change = settled(view, replace(box.with_job(job), windows=charged), begun)
    return replace(change, gives=True)


def _given_back(
    box: Mailbox, owner: str, covered: Sequence[str] = ()
) -> tuple[Mailbox, Rows, tuple[str, ...]]:
    """Nothing of this owner's is to be sent: it rides on the next push, in order, or is dropped.

    Nor are these messages' answers, though they are not on their way yet. What no push shows
    would make no sense later. Also given are the keys of what was dropped.
    """
    rows: Rows = {}
    dropped = []
    for job in box.jobs:
        if job.owner != owner and (job.open or job.owner != NOBODY):
            continue
        if job.shown:
            free = put(job, lambda part: part.by == CUSTOM, FREE)
            box = box.with_job(replace(free, due=0.0) if job.key in covered else free)
        elif gone := [part for part in job.parts if part.by in (FREE, CUSTOM)]:
            dropped.append(job.key)
            rows.update((part_name(job, part.index), None) for part in gone)
            kept = tuple(part for part in job.parts if part not in gone)
            state: State = job.state if kept or job.open else "replied"
            box = box.with_job(replace(job, parts=kept, state=state, note=DROPPED))
    return box, rows, tuple(dropped)


def left(windows: Mapping[str, Window], quota: Quota, at: float) -> int:
    """How many messages the open windows have left."""
    return sum(quota[name][1] - windows[name].used for _, name in _open(windows, quota, at))


def _cheapest(windows: Mapping[str, Window], quota: Quota, at: float) -> str | None:
    """The open window with messages left that closes first."""
    return min(_open(windows, quota, at), default=(0.0, None))[1]


def _open(windows: Mapping[str, Window], quota: Quota, at: float) -> list[tuple[float, str]]:
    return [
        (window.opened + quota[name][0], name)
        for name, window in windows.items()
        if name in quota and window.used < quota[name][1] and at < window.opened + quota[name][0]
    ]


def sent(
    view: View, key: str, owner: str, count: int, *, cut: Carried | None = None, shown: Shown = ""
) -> Change[bool]:
    """It arrived: the first `count` of its parts are delivered, but for what is left of a cut.

    Whether the send was still this owner's.
    """
    job = _sending(view.box, key, owner)
    if job is None:
        return Change(False)
    on_way = [part.index for part in job.parts if part.by == SENDING]
    carried = [Carried(key, index, b"") for index in on_way[:count]]
    box, rows = deliver(view, view.box.with_job(_ended(job, view)), carried, cut)
    return settled(view, replace(box, shown=shown), True, rows)


def refused(
    view: View,
    key: str,
    owner: str,
    note: str,
    *,
    charge: Charge | None = None,
    spent: bool = False,
) -> Change[tuple[str, ...]]:
    """WeChat refused it: all that was to be sent rides on the next push, or is dropped.

    What it was charged is given back, as WeChat counts what it lets through. `spent` tells that
    this follower's windows take nothing more. The keys of what was dropped.
    """
    job = _sending(view.box, key, owner)
    if job is None:
        return Change(())
    job = replace(_ended(job, view), note=note)
    box, rows, dropped = _given_back(view.box.with_job(job), owner)
    # WeChat knows better than our count: it takes nothing more until the follower writes.
    if spent:
        box = replace(box, windows={})
    elif charge is not None:
        box = replace(box, windows=_uncharged(box.windows, charge))
    return settled(view, box, dropped, rows)


def _uncharged(windows: Mapping[str, Window], charge: Charge) -> Mapping[str, Window]:
    """The windows without that charge, unless a later message has opened the window anew."""
    window = windows.get(charge.window)
    if window is None or window.opened != charge.opened:
        return windows
    return {**windows, charge.window: Window(window.opened, max(0, window.used - 1))}


def unknown(view: View, key: str, owner: str, note: str) -> Change[bool]:
    """Nobody knows whether it arrived: it is listed, and not sent again by itself.

    What else its message is answered with are other answers: they go on.
    """
    job = _sending(view.box, key, owner)
    if job is None:
        return Change(False)
    job = replace(in_doubt(job), note=note, updated=changed_at(job, view))
    return settled(view, view.box.with_job(job), True)


def _sending(box: Mailbox, key: str, owner: str) -> Job | None:
    job = box.job(key)
    return job if job is not None and job.owner == owner and is_sending(job) else None


def _ended(job: Job, view: View) -> Job:
    """The job after its send: what was on its way waits for its owner again."""
    job = after_send(put(job, lambda part: part.by == SENDING, CUSTOM))
    return replace(job, updated=changed_at(job, view))
