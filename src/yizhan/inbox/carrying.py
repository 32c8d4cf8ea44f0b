"""What a push carries: which parts are reserved for it, and what becomes of them. Pure rules."""

from collections.abc import Collection, Sequence

from msgspec import Struct
from msgspec.structs import replace

from yizhan.inbox.changing import (
    Rows,
    changed_at,
    filed,
    put,
    settled,
    steps_of,
    to_be_sent,
    waiting,
)
from yizhan.store.mailbox import (
    CUSTOM,
    FREE,
    SENDING,
    UNKNOWN,
    Change,
    Filed,
    Job,
    Mailbox,
    Part,
    Shown,
    View,
    part_name,
)


class Carried(Struct, frozen=True, gc=False):
    """A part with its body, as a push or a send carries it; `trace` is its job's."""

    key: str
    index: int
    body: bytes
    trace: str = ""


class Taken(Struct, frozen=True, gc=False):
    """What a push may carry: `parts` are reserved for it, oldest message first.

    `reply` is what it was answered with before, in this process or another; `notice` is what
    it gets now, as it has nothing to carry. `behind` tells that something else is to come
    through first; then nothing is reserved. `going_on` are the messages whose handlers have
    handed out some of these parts and have not ended; `making` tells that any handler of
    this follower's has not, `left` that nothing is carried though parts of the push's own
    answer are undelivered.
    """

    parts: tuple[Carried, ...] = ()
    reply: bytes | None = None
    notice: bytes | None = None
    behind: bool = False
    going_on: tuple[str, ...] = ()
    making: bool = False
    left: bool = False


class Otherwise(Struct, frozen=True):
    """What a push gets that has nothing to carry, and what the follower then saw last.

    `nothing_more` takes its place while they were last told of more and nothing is left of it.
    """

    reply: bytes
    shown: Shown = ""
    nothing_more: bytes = b""


def take(
    view: View,
    key: str,
    owner: str,
    *,
    otherwise: Otherwise | None = None,
    own: bool = False,
    overtake: bool = False,
) -> Change[Taken]:
    """Reserve for the push `key` all free parts of this follower, or only its `own` message's.

    What a push carries is decided once, for all its connections in all processes: parts that
    `owner` has reserved for it are given again, alone; once it was answered, only its reply.
    What is behind others, and what another owner has reserved for this push, only `overtake`
    takes. With nothing to take and nothing before it, it gets what `otherwise` says. Who
    has to wait hears of what others do.
    """
    job, known = view.box.job(key), view.messages.get(key)
    answered = job or known
    if answered is not None and answered.reply is not None:
        return Change(Taken(reply=answered.reply))
    taken, box = offer(view, view.box, key, owner, own=own, overtake=overtake)
    if taken.parts:
        return settled(view, box, taken)
    if taken.behind:
        return waiting(view.box, owner, taken)
    if otherwise is None or answered is None:
        making = any(it.open for it in view.box.jobs)
        taken = replace(taken, making=making)
        return waiting(view.box, owner, taken) if making else Change(taken)
    reply, shown = _notice(box, otherwise)
    if reply:  # an acknowledgement shows nothing
        box = replace(box, shown=shown)
    if job is not None:
        taken = Taken(notice=reply, left=job.is_owed)
        return settled(view, box.with_job(replace(job, reply=reply)), taken)
    return Change(Taken(notice=reply), box, filed=(filed(replace(answered, reply=reply)),))


def _notice(box: Mailbox, otherwise: Otherwise) -> tuple[bytes, Shown]:
    if otherwise.nothing_more and box.shown == "more" and not is_owing(box):
        return otherwise.nothing_more, "more"
    return otherwise.reply, otherwise.shown


def is_owing(box: Mailbox) -> bool:
    """Whether any answer is still to be delivered."""
    return any(job.is_owed for job in box.jobs)


def lost(
    view: View, key: str, owner: str, *, unwritten: bool = False, sends: bool = False
) -> Change[None]:
    """Free what `owner` reserved for the push `key`: its connection closed before the write.

    With `unwritten`, the notice that it was to get was not written either. With `sends`, what no
    other push takes in time is to be sent.
    """
    box = view.box
    for job in box.jobs:
        free = put(job, lambda part: part.by == key and part.who == owner, FREE)
        if free is not job:
            box = box.with_job(to_be_sent(free, view) if sends else free)
    own = box.job(key)
    if unwritten and own is not None and own.reply is not None:
        # Its notice was decided, but nobody saw it: the next push decides anew.
        box = box.with_job(replace(own, reply=None))
    return settled(view, box, None)


def confirm(
    view: View,
    key: str,
    reply: bytes,
    carried: Sequence[Carried],
    shown: Shown | None,
    *,
    cut: Carried | None = None,
) -> Change[None]:
    """Record what the push `key` was answered with, and that these parts are delivered.

    `shown` is what the follower saw last, None if perhaps they did not see this. `cut` is what
    is left of a part whose beginning was carried: it takes its place. Applied again it changes
    nothing.
    """
    if cut is None and len(view.box.jobs) == 1:
        job = view.box.jobs[0]
        if job.key == key and not job.open and _are_all(job, carried):
            return _confirmed_alone(view, job, reply, shown)
    box, rows = deliver(view, view.box, carried, cut)
    followed = False
    for job in box.jobs:
        if job.parts:
            followed = True
            # What was reserved for this push and did not fit waits for the next one.
            box = box.with_job(put(job, lambda part: part.by == key, FREE))
    if (own := box.job(key)) is not None:
        box = box.with_job(replace(own, reply=reply, updated=changed_at(own, view)))
    shown = box.shown if shown is None else shown
    # Only a message that follows this reply has to wait until it is read (`ladder.AFTER_REPLY`).
    box = replace(box, shown=shown, written=view.now if followed else 0.0)
    change = settled(view, box, None, rows, push=key)
    known = view.messages.get(key)
    if own is not None or known is None:
        return change
    return replace(change, filed=(*change.filed, filed(replace(known, reply=reply))))


def _are_all(job: Job, carried: Sequence[Carried]) -> bool:
    """Whether these are all that is left of the job's answer, still with their bodies."""
    if len(job.parts) != len(carried) or job.state != "ready":
        return False
    for part, it in zip(job.parts, carried, strict=True):
        if part.index != it.index or it.key != job.key or not part.body:
            return False
    return True


def _confirmed_alone(view: View, job: Job, reply: bytes, shown: Shown | None) -> Change[None]:
    """The usual case: the only message in hand is answered, and leaves the mailbox.

    The same as `confirm` in general, with fewer steps; a table test holds that.
    """
    box = view.box
    row = Filed(
        job.key,
        "replied",
        job.arrivals,
        job.attempts,
        reply,
        job.note,
        max(job.updated, view.wall),
    )
    rows: Rows = dict.fromkeys(steps_of(view, job)) if view.rows else {}
    shown = box.shown if shown is None else shown
    box = replace(box, jobs=(), shown=shown, written=0.0)
    return Change(None, box, rows, filed=(row,))


def offer(
    view: View,
    box: Mailbox,
    push: str,
    who: str,
    *,
    own: bool = False,
    overtake: bool = False,
) -> tuple[Taken, Mailbox]:
    """What the push may carry, and the mailbox in which that is reserved for it."""
    jobs = [job for job in box.jobs if job.is_owed]
    if own:  # nobody knows whether it is shown: it holds nobody up, and waits for nobody
        jobs = [job for job in jobs if job.key == push]
    holders = {part.who for job in jobs for part in job.parts if part.by == push}
    if not overtake and (holders - {who} or (not holders and _is_behind(jobs, push))):
        return Taken(behind=True), box
    # Decided before: the same parts again, though more may be free by now.
    wanted = push if holders else FREE
    taken: list[Carried] = []
    going_on: list[str] = []
    for job in jobs:
        parts, before = [], len(taken)
        for part in job.parts:
            if part.by == wanted:
                body = part.body or view.rows[part_name(job, part.index)]
                taken.append(Carried(job.key, part.index, body, job.trace))
                part = Part(part.index, push, who, part.body)
            parts.append(part)
        if len(taken) == before:
            continue
        box = box.with_job(replace(job, parts=tuple(parts)))
        if job.open:
            going_on.append(job.key)
    return Taken(tuple(taken), going_on=tuple(going_on)), box


def _is_behind(jobs: Sequence[Job], push: str) -> bool:
    """Whether something is free, but only after what is on its way and may come back.

    That is the custom route, and what another push may leave behind: all but the first part
    that is reserved for it. The push's own answer may come back, too.
    """
    if any(job.key == push and FREE not in [part.by for part in job.parts] for job in jobs):
        return True
    on_way = False
    comes_back = {CUSTOM, SENDING}
    for job in jobs:
        for part in job.parts:
            if part.by == FREE:
                if on_way:
                    return True
            elif part.by != UNKNOWN:
                on_way = on_way or part.by in comes_back
                comes_back.add(part.by)
    return False


def deliver(
    view: View, box: Mailbox, carried: Collection[Carried], cut: Carried | None
) -> tuple[Mailbox, Rows]:
    """The mailbox without these parts, and with what is left of the one that was cut."""
    rows: Rows = {}
    touched: dict[str, list[int]] = {} if cut is None else {cut.key: []}
    for it in carried:
        touched.setdefault(it.key, []).append(it.index)
    for job in box.jobs if touched else ():
        if (done := touched.get(job.key)) is None:
            continue
        rest = cut if cut is not None and cut.key == job.key else None
        parts = []
        for part in job.parts:
            if part.index in done:
                if not part.body:
                    rows[part_name(job, part.index)] = None
            elif rest is not None and part.index == rest.index:
                rows[part_name(job, part.index)] = rest.body
                parts.append(Part(part.index, part.by, part.who))
            else:
                parts.append(part)
        box = box.with_job(replace(job, parts=tuple(parts), updated=changed_at(job, view)))
    return box, rows
