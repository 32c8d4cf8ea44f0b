"""A clock that tests turn."""


class FakeClock:
    """Both clocks stand still until told."""

    def __init__(self) -> None:
        self.wall_time = 1_800_000_000.25
        self.lease_time = 5_000.0

    def wall(self) -> float:
        return self.wall_time

    def monotonic(self) -> float:
        return self.lease_time

    def step(self, seconds: float) -> None:
        """What NTP or a hand does to the wall clock."""
        self.wall_time += seconds
