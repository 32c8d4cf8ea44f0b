"""yizhan send: push a real signed message at a server and show what a follower would see."""

import asyncio
import json
import secrets
import shlex
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import click
from msgspec import Struct

from yizhan import addresses, place, replies, sent, settings
from yizhan.api.transport import proxy_of
from yizhan.cli.telling import tell
from yizhan.cli.text import option, verb
from yizhan.errors import SettingsError
from yizhan.judging import Asked, judge
from yizhan.phrases import say, visible
from yizhan.settings import Settings
from yizhan.simulator.client import Cut, HttpAnswer, HttpClient, Request
from yizhan.wire import sender
from yizhan.wire.envelope import Cipher
from yizhan.wire.push import SAMPLE
from yizhan.wire.xml import unparse

FIVE_SECONDS = 5.0
OPENID = "oYizhanDemoFollower000000001"
MOST = 3  # times that WeChat pushes a message


class PushResult(Struct, frozen=True):
    """What one push got: HTTP status (0 for no answer), bodies as sent and decrypted, seconds."""

    status: int
    body: bytes
    opened: bytes
    seconds: float
    problem: str = ""
    reply: replies.Reply | None = None
    cut: bool = False  # WeChat would cut here, and try again
    unheard: bool = False  # nobody listens there
    raised: str = ""  # what the bot's handler raised, as `yizhan dev` tells

    @property
    def good(self) -> bool:
        return self.status == 200 and not (self.problem or self.raised)


@verb("send")
@click.argument("text", required=False)
@option("--to", phrase="to", default="http://127.0.0.1:8080/wechat")
@option("--account", phrase="account", default="")
@option("--as", "openid", phrase="as", default=OPENID)
@option("--mode", phrase="mode", type=click.Choice(["plain", "compat", "safe"]))
@option("--image", phrase="image", metavar="MEDIA_ID")
@option("--event", phrase="event", metavar="NAME")
@option("--key", phrase="key", default="", show_default=False)
@option("--follow", phrase="follow", is_flag=True, show_default=False)
@option("--scan", phrase="scan", metavar="SCENE")
@option("--times", phrase="times", default=1, type=click.IntRange(1, MOST))
@option("--raw", phrase="raw", is_flag=True, show_default=False)
@option("--json", "as_json", phrase="json", is_flag=True, show_default=False)
def command(
    text: str | None,
    to: str,
    account: str,
    openid: str,
    mode: settings.SignedMode | None,
    image: str | None,
    event: str | None,
    key: str,
    follow: bool,
    scan: str | None,
    times: int,
    raw: bool,
    as_json: bool,
) -> None:
    fields = _fields(text, image, event, key, follow=follow, scan=scan)
    chosen = _settings(account)
    push = _header(chosen, openid) | fields
    body = unparse({"xml": push}).split("\n", 1)[1].encode()
    asked = Asked(
        openid=openid,
        original_id=chosen.original_id or SAMPLE,
        token=chosen.token,
        mode=mode or chosen.signed_mode,
        cipher=_cipher(chosen),
        is_event=fields["MsgType"] == "event",
    )
    for number in range(1, times + 1):
        query, sealed = _sealed(body, chosen, mode or chosen.signed_mode, openid)
        headers = {"content-type": "text/xml", sent.ASKED: sent.name_of(push)}
        if chosen.mode == "cloudrun":
            headers["x-wx-source"] = "yizhan-send"
        outcome = _push(to, Request("POST", query, headers, sealed), asked)
        if as_json:
            click.echo(json.dumps(_as_dict(outcome), ensure_ascii=False))
        else:
            _show(outcome, body, sealed, raw=raw)
        if outcome.unheard:  # nobody would be there for the next one either
            break
        if outcome.cut and number == times < MOST and not as_json:
            tell(say("cli.send_again", text=shlex.quote(text) if text else "…"))
    sys.exit(0 if outcome.good else 1)


def _settings(account: str) -> Settings:
    """The account's settings; without a Token, with that which `yizhan dev` has made here."""
    try:
        return settings.load(account)
    except SettingsError as error:
        token = place.dev_token(Path.cwd())
        if error.phrase != settings.TOKEN_MISSING or token is None:
            raise
        return settings.load(account, given={"token": token})


def _fields(
    text: str | None,
    image: str | None,
    event: str | None,
    key: str,
    *,
    follow: bool,
    scan: str | None,
) -> dict[str, object]:
    """The part of the push that says what it is."""
    if scan is not None:
        name, event_key = ("subscribe", f"qrscene_{scan}") if follow else ("SCAN", scan)
        return _event(name, event_key) | {"Ticket": "gQ" + secrets.token_hex(16)}
    if follow:
        return _event("subscribe", "")
    if event is not None:
        return _event(event, key)
    identity: dict[str, object] = {"MsgId": str(time.time_ns())[:17]}
    if image is not None:
        picture = f"https://example.com/{image}.jpg"
        return {"MsgType": "image", "PicUrl": picture, "MediaId": image} | identity
    if text is None:
        raise click.UsageError(say("cli.send_nothing"))
    return {"MsgType": "text", "Content": text} | identity


def _event(name: str, key: str) -> dict[str, object]:
    return {"MsgType": "event", "Event": name, "EventKey": key}


def _header(chosen: Settings, openid: str) -> dict[str, object]:
    return {
        "ToUserName": chosen.original_id or SAMPLE,
        "FromUserName": openid,
        "CreateTime": int(time.time()),
    }


def _cipher(chosen: Settings) -> Cipher | None:
    return Cipher(chosen.aes_key, chosen.appid) if chosen.aes_key else None


def _sealed(
    body: bytes, chosen: Settings, mode: settings.SignedMode, openid: str
) -> tuple[str, bytes]:
    cipher = _cipher(chosen)
    if mode != "plain" and cipher is None:
        raise SettingsError("settings.safe_needs", mode=mode, setting="aes_key")
    return sender.build(
        body,
        token=chosen.token,
        timestamp=str(int(time.time())),
        nonce=str(secrets.randbelow(10**10)),
        mode=mode,
        cipher=cipher,
        openid=openid,
        to_user=chosen.original_id or SAMPLE,
    )


def _push(to: str, request: Request, asked: Asked) -> PushResult:
    if addresses.web(to) is None:
        raise click.UsageError(say("cli.send_url", url=to))
    answer, seconds = asyncio.run(_delivered(to, request))
    if isinstance(answer, Cut):
        if answer.how == "refused":
            sentence = say("cli.send_nobody", url=to, problem=answer.detail)
            return PushResult(0, b"", b"", seconds, sentence, unheard=True)
        problem = answer.detail or answer.how
        sentence = say("cli.send_no_answer", problem=problem)
        return PushResult(0, b"", b"", seconds, sentence, cut=True)
    return _read(answer, seconds, asked)


async def _delivered(to: str, request: Request) -> tuple[HttpAnswer | Cut, float]:
    """What came back, and the seconds that it took."""
    client = HttpClient(to, proxy=proxy_of(to))
    started = time.monotonic()
    try:
        answer = await client.deliver(request, FIVE_SECONDS)
        return answer, time.monotonic() - started
    finally:
        await client.close()


def _read(answer: HttpAnswer, seconds: float, asked: Asked) -> PushResult:
    status, body = answer.status, answer.body
    if status != 200:
        problem = say("cli.send_status", status=status, body=body[:80].decode("utf-8", "replace"))
        return PushResult(status, body, body, seconds, problem)
    judged = judge(status, answer.headers.get("content-encoding", ""), body, asked)
    if judged.outcome == "fault":
        return PushResult(status, body, judged.plain, seconds, str(judged.reason))
    reply = judged.received.reply if judged.received else None
    raised = sent.read(answer.headers.get(sent.RAISED, ""))
    return PushResult(status, body, judged.plain, seconds, reply=reply, raised=raised)


def _show(outcome: PushResult, body: bytes, sent: bytes, *, raw: bool) -> None:
    if raw:
        _section(say("cli.send_request"), body.decode())
        if sent != body:
            _section(say("cli.send_sealed"), sent.decode())
        _section(say("cli.send_response"), outcome.body.decode("utf-8", "replace"))
        if outcome.opened != outcome.body:
            _section(say("cli.send_opened"), outcome.opened.decode("utf-8", "replace"))
    if outcome.raised:
        tell(visible(outcome.raised), colour="red")
    colour = "green" if outcome.good else "red"
    if outcome.problem:
        tell(visible(outcome.problem), colour="red")
    elif outcome.reply is None:
        tell(say("cli.send_acknowledged"), colour=colour)
    else:
        for line in _lines(outcome.reply):
            click.secho(visible(line), fg=colour)
    if outcome.unheard:
        return
    phrase = "cli.send_time" if outcome.status else "cli.send_waited"
    tell(say(phrase, seconds=f"{outcome.seconds:.2f}", status=outcome.status))


def _section(title: str, text: str) -> None:
    click.secho(title, bold=True)
    click.echo(visible(text))


def _lines(reply: replies.Reply) -> Iterator[str]:
    match reply:
        case replies.Text(content=content):
            yield content
        case replies.News(articles=articles):
            for article in articles:
                yield f"[news] {article.title} — {article.description} {article.url}"
        case _:
            values = {name: getattr(reply, name) for name in reply.__struct_fields__}
            said = " ".join(f"{name}={value}" for name, value in values.items() if value)
            yield f"[{type(reply).__name__.lower()}] {said}"


def _as_dict(outcome: PushResult) -> Mapping[str, object]:
    return {
        "status": outcome.status,
        "seconds": round(outcome.seconds, 3),
        "problem": outcome.problem,
        **({"raised": outcome.raised} if outcome.raised else {}),
        "reply": list(_lines(outcome.reply)) if outcome.reply is not None else None,
        "body": outcome.opened.decode("utf-8", "replace"),
    }
