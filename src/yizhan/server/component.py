"""A third-party platform's own route: its events, and the messages to the accounts it acts for."""

import asyncio
import re
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from yizhan.errors import APIError, Refused, SettingsError, StoreError, Unreachable, Unsent
from yizhan.server import checks
from yizhan.server.asgi import read_body, respond
from yizhan.server.checks import HttpReply
from yizhan.server.connection import Receive, Scope, Send
from yizhan.server.distinct import check_distinct
from yizhan.server.lifespan import lifespan, start_all, stop_all
from yizhan.server.log import Line, log_refusal
from yizhan.server.path import nothing_at
from yizhan.wire import Push

if TYPE_CHECKING:
    from yizhan.account import Account
    from yizhan.api.component import Component, ComponentEvent

MOST = 65_536  # bytes of an event
APPID = re.compile(r"wx[0-9a-f]{16}")


class ComponentAsgi:
    """Serves what a platform's console asks for; mount it at a path of its own.

    The path itself is the 授权事件接收URL: its pushes carry `<AppId>` and no `ToUserName`.
    Below it, `…/$APPID$` is the 消息与事件接收URL: a push there goes to the account of that
    AppID. Both are encrypted with the platform's own key. What cannot be done now is refused
    as busy, so that it comes again.

    `accounts` are those known beforehand; `make` gives the account of an AppID that
    authorises the platform later on, or has done so before this process began.
    """

    def __init__(
        self,
        component: "Component",
        accounts: "Sequence[Account]" = (),
        *,
        make: "Callable[[str], Account] | None" = None,
    ) -> None:
        self.component = component
        self._known = tuple(accounts)
        self._make = make
        self._leaving: set[asyncio.Task[None]] = set()
        self.log = Line(component.appid)

    @cached_property
    def accounts(self) -> "dict[str, Account]":
        """The accounts by their AppID."""
        check_distinct(self._known)
        return {account.settings.appid: account for account in self._known}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or begin and end with the server."""
        if scope["type"] == "lifespan":
            await lifespan(self.start, self.stop, receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)

    async def start(self) -> None:
        """Start the account of everyone who has authorised the platform."""
        await self.component.carry_over()
        for appid in await self.component.appids():
            self._add(appid)
        await start_all(self.accounts.values())

    async def stop(self) -> None:
        """Stop them, and close the platform's connections."""
        await stop_all(self.accounts.values())
        await asyncio.gather(*self._leaving)
        await self.component.close()

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            account = await self._addressed(scope["path"])
            if account is not None:
                await account.asgi({**scope, "path_params": {}}, receive, send)
                return
            reply = await self._event(scope, receive)
        except Refused as refused:
            log_refusal(self.log, refused, scope["method"])
            reply = checks.answer_to(refused)
        except (APIError, SettingsError, StoreError, Unreachable, Unsent) as error:
            log_refusal(self.log, Refused("overload", str(error)), scope["method"])
            reply = checks.BUSY
        await respond(send, reply)

    async def _addressed(self, path: str) -> "Account | None":
        """The account whose messages come to that path; None for the platform's own path."""
        appid = path.rpartition("/")[2]
        if not APPID.fullmatch(appid):
            return None
        if appid not in self.accounts and await self.component.knows(appid):
            self._add(appid)  # it authorised the platform in another process
        if appid not in self.accounts:
            raise nothing_at(path, [f"{self.component.path}/$APPID$"])
        return self.accounts[appid]

    async def _event(self, scope: Scope, receive: Receive) -> HttpReply:
        content_type = checks.check_request(scope["method"], scope["headers"], MOST)
        if scope["method"] != "POST":
            raise Refused("method", scope["method"])
        self.component.authenticate(scope["query_string"])
        body = await read_body(receive, MOST)
        event = await self.component.receive(Push(scope["query_string"], body, content_type, 0.0))
        self.log.write(event.kind, appid=event.appid)
        self._follow(event)
        return checks.SUCCESS

    def _follow(self, event: "ComponentEvent") -> None:
        """Begin with an account that has come, and end with one that has gone."""
        if event.kind in ("authorized", "updateauthorized") and event.appid:
            self._add(event.appid)
        elif event.kind == "unauthorized" and event.appid in self.accounts:
            leaving = asyncio.ensure_future(self.accounts.pop(event.appid).stop())
            self._leaving.add(leaving)  # WeChat does not wait for the grace of its handlers
            leaving.add_done_callback(self._leaving.discard)

    def _add(self, appid: str) -> None:
        """Its engine starts with its first message."""
        if self._make is not None and appid not in self.accounts:
            made = self._make(appid)
            check_distinct((*self.accounts.values(), made))
            self.accounts[appid] = made
