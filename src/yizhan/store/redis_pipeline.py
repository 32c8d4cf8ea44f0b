"""Calls that are asked for at the same time travel together: one write, one read."""

import asyncio
from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

from redis import exceptions
from redis.asyncio import Redis

from yizhan.store.redis_client import Argument, Script

UNDER_WAY = 8  # pipelines at once: what comes meanwhile waits and fills the next
MOST = 128  # calls in one


class Asked(NamedTuple):
    """One call of a script that waits to be sent."""

    script: Script
    key: str
    words: Sequence[Argument]
    future: "asyncio.Future[object]"


class Pipeline:
    """Sends scripts in pipelines over the client's connections."""

    def __init__(self, client: Redis) -> None:
        self._client = client
        self._waiting: deque[Asked] = deque()
        self._under_way: set[asyncio.Task[None]] = set()
        self._called = False

    async def run(self, script: Script, key: str, words: Sequence[Argument]) -> object:
        """The script's answer. Raises redis-py's errors."""
        loop = asyncio.get_running_loop()
        asked = Asked(script, key, words, loop.create_future())
        self._waiting.append(asked)
        if not self._called and len(self._under_way) < UNDER_WAY:
            self._called = True
            loop.call_soon(self._begin)
        try:
            return await asked.future
        except exceptions.NoScriptError:
            return await script([key], words)

    def _begin(self) -> None:
        self._called = False
        while self._waiting and len(self._under_way) < UNDER_WAY:
            batch = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
            task = asyncio.ensure_future(self._send(batch))
            self._under_way.add(task)
            task.add_done_callback(self._end)

    def _end(self, task: "asyncio.Task[None]") -> None:
        self._under_way.discard(task)
        if self._waiting:
            self._begin()

    async def _send(self, batch: Sequence[Asked]) -> None:
        try:
            answers = await self._answers(batch)
        except Exception as error:  # each that asked hears of it
            answers = [error] * len(batch)
        for asked, answer in zip(batch, answers, strict=True):
            if asked.future.done():
                continue
            if isinstance(answer, Exception):
                asked.future.set_exception(answer)
            else:
                asked.future.set_result(answer)

    async def _answers(self, batch: Sequence[Asked]) -> Sequence[object]:
        pipe = self._client.pipeline(transaction=False)
        for asked in batch:
            pipe.evalsha(asked.script.sha, 1, asked.key, *asked.words)
        answers: list[object] = await pipe.execute(raise_on_error=False)
        return answers
