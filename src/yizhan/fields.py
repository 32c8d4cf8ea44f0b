"""How the values of a push become Python's: lenient, for `raw` keeps what they were."""

import math
import re
from datetime import UTC, datetime

from yizhan.wire.xml import Value

MILLISECONDS = 10**12  # a time of so many is not in seconds: they would be 31,000 years
MESSAGE_ID = re.compile(r"[0-9]{1,20}").fullmatch


def text(value: Value) -> str:
    """The text of an element; "" when it is absent, empty or nested."""
    return value if isinstance(value, str) else ""


def optional_text(value: Value) -> str | None:
    """The text of an element; None when it is absent, empty or nested."""
    return value if value and isinstance(value, str) else None


def whole(value: Value) -> int | None:
    """A whole number; None when it is absent or malformed."""
    if not isinstance(value, str):
        return None
    try:
        return int(value)
    except ValueError:
        return None


def message_id(value: Value) -> str | None:
    """The digits of a MsgId; None when it is absent or no number."""
    return value if isinstance(value, str) and MESSAGE_ID(value) else None


def count(value: Value) -> int:
    """A whole number; 0 when it is absent or malformed."""
    return whole(value) or 0


def seconds(value: Value) -> int | None:
    """A time in seconds, from 13 digits of milliseconds too; None when absent or malformed."""
    number = whole(value)
    return number if number is None or number < MILLISECONDS else number // 1000


def decimal(value: Value) -> float:
    """A decimal number; 0.0 when it is absent, malformed or not finite."""
    try:
        number = float(text(value))
    except ValueError:
        return 0.0
    return number if math.isfinite(number) else 0.0


def flag(value: Value) -> bool:
    """Yes or no: only "1" and "true", in any case, are yes."""
    return text(value).strip().lower() in ("1", "true")


def moment(seconds: int) -> datetime:
    """An aware time in UTC; the epoch when `seconds` is beyond the calendar."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC)


def optional_moment(value: Value) -> datetime | None:
    """An aware time in UTC; None when it is absent or malformed."""
    known = seconds(value)
    return None if known is None else moment(known)
