"""The access token: fetched once, kept until shortly before its end, replaced when it fails."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from secrets import token_hex

from msgspec import Struct
from msgspec.structs import replace

from yizhan.api.pause import KeptPause
from yizhan.api.shelf import Token, TokenShelf
from yizhan.clock import Clock
from yizhan.errors import APIError, YizhanError

# In its last five minutes a stable token is renewed by WeChat, and both work (docs/protocol.md#g1):
# so it is renewed in the background then, while calls go on with the old one.
EARLY = 240.0
LAST = 10.0  # seconds before its end after which a token is not used any more
QUIET = 10.0  # seconds until a renewal in the background is tried again

log = logging.getLogger("yizhan.api")


class Failure(Struct, frozen=True):
    """A token, and the error of a call that WeChat refused for it."""

    token: Token
    error: APIError


class Keeper:
    """Keeps one token: one fetch per expiry, however many coroutines, processes and hosts ask.

    A fetch that was refused is not repeated while its pause lasts; nor is one whose token
    failed at once.
    """

    def __init__(
        self,
        name: str,
        fetch: Callable[[], Awaitable[Token]],
        *,
        shelf: TokenShelf,
        clock: Clock,
        secret: str = "",
    ) -> None:
        self.pause = KeptPause(name, secret, shelf=shelf, clock=clock)
        self.name = name
        self._fetch = fetch
        self._shelf = shelf
        self._clock = clock
        self._token: Token | None = None
        self._served = ""  # the token of the last call that succeeded
        self._renewal: asyncio.Task[Token] | None = None
        self._replacing: Token | None = None
        self._quiet_until = 0.0

    async def get(self, failure: Failure | None = None) -> Token:
        """The current token; one that failed is replaced only if it is still the current one."""
        failed = _failed(failure)
        token = self._usable(failed)
        if token is not None:
            self._renew_early(token)
            return token
        under_way = self._under_way()
        if under_way is not None and failed is not None and not failed.same(self._replacing):
            await asyncio.wait({under_way})  # it began before this failure was known
        token = self._usable(failed)
        if token is None:
            token = await asyncio.shield(self._renewing(failure))
        return token

    async def until(self) -> float | None:
        """The wall time of the end of the token that is kept, here or on the shelf."""
        shelved = await self._shelf.get(self.name)
        known = [token.until for token in (shelved, self._token) if token is not None]
        return max(known, default=None)

    async def replace(self, fetch: Callable[[], Awaitable[Token]]) -> Token:
        """The token that this fetch brings, whatever the current one is worth."""
        async with self._shelf.turn(self.name):
            token = self._token = await self._asked(fetch)
        return token

    async def served(self, token: Token, *, repeated: bool = False) -> None:
        """Note that a call with this token succeeded, `repeated` after one failed with another."""
        if repeated:
            await self.pause.end("repeat")
        elif token.value != self._served:
            await self.pause.end("call", fetch=token.fetch)
        self._served = token.value

    async def failed_at_once(self, failure: Failure, before: Token | None = None) -> None:
        """Note that a call failed with a new token, fetched because the one `before` had failed.

        If either has served another call, it is the endpoint that refuses them.
        """
        token = failure.token
        unproven = self._served not in (token.value, before.value if before else token.value)
        await self.pause.begin(failure.error, fetch=token.fetch, unproven=unproven)
        if unproven and token.same(self._token):
            self._token = None

    async def close(self) -> None:
        """Break off a renewal under way."""
        if (renewal := self._under_way()) is not None:
            renewal.cancel()
            await asyncio.wait({renewal})

    def _usable(self, failed: Token | None) -> Token | None:
        token = self._token
        if token is None or token.same(failed) or self._left(token) < LAST:
            return None
        return token

    def _left(self, token: Token) -> float:
        return token.until - self._clock.wall()

    def _renew_early(self, token: Token) -> None:
        """Renew a token near its end in the background."""
        if self._left(token) < EARLY and self._clock.monotonic() >= self._quiet_until:
            self._renewing(None).add_done_callback(_log_failure)

    def _renewing(self, failure: Failure | None) -> asyncio.Task[Token]:
        """The renewal under way, or a new one."""
        renewal = self._under_way()
        if renewal is None:
            self._replacing = _failed(failure)
            renewal = self._renewal = asyncio.ensure_future(self._renew(failure))
        return renewal

    def _under_way(self) -> asyncio.Task[Token] | None:
        """The renewal under way in this loop; one of another loop, or process, may never end."""
        renewal = self._renewal
        if renewal is None or renewal.done():
            return None
        return renewal if renewal.get_loop() is asyncio.get_running_loop() else None

    async def _renew(self, failure: Failure | None) -> Token:
        self._quiet_until = self._clock.monotonic() + QUIET
        try:
            token = await self._shelved(_failed(failure)) or await self._fetched(failure)
        finally:
            self._renewal = None
        self._token = token
        return token

    async def _shelved(self, failed: Token | None) -> Token | None:
        """The token that another process has put on the shelf, if it is good enough."""
        token = await self._shelf.get(self.name)
        if token is None or token.same(failed) or self._left(token) < EARLY:
            return None
        if (error := await self.pause.held(fetch=token.fetch)) is not None:
            raise error
        return token

    async def _fetched(self, failure: Failure | None) -> Token:
        await self._check()
        async with self._shelf.turn(self.name):
            token = await self._shelved(_failed(failure))
            if token is None and failure is not None:
                await self._give_up(failure)
            return token or await self._asked(self._fetch)

    async def _give_up(self, failure: Failure) -> None:
        """Raise the error of a token that replaced another one and failed at once."""
        token = failure.token
        if token.value != self._served and await self.pause.fails_anew(token.fetch):
            await self.failed_at_once(failure)
            raise failure.error
        await self.pause.remember(failure.error, token.fetch)

    async def _asked(self, fetch: Callable[[], Awaitable[Token]]) -> Token:
        """The token that this fetch brings, put on the shelf."""
        await self._check()
        try:
            token = await fetch()
        except APIError as error:
            await self.pause.begin(error)
            raise
        await self.pause.end("fetch")
        token = token if token.fetch else replace(token, fetch=token_hex(4))
        await self._shelf.put(self.name, token)
        return token

    async def _check(self) -> None:
        """Raise the error of the pause that holds."""
        if (error := await self.pause.held()) is not None:
            raise error


def token_of(answer: Mapping[str, object], name: str, path: str, clock: Clock) -> Token:
    """The token that an answer holds under that name, and when it ends."""
    value, seconds = answer.get(name), answer.get("expires_in")
    if not isinstance(value, str) or not isinstance(seconds, int):
        raise APIError("api.malformed", path=path)
    return Token(value, clock.wall() + seconds, token_hex(4))


def _log_failure(renewal: asyncio.Task[Token]) -> None:
    """A renewal in the background that failed is tried again later; calls go on meanwhile."""
    if renewal.cancelled() or (error := renewal.exception()) is None:
        return
    level = logging.WARNING if isinstance(error, YizhanError) else logging.ERROR
    log.log(level, "%s", error)


def _failed(failure: Failure | None) -> Token | None:
    return None if failure is None else failure.token
