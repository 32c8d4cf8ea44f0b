"""A third-party platform (第三方平台): one application that acts for many accounts."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Unpack
from urllib.parse import urlencode

from msgspec import Struct

from yizhan import wire
from yizhan.api.client import AsyncClient
from yizhan.api.options import Options, base_of
from yizhan.api.pages import authorizers
from yizhan.api.shelf import MemoryShelf, ScopedShelf, Token, TokenShelf, account_shelf
from yizhan.api.token import token_of
from yizhan.clock import Clock, SystemClock
from yizhan.errors import APIError, ConfigurationError, YizhanError
from yizhan.wire import Keys, Push
from yizhan.wire.envelope import Cipher

CALLS = "/cgi-bin/component"
LOGIN = "https://mp.weixin.qq.com/cgi-bin/componentloginpage"
TICKET, REFRESH, ACCOUNTS = "ticket", "refresh_token", "accounts"
TICKET_LIFE = 12 * 3600.0  # seconds; a new one comes every ten minutes
FOR_EVER = 50 * 365 * 86_400.0  # a refresh token has no end
AT_ONCE = 10  # accounts whose tokens are fetched at the same time

log = logging.getLogger("yizhan.api")


class ComponentEvent(Struct, frozen=True):
    """What the platform was told: `kind` is InfoType, `appid` the account's, "" for a ticket."""

    kind: str
    appid: str
    raw: Mapping[str, object]


class Component:
    """The platform's own calls as `api`, and a client for each account that authorised it.

    Its route (server.component.ComponentAsgi) takes WeChat's pushes: tickets are kept, and
    with them the platform's token is fetched; accounts that come and go are noted. Their
    followers' messages go to the bot of each, `Account(appid=…, component=…)`. What must
    outlive the process lies on the shelf.

    `push_token` and `aes_key` are the platform's, with those before while they are being
    changed; `path` is where its pushes arrive, those of an account at `path/APPID`. Raises
    SettingsError for a key that is none.
    """

    def __init__(
        self,
        appid: str,
        secret: str,
        *,
        push_token: str,
        aes_key: str,
        push_token_previous: str = "",
        aes_key_previous: str = "",
        path: str = "/component",
        **options: Unpack[Options],
    ) -> None:
        self.appid = appid
        self.path = path
        self._clock: Clock = options.get("clock") or SystemClock()
        self._base = base_of(options)
        # Older versions kept ticket, accounts and refresh tokens on it without the platform's name.
        self._whole_shelf: TokenShelf = options.get("shelf") or MemoryShelf()
        self._own_part = ScopedShelf(self._whole_shelf, "component")
        self._accounts_part = ScopedShelf(self._own_part, appid)
        self._shelf = account_shelf(self._own_part, appid, self._base)
        self._options = options
        self._secret = secret
        self.keys = Keys(
            tokens=tuple(token for token in (push_token, push_token_previous) if token),
            ciphers=tuple(Cipher(key, appid) for key in (aes_key, aes_key_previous) if key),
            mode="safe",
            component=True,
        )
        self.lent: Mapping[str, object] = {
            "token": push_token,
            "aes_key": aes_key,
            "mode": "safe",
            "api_base": self._base,
            "api_proxy": options.get("proxy") or "",
        }
        self._accounts: dict[str, AsyncClient] = {}
        self.api = self._client(appid, secret, self._own_part, self._fetch)

    def __repr__(self) -> str:
        return f"Component({self.appid!r})"

    def account(self, appid: str) -> AsyncClient:
        """The client of an account that has authorised the platform."""
        if appid not in self._accounts:
            fetch = partial(self._fetch_for, appid)
            self._accounts[appid] = self._client(appid, "", self._accounts_part, fetch)
        return self._accounts[appid]

    async def appids(self) -> tuple[str, ...]:
        """The accounts that have authorised the platform, and not taken it back."""
        kept = await self._shelf.get(ACCOUNTS)
        return tuple(kept.value.split()) if kept else ()

    async def carry_over(self) -> None:
        """Take over the accounts that an older version kept, if WeChat takes their refresh tokens.

        What fails is logged, and tried again with the account's next call.
        """
        appids = await self._left_behind()
        for start in range(0, len(appids), AT_ONCE):
            tokens = (self.account(appid).access_token() for appid in appids[start:][:AT_ONCE])
            for outcome in await asyncio.gather(*tokens, return_exceptions=True):
                if isinstance(outcome, YizhanError):
                    log.warning("%s", outcome)
                elif isinstance(outcome, BaseException):
                    raise outcome

    async def knows(self, appid: str) -> bool:
        """Whether that account's messages may come here; what comes is verified all the same."""
        return appid in await self.appids() or appid in await self._left_behind()

    async def restore(self) -> tuple[str, ...]:
        """Learn anew from WeChat who has authorised the platform: for a shelf that was lost."""
        async for each in self.api.each(authorizers()):
            appid = str(each["authorizer_appid"])
            await self._keep(self._shelf_of(appid), REFRESH, str(each["refresh_token"]))
            await self.account(appid).end_pauses()
            await self._list(appid, authorized=True)
        return await self.appids()

    def authenticate(self, query: bytes) -> None:
        """Let in the query of a push to the platform, before its body is read, or raise Refused."""
        wire.authenticate_push(query, self.keys, self._clock.wall())

    async def receive(self, push: Push) -> ComponentEvent:
        """What a push to the platform's route says, done with. Raises Refused, or APIError."""
        envelope = wire.open(push, self.keys, self._clock.wall())
        raw = envelope.raw
        event = ComponentEvent(str(raw["InfoType"]), str(raw.get("AuthorizerAppid") or ""), raw)
        match event.kind:
            case "component_verify_ticket":
                await self._keep(self._shelf, TICKET, str(raw["ComponentVerifyTicket"]))
                await self.api.end_pauses()
            case "authorized" | "updateauthorized":
                await self.authorized(str(raw["AuthorizationCode"]))
            case "unauthorized":
                await self._keep(self._shelf_of(event.appid), REFRESH, "")
                await self._list(event.appid, authorized=False)
        return event

    async def authorize_url(self, redirect_uri: str) -> str:
        """The page on which the owner of an account authorises the platform."""
        answer = await self._post("api_create_preauthcode")
        asked = {
            "component_appid": self.appid,
            "pre_auth_code": answer.get("pre_auth_code", ""),
            "redirect_uri": redirect_uri,
        }
        return f"{LOGIN}?{urlencode(asked)}"

    async def authorized(self, code: str) -> str:
        """The AppID of the account with this authorisation code, whose tokens are now kept."""
        answer = await self._post("api_query_auth", authorization_code=code)
        info = answer.get("authorization_info")
        if not isinstance(info, dict) or "authorizer_appid" not in info:
            raise APIError("api.malformed", path=f"{CALLS}/api_query_auth")
        appid = str(info["authorizer_appid"])
        await self._take(self._shelf_of(appid), info, f"{CALLS}/api_query_auth")
        await self.account(appid).end_pauses()
        await self._list(appid, authorized=True)
        return appid

    async def close(self) -> None:
        """Close every client."""
        for client in (self.api, *self._accounts.values()):
            await client.close()
        await self._whole_shelf.close()

    def _client(
        self, appid: str, secret: str, shelf: TokenShelf, fetch: Callable[[], Awaitable[Token]]
    ) -> AsyncClient:
        options = self._options.copy()
        options["shelf"] = shelf
        options["fetch"] = fetch
        return AsyncClient(appid, secret, **options)

    def _shelf_of(self, appid: str) -> TokenShelf:
        return account_shelf(self._accounts_part, appid, self._base)

    async def _left_behind(self) -> list[str]:
        """The accounts of an older version that have not been taken over."""
        kept = await self._whole_shelf.get(ACCOUNTS)
        appids = kept.value.split() if kept else []
        return [each for each in appids if await self._shelf_of(each).get(REFRESH) is None]

    async def _keep(self, shelf: TokenShelf, name: str, value: str) -> None:
        life = TICKET_LIFE if name == TICKET else FOR_EVER
        await shelf.put(name, Token(value, self._clock.wall() + life))

    async def _list(self, appid: str, *, authorized: bool) -> None:
        async with self._shelf.turn(ACCOUNTS):
            others = [each for each in await self.appids() if each != appid]
            listed = [*others, appid] if authorized else others
            await self._keep(self._shelf, ACCOUNTS, " ".join(listed))

    async def _fetch(self) -> Token:
        """The platform's token, for the last ticket."""
        ticket, carried = await self._ticket()
        answer = await self._post(
            "api_component_token",
            component_appsecret=self._secret,
            component_verify_ticket=ticket.value,
        )
        path = f"{CALLS}/api_component_token"
        token = token_of(answer, "component_access_token", path, self._clock)
        if carried and await self._shelf.get(TICKET) is None:
            await self._shelf.put(TICKET, ticket)  # WeChat has said that it is this platform's
        return token

    async def _ticket(self) -> tuple[Token, bool]:
        """The last ticket that came, and whether an older version kept it."""
        for shelf in (self._shelf, self._whole_shelf):
            ticket = await shelf.get(TICKET)
            if ticket is not None and ticket.until > self._clock.wall():
                return ticket, shelf is self._whole_shelf
        raise ConfigurationError("component.no_ticket")

    async def _fetch_for(self, appid: str) -> Token:
        """An account's token, for its refresh token."""
        shelf = self._shelf_of(appid)
        refresh = await shelf.get(REFRESH)
        known = refresh is not None
        if refresh is None:
            refresh = await self._whole_shelf.get(f"authorizer.{appid}.{REFRESH}")
        if refresh is None or not refresh.value:
            raise ConfigurationError("component.not_authorized", appid=appid)
        answer = await self._post(
            "api_authorizer_token",
            authorizer_appid=appid,
            authorizer_refresh_token=refresh.value,
        )
        answer = {"authorizer_refresh_token": refresh.value, **answer}
        token = await self._take(shelf, answer, f"{CALLS}/api_authorizer_token")
        if not known:
            await self._list(appid, authorized=True)
        return token

    async def _take(self, shelf: TokenShelf, answer: Mapping[str, object], path: str) -> Token:
        """Keep an account's tokens; the refresh token may have changed."""
        token = token_of(answer, "authorizer_access_token", path, self._clock)
        if refresh := answer.get("authorizer_refresh_token"):
            await self._keep(shelf, REFRESH, str(refresh))
        await shelf.put("access_token", token)
        return token

    async def _post(self, name: str, **fields: object) -> dict[str, object]:
        content = {"component_appid": self.appid, **fields}
        return await self.api.post(f"{CALLS}/{name}", json=content)
