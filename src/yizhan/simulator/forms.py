"""The fields of every push, filled in, and the documents that carry them."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Literal, TypeAlias, cast

from yizhan.wire.xml import cdata

Format = Literal["xml", "json"]
Field: TypeAlias = str | int | float | bool | Mapping[str, "Field"] | list["Field"] | None
Fields: TypeAlias = Mapping[str, Field]

# The events after which the follower sees a passive reply, or its lack (docs/protocol.md#d1).
SHOWN = frozenset(
    {
        *("subscribe", "SCAN", "LOCATION", "CLICK", "scancode_push", "scancode_waitmsg"),
        *("pic_sysphoto", "pic_photo_or_album", "pic_weixin", "location_select"),
    }
)
# In JSON these lose their wrapper (docs/protocol.md#d3).
UNWRAPPED = frozenset(
    {"SubscribeMsgPopupEvent", "SubscribeMsgChangeEvent", "SubscribeMsgSentEvent"}
)

# What a client shows of a sticker, red packet or the like (docs/protocol.md#c).
UNSUPPORTED = {
    "zh_CN": "【收到不支持的消息类型，暂无法显示】",
    "zh_TW": "【收到不支援的訊息類型，無法顯示】",
    "en": "[Unsupported Message]",
}


def messages() -> tuple[str, ...]:
    """The kinds of messages."""
    return tuple(_forms()["messages"])


def events() -> tuple[str, ...]:
    """The names of the events, as they stand on the wire."""
    return tuple(_forms()["events"])


def form(group: Literal["messages", "events"], name: str) -> dict[str, Field]:
    """The default fields of a kind of message or event; none for an unknown one."""
    return dict(_forms()[group].get(name, {}))


def optional(group: Literal["messages", "events"], name: str) -> dict[str, Field]:
    """The fields that come only sometimes, with an example of each."""
    return dict(_optional().get(group, {}).get(name, {}))


def message(kind: str, given: Fields) -> dict[str, Field]:
    """The fields of a message: the given ones over the defaults; None leaves one out."""
    return {"MsgType": kind} | _filled(form("messages", kind), given)


def event(name: str, given: Fields) -> dict[str, Field]:
    """The fields of an event; its name in any case, on the wire as WeChat writes it."""
    wire_name = _by_fold().get(name.lower(), name)
    return {"MsgType": "event", "Event": wire_name} | _filled(form("events", wire_name), given)


def shows_reply(fields: Fields) -> bool:
    """Whether the follower sees the reply to this push, or the notice if there is none."""
    if fields.get("MsgType") == "event":
        return str(fields.get("Event", "")).lower() in _SHOWN_FOLDED
    return not str(fields.get("MsgType", "")).startswith("device_")


def may_show_reply(fields: Fields) -> bool:
    """Whether nobody knows if the follower sees the reply to this push."""
    event = str(fields.get("Event", "")).lower()
    return not shows_reply(fields) and event not in HIDDEN


def document(fields: Fields, format: Format) -> bytes:
    """The fields as WeChat writes them: texts as CDATA, numbers bare; or as JSON."""
    if format == "json":
        return json.dumps(_unwrapped(fields), ensure_ascii=False).encode()
    return f"<xml>{''.join(_elements(fields))}</xml>".encode("utf-8", "replace")


Forms: TypeAlias = Mapping[str, Mapping[str, Fields]]


@cache
def _forms() -> Forms:
    return tomllib.loads(files("yizhan.simulator").joinpath("forms.toml").read_text("utf-8"))


@cache
def _optional() -> Forms:
    optional: object = _forms()["optional"]
    return cast(Forms, optional)


@cache
def _by_fold() -> Mapping[str, str]:
    return {name.lower(): name for name in events()}


HIDDEN = frozenset({"view", "view_miniprogram", "unsubscribe"})  # certainly not shown
_SHOWN_FOLDED = frozenset(name.lower() for name in SHOWN)


def _filled(defaults: Fields, given: Fields) -> dict[str, Field]:
    merged = {**defaults, **given}
    return {name: value for name, value in merged.items() if name not in given or value is not None}


def _elements(fields: Fields) -> Iterator[str]:
    for name, value in fields.items():
        for each in value if isinstance(value, list) else [value]:
            yield f"<{name}>{_inner(each)}</{name}>"


def _inner(value: Field) -> str:
    if isinstance(value, Mapping):
        return "".join(_elements(value))
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, (int, float)) else cdata(str(value))


def _unwrapped(fields: Fields) -> dict[str, Field]:
    flat: dict[str, Field] = {}
    for name, value in fields.items():
        if name in UNWRAPPED and isinstance(value, Mapping):
            items = value.get("List")
            flat["List"] = items[0] if isinstance(items, list) and len(items) == 1 else items
        else:
            flat[name] = value
    return flat
