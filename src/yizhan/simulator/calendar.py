"""Days and months as the platform counts them: by the clock of China."""

from datetime import UTC, datetime, timedelta

CHINA = timedelta(hours=8)


def day_of(now: float) -> int:
    """The number of the day, at wall seconds."""
    return _there(now).toordinal()


def month_of(now: float) -> tuple[int, int]:
    """The year and month, at wall seconds."""
    there = _there(now)
    return there.year, there.month


def _there(now: float) -> datetime:
    return datetime.fromtimestamp(now, UTC) + CHINA
