"""How the values of a push become Python's: lenient, for `raw` keeps what they were."""

import math
from datetime import UTC, datetime

from yizhan.wire.xml import Value


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


def count(value: Value) -> int:
    """A whole number; 0 when it is absent or malformed."""
    return whole(value) or 0


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
    """An aware time in UTC from seconds; None when it is absent or malformed."""
    seconds = whole(value)
    return None if seconds is None else moment(seconds)
