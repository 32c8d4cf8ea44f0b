"""Sanic."""

import re
from typing import TYPE_CHECKING, Any

from sanic import Request, Sanic
from sanic.exceptions import SanicException

if TYPE_CHECKING:
    from yizhan.account import Account


def mount(app: "Sanic[Any, Any]", account: "Account", path: str = "") -> None:
    """Serve the account at that path, else at that of its settings, from start to stop."""

    async def wechat(request: Request) -> None:
        async def body() -> bytes:
            await request.receive_body()
            return request.body

        answer = await account.receive(
            request.method,
            account.settings.path,
            request.query_string,
            request.headers.items(),
            body,
        )
        headers = {name.decode(): value.decode() for name, value in answer.headers}
        try:
            response = await request.respond(status=answer.status, headers=headers)
            await response.send(answer.body, end_stream=True)
        except (SanicException, ConnectionError):
            answer.lost()
        else:
            answer.written()

    async def begin(host: object) -> None:
        await account.asgi.hosted.begin()

    async def end(host: object) -> None:
        await account.asgi.hosted.stop()

    place = path or account.settings.path
    name = re.sub(r"\W", "_", f"wechat_{place}")  # of several accounts, or of one at several paths
    app.add_route(wechat, place, methods=["GET", "POST"], name=name, stream=True)
    app.before_server_start(begin)
    app.before_server_stop(end)
