"""Which kind of account may call what (protocol.md G4), and how often a day (G3)."""

from collections.abc import Mapping
from typing import Literal

from yizhan.settings import Kind

Right = Literal["basic", "menu", "custom", "user", "qrcode", "media", "template"]
RIGHTS: tuple[Right, ...] = ("basic", "menu", "custom", "user", "qrcode", "media", "template")

_ALL: frozenset[Right] = frozenset(RIGHTS)
BY_KIND: Mapping[tuple[Kind, bool], frozenset[Right]] = {
    ("subscription", False): frozenset({"basic"}),
    ("subscription", True): frozenset({"basic", "menu", "custom", "user", "media"}),
    ("service", False): frozenset({"basic", "menu"}),
    ("service", True): _ALL,
    # A 测试号 has almost all rights, with small quotas.
    ("sandbox", False): _ALL,
    ("sandbox", True): _ALL,
}

# Calls a day: an ordinary new account's, and a 测试号's (protocol.md G3).
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
}
CHINA = 8 * 3600  # the platform's day begins at midnight in China


def has(kind: Kind, verified: bool, right: Right) -> bool:
    """Whether such an account has that right."""
    return right in BY_KIND[kind, verified]


class Ledger:
    """How often each path was called today."""

    def __init__(self) -> None:
        self._day = 0
        self._used: dict[str, int] = {}

    def charge(self, path: str, kind: Kind, now: float) -> bool:
        """Count one call; False if the day's quota is used up."""
        self._turn(now)
        limit = limit_of(path, kind)
        used = self._used.get(path, 0)
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

    def clear(self) -> None:
        """Begin afresh, as clear_quota does."""
        self._used.clear()

    def _turn(self, now: float) -> None:
        day = int(now + CHINA) // 86_400
        if day != self._day:
            self._day = day
            self._used.clear()


def limit_of(path: str, kind: Kind) -> int | None:
    """Calls a day on that path; None where no figure is known."""
    quota = QUOTAS.get(path)
    return None if quota is None else quota[kind == "sandbox"]
