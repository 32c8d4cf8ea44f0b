"""yizhan replay: play a recording at a server and show what has changed."""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from yizhan import recording, settings
from yizhan.cli.check import server_of
from yizhan.cli.telling import tell
from yizhan.cli.text import option, verb
from yizhan.conformance import texts
from yizhan.conformance.replaying import Replayed, replay
from yizhan.conformance.target import Server
from yizhan.conformance.texts import wording
from yizhan.errors import RecordingError
from yizhan.phrases import shortened, visible
from yizhan.recording import Exchange
from yizhan.replies import Reply, Text

INDENT = 13  # columns before what is told of a push
NAMES = ("Content", "EventKey", "Label", "Title", "MediaId")


@verb("replay")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@option("--to", phrase="to", default="http://127.0.0.1:8080/wechat")
@option("--account", phrase="account", default="")
@option("--mode", phrase="mode", type=click.Choice(["plain", "compat", "safe"]))
@option("--speed", phrase="speed", default=1.0, type=click.FloatRange(0, 1000))
def command(
    file: Path, to: str, account: str, mode: settings.SignedMode | None, speed: float
) -> None:
    exchanges = _read(file)
    known = settings.load(account, given={"allow_weak": True})
    changed = asyncio.run(_play(server_of(to, known, mode), exchanges, speed))
    numbers = {"count": len(exchanges), "changed": changed}
    tell(wording("replay", "summary", numbers), colour="yellow" if changed else "green")
    sys.exit(1 if changed else 0)


def _read(file: Path) -> list[Exchange]:
    with file.open("rb") as lines:
        try:
            return list(recording.read(lines))
        except RecordingError as error:
            sentence = wording("replay", "bad", {"path": file, "problem": error})
            raise click.ClickException(sentence) from error


async def _play(server: Server, exchanges: Sequence[Exchange], speed: float) -> int:
    changed = 0
    async for replayed in replay(server, exchanges, speed=speed):
        changed += replayed.changed
        _show(replayed, exchanges[0].at)
    return changed


def _show(replayed: Replayed, first: float) -> None:
    exchange = replayed.exchange
    seconds = f"{exchange.at - first:8.2f}"
    mark = "≠" if replayed.changed else "="
    colour = "yellow" if replayed.changed else None
    tell(f"{mark} {seconds}  --> {_asked(replayed)}", colour=colour, hang=INDENT)
    if replayed.changed:
        tell(f"{' ' * INDENT}{wording('replay', 'before')} {_before(replayed)}", hang=2)
        tell(f"{' ' * INDENT}{wording('replay', 'now')} {_now(replayed)}", hang=2)
    else:
        tell(f"{' ' * INDENT}<-- {_now(replayed)}", hang=4)


def _asked(replayed: Replayed) -> str:
    fields = replayed.exchange.fields
    kind = str(fields.get("Event") or fields.get("MsgType"))
    what = next((str(fields[name]) for name in NAMES if fields.get(name)), "")
    return visible(shortened(f"{kind} {what}", 100))


def _before(replayed: Replayed) -> str:
    exchange = replayed.exchange
    if not exchange.answered:
        return wording("replay", "nothing")
    return (
        wording("replay", "acknowledged") if exchange.shown is None else _words_of(exchange.shown)
    )


def _now(replayed: Replayed) -> str:
    heard = replayed.heard
    if heard.outcome == "acknowledged":
        return wording("replay", "acknowledged")
    return _words_of(heard.reply) if heard.reply is not None else texts.why(heard.why)


def _words_of(reply: Reply) -> str:
    if isinstance(reply, Text):
        return visible(shortened(" ".join(reply.content.split()), 100))
    return visible(shortened(f"[{reply.kind}] {reply}", 100))
