"""SIGTERM, heard before the host's own handler has it.

Most servers close their listener first and tell the application last. What is held then has to be
answered at once: WeChat's next push of it would reach nobody.
"""

import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

Told = Callable[[], object]


class Sigterm:
    """Who wants to hear of SIGTERM in this process; the handler of before does what it did."""

    def __init__(self) -> None:
        self._told: list[Told] = []
        self._former: Any = None

    def add(self, told: Told) -> None:
        """Call this first; nothing from another thread than the main one, where nobody may."""
        if threading.current_thread() is not threading.main_thread():
            return
        if told not in self._told:
            self._told.append(told)
        found = signal.getsignal(signal.SIGTERM)
        if found != self._heard and found is not None:  # None: not set by Python
            self._former = found
            signal.signal(signal.SIGTERM, self._heard)

    def remove(self, told: Told) -> None:
        """Call it no more; the handler of before is put back with the last one."""
        if told in self._told:
            self._told.remove(told)
        if self._told or threading.current_thread() is not threading.main_thread():
            return
        if signal.getsignal(signal.SIGTERM) == self._heard:
            signal.signal(signal.SIGTERM, self._former)

    def _heard(self, number: int, frame: FrameType | None) -> None:
        told = tuple(self._told)
        for each in told:
            each()
        if callable(self._former):
            self._former(number, frame)
        elif self._former == signal.SIG_DFL:
            # The default would end the process without any of its last acts.
            raise SystemExit(0 if told else 128 + number)


SIGTERM = Sigterm()
