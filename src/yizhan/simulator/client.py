"""The way to the server under test: in process, or over HTTP to any address."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, MutableMapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Literal, Protocol
from urllib.parse import urlsplit

from msgspec import Struct

if TYPE_CHECKING:
    from aiohttp import ClientSession

log = logging.getLogger("yizhan")

MOST = 1024 * 1024  # bytes of an answer that are looked at
PIECES = 8  # that a body comes in when it comes slowly

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]


class Request(Struct, frozen=True):
    """What WeChat sends; `query` is raw.

    `seconds` is how long the bytes of the body take; `whole` whether all of them arrive, or
    the connection breaks off after half.
    """

    method: str
    query: str
    headers: Mapping[str, str]
    body: bytes = b""
    seconds: float = 0.0
    whole: bool = True

    def pieces(self) -> list[bytes]:
        """What gets through of the body, one or several."""
        through = self.body if self.whole else self.body[: len(self.body) // 2]
        size = len(through) // PIECES + 1 if self.seconds else max(1, len(through))
        return [through[at : at + size] for at in range(0, len(through), size)] or [b""]


class HttpAnswer(Struct, frozen=True):
    """A whole answer; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Cut(Struct, frozen=True):
    """No answer: the seconds were over, the connection broke, or nobody listens."""

    how: Literal["timeout", "closed", "refused"]
    detail: str = ""


class Client(Protocol):
    """One server at one address; `url` is how people see it."""

    url: str

    async def deliver(self, request: Request, seconds: float) -> HttpAnswer | Cut:
        """What comes back within these seconds; then the connection is cut."""
        ...

    async def close(self) -> None:
        """Leave nothing open."""
        ...


class AppClient:
    """An ASGI application in this process: no sockets, and any loop's time."""

    def __init__(self, app: App, path: str, *, base: str = "http://127.0.0.1") -> None:
        self.url = base + path
        self._app = app
        self._path = path
        self._tasks: set[asyncio.Task[None]] = set()

    async def deliver(self, request: Request, seconds: float) -> HttpAnswer | Cut:
        """What the application answers within these seconds; then it sees a disconnect."""
        call = _Call(request)
        task = asyncio.ensure_future(
            self._app(_scope(request, self._path), call.receive, call.send)
        )
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        whole = asyncio.ensure_future(call.whole.wait())
        try:
            await asyncio.wait((task, whole), timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            whole.cancel()
            call.gone.set()
        if call.whole.is_set():
            return HttpAnswer(call.status, call.headers, bytes(call.body))
        if not task.done():
            return Cut("timeout")
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("%s", error, exc_info=error)
            return HttpAnswer(500, {}, b"Internal Server Error")
        return Cut("closed", "no answer")

    async def close(self) -> None:
        """Cancel what still runs for connections that were cut long ago."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


class NoServer:
    """No server at all: what is delivered is refused, for the reason that `why` gives."""

    def __init__(self, url: str, why: str) -> None:
        self.url = url
        self._why = why

    async def deliver(self, request: Request, seconds: float) -> HttpAnswer | Cut:
        """The refusal."""
        return Cut("refused", self._why)

    async def close(self) -> None:
        """Nothing is open."""


class HttpClient:
    """Any server, in any language, over real HTTP; each push on a connection of its own."""

    def __init__(self, url: str, *, proxy: str | None = None) -> None:
        import aiohttp  # noqa: F401  # now, so that it takes none of the first push's seconds

        self.url = url
        self._proxy = proxy
        self._session: ClientSession | None = None

    async def deliver(self, request: Request, seconds: float) -> HttpAnswer | Cut:
        """What the server answers within these seconds; then the connection is closed."""
        from aiohttp import ClientConnectorError, ClientError

        try:
            # Not by aiohttp's own time-outs: it rounds five seconds and more up to whole ones.
            async with asyncio.timeout(seconds):
                return await self._answer(request)
        except TimeoutError:
            return Cut("timeout")
        except ClientConnectorError as error:
            return Cut("refused", _problem(error.os_error))
        except (ClientError, OSError) as error:
            return Cut("closed", type(error).__name__)

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _answer(self, request: Request) -> HttpAnswer:
        from aiohttp import ClientTimeout
        from yarl import URL

        url = f"{self.url}{'&' if urlsplit(self.url).query else '?'}{request.query}"
        async with self._opened().request(
            request.method,
            URL(url, encoded=True),  # a query that is encoded already stays as it is
            headers=_headers(request),
            data=_data(request),
            proxy=self._proxy,
            timeout=ClientTimeout(),
            allow_redirects=False,
        ) as response:
            body = bytearray()
            async for chunk in response.content.iter_any():
                body += chunk
                if len(body) > MOST:
                    break
            names = {
                name.lower(): ", ".join(response.headers.getall(name)) for name in response.headers
            }
            return HttpAnswer(response.status, names, bytes(body[:MOST]))

    def _opened(self) -> "ClientSession":
        if self._session is None:
            from aiohttp import ClientSession, TCPConnector

            self._session = ClientSession(
                connector=TCPConnector(force_close=True),
                skip_auto_headers=("Accept-Encoding",),
                auto_decompress=False,  # WeChat does not either
            )
        return self._session


def _problem(error: OSError) -> str:
    """What the system says of it; asyncio puts sentences of its own in its place."""
    number = error.errno or 0
    return os.strerror(number) if number > 0 else error.strerror or str(error)


class _Call:
    """One connection as an ASGI application sees it."""

    def __init__(self, request: Request) -> None:
        self.whole = asyncio.Event()
        self.gone = asyncio.Event()
        self.status = 0
        self.headers: dict[str, str] = {}
        self.body = bytearray()
        self._whole = request.whole
        self._pieces = request.pieces()
        self._pause = request.seconds / len(self._pieces)

    async def receive(self) -> Message:
        if self._pieces:
            if self._pause:
                await asyncio.sleep(self._pause)
            piece = self._pieces.pop(0)
            more = bool(self._pieces) or not self._whole
            return {"type": "http.request", "body": piece, "more_body": more}
        if self._whole:
            await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        if self.gone.is_set():
            return
        if message["type"] == "http.response.start":
            self.status = message["status"]
            with suppress(UnicodeDecodeError):
                for name, value in message.get("headers", ()):
                    self.headers[name.decode("latin-1").lower()] = value.decode("latin-1")
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")
            if not message.get("more_body", False):
                self.whole.set()


def _headers(request: Request) -> dict[str, str]:
    """With the length of the whole body, however much of it arrives."""
    length = {"content-length": str(len(request.body))} if request.body else {}
    return {**request.headers, **length}


def _data(request: Request) -> bytes | AsyncIterator[bytes] | None:
    if request.whole and not request.seconds:
        return request.body or None
    return _trickled(request)


async def _trickled(request: Request) -> AsyncIterator[bytes]:
    """The body piece by piece; at its middle the connection breaks."""
    pieces = request.pieces()
    for piece in pieces:
        await asyncio.sleep(request.seconds / len(pieces))
        yield piece
    if not request.whole:
        raise ConnectionAbortedError("half")


def _scope(request: Request, path: str) -> Message:
    headers = {"host": "127.0.0.1", **_headers(request)}
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": request.query.encode("latin-1"),
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 40000),
        "server": ("127.0.0.1", 80),
    }
