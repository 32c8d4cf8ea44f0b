"""A recording: pushes and what they got, one JSON line each, with nothing secret in it."""

import hmac
import json
from collections.abc import Iterable, Iterator
from hashlib import sha256

import msgspec

from yizhan import replies
from yizhan.errors import RecordingError, Refused, ReplyError
from yizhan.fields import message_id
from yizhan.replies import Reply
from yizhan.wire import Mode
from yizhan.wire import json as wire_json
from yizhan.wire.push import Format
from yizhan.wire.xml import Raw, unparse
from yizhan.wire.xml import read as read_xml

# What tells kinds and times apart; everything else may be somebody's words.
KEPT = frozenset(
    {
        *("CreateTime", "MsgType", "MsgId", "MsgID"),
        *("Event", "EventKey", "MenuId", "Format", "Scale", "ArticleCount", "Count", "Status"),
    }
)
OPENIDS = ("FromUserName", "ToUserName", "OpenID")
ACKNOWLEDGED = ("success", "")
BOM = "\ufeff"


class Exchange(msgspec.Struct, frozen=True, omit_defaults=True):
    """One push and its answer, both decrypted, XML or JSON as they came.

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

    @property
    def format(self) -> Format:
        """What the push is written in."""
        return format_of(self.push)

    @property
    def fields(self) -> Raw:
        """What the push carries; those that `read` gave are known to be readable."""
        return _fields(self.push)

    @property
    def answered(self) -> bool:
        """Whether WeChat got an answer that it takes: a reply or an acknowledgement."""
        return self.reply is not None and self.status == 200

    @property
    def shown(self) -> Reply | None:
        """What the follower saw; None for an acknowledgement or no answer."""
        if not self.answered or self.reply is None or self.reply in ACKNOWLEDGED:
            return None
        parse = replies.parse_json if format_of(self.reply) == "json" else replies.parse
        try:
            return parse(self.reply).reply
        except ReplyError:
            return None


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Exchange).decode


def line_of(exchange: Exchange) -> bytes:
    """The exchange as a line of a recording."""
    return _encode(exchange) + b"\n"


def read(lines: Iterable[bytes]) -> Iterator[Exchange]:
    """The exchanges of a recording, in its order; RecordingError names the line that is none."""
    for number, line in enumerate(lines, start=1):
        line = line.removeprefix(BOM.encode()) if number == 1 else line
        if line.strip():
            yield _exchange(line, number)


def _exchange(line: bytes, number: int) -> Exchange:
    try:
        exchange = _decode(line)
        _fields(exchange.push)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise RecordingError("recording.line", line=number, problem=error) from error
    except Refused as refused:
        raise RecordingError("recording.line", line=number, problem=refused.detail) from refused
    return exchange


def format_of(document: str) -> Format:
    """What a push or reply is written in."""
    return "json" if document.removeprefix(BOM).lstrip().startswith("{") else "xml"


def _fields(document: str) -> Raw:
    read = wire_json.read if format_of(document) == "json" else read_xml
    fields, _ = read(document.encode())
    return fields


def redacted(exchange: Exchange, secret: str) -> Exchange:
    """The same exchange without anybody's openid or words; equal openids stay equal."""
    return msgspec.structs.replace(
        exchange,
        push=_redacted(exchange.push, secret),
        reply=_redacted(exchange.reply, secret) if exchange.reply else exchange.reply,
        redacted=True,
    )


def _redacted(document: str, secret: str) -> str:
    if document in ACKNOWLEDGED:
        return document
    if format_of(document) == "json":
        fields = json.loads(document.removeprefix(BOM), strict=False)
        return json.dumps(_masked("", fields, secret), ensure_ascii=False)
    try:
        fields = _fields(document)
    except Refused:
        return "•" * len(document)
    return unparse({"xml": _masked("", fields, secret)}).partition("\n")[2]


def _masked(name: str, value: object, secret: str) -> object:
    if isinstance(value, dict):
        return {each: _masked(each, below, secret) for each, below in value.items()}
    if isinstance(value, list):
        return [_masked(name, each, secret) for each in value]
    if value is None or (name in KEPT and not _in_words(name, value)):
        return value
    if name in OPENIDS:
        return _hidden(str(value), secret)
    return "•" * len(str(value))


def _in_words(name: str, value: object) -> bool:
    """Whether it is a MsgId that is no number, which may be anything."""
    return name == "MsgId" and message_id(str(value)) is None


def _hidden(user: str, secret: str) -> str:
    return user if user.startswith("gh_") else pseudonym(user, secret)


def pseudonym(openid: str, secret: str) -> str:
    """An openid in place of a follower's: always the same, and not to be turned back."""
    return "o" + hmac.new(secret.encode(), openid.encode(), sha256).hexdigest()[:27]
