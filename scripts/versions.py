"""Run the tests beside the oldest and the newest packages that Yizhan says it can use.

Each cell is a Python and a resolution, in an environment of its own in .yizhan/versions. For a
Python that has no cell it is only asked whether every package has a wheel. `make matrix` runs it.
"""

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Lock

import click

ROOT = Path(__file__).resolve().parent.parent
HOMES = ROOT / ".yizhan" / "versions"
INSTALLING = 600.0  # seconds
LONGEST = 900.0  # seconds for the tests of one cell
AT_ONCE = 2  # cells: their tests wait more than they compute
EACH = 1.0  # seconds between two looks at how far the tests are
CLEARING_UP = 20.0  # seconds that tests have for it when they are stopped
ASKED = "3.14"  # of which it is only asked whether there are wheels

# What tests import, and what runs them; without the tools that look at the code and not at what
# it does, and without those that need a newer Starlette or OpenTelemetry than the lowest.
LEFT_OUT = (
    "import-linter",
    "mypy",
    "playwright",
    "pre-commit",
    "pydantic-ai-slim",
    "pyright",
    "schemathesis",
    "types-regex",
)
# A cell tells whether the packages of its age, and its Python, do what we ask of them: so it has
# the tests that go through a package, and those that lean on asyncio, threads and signals. Left out
# is what no version differs in (rules, the suite of cases, refusals, the fake API's many verbs,
# bringing over old stores), what needs a browser or a cluster, and what is slow.
TESTS = (
    # aiohttp
    "tests/api/test_client.py",
    "tests/api/test_files.py",
    "tests/api/test_transport.py",
    "tests/simulator/api/test_fake.py",
    "tests/simulator/test_client.py",
    "tests/simulator/test_http.py",
    "tests/simulator/test_pusher.py",
    # click and rich
    "tests/cli/test_api_verbs.py",
    "tests/cli/test_jobs.py",
    "tests/cli/test_main.py",
    "tests/cli/test_send.py",
    "tests/cli/test_words.py",
    # redis, asyncpg and Python's sqlite3
    "tests/mailboxes/test_contract.py",
    "tests/mailboxes/test_postgres.py",
    "tests/mailboxes/test_redis.py",
    "tests/mailboxes/test_sqlite.py",
    "tests/mailboxes/test_sqlite_writer.py",
    # uvicorn, httptools and uvloop; frameworks; logging
    "tests/server/test_asgi.py",
    "tests/server/test_cycle.py",
    "tests/server/test_exit.py",
    "tests/server/test_hosted.py",
    "tests/server/test_log.py",
    "tests/server/test_logging_hosts.py",
    "tests/server/test_mounts.py",
    "tests/server/test_protocol.py",
    "tests/server/test_receive.py",
    "tests/server/test_redaction.py",
    "tests/server/test_serve.py",
    "tests/server/test_signals.py",
    "tests/server/test_writer.py",
    # cryptography, msgspec and expat
    "tests/server/test_wechatpy.py",
    "tests/test_replies.py",
    "tests/test_settings.py",
    "tests/wire",
    # opentelemetry
    "tests/inbox/test_spans.py",
    "tests/test_tracing.py",
    # platformdirs, and what is installed without extras
    "tests/test_core.py",
    "tests/test_place.py",
    # pytest
    "tests/testing",
    # asyncio and threads, by the engine
    "tests/inbox/test_generators.py",
    "tests/inbox/test_hold.py",
    "tests/inbox/test_lease.py",
    "tests/inbox/test_stop.py",
    "tests/inbox/test_threads.py",
)
PERCENT = re.compile(r"\[ *(\d+)%\]")  # as pytest ends its lines


@dataclass(frozen=True)
class Cell:
    """A Python, and which of the versions that fit are taken: uv's name of it."""

    python: str
    resolution: str

    @property
    def name(self) -> str:
        """Python and resolution, as a word."""
        return f"{self.python}-{self.resolution}"


CELLS = (
    Cell("3.11", "lowest-direct"),
    Cell("3.12", "highest"),
    Cell("3.13", "lowest-direct"),
    Cell("3.13", "highest"),
)


def interpreter(version: str) -> Path | None:
    """The newest Python of that version: pyenv's, else the one on the PATH."""
    root = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    found = sorted(
        root.glob(f"versions/{version}.*/bin/python"),
        key=lambda path: [int(part) for part in path.parts[-3].split(".") if part.isdigit()],
    )
    if found:
        return found[-1]
    on_path = shutil.which(f"python{version}")
    return Path(on_path) if on_path and "shims" not in on_path else None


def tools() -> list[str]:
    """The test tools, by name alone: which version of each fits is for the resolver to find."""
    lines = (ROOT / "requirements/dev.in").read_text().split()
    names = [line.partition(">")[0] for line in lines]
    return [name for name in (*names, "flit_core") if name not in LEFT_OUT]


def uv(*words: str | Path, **options: float) -> "subprocess.CompletedProcess[str]":
    """Run uv; what it says is kept."""
    return subprocess.run(  # noqa: S603  # uv, with words of this file
        [sys.executable, "-m", "uv", *map(str, words)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=options.get("timeout", INSTALLING),
    )


def resolve(python: str, resolution: str, out: Path) -> str:
    """Write what an installation of everything has, wheels only; what is wrong, if anything."""
    out.parent.mkdir(parents=True, exist_ok=True)
    done = uv(
        *("pip", "compile", "--quiet", "--upgrade", "--no-header", "--no-annotate"),
        *("--only-binary", ":all:", "--extra", "all", "--python-version", python),
        *("--resolution", resolution, "pyproject.toml", "-o", out),
    )
    return done.stderr if done.returncode else ""


def install(cell: Cell, python: Path, home: Path) -> str:
    """Make the environment of a cell; what is wrong, if anything."""
    pins, wanted = home / "pins.txt", home / "tools.txt"
    if wrong := resolve(cell.python, cell.resolution, pins):
        return wrong
    wanted.write_text("\n".join(tools()) + "\n")
    own = home / "venv"
    into = ("--quiet", "--python", own / "bin/python")
    for words in (
        ("venv", "--quiet", "--clear", "--python", python, own),
        ("pip", "install", *into, "--only-binary", ":all:", "-r", pins, "-r", wanted),
        ("pip", "install", *into, "--no-deps", "--no-build-isolation", "-e", ROOT),
    ):
        if (done := uv(*words)).returncode:
            return done.stderr
    return ""


def test(cell: Cell, home: Path, tests: Sequence[str], progress: "Progress") -> tuple[bool, str]:
    """Run the tests that are not slow, or those named; whether they passed, and the last line."""
    binaries = home / "venv/bin"
    kept = home / "kept"  # what tests write to disk
    command = [
        *(str(binaries / "python"), "-m", "pytest", "-q", "-m", "not slow", "--tb=short"),
        # What old packages deprecate is no fault of ours.
        *("-p", "no:cacheprovider", "-W", "ignore::DeprecationWarning", f"--basetemp={kept}"),
        *(tests or TESTS),
    ]
    log = home / "tests.log"
    with log.open("w") as out:
        process = subprocess.Popen(  # noqa: S603  # the environment's own Python
            command,
            cwd=ROOT,
            env=os.environ | {"PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}"},
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    ends = time.monotonic() + LONGEST
    try:
        while process.poll() is None:
            if progress.stopping.wait(EACH) or time.monotonic() > ends:
                return False, f"not done after {LONGEST:.0f} s: {log}"
            found = PERCENT.findall(log.read_text())
            progress.tell(cell, f"{found[-1] if found else 0} %")
    finally:
        end(process)
        shutil.rmtree(kept, ignore_errors=True)
    lines = log.read_text().splitlines() or [""]
    failed = [line for line in lines if line.startswith(("FAILED", "ERROR"))]
    return process.returncode == 0, "\n  ".join([lines[-1], *failed])


def end(process: "subprocess.Popen[bytes]") -> None:
    """End the tests and what they have started; as with Ctrl-C first, so that they clear up."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(CLEARING_UP)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


class Progress:
    """What each cell is at: one line that changes on a terminal, a line a minute elsewhere."""

    def __init__(self, cells: int) -> None:
        self.stopping = Event()
        self._cells, self._done = cells, 0
        self._began = time.monotonic()
        self._at: dict[str, str] = {}
        self._minute = 0
        self._lock = Lock()

    def tell(self, cell: Cell, what: str) -> None:
        """That cell is at this now."""
        with self._lock:
            self._at[cell.name] = what
            self._show()

    def done(self, cell: Cell, what: str) -> None:
        """That cell has ended, with this to say."""
        with self._lock:
            self._at.pop(cell.name, None)
            self._done += 1
            self._clear()
            click.echo(f"{cell.name} ({self._done} of {self._cells}): {what}")
            self._show()

    def _show(self) -> None:
        at = ", ".join(f"{name} {what}" for name, what in self._at.items())
        seconds = int(time.monotonic() - self._began)
        line = f"{self._done} of {self._cells}, {seconds // 60}:{seconds % 60:02d} {at}"
        if sys.stdout.isatty():
            width = shutil.get_terminal_size().columns - 1
            click.echo(f"\r{line[:width]:{width}}\r", nl=False)
        elif seconds // 60 > self._minute:
            self._minute = seconds // 60
            click.echo(line)

    def _clear(self) -> None:
        if sys.stdout.isatty():
            click.echo("\r\x1b[2K", nl=False)


def run(cell: Cell, tests: Sequence[str], progress: Progress) -> bool:
    """Install and test a cell, and say what came of it."""
    began = time.monotonic()
    python = interpreter(cell.python)
    if python is None:
        progress.done(cell, f"no Python {cell.python} here")
        return False
    home = HOMES / cell.name
    progress.tell(cell, "installing")
    passed, told = False, install(cell, python, home)
    if not told and not progress.stopping.is_set():
        passed, told = test(cell, home, tests, progress)
    if not progress.stopping.is_set():
        progress.done(cell, f"{told.strip()} ({time.monotonic() - began:.0f} s)")
    return passed


def has_wheels(python: str) -> bool:
    """Whether every package has a wheel for that Python, and say so."""
    wrong = resolve(python, "highest", HOMES / python / "pins.txt")
    click.echo(f"{python}: {wrong.strip() or 'every package has a wheel'}")
    return not wrong


def main() -> int:
    """Run the cells that are named, or all; 0 if all is well."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cell", action="append", choices=[cell.name for cell in CELLS])
    parser.add_argument("tests", nargs="*", help="run these alone")
    given = parser.parse_args()
    wanted = [cell for cell in CELLS if not given.cell or cell.name in given.cell]
    progress = Progress(len(wanted))
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with ThreadPoolExecutor(AT_ONCE) as lanes:
        try:
            results = [has_wheels(ASKED)]
            running = [lanes.submit(run, cell, given.tests, progress) for cell in wanted]
            results += [each.result() for each in running]
        except KeyboardInterrupt:
            progress.stopping.set()
            lanes.shutdown(cancel_futures=True)
            click.echo("\nstopped")
            return 130
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
