"""What version 1 of the store in Redis held, brought over into mailboxes; all is stopped.

It may be broken off and begun again: every follower is written as one, nothing of version 1 is
deleted before all of it has been brought over, and the store does not open until then.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import cast

import msgspec
from msgspec.structs import replace
from redis import exceptions

from yizhan.errors import StoreError
from yizhan.store.applying import NOWHERE
from yizhan.store.mailbox import (
    CUSTOM,
    DIALOG,
    EMPTY,
    FREE,
    LISTED,
    NOBODY,
    SENDING,
    SESSION,
    Job,
    Mailbox,
    Message,
    Part,
    Shown,
    State,
    Window,
    dump,
    part_name,
    step_name,
)
from yizhan.store.mailboxes.redis_link import Link
from yizhan.store.mailboxes.redis_names import Names, Spread
from yizhan.store.mailboxes.redis_records import Unreadable
from yizhan.store.mailboxes.redis_time import BOOT
from yizhan.store.mailboxes.redis_writes import (
    Asking,
    Words,
    added,
    binding_words,
    index_words,
    insert_words,
)
from yizhan.store.redis_client import translated

log = logging.getLogger("yizhan")

STAMP = "earlier:1"  # the version of every mailbox that is brought over
GROUP = "yizhan"
MOST = 1_000_000  # leases that are looked at
BATCH = 200  # keys that one call deletes
ONE = ("seq", "leases", "followers", "signatures")  # keys that there was one of
KINDS = ("job", "steps", "live", "of", "state", "follower", "signature")


class _Record(msgspec.Struct, frozen=True, array_like=True):
    """A job as version 1 packed it; every number is a text, for Lua would round it."""

    seq: str
    openid: str
    ordered: str
    created: str
    first: str
    state: State
    owner: str
    updated: str
    open: str
    route: str
    arrivals: str
    attempts: str
    next: str
    parts: tuple["_Slot", ...] | dict[str, str]  # Lua's empty table is either
    note: str


class _Slot(msgspec.Struct, frozen=True, array_like=True):
    """An undelivered part; `by` may be a push that it was reserved for."""

    index: float
    body: str
    by: str = FREE


_record = msgspec.msgpack.Decoder(_Record).decode


class Brought(msgspec.Struct):
    """What one follower had."""

    box: Mailbox = EMPTY
    rows: dict[str, bytes] = {}
    messages: list[Message] = []
    updated: float = 0.0


async def is_earlier(link: Link, account: str) -> bool:
    """Whether something of version 1 is there."""
    names = Names(account)
    return bool(await link.ask("EXISTS", *(names.the(name) for name in ONE)))


async def bring_over(
    link: Link, account: str, spread: Spread, lease: float, told: Callable[[int], None]
) -> int:
    """Make mailboxes of what version 1 holds, and delete that; how many messages.

    `told` hears how many followers have been brought over so far. StoreError while a process of
    version 1 still holds a lease.
    """
    earlier = _Earlier(link, Names(account), spread)
    await earlier.refuse_alive(lease)
    count = 0
    openids = await earlier.openids()
    for done, openid in enumerate(sorted(openids), 1):
        brought = await earlier.follower(openid)
        await earlier.write(openid, brought)
        count += len(brought.messages)
        told(done)
    await earlier.bindings()
    await earlier.delete()
    return count


class _Earlier:
    """Reads the keys of version 1, and writes those of this one."""

    def __init__(self, link: Link, names: Names, spread: Spread) -> None:
        self._link = link
        self._names = names
        self._spread = spread

    async def refuse_alive(self, lease: float) -> None:
        """StoreError if a lease was renewed a moment ago."""
        leases = self._names.the("leases")
        if not await self._link.ask("EXISTS", leases):
            return
        for client in await self._link.clients():
            pending = partial(client.xpending_range, leases, GROUP, "-", "+", MOST)
            try:
                entries = await translated(pending)
            except StoreError as error:
                if isinstance(error.__cause__, exceptions.MovedError):
                    continue  # another node has them
                raise
            for entry in entries:
                idle = int(entry["time_since_delivered"])
                if entry["consumer"] != b"-" and idle < lease * 1000:
                    raise StoreError("store.earlier_alive", path=leases)

    async def openids(self) -> set[str]:
        """All followers of whom anything is kept."""
        found: set[str] = set()
        for kind in ("follower", "of"):
            prefix = self._names.at(kind, "")
            async for key in self._link.scan(f"{prefix}*"):
                found.add(key.removeprefix(prefix))
        return found

    async def follower(self, openid: str) -> Brought:
        """All that was kept of one; a job that cannot be read is passed over."""
        fields = await self._hash(self._names.at("follower", openid))
        brought = Brought(
            Mailbox(windows=_windows(fields), shown=_shown(fields)),
            {name: fields[name.encode()] for name in (SESSION, DIALOG) if name.encode() in fields},
        )
        score = await self._link.ask("ZSCORE", self._names.the("followers"), openid)
        brought.updated = float(cast("bytes", score or b"0"))
        jobs: list[Job] = []
        last = 0
        for member in await self._items("ZRANGE", self._names.at("of", openid), "0", "-1"):
            key = cast("bytes", member).decode()
            try:
                job = await self._job(key, brought)
            except Unreadable as error:
                log.error("%s", StoreError("store.unreadable", key=key, problem=error))
                continue
            last = max(last, job.seq)
            brought.updated = max(brought.updated, job.updated)
            if _is_live(job):
                jobs.append(job)
        brought.box = replace(brought.box, jobs=tuple(jobs), seq=last)
        return brought

    async def _job(self, key: str, brought: Brought) -> Job:
        """The job, whose row, parts and steps are added to what is brought."""
        fields = await self._hash(self._names.at("job", key))
        try:
            record = _record(fields[b"record"])
            body = fields[b"message"]
        except (KeyError, msgspec.MsgspecError) as error:
            raise Unreadable(repr(error)) from error
        slots = record.parts if isinstance(record.parts, tuple) else ()
        job = _job(key, record, slots, fields.get(b"reply"))
        steps = await self._hash(self._names.at("steps", key))
        if slots or _is_live(job):
            brought.rows |= {part_name(job, int(it.index)): it.body.encode() for it in slots}
            brought.rows |= {step_name(job, name.decode()): it for name, it in steps.items()}
        brought.messages.append(_message(job, record.openid, body))
        return job

    async def write(self, openid: str, brought: Brought) -> None:
        """Write one follower as one; StoreError if version 2 has a mailbox of theirs already."""
        names = self._spread.of(openid)
        box = names.box(openid)
        there = await self._link.ask("HGET", box, "version")
        if there not in (None, STAMP.encode()):
            raise StoreError("store.earlier_mixed", openid=openid)
        hash_: Words = ["version", STAMP, "box", dump(brought.box), "changed"]
        hash_ += [repr(brought.updated), *added(brought.rows)]
        writes: list[Sequence[str | bytes]] = [
            ["HSET", box, *hash_[start : start + 1000]] for start in range(0, len(hash_), 1000)
        ]
        writes.append(["SADD", names.boxes, openid])
        writes += (it for message in brought.messages for it in insert_words(names, message))
        writes += index_words(names, openid, EMPTY, brought.box)
        writes += (["HSETNX", names.renewals, owner, "0"] for owner in brought.box.owners)
        version = NOWHERE if there is None else STAMP
        [answer] = await self._link.commit([Asking(version, writes=writes).call(names, box, 0.0)])
        if isinstance(answer, StoreError):
            raise answer
        if isinstance(answer, Exception):
            raise StoreError("store.refused", problem=answer) from answer

    async def bindings(self) -> None:
        """The signatures that are still bound."""
        found = await self._items("ZRANGE", self._names.the("signatures"), "0", "-1", "WITHSCORES")
        for signature, until in _scored(found):
            digest = await self._link.ask("GET", self._names.at("signature", signature))
            if digest is not None:
                names = self._spread.of(signature)
                kept = bytes.fromhex(cast("bytes", digest).decode())[:16]
                await self._link.ask(*binding_words(names, signature, kept, until / 1000))

    async def delete(self) -> None:
        """Delete the keys of version 1; those last by which it is known."""
        for kind in KINDS:
            prefix = self._names.at(kind, "")
            keys = [key async for key in self._link.scan(f"{prefix}*")]
            for start in range(0, len(keys), BATCH):
                await self._link.ask("DEL", *keys[start : start + BATCH])
        for name in reversed(ONE):
            await self._link.ask("DEL", self._names.the(name))

    async def _hash(self, key: str) -> Mapping[bytes, bytes]:
        answer = await self._link.ask("HGETALL", key)
        return cast("Mapping[bytes, bytes]", answer)

    async def _items(self, *words: str) -> Sequence[object]:
        return cast("Sequence[object]", await self._link.ask(*words))


def _job(key: str, it: _Record, slots: Iterable[_Slot], reply: bytes | None) -> Job:
    return Job(
        key=key,
        seq=int(it.seq),
        created=float(it.created),
        first=float(it.first) / 1000,
        boot=BOOT,
        owner=it.owner or NOBODY,
        state=it.state,
        ordered=it.ordered == "1",
        open=it.open == "1",
        arrivals=int(it.arrivals),
        attempts=int(it.attempts),
        next=int(float(it.next)),
        parts=tuple(map(_part, slots)),
        reply=reply,
        note=it.note,
        updated=float(it.updated),
    )


def _part(slot: _Slot) -> Part:
    """The part, which nobody's push carries any more: the processes of version 1 are gone."""
    return Part(int(slot.index), slot.by if slot.by in (CUSTOM, SENDING) else FREE)


def _is_live(job: Job) -> bool:
    return job.open or (bool(job.parts) and job.state not in LISTED)


def _message(job: Job, openid: str, body: bytes) -> Message:
    return Message(
        key=job.key,
        openid=openid,
        body=body,
        seq=job.seq,
        created=job.created,
        first=job.first,
        boot=job.boot,
        ordered=job.ordered,
        state=None if _is_live(job) else job.state,
        arrivals=job.arrivals,
        attempts=job.attempts,
        reply=job.reply,
        note=job.note,
        updated=job.updated,
    )


def _windows(fields: Mapping[bytes, bytes]) -> dict[str, Window]:
    opened = b"opened:"
    names = [it.removeprefix(opened) for it in fields if it.startswith(opened)]
    return {
        name.decode(): Window(float(fields[opened + name]), int(fields.get(b"used:" + name, 0)))
        for name in names
    }


def _shown(fields: Mapping[bytes, bytes]) -> Shown:
    return cast("Shown", fields.get(b"shown", b"").decode())


def _scored(found: Sequence[object]) -> Iterator[tuple[str, float]]:
    items = found
    if items and not isinstance(items[0], (tuple, list)):
        items = list(zip(items[::2], items[1::2], strict=True))
    for name, score in cast("Sequence[tuple[bytes, bytes | float]]", items):
        yield name.decode(), float(score)
