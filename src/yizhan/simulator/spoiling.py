"""What a fault makes of a server's answer on its way back: the mistakes that bots make."""

import json

from yizhan.errors import Refused, ReplyError
from yizhan.judging import Asked, most_articles
from yizhan.replies import Article, News, Reply, Text, parse, parse_json, render, render_json
from yizhan.simulator.door import HttpAnswer
from yizhan.wire import Envelope, seal, unseal

ARTICLE = Article("驿站", "一封信也不丢")
SILENT = Text("……")  # what a server is taken to have said that said nothing


def spoil(answer: HttpAnswer, kind: str, asked: Asked, now: float) -> HttpAnswer:
    """The answer as WeChat gets it; `kind` is one of faults.REPLY, `now` wall seconds."""
    if kind == "reply_status":
        return HttpAnswer(500, {"content-type": "text/plain"}, b"Internal Server Error")
    if kind == "reply_nothing":
        return HttpAnswer(200, {}, b"")
    reply = _reply_of(answer, asked)
    if kind == "reply_form":
        return HttpAnswer(200, {"content-type": "text/plain"}, _other_form(reply, asked))
    plain = _mistaken(reply, kind, asked, int(now))
    return HttpAnswer(200, answer.headers, _sealed(plain, asked, now))


def _mistaken(reply: Reply, kind: str, asked: Asked, created: int) -> bytes:
    write = render_json if asked.format == "json" else render
    to, sender = asked.openid, asked.original_id
    match kind:
        case "reply_blank":
            reply = Text("")
        case "reply_unswapped":
            to, sender = sender, to
        case "reply_articles":
            reply = News(*[ARTICLE] * (most_articles(asked) + 1))
    return write(reply, to=to, sender=sender, created=created)


def _other_form(reply: Reply, asked: Asked) -> bytes:
    """What a web framework makes of a returned text where WeChat wants XML, or the reverse."""
    said = reply.content if isinstance(reply, Text) else reply.kind
    if asked.format == "json":
        return f"<reply>{said}</reply>".encode()
    return json.dumps({"reply": said}, ensure_ascii=False).encode()


def _reply_of(answer: HttpAnswer, asked: Asked) -> Reply:
    read = parse_json if asked.format == "json" else parse
    body = answer.body
    try:
        if asked.cipher is not None and b"Encrypt" in body:
            body = unseal(body, asked.cipher, asked.token)
        return read(body).reply
    except (Refused, ReplyError):
        return SILENT


def _sealed(plain: bytes, asked: Asked, now: float) -> bytes:
    if asked.mode == "plain":
        return plain
    envelope = Envelope(
        raw={},
        body=plain,
        encrypted=True,
        token=asked.token,
        cipher=asked.cipher,
        timestamp="",
        nonce="",
        signature="",
        format=asked.format,
        repaired=False,
    )
    return seal(plain, envelope, now)
