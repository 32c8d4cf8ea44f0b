"""From an endpoint's name and fields to the call that its description asks for."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from keyword import iskeyword
from urllib.parse import parse_qsl

from msgspec import Struct
from msgspec.structs import replace

from yizhan.api.caller import JSON_HEADERS, ApiCall, Whose, raw_json
from yizhan.api.files import LARGEST, Progress, form
from yizhan.api.platform import Endpoint, platform
from yizhan.errors import CallerError

TEXT = {"content-type": "text/plain; charset=utf-8"}


def path_of(segments: tuple[str, ...]) -> str:
    """The path that the attributes name; one that is not described lies under /cgi-bin."""
    names = tuple(plain_name(segment) for segment in segments)
    endpoint = platform().tree.get(names)
    return endpoint.path if endpoint else "/cgi-bin/" + "/".join(names)


def call_to(
    method: str,
    path: str,
    query: Mapping[str, object],
    content: Mapping[str, object] | None = None,
) -> ApiCall:
    """A call by path, with what the description knows of it: its token, its host, its safety.

    Parameters behind a `?` of the path count as the query's; those of `query` outdo them.
    Raises CallerError for a path that is none: behind a host's name it would name another host.
    """
    if not path.startswith("/"):
        raise CallerError("api.path", path=path)
    path, _, behind = path.partition("?")
    if behind:
        query = {**dict(parse_qsl(behind, keep_blank_values=True)), **query}
    endpoint = platform().endpoints.get(path)
    call = ApiCall(
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


async def call_of(path: str, fields: Mapping[str, object], own: Mapping[str, str]) -> ApiCall:
    """The call with these fields, each put where the endpoint wants it.

    What is not described is POSTed as JSON. `del_` and `class_` stand for names that
    Python keeps to itself; `own` is put in where the endpoint asks for it.
    """
    given = {plain_name(name): value for name, value in fields.items() if value is not None}
    plan = _plan(path.partition("?")[0])
    if plan is None:
        return call_to("POST", path, {}, given)
    for name in plan.dates & given.keys():
        given[name] = _day(given[name])
    if plan.filled:
        own_fields = {name: own[whose] for name, whose in plan.own.items()}
        given = {**plan.constants, **own_fields, **given}
    if plan.method == "GET":
        return call_to("GET", path, given)
    query = {name: given.pop(name) for name in plan.query if name in given}
    if plan.file in given:
        return await upload_to(path, plan.file, given.pop(plan.file), query, given)
    if plan.text in given:
        call = call_to("POST", path, query)
        return replace(call, body=str(given[plan.text]).encode(), headers=TEXT)
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
) -> ApiCall:
    """A call that uploads this file as a form, with these texts beside it."""
    body = await form(field, file, texts=texts, limit=limit, progress=progress)
    return replace(call_to("POST", path, query), body=body, headers=body.headers)


class _Plan(Struct, frozen=True):
    """How an endpoint's fields are dealt out, worked out once.

    `own` is what the account fills in, `constants` what can be one thing only.
    """

    method: str
    query: tuple[str, ...]
    file: str
    text: str
    own: dict[str, str]
    constants: dict[str, object]
    dates: frozenset[str]

    @property
    def filled(self) -> bool:
        """Whether anything need not be said."""
        return bool(self.own or self.constants)


@lru_cache(maxsize=1024)
def _plan(path: str) -> _Plan | None:
    endpoint = platform().endpoints.get(path)
    if endpoint is None:
        return None
    fields = {**endpoint.query, **endpoint.body}
    return _Plan(
        method=endpoint.method,
        query=tuple(endpoint.query),
        file=_carrier(endpoint, "file"),
        text=_carrier(endpoint, "text"),
        own={name: field.own for name, field in fields.items() if field.own},
        constants={
            name: field.choices[0]
            for name, field in fields.items()
            if len(field.choices) == 1 and not field.optional
        },
        dates=frozenset(name for name, field in fields.items() if field.type.name == "date"),
    )


def _day(value: object) -> object:
    """A date as WeChat writes it; of a time the day. A text is left as it is."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _carrier(endpoint: Endpoint, kind: str) -> str:
    """The field that carries the file, or the text; "" when there is none."""
    return next((n for n, field in endpoint.body.items() if field.type.name == kind), "")


def _whose(endpoint: Endpoint | None) -> Whose:
    if endpoint is None:
        return "account"
    return "none" if endpoint.token == "user" else endpoint.token  # noqa: S105  # whose


def plain_name(name: str) -> str:
    """The name on the wire: `del_` and `class_` stand for what Python keeps to itself."""
    if not name.endswith("_"):
        return name
    bare = name.removesuffix("_")
    return bare if iskeyword(bare) else name
