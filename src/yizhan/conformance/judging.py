"""What WeChat makes of an answer to a push: shown, acknowledged, or a fault and its reason."""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from msgspec import Struct

from yizhan import replies, wire
from yizhan.conformance.http import Answer
from yizhan.errors import Refused, ReplyError
from yizhan.replies import News, Received, Reply, Text
from yizhan.wire import Mode
from yizhan.wire.envelope import Cipher
from yizhan.wire.push import Format

Outcome: TypeAlias = Literal[
    "replied",  # the follower reads something
    "acknowledged",  # success, or nothing at all
    "refused",  # 4xx
    "junk",  # an answer that WeChat cannot read
    "broken",  # 5xx
    "closed",  # no answer, but an end
    "late",  # neither
    "unreachable",
]

ACKNOWLEDGEMENTS = (b"success", b"")
LONGEST_TEXT = 2048  # bytes of UTF-8 (protocol.md E1)
AFTER_MESSAGE, AFTER_EVENT = 1, 8  # articles (protocol.md E2)


class Why(Struct, frozen=True):
    """A reason as a phrase of texts.toml and its values."""

    phrase: str
    values: Mapping[str, str | int | float] = {}


class Asked(Struct, frozen=True):
    """What was asked: by whom, of whom, and the keys that open the answer."""

    openid: str
    original_id: str
    token: str
    mode: Mode
    cipher: Cipher | None = None
    is_event: bool = False
    format: Format = "xml"


class Heard(Struct, frozen=True):
    """An answer and what it is worth; `plain` is its body, opened if it could be."""

    answer: Answer
    outcome: Outcome
    plain: bytes = b""
    received: Received | None = None
    why: Why | None = None
    sealed: bool = False

    @property
    def reply(self) -> Reply | None:
        """What the follower sees; None for nothing."""
        return self.received.reply if self.received else None

    @property
    def content(self) -> str | None:
        """The text that the follower reads; None when it is none."""
        return self.reply.content if isinstance(self.reply, Text) else None


class _Junk(Exception):
    def __init__(self, phrase: str, **values: str | int | float) -> None:
        super().__init__(phrase)
        self.why = Why(phrase, values)


def judge(answer: Answer, asked: Asked) -> Heard:
    """What WeChat makes of this answer (protocol.md E)."""
    if answer.end != "answered":
        return _unanswered(answer)
    if answer.status != 200:
        return _refusal(answer)
    if encoding := answer.header("content-encoding"):
        return Heard(answer, "junk", answer.body, why=Why("compressed", {"encoding": encoding}))
    if answer.body in ACKNOWLEDGEMENTS:
        return Heard(answer, "acknowledged", answer.body)
    return _read(answer, asked)


def _unanswered(answer: Answer) -> Heard:
    if answer.end == "late":
        return Heard(answer, "late", why=Why("late", {"seconds": round(answer.seconds, 1)}))
    if answer.end == "closed":
        return Heard(answer, "closed", why=Why("closed"))
    return Heard(answer, "unreachable", why=Why("unreachable", {"problem": answer.detail}))


def _refusal(answer: Answer) -> Heard:
    values: dict[str, str | int | float] = {"status": answer.status, "body": excerpt(answer.body)}
    why = Why("status", values)
    if answer.status >= 500:
        return Heard(answer, "broken", answer.body, why=why)
    return Heard(answer, "refused" if answer.status >= 400 else "junk", answer.body, why=why)


def _read(answer: Answer, asked: Asked) -> Heard:
    plain = answer.body
    sealed = b"<Encrypt>" in plain or (_is_json(plain, asked) and b'"Encrypt"' in plain)
    try:
        _check_start(plain, asked)
        if sealed:
            plain = _opened(plain, asked)
        elif asked.mode == "safe":
            _received(plain, asked)
            raise _Junk("plain_in_safe")
        if plain in ACKNOWLEDGEMENTS:
            return Heard(answer, "acknowledged", plain, sealed=sealed)
        received = _received(plain, asked)
        _check(received, asked)
    except _Junk as junk:
        return Heard(answer, "junk", plain, why=junk.why, sealed=sealed)
    return Heard(answer, "replied", plain, received, sealed=sealed)


def _is_json(body: bytes, asked: Asked) -> bool:
    """Whether it is JSON, where JSON was asked in (protocol.md A, M8)."""
    return asked.format == "json" and body.lstrip().startswith(b"{")


def _check_start(body: bytes, asked: Asked) -> None:
    """Name what came where XML should have begun."""
    if body.startswith(b"\xef\xbb\xbf"):
        raise _Junk("bom")
    start = body.lstrip()[:64].lower()
    if start.startswith((b"<!doctype html", b"<html")):
        raise _Junk("html", body=excerpt(body))
    if not start.startswith(b"<") and not _is_json(body, asked):
        raise _Junk("no_xml", body=excerpt(body))


def _opened(body: bytes, asked: Asked) -> bytes:
    if asked.mode == "plain" or asked.cipher is None:
        raise _Junk("sealed_in_plain")
    try:
        return wire.unseal(body, asked.cipher, asked.token)
    except Refused as refused:
        phrase = {"msg_signature": "reply_signature", "envelope": "reply_envelope"}
        raise _Junk(phrase.get(refused.reason, "reply_form"), detail=refused.detail) from None


def _received(plain: bytes, asked: Asked) -> Received:
    try:
        return (replies.parse_json if _is_json(plain, asked) else replies.parse)(plain)
    except ReplyError as error:
        raise _Junk("reply", problem=str(error), body=excerpt(plain)) from None


def _check(received: Received, asked: Asked) -> None:
    to, sender = received.to_user, received.from_user
    if (to, sender) == (asked.original_id, asked.openid):
        raise _Junk("not_swapped")
    if to != asked.openid:
        raise _Junk("wrong_to", found=to[:64], expected=asked.openid)
    if sender != asked.original_id:
        raise _Junk("wrong_from", found=sender[:64], expected=asked.original_id)
    reply = received.reply
    if isinstance(reply, Text) and (size := len(reply.content.encode())) > LONGEST_TEXT:
        raise _Junk("long_text", size=size)
    most = AFTER_EVENT if asked.is_event else AFTER_MESSAGE
    if isinstance(reply, News) and len(reply.articles) > most:
        raise _Junk("articles", count=len(reply.articles), most=most)


def excerpt(body: bytes, length: int = 80) -> str:
    """The beginning of a body, as one line of text."""
    return " ".join(body[:length].decode("utf-8", "replace").split())
