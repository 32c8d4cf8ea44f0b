"""WeChat at its end of one push: a connection of its own, ended after five seconds."""

import asyncio
from contextlib import suppress
from typing import NamedTuple

from wechat import Answer, Request

PATIENCE = 5.0  # seconds that WeChat waits


class Got(NamedTuple):
    """What a push got: an answer, or none, and how long that took."""

    answer: Answer | None
    seconds: float
    problem: str = ""


async def push(
    port: int, request: Request, patience: float = PATIENCE, *, chunked: bool = False
) -> Got:
    """Push once."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    answer, problem = None, ""
    try:
        async with asyncio.timeout(patience):
            answer = await _exchange(port, request, chunked)
    except (TimeoutError, OSError, asyncio.IncompleteReadError) as error:
        problem = type(error).__name__
    return Got(answer, loop.time() - began, problem)


async def pushes(port: int, request: Request, most: int = 3) -> list[Got]:
    """As WeChat does: up to three times, until one is answered."""
    got: list[Got] = []
    while len(got) < most:
        began = asyncio.get_running_loop().time()
        got.append(await push(port, request))
        if got[-1].answer is not None:
            break
        await asyncio.sleep(began + PATIENCE - asyncio.get_running_loop().time())
    return got


async def _exchange(port: int, request: Request, chunked: bool) -> Answer:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(_head(port, request, chunked))
        if chunked:
            for start in range(0, len(request.body), 50):
                piece = request.body[start : start + 50]
                writer.write(b"%x\r\n%b\r\n" % (len(piece), piece))
                await writer.drain()
            writer.write(b"0\r\n\r\n")
        else:
            writer.write(request.body)
        return await _read(reader)
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


def _head(port: int, request: Request, chunked: bool) -> bytes:
    headers = {"host": f"127.0.0.1:{port}", "connection": "close", **request.headers}
    if chunked:
        headers["transfer-encoding"] = "chunked"
    else:
        headers["content-length"] = str(len(request.body))
    lines = [f"{request.method} {request.target} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


async def _read(reader: asyncio.StreamReader) -> Answer:
    status = int((await reader.readuntil(b"\r\n")).split()[1])
    headers: dict[str, str] = {}
    while (line := (await reader.readuntil(b"\r\n")).decode().strip()) != "":
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    if "content-length" in headers:
        return Answer(status, headers, await reader.readexactly(int(headers["content-length"])))
    if headers.get("transfer-encoding") != "chunked":
        return Answer(status, headers, await reader.read())
    body = b""
    while size := int(await reader.readuntil(b"\r\n"), 16):
        body += (await reader.readexactly(size + 2))[:-2]
    return Answer(status, headers, body)
