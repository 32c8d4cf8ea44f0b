"""What the repository cites is in it: files, and each fact with its anchor in docs/protocol.md."""

import dataclasses
import functools
import re
import subprocess
from pathlib import Path

import pytest

from yizhan.conformance.cases import CASES

ROOT = Path(__file__).resolve().parent.parent
PAGES = {
    name: (ROOT / "docs" / name).read_text("utf-8") for name in ("protocol.md", "protocol.zh-CN.md")
}
# `docs/protocol.md#c, #e3`, `docs/protocol.md#d2 to #d5`
CITED = re.compile(r"docs/protocol\.md((?:#\w+(?:, | and | to )?)+)")
# A fact by its letter alone: `protocol.md E3`, `fact: A, K5`.
WITHOUT_ANCHOR = re.compile(r"protocol\.md,? [A-M]\d*\b|\bfact: [A-M]\d")
FOLDERS = "docs|src|tests|scripts|examples|peers|benchmarks|deploy|requirements|changelog\\.d"
FILE = re.compile(
    rf"(?<![\w/.~-])(?:(?:{FOLDERS})/|\.\./shared/)[\w./-]*\w\.(?:md|py|toml|svg|png|json|sh)\b"
)
# How files are called that a reader will write.
EXAMPLES = {f"changelog.d/{it}.md" for it in ("dialogs.added", "42.fixed", "advice-45003.changed")}
PLACEHOLDER = re.compile(r"/[A-Z]+\.")  # docs/NAME.md, docs/NAME.zh-CN.md
KINDS = (".py", ".toml", ".md", ".js", ".css", ".html", ".yml", ".lua")
EACH_PAGE = pytest.mark.parametrize("page", PAGES)


@functools.cache
def texts():
    """Every text under version control, by its path."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("this is no checkout: there is no list of files")
    paths = [ROOT / name for name in listed.stdout.splitlines()]
    return {
        path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
        for path in paths
        if path.suffix in KINDS and path.is_file() and not path.samefile(__file__)
    }


def cited():
    """Each fact that is cited, with where it is cited first."""
    found = {}
    for name, text in texts().items():
        for anchors in CITED.findall(text):
            for anchor in re.findall(r"#(\w+)", anchors):
                found.setdefault(anchor, name)
    for case in CASES:
        for anchor in re.findall(r"#(\w+)", case.source):
            found.setdefault(anchor, f"case {case.id}")
    return found


def places(page):
    return re.findall(r'<a id="(\w+)"></a>', PAGES[page])


def test_facts_are_cited_in_code_and_in_cases():
    assert {"a", "b3", "e3", "g1", "k5", "l9", "m1"} <= set(cited())


@EACH_PAGE
def test_every_cited_fact_has_a_place(page):
    there = set(places(page))
    assert {name: where for name, where in cited().items() if name not in there} == {}


def test_a_fact_is_cited_by_its_anchor():
    assert {
        name: found for name, text in texts().items() if (found := WITHOUT_ANCHOR.findall(text))
    } == {}


def test_a_file_that_is_cited_is_in_the_repository():
    missing = {
        (name, cited)
        for name, text in texts().items()
        for cited in set(FILE.findall(text)) - EXAMPLES
        if not PLACEHOLDER.search(cited)
        and not (ROOT / cited).exists()
        and not ((ROOT / name).parent / cited).exists()
    }
    assert missing == set()


@pytest.mark.parametrize(
    ("fact", "source"),
    [
        ("C", "docs/protocol.md#c"),
        ("A, K5", "docs/protocol.md#a, #k5"),
        ("security", "docs/security.md"),
        ("B2, security", "docs/protocol.md#b2, docs/security.md"),
    ],
)
def test_a_case_says_where_its_facts_are(fact, source):
    assert dataclasses.replace(CASES[0], fact=fact).source == source


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
