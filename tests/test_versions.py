"""The cells of Python and packages: what a person sees of them, and that a stop leaves nothing."""

import os
import signal
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest
import versions

FIRST, SECOND = versions.CELLS[:2]
LASTING = """
import os, pathlib, subprocess, time
def test_it():
    child = subprocess.Popen(["sleep", "600"])
    pathlib.Path({noted!r}).write_text(f"{{os.getpid()}} {{child.pid}}")
    time.sleep(600)
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder of a cell whose environment is this one."""
    (tmp_path / "venv/bin").mkdir(parents=True)
    python = tmp_path / "venv/bin/python"
    python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    return tmp_path


def lives(pid: int) -> bool:
    """Whether that process does anything yet; one that is dead may still be listed."""
    with suppress(FileNotFoundError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


@pytest.mark.timeout(120)
def test_a_stop_leaves_no_process_and_no_file(home: Path) -> None:
    noted, progress = home / "noted", versions.Progress(1)
    tests = home / "test_lasting.py"
    tests.write_text(LASTING.format(noted=str(noted)))

    def stop() -> None:
        while not (noted.exists() and noted.read_text().count(" ")):
            time.sleep(0.05)
        progress.stopping.set()

    stopper = threading.Thread(target=stop)
    stopper.start()
    try:
        passed, _ = versions.test(FIRST, home, [str(tests)], progress)
    finally:
        stopper.join()
    assert not passed
    pids = [int(pid) for pid in noted.read_text().split()]
    try:
        while any(map(lives, pids)):  # a killed one may take a moment; the test has a time-out
            time.sleep(0.05)
    finally:
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    assert not (home / "kept").exists()


def test_what_failed_is_named(home: Path) -> None:
    tests = home / "test_failing.py"
    tests.write_text("def test_it():\n    assert 1 == 2\n")
    passed, told = versions.test(FIRST, home, [str(tests)], versions.Progress(1))
    assert not passed
    assert "FAILED" in told
    assert "1 failed" in told


class TestProgress:
    def test_in_a_pipe_there_are_whole_lines_and_few(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        progress = versions.Progress(2)
        for percent in range(100):
            progress.tell(FIRST, f"{percent} %")
        progress.done(FIRST, "3 passed (9 s)")
        assert capsys.readouterr().out == f"{FIRST.name} (1 of 2): 3 passed (9 s)\n"

    def test_a_line_fits_into_sixty_columns(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COLUMNS", "60")
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        progress = versions.Progress(2)
        progress.tell(FIRST, "installing " * 10)
        progress.tell(SECOND, "50 %")
        shown = capsys.readouterr().out.split("\r")
        assert [line for line in shown if len(line) > 59] == []
        assert "0 of 2, 0:00" in shown[1]
