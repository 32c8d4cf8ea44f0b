"""JSON pushes, read into the same fields as the XML ones."""

import json
from typing import NoReturn

from yizhan.errors import Refused
from yizhan.wire.xml import HEADERS, MAX_DEPTH, MAX_ELEMENTS, Raw, Value, check_headers, clean


def read(body: bytes) -> tuple[Raw, bool]:
    """The fields of a JSON push, and whether its text was repaired.

    Numbers and booleans become their text; null and an empty text become None, as an empty
    element does; the limits are those of
    `xml.read`, and so are the repairs. Raises `Refused("xml_bad")`.
    """
    text, repaired = _decoded(body)
    try:
        fields: object = json.loads(
            text,
            strict=False,  # a bare control character in a text is repaired below
            object_pairs_hook=_object,
            parse_int=str,
            parse_float=str,
            parse_constant=_refuse_constant,
        )
    except (ValueError, RecursionError) as error:
        raise Refused("xml_bad", f"no JSON: {type(error).__name__}") from None
    if not isinstance(fields, dict):
        raise Refused("xml_bad", "no JSON object")
    normal = _Normaliser()
    raw = normal.fields(fields, depth=1)
    check_headers(raw)
    return raw, normal.repaired or repaired


def _decoded(body: bytes) -> tuple[str, bool]:
    """The text, with U+FFFD for bytes that are no UTF-8, and whether there were any."""
    try:
        return body.decode("utf-8-sig"), False
    except UnicodeDecodeError:
        return body.decode("utf-8-sig", "replace"), True


class _Normaliser:
    def __init__(self) -> None:
        self.left = MAX_ELEMENTS
        self.repaired = False

    def fields(self, members: dict[str, object], depth: int) -> Raw:
        self._count(depth)
        return {self._text(name): self._value(value, depth + 1) for name, value in members.items()}

    def _value(self, value: object, depth: int) -> Value:
        if isinstance(value, dict):
            return self.fields(value, depth)
        self._count(depth)
        if isinstance(value, list):
            return [self._value(each, depth + 1) for each in value]
        if isinstance(value, bool):
            return "true" if value else "false"
        return self._text(value) or None if isinstance(value, str) else None

    def _text(self, text: str) -> str:
        cleaned = clean(text)
        self.repaired |= cleaned != text
        return cleaned

    def _count(self, depth: int) -> None:
        self.left -= 1
        if self.left < 0:
            raise Refused("xml_bad", "too many elements")
        if depth > MAX_DEPTH:
            raise Refused("xml_bad", "too deep")


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) == len(pairs):
        return members
    names = [name for name, _ in pairs]
    if any(names.count(name) > 1 for name in HEADERS):
        raise Refused("xml_bad", "a header field twice")
    return members


def _refuse_constant(_name: str) -> NoReturn:
    raise ValueError("NaN and Infinity are no JSON")
