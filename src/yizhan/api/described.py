"""From an endpoint's name and fields to the call that its description asks for."""

from collections.abc import Mapping
from keyword import iskeyword

from msgspec.structs import replace

from yizhan.api.caller import JSON_HEADERS, Call, Whose, raw_json
from yizhan.api.files import LARGEST, Progress, form
from yizhan.api.platform import Endpoint, platform

TEXT = {"content-type": "text/plain; charset=utf-8"}


def path_of(segments: tuple[str, ...]) -> str:
    """The path that the attributes name; one that is not described lies under /cgi-bin."""
    names = tuple(_plain(segment) for segment in segments)
    endpoint = platform().tree.get(names)
    return endpoint.path if endpoint else "/cgi-bin/" + "/".join(names)


def call_to(
    method: str,
    path: str,
    query: Mapping[str, object],
    content: Mapping[str, object] | None = None,
) -> Call:
    """A call by path, with what the description knows of it: its token, its host, its safety."""
    endpoint = platform().endpoints.get(path)
    call = Call(
        method,
        path,
        query=query,
        safe=endpoint is not None and endpoint.safe,
        whose=_whose(endpoint),
        host=endpoint.host if endpoint else "",
    )
    if content is None:
        return call
    return replace(call, body=raw_json(content), headers=JSON_HEADERS)


async def call_of(path: str, fields: Mapping[str, object], own: Mapping[str, str]) -> Call:
    """The call with these fields, each put where the endpoint wants it.

    What is not described is POSTed as JSON. `del_` and `class_` stand for names that
    Python keeps to itself; `own` is put in where the endpoint asks for it.
    """
    given = {_plain(name): value for name, value in fields.items() if value is not None}
    endpoint = platform().endpoints.get(path)
    if endpoint is None:
        return call_to("POST", path, {}, given)
    given = {**_filled(endpoint, own), **given}
    if endpoint.method == "GET":
        return call_to("GET", path, given)
    query = {name: given.pop(name) for name in endpoint.query if name in given}
    for name, field in endpoint.body.items():
        if field.type.name == "file" and name in given:
            return await upload_to(path, name, given.pop(name), query, given)
        if field.type.name == "text" and name in given:
            call = call_to("POST", path, query)
            return replace(call, body=str(given[name]).encode(), headers=TEXT)
    return call_to("POST", path, query, given)


async def upload_to(
    path: str,
    field: str,
    file: object,
    query: Mapping[str, object],
    texts: Mapping[str, object],
    *,
    limit: int = LARGEST,
    progress: Progress | None = None,
) -> Call:
    """A call that uploads this file as a form, with these texts beside it."""
    body = await form(field, file, texts=texts, limit=limit, progress=progress)
    return replace(call_to("POST", path, query), body=body, headers=body.headers)


def _filled(endpoint: Endpoint, own: Mapping[str, str]) -> dict[str, object]:
    """What need not be said: the account's own values, and what can be one thing only."""
    filled: dict[str, object] = {}
    for name, field in {**endpoint.query, **endpoint.body}.items():
        if field.own:
            filled[name] = own[field.own]
        elif len(field.choices) == 1 and not field.optional:
            filled[name] = field.choices[0]
    return filled


def _whose(endpoint: Endpoint | None) -> Whose:
    if endpoint is None:
        return "account"
    return "none" if endpoint.token == "user" else endpoint.token  # noqa: S105  # whose


def _plain(name: str) -> str:
    bare = name.removesuffix("_")
    return bare if iskeyword(bare) else name
