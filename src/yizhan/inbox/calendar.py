"""Whether this process's wall clock may be believed when it says that something is old."""

from yizhan.clock import Clock

AGREED = 300.0  # seconds by which our time and that of a signed push may differ
STEP = 1.0  # seconds by which wall and monotonic clock may drift apart without a step


class Calendar:
    """Compares the wall clock with what WeChat signs, and notices when it is stepped.

    A machine may start with the calendar of another month. What is old by such a clock must
    not be deleted for it, so age counts only once a push has confirmed the clock, and after
    every step once another one has. `unsure` tells that one is waited for.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ahead = 0.0  # of the monotonic clock, when a push confirmed it
        self.unsure = True

    def compare(self, timestamp: int) -> None:
        """Take note of the time of a push whose signature is right."""
        wall = self._clock.wall()
        if abs(wall - timestamp) <= AGREED:
            self._ahead = wall - self._clock.monotonic()
            self.unsure = False

    def confirmed(self) -> float | None:
        """The wall time, if a push has confirmed the clock since its last step; else None."""
        wall = self._clock.wall()
        if abs(wall - self._clock.monotonic() - self._ahead) > STEP:
            self.unsure = True
        return None if self.unsure else wall
