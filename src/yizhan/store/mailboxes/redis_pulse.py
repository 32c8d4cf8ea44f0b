"""Hearing which mailboxes others have changed, for an owner that waits for it."""

import asyncio
from collections.abc import Mapping
from typing import cast

from redis.asyncio import Redis
from redis.asyncio.client import PubSub

from yizhan.errors import StoreError
from yizhan.store.mailboxes.redis_link import Link
from yizhan.store.mailboxes.redis_names import Spread
from yizhan.store.mailboxes.redis_writes import Words
from yizhan.store.redis_client import translated

LISTEN = 1.0  # seconds of one look for messages
POLL = 0.05  # seconds between two looks where there is no subscription (Cluster)


class Pulse:
    """One subscription, kept from the first wait to the close; each owner has its channel."""

    def __init__(self, link: Link, owner: str, waited_for: dict[str, str]) -> None:
        self._link = link
        self._owner = owner
        self._waited_for = waited_for  # mailbox -> its version when this owner waited
        self._pubsub: PubSub | None = None
        self._listening: asyncio.Future[frozenset[str]] | None = None
        self._is_closed = False

    async def changed(self, spread: Spread) -> frozenset[str]:
        """The mailboxes that have changed, once there are any."""
        if self._is_closed:
            raise StoreError("store.closed")
        listening = self._listening = asyncio.ensure_future(self._changed(spread))
        try:
            return await listening
        except asyncio.CancelledError:
            if self._is_closed:
                raise StoreError("store.closed") from None
            raise

    async def _changed(self, spread: Spread) -> frozenset[str]:
        client = self._link.client
        if client is None:
            return await self._poll(spread)
        try:
            return await translated(lambda: self._listen(client, spread))
        except StoreError:
            await self._let_go()
            raise

    async def close(self) -> None:
        """End the subscription; who waits gets StoreError."""
        self._is_closed = True
        if self._listening is not None:  # first, for a subscription that is read connects anew
            self._listening.cancel()
            await asyncio.wait([self._listening])
        await self._let_go()

    async def _let_go(self) -> None:
        pubsub, self._pubsub = self._pubsub, None
        if pubsub is not None:
            await pubsub.aclose()  # type: ignore[no-untyped-call]  # redis-py

    async def _listen(self, client: Redis, spread: Spread) -> frozenset[str]:
        if self._pubsub is None:
            pubsub = self._pubsub = client.pubsub(ignore_subscribe_messages=True)
            await pubsub.subscribe(*(names.pulse(self._owner) for names in spread.shards))
            if missed := await self._look(spread):  # what was before the subscription
                return missed
        heard: set[str] = set()
        while not heard:
            heard |= await self._heard(LISTEN)
        while more := await self._heard(0.0):
            heard |= more
        for openid in heard:
            self._waited_for.pop(openid, None)
        return frozenset(heard)

    async def _heard(self, within: float) -> set[str]:
        pubsub = self._pubsub
        if pubsub is None:
            raise StoreError("store.closed")
        message = await pubsub.get_message(timeout=within)
        return set() if message is None else {cast("bytes", message["data"]).decode()}

    async def _poll(self, spread: Spread) -> frozenset[str]:
        while True:
            if found := await self._look(spread):
                return found
            await asyncio.sleep(POLL)

    async def _look(self, spread: Spread) -> frozenset[str]:
        """Which of the mailboxes that are waited for have another version."""
        waited: Mapping[str, str] = dict(self._waited_for)
        words: list[Words] = [["HGET", spread.of(it).box(it), "version"] for it in waited]
        changed: set[str] = set()
        for (openid, seen), answer in zip(waited.items(), await self._link.run(words), strict=True):
            if isinstance(answer, StoreError):
                raise answer
            if answer != seen.encode() and self._waited_for.get(openid) == seen:
                self._waited_for.pop(openid)
                changed.add(openid)
        return frozenset(changed)
