"""Customer-service messages: what is sent next, and what becomes of it. Pure rules."""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from yizhan.inbox.carrying import Carried, deliver
from yizhan.inbox.changing import changed_at, put, settled
from yizhan.inbox.ladder import pause
from yizhan.store.mailbox import (
    CUSTOM,
    FREE,
    LISTED,
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

Quota = Mapping[str, tuple[float, int]]  # window -> seconds that it is open, messages in it


class Load(Struct, frozen=True):
    """One customer-service message: the parts that it takes, and how many of them whole."""

    key: str
    parts: tuple[Carried, ...]


class Begun(Struct, frozen=True):
    """What comes of the wish to send.

    "send": `load` is on its way, and its quota spent. "wait": a reply that was just written
    is to arrive first, in `seconds`. "elsewhere": another process sends what comes before.
    "quota": no window is open; what was to be sent rides on the next push. "nothing": all is
    sent.
    """

    status: Literal["send", "wait", "elsewhere", "quota", "nothing"]
    load: Load | None = None
    seconds: float = 0.0


# How many of these bodies the next message takes, with so many messages left to send and so
# many answers behind these.
Choose = Callable[[Sequence[bytes], int, int], int]


def begin_send(
    view: View, until: str, owner: str, quota: Quota, at: float, choose: Choose
) -> Change[Begun]:
    """Begin to send the oldest undelivered answer, up to that of the message `until`.

    `at` is wall time, for the windows. Not before an answer that another process sends, and
    not within AFTER_REPLY seconds of a reply that it follows.
    """
    box = view.box
    owed = _owed(box, until)
    for place, job in enumerate(owed):
        if job.owner != owner and any(part.by in (CUSTOM, SENDING) for part in job.parts):
            return Change(Begun("elsewhere"))
        if _is_ours(job, owner) and any(part.by in (FREE, CUSTOM) for part in job.parts):
            return _begin(view, job, len(owed) - place - 1, owner, quota, at, choose)
    return Change(Begun("nothing"))


def _owed(box: Mailbox, until: str) -> Sequence[Job]:
    """The messages with undelivered parts, oldest first, up to that one."""
    owed = [job for job in box.jobs if job.parts and job.state not in LISTED]
    for place, job in enumerate(owed):
        if job.key == until:
            return owed[: place + 1]
    return ()


def _is_ours(job: Job, owner: str) -> bool:
    """Whether this owner may send it: its own, and what is ready and needs nobody."""
    return job.owner == owner or not job.open


def _begin(
    view: View, job: Job, behind: int, owner: str, quota: Quota, at: float, choose: Choose
) -> Change[Begun]:
    box = view.box
    if seconds := pause(view.now, box.written or None):
        return Change(Begun("wait", seconds=seconds))
    name = _cheapest(box.windows, quota, at)
    if name is None:
        back = put(job, lambda part: part.by == CUSTOM, FREE)
        return settled(view, box.with_job(back), Begun("quota"))
    going = [part for part in job.parts if part.by in (FREE, CUSTOM)]
    bodies = [part.body or view.rows[part_name(job, part.index)] for part in going]
    count = choose(bodies, left(box.windows, quota, at), behind)
    sent = {part.index for part in going[:count]}
    job = put(job, lambda part: part.by in (FREE, CUSTOM), CUSTOM)
    job = put(job, lambda part: part.index in sent, SENDING)
    job = replace(job, state="sending", owner=owner, updated=changed_at(job, view))
    window = box.windows[name]
    charged = {**box.windows, name: Window(window.opened, window.used + 1)}
    parts = tuple(
        Carried(job.key, part.index, body) for part, body in zip(going, bodies, strict=True)
    )
    change = settled(
        view,
        replace(box.with_job(job), windows=charged),
        Begun("send", Load(job.key, parts[:count])),
    )
    return replace(change, gives=True)


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


def refused(view: View, key: str, owner: str, note: str, *, spent: bool = False) -> Change[bool]:
    """WeChat refused it: all that was to be sent rides on the next push.

    `spent` tells that this follower's windows take nothing more.
    """
    job = _sending(view.box, key, owner)
    if job is None:
        return Change(False)
    job = put(_ended(job, view), lambda part: part.by == CUSTOM, FREE)
    box = view.box.with_job(replace(job, note=note))
    if spent:
        box = replace(box, windows={})
    return settled(view, box, True)


def unknown(view: View, key: str, owner: str, note: str) -> Change[bool]:
    """Nobody knows whether it arrived: the message is listed, and not sent again by itself."""
    job = _sending(view.box, key, owner)
    if job is None:
        return Change(False)
    job = replace(_ended(job, view), state="unknown", note=note)
    return settled(view, view.box.with_job(job), True)


def _sending(box: Mailbox, key: str, owner: str) -> Job | None:
    job = box.job(key)
    return job if job is not None and job.owner == owner and job.state == "sending" else None


def _ended(job: Job, view: View) -> Job:
    """The job after its send: what was on its way waits for its owner again."""
    state: State = "running" if job.open else "ready"
    job = put(job, lambda part: part.by == SENDING, CUSTOM)
    return replace(job, state=state, updated=changed_at(job, view))
