"""From a mailbox that a rule has made to the change that is committed."""

from collections.abc import Callable
from typing import TypeVar

from msgspec.structs import replace

from yizhan.inbox.ladder import UNCARRIED
from yizhan.store.mailbox import (
    CUSTOM,
    FREE,
    LISTED,
    NOBODY,
    SENDING,
    UNKNOWN,
    Change,
    Filed,
    Job,
    Mailbox,
    Message,
    Part,
    View,
    part_name,
    step_name,
)

T = TypeVar("T")
Rows = dict[str, bytes | None]
Chosen = Callable[[Part], bool]


def put(job: Job, chosen: Chosen, by: str, who: str = "") -> Job:
    """The job with the chosen parts put there."""
    if not job.parts or not any(map(chosen, job.parts)):
        return job
    return replace(
        job,
        parts=tuple(Part(it.index, by, who, it.body) if chosen(it) else it for it in job.parts),
    )


def to_be_sent(job: Job, view: View) -> Job:
    """The job with the time at which its answer is sent, by whoever comes first.

    So it is even if the process has ended that waits for a push to take it.
    """
    if job.open or job.state != "ready" or FREE not in [part.by for part in job.parts]:
        return job
    return replace(job, due=view.wall + UNCARRIED)


def settled(
    view: View, box: Mailbox, result: T, rows: Rows | None = None, *, push: str = ""
) -> Change[T]:
    """The change to this mailbox: what is over leaves it, and bodies lie where they belong.

    What the push `push` answers of its own message is *replied*, anything else *delivered*.
    """
    rows = {} if rows is None else rows
    left: list[Filed] = []
    kept: list[Job] = []
    for job in box.jobs:
        if job.parts:
            job = _stored(job, rows)
        if job.open:
            kept.append(job)
        elif is_over(job) and not _carries(box, job.key):
            job = _ended(job, push)
            left.append(filed(job))
            if view.rows and job.state not in LISTED:
                rows.update(dict.fromkeys(steps_of(view, job)))
        else:
            kept.append(_let_go(job))
    return Change(result, replace(box, jobs=tuple(kept)), rows, filed=tuple(left))


def is_over(job: Job) -> bool:
    """Whether nothing more is to be done for this message, unless a person wants it."""
    if job.open:
        return False
    rest = (FREE, UNKNOWN) if job.state in LISTED else (UNKNOWN,)
    return all([it.by in rest for it in job.parts])


def _ended(job: Job, push: str) -> Job:
    if job.listed_as == "unknown":  # also if it was given up since: put back, it may come twice
        return replace(job, state="unknown")
    if job.state != "ready":
        return job
    return replace(job, state="replied" if job.key == push else "delivered")


def _carries(box: Mailbox, push: str) -> bool:
    """Whether anything is reserved for this push."""
    for job in box.jobs:
        for part in job.parts:
            if part.by == push:
                return True
    return False


def _let_go(job: Job) -> Job:
    """The job without its owner, unless it is being sent: nobody else is needed any more."""
    if job.owner == NOBODY or is_sending(job):
        return job
    return job if job.is_custom else replace(job, owner=NOBODY)


def is_sending(job: Job) -> bool:
    """Whether a part of it is on its way to WeChat."""
    return SENDING in [part.by for part in job.parts]


def in_doubt(job: Job) -> Job:
    """The job with what was on its way as unknown; what becomes of its other parts goes on."""
    return after_send(put(job, lambda part: part.by == SENDING, UNKNOWN))


def after_send(job: Job) -> Job:
    """The job in the state that it has when nothing of it is on its way."""
    if job.state != "sending":
        return job
    return replace(job, state="running" if job.open else "ready")


def _stored(job: Job, rows: Rows) -> Job:
    """The job with the bodies that neither a push nor a send has moved into rows.

    A listed one takes its parts off the custom route, but for what is on its way.
    """
    listed = job.state in LISTED
    parts, changed = [], False
    for part in job.parts:
        by = FREE if listed and part.by == CUSTOM else part.by
        homeless = bool(part.body) and by in (FREE, CUSTOM, UNKNOWN)
        if homeless:
            rows[part_name(job, part.index)] = part.body
        if homeless or by != part.by:
            changed = True
            part = Part(part.index, by, part.who, b"" if homeless else part.body)
        parts.append(part)
    return replace(job, parts=tuple(parts)) if changed else job


def waiting(box: Mailbox, owner: str, result: T) -> Change[T]:
    """The change by which `owner` is told of the next change that another owner makes here."""
    if owner in box.waiters:
        return Change(result)
    return Change(result, replace(box, waiters=(*box.waiters, owner)))


def changed_at(job: Job, view: View) -> float:
    """The wall time of a change; a clock that was set back makes nothing older."""
    return max(job.updated, view.wall)


def filed(message: Job | Message) -> Filed:
    """What its row is to say of it."""
    return Filed(
        message.key,
        message.state,
        message.arrivals,
        message.attempts,
        message.reply,
        message.note,
        message.updated,
    )


def steps_of(view: View, job: Job) -> list[str]:
    """The names of the rows with the steps of this job."""
    prefix = step_name(job, "")
    return [name for name in view.rows if name.startswith(prefix)]
