"""A follower's session: a mapping of JSON values, saved with the message's outcome."""

from collections.abc import Iterator, MutableMapping
from math import isfinite
from typing import cast

import msgspec
from msgspec import UNSET, Struct, UnsetType

from yizhan.errors import SessionError

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


class Kept(Struct):
    """A session as the store keeps it; `until` is wall time."""

    until: float
    data: dict[str, object]


RENEWAL = 0.01  # of its time: one that did not change is written anew after so much of it

_decode = msgspec.json.Decoder(Kept).decode


class Session(MutableMapping[str, Json]):
    """What a handler keeps of one follower between messages: a mutable mapping.

    Keys are strings and values JSON; anything else raises SessionError when the handler has
    ended. The changes of a handler that raises are discarded. It is kept for `session_ttl`
    seconds after a handler last used it.
    """

    __slots__ = ("_data", "_kept", "_latest", "_now", "_until")

    def __init__(
        self, kept: bytes | None = None, now: float = 0.0, latest: float | None = None
    ) -> None:
        self._kept = kept
        self._now = now
        self._latest = now if latest is None else latest
        self._data: dict[str, Json] | None = None
        self._until = 0.0

    @property
    def data(self) -> dict[str, Json]:
        """The values themselves, read on first use."""
        if self._data is None:
            self._data = {}
            kept = _decode(self._kept) if self._kept is not None else None
            if kept is not None and kept.until > self._now:
                self._data, self._until = cast("dict[str, Json]", kept.data), kept.until
        return self._data

    def __getitem__(self, key: str) -> Json:
        return self.data[key]

    def __setitem__(self, key: str, value: Json) -> None:
        self.data[key] = value

    def __delitem__(self, key: str) -> None:
        del self.data[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.data)

    def __len__(self) -> int:
        return len(self.data)

    def __repr__(self) -> str:
        return f"Session({len(self)} keys)"

    def outcome(self, ttl: float) -> bytes | UnsetType | None:
        """What to commit: bytes, None to erase an emptied session, UNSET to leave it as it is."""
        if self._data is None:
            return UNSET
        if not self._data:
            return None if self._kept is not None else UNSET
        if 0 <= self._latest + ttl - self._until < ttl * RENEWAL and self._is_unchanged():
            return UNSET
        data = _json_object(self._data)
        return msgspec.json.encode(Kept(self._latest + ttl, dict(data)))

    def _is_unchanged(self) -> bool:
        """Whether it would be kept as it was: told by the bytes, for they are quickly made."""
        assert self._data is not None  # noqa: S101  # it was used
        try:
            return msgspec.json.encode(Kept(self._until, dict(self._data))) == self._kept
        except (TypeError, ValueError, OverflowError):  # no JSON: the refusal says where
            return False


def _json_object(data: object) -> dict[str, Json]:
    value = _json(data, "session")
    assert isinstance(value, dict)  # noqa: S101  # a mapping was passed in
    return value


def _json(value: object, place: str) -> Json:
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float) and isfinite(value):
        return value
    if isinstance(value, list):
        return [_json(item, f"{place}[{index}]") for index, item in enumerate(value)]
    if isinstance(value, dict):
        for key in value:
            if not isinstance(key, str):
                raise SessionError("session.key", place=place, type=type(key).__name__)
        return {key: _json(item, f"{place}[{key!r}]") for key, item in value.items()}
    raise SessionError("session.value", place=place, type=type(value).__name__)
