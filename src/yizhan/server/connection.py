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
        self.ends: float | None = None
        self._receive = receive
        self._changed: Callable[[], None] | None = None
        self._watcher: asyncio.Task[None] | None = None

    def watch(self, changed: Callable[[], None]) -> None:
        """Call this when WeChat has hung up, or the server waits no longer."""
        self._changed = changed
        if self._watcher is None:
            self._watcher = asyncio.create_task(self._watch())

    def cancelled(self, now: float) -> bool:
        """The server ends what it has begun: whether it would still write a response."""
        if not self.closed:
            self.ends = now
            self._tell()
        return not self.closed

    def abort(self) -> bool:
        """Whether the socket could be closed without an answer: not under a foreign server."""
        return False

    def done(self) -> None:
        """The response is out: stop watching."""
        if self._watcher is not None:
            self._watcher.cancel()

    async def _watch(self) -> None:
        """Wait for the end; a server that says anything else says nothing of it at all.

        Some answer at once, each time: to ask again would keep the loop busy for ever.
        """
        if (await self._receive()).get("type") == "http.disconnect":
            self.closed = True
            self._tell()

    def _tell(self) -> None:
        if self._changed is not None:
            self._changed()


class LinkedConnection:
    """A connection under `yizhan run`: told by the protocol itself, at no cost."""

    ends: float | None = None

    def __init__(self, link: Link) -> None:
        self.arrived = link.arrived
        self._link = link

    @property
    def closed(self) -> bool:
        return self._link.closed

    def watch(self, changed: Callable[[], None]) -> None:
        """Call this when WeChat hangs up."""
        self._link.on_close = changed

    def cancelled(self, now: float) -> bool:
        """The server ends what it has begun: the socket ends with it."""
        return False

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
    ends: float | None = None

    def __init__(self, arrived: float) -> None:
        self.arrived = arrived

    def watch(self, changed: Callable[[], None]) -> None:
        """Nothing is called: the cancellation tells."""

    def cancelled(self, now: float) -> bool:
        """WeChat has hung up."""
        return False


Connection = HostConnection | LinkedConnection


def connection_of(scope: Scope, receive: Receive, now: float) -> Connection:
    """The connection of this request; its arrival is now where the server does not tell."""
    link = link_of(scope)
    return HostConnection(receive, now) if link is None else LinkedConnection(link)


def link_of(scope: Scope) -> Link | None:
    """The connection as `yizhan run` knows it; None under any other server."""
    link: Link | None = (scope.get("extensions") or {}).get("yizhan", {}).get("link")
    return link
