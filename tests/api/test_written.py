"""What is written from the description is current, and checkers make use of it."""

import ast
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
from yizhan.api.described import plain_name
from yizhan.api.platform import platform

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
    ("files", "mark"),
    [
        ("docs/api/*[!N].md", "**unconfirmed**: "),
        ("docs/api/*.zh-CN.md", "**未经证实**："),
        ("src/yizhan/api/calls.pyi", "Unconfirmed: "),
    ],
)
def test_what_is_unconfirmed_says_so(files, mark):
    written = "".join(path.read_text("utf-8") for path in ROOT.glob(files))
    doubts = Counter(each.unconfirmed for each in ENDPOINTS if each.unconfirmed)
    faces = 2 if files.endswith(".pyi") else 1  # the async client and the blocking one
    assert {doubt: written.count(mark + doubt) for doubt in doubts} == {
        doubt: count * faces for doubt, count in doubts.items()
    }


@pytest.mark.parametrize("twin", ["", ".zh-CN"])
def test_each_call_has_a_section_with_its_path(twin):
    pages = {
        group: (ROOT / f"docs/api/{group}{twin}.md").read_text("utf-8")
        for group in platform().groups
    }
    sections = {
        place
        for page in pages.values()
        for place in re.findall(r"(?m)^## [\w.]+\n\n.+\n\n`(?:GET|POST) (\S+)`$", page)
    }
    assert sections == {f"{each.host}{each.path}" for each in ENDPOINTS}


@pytest.mark.parametrize("twin", ["", ".zh-CN"])
def test_each_group_is_linked_from_the_index(twin):
    index = (ROOT / f"docs/api{twin}.md").read_text("utf-8")
    there = {f"(api/{path.name})" for path in (ROOT / "docs/api").glob(f"*[!N]{twin}.md")}
    assert len(there) == len(platform().groups) + 1
    assert [link for link in there if link not in index] == []


@pytest.mark.parametrize("group", platform().groups)
def test_each_example_is_python_that_names_what_is_required(group):
    page = (ROOT / f"docs/api/{group}.md").read_text("utf-8")
    lacking = {}
    for endpoint in platform().groups[group].endpoints:
        section = page.partition(f"`{endpoint.method} {endpoint.host}{endpoint.path}`\n")[2]
        [call] = re.match(r"(?s).*?```python\nawait (.*?)\n```", section).groups()
        names = {each.arg for each in ast.parse(call, mode="eval").body.keywords}
        lacking[endpoint.path] = required(endpoint) - {plain_name(name) for name in names}
    assert {path: names for path, names in lacking.items() if names} == {}


def required(endpoint):
    """The fields that each call has to be given."""
    fields = {**endpoint.query, **endpoint.body}
    return {
        name
        for name, field in fields.items()
        if not (field.optional or field.own or name in endpoint.one_of)
        and (len(field.choices) != 1 or name == endpoint.named_by)
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
