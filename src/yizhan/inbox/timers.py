"""A question with a default that nobody answers in time: its handler goes on. Pure rules.

A timer lies in the mailbox from the commit with which the question is asked until the one with
which its dialog changes. When it has run out, a message of our own is put in hand, whose run
answers the question with the default; from then on it is a message like any other.
"""

import msgspec
from msgspec.structs import replace

from yizhan import messages
from yizhan.events import Event
from yizhan.events.reading import read_as
from yizhan.inbox import upkeep
from yizhan.inbox.upkeep import Adopted, Death, Terms
from yizhan.middleware import Incoming
from yizhan.store.mailbox import (
    AT_LEAST,
    NOBODY,
    Change,
    Job,
    Mailbox,
    Message,
    Timer,
    View,
    longest_back_off,
)
from yizhan.wire.xml import Raw

NAME = "ask_timeout"  # no event of WeChat's
BUSY = 5.0  # seconds until a timer is looked at again behind a message that is being handled

_encode = msgspec.json.Encoder().encode


class TimedOut(Event, frozen=True, kw_only=True):
    """The time for an answer has run out; `key` tells in answer to what was asked."""


def read(raw: Raw) -> Incoming:
    """The message of a row: a push's, or one of our own."""
    if raw.get("Event") == NAME:
        return read_as(TimedOut, raw)
    return messages.read(raw)


def timed(view: View, box: Mailbox, asked: str, seconds: float) -> Mailbox:
    """The mailbox with the timer of the question that is open now; no seconds, no default."""
    if not seconds:
        return box if box.timer is None else replace(box, timer=None)
    due = view.wall + min(seconds, AT_LEAST)
    return replace(box, timer=Timer(asked, seconds, view.now, view.boot, view.wall, due))


def adopt(view: View, death: Death, owner: str, terms: Terms, openid: str) -> Change[Adopted]:
    """Take over what a dead owner had in hand, or what is due: a timer, too."""
    change = upkeep.adopt(view, death, owner, terms)
    if death.owner != NOBODY or view.box.timer is None:
        return change
    box = change.box or view.box
    rung = ring(replace(view, box=box), owner, terms.lease, openid)
    if rung.box is None:
        return change
    adopted = change.result
    if rung.result is not None:
        adopted = replace(adopted, timed_out=(rung.result,))
    gives = change.gives or rung.gives
    return replace(change, result=adopted, box=rung.box, insert=rung.insert, gives=gives)


def ring(view: View, owner: str, lease: float, openid: str) -> Change[Job | None]:
    """Put in hand what a timer stands for that has run out, else let it rest once more."""
    box, timer = view.box, view.box.timer
    if timer is None or (
        timer.due > view.wall and timer.due <= view.wall + longest_back_off(lease)
    ):
        return Change(None)
    left = _left(timer, view)
    if left > 0 or any(job.open for job in box.jobs):
        rest = min(left, longest_back_off(lease)) if left > 0 else BUSY
        return Change(None, replace(box, timer=_rested(timer, view, left, rest)))
    box = replace(box, timer=None)
    key = f"{timer.asked}:timeout:{box.seq + 1}"
    if key in view.messages:
        return Change(None, box)
    row = _message(view, key, timer, openid)
    job = Job(
        key=key,
        seq=row.seq,
        created=row.created,
        first=row.first,
        boot=row.boot,
        owner=owner,
        state="waiting",
        updated=row.updated,
    )
    box = replace(box, jobs=(*box.jobs, job), seq=row.seq)
    return Change(job, box, insert=row, gives=True)


def _left(timer: Timer, view: View) -> float:
    """Seconds until it runs out: by the store's clock, after a reboot by the calendar.

    A calendar that was set back makes it wait no longer than from the beginning.
    """
    if timer.boot == view.boot:
        return timer.seconds - max(0.0, view.now - timer.since)
    return timer.seconds - max(0.0, view.wall - timer.at)


def _rested(timer: Timer, view: View, left: float, rest: float) -> Timer:
    due = view.wall + rest
    if timer.boot == view.boot:
        return replace(timer, due=due)
    seconds = max(0.0, left)  # from now on by the clock of this boot
    return Timer(timer.asked, seconds, view.now, view.boot, view.wall, due)


def _message(view: View, key: str, timer: Timer, openid: str) -> Message:
    to_user = timer.asked.partition(":")[0]
    raw = {
        "ToUserName": to_user,
        "FromUserName": openid,
        "CreateTime": str(int(view.wall)),
        "MsgType": "event",
        "Event": NAME,
        "EventKey": timer.asked,
    }
    return Message(
        key=key,
        openid=openid,
        body=_encode(raw),
        seq=view.box.seq + 1,
        created=view.wall,
        first=view.now,
        boot=view.boot,
        updated=view.wall,
    )
