"""What a follower sent: one class per kind of message, and the reader of all pushes."""

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar, TypedDict

import msgspec

from yizhan import events
from yizhan.events import Event
from yizhan.fields import (
    MESSAGE_ID,
    count,
    decimal,
    message_id,
    moment,
    optional_text,
    seconds,
    text,
    whole,
)
from yizhan.wire.xml import Raw


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """A message; `created` in seconds, `data_id` and `index` if it came from an article.

    `id` is None for kinds without one, and where it is not a number.
    """

    kind: ClassVar[str] = ""
    id: str | None = None
    created: int = 0
    to_user: str = ""
    from_user: str = ""
    data_id: str | None = None
    index: str | None = None
    raw: Raw = msgspec.field(default_factory=dict)

    @property
    def created_at(self) -> datetime:
        """When the message was sent, in UTC."""
        return moment(self.created)


class TextMessage(Message, frozen=True, kw_only=True):
    """A text; `menu_id` is the clicked item's if it came from a msgmenu."""

    kind: ClassVar[str] = "text"
    content: str = ""
    menu_id: str | None = None


class ImageMessage(Message, frozen=True, kw_only=True):
    """A picture, at `pic_url` and for three days under `media_id`."""

    kind: ClassVar[str] = "image"
    pic_url: str = ""
    media_id: str = ""


class VoiceMessage(Message, frozen=True, kw_only=True):
    """A voice note; `format` is amr or speex, `recognition` mostly empty since 2023."""

    kind: ClassVar[str] = "voice"
    media_id: str = ""
    format: str = ""
    recognition: str = ""
    media_id_16k: str | None = None


class VideoMessage(Message, frozen=True, kw_only=True):
    """A video and its first picture."""

    kind: ClassVar[str] = "video"
    media_id: str = ""
    thumb_media_id: str = ""


class ShortVideoMessage(Message, frozen=True, kw_only=True):
    """A short video of an old client, and its first picture."""

    kind: ClassVar[str] = "shortvideo"
    media_id: str = ""
    thumb_media_id: str = ""


class LocationMessage(Message, frozen=True, kw_only=True):
    """A place on the map, in degrees; `scale` is the map's zoom."""

    kind: ClassVar[str] = "location"
    latitude: float = 0.0
    longitude: float = 0.0
    scale: int = 0
    label: str = ""


class LinkMessage(Message, frozen=True, kw_only=True):
    """A shared page."""

    kind: ClassVar[str] = "link"
    title: str = ""
    description: str = ""
    url: str = ""


class FileMessage(Message, frozen=True, kw_only=True):
    """A file, `file_total_len` bytes long; there is no way to fetch it."""

    kind: ClassVar[str] = "file"
    title: str = ""
    description: str = ""
    file_key: str = ""
    file_md5: str = ""
    file_total_len: int | None = None


class MiniProgramPageMessage(Message, frozen=True, kw_only=True):
    """A page of a mini-program, as a card."""

    kind: ClassVar[str] = "miniprogrampage"
    title: str = ""
    app_id: str = ""
    page_path: str = ""
    thumb_url: str = ""
    thumb_media_id: str = ""


class DeviceMessage(Message, frozen=True, kw_only=True):
    """What a bound device did; retired.

    `type` is device_text, device_event or device_status; `content` is base64.
    """

    kind: ClassVar[str] = "device"
    type: str = ""
    device_type: str = ""
    device_id: str = ""
    session_id: str = ""
    open_id: str = ""
    content: str = ""
    event: str = ""
    op_type: int | None = None
    device_status: int | None = None


class HardwareMessage(Message, frozen=True, kw_only=True):
    """A message about a device's ranking; retired."""

    kind: ClassVar[str] = "hardware"
    message_view: str = ""
    message_action: str = ""


class UnknownMessage(Message, frozen=True, kw_only=True):
    """A message of an unknown kind; its fields are in `raw`."""

    kind: ClassVar[str] = "unknown"
    type: str = ""


def read(raw: Raw) -> Message | Event:
    """The message or event in the dict of a push; never raises, unknown kinds included."""
    kind = text(raw.get("MsgType")).lower()
    if kind == "event":
        return events.read(raw)
    return _READERS.get(kind, _unknown)(raw)


def shows_reply(push: Message | Event) -> bool:
    """Whether the follower is known to see a passive reply to this push (docs/protocol.md#d1).

    Yes for messages, save those of devices; of events only for some.
    """
    return reply_shown(push) == "yes"


def reply_shown(push: Message | Event) -> events.Shows:
    """Whether a passive reply to this push is shown: yes, no, unknown, or never any answer."""
    if isinstance(push, Event):
        return events.reply_shown(push)
    return "unknown" if isinstance(push, DeviceMessage) else "yes"


class _Header(TypedDict):
    id: str | None
    created: int
    to_user: str
    from_user: str
    data_id: str | None
    index: str | None
    raw: Raw


def _header(raw: Raw) -> _Header:
    get = raw.get
    return {
        "id": message_id(get("MsgId")),
        "created": seconds(get("CreateTime")) or 0,
        "to_user": text(get("ToUserName")),
        "from_user": text(get("FromUserName")),
        "data_id": optional_text(get("MsgDataId")),
        "index": optional_text(get("Idx")),
        "raw": raw,
    }


def _text(raw: Raw) -> TextMessage:
    """Most pushes are texts: the fields come straight from the dict, as `_header` reads them."""
    get = raw.get
    id, created = get("MsgId"), get("CreateTime")
    to_user, from_user, content = get("ToUserName"), get("FromUserName"), get("Content")
    return TextMessage(
        id=id if isinstance(id, str) and MESSAGE_ID(id) else None,
        created=seconds(created) or 0,
        to_user=to_user if isinstance(to_user, str) else "",
        from_user=from_user if isinstance(from_user, str) else "",
        data_id=optional_text(get("MsgDataId")) if "MsgDataId" in raw else None,
        index=optional_text(get("Idx")) if "Idx" in raw else None,
        raw=raw,
        content=content if isinstance(content, str) else "",
        menu_id=optional_text(get("bizmsgmenuid")) if "bizmsgmenuid" in raw else None,
    )


def _image(raw: Raw) -> ImageMessage:
    return ImageMessage(
        **_header(raw),
        pic_url=text(raw.get("PicUrl")),
        media_id=text(raw.get("MediaId")),
    )


def _voice(raw: Raw) -> VoiceMessage:
    return VoiceMessage(
        **_header(raw),
        media_id=text(raw.get("MediaId")),
        format=text(raw.get("Format")),
        recognition=text(raw.get("Recognition")),
        media_id_16k=optional_text(raw.get("MediaId16K")),
    )


def _video(raw: Raw) -> VideoMessage:
    return VideoMessage(
        **_header(raw),
        media_id=text(raw.get("MediaId")),
        thumb_media_id=text(raw.get("ThumbMediaId")),
    )


def _short_video(raw: Raw) -> ShortVideoMessage:
    return ShortVideoMessage(
        **_header(raw),
        media_id=text(raw.get("MediaId")),
        thumb_media_id=text(raw.get("ThumbMediaId")),
    )


def _location(raw: Raw) -> LocationMessage:
    return LocationMessage(
        **_header(raw),
        latitude=decimal(raw.get("Location_X")),
        longitude=decimal(raw.get("Location_Y")),
        scale=count(raw.get("Scale")),
        label=text(raw.get("Label")),
    )


def _link(raw: Raw) -> LinkMessage:
    return LinkMessage(
        **_header(raw),
        title=text(raw.get("Title")),
        description=text(raw.get("Description")),
        url=text(raw.get("Url")),
    )


def _file(raw: Raw) -> FileMessage:
    return FileMessage(
        **_header(raw),
        title=text(raw.get("Title")),
        description=text(raw.get("Description")),
        file_key=text(raw.get("FileKey")),
        file_md5=text(raw.get("FileMd5")),
        file_total_len=whole(raw.get("FileTotalLen")),
    )


def _mini_program_page(raw: Raw) -> MiniProgramPageMessage:
    return MiniProgramPageMessage(
        **_header(raw),
        title=text(raw.get("Title")),
        app_id=text(raw.get("AppId")),
        page_path=text(raw.get("PagePath")),
        thumb_url=text(raw.get("ThumbUrl")),
        thumb_media_id=text(raw.get("ThumbMediaId")),
    )


def _device(raw: Raw) -> DeviceMessage:
    return DeviceMessage(
        **_header(raw),
        type=text(raw.get("MsgType")),
        device_type=text(raw.get("DeviceType")),
        device_id=text(raw.get("DeviceID")),
        session_id=text(raw.get("SessionID")),
        open_id=text(raw.get("OpenID")),
        content=text(raw.get("Content")),
        event=text(raw.get("Event")),
        op_type=whole(raw.get("OpType")),
        device_status=whole(raw.get("DeviceStatus")),
    )


def _hardware(raw: Raw) -> HardwareMessage:
    inner = raw.get("HardWare")
    hardware = inner if isinstance(inner, dict) else {}
    return HardwareMessage(
        **_header(raw),
        message_view=text(hardware.get("MessageView")),
        message_action=text(hardware.get("MessageAction")),
    )


def _unknown(raw: Raw) -> UnknownMessage:
    return UnknownMessage(**_header(raw), type=text(raw.get("MsgType")))


_READERS: dict[str, Callable[[Raw], Message]] = {
    "text": _text,
    "image": _image,
    "voice": _voice,
    "video": _video,
    "shortvideo": _short_video,
    "location": _location,
    "link": _link,
    "file": _file,
    "miniprogrampage": _mini_program_page,
    "device_text": _device,
    "device_event": _device,
    "device_status": _device,
    "hardware": _hardware,
}
