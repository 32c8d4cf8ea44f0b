"""Small servers on 127.0.0.1 that really do what goes wrong elsewhere."""

import asyncio
import gzip
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from yizhan.conformance.http import address_of
from yizhan.conformance.target import Server
from yizhan.wire.signature import matches

TOKEN = "tokenOfSmallServers"
PATIENCE = 1.0


@dataclass(frozen=True)
class Asked:
    """What a small server is asked; it counts its requests from 1."""

    method: str
    path: str
    query: dict[str, str]
    body: bytes
    number: int

    def signed(self, token=TOKEN):
        given = [self.query.get(name, "") for name in ("signature", "timestamp", "nonce")]
        return matches(given[0], token, given[1], given[2])


Answering = Callable[[Asked], bytes | Awaitable[bytes]]


def response(status=200, body=b"", **headers):
    """A whole HTTP response; `_` in names of headers stands for `-`."""
    body = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def correct(asked: Asked) -> bytes:
    """Verifies, and acknowledges every push."""
    if not asked.signed():
        return response(403, "forbidden")
    return response(200, asked.query.get("echostr", "success"))


def echo(wrap: Callable[[str], str | bytes], **headers) -> Answering:
    """Verifies with the echostr in some disguise."""
    return lambda asked: response(200, wrap(asked.query.get("echostr", "")), **headers)


def compressed(asked: Asked) -> bytes:
    """Compresses, whether it was asked to or not."""
    return response(200, gzip.compress(asked.query["echostr"].encode()), Content_Encoding="gzip")


@asynccontextmanager
async def small(
    answering: Answering,
    *,
    path: str = "/wx",
    tls: ssl.SSLContext | None = None,
    scheme: str = "http",
    patience: float = PATIENCE,
) -> AsyncIterator[Server]:
    """The suite's view of a small server."""
    count = 0

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal count
        try:
            first = await reader.readexactly(1)
            if not first.isalpha():
                writer.write(response(400, "no HTTP"))
                return
            head = (first + await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            count += 1
            method, target, _ = head.split(" ", 2)
            length = head.lower().partition("content-length: ")[2].split("\r\n")[0] or "0"
            body = await reader.readexactly(int(length))
            parts = urlsplit(target)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            answer = answering(Asked(method, parts.path, query, body, count))
            writer.write(answer if isinstance(answer, bytes) else await answer)
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0, ssl=tls)
    port = server.sockets[0].getsockname()[1]
    try:
        url = f"{scheme}://127.0.0.1:{port}{path}"
        yield Server(address_of(url), TOKEN, patience=patience)
    finally:
        server.close()
        await asyncio.sleep(0.01)
