"""The access token: fetched once, kept until shortly before its end, replaced when it fails."""

import asyncio
from collections.abc import Awaitable, Callable

from msgspec import Struct

from yizhan.clock import Clock

EARLY = 300.0  # seconds before its end after which a token is replaced (protocol.md G1)


class Token(Struct, frozen=True):
    """A token and the wall time of its end."""

    value: str
    until: float


class Tokens:
    """One fetch per expiry, however many coroutines ask."""

    def __init__(self, fetch: Callable[[], Awaitable[Token]], clock: Clock) -> None:
        self._fetch = fetch
        self._clock = clock
        self._token: Token | None = None
        self._turn = asyncio.Lock()

    async def get(self, *, failed: str | None = None) -> str:
        """The current token; one that `failed` is replaced only if it is still the current one."""
        token = self._token
        if token is not None and token.value != failed and self._fresh(token):
            return token.value
        async with self._turn:
            token = self._token
            if token is None or token.value == failed or not self._fresh(token):
                token = self._token = await self._fetch()
            return token.value

    def _fresh(self, token: Token) -> bool:
        return self._clock.wall() < token.until - EARLY
