"""Several accounts in one server: a path each, nothing shared between them."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from yizhan.errors import Reason, Refused
from yizhan.metrics import series
from yizhan.server.asgi import local, respond
from yizhan.server.checks import HttpReply, answer_to
from yizhan.server.cloudrun import check_store
from yizhan.server.component import ComponentAsgi
from yizhan.server.connection import Receive, Scope, Send
from yizhan.server.distinct import check_distinct
from yizhan.server.lifespan import lifespan, start_all, stop_all
from yizhan.server.log import Line, log_refusal
from yizhan.server.metrics import Metrics
from yizhan.server.path import nothing_at
from yizhan.server.receiver import Receiver, Request

if TYPE_CHECKING:
    from yizhan.account import Account


class Site:
    """An ASGI application that gives each path to its account."""

    def __init__(self, accounts: "Sequence[Account]") -> None:
        check_distinct(accounts)
        for account in accounts:
            check_store(account)
        self.accounts = tuple(accounts)
        self.by_path = {account.settings.path: account.asgi for account in accounts}
        self.files = {
            path: file for app in self.by_path.values() for path, file in app.files.items()
        }
        components = {account.component for account in accounts}
        self.platforms = {each.path: ComponentAsgi(each) for each in components if each}
        self.log = Line("-")
        self.metrics = Metrics(self.accounts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await lifespan(self.start, self.stop, receive, send)
        elif scope["type"] == "http":
            path = scope["path"]
            app = self.by_path.get(path) or self.platforms.get(path)
            await (app(scope, receive, send) if app else self._beside(scope, send))

    def receiver_at(self, path: str) -> Receiver | None:
        """What takes the pushes at that path without ASGI; None if they go through `__call__`."""
        app = self.by_path.get(path)
        return None if app is None else app.receiver

    def keeps_body(self, scope: Scope) -> bool:
        """Whether the body of this request may be kept: it will be read, and its query is good."""
        path, query = scope["path"], scope["query_string"]
        if scope["method"] != "POST":
            return False
        try:
            if (app := self.by_path.get(path)) is not None:
                app.receiver.admit(Request(scope["method"], query, scope["headers"]))
            elif (platform := self.platforms.get(path)) is not None:
                platform.component.authenticate(query)
            else:
                return False
        except Refused:  # it is refused for the same reason where it is answered
            return False
        return True

    def count(self, reason: Reason) -> None:
        """Count a request that was refused, of which nobody knows whose it is."""
        for account in self.accounts[:1]:
            account.meter.count(series.STRANGE, reason)

    async def start(self) -> None:
        """Start every account, or none."""
        await start_all(self.accounts)

    async def stop(self) -> None:
        """Stop every account."""
        await stop_all(self.accounts)
        await asyncio.gather(*(platform.stop() for platform in self.platforms.values()))

    async def _beside(self, scope: Scope, send: Send) -> None:
        path = scope["path"]
        if path == "/healthz":
            await respond(send, HttpReply(200, b"ok"))
        elif (file := self.files.get(path)) is not None:
            await respond(send, file)
        elif path == "/metrics" and (self._open or local(scope)):
            await respond(send, await self.metrics.reply())
        else:
            refused = nothing_at(path, [*self.by_path, *self.platforms])
            log_refusal(self.log, refused, scope["method"])
            self.count(refused.reason)
            await respond(send, answer_to(refused))

    @property
    def _open(self) -> bool:
        return all(account.settings.metrics_open for account in self.accounts)
