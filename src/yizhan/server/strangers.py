"""Connections on which nobody has shown yet that WeChat is at their other end."""

import logging
import resource
import time
from collections.abc import Callable
from typing import Protocol

from yizhan.phrases import say

MOST = 4096  # each may hold 16 KiB of a head
BETWEEN = 10.0  # seconds between two lines of the log about the same

log = logging.getLogger("yizhan")


class Connection(Protocol):
    """What can be cut."""

    def cut(self) -> None:
        """Close it at once."""
        ...


def half_of_the_descriptors() -> int:
    """As many connections as leave half of the process's descriptors to others."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST if soft == resource.RLIM_INFINITY else max(1, min(MOST, soft // 2))


class Strangers:
    """The connections that have sent no verified request; beyond the bound the oldest is cut.

    Whoever connects and says nothing loses the place to who comes later, so a flood of such
    connections keeps no signed push out: it brings its query along with its connection.
    """

    def __init__(self, most: Callable[[], int] = half_of_the_descriptors) -> None:
        self._most = most
        self._connections: dict[Connection, None] = {}
        self._cut = 0
        self._told = -BETWEEN

    def __len__(self) -> int:
        return len(self._connections)

    def add(self, connection: Connection) -> None:
        """Take on a new connection."""
        if len(self._connections) >= self._most():
            oldest = next(iter(self._connections))
            self.discard(oldest)
            oldest.cut()
            self._cut += 1
            self._tell()
        self._connections[connection] = None

    def discard(self, connection: Connection) -> None:
        """It has sent a verified request, or has ended."""
        self._connections.pop(connection, None)

    def _tell(self) -> None:
        now = time.monotonic()
        if now - self._told >= BETWEEN:
            log.warning("%s", say("server.strangers", count=self._cut, most=self._most()))
            self._told, self._cut = now, 0
