"""Two checkers hold the decorators to their promise: the wrong kind or result is an error."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FILES = ("accepted.py", "accepted_untyped.py", "refused.py")
REFUSED = FILES[-1]


def mypy():
    """Where mypy complains: file and line."""
    options = ("--strict", "--config-file=", f"--cache-dir={ROOT / '.mypy_cache' / 'typing'}")
    done = run("-m", "mypy", *options, *FILES)
    return [(file, int(line)) for file, line in re.findall(r"(\w+\.py):(\d+): error: ", done)]


def pyright():
    """Where pyright complains: file and line."""
    if shutil.which("node") is None and os.environ.get("CI") != "true":
        pytest.skip("pyright needs node")
    options = ("--outputjson", "--project", str(HERE), "--pythonpath", sys.executable)
    found = json.loads(run("-m", "pyright", *options))["generalDiagnostics"]
    errors = [each for each in found if each["severity"] == "error"]
    return [(Path(each["file"]).name, each["range"]["start"]["line"] + 1) for each in errors]


def run(*command):
    environ = os.environ | {"MYPYPATH": str(ROOT / "src"), "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"}
    return subprocess.run(
        [sys.executable, *command],
        capture_output=True,
        text=True,
        env=environ,
        cwd=HERE,
        check=False,
    ).stdout


@pytest.fixture(scope="module", params=[mypy, pyright])
def errors(request):
    """Where a checker complains."""
    return request.param()


def test_a_program_that_is_right_is_accepted(errors):
    assert [error for error in errors if error[0] != REFUSED] == []


def test_a_program_that_is_wrong_is_refused_at_every_marked_line_and_no_other(errors):
    lines = (HERE / REFUSED).read_text("utf-8").splitlines()
    marked = {number for number, line in enumerate(lines, 1) if "# E: " in line}
    assert {line for file, line in errors if file == REFUSED} == marked
