"""The process's file descriptors: each connection takes one, and none is left in silence."""

import errno
import logging
import os
import resource
import time
from collections.abc import Callable

from yizhan.phrases import say

WANTED = 65_536
BETWEEN = 10.0  # seconds between two lines of the log about it
STANDARD_ERROR = 2

log = logging.getLogger("yizhan")


def raise_limit() -> None:
    """Let this process open as many files as the system lets it, up to what it can use."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = WANTED if hard == resource.RLIM_INFINITY else min(hard, WANTED)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


class Descriptors:
    """Tells when none is left: the event loop would turn connections away without a word."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._told = -BETWEEN

    def look(self) -> None:
        """Log if this process, or the system, has no descriptor left."""
        try:
            os.close(os.dup(STANDARD_ERROR))
        except OSError as error:
            if error.errno not in (errno.EMFILE, errno.ENFILE):
                raise
            if self._now() - self._told >= BETWEEN:
                self._told = self._now()
                most = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
                log.error("%s", say("server.descriptors", most=most, problem=error.strerror))
