"""A real redis-server on a free loopback port, started and stopped by its process."""

import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType

WAIT = 5.0


class RedisServer:
    """Runs between `start` and `stop`; may be started again on its data and port."""

    def __init__(self, *options: str, appendfsync: str = "everysec", port: int = 0) -> None:
        self.options = options
        self.appendfsync = appendfsync
        self.port = port or _free_port()
        self._folder = tempfile.TemporaryDirectory(prefix="yizhan-redis-")
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        settings = {
            "port": str(self.port),
            "bind": "127.0.0.1",
            "dir": self._folder.name,
            "appendonly": "yes",
            "appendfsync": self.appendfsync,
            "save": "",
            "logfile": str(Path(self._folder.name) / "log"),
        }
        arguments = [word for name, value in settings.items() for word in (f"--{name}", value)]
        self._process = subprocess.Popen(["redis-server", *arguments, *self.options])
        self._await_answer()

    def stop(self) -> None:
        """Stop it the hard way, as a crash does; the data stays."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def pause(self) -> None:
        """SIGSTOP: it keeps its connections and says nothing more."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """SIGCONT."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def close(self) -> None:
        self.stop()
        self._folder.cleanup()

    def _await_answer(self) -> None:
        deadline = time.monotonic() + WAIT
        while True:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1) as client:
                    client.sendall(b"PING\r\n")
                    if client.recv(16).startswith(b"+PONG"):
                        return
            except OSError:
                pass  # not there yet
            if time.monotonic() > deadline:
                raise TimeoutError("redis-server does not answer")
            time.sleep(0.01)

    def __enter__(self) -> "RedisServer":
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
