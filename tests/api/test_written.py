"""What is written from the description is current, and checkers make use of it."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from api.described import ENDPOINTS

ROOT = Path(__file__).parents[2]
TYPING = ROOT / "tests/typing"
RIGHT, WRONG = "api_right.py", "api_wrong.py"


def run(*command):
    environ = os.environ | {"MYPYPATH": str(ROOT / "src"), "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"}
    environ |= {"PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(
        [sys.executable, *command], cwd=TYPING, env=environ, capture_output=True, text=True
    )


def mypy(file):
    """The lines where mypy complains."""
    done = run("-m", "mypy", "--strict", "--config-file=", "--no-error-summary", file)
    assert done.stderr == ""
    return {int(number) for number in re.findall(r":(\d+): error:", done.stdout)}


def pyright(file):
    """The lines where pyright complains."""
    if shutil.which("node") is None and os.environ.get("CI") != "true":
        pytest.skip("pyright needs node")
    done = run("-m", "pyright", "--outputjson", "--pythonpath", sys.executable, file)
    errors = [e for e in json.loads(done.stdout)["generalDiagnostics"] if e["severity"] == "error"]
    return {each["range"]["start"]["line"] + 1 for each in errors}


def test_the_written_files_are_current():
    done = run(str(ROOT / "scripts/describe"), "--check")
    assert (done.returncode, done.stdout) == (0, ""), "run: python scripts/describe"


@pytest.mark.parametrize(
    ("file", "mark"),
    [("docs/api.md", "**unconfirmed**: "), ("src/yizhan/api/calls.pyi", "Unconfirmed: ")],
)
def test_what_is_unconfirmed_says_so(file, mark):
    written = (ROOT / file).read_text("utf-8")
    doubts = Counter(each.unconfirmed for each in ENDPOINTS if each.unconfirmed)
    faces = 2 if file.endswith(".pyi") else 1  # the async client and the blocking one
    assert {doubt: written.count(mark + doubt) for doubt in doubts} == {
        doubt: count * faces for doubt, count in doubts.items()
    }


@pytest.mark.slow
@pytest.mark.parametrize("checker", [mypy, pyright])
def test_checkers_let_right_calls_pass(checker):
    assert checker(RIGHT) == set()


@pytest.mark.slow
@pytest.mark.parametrize("checker", [mypy, pyright])
def test_checkers_refuse_wrong_calls(checker):
    lines = (TYPING / WRONG).read_text("utf-8").splitlines()
    assert checker(WRONG) == {number for number, line in enumerate(lines, 1) if "# E: " in line}
