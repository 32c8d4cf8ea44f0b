"""The seven kinds of reply."""

from dataclasses import dataclass
from typing import ClassVar, TypeAlias

import msgspec

from yizhan.settings import LONGEST_LABEL

LABELLED = 2048 - LONGEST_LABEL - 2  # bytes of a text that leave room for `ai_label`


class Text(msgspec.Struct, frozen=True, tag=str.lower, omit_defaults=True, repr_omit_defaults=True):
    """A text; links as `<a href>` are allowed.

    `ai` tells that a model wrote it: WeChat shows so under a customer-service message, and the
    setting `ai_label` says so at the end of a passive reply.
    """

    kind: ClassVar[str] = "text"
    content: str
    ai: bool = False


class Image(msgspec.Struct, frozen=True, tag=str.lower):
    """A picture that was uploaded before; animation is not shown."""

    kind: ClassVar[str] = "image"
    media_id: str


class Voice(msgspec.Struct, frozen=True, tag=str.lower):
    """A voice note that was uploaded before."""

    kind: ClassVar[str] = "voice"
    media_id: str


class Video(msgspec.Struct, frozen=True, tag=str.lower):
    """A video that was uploaded before and has passed WeChat's review."""

    kind: ClassVar[str] = "video"
    media_id: str
    title: str = ""
    description: str = ""


class Music(msgspec.Struct, frozen=True, tag=str.lower):
    """A piece of music; `hq_url` is played on Wi-Fi, and the cover may be left out."""

    kind: ClassVar[str] = "music"
    thumb_media_id: str = ""
    title: str = ""
    description: str = ""
    url: str = ""
    hq_url: str = ""


class Article(msgspec.Struct, frozen=True):
    """One card of News; `picture` and `url` are web addresses."""

    title: str
    description: str = ""
    picture: str = ""
    url: str = ""


# A dataclass, since a Struct cannot take its articles one by one.
@dataclass(frozen=True, slots=True, init=False)
class News:
    """Cards that link to pages: one after a message, up to eight after an event.

    See docs/protocol.md#e2.
    """

    kind: ClassVar[str] = "news"
    articles: tuple[Article, ...]

    def __init__(self, *articles: Article) -> None:
        object.__setattr__(self, "articles", articles)


class Transfer(msgspec.Struct, frozen=True, tag=str.lower):
    """Hands the conversation to human staff, to the given account or to anyone."""

    kind: ClassVar[str] = "transfer_customer_service"
    account: str | None = None


Reply: TypeAlias = Text | Image | Voice | Video | Music | News | Transfer


REPLIES = (Text, Image, Voice, Video, Music, News, Transfer)
