"""An account's store, opened for one command."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from yizhan import settings
from yizhan.clock import SystemClock
from yizhan.errors import SettingsError
from yizhan.store import Store, connect

T = TypeVar("T")


def with_store(account: str, use: Callable[[Store], Awaitable[T]]) -> T:
    """Run `use` with the store that the account's settings name, and close it again.

    SettingsError for a memory store, which no other process can look into.
    """
    chosen = settings.load(account)
    if chosen.store_url.startswith("memory:"):
        raise SettingsError("settings.memory_private")
    return asyncio.run(
        _use(connect(chosen.store_url, account=chosen.label, clock=SystemClock()), use)
    )


async def _use(store: Store, use: Callable[[Store], Awaitable[T]]) -> T:
    await store.open()
    try:
        return await use(store)
    finally:
        await store.close()
