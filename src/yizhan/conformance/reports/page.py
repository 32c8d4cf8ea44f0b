"""A report for people: one page that needs nothing else, in the reader's language."""

from collections.abc import Sequence
from html import escape
from importlib.resources import files
from string import Template

from yizhan.conformance import texts
from yizhan.conformance.case import Case, Group
from yizhan.conformance.reports.report import Report, answer_of, text_of
from yizhan.conformance.runner import OUTCOMES, Result
from yizhan.conformance.target import Trace
from yizhan.conformance.texts import wording
from yizhan.phrases import language

MARKS = {"passed": "✓", "failed": "✗", "skipped": "–"}
EXCHANGES = 3  # the last ones of a failure


def as_page(report: Report) -> str:
    """The report as an HTML document."""
    template = files("yizhan.conformance.reports").joinpath("report.html").read_text("utf-8")
    verified = report.diagnosis.verified
    return Template(template).substitute(
        language={"zh": "zh-CN", "en": "en"}[language()],
        title=wording("check", "title"),
        url=escape(report.url),
        mode=escape(report.mode),
        at=escape(report.at),
        verdict="good" if verified else "bad",
        verified=escape(wording("check", "verified" if verified else "unverified")),
        findings=_findings(report),
        counts="".join(_count(report, outcome) for outcome in report.counts),
        stopped=_stopped(report),
        failures="".join(map(_failure, report.failures)),
        groups="".join(_group(group, results) for group, results in report.groups.items()),
    )


def _findings(report: Report) -> str:
    findings = report.diagnosis.findings
    items = "".join(f"<li>{escape(str(finding))}</li>" for finding in findings)
    return f"<ul>{items}</ul>" if items else ""


def _count(report: Report, outcome: str) -> str:
    number = report.counts[outcome]
    shown = outcome if number else "none"
    return f"<span class={shown}><b>{number}</b> {escape(wording('outcome', outcome))}</span> "


def _stopped(report: Report) -> str:
    if not report.unrun:
        return ""
    return f"<p class=bad>{escape(wording('check', 'unrun', {'count': report.unrun}))}</p>"


def _failure(result: Result) -> str:
    case = result.case
    exchanges = "".join(map(_exchange, result.trace[-EXCHANGES:]))
    return (
        f"<article class={case.severity}><h3>{escape(texts.title(case))}</h3>{_of(case)}"
        f"<p class=why>{escape(texts.why(result.why))}</p>"
        f"<p>→ {escape(texts.cure(case))}</p>{exchanges}</article>"
    )


def _of(case: Case) -> str:
    severity = escape(wording("severity", case.severity))
    return (
        f"<p class=of><span class=severity>{severity}</span> "
        f"<code>{escape(case.id)}</code> {escape(case.source)}</p>"
    )


def _exchange(trace: Trace) -> str:
    return (
        f"<details><summary>{escape(wording('check', 'request'))}</summary>"
        f"<pre>{escape(text_of(trace.sent))}</pre>"
        f"<h4>{escape(wording('check', 'answer'))}</h4>"
        f"<pre>{escape(answer_of(trace))}</pre></details>"
    )


def _group(group: Group, results: Sequence[Result]) -> str:
    numbers = " ".join(
        f"<span class={outcome}>{MARKS[outcome]} {count}</span>"
        for outcome in OUTCOMES
        if (count := sum(result.outcome == outcome for result in results))
    )
    rows = "".join(map(_row, results))
    summary = f"<summary>{escape(wording('group', group))} <small>{numbers}</small></summary>"
    return f"<details>{summary}<ul class=cases>{rows}</ul></details>"


def _row(result: Result) -> str:
    case = result.case
    sentence = escape(texts.title(case))
    if result.need:
        sentence += f" <small>{escape(texts.lacking(result.need))}</small>"
    return (
        f"<li class={result.outcome}><span class=mark>{MARKS[result.outcome]}</span>"
        f"<div>{sentence}{_of(case)}</div>"
        f"<span class=seconds>{result.seconds:.2f} s</span></li>"
    )
