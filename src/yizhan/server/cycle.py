"""One push under `yizhan run`, from its head to its response, without ASGI in between."""

from collections.abc import Callable
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING

from yizhan.errors import Refused
from yizhan.phrases import say
from yizhan.server.checks import CLOSE, Header, HttpReply
from yizhan.server.receiver import Admitted, Receiver
from yizhan.server.response import Response

if TYPE_CHECKING:
    from yizhan.server.protocol import Protocol

FAILED = HttpReply(500, b"failed", (CLOSE,))


class _Unheard:
    """The event that would wake an application: nobody waits for it."""

    def set(self) -> None:
        pass


class PushCycle:
    """Stands where uvicorn has its cycle of request and response, and has what it looks at.

    It is WeChat's end of the push for the engine, too: `arrived`, `closed` and `watch`. Its body
    is taken once it is `admitted`.
    """

    __slots__ = (
        "_hung_up",
        "_pieces",
        "_protocol",
        "_receiver",
        "admitted",
        "arrived",
        "body",
        "closed",
        "disconnected",
        "keep_alive",
        "response_complete",
    )

    ends: float | None = None  # the supervisor's signal stops the engine first
    message_event = _Unheard()

    def __init__(
        self, protocol: "Protocol", receiver: Receiver, arrived: float, keep_alive: bool
    ) -> None:
        self._protocol = protocol
        self._receiver = receiver
        self.admitted: Admitted | None = None
        self._hung_up: Callable[[], None] | None = None
        self._pieces: bytearray | None = None
        self.arrived = arrived
        self.body = b""
        self.closed = False
        self.disconnected = False
        self.keep_alive = keep_alive
        self.response_complete = False

    def watch(self, changed: Callable[[], None]) -> None:
        """Call this when WeChat hangs up."""
        self._hung_up = changed

    def end(self) -> None:
        """The socket has ended."""
        self.closed = True
        if self.response_complete:
            return
        if self._hung_up is not None:
            self._hung_up()
        elif self.admitted is not None:  # it has not come to its end
            self._receiver.refuse(Refused("slow_client", "body"), "POST")

    def add(self, piece: bytes) -> None:
        """Take a piece of the body, or refuse what is too much."""
        if self._pieces is not None:
            self._pieces += piece
        elif self.body:
            self._pieces = bytearray(self.body)
            self._pieces += piece
        else:
            self.body = piece
        most = self._receiver.max_body
        if len(self._pieces or self.body) > most:
            self.refuse(Refused("too_large", f"> {most}"))

    def refuse(self, refused: Refused) -> None:
        """Answer what is not let in; the rest of its body is passed over."""
        self.admitted = self._pieces = None
        self.body = b""
        self.write(self._receiver.refuse(refused, "POST"))

    def start(self) -> None:
        """All of it is here: have it answered."""
        assert self.admitted is not None  # noqa: S101  # a refused one is complete
        body = self.body if self._pieces is None else bytes(self._pieces)
        admitted, self.admitted = self.admitted, None
        self.body, self._pieces = b"", None
        try:
            self._receiver.take(admitted, body, self, self._respond)
        except Exception:
            self._protocol.logger.exception("%s", say("server.push_failed"))
            self.write(Response(FAILED))

    def _respond(self, response: Response) -> None:
        if response.close:
            self._abort()
            response.settle(written=True)  # there was nothing to write
            return
        self.write(response)
        response.settle(written=not self.closed)

    def write(self, response: Response) -> None:
        """Send the response, unless one was sent or the connection has ended."""
        if self.closed or self.response_complete:
            return
        keep_alive = self.keep_alive and CLOSE not in response.headers
        self._protocol.write_whole(
            _head(response.status, response.headers, keep_alive) % len(response.body)
            + response.body
        )
        self.response_complete = True
        if not keep_alive:
            self._protocol.finish()
        self._protocol.on_response_complete()

    def _abort(self) -> None:
        if not self.response_complete:
            self.disconnected = self.response_complete = True
            self._protocol.transport.abort()


@lru_cache(maxsize=64)
def _head(status: int, headers: tuple[Header, ...], keep_alive: bool) -> bytes:
    """A response's head, with a place for the length of its body."""
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}".encode()]
    lines += [name + b": " + value for name, value in headers]
    if not keep_alive and CLOSE not in headers:
        lines.append(b": ".join(CLOSE))
    return b"\r\n".join(lines).replace(b"%", b"%%") + b"\r\ncontent-length: %d\r\n\r\n"
