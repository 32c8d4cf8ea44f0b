"""Troubles of the world outside, each a context: it begins, lasts, and ends by itself."""

import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from postgres_server import PostgresServer
from redis_server import RedisServer
from scenarios.evidence import runs_noted
from scenarios.host import BOT, STORES, Host
from scenarios.scale import scaled

HOUR = 3600
ROOM = "16m"  # of a small disk
ROOT: tuple[list[str], ...] = ([], ["sudo", "-n"])  # ways to act as root


@dataclass
class Place:
    """Where a trouble happens: a host, with its store at the address `url`.

    `ports` is where pushes go; a balancer takes out whoever does not answer.
    """

    folder: Path
    url: str
    host: Host
    server: RedisServer | PostgresServer | None = None
    silent: set[int] = field(default_factory=set)

    def ports(self) -> list[int]:
        return [port for port in self.host.ports if port not in self.silent]


class Happening(Protocol):
    def __call__(self, place: Place, /) -> AbstractContextManager[None]: ...


def at_once(place: Place) -> bool:
    """For a trouble that waits for nothing."""
    return True


@dataclass(frozen=True)
class Trouble:
    """How long it lasts in `make test` and in `make soak`; what the log says of it, in English.

    It begins once it `can_begin`, and goes on until it `has_told`, however busy the machine is.
    """

    name: str
    store: str
    test: int
    soak: int
    happens: Happening
    says: str
    can_begin: Callable[[Place], bool] = at_once
    has_told: Callable[[Place], bool] = at_once

    @property
    def seconds(self) -> int:
        return scaled(self.test, self.soak)


@contextmanager
def server_hangs(place: Place) -> Iterator[None]:
    assert place.server is not None
    place.server.pause()
    try:
        yield
    finally:
        place.server.resume()


@contextmanager
def server_dies(place: Place) -> Iterator[None]:
    """At once; it comes back with its data, as a supervisor would bring it."""
    assert place.server is not None
    place.server.stop()
    try:
        yield
    finally:
        place.server.start()


@contextmanager
def disk_full(place: Place) -> Iterator[None]:
    ballast = place.folder / "disk" / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(65_536)):
            pass
    try:
        yield
    finally:
        ballast.unlink()


@contextmanager
def locked(place: Place) -> Iterator[None]:
    """Another program holds the file's lock, as a backup may."""
    path = place.url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, timeout=1, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        try:
            yield
        finally:
            other.execute("ROLLBACK")


@contextmanager
def worker_sleeps(place: Place) -> Iterator[None]:
    """One process is stopped for longer than its lease, and wakes up not knowing."""
    sleeper = place.host.workers[0]
    sleeper.signal(signal.SIGSTOP)
    while place.server is None and is_locked(place):  # that would be another trouble
        sleeper.signal(signal.SIGCONT)
        sleeper.signal(signal.SIGSTOP)
    sleeper.died[sleeper.pid] = time.monotonic()  # so it is counted once its lease has lapsed
    place.silent.add(sleeper.port)
    try:
        yield
    finally:
        sleeper.signal(signal.SIGCONT)
        place.silent.clear()


def sleeper_is_busy(place: Place) -> bool:
    """Whether the process that is to sleep has handlers under way, some of which will last."""
    return len(_in_hand(place)) > 1


def is_taken_over(place: Place) -> bool:
    """Whether another process runs what the sleeper had in hand."""
    sleeper, left = place.host.workers[0].pid, _in_hand(place)
    runs = runs_noted(place.host)
    return any(run.pid != sleeper for mid in left for run in runs[mid])


def _in_hand(place: Place) -> set[str]:
    sleeper = place.host.workers[0].pid
    return {
        mid
        for mid, runs in runs_noted(place.host).items()
        if any(run.pid == sleeper and run.ended is None for run in runs)
    }


def is_locked(place: Place) -> bool:
    try:
        with locked(place):
            return False
    except sqlite3.OperationalError:
        return True


def clock_stepped(seconds: int) -> Happening:
    """The machine's calendar is off; WeChat's is right."""

    @contextmanager
    def stepped(place: Place) -> Iterator[None]:
        step, part = place.folder / "step", place.folder / "step.part"
        part.write_text(str(seconds))
        part.replace(step)  # a bot that reads it half written would have no clock at all
        try:
            yield
        finally:
            step.unlink()

    return stepped


SLEEPERS = {
    "worker_sleeps": "sqlite",
    "redis_worker_sleeps": "redis",
    "postgres_worker_sleeps": "postgres",
}
TAKEN_OVER = "went to another process"
EVERY_TROUBLE = (
    Trouble("redis_hangs", "redis", 4, 60, server_hangs, "Redis cannot be reached"),
    Trouble("redis_dies", "redis", 3, 60, server_dies, "Redis cannot be reached"),
    Trouble("postgres_hangs", "postgres", 4, 60, server_hangs, "PostgreSQL cannot be reached"),
    Trouble("postgres_dies", "postgres", 3, 60, server_dies, "PostgreSQL cannot be reached"),
    Trouble("disk_full", "disk", 3, 60, disk_full, "the store has no room left"),
    Trouble("locked", "sqlite", 6, 10, locked, "another process has locked the store"),
    Trouble("clock_ahead", "sqlite", 3, 60, clock_stepped(HOUR), '"stale"'),
    Trouble("clock_behind", "sqlite", 3, 60, clock_stepped(-HOUR), '"stale"'),
    *(
        Trouble(name, store, 9, 60, worker_sleeps, TAKEN_OVER, sleeper_is_busy, is_taken_over)
        for name, store in SLEEPERS.items()
    ),
)
# The bot of the scenarios, on a machine whose calendar can be stepped.
CLOCKED_BOT = (
    BOT
    + """
from yizhan.clock import SystemClock

def wall():
    try:
        with open(os.path.join(os.environ["BOT_FOLDER"], "step")) as step:
            return time.time() + float(step.read())
    except FileNotFoundError:
        return time.time()

SystemClock.wall = staticmethod(wall)
"""
)


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of its own, which root may mount. PermissionError where nobody may."""
    folder.mkdir()
    options = f"size={ROOM},uid={os.getuid()},mode=700"
    mount = ["mount", "-t", "tmpfs", "-o", options, "yizhan-test", str(folder)]
    rights = next((rights for rights in ROOT if _works([*rights, *mount])), None)
    if rights is None:
        raise PermissionError("a small disk can be mounted by root only")
    try:
        yield folder
    finally:
        subprocess.run([*rights, "umount", str(folder)], check=True)


def _works(command: list[str]) -> bool:
    with suppress(OSError):
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    return False


def may_mount() -> bool:
    with suppress(PermissionError), TemporaryDirectory() as folder, small_disk(Path(folder, "it")):
        return True
    return False


PLACES = {"sqlite", *STORES, *(["disk"] if may_mount() else [])}  # that this machine has
