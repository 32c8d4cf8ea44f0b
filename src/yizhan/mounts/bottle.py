"""Bottle."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bottle import Bottle, request, response

from yizhan.server.wsgi import chosen

if TYPE_CHECKING:
    from yizhan.account import Account


def mount(app: Bottle, account: "Account", path: str = "") -> None:
    """Serve the account at that path, else at that of its settings.

    The engine starts with the first request, or with `account.serve_here()` in the process
    that serves.
    """

    def start(status: str, headers: list[tuple[str, str]]) -> None:
        response.status = status
        for name, value in headers:
            response.set_header(name, value)

    def wechat() -> Iterable[bytes]:
        return account.wsgi(chosen(request.environ), start)

    app.route(path or account.settings.path, ["GET", "POST"], wechat)
