"""Visitors of an account's web pages: login codes and their tokens (docs/protocol.md#i8)."""

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from yizhan.simulator.errcodes import Errcode
from yizhan.simulator.seed import Seed

CODE = 300.0  # seconds that a code is good
TOKEN = 7200.0
REFRESH = 30 * 86_400.0

Scope = Literal["snsapi_base", "snsapi_userinfo"]


class Visit(Struct, frozen=True):
    """What a code or a token stands for; `until` is wall seconds, `used` is said of codes."""

    openid: str
    scope: Scope
    until: float
    used: bool = False


class Visits:
    """The codes and tokens of one account's visitors."""

    def __init__(self, seed: Seed, account: str) -> None:
        self._seed = seed
        self._account = account
        self._codes: dict[str, Visit] = {}
        self._tokens: dict[str, Visit] = {}
        self._refreshes: dict[str, Visit] = {}

    def come(self, openid: str, now: float, scope: Scope = "snsapi_base") -> str:
        """The code with which the login page sends a visitor back."""
        return self._keep(self._codes, "code", Visit(openid, scope, now + CODE))

    def redeem(self, code: str, now: float) -> tuple[str, str, Visit]:
        """The tokens for a code, which works once. Raises Errcode."""
        visit = self._codes.get(code)
        if visit is None:
            raise Errcode(40029)
        if visit.used:
            raise Errcode(40163)
        if now >= visit.until:
            raise Errcode(42003)
        self._codes[code] = replace(visit, used=True)
        return self._issue(visit, now)

    def refresh(self, token: str, now: float) -> tuple[str, str, Visit]:
        """The next tokens. Raises Errcode."""
        visit = self._refreshes.get(token)
        if visit is None:
            raise Errcode(40030)
        if now >= visit.until:
            raise Errcode(42002)
        return self._issue(visit, now)

    def by_token(self, token: str, now: float) -> Visit | None:
        """Whose token that is; None if it is none of here. Raises Errcode for an expired one."""
        visit = self._tokens.get(token)
        if visit is not None and now >= visit.until:
            raise Errcode(42001)
        return visit

    def _issue(self, visit: Visit, now: float) -> tuple[str, str, Visit]:
        token = self._keep(self._tokens, "token", replace(visit, until=now + TOKEN))
        refresh = self._keep(self._refreshes, "refresh", replace(visit, until=now + REFRESH))
        return token, refresh, visit

    def _keep(self, kept: dict[str, Visit], kind: str, visit: Visit) -> str:
        value = self._seed.id(f"visit/{self._account}/{kind}/{len(kept)}", 64)
        kept[value] = visit
        return value
