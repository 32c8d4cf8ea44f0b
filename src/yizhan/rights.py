"""What each kind of account may do, and how many customer-service messages: data with dates."""

from collections.abc import Mapping

from yizhan.events import ClickEvent, Event, ScanCodeEvent, ScanEvent, SubscribeEvent
from yizhan.messages import Message, TextMessage
from yizhan.settings import Kind

# docs/protocol.md#g4 (kind, verified): whether customer-service messages may be sent.
CUSTOM: Mapping[tuple[Kind, bool], bool] = {
    ("subscription", False): False,
    ("subscription", True): True,
    ("service", False): False,
    ("service", True): True,
    ("sandbox", False): True,
    ("sandbox", True): True,
}

# docs/protocol.md#f1, as published in 2025: window -> (seconds it is open, messages in it).
WINDOWS: Mapping[str, tuple[float, int]] = {
    "message": (48 * 3600.0, 5),
    "menu": (60.0, 3),
    "follow": (60.0, 3),
    "scan": (60.0, 3),
}


def may_send(kind: Kind, verified: bool) -> bool:
    """Whether such an account has the right to customer-service messages."""
    return CUSTOM[kind, verified]


def opens(push: Message | Event) -> str:
    """The customer-service window that this push opens; "" for none.

    A text that came from clicking a msgmenu item counts as a menu click (docs/protocol.md#f1).
    """
    if isinstance(push, TextMessage) and push.menu_id:
        return "menu"
    match push:
        case Message():
            return "message"
        case ClickEvent() | ScanCodeEvent():
            return "menu"
        case SubscribeEvent():
            return "follow"
        case ScanEvent():
            return "scan"
    return ""
