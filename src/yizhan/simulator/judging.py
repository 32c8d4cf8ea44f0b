"""What WeChat makes of an answer: shown, acknowledged, or a fault with its reason."""

from typing import Literal

from msgspec import Struct

from yizhan import replies
from yizhan.errors import Refused, ReplyError
from yizhan.replies import News, Reply, Text
from yizhan.simulator.door import Answer
from yizhan.simulator.forms import Format
from yizhan.simulator.options import Options
from yizhan.simulator.record import Reason
from yizhan.wire import Mode, unseal
from yizhan.wire.envelope import Cipher

ACKNOWLEDGEMENTS = (b"success", b"")
LONGEST_TEXT = 2048  # bytes of UTF-8 (protocol.md E1)
AFTER_MESSAGE, AFTER_EVENT = 1, 8  # articles (protocol.md E2)


class Asked(Struct, frozen=True):
    """What the answer is an answer to, and the keys that open it."""

    openid: str
    original_id: str
    mode: Mode
    format: Format
    token: str
    is_event: bool
    cipher: Cipher | None = None


class Judgement(Struct, frozen=True):
    """What one answer is worth; `plain` is its body, opened if it could be."""

    outcome: Literal["replied", "acknowledged", "retry", "junk"]
    plain: bytes
    reason: Reason | None = None
    reply: Reply | None = None


class _Junk(Exception):
    """The answer is not what WeChat takes."""

    def __init__(self, phrase: str, **values: str | int) -> None:
        super().__init__(phrase)
        self.reason = Reason(phrase, values)


def judge(answer: Answer, asked: Asked, options: Options) -> Judgement:
    """What WeChat makes of this answer (protocol.md E)."""
    if answer.status != 200:
        reason = Reason("notice.status", {"status": answer.status})
        return Judgement("retry" if options.retry_status else "junk", answer.body, reason)
    if answer.body in ACKNOWLEDGEMENTS:
        return Judgement("acknowledged", answer.body)
    plain = answer.body
    try:
        plain = _opened(answer.body, asked)
        if plain in ACKNOWLEDGEMENTS:
            return Judgement("acknowledged", plain)
        return Judgement("replied", plain, reply=_fitting(_read(plain, asked), asked, options))
    except _Junk as junk:
        outcome: Literal["retry", "junk"] = "retry" if options.retry_junk else "junk"
        return Judgement(outcome, plain, junk.reason)


def _opened(body: bytes, asked: Asked) -> bytes:
    """The reply inside an encrypted one, or the body itself where plain replies are taken."""
    sealed = b"<Encrypt>" in body or b'"Encrypt"' in body
    if not sealed:
        if asked.mode == "safe":
            _check_form(body, asked.format)
            raise _Junk("notice.plain_in_safe")
        return body
    if asked.mode == "plain" or asked.cipher is None:
        raise _Junk("notice.sealed_in_plain")
    try:
        return unseal(body, asked.cipher, asked.token)
    except Refused as refused:
        if refused.reason == "msg_signature":
            raise _Junk("notice.msg_signature") from None
        if refused.reason == "envelope":
            raise _Junk("notice.envelope", detail=refused.detail) from None
        raise _Junk("notice.envelope_form", detail=str(refused)) from None


def _read(plain: bytes, asked: Asked) -> replies.Received:
    _check_form(plain, asked.format)
    read = replies.parse_json if asked.format == "json" else replies.parse
    try:
        return read(plain)
    except ReplyError as error:
        if error.values.get("field") == "Content" and b"Content" in plain:
            raise _Junk("notice.empty_content") from None
        values = {name: str(value) for name, value in error.values.items()}
        raise _Junk(error.phrase, **values) from None


def _check_form(body: bytes, format: Format) -> None:
    """Name what came instead of the XML (or JSON) that was asked for."""
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:64].lower()
    if format == "json":
        if not start.startswith(b"{"):
            raise _Junk("notice.not_json")
        return
    if start.startswith((b"{", b"[")):
        raise _Junk("notice.not_xml", found="JSON")
    if start.startswith((b"<!doctype html", b"<html")):
        raise _Junk("notice.not_xml", found="HTML")
    if not start.startswith(b"<"):
        raise _Junk("notice.not_xml", found=_excerpt(body))


def _fitting(received: replies.Received, asked: Asked, options: Options) -> Reply:
    if (received.to_user, received.from_user) == (asked.original_id, asked.openid):
        raise _Junk("notice.not_swapped")
    if received.to_user != asked.openid:
        raise _Junk("notice.wrong_to", found=received.to_user[:64], expected=asked.openid)
    if received.from_user != asked.original_id:
        raise _Junk("notice.wrong_from", found=received.from_user[:64], expected=asked.original_id)
    match received.reply:
        case News(articles=articles):
            return _fitting_news(News(*articles), asked, options)
        case Text(content=content) if len(content.encode()) > LONGEST_TEXT:
            return _fitting_text(content, options)
    return received.reply


def _fitting_news(news: News, asked: Asked, options: Options) -> News:
    most = AFTER_EVENT if asked.is_event else AFTER_MESSAGE
    if len(news.articles) <= most:
        return news
    if options.many_articles == "first":
        return News(*news.articles[:most])
    phrase = "notice.articles_event" if asked.is_event else "notice.articles"
    raise _Junk(phrase, count=len(news.articles))


def _fitting_text(content: str, options: Options) -> Text:
    if options.long_text == "show":
        return Text(content)
    if options.long_text == "cut":
        return Text(content.encode()[:LONGEST_TEXT].decode(errors="ignore"))
    raise _Junk("notice.long_text", size=len(content.encode()), limit=LONGEST_TEXT)


def _excerpt(body: bytes) -> str:
    return body[:40].decode("utf-8", "replace")
