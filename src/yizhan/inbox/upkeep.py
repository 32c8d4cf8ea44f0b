"""What becomes of messages by a death, by time and by a person. Pure rules."""

from collections.abc import Collection
from math import inf
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from yizhan.inbox.changing import Rows, changed_at, filed, in_doubt, put, settled, to_be_sent
from yizhan.store.mailbox import (
    BACK_OFF,
    CUSTOM,
    DIALOG,
    FREE,
    LISTED,
    NOBODY,
    SESSION,
    THROTTLE,
    UNKNOWN,
    Change,
    Job,
    Message,
    Part,
    View,
    is_due,
    is_waiting,
)

T = TypeVar("T")


class Terms(Struct, frozen=True):
    """How often a message is run, the seconds of a lease, and whether the account may send."""

    tries: int
    lease: float
    sends: bool = False

    def are_over(self, job: Job) -> bool:
        """Whether a message in whose run its process has died is not to be run again.

        A last try that was not alone proves nothing against it: another one follows. But not for
        ever, or a message that ends a busy process each time would do so for good.
        """
        if job.attempts < self.tries:
            return False
        return job.alone or job.attempts >= 2 * self.tries - 1


class Death(Struct, frozen=True):
    """An owner whose work is to be taken over; NOBODY for work that rested until it is due.

    `left` tells that it stopped in good order: then no attempt is counted.
    """

    owner: str
    left: bool = False


class Adopted(Struct, frozen=True):
    """What was taken over: the jobs to go on with, oldest first, and which of all were running.

    `timed_out` are those of our own that were put in hand just now, for questions with a default.
    """

    jobs: tuple[Job, ...] = ()
    ran: tuple[str, ...] = ()
    timed_out: tuple[Job, ...] = ()


def adopt(view: View, death: Death, owner: str, terms: Terms) -> Change[Adopted]:
    """Take over what a dead owner had in hand here.

    What the dead owner reserved is free, and sent if no push takes it in time. What was on its
    way to WeChat becomes unknown, and all else goes on. A handler that ran counts one more
    attempt, and when these `are_over` its message is dead; from the third on it rests first, a
    lease longer each time, but no more than BACK_OFF. Before a last try it is `waiting`: only
    what dies in a try itself has had it.
    """
    box = view.box
    mine: list[str] = []
    ran: list[str] = []
    for job in box.jobs:
        free = put(job, lambda part: part.who == death.owner != NOBODY, FREE)
        if terms.sends and free is not job:
            free = to_be_sent(free, view)
        if job.owner == death.owner and (death.owner != NOBODY or _is_due(job, view, terms)):
            if _ran(job, death):
                ran.append(job.key)
            free = _taken_over(free, death, owner, terms, view)
            if free.owner == owner:
                mine.append(job.key)
        if free is not job:
            box = box.with_job(free)
    if box == view.box:
        return Change(Adopted())
    change = settled(view, box, Adopted())
    assert change.box is not None  # noqa: S101  # settled gives one
    taken = tuple(job for job in change.box.jobs if job.key in mine and job.owner == owner)
    return replace(change, result=Adopted(taken, tuple(ran)), gives=bool(taken))


def _ran(job: Job, death: Death) -> bool:
    """Whether its handler may be what has ended the process."""
    if death.left or death.owner == NOBODY:
        return False
    return job.open and job.state in ("running", "sending")


def _is_due(job: Job, view: View, terms: Terms) -> bool:
    return job.backs_off and is_due(job.due, view.wall, terms.lease)


def _taken_over(job: Job, death: Death, owner: str, terms: Terms, view: View) -> Job:
    ran = _ran(job, death)
    job = replace(in_doubt(job), updated=changed_at(job, view), due=0.0)
    if death.owner == NOBODY and not job.open:
        job = put(job, lambda part: part.by == FREE, CUSTOM)
    if job.state in LISTED:
        return replace(job, open=False)
    if not ran:
        return replace(job, owner=owner, alone=False)
    if terms.are_over(job):
        return replace(job, open=False, state="dead")
    job = replace(job, attempts=job.attempts + 1, alone=False)
    if job.attempts >= terms.tries:
        job = replace(job, state="waiting")
    if job.attempts == 2:
        return replace(job, owner=owner)
    due = view.wall + min(job.attempts - 2, BACK_OFF) * terms.lease
    return replace(_unsent(job), owner=NOBODY, due=due)


def _unsent(job: Job) -> Job:
    """What it was to send rides on the next push meanwhile: it has no owner to send it."""
    return put(job, lambda part: part.by == CUSTOM, FREE)


def release(view: View, key: str, owner: str) -> Change[bool]:
    """Leave an unfinished message to whoever comes first: this process stops."""
    job = view.box.job(key)
    if job is None or job.owner != owner or not job.open:
        return Change(False)
    job = replace(_unsent(in_doubt(job)), owner=NOBODY, due=view.wall)
    return settled(view, view.box.with_job(job), True)


def uncollect(view: View, before: float) -> Change[int]:
    """List the answers that nobody has come for since then; how many messages."""
    box, count = view.box, 0
    for job in box.jobs:
        if is_waiting(job, before):
            count += 1
            box = box.with_job(replace(job, state="uncollected", updated=changed_at(job, view)))
    return settled(view, box, count) if count else Change(0)


def retry(view: View, key: str) -> Change[bool]:
    """Put a listed message back: ready with its parts, else to be run by whoever comes first.

    Of one that is still in hand, what is unknown.
    """
    in_hand, known = view.box.job(key), view.messages.get(key)
    if in_hand is not None:
        job = put(in_hand, lambda part: part.by == UNKNOWN, FREE)
        return Change(False) if job is in_hand else settled(view, view.box.with_job(job), True)
    if known is None or known.fate not in LISTED:
        return Change(False)
    # Its parts are still rows of the follower's: they need not be made again.
    parts = tuple(Part(index) for index in _indexes(view, known))
    job = Job(
        key=known.key,
        seq=known.seq,
        created=known.created,
        first=known.first,
        boot=known.boot,
        owner=NOBODY,
        state="ready" if parts else "waiting",
        ordered=known.ordered,
        open=not parts,
        arrivals=known.arrivals,
        next=max((part.index + 1 for part in parts), default=0),
        parts=parts,
        reply=known.reply,
        updated=view.wall,
    )
    jobs = tuple(sorted((*view.box.jobs, job), key=lambda it: it.seq))
    back = replace(filed(job), state=None)
    return Change(True, replace(view.box, jobs=jobs), filed=(back,))


def _indexes(view: View, known: Message) -> list[int]:
    prefix = f"part:{known.seq}:"
    return sorted(int(name.removeprefix(prefix)) for name in view.rows if name.startswith(prefix))


def give_up(view: View, key: str, note: str) -> Change[bool]:
    """List a message that is unfinished, or whose answer waits, as dead, whoever owns it."""
    job = view.box.job(key)
    if job is None:
        return Change(False)
    job = put(job, lambda part: part.by == CUSTOM, FREE)
    job = replace(job, open=False, state="dead", note=note, updated=changed_at(job, view))
    return settled(view, view.box.with_job(job), True)


def put_aside(view: View, note: str) -> Change[int]:
    """List all that is in hand, whoever owns it, so that nobody goes on with it; how many messages.

    What is unfinished becomes dead, and an answer that waits uncollected. What was on its way
    to WeChat is unknown.
    """
    box = view.box
    for job in box.jobs:
        job = put(in_doubt(job), lambda part: part.by != UNKNOWN, FREE)
        state = job.state
        if state not in LISTED:
            state = "dead" if job.open else "uncollected"
        updated = changed_at(job, view)
        job = replace(job, owner=NOBODY, open=False, state=state, note=note, updated=updated)
        box = box.with_job(job)
    count = len(box.jobs)
    return settled(view, box, count) if count else Change(0)


def drop(view: View, key: str) -> Change[bool]:
    """Delete a message that is listed, or whose answer waits, for good."""
    job, known = view.box.job(key), view.messages.get(key)
    if job is not None:
        if job.state != "ready":
            return Change(False)
        return _erased(view, (job,), True)
    if known is None or known.fate not in LISTED:
        return Change(False)
    return _erased(view, (known,), True)


def forget(
    view: View, keys: Collection[str], until: Job | Message | None = None, *, but: str = ""
) -> Change[int]:
    """Erase everything kept of this follower; the number of messages erased.

    `keys` are those of all their messages, `but` is one that is to stay. With `until` only that
    one and earlier ones, and of the windows those that it has not outlived; what a later message
    has left stays.
    """
    last = inf if until is None else until.seq
    in_hand = [job for job in view.box.jobs if job.seq <= last and job.key != but]
    there = {job.key for job in view.box.jobs}
    known = [view.messages[key] for key in keys if key in view.messages and key not in there]
    gone = [it for it in known if it.seq <= last and it.key != but]
    messages: list[Job | Message] = [*in_hand, *gone]
    change = _erased(view, messages, len(messages))
    since = inf if until is None else until.created
    windows = {name: it for name, it in view.box.windows.items() if it.opened > since}
    box = replace(change.box or view.box, windows=windows)
    # A later message has come: session, dialog and counts are its own by now.
    if view.box.seq > last:
        return replace(change, box=box)
    rows = {**change.rows, SESSION: None, DIALOG: None, THROTTLE: None}
    return replace(change, box=replace(box, shown="", timer=None), rows=rows)


def _erased(view: View, messages: Collection[Job | Message], result: T) -> Change[T]:
    """The change that deletes these messages with all their rows."""
    keys = {message.key for message in messages}
    prefixes = tuple(f"{kind}:{message.seq}:" for message in messages for kind in ("part", "step"))
    rows: Rows = {name: None for name in view.rows if name.startswith(prefixes)}
    jobs = tuple(job for job in view.box.jobs if job.key not in keys)
    # No push will come that could carry or free what is reserved for a deleted message.
    jobs = tuple(put(job, lambda part: part.by in keys, FREE) for job in jobs)
    box = replace(view.box, jobs=jobs)
    return replace(settled(view, box, result, rows), erased=tuple(keys))
