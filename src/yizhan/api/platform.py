"""The endpoints of the Official Account API, read from platform/*.toml when first asked for."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

import msgspec
from msgspec import Struct
from msgspec.structs import replace

Language = Literal["zh", "en"]
Method = Literal["GET", "POST"]
Texts = dict[Language, str]

SIMPLE = frozenset({"str", "int", "float", "bool", "date", "any", "object", "openid"})
CARRIERS = frozenset({"file", "text"})  # an upload; a body that is this text and nothing else


class Type(NamedTuple):
    """What a member is: `one` value, a `list` of them or a `map` from texts to them."""

    name: str
    many: Literal["one", "list", "map"] = "one"


class Field(Struct, frozen=True, forbid_unknown_fields=True):
    """One parameter, body member or result member, with its limits.

    `min` and `max` are of a number, of a list's length or of a text's characters;
    `days` is how far a date may lie from `begin_date`; `code` is the errcode of a violation;
    `own` names what of the account's is put in when it is left out; `when` has the values of a
    parameter with which a member of the answer is there.
    """

    notation: str = msgspec.field(name="is")
    min: float | None = None
    max: float | None = None
    max_bytes: int | None = None
    choices: tuple[str | int, ...] = ()
    days: int | None = None
    code: int | None = None
    own: Literal["", "appid", "secret"] = ""
    when: dict[str, tuple[str | int, ...]] = {}

    @property
    def optional(self) -> bool:
        """Whether it may be left out."""
        return self.notation.endswith("?")

    @property
    def type(self) -> Type:
        """The notation, read."""
        text = self.notation.removesuffix("?")
        match text[0]:
            case "[":
                return Type(text[1:-1], "list")
            case "{":
                return Type(text[1:-1], "map")
        return Type(text)


class Shape(Struct, frozen=True):
    """A named object, known within its group."""

    name: str
    fields: dict[str, Field]


class Endpoint(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One call: what it takes, what it gives, who may make it, and whether twice does harm.

    Of one that is `typed` every parameter is explained and every member of the answer known.
    """

    path: str
    group: str
    method: Method = "POST"
    about: Texts
    source: Literal["O", "SDK", "M"]
    rights: str
    safe: bool = False
    token: Literal["account", "component", "user", "none"] = "account"  # noqa: S105  # whose
    host: str = ""
    answer: Literal["json", "media"] = "json"
    query: dict[str, Field] = {}
    body: dict[str, Field] = {}
    result: dict[str, Field] = {}
    named_by: str = ""
    one_of: tuple[str, ...] = ()
    open: bool = False
    typed: bool = False
    retired: Texts | None = None
    unconfirmed: str = ""

    @property
    def segments(self) -> tuple[str, ...]:
        """The attributes that lead to it: the path's segments, /cgi-bin left out."""
        return segments_of(self.path)

    @property
    def uploads(self) -> bool:
        """Whether it takes a file."""
        return any(field.type.name == "file" for field in self.body.values())


class Group(Struct, frozen=True):
    """The endpoints of one file, in its order."""

    name: str
    title: Texts
    shapes: dict[str, Shape]
    endpoints: tuple[Endpoint, ...]


class Rights(Struct, frozen=True):
    """A right: the account kinds that have it, and how to say so."""

    zh: str
    en: str
    kinds: tuple[str, ...]


class Platform(Struct, frozen=True):
    """Everything that is described."""

    groups: dict[str, Group]
    rights: dict[str, Rights]
    endpoints: dict[str, Endpoint]
    tree: dict[tuple[str, ...], Endpoint]

    def shape(self, endpoint: Endpoint, name: str) -> Shape:
        """The shape of that name, as this endpoint's group knows it."""
        return self.groups[endpoint.group].shapes[name]


def segments_of(path: str) -> tuple[str, ...]:
    """A path as attributes: `/cgi-bin/menu/create` is `menu.create`."""
    first, *rest = path.strip("/").split("/")
    return tuple(rest) if first == "cgi-bin" else (first, *rest)


@cache
def platform() -> Platform:
    """The whole description; some 30 ms at the first call."""
    groups = {group.name: group for group in _groups()}
    endpoints = {each.path: each for group in groups.values() for each in group.endpoints}
    return Platform(
        groups=groups,
        rights=msgspec.convert(_read("rights"), dict[str, Rights]),
        endpoints=endpoints,
        tree={each.segments: each for each in endpoints.values()},
    )


def endpoint(path: str) -> Endpoint | None:
    """The endpoint at that path, if it is described."""
    return platform().endpoints.get(path)


def is_shape(name: str) -> bool:
    """Whether an object of that name is described, or an answer: `UserInfo`, `TagsGetAnswer`."""
    known = platform()
    return any(name in group.shapes for group in known.groups.values()) or any(
        name == each.name for endpoint in known.endpoints.values() for each in answers(endpoint)
    )


class AnswerShape(NamedTuple):
    """What an endpoint answers where the parameter `by` has one of the `values`."""

    name: str
    fields: dict[str, Field]
    by: str = ""
    values: tuple[str | int, ...] = ()


def answers(endpoint: Endpoint) -> list[AnswerShape]:
    """Its answers: one, none when nothing is known of it, or several by a parameter's value."""
    by = next((name for field in endpoint.result.values() for name in field.when), "")
    if not by:
        return [AnswerShape(answer_name(endpoint), endpoint.result)] if endpoint.result else []
    there: dict[tuple[str, ...], list[str | int]] = {}
    for value in {**endpoint.query, **endpoint.body}[by].choices:
        names = (n for n, field in endpoint.result.items() if value in field.when.get(by, (value,)))
        there.setdefault(tuple(names), []).append(value)
    return [
        AnswerShape(
            answer_name(endpoint, str(values[0]) if made else ""),
            {name: _when_there(endpoint.result[name]) for name in names},
            by,
            tuple(values),
        )
        for made, (names, values) in enumerate(there.items())
    ]


def _when_there(field: Field) -> Field:
    return replace(field, notation=field.notation.rstrip("?")) if field.when else field


def answer_name(endpoint: Endpoint, kind: str = "") -> str:
    """The name of what an endpoint answers: `TagsGetAnswer`; of another kind of answer too."""
    words = [word for segment in endpoint.segments for word in segment.split("_")]
    return "".join(word.capitalize() for word in (*words, kind)) + "Answer"


@cache
def words() -> Mapping[str, Mapping[str, Texts]]:
    """What parameters are, by the path or shape that they stand in; `names` holds for all."""
    return msgspec.convert(_read("words"), dict[str, dict[str, Texts]])


def explained(place: str, name: str) -> Texts | None:
    """What the parameter of that name is, in that path or shape."""
    return words().get(place, {}).get(name) or words()["names"].get(name)


def _groups() -> Iterator[Group]:
    folder = files("yizhan.api").joinpath("platform")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    for name in names:
        if name not in ("rights.toml", "words.toml"):
            yield _group(name.removesuffix(".toml"))


def _read(name: str) -> dict[str, object]:
    return tomllib.loads(files("yizhan.api").joinpath(f"platform/{name}.toml").read_text("utf-8"))


def _group(name: str) -> Group:
    document = _read(name)
    described = {key: document.pop(key) for key in tuple(document) if key.startswith("/")}
    title = msgspec.convert(document.pop("title"), Texts)
    shapes = msgspec.convert(document.pop("shape", {}), dict[str, dict[str, object]])
    return Group(
        name=name,
        title=title,
        shapes={key: Shape(key, _fields(members)) for key, members in shapes.items()},
        endpoints=tuple(_endpoint(name, path, document, own) for path, own in described.items()),
    )


def _endpoint(group: str, path: str, shared: Mapping[str, object], own: object) -> Endpoint:
    values = {**shared, **msgspec.convert(own, dict[str, object])}
    values["about"] = {"zh": values.pop("zh"), "en": values.pop("en")}
    for part in ("query", "body", "result"):
        values[part] = _fields(msgspec.convert(values.get(part, {}), dict[str, object]))
    return msgspec.convert({"path": path, "group": group, **values}, Endpoint, strict=True)


def _fields(members: Mapping[str, object]) -> dict[str, Field]:
    return {
        name: msgspec.convert({"is": value} if isinstance(value, str) else value, Field)
        for name, value in members.items()
    }
