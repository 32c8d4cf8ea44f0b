"""A third-party platform (第三方平台): one application that acts for many accounts."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from hashlib import sha256
from typing import Unpack

from yizhan import wire
from yizhan.api.announced import ComponentEvent, H, Hooks, InfoType
from yizhan.api.authorizing import AuthType, authorize_url
from yizhan.api.client import AsyncClient
from yizhan.api.options import Options, base_of
from yizhan.api.pages import authorizers
from yizhan.api.reports import CallReport, OnCall
from yizhan.api.shelf import MemoryShelf, ScopedShelf, Token, TokenShelf, account_shelf
from yizhan.api.token import token_of
from yizhan.clock import Clock, SystemClock
from yizhan.errors import APIError, ConfigurationError, SettingsError, YizhanError
from yizhan.phrases import say
from yizhan.wire import Keys, Push
from yizhan.wire.envelope import Cipher

__all__ = ["RELEASE_TESTS", "Component", "ComponentEvent", "InfoType"]

CALLS = "/cgi-bin/component"
TICKET, REFRESH, ACCOUNTS = "ticket", "refresh_token", "accounts"
TICKET_LIFE = 12 * 3600.0  # seconds; a new one comes every ten minutes
FOR_EVER = 50 * 365 * 86_400.0  # a refresh token has no end
AT_ONCE = 10  # accounts whose tokens are fetched at the same time
CODE_LIFE = 3600.0
TICKET_REFUSED = frozenset({61005, 61006})
CODE_USED = frozenset({61009, 61010})  # the owner's page may have redeemed it before the push came

# The accounts with which WeChat tests a platform before it is released (全网发布). They push
# messages without having authorised it.
RELEASE_TESTS = frozenset(
    {"wx570bc396a51b8ff8", "wx9252c5e0bb1836fc", "wx8e1097c5bc82cde9"}
    | {"wx14550af28c71a144", "wxa35b9c23cfe664eb", "wxd101a85aa106f53e"}
    | {"wxc39235c15087f6f3", "wx7720d01d4b2a4500", "wx05d483572dcd5d8b"}
    | {"wx5910277cae6fd970"}
)

log = logging.getLogger("yizhan.api")


Count = Callable[[OnCall | None, CallReport], None]


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
        if not push_token or not aes_key:
            raise SettingsError("component.no_keys")
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
        self._counts: dict[str, Count] = {}
        self._hooks = Hooks()
        self.api = self._client(appid, secret, self._own_part, self._fetch)

    def __repr__(self) -> str:
        return f"Component({self.appid!r})"

    def account(self, appid: str, count: Count | None = None) -> AsyncClient:
        """The client of an account that has authorised the platform.

        `count` counts its calls, and tells of them whoever else wants to know.
        """
        if count is not None:
            self._counts[appid] = count
        if appid not in self._accounts:
            fetch = partial(self._fetch_for, appid)
            made = self._client(appid, "", self._accounts_part, fetch, self.api)
            self._accounts[appid] = made
        return self._accounts[appid]

    def _called(self, appid: str, report: CallReport) -> None:
        """A call for an account was made."""
        on_call = self._options.get("on_call")
        if (count := self._counts.get(appid)) is not None:
            count(on_call, report)
        elif on_call is not None:
            on_call(report)

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
        if appid in RELEASE_TESTS:
            return True
        return appid in await self.appids() or appid in await self._left_behind()

    async def restore(self) -> tuple[str, ...]:
        """Learn anew from WeChat who has authorised the platform: for a shelf that was lost."""
        async for each in self.api.each(authorizers()):
            appid = str(each["authorizer_appid"])
            await self._restored(appid, str(each["refresh_token"]))
        return await self.appids()

    def on(self, *kinds: InfoType) -> Callable[[H], H]:
        """Decorate a function that hears of events of these kinds, or with `on()` of all.

        It is called with the ComponentEvent after the platform's own part is done, and before
        WeChat gets its answer: `async def`, or a plain function in a thread. What it raises is
        logged. RegistrationError for a kind that is nearly another one.
        """

        def decorated(hook: H) -> H:
            self._hooks.add(kinds, hook)
            return hook

        return decorated

    async def start_push_ticket(self) -> None:
        """Let WeChat push tickets again, every ten minutes; it needs none itself."""
        await self.api.call(f"{CALLS}/api_start_push_ticket")

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
                await self._come(event)
            case "unauthorized":
                await self._keep(self._shelf_of(event.appid), REFRESH, "")
                await self._list(event.appid, authorized=False)
        await self._hooks.tell(event)
        return event

    async def authorize_url(
        self,
        redirect_uri: str,
        *,
        auth_type: AuthType | None = None,
        biz_appid: str = "",
        categories: Sequence[int] = (),
        mobile: bool = False,
    ) -> str:
        """The page on which the owner of an account authorises the platform.

        On a desktop it shows a QR code; `mobile` is the link for a phone's WeChat itself.
        `auth_type` says which kinds of accounts are offered, `biz_appid` one account in their
        stead; `categories` are the sets of rights asked for. SettingsError for both of them.
        """
        answer = await self._post("api_create_preauthcode")
        return authorize_url(
            self.appid,
            str(answer.get("pre_auth_code", "")),
            redirect_uri,
            auth_type=auth_type,
            biz_appid=biz_appid,
            categories=categories,
            mobile=mobile,
        )

    async def authorized(self, code: str) -> str:
        """The AppID of the account with this authorisation code, whose tokens are now kept.

        The owner's page and WeChat's push have the same code, and both may hand it in.
        """
        redeemed = f"code.{sha256(code.encode()).hexdigest()}"
        try:
            answer = await self._post("api_query_auth", authorization_code=code)
        except APIError as error:
            kept = await self._shelf.get(redeemed)
            if error.errcode not in CODE_USED or kept is None:
                raise
            return kept.value
        info = answer.get("authorization_info")
        if not isinstance(info, dict) or "authorizer_appid" not in info:
            raise APIError("api.malformed", path=f"{CALLS}/api_query_auth")
        appid = str(info["authorizer_appid"])
        await self._take(self._shelf_of(appid), info, f"{CALLS}/api_query_auth")
        await self.account(appid).end_pauses()
        await self._list(appid, authorized=True)
        await self._shelf.put(redeemed, Token(appid, self._clock.wall() + CODE_LIFE))
        return appid

    async def close(self) -> None:
        """Close every client."""
        for client in (self.api, *self._accounts.values()):
            await client.close()
        await self._whole_shelf.close()

    def _client(
        self,
        appid: str,
        secret: str,
        shelf: TokenShelf,
        fetch: Callable[[], Awaitable[Token]],
        component: AsyncClient | None = None,
    ) -> AsyncClient:
        options = self._options.copy()
        if component is not None:
            options["on_call"] = partial(self._called, appid)
        options["shelf"] = shelf
        options["fetch"] = fetch
        options["component"] = component
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

    async def _come(self, event: ComponentEvent) -> None:
        """Keep the tokens of an account that has authorised the platform, or changed its rights."""
        code = str(event.raw.get("AuthorizationCode") or "")
        try:
            if code:
                await self.authorized(code)
                return
        except APIError as error:
            if error.errcode not in CODE_USED or not event.appid:
                raise
        if not event.appid:
            log.warning("%s", say("component.nobody", kind=event.kind))
            return
        await self._restored(event.appid, await self._refresh_token(event.appid))

    async def _refresh_token(self, appid: str) -> str:
        """The account's refresh token, as WeChat knows it."""
        answer = await self._post("api_get_authorizer_info", authorizer_appid=appid)
        info = answer.get("authorization_info")
        if isinstance(info, dict) and info.get("authorizer_refresh_token"):
            return str(info["authorizer_refresh_token"])
        async for each in self.api.each(authorizers()):
            if each["authorizer_appid"] == appid:
                return str(each["refresh_token"])
        raise ConfigurationError("component.not_authorized", appid=appid)

    async def _restored(self, appid: str, refresh_token: str) -> None:
        """Keep a refresh token that did not come for a code."""
        await self._keep(self._shelf_of(appid), REFRESH, refresh_token)
        await self.account(appid).end_pauses()
        await self._list(appid, authorized=True)

    async def _fetch(self) -> Token:
        """The platform's token, for the last ticket."""
        ticket, carried = await self._ticket()
        try:
            answer = await self._token_for(ticket)
        except APIError as error:
            newer, carried = await self._ticket()
            if error.errcode not in TICKET_REFUSED or newer.value == ticket.value:
                raise
            ticket = newer  # it came while the one before was refused
            answer = await self._token_for(ticket)
        path = f"{CALLS}/api_component_token"
        token = token_of(answer, "component_access_token", path, self._clock)
        if carried and await self._shelf.get(TICKET) is None:
            await self._shelf.put(TICKET, ticket)  # WeChat has said that it is this platform's
        return token

    async def _token_for(self, ticket: Token) -> dict[str, object]:
        return await self._post(
            "api_component_token",
            component_appsecret=self._secret,
            component_verify_ticket=ticket.value,
        )

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
