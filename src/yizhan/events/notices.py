"""Subscription notices (订阅通知): asked for, refused, sent (docs/protocol.md#d3).

`items` has one entry per template. In JSON pushes the wrapper is missing and List stands
alone.
"""

import msgspec
from msgspec import field

from yizhan.events.base import Event


class NoticeChoice(msgspec.Struct, frozen=True, kw_only=True):
    """What the user chose: accept or reject; `popup_scene` 1 web page, 2 article."""

    template_id: str = ""
    subscribe_status_string: str = ""
    popup_scene: int | None = None


class NoticeSent(msgspec.Struct, frozen=True, kw_only=True):
    """How sending a notice ended; `error_code` 0 is success."""

    template_id: str = ""
    msg_id: str = ""
    error_code: int | None = None
    error_status: str = ""


class NoticePopupEvent(Event, frozen=True, kw_only=True):
    """A user answered the question whether to get notices."""

    items: tuple[NoticeChoice, ...] = field(default=(), name="SubscribeMsgPopupEvent/List|List")


class NoticeChangeEvent(Event, frozen=True, kw_only=True):
    """A user changed in the settings whether to get notices."""

    # The documentation once printed the other event's wrapper here.
    items: tuple[NoticeChoice, ...] = field(
        default=(), name="SubscribeMsgChangeEvent/List|SubscribeMsgPopupEvent/List|List"
    )


class NoticeSentEvent(Event, frozen=True, kw_only=True):
    """A notice was sent, or failed."""

    items: tuple[NoticeSent, ...] = field(default=(), name="SubscribeMsgSentEvent/List|List")


EVENTS: dict[str, type[Event]] = {
    "subscribe_msg_popup_event": NoticePopupEvent,
    "subscribe_msg_change_event": NoticeChangeEvent,
    "subscribe_msg_sent_event": NoticeSentEvent,
}
