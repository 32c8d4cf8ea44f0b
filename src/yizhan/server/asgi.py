"""One account as a raw ASGI application, on the function that every server's requests go to."""

from typing import TYPE_CHECKING

from yizhan import addresses
from yizhan.errors import Refused
from yizhan.server.checks import Reply
from yizhan.server.connection import (
    AwaitedConnection,
    Connection,
    Receive,
    Scope,
    Send,
    connection_of,
)
from yizhan.server.lifespan import lifespan
from yizhan.server.metrics import exposition
from yizhan.server.receiver import Body, Receiver, Request
from yizhan.server.response import Response

if TYPE_CHECKING:
    from yizhan.account import Account

FORWARDED = (b"forwarded", b"x-forwarded-for", b"x-real-ip")


class Asgi:
    """Serves one account at its path, with /healthz and /metrics beside it."""

    def __init__(self, account: "Account") -> None:
        self.account = account
        self.path = account.settings.path
        self.receiver = Receiver(account)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await lifespan(self.account.start, self.account.stop, receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)

    async def receive(self, path: str, request: Request, body: Body) -> Response:
        """What a request is answered with that came by neither ASGI nor WSGI."""
        try:
            if path != self.path:
                return Response(self._beside(path, is_local=False))
        except Refused as refused:
            return self.receiver.refuse(refused, request.method)
        connection = AwaitedConnection(self.account.clock.monotonic())
        response = await self.receiver.receive(request, body, connection)
        return response.expire()

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        method, path = scope["method"], scope["path"]
        try:
            # A host's router that chose us has decided already.
            if path != self.path and "path_params" not in scope:
                await respond(send, self._beside(path, is_local=local(scope)))
                return
        except Refused as refused:
            await respond(send, self.receiver.refuse(refused, method))
            return
        connection = connection_of(scope, receive, self.account.clock.monotonic())
        try:
            request = Request(method, scope["query_string"], scope["headers"])
            most = self.receiver.max_body
            response = await self.receiver.receive(
                request, lambda: read_body(receive, most), connection
            )
            await self._answer(response, connection, send)
        finally:
            connection.done()

    async def _answer(self, response: Response, connection: Connection, send: Send) -> None:
        if response.close and connection.abort():
            response.settle(written=True)  # there was nothing to write
            return
        await respond(send, response)
        response.settle(written=not connection.closed)

    def _beside(self, path: str, *, is_local: bool) -> Reply:
        """What stands beside the push path. Raises Refused."""
        if path == "/healthz":
            return Reply(200, b"ok")
        if path == "/metrics" and (self.account.settings.metrics_open or is_local):
            return exposition([self.account])
        raise Refused("path", path[:64])


def local(scope: Scope) -> bool:
    """Whether it was asked for on this machine and under its own name.

    Not so through a proxy here, nor by a page on another site that a browser here has open.
    """
    client = scope.get("client")
    if client is None or not addresses.is_loopback(client[0]):
        return False
    headers = dict(scope["headers"])
    if not headers.keys().isdisjoint(FORWARDED):
        return False
    return addresses.is_loopback(addresses.host_of(headers.get(b"host", b"").decode("latin-1")))


async def read_body(receive: Receive, most: int) -> bytes:
    """The whole body, never more than `most` bytes of it."""
    message = await receive()
    body: bytes = message.get("body", b"")
    while message.get("more_body", False):
        if len(body) > most:
            break
        message = await receive()
        body += message.get("body", b"")
    if len(body) > most:
        raise Refused("too_large", f"> {most}")
    if message["type"] == "http.disconnect":
        raise Refused("slow_client", "body")
    return body


async def respond(send: Send, reply: Reply | Response) -> None:
    length = (b"content-length", b"%d" % len(reply.body))
    await send(
        {
            "type": "http.response.start",
            "status": reply.status,
            "headers": [*reply.headers, length],
        }
    )
    await send({"type": "http.response.body", "body": reply.body})
