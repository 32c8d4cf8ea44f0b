"""Mini-programs; not an Official Account's own traffic (docs/protocol.md#d5)."""

from datetime import datetime

import msgspec

from yizhan.events.base import Event


class ProgramAuditEvent(Event, frozen=True, kw_only=True):
    """A mini-program's review passed, failed or was put off."""

    succ_time: datetime | None = None
    fail_time: datetime | None = None
    delay_time: datetime | None = None
    reason: str = ""
    screen_shot: str = ""


class MediaVerdict(msgspec.Struct, frozen=True, kw_only=True):
    """What a content check advises: `suggest` is risky, pass or review."""

    suggest: str = ""
    label: int | None = None


class MediaCheckEvent(Event, frozen=True, kw_only=True):
    """The check of a picture or sound is over; which fields come depends on its version."""

    app_id: str = ""
    trace_id: str = ""
    version: int | None = None
    errcode: int | None = None
    errmsg: str = ""
    result: MediaVerdict = MediaVerdict()
    is_risky: bool = False
    extra_info_json: str = ""
    status_code: int | None = None


class NicknameAuditEvent(Event, frozen=True, kw_only=True):
    """A mini-program's new name was reviewed; `ret` 2 refused, 3 passed."""

    ret: int | None = None
    nickname: str = ""
    reason: str = ""


class ProgramEvent(Event, frozen=True, kw_only=True):
    """Another notice about a mini-program; its fields are in `raw`."""


EVENTS: dict[str, type[Event]] = {
    "weapp_audit_success": ProgramAuditEvent,
    "weapp_audit_fail": ProgramAuditEvent,
    "weapp_audit_delay": ProgramAuditEvent,
    "wxa_media_check": MediaCheckEvent,
    "wxa_nickname_audit": NicknameAuditEvent,
    "wxa_illegal_record": ProgramEvent,
    "wxa_appeal_record": ProgramEvent,
    "wxa_privacy_apply": ProgramEvent,
    "wxa_category_audit": ProgramEvent,
    "open_product_order_pay": ProgramEvent,
}
