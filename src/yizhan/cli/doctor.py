"""yizhan doctor: what is wrong with an account, and what to do."""

import asyncio
import json
import sys
from pathlib import Path

import click

from yizhan import settings
from yizhan.cli.examining import Finding, Patient, examine
from yizhan.cli.telling import tell
from yizhan.cli.text import option, verb
from yizhan.errors import YizhanError
from yizhan.phrases import say

MARKS = {"good": ("✓", "green"), "note": ("!", "yellow"), "bad": ("✗", "red")}


@verb("doctor")
@click.argument("bot", required=False)
@option("--account", phrase="account", default="")
@option("--url", phrase="doctor_url", default="")
@option("--json", "as_json", phrase="json", is_flag=True, show_default=False)
def command(bot: str | None, account: str, url: str, as_json: bool) -> None:
    bad = False
    for patient in _patients(bot, account, url, as_json):
        bad |= asyncio.run(_examined(patient, as_json))
    sys.exit(1 if bad else 0)


def _patients(bot: str | None, account: str, url: str, as_json: bool) -> list[Patient]:
    """The accounts of a bot, or the one of that name. Settings that cannot be read end it."""
    try:
        if bot is None:
            return [Patient(settings.load(account), url=url)]
        from yizhan.server.serve import load

        found = load(bot, str(Path.cwd()))
        return [
            Patient(each.settings, tuple(each._routes()), url, component=each.component)
            for each in found
        ]
    except YizhanError as error:
        _show(Finding("settings", "bad", str(error)), as_json)
        sys.exit(1)


async def _examined(patient: Patient, as_json: bool) -> bool:
    """Whether something is bad."""
    bad = False
    if not as_json:
        tell(patient.settings.label, bold=True)
    async for finding in examine(patient):
        bad |= finding.state == "bad"
        _show(finding, as_json)
    return bad


def _show(finding: Finding, as_json: bool) -> None:
    if as_json:
        fields = {"topic": finding.topic, "state": finding.state, "text": finding.text}
        click.echo(json.dumps(fields, ensure_ascii=False))
        return
    mark, colour = MARKS[finding.state]
    topic = say(f"doctor.topic_{finding.topic}")
    tell(f"{click.style(mark, fg=colour)} {topic}: {finding.text}", hang=2)
