"""One account as a raw ASGI application: HTTP in, HTTP out, every room between called once."""

from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING

from msgspec.structs import replace

from yizhan import addresses, messages, wire
from yizhan.errors import Overloaded, Refused, StoreError, Unreadable
from yizhan.events import Event
from yizhan.inbox import key
from yizhan.inbox.engine import Accepted
from yizhan.inbox.inbox import Inbox
from yizhan.inbox.response import Response
from yizhan.messages import UnknownMessage
from yizhan.middleware import Incoming
from yizhan.replies import render, render_json
from yizhan.server import checks
from yizhan.server.checks import Header, Reply
from yizhan.server.connection import Connection, Receive, Scope, Send, connection_of
from yizhan.server.lifespan import lifespan
from yizhan.server.log import Line, log_push, log_refusal
from yizhan.server.metrics import exposition
from yizhan.store import Binding
from yizhan.wire import Envelope, Keys, Push
from yizhan.wire.envelope import Cipher

if TYPE_CHECKING:
    from yizhan.account import Account

XML: tuple[Header, ...] = ((b"content-type", b"text/xml; charset=utf-8"), checks.NOSNIFF)
JSON: tuple[Header, ...] = ((b"content-type", b"application/json"), checks.NOSNIFF)
FOREVER = 3600  # seconds; with the age check off, bindings still have to end
TEXT: tuple[Header, ...] = (checks.PLAIN, checks.NOSNIFF)
UNKNOWN = (UnknownMessage, Event)
FORWARDED = (b"forwarded", b"x-forwarded-for", b"x-real-ip")


class Asgi:
    """Serves one account at its path, with /healthz and /metrics beside it."""

    def __init__(self, account: "Account") -> None:
        self.account = account
        settings = account.settings
        self.path = settings.path
        self.max_body = settings.max_body
        self.acknowledgement = b"success" if settings.ack == "success" else b""
        self.keys = keys_of(account)
        self.log = Line(settings.label)

    def read(self, body: bytes) -> Incoming:
        """The message of a push that could not be read when it came; else Refused."""
        raw, _ = wire.read(body, self.keys)
        return messages.read(raw)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await lifespan(self.account.start, self.account.stop, receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        clock = self.account.clock
        connection = connection_of(scope, receive, clock.monotonic())
        try:
            if beside := self._beside(scope):
                await respond(send, beside)
                return
            content_type = checks.check_request(scope["method"], scope["headers"], self.max_body)
            if scope["method"] == "GET":
                await self._verify(scope, send)
                return
            body = await read_body(receive, self.max_body)
            push = Push(scope["query_string"], body, content_type, connection.arrived)
            await self._push(push, connection, send)
        except Refused as refused:
            log_refusal(self.log, refused, scope)
            self._count("refused_" + refused.reason)
            await respond(send, checks.answer_to(refused))
        except (Overloaded, StoreError) as error:
            self._count("refused_overload")
            log_refusal(self.log, Refused("overload", str(error)), scope)
            await respond(send, checks.BUSY)
        finally:
            connection.done()

    def _beside(self, scope: Scope) -> Reply | None:
        """What stands beside the push path. A host's router that chose us has decided already."""
        path = scope["path"]
        if path == self.path or "path_params" in scope:
            return None
        if path == "/healthz":
            return Reply(200, b"ok")
        if path == "/metrics" and (self.account.settings.metrics_open or local(scope)):
            return exposition([self.account])
        raise Refused("path", path[:64])

    async def _verify(self, scope: Scope, send: Send) -> None:
        echostr = wire.verify(scope["query_string"], self.keys, self.account.clock.wall())
        self.log.write("verified")
        await respond(send, Reply(200, echostr, TEXT))

    async def _push(self, push: Push, connection: Connection, send: Send) -> None:
        """The way of a message: each room once, forward only."""
        account = self.account
        try:
            envelope = wire.open(push, self.keys, account.clock.wall())
        except Unreadable as unreadable:
            inbox = await account.ready()
            await inbox.unread.add(unreadable)
            raise
        self._learn(envelope)
        message = messages.read(envelope.raw)
        accepted = Accepted(
            message,
            key.of(message, envelope.body),
            binding_of(envelope, self.keys),
            float(envelope.timestamp),
        )
        inbox = await account.ready()
        if inbox.calendar.unsure:
            inbox.calendar.compare(int(envelope.timestamp))
        response = await inbox.engine.answer(accepted, connection)
        if not (response.close and connection.abort()):
            await respond(send, self._rendered(response, envelope))
            await self._settle(inbox, response, connection)
        seconds = account.clock.monotonic() - push.arrived
        remark = _remark(message, envelope)
        if response.why == "again" or response.run.message is not message:
            with suppress(StoreError):  # the push has its answer: only the remark is lost
                remark = "other_body" if await inbox.differs(accepted, response) else remark
        log_push(self.log, message, response, seconds, remark)

    async def _settle(self, inbox: Inbox, response: Response, connection: Connection) -> None:
        if connection.closed:
            await inbox.engine.lost(response)
        else:
            await inbox.engine.written(response)

    def _rendered(self, response: Response, envelope: Envelope) -> Reply:
        if response.close:
            return checks.BUSY
        if response.reply is None:
            return Reply(200, self.acknowledgement, TEXT)
        now = self.account.clock.wall()
        message = response.run.message
        write = render_json if envelope.format == "json" else render
        body = write(response.reply, to=message.from_user, sender=message.to_user, created=int(now))
        return Reply(
            200, wire.seal(body, envelope, now), JSON if envelope.format == "json" else XML
        )

    def _learn(self, envelope: Envelope) -> None:
        """Remember the account's own id once a push that only WeChat can write has shown it."""
        if self.keys.original_id or not envelope.encrypted:
            return
        to_user = envelope.raw.get("ToUserName")
        if isinstance(to_user, str):
            self.keys = replace(self.keys, original_id=to_user)

    def _count(self, name: str) -> None:
        if self.account.inbox is not None:
            self.account.inbox.counters[name] += 1


def _remark(message: Incoming, envelope: Envelope) -> str:
    """The reason code of a push that is let in though something about it is odd."""
    if envelope.repaired:
        return "xml_repaired"
    return "unknown_type" if type(message) in UNKNOWN else ""


def keys_of(account: "Account") -> Keys:
    """What the account trusts, from its settings."""
    settings = account.settings
    if account.component is not None:
        return replace(
            account.component.keys,
            max_age=settings.max_age,
            original_id=settings.original_id,
            component=False,
        )
    aes_keys = [key for key in (settings.aes_key, settings.aes_key_previous) if key]
    return Keys(
        tokens=tuple(token for token in (settings.token, settings.token_previous) if token),
        ciphers=tuple(Cipher(aes_key, settings.appid) for aes_key in aes_keys),
        mode=settings.mode,
        max_age=settings.max_age,
        original_id=settings.original_id,
    )


def binding_of(envelope: Envelope, keys: Keys) -> Binding | None:
    """What ties a plaintext signature to this body; encrypted ones cover theirs already."""
    if envelope.encrypted:
        return None
    keep = 2.0 * (keys.max_age or FOREVER)
    return Binding(envelope.signature, sha256(envelope.body).hexdigest(), keep)


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


async def respond(send: Send, reply: Reply) -> None:
    length = (b"content-length", b"%d" % len(reply.body))
    await send(
        {
            "type": "http.response.start",
            "status": reply.status,
            "headers": [*reply.headers, length],
        }
    )
    await send({"type": "http.response.body", "body": reply.body})
