"""Replies as they are sent."""

import msgspec

from yizhan.replies.kinds import Article, Image, Music, News, Reply, Text, Transfer, Video, Voice
from yizhan.wire.xml import cdata, clean, is_blank


def render(reply: Reply, *, to: str, sender: str, created: int, label: str = "") -> bytes:
    """The XML of a passive reply in UTF-8, without line breaks; `created` in seconds.

    `to` is the follower and `sender` the account: the reverse of the push. `label` is said at
    the end of a text that a model wrote.
    """
    return (
        f"<xml><ToUserName>{cdata(to)}</ToUserName><FromUserName>{cdata(sender)}</FromUserName>"
        f"<CreateTime>{created}</CreateTime><MsgType><![CDATA[{reply.kind}]]></MsgType>"
        f"{_body(reply, label)}</xml>"
    ).encode()


def _body(reply: Reply, label: str) -> str:
    match reply:
        case Text():
            return f"<Content>{cdata(_content(reply, label))}</Content>"
        case Image():
            return f"<Image><MediaId>{cdata(reply.media_id)}</MediaId></Image>"
        case Voice():
            return f"<Voice><MediaId>{cdata(reply.media_id)}</MediaId></Voice>"
        case Video():
            return (
                f"<Video><MediaId>{cdata(reply.media_id)}</MediaId>"
                f"<Title>{cdata(reply.title)}</Title>"
                f"<Description>{cdata(reply.description)}</Description></Video>"
            )
        case Music():
            cover = reply.thumb_media_id
            return (
                f"<Music><Title>{cdata(reply.title)}</Title>"
                f"<Description>{cdata(reply.description)}</Description>"
                f"<MusicUrl>{cdata(reply.url)}</MusicUrl>"
                f"<HQMusicUrl>{cdata(reply.hq_url)}</HQMusicUrl>"
                # An empty element is a fault: WeChat tells the follower so.
                f"{'' if is_blank(cover) else f'<ThumbMediaId>{cdata(cover)}</ThumbMediaId>'}"
                "</Music>"
            )
        case News():
            items = "".join(map(_item, reply.articles))
            count = len(reply.articles)
            return f"<ArticleCount>{count}</ArticleCount><Articles>{items}</Articles>"
        case Transfer():
            account = reply.account or ""
            if is_blank(account):
                return ""
            return f"<TransInfo><KfAccount>{cdata(account)}</KfAccount></TransInfo>"


def _content(text: Text, label: str) -> str:
    return f"{text.content}\n\n{label}" if text.ai and label else text.content


def _item(article: Article) -> str:
    return (
        f"<item><Title>{cdata(article.title)}</Title>"
        f"<Description>{cdata(article.description)}</Description>"
        f"<PicUrl>{cdata(article.picture)}</PicUrl><Url>{cdata(article.url)}</Url></item>"
    )


def render_json(reply: Reply, *, to: str, sender: str, created: int, label: str = "") -> bytes:
    """The JSON of a passive reply, for accounts whose pushes are JSON; raw UTF-8."""
    document = {
        "ToUserName": to,
        "FromUserName": sender,
        "CreateTime": created,
        "MsgType": reply.kind,
        **_members(reply, label),
    }
    return msgspec.json.encode(document)


def _members(reply: Reply, label: str) -> dict[str, object]:
    match reply:
        case Text():
            return {"Content": clean(_content(reply, label))}
        case Image():
            return {"Image": {"MediaId": clean(reply.media_id)}}
        case Voice():
            return {"Voice": {"MediaId": clean(reply.media_id)}}
        case Video():
            return {
                "Video": {
                    "MediaId": clean(reply.media_id),
                    "Title": clean(reply.title),
                    "Description": clean(reply.description),
                }
            }
        case Music():
            cover = reply.thumb_media_id
            return {
                "Music": {
                    "Title": clean(reply.title),
                    "Description": clean(reply.description),
                    "MusicUrl": clean(reply.url),
                    "HQMusicUrl": clean(reply.hq_url),
                    **({} if is_blank(cover) else {"ThumbMediaId": clean(cover)}),
                }
            }
        case News():
            cards = [
                {
                    "Title": clean(article.title),
                    "Description": clean(article.description),
                    "PicUrl": clean(article.picture),
                    "Url": clean(article.url),
                }
                for article in reply.articles
            ]
            return {"ArticleCount": len(cards), "Articles": cards}
        case Transfer():
            account = reply.account or ""
            return {} if is_blank(account) else {"TransInfo": {"KfAccount": clean(account)}}
