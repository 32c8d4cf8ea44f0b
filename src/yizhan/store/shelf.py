"""The tokens' shelf beside a store: what shares the store shares the tokens."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit
from uuid import uuid4

from yizhan.api import turn as turns
from yizhan.api.bound import LoopBound
from yizhan.api.fileshelf import FileShelf
from yizhan.api.shelf import MemoryShelf, Token, TokenShelf, dumped, loaded
from yizhan.api.turn import renewed, take
from yizhan.clock import Clock
from yizhan.extras import needs

if TYPE_CHECKING:
    from yizhan.store.redis_client import Client

LOOK = 0.05  # seconds between looks at a turn that another one has

# A turn is renewed and given back only by the one who has it: it may have lapsed meanwhile.
RENEW = "if redis.call('get', KEYS[1]) == ARGV[1] then redis.call('pexpire', KEYS[1], ARGV[2]) end"
GIVE_BACK = "if redis.call('get', KEYS[1]) == ARGV[1] then redis.call('del', KEYS[1]) end"


def shelf_for(url: str, account: str, clock: Clock) -> TokenShelf:
    """The shelf beside the store at that address."""
    parts = urlsplit(url)
    if parts.scheme == "memory":
        return MemoryShelf()
    if parts.scheme == "sqlite":
        return FileShelf(Path(unquote(parts.path).removeprefix("/")))
    if parts.scheme in ("postgres", "postgresql"):
        with needs("postgres"):
            from yizhan.store.mailboxes.postgres_shelf import PostgresShelf
        return PostgresShelf(url, clock)
    return RedisShelf(url, account, clock)


class RedisShelf:
    """Tokens in Redis. Their life is Redis's to count: hosts' clocks may differ."""

    def __init__(self, url: str, account: str, clock: Clock) -> None:
        self._url = url
        self._prefix = f"{{{account}}}:token:"
        self._clock = clock
        self._clients: LoopBound[Client] = LoopBound()

    async def get(self, name: str) -> Token | None:
        """The token of that name; what is over is gone."""
        from yizhan.store.redis_client import patiently

        client, key = self._opened(), self._prefix + name
        value, left = await patiently(lambda: asyncio.gather(client.get(key), client.pttl(key)))
        token = loaded(value)
        if token is None or left < 0:
            return None
        return Token(token.value, self._clock.wall() + left / 1000, token.fetch)

    async def put(self, name: str, token: Token) -> None:
        """Keep a token until its end."""
        from yizhan.store.redis_client import patiently

        client, key = self._opened(), self._prefix + name
        left = max(1, int((token.until - self._clock.wall()) * 1000))
        await patiently(lambda: client.set(key, dumped(token), px=left))

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[None]:
        """Wait for the turn, which lapses five seconds after its holder exited."""
        from yizhan.store.redis_client import patiently

        client, key, me = self._opened(), f"{self._prefix}{name}:turn", uuid4().hex
        lease = int(turns.LEASE * 1000)

        async def taken() -> bool:
            return bool(await patiently(lambda: client.set(key, me, nx=True, px=lease)))

        async def renew() -> None:
            await patiently(lambda: client.eval(RENEW, 1, key, me, lease))

        await take(taken, LOOK)
        try:
            async with renewed(renew):
                yield
        finally:
            await patiently(lambda: client.eval(GIVE_BACK, 1, key, me))

    async def close(self) -> None:
        """Close the connections."""
        if (client := self._clients.take()) is not None:
            from yizhan.store.redis_client import close

            await close(client)

    def _opened(self) -> "Client":
        from yizhan.store.redis_client import client_for

        return self._clients.get(lambda: client_for(self._url))
