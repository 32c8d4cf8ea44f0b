"""A server under load: started on a core of its own, what it spends, ended with the measurement."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from load import listening

TOKEN = "benchmarktoken2026"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
APPID = "wx0123456789abcdef"
HERE = Path(__file__).resolve().parent


def yizhan(bot: str, port: int, *options: str) -> list[str]:
    """The command that serves a bot of this folder."""
    program = Path(sys.executable).with_name("yizhan")
    return [str(program), "run", str(HERE / bot), "--port", str(port), "--json-log", *options]


@contextmanager
def started(
    name: str, command: Sequence[str], port: int, environ: Mapping[str, str], *, cores: set[int]
) -> Iterator[int]:
    """A server that listens there: its process."""
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            command, stdout=log, stderr=log, env={**os.environ, **environ}, start_new_session=True
        )
        os.sched_setaffinity(process.pid, cores)
        try:
            if not listening(port, process):
                log.seek(0)
                raise SystemExit(f"{name} did not start:\n{log.read().decode()}")
            yield process.pid
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


@contextmanager
def on_another_core() -> Iterator[set[int]]:
    """Let this process use the last core only; the first is for the servers."""
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(cores)})
    try:
        yield {min(cores)}
    finally:
        os.sched_setaffinity(0, cores)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def family(pid: int) -> list[int]:
    """A process and all that came of it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(it for child in children for it in family(int(child)))]


def cpu(pid: int) -> float:
    """Seconds of CPU that these processes have used."""
    return sum(time.clock_gettime(clock_of(each)) for each in family(pid))


def clock_of(pid: int) -> int:
    """The CPU clock of another process, as Linux numbers it: clock_getcpuclockid(3)."""
    return (~pid << 3) | 2


def memory(pid: int, what: str = "VmRSS") -> float:
    """MiB that these processes have resident; "VmHWM" is the most that they had."""

    def resident(each: int) -> int:
        status = Path(f"/proc/{each}/status").read_text()
        return int(status.partition(f"{what}:")[2].split()[0])

    return sum(map(resident, family(pid))) / 1024
