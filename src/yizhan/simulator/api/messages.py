"""Customer-service messages: windows, quotas, what the follower sees (docs/protocol.md#f)."""

import re
from collections.abc import Mapping

from msgspec.structs import replace

from yizhan.simulator.api.call import Call, Request
from yizhan.simulator.errcodes import Errcode
from yizhan.simulator.official import TYPING
from yizhan.simulator.screen import Content

OK = {"errcode": 0, "errmsg": "ok"}
SEND = "/cgi-bin/message/custom/send"
LATELY = 30.0  # seconds since the follower's last push in which typing may be shown
ESCAPE = re.compile(rb"\\u(?=[0-9A-Fa-f]{4})")
MEDIA = ("image", "voice", "video")


def literal(request: Request) -> Request:
    r"""The request with `\uXXXX` as the follower sees it: not decoded (docs/protocol.md#f)."""
    return replace(request, body=ESCAPE.sub(rb"\\\\u", request.body))


def send(call: Call) -> Mapping[str, object]:
    """Put a message on a follower's screen, if a window is open and has messages left."""
    follower = call.follower(call.body.get("touser"))
    if not follower.following:
        raise Errcode(45015)
    if follower.blocks:
        raise Errcode(48002)
    kind = call.text("msgtype")
    payload = call.body.get(kind)
    if not isinstance(payload, Mapping):
        raise Errcode(47001)
    content = _content(call, kind, payload)
    match follower.windows.state(call.now):
        case "closed":
            raise Errcode(45015)
        case "spent":
            raise Errcode(45047)
    follower.windows.charge(call.now)
    call.world.show(
        follower, "account", "custom", kind, content, call=call.id, ai=_by_ai(call.body)
    )
    return OK


def typing(call: Call) -> Mapping[str, object]:
    """Show 对方正在输入… for some seconds, or stop showing it (docs/protocol.md#f2)."""
    follower = call.follower(call.body.get("touser"))
    if call.text("command") == "CancelTyping":
        call.world.type(follower, 0.0)
        return OK
    if call.now - follower.said_at > LATELY:
        raise Errcode(45080)
    if call.now < follower.typing_until:
        raise Errcode(45081)
    call.world.type(follower, TYPING)
    return OK


def _content(call: Call, kind: str, payload: Mapping[str, object]) -> Content:
    """What the follower sees. Raises Errcode for media that are not there."""

    def text(name: str) -> str:
        value = payload.get(name, "")
        return value if isinstance(value, str) else str(value)

    match kind:
        case "text":
            if not text("content").strip():
                raise Errcode(44004)
            return {"text": text("content")}
        case "image" | "voice":
            return {"media_id": _media(call, text("media_id"))}
        case "video":
            return {
                "media_id": _media(call, text("media_id")),
                "thumb_media_id": text("thumb_media_id"),
                "title": text("title"),
                "description": text("description"),
            }
        case "music":
            if "thumb_media_id" in payload and not text("thumb_media_id").strip():
                raise Errcode(40007)
            return {
                "title": text("title"),
                "description": text("description"),
                "url": text("musicurl"),
                "hq_url": text("hqmusicurl"),
                "thumb_media_id": text("thumb_media_id"),
            }
        case "news":
            return {"articles": [_article(each) for each in _list(payload, "articles")]}
        case "msgmenu":
            if call.account.kind == "sandbox":
                raise Errcode(40008)
            return {
                "head": text("head_content"),
                "items": [_item(each) for each in _list(payload, "list")],
                "tail": text("tail_content"),
            }
        case "miniprogrampage":
            return {
                "title": text("title"),
                "appid": text("appid"),
                "pagepath": text("pagepath"),
                "thumb_media_id": text("thumb_media_id"),
            }
        case "mpnews":
            return {"id": text("media_id")}
        case "mpnewsarticle":
            return {"id": text("article_id")}
        case "wxcard":
            return {"id": text("card_id")}
    raise Errcode(40008)


def _media(call: Call, media_id: str) -> str:
    if call.account.media.get(media_id, call.now) is None:
        raise Errcode(40007)
    return media_id


def _list(payload: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    found = payload.get(name)
    items = found if isinstance(found, list) else []
    return [each for each in items if isinstance(each, Mapping)]


def _article(article: Mapping[str, object]) -> Content:
    return {
        "title": str(article.get("title", "")),
        "description": str(article.get("description", "")),
        "picture": str(article.get("picurl", "")),
        "url": str(article.get("url", "")),
    }


def _item(item: Mapping[str, object]) -> Content:
    return {"id": str(item.get("id", "")), "content": str(item.get("content", ""))}


def _by_ai(body: Mapping[str, object]) -> bool:
    context = body.get("aimsgcontext")
    return isinstance(context, Mapping) and context.get("is_ai_msg") == 1
