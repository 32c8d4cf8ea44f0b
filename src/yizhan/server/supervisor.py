"""The parent of several workers: starts them, and starts another where one died."""

import logging
import multiprocessing
import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from types import FrameType
from typing import Protocol

from yizhan.phrases import say
from yizhan.server import restarts
from yizhan.server.restarts import Place

log = logging.getLogger("yizhan")

LOOK = 1.0  # seconds between two looks at how the workers are, at most
TOLD = (signal.SIGTERM, signal.SIGINT)
SERVING = b"serving"  # what a worker says when it serves, and from then on as a sign of life

multiprocessing.allow_connection_pickling()
spawn = multiprocessing.get_context("spawn")


class Serve(Protocol):
    """What a worker does, in its own process: serve, and give signs of life to `beat`."""

    def __call__(self, listener: socket.socket, beat: Connection, /) -> None: ...


class Worker:
    """One process that serves, as its parent knows it."""

    def __init__(self, serve: Serve, listener: socket.socket) -> None:
        self.beat, its_end = spawn.Pipe(duplex=False)
        self.process: SpawnProcess = spawn.Process(target=serve, args=(listener, its_end))
        self.serving_since: float | None = None
        self.heard = time.monotonic()
        try:
            self.process.start()
        except OSError:
            self.beat.close()
            raise
        finally:
            its_end.close()

    @property
    def pid(self) -> int:
        return self.process.pid or 0

    def listen(self) -> None:
        """Take in what it has said."""
        with suppress(EOFError, OSError):  # its end is told by the process itself
            while self.beat.poll():
                self.beat.recv_bytes()
                self.heard = time.monotonic()
                self.serving_since = self.serving_since or self.heard

    def served(self, now: float) -> float:
        """Seconds for which it has served."""
        return 0.0 if self.serving_since is None else now - self.serving_since

    def end(self) -> int:
        """Forget the process, which has ended; its exit code."""
        self.process.join()
        code = self.process.exitcode
        self.listen()  # its last words
        self.beat.close()
        self.process.close()
        return 0 if code is None else code


class Supervisor:
    """Keeps so many workers serving at one socket until it is told to stop."""

    def __init__(
        self, serve: Serve, listener: socket.socket, workers: int, patience: float
    ) -> None:
        self.serve = serve
        self.listener = listener
        self.patience = patience  # seconds that workers have to stop by themselves
        self.places = [Place()] * workers
        self.workers: dict[int, Worker] = {}
        self.served = False
        self._told: list[int] = []  # the signals, in order
        self._heeded = 0
        self._kill_at = float("inf")
        self._ends: list[int] = []

    def run(self) -> int:
        """Serve until told to stop; the exit status."""
        with self._woken_by_signals() as woken:
            try:
                while not self._is_over():
                    self._start_workers()
                    self._wait(woken)
                    self._heed_signals()
                    self._look_after_workers()
            finally:
                for worker in self.workers.values():  # none, but for a fault of our own
                    worker.process.kill()
        return restarts.status(self._ends, served=self.served, told=self._stopping)

    @property
    def _stopping(self) -> bool:
        return bool(self._told)

    def _is_over(self) -> bool:
        if self._stopping:
            return not self.workers
        if restarts.hopeless(self.places, served=self.served):
            log.critical("%s", say("server.never_served"))
            return True
        return False

    def _start_workers(self) -> None:
        if self._stopping:
            return
        now = time.monotonic()
        for number in restarts.startable(self.places, now, served=self.served):
            try:
                self.workers[number] = Worker(self.serve, self.listener)
            except OSError as error:  # no memory, or too many processes
                self.places[number] = restarts.died(self.places[number], now, 0.0)
                seconds = restarts.pause(self.places[number].deaths)
                told = say("server.worker_failed", problem=error, seconds=seconds)
                log.error("%s", told, extra={"reason": "worker_died"})
            else:
                self.places[number] = restarts.begun(self.places[number])

    def _wait(self, woken: int) -> None:
        """Wait until something happens, or is due."""
        due = restarts.next_start(self.places, served=self.served)
        ends = min(time.monotonic() + LOOK, self._kill_at)
        if due is not None and not self._stopping:
            ends = min(ends, due)
        awaited: list[int | Connection] = [woken]
        for worker in self.workers.values():
            awaited += [worker.process.sentinel, worker.beat]
        wait(awaited, max(0.0, ends - time.monotonic()))
        with suppress(BlockingIOError):
            os.read(woken, 4096)

    def _heed_signals(self) -> None:
        """Tell the workers to stop; not to wait for anything, when a signal comes again."""
        known, new = self._told[: self._heeded], self._told[self._heeded :]
        self._heeded += len(new)
        for number in new:
            if not known:
                self._kill_at = time.monotonic() + self.patience
            if not known or number in known:
                for worker in self.workers.values():
                    worker.process.terminate()
            known.append(number)

    def _look_after_workers(self) -> None:
        now = time.monotonic()
        for number, worker in tuple(self.workers.items()):
            worker.listen()
            if worker.process.exitcode is not None:
                del self.workers[number]
                self._bury(number, worker, now)
            elif now >= self._kill_at:
                worker.process.kill()
            elif worker.serving_since and now - worker.heard > restarts.SILENCE:
                log.error("%s", say("server.worker_silent", pid=worker.pid))
                worker.process.kill()
            self.served = self.served or worker.serving_since is not None

    def _bury(self, number: int, worker: Worker, now: float) -> None:
        """Tell of the death of a worker; when the next one starts, unless it was told to stop."""
        pid, code = worker.pid, worker.end()
        how = restarts.ended_by(code)
        if self._stopping:
            self._ends.append(code)
            if code not in restarts.GOOD_ENDS:
                log.error("%s", say("server.worker_ended", pid=pid, how=how))
            return
        place = self.places[number] = restarts.died(self.places[number], now, worker.served(now))
        if worker.serving_since is None and not self.served:
            told = say("server.worker_not_served", pid=pid, how=how)
        else:
            seconds = f"{restarts.pause(place.deaths):g}"
            told = say("server.worker_died", pid=pid, how=how, seconds=seconds)
        log.error("%s", told, extra={"reason": "worker_died"})

    @contextmanager
    def _woken_by_signals(self) -> Iterator[int]:
        """Note the signals that end a server; gives a file that can be read when one came."""
        woken, wake = os.pipe()
        for file in (woken, wake):
            os.set_blocking(file, False)

        def note(number: int, frame: FrameType | None) -> None:
            self._told.append(number)
            with suppress(BlockingIOError):
                os.write(wake, b"\0")

        former = {number: signal.signal(number, note) for number in TOLD}
        try:
            yield woken
        finally:
            for number, handler in former.items():
                signal.signal(number, handler)
            os.close(woken)
            os.close(wake)
