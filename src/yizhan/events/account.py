"""Human staff, verification of the account, and privacy (docs/protocol.md#d4)."""

from datetime import datetime

from yizhan.events.base import Event


class StaffSessionEvent(Event, frozen=True, kw_only=True):
    """A session with human staff was opened or closed."""

    kf_account: str = ""
    close_type: str = ""


class StaffSwitchEvent(Event, frozen=True, kw_only=True):
    """A session went from one member of the staff to another."""

    from_kf_account: str = ""
    to_kf_account: str = ""


class VerificationEvent(Event, frozen=True, kw_only=True):
    """The account was verified, or must be again by `expired_time`."""

    expired_time: datetime | None = None


class VerificationFailedEvent(Event, frozen=True, kw_only=True):
    """The account's verification was refused."""

    fail_time: datetime | None = None
    fail_reason: str = ""


class VerificationOrderEvent(Event, frozen=True, kw_only=True):
    """The fee of a verification was paid, or the order went to a reviewer."""


class VerificationRefillEvent(Event, frozen=True, kw_only=True):
    """Material for the verification must be handed in again."""

    refill_time: datetime | None = None
    refill_reason: str = ""


class PrivacyEvent(Event, frozen=True, kw_only=True):
    """A user changed, withdrew or closed what was authorised: delete the data.

    `revoke_info` lists the scopes.
    """

    open_id: str = ""
    app_id: str = ""
    revoke_info: str = ""
    plugin_id: str = ""
    open_pid: str = ""


EVENTS: dict[str, type[Event]] = {
    "kf_create_session": StaffSessionEvent,
    "kf_close_session": StaffSessionEvent,
    "kf_switch_session": StaffSwitchEvent,
    "qualification_verify_success": VerificationEvent,
    "qualification_verify_fail": VerificationFailedEvent,
    "naming_verify_success": VerificationEvent,
    "naming_verify_fail": VerificationFailedEvent,
    "annual_renew": VerificationEvent,
    "verify_expired": VerificationEvent,
    "wx_verify_pay_succ": VerificationOrderEvent,
    "wx_verify_dispatch": VerificationOrderEvent,
    "wx_verify_refill": VerificationRefillEvent,
    "wx_verify_fail": VerificationOrderEvent,
    "user_info_modified": PrivacyEvent,
    "user_authorization_revoke": PrivacyEvent,
    "user_authorization_cancellation": PrivacyEvent,
}
