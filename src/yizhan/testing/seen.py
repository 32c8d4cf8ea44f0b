"""What a follower sees, as a test compares it: text as `str`, the rest as reply objects."""

from collections.abc import Mapping
from typing import TypeAlias, cast

from msgspec import Struct

from yizhan.judging import Reason
from yizhan.replies import Article, Image, Music, News, Reply, Transfer, Video, Voice
from yizhan.simulator.screen import Entry


class Notice(str):
    """The fault notice, word for word; `reason` says what WeChat complains about."""

    reason: Reason | None

    def __new__(cls, text: str, reason: Reason | None = None) -> "Notice":
        """The words, with their reason."""
        notice = super().__new__(cls, text)
        notice.reason = reason
        return notice

    def __repr__(self) -> str:
        return f"<Notice {str(self)!r}: {self.reason}>"


class MessageMenu(Struct, frozen=True):
    """Questions to tap (msgmenu); `items` are pairs of id and text."""

    head: str
    items: tuple[tuple[str, str], ...]
    tail: str = ""


class Card(Struct, frozen=True):
    """Anything else that an account can show: its kind and what is in it."""

    kind: str
    content: Mapping[str, object]


Seen: TypeAlias = str | Reply | MessageMenu | Card


def seen(entry: Entry) -> Seen:
    """What the entry is to a test."""
    content = entry.content

    def text(name: str) -> str:
        return str(content.get(name) or "")

    match entry.kind:
        case "text":
            return text("text")
        case "notice":
            reason = content.get("reason")
            return Notice(text("text"), reason if isinstance(reason, Reason) else None)
        case "image":
            return Image(text("media_id"))
        case "voice":
            return Voice(text("media_id"))
        case "video":
            return Video(text("media_id"), text("title"), text("description"))
        case "music":
            return Music(
                text("thumb_media_id"),
                text("title"),
                text("description"),
                text("url"),
                text("hq_url"),
            )
        case "news":
            return News(*(_article(each) for each in _list(content, "articles")))
        case "transfer":
            return Transfer(text("account") or None)
        case "msgmenu":
            items = tuple(
                (str(item["id"]), str(item["content"])) for item in _list(content, "items")
            )
            return MessageMenu(text("head"), items, text("tail"))
    return Card(entry.kind, content)


def _article(fields: Mapping[str, object]) -> Article:
    return Article(
        str(fields["title"]),
        str(fields["description"]),
        str(fields["picture"]),
        str(fields["url"]),
    )


def _list(content: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    return cast(list[Mapping[str, object]], content.get(name, []))
