"""How a bot reaches the fake API: in process by its client's transport, or over HTTP."""

from collections.abc import AsyncIterable, Mapping
from typing import Protocol
from urllib.parse import urlsplit

from yizhan.api import Response
from yizhan.errors import Unreachable
from yizhan.simulator.api.call import Request
from yizhan.simulator.api.fake import PICTURES, FakeApi, Lost
from yizhan.simulator.client import Message, Receive, Send
from yizhan.simulator.media import SHOWN_ONLY

MOST = 32 * 1024 * 1024  # bytes of a body

Body = bytes | AsyncIterable[bytes] | None


class Sink(Protocol):
    """Where a client wants the bytes of a file."""

    def takes(self, status: int, headers: Mapping[str, str]) -> bool:
        """Whether these are bytes to be taken."""
        ...

    async def write(self, chunk: bytes) -> None:
        """Take the next bytes."""
        ...


class ApiTransport:
    """The transport of an API client whose calls go to a fake API in this process."""

    def __init__(self, fake: FakeApi, *, base: str = "") -> None:
        self._fake = fake
        self._base = urlsplit(base).path.rstrip("/")

    async def send(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: Body,
        sink: Sink | None = None,
    ) -> Response:
        """The fake's answer. Raises Unreachable when a fault keeps it from arriving."""
        parts = urlsplit(url)
        path = PICTURES + url.removeprefix(self._pictures) if self.keeps(url) else parts.path
        request = Request(
            method=method,
            path=path.removeprefix(self._base),
            query=parts.query,
            headers={name.lower(): value for name, value in headers.items()},
            body=await _whole(body),
        )
        try:
            answer = self._fake.handle(request)
        except Lost:
            raise Unreachable("api.unknown", problem="fault") from None
        if sink is not None and sink.takes(answer.status, answer.headers):
            await sink.write(answer.body)
            return Response(answer.status, answer.headers, b"")
        return Response(answer.status, answer.headers, answer.body)

    def keeps(self, url: str) -> bool:
        """Whether a message's PicUrl or a video's address leads there: nobody else has it."""
        return url.startswith(self._pictures)

    async def close(self) -> None:
        """Nothing is open."""

    @property
    def _pictures(self) -> str:
        return self._fake.world.picture_url.partition("{account}")[0]


class ApiApp:
    """The fake API as an ASGI application; what is mounted above it is no part of the path."""

    def __init__(self, fake: FakeApi) -> None:
        self._fake = fake

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request; a lost answer ends the connection without one."""
        if scope["type"] != "http":
            return
        client = scope.get("client") or ("127.0.0.1", 0)
        request = Request(
            method=scope["method"],
            path=scope["path"].removeprefix(scope.get("root_path", "")),
            query=scope["query_string"].decode("latin-1"),
            headers={
                name.decode("latin-1").lower(): value.decode("latin-1")
                for name, value in scope["headers"]
            },
            body=await _received(receive),
            client=client[0],
        )
        try:
            answer = self._fake.handle(request)
        except Lost:
            # The client sees a broken connection: ours can be cut, and under another server the
            # headers promise more than comes, which that server complains of.
            if link := scope.get("extensions", {}).get("yizhan", {}).get("link"):
                link.abort()
                return
            headers = [(b"content-length", b"1024")]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            return
        headers = [
            (name.encode("latin-1"), value.encode("utf-8"))
            for name, value in (SHOWN_ONLY | {**answer.headers}).items()
        ]
        headers.append((b"content-length", str(len(answer.body)).encode()))
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": answer.body})


async def _whole(body: Body) -> bytes:
    if isinstance(body, AsyncIterable):
        return b"".join([piece async for piece in body])
    return body or b""


async def _received(receive: Receive) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body", False) or len(body) > MOST:
            return bytes(body)
