"""Where a worker stood when it was killed, or when native code ended it.

A stack names files, lines and functions: nothing that a follower wrote is in it.
"""

import faulthandler
import os
import signal
import tempfile
from multiprocessing.reduction import DupFd
from typing import Protocol

MOST = 16_384  # bytes of it that are told

_ASKS = signal.SIGUSR1  # what a bot may handle itself: then nothing is told


class Duplicate(Protocol):
    """A file of the parent's, on its way to the child."""

    def detach(self) -> int: ...


class Stack:
    """A file without a name: a worker writes its stacks to it even while it holds the GIL."""

    def __init__(self, file: int | None = None) -> None:
        if file is None:
            with tempfile.TemporaryFile() as opened:
                file = os.dup(opened.fileno())
        self._file = file

    def __reduce__(self) -> tuple[object, ...]:
        return _received, (DupFd(self._file),)

    def keep(self) -> None:
        """Have this process write its stacks there, from now on."""
        faulthandler.enable(self._file)
        faulthandler.register(_ASKS, self._file)

    def ask(self, pid: int) -> None:
        """Have that process write them now."""
        os.kill(pid, _ASKS)

    def text(self) -> str:
        """What was written."""
        return os.pread(self._file, MOST, 0).decode("utf-8", "replace").strip()

    def close(self) -> None:
        os.close(self._file)


def _received(duplicate: Duplicate) -> Stack:
    return Stack(duplicate.detach())
