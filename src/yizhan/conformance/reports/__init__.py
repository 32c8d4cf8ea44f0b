"""Results as files: JSON, JUnit XML and one self-contained page."""

from collections.abc import Callable
from pathlib import Path

from yizhan.conformance.reports.json import as_json
from yizhan.conformance.reports.junit import as_junit
from yizhan.conformance.reports.page import as_page
from yizhan.conformance.reports.report import Report, answer_of, of, text_of

__all__ = ["FORMS", "Report", "answer_of", "of", "text_of", "write"]

FORMS: dict[str, Callable[[Report], str]] = {".json": as_json, ".xml": as_junit, ".html": as_page}


def write(report: Report, path: Path) -> None:
    """Write the report in the form that the file's suffix names; raises OSError."""
    path.write_text(FORMS[path.suffix](report), "utf-8")
