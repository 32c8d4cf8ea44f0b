"""How long a scenario runs: short in `make test`, at real lengths in `make soak`."""

import os
from typing import TypeVar

T = TypeVar("T")

SOAK = os.environ.get("SOAK") == "1"


def scaled(test: T, soak: T) -> T:
    """The one or the other."""
    return soak if SOAK else test
