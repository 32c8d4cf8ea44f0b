"""A real PostgreSQL server on a free loopback port, started and stopped by its process."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import psycopg

WAIT = 20.0
USERS = ("postgres", "nobody")  # whom root becomes: the server refuses to run as root
PASSWORD = "pass/word:of @ tests"
QUOTED = "pass%2Fword%3Aof%20%40%20tests"
HOME = "/usr/lib/postgresql"  # where Debian keeps each version's programs


def folder_of_programs() -> Path | None:
    """Where `initdb` and `postgres` are; None where there is no PostgreSQL."""
    found = [shutil.which("initdb"), shutil.which("postgres")]
    beside = [Path(path).resolve().parent for path in found if path]
    for folder in (*beside, *sorted(Path(HOME).glob("*/bin"), reverse=True)):
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    return None


class PostgresServer:
    """Runs between `start` and `stop`; may be started again on its data and port.

    It ends with this process, however that ends, where `setpriv` is at hand.
    """

    def __init__(self, *settings: str, fsync: bool = False) -> None:
        self.port = _free_port()
        self._settings = (f"fsync={'on' if fsync else 'off'}", *settings)
        self._folder = Path(tempfile.mkdtemp(prefix="yizhan-postgres-"))
        self._process: subprocess.Popen[bytes] | None = None
        programs = folder_of_programs()
        assert programs is not None, "no PostgreSQL"
        self._programs = programs
        self._initialise()

    def url(self, schema: str = "yizhan", *, password: str = QUOTED, port: int = 0) -> str:
        """The address of an account's store there."""
        place = f"127.0.0.1:{port or self.port}"
        return f"postgres://yizhan:{password}@{place}/postgres?schema={schema}"

    def connect(self) -> "psycopg.Connection[tuple[object, ...]]":
        """A connection of the superuser, beside the store."""
        return psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            user="yizhan",
            password=PASSWORD,
            dbname="postgres",
            autocommit=True,
        )

    def start(self) -> None:
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": "",
            "max_connections": "60",
            "shared_buffers": "16MB",
            "logging_collector": "off",
        }
        pairs = [f"{name}={value}" for name, value in settings.items()]
        words = [word for pair in (*pairs, *self._settings) for word in ("-c", pair)]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [*_as_user("SIGQUIT"), self._programs / "postgres", "-D", self.data, *words],
                cwd=self._folder,
                stdout=log,
                stderr=log,
            )
        self._await_answer()

    @property
    def is_running(self) -> bool:
        return self._process is not None

    @property
    def data(self) -> Path:
        return self._folder / "data"

    def stop(self) -> None:
        """Stop it at once, as a crash does; the data stays."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait()
            self._process = None

    def pause(self) -> None:
        """SIGSTOP to the server and all that serve its connections."""
        self._signal_all(signal.SIGSTOP)

    def resume(self) -> None:
        """SIGCONT."""
        self._signal_all(signal.SIGCONT)

    def close(self) -> None:
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _signal_all(self, number: int) -> None:
        assert self._process is not None
        parent = self._process.pid
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        for pid in (parent, *map(int, children)):
            os.kill(pid, number)

    def _initialise(self) -> None:
        secret = self._folder / "password"
        secret.write_text(PASSWORD)
        self._folder.chmod(0o755)
        user = _user()
        if user is not None:
            for path in (self._folder, secret):
                os.chown(path, user.pw_uid, user.pw_gid)
        subprocess.run(
            [
                *_as_user("SIGKILL"),
                *(self._programs / "initdb", "-D", self.data, "-U", "yizhan"),
                *("--auth=scram-sha-256", f"--pwfile={secret}", "--no-sync", "-E", "UTF8"),
                *("--locale=C", "--no-instructions"),
            ],
            cwd=self._folder,
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def _await_answer(self) -> None:
        deadline = time.monotonic() + WAIT
        while True:
            try:
                self.connect().close()
                return
            except psycopg.OperationalError:
                assert self._process is not None
                if time.monotonic() > deadline or self._process.poll() is not None:
                    raise TimeoutError((self._folder / "log").read_text()) from None
            time.sleep(0.02)

    def __enter__(self) -> "PostgresServer":
        try:
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _user() -> pwd.struct_passwd | None:
    """Whom the server runs as, if not as ourselves."""
    if os.getuid() != 0:
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return next(names[name] for name in USERS if name in names)


def _as_user(signal_at_death: str) -> Sequence[str]:
    """The words before a command, by which it runs as that user and ends with this process."""
    if shutil.which("setpriv") is None:
        return ()
    user = _user()
    words = ["setpriv", f"--pdeathsig={signal_at_death}"]
    if user is not None:
        words += [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    return words


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
