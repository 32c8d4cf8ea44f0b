"""What a follower sees: one entry after the other."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from yizhan.replies import Image, Music, News, Reply, Text, Transfer, Video, Voice

Side = Literal["follower", "account", "system"]
Via = Literal["follower", "reply", "custom", "template", "mass", "menu", "platform"]
Content = Mapping[str, object]

# Word for word as clients show it (docs/protocol.md#e3).
NOTICE = "该公众号提供的服务出现故障，请稍后再试"


class Entry(Struct, frozen=True):
    """One thing on a follower's screen; `at` is wall seconds.

    `push` is the push it belongs to, `call` the API call that sent it. `ai` stands for the
    grey line 「内容由第三方AI生成」 below it.
    """

    id: str
    account: str
    openid: str
    at: float
    side: Side
    via: Via
    kind: str
    content: Content
    push: str | None = None
    call: str | None = None
    ai: bool = False


def content_of(reply: Reply) -> tuple[str, Content]:
    """The kind and content of the entry that shows a passive reply."""
    match reply:
        case Text(content=text):
            return "text", {"text": text}
        case Image(media_id=media_id):
            return "image", {"media_id": media_id}
        case Voice(media_id=media_id):
            return "voice", {"media_id": media_id}
        case Video():
            return "video", {
                "media_id": reply.media_id,
                "title": reply.title,
                "description": reply.description,
            }
        case Music():
            return "music", {
                "title": reply.title,
                "description": reply.description,
                "url": reply.url,
                "hq_url": reply.hq_url,
                "thumb_media_id": reply.thumb_media_id,
            }
        case News(articles=articles):
            return "news", {
                "articles": [
                    {
                        "title": article.title,
                        "description": article.description,
                        "picture": article.picture,
                        "url": article.url,
                    }
                    for article in articles
                ]
            }
        case Transfer(account=account):
            return "transfer", {"account": account}
