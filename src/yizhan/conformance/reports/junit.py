"""A report for build servers, in the form of Ant's JUnit task: one suite per group."""

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from yizhan.conformance import texts
from yizhan.conformance.case import Group
from yizhan.conformance.reports.report import Report
from yizhan.conformance.runner import Result
from yizhan.wire.xml import clean


def as_junit(report: Report) -> str:
    """The report as an XML document."""
    suites = "".join(
        _suite(number, group, results, report)
        for number, (group, results) in enumerate(report.groups.items())
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>{suites}\n</testsuites>\n'


def _suite(number: int, group: Group, results: Sequence[Result], report: Report) -> str:
    attributes = {
        "id": number,
        "package": "yizhan",
        "name": group,
        "hostname": "localhost",
        "timestamp": report.at.partition("+")[0],
        "tests": len(results),
        "failures": _count(results, "failed"),
        "errors": 0,
        "skipped": _count(results, "skipped"),
        "time": _seconds(sum(result.seconds for result in results)),
    }
    server = _tag("property", {"name": "url", "value": report.url}, "")
    cases = "".join(map(_case, results))
    inside = f"\n<properties>{server}</properties>{cases}\n<system-out/><system-err/>\n"
    return "\n" + _tag("testsuite", attributes, inside)


def _case(result: Result) -> str:
    case = result.case
    attributes = {"classname": case.group, "name": case.id, "time": _seconds(result.seconds)}
    return "\n" + _tag("testcase", attributes, _outcome(result))


def _outcome(result: Result) -> str:
    if result.outcome == "skipped":
        return _tag("skipped", {"message": texts.lacking(result.need)}, "")
    if result.why is None:
        return ""
    sentence = f"{texts.title(result.case)}\n{texts.cure(result.case)}"
    attributes = {"type": result.case.severity, "message": texts.why(result.why)}
    return _tag("failure", attributes, escape(clean(sentence)))


def _tag(name: str, attributes: Mapping[str, object], inside: str) -> str:
    pairs = "".join(f" {key}={quoteattr(clean(str(value)))}" for key, value in attributes.items())
    return f"<{name}{pairs}>{inside}</{name}>" if inside else f"<{name}{pairs}/>"


def _count(results: Sequence[Result], outcome: str) -> int:
    return sum(result.outcome == outcome for result in results)


def _seconds(seconds: float) -> str:
    return f"{seconds:.3f}"
