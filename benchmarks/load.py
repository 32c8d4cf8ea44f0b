"""A load of prepared requests over keep-alive connections, as fast as the server answers."""

import asyncio
import time
from collections.abc import Callable
from itertools import islice

import uvloop


class Client(asyncio.Protocol):
    """One connection: the next request goes out when the answer to the last is complete."""

    def __init__(self, requests: "list[bytes]", statuses: dict[bytes, int]) -> None:
        self.requests = requests
        self.statuses = statuses
        self.done = asyncio.get_running_loop().create_future()
        self.answer = b""

    def connection_made(self, transport: asyncio.Transport) -> None:
        self.transport = transport
        self.next()

    def next(self) -> None:
        if self.requests:
            self.transport.write(self.requests.pop())
        else:
            self.transport.close()
            if not self.done.done():
                self.done.set_result(None)

    def data_received(self, data: bytes) -> None:
        self.answer += data
        head, found, body = self.answer.partition(b"\r\n\r\n")
        if not found:
            return
        at = head.find(b"content-length: ") + 16
        if len(body) < int(head[at : head.find(b"\r\n", at) if b"\r\n" in head[at:] else None]):
            return
        status = head[9:12]
        self.statuses[status] = self.statuses.get(status, 0) + 1
        self.answer = b""
        self.next()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(error or ConnectionError("the server hung up"))


def rate(port: int, requests: list[bytes], connections: int = 64) -> float:
    """Requests per second for all of these; AssertionError unless each got 200."""
    return uvloop.run(_rate(port, requests, connections))


async def _rate(port: int, requests: list[bytes], connections: int) -> float:
    loop = asyncio.get_running_loop()
    statuses: dict[bytes, int] = {}
    total = len(requests)
    started = time.perf_counter()
    pending = list(requests)
    clients = [
        (await loop.create_connection(lambda: Client(pending, statuses), "127.0.0.1", port))[1]
        for _ in range(connections)
    ]
    await asyncio.gather(*(client.done for client in clients))
    seconds = time.perf_counter() - started
    assert statuses == {b"200": total}, statuses
    return total / seconds


def post(path: str, query: str, body: bytes) -> bytes:
    """The bytes of one push."""
    return (
        f"POST {path}?{query} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: text/xml\r\n"
        f"content-length: {len(body)}\r\n\r\n"
    ).encode() + body


def prepared(count: int, make: Callable[[int], bytes]) -> list[bytes]:
    """That many requests, each its own."""
    return list(islice(map(make, range(count)), count))
