"""docs/testing.md and docs/simulator.md say what is so: their code runs, their tables match."""

import re
from inspect import iscoroutinefunction
from itertools import filterfalse
from pathlib import Path

import pytest

from yizhan.phrases import catalogue
from yizhan.simulator.faults import KINDS
from yizhan.simulator.options import Options
from yizhan.testing import Simulator, User

DOCS = Path(__file__).resolve().parents[2] / "docs"
TESTING = (DOCS / "testing.md").read_text("utf-8")
SIMULATOR = (DOCS / "simulator.md").read_text("utf-8")


def blocks(kind):
    return re.findall(rf"^```{kind}\n(.*?)^```$", TESTING, re.MULTILINE | re.DOTALL)


def of_the_guide():
    """The tests of the guide with the bot that stands above them."""
    [bot] = blocks("python")
    for block in blocks("python test"):
        namespace = {}
        exec(compile(bot + block, "docs/testing.md", "exec"), namespace)  # noqa: S102
        yield from (value for name, value in namespace.items() if name.startswith("test_"))


def name(test):
    return test.__name__


TOLD = list(of_the_guide())


@pytest.mark.parametrize("test", list(filter(iscoroutinefunction, TOLD)), ids=name)
async def test_the_tests_of_the_guide_pass(test):
    await test(Simulator)


@pytest.mark.parametrize("test", list(filterfalse(iscoroutinefunction, TOLD)), ids=name)
def test_those_that_are_plain_functions_pass_too(test):
    test()


def rows(guide, heading):
    """The rows of the table below a heading."""
    part = guide.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return re.findall(r"^\| (`.*?) \|", part, re.MULTILINE)


def named(cells):
    return {name for cell in cells for name in re.findall(r"`(\w+)", cell)}


def test_every_fault_is_told():
    assert named(rows(SIMULATOR, "Faults")) == set(KINDS)


def test_every_option_is_told_with_its_default():
    part = SIMULATOR.partition("## What is not known\n")[2].partition("\n## ")[0]
    told = dict(re.findall(r"^\| `(\w+)` \| `([^`]+)` \|", part, re.MULTILINE))
    assert told == {each["name"]: _written(each["default"]) for each in Options.catalogue()}


def _written(value):
    return f'"{value}"' if isinstance(value, str) else str(value)


def test_every_reason_is_told():
    told = named(rows(SIMULATOR, "What it does as WeChat does"))
    notices = {phrase[7:] for phrase in catalogue() if phrase.startswith("notice.")}
    replies = {phrase[6:] for phrase in catalogue() if phrase.startswith("reply.")}
    # What a fault did, what the console says, and what only an option brings.
    beside = {"lost", "dropped", "echo", "unshown", "media", "not_json"}
    assert notices - beside <= told <= notices | replies


def test_everything_that_a_follower_does_is_told():
    told = named(rows(TESTING, "What a follower does"))
    done = {name for name, value in vars(User).items() if callable(value) and name[0] != "_"}
    assert done - {"does"} <= told
