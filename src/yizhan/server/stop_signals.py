"""The signals that stop a server which keeps other processes: noted, and waited for with them."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def noted_signals(note: Callable[[int], object]) -> Iterator[int]:
    """Have each of them noted by its number; gives a file that is readable once one has come.

    Whoever waits on for another one reads that file empty. The handlers of before are put back.
    """
    woken, wake = os.pipe()
    for file in (woken, wake):
        os.set_blocking(file, False)

    def heard(number: int, frame: FrameType | None) -> None:
        note(number)
        with suppress(BlockingIOError):
            os.write(wake, b"\0")

    former = {number: signal.signal(number, heard) for number in STOP_SIGNALS}
    try:
        yield woken
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
        os.close(woken)
        os.close(wake)
