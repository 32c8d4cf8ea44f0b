"""A run as the terminal shows it: a live table, then what failed and what to do."""

from collections import Counter
from collections.abc import Sequence

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from yizhan.conformance import texts
from yizhan.conformance.case import GROUPS, SEVERITIES, Case
from yizhan.conformance.diagnosis import Diagnosis
from yizhan.conformance.report import Report, answer_of, text_of
from yizhan.conformance.runner import Result
from yizhan.conformance.texts import said

COLOURS = {"breaks": "red", "insecure": "magenta", "unwise": "yellow"}


class Board:
    """The live table: groups with their counts, the cases that run, the latest failures."""

    def __init__(self, cases: Sequence[Case]) -> None:
        self.cases = cases
        self.counts: Counter[tuple[str, str]] = Counter()
        self.running: list[str] = []
        self.failed: list[Result] = []
        self.progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=None),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        self.task = self.progress.add_task(said("check", "title"), total=len(cases))

    def begun(self, case: Case) -> None:
        """A case has begun."""
        self.running.append(case.id)

    def done(self, result: Result) -> None:
        """A case has ended."""
        self.running.remove(result.case.id)
        self.counts[result.case.group, result.outcome] += 1
        self.progress.advance(self.task)
        if result.outcome == "failed":
            self.failed.append(result)

    def __rich__(self) -> RenderableType:
        latest = [_line(result) for result in self.failed[-5:]]
        running = Text(" ".join(self.running)[:100], style="dim", no_wrap=True)
        return Group(groups_table(self.cases, self.counts), *latest, running, self.progress)


def groups_table(cases: Sequence[Case], counts: Counter[tuple[str, str]]) -> Table:
    """How many of each group passed, failed and were skipped."""
    table = Table(box=None, pad_edge=False)
    table.add_column(said("check", "group"))
    for outcome in ("passed", "failed", "skipped"):
        table.add_column(said("outcome", outcome), justify="right")
    totals = Counter(case.group for case in cases)
    for group in GROUPS:
        if not totals[group]:
            continue
        row = [str(counts[group, outcome] or "·") for outcome in ("passed", "failed", "skipped")]
        style = "red" if counts[group, "failed"] else None
        table.add_row(said("group", group), *row, style=style)
    return table


def show_list(console: Console, cases: Sequence[Case]) -> None:
    """Every case with what it rests on."""
    table = Table(box=None, pad_edge=False)
    for name in ("case", "severity", "fact"):
        table.add_column(said("check", name), no_wrap=True)
    table.add_column("", overflow="fold")
    for case in cases:
        severity = Text(said("severity", case.severity), style=COLOURS[case.severity])
        table.add_row(case.id, severity, case.fact, texts.title(case))
    console.print(table)


def show_diagnosis(console: Console, diagnosis: Diagnosis) -> None:
    """Whether the console would accept the server, and why not."""
    good = diagnosis.verified
    style = "green" if good else "bold red"
    console.print(said("check", "verified" if good else "unverified"), style=style)
    for finding in diagnosis.findings:
        console.print(f"  • {escape(str(finding))}", style="dim" if finding.note else "")


def show_report(console: Console, report: Report, *, verbose: bool) -> None:
    """The groups, every failure with its cure, and the sum."""
    cases = [result.case for result in report.results]
    counts = Counter((result.case.group, result.outcome) for result in report.results)
    traits = " ".join(report.traits)
    console.print(said("check", "learnt", {"traits": traits}), style="dim")
    console.print(groups_table(cases, Counter(counts)))
    for result in report.failures:
        _show_failure(console, result, verbose=verbose)
    needs = Counter(result.need for result in report.results if result.need)
    for need, count in needs.items():
        told = said("check", "skipped", {"need": texts.lacking(need), "count": count})
        console.print(told, style="dim")
    numbers = {name: report.count(name) for name in ("passed", "failed", "skipped")}
    style = "bold red" if report.failures else "bold green"
    console.print(said("check", "summary", {**numbers, "seconds": report.seconds}), style=style)


def _show_failure(console: Console, result: Result, *, verbose: bool) -> None:
    console.print(_line(result))
    console.print(f"    {escape(texts.why(result.why))}", highlight=False)
    console.print(f"    → {escape(texts.cure(result.case))}", style="dim", highlight=False)
    if not verbose:
        return
    for trace in result.trace:
        for name, told in (("request", text_of(trace.sent)), ("answer", answer_of(trace))):
            console.print(f"    ── {said('check', name)}", style="bold")
            console.print(Text(told))


def _line(result: Result) -> Text:
    case = result.case
    line = Text("✗ ", style=COLOURS[case.severity])
    line.append(f"{case.id}  ")
    line.append(f"{said('severity', case.severity)} · {case.fact}  ", style="dim")
    return line.append(texts.title(case), style="")


def order(cases: Sequence[Case]) -> list[Case]:
    """The cases by group and, within it, the gravest first."""
    return sorted(
        cases, key=lambda case: (GROUPS.index(case.group), SEVERITIES.index(case.severity))
    )
