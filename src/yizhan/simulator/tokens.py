"""Access tokens with their real lifetimes (docs/protocol.md#g1)."""

from typing import Literal

from msgspec import Struct

from yizhan.simulator.seed import Seed

LIFE = 7200.0
OVERLAP = 300.0  # seconds in which the token before is still good
FORCED_APART = 30.0
FORCED_A_DAY = 20

Standing = Literal["good", "expired", "replaced", "unknown"]


class Token(Struct):
    """An access token; wall seconds of its making and of its end."""

    value: str
    made: float
    until: float
    replaced: bool = False


class Tokens:
    """The families of tokens of one account; none ends another's."""

    def __init__(self, seed: Seed, account: str) -> None:
        self._seed = seed
        self._account = account
        self._plain: Token | None = None
        self._stable: Token | None = None
        self._lent: Token | None = None
        self._issued: dict[str, Token] = {}
        self._forced: list[float] = []

    def plain(self, now: float) -> tuple[str, int]:
        """A new token of /cgi-bin/token and its seconds; the one before lives five minutes."""
        self._retire(self._plain, now + OVERLAP)
        self._plain = self._new(now)
        return self._plain.value, int(LIFE)

    def stable(self, now: float, *, force: bool = False) -> tuple[str, int] | None:
        """The token of /cgi-bin/stable_token and the seconds it has left.

        The same until its last five minutes. Forced, a new one that ends the old at once;
        None when the day's twenty are used up.
        """
        token = self._stable
        if force:
            if not self._may_force(now):
                return None
            if not self._forced or now - self._forced[-1] >= FORCED_APART:
                self._forced.append(now)
                self._retire(token, now)
                token = None
        if token is None or now >= token.until - OVERLAP:
            token = self._stable = self._new(now)
        return token.value, int(token.until - now)

    def lent(self, now: float) -> str:
        """A new token for a platform that acts for the account; the one before as above."""
        self._retire(self._lent, now + OVERLAP)
        self._lent = self._new(now)
        return self._lent.value

    def withdraw(self, now: float) -> None:
        """End what was lent: the platform acts for the account no more."""
        self._retire(self._lent, now)
        self._lent = None

    def standing(self, value: str, now: float) -> Standing:
        """What an access token is worth now."""
        token = self._issued.get(value)
        if token is None:
            return "unknown"
        if now < token.until:
            return "good"
        return "replaced" if token.replaced else "expired"

    def revoke(self) -> None:
        """End every token: another process has taken over, or the secret was reset."""
        for token in self._issued.values():
            token.replaced, token.until = True, 0.0
        self._plain = self._stable = self._lent = None

    def _new(self, now: float) -> Token:
        value = self._seed.id(f"access_token/{self._account}/{len(self._issued)}", 136)
        token = self._issued[value] = Token(value, now, now + LIFE)
        return token

    def _retire(self, token: Token | None, until: float) -> None:
        if token is not None and until < token.until:
            token.replaced, token.until = True, until

    def _may_force(self, now: float) -> bool:
        self._forced = [at for at in self._forced if now - at < 86_400]
        return len(self._forced) < FORCED_A_DAY
