"""A host with real worker processes: `yizhan run` of one bot, each on a port of its own."""

import asyncio
import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from postgres_server import PostgresServer, folder_of_programs
from redis_server import RedisServer

TOKEN = "scenarioTokenOf2026"
START = 120.0  # seconds that only a hang takes, on however busy a machine
STORES = (
    "sqlite",
    *(("redis",) if shutil.which("redis-server") else ()),
    *(("postgres",) if folder_of_programs() else ()),
)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@contextmanager
def address(store: str, folder: Path) -> Iterator[str]:
    """Where a new store of that kind is to be found."""
    if store == "sqlite":
        yield f"sqlite:///{folder}/store.db"
        return
    with server_of(store) as server:
        yield url_of(server)


def server_of(store: str) -> RedisServer | PostgresServer:
    """A server that has on disk what it says it has."""
    return RedisServer(appendfsync="always") if store == "redis" else PostgresServer(fsync=True)


def url_of(server: RedisServer | PostgresServer) -> str:
    return server.url if isinstance(server, RedisServer) else server.url()


@dataclass
class Worker:
    """One process on one port, from `start` to `kill` or `stop`, as often as wanted."""

    folder: Path
    settings: dict[str, str]
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    pids: list[int] = field(default_factory=list)
    died: dict[int, float] = field(default_factory=dict)

    def start(self) -> None:
        environ = {name: it for name, it in os.environ.items() if not name.startswith("YIZHAN_")}
        environ |= {f"YIZHAN_{name.upper()}": value for name, value in self.settings.items()}
        environ |= {"YIZHAN_LANG": "en", "YIZHAN_TOKEN": TOKEN, "BOT_FOLDER": str(self.folder)}
        program = Path(sys.executable).parent / "yizhan"
        command = [program, "run", "bot:account", "--port", str(self.port)]
        with open(self.folder / f"log-{self.port}", "ab") as log:
            self.process = subprocess.Popen(
                command, cwd=self.folder, env=environ, stdout=log, stderr=log
            )
        self.pids.append(self.process.pid)

    @property
    def pid(self) -> int:
        return self.pids[-1]

    def await_ready(self) -> None:
        deadline = time.monotonic() + START
        while not self.ready():
            if self.process is None or self.process.poll() is not None:
                raise RuntimeError(f"the worker ended: {self.log()[-2000:]}")
            if time.monotonic() > deadline:
                raise TimeoutError(f"the worker does not answer: {self.log()[-2000:]}")
            time.sleep(0.02)

    def ready(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=1)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def kill(self) -> None:
        """kill -9."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.died.setdefault(self.pid, time.monotonic())

    def signal(self, number: signal.Signals) -> None:
        assert self.process is not None
        self.process.send_signal(number)

    def stop(self, seconds: float = 15.0) -> int:
        """SIGTERM; the exit status."""
        assert self.process is not None
        self.process.terminate()
        status = self.process.wait(seconds)
        self.died.setdefault(self.pid, time.monotonic())
        return status

    def log(self) -> str:
        return (self.folder / f"log-{self.port}").read_text("utf-8", "replace")

    def resident(self) -> int:
        """Bytes of memory it holds."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")


@dataclass
class Host:
    """Several workers of one bot on one store; all are gone when it closes."""

    folder: Path
    bot: str
    workers: list[Worker] = field(default_factory=list)

    def __post_init__(self) -> None:
        (self.folder / "bot.py").write_text(self.bot, "utf-8")
        (self.folder / "yizhan.toml").touch()

    async def open(self, count: int, **settings: str) -> None:
        """Start that many workers and wait until all answer."""
        for _ in range(count):
            worker = Worker(self.folder, settings)
            self.workers.append(worker)
            worker.start()
        for worker in self.workers:
            await asyncio.to_thread(worker.await_ready)

    @property
    def ports(self) -> list[int]:
        return [worker.port for worker in self.workers]

    @property
    def died(self) -> dict[int, float]:
        """When each process ended that has."""
        return {pid: at for worker in self.workers for pid, at in worker.died.items()}

    def log(self) -> str:
        return "".join(worker.log() for worker in self.workers)

    def given_up(self) -> frozenset[str]:
        """Messages that a living process has left to another, for it had lost the lease."""
        return frozenset(re.findall(r"the lease of \S+:(\d+) went to another process", self.log()))

    def noted(self) -> list[list[str]]:
        """The lines that handlers have appended to the file of side effects, in words."""
        path = self.folder / "effects"
        return [line.split() for line in path.read_text().splitlines()] if path.exists() else []

    def __enter__(self) -> "Host":
        return self

    def __exit__(self, *error: object) -> None:
        for worker in self.workers:
            worker.kill()


# The bot of these scenarios: it notes in a file when a handler begins and ends. A generator's
# second piece comes while the first is handed out, which begins after a second without another;
# its third waits for a file. Who says "poison" ends the process.
BOT = """
import asyncio, os, time
from yizhan import Account

account = Account()
effects = os.open(
    os.path.join(os.environ["BOT_FOLDER"], "effects"), os.O_WRONLY | os.O_APPEND | os.O_CREAT
)

def note(what, message):
    line = f"{what} {message.id} {os.getpid()} {time.monotonic():.6f}\\n"
    os.write(effects, line.encode())

@account.text(prefix="slow")
async def slow(message):
    note("begin", message)
    await asyncio.sleep(float(message.content.split()[1]))
    note("end", message)
    return f"<{message.id}>"

@account.text(prefix="plain")
def plain(message):
    note("begin", message)
    time.sleep(0.05)
    note("end", message)
    return f"<{message.id}>"

@account.text("tell")
async def tell(message):
    note("begin", message)
    yield f"<{message.id}.one>"
    await asyncio.sleep(1.0 + int(message.id) % 10 / 500)
    yield f"<{message.id}.two>"
    note("goes-on", message)
    while not os.path.exists(os.path.join(os.environ["BOT_FOLDER"], "go-on")):
        await asyncio.sleep(0.1)
    yield f"<{message.id}.three>"
    note("end", message)

@account.text("count")
async def count(message, session):
    note("begin", message)
    session["n"] = session.get("n", 0) + 1
    note("end", message)
    return f"<{message.id}> number {session['n']}"

@account.text("poison")
async def poison(message):
    note("begin", message)
    await asyncio.sleep(0.3)
    os._exit(1)

@account.text
async def quick(message):
    note("begin", message)
    note("end", message)
    return f"<{message.id}>"
"""
