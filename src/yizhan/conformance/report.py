"""Results as files: JSON, JUnit and one self-contained page."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from string import Template
from xml.sax.saxutils import quoteattr

from msgspec import Struct

from yizhan.conformance import texts
from yizhan.conformance.case import GROUPS, SEVERITIES
from yizhan.conformance.diagnosis import Diagnosis
from yizhan.conformance.runner import Result
from yizhan.conformance.target import Server, Trace
from yizhan.conformance.texts import said
from yizhan.wire.xml import clean

SUFFIXES = (".json", ".xml", ".html")
SHOWN = 4000  # bytes of a request or answer in a report


class Report(Struct, frozen=True):
    """One run: what was asked of which server, and what came of it."""

    url: str
    mode: str
    traits: tuple[str, ...]
    at: str
    seconds: float
    diagnosis: Diagnosis
    results: tuple[Result, ...]

    def count(self, outcome: str) -> int:
        """How many cases ended so."""
        return sum(result.outcome == outcome for result in self.results)

    @property
    def failures(self) -> list[Result]:
        """The failed cases, the gravest first."""
        failed = [result for result in self.results if result.outcome == "failed"]
        return sorted(failed, key=lambda result: SEVERITIES.index(result.case.severity))


def of(
    url: str, server: Server, diagnosis: Diagnosis, results: Sequence[Result], seconds: float
) -> Report:
    """The report of a run that has just ended."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    traits = tuple(sorted(server.traits))
    return Report(url, server.mode, traits, at, round(seconds, 1), diagnosis, tuple(results))


def write(report: Report, path: Path) -> None:
    """Write the report in the form that the file's suffix names."""
    writers = {".json": as_json, ".xml": as_junit, ".html": as_html}
    path.write_text(writers[path.suffix](report), "utf-8")


def as_json(report: Report) -> str:
    """Everything, for programs."""
    document = {
        "url": report.url,
        "mode": report.mode,
        "traits": report.traits,
        "at": report.at,
        "seconds": report.seconds,
        "verified": report.diagnosis.verified,
        "findings": [
            {"cause": finding.code, "note": finding.note, "text": str(finding)}
            for finding in report.diagnosis.findings
        ],
        "summary": {name: report.count(name) for name in ("passed", "failed", "skipped")},
        "cases": [_as_dict(result) for result in report.results],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _as_dict(result: Result) -> dict[str, object]:
    case = result.case
    told: dict[str, object] = {
        "id": case.id,
        "group": case.group,
        "severity": case.severity,
        "fact": case.fact,
        "title": texts.title(case),
        "outcome": result.outcome,
        "seconds": round(result.seconds, 3),
    }
    if result.outcome == "skipped":
        told["lacks"] = result.need
    if result.why is not None:
        told["fault"] = result.why.phrase
        told["why"] = texts.why(result.why)
        told["cure"] = texts.cure(case)
        told["exchanges"] = [_exchange(trace) for trace in result.trace]
    return told


def _exchange(trace: Trace) -> dict[str, object]:
    answer = trace.answer
    return {
        "request": text_of(trace.sent),
        "end": answer.end,
        "status": answer.status,
        "headers": [list(pair) for pair in answer.headers],
        "body": text_of(answer.body),
        "seconds": round(answer.seconds, 3),
    }


def text_of(data: bytes) -> str:
    """Bytes as people may read them, shortened."""
    shown = data[:SHOWN].decode("utf-8", "replace")
    return shown + (f"… ({len(data)} bytes)" if len(data) > SHOWN else "")


def as_junit(report: Report) -> str:
    """For build servers: one suite per group."""
    suites = "".join(_suite(report, group) for group in GROUPS)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>{suites}</testsuites>\n'


def _suite(report: Report, group: str) -> str:
    results = [result for result in report.results if result.case.group == group]
    if not results:
        return ""
    failed = sum(result.outcome == "failed" for result in results)
    skipped = sum(result.outcome == "skipped" for result in results)
    seconds = sum(result.seconds for result in results)
    head = f'name="{group}" tests="{len(results)}" failures="{failed}" skipped="{skipped}"'
    cases = "".join(map(_testcase, results))
    return f'\n<testsuite {head} time="{seconds:.3f}">{cases}\n</testsuite>'


def _testcase(result: Result) -> str:
    case = result.case
    head = (
        f"\n<testcase classname={quoteattr(case.group)} name={quoteattr(case.id)}"
        f' time="{result.seconds:.3f}"'
    )
    if result.outcome == "skipped":
        return f"{head}><skipped message={quoteattr(texts.lacking(result.need))}/></testcase>"
    if result.why is None:
        return f"{head}/>"
    told = f"{texts.title(case)}\n{texts.cure(case)}"
    message = quoteattr(clean(texts.why(result.why)))
    failure = f'<failure type="{case.severity}" message={message}>{escape(clean(told))}</failure>'
    return f"{head}>{failure}</testcase>"


def as_html(report: Report) -> str:
    """For people: one page that needs nothing else."""
    counts = {name: report.count(name) for name in ("passed", "failed", "skipped")}
    findings = "".join(f"<li>{escape(str(each))}</li>" for each in report.diagnosis.findings)
    verified = "verified" if report.diagnosis.verified else "unverified"
    groups = "".join(_section(report, group) for group in GROUPS)
    summary = said("check", "summary", {**counts, "seconds": report.seconds})
    return PAGE.substitute(
        title=said("check", "title"),
        url=escape(report.url),
        mode=report.mode,
        at=report.at,
        summary=escape(summary),
        verdict=escape(said("check", verified)),
        findings=f"<ul>{findings}</ul>" if findings else "",
        groups=groups,
    )


def _section(report: Report, group: str) -> str:
    results = [result for result in report.results if result.case.group == group]
    if not results:
        return ""
    passed = sum(result.outcome == "passed" for result in results)
    rows = "".join(map(_row, results))
    name = escape(said("group", group))
    return f"<h2>{name} <small>{passed}/{len(results)}</small></h2><table>{rows}</table>"


def _row(result: Result) -> str:
    case = result.case
    mark = {"passed": "✓", "failed": "✗", "skipped": "–"}[result.outcome]
    told = escape(texts.title(case))
    if result.why is not None:
        told += f"<p class=why>{escape(texts.why(result.why))}</p>"
        told += f"<p>{escape(texts.cure(case))}</p>{_exchanges(result)}"
    elif result.need:
        told += f"<p>{escape(texts.lacking(result.need))}</p>"
    severity = escape(said("severity", case.severity))
    return (
        f'<tr class="{result.outcome} {case.severity}"><td class=mark>{mark}</td>'
        f"<td><code>{escape(case.id)}</code></td><td>{told}</td>"
        f"<td>{severity}</td><td>{escape(case.fact)}</td><td>{result.seconds:.2f}</td></tr>"
    )


def _exchanges(result: Result) -> str:
    return "".join(
        f"<details><summary>{escape(said('check', 'request'))}</summary>"
        f"<pre>{escape(text_of(trace.sent))}</pre><pre>{escape(answer_of(trace))}</pre></details>"
        for trace in result.trace[-3:]
    )


def answer_of(trace: Trace) -> str:
    """The answer of an exchange as text: status, headers, body."""
    answer = trace.answer
    if answer.end != "answered":
        return said("check", "none", {"end": f"{answer.end} {answer.detail}".strip()})
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers)
    return f"HTTP {answer.status} ({answer.seconds:.2f} s)\n{headers}\n\n{text_of(answer.body)}"


PAGE = Template("""<!doctype html>
<html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>$title · $url</title><style>
:root { color-scheme: light dark; --line: #8884; --good: #07a35a; --bad: #d33f3f; --odd: #b7791f }
body { font: 15px/1.5 system-ui, "PingFang SC", "Noto Sans CJK SC", sans-serif; margin: 2rem auto;
  max-width: 72rem; padding: 0 1rem }
h1 { font-size: 1.4rem; margin-bottom: 0 } h2 { font-size: 1.1rem; margin-top: 2rem }
small, .dim { opacity: .7; font-weight: normal }
table { border-collapse: collapse; width: 100% }
td { border-top: 1px solid var(--line); padding: .35rem .5rem; vertical-align: top }
td.mark { width: 1.5rem; font-weight: bold } td:nth-child(2) { width: 17rem }
td:nth-child(n+4) { white-space: nowrap; width: 5rem } p { margin: .2rem 0; opacity: .85 }
.passed .mark { color: var(--good) } .skipped { opacity: .6 }
.failed .mark, .failed .why { color: var(--bad) }
.failed.unwise .mark, .failed.unwise .why { color: var(--odd) }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #8881; padding: .5rem }
code { font-size: .9em }
</style></head><body>
<h1>$title</h1><p><code>$url</code> · $mode · $at</p>
<p><strong>$summary</strong></p><p>$verdict</p>$findings
$groups
</body></html>
""")
