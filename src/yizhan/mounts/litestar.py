"""Litestar."""

from typing import TYPE_CHECKING

from litestar import Litestar, asgi
from litestar.types import Receive, Scope, Send

if TYPE_CHECKING:
    from yizhan.account import Account


def mount(app: Litestar, account: "Account", path: str = "") -> None:
    """Serve the account at that path, else at that of its settings, from start to stop."""

    @asgi(path or account.settings.path)
    async def wechat(scope: Scope, receive: Receive, send: Send) -> None:
        await account.asgi({**scope, "path_params": {}}, receive, send)

    app.register(wechat)
    app.on_startup.append(account.asgi.hosted.begin)
    app.on_shutdown.append(account.asgi.hosted.stop)
