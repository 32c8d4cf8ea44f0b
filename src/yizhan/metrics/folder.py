"""The files of the processes that serve one account on this machine, and their sum.

What the dead have counted goes into one file, with the names of theirs, before those are removed:
so it is added once, whenever the process that does so is killed. A lock on the folder keeps
whoever reads from seeing half of that.
"""

import fcntl
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from yizhan.errors import StoreError
from yizhan.metrics import series
from yizhan.metrics.file import SUFFIX, Counted, CountFile, read
from yizhan.metrics.meter import Numbers

TOTAL = "dead.json"
LOCK = "lock"
PATIENCE = 2.0  # seconds to wait for another process that adds up the dead
PAUSE = 0.01


class Dead(Struct):
    """What processes that are no more have counted; the files of `absorbed` are in it."""

    counts: list[tuple[tuple[str, ...], list[int]]] = []
    absorbed: list[str] = []


class Folder:
    """Where the processes of one account keep what they count; only their owner may look."""

    def __init__(self, path: Path, within: Path | None = None) -> None:
        self.path = path
        self._within = within  # a folder of this user's that is made as well

    def make(self) -> CountFile:
        """A file for this process; what the dead have left is added up. Raises OSError."""
        for path in filter(None, (self._within, self.path)):
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            _check_owner(path)
        with self._locked(fcntl.LOCK_EX):
            self._bury()
            name = f"{os.getpid()}-{secrets.token_hex(4)}{SUFFIX}"
            return CountFile(self.path / name, self)

    def sums(self) -> Numbers:
        """The sum, after the dead have been added up. Raises OSError."""
        with self._locked(fcntl.LOCK_EX):
            self._bury()
            return self._sums()

    def look(self) -> Numbers:
        """The same; nothing is changed. Raises OSError."""
        with self._locked(fcntl.LOCK_SH):
            return self._sums()

    def _sums(self) -> Numbers:
        dead = self._dead()
        numbers: Numbers = dict(dead.counts)
        minutes: list[tuple[int, int, int]] = []
        for path in self._files():
            if path.name in dead.absorbed or (counted := _read(path)) is None:
                continue
            own = dict(counted.numbers())
            minutes.append(_minutes(own))
            _add(numbers, own, gauges=counted.is_living)
            if not (counted.is_living or counted.ended):
                _add_death(numbers)
        numbers[(series.LAST_MINUTE.name,)] = [_a_minute(minutes, time.monotonic())]
        return numbers

    def _bury(self) -> None:
        """Add up the dead, and remove their files."""
        dead = self._dead()
        numbers: Numbers = dict(dead.counts)
        gone = []
        for path in self._files():
            if path.name in dead.absorbed:
                gone.append(path)
            elif (counted := _read(path)) is None:
                continue
            elif not counted.is_living:
                gone.append(path)
                _add(numbers, dict(counted.numbers()), gauges=False)
                if not counted.ended:
                    _add_death(numbers)
        if not gone:
            return
        self._write(Dead(list(numbers.items()), [path.name for path in gone]))
        for path in gone:
            path.unlink(missing_ok=True)

    def _dead(self) -> Dead:
        try:
            return msgspec.json.decode((self.path / TOTAL).read_bytes(), type=Dead)
        except (FileNotFoundError, msgspec.MsgspecError):  # broken: the counts begin anew
            return Dead()

    def _write(self, dead: Dead) -> None:
        new = self.path / f"{TOTAL}.new"
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(msgspec.json.encode(dead))
        new.replace(self.path / TOTAL)

    def _files(self) -> list[Path]:
        return sorted(self.path.glob(f"*{SUFFIX}"))

    @contextmanager
    def _locked(self, how: int) -> Iterator[None]:
        """Hold the folder's lock; StoreError if another process holds it for long."""
        flags = os.O_RDONLY if how == fcntl.LOCK_SH else os.O_RDWR | os.O_CREAT
        handle = os.open(self.path / LOCK, flags, 0o600)
        try:
            deadline = time.monotonic() + PATIENCE
            while not _lock(handle, how):
                if time.monotonic() >= deadline:
                    raise StoreError("store.locked", seconds=PATIENCE)
                time.sleep(PAUSE)
            yield
        finally:
            os.close(handle)


def _lock(handle: int, how: int) -> bool:
    try:
        fcntl.flock(handle, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _read(path: Path) -> Counted | None:
    """What a process has counted; None for what is no such file, or is gone."""
    with suppress(OSError, ValueError):
        return read(path)
    return None


def _add(numbers: Numbers, more: Numbers, *, gauges: bool) -> None:
    """Add these; gauges only of a process that lives."""
    for key, counts in more.items():
        known = series.BY_NAME.get(key[0])
        if known is None or known in series.HIDDEN or known.cells != len(counts):
            continue  # of another version
        if known.kind == "gauge" and not gauges:
            continue
        before = numbers.get(key)
        if before is None:
            numbers[key] = list(counts)
        elif known.least:
            numbers[key] = min(before, counts)
        else:
            numbers[key] = [one + other for one, other in zip(before, counts, strict=True)]


def _add_death(numbers: Numbers) -> None:
    _add(numbers, {(series.DEATHS.name,): [1]}, gauges=False)
    numbers[(series.LAST_DEATH.name,)] = [int(time.time())]


def _minutes(own: Numbers) -> tuple[int, int, int]:
    minute, this, last = (own.get((it.name,), [0])[0] for it in series.HIDDEN)
    return minute, this, last


def _a_minute(minutes: list[tuple[int, int, int]], now: float) -> int:
    """Pushes of the last sixty seconds: of this minute, and of so much of the one before."""
    number, seconds = divmod(now, 60)
    left = 1 - seconds / 60
    total = 0.0
    for minute, this, last in minutes:
        if minute == number:
            total += this + last * left
        elif minute == number - 1:
            total += this * left
    return round(total)


def _check_owner(path: Path) -> None:
    """In a folder of another's, or one that is open to others, nothing is kept."""
    state = path.lstat()
    if path.is_symlink() or state.st_uid != os.getuid() or state.st_mode & 0o022:
        raise PermissionError(f"{path}: mode {state.st_mode & 0o777:o}, uid {state.st_uid}")
