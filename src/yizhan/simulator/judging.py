"""What this WeChat makes of an answer: the judgement, and what the options say of faults."""

from typing import Literal

from msgspec import Struct

from yizhan import judging
from yizhan.judging import LONGEST_TEXT, Asked, Judged, Reason, judge_echo, most_articles
from yizhan.replies import News, Reply, Text
from yizhan.simulator.door import Cut, HttpAnswer
from yizhan.simulator.options import Options


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
