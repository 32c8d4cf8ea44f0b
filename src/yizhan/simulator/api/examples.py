"""Answers of endpoints that are described but not simulated: the right members, made-up values."""

from collections.abc import Mapping

from yizhan.api.platform import SIMPLE, Endpoint, Field, platform

VALUES: Mapping[str, object] = {
    "str": "",
    "openid": "",
    "int": 0,
    "float": 0.0,
    "bool": False,
    "date": "2026-01-01",
    "object": {},
    "any": None,
}
DEEPEST = 4


def example(endpoint: Endpoint) -> dict[str, object]:
    """The required members of its answer."""
    return {
        name: _value(endpoint, field, DEEPEST)
        for name, field in endpoint.result.items()
        if not field.optional
    }


def _value(endpoint: Endpoint, field: Field, deep: int) -> object:
    kind = field.type
    if kind.many == "list":
        return []
    if kind.many == "map" or not deep:
        return {}
    if kind.name in SIMPLE:
        return VALUES[kind.name]
    shape = platform().shape(endpoint, kind.name)
    return {
        name: _value(endpoint, inner, deep - 1)
        for name, inner in shape.fields.items()
        if not inner.optional
    }
