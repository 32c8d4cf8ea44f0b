"""Where the simulator's keys and ids come from: one secret seed, the same after a restart."""

import hmac
import json
import os
import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256
from pathlib import Path

FILE = "seed.json"
DIGITS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
# An AppSecret is 32 hex digits; those made here are known by their beginning.
SIMULATED = "5151515151"


class Seed:
    """Derives keys and ids from their purpose; `renew` makes the next ones for a purpose.

    With a folder the seed is kept there, readable by its owner only.
    """

    def __init__(self, folder: Path | None = None, *, secret: str = "") -> None:
        self._path = folder / FILE if folder else None
        self._secret = secret or secrets.token_hex(32)
        self._renewals: dict[str, int] = {}
        if self._path is not None:
            self._load(self._path)

    def __repr__(self) -> str:
        return "Seed()"

    def hex(self, purpose: str, length: int) -> str:
        """So many lower-case hex digits."""
        return self._bytes(purpose, length).hex()[:length]

    def text(self, purpose: str, length: int) -> str:
        """So many letters and digits."""
        return "".join(DIGITS[byte % len(DIGITS)] for byte in self._bytes(purpose, length))

    def id(self, purpose: str, length: int) -> str:
        """So many letters, digits, `-` and `_`, as openids and media ids have them."""
        return urlsafe_b64encode(self._bytes(purpose, length)).decode()[:length]

    def renew(self, purpose: str) -> None:
        """From now on this purpose has another value."""
        self._renewals[purpose] = self._renewals.get(purpose, 0) + 1
        if self._path is not None:
            self._save(self._path)

    def _bytes(self, purpose: str, count: int) -> bytes:
        number = self._renewals.get(purpose, 0)
        key = self._secret.encode()
        blocks = (
            hmac.digest(key, f"{purpose}/{number}/{block}".encode(), sha256)
            for block in range(count // 32 + 1)
        )
        return b"".join(blocks)[:count]

    def _load(self, path: Path) -> None:
        if not path.exists():
            self._save(path)
            return
        kept = json.loads(path.read_text("utf-8"))
        self._secret, self._renewals = kept["seed"], kept["renewals"]

    def _save(self, path: Path) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        text = json.dumps({"seed": self._secret, "renewals": self._renewals})
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(descriptor, "w", encoding="utf-8") as file:
            file.write(text)


def is_simulated(secret: str) -> bool:
    """Whether an AppSecret is one that a simulator made up, and so opens nothing real."""
    return secret.startswith(SIMULATED)
