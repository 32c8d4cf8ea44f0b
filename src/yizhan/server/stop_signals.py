"""The signals of a server that keeps other processes: noted, and waited for with them."""

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Wakeup:
    """A file that is readable once something has happened, for a thread that waits."""

    def __init__(self) -> None:
        self.file, self._wake = os.pipe()
        for file in (self.file, self._wake):
            os.set_blocking(file, False)

    def set(self) -> None:
        """Make it readable; from a signal's handler or any thread."""
        with suppress(OSError):  # full, or closed: nobody waits any more
            os.write(self._wake, b"\0")

    def clear(self) -> None:
        """Read it empty."""
        with suppress(BlockingIOError):
            os.read(self.file, 4096)

    def close(self) -> None:
        os.close(self.file)
        os.close(self._wake)


@contextmanager
def heard_signals(
    hear: Callable[[int], object], numbers: Iterable[signal.Signals] = STOP_SIGNALS
) -> Iterator[None]:
    """Have this called with the number of each of them; the handlers of before are put back."""

    def heard(number: int, frame: FrameType | None) -> None:
        hear(number)

    former = {number: signal.signal(number, heard) for number in numbers}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


@contextmanager
def noted_signals(note: Callable[[int], object]) -> Iterator[int]:
    """Have each of them noted by its number; gives a file that is readable once one has come.

    Whoever waits on for another one reads that file empty. The handlers of before are put back.
    """
    wakeup = Wakeup()

    def hear(number: int) -> None:
        note(number)
        wakeup.set()

    try:
        with heard_signals(hear):
            yield wakeup.file
    finally:
        wakeup.close()


class Terminal:
    """The terminal that this process was started from, if any: its end is told by SIGHUP, too."""

    def __init__(self) -> None:
        ignores = signal.getsignal(signal.SIGHUP) == signal.SIG_IGN  # as `nohup` has it
        self._matters = _has_terminal() and not ignores

    def is_gone(self) -> bool:
        """Whether it was closed: then SIGHUP is no wish to reload."""
        return self._matters and not _has_terminal()


def _has_terminal() -> bool:
    try:
        os.close(os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY))
    except OSError:
        return False
    return True
