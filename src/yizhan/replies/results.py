"""What a handler returned, made into replies that WeChat would show."""

from collections.abc import Iterator
from typing import Literal, TypeAlias

from yizhan.errors import ReplyError, ResultError
from yizhan.replies.kinds import (
    REPLIES,
    Article,
    Image,
    Music,
    News,
    Reply,
    Text,
    Transfer,
    Video,
    Voice,
)
from yizhan.wire.xml import is_blank

After: TypeAlias = Literal["message", "event"]

RESULT_LIMIT = 64 * 1024
LONGEST_CHARACTER = 4  # UTF-8 bytes
NEWS_AFTER_MESSAGE = 1
NEWS_AFTER_EVENT = 8
# Of these fields one at least must say something.
REQUIRED = {
    Text: ("content",),
    Image: ("media_id",),
    Voice: ("media_id",),
    Video: ("media_id",),
    Music: ("url", "hq_url", "thumb_media_id"),
    Article: ("title",),
}


def of(result: object, *, limit: int = RESULT_LIMIT) -> tuple[Reply, ...]:
    """The replies that a handler's result means; none for None and blank text.

    ResultError when it is no reply, ReplyError when a field is wrong or the whole is
    over `limit` bytes.
    """
    if result is None:
        return ()
    if isinstance(result, str):
        if is_blank(result):
            return ()
        result = Text(result)
    if not isinstance(result, REPLIES):
        raise ResultError("result.type", type=type(result).__name__)
    _complete(result)
    _sized(result, limit)
    return (result,)


def check(reply: Reply, *, after: After) -> Reply:
    """The same reply, if WeChat would show it after a message or an event; else ReplyError.

    Texts over 2,048 bytes pass: they are for `split`.
    """
    _complete(reply)
    if isinstance(reply, News):
        most = NEWS_AFTER_MESSAGE if after == "message" else NEWS_AFTER_EVENT
        if len(reply.articles) > most:
            raise ReplyError("reply.articles", count=len(reply.articles), most=most)
    return reply


def _complete(reply: Reply) -> None:
    if isinstance(reply, News):
        if not reply.articles:
            raise ReplyError("reply.empty", reply="News", field="articles")
        for article in reply.articles:
            if not isinstance(article, Article):
                raise ReplyError("reply.type", reply="News", field="articles", type=_name(article))
            _filled(article)
    elif isinstance(reply, Transfer):
        if not isinstance(reply.account, str | None):
            raise ReplyError(
                "reply.type", reply="Transfer", field="account", type=_name(reply.account)
            )
    else:
        _filled(reply)


def _filled(part: Text | Image | Voice | Video | Music | Article) -> None:
    for field in part.__struct_fields__:
        value = getattr(part, field)
        if field == "ai" and isinstance(value, bool):
            continue
        if not isinstance(value, str):
            raise ReplyError("reply.type", reply=_name(part), field=field, type=_name(value))
    required = REQUIRED[type(part)]
    # What cannot be sent counts as absent, so that nothing empty ever goes out.
    if all(is_blank(getattr(part, field)) for field in required):
        raise ReplyError("reply.empty", reply=_name(part), field=required[0])


def _sized(reply: Reply, limit: int) -> None:
    if type(reply) is Text and len(reply.content) * LONGEST_CHARACTER <= limit:
        return
    size = sum(len(value.encode("utf-8", "surrogatepass")) for value in _texts(reply))
    if size > limit:
        raise ReplyError("reply.size", reply=_name(reply), size=size, limit=limit)


def _texts(reply: Reply) -> Iterator[str]:
    parts = reply.articles if isinstance(reply, News) else (reply,)
    for part in parts:
        for field in part.__struct_fields__:
            value = getattr(part, field)
            yield value if isinstance(value, str) else ""


def _name(value: object) -> str:
    return type(value).__name__
