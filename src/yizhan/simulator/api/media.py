"""Media up and down, with the platform's limits (docs/protocol.md#i3)."""

import re
from collections.abc import Mapping
from pathlib import PurePath

from msgspec import Struct

from yizhan.simulator.api.call import ApiAnswer, Call, Upload, answered
from yizhan.simulator.errcodes import Errcode
from yizhan.simulator.media import Media

MEGABYTE = 1024 * 1024
UNQUOTABLE = re.compile(r'[\x00-\x1f\x7f"\\]')  # what would end a file name in a header


class Limit(Struct, frozen=True):
    """What files of a type may be; `code` is the errcode of one that is too large."""

    size: int
    code: int
    endings: frozenset[str]


TEMPORARY: Mapping[str, Limit] = {
    "image": Limit(10 * MEGABYTE, 40009, frozenset({"png", "jpeg", "jpg", "gif"})),
    "voice": Limit(2 * MEGABYTE, 40010, frozenset({"amr", "mp3", "speex"})),
    "video": Limit(10 * MEGABYTE, 40011, frozenset({"mp4"})),
    "thumb": Limit(64 * 1024, 40012, frozenset({"jpg", "jpeg"})),
}
PERMANENT: Mapping[str, Limit] = {
    "image": Limit(10 * MEGABYTE, 40009, frozenset({"bmp", "png", "jpeg", "jpg", "gif"})),
    "voice": Limit(2 * MEGABYTE, 40010, frozenset({"mp3", "wma", "wav", "amr"})),
    "video": Limit(10 * MEGABYTE, 40011, frozenset({"mp4"})),
    "thumb": Limit(64 * 1024, 40012, frozenset({"jpg", "jpeg"})),
}
INLINE = Limit(MEGABYTE, 40009, frozenset({"jpg", "jpeg", "png"}))
TYPES: Mapping[str, str] = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "amr": "audio/amr",
    "speex": "audio/speex",
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
    "wma": "audio/x-ms-wma",
    "mp4": "video/mp4",
}


def upload(call: Call) -> Mapping[str, object]:
    """Keep a file for three days."""
    kind = call.query.get("type", "")
    media = _kept(call, kind, TEMPORARY, permanent=False)
    name = "thumb_media_id" if kind == "thumb" else "media_id"
    return {"type": kind, name: media.media_id, "created_at": int(media.created)}


def get(call: Call) -> ApiAnswer:
    """The bytes of a file; of a video its address."""
    media = call.account.media.get(call.query.get("media_id", ""), call.now)
    if media is None:
        raise Errcode(40007)
    if media.type == "video":
        url = call.world.picture_url.format(account=call.account.id, media_id=media.media_id)
        return answered({"video_url": url}, plain=True)
    return download(media)


def download(media: Media) -> ApiAnswer:
    """The bytes of a file, under its name."""
    return ApiAnswer(
        200,
        {
            "content-type": media.content_type,
            "content-disposition": f'attachment; filename="{UNQUOTABLE.sub("_", media.name)}"',
        },
        media.data,
    )


def upload_image(call: Call) -> Mapping[str, object]:
    """A picture for an article's text: it gets an address, and no place in the library."""
    file = _file(call)
    _check(file, INLINE)
    media = _add(call, "inline", file, permanent=True)
    return {"url": call.world.picture_url.format(account=call.account.id, media_id=media.media_id)}


def add(call: Call) -> Mapping[str, object]:
    """Keep a file for good."""
    kind = call.query.get("type", "")
    media = _kept(call, kind, PERMANENT, permanent=True)
    if kind != "image":
        return {"media_id": media.media_id}
    url = call.world.picture_url.format(account=call.account.id, media_id=media.media_id)
    return {"media_id": media.media_id, "url": url}


def for_mass(call: Call) -> Mapping[str, object]:
    """A video that was uploaded, made fit for a mass message."""
    media = call.account.media.get(call.text("media_id"), call.now)
    if media is None or media.type != "video":
        raise Errcode(40007)
    return {"type": "video", "media_id": media.media_id, "created_at": int(call.now)}


def _kept(call: Call, kind: str, limits: Mapping[str, Limit], *, permanent: bool) -> Media:
    limit = limits.get(kind)
    if limit is None:
        raise Errcode(40004)
    file = _file(call)
    _check(file, limit)
    return _add(call, kind, file, permanent=permanent)


def _file(call: Call) -> Upload:
    file = call.files.get("media") or next(iter(call.files.values()), None)
    if file is None:
        raise Errcode(41005)
    if not file.data:
        raise Errcode(44001)
    return file


def _check(file: Upload, limit: Limit) -> None:
    if _ending(file) not in limit.endings:
        raise Errcode(40113)
    if len(file.data) > limit.size:
        raise Errcode(limit.code)


def _add(call: Call, kind: str, file: Upload, *, permanent: bool) -> Media:
    described = call.members("description")
    return call.account.media.add(
        kind,
        file.filename,
        TYPES.get(_ending(file), "application/octet-stream"),
        file.data,
        now=call.now,
        permanent=permanent,
        title=str(described.get("title", "")),
        description=str(described.get("introduction", "")),
    )


def _ending(file: Upload) -> str:
    return PurePath(file.filename).suffix.removeprefix(".").lower()
