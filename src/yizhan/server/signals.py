"""SIGTERM, heard before the host's own handler has it.

Most servers close their listener first and tell the application last, or not at all. What is held
then has to be answered at once: WeChat's next push of it would reach nobody.
"""

import os
import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any, NamedTuple

# Whose handlers do nothing: these loops learn of signals otherwise, and cannot be kept waiting.
LOOPS = ("asyncio.unix_events", "uvloop.loop")

Then = Callable[[], object]


class Listener(NamedTuple):
    """What SIGTERM calls: `signalled` first; `stop`, if given, calls back when the host may go on.

    `stop` is for those whom the host itself does not stop.
    """

    signalled: Callable[[], object]
    stop: Callable[[Then], object] | None = None


class Sigterm:
    """The listeners to SIGTERM in this process; the handler of before runs after them."""

    def __init__(self) -> None:
        self._listeners: dict[object, Listener] = {}
        self._former: Any = None
        self._stopping = 0
        self._over = False

    def add(self, it: object, listener: Listener) -> None:
        """Have it hear; nothing in another thread than the main one, where nobody may."""
        if threading.current_thread() is not threading.main_thread():
            return
        self._listeners[it] = listener
        found = signal.getsignal(signal.SIGTERM)
        if found != self._heard and found is not None:  # None: not set by Python
            self._former, self._over = found, False
            signal.signal(signal.SIGTERM, self._heard)

    def remove(self, it: object) -> None:
        """It hears no more; the handler of before is put back with the last one."""
        self._listeners.pop(it, None)
        if self._listeners or self._stopping:
            return
        if threading.current_thread() is not threading.main_thread():
            return
        if signal.getsignal(signal.SIGTERM) == self._heard:
            signal.signal(signal.SIGTERM, self._former)

    def _heard(self, number: int, frame: FrameType | None) -> None:
        """The first one has whoever needs it stop; with the second nobody waits for that."""
        hearers = tuple(self._listeners.values())
        for each in hearers:
            each.signalled()
        stops = [each.stop for each in hearers if each.stop is not None]
        waits = not (self._over or self._stopping) and _can_wait(self._former)
        if stops and waits:
            self._stopping = len(stops)
            for stop in stops:
                stop(self._stopped)
        else:
            self._over = True
            self._pass_on(number, frame)

    def _stopped(self) -> None:
        """One more has stopped; from any thread, while a handler belongs into the main one."""
        self._stopping -= 1
        if self._stopping == 0 and not self._over:
            self._over = True
            os.kill(os.getpid(), signal.SIGTERM)

    def _pass_on(self, number: int, frame: FrameType | None) -> None:
        if callable(self._former):
            self._former(number, frame)
        elif self._former == signal.SIG_DFL:
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)


def _can_wait(handler: Any) -> bool:
    return getattr(handler, "__module__", None) not in LOOPS


SIGTERM = Sigterm()
