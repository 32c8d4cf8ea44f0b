"""What cannot be done in the simulated world."""

from yizhan.errors import YizhanError


class Impossible(YizhanError):
    """A follower cannot do that now: say something without following, tap a button that is not."""

    @property
    def code(self) -> str:
        """The short name of what is wrong, as the HTTP API gives it."""
        return self.phrase.partition(".")[2]


class Unknown(Impossible):
    """Nothing of that name or number is there."""
