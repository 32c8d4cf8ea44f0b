"""What this WeChat makes of an answer: the judgement, and what the options say of faults."""

import json
from typing import Literal

from msgspec import Struct

from yizhan import judging
from yizhan.errors import Refused, ReplyError
from yizhan.judging import LONGEST_TEXT, Asked, Judged, Reason, judge_echo, most_articles
from yizhan.replies import Article, News, Reply, Text, parse, parse_json, render, render_json
from yizhan.simulator.client import Cut, HttpAnswer
from yizhan.simulator.options import Options
from yizhan.wire import Envelope, seal, unseal


class Judgement(Struct, frozen=True):
    """What one answer is worth here; `plain` is its body, opened if it could be."""

    outcome: Literal["replied", "acknowledged", "retry", "junk"]
    plain: bytes
    reason: Reason | None = None
    reply: Reply | None = None


def judge(answer: HttpAnswer, asked: Asked, options: Options) -> Judgement:
    """What WeChat makes of this answer where it behaves as the options say."""
    encoding = answer.headers.get("content-encoding", "")
    judged = judging.judge(answer.status, encoding, answer.body, asked)
    if judged.outcome == "acknowledged":
        return Judgement("acknowledged", judged.plain)
    if (reply := _shown(judged, asked, options)) is not None:
        return Judgement("replied", judged.plain, reply=reply)
    retried = options.retry_status if answer.status != 200 else options.retry_junk
    return Judgement("retry" if retried else "junk", judged.plain, judged.reason)


def cut_reason(cut: Cut, seconds: float) -> Reason:
    """Why no answer came within these seconds."""
    if cut.how == "timeout":
        return Reason("notice.late", {"seconds": round(seconds, 3), "count": 1})
    return Reason(f"notice.{cut.how}", {"detail": cut.detail})


def echo_reason(answer: HttpAnswer | Cut, echostr: str, seconds: float) -> Reason | None:
    """Why the console would say token验证失败; None if it would not."""
    if isinstance(answer, Cut):
        return cut_reason(answer, seconds)
    encoding = answer.headers.get("content-encoding", "")
    return judge_echo(answer.status, encoding, answer.body, echostr)


def _shown(judged: Judged, asked: Asked, options: Options) -> Reply | None:
    """What the follower sees: the reply, or what the options let pass of one with a fault."""
    if judged.received is None:
        return None
    reply, reason = judged.received.reply, judged.reason
    if reason is None:
        return reply
    match reply:
        case Text(content=content) if reason.code == "long_text":
            if options.long_text == "show":
                return reply
            if options.long_text == "cut":
                return Text(content.encode()[:LONGEST_TEXT].decode(errors="ignore"))
        case News(articles=articles) if reason.code in ("articles", "articles_event"):
            if options.many_articles == "first":
                return News(*articles[: most_articles(asked)])
    return None


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
