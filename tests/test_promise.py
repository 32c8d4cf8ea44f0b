"""docs/promise.md promises what tests hold: each row names its own, in both languages alike."""

import re
from pathlib import Path

import pytest

from scenarios.trouble import EVERY_TROUBLE

ROOT = Path(__file__).parents[1]
DOCUMENTS = ("docs/promise.md", "docs/promise.zh-CN.md")
TESTS = {
    name
    for path in (ROOT / "tests").rglob("test_*.py")
    for name in re.findall(r"^ *(?:async )?def (test_\w+)", path.read_text("utf-8"), re.MULTILINE)
}

EACH = pytest.mark.parametrize("document", DOCUMENTS)


def rows(document: str) -> list[list[str]]:
    """The rows of its tables, without their heads."""
    lines = [line for line in (ROOT / document).read_text("utf-8").splitlines() if line[:1] == "|"]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    return [
        row
        for row, after in zip(cells, [*cells[1:], [""]], strict=True)
        if not row[0].startswith("---") and not after[0].startswith("---")
    ]


def code(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@EACH
def test_every_row_names_a_test_that_exists(document: str) -> None:
    for *_, shown in rows(document):
        name = code(shown)[0]
        assert (ROOT / "tests/scenarios" / name).exists() or name in TESTS, name


@EACH
def test_every_trouble_of_the_scenarios_has_its_row(document: str) -> None:
    """With its length in a soak, and with what the log says of it."""
    by_name = {code(row[-1])[1]: row for row in rows(document) if len(code(row[-1])) > 1}
    assert list(by_name) == [trouble.name for trouble in EVERY_TROUBLE]
    for trouble in EVERY_TROUBLE:
        what, *_, log, _, _ = by_name[trouble.name]
        assert f"{trouble.soak} " in what
        assert trouble.says.strip('"') in log


def test_both_languages_promise_the_same() -> None:
    english, chinese = (
        [(len(row), sorted(code(row[1])), code(row[-1])) for row in rows(document)]
        for document in DOCUMENTS
    )
    assert english == chinese
