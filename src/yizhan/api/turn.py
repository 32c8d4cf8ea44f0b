"""The turn to fetch a token: it lapses when its holder exits or hangs; no wait is endless."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from yizhan.errors import StoreError

LEASE = 5.0  # seconds that a turn lasts without being renewed
RENEW = 1.5  # seconds between renewals
LONGEST = 65.0  # seconds that a turn may take and be waited for: three tries of a fetch

log = logging.getLogger("yizhan.api")


@asynccontextmanager
async def renewed(renew: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
    """Renew a turn while the block runs; one that takes too long is left to lapse."""
    over = asyncio.Event()
    renewing = asyncio.ensure_future(_renew(renew, over))
    try:
        yield
    finally:
        over.set()  # a store's client may swallow the cancellation
        renewing.cancel()
        await asyncio.wait({renewing})


async def take(taken: Callable[[], Awaitable[bool]], look: float) -> None:
    """Try every `look` seconds until the turn is taken. StoreError when it takes too long.

    Each try ends by itself: a cancellation might be swallowed, and the wait be endless.
    """
    loop = asyncio.get_running_loop()
    end = loop.time() + LONGEST
    while not await taken():
        if loop.time() >= end:
            raise StoreError("store.turn", seconds=f"{LONGEST:g}")
        await asyncio.sleep(look)


async def _renew(renew: Callable[[], Awaitable[None]], over: asyncio.Event) -> None:
    for _ in range(int(LONGEST / RENEW)):
        if over.is_set():
            return
        await asyncio.sleep(RENEW)
        try:
            await renew()
        except StoreError as error:  # the next one may succeed before the turn lapses
            log.warning("%s", error)
