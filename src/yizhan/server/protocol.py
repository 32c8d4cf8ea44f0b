"""Uvicorn's HTTP protocol with the limits that uvicorn lacks, and news of the socket's end.

Verified of uvicorn 0.54: a half-sent head is kept open, a head of any size accepted.
"""

import asyncio
import logging
import re
from collections.abc import Callable

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from yizhan.errors import Reason, Refused
from yizhan.server.gathering import Gathering
from yizhan.server.log import Line, log_refusal

HEAD_SECONDS = 5.0
BODY_SECONDS = 5.0
MAX_HEAD = 16 * 1024
MAX_TARGET = 4 * 1024
MAX_PIECES = 4096  # of a body: each is work, however few bytes it brings

TLS = b"\x16\x03"  # how its first record begins
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

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.logger.addFilter(_without_invalid)  # once: a logger knows its filters
        super().connection_made(Gathering(transport, self.loop))  # type: ignore[arg-type]  # uvicorn names the narrower class
        self._head = 0
        self._complete = False
        self._ended = False
        self._refused = False
        self._link: Link | None = None
        self._timer: asyncio.TimerHandle | None = self.loop.call_later(HEAD_SECONDS, self._slow)

    def connection_lost(self, exc: Exception | None) -> None:
        self._disarm()
        if self._link is not None:
            self._link.end()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._refused:
            return
        self._ended = False
        self._latest = data
        if self._before_head and (b"pgrade" in data or b"PGRADE" in data):
            data = _without_upgrade(data)
        super().data_received(data)
        if self.transport.is_closing():
            return
        if self._complete and not self.cycle.response_complete:
            self._disarm()
            return
        if self._before_head and not self._ended:  # else most of it was the body before
            self._head += len(data)
            if self._head > MAX_HEAD:
                self._refuse("too_large", "head", HEAD_TOO_LARGE)
                return
        if self._timer is None:
            seconds = HEAD_SECONDS if self._before_head else BODY_SECONDS
            self._timer = self.loop.call_later(seconds, self._slow)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._link = None
        self._complete = False
        self._size = 0
        self._pieces = 0

    def on_url(self, url: bytes) -> None:
        super().on_url(url)
        if len(self.url) > MAX_TARGET:
            self._refuse("too_large", "target", HEAD_TOO_LARGE)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._size += len(name) + len(value) + 4
        if self._size > MAX_HEAD:
            self._refuse("too_large", "head", HEAD_TOO_LARGE)
            return
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        if self._refused:
            return
        self._link = Link(self.loop.time(), self._abort)
        self.scope["extensions"] = {"yizhan": {"link": self._link}}
        self._head = 0
        self._disarm()  # the body has a timer of its own
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        if self._refused:
            return
        self._pieces += 1
        if self._pieces > MAX_PIECES:
            self._refuse("too_large", "pieces", HEAD_TOO_LARGE)
            return
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._complete = self._ended = True
        if not self._refused:
            super().on_message_complete()

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
            self.transport.write(status + REST)
        self.transport.close()

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
