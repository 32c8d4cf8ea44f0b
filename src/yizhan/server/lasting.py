"""Threads that take calls while the interpreter ends, as those of Python's own pool do not."""

import os
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from typing import ParamSpec, TypeVar

T = TypeVar("T")
P = ParamSpec("P")

MOST = min(32, (os.cpu_count() or 1) + 4)  # as many as Python's own has


class LastingThreads(ThreadPoolExecutor):
    """A loop's threads for what blocks; they are daemons, and end with the process.

    One begins at once, for none can when the interpreter has begun to end.
    """

    def __init__(self, most: int = MOST) -> None:
        super().__init__(most)
        self._most = most
        self._lock = threading.Lock()
        self._calls: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._begun = 0
        self._unfinished = 0
        self._begin()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """Have it called in a thread."""
        future: Future[T] = Future()

        def call() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                future.set_result(fn(*args, **kwargs))
            except BaseException as error:  # it is whoever waits for the result who is to know
                future.set_exception(error)

        with self._lock:
            self._unfinished += 1
            if self._begun < min(self._unfinished, self._most):
                self._begin()
        self._calls.put(call)
        return future

    def _begin(self) -> None:
        try:
            threading.Thread(target=self._work, name="yizhan-calls", daemon=True).start()
        except RuntimeError:
            if not self._begun:
                raise
        else:
            self._begun += 1

    def _work(self) -> None:
        while True:
            call = self._calls.get()
            call()
            del call
            with self._lock:
                self._unfinished -= 1
