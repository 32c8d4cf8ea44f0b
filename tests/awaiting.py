"""A push of the engine's, awaited; cancelled means that WeChat has hung up."""

import asyncio
from typing import Protocol

from yizhan.inbox.engine import Engine
from yizhan.inbox.push import Accepted, Connection, Response


class Line(Connection, Protocol):
    """A connection that a test may end."""

    def hang_up(self) -> None: ...


async def answer(engine: Engine, accepted: Accepted, line: Line) -> Response:
    """What its connection gets. Raises what the push is refused with."""
    future: asyncio.Future[Response] = asyncio.get_running_loop().create_future()

    def told(result: Response | Exception) -> None:
        if future.cancelled():
            if isinstance(result, Response) and not result.close:
                engine.lost(result)
        elif isinstance(result, Response):
            future.set_result(result)
        else:
            future.set_exception(result)

    engine.push(accepted, line, told)
    try:
        return await future
    except asyncio.CancelledError:
        if not future.cancelled() and future.exception() is None:
            engine.lost(future.result())  # it came at the same moment
        line.hang_up()
        raise
