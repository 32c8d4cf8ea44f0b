"""What one process counts for one account: whole numbers in a row, which a file may hold.

To count is to add one to a number: no lock, no text, no look at the time. Its place in the row is
found by its labels once, and remembered.
"""

from bisect import bisect_left
from collections.abc import Iterator
from threading import Lock
from typing import Protocol

from yizhan.metrics import series
from yizhan.metrics.series import AGAINST_FIVE, MICRO, Series

CELLS = 4096  # numbers of a process; for what exceeds them all labels are "other"
HEAD = 8  # of them tell of the row itself
RESERVED = 256  # are kept for "other"
LONGEST = 64  # bytes of the name of such a one
SUM = len(AGAINST_FIVE) + 1  # the place of a sum behind its buckets
OTHER = "other"

Key = tuple[str, ...]  # the name of a series and the values of its labels
Numbers = dict[Key, list[int]]


class Row(Protocol):
    """Whole numbers in a row: a list, or a file's memory."""

    def __getitem__(self, place: int, /) -> int: ...

    def __setitem__(self, place: int, number: int, /) -> None: ...


class Summed(Protocol):
    """What can say what all processes of an account have counted."""

    def sums(self) -> Numbers:
        """The sum, after the dead have been added up. Raises OSError or StoreError."""
        ...


class Keeping(Protocol):
    """Where the numbers of a process are kept."""

    row: Row

    @property
    def folder(self) -> "Summed":
        """Where other processes keep theirs."""
        ...

    def name(self, key: Key, cells: int, /, *, spare: int) -> bool:
        """Note what the next cells are; False if so few bytes would be left for names."""
        ...

    def end(self) -> None:
        """This process has stopped in good order."""
        ...

    def forget(self) -> None:
        """It is the parent process's, not this one's."""
        ...


class Meter:
    """Counts. The numbers begin at 0 in each process, and again after a stop."""

    def __init__(self) -> None:
        self._lock = Lock()  # for what is counted in several threads, and seldom
        self._begin()

    def _begin(self) -> None:
        self.row: Row = [0] * CELLS
        self._places: dict[Key, int] = {}
        self._shared: dict[Key, int] = {}  # those that came too late for a place of their own
        self._next = HEAD
        self._file: Keeping | None = None
        self._handler = self._place(series.HANDLER)
        self._inline = self._place(series.ANSWER, "inline")
        self.in_flight = self._place(series.IN_FLIGHT)
        self._minute = self._place(series.MINUTE)
        self._place(series.THIS_MINUTE)
        self._place(series.LAST_MINUTE)
        self._commit = self._place(series.COMMIT)
        self._threads = self._place(series.BUSY)
        self._place(series.WAITING)
        self._place(series.ABANDONED_THREADS)
        self._pushes: dict[tuple[str, str], int] = {}

    # What is counted for each message.

    def pushed(self, kind: str, outcome: str, now: float) -> None:
        """A push was answered, held or put off, at that time of the monotonic clock."""
        row = self.row
        place = self._pushes.get((kind, outcome))
        if place is None:
            place = self._pushes[kind, outcome] = self._place(series.PUSHES, kind, outcome)
        row[place] += 1
        minute = self._minute
        if (number := int(now) // 60) != row[minute]:
            row[minute + 2] = row[minute + 1] if number == row[minute] + 1 else 0
            row[minute], row[minute + 1] = number, 0
        row[minute + 1] += 1

    def answered(self, own: bool, seconds: float) -> None:
        """A push of its own has carried a message's answer, so long after its first one.

        Or another message's push, of which the time tells nothing: its follower chose it.
        """
        if not own:
            self.count(series.LATE, "push")
            return
        row, place = self.row, self._inline
        row[place + bisect_left(AGAINST_FIVE, seconds)] += 1
        row[place + SUM] += int(seconds * MICRO)

    def sent(self, seconds: float | None) -> None:
        """A message's answer was sent, so long after its first push, if that is known."""
        self.count(series.LATE, "custom")
        if seconds is not None:
            self._time(self._place(series.ANSWER, "custom"), AGAINST_FIVE, seconds)

    def handled(self, seconds: float) -> None:
        """A handler has ended after so long."""
        row, place = self.row, self._handler
        row[place + bisect_left(AGAINST_FIVE, seconds)] += 1
        row[place + SUM] += int(seconds * MICRO)

    def committed(self, seconds: float) -> None:
        """The store has committed something, which took so long."""
        self._time(self._commit, series.OF_COMMITS, seconds)

    def _time(self, place: int, buckets: tuple[float, ...], seconds: float) -> None:
        row = self.row
        row[place + bisect_left(buckets, seconds)] += 1
        row[place + len(buckets) + 1] += max(0, int(seconds * MICRO))

    # What is counted seldom.

    def count(self, of: Series, *labels: str, times: int = 1) -> None:
        """So many more of it; from any thread."""
        with self._lock:
            self.row[self._place(of, *labels)] += times

    def set(self, of: Series, number: int, *labels: str) -> None:
        """It is so many now."""
        self.row[self._place(of, *labels)] = number

    def threads(self, busy: int, waiting: int, abandoned: int) -> None:
        """So it stands with the threads of plain functions."""
        row, place = self.row, self._threads
        row[place], row[place + 1], row[place + 2] = busy, waiting, abandoned

    def of(self, name: str, *labels: str) -> int:
        """How many there are of it in this process, without the ends of its name."""
        names = (f"yizhan_{name}_total", f"yizhan_{name}")
        found = (self._places.get((it, *labels)) for it in names)
        place = next((it for it in found if it is not None), None)
        return 0 if place is None else self.row[place]

    def numbers(self) -> Iterator[tuple[Key, list[int]]]:
        """All that this process has counted."""
        for key, place in tuple(self._places.items()):
            size = series.BY_NAME[key[0]].cells
            yield key, [self.row[place + at] for at in range(size)]

    # Where it is kept.

    def keep_in(self, file: Keeping) -> None:
        """Go on counting in that file."""
        for key, numbers in self.numbers():
            file.name(key, len(numbers), spare=0)
            for at, number in enumerate(numbers):
                file.row[self._places[key] + at] = number
        self.row, self._file = file.row, file

    @property
    def file(self) -> Keeping | None:
        """The file in which it counts, if it does."""
        return self._file

    def end(self) -> None:
        """The account has stopped: what was counted is the file's."""
        if self._file is not None:
            file = self._file
            self._begin()
            file.end()

    def forget(self) -> None:
        """Begin anew in a child of the process that has counted so far."""
        if self._file is not None:
            self._file.forget()
        self._lock = Lock()
        self._begin()

    def _place(self, of: Series, *labels: str) -> int:
        key = (of.name, *labels)
        place = self._places.get(key) or self._shared.get(key)
        if place is not None:
            return place
        is_other = all(label == OTHER for label in labels)
        spare = 0 if is_other else RESERVED
        if self._next + of.cells > CELLS - spare or not self._named(key, of.cells, spare):
            if is_other:
                raise AssertionError(key)  # pragma: no cover  # there are fewer series than that
            place = self._shared[key] = self._place(of, *(OTHER for _ in labels))
            return place
        place = self._places[key] = self._next
        self._next += of.cells
        return place

    def _named(self, key: Key, cells: int, spare: int) -> bool:
        return self._file is None or self._file.name(key, cells, spare=spare * LONGEST)
