"""Replies read back: what WeChat would make of an answer."""

from xml.parsers.expat import ExpatError

import msgspec

from yizhan import fields
from yizhan.errors import Refused, ReplyError
from yizhan.replies.kinds import Article, Image, Music, News, Reply, Text, Transfer, Video, Voice
from yizhan.wire import json, xml
from yizhan.wire.xml import Raw, Value

HEADER = ("ToUserName", "FromUserName", "CreateTime", "MsgType")


class Received(msgspec.Struct, frozen=True):
    """A passive reply as WeChat gets it; `created` in seconds as it was written."""

    to_user: str
    from_user: str
    created: int
    reply: Reply


def parse(body: bytes | str) -> Received:
    """The reply in an XML document; ReplyError names what is wrong with it.

    As lenient as the field's own servers need: FuncFlag and unknown elements are ignored.
    Music may lack its cover, but not have an empty one.
    """
    try:
        document = xml.parse(body)
    except (ExpatError, ValueError) as error:
        raise ReplyError("reply.malformed", form="XML", detail=error) from error
    raw = document.get("xml")
    if not isinstance(raw, dict):
        raise ReplyError("reply.root")
    return _received(raw)


def parse_json(body: bytes | str) -> Received:
    """The reply in a JSON document; ReplyError names what is wrong with it."""
    try:
        raw, _ = json.read(body.encode() if isinstance(body, str) else body)
    except (Refused, UnicodeError) as error:
        raise ReplyError("reply.malformed", form="JSON", detail=error) from error
    return _received(raw)


def _received(raw: Raw) -> Received:
    if "xml" in raw:
        raise ReplyError("reply.nested")
    to_user, from_user, created, kind = (_need(raw, name) for name in HEADER)
    seconds = fields.whole(created)
    if seconds is None:
        raise ReplyError("reply.number", field="CreateTime")
    return Received(to_user, from_user, seconds, _read(kind, raw))


def _read(kind: str, raw: Raw) -> Reply:
    match kind:
        case "text":
            return Text(_need(raw, "Content"))
        case "image":
            return Image(_need(raw, "Image", "MediaId"))
        case "voice":
            return Voice(_need(raw, "Voice", "MediaId"))
        case "video":
            return Video(
                _need(raw, "Video", "MediaId"),
                title=_have(raw, "Video", "Title"),
                description=_have(raw, "Video", "Description"),
            )
        case "music":
            return _read_music(raw.get("Music"))
        case "news":
            return _read_news(raw)
        case "transfer_customer_service":
            return Transfer(_have(raw, "TransInfo", "KfAccount") or None)
    raise ReplyError("reply.kind", kind=kind)


def _read_music(raw: Value) -> Music:
    if not isinstance(raw, dict):
        raise ReplyError("reply.missing", field="Music")
    cover = _have(raw, "ThumbMediaId")
    if "ThumbMediaId" in raw and not cover.strip():
        raise ReplyError("reply.empty_element", field="Music.ThumbMediaId")
    return Music(
        cover,
        title=_have(raw, "Title"),
        description=_have(raw, "Description"),
        url=_have(raw, "MusicUrl"),
        hq_url=_have(raw, "HQMusicUrl"),
    )


def _read_news(raw: Raw) -> News:
    articles = raw.get("Articles")
    # JSON has the articles as a list, XML each as an `item`.
    items = xml.as_list(articles.get("item") if isinstance(articles, dict) else articles)
    if not items:
        raise ReplyError("reply.missing", field="Articles.item")
    stated = fields.whole(_need(raw, "ArticleCount"))
    if stated != len(items):
        raise ReplyError("reply.count", told=stated, found=len(items))
    return News(*map(_read_article, items))


def _read_article(item: Value) -> Article:
    return Article(
        _need(item, "Title"),
        description=_have(item, "Description"),
        picture=_have(item, "PicUrl"),
        url=_have(item, "Url"),
    )


def _need(raw: Value, *path: str) -> str:
    found = _have(raw, *path)
    if not found.strip():
        raise ReplyError("reply.missing", field=".".join(path))
    return found


def _have(raw: Value, *path: str) -> str:
    for name in path:
        raw = raw.get(name) if isinstance(raw, dict) else None
    return fields.text(raw)
