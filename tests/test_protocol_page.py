"""docs/protocol.md has a place for every fact that the code, the tests and `yizhan check` name."""

import re
from pathlib import Path

import pytest

from yizhan.conformance.cases import CASES

ROOT = Path(__file__).resolve().parent.parent
PAGES = {
    name: (ROOT / "docs" / name).read_text("utf-8") for name in ("protocol.md", "protocol.zh-CN.md")
}
# `protocol.md C, E3`, `protocol.md C and E3`, `protocol.md D2 to D5`
CITED = re.compile(r"protocol\.md ([A-M]\d*\b(?:(?:, | and | to )[A-M]\d*\b)*)")
NAME = re.compile(r"[A-M]\d*")
ELSEWHERE = {"security"}  # docs/security.md
EACH_PAGE = pytest.mark.parametrize("page", PAGES)


def cited():
    """Each fact that is named, with where it is named first."""
    found = {}
    for folder in ("src", "tests"):
        for path in sorted((ROOT / folder).rglob("*.*")):
            if path.suffix not in (".py", ".toml") or path.samefile(__file__):
                continue
            for names in CITED.findall(path.read_text("utf-8")):
                for name in NAME.findall(names):
                    found.setdefault(name, path.relative_to(ROOT).as_posix())
    for case in CASES:
        for name in set(case.fact.split(", ")) - ELSEWHERE:
            found.setdefault(name, f"case {case.id}")
    return found


def places(page):
    return re.findall(r'<a id="(\w+)"></a>', PAGES[page])


def test_facts_are_cited_in_code_and_in_cases():
    assert {"A", "B3", "E3", "G1", "K5", "L9", "M1"} <= set(cited())


@EACH_PAGE
def test_every_cited_fact_has_a_place(page):
    there = set(places(page))
    assert {name: where for name, where in cited().items() if name.lower() not in there} == {}


@EACH_PAGE
def test_a_place_is_there_once(page):
    assert len(places(page)) == len(set(places(page)))


def test_both_languages_have_the_same_places():
    english, chinese = (places(page) for page in PAGES)
    assert english == chinese


@EACH_PAGE
def test_a_place_leads_to_the_fact_of_its_name(page):
    """An anchor stands before the heading of its name, or in the cell that begins with it."""
    followed = re.findall(r'<a id="(\w+)"></a>(?:\n\n#+ (\w+)\. |(\w+) \|)', PAGES[page])
    assert [name.upper() for name, *_ in followed] == [head or cell for _, head, cell in followed]
    assert [name for name, *_ in followed] == places(page)


@EACH_PAGE
def test_links_within_the_page_name_its_headings(page):
    headings = re.findall(r"^#+ (.+)$", PAGES[page], re.MULTILINE)
    slugs = {re.sub(r"[^\w\- ]", "", each).lower().replace(" ", "-") for each in headings}
    assert {
        link for link in re.findall(r"\]\(#([^)]+)\)", PAGES[page]) if link not in slugs
    } == set()
