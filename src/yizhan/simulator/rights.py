"""Which kind of account may call what, and how often a day (docs/protocol.md#g3, #g4)."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from yizhan.api.platform import platform
from yizhan.settings import Kind

CHINA = timedelta(hours=8)  # days and months are counted by the clock of China

# What the page shows of an account's rights: its word, and the right's name in rights.toml.
SHOWN: Mapping[str, str] = {
    "custom": "verified",
    "menu": "menu",
    "user": "verified",
    "qrcode": "service",
    "media": "verified",
    "template": "service",
}

# Calls a day: an ordinary new account's, and a 测试号's (docs/protocol.md#g3).
QUOTAS: Mapping[str, tuple[int, int]] = {
    "/cgi-bin/token": (2000, 200),
    "/cgi-bin/menu/create": (1000, 100),
    "/cgi-bin/menu/get": (10_000, 1000),
    "/cgi-bin/menu/delete": (1000, 100),
    "/cgi-bin/media/upload": (100_000, 500),
    "/cgi-bin/media/get": (200_000, 1000),
    "/cgi-bin/message/custom/send": (500_000, 50_000),
    "/cgi-bin/qrcode/create": (100_000, 10_000),
    "/cgi-bin/user/get": (500, 100),
    "/cgi-bin/user/info": (5_000_000, 500_000),
    "/cgi-bin/user/info/updateremark": (10_000, 10_000),
    "/cgi-bin/message/mass/sendall": (100, 100),
    "/cgi-bin/message/mass/send": (100, 100),
    "/cgi-bin/message/mass/preview": (100, 100),
    "/cgi-bin/draft/add": (1000, 1000),
    "/cgi-bin/draft/get": (500, 500),
    "/cgi-bin/draft/delete": (1000, 1000),
    "/cgi-bin/draft/update": (1000, 1000),
    "/cgi-bin/draft/count": (1000, 1000),
    "/cgi-bin/draft/batchget": (1000, 1000),
    "/cgi-bin/freepublish/submit": (100, 100),
    "/cgi-bin/freepublish/get": (100, 100),
    "/cgi-bin/freepublish/getarticle": (100, 100),
    "/cgi-bin/freepublish/batchget": (100, 100),
    "/cgi-bin/freepublish/delete": (10, 10),
}
CLEARINGS = 10  # clear_quota a month


def has(kind: Kind, verified: bool, right: str) -> bool:
    """Whether such an account has the right of that name in rights.toml."""
    name = f"{kind}-verified" if verified and kind != "sandbox" else kind
    return name in platform().rights[right].kinds


class Ledger:
    """How often each path was called today."""

    def __init__(self) -> None:
        self._day = 0
        self._month = (0, 0)
        self._cleared = 0
        self._used: dict[str, int] = {}

    def charge(self, path: str, kind: Kind, now: float) -> bool:
        """Count one call; False if the day's quota is used up."""
        self._turn(now)
        limit, used = limit_of(path, kind), self._used.get(path, 0)
        if limit is not None and used >= limit:
            return False
        self._used[path] = used + 1
        return True

    def used(self, now: float) -> Mapping[str, int]:
        """Calls today by path."""
        self._turn(now)
        return dict(self._used)

    def spend(self, path: str, kind: Kind, now: float) -> None:
        """Use up the day's quota of a path."""
        self._turn(now)
        self._used[path] = limit_of(path, kind) or 0

    def clear(self, now: float) -> bool:
        """Begin afresh, as clear_quota does; False when that was done ten times this month."""
        month = month_of(now)
        if month != self._month:
            self._month, self._cleared = month, 0
        if self._cleared >= CLEARINGS:
            return False
        self._cleared += 1
        self._used.clear()
        return True

    def _turn(self, now: float) -> None:
        day = day_of(now)
        if day != self._day:
            self._day = day
            self._used.clear()


def limit_of(path: str, kind: Kind) -> int | None:
    """Calls a day on that path; None where no figure is known."""
    quota = QUOTAS.get(path)
    return None if quota is None else quota[kind == "sandbox"]


def day_of(now: float) -> int:
    """The number of the day, at wall seconds."""
    return _there(now).toordinal()


def month_of(now: float) -> tuple[int, int]:
    """The year and month, at wall seconds."""
    there = _there(now)
    return there.year, there.month


def _there(now: float) -> datetime:
    return datetime.fromtimestamp(now, UTC) + CHINA
