"""A limit to how long this process goes on once it is to end."""

import logging
import os
import threading

from yizhan.phrases import say

_timers: list[threading.Timer] = []


def end_within(seconds: float) -> None:
    """End this process by then, even if a handler catches its own cancellation."""
    timer = threading.Timer(seconds, _give_up)
    timer.daemon = True
    _timers.append(timer)
    timer.start()


def end_no_more() -> None:
    """What was to end has ended, and the process goes on with something else."""
    while _timers:
        _timers.pop().cancel()


def _give_up() -> None:
    logging.getLogger("yizhan").error("%s", say("server.stubborn"))
    os._exit(1)
