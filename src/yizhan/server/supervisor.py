"""The parent of workers: starts them, starts another when one exits, and others for a reload."""

import logging
import signal
import socket
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection, wait

from yizhan.phrases import say
from yizhan.server import restarts
from yizhan.server.restarts import Slot
from yizhan.server.stop_signals import STOP_SIGNALS, Terminal, Wakeup, heard_signals
from yizhan.server.worker import Serve, Worker

log = logging.getLogger("yizhan")

CHECK = 1.0  # seconds between two checks of the workers, at most
RELOAD = signal.SIGHUP


class Supervisor:
    """Keeps so many workers serving at one socket until it is told to stop.

    With `replaces` it starts none by itself: something in this process serves, until the workers
    of a first reload do, and then that is called. `patience` is how many seconds workers have to
    stop, `leaving` how many more those have in whose place others serve.
    """

    def __init__(
        self,
        serve: Serve,
        listener: socket.socket,
        workers: int,
        patience: float,
        *,
        leaving: float = 0.0,
        replaces: Callable[[], object] | None = None,
    ) -> None:
        self.serve = serve
        self.listener = listener
        self.count = workers
        self.patience = patience
        self.leaving = leaving
        self.slots = [] if replaces else [Slot()] * workers
        self.workers: dict[int, Worker] = {}
        self.served = False
        self._replaces = replaces
        self._next: list[Worker] = []  # of a reload, until all of them serve
        self._next_since = 0.0
        self._retired: list[Worker] = []  # in whose place others serve, or nobody is to
        self._wants_reload = False
        self._signals: list[int] = []  # in the order of arrival
        self._handled = 0  # how many of them
        self._stops: list[int] = []  # those of them that stop it
        self._wakeup = Wakeup()
        self._kill_at = float("inf")
        self._codes: list[int] = []  # exit codes after a stop

    def run(self) -> int:
        """Serve until told to stop; the exit status."""
        terminal = Terminal()

        def hear(number: int) -> None:
            is_end = number == RELOAD and terminal.is_gone()
            self.note(signal.SIGTERM if is_end else number)

        with heard_signals(hear, (*STOP_SIGNALS, RELOAD)):
            return self.supervise()

    def note(self, number: int) -> None:
        """A signal has come; from its handler, or from any thread."""
        self._signals.append(number)
        self._wakeup.set()

    def stop(self) -> None:
        """Stop, unless it was told to already."""
        if not any(number in STOP_SIGNALS for number in self._signals):
            self.note(signal.SIGTERM)

    def supervise(self) -> int:
        """The same where others hear the signals, and note them here."""
        try:
            while not self._is_over():
                self._begin_reload()
                self._start_workers()
                self._wait()
                self._handle_signals()
                self._check_workers()
                self._check_reload()
        finally:
            for worker in self._all():  # none, unless this loop raised
                worker.process.kill()
        return restarts.status(self._codes, served=self.served, stopped=self._stopping)

    @property
    def replaces(self) -> bool:
        """Whether this process itself still serves."""
        return self._replaces is not None

    @property
    def _stopping(self) -> bool:
        return bool(self._stops)

    def _all(self) -> Iterator[Worker]:
        yield from self.workers.values()
        yield from self._next
        yield from self._retired

    def _is_over(self) -> bool:
        if self._stopping:
            return not any(True for _ in self._all())
        if self._replaces is None and restarts.all_failed(self.slots, served=self.served):
            log.critical("%s", say("server.never_served"))
            return True
        return False

    def _begin_reload(self) -> None:
        """Start as many workers as there are, which take the places of these when they serve."""
        # A SIGHUP that comes during a reload is kept, and begins the next one.
        if self._stopping or self._next or not self._wants_reload:
            return
        self._wants_reload = False
        self._next_since = time.monotonic()
        log.info("%s", say("server.reload"))
        try:
            for _ in range(self.count):
                self._next.append(Worker(self.serve, self.listener))
        except OSError as error:  # no memory, or too many processes
            self._give_up_reload(str(error))

    def _check_reload(self) -> None:
        if not self._next or self._stopping:
            return
        now = time.monotonic()
        serving = [worker.serving_since is not None for worker in self._next]
        exited = [worker for worker in self._next if worker.has_exited]
        has_exited = [worker.has_exited for worker in self._next]
        outcome = restarts.reload_outcome(serving, has_exited, now - self._next_since)
        if outcome == "done":
            self._take_places(now)
        elif outcome == "failed" and exited:
            how = restarts.exit_cause(exited[0].process.exitcode or 0)
            self._give_up_reload(say("server.reload_exited", pid=exited[0].pid, how=how))
        elif outcome == "failed":
            self._give_up_reload(say("server.reload_slow", seconds=f"{restarts.LONGEST_START:g}"))

    def _take_places(self, now: float) -> None:
        """Have the new workers serve alone."""
        kill_at = now + self.leaving + self.patience
        for worker in self.workers.values():
            worker.retire(kill_at)
        self._retired += self.workers.values()
        self.workers = dict(enumerate(self._next))
        self.slots = [restarts.started(Slot())] * self.count
        self._next = []
        self.served = True
        if self._replaces is not None:
            self._replaces()
            self._replaces = None
        pids = ", ".join(str(worker.pid) for worker in self.workers.values())
        log.info("%s", say("server.reloaded", pids=pids))

    def _give_up_reload(self, problem: str) -> None:
        """Leave everything as it was."""
        log.error("%s", say("server.reload_failed", problem=problem))
        now = time.monotonic()
        for worker in self._next:
            if worker.serving_since is not None:  # it may have taken pushes
                worker.retire(now + self.leaving + self.patience)
            else:
                worker.process.kill()
        self._retired += self._next
        self._next = []

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

    def _wait(self) -> None:
        """Wait until something happens, or is due."""
        due = restarts.next_start(self.slots, served=self.served)
        ends = min(time.monotonic() + CHECK, self._kill_at)
        if due is not None and not self._stopping:
            ends = min(ends, due)
        awaited: list[int | Connection] = [self._wakeup.file]
        for worker in self._all():
            awaited += [worker.process.sentinel, worker.connection]
        wait(awaited, max(0.0, ends - time.monotonic()))
        self._wakeup.clear()

    def _handle_signals(self) -> None:
        """Pass the first to stop on to the workers, and any that comes again: then none waits."""
        new = self._signals[self._handled :]
        self._handled += len(new)
        for number in new:
            if number == RELOAD:
                self._wants_reload = True
                continue
            if not self._stops:
                self._kill_at = time.monotonic() + self.patience
            if not self._stops or number in self._stops:
                for worker in self._all():
                    worker.process.terminate()
            self._stops.append(number)

    def _check_workers(self) -> None:
        now = time.monotonic()
        for worker in self._all():
            worker.read_heartbeats()
        for number, worker in tuple(self.workers.items()):
            if worker.has_exited:
                del self.workers[number]
                self._worker_exited(number, worker, now)
            self.served = self.served or worker.serving_since is not None
        if self._stopping:  # no reload will look at them any more
            self._retired += self._next
            self._next = []
        for worker in tuple(self._retired):
            if worker.has_exited:
                self._retired.remove(worker)
                self._retired_exited(worker)
        for worker in self._all():
            if worker.has_exited:
                continue
            if now >= min(self._kill_at, worker.kill_at):
                worker.process.kill()
            elif worker.is_silent(now):
                log.error("%s", say("server.worker_silent", pid=worker.pid))
                worker.kill_soon(now)

    def _retired_exited(self, worker: Worker) -> None:
        """Log it if something was wrong, unless that was told already."""
        served, pid, code = worker.serving_since is not None, worker.pid, worker.close()
        if self._stopping:
            self._codes.append(code)
        if served and code not in restarts.CLEAN_EXITS:
            log.error("%s", say("server.worker_ended", pid=pid, how=restarts.exit_cause(code)))

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
