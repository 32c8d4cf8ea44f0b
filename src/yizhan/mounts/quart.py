"""Quart."""

from typing import TYPE_CHECKING, Any

from quart import Quart

if TYPE_CHECKING:
    from yizhan.account import Account


def mount(app: Quart, account: "Account", path: str = "") -> None:
    """Serve the account at that path, else at that of its settings, from start to stop."""
    place = path or account.settings.path
    theirs = app.asgi_app

    async def asgi_app(scope: Any, receive: Any, send: Any) -> None:
        root = scope.get("root_path", "")
        if scope["type"] == "http" and scope["path"].removeprefix(root) == place:
            await account.asgi({**scope, "path_params": {}}, receive, send)
        else:
            await theirs(scope, receive, send)

    app.asgi_app = asgi_app
    app.before_serving(account.asgi.hosted.begin)
    app.after_serving(account.asgi.hosted.stop)
