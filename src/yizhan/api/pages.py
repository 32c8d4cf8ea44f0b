"""Walks over endpoints that answer page by page: `async for openid in api.each(followers())`."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Generic, Literal, TypeVar, cast

from msgspec import Struct

if TYPE_CHECKING:
    from yizhan.api.calls import Authorizer, Comment, Draft, KfRecord, Material, Publication

T = TypeVar("T")
Fields = dict[str, object]
Item = dict[str, object]

PAGE = 20
COMMENTS = 49
RECORDS = 10_000
AUTHORIZERS = 500


class Walk(Struct, Generic[T], frozen=True):
    """An endpoint, the fields of the first call, and what a page says of the next one."""

    segments: tuple[str, ...]
    first: Fields
    read: Callable[[Fields, Fields], tuple[Sequence[T], Fields | None]]


def followers(after: str = "") -> Walk[str]:
    """The openids of all followers, or of those after one of them."""
    first: Fields = {"next_openid": after} if after else {}
    return Walk(("user", "get"), first, partial(_openids, "next_openid"))


def tagged(tagid: int) -> Walk[str]:
    """The openids of the followers with a tag."""
    return Walk(("user", "tag", "get"), {"tagid": tagid}, partial(_openids, "next_openid"))


def blacklisted() -> Walk[str]:
    """The openids on the blacklist."""
    return Walk(("tags", "members", "getblacklist"), {}, partial(_openids, "begin_openid"))


def materials(kind: Literal["image", "video", "voice", "news"]) -> "Walk[Material]":
    """The permanent media of that kind."""
    first: Fields = {"type": kind, "offset": 0, "count": PAGE}
    return cast(
        "Walk[Material]",
        Walk(("material", "batchget_material"), first, partial(_by_offset, "item")),
    )


def drafts(*, content: bool = True) -> "Walk[Draft]":
    """The drafts, with their articles or without."""
    return cast(
        "Walk[Draft]", Walk(("draft", "batchget"), _offset(content), partial(_by_offset, "item"))
    )


def publications(*, content: bool = True) -> "Walk[Publication]":
    """What was published, with the articles or without."""
    return cast(
        "Walk[Publication]",
        Walk(("freepublish", "batchget"), _offset(content), partial(_by_offset, "item")),
    )


def comments(msg_data_id: int, index: int = 0, kind: Literal[0, 1, 2] = 0) -> "Walk[Comment]":
    """An article's comments: all, the ordinary ones (1) or those shown to everybody (2)."""
    first: Fields = {
        "msg_data_id": msg_data_id,
        "index": index,
        "begin": 0,
        "count": COMMENTS,
        "type": kind,
    }
    return cast("Walk[Comment]", Walk(("comment", "list"), first, _comments))


def records(starttime: int, endtime: int) -> "Walk[KfRecord]":
    """What customer service and followers said between two times, 24 hours apart at most."""
    first: Fields = {
        "starttime": starttime,
        "endtime": endtime,
        "msgid": 1,
        "number": RECORDS,
    }
    return cast(
        "Walk[KfRecord]", Walk(("customservice", "msgrecord", "getmsglist"), first, _records)
    )


def authorizers() -> "Walk[Authorizer]":
    """The accounts that have authorised a third-party platform, for its own client."""
    first: Fields = {"offset": 0, "count": AUTHORIZERS}
    return cast(
        "Walk[Authorizer]",
        Walk(("component", "api_get_authorizer_list"), first, partial(_by_offset, "list")),
    )


def _offset(content: bool) -> Fields:
    return {"offset": 0, "count": PAGE, "no_content": 0 if content else 1}


def _openids(cursor: str, fields: Fields, answer: Fields) -> tuple[Sequence[str], Fields | None]:
    data = answer.get("data")
    found = data.get("openid") if isinstance(data, Mapping) else None
    openids = [str(each) for each in found] if isinstance(found, list) else []
    after = answer.get("next_openid")
    if not openids or not after:
        return openids, None
    return openids, {**fields, cursor: after}


def _by_offset(name: str, fields: Fields, answer: Fields) -> tuple[Sequence[Item], Fields | None]:
    items = _items(answer.get(name))
    offset = _int(fields.get("offset")) + len(items)
    if not items or offset >= _int(answer.get("total_count")):
        return items, None
    return items, {**fields, "offset": offset}


def _comments(fields: Fields, answer: Fields) -> tuple[Sequence[Item], Fields | None]:
    items = _items(answer.get("comment"))
    begin = _int(fields.get("begin")) + len(items)
    if not items or begin >= _int(answer.get("total")):
        return items, None
    return items, {**fields, "begin": begin}


def _records(fields: Fields, answer: Fields) -> tuple[Sequence[Item], Fields | None]:
    items = _items(answer.get("recordlist"))
    if len(items) < RECORDS:
        return items, None
    return items, {**fields, "msgid": answer.get("msgid")}


def _items(value: object) -> list[Item]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _int(value: object) -> int:
    return value if isinstance(value, int) else 0
