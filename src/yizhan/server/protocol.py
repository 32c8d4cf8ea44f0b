"""Uvicorn's HTTP protocol with the limits that uvicorn lacks, and news of the socket's end.

Verified of uvicorn 0.54: a half-sent head is kept open, a head of any size accepted.

A push takes a shorter way than ASGI: its `PushCycle` stands where uvicorn has a cycle of its own,
so that uvicorn's stop, keep-alive, pipelining and flow control hold for both. The body of a
request is kept only once its query was verified.
"""

import asyncio
import logging
import re
from collections.abc import Callable
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from yizhan.errors import Reason, Refused
from yizhan.server.connection import Scope
from yizhan.server.cycle import PushCycle
from yizhan.server.gathering import Gathering
from yizhan.server.log import Line, log_refusal
from yizhan.server.receiver import Receiver, Request
from yizhan.server.site import Site
from yizhan.server.strangers import Strangers

HEAD_SECONDS = 5.0
BODY_SECONDS = 5.0
MAX_HEAD = 16 * 1024
MAX_TARGET = 4 * 1024
MAX_PIECES = 4096  # of a body: each is work, however few bytes it brings

TLS = b"\x16\x03"  # how its first record begins
ASIDE = frozenset({b"expect", b"upgrade", b"x-upgrade"})  # a push that has these goes by ASGI
UPGRADE = re.compile(rb"\r\nupgrade(?=:)", re.IGNORECASE)

TOO_SLOW = b"HTTP/1.1 408 Request Timeout\r\n"
NO_HTTP = b"HTTP/1.1 400 Bad Request\r\n"
HEAD_TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
REST = b"content-type: text/plain\r\ncontent-length: 7\r\nconnection: close\r\n\r\nrefused"


class Link:
    """What the application learns of one request's socket."""

    __slots__ = ("abort", "arrived", "closed", "on_close")

    def __init__(self, arrived: float, abort: Callable[[], None]) -> None:
        self.arrived = arrived
        self.abort = abort
        self.closed = False
        self.on_close: Callable[[], None] | None = None

    def end(self) -> None:
        """The socket has ended."""
        self.closed = True
        if self.on_close is not None:
            self.on_close()


class Protocol(HttpToolsProtocol):
    """Five seconds for a head and five for a body, 16 KiB of head, 4 KiB of target."""

    log = Line("-")
    strangers = Strangers()
    app: object  # a Site, or any other application: the simulator's own has no account
    cycle: Any  # of the latest request: uvicorn's own, a PushCycle, or None before the first

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.logger.addFilter(_without_invalid)  # once: a logger knows its filters
        gathering = Gathering(transport, self.loop)  # type: ignore[arg-type]  # uvicorn names the narrower class
        self.write_whole = gathering.write_whole
        super().connection_made(gathering)
        self._head = 0
        self._complete = False
        self._ended = False
        self._refused = False
        self._leaves = False
        self._size = 0
        self._pieces = 0
        self._by_asgi = False
        self._keeps_body = False
        self._link: Link | PushCycle | None = None
        self._push: PushCycle | None = None
        self._links: list[Link | PushCycle] = []  # of all requests that have no response yet
        self._timer: asyncio.TimerHandle | None = self.loop.call_later(HEAD_SECONDS, self._slow)
        self._is_strange = True
        self.strangers.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._disarm()
        self.strangers.discard(self)
        links, self._links = self._links, []
        for link in links:
            link.end()
        super().connection_lost(exc)

    def cut(self) -> None:
        """Close at once: others need the place."""
        # `abort`, since `close` would wait for a peer who may never read what is left.
        self._refused = True
        self._forget()
        self.transport.abort()

    def leave(self) -> None:
        """Close with the next response, or when nothing has come for long."""
        self._leaves = True
        if self.cycle is not None and not self.cycle.response_complete:
            self.cycle.keep_alive = False

    def finish(self) -> None:
        """Close once all is sent; whatever else comes is passed over."""
        self._refused = True
        self.transport.close()

    def data_received(self, data: bytes) -> None:
        if self._refused:
            return
        self._ended = False
        self._latest = data
        # Nearly no head has it: two searches of bytes cost less than the expression for each.
        if (b"pgrade" in data or b"PGRADE" in data) and self._before_head:
            data = _without_upgrade(data)
        super().data_received(data)
        self._latest = b""
        if self._refused:
            self._forget()
        if self.transport.is_closing():
            return
        if self._complete and (self._ended or not self.cycle.response_complete):
            if self._timer is not None:
                self._disarm()
            if self.cycle.response_complete:
                self._await_next()
            return
        if self._before_head and not self._ended:  # else most of it was the body before
            self._head += len(data)
            if self._head > MAX_HEAD:
                self._refuse("too_large", "head", HEAD_TOO_LARGE)
                self._forget()
                return
        if self._timer is None:
            seconds = HEAD_SECONDS if self._before_head else BODY_SECONDS
            self._timer = self.loop.call_later(seconds, self._slow)

    def on_message_begin(self) -> None:
        self.url = b""
        self.headers = []
        self._link = None
        self._push = None
        self._complete = False
        self._keeps_body = False
        self._by_asgi = False
        self._size = 0
        self._pieces = 0

    def on_url(self, url: bytes) -> None:
        self.url += url
        if len(self.url) > MAX_TARGET:
            self._refuse("too_large", "target", HEAD_TOO_LARGE)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._size += len(name) + len(value) + 4
        if self._size > MAX_HEAD:
            self._refuse("too_large", "head", HEAD_TOO_LARGE)
            return
        name = name.lower()
        if name in ASIDE:
            self._by_asgi = True
        self.headers.append((name, value))

    def on_headers_complete(self) -> None:
        if self._refused:
            return
        self._head = 0
        if self._timer is not None:  # the body has one of its own
            self._disarm()
        # A pipelined request goes by ASGI, where uvicorn keeps the order of responses.
        if self.cycle is None or self.cycle.response_complete:
            self._links.clear()
            receiver = self._receiver()
        else:
            receiver = None
        if receiver is None:
            self._begin_asgi()
        else:
            self._begin_push(receiver)

    def on_body(self, body: bytes) -> None:
        if self._refused:
            return
        self._pieces += 1
        if self._pieces > MAX_PIECES:
            self._refuse("too_large", "pieces", HEAD_TOO_LARGE)
        elif self._push is None:
            if self._keeps_body:
                super().on_body(body)
        elif not self._push.response_complete:
            self._push.add(body)

    def on_message_complete(self) -> None:
        self._complete = self._ended = True
        if self._refused:
            return
        if self._push is None:
            super().on_message_complete()
        elif not self._push.response_complete:
            self._push.start()

    def _receiver(self) -> Receiver | None:
        """What takes this request without ASGI, if it is a push and nothing is odd about it."""
        if not isinstance(self.app, Site):
            return None
        if self._by_asgi or self.parser.get_method() != b"POST" or b"#" in self.url:
            return None
        if self.flow.write_paused:  # the answers before it have not gone out yet
            return None
        return self.app.receiver_at(self.url.partition(b"?")[0].decode("latin-1"))

    def _begin_push(self, receiver: Receiver) -> None:
        parser = self.parser
        keep_alive = (
            not self._leaves and parser.get_http_version() != "1.0" and parser.should_keep_alive()
        )
        cycle = PushCycle(self, receiver, self.loop.time(), keep_alive)
        self.cycle = cycle
        self._link = self._push = cycle
        self._links.append(cycle)
        try:
            query = self.url.partition(b"?")[2]
            admitted = receiver.admit(Request("POST", query, self.headers))
        except Refused as refused:
            cycle.refuse(refused)
            return
        cycle.admitted = admitted
        # Only now, with a good signature: anyone can open a connection.
        if self._is_strange:
            self._know()

    def _begin_asgi(self) -> None:
        """Have uvicorn begin the request that it has heard nothing of so far."""
        url, headers = self.url, self.headers
        super().on_message_begin()
        self.url = url
        for name, value in headers:
            super().on_header(name, value)
        self._link = Link(self.loop.time(), self._abort)
        self._links.append(self._link)
        self.scope["extensions"] = {"yizhan": {"link": self._link}}
        super().on_headers_complete()
        if self._leaves:
            self.cycle.keep_alive = False
        site = self.app
        self._keeps_body = not isinstance(site, Site) or site.keeps_body(cast("Scope", self.scope))
        if self._keeps_body:
            self._know()

    def _know(self) -> None:
        """Somebody with a good signature is at the other end."""
        self._is_strange = False
        self.strangers.discard(self)

    def _await_next(self) -> None:
        """Wait for the next request, though the end of this one came after its response."""
        if self.timeout_keep_alive_task is None:
            self.timeout_keep_alive_task = self.loop.call_later(
                self.timeout_keep_alive, self.timeout_keep_alive_handler
            )

    def _forget(self) -> None:
        """Keep nothing of what was sent until the socket has ended."""
        self.url = b""
        self.headers = []
        self.parser = None  # type: ignore[assignment]  # as uvicorn does at the end

    @property
    def _before_head(self) -> bool:
        """Whether a head is awaited: blank lines after a request count, as part of the next."""
        return self._link is None or self._complete

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP; uvicorn's own `msg` is in English only."""
        detail = "TLS" if self._latest.startswith(TLS) else "head" if self._before_head else "body"
        self._refused = True
        self._disarm()
        log_refusal(self.log, Refused("http", detail))
        self._count("http")
        if self._push is None or not self._push.response_complete:
            self.transport.write(NO_HTTP + REST)
        self.transport.close()

    def _unsupported_upgrade_warning(self) -> None:
        """Log nothing: uvicorn would advise to install a library."""

    def _abort(self) -> None:
        self.cycle.disconnected = True  # so that uvicorn misses no response
        self.transport.abort()

    def _slow(self) -> None:
        self._timer = None
        if not self.transport.is_closing():
            self._refuse("slow_client", "head", TOO_SLOW)

    def _refuse(self, reason: Reason, detail: str, status: bytes) -> None:
        if self._refused:
            return
        self._refused = True
        self._disarm()
        if self._before_head:  # later the application knows, and logs
            log_refusal(self.log, Refused(reason, detail))
            self._count(reason)
            self.transport.write(status + REST)
        self.transport.close()

    def _count(self, reason: Reason) -> None:
        if isinstance(self.app, Site):
            self.app.count(reason)

    def _disarm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def _without_invalid(record: logging.LogRecord) -> bool:
    """Drop uvicorn's line about an invalid request: we log our own, and anyone can cause it."""
    return record.msg != "Invalid HTTP request received."


def _without_upgrade(data: bytes) -> bytes:
    """A head that asks for no other protocol: the parser would take its body for one.

    A server may ignore `Upgrade`. The header stays, under a name that means nothing.
    """
    head, blank, rest = data.partition(b"\r\n\r\n")
    return UPGRADE.sub(b"\r\nX-Upgrade", head) + blank + rest
