"""To which account messages were sent, as they say themselves."""

from collections import Counter
from collections.abc import Iterable

import msgspec


class _Addressed(msgspec.Struct):
    ToUserName: str = ""


_read = msgspec.json.Decoder(_Addressed).decode


def addressee(message: bytes) -> str:
    """The ToUserName of a job's message; "" for none, or for what cannot be read."""
    try:
        return _read(message).ToUserName
    except msgspec.DecodeError:
        return ""


def count_addressed(messages: Iterable[bytes]) -> dict[str, int]:
    """How many messages were sent to each."""
    return dict(Counter(map(addressee, messages)))
