"""One call of the fake API, and the answer to it."""

import json
import re
from collections.abc import Mapping
from urllib.parse import parse_qsl

from msgspec import Struct

from yizhan.api.checks import problems
from yizhan.api.platform import Endpoint
from yizhan.simulator.errcodes import Errcode
from yizhan.simulator.official import Follower, OfficialAccount
from yizhan.simulator.world import World

JSON = {"content-type": "application/json; charset=utf-8"}
BOUNDARY = re.compile(r'boundary="?([^";]+)"?')
DISPOSITION = re.compile(rb'([\w*]+)="((?:[^"\\]|\\.)*)"')


class Request(Struct, frozen=True):
    """A request as it came; header names in lower case, `query` raw, `client` an IP address."""

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = {}
    body: bytes = b""
    client: str = "127.0.0.1"

    @property
    def parameters(self) -> dict[str, str]:
        """The query's parameters; of repeated ones the last."""
        return dict(parse_qsl(self.query, keep_blank_values=True))


class ApiAnswer(Struct, frozen=True):
    """A whole response."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Upload(Struct, frozen=True):
    """A file in a multipart body."""

    filename: str
    content_type: str
    data: bytes


class Call(Struct):
    """A call that was let in: whose it is, and what it asks.

    `fate` is how the job that it begins shall fail: "" in the usual way, None not at all.
    """

    world: World
    account: OfficialAccount
    request: Request
    query: Mapping[str, str]
    body: Mapping[str, object]
    files: Mapping[str, Upload]
    id: str
    openid: str | None = None
    fate: str | None = None

    @property
    def now(self) -> float:
        """Wall seconds."""
        return self.world.now()

    def text(self, name: str) -> str:
        """A member of the body as text, "" if it is not there."""
        value = self.body.get(name, "")
        return value if isinstance(value, str) else str(value)

    def members(self, name: str) -> Mapping[str, object]:
        """A member of the body that is an object, an empty one if it is not there."""
        value = self.body.get(name)
        return value if isinstance(value, Mapping) else {}

    def follower(self, openid: object) -> Follower:
        """The follower of that openid. Raises Errcode 40003."""
        follower = self.account.followers.get(str(openid))
        if follower is None:
            raise Errcode(40003)
        self.openid = follower.openid
        return follower


def answered(fields: Mapping[str, object], *, plain: bool = False) -> ApiAnswer:
    """The answer with these members; errors of media come as text/plain (docs/protocol.md#i3)."""
    headers = {"content-type": "text/plain"} if plain else JSON
    return ApiAnswer(200, headers, json.dumps(fields, ensure_ascii=False).encode())


def bodies(request: Request) -> tuple[Mapping[str, object], Mapping[str, Upload]]:
    """The members and files of a body. Raises Errcode 47001 for neither JSON nor a form."""
    content_type = request.headers.get("content-type", "")
    if content_type.startswith("multipart/form-data"):
        return _form(request.body, content_type)
    if not request.body:
        return {}, {}
    try:
        members = json.loads(request.body)
    except ValueError:
        raise Errcode(47001) from None
    if not isinstance(members, dict):
        raise Errcode(47001)
    return members, {}


def _form(body: bytes, content_type: str) -> tuple[Mapping[str, object], Mapping[str, Upload]]:
    boundary = BOUNDARY.search(content_type)
    if boundary is None:
        raise Errcode(41005)
    texts: dict[str, object] = {}
    files: dict[str, Upload] = {}
    for part in body.split(b"--" + boundary[1].encode())[1:-1]:
        head, _, data = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        data = data.removesuffix(b"\r\n")
        names = {key.decode(): value.decode("utf-8", "replace") for key, value in _names(head)}
        name = names.get("name", "")
        if "filename" not in names:
            texts[name] = _member(data)
            continue
        kind = re.search(rb"(?i)content-type:\s*([^\r\n]+)", head)
        files[name] = Upload(names["filename"], kind[1].decode() if kind else "", data)
    return texts, files


def _names(head: bytes) -> list[tuple[bytes, bytes]]:
    return DISPOSITION.findall(head)


def _member(data: bytes) -> object:
    """A text of a form; objects come as JSON."""
    text = data.decode("utf-8", "replace")
    if not text.startswith(("{", "[")):
        return text
    try:
        value: object = json.loads(text)
    except ValueError:
        return text
    return value


TOKENS = ("access_token", "component_access_token")


class Arguments(Struct, frozen=True):
    """The parameters of the address, and the members and files of the body."""

    query: Mapping[str, str]
    members: Mapping[str, object]
    files: Mapping[str, Upload]


def arguments(described: Endpoint, request: Request) -> Arguments:
    """Raises Errcode for the first that does not fit."""
    members, files = _body(described, request)
    query = {
        name: value
        for name, value in request.parameters.items()
        if name not in TOKENS or name in described.query
    }
    present = {**members, **dict.fromkeys(files, "file")}
    for problem in problems(described, query, present):
        if problem.rule != "unknown":  # the platform takes members that it does not know
            raise Errcode(problem.code, f": {problem.place} ({problem.rule})")
    return Arguments(query, members, files)


def _body(
    described: Endpoint, request: Request
) -> tuple[Mapping[str, object], Mapping[str, Upload]]:
    """The very text where the endpoint wants one, else what the JSON or the form says."""
    for name, field in described.body.items():
        if field.type.name == "text":
            text = request.body.decode("utf-8", "replace")
            return ({name: text} if text else {}), {}
    return bodies(request)
