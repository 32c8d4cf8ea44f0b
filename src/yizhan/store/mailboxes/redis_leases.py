"""Who works, and whose work is nobody's any more, as this process observes it."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from random import shuffle
from typing import cast

from redis import exceptions

from yizhan.errors import StoreError
from yizhan.store.applying import Lease
from yizhan.store.mailbox import NOBODY, Mailbox
from yizhan.store.mailboxes.contract import Orphan
from yizhan.store.mailboxes.redis_link import Link
from yizhan.store.mailboxes.redis_names import Names, Spread
from yizhan.store.mailboxes.redis_records import Unreadable, loaded_from
from yizhan.store.mailboxes.redis_writes import Asking, Words, holders

log = logging.getLogger("yizhan")

MORE = 4  # times as many are looked at as are wanted: not all processes begin alike


class Leases:
    """Renews one owner's lease, and watches the others' stand still."""

    def __init__(self, link: Link, owner: str, local: Callable[[], float]) -> None:
        self._link = link
        self._owner = owner
        self._local = local
        self._seen: dict[tuple[Names, str], tuple[str, float]] = {}  # a number, and since when

    async def renew(self, spread: Spread, number: int, mine: Iterable[str]) -> frozenset[str]:
        """Renew everywhere; the mailboxes with work, among which those that are known as `mine`."""
        words: list[Words] = []
        for names in spread.shards:
            words.append(["HSET", names.renewals, self._owner, str(number)])
            words.append(["SMEMBERS", names.owned(self._owner)])
        answers = await self._link.run(words)
        await self._mend(words, answers)
        found = {it.decode() for answer in answers[1::2] for it in _members(answer)}
        missing = [openid for openid in mine if openid not in found]
        return frozenset(found | await self._missed(spread, missing))

    async def _missed(self, spread: Spread, openids: Sequence[str]) -> set[str]:
        """Which of these still have work of this owner: their entry was lost, and is made anew."""
        boxes = await read_boxes(self._link, spread, openids)
        lost = {it for it, box in boxes.items() if box is not None and self._owner in box[1].owners}
        for openid in lost:
            names = spread.of(openid)
            log.error("%s", StoreError("store.index_lost", key=names.owned(self._owner)))
            await entered(self._link, names, openid, boxes[openid])
        return lost

    async def leave(self, spread: Spread) -> None:
        """Mark the lease as left."""
        await _all(self._link, [["SADD", names.left, self._owner] for names in spread.shards])

    async def orphans(self, spread: Spread, lease: float, limit: int, wall: float) -> list[Orphan]:
        """Mailboxes with the work of the dead, and those whose time has come.

        A shard that does not answer is passed over, unless none does; and as nobody could renew
        there, its leases are watched anew.
        """
        found: list[Orphan] = []
        problems: list[StoreError] = []
        for names, answer in zip(
            spread.shards,
            await asyncio.gather(*(self._found(it, lease, limit, wall) for it in spread.shards)),
            strict=True,
        ):
            if isinstance(answer, StoreError):
                problems.append(answer)
                self._forget(names)
            else:
                found += answer
        if len(problems) == len(spread.shards):
            raise problems[0]
        shuffle(found)
        return await self._true(spread, found[: limit * MORE], limit, wall)

    def _forget(self, names: Names) -> None:
        self._seen = {key: it for key, it in self._seen.items() if key[0] != names}

    async def _found(
        self, names: Names, lease: float, limit: int, wall: float
    ) -> list[Orphan] | StoreError:
        """What the entries of one shard say."""
        words: list[Words] = [
            ["HGETALL", names.renewals],
            ["SMEMBERS", names.left],
            ["ZRANGEBYSCORE", names.due, "-inf", repr(wall), "LIMIT", "0", str(limit * MORE)],
        ]
        try:
            answers = await self._link.run(words)
            await self._mend(words, answers)
            renewals, left, due = answers
            dead = self._dead(names, renewals, {it.decode() for it in _members(left)}, lease)
            found = [Orphan(it.decode(), NOBODY) for it in _members(due)]
            return [*found, *await self._of(names, dead, limit)]
        except StoreError as error:
            return error

    def _dead(
        self, names: Names, renewals: object, left: set[str], lease: float
    ) -> list[tuple[Lease, bool]]:
        """The leases that have stood still for so long, or that were left."""
        now, dead = self._local(), []
        there = renewals if isinstance(renewals, dict) else {}
        for name, number in there.items():
            owner, seen = name.decode(), number.decode()
            if owner == self._owner:
                continue
            before, since = self._seen.get((names, owner), ("", now))
            if before != seen:
                since = now
                self._seen[names, owner] = (seen, now)
            if owner in left or now - since >= lease:
                dead.append((Lease(owner, _number(seen)), owner in left))
        return dead

    async def _of(
        self, names: Names, dead: Sequence[tuple[Lease, bool]], limit: int
    ) -> list[Orphan]:
        """Some mailboxes of each of the dead."""
        words: list[Words] = [
            ["SRANDMEMBER", names.owned(lease.owner), str(limit)] for lease, _ in dead
        ]
        answers = await self._link.run(words)
        await self._mend(words, answers)
        return [
            Orphan(it.decode(), lease.owner, lease, left)
            for (lease, left), answer in zip(dead, answers, strict=True)
            for it in _members(answer)
        ]

    async def _true(
        self, spread: Spread, found: Sequence[Orphan], limit: int, wall: float
    ) -> list[Orphan]:
        """Those that are what they were found as; the others' entries are taken out."""
        boxes = await read_boxes(self._link, spread, [it.openid for it in found])
        true: list[Orphan] = []
        for it in found:
            held = boxes[it.openid]
            box = None if held is None else held[1]
            if box is not None and _is_orphan(box, it.owner, wall):
                true.append(it)
            else:
                await self._take_out(spread.of(it.openid), it, held)
        return true[:limit]

    async def _take_out(self, names: Names, it: Orphan, held: tuple[str, Mailbox] | None) -> None:
        """Delete an entry that leads nowhere, if the mailbox is still as it was seen."""
        entry: Words = ["SREM", names.owned(it.owner), it.openid]
        if it.owner == NOBODY:
            entry = ["ZREM", names.due, it.openid]
        if held is None:
            log.error("%s", StoreError("store.index_stale", openid=it.openid, key=entry[1]))
        version = "" if held is None else held[0]
        asking = Asking(version, writes=[entry])
        await self._link.commit([asking.call(names, names.box(it.openid), 0.0)])

    async def _mend(self, words: Sequence[Words], answers: list[object]) -> None:
        """Put aside what is of another type under one of our names, and see nothing there."""
        for place, answer in enumerate(answers):
            if isinstance(answer, StoreError):
                raise answer
            if not isinstance(answer, Exception):
                continue
            await put_aside(self._link, str(words[place][1]), answer)
            if words[place][0] == "HSET":
                await self._link.ask(*words[place])
            answers[place] = ()


async def put_aside(link: Link, key: str, error: Exception) -> None:
    """Rename a key of another type than ours. StoreError for any other error."""
    if not isinstance(error, exceptions.ResponseError) or "WRONGTYPE" not in str(error):
        raise StoreError("store.refused", problem=error) from error
    log.error("%s", StoreError("store.aside", key=key))
    await link.run([["RENAME", key, f"{key}:aside"]])


async def read_boxes(
    link: Link, spread: Spread, openids: Sequence[str]
) -> dict[str, tuple[str, Mailbox] | None]:
    """The mailboxes with their versions, without their rows; None for none, or unreadable."""
    wanted = list(dict.fromkeys(openids))
    answers = await link.run([["HMGET", spread.of(it).box(it), "version", "box"] for it in wanted])
    boxes: dict[str, tuple[str, Mailbox] | None] = {}
    for openid, answer in zip(wanted, answers, strict=True):
        if isinstance(answer, StoreError):
            raise answer
        boxes[openid] = None
        try:
            if isinstance(answer, Exception):
                raise Unreadable(str(answer))
            version, box = cast("Sequence[bytes | None]", answer)
            if version is not None:
                loaded = loaded_from({b"version": version, b"box": box or b""})
                boxes[openid] = (loaded.version, loaded.box)
        except Unreadable as error:
            key = spread.of(openid).box(openid)
            log.error("%s", StoreError("store.unreadable", key=key, problem=error))
    return boxes


async def entered(link: Link, names: Names, openid: str, held: tuple[str, Mailbox] | None) -> None:
    """Make all entries of a mailbox anew, if it is still as it was seen."""
    if held is None:
        return
    version, box = held
    writes: list[Words] = [["SADD", names.boxes, openid]]
    writes += (["SADD", names.owned(owner), openid] for owner in holders(box))
    writes += (["HSETNX", names.renewals, owner, "0"] for owner in box.owners)
    if box.due is not None:
        writes.append(["ZADD", names.due, repr(box.due), openid])
    asking = Asking(version, writes=writes)
    await link.commit([asking.call(names, names.box(openid), 0.0)])


def _is_orphan(box: Mailbox, owner: str, wall: float) -> bool:
    if owner == NOBODY:
        return box.due is not None and box.due <= wall
    return owner in box.owners


def _members(answer: object) -> Iterable[bytes]:
    return cast("Iterable[bytes]", answer)


def _number(text: str) -> int:
    """A renewal's number; one that is garbage matches no guard, until it is renewed."""
    return int(text) if text.isdigit() else -1


async def _all(link: Link, words: Sequence[Words]) -> None:
    for answer in await link.run(words):
        if isinstance(answer, StoreError):
            raise answer
        if isinstance(answer, Exception):
            raise StoreError("store.refused", problem=answer) from answer
