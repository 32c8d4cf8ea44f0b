"""The one place where the stores of mailboxes call Redis, and what its failures mean."""

from collections.abc import AsyncIterator, Sequence
from functools import partial
from hashlib import sha1
from importlib.resources import files
from typing import cast

from redis import exceptions
from redis.asyncio import Redis

from yizhan.errors import StoreError
from yizhan.store.mailboxes.redis_cluster import Cluster
from yizhan.store.mailboxes.redis_writes import Words
from yizhan.store.redis_client import client_for, close, patiently

SCRIPT = (files("yizhan.store.mailboxes") / "commit.lua").read_text("utf-8")
SHA = sha1(SCRIPT.encode(), usedforsecurity=False).hexdigest()
SCANNED = 1000  # keys that one call of SCAN looks at


class Link:
    """Sends commands together and tells each one's answer, or its error."""

    def __init__(self, url: str) -> None:
        self.client: Redis | None = None
        self.cluster: Cluster | None = None
        if "+cluster:" in url:
            self.cluster = Cluster(url)
        else:
            self.client = cast("Redis", client_for(url))

    @property
    def is_cluster(self) -> bool:
        """Whether keys with other tags may live on other machines."""
        return self.cluster is not None

    async def close(self) -> None:
        """Close its connections."""
        if self.cluster is not None:
            await self.cluster.close()
        if self.client is not None:
            await close(self.client)

    async def commit(self, calls: Sequence[Words]) -> list[object]:
        """Call the script, each time with such keys and arguments; answers or errors.

        StoreError when nothing came of any: it may have been done all the same.
        """
        answers = await self._called(calls)
        unknown = [
            place
            for place, answer in enumerate(answers)
            if isinstance(answer, exceptions.NoScriptError)
        ]
        if unknown:
            texts: list[Words] = [["EVAL", SCRIPT, *calls[place]] for place in unknown]
            for place, answer in zip(unknown, await self.run(texts), strict=True):
                answers[place] = answer
        return answers

    async def _called(self, calls: Sequence[Words]) -> list[object]:
        scripts: list[Words] = [["EVALSHA", SHA, *call] for call in calls]
        if self.client is None or not scripts:
            return await self.run(scripts)
        return await patiently(
            partial(_sent, self.client, b"".join(map(_packed, scripts)), len(scripts))
        )

    async def run(self, commands: Sequence[Words]) -> list[object]:
        """The answer to each, or its error in its place; StoreError when there is none at all."""
        if not commands:
            return []
        if self.cluster is not None:
            return await self.cluster.run(commands)
        assert self.client is not None  # noqa: S101  # one of both is there
        return await patiently(partial(_together, self.client, commands))

    async def ask(self, *words: str | bytes) -> object:
        """The answer to one command. Raises StoreError."""
        [answer] = await self.run([list(words)])
        if isinstance(answer, StoreError):
            raise answer
        if isinstance(answer, Exception):
            raise StoreError("store.refused", problem=answer) from answer
        return answer

    async def clients(self) -> Sequence[Redis]:
        """Of every server that holds keys."""
        if self.cluster is not None:
            return await self.cluster.nodes()
        return () if self.client is None else (self.client,)

    async def scan(self, pattern: str) -> AsyncIterator[str]:
        """All keys that match, in no order; some may come twice."""
        for client in await self.clients():
            cursor = 0
            while True:
                call = partial(client.scan, cursor, match=pattern, count=SCANNED)
                cursor, keys = await patiently(call)
                for key in cast("list[bytes]", keys):
                    yield key.decode(errors="replace")
                if not cursor:
                    break


async def _together(client: Redis, commands: Sequence[Words]) -> list[object]:
    pipe = client.pipeline(transaction=False)
    for words in commands:
        pipe.execute_command(*words)
    answers: list[object] = await pipe.execute(raise_on_error=False)
    for answer in answers:
        if isinstance(answer, exceptions.ConnectionError):  # it says that it is loading
            raise answer
    return answers


async def _sent(client: Redis, packed: bytes, count: int) -> list[object]:
    """Send so many commands in one write, and read their answers.

    Commits are most of what is sent: packed here, they cost a fraction of a pipeline.
    """
    pool = client.connection_pool
    connection = await pool.get_connection()  # type: ignore[no-untyped-call]  # redis-py
    try:
        await connection.send_packed_command(packed)
        answers: list[object] = []
        for _ in range(count):
            try:
                answers.append(await connection.read_response())
            except exceptions.ResponseError as error:
                answers.append(error)
    except BaseException:
        await connection.disconnect(nowait=True)
        raise
    finally:
        await pool.release(connection)
    return answers


def _packed(words: Words) -> bytes:
    out = [b"*%d\r\n" % len(words)]
    for word in words:
        it = word.encode() if isinstance(word, str) else word
        out.append(b"$%d\r\n%b\r\n" % (len(it), it))
    return b"".join(out)
