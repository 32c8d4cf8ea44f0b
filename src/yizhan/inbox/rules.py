"""The way of a message through a follower's mailbox, as pure rules: no clock, store or await.

Each rule takes a view and gives the change to commit. A rule about a run names its owner, and
does nothing when the job is not that owner's any more. What customer-service messages do is
in `sending`, what a push carries in `carrying`, what time and people do in `upkeep`.
"""

from collections.abc import Callable, Mapping
from typing import Literal

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from yizhan.inbox.bundle import is_owed
from yizhan.inbox.carrying import Carried, Taken, is_owing, offer
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
from yizhan.inbox.timers import timed
from yizhan.store.mailbox import (
    CUSTOM,
    DIALOG,
    FREE,
    NOBODY,
    SESSION,
    THROTTLE,
    UNFINISHED,
    Binding,
    Change,
    Job,
    Mailbox,
    Message,
    Part,
    Shown,
    State,
    View,
    Window,
    step_name,
)

MOST = 500  # unfinished messages of one follower: what comes on top is refused
PICKUP = "pickup"  # the note of a message that fetches answers


class Arrival(Struct, frozen=True):
    """A push that has passed every check. `at` is wall time.

    `window` names the customer-service window that it opens ("" for none). `pickup` tells
    that its text is a word that fetches answers, unless the follower's dialog is one that
    `is_asked` finds waiting for it. `shown` tells that a reply to it may be seen. `trace` is what
    its job keeps, should it be new.
    """

    key: str
    openid: str
    body: bytes
    at: float
    owner: str
    ordered: bool = True
    binding: Binding | None = None
    window: str = ""
    pickup: bool = False
    is_asked: Callable[[bytes], bool] | None = None
    shown: bool = True
    trace: str = ""


class Acceptance(Struct, frozen=True):
    """The answer to an arrival.

    `status`: "new"; "again", the key was known; "reused", its signature came with another
    body before; "full", this follower has too many messages unfinished. `mine` tells whether
    the caller owns the job, `turn` whether no earlier ordered one is unfinished. `elapsed` is
    seconds since the first arrival; `waiting` counts the parts that this follower has not
    collected, `unfinished` their other unfinished messages; `reply` is what this push was
    answered with, once that is settled. `pickup` tells that it fetches answers.
    """

    status: Literal["new", "again", "reused", "full"]
    state: State = "running"
    mine: bool = True
    turn: bool = True
    arrivals: int = 1
    elapsed: float = 0.0
    waiting: int = 0
    unfinished: int = 0
    reply: bytes | None = None
    pickup: bool = False
    session: bytes | None = None
    dialog: bytes | None = None
    throttle: bytes | None = None
    shown: Shown = ""
    windows: Mapping[str, Window] = {}
    trace: str = ""


class RunResult(Struct, frozen=True):
    """What a run has come to, or so far: "running" hands out parts of a generator that goes on.

    UNSET leaves session, dialog and throttle as they are, None erases them. `steps` are kept with
    the job. `reserve` takes for the job's own push "all" there is, its own parts included, or only
    its "own"; with nothing to take, the push of a run that has ended is acknowledged. `custom`
    puts the parts that are not reserved on the custom route. `last_word` is handed out if the
    run ends with nothing though its follower waits for more: because this run was `promised`
    to bring it, or has brought part of its answer (`partly`) and they were told to wait.
    `writing` tells that what carries the promise is on its way. `sends` tells that what no push
    takes in time is to be sent. In `answers_in` seconds the default answers the dialog's question.
    """

    bodies: tuple[bytes, ...] = ()
    state: Literal["running", "ready", "dead"] = "ready"
    custom: bool = False
    reserve: Literal["", "all", "own"] = ""
    session: bytes | UnsetType | None = UNSET
    dialog: bytes | UnsetType | None = UNSET
    throttle: bytes | UnsetType = UNSET
    steps: Mapping[str, bytes] = {}
    note: str = ""
    last_word: bytes = b""
    promised: bool = False
    partly: bool = False
    writing: bool = False
    sends: bool = False
    answers_in: float = 0.0


class Turn(Struct, frozen=True):
    """A message may run now: what is kept of its follower, and of an earlier run of it."""

    session: bytes | None
    dialog: bytes | None
    steps: Mapping[str, bytes]
    throttle: bytes | None = None


class Finished(Struct, frozen=True):
    """An outcome was committed: what the push may carry, and the next message's key, if its
    owner is the same. `owed` tells that it was given the last word."""

    taken: Taken = Taken()
    next: str = ""
    owed: bool = False


def accept(view: View, arrival: Arrival) -> Change[Acceptance]:
    """Take in a push: a new message, or one more arrival of a known one."""
    # First of all, so that a replayed signature changes nothing, not even a count of arrivals.
    if view.bound:
        return Change(Acceptance("reused"))
    box = view.box
    if (job := box.job(arrival.key)) is not None:
        job = replace(job, arrivals=job.arrivals + 1)
        elapsed = _elapsed(view, job, arrival.at)
        accepted = _accepted(view, "again", job, arrival.owner, elapsed)
        return Change(accepted, box.with_job(job), binding=arrival.binding)
    if (known := view.messages.get(arrival.key)) is not None:
        known = replace(known, arrivals=known.arrivals + 1)
        accepted = _repeated(view, known, _elapsed(view, known, arrival.at))
        return Change(accepted, box, filed=(filed(known),), binding=arrival.binding)
    # The length alone decides nearly always. Handled jobs, whose parts wait, are not counted:
    # they cost no handler, and a follower with many of them could not write any more.
    if len(box.jobs) >= MOST and sum(job.open for job in box.jobs) >= MOST:
        return Change(Acceptance("full"))
    return _new(view, arrival)


def _new(view: View, arrival: Arrival) -> Change[Acceptance]:
    box = view.box
    # An open question may have the pick-up word as its answer: then it is one.
    fetches = arrival.pickup and is_promised(box) and not _is_asked(view, arrival)
    blocked = bool(box.jobs) and arrival.ordered and _is_any_open(box)
    windows = box.windows
    if arrival.window and not _is_open_since(windows, arrival.window, arrival.at):
        windows = {**windows, arrival.window: Window(arrival.at)}
    seq = box.seq + 1
    job = Job(
        key=arrival.key,
        seq=seq,
        created=arrival.at,
        first=view.now,
        boot=view.boot,
        owner=arrival.owner,
        state="waiting" if blocked else "running",
        ordered=arrival.ordered,
        updated=arrival.at,
        shown=arrival.shown,
        trace=arrival.trace,
    )
    if fetches or box.jobs:
        box = replace(box, jobs=box.jobs if fetches else (*box.jobs, job), seq=seq, windows=windows)
        shown = replace(view, box=box)
        accepted = _accepted(shown, "new", job, arrival.owner, 0.0, pickup=fetches)
    else:  # as nearly always: nothing else is in hand
        box = replace(box, jobs=(job,), seq=seq, windows=windows)
        rows = view.rows.get
        accepted = Acceptance(
            "new",
            session=rows(SESSION),
            dialog=rows(DIALOG),
            throttle=rows(THROTTLE),
            shown=box.shown,
            windows=windows,
        )
    row = Message(
        key=job.key,
        openid=arrival.openid,
        body=arrival.body,
        seq=job.seq,
        created=job.created,
        first=job.first,
        boot=job.boot,
        ordered=job.ordered,
        # A pick-up word gets no run, so nothing would tell later what became of it.
        state="replied" if fetches else None,
        note=PICKUP if fetches else "",
        updated=arrival.at,
    )
    return Change(accepted, box, insert=row, binding=arrival.binding, gives=not fetches)


def _is_any_open(box: Mailbox) -> bool:
    return any(job.open and job.ordered for job in box.jobs)


def _is_open_since(windows: Mapping[str, Window], name: str, at: float) -> bool:
    """Whether a later message has opened it: one that was read late shuts no newer window."""
    known = windows.get(name)
    return known is not None and known.opened >= at


def _is_asked(view: View, arrival: Arrival) -> bool:
    dialog = view.rows.get(DIALOG)
    return dialog is not None and arrival.is_asked is not None and arrival.is_asked(dialog)


def is_promised(box: Mailbox) -> bool:
    """Whether the follower was told of answers to fetch: of more, or of one that is to come."""
    return box.shown == "more" or (
        bool(box.shown) and any(it.open or it.waiting for it in box.jobs)
    )


def _accepted(
    view: View,
    status: Literal["new", "again"],
    job: Job,
    owner: str,
    elapsed: float,
    *,
    pickup: bool = False,
) -> Acceptance:
    box = view.box
    waiting = unfinished = 0
    for it in box.jobs:
        if it.parts:
            waiting += it.waiting
        if it.open and it.key != job.key:
            unfinished += 1
    return Acceptance(
        status,
        state=job.state,
        mine=job.owner == owner,
        turn=not is_blocked(job, box),
        arrivals=job.arrivals,
        elapsed=elapsed,
        waiting=waiting,
        unfinished=unfinished,
        reply=job.reply,
        pickup=pickup,
        session=view.rows.get(SESSION),
        dialog=view.rows.get(DIALOG),
        throttle=view.rows.get(THROTTLE),
        shown=box.shown,
        windows=box.windows,
        trace=job.trace,
    )


def _repeated(view: View, known: Message, elapsed: float) -> Acceptance:
    """The answer to a late repeat of a message that has left the mailbox."""
    return Acceptance(
        "again",
        state=known.fate,
        mine=False,
        arrivals=known.arrivals,
        elapsed=elapsed,
        waiting=sum(it.waiting for it in view.box.jobs),
        unfinished=sum(it.open for it in view.box.jobs),
        reply=known.reply,
        pickup=known.note == PICKUP,
        session=view.rows.get(SESSION),
        dialog=view.rows.get(DIALOG),
        throttle=view.rows.get(THROTTLE),
        shown=view.box.shown,
        windows=view.box.windows,
    )


def _elapsed(view: View, first: Job | Message, at: float) -> float:
    """Seconds since the first arrival; after a reboot only the calendar knows."""
    since = view.now - first.first if first.boot == view.boot else at - first.created
    return max(0.0, since)


def is_blocked(job: Job, box: Mailbox) -> bool:
    """Whether an earlier message of this follower is still being handled."""
    if not job.ordered:
        return False
    for it in box.jobs:  # oldest first
        if it.seq >= job.seq:
            return False
        if it.open and it.ordered:
            return True
    return False


def turn(
    view: View, key: str, owner: str, *, alone: bool = False
) -> Change[Turn | Literal["wait"] | None]:
    """Let a message run, if it is its turn; None when it is not this owner's.

    `alone` tells that it has its last try while no other handler runs in its process.
    """
    job = view.box.job(key)
    if job is None or job.owner != owner or not job.open:
        return Change(None)
    if is_blocked(job, view.box):
        return waiting(view.box, owner, "wait")
    prefix = step_name(job, "")
    steps = {it.removeprefix(prefix): view.rows[it] for it in steps_of(view, job)}
    rows = view.rows.get
    found = Turn(rows(SESSION), rows(DIALOG), steps, rows(THROTTLE))
    # Nothing has changed, so nothing is written: the rows were all it wanted.
    if job.state != "waiting" and job.alone == alone:
        return Change(found)
    state: State = "running" if job.state == "waiting" else job.state
    runs = replace(job, state=state, alone=alone, updated=changed_at(job, view))
    return Change(found, view.box.with_job(runs))


def accompany(view: View, key: str, owner: str) -> Change[None]:
    """Another handler is to run beside its last try: a death would not tell of it."""
    job = view.box.job(key)
    if job is None or job.owner != owner or not job.alone:
        return Change(None)
    return Change(None, view.box.with_job(replace(job, alone=False)))


def finish(view: View, key: str, owner: str, outcome: RunResult) -> Change[Finished | None]:
    """Commit what a run has come to; None, and nothing written, when it is not this owner's."""
    job = view.box.job(key)
    if job is None or job.owner != owner or not job.open:
        return Change(None)
    if _is_alone(view.box, job, outcome):
        return _finished_alone(view, job, outcome)
    following = job.next
    bodies = outcome.bodies
    owed = bool(outcome.last_word) and not bodies and _owes(view.box, outcome)
    if owed:
        bodies = (outcome.last_word,)
    fresh = [Part(following + place, FREE, "", it) for place, it in enumerate(bodies)]
    # A piece of a generator's may be on its way to WeChat: then the job stays `sending`.
    handled = job.state in UNFINISHED or outcome.state == "dead"
    job = replace(
        job,
        state=outcome.state if handled else job.state,
        open=outcome.state == "running",
        parts=(*job.parts, *fresh),
        next=following + len(fresh),
        # That it is unknown whether an earlier part arrived must not be overwritten.
        note=outcome.note or (job.note if job.listed_as == "unknown" else ""),
        updated=changed_at(job, view),
        due=0.0,
    )
    if outcome.custom:
        job = put(job, lambda part: part.by == FREE, CUSTOM)
    box = view.box
    if outcome.dialog is not UNSET:
        box = timed(view, box, key, outcome.answers_in)
    box = box.with_job(job)
    taken = Taken()
    if outcome.reserve:
        taken, box = _reserved(view, box, job, owner, own=outcome.reserve == "own")
    if outcome.sends and (handled_now := box.job(key)) is not None:
        box = box.with_job(to_be_sent(handled_now, view))
    after = _next(box, owner) if outcome.state != "running" else ""
    rows: Rows = {step_name(job, name): value for name, value in outcome.steps.items()}
    _note_changes(view, outcome, rows)
    return settled(view, box, Finished(taken, after, owed), rows, push=key)


def _note_changes(view: View, outcome: RunResult, rows: Rows) -> None:
    """Of the follower's session, dialog and counts what has changed."""
    if outcome.session is not UNSET and outcome.session != view.rows.get(SESSION):
        rows[SESSION] = outcome.session
    if outcome.dialog is not UNSET and outcome.dialog != view.rows.get(DIALOG):
        rows[DIALOG] = outcome.dialog
    if outcome.throttle is not UNSET:
        rows[THROTTLE] = outcome.throttle


def _is_alone(box: Mailbox, job: Job, outcome: RunResult) -> bool:
    """Whether it is the usual case: one whole answer for its own push, nothing else in hand."""
    return (
        len(box.jobs) == 1
        and outcome.reserve == "all"
        and outcome.state == "ready"
        and job.state == "running"
        and bool(outcome.bodies)
        and not (job.parts or outcome.custom or outcome.steps)
        and job.reply is None
        and not (outcome.answers_in or box.timer)
    )


def _finished_alone(view: View, job: Job, outcome: RunResult) -> Change[Finished | None]:
    """The same as `finish` in general, with fewer steps; a table test holds that."""
    first, key = job.next, job.key
    parts = tuple(
        [Part(first + at, key, job.owner, body) for at, body in enumerate(outcome.bodies)]
    )
    taken = Taken(tuple([Carried(key, part.index, part.body, job.trace) for part in parts]))
    job = replace(
        job,
        owner=NOBODY,
        state="ready",
        open=False,
        parts=parts,
        next=first + len(parts),
        note=outcome.note,
        updated=max(job.updated, view.wall),
    )
    rows: Rows = {}
    _note_changes(view, outcome, rows)
    return Change(Finished(taken), replace(view.box, jobs=(job,)), rows)


def _owes(box: Mailbox, outcome: RunResult) -> bool:
    """Whether a run that ends with nothing owes its follower a last word."""
    return is_owed(
        promised=outcome.promised,
        partly=outcome.partly,
        shown=box.shown,
        waiting=is_owing(box) and not (outcome.promised and outcome.writing),
    )


def _reserved(
    view: View, box: Mailbox, job: Job, owner: str, *, own: bool
) -> tuple[Taken, Mailbox]:
    """What the push of this job, which has just been answered, may carry."""
    if job.reply is not None:
        return Taken(reply=job.reply), box
    taken, box = offer(view, box, job.key, owner, own=own)
    # Nothing to say: decided now, so that each repeat gets the same acknowledgement.
    if not taken.parts and not taken.behind and not job.open:
        box = box.with_job(replace(job, reply=b""))
    return taken, box


def _next(box: Mailbox, owner: str) -> str:
    """The oldest message that waited for its turn and has it now, if it is the same owner's."""
    for job in box.jobs:
        if job.state == "waiting" and not is_blocked(job, box):
            return job.key if job.owner == owner else ""
    return ""


def step(view: View, key: str, owner: str, name: str, value: bytes) -> Change[bool]:
    """Keep the result of a dialog's step with the job; False when it is not this owner's."""
    job = view.box.job(key)
    if job is None or job.owner != owner or not job.open:
        return Change(False)
    return Change(True, view.box, {step_name(job, name): value})


def wait(view: View, owner: str) -> Change[Mailbox]:
    """Have `owner` told of the next change that another owner makes here."""
    return waiting(view.box, owner, view.box)
