"""The library of permanent media (docs/protocol.md#i3)."""

from collections.abc import Mapping

from yizhan.simulator.api import drafts
from yizhan.simulator.api.call import ApiAnswer, Call
from yizhan.simulator.api.drafts import page, written
from yizhan.simulator.api.media import download
from yizhan.simulator.errcodes import Errcode
from yizhan.simulator.media import Media


def get(call: Call) -> Mapping[str, object] | ApiAnswer:
    """The bytes of a file; of a video its title and address, of articles their texts."""
    media_id = call.text("media_id")
    media = call.account.media.get(media_id, call.now)
    if media is None:
        return written(call, call.account.articles.draft(media_id))
    if media.type != "video":
        return download(media)
    fields = {"title": media.title, "description": media.description}
    return fields | {"down_url": _url(call, media)}


def remove(call: Call) -> Mapping[str, object]:
    """Forget a file; not while the menu needs it."""
    media_id = call.text("media_id")
    if call.account.media.get(media_id, call.now) is None:
        raise Errcode(40007)
    if call.account.menus.use(media_id):
        raise Errcode(45060)
    call.account.media.remove(media_id)
    return {"errcode": 0, "errmsg": "ok"}


def count(call: Call) -> Mapping[str, object]:
    """How many there are of each type."""
    kept = [media.type for media in call.account.media if _is_kept(media)]
    return {
        **{f"{kind}_count": kept.count(kind) for kind in ("voice", "video", "image")},
        "news_count": len(call.account.articles.drafts),
    }


def index(call: Call) -> Mapping[str, object]:
    """A page of one type, the newest first."""
    kind = call.text("type")
    if kind == "news":
        return drafts.index(call)
    kept = [media for media in call.account.media if media.type == kind and _is_kept(media)]
    return page(call, [_told(call, media) for media in reversed(kept)])


def _told(call: Call, media: Media) -> dict[str, object]:
    fields: dict[str, object] = {
        "media_id": media.media_id,
        "name": media.name,
        "update_time": int(media.created),
    }
    return fields | {"url": _url(call, media)} if media.type == "image" else fields


def _is_kept(media: Media) -> bool:
    """Whether the account has put it there, for good."""
    return media.expires is None and not media.sample


def _url(call: Call, media: Media) -> str:
    return call.world.picture_url.format(account=call.account.id, media_id=media.media_id)
