"""WeChat's end of one push, as the engine sees it."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Protocol

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class Link(Protocol):
    """What `yizhan run` hands to the application: arrival time and the end of the socket."""

    arrived: float
    closed: bool
    on_close: Callable[[], None] | None
    abort: Callable[[], None]


class HostConnection:
    """A connection under any ASGI server: the end is read from its `receive`."""

    def __init__(self, receive: Receive, arrived: float) -> None:
        self.arrived = arrived
        self.closed = False
        self._receive = receive
        self._hung_up: Callable[[], None] | None = None
        self._watcher: asyncio.Task[None] | None = None

    def watch(self, hung_up: Callable[[], None]) -> None:
        """Call this when WeChat hangs up."""
        self._hung_up = hung_up
        if self._watcher is None:
            self._watcher = asyncio.create_task(self._watch())

    def abort(self) -> bool:
        """Whether the socket could be closed without an answer: not under a foreign server."""
        return False

    def done(self) -> None:
        """The response is out: stop watching."""
        if self._watcher is not None:
            self._watcher.cancel()

    async def _watch(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self.closed = True
        if self._hung_up is not None:
            self._hung_up()


class LinkedConnection:
    """A connection under `yizhan run`: told by the protocol itself, at no cost."""

    def __init__(self, link: Link) -> None:
        self.arrived = link.arrived
        self._link = link

    @property
    def closed(self) -> bool:
        return self._link.closed

    def watch(self, hung_up: Callable[[], None]) -> None:
        """Call this when WeChat hangs up."""
        self._link.on_close = hung_up

    def abort(self) -> bool:
        """Close the socket without an answer."""
        self._link.abort()
        return True

    def done(self) -> None:
        """The response is out: stop watching."""
        self._link.on_close = None


class AwaitedConnection:
    """A connection of a host that cancels what it awaits when WeChat hangs up."""

    closed = False

    def __init__(self, arrived: float) -> None:
        self.arrived = arrived

    def watch(self, hung_up: Callable[[], None]) -> None:
        """Nothing is called: the cancellation tells."""


Connection = HostConnection | LinkedConnection


def connection_of(scope: Scope, receive: Receive, now: float) -> Connection:
    """The connection of this request; its arrival is now where the server does not tell."""
    link: Link | None = scope.get("extensions", {}).get("yizhan", {}).get("link")
    return HostConnection(receive, now) if link is None else LinkedConnection(link)
