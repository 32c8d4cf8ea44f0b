"""Run the tests beside the oldest and the newest packages that Yizhan says it can use.

Each cell is a Python and a resolution, in an environment of its own in .yizhan/versions. For a
Python that has no cell it is only asked whether every package has a wheel. `make matrix` runs it.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parent.parent
HOMES = ROOT / ".yizhan" / "versions"
INSTALLING = 600.0  # seconds
LONGEST = 900.0  # seconds for the tests of one cell
ASKED = "3.14"  # of which it is only asked whether there are wheels

# What tests import, and what runs them; without the tools that look at the code and not at what
# it does, and without one that needs a newer Starlette than the lowest.
LEFT_OUT = (
    "import-linter",
    "mypy",
    "playwright",
    "pre-commit",
    "pyright",
    "schemathesis",
    "types-regex",
)
# The tests of what uses a package. The engine, the rules and the suite of cases use none.
TESTS = (
    "tests/api/test_client.py",
    "tests/api/test_transport.py",
    "tests/api/test_files.py",
    "tests/cli",
    "tests/mailboxes",
    "tests/server",
    "tests/simulator",
    "tests/testing",
    "tests/wire",
    "tests/test_core.py",
    "tests/test_place.py",
    "tests/test_replies.py",
)


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


def test(home: Path, tests: Sequence[str]) -> tuple[bool, str]:
    """Run the tests that are not slow, or those named; whether they passed, and the last line."""
    binaries = home / "venv/bin"
    command = [
        *(str(binaries / "python"), "-m", "pytest", "-q", "-m", "not slow", "--tb=short"),
        # What old packages deprecate is no fault of ours.
        *("-p", "no:cacheprovider", "-W", "ignore::DeprecationWarning"),
        *(tests or TESTS),
    ]
    log = home / "tests.log"
    with log.open("w") as out:
        try:
            done = subprocess.run(  # noqa: S603  # the environment's own Python
                command,
                cwd=ROOT,
                env=os.environ | {"PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}"},
                stdout=out,
                stderr=subprocess.STDOUT,
                check=False,
                timeout=LONGEST,
            )
        except subprocess.TimeoutExpired:
            return False, f"not done after {LONGEST:.0f} s: {log}"
    lines = log.read_text().splitlines() or [""]
    failed = [line for line in lines if line.startswith(("FAILED", "ERROR"))]
    return done.returncode == 0, "\n  ".join([lines[-1], *failed])


def run(cell: Cell, tests: Sequence[str]) -> bool:
    """Install and test a cell, and say what came of it."""
    began = time.monotonic()
    python = interpreter(cell.python)
    if python is None:
        click.echo(f"{cell.name}: no Python {cell.python} here")
        return False
    home = HOMES / cell.name
    passed, told = False, install(cell, python, home)
    if not told:
        passed, told = test(home, tests)
    click.echo(f"{cell.name}: {told.strip()} ({time.monotonic() - began:.0f} s)")
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
    results = [has_wheels(ASKED), *(run(cell, given.tests) for cell in wanted)]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
