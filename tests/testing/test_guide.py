"""What the guides of testing, dialogs and the simulator say is so: code runs, tables match."""

import re
from inspect import iscoroutinefunction
from itertools import filterfalse
from pathlib import Path

import pytest

from yizhan.phrases import catalogue
from yizhan.recording import Exchange, line_of
from yizhan.replies import Text, render
from yizhan.simulator import forms
from yizhan.simulator.faults import KINDS
from yizhan.simulator.options import Options
from yizhan.testing import Simulator, User

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
REFERENCE = (DOCS / "testing-reference.md").read_text("utf-8")
TESTING = (DOCS / "testing.md").read_text("utf-8") + REFERENCE
SIMULATOR = (DOCS / "simulator.md").read_text("utf-8")
DIALOGS = (DOCS / "dialogs.md").read_text("utf-8")
SURVEY = (ROOT / "examples/survey/bot.py").read_text("utf-8").partition("@account.text")[0]


def blocks(kind, guide=TESTING):
    return re.findall(rf"^```{kind}\n(.*?)^```$", guide, re.MULTILINE | re.DOTALL)


def of_the_guides():
    """The tests of each guide with the bot that stands above them, as one module."""
    for guide, before in ((TESTING, ""), (DIALOGS, SURVEY)):
        source = "".join([before, *blocks("python", guide), *blocks("python test", guide)])
        namespace = {"__name__": "guide"}
        exec(compile(source, guide.partition("\n")[0], "exec"), namespace)  # noqa: S102
        for name, value in namespace.items():
            if name.startswith("test_"):
                yield from cases(value)


def cases(test):
    """The test once, or once for each of its parameters; what it may lack is there."""
    marks = [mark for mark in getattr(test, "pytestmark", []) if mark.name != "skipif"]
    for mark in marks:
        if mark.name == "parametrize":
            name, values = mark.args
            for value in values:
                yield pytest.param(test, {name: value}, id=f"{test.__name__}-{value}")
            return
    yield pytest.param(test, {}, marks=marks, id=test.__name__)


TOLD = list(of_the_guides())


@pytest.fixture(autouse=True)
def recording(tmp_path, monkeypatch):
    """A day of the guide's bot, where the guide looks for it."""
    greeting = Exchange(
        at=0.0,
        path="/wechat",
        mode="plain",
        push=forms.document(
            {"ToUserName": "gh_shop", "FromUserName": "oFan", "CreateTime": 1, "MsgId": 1}
            | forms.message("text", {"Content": "你好"}),
            "xml",
        ).decode(),
        reply=render(Text("你好！"), to="oFan", sender="gh_shop", created=1).decode(),
        status=200,
        took=0.1,
    )
    (tmp_path / "day.jsonl").write_bytes(line_of(greeting))
    monkeypatch.chdir(tmp_path)


def is_awaited(case):
    return iscoroutinefunction(case.values[0])


@pytest.mark.parametrize(("test", "values"), list(filter(is_awaited, TOLD)))
async def test_the_tests_of_the_guides_pass(test, values):
    await test(Simulator, **values)


@pytest.mark.parametrize(("test", "values"), list(filterfalse(is_awaited, TOLD)))
def test_those_that_are_plain_functions_pass_too(test, values):
    test(**values)


def test_the_guide_shows_every_fault():
    shown = set(re.findall(r"\"(\w+)\"", "".join(blocks("python test"))))
    assert set(KINDS) <= shown


def rows(guide, heading):
    """The rows of the table below a heading."""
    part = guide.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return re.findall(r"^\| (`.*?) \|", part, re.MULTILINE)


def named(cells):
    return {name for cell in cells for name in re.findall(r"`(\w+)", cell)}


def test_every_fault_is_told():
    assert named(rows(SIMULATOR, "Faults")) == set(KINDS)


def test_every_option_is_told_with_its_default():
    part = SIMULATOR.partition("## Options\n")[2].partition("\n## ")[0]
    told = dict(re.findall(r"^\| `(\w+)` \| `([^`]+)` \|", part, re.MULTILINE))
    assert told == {each["name"]: _written(each["default"]) for each in Options.catalogue()}


def _written(value):
    return f'"{value}"' if isinstance(value, str) else str(value)


def test_every_reason_is_told():
    told = named(rows(SIMULATOR, "What a server may answer"))
    notices = {phrase[7:] for phrase in catalogue() if phrase.startswith("notice.")}
    replies = {phrase[6:] for phrase in catalogue() if phrase.startswith("reply.")}
    # What a fault or a reload did, what the console says, and what only an option brings.
    beside = {"lost", "reloaded", "dropped", "cut", "echo", "unshown", "media", "not_json"}
    assert notices - beside <= told <= notices | replies


def test_everything_that_a_follower_does_is_told():
    told = named(rows(TESTING, "What a follower does"))
    done = {name for name, value in vars(User).items() if callable(value) and name[0] != "_"}
    assert done <= told
    shown = "".join(blocks("python test"))
    assert {name for name in done - {"does"} if f".{name}(" not in shown} == set()


def test_everything_that_can_be_asked_of_wechat_is_told():
    asked = {name for name in vars(Simulator) if not name.startswith("_")}
    assert {name for name in asked if not re.search(rf"\bchat\.{name}\b", TESTING)} == set()
