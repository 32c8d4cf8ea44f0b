"""The one source of time: wall time for WeChat's windows, monotonic time for everything else."""

import time
from typing import Protocol


class Clock(Protocol):
    """Tells the time; tests and the simulator bring their own."""

    def wall(self) -> float:
        """Seconds since 1970, as WeChat's CreateTime counts them; may step."""
        ...

    def monotonic(self) -> float:
        """Seconds of a clock that all processes of this host share and that never steps."""
        ...


class SystemClock:
    """The machine's own clocks."""

    wall = staticmethod(time.time)
    monotonic = staticmethod(time.monotonic)
