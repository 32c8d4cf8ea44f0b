"""ASGI's lifespan: what starts with a server and stops with it."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TYPE_CHECKING

from yizhan.errors import YizhanError
from yizhan.server.connection import Receive, Send

if TYPE_CHECKING:
    from yizhan.account import Account


async def lifespan(
    start: Callable[[], Awaitable[object]],
    stop: Callable[[], Awaitable[object]],
    receive: Receive,
    send: Send,
) -> None:
    """Start when the server says so, and stop when it ends; a failed start is told it."""
    await receive()  # there is one event at each end, and nothing else that it could be
    try:
        await start()
    except YizhanError as error:
        await send({"type": "lifespan.startup.failed", "message": str(error)})
        return
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await stop()
    await send({"type": "lifespan.shutdown.complete"})


async def start_all(accounts: "Iterable[Account]") -> None:
    """Start every account; if one cannot, stop those that did."""
    started: list[Account] = []
    try:
        for account in tuple(accounts):
            await account.start()
            started.append(account)
    except YizhanError:
        await stop_all(started)
        raise


async def stop_all(accounts: "Iterable[Account]") -> None:
    """Stop every account, all at once, so that their graces do not add up."""
    await asyncio.gather(*(account.stop() for account in accounts))
