"""Drafts: write them, change them, page through them (docs/protocol.md#i4)."""

from collections.abc import Mapping, Sequence

from yizhan.simulator.api.call import Call
from yizhan.simulator.articles import Article, Draft
from yizhan.simulator.errcodes import Errcode

OK = {"errcode": 0, "errmsg": "ok"}


def add(call: Call) -> Mapping[str, object]:
    """A new draft."""
    given = call.body.get("articles")
    articles = (
        [each for each in given if isinstance(each, Mapping)] if isinstance(given, list) else []
    )
    for article in articles:
        _check(call, article)
    return {"media_id": call.account.articles.add(articles, call.now).media_id}


def get(call: Call) -> Mapping[str, object]:
    """One draft."""
    return written(call, call.account.articles.draft(call.body.get("media_id")))


def update(call: Call) -> Mapping[str, object]:
    """Another article at one place of a draft."""
    article = call.members("articles")
    _check(call, article)
    index = int(call.text("index"))
    call.account.articles.change(call.body.get("media_id"), index, article, call.now)
    return OK


def delete(call: Call) -> Mapping[str, object]:
    """Throw a draft away."""
    call.account.articles.remove(call.body.get("media_id"))
    return OK


def count(call: Call) -> Mapping[str, object]:
    """How many drafts there are."""
    return {"total_count": len(call.account.articles.drafts)}


def index(call: Call) -> Mapping[str, object]:
    """A page of drafts, the newest change first."""
    items = [
        {
            "media_id": draft.media_id,
            "content": written(call, draft),
            "update_time": int(draft.updated),
        }
        for draft in call.account.articles.drafts
    ]
    return page(call, items)


def page(call: Call, items: Sequence[Mapping[str, object]]) -> Mapping[str, object]:
    """The items that `offset` and `count` ask for."""
    offset, many = int(call.text("offset")), int(call.text("count"))
    shown = items[offset : offset + many]
    return {"total_count": len(items), "item_count": len(shown), "item": shown}


def written(call: Call, draft: Draft, articles: Sequence[Article] | None = None) -> Article:
    """A draft as the API gives it; with `no_content` without the texts."""
    news = [_told(call, article) for article in articles or draft.articles]
    if call.body.get("no_content") == 1:
        news = [{**article, "content": ""} for article in news]
    times = {"create_time": int(draft.created), "update_time": int(draft.updated)}
    return {"news_item": news, **times}


def cards(call: Call, draft: Draft) -> list[Article]:
    """The articles as a follower sees them in the chat."""
    return [
        {
            "title": article.get("title", ""),
            "description": article.get("digest", ""),
            "picture": _thumb_url(call, article),
            "url": article["url"],
        }
        for article in draft.articles
    ]


def _check(call: Call, article: Mapping[str, object]) -> None:
    """Every picture must be a permanent one. Raises Errcode 40007."""
    if article.get("article_type", "news") == "news":
        media_ids: list[object] = [article.get("thumb_media_id")]
    else:
        info = article.get("image_info")
        images = info.get("image_list") if isinstance(info, Mapping) else None
        media_ids = [each["image_media_id"] for each in images or ({"image_media_id": None},)]
    for media_id in media_ids:
        media = call.account.media.get(str(media_id), call.now)
        if media is None or media.expires is not None:
            raise Errcode(40007)


def _told(call: Call, article: Article) -> Article:
    return {**article, "thumb_url": _thumb_url(call, article)}


def _thumb_url(call: Call, article: Article) -> str:
    media_id = article.get("thumb_media_id")
    if not media_id:
        return ""
    return call.world.picture_url.format(account=call.account.id, media_id=media_id)
