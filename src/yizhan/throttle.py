"""How often one follower may have a handler run: `throttle="5/min"`."""

import re
from typing import TypeAlias

import msgspec
from msgspec import Struct

from yizhan.errors import RegistrationError

SECONDS = {"s": 1.0, "min": 60.0, "h": 3600.0, "day": 86_400.0}
MOST = 1_000  # of which the times are kept, for each follower
_RATE = re.compile(r"\s*([1-9]\d{0,3})\s*/\s*([1-9]\d{0,3})?\s*(s|min|h|day)\s*").fullmatch

# The wall times of a follower's messages by the handler's name, oldest first.
Times: TypeAlias = dict[str, list[float]]


class Throttle(Struct, frozen=True):
    """So many messages in so many seconds, and what is said to more (None: the setting)."""

    most: int
    seconds: float
    reply: str | None = None


def throttle_of(rate: object, reply: str | None, decorator: str) -> Throttle:
    """The throttle that an author wrote as "5/min" or "20/10min". Raises RegistrationError."""
    found = _RATE(rate) if isinstance(rate, str) else None
    if found is None or int(found[1]) > MOST:
        raise RegistrationError("registration.throttle", decorator=decorator, rate=repr(rate))
    return Throttle(int(found[1]), int(found[2] or 1) * SECONDS[found[3]], reply)


def counted(kept: bytes | None, name: str, throttle: Throttle, now: float) -> bytes | None:
    """What is to be kept once this handler has run; None if the follower has written too often.

    A time in the future, of a clock that was set back, counts no longer.
    """
    times = _times(kept)
    recent = [at for at in times.get(name, []) if now - throttle.seconds < at <= now]
    if len(recent) >= throttle.most:
        return None
    return msgspec.json.encode({**times, name: [*recent, now]})


def _times(kept: bytes | None) -> Times:
    if kept is None:
        return {}
    try:
        return msgspec.json.decode(kept, type=Times)
    except msgspec.MsgspecError:  # torn, or of a later version: to count anew does no harm
        return {}
