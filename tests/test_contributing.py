"""What a newcomer is told to do can be done."""

import re
from pathlib import Path

import pytest

from yizhan.phrases import catalogue

ROOT = Path(__file__).resolve().parent.parent
PAGES = {
    language: (ROOT / name).read_text("utf-8")
    for language, name in (("en", "CONTRIBUTING.md"), ("zh", "CONTRIBUTING.zh-CN.md"))
}
EACH_PAGE = pytest.mark.parametrize("language", PAGES)


@EACH_PAGE
def test_every_target_of_make_is_there(language):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    told = {
        target
        for command in re.findall(r"`make ([a-z ]+)", PAGES[language])
        for target in command.split()
    }
    assert told - targets == set()
    assert {"lint", "run", "test"} <= told


@EACH_PAGE
def test_what_the_tests_are_run_on_is_there(language):
    paths = re.findall(r"\btests/[\w/.]+", PAGES[language])
    assert [path for path in paths if not (ROOT / path.rstrip(".")).exists()] == []


@EACH_PAGE
def test_the_first_task_is_still_to_be_done(language):
    """Whoever does it chooses the next one for the page."""
    [code] = set(re.findall(r"grep -n e(\d+) ", PAGES[language]))
    [now] = re.findall(r"[“「]([^”」]+)[”」][,，](?: but not|没说)", PAGES[language])
    advice = catalogue()[f"advice.e{code}"][language]
    assert now == advice
    improved = re.findall(r"“([^”]+)”", PAGES[language].replace("\n   ", " "))
    assert any(text.startswith(advice) and text != advice for text in improved)
