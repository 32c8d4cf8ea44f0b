"""Texts of one follower that are one message: `merge=2.0`. Pure rules.

The first one's run waits for the others; then those before the last one are acknowledged, and
the last one is run for all of them, as its pushes have the most time left. What it is run with
is kept as a step of it, in the same commit.
"""

from collections.abc import Mapping, Sequence

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from yizhan import messages
from yizhan.inbox.changing import changed_at, settled
from yizhan.messages import TextMessage
from yizhan.middleware import Incoming
from yizhan.store.mailbox import Change, Job, Message, View, step_name

MERGED = "merged"  # the step that tells what a message is run with
NOTE = "merged"  # of a message that is answered with a later one


class Following(Struct, frozen=True):
    """What came after a text: the messages, oldest first, and the seconds left for more."""

    left: float
    messages: tuple[Incoming, ...] = ()
    keys: tuple[str, ...] = ()


class Merged(Struct, frozen=True):
    """The texts that a message is run with, oldest first, and the name of its handler."""

    handler: str
    texts: tuple[str, ...]

    def dump(self) -> bytes:
        return msgspec.json.encode(self)

    def message(self, last: Incoming) -> Incoming:
        """The last message with the texts of all."""
        return messages.read({**last.raw, "Content": "\n".join(self.texts)})


class Joined(Struct, frozen=True):
    """Texts have been merged: `gone` are the keys of those that another one is run for.

    `next` is that one's, if its turn is this owner's to give.
    """

    gone: tuple[str, ...]
    next: str = ""


load = msgspec.json.Decoder(Merged).decode
_decode = msgspec.json.Decoder(dict).decode


def following(view: View, key: str, seconds: float) -> Change[Following]:
    """Which messages may be merged with that one, and how long more of them are waited for."""
    job = view.box.job(key)
    if job is None:
        return Change(Following(0.0))
    found = []
    for it in _after(job, view):
        if it.state != "waiting" or it.parts or not _is_within(seconds, job, it):
            break
        found.append(it.key)
    left = seconds - (view.now - job.first) if job.boot == view.boot else 0.0
    return Change(Following(left, keys=tuple(found)))


def _after(job: Job, view: View) -> list[Job]:
    return [it for it in view.box.jobs if it.seq > job.seq and it.open and it.ordered]


def _is_within(seconds: float, job: Job, later: Job) -> bool:
    """Whether the later one came in time; of two with a reboot between them the calendar tells."""
    if job.boot == later.boot:
        return later.first - job.first <= seconds
    return later.created - job.created <= seconds


def read(found: Following, rows: Mapping[str, Message]) -> Following:
    """The same with the messages themselves, up to one that is no written text."""
    known: list[Incoming] = []
    for key in found.keys:
        row = rows.get(key)
        message = None if row is None else messages.read(_decode(row.body))
        if message is None or not is_written(message):
            break
        known.append(message)
    return replace(found, messages=tuple(known), keys=found.keys[: len(known)])


def is_written(message: Incoming) -> bool:
    """Whether a follower wrote it: what they tapped is a whole message."""
    return isinstance(message, TextMessage) and message.menu_id is None


def join(
    view: View, key: str, owner: str, others: Sequence[str], merged: Merged
) -> Change[Joined | None]:
    """Have the last of the others run for all; None, and nothing done, if they changed."""
    box, job = view.box, view.box.job(key)
    if job is None or job.owner != owner or not job.open or job.parts:
        return Change(None)
    after = _after(job, view)[: len(others)]
    if [it.key for it in after] != list(others):
        return Change(None)
    if any(it.state != "waiting" or it.parts for it in after):
        return Change(None)
    *gone, last = job, *after
    for it in gone:
        box = box.with_job(_acknowledged(it, view))
    rows = {step_name(last, MERGED): merged.dump()}
    turn = last.key if last.owner == owner else ""
    joined = Joined(tuple(it.key for it in gone), turn)
    return settled(view, box, joined, {**rows})


def _acknowledged(job: Job, view: View) -> Job:
    reply = b"" if job.reply is None else job.reply
    updated = changed_at(job, view)
    return replace(job, state="ready", open=False, reply=reply, note=NOTE, updated=updated, due=0.0)
