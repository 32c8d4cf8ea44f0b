"""yizhan check: hold any server to what WeChat relies on, and say why a verification fails."""

import asyncio
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from fnmatch import fnmatchcase
from pathlib import Path

import click
from rich.console import Console
from rich.live import Live

from yizhan import settings
from yizhan.cli.text import option, verb
from yizhan.conformance import reports, runner, terminal
from yizhan.conformance.case import SEVERITIES, Case, Severity
from yizhan.conformance.cases import CASES
from yizhan.conformance.diagnosis import Diagnosis, diagnose
from yizhan.conformance.forging import Forger
from yizhan.conformance.http import address_of
from yizhan.conformance.target import Server
from yizhan.conformance.texts import wording
from yizhan.errors import SettingsError
from yizhan.settings import Settings

EXIT = {"breaks": 1, "insecure": 3, "unwise": 4}  # 2 is a wrong command line
STOPPED = 130  # by Ctrl-C, as shells have it


@verb("check")
@click.argument("url", required=False)
@option("--account", phrase="account", default="")
@option("--mode", phrase="mode", type=click.Choice(["plain", "compat", "safe"]))
@option("--only", phrase="only", multiple=True, metavar="NAME")
@option("--list", "listed", phrase="list", is_flag=True, show_default=False)
@option("--slow", phrase="slow", default="", metavar="TEXT", show_default=False)
@option("--report", "paths", phrase="report", multiple=True, type=click.Path(path_type=Path))
@option("--fail-on", phrase="fail_on", default="unwise", type=click.Choice(SEVERITIES))
@option("--jobs", phrase="jobs", default=6, type=click.IntRange(1, 32))
@option("--force", phrase="force", is_flag=True, show_default=False)
@option("--verbose", "-v", phrase="verbose", is_flag=True, show_default=False)
def command(
    url: str | None,
    account: str,
    mode: settings.SignedMode | None,
    only: tuple[str, ...],
    listed: bool,
    slow: str,
    paths: tuple[Path, ...],
    fail_on: Severity,
    jobs: int,
    force: bool,
    verbose: bool,
) -> None:
    cases = chosen(only)
    console = terminal.console()
    if listed:
        terminal.show_list(console, cases)
        return
    for path in paths:
        _check_path(path)
    if url is None:
        raise click.UsageError(wording("check", "no_url"))
    server = server_of(url, settings.load(account, given={"allow_weak": True}), mode, slow)
    report = asyncio.run(_check(console, url, server, cases, jobs=jobs, force=force))
    if report.results or report.unrun:
        terminal.show_report(console, report, verbose=verbose)
    for path in paths:
        _write(report, path)
        console.print(wording("check", "written", {"path": path}), style="dim", soft_wrap=True)
    sys.exit(status(report, fail_on))


def _check_path(path: Path) -> None:
    """A report that could not be written is told before the run, not after it."""
    if path.suffix not in reports.FORMS:
        raise click.UsageError(wording("check", "report", {"path": path}))
    if not path.parent.is_dir():
        raise click.UsageError(wording("check", "folder", {"path": path.parent}))


def _write(report: reports.Report, path: Path) -> None:
    try:
        reports.write(report, path)
    except OSError as error:
        raise click.FileError(str(path), error.strerror) from error


def chosen(only: Sequence[str]) -> list[Case]:
    """The cases that these names, groups, severities or patterns mean; all for none."""
    for name in only:
        if not any(_means(name, case) for case in CASES):
            raise click.UsageError(wording("check", "no_case", {"only": name}))
    cases = [case for case in CASES if not only or any(_means(name, case) for name in only)]
    return terminal.order(cases)


def server_of(
    url: str, known: Settings, mode: settings.SignedMode | None, slow: str = ""
) -> Server:
    """The server at that URL, with the keys of the settings."""
    try:
        address = address_of(url)
    except ValueError:
        raise click.UsageError(wording("check", "url", {"url": url})) from None
    mode = mode or known.signed_mode
    forger = Forger(known.aes_key, known.appid) if known.aes_key and mode != "plain" else None
    if mode != "plain" and forger is None:
        raise SettingsError("settings.safe_needs", mode=mode, setting="aes_key")
    server = Server(address, known.token, mode, forger, slow=slow)
    if known.original_id:
        server.original_id = known.original_id
    return server


def status(report: reports.Report, fail_on: Severity) -> int:
    """The exit status: the gravest failure that counts, 0 for none."""
    if report.unrun:
        return STOPPED
    if not report.diagnosis.verified:
        return EXIT["breaks"]
    gravest = runner.worst(report.results)
    if gravest is None or SEVERITIES.index(gravest) > SEVERITIES.index(fail_on):
        return 0
    return EXIT[gravest]


async def _check(
    console: Console, url: str, server: Server, cases: Sequence[Case], *, jobs: int, force: bool
) -> reports.Report:
    began = time.monotonic()
    diagnosis = await diagnose(server)
    terminal.show_diagnosis(console, diagnosis)
    results: list[runner.Result] = []
    if diagnosis.verified or force or not _hopeless(diagnosis):
        results = await _run(console, server, cases, jobs)
    else:
        cases = []
        terminal.say(console, wording("check", "stopped"), "dim")
    seconds, unrun = time.monotonic() - began, len(cases) - len(results)
    return reports.of(url, server, diagnosis, results, seconds=seconds, unrun=unrun)


async def _run(
    console: Console, server: Server, cases: Sequence[Case], jobs: int
) -> list[runner.Result]:
    """The results in the order of the cases; Ctrl-C leaves those that there are."""
    board = terminal.Board(cases)
    live = Live(board, console=console, refresh_per_second=8, transient=True)
    with live, suppress(asyncio.CancelledError):
        await runner.run(server, cases, jobs=jobs, begun=board.begun, done=board.done)
    return sorted(board.results, key=lambda result: cases.index(result.case))


def _hopeless(diagnosis: Diagnosis) -> bool:
    """Whether every case would fail for the cause that is already told."""
    return any(not finding.note and finding.code != "port" for finding in diagnosis.findings)


def _means(name: str, case: Case) -> bool:
    return name in (case.group, case.severity) or fnmatchcase(case.id, name)
