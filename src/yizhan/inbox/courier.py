"""Customer-service messages for the engine: replies in the API's words (docs/protocol.md#f)."""

from collections.abc import Mapping

from yizhan.api.advice import Concern, concern_of
from yizhan.api.client import AsyncClient
from yizhan.errors import (
    AccountRefused,
    APIError,
    FollowerRefused,
    RightsError,
    SendRefused,
    SendUnknown,
    StoreError,
    Unreachable,
    Unsent,
    YizhanError,
)
from yizhan.replies import Article, Image, Music, News, Reply, Text, Video, Voice
from yizhan.wire.xml import is_blank

SEND = "/cgi-bin/message/custom/send"
TYPING = "/cgi-bin/message/custom/typing"
REFUSALS: Mapping[Concern, type[SendRefused]] = {
    "account": AccountRefused,
    "follower": FollowerRefused,
    "message": SendRefused,
}


class ApiCourier:
    """Sends through the account's own client."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def send(self, openid: str, reply: Reply) -> None:
        """Send one message. Raises SendRefused, or SendUnknown when it may have arrived."""
        kind, payload = message_of(reply)
        message: dict[str, object] = {"touser": openid, "msgtype": kind, kind: payload}
        if isinstance(reply, Text) and reply.ai:
            message["aimsgcontext"] = {"is_ai_msg": 1}
        try:
            await self._client.post(SEND, json=message)
        except (APIError, Unsent, Unreachable, StoreError) as error:
            if _in_doubt(error):
                raise SendUnknown("send.unknown", problem=error) from error
            raise refusal_of(error) from error

    async def typing(self, openid: str) -> None:
        """Show "typing" for some seconds. Raises SendRefused."""
        try:
            await self._client.post(TYPING, json={"touser": openid, "command": "Typing"})
        except (APIError, Unsent, Unreachable, StoreError) as error:
            raise refusal_of(error) from error


def refusal_of(error: YizhanError) -> SendRefused:
    """What the refusal of one message tells of those to come."""
    concern = concern_of(error) if isinstance(error, APIError) else "message"
    rights = isinstance(error, RightsError)
    return REFUSALS[concern]("send.refused", problem=error, rights=rights)


def _in_doubt(error: YizhanError) -> bool:
    """Whether the message may have been sent: cut off, or answered with what is no answer.

    A StoreError is the token shelf's, so nothing was sent.
    """
    unreadable = error.phrase == "api.malformed" and error.values.get("path") == SEND
    return unreadable or isinstance(error, Unreachable)


def message_of(reply: Reply) -> tuple[str, dict[str, object]]:
    """The msgtype and payload of a reply. SendRefused for one that cannot be sent so."""
    match reply:
        case Text(content=content):
            return "text", {"content": content}
        case Image(media_id=media_id):
            return "image", {"media_id": media_id}
        case Voice(media_id=media_id):
            return "voice", {"media_id": media_id}
        case Video():
            return "video", {
                "media_id": reply.media_id,
                "thumb_media_id": reply.media_id,
                "title": reply.title,
                "description": reply.description,
            }
        case Music():
            cover = reply.thumb_media_id
            return "music", {
                "title": reply.title,
                "description": reply.description,
                "musicurl": reply.url,
                "hqmusicurl": reply.hq_url,
                **({} if is_blank(cover) else {"thumb_media_id": cover}),
            }
        case News(articles=articles):
            return "news", {"articles": [_article(article) for article in articles[:1]]}
    raise SendRefused("send.kind", kind=type(reply).__name__)


def _article(article: Article) -> dict[str, object]:
    return {
        "title": article.title,
        "description": article.description,
        "url": article.url,
        "picurl": article.picture,
    }
