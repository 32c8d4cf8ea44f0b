"""HTTP/1.1 by hand on fresh connections: cases send what no client library would."""

import asyncio
import os
import ssl
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from yizhan import addresses
from yizhan.conformance.response import Headers, Response, read

End: TypeAlias = Literal["answered", "late", "closed", "unreachable", "tls"]

MOST = 8 * 1024 * 1024  # bytes of an answer; whoever sends more is cut off


class Address(Struct, frozen=True):
    """Where a server is; `path` and `query` are raw, as the URL has them."""

    host: str
    port: int
    tls: bool
    path: str
    query: str = ""

    @property
    def authority(self) -> str:
        """Host and port as the Host header has them: without the scheme's own port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.tls else 80) else f"{host}:{self.port}"


class Request(Struct, frozen=True):
    """One request as it is written: nothing is added but Host and the body's length."""

    method: str
    target: str
    headers: Headers = ()
    body: bytes = b""
    version: str = "HTTP/1.1"
    chunked: bool = False

    def head(self, address: Address) -> bytes:
        """The request line and the headers."""
        given = {name.lower() for name, _ in self.headers}
        lines = [f"{self.method} {self.target} {self.version}"]
        if "host" not in given:
            lines.append(f"Host: {address.authority}")
        lines += [f"{name}: {value}" for name, value in self.headers]
        if self.chunked:
            lines.append("Transfer-Encoding: chunked")
        elif self.body and "content-length" not in given:
            lines.append(f"Content-Length: {len(self.body)}")
        return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace")

    def written(self, address: Address) -> bytes:
        """Every byte of it."""
        return self.head(address) + (_chunks(self.body) if self.chunked else self.body)


class HttpAnswer(Struct, frozen=True):
    """What came back, or how nothing did; header names are in lower case."""

    end: End
    status: int = 0
    headers: Headers = ()
    body: bytes = b""
    seconds: float = 0.0
    detail: str = ""

    def header(self, name: str) -> str:
        """The first header of that name, "" when there is none."""
        return next((value for found, value in self.headers if found == name), "")


class Connection(asyncio.Protocol):
    """One open connection; answers are taken off it one by one."""

    transport: asyncio.Transport

    def __init__(self) -> None:
        self._received = b""
        self._ended = False
        self._changed = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):  # a TCP connection has both ways
            self.transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        self._changed.set()
        if len(self._received) > MOST:
            self.transport.abort()

    def eof_received(self) -> bool:
        self._end()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self._end()

    @property
    def ended(self) -> bool:
        """Whether the server has closed it."""
        return self._ended

    def write(self, data: bytes) -> None:
        """Send these bytes as they are."""
        if not self.transport.is_closing():
            self.transport.write(data)

    async def answer(self, seconds: float, method: str = "POST") -> HttpAnswer:
        """The next answer, waiting so long at most."""
        began = time.monotonic()
        try:
            async with asyncio.timeout(seconds):
                response = await self._response(method)
        except TimeoutError:
            return HttpAnswer("late", seconds=time.monotonic() - began)
        passed = time.monotonic() - began
        if response is None:
            return HttpAnswer("closed", seconds=passed, detail=_excerpt(self._received))
        head = response.head
        return HttpAnswer("answered", head.status, head.headers, response.body, passed)

    async def until_closed(self, seconds: float) -> bool:
        """Whether the server closes or answers within so many seconds."""
        try:
            async with asyncio.timeout(seconds):
                while not self._ended and not self._received:
                    await self._change()
        except TimeoutError:
            return False
        return True

    async def _response(self, method: str) -> Response | None:
        while True:
            response = read(self._received, ended=self._ended, bodiless=method == "HEAD")
            if response is not None and not response.head.interim:
                self._received = self._received[response.length :]
                return response
            if response is not None:
                self._received = self._received[response.length :]
            elif self._ended:
                return None
            else:
                await self._change()

    async def _change(self) -> None:
        self._changed.clear()
        await self._changed.wait()

    def _end(self) -> None:
        self._ended = True
        self._changed.set()


@asynccontextmanager
async def connected(address: Address, seconds: float) -> AsyncIterator[Connection]:
    """A fresh connection, closed at the end; raises OSError or TimeoutError."""
    loop = asyncio.get_running_loop()
    context = ssl.create_default_context() if address.tls else None
    async with asyncio.timeout(seconds):
        transport, connection = await loop.create_connection(
            Connection, address.host, address.port, ssl=context
        )
    try:
        yield connection
    finally:
        transport.abort()
        await asyncio.sleep(0)  # lets the transport close its socket


async def exchange(
    address: Address, parts: Sequence[bytes], seconds: float, method: str = "POST"
) -> HttpAnswer:
    """What a fresh connection brings back for these bytes; never raises for a bad server."""
    began = time.monotonic()
    try:
        async with asyncio.timeout(seconds), connected(address, seconds) as connection:
            for part in parts:
                connection.write(part)
            answer = await connection.answer(seconds, method)
    except ssl.SSLError as error:
        return HttpAnswer("tls", seconds=time.monotonic() - began, detail=_reason(error))
    except TimeoutError:
        return HttpAnswer("late", seconds=time.monotonic() - began)
    except OSError as error:
        return HttpAnswer("unreachable", seconds=time.monotonic() - began, detail=problem(error))
    return replace(answer, seconds=time.monotonic() - began)


def address_of(url: str) -> Address:
    """The address in a URL; ValueError for what is no http(s) URL."""
    parts = addresses.web(url)
    if parts is None:
        raise ValueError(url)
    tls = parts.scheme == "https"
    port = parts.port or (443 if tls else 80)
    return Address(parts.hostname or "", port, tls, parts.path or "/", parts.query)


def _chunks(body: bytes, size: int = 8192) -> bytes:
    pieces = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def problem(error: OSError) -> str:
    """What the system says, without Python's words around it."""
    if error.errno is not None and error.errno > 0:
        return os.strerror(error.errno)
    return error.strerror or str(error)


def _reason(error: ssl.SSLError) -> str:
    return getattr(error, "verify_message", "") or error.reason or str(error)


def _excerpt(data: bytes) -> str:
    return data[:80].decode("latin-1")
