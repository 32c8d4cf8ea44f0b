"""The page about other frameworks: counts of each server, and the same ones in both languages."""

import re
from pathlib import Path

import pytest
from comparison import details, summary

from yizhan.conformance.case import GROUPS
from yizhan.conformance.cases import CASES
from yizhan.conformance.judging import Why
from yizhan.conformance.runner import Result

DOCS = Path(__file__).parents[2] / "docs"
CASE = next(case for case in CASES if case.id == "verify-stale")


def results(failed):
    """Those of a server that fails these cases and passes all others."""
    why = Why("echoed")
    return [
        Result(case, "failed", why) if case.id in failed else Result(case, "passed")
        for case in CASES
    ]


@pytest.fixture
def held():
    return {("Ours", "plain"): results(()), ("Theirs", "plain"): results({CASE.id})}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_counts_what_failed(held, language):
    page = summary(held, language)
    counts = {"breaks": 0, "insecure": 0, "unwise": 0} | {CASE.severity: 1}
    cells = " | ".join(map(str, counts.values()))
    assert re.search(rf"\| Theirs \| \S+ \| {len(CASES) - 1} \| {cells} \| 0 \|", page)
    assert re.search(rf"\| Ours \| \S+ \| {len(CASES)} \| 0 \| 0 \| 0 \| 0 \|", page)


def test_the_details_show_each_failure_of_each_server(held):
    text = details(held)
    assert f"### `{CASE.id}`" in text
    assert text.count("\n- Theirs, plain: ") == 1
    assert "\n- Ours" not in text
    assert [case.id for case in CASES if f"| `{case.id}` " not in text] == []


def test_the_committed_page_is_one_page_of_the_same_numbers_in_both_languages():
    texts = [(DOCS / name).read_text("utf-8") for name in ("peers.md", "peers.zh-CN.md")]
    tables = [re.findall(r"(?m)^\|.*\d.*\|$", text) for text in texts]
    numbers = [[re.findall(r"\d+", row.partition("|")[2]) for row in table] for table in tables]
    assert numbers[0] == numbers[1]
    assert len(numbers[0]) >= 2 + len(GROUPS)
    assert all(len(text.splitlines()) < 80 for text in texts)
