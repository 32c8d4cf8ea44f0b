"""A load of prepared requests over keep-alive connections, as fast as the server answers."""

import asyncio
import socket
import subprocess
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
        at = head.lower().find(b"content-length: ") + 16
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


def paced(port: int, requests: list[bytes], speed: float, connections: int) -> list[float]:
    """Seconds from when each request was due to its whole answer, at that many a second.

    What the client sends late for its own sake counts too: a request that had to wait for a
    free connection has waited.
    """
    return uvloop.run(pace(port, requests, speed, connections))


async def pace(port: int, requests: list[bytes], speed: float, connections: int) -> list[float]:
    """`paced`, in the loop that runs."""
    waits: list[float] = []
    free: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
    for _ in range(connections):
        free.put_nowait(await asyncio.open_connection("127.0.0.1", port))

    async def one(request: bytes, due: float) -> None:
        reader, writer = await free.get()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0]
        await reader.readexactly(int(length))
        waits.append(time.perf_counter() - due)
        free.put_nowait((reader, writer))

    begun = time.perf_counter()
    running = []
    for number, request in enumerate(requests):
        due = begun + number / speed
        if (seconds := due - time.perf_counter()) > 0:
            await asyncio.sleep(seconds)
        running.append(asyncio.create_task(one(request, due)))
    await asyncio.gather(*running)
    while not free.empty():
        free.get_nowait()[1].close()
    return waits


def listening(port: int, process: "subprocess.Popen[bytes]") -> bool:
    """Wait for the server; whether it serves."""
    for _ in range(600):
        if process.poll() is not None:
            return False
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
        except OSError:
            time.sleep(0.05)
        else:
            return True
    return False


def post(path: str, query: str, body: bytes) -> bytes:
    """The bytes of one push."""
    return (
        f"POST {path}?{query} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: text/xml\r\n"
        f"content-length: {len(body)}\r\n\r\n"
    ).encode() + body


def prepared(count: int, make: Callable[[int], bytes]) -> list[bytes]:
    """That many requests, each its own."""
    return list(islice(map(make, range(count)), count))
