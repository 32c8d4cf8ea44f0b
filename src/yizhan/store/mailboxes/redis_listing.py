"""What a terminal asks: messages, by key or newest first, and counts."""

import logging
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Sequence
from itertools import islice
from typing import cast

from redis import exceptions

from yizhan.errors import StoreError
from yizhan.store.mailbox import FINAL, LISTED, NOBODY, Mailbox, Message, State, is_waiting
from yizhan.store.mailboxes.contract import Stats, Whole
from yizhan.store.mailboxes.redis_leases import put_aside, read_boxes
from yizhan.store.mailboxes.redis_link import Link
from yizhan.store.mailboxes.redis_names import Names, Spread
from yizhan.store.mailboxes.redis_records import (
    Unreadable,
    message_from,
    placeholder,
    seen_in,
)
from yizhan.store.mailboxes.redis_writes import Words

log = logging.getLogger("yizhan")

PAGE = 200  # messages that are looked at together

Held = dict[str, tuple[str, Mailbox] | None]


class Listing:
    """Reads what is there, and passes over what cannot be read."""

    def __init__(self, link: Link, spread: Spread) -> None:
        self._link = link
        self._spread = spread

    async def messages(self, keys: Iterable[str]) -> tuple[Whole, ...]:
        """These messages as they stand."""
        wanted = tuple(dict.fromkeys(keys))
        found: dict[str, Whole] = {}
        for names in self._spread.shards:
            dated = [(key, await self._created(names, key)) for key in wanted]
            for whole in await self._wholes(names, dated):
                found[whole.message.key] = whole
        return tuple(found[key] for key in wanted if key in found)

    async def _created(self, names: Names, key: str) -> float | None:
        [score] = await self._link.run([["ZSCORE", names.created, key]])
        if isinstance(score, StoreError):
            raise score
        return None if score is None or isinstance(score, Exception) else float(cast("str", score))

    async def jobs(
        self, state: State | None, limit: int, before: float | None
    ) -> tuple[Whole, ...]:
        """Messages, newest first."""
        found: list[Whole] = []
        for names in self._spread.shards:
            count = 0
            async for whole in self._newest(names, before):
                if state in (None, whole.state):
                    found.append(whole)
                    count += 1
                if count == limit:
                    break
        found.sort(key=lambda it: -it.message.created)
        return tuple(found[:limit])

    async def _newest(self, names: Names, before: float | None) -> AsyncIterator[Whole]:
        """All messages of a shard, by the index if there is one, else as they come."""
        if not await self.is_indexed(names):
            for whole in await self._unindexed(names, before):
                yield whole
            return
        most, start = "+inf" if before is None else f"({before!r}", 0
        while True:
            range_: Words = ["ZREVRANGEBYSCORE", names.created, most, "-inf", "WITHSCORES"]
            answer = await self._link.ask(*range_, "LIMIT", str(start), str(PAGE))
            page = _scored(answer)
            for whole in await self._wholes(names, page):
                yield whole
            if len(page) < PAGE:
                return
            start += PAGE

    async def is_indexed(self, names: Names) -> bool:
        """Whether the index of messages is there."""
        [count] = await self._link.run([["ZCARD", names.created]])
        if isinstance(count, StoreError):
            raise count
        if isinstance(count, Exception):
            await put_aside(self._link, names.created, count)
            return False
        return bool(count)

    async def _unindexed(self, names: Names, before: float | None) -> list[Whole]:
        """The same though the index of messages is lost."""
        keys = [key async for key in self.all_keys(names)]
        if not keys:
            return []
        log.error("%s", StoreError("store.index_lost", key=names.created))
        wholes = await self._wholes(names, [(key, None) for key in keys])
        kept = (it for it in wholes if before is None or it.message.created < before)
        return sorted(kept, key=lambda it: -it.message.created)

    async def all_keys(self, names: Names) -> AsyncIterator[str]:
        """The keys of all messages that have a row, without the index."""
        prefix = names.message("")
        seen: set[str] = set()
        async for key in self._link.scan(f"{_literal(prefix)}*"):
            if key.startswith(prefix) and ":aside:" not in key and key not in seen:
                seen.add(key)
                yield key.removeprefix(prefix)

    async def _wholes(
        self, names: Names, keys: Sequence[tuple[str, float | None]]
    ) -> Sequence[Whole]:
        """These messages with their jobs; a dated one that cannot be read has a placeholder."""
        rows = await self._rows(names, keys)
        open_ = [it.openid for it in rows if it.state is None]
        boxes = await read_boxes(self._link, self._spread, open_)
        lost = [it for it in rows if it.state is None and _job_of(boxes, it) is None]
        if lost:  # or they have left their mailbox since the row was read
            again = {it.key: it for it in await self._rows(names, [(it.key, 0.0) for it in lost])}
            rows = [again.get(it.key, it) for it in rows]
        return [_whole(boxes, it) for it in rows]

    async def _rows(
        self, names: Names, keys: Sequence[tuple[str, float | None]]
    ) -> Sequence[Message]:
        words: list[Words] = [["HMGET", names.message(key), "message", "filed"] for key, _ in keys]
        rows: list[Message] = []
        for (key, created), answer in zip(keys, await self._link.run(words), strict=True):
            if isinstance(answer, StoreError):
                raise answer
            problem = "-"
            try:
                message = message_from(answer)
            except Unreadable as error:
                message, problem, created = None, str(error), created or 0.0
            if message is not None:
                rows.append(message)
            elif created is not None:
                log.error("%s", StoreError("store.unreadable", key=key, problem=problem))
                rows.append(placeholder(key, created))
        return rows

    async def keys_of(self, openid: str) -> tuple[str, ...]:
        """The keys of all messages of this follower."""
        names = self._spread.of(openid)
        answer = await self._link.ask("SMEMBERS", names.keys(openid))
        return tuple(key.decode() for key in cast("Iterable[bytes]", answer))

    async def uncollected(self, before: float, limit: int) -> tuple[str, ...]:
        """Followers with an answer that waits since then."""
        found: list[str] = []
        for names in self._spread.shards:
            boxes = await read_boxes(self._link, self._spread, await self._in_hand(names))
            waiting = (
                openid
                for openid, held in boxes.items()
                if held is not None and any(is_waiting(job, before) for job in held[1].jobs)
            )
            found += islice(waiting, limit - len(found))
        return tuple(found)

    async def _in_hand(self, names: Names) -> list[str]:
        """The followers with jobs in hand."""
        [owners] = await self._link.run([["HKEYS", names.renewals]])
        known = () if isinstance(owners, exceptions.ResponseError) else owners
        named = [NOBODY, *(it.decode() for it in cast("Iterable[bytes]", known))]
        answers = await self._link.run([["SMEMBERS", names.owned(name)] for name in named])
        found: set[str] = set()
        for answer in answers:
            if isinstance(answer, StoreError):
                raise answer
            if not isinstance(answer, Exception):
                found.update(it.decode() for it in cast("Iterable[bytes]", answer))
        return sorted(found)

    async def stats(self) -> Stats:
        """Counts; what Redis needs for them is not known of one account."""
        states: Counter[str] = Counter()
        followers = bindings = 0
        for names in self._spread.shards:
            words: list[Words] = [["ZCARD", names.ended(it)] for it in (*FINAL, *LISTED)]
            words += [["SCARD", names.boxes], ["HLEN", names.bindings]]
            counts = [_count(it) for it in await self._link.run(words)]
            states.update(dict(zip((*FINAL, *LISTED), counts, strict=False)))
            followers, bindings = followers + counts[-2], bindings + counts[-1]
            boxes = await read_boxes(self._link, self._spread, await self._in_hand(names))
            for held in boxes.values():
                states.update(job.state for job in (held[1].jobs if held else ()))
        return Stats(
            {it: number for it, number in states.items() if number}, followers, bindings, 0
        )


def _whole(boxes: Held, message: Message) -> Whole:
    held = boxes.get(message.openid)
    if message.state is not None or held is None:
        return Whole(seen_in(Mailbox(), message))
    return Whole(seen_in(held[1], message), held[1].job(message.key))


def _job_of(boxes: Held, message: Message) -> object:
    held = boxes.get(message.openid)
    return None if held is None else held[1].job(message.key)


def _scored(answer: object) -> list[tuple[str, float | None]]:
    """Members with their scores, however this version of the protocol gives them."""
    items = cast("Sequence[object]", answer)
    if items and not isinstance(items[0], (tuple, list)):
        items = list(zip(items[::2], items[1::2], strict=True))
    found = cast("Sequence[tuple[bytes, bytes | float]]", items)
    return [(key.decode(), float(score)) for key, score in found]


def _count(answer: object) -> int:
    if isinstance(answer, StoreError):
        raise answer
    return answer if isinstance(answer, int) else 0


def _literal(text: str) -> str:
    """The text as a pattern that matches only itself."""
    return "".join(f"\\{sign}" if sign in "*?[]\\" else sign for sign in text)
