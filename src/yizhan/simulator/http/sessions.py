"""What opens the page: a one-time link, and the session that it begins."""

import secrets
import time
from collections.abc import Callable, Iterable
from hashlib import sha256
from hmac import compare_digest
from hmac import digest as mac
from pathlib import Path

from yizhan.place import secret_in

COOKIE = "yizhan"
LIFE = 7 * 86_400  # seconds that a session lasts
SIZE = 32  # bytes of a key


class Sessions:
    """One-time tokens, and sessions that are known by their signature.

    `name` tells this simulator's cookie from those of others on this machine, for cookies do not
    know ports; with a `key` that is kept, sessions outlive the process.
    """

    def __init__(
        self,
        name: str = "",
        key: bytes = b"",
        *,
        tokens: Iterable[str] = (),
        now: Callable[[], float] = time.time,
    ) -> None:
        self.cookie = f"{COOKIE}_{name or secrets.token_hex(4)}"
        self.tokens = set(tokens)
        self._key = key or secrets.token_bytes(SIZE)
        self._now = now

    def issue(self) -> str:
        """A token that opens one session."""
        token = secrets.token_urlsafe(24)
        self.tokens.add(token)
        return token

    def exchange(self, token: str) -> str | None:
        """A session for a token, which is spent by that; None for a bad one."""
        if token not in self.tokens:
            return None
        self.tokens.discard(token)
        claim = f"{int(self._now()) + LIFE}.{secrets.token_urlsafe(12)}"
        return f"{claim}.{self._signed(claim)}"

    def known(self, session: str) -> bool:
        """Whether this is a session of ours that still lasts."""
        claim, _, signature = session.rpartition(".")
        if not compare_digest(signature.encode(), self._signed(claim).encode()):
            return False
        return self._now() < int(claim.partition(".")[0])

    def _signed(self, claim: str) -> str:
        return mac(self._key, claim.encode(), sha256).hex()


def key_in(path: Path) -> bytes:
    """The key in that file, made at first; its owner alone may read it. Raises OSError."""
    return secret_in(path, lambda: secrets.token_bytes(SIZE), SIZE)
