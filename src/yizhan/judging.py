"""What WeChat makes of an answer: shown, acknowledged, or a fault with its reason.

The simulator, `yizhan check`, `yizhan replay` and `yizhan send` all ask here. The server has
tables of its own of what it may send, so that a mistake in one of the two shows.
"""

from collections.abc import Mapping
from typing import Literal
from xml.parsers.expat import ExpatError

from msgspec import Struct

from yizhan import replies, wire
from yizhan.errors import Refused, ReplyError
from yizhan.phrases import say
from yizhan.replies import News, Received, Text
from yizhan.wire import Mode, xml
from yizhan.wire import json as wire_json
from yizhan.wire.envelope import Cipher
from yizhan.wire.push import Format
from yizhan.wire.xml import Raw

ACKNOWLEDGEMENTS = (b"success", b"")
BOM = b"\xef\xbb\xbf"
GZIP = b"\x1f\x8b"  # how it begins, whatever the headers say
LONGEST_TEXT = 2048  # bytes of UTF-8 (docs/protocol.md#e1)
AFTER_MESSAGE, AFTER_EVENT = 1, 8  # articles (docs/protocol.md#e2)

_HTML = (b"<!doctype html", b"<html", b"<head", b"<body")


class Reason(Struct, frozen=True):
    """Why WeChat complains: a phrase of the catalogue and its values."""

    phrase: str
    values: Mapping[str, str | int | float] = {}

    @property
    def code(self) -> str:
        """Its short name, the same in every language."""
        return self.phrase.partition(".")[2]

    def __str__(self) -> str:
        return say(self.phrase, **self.values)


class Asked(Struct, frozen=True):
    """The push that is answered: by whom, of whom, in what form, and the keys of the answer."""

    openid: str
    original_id: str
    token: str = ""
    mode: Mode = "plain"
    cipher: Cipher | None = None
    is_event: bool = False
    format: Format = "xml"


class Judged(Struct, frozen=True):
    """What one answer is worth.

    `plain` is its body, decrypted if it could be, and `sealed` whether it came encrypted.
    `received` is the reply where it could be read, though a fault may keep it from being shown.
    """

    outcome: Literal["replied", "acknowledged", "fault"]
    plain: bytes
    received: Received | None = None
    reason: Reason | None = None
    sealed: bool = False


class _Fault(Exception):
    """The answer is not what WeChat takes."""

    def __init__(self, phrase: str, **values: str | int | float) -> None:
        super().__init__(phrase)
        self.reason = Reason(phrase, values)


def judge(status: int, encoding: str, body: bytes, asked: Asked) -> Judged:
    """What WeChat makes of a status, Content-Encoding and body (docs/protocol.md#e)."""
    if status != 200:
        return Judged("fault", body, reason=Reason("notice.status", {"status": status}))
    if body in ACKNOWLEDGEMENTS:
        return Judged("acknowledged", body)
    plain, sealed = body, False
    received: Received | None = None
    try:
        _check_encoding(encoding, body)
        fields = _fields(body, asked.format)
        if sealed := "Encrypt" in fields:
            plain = _opened(body, asked)
        elif asked.mode == "safe":
            raise _Fault("notice.plain_in_safe")
        if plain in ACKNOWLEDGEMENTS:
            return Judged("acknowledged", plain, sealed=sealed)
        received = _read(plain, asked.format)
        _check(received, asked)
    except _Fault as fault:
        return Judged("fault", plain, received, fault.reason, sealed)
    return Judged("replied", plain, received, sealed=sealed)


def judge_echo(status: int, encoding: str, body: bytes, echostr: str) -> Reason | None:
    """Why the console would say token验证失败 to this answer; None if it would not."""
    if status != 200:
        return Reason("notice.status", {"status": status})
    try:
        _check_encoding(encoding, body)
    except _Fault as fault:
        return fault.reason
    if body != echostr.encode():
        return Reason("notice.echo", {"found": excerpt(body), "expected": echostr})
    return None


def excerpt(body: bytes, length: int = 80) -> str:
    """The beginning of a body, as one line of text."""
    return " ".join(body[:length].decode("utf-8", "replace").split())


def _check_encoding(encoding: str, body: bytes) -> None:
    """WeChat decompresses nothing; `identity` says that there is nothing to be undone."""
    if {each.strip().lower() for each in encoding.split(",")} - {"", "identity"}:
        raise _Fault("notice.compressed", encoding=encoding[:32])
    if body.startswith(GZIP):
        raise _Fault("notice.compressed", encoding="gzip")


def _fields(body: bytes, format: Format) -> Raw:
    """The fields of a document, whatever they are."""
    _check_form(body, format)
    try:
        if format == "json":
            return wire_json.read(body)[0]
        raw = xml.parse(body).get("xml")
    except (ExpatError, ValueError, Refused) as error:
        raise _Fault("reply.malformed", form=format.upper(), detail=str(error)) from None
    if not isinstance(raw, dict):
        raise _Fault("reply.root")
    return raw


def _check_form(body: bytes, format: Format) -> None:
    """Name what came instead of the XML, or the JSON, that was asked for."""
    if body.startswith(BOM):
        raise _Fault("notice.bom")
    start = body.lstrip()[:64].lower()
    if format == "json":
        if not start.startswith(b"{"):
            raise _Fault("notice.not_json")
    elif start.startswith((b"{", b"[")):
        raise _Fault("notice.not_xml", found="JSON")
    elif start.startswith(_HTML):
        raise _Fault("notice.not_xml", found="HTML")
    elif not start.startswith(b"<"):
        raise _Fault("notice.not_xml", found=excerpt(body, 40))


def _opened(body: bytes, asked: Asked) -> bytes:
    if asked.mode == "plain" or asked.cipher is None:
        raise _Fault("notice.sealed_in_plain")
    try:
        return wire.unseal(body, asked.cipher, asked.token)
    except Refused as refused:
        if refused.reason == "msg_signature":
            raise _Fault("notice.msg_signature") from None
        if refused.reason == "envelope":
            raise _Fault("notice.envelope", detail=refused.detail) from None
        raise _Fault("notice.envelope_form", detail=str(refused)) from None


def _read(plain: bytes, format: Format) -> Received:
    _check_form(plain, format)
    try:
        return (replies.parse_json if format == "json" else replies.parse)(plain)
    except ReplyError as error:
        if error.values.get("field") == "Content" and b"Content" in plain:
            raise _Fault("notice.empty_content") from None
        values = {name: str(value) for name, value in error.values.items()}
        raise _Fault(error.phrase, **values) from None


def _check(received: Received, asked: Asked) -> None:
    to, sender = received.to_user, received.from_user
    if (to, sender) == (asked.original_id, asked.openid):
        raise _Fault("notice.not_swapped")
    if to != asked.openid:
        raise _Fault("notice.wrong_to", found=to[:64], expected=asked.openid)
    if sender != asked.original_id:
        raise _Fault("notice.wrong_from", found=sender[:64], expected=asked.original_id)
    match received.reply:
        case Text(content=content) if (size := len(content.encode())) > LONGEST_TEXT:
            raise _Fault("notice.long_text", size=size, limit=LONGEST_TEXT)
        case News(articles=articles) if len(articles) > most_articles(asked):
            phrase = "notice.articles_event" if asked.is_event else "notice.articles"
            raise _Fault(phrase, count=len(articles))


def most_articles(asked: Asked) -> int:
    """How many articles may answer this push."""
    return AFTER_EVENT if asked.is_event else AFTER_MESSAGE
