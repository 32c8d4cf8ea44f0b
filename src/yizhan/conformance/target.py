"""The server under test, and the handle by which one case speaks to it."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field

from msgspec.structs import replace

from yizhan.conformance import http, pushes
from yizhan.conformance.case import Need
from yizhan.conformance.forging import Forger
from yizhan.conformance.http import Address, Connection, HttpAnswer, Request
from yizhan.conformance.judging import Heard, judge
from yizhan.conformance.pushes import Fields, Letter, Value
from yizhan.conformance.response import Headers
from yizhan.judging import Asked
from yizhan.wire import Mode, sender
from yizhan.wire.envelope import Cipher
from yizhan.wire.push import SAMPLE, Format
from yizhan.wire.signature import sign

WECHAT: Headers = (("User-Agent", "Mozilla/4.0"), ("Accept", "*/*"), ("Connection", "close"))
XML: Headers = (*WECHAT, ("Content-Type", "text/xml"))
JSON: Headers = (*WECHAT, ("Content-Type", "application/json"))
PATIENCE = 5.0  # seconds that WeChat waits (docs/protocol.md#e3)
KEPT = 2 * 1024 * 1024  # bytes of a request that a trace keeps


@dataclass(slots=True)
class Server:
    """The server under test, the keys it should hold, and what was learnt of it."""

    address: Address
    token: str = field(repr=False)
    mode: Mode = "plain"
    forger: Forger | None = field(default=None, repr=False)
    original_id: str = SAMPLE
    slow: str = ""
    patience: float = PATIENCE
    traits: set[Need] = field(default_factory=set)
    around: tuple[str, str] = ("", "")  # what the bot says before and after a text that it echoes

    @property
    def cipher(self) -> Cipher | None:
        """The account's cipher; None without an AES key."""
        return self.forger.cipher if self.forger else None


@dataclass(frozen=True, slots=True)
class Trace:
    """One exchange as it was: what was sent, what came back."""

    sent: bytes
    answer: HttpAnswer


class Target:
    """One case's way to the server: a follower of its own, fresh connections, a trace."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.fan = pushes.new_openid()
        self.original_id = server.original_id
        self.trace: list[Trace] = []

    def text(self, content: str, **more: Value) -> dict[str, Value]:
        """The fields of a text that nobody has sent before."""
        return self.message("text", Content=content, **more)

    def message(self, kind: str, **more: Value) -> dict[str, Value]:
        """The fields of a message of that MsgType."""
        return {**self.fields(MsgType=kind), **more, "MsgId": more.get("MsgId", _id())}

    def event(self, name: str, **more: Value) -> dict[str, Value]:
        """The fields of an event."""
        return self.fields(MsgType="event", Event=name, **more)

    def fields(self, **more: Value) -> dict[str, Value]:
        """The header of a push, then these fields."""
        header: dict[str, Value] = {
            "ToUserName": self.original_id,
            "FromUserName": self.fan,
            "CreateTime": int(time.time()),
        }
        return {**header, **more}

    def letter(
        self,
        push: Fields | bytes,
        *,
        token: str = "",
        mode: Mode | None = None,
        cipher: Cipher | None = None,
        nonce: str = "",
        timestamp: str = "",
        age: float = 0.0,
        format: Format = "xml",
    ) -> Letter:
        """A push signed, and encrypted where the mode wants it."""
        server = self.server
        body = push if isinstance(push, bytes) else pushes.document(push)
        mode = mode or server.mode
        if mode == "compat" and format == "xml" and not body.rstrip().endswith(b"</xml>"):
            mode = "safe"  # what is no document has no place for a ciphertext
        query, sent = sender.build(
            body,
            token=token or server.token,
            timestamp=timestamp or str(int(time.time() - age)),
            nonce=nonce or pushes.new_nonce(),
            mode=mode,
            cipher=cipher or server.cipher,
            openid=self.fan,
            to_user=self.original_id,
            format=format,
        )
        return Letter(query, sent, format)

    def envelope(self, ciphertext: str) -> Letter:
        """A safe push with this very ciphertext, its msg_signature right."""
        server = self.server
        timestamp, nonce = str(int(time.time())), pushes.new_nonce()
        signature = sign(server.token, timestamp, nonce)
        query = f"signature={signature}&timestamp={timestamp}&nonce={nonce}&openid={self.fan}"
        query += "&encrypt_type=aes&msg_signature="
        query += sign(server.token, timestamp, nonce, ciphertext)
        return Letter(query, envelope_xml(self.original_id, ciphertext))

    async def push(
        self, push: Fields | bytes, *, fan: str = "", age: float = 0.0, nonce: str = ""
    ) -> Heard:
        """Deliver a push as WeChat does, and judge the answer."""
        event = not isinstance(push, bytes) and push.get("MsgType") == "event"
        letter = self.letter(push, age=age, nonce=nonce)
        return await self.deliver(letter, fan=fan, is_event=event)

    async def deliver(
        self, letter: Letter, *, fan: str = "", is_event: bool = False, headers: Headers = ()
    ) -> Heard:
        """Deliver a letter as it is, and judge the answer."""
        headers = headers or (JSON if letter.format == "json" else XML)
        request = Request("POST", self.path(letter.query), headers, letter.body)
        answer = await self.send(request)
        return self.judge(answer, fan=fan, is_event=is_event, format=letter.format)

    async def deliver_all(self, letters: Sequence[Letter]) -> list[Heard]:
        """Deliver them at once, each on a connection of its own."""
        return list(await asyncio.gather(*map(self.deliver, letters)))

    def judge(
        self, answer: HttpAnswer, *, fan: str = "", is_event: bool = False, format: Format = "xml"
    ) -> Heard:
        """What WeChat makes of an answer."""
        server = self.server
        asked = Asked(
            fan or self.fan,
            self.original_id,
            server.token,
            server.mode,
            server.cipher,
            is_event,
            format,
        )
        return replace(judge(answer, asked), around=server.around)

    async def verify(self, echostr: str, *, token: str = "", age: float = 0.0) -> HttpAnswer:
        """The GET by which the console checks a server."""
        return await self.get(self.question(token=token, age=age) + f"&echostr={echostr}")

    def question(self, *, token: str = "", nonce: str = "", age: float = 0.0) -> str:
        """The signed query of a GET, less the echostr."""
        timestamp, nonce = str(int(time.time() - age)), nonce or pushes.new_nonce()
        signature = sign(token or self.server.token, timestamp, nonce)
        return f"signature={signature}&timestamp={timestamp}&nonce={nonce}"

    async def get(self, query: str, *, headers: Headers = WECHAT) -> HttpAnswer:
        """A GET with this raw query."""
        return await self.send(Request("GET", self.path(query), headers))

    async def send(self, request: Request, *, seconds: float | None = None) -> HttpAnswer:
        """A request on a fresh connection."""
        written = request.written(self.server.address)
        return await self.send_bytes(written, seconds=seconds, method=request.method)

    async def send_bytes(
        self, *parts: bytes, seconds: float | None = None, method: str = "POST"
    ) -> HttpAnswer:
        """These bytes on a fresh connection."""
        patience = self.server.patience if seconds is None else seconds
        answer = await http.exchange(self.server.address, parts, patience, method)
        self.note(b"".join(parts), answer)
        return answer

    def connected(self) -> AbstractAsyncContextManager[Connection]:
        """An open connection, for a case that writes to it bit by bit."""
        return http.connected(self.server.address, self.server.patience)

    def note(self, sent: bytes, answer: HttpAnswer) -> None:
        """Keep an exchange for the report."""
        self.trace.append(Trace(sent[:KEPT], answer))

    def path(self, query: str) -> str:
        """The request target: the server's own path and query, then this query."""
        address = self.server.address
        return (
            f"{address.path}?{address.query}&{query}"
            if address.query
            else f"{address.path}?{query}"
        )


def envelope_xml(to_user: str, ciphertext: str) -> bytes:
    """The body of safe mode (docs/protocol.md#b2)."""
    return (
        f"<xml><ToUserName><![CDATA[{to_user}]]></ToUserName>"
        f"<Encrypt><![CDATA[{ciphertext}]]></Encrypt></xml>"
    ).encode()


def _id() -> int:
    return int(pushes.new_id())


def with_headers(more: Mapping[str, str], base: Headers = XML) -> Headers:
    """The usual headers with these in place of, or beside, their own."""
    lower = {name.lower() for name in more}
    kept = [(name, value) for name, value in base if name.lower() not in lower]
    return (*kept, *more.items())
