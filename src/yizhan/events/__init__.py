"""What happened to the account: one class per kind of event, found by its name."""

from typing import Literal

from yizhan.events import account, cards, follow, jobs, menu, notices, places, products, programs
from yizhan.events.account import (
    PrivacyEvent,
    StaffSessionEvent,
    StaffSwitchEvent,
    VerificationEvent,
    VerificationFailedEvent,
    VerificationOrderEvent,
    VerificationRefillEvent,
)
from yizhan.events.base import Event
from yizhan.events.cards import (
    CardCheckEvent,
    CardEvent,
    CardMerchantCheckEvent,
    CardOrderEvent,
    CardStockEvent,
    ConsumeCardEvent,
    GetCardEvent,
    GiftCardEvent,
    GiveCardEvent,
    InvoiceAuthorizedEvent,
    InvoiceResultEvent,
    InvoiceStatusEvent,
    InvoiceTitleEvent,
    MemberCardEvent,
    PayWithCardEvent,
)
from yizhan.events.follow import (
    EnterEvent,
    EnterTempSessionEvent,
    ReportLocationEvent,
    ScanEvent,
    SubscribeEvent,
    UnsubscribeEvent,
)
from yizhan.events.jobs import (
    ArticleDetail,
    ArticleUrl,
    ArticleUrlResult,
    CopyrightCheckResult,
    CopyrightResult,
    MassSendJobEvent,
    PublishedArticle,
    PublishJobEvent,
    TemplateSendJobEvent,
)
from yizhan.events.menu import (
    ClickEvent,
    LocationSelectEvent,
    PictureEvent,
    ScanCode,
    ScanCodeEvent,
    SelectedLocation,
    ViewEvent,
    ViewMiniProgramEvent,
)
from yizhan.events.notices import (
    NoticeChangeEvent,
    NoticeChoice,
    NoticePopupEvent,
    NoticeSent,
    NoticeSentEvent,
)
from yizhan.events.places import (
    Beacon,
    GuideInviteEvent,
    GuideScanEvent,
    MapPlaceAuditEvent,
    PlaceCheckEvent,
    ShakeEvent,
    ShopOrderEvent,
    StoreAuditEvent,
    WifiConnectedEvent,
)
from yizhan.events.products import (
    EnterFromProductEvent,
    ProductPlaceEvent,
    ProductReviewEvent,
    ScanProductEvent,
)
from yizhan.events.programs import (
    MediaCheckEvent,
    MediaVerdict,
    NicknameAuditEvent,
    ProgramAuditEvent,
    ProgramEvent,
)
from yizhan.events.reading import read_as
from yizhan.fields import text
from yizhan.wire.xml import Raw

__all__ = [
    "EVENTS",
    "ArticleDetail",
    "ArticleUrl",
    "ArticleUrlResult",
    "Beacon",
    "CardCheckEvent",
    "CardEvent",
    "CardMerchantCheckEvent",
    "CardOrderEvent",
    "CardStockEvent",
    "ClickEvent",
    "ConsumeCardEvent",
    "CopyrightCheckResult",
    "CopyrightResult",
    "EnterEvent",
    "EnterFromProductEvent",
    "EnterTempSessionEvent",
    "Event",
    "GetCardEvent",
    "GiftCardEvent",
    "GiveCardEvent",
    "GuideInviteEvent",
    "GuideScanEvent",
    "InvoiceAuthorizedEvent",
    "InvoiceResultEvent",
    "InvoiceStatusEvent",
    "InvoiceTitleEvent",
    "LocationSelectEvent",
    "MapPlaceAuditEvent",
    "MassSendJobEvent",
    "MediaCheckEvent",
    "MediaVerdict",
    "MemberCardEvent",
    "NicknameAuditEvent",
    "NoticeChangeEvent",
    "NoticeChoice",
    "NoticePopupEvent",
    "NoticeSent",
    "NoticeSentEvent",
    "PayWithCardEvent",
    "PictureEvent",
    "PlaceCheckEvent",
    "PrivacyEvent",
    "ProductPlaceEvent",
    "ProductReviewEvent",
    "ProgramAuditEvent",
    "ProgramEvent",
    "PublishJobEvent",
    "PublishedArticle",
    "ReportLocationEvent",
    "ScanCode",
    "ScanCodeEvent",
    "ScanEvent",
    "ScanProductEvent",
    "SelectedLocation",
    "ShakeEvent",
    "ShopOrderEvent",
    "StaffSessionEvent",
    "StaffSwitchEvent",
    "StoreAuditEvent",
    "SubscribeEvent",
    "TemplateSendJobEvent",
    "UnsubscribeEvent",
    "VerificationEvent",
    "VerificationFailedEvent",
    "VerificationOrderEvent",
    "VerificationRefillEvent",
    "ViewEvent",
    "ViewMiniProgramEvent",
    "WifiConnectedEvent",
    "names",
    "read",
    "reply_shown",
    "shape",
    "shows_reply",
]

EVENTS: dict[str, type[Event]] = {
    **follow.EVENTS,
    **menu.EVENTS,
    **jobs.EVENTS,
    **notices.EVENTS,
    **account.EVENTS,
    **cards.EVENTS,
    **places.EVENTS,
    **products.EVENTS,
    **programs.EVENTS,
}
_SHAPES = {name.lower(): shape for name, shape in EVENTS.items()}

# The events whose passive reply the follower sees (docs/protocol.md#d1).
_REPLY_SHOWN = frozenset(
    {
        "subscribe",
        "scan",
        "location",
        "click",
        "scancode_push",
        "scancode_waitmsg",
        "pic_sysphoto",
        "pic_photo_or_album",
        "pic_weixin",
        "location_select",
    }
)
# Those whose reply is certainly not shown; of all others nobody knows.
_REPLY_HIDDEN = frozenset({"view", "view_miniprogram"})

Shows = Literal["yes", "no", "unknown", "never"]


def names() -> tuple[str, ...]:
    """The names of all known events, as they stand on the wire."""
    return tuple(EVENTS)


def shape(name: str) -> type[Event]:
    """The class of the event of that name, in any case; `Event` for an unknown name."""
    return _SHAPES.get(name.lower(), Event)


def read(raw: Raw) -> Event:
    """The event in the dict of a push; never raises."""
    return read_as(shape(text(raw.get("Event"))), raw)


def shows_reply(event: Event) -> bool:
    """Whether the follower is known to see a passive reply to this event."""
    return reply_shown(event) == "yes"


def reply_shown(event: Event) -> Shows:
    """Whether a passive reply to this event is shown; "never" to one who has left."""
    name = event.name.lower()
    if name in _REPLY_SHOWN:
        return "yes"
    if name == "unsubscribe":
        return "never"
    return "no" if name in _REPLY_HIDDEN else "unknown"
