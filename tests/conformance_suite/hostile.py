"""Servers that do their worst: the suite has to come to its end before all of them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from yizhan.conformance.http import address_of
from yizhan.conformance.target import Server

Worst = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def silent(reader, writer):
    """Reads for ever and says nothing."""
    while await reader.read(65536):
        pass


async def hangs_up(reader, writer):
    """Closes at once."""


async def babbles(reader, writer):
    """Sends bytes that are no HTTP, and does not stop."""
    while True:
        writer.write(b"\x00\xff" * 4096)
        await writer.drain()


async def endless_head(reader, writer):
    """Starts a response whose head never ends."""
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X-More: yes\r\n")
        await writer.drain()
        await asyncio.sleep(0.01)


async def endless_body(reader, writer):
    """Sends a body of ten gigabytes, slowly."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n")
    while True:
        writer.write(b"x" * 1000)
        await writer.drain()
        await asyncio.sleep(0.01)


async def endless_continue(reader, writer):
    """Says 100 Continue for ever."""
    while True:
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        await writer.drain()
        await asyncio.sleep(0.005)


async def broken_chunks(reader, writer):
    """Says that it sends chunks, and sends nonsense."""
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nxx\r\n0\r\n\r\n")


async def deep_xml(reader, writer):
    """Answers with XML too deep to be true."""
    body = b"<xml>" * 5000
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))


async def entities(reader, writer):
    """Answers with entities that blow up."""
    body = b'<!DOCTYPE xml [<!ENTITY a "' + b"x" * 1000 + b'">]><xml>' + b"&a;" * 99 + b"</xml>"
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))


async def negative_length(reader, writer):
    """Declares an impossible length."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello")


WORST: tuple[Worst, ...] = (
    silent,
    hangs_up,
    babbles,
    endless_head,
    endless_body,
    endless_continue,
    broken_chunks,
    deep_xml,
    entities,
    negative_length,
)


@asynccontextmanager
async def hostile(worst: Worst, *, patience: float) -> AsyncIterator[Server]:
    """The suite's view of a server that does that."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.CancelledError):
            await worst(reader, writer)
        writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    try:
        url = f"http://127.0.0.1:{port}/wx"
        yield Server(address_of(url), "tokenOfTheSuite", patience=patience)
    finally:
        server.close()
        await asyncio.sleep(0.05)
