"""Flask: an application or a blueprint."""

from typing import TYPE_CHECKING

from flask import Blueprint, Flask, request
from werkzeug.wrappers import Response

from yizhan.server.wsgi import chosen

if TYPE_CHECKING:
    from yizhan.account import Account


def mount(app: Flask | Blueprint, account: "Account", path: str = "") -> None:
    """Serve the account at that path, else at that of its settings.

    The engine starts with the first request, or with `account.serve_here()` in the hook of
    the server's workers.
    """

    def wechat() -> Response:
        return Response.from_app(account.wsgi, chosen(request.environ))

    place = path or account.settings.path
    name = f"wechat {place}".replace(".", "_")  # of several accounts, or of one at several paths
    app.add_url_rule(place, name, wechat, methods=["GET", "POST"])
