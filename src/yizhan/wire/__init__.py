"""The wire: signatures, envelopes and XML. Bytes come in and go out here only."""

from yizhan.wire.push import (
    Envelope,
    Keys,
    Mode,
    Push,
    Signed,
    authenticate,
    authenticate_push,
    open,
    open_signed,
    read,
    seal,
    unseal,
    verify,
)

__all__ = [
    "Envelope",
    "Keys",
    "Mode",
    "Push",
    "Signed",
    "authenticate",
    "authenticate_push",
    "open",
    "open_signed",
    "read",
    "seal",
    "unseal",
    "verify",
]
