"""What one request is answered with, and how writing it went."""

import asyncio
from collections.abc import Callable

from yizhan.server.checks import Header, HttpReply

TOLD_WITHIN = 1.0  # seconds that a host has to tell; then the response counts as written

Settle = Callable[[bool], None]


class Response:
    """The answer to one request: write it, then call `written` or `lost`.

    With `close` nothing is to be answered: close the connection, or where that cannot be
    done send what stands here, a 503. Whoever tells neither within a second has written it.
    """

    __slots__ = ("_settle", "_timer", "body", "close", "headers", "status", "told_by")

    def __init__(self, reply: HttpReply, close: bool = False, settle: Settle | None = None) -> None:
        self.status: int = reply.status
        self.headers: tuple[Header, ...] = reply.headers
        self.body: bytes = reply.body
        self.close = close
        self.told_by: Callable[[Settle, bool], None] | None = None  # if not from here
        self._settle = settle
        self._timer: asyncio.TimerHandle | None = None

    def __repr__(self) -> str:
        return f"Response(status={self.status}, close={self.close})"

    def written(self) -> None:
        """It went to an open connection: what it carried is delivered. May be said twice."""
        self.settle(True)

    def lost(self) -> None:
        """The connection had ended: what it carried is left for WeChat's next push."""
        self.settle(False)

    def settle(self, written: bool) -> None:
        """Tell how it went."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        settle, self._settle = self._settle, None
        if settle is None:
            return
        if self.told_by is None:
            settle(written)
        else:
            self.told_by(settle, written)

    def expire(self) -> "Response":
        """Count it as written unless its host tells in time."""
        if self._settle is not None:
            self._timer = asyncio.get_running_loop().call_later(TOLD_WITHIN, self.written)
        return self
