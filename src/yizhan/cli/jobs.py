"""yizhan jobs: what became of every accepted message."""

import json
import sys
import time
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import click
import msgspec

from yizhan import messages
from yizhan.cli.opened import Chosen, with_store
from yizhan.cli.text import group, option, subverb
from yizhan.events import Event
from yizhan.inbox import upkeep
from yizhan.inbox.unread import body_of
from yizhan.phrases import say
from yizhan.replies import Text, load
from yizhan.store.asking import changed, undelivered
from yizhan.store.mailbox import CUSTOM, FINAL, SENDING, UNREAD, Job, Message, Rule
from yizhan.store.mailboxes.contract import Store, Whole

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
Fields = dict[str, object]

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

    async def fetch(store: Store) -> Sequence[Whole]:
        return await store.jobs(state, limit, None)  # type: ignore[arg-type]  # click has checked it

    async def fetch_all(store: Store) -> Sequence[Fields]:
        return await _fields(store, await fetch(store))

    if not as_json:
        _table(with_store(chosen, fetch))
        return
    for fields in with_store(chosen, fetch_all):
        click.echo(json.dumps(fields, ensure_ascii=False))


@subverb(command, "jobs_show", name="show")
@click.argument("key")
@click.pass_obj
def show(chosen: Chosen, key: str) -> None:
    async def look(store: Store) -> tuple[Whole, Fields] | None:
        wholes = await store.messages([key])
        return (wholes[0], (await _fields(store, wholes))[0]) if wholes else None

    found = with_store(chosen, look)
    if found is None:
        raise _none(key)
    whole, fields = found
    for name, value in fields.items():
        click.echo(f"{name:10} {value}")
    message = whole.message
    if message.openid == UNREAD:
        click.echo(say("unread.hidden", size=len(body_of(message.body))))
    elif message.body:
        click.echo(json.dumps(json.loads(message.body), ensure_ascii=False, indent=2))


@subverb(command, "jobs_retry", name="retry")
@click.argument("key")
@option("--yes", phrase="yes", is_flag=True, show_default=False)
@click.pass_obj
def retry(chosen: Chosen, key: str, yes: bool) -> None:
    whole = _found(chosen, key)
    if whole.state == "unknown" and not yes:
        click.confirm(say("cli.jobs_unknown"), abort=True)
    rule = partial(upkeep.retry, key=key)
    _done(_applied(chosen, whole, rule), "cli.jobs_retried", whole)


@subverb(command, "jobs_drop", name="drop")
@click.argument("key")
@option("--yes", phrase="yes", is_flag=True, show_default=False)
@click.pass_obj
def drop(chosen: Chosen, key: str, yes: bool) -> None:
    whole = _found(chosen, key)
    if not yes:
        click.confirm(say("cli.jobs_drop_sure"), abort=True)
    rule = partial(upkeep.drop, key=key)
    _done(_applied(chosen, whole, rule), "cli.jobs_dropped", whole)


def _found(chosen: Chosen, key: str) -> Whole:
    async def look(store: Store) -> Sequence[Whole]:
        return await store.messages([key])

    wholes = with_store(chosen, look)
    if not wholes:
        raise _none(key)
    return wholes[0]


def _none(key: str) -> click.ClickException:
    return click.ClickException(say("cli.jobs_none", key=key))


def _applied(chosen: Chosen, whole: Whole, rule: Rule[bool]) -> bool:
    async def apply(store: Store) -> bool:
        return await changed(store, whole.message.openid, rule, [whole.message.key])

    return with_store(chosen, apply)


def _done(happened: bool, phrase: str, whole: Whole) -> None:
    key = whole.message.key
    if happened:
        click.echo(say(phrase, key=key))
        return
    click.secho(say("cli.jobs_refused", key=key, state=whole.state), fg="red", err=True)
    sys.exit(1)


def _table(wholes: Sequence[Whole]) -> None:
    if not wholes:
        click.echo(say("cli.jobs_empty"))
        return
    from rich.console import Console
    from rich.measure import Measurement

    console = Console(markup=False, emoji=False, highlight=False)  # followers wrote in it
    table = _columns("state", "at", "tries", "message", "note", "key")
    for whole in wholes:
        table.add_row(*_row(whole), whole.message.key)
    wanted = Measurement.get(console, console.options.update(max_width=WIDEST), table).maximum
    if not console.is_terminal:  # for another program: a message is a line, however long
        console.width = wanted
    if wanted <= console.width:
        console.print(table)
        return
    for (
        whole
    ) in wholes:  # the other verbs ask for the key, so it stands whole, on a line of its own
        table = _columns("state", "at", "tries", "message", "note", headed=False)
        table.add_row(*_row(whole))
        console.print(table)
        console.print(whole.message.key, soft_wrap=True)


def _columns(*names: str, headed: bool = True) -> "Table":
    from rich.table import Table

    table = Table(box=None, pad_edge=False, show_header=headed)
    for name in names:
        table.add_column(say(f"column.{name}"), overflow="ellipsis", no_wrap=True)
    return table


def _row(whole: Whole) -> tuple[str, ...]:
    message, latest = whole.message, whole.latest
    tries, note = str(latest.attempts), latest.note[:TEXT]
    return whole.state, _at(message.created), tries, _gist(message), note


def _gist(message: Message) -> str:
    if message.openid == UNREAD:
        return say("unread.gist", size=len(body_of(message.body)))
    if not message.body:  # it is lost, as the note says
        return ""
    push = messages.read(msgspec.json.decode(message.body, type=dict))
    kind = push.name if isinstance(push, Event) else push.kind
    return f"{kind} {getattr(push, 'content', '') or getattr(push, 'key', '')}"[:TEXT]


def _at(wall: float) -> str:
    return time.strftime("%m-%d %H:%M:%S", time.localtime(wall))


async def _fields(store: Store, wholes: Sequence[Whole]) -> list[Fields]:
    """What is told of each message; of one that is answered nothing is left to deliver."""
    waiting = await undelivered(store, [it for it in wholes if it.state not in FINAL])
    return [_as_dict(it, waiting.get(it.message.key, ())) for it in wholes]


def _as_dict(whole: Whole, waiting: Sequence[bytes]) -> Fields:
    message, latest = whole.message, whole.latest
    parts = [load(body)[0] for body in waiting]
    return {
        "key": message.key,
        "state": whole.state,
        "openid": message.openid,
        "created": _at(message.created),
        "updated": _at(latest.updated),
        "arrivals": latest.arrivals,
        "attempts": latest.attempts,
        "route": _route(whole.job),
        "waiting": [p.content if isinstance(p, Text) else type(p).__name__ for p in parts],
        "note": latest.note,
    }


def _route(job: Job | None) -> str:
    """Whether any part goes by customer-service message."""
    parts = () if job is None else job.parts
    return "custom" if any(part.by in (CUSTOM, SENDING) for part in parts) else "push"
