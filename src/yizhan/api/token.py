"""The access token: fetched once, kept until shortly before its end, replaced when it fails."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping

from yizhan.api.shelf import Token, TokenShelf
from yizhan.clock import Clock
from yizhan.errors import APIError, ConfigurationError, YizhanError

# In its last five minutes a stable token is renewed by WeChat, and both work (protocol.md G1):
# so it is renewed in the background then, while calls go on with the old one.
EARLY = 240.0
LAST = 10.0  # seconds before its end after which a token is not used any more
PAUSE = 10.0  # seconds until a renewal that failed, or changed nothing, is tried again

log = logging.getLogger("yizhan.api")


class Keeper:
    """Keeps one token: one fetch per expiry, however many coroutines, processes and hosts ask."""

    def __init__(
        self,
        name: str,
        fetch: Callable[[], Awaitable[Token]],
        *,
        shelf: TokenShelf,
        clock: Clock,
    ) -> None:
        self._name = name
        self._fetch = fetch
        self._shelf = shelf
        self._clock = clock
        self._token: Token | None = None
        self._renewal: asyncio.Task[Token] | None = None
        self._replacing: str | None = None
        self._quiet_until = 0.0
        self._refusal: ConfigurationError | None = None

    async def get(self, *, failed: str | None = None) -> str:
        """The current token; one that `failed` is replaced only if it is still the current one."""
        token = self._usable(failed)
        if token is not None:
            self._look_ahead(token)
            return token.value
        if self._renewal is not None and failed not in (None, self._replacing):
            await asyncio.wait({self._renewal})  # it began before this failure was known
        renewed = self._usable(failed)
        if renewed is None:
            renewed = await asyncio.shield(self._renewing(failed))
        return renewed.value

    async def replace(self, fetch: Callable[[], Awaitable[Token]]) -> str:
        """The token that this fetch brings, whatever the current one is worth."""
        async with self._shelf.turn(self._name):
            self._token = await fetch()
            await self._shelf.put(self._name, self._token)
        return self._token.value

    async def close(self) -> None:
        """Break off a renewal under way."""
        if self._renewal is not None:
            self._renewal.cancel()
            await asyncio.wait({self._renewal})

    def _usable(self, failed: str | None) -> Token | None:
        token = self._token
        if token is None or token.value == failed or self._left(token) < LAST:
            return None
        return token

    def _left(self, token: Token) -> float:
        return token.until - self._clock.wall()

    def _look_ahead(self, token: Token) -> None:
        """Renew a token near its end in the background."""
        if self._left(token) < EARLY and self._clock.monotonic() >= self._quiet_until:
            self._renewing(None).add_done_callback(_heard)

    def _renewing(self, failed: str | None) -> asyncio.Task[Token]:
        """The renewal under way, or a new one."""
        if self._renewal is None or self._renewal.done():
            self._replacing = failed
            self._renewal = asyncio.ensure_future(self._renew(failed))
        return self._renewal

    async def _renew(self, failed: str | None) -> Token:
        if self._refusal is not None and self._clock.monotonic() < self._quiet_until:
            raise ConfigurationError(self._refusal.phrase, **self._refusal.values)
        self._quiet_until = self._clock.monotonic() + PAUSE
        try:
            self._token = await self._shelved(failed) or await self._fetched(failed)
        except ConfigurationError as error:
            self._refusal = error  # asking again with the same secret would only be counted
            raise
        finally:
            self._renewal = None
        self._refusal = None
        return self._token

    async def _shelved(self, failed: str | None) -> Token | None:
        """The token that another process has put on the shelf, if it is good enough."""
        token = await self._shelf.get(self._name)
        if token is None or token.value == failed or self._left(token) < EARLY:
            return None
        return token

    async def _fetched(self, failed: str | None) -> Token:
        async with self._shelf.turn(self._name):
            token = await self._shelved(failed)
            if token is None:
                token = await self._fetch()
                await self._shelf.put(self._name, token)
        return token


def token_of(answer: Mapping[str, object], name: str, path: str, clock: Clock) -> Token:
    """The token that an answer holds under that name, and when it ends."""
    value, seconds = answer.get(name), answer.get("expires_in")
    if not isinstance(value, str) or not isinstance(seconds, int):
        raise APIError("api.malformed", path=path)
    return Token(value, clock.wall() + seconds)


def _heard(renewal: asyncio.Task[Token]) -> None:
    """A renewal in the background that failed is tried again later; calls go on meanwhile."""
    if renewal.cancelled() or (error := renewal.exception()) is None:
        return
    level = logging.WARNING if isinstance(error, YizhanError) else logging.ERROR
    log.log(level, "%s", error)
