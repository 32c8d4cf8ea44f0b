"""What version 1 of the store in Redis held, brought over into mailboxes; all is stopped.

It may be broken off and begun again: every follower is written as one, nothing of version 1 is
deleted before all of it has been brought over, and the store does not open until then. What a
process of version 1 has taken in since an earlier time is put behind what is there.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from secrets import token_hex
from typing import cast

import msgspec
from msgspec.structs import replace

from yizhan.errors import StoreError
from yizhan.store.applying import Loaded
from yizhan.store.joining import joined, shifted
from yizhan.store.mailbox import (
    CUSTOM,
    DIALOG,
    EMPTY,
    FREE,
    LISTED,
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
from yizhan.store.mailboxes.redis_commit import send
from yizhan.store.mailboxes.redis_link import Link
from yizhan.store.mailboxes.redis_listing import members
from yizhan.store.mailboxes.redis_records import (
    BOOT,
    Names,
    Spread,
    Unreadable,
    entered,
    inserted,
    loaded_in,
    moment,
    pairs,
    raw,
)
from yizhan.store.parking import moved, near

log = logging.getLogger("yizhan")

GROUP = "yizhan"
MOST = "1000000"  # leases that are looked at
ONE = ("seq", "leases", "followers", "signatures")  # keys that there was one of
KINDS = ("job", "steps", "live", "of", "state", "follower", "signature")


class _Record(msgspec.Struct, frozen=True, array_like=True):
    """A job as version 1 packed it; every number is a text, for Lua would round it."""

    seq: int
    openid: str
    ordered: bool
    created: float
    first: float
    state: State
    owner: str
    updated: float
    open: bool
    route: str
    arrivals: int
    attempts: int
    next: float
    parts: tuple["_Slot", ...] | dict[str, str]  # Lua's empty table is either
    note: str


class _Slot(msgspec.Struct, frozen=True, array_like=True):
    """An undelivered part; `by` may be a push that it was reserved for."""

    index: float
    body: str
    by: str = FREE


_record = msgspec.msgpack.Decoder(_Record, strict=False).decode


class Brought(msgspec.Struct):
    """What one follower had."""

    box: Mailbox = EMPTY
    rows: dict[str, bytes] = {}
    messages: list[Message] = []
    updated: float = 0.0


async def is_earlier(link: Link, account: str) -> bool:
    """Whether something of version 1 is there."""
    names = Names(account)
    return bool(await link.ask("EXISTS", *(names.key(name) for name in ONE)))


async def bring_over(
    link: Link, account: str, spread: Spread, lease: float, progress: Callable[[int], None]
) -> int:
    """Make mailboxes of what version 1 holds, and delete that; how many messages.

    `progress` gets how many followers have been brought over so far. StoreError while a process of
    version 1 still holds a lease.
    """
    earlier = _Earlier(link, Names(account), spread)
    await earlier.refuse_alive(lease)
    count = 0
    for done, openid in enumerate(await earlier.openids(), 1):
        brought = await earlier.follower(openid)
        await earlier.write(openid, brought)
        count += len(brought.messages)
        progress(done)
    await earlier.bindings()
    await earlier.delete()
    return count


class _Earlier:
    """Reads the keys of version 1, and writes those of this one."""

    def __init__(self, link: Link, names: Names, spread: Spread) -> None:
        self._link = link
        self._key = names.key
        self._spread = spread

    async def refuse_alive(self, lease: float) -> None:
        """StoreError if a lease was renewed a moment ago."""
        leases = self._key("leases")
        if not await self._link.ask("EXISTS", leases):
            return
        pending = await self._link.ask("XPENDING", leases, GROUP, "-", "+", MOST)
        for _, consumer, idle, _ in cast("list[tuple[bytes, bytes, int, int]]", pending):
            if consumer != b"-" and idle < lease * 1000:
                raise StoreError("store.earlier_alive", path=leases)

    async def openids(self) -> list[str]:
        """All followers of whom anything is kept."""
        prefixes = [self._key(kind, "") for kind in ("follower", "of")]
        keys = [(it, await self._link.keys(it)) for it in prefixes]
        return sorted({key.removeprefix(prefix) for prefix, they in keys for key in they})

    async def follower(self, openid: str) -> Brought:
        """All that was kept of one; a job that cannot be read is passed over."""
        fields = await self._hash("follower", openid)
        rows = {it: fields[it.encode()] for it in (SESSION, DIALOG) if it.encode() in fields}
        brought = Brought(Mailbox(windows=_windows(fields), shown=_shown(fields)), rows)
        score = await self._link.ask("ZSCORE", self._key("followers"), openid)
        brought.updated = float(cast("bytes", score or b"0"))
        jobs: list[Job] = []
        last = 0
        for key in members(await self._link.ask("ZRANGE", self._key("of", openid), "0", "-1")):
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
        fields = await self._hash("job", key)
        try:
            record = _record(fields[b"record"])
            body = fields[b"message"]
        except (KeyError, msgspec.MsgspecError) as error:
            raise Unreadable(repr(error)) from error
        slots = record.parts if isinstance(record.parts, tuple) else ()
        job = _job(key, record, slots, fields.get(b"reply"))
        steps = await self._hash("steps", key)
        if slots or _is_live(job):
            brought.rows |= {part_name(job, int(it.index)): it.body.encode() for it in slots}
            brought.rows |= {step_name(job, name.decode()): it for name, it in steps.items()}
        brought.messages.append(_message(job, record.openid, body))
        return job

    async def write(self, openid: str, brought: Brought) -> None:
        """Write one follower as one, behind what this version has of them already."""
        names, stamp = self._spread.of(openid), f"earlier-{token_hex(4)}:1"
        key = names.key("box", openid)
        try:
            there = loaded_in(pairs(await self._link.ask("HGETALL", key)))
        except Unreadable as error:
            raise StoreError("store.unreadable", key=key, problem=error) from error
        if there.version:
            brought = await self._behind(names, there, brought)
            if not brought.messages:
                return
        box = brought.box
        asking = entered(names, openid, there.version, box)
        asking.version, asking.document = stamp, raw(dump(near(box)))
        asking.keep({**brought.rows, **moved(there.box, box)})
        asking.inserts = [inserted(message) for message in brought.messages]
        await send(self._link, names, asking, wall=brought.updated)

    async def _behind(self, names: Names, there: Loaded, brought: Brought) -> Brought:
        """What was brought, behind what is there; messages that are there already are left out.

        So it is when bringing over was broken off, or when a process of version 1 ran again
        afterwards.
        """
        keys = [it.key for it in brought.messages]
        known = await self._link.run([["EXISTS", names.key("message", key)] for key in keys])
        fresh = [it for it, is_known in zip(brought.messages, known, strict=True) if not is_known]
        added = shifted(fresh, brought.box.jobs, brought.rows, there.box.seq)
        box = joined(there.box, brought.box, added)
        of_them = {name: brought.rows[name] for name in (SESSION, DIALOG) if name in brought.rows}
        if there.rows.keys() & {SESSION, DIALOG}:
            of_them = {}
        return Brought(box, {**of_them, **added.rows}, list(added.messages), brought.updated)

    async def bindings(self) -> None:
        """The signatures that are still bound."""
        signatures = self._key("signatures")
        found = await self._link.ask("ZRANGE", signatures, "0", "-1", "WITHSCORES")
        for name, until in pairs(found).items():
            signature = name.decode()
            digest = await self._link.ask("GET", self._key("signature", signature))
            if digest is not None:
                kept = bytes.fromhex(cast("bytes", digest).decode())[:16]
                value = moment(float(until) / 1000).encode() + kept
                key = self._spread.of(signature).key("bindings")
                await self._link.ask("HSET", key, signature, value)

    async def delete(self) -> None:
        """Delete the keys of version 1; those last by which it is known."""
        for kind in KINDS:
            keys = await self._link.keys(self._key(kind, ""))
            await self._link.run([["DEL", key] for key in keys])
        for name in reversed(ONE):
            await self._link.ask("DEL", self._key(name))

    async def _hash(self, kind: str, name: str) -> Mapping[bytes, bytes]:
        return pairs(await self._link.ask("HGETALL", self._key(kind, name)))


SAME = ("seq", "ordered", "created", "state", "owner", "updated", "open", "arrivals", "attempts")


def _job(key: str, it: _Record, slots: Iterable[_Slot], reply: bytes | None) -> Job:
    """The job; of its parts nobody's push carries any: the processes of version 1 are gone."""
    parts = [Part(int(s.index), s.by if s.by in (CUSTOM, SENDING) else FREE) for s in slots]
    own = {"first": it.first / 1000, "boot": BOOT, "next": int(it.next), "reply": reply}
    same = {name: getattr(it, name) for name in (*SAME, "note")}
    return Job(key=key, parts=tuple(parts), **own, **same)  # type: ignore[arg-type]  # by name


def _is_live(job: Job) -> bool:
    return job.open or (bool(job.parts) and job.state not in LISTED)


def _message(job: Job, openid: str, body: bytes) -> Message:
    same = {name: getattr(job, name) for name in Message.__struct_fields__ if hasattr(job, name)}
    state = None if _is_live(job) else job.state
    return Message(**same | {"openid": openid, "body": body, "state": state})


def _windows(fields: Mapping[bytes, bytes]) -> dict[str, Window]:
    opened = b"opened:"
    names = [it.removeprefix(opened) for it in fields if it.startswith(opened)]
    return {
        name.decode(): Window(float(fields[opened + name]), int(fields.get(b"used:" + name, 0)))
        for name in names
    }


def _shown(fields: Mapping[bytes, bytes]) -> Shown:
    return cast("Shown", fields.get(b"shown", b"").decode())
