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
    """The result of this call to the store, which is repeated until the store can do it."""
    try:
        return await write()
    except StoreError as error:
        log.warning("%s", error)
    while True:
        await asyncio.sleep(AGAIN)
        try:
            return await write()
        except StoreError:
            continue
