"""Following, scanning and where the follower is (docs/protocol.md#d1)."""

from yizhan.events.base import Event

SCENE_PREFIX = "qrscene_"
PRODUCT_PREFIX = "scanbarcode|"


class SubscribeEvent(Event, frozen=True, kw_only=True):
    """Somebody follows the account, maybe by scanning a QR code or from a product's page."""

    ticket: str = ""

    @property
    def scene(self) -> str | None:
        """The scene of the QR code; None if none was scanned."""
        if self.key.startswith(SCENE_PREFIX):
            return self.key.removeprefix(SCENE_PREFIX)
        return None

    @property
    def key_standard(self) -> str:
        """The kind of the product's bar code; "" if it was not from a product's page."""
        return self._product[0]

    @property
    def key_str(self) -> str:
        """What the product's bar code says; "" if it was not from a product's page."""
        return self._product[1]

    @property
    def _product(self) -> tuple[str, str]:
        if not self.key.startswith(PRODUCT_PREFIX):
            return "", ""
        standard, _, code = self.key.removeprefix(PRODUCT_PREFIX).partition("|")
        return standard, code


class UnsubscribeEvent(Event, frozen=True, kw_only=True):
    """A follower has left; nothing can be sent to them any more."""


class ScanEvent(Event, frozen=True, kw_only=True):
    """A follower scanned one of the account's QR codes."""

    ticket: str = ""

    @property
    def scene(self) -> str | None:
        """The scene of the QR code."""
        return self.key or None


class ReportLocationEvent(Event, frozen=True, kw_only=True):
    """Where the follower is: degrees, and the precision in metres."""

    latitude: float = 0.0
    longitude: float = 0.0
    precision: float = 0.0


class EnterEvent(Event, frozen=True, kw_only=True):
    """A follower opened the chat; retired."""


class EnterTempSessionEvent(Event, frozen=True, kw_only=True):
    """A user opened a mini-program's customer service."""

    session_from: str = ""


EVENTS: dict[str, type[Event]] = {
    "subscribe": SubscribeEvent,
    "unsubscribe": UnsubscribeEvent,
    "SCAN": ScanEvent,
    "LOCATION": ReportLocationEvent,
    "ENTER": EnterEvent,
    "user_enter_tempsession": EnterTempSessionEvent,
}
