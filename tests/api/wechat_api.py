"""A transport in the network's place: it holds each call against the description and answers."""

import asyncio
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from api.described import answer
from yizhan.api.checks import problems
from yizhan.api.platform import platform
from yizhan.api.transport import Response

PICTURE = b"\xff\xd8\xff" + bytes(range(256)) * 40


@dataclass
class Received:
    """One request as it came in."""

    method: str
    url: str
    headers: dict
    body: bytes

    @property
    def path(self):
        return urlsplit(self.url).path

    @property
    def query(self):
        return dict(parse_qsl(urlsplit(self.url).query, keep_blank_values=True))

    @property
    def json(self):
        return json.loads(self.body) if self.body else None

    @property
    def parts(self):
        """The parts of a form: name -> (file name, bytes)."""
        boundary = re.search(r"boundary=(\S+)", self.headers["content-type"])[1].encode()
        found = {}
        for part in self.body.split(b"--" + boundary)[1:-1]:
            head, content = part.removeprefix(b"\r\n").split(b"\r\n\r\n", 1)
            names = dict(re.findall(r'(\w+)="([^"]*)"', head.decode()))
            found[names["name"]] = (names.get("filename"), content.removesuffix(b"\r\n"))
        return found


@dataclass
class WeChatApi:
    """Answers each endpoint as described; `script` holds what comes first in its stead."""

    script: list = field(default_factory=list)
    seen: list[Received] = field(default_factory=list)
    strict: bool = True
    tokens: int = 0
    closed: int = 0
    seconds: float = 0.0

    @property
    def paths(self):
        return [each.path for each in self.seen]

    @property
    def counts(self):
        return Counter(self.paths)

    async def send(self, method, url, headers, body, sink=None):
        whole = body if isinstance(body, bytes | None) else b"".join([each async for each in body])
        request = Received(method, url, dict(headers), whole or b"")
        self.seen.append(request)
        await asyncio.sleep(self.seconds)
        response = self._answer(request)
        if sink is not None and sink.takes(response.status, response.headers):
            for start in range(0, len(response.body), 1000):
                await sink.write(response.body[start : start + 1000])
            return Response(response.status, response.headers, b"")
        return response

    async def close(self):
        self.closed += 1

    def _answer(self, request):
        if request.path in ("/cgi-bin/stable_token", "/cgi-bin/token") and not self._first():
            self.tokens += 1
            return says(access_token=f"token-{self.tokens}", expires_in=7200)
        if self.script:
            next_ = self.script.pop(0)
            if isinstance(next_, Exception):
                raise next_
            return next_
        return self._described(request)

    def _first(self):
        """Whether the next of the script is meant for the token."""
        return bool(self.script) and getattr(self.script[0], "headers", {}).get("for") == "token"

    def _described(self, request):
        endpoint = platform().endpoints[request.path]
        assert request.method == endpoint.method
        if self.strict:
            self._check(endpoint, request)
        if endpoint.answer == "media":
            head = {"content-type": "image/jpeg", "content-disposition": 'x; filename="p.jpg"'}
            return Response(200, head, PICTURE)
        return says(**answer(endpoint))

    def _check(self, endpoint, request):
        query = request.query
        whose = {"account": "access_token", "component": "component_access_token"}
        if endpoint.token in whose:
            assert query.pop(whose[endpoint.token]).startswith("token-")
        if request.headers.get("content-type", "").startswith("multipart"):
            assert int(request.headers["content-length"]) == len(request.body)
            fields = endpoint.body
            body = {
                name: content if fields[name].type.name == "file" else json.loads(content)
                for name, (_, content) in request.parts.items()
            }
        elif request.headers.get("content-type", "").startswith("text/plain"):
            body = dict.fromkeys(endpoint.body, request.body.decode())
        else:
            body = request.json or {}
        assert list(problems(endpoint, query, body)) == []


def says(status=200, kind="text/plain", **members):
    """A JSON answer, as WeChat writes it: text/plain more often than not."""
    return Response(status, {"content-type": kind}, json.dumps(members).encode())


def refuses(errcode, errmsg="no rid: 6923aa10-1b2c3d4e-5f607182"):
    return says(errcode=errcode, errmsg=errmsg)


def to_token(response):
    """The same answer, for the next fetch of a token."""
    return Response(response.status, {**response.headers, "for": "token"}, response.body)
