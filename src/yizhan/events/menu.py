"""What the buttons of the menu do (docs/protocol.md#d1)."""

import msgspec
from msgspec import field

from yizhan.events.base import Event


class ClickEvent(Event, frozen=True, kw_only=True):
    """A click button; `key` is the button's."""


class ViewEvent(Event, frozen=True, kw_only=True):
    """A link button; `menu_id` only for conditional menus, else ""."""

    menu_id: str = ""

    @property
    def url(self) -> str:
        """The address that is opened."""
        return self.key


class ViewMiniProgramEvent(Event, frozen=True, kw_only=True):
    """A mini-program button; `key` is the path of the page."""

    menu_id: str = ""


class ScanCode(msgspec.Struct, frozen=True, kw_only=True):
    """A code: `type` is qrcode, barcode …, `result` what it says, as in "EAN_13,690…"."""

    type: str = field(default="", name="ScanType")
    result: str = field(default="", name="ScanResult")


class ScanCodeEvent(Event, frozen=True, kw_only=True):
    """A scan button: scancode_push, or scancode_waitmsg whose scanner waits for a reply."""

    scan_code: ScanCode = field(default=ScanCode(), name="ScanCodeInfo")


class PictureEvent(Event, frozen=True, kw_only=True):
    """A picture button; `pictures` are MD5 sums, the pictures follow as messages."""

    count: int = field(default=0, name="SendPicsInfo/Count")
    pictures: tuple[str, ...] = field(default=(), name="SendPicsInfo/PicList/item/PicMd5Sum")


class SelectedLocation(msgspec.Struct, frozen=True, kw_only=True):
    """A place on the map, in degrees."""

    latitude: float = field(default=0.0, name="Location_X")
    longitude: float = field(default=0.0, name="Location_Y")
    scale: int = 0
    label: str = ""
    poi_name: str = ""


class LocationSelectEvent(Event, frozen=True, kw_only=True):
    """A location button; a location message may follow."""

    location: SelectedLocation = field(default=SelectedLocation(), name="SendLocationInfo")


EVENTS: dict[str, type[Event]] = {
    "CLICK": ClickEvent,
    "VIEW": ViewEvent,
    "view_miniprogram": ViewMiniProgramEvent,
    "scancode_push": ScanCodeEvent,
    "scancode_waitmsg": ScanCodeEvent,
    "pic_sysphoto": PictureEvent,
    "pic_photo_or_album": PictureEvent,
    "pic_weixin": PictureEvent,
    "location_select": LocationSelectEvent,
}
