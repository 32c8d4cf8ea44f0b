"""The API client against a local server, as ratios to plain aiohttp and to wechatpy's client.

    python benchmarks/client.py [--calls 500] [--in-flight 16]

Each client sends the same customer-service message; the server answers what WeChat would.
wechatpy blocks, so its calls are spread over as many threads as calls are in flight.
"""

import argparse
import asyncio
import contextlib
import json
import subprocess
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

APPID, SECRET = "wx0123456789abcdef", "0123456789abcdef0123456789abcdef"
OPENID = "oYz0a1B2c3D4e5F6g7H8i9J0kLmN"
SEND = "/cgi-bin/message/custom/send"
MESSAGE = {"touser": OPENID, "msgtype": "text", "text": {"content": "你好，正在为您查询。"}}
ANSWER = b'{"errcode":0,"errmsg":"ok"}'
TOKEN = b'{"access_token":"benchmark-token","expires_in":7200}'
ROUNDS = 20  # short ones, the best of which counts: other programs share the machine


class WeChat(asyncio.Protocol):
    """The least an HTTP server can do, so that it is the clients that are measured."""

    def connection_made(self, transport):
        self.transport = transport
        self.received = b""

    def data_received(self, data):
        self.received += data
        while True:
            head, found, rest = self.received.partition(b"\r\n\r\n")
            length = int(_header(head.lower(), b"content-length") or 0)
            if not found or len(rest) < length:
                return
            self.received = rest[length:]
            body = TOKEN if b"token?" in head or b"stable_token" in head else ANSWER
            self.transport.write(
                b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
                b"content-length: %d\r\n\r\n%s" % (len(body), body)
            )


def _header(head: bytes, name: bytes) -> bytes:
    _, found, rest = head.partition(b"\r\n" + name + b":")
    return rest.partition(b"\r\n")[0].strip() if found else b""


def serve() -> None:
    """Serve on a free port, which is printed first."""

    async def main() -> None:
        server = await asyncio.get_running_loop().create_server(WeChat, "127.0.0.1", 0)
        print(server.sockets[0].getsockname()[1], flush=True)
        await server.serve_forever()

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main())


@contextlib.contextmanager
def server() -> Iterator[str]:
    """A server in a process of its own; its base address."""
    process = subprocess.Popen(
        [sys.executable, __file__, "--serve"], stdout=subprocess.PIPE, text=True
    )
    try:
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
    finally:
        process.terminate()
        process.wait()


async def spread(call: Callable[[], Awaitable[object]], calls: int, in_flight: int) -> float:
    """Calls per second."""
    left = iter(range(calls))

    async def work() -> None:
        for _ in left:
            await call()

    began = time.perf_counter()
    await asyncio.gather(*(work() for _ in range(in_flight)))
    return calls / (time.perf_counter() - began)


async def plain(base: str, calls: int, in_flight: int) -> float:
    """aiohttp by hand: what a program would write that needs this one call and no more."""
    import aiohttp

    url = f"{base}{SEND}?access_token=benchmark-token"
    body = json.dumps(MESSAGE, ensure_ascii=False).encode()
    headers = {"content-type": "application/json"}
    async with aiohttp.ClientSession() as session:

        async def call() -> None:
            async with session.post(url, data=body, headers=headers) as response:
                assert json.loads(await response.read())["errcode"] == 0

        await call()
        return await spread(call, calls, in_flight)


async def by_attribute(base: str, calls: int, in_flight: int) -> float:
    """`await client.message.custom.send(…)`"""
    from yizhan.api import AsyncClient

    async with AsyncClient(APPID, SECRET, base=base) as client:
        await client.message.custom.send(**MESSAGE)
        return await spread(lambda: client.message.custom.send(**MESSAGE), calls, in_flight)


async def by_path(base: str, calls: int, in_flight: int) -> float:
    """`await client.post(path, json=…)`"""
    from yizhan.api import AsyncClient

    async with AsyncClient(APPID, SECRET, base=base) as client:
        await client.post(SEND, json=MESSAGE)
        return await spread(lambda: client.post(SEND, json=MESSAGE), calls, in_flight)


def threaded(call: Callable[[], object], calls: int, in_flight: int) -> float:
    """Calls per second of one that blocks."""
    began = time.perf_counter()
    with ThreadPoolExecutor(in_flight) as pool:
        list(pool.map(lambda _: call(), range(calls)))
    return calls / (time.perf_counter() - began)


def blocking(base: str, calls: int, in_flight: int) -> float:
    from yizhan.api import Client

    with Client(APPID, SECRET, base=base) as client:
        client.message.custom.send(**MESSAGE)
        return threaded(lambda: client.message.custom.send(**MESSAGE), calls, in_flight)


def wechatpy(base: str, calls: int, in_flight: int) -> float:
    """A client for each thread, as requests' sessions ask for; they share one token."""
    from wechatpy import WeChatClient
    from wechatpy.session.memorystorage import MemoryStorage

    storage = MemoryStorage()
    storage.set("wx0123456789abcdef_access_token", "benchmark-token", 7200)
    own = threading.local()

    def call() -> None:
        if not hasattr(own, "client"):
            own.client = WeChatClient(APPID, SECRET, session=storage)
            own.client.API_BASE_URL = f"{base}/cgi-bin/"
            own.client.expires_at = time.time() + 7200
        own.client.message.send_text(OPENID, MESSAGE["text"]["content"])

    call()
    return threaded(call, calls, in_flight)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--calls", type=int, default=500)
    parser.add_argument("--in-flight", type=int, default=16)
    parser.add_argument("--serve", action="store_true")
    asked = parser.parse_args()
    if asked.serve:
        serve()
        return
    ways = {
        "plain aiohttp": lambda *how: asyncio.run(plain(*how)),
        "yizhan, by attribute": lambda *how: asyncio.run(by_attribute(*how)),
        "yizhan, by path": lambda *how: asyncio.run(by_path(*how)),
        "yizhan, blocking": blocking,
        "wechatpy": wechatpy,
    }
    with server() as base:
        rates = {name: 0.0 for name in ways}
        for _ in range(ROUNDS):  # in turn, so that a slow spell strikes all of them
            for name, way in ways.items():
                rates[name] = max(rates[name], way(base, asked.calls, asked.in_flight))
    print(f"{asked.calls} calls, {asked.in_flight} in flight, best of {ROUNDS}\n")
    print(f"{'':22}{'calls/s':>9}{'/ aiohttp':>11}{'/ wechatpy':>12}")
    for name, rate in rates.items():
        to_plain, to_wechatpy = rate / rates["plain aiohttp"], rate / rates["wechatpy"]
        print(f"{name:22}{rate:9.0f}{to_plain:11.2f}{to_wechatpy:12.2f}")


if __name__ == "__main__":
    main()
