"""calls.pyi: what an editor and a checker know of the endpoints as attributes."""

from collections.abc import Iterator, Mapping, Set
from itertools import product
from textwrap import indent

from groups import SOURCES, safe_name
from msgspec.structs import replace

from yizhan.api.platform import Endpoint, Field, Group, answers, explained, platform

HEAD = '''\
# Written by scripts/describe from platform/*.toml: change those.
# ruff: noqa
# fmt: off
"""The endpoints as attributes, for editors and checkers."""

from collections.abc import Mapping, Sequence
from datetime import date as Day
from typing import Literal, NotRequired, TypedDict, overload

from yizhan.api.files import Uploadable
from yizhan.api.saving import Media

class Answer(TypedDict, total=False):
    errcode: int
    errmsg: str
'''
PLAIN = {
    "str": "str",
    "openid": "str",
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
        yield typed_dict(shape.name, shape.fields, "TypedDict", shape.name)


def answer(endpoint: Endpoint) -> Iterator[str]:
    """A TypedDict for what an endpoint answers, where that is known; for each kind of answer."""
    for each in answers(endpoint):
        yield typed_dict(each.name, each.fields, "Answer", endpoint.path)


def typed_dict(name: str, fields: Mapping[str, Field], base: str, place: str) -> str:
    """An object, each member with what it is where that is known."""
    lines = [f"class {name}({base}):"]
    for key, field in fields.items():
        kind = python(field, given=False)
        lines.append(f"    {key}: {f'NotRequired[{kind}]' if field.optional else kind}")
        if about := explained(place, key):
            lines.append(f'    """{about["en"]} · {about["zh"]}"""')
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
    """The call; where one member's value says which others there are, one for each value."""
    forms = list(variants(endpoint))
    head = "@overload\n" if len(forms) > 1 else ""
    word = "async def" if prefix else "def"
    made = []
    for form in forms if len(forms) > 1 else [endpoint]:
        form = form if not made else replace(form, unconfirmed="")  # doubts are told once
        given = ", ".join(["self", *parameters(form)])
        body = indent(f'"""{about(form)}\n"""', "    ", lambda line: line != "\n")
        made.append(indent(f"{head}{word} {name}({given}) -> {result(form)}:\n{body}", "    "))
    return "\n".join(made)


def variants(endpoint: Endpoint) -> Iterator[Endpoint]:
    """The endpoint once for each kind of call: of the members that exclude each other, one.

    Where a parameter's value says what is answered, once for each answer.
    """
    kinds_of_answer = answers(endpoint)
    if len(kinds_of_answer) > 1:
        for each in kinds_of_answer:
            query = form(endpoint.query, set(), set(), {each.by: each.values})
            yield replace(endpoint, query=query, named_by=each.by, result=each.fields)
        return
    named = {**endpoint.query, **endpoint.body}.get(endpoint.named_by)
    kinds = named.choices if named else (None,)
    ways = {*map(str, kinds if named else ()), *endpoint.one_of}
    for kind, one in product(kinds, endpoint.one_of or (None,)):
        taken = {str(each) for each in (kind, one) if each is not None}
        told = {endpoint.named_by: (kind,)} if named else {}
        query = form(endpoint.query, ways - taken, taken, told)
        body = form(endpoint.body, ways - taken, taken, told)
        yield replace(endpoint, query=query, body=body)


def form(
    fields: Mapping[str, Field],
    left_out: Set[str],
    needed: Set[str],
    told: Mapping[str, tuple[str | int, ...]],
) -> dict[str, Field]:
    """The members of one kind of call: these needed, those left out, and one that says which."""
    kept = {name: field for name, field in fields.items() if name not in left_out}
    kept |= {n: replace(kept[n], choices=told[n]) for n in told if n in kept}
    return kept | {
        n: replace(kept[n], notation=kept[n].notation.rstrip("?")) for n in needed if n in kept
    }


def about(endpoint: Endpoint) -> str:
    """What the call does, where that was learnt, and what its parameters are."""
    text = f"{endpoint.about['en']}. {endpoint.about['zh']}\n\n{endpoint.method} {endpoint.path}"
    text += f" (from {SOURCES[endpoint.source]['en']})"
    if endpoint.retired:
        text += f"\nRetired: {endpoint.retired['en']}."
    if endpoint.unconfirmed:
        text += f"\nUnconfirmed: {endpoint.unconfirmed}."
    names = {**endpoint.query, **endpoint.body}
    known = {name: told for name in names if (told := explained(endpoint.path, name))}
    lines = [f"{safe_name(name)}: {told['en']} · {told['zh']}" for name, told in known.items()]
    return "\n\n".join([text, *lines])


def parameters(endpoint: Endpoint) -> Iterator[str]:
    """The members by name; what the account itself fills in may be left out. Then the time-out."""
    fields = {**endpoint.query, **endpoint.body}
    yield "*"
    for name, field in fields.items():
        filled = field.own or (len(field.choices) == 1 and name != endpoint.named_by)
        default = " | None = ..." if field.optional else " = ..." if filled else ""
        yield f"{safe_name(name)}: {python(field, given=True)}{default}"
    yield "timeout: float | None = ..."
    if endpoint.open:
        yield "**more: object"


def result(endpoint: Endpoint) -> str:
    whole = platform().endpoints[endpoint.path]
    known = next(
        (each.name for each in answers(whole) if each.fields == endpoint.result),
        "dict[str, object]" if endpoint.open else "Answer",
    )
    return f"Media[{known}]" if endpoint.answer == "media" else known


def python(field: Field, *, given: bool) -> str:
    """The type in Python; what is given may be any sequence or mapping."""
    if field.choices:
        return f"Literal[{', '.join(map(literal, field.choices))}]"
    name, many = field.type
    if name == "date":
        one = "Day" if given else "str"
    elif name == "object":
        one = "Mapping[str, object]" if given else "dict[str, object]"
    else:
        one = PLAIN.get(name, name)
    match many:
        case "list" if given and one == "str":  # a text is a sequence of texts as well
            return "list[str] | tuple[str, ...]"
        case "list":
            return f"{'Sequence' if given else 'list'}[{one}]"
        case "map":
            return f"{'Mapping' if given else 'dict'}[str, {one}]"
    return one


def literal(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def class_name(path: tuple[str, ...], prefix: str) -> str:
    return f"{prefix}{camel(path)}Calls" + ("" if path else "_")


def camel(path: tuple[str, ...]) -> str:
    return "".join(word.capitalize() for segment in path for word in segment.split("_"))
