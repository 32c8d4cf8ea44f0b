"""A process that serves a bot, and another one in its place when the project's files change."""

import multiprocessing
import signal
import socket
import time
from collections.abc import Callable
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from typing import Protocol

from yizhan.server.restarts import CLEAN_EXITS
from yizhan.server.stop_signals import noted_signals

LOOK = 0.25  # seconds between two looks at the files
IDLE = 10  # times as long as a look takes: a large folder must not keep a core busy
QUIET = 0.1  # seconds in which nothing may change before they are loaded: editors write in steps

multiprocessing.allow_connection_pickling()
spawn = multiprocessing.get_context("spawn")


class Serve(Protocol):
    """What the process does; `changed` names the files for which it takes another's place."""

    def __call__(self, listener: socket.socket, changed: tuple[str, ...], /) -> None: ...


class Files(Protocol):
    """The files that are looked at."""

    def changed(self) -> tuple[str, ...]:
        """Those that changed since the last look."""
        ...


class Reloader:
    """Keeps a process serving at one socket; `patience` is how long it may take to stop."""

    def __init__(
        self, serve: Serve, listener: socket.socket, files: Files, patience: float
    ) -> None:
        self._serve = serve
        self._listener = listener
        self._files = files
        self._patience = patience
        self._signals = 0

    def run(self, ended: Callable[[int], object]) -> int:
        """Serve until told to stop; the exit status.

        That of a first process which ends by itself with an error; `ended` gets the exit code
        of a later one, and files are waited for.
        """
        with noted_signals(self._note) as woken:
            self._files.changed()
            process: SpawnProcess | None = self._start(())
            try:
                first, took = True, 0.0
                while not self._signals:
                    awaited = [woken] if process is None else [woken, process.sentinel]
                    wait(awaited, max(LOOK, took * IDLE))
                    if process is not None and process.exitcode is not None:
                        code, process = process.exitcode, None
                        if first and code not in CLEAN_EXITS:
                            return code
                        if not self._signals:
                            ended(code)
                    began = time.monotonic()
                    changed = self._changes()
                    took = time.monotonic() - began
                    if changed:
                        first = False
                        self._stop(process)
                        process = self._start(changed)
            finally:
                self._stop(process)
        return 0

    def _start(self, changed: tuple[str, ...]) -> SpawnProcess:
        process = spawn.Process(target=self._serve, args=(self._listener, changed))
        # The terminal's Ctrl-C reaches it too, perhaps before it can take one: we signal it.
        former = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            process.start()
        finally:
            signal.signal(signal.SIGINT, former)
        return process

    def _changes(self) -> tuple[str, ...]:
        """The files that have changed, once no more of them do."""
        found: dict[str, None] = {}
        while not self._signals and (new := self._files.changed()):
            found |= dict.fromkeys(new)
            time.sleep(QUIET)
        return tuple(found)

    def _stop(self, process: SpawnProcess | None) -> None:
        """End it; at the second signal, or when its time is over, at once."""
        if process is None:
            return
        before, ends = self._signals, time.monotonic() + self._patience
        process.terminate()
        while process.exitcode is None:
            if time.monotonic() >= ends or self._signals > max(before, 1):
                process.kill()
            process.join(LOOK)
        process.close()

    def _note(self, number: int) -> None:
        self._signals += 1
