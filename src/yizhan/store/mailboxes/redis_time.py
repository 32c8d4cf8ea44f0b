"""The server's time, by what it said and how long its answers took."""

from collections.abc import Callable, Sequence
from math import inf
from typing import cast

from yizhan.store.applying import Times

BOOT = "redis"  # its clock has one name: it outlives every process


class ServerTime:
    """Keeps within which bounds the server's clock is ahead of this process's."""

    def __init__(self, local: Callable[[], float], read: Callable[[float], float]) -> None:
        self._local = local
        self._read = read
        self._least, self._most = -inf, inf

    def local(self) -> float:
        """This process's monotonic time, to be given when the answer has come."""
        return self._local()

    def told(self, time: object, sent: float) -> None:
        """Take an answer's time, asked for at `sent`: seconds and microseconds, as TIME says."""
        seconds, rest = cast("Sequence[bytes]", time)
        at = self._read(int(seconds) + int(rest) / 1e6)
        least, most = at - self._local(), at - sent
        self._least, self._most = max(least, self._least), min(most, self._most)
        if self._least > self._most:  # one of the clocks was set, or has drifted
            self._least, self._most = least, most

    def times(self) -> Times:
        """What its clock says now."""
        now = self._local() + (self._least + self._most) / 2
        return Times(now, now, BOOT)
