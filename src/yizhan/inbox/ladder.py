"""The ladder: what a push gets, decided from the time and the facts alone.

Pure: no clock, no await, no store. Every boundary of the five seconds is a number
here and a row of a table test. Times are seconds of one monotonic clock.
"""

from typing import Literal

from msgspec import Struct

PUSHES = 3  # WeChat sends a message three times in all (docs/protocol.md#e3)
INTERVAL = 5.0  # and waits this long for each answer; no later one may ride on the last push
LAST_PUSH_AFTER = (PUSHES - 1) * INTERVAL  # seconds after the first
MOMENT = 0.25  # past the deadline, for what is about to come through
HOLD_END = 5.5  # when WeChat has hung up on a held push; a process that stood still may not know
NO_MORE = 8.0  # this long after a hold's end no further push is expected
UNCARRIED = HOLD_END + NO_MORE  # an answer that no push has taken by then is sent by anybody
TRIAL = 3600.0  # from one try of an account whose messages WeChat refuses to the next
MISSED = {1: (4.0, 9.0), 2: (9.0, 20.0)}  # pushes that reached nobody: ages at the first that did
ENDING = 2.0  # seconds for what is in hand when a server is told to stop: it waits 3 s or longer
AFTER_REPLY = 0.8  # a reply needs this long to a screen: what overtakes it is read before it


class Limits(Struct, frozen=True):
    """The account's own numbers: seconds to the deadline, pushes that may be held."""

    timeout: float = 4.5
    hold: int = 2


class JobView(Struct, frozen=True):
    """A job as the ladder sees it: whether its answer is there, or can no more come here.

    `behind` means that something else is to come through first, and `handed_over` that
    this process stops and another one goes on with the job.
    """

    ready: bool
    behind: bool = False
    handed_over: bool = False


class PushView(Struct, frozen=True):
    """A push as the ladder sees it.

    `number` is which push it is (1 to 3), `shown` whether a passive reply to it would
    be shown, `connected` whether WeChat still waits. At `ends` its server waits no longer for
    a response and takes no further push, if that is known.
    """

    arrived: float
    number: int
    shown: bool = True
    connected: bool = True
    ends: float | None = None


class Rights(Struct, frozen=True):
    """What the account may do for this follower now: send a customer-service message."""

    custom: bool = False


class Answer(Struct, frozen=True):
    """Reply inline with what there is, or acknowledge when there is nothing to say."""


class Hold(Struct, frozen=True):
    """Keep the connection open and decide again at `until`, or when something happens."""

    until: float


class Close(Struct, frozen=True):
    """End the connection without an answer; WeChat's next push joins."""


class Acknowledge(Struct, frozen=True):
    """Say `success`: no reply to this push would be shown."""


class Later(Struct, frozen=True):
    """The answer comes by customer-service message, or rides on the follower's next push."""

    way: Literal["custom", "push"]


Shows = Literal["yes", "no", "unknown", "never"]  # whether a reply to a push is shown
Fate = Literal["reserve", "own", "custom", "push", "drop"]


def fate(shows: Shows, *, custom: bool, waits: bool) -> Fate:
    """What becomes of an answer that is there: by whether a reply to its push is shown.

    `custom` tells whether a customer-service message may be sent now, `waits` whether a push
    of it still waits. "reserve": it goes out on its push with what waits before it; "own":
    alone, since nobody knows whether that is shown; "drop": nobody would see it, and it
    would make no sense later.
    """
    if shows == "yes":
        return "reserve" if waits else "push"
    if shows == "never" or (shows == "no" and not custom):
        return "drop"
    if custom:
        return "custom"
    return "own" if waits else "push"


Step = Answer | Hold | Close | Acknowledge | Later


def number(arrivals: int, elapsed: float, age: float = 0.0) -> int:
    """Which push this is: by arrivals counted or time since the first; in doubt the later.

    `age` is how old the message was when its first push arrived here: one of some seconds
    had a push before that, or two, which reached nobody.
    """
    if arrivals == 1 and elapsed < INTERVAL and age < MISSED[1][0]:  # as nearly always
        return 1
    missed = next((count for count, (least, most) in MISSED.items() if least <= age < most), 0)
    return min(PUSHES, max(arrivals, int(elapsed // INTERVAL) + 1) + missed)


def age(arrived: float, created: float, ahead: float) -> float:
    """How old a message was when it arrived, by a clock so many seconds ahead of WeChat's."""
    return arrived - created - ahead


def pause(now: float, written: float | None) -> float:
    """How long a customer-service message waits for the reply written before it, if any was."""
    return 0.0 if written is None else max(0.0, written + AFTER_REPLY - now)


def may_try(now: float, tried: float | None) -> bool:
    """Whether a message may be sent by an account that was last refused then, if it ever was."""
    return tried is None or now >= tried + TRIAL


def end_of(arrived: float, stopping: float | None, cancelled: float | None) -> float | None:
    """When a push's server waits no longer for its response, if that is known.

    It was told to stop at `stopping`, or has cancelled this very push.
    """
    if cancelled is not None or stopping is None:
        return cancelled
    return max(stopping, arrived) + ENDING


def cut(now: float, arrived: float) -> bool:
    """Whether a push that its server cancels then is one that WeChat has hung up on, in doubt."""
    return now >= arrived + INTERVAL - MOMENT


def decide(now: float, job: JobView, push: PushView, rights: Rights, limits: Limits) -> Step:
    """The one decision: what this push gets at this moment."""
    held = push.number <= limits.hold and push.number < PUSHES and push.ends is None
    end = push.arrived + (HOLD_END if held else INTERVAL)
    if not push.connected or now >= end:
        return Close()
    deadline = push.arrived + limits.timeout
    if push.ends is not None:
        deadline = min(deadline, push.ends)
    if job.behind and now < deadline + MOMENT and not job.handed_over:
        return Hold(deadline + MOMENT)
    if job.ready:
        return Answer()
    if now < deadline and not job.handed_over:
        return Hold(deadline)
    if not push.shown:
        return Acknowledge()
    if held:
        return Close() if job.handed_over else Hold(end)
    return Later("custom" if rights.custom else "push")
