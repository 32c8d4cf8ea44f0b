"""The nodes of a Redis Cluster: each command goes to the one that has its slot.

Pipelines to each node, not redis-py's own cluster client: that one sends single commands, gives
ASKING and its command to different connections, and raises RuntimeError and AttributeError in
its callers when a node goes away.
"""

import asyncio
import time
from collections.abc import Sequence
from typing import cast
from urllib.parse import urlsplit, urlunsplit

from redis import exceptions
from redis.asyncio import Redis
from redis.crc import key_slot

from yizhan.errors import StoreError
from yizhan.store.mailboxes.redis_writes import Words
from yizhan.store.redis_client import client_for, close

PATIENCE = 1.0  # seconds that a command is sent again, where it is said to belong
PAUSE = 0.05
KEYLESS = frozenset(("TIME", "CONFIG GET", "CLUSTER SLOTS"))

Node = tuple[str, int]
Place = tuple[Node, bool]  # and whether the node must be told that the slot is on its way to it


class Cluster:
    """Its nodes' clients, and which of them has which slots."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        plain = parts._replace(scheme=parts.scheme.partition("+")[0])
        self._url = plain
        self._first: Node = (parts.hostname or "localhost", parts.port or 6379)
        self._clients: dict[Node, Redis] = {}
        self._slots: list[tuple[int, int, Node]] = []
        self._moved: dict[int, Node] = {}
        self._client(self._first)  # a malformed address shows now

    async def close(self) -> None:
        """Close every node's connections."""
        for client in self._clients.values():
            await close(client)

    async def nodes(self) -> list[Redis]:
        """The clients of all nodes that have slots."""
        if not self._slots:
            await self._learn()
        return [self._client(node) for node in dict.fromkeys(it for *_, it in self._slots)]

    async def run(self, commands: Sequence[Words]) -> list[object]:
        """The answer to each command, or an error in its place."""
        answers: list[object] = [None] * len(commands)
        asking: dict[int, Node] = {}
        waiting = range(len(commands))
        deadline = time.monotonic() + PATIENCE
        while waiting:
            if not self._slots:
                await self._learn_if_possible()
            sent = await self._sent(commands, waiting, asking)
            waiting_, must_learn, must_pause = [], False, False
            for place, answer in sent:
                answers[place] = answer
                asking.pop(place, None)
                match answer:
                    case exceptions.MovedError():
                        self._moved[answer.slot_id] = self._named(answer)
                    case exceptions.AskError():
                        asking[place] = self._named(answer)
                    case exceptions.TryAgainError():
                        must_pause = True
                    case exceptions.ConnectionError() | exceptions.ClusterDownError():
                        must_learn = must_pause = True
                    case exceptions.ReadOnlyError():
                        must_learn = must_pause = True
                    case _:
                        continue
                waiting_.append(place)
            if not waiting_ or time.monotonic() >= deadline:
                break
            if must_pause:
                await asyncio.sleep(PAUSE)
            if must_learn:
                await self._learn_if_possible()
            waiting = waiting_  # type: ignore[assignment]  # places, as before
        return [_told(answer) for answer in answers]

    async def _sent(
        self, commands: Sequence[Words], waiting: Sequence[int], asking: dict[int, Node]
    ) -> list[tuple[int, object]]:
        """Send each to its node once, those of one node together."""
        by_node: dict[Node, list[int]] = {}
        for place in waiting:
            node = asking.get(place) or self._node_of(commands[place])
            by_node.setdefault(node, []).append(place)
        groups = await asyncio.gather(
            *(
                self._through(node, [(place, commands[place], place in asking) for place in places])
                for node, places in by_node.items()
            )
        )
        return [it for group in groups for it in group]

    async def _through(
        self, node: Node, commands: Sequence[tuple[int, Words, bool]]
    ) -> list[tuple[int, object]]:
        """One pipeline to one node; its failure is that of each command."""
        pipe = self._client(node).pipeline(transaction=False)
        for _, words, must_ask in commands:
            if must_ask:
                pipe.execute_command("ASKING")
            pipe.execute_command(*words)
        try:
            found = iter(await pipe.execute(raise_on_error=False))
        except (exceptions.RedisError, OSError) as error:
            return [(place, error) for place, *_ in commands]
        answers: list[tuple[int, object]] = []
        for place, _, must_ask in commands:
            if must_ask:
                next(found)
            answers.append((place, next(found)))
        return answers

    def _node_of(self, words: Words) -> Node:
        if words[0] in KEYLESS or not self._slots:
            return self._slots[0][2] if self._slots else self._first
        key = words[3] if words[0] in ("EVALSHA", "EVAL") else words[1]
        slot = key_slot(key.encode() if isinstance(key, str) else key)
        if slot in self._moved:
            return self._moved[slot]
        for start, end, node in self._slots:
            if start <= slot <= end:
                return node
        return self._first

    def _client(self, node: Node) -> Redis:
        if node not in self._clients:
            login, _, _ = self._url.netloc.rpartition("@")
            host = f"[{node[0]}]" if ":" in node[0] else node[0]
            netloc = f"{login}@{host}:{node[1]}" if login else f"{host}:{node[1]}"
            url = urlunsplit(self._url._replace(netloc=netloc))
            self._clients[node] = cast("Redis", client_for(url))
        return self._clients[node]

    def _named(self, error: exceptions.AskError) -> Node:
        return (error.host or self._first[0], error.port)

    async def _learn_if_possible(self) -> None:
        try:
            await self._learn()
        except StoreError:
            return  # the commands go where they went before, and say what is wrong

    async def _learn(self) -> None:
        """Ask any node which has which slots. StoreError if none answers."""
        problem: Exception | None = None
        for node in [self._first, *self._clients]:
            try:
                client = self._client(node)
                answer = await client.execute_command("CLUSTER SLOTS")  # type: ignore[no-untyped-call]
            except (exceptions.RedisError, OSError) as error:
                problem = error
                continue
            self._slots = [
                (start, end, (host.decode() or node[0], port))
                for start, end, (host, port, *_), *_ in answer
            ]
            self._moved = {}
            if self._slots:
                return
        raise StoreError("store.unreachable", problem=problem or "CLUSTER SLOTS") from problem


def _told(answer: object) -> object:
    """Errors by which nobody is served become StoreError; others are the caller's matter."""
    match answer:
        case exceptions.ConnectionError() | exceptions.TimeoutError() | OSError():
            return _because(StoreError("store.unreachable", problem=answer), answer)
        case exceptions.ClusterError() | exceptions.AskError() | exceptions.TryAgainError():
            return _because(StoreError("store.refused", problem=answer), answer)
    return answer


def _because(error: StoreError, cause: Exception) -> StoreError:
    error.__cause__ = cause
    return error
