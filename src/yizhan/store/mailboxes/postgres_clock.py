"""The server's time, read from this host's monotonic clock and the offset that was measured."""

from math import inf

from yizhan.clock import Clock
from yizhan.store.applying import Times

BOOT = "postgres"  # all processes read one clock: the server's
LASTS = 60.0  # seconds after which any measurement is better than the old one
AS_GOOD = 1.05  # one that took this much longer than the last that counted is as good


class ServerClock:
    """Every answer of the server tells its time; the quickest answers tell it best."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._offset = 0.0
        self._took = inf
        self._measured = -inf

    def local(self) -> float:
        """This host's monotonic time."""
        return self._clock.monotonic()

    def heard(self, server: float, sent: float) -> None:
        """An answer said that time; its question was sent at that local time."""
        now = self.local()
        took = now - sent
        if took <= self._took * AS_GOOD or now - self._measured > LASTS:
            self._offset = server - (sent + took / 2)
            self._took, self._measured = took, now

    def times(self) -> Times:
        """The server's time now; it is its wall time too."""
        now = self.local() + self._offset
        return Times(now, now, BOOT)
