"""yizhan jobs: what became of every accepted message."""

import json
import sys
import time
from collections.abc import Sequence
from datetime import datetime
from functools import partial

import click
import msgspec

from yizhan import messages
from yizhan.cli import retrying
from yizhan.cli.opened import Chosen, with_store
from yizhan.cli.telling import ask, refuse, tell
from yizhan.cli.text import group, option, subverb
from yizhan.columns import columns_of, width_of
from yizhan.events import Event
from yizhan.inbox import upkeep
from yizhan.inbox.unread import body_of
from yizhan.phrases import CONTROLS, say, visible
from yizhan.replies import Text, load
from yizhan.store.asking import changed, undelivered
from yizhan.store.mailbox import CUSTOM, FINAL, SENDING, UNREAD, Job, Message, Rule
from yizhan.store.mailboxes.contract import Store, Whole

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

COLUMNS = ("state", "at", "tries", "message", "note", "key")
TEXT = 40  # characters in a column of the table


@group("jobs")
@option("--state", phrase="state", type=click.Choice(STATES))
@option("--limit", phrase="limit", default=50, type=click.IntRange(1))
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
        _show_all(with_store(chosen, fetch))
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
        tell(f"{name:10} {value}".rstrip(), hang=11)
    message = whole.message
    if message.openid == UNREAD:
        tell(say("unread.hidden", size=len(body_of(message.body))))
    elif message.body:
        click.echo(json.dumps(json.loads(message.body), ensure_ascii=False, indent=2))


@subverb(command, "jobs_retry", name="retry")
@click.argument("key", required=False)
@option("--state", phrase="retry_state", type=retrying.STATES)
@option("--since", phrase="since", type=retrying.Duration())
@option("--dry-run", "dry", phrase="dry_run", is_flag=True, show_default=False)
@option("--yes", phrase="yes", is_flag=True, show_default=False)
@click.pass_obj
def retry(
    chosen: Chosen, key: str | None, state: str | None, since: float | None, dry: bool, yes: bool
) -> None:
    asked = retrying.checked(key, state, since, dry)
    if asked is not None:
        retrying.retry_all(chosen, asked, _show_all, yes=yes, dry=dry)
        return
    assert key is not None  # noqa: S101  # as was checked
    whole = _found(chosen, key)
    if whole.state == "unknown" and not yes:
        ask(say("cli.jobs_unknown"))
    rule = partial(upkeep.retry, key=key)
    _done(_applied(chosen, whole, rule), "cli.jobs_retried", whole)


@subverb(command, "jobs_drop", name="drop")
@click.argument("key")
@option("--yes", phrase="yes", is_flag=True, show_default=False)
@click.pass_obj
def drop(chosen: Chosen, key: str, yes: bool) -> None:
    whole = _found(chosen, key)
    if not yes:
        ask(say("cli.jobs_drop_sure"))
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
        tell(say(phrase, key=key))
        return
    refuse(say("cli.jobs_refused", key=key, state=whole.state))
    sys.exit(1)


def _show_all(wholes: Sequence[Whole]) -> None:
    """A table; on a narrow terminal a few lines each; for another program a line each, whole."""
    if not wholes:
        tell(say("cli.jobs_empty"), err=True)
        return
    if not sys.stdout.isatty():
        for whole in wholes:
            click.echo("\t".join(map(_escaped, _whole_row(whole))))
        return
    columns = columns_of(sys.stdout)
    rows = [_row(whole) for whole in wholes]
    head = tuple(say(f"column.{name}") for name in COLUMNS)
    widths = [max(map(width_of, column)) for column in zip(head, *rows, strict=True)]
    if sum(widths) + 2 * len(widths) - 2 <= columns:
        for row in (head, *rows):
            click.echo(_line(row, widths))
        return
    for row in rows:  # the other verbs ask for the key, so it stands whole, on a line of its own
        state, at, tries, message, note, key = row
        click.echo(_cut(f"{state}  {at}  {tries}", columns))
        click.echo(f"  {key}")
        if about := " · ".join(filter(None, (message, note))):
            click.echo(f"  {_cut(about, columns - 2)}")


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = (text + " " * (width - width_of(text)) for text, width in zip(row, widths, strict=True))
    return "  ".join(cells).rstrip()


def _cut(text: str, columns: int) -> str:
    if width_of(text) <= columns:
        return text
    while width_of(text) > columns - 1:
        text = text[:-1]
    return f"{text}…"


def _row(whole: Whole) -> tuple[str, ...]:
    message, latest = whole.message, whole.latest
    at = time.strftime("%m-%d %H:%M:%S", time.localtime(message.created))
    items = (_gist(message)[:TEXT], latest.note[:TEXT])  # followers wrote in both
    shown = (visible(each).replace("\n", " ").replace("\t", " ") for each in items)
    return whole.state, at, str(latest.attempts), *shown, message.key


def _whole_row(whole: Whole) -> tuple[str, ...]:
    message, latest = whole.message, whole.latest
    tries = str(latest.attempts)
    return whole.state, _at(message.created), tries, _gist(message), latest.note, message.key


def _escaped(text: str) -> str:
    """The text without what would end a field or a line, or change what a terminal does."""
    text = text.replace("\\", r"\\").replace("\t", r"\t").replace("\n", r"\n").replace("\r", r"\r")
    return CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _gist(message: Message) -> str:
    if message.openid == UNREAD:
        return say("unread.gist", size=len(body_of(message.body)))
    if not message.body:  # it is lost, as the note says
        return ""
    push = messages.read(msgspec.json.decode(message.body, type=dict))
    kind = push.name if isinstance(push, Event) else push.kind
    return f"{kind} {getattr(push, 'content', '') or getattr(push, 'key', '')}"


def _at(wall: float) -> str:
    return datetime.fromtimestamp(wall).astimezone().isoformat(timespec="seconds")


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
