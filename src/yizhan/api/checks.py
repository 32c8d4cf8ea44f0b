"""Whether arguments and answers fit an endpoint's description."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date

from msgspec import Struct

from yizhan.api.platform import CARRIERS, SIMPLE, Endpoint, Field, Shape, Type, platform

INVALID = 40035  # "invalid parameter", where no errcode of its own is known
FORMAT = 47001  # "data format error"


class Problem(Struct, frozen=True):
    """What is wrong with one member: where, which rule it breaks, its value, the errcode."""

    place: str
    rule: str
    allowed: object = ""
    code: int = INVALID


def problems(
    endpoint: Endpoint, query: Mapping[str, object], body: Mapping[str, object]
) -> Iterator[Problem]:
    """Everything that does not fit, in the description's order."""
    check = _Check(endpoint)
    yield from check.members(endpoint.query, query, "", loose=endpoint.open, text=True)
    yield from check.members(endpoint.body, body, "", loose=endpoint.open)
    yield from _choice(endpoint, {**query, **body})
    yield from _period(endpoint, body)


def unfit(endpoint: Endpoint, answer: Mapping[str, object]) -> Iterator[Problem]:
    """What of an answer is missing or of another kind; members beyond it are let through."""
    for problem in _Check(endpoint).members(endpoint.result, answer, "", loose=True):
        if problem.rule != "unknown":
            yield problem


class _Check:
    def __init__(self, endpoint: Endpoint) -> None:
        self._shapes: Callable[[str], Shape] = lambda name: platform().shape(endpoint, name)

    def members(
        self,
        fields: Mapping[str, Field],
        values: Mapping[str, object],
        place: str,
        *,
        loose: bool,
        text: bool = False,
    ) -> Iterator[Problem]:
        """Of an object or of an address, whose values are all `text`."""
        for name, field in fields.items():
            where = f"{place}.{name}" if place else name
            value = values.get(name)
            if value is None:
                if not field.optional:
                    yield Problem(where, "missing", code=field.code or INVALID)
                continue
            yield from self._value(field, _read(field.type, value) if text else value, where)
        if not loose:
            for name in values.keys() - fields.keys():
                yield Problem(f"{place}.{name}" if place else name, "unknown")

    def _value(self, field: Field, value: object, place: str) -> Iterator[Problem]:
        kind = field.type
        if kind.name in CARRIERS:
            return
        if kind.many == "list":
            yield from self._list(field, value, place)
        elif kind.many == "map":
            yield from self._map(kind.name, value, place)
        elif kind.name == "date" and not FITS["date"](value):
            yield Problem(place, "type", "date", field.code or FORMAT)
        else:
            yield from self._one(kind.name, value, place)
        yield from _limits(field, value, place)

    def _list(self, field: Field, value: object, place: str) -> Iterator[Problem]:
        if not isinstance(value, Sequence) or isinstance(value, str):
            yield Problem(place, "type", "list", FORMAT)
            return
        for index, each in enumerate(value):
            yield from self._one(field.type.name, each, f"{place}[{index}]")

    def _map(self, name: str, value: object, place: str) -> Iterator[Problem]:
        if not isinstance(value, Mapping):
            yield Problem(place, "type", "object", FORMAT)
            return
        for key, each in value.items():
            yield from self._one(name, each, f"{place}.{key}")

    def _one(self, name: str, value: object, place: str) -> Iterator[Problem]:
        if name in SIMPLE:
            if not FITS[name](value):
                yield Problem(place, "type", name, FORMAT)
        elif isinstance(value, Mapping):
            yield from self.members(self._shapes(name).fields, value, place, loose=False)
        else:
            yield Problem(place, "type", "object", FORMAT)


def _limits(field: Field, value: object, place: str) -> Iterator[Problem]:
    code = field.code or INVALID
    size = _size(value)
    if field.choices and value not in field.choices:
        yield Problem(place, "choices", field.choices, code)
    if size is not None and field.min is not None and size < field.min:
        yield Problem(place, "min", field.min, code)
    if size is not None and field.max is not None and size > field.max:
        yield Problem(place, "max", field.max, code)
    if field.max_bytes is not None and _bytes(value) > field.max_bytes:
        yield Problem(place, "max_bytes", field.max_bytes, code)


def _choice(endpoint: Endpoint, values: Mapping[str, object]) -> Iterator[Problem]:
    """The member that another one's value names; exactly one of some."""
    named = values.get(endpoint.named_by)
    if isinstance(named, str) and named in endpoint.body and values.get(named) is None:
        yield Problem(named, "missing", code=FORMAT)
    given = [name for name in endpoint.one_of if values.get(name) is not None]
    if endpoint.one_of and len(given) != 1:
        yield Problem("|".join(endpoint.one_of), "one_of", endpoint.one_of)


def _period(endpoint: Endpoint, body: Mapping[str, object]) -> Iterator[Problem]:
    field = endpoint.body.get("end_date")
    begin, end = _date(body.get("begin_date")), _date(body.get("end_date"))
    if field is None or field.days is None or begin is None or end is None:
        return
    if not 0 <= (end - begin).days < field.days:
        yield Problem("end_date", "days", field.days, field.code or INVALID)


def _read(kind: Type, text: object) -> object:
    """A value of an address, which is always a text, as the kind that it should be."""
    with suppress(ValueError):
        match kind.name:
            case "int":
                return int(str(text))
            case "float":
                return float(str(text))
    return text


def _size(value: object) -> float | None:
    match value:
        case bool():
            return None
        case int() | float():
            return value
        case str() | list() | tuple():
            return len(value)
    return None


def _bytes(value: object) -> int:
    return len(value.encode("utf-8", "surrogatepass")) if isinstance(value, str) else 0


def _date(value: object) -> date | None:
    with suppress(ValueError, TypeError):
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    return None


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


FITS: Mapping[str, Callable[[object], bool]] = {
    "str": lambda value: isinstance(value, str),
    "openid": lambda value: isinstance(value, str) and value != "",
    "int": _whole,
    "float": lambda value: _whole(value) or isinstance(value, float),
    "bool": lambda value: isinstance(value, bool),
    "date": lambda value: _date(value) is not None,
    "object": lambda value: isinstance(value, Mapping),
    "any": lambda value: True,
}
