"""One call to the API: its token, its tries, its answer."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from functools import partial
from random import SystemRandom
from typing import Literal, TypeVar, Unpack, get_args
from urllib.parse import urlencode

import msgspec
from msgspec import Struct, structs

from yizhan.api.fetching import fetch_simulated, is_simulated
from yizhan.api.options import Options, base_of, check
from yizhan.api.reading import json_of
from yizhan.api.reports import Tally, reported
from yizhan.api.saving import FileSink
from yizhan.api.shelf import MemoryShelf, Token, TokenShelf, account_shelf
from yizhan.api.token import Failure, Keeper, token_of
from yizhan.api.transport import Body, HttpTransport, Response, Sink, Transport
from yizhan.clock import Clock, SystemClock
from yizhan.errors import (
    APIError,
    ConfigurationError,
    SettingsError,
    TokenError,
    Unreachable,
    Unsent,
)

T = TypeVar("T")
Whose = Literal["account", "component", "none"]
Ticket = Literal["jsapi", "wx_card"]
TICKETS: tuple[Ticket, ...] = get_args(Ticket)

JSON_HEADERS = {"content-type": "application/json; charset=utf-8"}
PAUSES = (0.3, 1.0)  # seconds, give or take a half, before a safe call's second and third try
BUSY = frozenset({-1, 61450})  # errcodes that may be gone at the next try

_random = SystemRandom()


class ApiCall(Struct, frozen=True):
    """What is to be sent. `whose` token it carries; `safe` to be repeated by itself.

    `timeout` are the seconds that it may take in all, None for as long as the transport waits.
    """

    method: str
    path: str
    query: Mapping[str, object] = {}
    body: Body = None
    headers: Mapping[str, str] = {}
    safe: bool = False
    whose: Whose = "account"
    host: str = ""
    timeout: float | None = None


class Caller:
    """Makes calls; replaces a dead token and repeats the call exactly once with the new one."""

    def __init__(self, appid: str, secret: str, **options: Unpack[Options]) -> None:
        check(appid, secret, options)
        self.appid = appid
        self.secret = secret
        self.clock: Clock = options.get("clock") or SystemClock()
        self._base = base_of(options)
        self._whole_shelf: TokenShelf = options.get("shelf") or MemoryShelf()
        self._shelf = account_shelf(self._whole_shelf, appid, self._base)
        self._transport = transport_of(options)
        self._on_call = options.get("on_call")
        self._kind = options.get("token", "stable")
        self._keepers: dict[str, Keeper] = {}
        self._another = options.get("fetch") or partial(self._fetch_token, force_refresh=True)
        self.token = self.keeper("access_token", options.get("fetch") or self._fetch_token)

    async def call(
        self,
        call: ApiCall,
        read: Callable[[Response, str], T],
        sink: Sink | None = None,
    ) -> T:
        """Make the call and read its answer."""
        with reported(call.path, self.clock, self._on_call) as tally:
            if call.timeout is None:
                return await self._made(call, read, sink, tally)
            async with within(call.timeout, call.path, tally):
                return await self._made(call, read, sink, tally)

    async def _made(
        self, call: ApiCall, read: Callable[[Response, str], T], sink: Sink | None, tally: Tally
    ) -> T:
        if call.whose == "none" or self._kind == "none":
            return await self._tried(call, read, "", sink, tally)
        token = await self._token()
        try:
            return await self._carried(call, read, token, sink, tally)
        except TokenError as error:
            fresh = await self._token(Failure(token, error))
        try:
            return await self._carried(call, read, fresh, sink, tally, repeated=True)
        except TokenError as error:
            await self.token.failed_at_once(Failure(fresh, error), token)
            raise

    async def fetch_simulated(self, url: str, sink: FileSink) -> bool:
        """Whether a simulator stands in for WeChat and has that file, which is then fetched."""
        if not is_simulated(url, self._base, self._transport):
            return False
        await fetch_simulated(url, sink, self._transport)
        return True

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

    async def token_until(self) -> float | None:
        """The wall time at which the kept token ends, be it over; None if there is none."""
        return await self.token.until()

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
            problem = error.values.get("problem") or f"HTTP {error.values.get('status')}"
            raise Unsent("api.no_token", problem=problem) from error

    async def _carried(
        self,
        call: ApiCall,
        read: Callable[[Response, str], T],
        token: Token,
        sink: Sink | None,
        tally: Tally,
        *,
        repeated: bool = False,
    ) -> T:
        """Make the call with that token, and note it when WeChat takes the token."""
        try:
            answer = await self._tried(call, read, token.value, sink, tally)
        except TokenError:
            raise
        except APIError as error:
            if error.errcode and error.errcode not in BUSY:
                await self.token.served(token, repeated=repeated)
            raise
        await self.token.served(token, repeated=repeated)
        return answer

    async def _tried(
        self,
        call: ApiCall,
        read: Callable[[Response, str], T],
        token: str,
        sink: Sink | None,
        tally: Tally,
    ) -> T:
        """Send it, and again if that does no harm: a safe call, or any that did not arrive.

        What is raised at last says whether any of them may have arrived.
        """
        for pause in PAUSES:
            try:
                return await self._once(call, read, token, sink, tally)
            except APIError as error:
                if not call.safe or error.errcode not in BUSY:
                    raise
            except Unreachable:
                if not call.safe:
                    raise
            except Unsent:
                pass
            await asyncio.sleep(pause * _random.uniform(0.5, 1.5))
        return await self._once(call, read, token, sink, tally)

    async def _once(
        self,
        call: ApiCall,
        read: Callable[[Response, str], T],
        token: str,
        sink: Sink | None,
        tally: Tally,
    ) -> T:
        url = f"{call.host or self._base}{call.path}{_query(call, token)}"
        more: dict[str, Sink] = {} if sink is None else {"sink": sink}
        tally.tries += 1
        before, tally.in_doubt = tally.in_doubt, True
        try:
            response = await self._send(call)(call.method, url, call.headers, call.body, **more)
            return read(response, call.path)
        except Unsent as error:
            tally.in_doubt = before
            if not before:
                raise
            problem = error.values.get("problem") or f"HTTP {error.values.get('status')}"
            raise Unreachable("api.unknown", problem=problem) from error
        except APIError as error:
            if error.errcode:
                tally.in_doubt = before  # WeChat has said that it did not do it
            raise

    def _send(self, call: ApiCall) -> "Callable[..., Awaitable[Response]]":
        """How it is sent; a call that may take longer than others may do so on the real network."""
        if call.timeout is None or not isinstance(self._transport, HttpTransport):
            return self._transport.send
        return partial(self._transport.send, seconds=call.timeout)

    async def _fetch_token(self, **more: object) -> Token:
        if not self.appid or not self.secret:
            raise ConfigurationError("api.no_secret", names=missing_keys(self.appid, self.secret))
        account: dict[str, object] = {
            "grant_type": "client_credential",
            "appid": self.appid,
            "secret": self.secret,
        }
        call = (
            ApiCall("GET", "/cgi-bin/token", query=account, safe=True, whose="none")
            if self._kind == "classic"
            else ApiCall(
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
        call = ApiCall("GET", "/cgi-bin/ticket/getticket", query={"type": kind}, safe=True)
        return token_of(await self.call(call, json_of), "ticket", call.path, self.clock)


def time_of(fields: dict[str, object]) -> float | None:
    """The time-out among the fields of a call, taken out: no endpoint has one of that name."""
    timeout = fields.pop("timeout", None)
    if timeout is None or isinstance(timeout, int | float):
        return timeout
    raise TypeError(f"timeout is a number of seconds, not {timeout!r}")


def in_time(call: ApiCall, timeout: float | None) -> ApiCall:
    """The same call, with that much time in all."""
    return call if timeout is None else structs.replace(call, timeout=timeout)


@asynccontextmanager
async def within(seconds: float, path: str, tally: Tally) -> AsyncIterator[None]:
    """Let what is in the block take so long. Raises Unsent, or Unreachable."""
    limit = asyncio.timeout(seconds)
    try:
        async with limit:
            yield
    except TimeoutError:
        if not limit.expired():
            raise
        if tally.in_doubt:
            raise Unreachable("api.late", path=path, seconds=f"{seconds:g}") from None
        raise Unsent("api.late_unsent", path=path, seconds=f"{seconds:g}") from None


def transport_of(options: Options) -> Transport:
    """The transport that the options name, with their proxy. SettingsError if it takes none."""
    transport, proxy = options.get("transport"), options.get("proxy")
    if transport is None:
        return HttpTransport(proxy=proxy)
    if proxy is None:
        return transport
    if not isinstance(transport, HttpTransport):
        raise SettingsError("api.two_ways", transport=type(transport).__name__)
    return transport.by_proxy(proxy)


def raw_json(content: object) -> bytes:
    r"""JSON in raw UTF-8: WeChat shows \u escapes to the follower literally."""
    try:
        return msgspec.json.encode(content)
    except UnicodeEncodeError:  # half of a surrogate pair, as a cut emoji leaves it
        return json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")


def missing_keys(appid: str, secret: str) -> str:
    """The variables to set before WeChat gives an access token."""
    given = {"YIZHAN_APPID": appid, "YIZHAN_SECRET": secret}
    return ", ".join(name for name, value in given.items() if not value)


def _query(call: ApiCall, token: str) -> str:
    names = {"account": "access_token", "component": "component_access_token"}
    query = {names[call.whose]: token or None, **call.query} if call.whose in names else call.query
    given = {name: value for name, value in query.items() if value is not None}
    return "?" + urlencode(given) if given else ""
