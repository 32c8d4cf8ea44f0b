"""ASGI's lifespan: what starts with a server and stops with it."""

from collections.abc import Awaitable, Callable

from yizhan.errors import YizhanError
from yizhan.server.connection import Receive, Send


async def lifespan(
    start: Callable[[], Awaitable[object]],
    stop: Callable[[], Awaitable[object]],
    receive: Receive,
    send: Send,
) -> None:
    """Start when the server says so, and stop when it ends; a failed start is told it."""
    while True:
        event = await receive()
        if event["type"] == "lifespan.startup":
            try:
                await start()
            except YizhanError as error:
                await send({"type": "lifespan.startup.failed", "message": str(error)})
                return
            await send({"type": "lifespan.startup.complete"})
        else:
            await stop()
            await send({"type": "lifespan.shutdown.complete"})
            return
