"""Messages that are run again: several at a time, but each of them alone for its last try."""

from collections.abc import Callable


class Reruns:
    """Keeps a message that ends its process from condemning the others that ran beside it.

    Nobody knows afterwards which of those that ran it was. So whatever had a last try beside
    no other re-run, and died in it, died of itself.
    """

    def __init__(self) -> None:
        self._running: dict[str, bool] = {}  # key -> whether it is its last try
        self._waiting: dict[str, tuple[bool, Callable[[], None]]] = {}

    def ask(self, key: str, last: bool, begin: Callable[[], None]) -> None:
        """Have it begun as soon as it may: maybe at once, in the order of asking."""
        self._waiting[key] = last, begin
        self._begin_next()

    def end(self, key: str) -> None:
        """It has ended, or does not want to begin any more; another may begin."""
        waited = self._waiting.pop(key, None) is not None
        ran = self._running.pop(key, None) is not None
        if waited or ran:
            self._begin_next()

    def _begin_next(self) -> None:
        for key, (last, begin) in tuple(self._waiting.items()):
            if any(self._running.values()) or (last and self._running):
                return
            if self._waiting.pop(key, None) is None:  # what was begun has ended it meanwhile
                continue
            self._running[key] = last
            begin()
