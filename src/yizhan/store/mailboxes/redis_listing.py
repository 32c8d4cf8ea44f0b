"""What is found by the indexes of a store in Redis: messages, work that is nobody's, what is over.

An index that was lost is made anew by a sweep over all keys; what cannot be read is passed over,
listed and logged.
"""

import logging
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from typing import cast

from yizhan.errors import StoreError
from yizhan.store.mailbox import (
    EMPTY,
    FINAL,
    LISTED,
    NOBODY,
    UNREAD,
    Mailbox,
    Message,
    State,
    is_due,
    is_waiting,
    oldest,
)
from yizhan.store.mailboxes.contract import Orphan, Stats, Whole
from yizhan.store.mailboxes.redis_commit import send
from yizhan.store.mailboxes.redis_link import Address, Link
from yizhan.store.mailboxes.redis_records import (
    Names,
    Spread,
    Unreadable,
    entered,
    erasure,
    loaded_in,
    message_in,
    pairs,
    placeholder,
    seen_in,
)
from yizhan.store.parking import NEAR

log = logging.getLogger("yizhan")

PAGE = 200  # messages, bindings or followers that are looked at together
SWEPT = 20  # pages of keys of each server that one round of pruning looks at

CommitAlone = Callable[[Names, str, str, Sequence[Sequence[str]]], Awaitable[None]]
Held = tuple[str, Mailbox]  # a mailbox with its version


class Listing:
    """`commit` writes to the indexes of a mailbox, if it still has the version that was seen."""

    def __init__(self, link: Link, spread: Spread, commit: CommitAlone) -> None:
        self._link = link
        self._spread = spread
        self._commit = commit
        self._cursors: dict[Address, int] = {}

    # Messages.

    async def messages(self, keys: Iterable[str], openid: str | None) -> tuple[Whole, ...]:
        """These messages as they stand, of anybody or of one follower."""
        wanted = tuple(dict.fromkeys(keys))
        found: dict[str, Whole] = {}
        shards = self._spread.shards if openid is None else [self._spread.of(openid)]
        for names in shards:
            scores = await self._link.run([["ZSCORE", names.key("created"), it] for it in wanted])
            dated = [None if it is None else _float(it) for it in scores]
            wholes = await self._wholes(names, list(zip(wanted, dated, strict=True)))
            found |= {it.message.key: it for it in wholes}
        kept = (found[key] for key in wanted if key in found)
        return tuple(it for it in kept if openid in (None, it.message.openid))

    async def jobs(
        self, state: State | None, limit: int, before: float | None
    ) -> tuple[Whole, ...]:
        """Messages, newest first."""
        found: list[Whole] = []
        for names in self._spread.shards:
            most = len(found) + limit  # of each shard as many as are wanted
            async for whole in self._newest(names, before):
                if state in (None, whole.state):
                    found.append(whole)
                if len(found) == most:
                    break
        found.sort(key=lambda it: -it.message.created)
        return tuple(found[:limit])

    async def bodies(self) -> AsyncIterator[bytes]:
        """Those of all messages that can be read."""
        for names in self._spread.shards:
            async for whole in self._newest(names, None):
                if whole.message.openid:
                    yield whole.message.body

    async def _newest(self, names: Names, before: float | None) -> AsyncIterator[Whole]:
        created, most, start = names.key("created"), "+inf" if before is None else f"({before!r}", 0
        if not await self._link.ask("ZCARD", created):
            await self._sweep(0.0, 0, None)
        while True:
            words = ("ZREVRANGEBYSCORE", created, most, "-inf", "WITHSCORES", "LIMIT")
            page = pairs(await self._link.ask(*words, str(start), str(PAGE)))
            dated = [(it.decode(), float(at)) for it, at in page.items()]
            for whole in await self._wholes(names, dated):
                yield whole
            if len(page) < PAGE:
                return
            start += PAGE

    async def _wholes(
        self, names: Names, keys: Sequence[tuple[str, float | None]]
    ) -> Sequence[Whole]:
        """These messages with their jobs; a dated one that cannot be read has a placeholder."""
        rows = await self._rows(names, keys)
        boxes = await self._boxes([it.openid for it in rows if it.state is None])
        wholes = [_whole(boxes.get(it.openid), it) for it in rows]
        if all(it.job or row.state for it, row in zip(wholes, rows, strict=True)):
            return wholes
        rows = await self._rows(names, keys)  # some may have left their mailbox since
        return [_whole(boxes.get(it.openid), it) for it in rows]

    async def _rows(self, names: Names, keys: Sequence[tuple[str, float | None]]) -> list[Message]:
        words = [["HMGET", names.key("message", key), "message", "filed"] for key, _ in keys]
        rows: list[Message] = []
        for (key, created), answer in zip(keys, await self._link.run(words), strict=True):
            message, problem = None, "-"
            try:
                message = message_in(answer)
            except Unreadable as error:
                problem, created = str(error), created or 0.0
            if message is not None:
                rows.append(message)
            elif created is not None:
                log.error("%s", StoreError("store.unreadable", key=key, problem=problem))
                rows.append(placeholder(key, created))
        return rows

    # Mailboxes.

    async def _boxes(self, openids: Iterable[str]) -> dict[str, Held | None]:
        """The mailboxes with their versions; None for none, or unreadable."""
        wanted = list(dict.fromkeys(openids))
        keys = [self._spread.of(it).key("box", it) for it in wanted]
        answers = await self._link.run([["HMGET", key, "version", "box"] for key in keys])
        boxes: dict[str, Held | None] = {}
        for openid, key, answer in zip(wanted, keys, answers, strict=True):
            boxes[openid] = None
            try:
                version, box = cast("Sequence[bytes | None]", answer)
                if version is None:
                    continue
                loaded = loaded_in({b"version": version, b"box": box or b""})
                if len(loaded.box.jobs) >= NEAR:  # more of them may lie in rows
                    loaded = loaded_in(pairs(await self._link.ask("HGETALL", key)))
                boxes[openid] = (loaded.version, loaded.box)
            except (Unreadable, TypeError) as error:
                log.error("%s", StoreError("store.unreadable", key=key, problem=error))
        return boxes

    async def true(self, found: Sequence[Orphan], wall: float, lease: float) -> tuple[Orphan, ...]:
        """Those that are what they were found as; the others' entries are taken out."""
        boxes, true = await self._boxes(it.openid for it in found), []
        for it in found:
            held = boxes[it.openid]
            version, box = held or ("", EMPTY)
            due = box.due if it.owner == NOBODY else None
            if it.owner in box.owners or (due is not None and is_due(due, wall, lease)):
                true.append(it)
                continue
            names = self._spread.of(it.openid)
            verb, key = ("SREM", names.key("owned", it.owner))
            if it.owner == NOBODY:
                verb, key = ("ZREM", names.key("due"))
            if held is None:
                log.error("%s", StoreError("store.index_stale", openid=it.openid, key=key))
            await self._commit(names, it.openid, version, [(verb, key, it.openid)])
        return tuple(true)

    async def missed(self, openids: Iterable[str], owner: str) -> set[str]:
        """Which of these have work of this owner: their entry was lost, and is made anew."""
        lost: set[str] = set()
        for openid, held in (await self._boxes(openids)).items():
            if held is not None and owner in held[1].owners:
                lost.add(openid)
                key = self._spread.of(openid).key("owned", owner)
                log.error("%s", StoreError("store.index_lost", key=key))
                await self._enter(openid, held)
        return lost

    async def _enter(self, openid: str, held: Held) -> None:
        names = self._spread.of(openid)
        await send(self._link, names, entered(names, openid, *held))

    async def _in_hand(self, names: Names) -> AsyncIterator[tuple[str, Mailbox]]:
        """The followers with jobs in hand."""
        owners = [NOBODY, *members(await self._link.ask("HKEYS", names.key("renewals")))]
        answers = await self._link.run([["SMEMBERS", names.key("owned", it)] for it in owners])
        boxes = await self._boxes(sorted({it for answer in answers for it in members(answer)}))
        for openid, held in boxes.items():
            if held is not None:
                yield openid, held[1]

    async def uncollected(self, before: float, limit: int) -> tuple[str, ...]:
        """Followers with an answer that waits since then."""
        found: list[str] = []
        for names in self._spread.shards:
            async for openid, box in self._in_hand(names):
                if any(is_waiting(job, before) for job in box.jobs):
                    found.append(openid)
        return tuple(found[:limit])

    async def discard(self, openid: str) -> None:
        """Delete a mailbox that is empty, if no row and message are left."""
        names = self._spread.of(openid)
        box, keys = names.key("box", openid), names.key("keys", openid)
        fields, messages = await self._link.run([("HGETALL", box), ("EXISTS", keys)])
        loaded = loaded_in(pairs(fields))
        if loaded.version and not (loaded.box.jobs or loaded.rows or messages):
            await self._remove(names, openid, loaded.version)

    async def _remove(self, names: Names, openid: str, version: str) -> None:
        writes = [("DEL", names.key("box", openid)), ("SREM", names.key("boxes"), openid)]
        await self._commit(names, openid, version, writes)

    async def stats(self) -> Stats:
        """Counts; what Redis needs for them is not known of one account."""
        states: Counter[str] = Counter()
        followers = bindings = 0
        waiting: float | None = None
        for names in self._spread.shards:
            ended = [["ZCARD", names.key("ended", it)] for it in (*FINAL, *LISTED)]
            words = [*ended, ["SCARD", names.key("boxes")], ["HLEN", names.key("bindings")]]
            words.append(["SISMEMBER", names.key("boxes"), UNREAD])
            *counts, boxes, bound, unread = cast("list[int]", await self._link.run(words))
            states.update(dict(zip((*FINAL, *LISTED), counts, strict=True)))
            followers, bindings = followers + boxes - unread, bindings + bound
            async for _, box in self._in_hand(names):
                states.update(job.listed_as for job in box.jobs)
                waiting = oldest(box.jobs, waiting)
        jobs = {it: count for it, count in states.items() if count}
        return Stats(jobs, followers, bindings, 0, waiting)

    # What is over.

    async def prune(self, at: float, keep: float, idle: float, limit: int) -> int:
        """Delete what is over; how many messages and bindings."""
        count = 0
        for names in self._spread.shards:
            for state in FINAL:
                count += await self._prune_messages(names, names.key("ended", state), at - keep)
            count += await self._prune_bindings(names.key("bindings"), at)
        await self._sweep(at - idle, limit, SWEPT)
        return count

    async def _prune_messages(self, names: Names, ended: str, before: float) -> int:
        total = 0
        most = ("-inf", f"({before!r}", "LIMIT", "0", str(PAGE))
        while keys := members(await self._link.ask("ZRANGEBYSCORE", ended, *most)):
            rows = await self._rows(names, [(key, 0.0) for key in keys])
            await self._link.run([it for row in rows for it in erasure(names, row.openid, row.key)])
            total += len(keys)
        return total

    async def _prune_bindings(self, key: str, at: float) -> int:
        total, cursor = 0, b"0"
        while True:
            answer = await self._link.ask("HSCAN", key, cursor, "COUNT", str(PAGE))
            cursor, fields = cast("tuple[bytes, object]", answer)
            lapsed = [name for name, value in pairs(fields).items() if _float(value[:17]) <= at]
            if lapsed:
                await self._link.ask("HDEL", key, *lapsed)
            total += len(lapsed)
            if int(cursor) == 0:
                return total

    async def _sweep(self, before: float, limit: int, pages: int | None) -> None:
        """Look at so many pages of all keys: make lost entries anew, delete at most so many
        mailboxes that are empty, without messages, and have not changed since then."""
        for at in await self._link.nodes():
            cursor, left = self._cursors.get(at, 0) if pages else 0, pages
            while left is None or left > 0:
                cursor, keys = await self._link.scan(at, cursor, f"{{{self._spread.account}")
                for names in self._spread.shards:
                    await self._sweep_messages(names, _named(keys, names.key("message", "")))
                    boxes = _named(keys, names.key("box", ""))
                    limit -= await self._sweep_boxes(names, boxes, before, limit)
                left = None if left is None else left - 1
                if not cursor:
                    break
            if pages:
                self._cursors[at] = cursor

    async def _sweep_messages(self, names: Names, keys: Sequence[str]) -> None:
        created = names.key("created")
        scores = await self._link.run([["ZSCORE", created, key] for key in keys])
        lost = [key for key, score in zip(keys, scores, strict=True) if score is None]
        if lost:
            log.error("%s", StoreError("store.index_lost", key=created))
        for row in await self._rows(names, [(key, None) for key in lost]):
            if row.openid:
                await self._link.ask("ZADD", created, repr(row.created), row.key)
                await self._link.ask("SADD", names.key("keys", row.openid), row.key)

    async def _sweep_boxes(
        self, names: Names, openids: Sequence[str], before: float, limit: int
    ) -> int:
        words: list[list[str]] = []
        for openid in openids:
            words.append(["HGET", names.key("box", openid), "changed"])
            words.append(["SCARD", names.key("keys", openid)])
            words.append(["SISMEMBER", names.key("boxes"), openid])
        answers = iter(await self._link.run(words))
        gone = 0
        for openid, held in (await self._boxes(openids)).items():
            changed, messages, is_entered = next(answers), next(answers), next(answers)
            if held is not None and (held[1].jobs or not is_entered):
                await self._enter(openid, held)
            elif held is not None and not messages and _float(changed) < before and gone < limit:
                await self._remove(names, openid, held[0])
                gone += 1
        return gone


def members(answer: object) -> list[str]:
    """What is in a set, or a part of it."""
    return [it.decode() for it in cast("Iterable[bytes]", answer)]


def _whole(held: Held | None, message: Message) -> Whole:
    box = EMPTY if held is None else held[1]
    job = box.job(message.key) if message.state is None else None
    return Whole(seen_in(box, message), job)


def _named(keys: Iterable[str], prefix: str) -> list[str]:
    """What stands behind the prefix in those keys that have it."""
    return list(
        dict.fromkeys(
            it.removeprefix(prefix) for it in keys if it.startswith(prefix) and ":aside" not in it
        )
    )


def _float(value: object) -> float:
    """A time; what is garbage is long ago."""
    try:
        return float(cast("bytes", value))
    except (TypeError, ValueError):
        return 0.0
