"""Writes that must not be forgotten while the store is away."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from yizhan.errors import StoreError

log = logging.getLogger("yizhan")

T = TypeVar("T")

AGAIN = 1.0  # seconds between two tries


async def surely(write: Callable[[], Awaitable[T]]) -> T:
    """The result of this call to the store, which is repeated until the store can do it.

    Raises StoreError once the store is closed.
    """
    told = False
    while True:
        try:
            return await write()
        except StoreError as error:
            if error.phrase == "store.closed":
                raise
            if not told:
                log.warning("%s", error)
            told = True
        await asyncio.sleep(AGAIN)
