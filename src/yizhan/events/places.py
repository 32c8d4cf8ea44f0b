"""Shops, beacons, Wi-Fi and shopping guides; mostly history (docs/protocol.md#d5)."""

import msgspec
from msgspec import field

from yizhan.events.base import Event


class ShopOrderEvent(Event, frozen=True, kw_only=True):
    """An order in the old WeChat shop (微信小店) was paid."""

    order_id: str = ""
    order_status: int | None = None
    product_id: str = ""
    sku_info: str = ""


class PlaceCheckEvent(Event, frozen=True, kw_only=True):
    """A shop passed review or was refused: `result` is succ or fail."""

    uniq_id: str = ""
    poi_id: str = ""
    result: str = ""
    msg: str = ""


class StoreAuditEvent(Event, frozen=True, kw_only=True):
    """The review of a shop, or of who wants to open one, is over."""

    audit_id: str = ""
    status: int | None = None
    reason: str = ""
    is_upgrade: int | None = None
    poi_id: str = ""


class MapPlaceAuditEvent(Event, frozen=True, kw_only=True):
    """The review of a new place on the map is over; degrees."""

    audit_id: str = ""
    status: int | None = None
    map_poi_id: str = ""
    # The wire's `name`, a word that the event has taken.
    poi_name: str = field(default="", name="Name")
    address: str = ""
    latitude: float = 0.0
    longitude: float = 0.0
    sh_remark: str = ""


class WifiConnectedEvent(Event, frozen=True, kw_only=True):
    """A user joined a shop's Wi-Fi; times in seconds."""

    connect_time: int = 0
    expire_time: int = 0
    vendor_id: str = ""
    place_id: str = ""
    shop_id: str = ""
    device_no: str = ""


class Beacon(msgspec.Struct, frozen=True, kw_only=True):
    """A beacon; `distance` in metres."""

    uuid: str = ""
    major: int = 0
    minor: int = 0
    distance: float = 0.0


class ShakeEvent(Event, frozen=True, kw_only=True):
    """A user shook the phone near a beacon."""

    chosen_beacon: Beacon = Beacon()
    around_beacons: tuple[Beacon, ...] = field(default=(), name="AroundBeacons/AroundBeacon")


class GuideScanEvent(Event, frozen=True, kw_only=True):
    """A user scanned a shopping guide's QR code."""

    qrcode_guide_account: str = field(default="", name="GuideScanEvent/qrcode_guide_account")
    qrcode_guide_openid: str = field(default="", name="GuideScanEvent/qrcode_guide_openid")
    openid: str = field(default="", name="GuideScanEvent/openid")
    action: str = field(default="", name="GuideScanEvent/action")
    qrcode_info: str = field(default="", name="GuideScanEvent/qrcode_info")


class GuideInviteEvent(Event, frozen=True, kw_only=True):
    """How the invitation of a shopping guide ended; its fields are not documented."""


EVENTS: dict[str, type[Event]] = {
    "merchant_order": ShopOrderEvent,
    "poi_check_notify": PlaceCheckEvent,
    "apply_merchant_audit_info": StoreAuditEvent,
    "add_store_audit_info": StoreAuditEvent,
    "modify_store_audit_info": StoreAuditEvent,
    "create_map_poi_audit_info": MapPlaceAuditEvent,
    "WifiConnected": WifiConnectedEvent,
    "ShakearoundUserShake": ShakeEvent,
    "guide_qrcode_scan_event": GuideScanEvent,
    "guide_invite_result_event": GuideInviteEvent,
}
