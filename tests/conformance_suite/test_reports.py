"""What a run leaves behind: JSON, JUnit XML and one page, in either language."""

import asyncio
import io
import json
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from rich.console import Console

from conformance_suite.small import correct, response, small
from yizhan.conformance import reports, terminal
from yizhan.conformance.cases import CASES
from yizhan.conformance.diagnosis import diagnose
from yizhan.conformance.runner import run
from yizhan.phrases import LANGUAGES

MARKUP = "<script>alert(1)</script>\x08\x1b[2J"
# What Ant's JUnit schema asks of each suite and case, and what it lets stand beside.
SUITE = {"name", "timestamp", "hostname", "tests", "failures", "errors", "time", "package", "id"}
CASE = {"name", "classname", "time"}
PAGE = {"html", "head", "meta", "title", "style", "body", "details", "summary", "article"} | set(
    ["h1", "h3", "h4", "p", "b", "ul", "li", "pre", "code", "span", "div", "small"]
)
CHOSEN = [
    case for case in CASES if case.group in ("kinds", "security") and "slow" not in case.needs
]


def crashing(asked):
    """Verifies, and answers every push with a crash that says something dangerous."""
    return correct(asked) if asked.method == "GET" else response(500, MARKUP)


@pytest.fixture(scope="module")
def report():
    return asyncio.run(held())


async def held():
    async with small(crashing) as server:
        diagnosis = await diagnose(server)
        results = await run(server, CHOSEN, jobs=16)
    return reports.of("http://x/?a=1&b=<2>", server, diagnosis, results, seconds=1.5, unrun=7)


def written(report, tmp_path, suffix):
    path = tmp_path / f"report{suffix}"
    reports.write(report, path)
    return path.read_text("utf-8")


def test_json_tells_everything(report, tmp_path):
    told = json.loads(written(report, tmp_path, ".json"))
    assert told["summary"] == {**report.counts, "unrun": 7}
    assert len(told["cases"]) == len(CHOSEN)
    assert all(case["fact"] and case["severity"] and case["cure"] for case in told["cases"])
    assert all(case["source"].startswith("docs/") for case in told["cases"])
    failed = [case for case in told["cases"] if case["outcome"] == "failed"]
    assert failed
    assert all(case["why"] and case["exchanges"][-1]["request"] for case in failed)
    assert all(case["lacks"] for case in told["cases"] if case["outcome"] == "skipped")


def test_junit_keeps_to_the_schema(report, tmp_path):
    suites = ElementTree.fromstring(written(report, tmp_path, ".xml"))  # noqa: S314  # ours
    assert (suites.tag, suites.attrib) == ("testsuites", {})
    assert [suite.get("id") for suite in suites] == ["0", "1"]
    for suite in suites:
        assert set(suite.attrib) == {*SUITE, "skipped"}
        assert suite.get("timestamp", "").count(":") == 2  # no zone
        first, *cases, out, err = [child.tag for child in suite]
        assert (first, set(cases), out, err) == (
            *("properties", {"testcase"}),
            *("system-out", "system-err"),
        )
        held = suite.findall("testcase")
        assert all(set(case.attrib) == CASE for case in held)
        assert all(len(case) <= 1 for case in held)
        assert all(case[0].tag in ("skipped", "failure") for case in held if len(case))
        assert int(suite.get("tests", "")) == len(held)
        for name, tag in (("failures", "failure"), ("skipped", "skipped")):
            assert int(suite.get(name, "")) == len(suite.findall(f"testcase/{tag}"))
    assert all(fault.get("type") for fault in suites.iter("failure"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_complete_in_itself(report, tmp_path, monkeypatch, language):
    monkeypatch.setenv("YIZHAN_LANG", language)
    page = written(report, tmp_path, ".html")
    tags = Tags()
    tags.feed(page)
    assert set(tags.seen) <= PAGE
    assert not any(name in ("src", "href", "onclick") for name, _ in tags.attributes)
    assert not any(word in page for word in ("@import", "url(", "<script"))
    assert "default-src 'none'" in page
    assert "color-scheme: light dark" in page
    assert 'name="viewport"' in page
    assert tags.open == []
    assert ("lang", {"zh": "zh-CN", "en": "en"}[language]) in tags.attributes
    assert {"zh": "还有 7 项没有运行", "en": "7 cases have not run"}[language] in page
    assert {"zh": "消息类型", "en": "message kinds"}[language] in page


def test_a_page_shows_failures_before_all_else_and_nothing_unescaped(report, tmp_path):
    page = written(report, tmp_path, ".html")
    assert page.index("<article") < page.index("<ul class=cases>")
    assert page.count("<article") == report.count("failed")
    assert "&lt;script&gt;alert(1)" in page
    assert "http://x/?a=1&amp;b=&lt;2&gt;" in page


def test_a_terminal_is_steered_by_no_answer(report):
    console = Console(width=80, record=True, file=io.StringIO())
    terminal.show_report(console, report, verbose=True)
    told = console.export_text()
    assert "<script>alert(1)</script>\ufffd\ufffd[2J" in told
    assert not set(told) & {"\x08", "\x1b"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_terminal_says_each_cure_once_and_ends_with_what_to_mend_first(
    report, monkeypatch, language
):
    monkeypatch.setenv("YIZHAN_LANG", language)
    console = Console(width=10_000, record=True, file=io.StringIO())
    terminal.show_report(console, report, verbose=False)
    told = console.export_text()
    before, _, last = told.partition({"zh": "先改这 3 处：", "en": "Mend these 3 first:"}[language])
    cures = [line.strip() for line in before.splitlines() if line.startswith("    → ")]
    assert len(cures) == len(set(cures)) > 3
    for result in report.failures:
        assert before.count(f"{result.case.id} ") == 1
    first = [line.strip() for line in last.splitlines()[1:4]]
    assert all(cure.removeprefix("→ ") in line for cure, line in zip(cures, first, strict=False))


class Tags(HTMLParser):
    """The tags and attributes of a page, and what it leaves open."""

    VOID = ("meta",)
    CLOSED_BY_OTHERS = ("p", "li")

    def __init__(self):
        super().__init__()
        self.seen = []
        self.attributes = []
        self.open = []

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        self.attributes += attrs
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag
