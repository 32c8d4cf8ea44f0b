"""Hearing of what other processes change, by one subscription while somebody waits."""

import asyncio

from redis.asyncio import Redis
from redis.asyncio.client import PubSub

from yizhan.store.redis_client import Client, translated

LISTEN = 1.0  # seconds of one look for messages
LINGER = 5.0  # seconds that a subscription outlives the last wait
POLL = 0.05  # seconds between two wakes where there is no subscription (Cluster)


class Pulse:
    """The store's own changes, marked with its `sender`, do not count."""

    def __init__(self, client: Client, channel: str, sender: str) -> None:
        self._client = client
        self._channel = channel
        self._sender = sender.encode()
        self._pubsub: PubSub | None = None
        self._expiry: asyncio.TimerHandle | None = None
        self._closing: set[asyncio.Task[None]] = set()

    async def wait(self) -> None:
        """Return once another has changed something, or may have while nobody listened."""
        client = self._client
        if not isinstance(client, Redis):
            await asyncio.sleep(POLL)
            return
        if self._expiry is not None:
            self._expiry.cancel()
        try:
            await translated(lambda: self._listen(client))
        except BaseException:
            await self.close()
            raise
        self._expiry = asyncio.get_running_loop().call_later(LINGER, self._expire)

    async def close(self) -> None:
        if self._expiry is not None:
            self._expiry.cancel()
        pubsub, self._pubsub = self._pubsub, None
        if pubsub is not None:
            await pubsub.aclose()  # type: ignore[no-untyped-call]  # redis-py

    async def _listen(self, client: Redis) -> None:
        if self._pubsub is None:
            self._pubsub = client.pubsub(ignore_subscribe_messages=True)
            await self._pubsub.subscribe(self._channel)
            return
        while not await self._heard(self._pubsub, LISTEN):
            pass
        while await self._heard(self._pubsub, 0.0) is not None:
            pass

    async def _heard(self, pubsub: PubSub, within: float) -> bool | None:
        """Whether the next message is another's; None when there is none."""
        message = await pubsub.get_message(timeout=within)
        return None if message is None else message["data"] != self._sender

    def _expire(self) -> None:
        task = asyncio.ensure_future(self.close())
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)
