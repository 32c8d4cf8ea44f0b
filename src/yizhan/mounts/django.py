"""Django, by ASGI and WSGI: an entry of `urlpatterns`, and a command for `manage.py`."""

import os
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandParser
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt

from yizhan.errors import Refused
from yizhan.server.receiver import Request, bytes_of
from yizhan.server.wsgi import read_body

if TYPE_CHECKING:
    from yizhan.account import Account
    from yizhan.server.response import Response


def mount(account: "Account", place: str = "") -> URLPattern:
    """An entry of `urlpatterns` for that path, else for that of the account's settings.

    The engine lives in a thread of its own, since Django may have a loop for each request. It
    starts with the first request, or with `account.serve_here()` in the hook of the server's
    workers; never with `manage.py`.
    """

    @csrf_exempt
    async def wechat(request: HttpRequest) -> HttpResponse:
        headers = [(bytes_of(n).lower(), bytes_of(v)) for n, v in request.headers.items()]
        query = bytes_of(request.META.get("QUERY_STRING", ""))
        asked = Request(request.method or "", query, headers)
        return TrackedResponse(
            await account.asgi.home.receive(asked, _body(request, asked, account))
        )

    return path((place or account.settings.path).removeprefix("/"), wechat)


def _body(request: HttpRequest, asked: Request, account: "Account") -> bytes:
    """The body; one in chunks has no length, and for Django under WSGI no content either."""
    try:
        account.asgi.receiver.admit(asked)
    except Refused:  # and again, with its reason in the log, where it is answered
        return b""
    environ = getattr(request, "environ", {})
    if environ.get("wsgi.input_terminated") and not environ.get("CONTENT_LENGTH"):
        return read_body(environ, account.settings.max_body)
    return bytes(request.body)


class TrackedResponse(HttpResponse):
    """The account's answer; it is told when Django has sent it."""

    def __init__(self, answer: "Response") -> None:
        super().__init__(answer.body, status=answer.status)
        for name, value in answer.headers:
            self[name.decode()] = value.decode()
        del self["connection"]
        self._answer = answer

    def close(self) -> None:
        """It has gone out."""
        super().close()
        self._answer.written()


class Command(BaseCommand):
    """Serves the accounts that `target` names by Yizhan's own server, with Django set up.

    Make it a command of your project: a module in `management/commands` with a subclass named
    `Command` whose `target` is `module:attribute`.
    """

    help = "Serve the bot with Yizhan's own server"
    target = "bot:account"

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to listen."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8080)

    def handle(self, *_: Any, **options: Any) -> None:
        """Serve until told to stop."""
        from yizhan.server.serve import Bot, bind, run

        listener = bind(options["host"], options["port"])
        raise SystemExit(run(Bot(self.target, os.getcwd()), listener))
