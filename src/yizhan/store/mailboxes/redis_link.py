"""The one place where the store of mailboxes calls Redis, and what its failures mean.

What is sent is packed here and written at once: a group of commits is one command with one
argument, and redis-py's pipelines and pools would cost several times what the commits do. In a
Cluster each command goes to the node that has its slot. redis-py's own client for that was tried
(8.1): a dead node kept the commands to all others back, and the loop for up to 0.4 s, so that
the living were taken for dead; and it raises RuntimeError and AttributeError in its callers.
"""

import asyncio
import logging
import re
import time
from collections.abc import Sequence
from hashlib import sha1
from importlib.resources import files
from typing import cast
from urllib.parse import urlsplit, urlunsplit

from redis import exceptions
from redis.asyncio import Redis
from redis.asyncio.connection import AbstractConnection
from redis.crc import key_slot

from yizhan.errors import StoreError
from yizhan.store.mailboxes.commits import Failed
from yizhan.store.redis_client import LOST, PAUSES, client_for, close

log = logging.getLogger("yizhan")

SCRIPT = (files("yizhan.store.mailboxes") / "commit.lua").read_text("utf-8")
SHA = sha1(SCRIPT.encode(), usedforsecurity=False).hexdigest()
SCANNED = 1000  # keys that one call of SCAN looks at
PATIENCE = 1.0  # seconds that a command is sent again, where it is said to belong
PAUSE = 0.05
KEYLESS = ("TIME", "CONFIG")
# Where a slot is on its way, ASKING would help nobody: a script with a new key waits for its end.
ELSEWHERE = (
    exceptions.AskError,  # of which MovedError is one
    exceptions.TryAgainError,
    exceptions.ClusterDownError,
    exceptions.ReadOnlyError,
)

Words = Sequence[str | bytes]
Address = tuple[str, int]
Slots = list[tuple[int, int, tuple[bytes, int]]]


class Node:
    """One server: connections that are kept for the next exchange."""

    def __init__(self, url: str) -> None:
        self.client = cast("Redis", client_for(url))
        self._pool = self.client.connection_pool
        self._idle: list[AbstractConnection] = []

    async def send(self, commands: Sequence[Words]) -> list[object]:
        """The answer to each, or an error in its place."""
        try:
            return await self._exchange(b"".join(map(_packed, commands)), len(commands))
        except (exceptions.RedisError, OSError) as error:
            while self._idle:  # they are of the server that was lost
                await self._let_go(self._idle.pop())
            return [error] * len(commands)

    async def _exchange(self, packed: bytes, count: int) -> list[object]:
        connection = self._idle.pop() if self._idle else await self._pool.get_connection()  # type: ignore[no-untyped-call]
        answers: list[object] = []
        try:
            await connection.send_packed_command(packed)
            while len(answers) < count:
                try:
                    answers.append(await connection.read_response())
                except exceptions.ResponseError as error:
                    answers.append(error)
        except BaseException:
            await self._let_go(connection)
            raise
        self._idle.append(connection)
        return answers

    async def _let_go(self, connection: AbstractConnection) -> None:
        await connection.disconnect(nowait=True)
        await self._pool.release(connection)

    async def close(self) -> None:
        """Close its connections."""
        while self._idle:
            await self._let_go(self._idle.pop())
        await close(self.client)


class Link:
    """Sends commands together. All but `commit` may be repeated, and is when a server is lost."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.is_cluster = parts.scheme.endswith("+cluster")
        self._url = parts._replace(scheme=parts.scheme.removesuffix("+cluster"))
        first = Node(urlunsplit(self._url))  # a malformed address shows now, without its password
        self._first: Address = (
            (parts.hostname or "localhost", parts.port or 6379) if self.is_cluster else ("", 0)
        )
        self._nodes = {self._first: first}
        self._slots: dict[int, Address] = {}

    @property
    def client(self) -> Redis:
        """redis-py's client of the only server."""
        return self._nodes[self._first].client

    async def close(self) -> None:
        """Close its connections."""
        for node in self._nodes.values():
            await node.close()

    async def commit(self, calls: Sequence[Words]) -> list[object]:
        """Call the script, each time with such keys and argument: answers, or what went wrong."""
        answers = await self._send([["EVALSHA", SHA, *call] for call in calls])
        unknown = [
            it for it, answer in enumerate(answers) if isinstance(answer, exceptions.NoScriptError)
        ]
        if unknown:
            again = await self._send([["EVAL", SCRIPT, *calls[place]] for place in unknown])
            for place, answer in zip(unknown, again, strict=True):
                answers[place] = answer
        return [_failure(it) if isinstance(it, Exception) else it for it in answers]

    async def ask(self, *words: str | bytes) -> object:
        """The answer to one command. Raises StoreError."""
        [answer] = await self.run([words])
        return answer

    async def run(self, commands: Sequence[Words]) -> list[object]:
        """The answer to each. StoreError if there is none to one of them.

        An index of another type than ours is put out of the way. That of a mailbox or a row is
        for a commit to mend: the error stands in the answer's place.
        """
        answers = await self._patiently(commands)
        for place, answer in enumerate(answers):
            if not isinstance(answer, Exception):
                continue
            words = commands[place]
            if "WRONGTYPE" in str(answer):
                key = str(words[1])
                if ":box:" in key or ":message:" in key:
                    continue
                log.error("%s", StoreError("store.aside", key=key))
                mended = [["RENAME", key, f"{key}:aside"], words]
                _, answers[place] = await self._patiently(mended)
            if isinstance(answer := answers[place], Exception):
                raise meant(answer) from answer
        return answers

    async def _patiently(self, commands: Sequence[Words]) -> list[object]:
        answers = await self._send(commands)
        for pause in PAUSES:
            if not any(isinstance(it, exceptions.ConnectionError) for it in answers):
                break
            await asyncio.sleep(pause)
            answers = await self._send(commands)
        return answers

    async def nodes(self) -> list[Address]:
        """Every server that holds keys."""
        if self.is_cluster and not self._slots:
            await self._learn()
        return list(dict.fromkeys(self._slots.values())) or [self._first]

    async def keys(self, prefix: str) -> list[str]:
        """All keys that begin so, in no order."""
        found: dict[str, None] = {}
        for at in await self.nodes():
            cursor = -1
            while cursor:
                cursor, keys = await self.scan(at, max(cursor, 0), prefix)
                found |= dict.fromkeys(keys)
        return list(found)

    async def scan(self, at: Address, cursor: int, prefix: str) -> tuple[int, list[str]]:
        """Some keys of a server that begin so, and where to go on; 0 at the end."""
        pattern = re.sub(r"[*?\[\]\\]", r"\\\g<0>", prefix) + "*"
        words = ["SCAN", str(cursor), "MATCH", pattern, "COUNT", str(SCANNED)]
        [answer] = await self._node(at).send([words])
        if isinstance(answer, Exception):
            raise meant(answer) from answer
        next_, keys = cast("tuple[bytes, list[bytes]]", answer)
        return int(next_), [key.decode(errors="replace") for key in keys]

    async def _send(self, commands: Sequence[Words]) -> list[object]:
        """Send each command to its node, those of one node together, until all have reached it."""
        if not self.is_cluster:
            return await self._nodes[self._first].send(commands) if commands else []
        answers: list[object] = [None] * len(commands)
        places = list(range(len(commands)))
        deadline = time.monotonic() + PATIENCE
        while True:
            if not self._slots:
                await self._learn_if_possible()
            by_node: dict[Address, list[int]] = {}
            for place in places:
                by_node.setdefault(self._of(commands[place]), []).append(place)
            sent = [[commands[place] for place in they] for they in by_node.values()]
            found = await asyncio.gather(
                *(self._node(at).send(words) for at, words in zip(by_node, sent, strict=True))
            )
            for they, answered in zip(by_node.values(), found, strict=True):
                for place, answer in zip(they, answered, strict=True):
                    answers[place] = answer
            places = [place for place in places if isinstance(answers[place], ELSEWHERE)]
            if places or any(isinstance(it, LOST) for it in answers):
                self._slots = {}
            if not places or time.monotonic() >= deadline:
                return answers
            await asyncio.sleep(PAUSE)

    def _of(self, words: Words) -> Address:
        if words[0] in KEYLESS:
            return next(iter(self._slots.values()), self._first)
        key = words[3] if words[0] in ("EVALSHA", "EVAL") else words[1]
        slot = key_slot(key.encode() if isinstance(key, str) else key)
        return self._slots.get(slot, self._first)

    def _node(self, at: Address) -> Node:
        if at not in self._nodes:
            login, at_sign, _ = self._url.netloc.rpartition("@")
            host = f"[{at[0]}]" if ":" in at[0] else at[0]
            netloc = f"{login}{at_sign}{host}:{at[1]}"
            self._nodes[at] = Node(urlunsplit(self._url._replace(netloc=netloc)))
        return self._nodes[at]

    async def _learn_if_possible(self) -> None:
        try:
            await self._learn()
        except StoreError as error:  # the commands go where they went before, and say what is wrong
            log.debug("%s", error)

    async def _learn(self) -> None:
        """Ask any node which has which slots. StoreError if none answers."""
        problem: Exception | None = None
        for at in list(self._nodes):
            [answer] = await self._node(at).send([["CLUSTER", "SLOTS"]])
            if isinstance(answer, Exception):
                problem = answer
                continue
            for start, end, (host, port, *_), *_ in cast("Slots", answer):
                self._slots |= dict.fromkeys(range(start, end + 1), (host.decode() or at[0], port))
            if self._slots:
                return
        raise StoreError("store.unreachable", problem=problem or "CLUSTER SLOTS") from problem


def meant(error: Exception) -> StoreError:
    """What an error of Redis is called here, without the client that redis-py puts behind it."""
    if isinstance(error, LOST):
        return StoreError("store.unreachable", problem=str(error).partition(" : <")[0])
    return StoreError("store.refused", problem=error)


def _failure(error: Exception) -> Exception:
    """What it means for a commit."""
    failure = meant(error)
    failure.__cause__ = error
    if isinstance(error, exceptions.ConnectionError):
        return Failed(failure, "lost")
    return Failed(failure, "silent") if isinstance(error, LOST) else failure


def _packed(words: Words) -> bytes:
    out = [b"*%d\r\n" % len(words)]
    for word in words:
        it = word.encode() if isinstance(word, str) else word
        out.append(b"$%d\r\n%b\r\n" % (len(it), it))
    return b"".join(out)
