"""calls.pyi: what an editor and a checker know of the endpoints as attributes."""

from collections.abc import Iterator, Mapping
from keyword import iskeyword
from textwrap import indent

from yizhan.api.platform import Endpoint, Field, Group, platform

HEAD = '''\
# Written by scripts/describe from platform/*.toml: change those.
# ruff: noqa
# fmt: off
"""The endpoints as attributes, for editors and checkers."""

from collections.abc import Mapping, Sequence
from typing import Literal, NotRequired, TypedDict

from yizhan.api.files import Uploadable
from yizhan.api.saving import Media

class Answer(TypedDict, total=False):
    errcode: int
    errmsg: str
'''
PLAIN = {
    "str": "str",
    "openid": "str",
    "date": "str",
    "text": "str",
    "int": "int",
    "float": "float",
    "bool": "bool",
    "any": "object",
    "file": "Uploadable",
}
Tree = dict[str, "Tree"]


def stub() -> str:
    """The whole of calls.pyi."""
    groups = platform().groups.values()
    parts = [HEAD]
    parts += [text for group in groups for text in shapes(group)]
    parts += [text for each in platform().endpoints.values() for text in answer(each)]
    for face, prefix in (("AsyncCalls", "Async"), ("Calls", "")):
        nodes = list(classes((), tree(), prefix))
        root = nodes.pop().replace(f"class {prefix}Calls_:", f"class {face}:")
        parts += [*nodes, root]
    return "\n".join(parts)


def shapes(group: Group) -> Iterator[str]:
    """A TypedDict for each shape of a group."""
    for shape in group.shapes.values():
        yield typed_dict(shape.name, shape.fields, "TypedDict")


def answer(endpoint: Endpoint) -> Iterator[str]:
    """A TypedDict for what an endpoint answers, where that is known."""
    if endpoint.result and endpoint.answer == "json":
        yield typed_dict(answer_name(endpoint), endpoint.result, "Answer")


def typed_dict(name: str, fields: Mapping[str, Field], base: str) -> str:
    lines = [f"class {name}({base}):"]
    for key, field in fields.items():
        kind = python(field, given=False)
        lines.append(f"    {key}: {f'NotRequired[{kind}]' if field.optional else kind}")
    return "\n".join(lines) + "\n"


def tree() -> Tree:
    """The endpoints' attributes, nested."""
    root: Tree = {}
    for segments in platform().tree:
        node = root
        for segment in segments:
            node = node.setdefault(segment, {})
    return root


def classes(path: tuple[str, ...], node: Tree, prefix: str) -> Iterator[str]:
    """A class for every node that leads further; the innermost ones first."""
    for segment, child in node.items():
        if child:
            yield from classes((*path, segment), child, prefix)
    lines = [f"class {class_name(path, prefix)}:"]
    if (endpoint := platform().tree.get(path)) is not None:
        lines.append(method(endpoint, "__call__", prefix))
    for segment, child in node.items():
        name = safe_name(segment)
        if child:
            lines.append(f"    {name}: {class_name((*path, segment), prefix)}")
        else:
            lines.append(method(platform().tree[*path, segment], name, prefix))
    yield "\n".join(lines) + "\n"


def method(endpoint: Endpoint, name: str, prefix: str) -> str:
    word = "async def" if prefix else "def"
    given = ", ".join(["self", *parameters(endpoint)])
    about = f"{endpoint.about['en']}. {endpoint.about['zh']}\n\n{endpoint.method} {endpoint.path}"
    if endpoint.retired:
        about += f"\nRetired: {endpoint.retired['en']}."
    if endpoint.unconfirmed:
        about += f"\nUnconfirmed: {endpoint.unconfirmed}."
    body = indent(f'"""{about}\n"""', "    ")
    return indent(f"{word} {name}({given}) -> {result(endpoint)}:\n{body}", "    ")


def parameters(endpoint: Endpoint) -> Iterator[str]:
    fields = {**endpoint.query, **endpoint.body}
    if fields:
        yield "*"
    for name, field in fields.items():
        filled = field.own or len(field.choices) == 1
        default = " | None = ..." if field.optional else " = ..." if filled else ""
        yield f"{safe_name(name)}: {python(field, given=True)}{default}"
    if endpoint.open:
        yield "**more: object"


def result(endpoint: Endpoint) -> str:
    if endpoint.answer == "media":
        return "Media"
    if endpoint.result:
        return answer_name(endpoint)
    return "dict[str, object]" if endpoint.open else "Answer"


def python(field: Field, *, given: bool) -> str:
    """The type in Python; what is given may be any sequence or mapping."""
    if field.choices:
        return f"Literal[{', '.join(map(literal, field.choices))}]"
    name, many = field.type
    if name == "object":
        one = "Mapping[str, object]" if given else "dict[str, object]"
    else:
        one = PLAIN.get(name, name)
    match many:
        case "list":
            return f"{'Sequence' if given else 'list'}[{one}]"
        case "map":
            return f"{'Mapping' if given else 'dict'}[str, {one}]"
    return one


def literal(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def answer_name(endpoint: Endpoint) -> str:
    return camel(endpoint.segments) + "Answer"


def class_name(path: tuple[str, ...], prefix: str) -> str:
    return f"{prefix}{camel(path)}Calls" + ("" if path else "_")


def camel(path: tuple[str, ...]) -> str:
    return "".join(word.capitalize() for segment in path for word in segment.split("_"))


def safe_name(name: str) -> str:
    return f"{name}_" if iskeyword(name) else name
