"""Products whose bar codes are scanned; mostly history (docs/protocol.md#d5)."""

from yizhan.events.base import Event


class ScanProductEvent(Event, frozen=True, kw_only=True):
    """A user opened a product's page, mostly by scanning its bar code.

    `key_standard` and `key_str` are the kind of bar code and what it says; `sex` and `scene`
    are numbers of WeChat's.
    """

    key_standard: str = ""
    key_str: str = ""
    country: str = ""
    province: str = ""
    city: str = ""
    sex: int = 0
    scene: int = 0
    ext_info: str = ""


class EnterFromProductEvent(Event, frozen=True, kw_only=True):
    """A follower entered the chat from a product's page."""

    key_standard: str = ""
    key_str: str = ""
    ext_info: str = ""


class ProductPlaceEvent(Event, frozen=True, kw_only=True):
    """Where a product's page was opened: `region_code` is an administrative region's."""

    key_standard: str = ""
    key_str: str = ""
    ext_info: str = ""
    region_code: str = ""


class ProductReviewEvent(Event, frozen=True, kw_only=True):
    """A product passed review or was refused: `result` is verify_ok or verify_not_pass."""

    key_standard: str = ""
    key_str: str = ""
    result: str = ""
    reason_msg: str = ""


EVENTS: dict[str, type[Event]] = {
    "user_scan_product": ScanProductEvent,
    "user_scan_product_enter_session": EnterFromProductEvent,
    "user_scan_product_async": ProductPlaceEvent,
    "user_scan_product_verify_action": ProductReviewEvent,
}
