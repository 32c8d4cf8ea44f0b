"""One call to the API: its token, its tries, its answer."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from random import SystemRandom
from typing import Literal, TypeVar, Unpack, get_args
from urllib.parse import urlencode

import msgspec
from msgspec import Struct

from yizhan.api.options import Options, base_of
from yizhan.api.reading import json_of
from yizhan.api.shelf import MemoryShelf, Token, TokenShelf, account_shelf
from yizhan.api.token import Failure, Keeper, token_of
from yizhan.api.transport import Body, HttpTransport, Response, Sink
from yizhan.clock import Clock, SystemClock
from yizhan.errors import APIError, ConfigurationError, TokenError, Unreachable, Unsent

T = TypeVar("T")
Whose = Literal["account", "component", "none"]
Ticket = Literal["jsapi", "wx_card"]
TICKETS: tuple[Ticket, ...] = get_args(Ticket)

JSON_HEADERS = {"content-type": "application/json; charset=utf-8"}
PAUSES = (0.3, 1.0)  # seconds, give or take a half, before a safe call's second and third try
BUSY = frozenset({-1, 61450})  # errcodes that may be gone at the next try

_random = SystemRandom()


class Call(Struct, frozen=True):
    """What is to be sent. `whose` token it carries; `safe` to be repeated by itself."""

    method: str
    path: str
    query: Mapping[str, object] = {}
    body: Body = None
    headers: Mapping[str, str] = {}
    safe: bool = False
    whose: Whose = "account"
    host: str = ""


class Caller:
    """Makes calls; replaces a dead token and repeats the call exactly once with the new one."""

    def __init__(self, appid: str, secret: str, **options: Unpack[Options]) -> None:
        self.appid = appid
        self.secret = secret
        self.clock: Clock = options.get("clock") or SystemClock()
        self._base = base_of(options)
        self._whole_shelf: TokenShelf = options.get("shelf") or MemoryShelf()
        self._shelf = account_shelf(self._whole_shelf, appid, self._base)
        self._transport = options.get("transport") or HttpTransport(proxy=options.get("proxy"))
        self._kind = options.get("token", "stable")
        self._keepers: dict[str, Keeper] = {}
        self._another = options.get("fetch") or partial(self._fetch_token, force_refresh=True)
        self.token = self.keeper("access_token", options.get("fetch") or self._fetch_token)

    async def call(
        self,
        call: Call,
        read: Callable[[Response, str], T],
        sink: Sink | None = None,
    ) -> T:
        """Make the call and read its answer."""
        if call.whose == "none":
            return await self._tried(call, read, "", sink)
        token = await self._token()
        try:
            return await self._carried(call, read, token, sink)
        except TokenError as error:
            fresh = await self._token(Failure(token, error))
        try:
            return await self._carried(call, read, fresh, sink, repeated=True)
        except TokenError as error:
            await self.token.failed_at_once(Failure(fresh, error), token)
            raise

    async def lend(self, use: Callable[[str], Awaitable[T]]) -> T:
        """What comes of a call that carries this token itself; a dead one is replaced once."""
        token = await self._token()
        try:
            return await use(token.value)
        except TokenError as error:
            fresh = await self._token(Failure(token, error))
        return await use(fresh.value)

    async def access_token(self) -> str:
        """The token in force."""
        return (await self.token.get()).value

    async def ticket(self, kind: Ticket) -> str:
        """The ticket of the JS-SDK or of cards, kept as the token is."""
        return (await self._ticket_keeper(kind).get()).value

    async def replace_token(self) -> str:
        """Another token, though the one in force may still be good: that one dies."""
        return (await self.token.replace(self._another)).value

    async def pauses(self) -> dict[str, APIError]:
        """What is not fetched for a while, with the error that says why and for how long."""
        held = {each.name: await each.pause.held() for each in self._all_keepers()}
        return {name: error for name, error in held.items() if error is not None}

    async def end_pauses(self) -> None:
        """Let everything be fetched again."""
        for each in self._all_keepers():
            await each.pause.end("reset")

    def keeper(self, name: str, fetch: Callable[[], Awaitable[Token]]) -> Keeper:
        """The one that keeps the token of that name."""
        if name not in self._keepers:
            self._keepers[name] = Keeper(
                name, fetch, shelf=self._shelf, clock=self.clock, secret=self.secret
            )
        return self._keepers[name]

    async def close(self) -> None:
        """End what runs in the background and close the connections."""
        for keeper in self._keepers.values():
            await keeper.close()
        await self._whole_shelf.close()
        await self._transport.close()

    def _all_keepers(self) -> tuple[Keeper, ...]:
        return self.token, *(self._ticket_keeper(kind) for kind in TICKETS)

    def _ticket_keeper(self, kind: Ticket) -> Keeper:
        return self.keeper(kind, lambda: self._fetch_ticket(kind))

    async def _token(self, failure: Failure | None = None) -> Token:
        """The token of a call, which has certainly not been made when there is none."""
        try:
            return await self.token.get(failure)
        except Unreachable as error:
            raise Unsent(error.phrase, **error.values) from error

    async def _carried(
        self,
        call: Call,
        read: Callable[[Response, str], T],
        token: Token,
        sink: Sink | None,
        *,
        repeated: bool = False,
    ) -> T:
        """Make the call with that token, and note it when WeChat takes the token."""
        try:
            answer = await self._tried(call, read, token.value, sink)
        except TokenError:
            raise
        except APIError as error:
            if error.errcode and error.errcode not in BUSY:
                await self.token.served(token, repeated=repeated)
            raise
        await self.token.served(token, repeated=repeated)
        return answer

    async def _tried(
        self, call: Call, read: Callable[[Response, str], T], token: str, sink: Sink | None
    ) -> T:
        for pause in PAUSES if call.safe else ():
            try:
                return await self._once(call, read, token, sink)
            except APIError as error:
                if error.errcode not in BUSY:
                    raise
            except (Unsent, Unreachable):
                pass
            await asyncio.sleep(pause * _random.uniform(0.5, 1.5))
        return await self._once(call, read, token, sink)

    async def _once(
        self, call: Call, read: Callable[[Response, str], T], token: str, sink: Sink | None
    ) -> T:
        query = _query(call, token)
        url = f"{call.host or self._base}{call.path}{query}"
        if sink is None:
            response = await self._transport.send(call.method, url, call.headers, call.body)
        else:
            response = await self._transport.send(call.method, url, call.headers, call.body, sink)
        return read(response, call.path)

    async def _fetch_token(self, **more: object) -> Token:
        if not self.appid or not self.secret:
            raise ConfigurationError("api.no_secret")
        account: dict[str, object] = {
            "grant_type": "client_credential",
            "appid": self.appid,
            "secret": self.secret,
        }
        call = (
            Call("GET", "/cgi-bin/token", query=account, safe=True, whose="none")
            if self._kind == "classic"
            else Call(
                "POST",
                "/cgi-bin/stable_token",
                body=raw_json(account | more),
                headers=JSON_HEADERS,
                safe=True,
                whose="none",
            )
        )
        try:
            answer = await self.call(call, json_of)
        except TokenError as error:
            # 40001 for the secret itself: asking again with it cannot help.
            raise ConfigurationError(error.phrase, **error.values) from error
        return token_of(answer, "access_token", call.path, self.clock)

    async def _fetch_ticket(self, kind: str) -> Token:
        call = Call("GET", "/cgi-bin/ticket/getticket", query={"type": kind}, safe=True)
        return token_of(await self.call(call, json_of), "ticket", call.path, self.clock)


def raw_json(content: object) -> bytes:
    r"""JSON in raw UTF-8: WeChat shows \u escapes to the follower literally."""
    try:
        return msgspec.json.encode(content)
    except UnicodeEncodeError:  # half of a surrogate pair, as a cut emoji leaves it
        return json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")


def _query(call: Call, token: str) -> str:
    names = {"account": "access_token", "component": "component_access_token"}
    query = {names[call.whose]: token, **call.query} if call.whose in names else call.query
    given = {name: value for name, value in query.items() if value is not None}
    return "?" + urlencode(given) if given else ""
