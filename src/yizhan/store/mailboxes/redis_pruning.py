"""What is over goes, in small batches; and what was lost of the indexes is made anew."""

import logging
from collections.abc import Sequence
from typing import cast

from yizhan.errors import StoreError
from yizhan.store.mailbox import FINAL
from yizhan.store.mailboxes.redis_leases import entered, put_aside, read_boxes
from yizhan.store.mailboxes.redis_link import Link
from yizhan.store.mailboxes.redis_listing import Listing
from yizhan.store.mailboxes.redis_names import Names, Spread
from yizhan.store.mailboxes.redis_records import Unreadable, message_from
from yizhan.store.mailboxes.redis_writes import Asking, Words, erase_words, removal

log = logging.getLogger("yizhan")

BATCH = 200  # messages, bindings or followers that one call looks at
SWEPT = 10_000  # followers that one round looks at


class Pruning:
    """Goes on in each round where the last one ended."""

    def __init__(self, link: Link, spread: Spread) -> None:
        self._link = link
        self._spread = spread
        self._cursors: dict[Names, int] = {}

    async def prune(self, at: float, keep: float, idle: float, limit: int) -> int:
        """Delete what is over; how many messages and bindings."""
        count, left = 0, limit
        for names in self._spread.shards:
            await self._find_lost(names)
            for state in FINAL:
                count += await self._messages(names, names.ended(state), at - keep)
            count += await self._bindings(names, at)
            left -= await self._followers(names, at - idle, left)
        return count + limit - left

    async def _messages(self, names: Names, ended: str, before: float) -> int:
        """Messages that ended before then; how many."""
        total = 0
        while True:
            range_: Words = ["ZRANGEBYSCORE", ended, "-inf", f"({before!r}"]
            found = await self._asked([*range_, "LIMIT", "0", str(BATCH)])
            keys = [it.decode() for it in cast("Sequence[bytes]", found)]
            if not keys:
                return total
            rows = await self._link.run(
                [["HMGET", names.message(key), "message", "filed"] for key in keys]
            )
            words = [
                list(it)
                for key, row in zip(keys, rows, strict=True)
                for it in erase_words(names, _openid(row), key)
            ]
            for answer in await self._link.run(words):
                if isinstance(answer, Exception):
                    raise StoreError("store.refused", problem=answer) from answer
            total += len(keys)

    async def _bindings(self, names: Names, at: float) -> int:
        """Bindings that have lapsed; how many."""
        total, cursor = 0, b"0"
        while True:
            answer = await self._asked(["HSCAN", names.bindings, cursor, "COUNT", str(BATCH)])
            if not answer:
                return total
            cursor, fields = _scanned(answer)
            lapsed = [name for name, value in fields.items() if _until(value) <= at]
            if lapsed:
                await self._link.ask("HDEL", names.bindings, *lapsed)
            total += len(lapsed)
            if int(cursor) == 0:
                return total

    async def _followers(self, names: Names, before: float, limit: int) -> int:
        """Mailboxes that are empty and have not changed since then; how many."""
        gone = seen = 0
        cursor = self._cursors.get(names, 0)
        while seen < SWEPT and gone < limit:
            found = await self._asked(["SSCAN", names.boxes, str(cursor), "COUNT", str(BATCH)])
            if not found:
                break
            next_, members = cast("tuple[object, Sequence[bytes]]", found)
            cursor, seen = int(cast("bytes", next_)), seen + max(1, len(members))
            gone += await self._idle(names, [it.decode() for it in members], before, limit - gone)
            if not cursor:
                break
        self._cursors[names] = cursor
        return gone

    async def _idle(self, names: Names, openids: Sequence[str], before: float, limit: int) -> int:
        """Delete those of these mailboxes; the entries of the others are seen to."""
        boxes = await read_boxes(self._link, self._spread, openids)
        words: list[Words] = []
        for openid in openids:
            words.append(["HGET", names.box(openid), "changed"])
            words.append(["SCARD", names.keys(openid)])
        answers = await self._link.run(words)
        gone = 0
        for place, openid in enumerate(openids):
            changed, count = answers[place * 2 : place * 2 + 2]
            held = boxes[openid]
            if held is not None and held[1].jobs:
                await entered(self._link, names, openid, held)
            elif not count and _time(changed) < before and gone < limit:
                version = held[0] if held else ""
                asking = Asking(version, writes=removal(names, openid))
                await self._link.commit([asking.call(names, names.box(openid), 0.0)])
                gone += 1
        return gone

    async def _find_lost(self, names: Names) -> None:
        """Make the great indexes anew, if one is lost."""
        listing = Listing(self._link, self._spread)
        if not await listing.is_indexed(names):
            await self._index_messages(names, listing)
        [count] = await self._link.run([["SCARD", names.boxes]])
        if isinstance(count, StoreError):
            raise count
        if isinstance(count, Exception):
            await put_aside(self._link, names.boxes, count)
        if not isinstance(count, int) or not count:
            await self._index_boxes(names)

    async def _index_messages(self, names: Names, listing: Listing) -> None:
        async for key in listing.all_keys(names):
            [row] = await self._link.run([["HMGET", names.message(key), "message", "filed"]])
            try:
                message = message_from(row)
            except Unreadable:
                continue  # `jobs` has listed it
            if message is not None:
                await self._link.ask("ZADD", names.created, repr(message.created), key)
                await self._link.ask("SADD", names.keys(message.openid), key)

    async def _index_boxes(self, names: Names) -> None:
        prefix = names.box("")
        async for key in self._link.scan(f"{prefix}*"):
            if ":aside:" not in key and key.startswith(prefix):
                await self._link.ask("SADD", names.boxes, key.removeprefix(prefix))

    async def _asked(self, words: Words) -> object:
        """The answer; nothing, when the key is of another type and was put aside."""
        [answer] = await self._link.run([words])
        if isinstance(answer, StoreError):
            raise answer
        if isinstance(answer, Exception):
            await put_aside(self._link, str(words[1]), answer)
            return ()
        return answer


def _openid(row: object) -> str:
    try:
        message = message_from(row)
    except Unreadable:
        message = None
    return "" if message is None else message.openid


def _scanned(answer: object) -> tuple[bytes, dict[bytes, bytes]]:
    cursor, fields = cast("tuple[bytes, dict[bytes, bytes] | Sequence[bytes]]", answer)
    if isinstance(fields, dict):
        return cursor, fields
    return cursor, dict(zip(fields[::2], fields[1::2], strict=True))


def _until(value: bytes) -> float:
    """When a binding lapses; one that is garbage has."""
    return _time(value[:17])


def _time(value: object) -> float:
    try:
        return float(cast("bytes", value))
    except (TypeError, ValueError):
        return 0.0
