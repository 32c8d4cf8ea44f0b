"""One account as a raw ASGI application, on the function that every server's requests go to."""

import asyncio
from typing import TYPE_CHECKING

from yizhan import addresses
from yizhan.errors import Refused
from yizhan.server.checks import HttpReply
from yizhan.server.cloudrun import CloudReceiver
from yizhan.server.connection import (
    AwaitedConnection,
    Connection,
    Receive,
    Scope,
    Send,
    connection_of,
    link_of,
)
from yizhan.server.home import Home
from yizhan.server.hosted import Hosted
from yizhan.server.lifespan import lifespan
from yizhan.server.metrics import Metrics
from yizhan.server.path import PUSH, nothing_at, place_of
from yizhan.server.receiver import Body, Receiver, Request
from yizhan.server.response import Response
from yizhan.server.verification import verification

if TYPE_CHECKING:
    from yizhan.account import Account

EMPTY = 100  # pieces of a body without a byte in them that a server may bring
FORWARDED = (b"forwarded", b"x-forwarded-for", b"x-real-ip")


class Asgi:
    """Serves one account at its path, with /healthz and /metrics beside it.

    The engine starts with the first request, unless something has started it before.
    """

    def __init__(self, account: "Account") -> None:
        self.account = account
        self.path = account.settings.path
        self.files = verification(account.settings.verify_files)
        self.receiver = receiver_of(account)
        self.hosted = Hosted(account)
        self.home = Home(account)
        self.metrics = Metrics([account])

    def forget(self) -> object:
        """Begin anew; what there was."""
        kept = self.hosted, self.home
        self.hosted, self.home = Hosted(self.account), Home(self.account)
        return kept

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await lifespan(self.hosted.begin, self.hosted.stop, receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)

    async def receive(
        self, path: str, request: Request, body: Body, *, root: str = "", is_local: bool = False
    ) -> Response:
        """What a request is answered with that came otherwise than by ASGI."""
        arrived = self.account.clock.monotonic()
        if self.account.inbox is None:
            self.hosted.begin_soon()
        try:
            place = place_of(path, root, self.path, files=self.files)
            if place != PUSH:
                return Response(await self._beside(place, path, is_local=is_local))
        except Refused as refused:
            return self.receiver.refuse(refused, request.method)
        response = await self.receiver.receive(request, body, AwaitedConnection(arrived))
        return response.expire()

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        method, path = scope["method"], scope["path"]
        if self.account.inbox is None and link_of(scope) is None:
            self.hosted.begin_soon()
        root = scope.get("root_path", "")
        if (app := scope.get("app")) is not None:
            self.hosted.meet(app)
        if root and path.endswith("/"):
            self.hosted.tell_slash(path, root)
        try:
            chosen = "path_params" in scope  # by a router such as Starlette's
            place = place_of(path, root, self.path, chosen=chosen, files=self.files)
            if place != PUSH:
                await respond(send, await self._beside(place, path, is_local=local(scope)))
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
        if connection.ends is not None:
            raise asyncio.CancelledError  # as this server wanted, but for the response

    async def _answer(self, response: Response, connection: Connection, send: Send) -> None:
        if response.close and connection.abort():
            response.settle(written=True)  # there was nothing to write
            return
        try:
            await respond(send, response)
        except BaseException:  # as hosts tell that nobody is there, or end what they have begun
            response.lost()
            raise
        response.settle(written=not connection.closed)

    async def _beside(self, place: str, path: str, *, is_local: bool) -> HttpReply:
        """What stands beside the push path. Raises Refused."""
        if (file := self.files.get(place)) is not None:
            return file
        if place == "/healthz":
            return HttpReply(200, b"ok")
        if self.account.settings.metrics_open or is_local:
            return await self.metrics.reply()
        raise nothing_at(path, [self.path])


def receiver_of(account: "Account") -> Receiver:
    """What checks the pushes of this account."""
    return CloudReceiver(account) if account.settings.mode == "cloudrun" else Receiver(account)


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
    """The whole body, never more than `most` bytes of it, in no endless number of pieces."""
    body, pieces = bytearray(), 0
    while True:
        message = await receive()
        if message.get("type") != "http.request":
            raise Refused("slow_client", "body")
        body += message.get("body") or b""
        if len(body) > most:
            raise Refused("too_large", f"> {most}")
        if not message.get("more_body", False):
            return bytes(body)
        pieces += 1
        if pieces - len(body) > EMPTY:
            raise Refused("slow_client", f"> {EMPTY}")


async def respond(send: Send, reply: HttpReply | Response) -> None:
    length = (b"content-length", b"%d" % len(reply.body))
    await send(
        {
            "type": "http.response.start",
            "status": reply.status,
            "headers": [*reply.headers, length],
        }
    )
    await send({"type": "http.response.body", "body": reply.body})
