"""yizhan status: how every account stands, on one screen."""

import asyncio
import json
import platform
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from math import ceil

import click

from yizhan import settings
from yizhan.cli.opened import Chosen
from yizhan.cli.standing import Standing, at, standing
from yizhan.cli.text import option, verb
from yizhan.columns import columns_of, width_of, wrapped
from yizhan.phrases import say, visible
from yizhan.store.mailbox import LISTED

HIDDEN, SHOWN = "\x1b[?25l", "\x1b[?25h"  # the cursor
HOME, REST, TO_END = "\x1b[H", "\x1b[J", "\x1b[K"  # go to the top; clear what is below, and behind
WIDEST = 100  # columns: longer lines are hard to read
HOUR = 3600
INTERRUPTED = 130  # exit status


@verb("status")
@option("--account", phrase="status_account", default="", show_default=False)
@option("--dev", phrase="dev", is_flag=True, show_default=False)
@option("--watch", phrase="watch", is_flag=True, show_default=False)
@option("--every", phrase="every", default=2.0, type=click.FloatRange(0.2))
@option("--json", "as_json", phrase="json", is_flag=True, show_default=False)
def command(account: str, dev: bool, watch: bool, every: float, as_json: bool) -> None:
    names = [account] if account else settings.names()
    chosen = [Chosen(name, dev) for name in names]
    if not watch:
        found = looked(chosen)
        click.echo(_json(found) if as_json else "\n".join(screen(found, _columns())))
        sys.exit(1 if any(it.error for it in found) else 0)
    try:
        with _redrawn(as_json) as draw:
            while True:
                draw(looked(chosen))
                time.sleep(every)
    except KeyboardInterrupt:  # which ends it: click would write a blank line
        sys.exit(INTERRUPTED)


def looked(chosen: Sequence[Chosen]) -> list[Standing]:
    """How these accounts stand now."""

    async def all_of_them() -> list[Standing]:
        return await asyncio.gather(*map(standing, chosen))

    return asyncio.run(all_of_them())


class Drawn:
    """Writes one state after another: over the last one on a terminal, else below it."""

    def __init__(self, as_json: bool, over: bool) -> None:
        self._as_json = as_json
        self._over = over
        self._first = True

    def __call__(self, found: Sequence[Standing]) -> None:
        if self._as_json:
            click.echo(_json(found))
            return
        lines = list(screen(found, _columns()))
        if not self._over:
            click.echo("\n".join([*([] if self._first else [""]), *lines]))
            self._first = False
            return
        most = max(1, shutil.get_terminal_size().lines - 1)
        if len(lines) > most:
            lines = [*lines[: most - 1], "…"]
        click.echo(HOME + "".join(f"{line}{TO_END}\n" for line in lines) + REST, nl=False)


@contextmanager
def _redrawn(as_json: bool) -> Iterator[Drawn]:
    """With the cursor out of the way on a terminal, and back at the end."""
    over = sys.stdout.isatty() and not as_json
    if over:
        click.echo(HIDDEN + HOME + REST, nl=False)
    try:
        yield Drawn(as_json, over)
    finally:
        if over:
            click.echo(SHOWN, nl=False)


def _columns() -> int:
    return min(WIDEST, columns_of(sys.stdout))


def _json(found: Sequence[Standing]) -> str:
    wall = time.time()
    return json.dumps(
        {
            "at": at(wall),
            "version": version("yizhan"),
            "accounts": [it.fields(wall) for it in found],
        },
        ensure_ascii=False,
    )


def screen(found: Sequence[Standing], columns: int) -> Iterator[str]:
    """The lines of one state, none wider than that."""
    wall = time.time()
    now = datetime.fromtimestamp(wall).astimezone()
    what = f"yizhan {version('yizhan')}", f"Python {platform.python_version()}"
    yield from _wrapped(" · ".join((*what, f"{now:%Y-%m-%d %H:%M:%S}")), columns)
    for it in found:
        yield ""
        head = it.label if it.name in ("", it.label) else f"{it.label} ({it.name})"
        yield from (click.style(line, bold=True) for line in _wrapped(head, columns))
        rows = list(_rows(it, wall)) if it.store else []  # else its settings are at fault
        width = max((width_of(name) for name, _ in rows), default=0) + 4
        for name, sentence in rows:
            yield from _row(name, sentence, width, columns)
        for remark in it.remarks:
            for line in _row("!", remark.text, 4, columns):
                yield click.style(line, fg="yellow")


def _rows(it: Standing, wall: float) -> Iterator[tuple[str, str]]:
    """What is shown of an account, by the name of each line."""
    kept = it.kept
    yield say("status.store"), it.store
    if kept is not None:
        yield say("status.promise"), f"{kept.promise.name}: {say(kept.promise.phrase)}"
    else:
        phrase = "status.unknown" if it.error else "status.no_store"
        yield say("status.promise"), say(phrase)
    by_version = (f"{count} × {each}" for each, count in it.workers.items())
    yield say("status.workers"), ", ".join(by_version) or say("status.none")
    yield say("status.messages"), say("status.rate", count=it.minute, running=it.in_flight)
    if kept is not None:
        oldest = it.oldest(wall)
        waits = say("status.none") if oldest is None else say("status.for", time=_time(oldest))
        yield say("status.oldest"), waits
        listed = [f"{state} {kept.stats.jobs.get(state, 0)}" for state in LISTED]
        yield say("status.listed"), " · ".join(listed)
    yield say("status.token"), _token(it, wall)
    quota = [f"{path} {left:,}" for path, left in it.quota.items()]
    yield say("status.quota"), " · ".join(quota) or say("status.not_asked")


def _token(it: Standing, wall: float) -> str:
    if it.token_until is None:
        return say("status.no_token")
    if it.token_until <= wall:
        return say("status.token_over", time=_time(wall - it.token_until))
    return say("status.token_left", time=_time(it.token_until - wall))


def _time(seconds: float) -> str:
    """A time as people say it: seconds, minutes or hours with minutes."""
    whole = ceil(seconds)
    if whole < 60:
        return say("status.seconds", count=whole)
    if whole < HOUR:
        return say("status.minutes", count=whole // 60)
    return say("status.hours", hours=whole // HOUR, minutes=whole % HOUR // 60)


def _row(name: str, sentence: str, width: int, columns: int) -> Iterator[str]:
    """A line that goes on below its own beginning; on a narrow terminal under its name."""
    if width + 16 > columns:
        yield from _wrapped(f"  {name}", columns)
        yield from _wrapped(sentence, columns, "    ")
        return
    first = f"  {name}" + " " * (width - width_of(name) - 2)
    lines = _wrapped(sentence, columns, " " * width)
    for number, line in enumerate(lines):
        yield first + line[width:] if number == 0 else line


def _wrapped(text: str, columns: int, indent: str = "") -> list[str]:
    """The text in lines of so many columns; a word that is longer is cut."""
    room = columns - width_of(indent)
    lines = []
    for line in wrapped(visible(text).replace("\n", " ").replace("\t", " "), room):
        while width_of(line) > room:
            end = next(at for at in range(len(line), 0, -1) if width_of(line[:at]) <= room)
            lines.append(line[:end])
            line = line[end:]
        lines.append(line)
    return [indent + line for line in lines] or [indent]
