"""From a mailbox that a rule has made to the change that is committed."""

from collections.abc import Callable
from typing import TypeVar

from msgspec.structs import replace

from yizhan.store.mailbox import (
    CUSTOM,
    FREE,
    LISTED,
    NOBODY,
    SENDING,
    Change,
    Filed,
    Job,
    Mailbox,
    Message,
    Part,
    View,
)

T = TypeVar("T")
Rows = dict[str, bytes | None]
Chosen = Callable[[Part], bool]


def put(job: Job, chosen: Chosen, by: str, who: str = "") -> Job:
    """The job with the chosen parts put there."""
    if not any(map(chosen, job.parts)):
        return job
    return replace(
        job,
        parts=tuple(Part(it.index, by, who, it.body) if chosen(it) else it for it in job.parts),
    )


def settled(
    view: View, box: Mailbox, result: T, rows: Rows | None = None, *, push: str = ""
) -> Change[T]:
    """The change to this mailbox: what is over leaves it, and bodies lie where they belong.

    What the push `push` answers of its own message is *replied*, anything else *delivered*.
    """
    rows = {} if rows is None else rows
    left: list[Filed] = []
    kept: list[Job] = []
    carrying = {part.by for job in box.jobs for part in job.parts}
    for job in box.jobs:
        job = _let_go(job)
        if is_over(job) and job.key not in carrying:
            if job.state == "ready":
                job = replace(job, state="replied" if job.key == push else "delivered")
            left.append(filed(job))
            if job.state not in LISTED:
                rows.update(dict.fromkeys(steps_of(view, job)))
            _stored(job, rows)
        else:
            kept.append(_stored(job, rows))
    return Change(result, replace(box, jobs=tuple(kept)), rows, filed=tuple(left))


def is_over(job: Job) -> bool:
    """Whether nothing more is to be done for this message, unless a person wants it."""
    if job.open:
        return False
    return not job.parts or (job.state in LISTED and all(it.by == FREE for it in job.parts))


def _let_go(job: Job) -> Job:
    """The job without what it needs no more: the custom route once listed, then its owner."""
    if job.state in LISTED and any(part.by in (CUSTOM, SENDING) for part in job.parts):
        job = put(job, lambda part: part.by in (CUSTOM, SENDING), FREE)
    needed = job.open or job.state == "sending" or any(it.by == CUSTOM for it in job.parts)
    return job if needed or job.owner == NOBODY else replace(job, owner=NOBODY)


def _stored(job: Job, rows: Rows) -> Job:
    """The job with the bodies that neither a push nor a send has moved into rows."""
    if not any(part.body and part.by in (FREE, CUSTOM) for part in job.parts):
        return job
    parts = []
    for part in job.parts:
        if part.body and part.by in (FREE, CUSTOM):
            rows[part_name(job, part.index)] = part.body
            part = replace(part, body=b"")
        parts.append(part)
    return replace(job, parts=tuple(parts))


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


def part_name(job: Job | Message, index: int) -> str:
    """The name of the row with that part's body."""
    return f"part:{job.seq}:{index}"


def step_name(job: Job | Message, name: str) -> str:
    """The name of the row with the result of that step."""
    return f"step:{job.seq}:{name}"


def steps_of(view: View, job: Job) -> list[str]:
    """The names of the rows with the steps of this job."""
    prefix = step_name(job, "")
    return [name for name in view.rows if name.startswith(prefix)]
