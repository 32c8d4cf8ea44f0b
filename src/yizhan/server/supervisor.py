"""The parent of several workers: starts them, and starts another when one exits."""

import logging
import multiprocessing
import os
import socket
import time
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Protocol

from yizhan.phrases import say
from yizhan.server import restarts
from yizhan.server.restarts import Slot
from yizhan.server.stack import Stack
from yizhan.server.stop_signals import noted_signals

log = logging.getLogger("yizhan")

CHECK = 1.0  # seconds between two checks of the workers, at most
HEARTBEAT = b"serving"  # sent by a worker once it serves, and regularly from then on

multiprocessing.allow_connection_pickling()
spawn = multiprocessing.get_context("spawn")


class Serve(Protocol):
    """What a worker does, in its own process: serve, send heartbeats, and keep its stack."""

    def __call__(self, listener: socket.socket, heartbeat: Connection, stack: Stack, /) -> None: ...


class Worker:
    """One process that serves, as its parent knows it."""

    def __init__(self, serve: Serve, listener: socket.socket) -> None:
        self.heartbeat, its_end = spawn.Pipe(duplex=False)
        self.stack = Stack()
        args = (listener, its_end, self.stack)
        self.process: SpawnProcess = spawn.Process(target=serve, args=args)
        self.serving_since: float | None = None
        self.heard = time.monotonic()
        self.kill_at = float("inf")
        try:
            self.process.start()
        except OSError:
            self.heartbeat.close()
            self.stack.close()
            raise
        finally:
            its_end.close()

    @property
    def pid(self) -> int:
        return self.process.pid or 0

    def read_heartbeats(self) -> None:
        """Note when the last one came."""
        with suppress(EOFError, OSError):  # it exited: the sentinel tells
            while self.heartbeat.poll():
                self.heartbeat.recv_bytes()
                self.heard = time.monotonic()
                self.serving_since = self.serving_since or self.heard

    def served(self, now: float) -> float:
        """Seconds for which it has served."""
        return 0.0 if self.serving_since is None else now - self.serving_since

    def is_silent(self, now: float) -> bool:
        """Whether it served and sends no heartbeats any more."""
        if self.serving_since is None or self.kill_at < float("inf"):
            return False
        return now - self.heard > restarts.HEARTBEAT_TIMEOUT

    def kill_soon(self, now: float) -> None:
        """Kill it when it has had the time to write where it stands."""
        self.kill_at = now + CHECK
        self.stack.ask(self.pid)

    def close(self) -> int:
        """Release what the exited process held; its exit code."""
        self.process.join()
        code = self.process.exitcode
        self.read_heartbeats()  # it may have served since the last check
        self.heartbeat.close()
        self.stack.close()
        self.process.close()
        return 0 if code is None else code


class Supervisor:
    """Keeps so many workers serving at one socket until it is told to stop."""

    def __init__(
        self, serve: Serve, listener: socket.socket, workers: int, patience: float
    ) -> None:
        self.serve = serve
        self.listener = listener
        self.patience = patience  # seconds in which workers must stop by themselves
        self.slots = [Slot()] * workers
        self.workers: dict[int, Worker] = {}
        self.served = False
        self._signals: list[int] = []  # in the order of arrival
        self._handled = 0  # how many of them
        self._kill_at = float("inf")
        self._codes: list[int] = []  # exit codes after a stop

    def run(self) -> int:
        """Serve until told to stop; the exit status."""
        with noted_signals(self._signals.append) as woken:
            try:
                while not self._is_over():
                    self._start_workers()
                    self._wait(woken)
                    self._handle_signals()
                    self._check_workers()
            finally:
                for worker in self.workers.values():  # none, unless this loop raised
                    worker.process.kill()
        return restarts.status(self._codes, served=self.served, stopped=self._stopping)

    @property
    def _stopping(self) -> bool:
        return bool(self._signals)

    def _is_over(self) -> bool:
        if self._stopping:
            return not self.workers
        if restarts.all_failed(self.slots, served=self.served):
            log.critical("%s", say("server.never_served"))
            return True
        return False

    def _start_workers(self) -> None:
        if self._stopping:
            return
        now = time.monotonic()
        for number in restarts.startable(self.slots, now, served=self.served):
            try:
                self.workers[number] = Worker(self.serve, self.listener)
            except OSError as error:  # no memory, or too many processes
                self.slots[number] = restarts.exited(self.slots[number], now, 0.0)
                seconds = f"{restarts.delay(self.slots[number].exits):g}"
                line = say("server.worker_failed", problem=error, seconds=seconds)
                log.error("%s", line, extra={"reason": "worker_failed"})
            else:
                self.slots[number] = restarts.started(self.slots[number])

    def _wait(self, woken: int) -> None:
        """Wait until something happens, or is due."""
        due = restarts.next_start(self.slots, served=self.served)
        ends = min(time.monotonic() + CHECK, self._kill_at)
        if due is not None and not self._stopping:
            ends = min(ends, due)
        awaited: list[int | Connection] = [woken]
        for worker in self.workers.values():
            awaited += [worker.process.sentinel, worker.heartbeat]
        wait(awaited, max(0.0, ends - time.monotonic()))
        with suppress(BlockingIOError):
            os.read(woken, 4096)

    def _handle_signals(self) -> None:
        """Pass the first signal on to the workers, and any that comes again: then none waits."""
        known, new = self._signals[: self._handled], self._signals[self._handled :]
        self._handled += len(new)
        for number in new:
            if not known:
                self._kill_at = time.monotonic() + self.patience
            if not known or number in known:
                for worker in self.workers.values():
                    worker.process.terminate()
            known.append(number)

    def _check_workers(self) -> None:
        now = time.monotonic()
        for number, worker in tuple(self.workers.items()):
            worker.read_heartbeats()
            if worker.process.exitcode is not None:
                del self.workers[number]
                self._worker_exited(number, worker, now)
            elif now >= min(self._kill_at, worker.kill_at):
                worker.process.kill()
            elif worker.is_silent(now):
                log.error("%s", say("server.worker_silent", pid=worker.pid))
                worker.kill_soon(now)
            self.served = self.served or worker.serving_since is not None

    def _worker_exited(self, number: int, worker: Worker, now: float) -> None:
        """Log it, and note when the next one starts, unless this one was told to stop."""
        pid, stack, code = worker.pid, worker.stack.text(), worker.close()
        how = restarts.exit_cause(code)
        if stack:
            log.error("%s", say("server.worker_stack", pid=pid, stack=stack))
        if self._stopping:
            self._codes.append(code)
            if code not in restarts.CLEAN_EXITS:
                log.error("%s", say("server.worker_ended", pid=pid, how=how))
            return
        slot = self.slots[number] = restarts.exited(self.slots[number], now, worker.served(now))
        if worker.serving_since is None and not self.served:
            line = say("server.worker_not_served", pid=pid, how=how)
        else:
            seconds = f"{restarts.delay(slot.exits):g}"
            line = say("server.worker_exited", pid=pid, how=how, seconds=seconds)
        log.error("%s", line, extra={"reason": "worker_exited"})
