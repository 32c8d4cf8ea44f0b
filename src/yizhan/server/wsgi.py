"""One account as a WSGI application: a bridge to one loop thread per process."""

import asyncio
import os
from collections.abc import Callable, Iterable
from http import HTTPStatus
from threading import Lock, Thread
from typing import Any, BinaryIO, cast

from yizhan.errors import Refused
from yizhan.server.asgi import Asgi
from yizhan.server.connection import Message, Scope
from yizhan.server.receiver import Receiver, Request

StartResponse = Callable[[str, list[tuple[str, str]]], object]
LONGEST = 20.0  # seconds: longer than any push is held


class Wsgi:
    """Serves an ASGI account to WSGI servers such as those under Flask and Django.

    Each request holds its server's thread for as long as WeChat is kept waiting. The
    loop thread starts with the first request of each process, so forking servers are safe.
    """

    def __init__(self, app: Asgi) -> None:
        self._app = app
        self._lock = Lock()
        self._process = 0
        self._loop: asyncio.AbstractEventLoop | None = None

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        exchange = _Exchange(environ, self._app.receiver)
        call = asyncio.run_coroutine_threadsafe(exchange.run(self._app), self._running())
        call.result(LONGEST)
        start_response(exchange.status, exchange.headers)
        return [exchange.body]

    def close(self) -> None:
        """Stop the engine and end the loop thread of this process."""
        if self._loop is None:
            return
        asyncio.run_coroutine_threadsafe(self._app.account.stop(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._loop = None

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None or self._process != os.getpid():
                self._loop = asyncio.new_event_loop()
                self._process = os.getpid()
                Thread(target=_serve, args=(self._loop,), name="yizhan-loop", daemon=True).start()
            return self._loop


def _serve(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    loop.run_forever()
    loop.close()


class _Exchange:
    """One request, told in ASGI's words."""

    def __init__(self, environ: dict[str, Any], receiver: Receiver) -> None:
        self._scope = _scope(environ)
        self._request: list[Message] = [self._body(environ, receiver)]
        self.status = ""
        self.headers: list[tuple[str, str]] = []
        self.body = b""

    def _body(self, environ: dict[str, Any], receiver: Receiver) -> Message:
        """The body in one piece, read in the host's thread; nothing of it for a stranger."""
        scope = self._scope
        try:
            receiver.admit(Request(scope["method"], scope["query_string"], scope["headers"]))
        except Refused:  # and again, with its reason in the log, where it is answered
            return {"type": "http.request", "body": b"", "more_body": False}
        return _body(environ, receiver.max_body)

    async def run(self, app: Asgi) -> None:
        await app(self._scope, self._receive, self._send)

    async def _receive(self) -> Message:
        if self._request:
            return self._request.pop()
        never: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        return await never

    async def _send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = f"{message['status']} {HTTPStatus(message['status']).phrase}"
            self.headers = [
                (name.decode("latin-1").title(), value.decode("latin-1"))
                for name, value in message["headers"]
                if name != b"connection"
            ]
        else:
            self.body += message.get("body", b"")


def _scope(environ: dict[str, Any]) -> Scope:
    headers = [
        (name[5:].replace("_", "-").lower().encode(), str(value).encode("latin-1"))
        for name, value in environ.items()
        if name.startswith("HTTP_")
    ]
    headers += [
        (name.replace("_", "-").lower().encode(), str(environ[name]).encode("latin-1"))
        for name in ("CONTENT_TYPE", "CONTENT_LENGTH")
        if environ.get(name)
    ]
    path = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
    return {
        "type": "http",
        "method": environ["REQUEST_METHOD"],
        "path": path.encode("latin-1").decode("utf-8", "replace"),
        "query_string": environ.get("QUERY_STRING", "").encode("latin-1"),
        "headers": headers,
        "client": (environ.get("REMOTE_ADDR", ""), 0),
    }


def _body(environ: dict[str, Any], max_body: int) -> Message:
    length = str(environ.get("CONTENT_LENGTH") or "0")
    wanted = min(int(length), max_body + 1) if length.isascii() and length.isdigit() else 0
    stream = cast("BinaryIO", environ["wsgi.input"])
    return {"type": "http.request", "body": stream.read(wanted), "more_body": False}
