"""Whoever plays WeChat cuts a connection at the second, whatever the server is slow with.

On a clock that jumps, against raw sockets. Every wait begins at three tenths of a second: aiohttp
rounds its own time-outs of five seconds and more up to whole seconds of the clock.
"""

import asyncio
import socket
from contextlib import suppress

import pytest

from yizhan.api import HttpTransport
from yizhan.conformance import http
from yizhan.errors import Unreachable, Unsent
from yizhan.simulator.client import Cut, HttpClient, Request
from yizhan.testing.loop import LoopClock, jumping

HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n"


async def silent(reader, writer):
    await reader.read()


async def half_a_head(reader, writer):
    writer.write(HEAD[:9])
    await reader.read()


async def half_a_body(reader, writer):
    writer.write(HEAD + b"<xml>")
    await reader.read()


async def byte_by_byte(reader, writer):
    for byte in HEAD + b"x" * 90:
        writer.write(bytes([byte]))
        await asyncio.sleep(0.7)


async def chunk_by_chunk(reader, writer):
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while not writer.is_closing():
        writer.write(b"1\r\nx\r\n")
        await asyncio.sleep(0.7)


@pytest.fixture
async def raw():
    """Serves a connection as told; gives the address."""
    servers, writers = [], []

    async def started(handler, scheme="http"):
        async def connection(reader, writer):
            writers.append(writer)
            with suppress(ConnectionError, asyncio.CancelledError):
                await handler(reader, writer)
            writer.close()

        server = await asyncio.start_server(connection, "127.0.0.1", 0)
        servers.append(server)
        return f"{scheme}://127.0.0.1:{server.sockets[0].getsockname()[1]}/wx"

    yield started
    for server in servers:
        server.close()
    for writer in writers:
        writer.close()


@pytest.fixture
def crowded():
    """The address of a listener whose queue is full: no connection to it comes about."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        address = listener.getsockname()
        waiting = [socket.socket() for _ in range(4)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(address)
        yield f"http://127.0.0.1:{address[1]}/wx"
        for each in waiting:
            each.close()


@pytest.fixture
async def clock():
    loop = asyncio.get_running_loop()
    with jumping(loop):
        yield LoopClock(loop)


POST = Request("POST", "a=b", {}, b"<xml/>")
SLOW = Request("POST", "a=b", {}, b"0123456789", seconds=60.0)
WRITTEN = b"POST /wx HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\n<xml/>"


async def by_the_simulator(url, seconds, request=POST):
    door = HttpClient(url)
    try:
        assert await door.deliver(request, seconds) == Cut("timeout")
    finally:
        await door.close()


async def by_the_suite(url, seconds):
    answer = await http.exchange(http.address_of(url), [WRITTEN], seconds)
    assert answer.end == "late"


async def by_the_client(url, seconds):
    transport = HttpTransport(connect=seconds, total=seconds)
    try:
        with pytest.raises((Unreachable, Unsent)):
            await transport.send("POST", url, {}, b"{}")
    finally:
        await transport.close()


async def measured(clock, cut):
    """How long it took, begun at three tenths of a second."""
    await asyncio.sleep(1.3 - clock.monotonic() % 1)
    began = clock.monotonic()
    await cut
    return clock.monotonic() - began


WAYS = [by_the_simulator, by_the_suite, by_the_client]
SLOWNESS = [silent, half_a_head, half_a_body, byte_by_byte, chunk_by_chunk]


@pytest.mark.parametrize("cut", WAYS)
@pytest.mark.parametrize("handler", SLOWNESS)
@pytest.mark.parametrize("seconds", [4.75, 5.0, 7.5])
async def test_a_slow_answer_is_cut_at_the_second(clock, raw, cut, handler, seconds):
    took = await measured(clock, cut(await raw(handler), seconds))
    assert took == pytest.approx(seconds, abs=1e-6)


@pytest.mark.parametrize("cut", WAYS)
async def test_a_handshake_that_does_not_come_about_is_cut_at_the_second(clock, raw, cut):
    took = await measured(clock, cut(await raw(silent, "https"), 5))
    assert took == pytest.approx(5, abs=1e-6)


@pytest.mark.parametrize("cut", WAYS)
async def test_a_connection_that_does_not_come_about_is_cut_at_the_second(clock, crowded, cut):
    assert await measured(clock, cut(crowded, 5)) == pytest.approx(5, abs=1e-6)


@pytest.mark.parametrize("handler", [silent, half_a_body])
async def test_a_push_that_goes_out_slowly_is_cut_at_the_second(clock, raw, handler):
    took = await measured(clock, by_the_simulator(await raw(handler), 5, SLOW))
    assert took == pytest.approx(5, abs=1e-6)


@pytest.mark.parametrize("cut", WAYS)
async def test_the_server_sees_the_end_at_the_second(clock, raw, cut):
    ended = asyncio.get_running_loop().create_future()

    async def until_cut(reader, writer):
        with suppress(ConnectionError):
            await reader.read()
        ended.set_result(clock.monotonic())

    url = await raw(until_cut)
    await asyncio.sleep(1.3 - clock.monotonic() % 1)
    began = clock.monotonic()
    await cut(url, 5)
    assert await ended - began == pytest.approx(5, abs=1e-6)
