"""How long a scenario runs: short in `make test`, at real lengths in `make soak`."""

import os
import secrets
from typing import TypeVar

T = TypeVar("T")

SOAK = os.environ.get("SOAK") == "1"


def scaled(test: T, soak: T) -> T:
    """The one or the other."""
    return soak if SOAK else test


def fresh_seed() -> int:
    """What chance begins with: SEED of the environment, to have an earlier run again."""
    return int(os.environ.get("SEED") or secrets.randbelow(10**9))
