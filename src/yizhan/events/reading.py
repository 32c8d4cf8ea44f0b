"""From the dict of a push to the fields of a struct.

Fields are found by their names, without case and underscores: `card_id` reads CardId,
`msg_id` both MsgID and MsgId, for docs and wire differ in places. Where the words differ
or lie deeper, the field's `name` gives the path: steps apart by `/`, other ways by `|`.
A tuple takes all that is found, anything else the first.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache, lru_cache, partial
from inspect import get_annotations
from typing import Any, TypeVar, get_args, get_origin

import msgspec

from yizhan import fields
from yizhan.events.base import Event
from yizhan.wire.xml import Raw, Value, as_list

E = TypeVar("E", bound=Event)

Path = tuple[str, ...]
Reader = Callable[[list[Value]], object]

SCALARS: dict[object, Callable[[Value], object]] = {
    str: fields.text,
    str | None: fields.optional_text,
    int: fields.count,
    int | None: fields.whole,
    float: fields.decimal,
    bool: fields.flag,
    datetime | None: fields.optional_moment,
}


def read_as(shape: type[E], raw: Raw) -> E:
    """The event of that class; never raises, for a malformed field takes its default."""
    return shape(
        name=fields.text(raw.get("Event")),
        key=fields.text(raw.get("EventKey")),
        created=fields.seconds(raw.get("CreateTime")) or 0,
        to_user=fields.text(raw.get("ToUserName")),
        from_user=fields.text(raw.get("FromUserName")),
        raw=raw,
        **_read_fields(shape, raw),
    )


def _read_fields(shape: type[msgspec.Struct], raw: Raw) -> dict[str, Any]:
    # Event's own fields are read by `read_as`.
    plan = () if shape is Event else _plan(shape)
    if not plan:
        return {}
    folded = _folded(raw)
    return {name: reader(_first(folded, paths)) for name, paths, reader in plan}


def _read_nested(shape: type[msgspec.Struct], value: Value) -> msgspec.Struct:
    return shape(**_read_fields(shape, value if isinstance(value, dict) else {}))


@cache
def _plan(shape: type[msgspec.Struct]) -> tuple[tuple[str, tuple[Path, ...], Reader], ...]:
    names = dict(zip(shape.__struct_fields__, shape.__struct_encode_fields__, strict=True))
    return tuple(
        (field, _paths(names[field]), _reader(hint))
        for field, hint in get_annotations(shape).items()
    )


def _paths(name: str) -> tuple[Path, ...]:
    return tuple(tuple(map(_fold, path.split("/"))) for path in name.split("|"))


def _reader(hint: Any) -> Reader:
    if get_origin(hint) is tuple:
        each = _converter(get_args(hint)[0])
        return lambda found: tuple(map(each, found))
    one = _converter(hint)
    return lambda found: one(found[0] if found else None)


def _converter(hint: Any) -> Callable[[Value], object]:
    return SCALARS.get(hint) or partial(_read_nested, hint)


def _first(folded: Raw, paths: Iterable[Path]) -> list[Value]:
    for path in paths:
        if found := _find(folded, path):
            return found
    return []


def _find(folded: Raw, path: Path) -> list[Value]:
    found = as_list(folded.get(path[0]))
    for step in path[1:]:
        found = [
            child
            for parent in found
            if isinstance(parent, dict)
            for child in as_list(_folded(parent).get(step))
        ]
    return found


def _folded(raw: Raw) -> Raw:
    return {_fold(name): value for name, value in raw.items()}


@lru_cache(maxsize=1024)
def _fold(name: str) -> str:
    return name.replace("_", "").lower()
