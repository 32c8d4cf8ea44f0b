"""What a command tells a person: lines that fit the terminal, and are whole in a pipe."""

import os
import sys

import click

from yizhan.columns import fitted

ROOM = "_" * len(" [y/N]: ")  # for what click adds to a question
COLOURS_OFF = "NO_COLOR"  # whoever sets this wants none (no-color.org)


def tell(
    text: str,
    *,
    colour: str | None = None,
    bold: bool | None = None,
    err: bool = False,
    hang: int = 0,
) -> None:
    """Write sentences; on a terminal what follows in the next lines is indented by `hang` more."""
    shown = fitted(text, sys.stderr if err else sys.stdout, hang=hang)
    click.secho(shown, fg=colour, bold=bold, err=err, color=coloured())


def refuse(text: str) -> None:
    """Say on standard error why something is not done."""
    tell(text, colour="red", err=True)


def ask(question: str) -> None:
    """Go on if a person says so; else end as by Ctrl-C. Raises click.Abort."""
    shown = fitted(question + ROOM, sys.stdout)
    click.confirm(shown.removesuffix(ROOM), abort=True)


def coloured() -> bool | None:
    """What click is told: no colours, or what it finds right."""
    return False if os.environ.get(COLOURS_OFF) else None
