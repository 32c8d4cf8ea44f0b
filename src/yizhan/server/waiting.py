"""A push whose response an application awaits, wherever the engine lives."""

import asyncio
from collections.abc import Callable
from contextvars import Context
from functools import partial
from typing import TYPE_CHECKING, Protocol

from yizhan import sent
from yizhan.inbox import ladder
from yizhan.inbox.push import Connection
from yizhan.loops import Loop, soon_in
from yizhan.server.checks import BUSY
from yizhan.server.response import Response

if TYPE_CHECKING:
    from yizhan.account import Account
    from yizhan.server.receiver import Admitted, Receiver

LAST_WORDS = 1.0  # seconds for the response of a push that its server has ended


class Awaited(Connection, Protocol):
    """A connection whose server may cancel what it awaits."""

    def cancelled(self, now: float) -> bool:
        """It did: whether it would still write a response; else WeChat has hung up."""
        ...


async def taken(
    receiver: "Receiver", admitted: "Admitted", body: bytes, connection: Awaited
) -> Response:
    """What an admitted push is answered with."""
    loop = await _elsewhere(receiver.account)
    watched = Watched(connection, loop)
    if loop is None:
        future: asyncio.Future[Response] = asyncio.get_running_loop().create_future()
        _take(receiver, admitted, body, watched, future)
    else:
        connection.watch(watched.tell)
        there = _taken_there(receiver, admitted, body, watched, loop)
        future = asyncio.wrap_future(asyncio.run_coroutine_threadsafe(there, loop))
    try:
        return await asyncio.shield(future)
    except asyncio.CancelledError:
        now = receiver.account.clock.monotonic()
        if not ladder.cut(now, connection.arrived) and connection.cancelled(now):
            return await _last(future, watched)
        _leave(future, watched)
        raise


def _take(
    receiver: "Receiver",
    admitted: "Admitted",
    body: bytes,
    watched: "Watched",
    future: "asyncio.Future[Response]",
) -> None:
    """Hand the push on, in a context of its own.

    A message outlives the request that brought it. What a host notes of a request, query and
    all, would else stand with every error of the message that it reports.
    """
    context = Context()
    if (push := sent.PUSH.get()) is not None:  # the simulator delivers it, in this process
        context.run(sent.PUSH.set, push)
    context.run(receiver.take, admitted, body, watched, future.set_result)


async def _elsewhere(account: "Account") -> Loop | None:
    """The loop in which the engine lives, if that is not the one that runs here."""
    inbox = account.inbox
    if inbox is None or inbox.loop is asyncio.get_running_loop():
        return None
    if inbox.loop.is_running():
        return inbox.loop
    await account.start()  # that one has ended, and the engine with it
    return None


async def _last(future: "asyncio.Future[Response]", watched: "Watched") -> Response:
    """The response that a server which stops still writes."""
    try:
        async with asyncio.timeout(LAST_WORDS):
            return await asyncio.shield(future)
    except TimeoutError:
        _leave(future, watched)
        return Response(BUSY)
    except asyncio.CancelledError:
        _leave(future, watched)
        raise


def _leave(future: "asyncio.Future[Response]", watched: "Watched") -> None:
    """Nobody waits any more."""
    future.add_done_callback(_lose)
    watched.hang_up()


def _lose(done: "asyncio.Future[Response]") -> None:
    if not done.cancelled() and done.exception() is None:
        done.result().lost()


async def _taken_there(
    receiver: "Receiver", admitted: "Admitted", body: bytes, watched: "Watched", loop: Loop
) -> Response:
    """The same in the engine's loop; it is told there, too, how writing it went."""
    future: asyncio.Future[Response] = loop.create_future()
    _take(receiver, admitted, body, watched, future)
    response = await future
    response.told_by = partial(soon_in, loop)
    return response


class Watched:
    """A connection of which its application's cancellation may tell the end, too.

    `loop` is the engine's, if that is another than the connection's.
    """

    def __init__(self, connection: Connection, loop: Loop | None) -> None:
        self.arrived = connection.arrived
        self._connection = connection
        self._loop = loop
        self._gone = False
        self._changed: Callable[[], None] | None = None

    @property
    def closed(self) -> bool:
        return self._gone or self._connection.closed

    @property
    def ends(self) -> float | None:
        return self._connection.ends

    def watch(self, changed: Callable[[], None]) -> None:
        """Call this when WeChat has hung up, or the server waits no longer."""
        self._changed = changed
        if self._loop is None:
            self._connection.watch(changed)

    def hang_up(self) -> None:
        """Nobody waits any more."""
        self._gone = True
        self.tell()

    def tell(self) -> None:
        """Let the engine look at this connection."""
        if self._loop is None:
            self._look()
        else:
            soon_in(self._loop, self._look)

    def _look(self) -> None:
        if self._changed is not None:
            self._changed()
