"""A run as the terminal shows it: a live table, then what failed and what to do."""

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import IO, cast

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from yizhan.columns import breaks
from yizhan.conformance import texts
from yizhan.conformance.case import GROUPS, SEVERITIES, Case
from yizhan.conformance.diagnosis import Diagnosis
from yizhan.conformance.reports import Report, answer_of, text_of
from yizhan.conformance.runner import OUTCOMES, Result
from yizhan.conformance.texts import wording
from yizhan.phrases import visible

COLOURS = {"breaks": "red", "insecure": "magenta", "unwise": "yellow"}
LATEST = 5  # failures under the live table
INDENT = " " * 4
FIRST = 3  # causes that are named at the end, where there are more
NARROW = 110  # columns that a line of the list needs
WIDE = 10_000  # columns of a file or pipe: more than any line has


def console() -> Console:
    """Standard output; files and pipes are wide enough for every line."""
    made = Console(highlight=False)
    if made.is_terminal:
        return made
    return Console(file=cast("IO[str]", Unpadded(sys.stdout)), width=WIDE, highlight=False)


class Unpadded:
    """A stream whose lines end with what they say: rich fills them up with blanks."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write these lines."""
        self._stream.write("\n".join(line.rstrip(" ") for line in text.split("\n")))
        return len(text)

    def flush(self) -> None:
        """Have them written."""
        self._stream.flush()


class Lines:
    """A text whose lines break as Chinese allows and begin under it, not under its mark."""

    def __init__(self, text: Text, mark: Text | str = "") -> None:
        self._text = text
        self._mark = Text(mark) if isinstance(mark, str) else mark

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        columns = options.max_width - self._mark.cell_len
        mark, margin = self._mark, Text(" " * self._mark.cell_len)
        for line in self._text.divide(breaks(self._text.plain, columns, columns)):
            line.rstrip()
            shown = mark + line
            shown.no_wrap, shown.overflow = True, "ignore"
            yield shown
            mark = margin


class Board:
    """The live table: groups with their counts, the cases that run, the latest failures."""

    def __init__(self, cases: Sequence[Case]) -> None:
        self.cases = cases
        self.counts: Counter[tuple[str, str]] = Counter()
        self.running: list[str] = []
        self.results: list[Result] = []
        self.progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),  # not to the margin: there Ctrl-C would echo into the next line
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        self.task = self.progress.add_task(wording("check", "title"), total=len(cases))

    def begun(self, case: Case) -> None:
        """A case has begun."""
        self.running.append(case.id)

    def done(self, result: Result) -> None:
        """A case has ended."""
        self.running.remove(result.case.id)
        self.counts[result.case.group, result.outcome] += 1
        self.progress.advance(self.task)
        self.results.append(result)

    def __rich__(self) -> RenderableType:
        failed = [result for result in self.results if result.outcome == "failed"]
        latest = [_line(result) for result in failed[-LATEST:]]
        running = Text(" ".join(self.running), style="dim", no_wrap=True, overflow="ellipsis")
        return Group(groups_table(self.cases, self.counts), *latest, running, self.progress)


def groups_table(cases: Sequence[Case], counts: Counter[tuple[str, str]]) -> Table:
    """How many of each group passed, failed and were skipped."""
    table = Table(box=None, pad_edge=False)
    table.add_column(wording("check", "group"))
    for outcome in OUTCOMES:
        table.add_column(wording("outcome", outcome), justify="right")
    totals = Counter(case.group for case in cases)
    for group in GROUPS:
        if not totals[group]:
            continue
        row = [str(counts[group, outcome] or "·") for outcome in OUTCOMES]
        style = "red" if counts[group, "failed"] else None
        table.add_row(wording("group", group), *row, style=style)
    return table


def show_list(console: Console, cases: Sequence[Case]) -> None:
    """Every case with what it rests on."""
    if console.width < NARROW:
        for case in cases:
            console.print(f"{case.id} ", _severity(case), f"[dim]· {case.source}")
            say(console, texts.title(case), mark=INDENT)
        return
    table = Table(box=None, pad_edge=False)
    for name in ("case", "severity", "fact", "what"):
        table.add_column(wording("check", name), no_wrap=True)
    for case in cases:
        table.add_row(case.id, _severity(case), case.source, texts.title(case))
    console.print(table)


def say(console: Console, text: str, style: str = "", *, mark: str = "") -> None:
    """Print a before."""
    console.print(Lines(Text(text), mark), style=style)


def show_diagnosis(console: Console, diagnosis: Diagnosis) -> None:
    """Whether the console would accept the server, and why not."""
    good = diagnosis.verified
    style = "green" if good else "bold red"
    say(console, wording("check", "verified" if good else "unverified"), style)
    for finding in diagnosis.findings:
        say(console, str(finding), "dim" if finding.note else "", mark=" • ")


def show_report(console: Console, report: Report, *, verbose: bool) -> None:
    """The groups, every failure with its cure, and the sum."""
    cases = [result.case for result in report.results]
    counts = Counter((result.case.group, result.outcome) for result in report.results)
    traits = " · ".join(wording("trait", trait) for trait in report.traits)
    say(console, wording("check", "learnt", {"traits": traits}), "dim")
    console.print(groups_table(cases, Counter(counts)))
    causes = by_cause(report.failures)
    for cure, failures in causes.items():
        before = ""
        for result in failures:
            why = texts.why(result.why)
            _show_failure(console, result, "" if why == before else why, verbose=verbose)
            before = why
        say(console, cure, "dim", mark="    → ")
    needs = Counter(result.need for result in report.results if result.need)
    for need, count in needs.items():
        say(
            console,
            wording("check", "skipped", {"need": texts.lacking(need), "count": count}),
            "dim",
        )
    style = "bold red" if report.failures else "bold green"
    say(console, report.summary, style)
    if len(causes) > FIRST:
        _show_first(console, causes)
    if report.unrun:
        say(console, wording("check", "unrun", {"count": report.unrun}), "bold yellow")


def by_cause(failures: Sequence[Result]) -> dict[str, list[Result]]:
    """The failures by what is to be done: the gravest first, then what mends the most."""
    causes: dict[str, list[Result]] = {}
    for result in failures:
        causes.setdefault(texts.cure(result.case), []).append(result)
    return dict(sorted(causes.items(), key=lambda cause: _weight(cause[1])))


def _weight(failures: Sequence[Result]) -> tuple[int, int]:
    return min(SEVERITIES.index(it.case.severity) for it in failures), -len(failures)


def _show_first(console: Console, causes: Mapping[str, Sequence[Result]]) -> None:
    say(console, wording("check", "first", {"count": FIRST}), "bold")
    for number, (cure, failures) in enumerate(islice(causes.items(), FIRST), 1):
        mends = wording("check", "mends", {"count": len(failures)})
        say(console, f"{cure}{mends}", mark=f" {number}. ")


def _show_failure(console: Console, result: Result, why: str, *, verbose: bool) -> None:
    console.print(_line(result))
    if why:
        say(console, why, mark=INDENT)
    if not verbose:
        return
    for trace in result.trace:
        for name, text in (("request", text_of(trace.sent)), ("answer", answer_of(trace))):
            console.print(f"    ── {wording('check', name)}", style="bold")
            console.print(Text(visible(text)), soft_wrap=True)


def _severity(case: Case) -> Text:
    return Text(wording("severity", case.severity), style=COLOURS[case.severity])


def _line(result: Result) -> Lines:
    case = result.case
    line = Text(f"{case.id}  ", style=COLOURS[case.severity])
    line.append(f"{wording('severity', case.severity)} · {case.source}  ", style="dim")
    return Lines(line.append(texts.title(case), ""), Text("✗ ", COLOURS[case.severity]))


def order(cases: Sequence[Case]) -> list[Case]:
    """The cases by group and, within it, the gravest first."""
    return sorted(
        cases, key=lambda case: (GROUPS.index(case.group), SEVERITIES.index(case.severity))
    )
