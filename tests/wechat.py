"""WeChat's side of the tests: signed pushes, in process or over a socket, and their answers."""

import asyncio
import http.client
import itertools
import secrets
import time
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote

from yizhan import Account, replies, wire
from yizhan.wire import Mode, sender
from yizhan.wire.envelope import Cipher
from yizhan.wire.signature import sign
from yizhan.wire.xml import cdata

TOKEN = "tokenOfTheTests2026"
APPID = "wx0123456789abcdef"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
CIPHER = Cipher(AES_KEY, APPID)
ACCOUNT = "gh_a1b2c3d4e5f6"
FAN = "oYz0a1B2c3D4e5F6g7H8i9J0kLmN"
SEALED = {"appid": APPID, "aes_key": AES_KEY}

_ids = itertools.count(24900000000000001)


class Request(NamedTuple):
    """One HTTP request; `query` is raw."""

    method: str = "POST"
    path: str = "/wechat"
    query: str = ""
    body: bytes = b""
    headers: Mapping[str, str] = {"content-type": "text/xml"}

    @property
    def target(self) -> str:
        return f"{self.path}?{self.query}" if self.query else self.path

    def asking(self, **parameters: str) -> "Request":
        """The same request with these parameters in place of its own."""
        pairs = [pair for pair in self.query.split("&") if pair.split("=")[0] not in parameters]
        pairs += [f"{name}={quote(value)}" for name, value in parameters.items()]
        return self._replace(query="&".join(pairs))

    def without(self, *names: str) -> "Request":
        """The same request less these parameters."""
        pairs = [pair for pair in self.query.split("&") if pair.split("=")[0] not in names]
        return self._replace(query="&".join(pairs))

    def with_headers(self, **headers: str) -> "Request":
        """The same request with more headers; `_` stands for `-`."""
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._replace(headers={**self.headers, **more})


class Answer(NamedTuple):
    """One HTTP response; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


def account(mode: Mode = "plain", **settings: Any) -> Account:
    """An account of that mode which keeps everything in memory and stops at once."""
    keys = {} if mode == "plain" else SEALED
    known = {"token": TOKEN, "mode": mode, "store": "memory://", "grace": 0.0}
    return Account(**{**known, **keys, **settings})


def fields(kind: str, **more: Any) -> dict[str, Any]:
    """The fields of a push of that MsgType; a field given as None is left out."""
    header = {
        "ToUserName": ACCOUNT,
        "FromUserName": FAN,
        "CreateTime": int(time.time()),
        "MsgType": kind,
    }
    return {name: value for name, value in {**header, **more}.items() if value is not None}


def text(content: str = "你好", **more: Any) -> dict[str, Any]:
    """The fields of a text that nobody has sent before."""
    return fields("text", **{"Content": content, "MsgId": next(_ids), **more})


def image(media_id: str = "media-1", **more: Any) -> dict[str, Any]:
    """The fields of a picture that nobody has sent before."""
    return fields("image", **{"PicUrl": "", "MediaId": media_id, "MsgId": next(_ids), **more})


def event(name: str, key: str | None = None, **more: Any) -> dict[str, Any]:
    """The fields of an event."""
    return fields("event", Event=name, EventKey=key, **more)


def document(push: Mapping[str, Any]) -> bytes:
    """The XML of these fields as WeChat writes it."""
    elements = (f"<{name}>{_inner(value)}</{name}>" for name, value in push.items())
    return f"<xml>{''.join(elements)}</xml>".encode()


def _inner(value: Any) -> str:
    return str(value) if isinstance(value, int) else cdata(value)


def push(
    what: Mapping[str, Any] | bytes,
    mode: Mode = "plain",
    *,
    token: str = TOKEN,
    cipher: Cipher = CIPHER,
    timestamp: float | None = None,
    nonce: str | None = None,
    path: str = "/wechat",
) -> Request:
    """The request that brings this push: its fields, or the very bytes."""
    body = what if isinstance(what, bytes) else document(what)
    query, sent = sender.build(
        body,
        token=token,
        timestamp=str(int(time.time() if timestamp is None else timestamp)),
        nonce=nonce or str(secrets.randbelow(10**10)),
        mode=mode,
        cipher=cipher,
        openid=FAN,
        to_user=ACCOUNT,
    )
    return Request(path=path, query=query, body=sent)


def verification(echostr: str | None = "5838479218127813673", *, token: str = TOKEN) -> Request:
    """The GET by which the console checks a server."""
    timestamp, nonce = str(int(time.time())), str(secrets.randbelow(10**10))
    query = f"signature={sign(token, timestamp, nonce)}&timestamp={timestamp}&nonce={nonce}"
    if echostr is not None:
        query += f"&echostr={echostr}"
    return Request("GET", query=query, headers={})


async def call(
    app: Any,
    request: Request,
    *,
    chunks: Iterable[bytes] | None = None,
    hang_up: asyncio.Event | None = None,
    **scope: Any,
) -> Answer:
    """What an ASGI application answers; WeChat hangs up when that event is set."""
    parts = list(chunks) if chunks is not None else [request.body]
    messages = [
        {"type": "http.request", "body": part, "more_body": place < len(parts)}
        for place, part in enumerate(parts, 1)
    ]
    gone = hang_up or asyncio.Event()
    sent: list[Any] = []

    async def receive() -> Any:
        if messages:
            return messages.pop(0)
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    headers = {"host": "127.0.0.1", **request.headers}
    if chunks is None and request.body:
        headers.setdefault("content-length", str(len(request.body)))
    await app(
        {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": request.method,
            "scheme": "http",
            "path": request.path,
            "raw_path": request.path.encode(),
            "root_path": "",
            "query_string": request.query.encode("latin-1"),
            "headers": [(n.lower().encode(), v.encode()) for n, v in headers.items()],
            "client": ("127.0.0.1", 40000),
            "server": ("127.0.0.1", 80),
            **scope,
        },
        receive,
        send,
    )
    start, *rest = sent
    answered = {name.decode(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], answered, b"".join(each["body"] for each in rest))


def ask(port: int, request: Request, timeout: float = 20.0) -> Answer:
    """What the server at that port answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request(
            request.method, request.target, request.body or None, dict(request.headers)
        )
        response = connection.getresponse()
        headers = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, headers, response.read())
    finally:
        connection.close()


def opened(answer: Answer, mode: Mode = "plain") -> bytes:
    """The body as WeChat reads it: decrypted, if it was encrypted."""
    assert answer.status == 200, answer
    return answer.body if mode == "plain" else wire.unseal(answer.body, CIPHER, TOKEN)


def shown(answer: Answer, mode: Mode = "plain") -> replies.Reply | None:
    """The reply that the follower sees; None for an acknowledgement."""
    body = opened(answer, mode)
    if body in (b"success", b""):
        return None
    read = replies.parse_json if body.startswith(b"{") else replies.parse
    return read(body).reply


def says(answer: Answer, mode: Mode = "plain") -> str | None:
    """The text that the follower reads; None for an acknowledgement."""
    reply = shown(answer, mode)
    assert reply is None or isinstance(reply, replies.Text), reply
    return None if reply is None else reply.content
