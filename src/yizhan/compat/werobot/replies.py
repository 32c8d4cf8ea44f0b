"""WeRoBot's replies, and what each is as one of ours."""

import logging
import time
from collections.abc import Callable
from typing import NamedTuple

from yizhan import replies
from yizhan.compat.werobot.messages import Message
from yizhan.errors import ResultError
from yizhan.phrases import say
from yizhan.replies.results import NEWS_AFTER_EVENT, NEWS_AFTER_MESSAGE

log = logging.getLogger("WeRoBot")

MOST = 10  # articles that WeRoBot takes, though WeChat shows fewer
CELLS = 4  # of an article in a list; the most of a piece of music, too


def _text(value: object) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


class WeChatReply:
    """A reply with its fields as keywords; it goes to whoever wrote, whatever `target` says."""

    _ours: Callable[..., replies.Reply] | None = None  # made of these fields, in this order
    _fields: tuple[str, ...] = ()

    def __init__(self, message: Message | None = None, **fields: object) -> None:
        ends = {"source": message.target, "target": message.source} if message else {}
        self._args: dict[str, object] = {**ends, "time": int(time.time()), **fields}

    def __getattr__(self, name: str) -> object:
        if name.startswith("_"):
            raise AttributeError(name)
        return self._args.get(name)

    def reply(self) -> replies.Reply | None:
        """The same as one of ours; None for no reply."""
        if self._ours is None:
            raise ResultError("result.type", type=type(self).__name__)
        return self._ours(*map(self._field, self._fields))

    def _field(self, name: str) -> str:
        return _text(self._args.get(name, ""))


class TextReply(WeChatReply):
    """A text: `content`."""

    _ours, _fields = replies.Text, ("content",)


class ImageReply(WeChatReply):
    """A picture: `media_id`."""

    _ours, _fields = replies.Image, ("media_id",)


class VoiceReply(WeChatReply):
    """A voice note: `media_id`."""

    _ours, _fields = replies.Voice, ("media_id",)


class VideoReply(WeChatReply):
    """A video: `media_id`, `title`, `description`."""

    _ours, _fields = replies.Video, ("media_id", "title", "description")


class MusicReply(WeChatReply):
    """Music: `title`, `description`, `url`, and `hq_url` if that is another address."""

    def reply(self) -> replies.Reply:
        title, description, url = map(self._field, ("title", "description", "url"))
        best = self._field("hq_url") if "hq_url" in self._args else url
        return replies.Music(title=title, description=description, url=url, hq_url=best)


class Article(NamedTuple):
    """One article: texts, and the addresses of its picture and its page."""

    title: object
    description: object
    img: object
    url: object


class ArticlesReply(WeChatReply):
    """Articles, added one by one."""

    def __init__(self, message: Message | None = None, **fields: object) -> None:
        super().__init__(message, **fields)
        self._articles: list[Article] = []

    def add_article(self, article: Article) -> None:
        """Add one; AttributeError beyond ten, as in WeRoBot."""
        if len(self._articles) >= MOST:
            raise AttributeError("Can't add more than 10 articles in an ArticlesReply")
        self._articles.append(article)

    def reply(self) -> replies.Reply:
        return replies.News(*(replies.Article(*map(_text, article)) for article in self._articles))


class TransferCustomerServiceReply(WeChatReply):
    """Hands the conversation to staff: to `account`, or to anyone."""

    def reply(self) -> replies.Reply:
        return replies.Transfer(self._field("account") if "account" in self._args else None)


class SuccessReply(WeChatReply):
    """No reply; handlers after this one are not asked."""

    def reply(self) -> None:
        return None


def process_function_reply(result: object, message: Message | None = None) -> object:
    """What a handler's result means: strings and lists as reply classes, others as they are."""
    if isinstance(result, str | bytes):
        return TextReply(message, content=result)
    if not isinstance(result, list):
        return result
    if all(isinstance(it, str | tuple | list) and len(it) == CELLS for it in result):
        articles = ArticlesReply(message)
        for article in result:
            articles.add_article(Article(*article))
        return articles
    if len(result) not in (CELLS - 1, CELLS):
        raise ResultError("result.type", type="list")
    title, description, url, *best = result
    fields = {"title": title, "description": description, "url": url, "hq_url": (*best, url)[0]}
    return MusicReply(message, **fields)


def reply_of(result: object, message: Message) -> object:
    """What our engine answers for that result; articles beyond those WeChat shows are left out."""
    made = process_function_reply(result, message)
    reply = made.reply() if isinstance(made, WeChatReply) else made
    if isinstance(reply, replies.News):
        most = NEWS_AFTER_EVENT if message.is_event else NEWS_AFTER_MESSAGE
        if (count := len(reply.articles)) > most:
            log.warning("%s", say("werobot.articles", count=count, most=most))
            return replies.News(*reply.articles[:most])
    return reply
