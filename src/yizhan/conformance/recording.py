"""A recording: pushes and what they got, one JSON line each, with nothing secret in it."""

import hmac
from collections.abc import Iterable, Iterator
from hashlib import sha256

import msgspec

from yizhan.wire import Mode
from yizhan.wire.xml import Raw, Value, parse, unparse

# What tells kinds and times apart; everything else may be somebody's words.
KEPT = frozenset(
    {
        *("ToUserName", "FromUserName", "CreateTime", "MsgType", "MsgId", "MsgID"),
        *("Event", "EventKey", "MenuId", "Format", "Scale", "ArticleCount", "Count", "Status"),
    }
)


class Exchange(msgspec.Struct, frozen=True, omit_defaults=True):
    """One push and its answer, both decrypted.

    `at` is wall time in seconds, `took` seconds. `reply` is what was sent back, None when
    the connection was closed without an answer.
    """

    at: float
    path: str
    mode: Mode
    push: str
    reply: str | None = None
    status: int = 200
    took: float = 0.0
    redacted: bool = False


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Exchange).decode


def line_of(exchange: Exchange) -> bytes:
    """The exchange as a line of a recording."""
    return _encode(exchange) + b"\n"


def read(lines: Iterable[bytes]) -> Iterator[Exchange]:
    """The exchanges of a recording; msgspec.DecodeError for a line that is none."""
    for line in lines:
        if line.strip():
            yield _decode(line)


def redacted(exchange: Exchange, secret: str) -> Exchange:
    """The same exchange without anybody's openid or words; equal openids stay equal."""
    return msgspec.structs.replace(
        exchange,
        push=_redacted(exchange.push, secret),
        reply=_redacted(exchange.reply, secret) if exchange.reply else exchange.reply,
        redacted=True,
    )


def _redacted(document: str, secret: str) -> str:
    if not document.lstrip().startswith("<"):
        return document if document == "success" else "•" * len(document)
    fields = parse(document)["xml"]
    if not isinstance(fields, dict):
        return "<xml></xml>"
    masked = {name: _masked(name, value, secret) for name, value in fields.items()}
    return unparse({"xml": masked}).partition("\n")[2]


def _masked(name: str, value: Value, secret: str) -> Value:
    if isinstance(value, dict):
        inner: Raw = {each: _masked(each, below, secret) for each, below in value.items()}
        return inner
    if isinstance(value, list):
        return [_masked(name, each, secret) for each in value]
    if value is None:
        return None
    if name in ("FromUserName", "ToUserName", "OpenID"):
        return value if value.startswith("gh_") else pseudonym(value, secret)
    return value if name in KEPT else "•" * len(value)


def pseudonym(openid: str, secret: str) -> str:
    """An openid in place of a follower's: always the same, and not to be turned back."""
    return "o" + hmac.new(secret.encode(), openid.encode(), sha256).hexdigest()[:27]
