"""The ways by which a request reaches an account, each called as an ASGI application is."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from uvicorn.server import ServerState

from yizhan import Account
from yizhan.server import protocol
from yizhan.server.process import config_of
from yizhan.server.site import Site


class Hosted:
    """A server that speaks words of its own: its requests go to `account.receive`."""

    def __init__(self, account: Account) -> None:
        self.account = account

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def body() -> bytes:
            whole = b""
            while True:
                message = await receive()
                whole += message["body"]
                if not message["more_body"]:
                    return whole

        response = await self.account.receive(
            scope["method"], scope["path"], scope["query_string"], scope["headers"], body
        )
        headers = [*response.headers, (b"content-length", b"%d" % len(response.body))]
        start = {"type": "http.response.start", "status": response.status, "headers": headers}
        await send(start)
        await send({"type": "http.response.body", "body": response.body})
        response.settle(written=True)


def asgi(account: Account) -> Any:
    """The account's own ASGI application."""
    return account.asgi


@asynccontextmanager
async def listening(site: Site) -> AsyncIterator[tuple[int, ServerState]]:
    """`yizhan run`'s protocol at a port: the port, and what uvicorn knows of it."""
    config = config_of(lambda: site)
    config.load()
    state = ServerState()
    server = await asyncio.get_running_loop().create_server(
        lambda: config.http_protocol_class(config, state, {}), "127.0.0.1"
    )
    try:
        yield server.sockets[0].getsockname()[1], state
    finally:
        server.close()
        for connection in tuple(state.connections):
            connection.transport.abort()
        if state.tasks:
            await asyncio.wait(state.tasks)
        while state.connections:  # noqa: ASYNC110  # it is told in no other way
            await asyncio.sleep(0)
        logging.getLogger("uvicorn.error").removeFilter(protocol._without_invalid)


class Running:
    """`yizhan run`'s protocol on a real socket: a push goes to the account without ASGI."""

    def __init__(self, account: Account) -> None:
        self.account = account

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async with listening(Site([self.account])) as (port, _):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                await self._ask(scope, receive, send, reader, writer)
            finally:
                writer.close()

    async def _ask(self, scope: Any, receive: Any, send: Any, reader: Any, writer: Any) -> None:
        target = scope["path"].encode() + b"?" + scope["query_string"]
        lines = [scope["method"].encode() + b" " + target + b" HTTP/1.1"]
        lines += [name + b": " + value for name, value in scope["headers"]]
        names = {name for name, _ in scope["headers"]}
        pieces = b"content-length" not in names
        if pieces:
            lines.append(b"transfer-encoding: chunked")
        writer.write(b"\r\n".join(lines) + b"\r\n\r\n")
        more = True
        while more:
            message = await receive()
            body, more = message["body"], message["more_body"]
            if pieces and body:
                writer.write(b"%x\r\n%s\r\n" % (len(body), body))
            else:
                writer.write(body)
        if pieces:
            writer.write(b"0\r\n\r\n")
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        fields = [line.split(": ", 1) for line in head[1:-2]]
        headers = [(name.encode(), value.encode("latin-1")) for name, value in fields]
        status = int(head[0].split()[1])
        length = int(dict(headers)[b"content-length"])
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": await reader.readexactly(length)})


FACES = {"asgi": asgi, "receive": Hosted, "run": Running}
