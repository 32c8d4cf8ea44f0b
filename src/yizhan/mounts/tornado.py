"""Tornado."""

import asyncio
import re
import signal
from typing import TYPE_CHECKING

from tornado.iostream import StreamClosedError
from tornado.web import Application, RequestHandler

if TYPE_CHECKING:
    from yizhan.account import Account
    from yizhan.server.response import Response


def mount(app: Application, account: "Account", path: str = "") -> None:
    """Serve the account at that path, else at that of its settings.

    Start and stop it with `serve`, or with `account.lifespan()` around what keeps the loop
    running.
    """
    place = re.escape(path or account.settings.path)
    app.add_handlers(".*", [(place, _Wechat, {"account": account})])


async def serve(app: Application, account: "Account", *, port: int, host: str = "") -> None:
    """Serve the application until SIGTERM; the account stops while it still listens."""
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    async with account.lifespan():
        app.listen(port, host)
        await stopping.wait()


class _Wechat(RequestHandler):
    def initialize(self, account: "Account") -> None:
        self.account = account
        self.answering: asyncio.Task[Response] | None = None

    async def get(self) -> None:
        request = self.request
        asked = self.account.receive(
            request.method or "",
            self.account.settings.path,
            request.query,
            request.headers.get_all(),
            request.body,
        )
        self.answering = asyncio.ensure_future(asked)
        answer = await self.answering
        self.set_status(answer.status)
        for name, value in answer.headers:
            self.set_header(name.decode(), value.decode())
        try:
            await self.finish(answer.body)
        except StreamClosedError:
            answer.lost()
        else:
            answer.written()

    post = get

    def on_connection_close(self) -> None:
        """WeChat has hung up."""
        if self.answering is not None:
            self.answering.cancel()

    def check_xsrf_cookie(self) -> None:
        """WeChat has no cookies; it signs."""

    def compute_etag(self) -> None:
        """No answer is the same as another."""
