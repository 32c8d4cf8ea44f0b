"""An account's API client, for one command of the terminal."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
)
from rich.table import Column

from yizhan import settings
from yizhan.api import Client
from yizhan.api.options import options_of
from yizhan.clock import SystemClock
from yizhan.store.shelf import shelf_for


@contextmanager
def opened(account: str) -> Iterator[Client]:
    """The blocking client of the account of that name, sharing the token with its bot."""
    chosen = settings.load(account)
    shelf = shelf_for(chosen.store_url, chosen.label, SystemClock())
    with Client(chosen.appid, chosen.secret, **options_of(chosen, shelf=shelf)) as api:
        yield api


def show(value: object) -> None:
    """Print it as JSON for people and programs."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


@contextmanager
def bytes_bar(name: str) -> Iterator[Callable[[int, int | None], None]]:
    """A bar for a file on its way, on standard error and only on a terminal."""
    with _bar(DownloadColumn()) as bar:
        task = bar.add_task(name, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def count_bar(name: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar for things that are counted."""
    with _bar(MofNCompleteColumn()) as bar:
        task = bar.add_task(name, total=total)
        yield lambda done: bar.update(task, completed=done)


@contextmanager
def _bar(column: ProgressColumn) -> Iterator[Progress]:
    console = Console(stderr=True)
    bar = Progress(
        TextColumn("{task.description}", table_column=Column(max_width=24, no_wrap=True)),
        BarColumn(),
        column,
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    if not console.is_terminal:  # where rich before 14 would print an empty line at the end
        yield bar
        return
    with bar:
        yield bar
