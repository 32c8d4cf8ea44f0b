"""One process that serves by itself until a reload, and then supervises the one that does.

Most bots have one process and are never reloaded: they pay for no second one. The process that
was started stays until the end, so that its pid is the same for systemd, Docker and whoever has
noted it. It holds what its bot has loaded on import, as the supervisor of several workers does.
"""

import os
import signal
import socket
import threading
from collections.abc import Callable
from contextlib import suppress

from yizhan.server.ending import end_no_more
from yizhan.server.process import Server
from yizhan.server.restarts import NEVER_SERVED
from yizhan.server.stop_signals import STOP_SIGNALS, Terminal, heard_signals
from yizhan.server.supervisor import RELOAD, Supervisor


class Alone:
    """Serves here; with SIGHUP a worker takes over.

    `supervisor` makes what starts it, and is given what to call when it serves. `end_within`
    ends this process in so many seconds even if a handler of its own never does.
    """

    def __init__(
        self,
        server: Server,
        supervisor: Callable[[Callable[[], object]], Supervisor],
        end_within: Callable[[], object],
    ) -> None:
        self._server = server
        self._make = supervisor
        self._end_within = end_within
        self._terminal = Terminal()
        self._supervisor: Supervisor | None = None
        self._thread: threading.Thread | None = None
        self._status = 0

    def run(self, listener: socket.socket) -> int:
        """Serve until told to stop; the exit status."""
        with heard_signals(self._hear, (*STOP_SIGNALS, RELOAD)):
            with suppress(KeyboardInterrupt):  # uvicorn raises it again once it has stopped
                self._server.run(sockets=[listener.dup()])
            if self._thread is None:
                return 0 if self._server.started else NEVER_SERVED
            end_no_more()
            if self._supervisor is not None and self._supervisor.replaces:
                self._supervisor.stop()  # it was this process that served
            self._thread.join()
            return self._status

    def _hear(self, number: int) -> None:
        """A signal: uvicorn has those that stop it while it serves, and raises them again then."""
        if number == RELOAD and self._terminal.is_gone():
            os.kill(os.getpid(), signal.SIGTERM)
        elif number == RELOAD:
            self._reload()
        elif self._supervisor is not None:
            self._supervisor.note(number)
        elif number == signal.SIGINT:
            raise KeyboardInterrupt
        else:  # as where nobody has a handler for it
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)

    def _reload(self) -> None:
        if self._supervisor is None:
            self._supervisor = self._make(self._server.retire_soon)
            self._thread = threading.Thread(
                target=self._supervise, name="yizhan-supervisor", daemon=True
            )
            self._thread.start()
        self._supervisor.note(RELOAD)

    def _supervise(self) -> None:
        assert self._supervisor is not None  # noqa: S101  # it was made before this thread
        self._status = self._supervisor.supervise()
        self._end_within()  # a handler of before the reload may still not have ended
