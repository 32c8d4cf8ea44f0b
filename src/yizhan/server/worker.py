"""One process that serves, as the supervisor that started it knows it."""

import multiprocessing
import socket
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Protocol

from yizhan.server import restarts
from yizhan.server.stack import Stack

HEARTBEAT = b"serving"  # sent by a worker once it serves, and regularly from then on
RETIRE = b"retire"  # sent to a worker in whose place another one serves
WRITES_STACK = 1.0  # seconds that a worker has to write where it stands, before it is killed

multiprocessing.allow_connection_pickling()
spawn = multiprocessing.get_context("spawn")


class Serve(Protocol):
    """What a worker does, in its own process: serve, send heartbeats, and keep its stack."""

    def __call__(self, listener: socket.socket, parent: Connection, stack: Stack, /) -> None: ...


class Worker:
    """A process of ours at that socket; `kill_at` is when it is killed if it still runs."""

    def __init__(self, serve: Serve, listener: socket.socket) -> None:
        self.connection, its_end = spawn.Pipe()
        self.stack = Stack()
        args = (listener, its_end, self.stack)
        self.process: SpawnProcess = spawn.Process(target=serve, args=args)
        self.serving_since: float | None = None
        self.heard = time.monotonic()
        self.kill_at = float("inf")
        try:
            self.process.start()
        except OSError:
            self.connection.close()
            self.stack.close()
            raise
        finally:
            its_end.close()

    @property
    def pid(self) -> int:
        return self.process.pid or 0

    @property
    def has_exited(self) -> bool:
        return self.process.exitcode is not None

    def read_heartbeats(self) -> None:
        """Note when the last one came."""
        with suppress(EOFError, OSError):  # it exited: the sentinel tells
            while self.connection.poll():
                self.connection.recv_bytes()
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
        self.kill_at = now + WRITES_STACK
        self.stack.ask(self.pid)

    def retire(self, kill_at: float) -> None:
        """Have it take no new connections, answer what it has, and stop."""
        self.kill_at = kill_at
        with suppress(OSError):  # it exited
            self.connection.send_bytes(RETIRE)

    def close(self) -> int:
        """Release what the exited process held; its exit code."""
        self.process.join()
        code = self.process.exitcode
        self.read_heartbeats()  # it may have served since the last check
        self.connection.close()
        self.stack.close()
        self.process.close()
        return 0 if code is None else code
