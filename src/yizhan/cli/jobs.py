"""yizhan jobs: what became of every accepted message."""

import json
import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click
import msgspec

from yizhan import messages
from yizhan.cli.opened import Chosen, with_store
from yizhan.cli.text import group, option, subverb
from yizhan.events import Event
from yizhan.inbox.unread import body_of
from yizhan.phrases import say
from yizhan.replies import Text, load
from yizhan.store import UNREAD, Job, Store

if TYPE_CHECKING:
    from rich.table import Table

STATES = (
    "waiting",
    "running",
    "ready",
    "sending",
    "replied",
    "delivered",
    "unknown",
    "uncollected",
    "dead",
)
TEXT = 40
WIDEST = 1000  # columns of the table in a pipe, at most


@group("jobs")
@option("--state", phrase="state", type=click.Choice(STATES))
@option("--limit", phrase="limit", default=50, type=click.IntRange(1, 10_000))
@option("--account", phrase="account", default="")
@option("--dev", phrase="dev", is_flag=True, show_default=False)
@option("--json", "as_json", phrase="json", is_flag=True, show_default=False)
@click.pass_context
def command(
    context: click.Context, state: str | None, limit: int, account: str, dev: bool, as_json: bool
) -> None:
    context.obj = chosen = Chosen(account, dev)
    if context.invoked_subcommand is not None:
        return

    async def fetch(store: Store) -> Sequence[Job]:
        return await store.jobs(state, limit, None)  # type: ignore[arg-type]  # click has checked it

    found = with_store(chosen, fetch)
    if as_json:
        for job in found:
            click.echo(json.dumps(_as_dict(job), ensure_ascii=False))
        return
    _table(found)


@subverb(command, "jobs_show", name="show")
@click.argument("key")
@click.pass_obj
def show(chosen: Chosen, key: str) -> None:
    job = _found(chosen, key)
    for name, value in _as_dict(job).items():
        click.echo(f"{name:10} {value}")
    if job.openid == UNREAD:
        click.echo(say("unread.hidden", size=len(body_of(job))))
        return
    click.echo(json.dumps(json.loads(job.message), ensure_ascii=False, indent=2))


@subverb(command, "jobs_retry", name="retry")
@click.argument("key")
@option("--yes", phrase="yes", is_flag=True, show_default=False)
@click.pass_obj
def retry(chosen: Chosen, key: str, yes: bool) -> None:
    job = _found(chosen, key)
    if job.state == "unknown" and not yes:
        click.confirm(say("cli.jobs_unknown"), abort=True)

    async def put_back(store: Store) -> bool:
        return await store.retry(key)

    _done(with_store(chosen, put_back), "cli.jobs_retried", job)


@subverb(command, "jobs_drop", name="drop")
@click.argument("key")
@option("--yes", phrase="yes", is_flag=True, show_default=False)
@click.pass_obj
def drop(chosen: Chosen, key: str, yes: bool) -> None:
    job = _found(chosen, key)
    if not yes:
        click.confirm(say("cli.jobs_drop_sure"), abort=True)

    async def delete(store: Store) -> bool:
        return await store.drop(key)

    _done(with_store(chosen, delete), "cli.jobs_dropped", job)


def _found(chosen: Chosen, key: str) -> Job:
    async def look(store: Store) -> Sequence[Job]:
        return await store.look([key])

    jobs = with_store(chosen, look)
    if not jobs:
        raise click.ClickException(say("cli.jobs_none", key=key))
    return jobs[0]


def _done(happened: bool, phrase: str, job: Job) -> None:
    if happened:
        click.echo(say(phrase, key=job.key))
        return
    click.secho(say("cli.jobs_refused", key=job.key, state=job.state), fg="red", err=True)
    sys.exit(1)


def _table(jobs: Sequence[Job]) -> None:
    if not jobs:
        click.echo(say("cli.jobs_empty"))
        return
    from rich.console import Console
    from rich.measure import Measurement

    console = Console(markup=False, emoji=False, highlight=False)  # followers wrote in it
    table = _columns("state", "at", "tries", "message", "note", "key")
    for job in jobs:
        table.add_row(*_row(job), job.key)
    wanted = Measurement.get(console, console.options.update(max_width=WIDEST), table).maximum
    if not console.is_terminal:  # for another program: a message is a line, however long
        console.width = wanted
    if wanted <= console.width:
        console.print(table)
        return
    for job in jobs:  # the other verbs ask for the key, so it stands whole, on a line of its own
        table = _columns("state", "at", "tries", "message", "note", headed=False)
        table.add_row(*_row(job))
        console.print(table)
        console.print(job.key, soft_wrap=True)


def _columns(*names: str, headed: bool = True) -> "Table":
    from rich.table import Table

    table = Table(box=None, pad_edge=False, show_header=headed)
    for name in names:
        table.add_column(say(f"column.{name}"), overflow="ellipsis", no_wrap=True)
    return table


def _row(job: Job) -> tuple[str, ...]:
    return job.state, _at(job.created), str(job.attempts), _gist(job), job.note[:TEXT]


def _gist(job: Job) -> str:
    if job.openid == UNREAD:
        return say("unread.gist", size=len(body_of(job)))
    push = messages.read(msgspec.json.decode(job.message, type=dict))
    kind = push.name if isinstance(push, Event) else push.kind
    return f"{kind} {getattr(push, 'content', '') or getattr(push, 'key', '')}"[:TEXT]


def _at(wall: float) -> str:
    return time.strftime("%m-%d %H:%M:%S", time.localtime(wall))


def _as_dict(job: Job) -> dict[str, object]:
    parts = [load(part.body)[0] for part in job.parts]
    return {
        "key": job.key,
        "state": job.state,
        "openid": job.openid,
        "created": _at(job.created),
        "updated": _at(job.updated),
        "arrivals": job.arrivals,
        "attempts": job.attempts,
        "route": job.route,
        "waiting": [p.content if isinstance(p, Text) else type(p).__name__ for p in parts],
        "note": job.note,
    }
