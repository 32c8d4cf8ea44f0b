"""A push as WeRoBot's handlers read it: its attributes by their names there."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files

from yizhan.events import Event
from yizhan.middleware import Incoming
from yizhan.wire import xml


def _number(read: Callable[[str], object]) -> Callable[[xml.Value], object]:
    def number(value: xml.Value) -> object:
        try:
            return read(value) if isinstance(value, str) else None
        except ValueError:
            return None

    return number


def _pictures(value: xml.Value) -> object:
    items = value if isinstance(value, list) else [value]
    return [{"pic_md5_sum": it.get("PicMd5Sum")} for it in items if isinstance(it, dict)]


_KINDS: Mapping[str, Callable[[xml.Value], object]] = {
    "text": lambda value: value or None,
    "int": _number(int),
    "float": _number(float),
    "pictures": _pictures,
}


@dataclass(frozen=True, slots=True)
class Field:
    """Where an attribute stands in the push, and what is made of it."""

    path: tuple[str, ...]
    made: Callable[[xml.Value], object]

    def read(self, push: xml.Raw) -> object:
        """The attribute's value; None where the push has none."""
        value: xml.Value = push
        for name in self.path:
            value = value.get(name) if isinstance(value, dict) else None
        return self.made(value)


def _field(written: str) -> tuple[str, Field]:
    name, _, kind = written.partition(":")
    name, _, path = name.partition("=")
    path = path or name.title().replace("_", "")
    return name, Field(tuple(path.split(".")), _KINDS[kind or "text"])


FIELDS: Mapping[str, Mapping[str, Field]] = {
    kind: dict(map(_field, attributes.split()))
    for kind, attributes in tomllib.loads(
        files("yizhan.compat.werobot").joinpath("types.toml").read_text("utf-8")
    ).items()
}


class Message:
    """A message or an event, with WeRoBot's attributes and the wire's own names."""

    def __init__(self, push: Incoming) -> None:
        raw = self._push = push.raw
        self.is_event = isinstance(push, Event)
        kind = raw.get("Event" if self.is_event else "MsgType")
        self.type = f"{kind}".lower() + ("_event" if self.is_event else "")
        self.source, self.target, self.time = push.from_user, push.to_user, push.created
        number = _KINDS["int"](raw.get("MsgID" if self.is_event else "MsgId"))
        self.message_id = number if isinstance(number, int) else 0

    @property
    def raw(self) -> bytes:
        """The push's XML, written anew from its fields."""
        return xml.unparse({"xml": self._push}).encode()

    @property
    def location(self) -> tuple[object, object]:
        """Of a location: degrees north and degrees east."""
        return self.location_x, self.location_y

    def __getattr__(self, name: str) -> object:
        push: xml.Raw = self.__dict__.get("_push", {})
        if (field := FIELDS.get(self.__dict__.get("type", ""), {}).get(name)) is not None:
            return field.read(push)
        if name in push:
            return push[name]
        raise AttributeError(name)
