"""Followers whose message waits, each on a connection of its own, and asks again as WeChat does."""

import asyncio
from collections import Counter
from contextlib import suppress

PATIENCE = 5.0  # seconds that WeChat waits for each of its three pushes
PUSHES = 3
AT_ONCE = 200  # connections that are being made


class Waiting(asyncio.Protocol):
    """Sends one request; `answer` gets the whole answer, or what was there at the end."""

    def __init__(self, request: bytes) -> None:
        self.request = request
        self.received = b""
        self.answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.Transport) -> None:
        self.transport = transport
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        self.received += data
        head, found, body = self.received.partition(b"\r\n\r\n")
        length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
        if found and len(body) >= int(length or 0):
            self.end()

    def connection_lost(self, error: Exception | None) -> None:
        self.end()

    def end(self) -> None:
        if not self.answer.done():
            self.answer.set_result(self.received)
        self.transport.close()


async def connected(port: int, request: bytes) -> Waiting:
    """A connection on which the request is under way."""
    loop = asyncio.get_running_loop()
    _, client = await loop.create_connection(lambda: Waiting(request), "127.0.0.1", port)
    return client


async def ask(port: int, request: bytes) -> bytes:
    """The answer to one push; what came of it if the server hangs up."""
    return await (await connected(port, request)).answer


class Crowd:
    """Followers who wait at once: how many got what they expected, by the push that got it."""

    def __init__(self, port: int, expected: bytes) -> None:
        self.port = port
        self.expected = expected
        self.at_push: Counter[int] = Counter()
        self.open = 0
        self.most_open = 0
        self._free = asyncio.Semaphore(AT_ONCE)
        self._left = 0
        self._all_wait = asyncio.Event()

    async def play(self, requests: list[bytes], release: bytes) -> None:
        """Send all, and `release` when the first push of each has been sent."""
        self._left = len(requests)
        asking = [asyncio.ensure_future(self._follower(request)) for request in requests]
        await self._all_wait.wait()
        await ask(self.port, release)
        await asyncio.gather(*asking)

    async def _follower(self, request: bytes) -> None:
        loop = asyncio.get_running_loop()
        for number in range(1, PUSHES + 1):
            async with self._free:
                client = await connected(self.port, request)
            hangs_up = loop.time() + PATIENCE
            self.open += 1
            self.most_open = max(self.most_open, self.open)
            if number == 1:
                self._left -= 1
                if not self._left:
                    self._all_wait.set()
            answer = b""
            with suppress(TimeoutError):
                async with asyncio.timeout_at(hangs_up):
                    answer = await client.answer
            self.open -= 1
            client.transport.close()
            if self.expected in answer:
                self.at_push[number] += 1
                return
            await asyncio.sleep(hangs_up - loop.time())
