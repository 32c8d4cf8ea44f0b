"""A report for programs: everything, with the exchanges of what failed."""

import json

from yizhan.conformance import texts
from yizhan.conformance.reports.report import Report, text_of
from yizhan.conformance.runner import Result
from yizhan.conformance.target import Trace


def as_json(report: Report) -> str:
    """The report as one JSON document."""
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
        "summary": {**report.counts, "unrun": report.unrun},
        "cases": [_case(result) for result in report.results],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _case(result: Result) -> dict[str, object]:
    case = result.case
    fields: dict[str, object] = {
        "id": case.id,
        "group": case.group,
        "severity": case.severity,
        "fact": case.fact,
        "source": case.source,
        "title": texts.title(case),
        "cure": texts.cure(case),
        "outcome": result.outcome,
        "seconds": round(result.seconds, 3),
    }
    if result.outcome == "skipped":
        fields["lacks"] = result.need
    if result.why is not None:
        fields["fault"] = result.why.code
        fields["why"] = texts.why(result.why)
        fields["exchanges"] = [_exchange(trace) for trace in result.trace]
    return fields


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
