"""A run and what came of it, before it is written."""

from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec import Struct

from yizhan.conformance.case import GROUPS, SEVERITIES, Group
from yizhan.conformance.diagnosis import Diagnosis
from yizhan.conformance.runner import OUTCOMES, Outcome, Result
from yizhan.conformance.target import Server, Trace
from yizhan.conformance.texts import wording

SHOWN = 4000  # bytes of a request or answer in a report


class Report(Struct, frozen=True):
    """One run: what was asked of which server, and what came of it.

    `at` is UTC as ISO 8601, `seconds` how long it took; `unrun` cases were left when the
    run was stopped.
    """

    url: str
    mode: str
    traits: tuple[str, ...]
    at: str
    seconds: float
    diagnosis: Diagnosis
    results: tuple[Result, ...]
    unrun: int = 0

    def count(self, outcome: Outcome) -> int:
        """How many cases ended so."""
        return sum(result.outcome == outcome for result in self.results)

    @property
    def counts(self) -> dict[str, int]:
        """How many cases ended in each way."""
        return {outcome: self.count(outcome) for outcome in OUTCOMES}

    @property
    def summary(self) -> str:
        """The sum in one sentence."""
        return wording("check", "summary", {**self.counts, "seconds": self.seconds})

    @property
    def failures(self) -> list[Result]:
        """The failed cases, the gravest first."""
        failed = [result for result in self.results if result.outcome == "failed"]
        return sorted(failed, key=lambda result: SEVERITIES.index(result.case.severity))

    @property
    def groups(self) -> dict[Group, list[Result]]:
        """The results of each group that was looked at."""
        groups = {group: self._of(group) for group in GROUPS}
        return {group: results for group, results in groups.items() if results}

    def _of(self, group: Group) -> list[Result]:
        return [result for result in self.results if result.case.group == group]


def of(
    url: str,
    server: Server,
    diagnosis: Diagnosis,
    results: Sequence[Result],
    *,
    seconds: float,
    unrun: int = 0,
) -> Report:
    """The report of a run that has just ended."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    traits = tuple(sorted(server.traits))
    took = round(seconds, 1)
    return Report(url, server.mode, traits, at, took, diagnosis, tuple(results), unrun)


def text_of(data: bytes) -> str:
    """Bytes as people may read them, shortened."""
    shown = data[:SHOWN].decode("utf-8", "replace")
    return shown + (f"… ({len(data)} bytes)" if len(data) > SHOWN else "")


def answer_of(trace: Trace) -> str:
    """The answer of an exchange as text: status, headers, body."""
    answer = trace.answer
    if answer.end != "answered":
        return wording("check", "none", {"end": f"{answer.end} {answer.detail}".strip()})
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers)
    return f"HTTP {answer.status} ({answer.seconds:.2f} s)\n{headers}\n\n{text_of(answer.body)}"
