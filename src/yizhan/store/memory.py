"""A store in this process's memory: the model that the others are held against.

Nothing survives the process.
"""

import asyncio
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Literal

from msgspec import UNSET

from yizhan.clock import Clock
from yizhan.store.contract import (
    FINAL,
    LISTED,
    RESERVE,
    UNFINISHED,
    Arrival,
    Binding,
    Claimed,
    Follower,
    Job,
    Outcome,
    Part,
    Promise,
    Route,
    Shown,
    State,
    Stats,
    Window,
)


@dataclass
class _Job:
    key: str
    openid: str
    message: bytes
    order: int
    owner: str
    ordered: bool
    created: float
    first: float
    state: State = "running"
    route: Route = "push"
    updated: float = 0.0
    arrivals: int = 1
    attempts: int = 1
    next_index: int = 0
    parts: dict[int, bytes] = field(default_factory=dict)
    reply: bytes | None = None
    note: str = ""
    reserved_for: str = ""
    reserved_until: float = 0.0
    released: bool = False
    steps: dict[str, bytes] = field(default_factory=dict)


@dataclass
class _Follower:
    session: bytes | None = None
    dialog: bytes | None = None
    shown: Shown = ""
    windows: dict[str, Window] = field(default_factory=dict)
    touched: float = 0.0


class MemoryStore:
    """Jobs in dictionaries; every method runs to its end without giving way."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._jobs: dict[str, _Job] = {}
        self._by_follower: dict[str, dict[str, _Job]] = {}
        self._followers: dict[str, _Follower] = {}
        self._bindings: dict[str, tuple[str, float]] = {}
        self._renewed: dict[str, float] = {}
        self._order = count()

    async def open(self) -> Promise:
        return Promise("memory", "store.memory")

    async def close(self) -> None:
        return None

    async def claim(self, arrival: Arrival) -> Claimed:
        if arrival.binding is not None and not self._bind(arrival.binding, arrival.at):
            return Claimed("reused")
        job = self._jobs.get(arrival.key)
        if job is None:
            return self._create(arrival)
        job.arrivals += 1
        return self._claimed("again", job, arrival.owner)

    def _bind(self, binding: Binding, at: float) -> bool:
        known = self._bindings.get(binding.signature)
        if known is None or known[1] <= at:
            self._bindings[binding.signature] = (binding.digest, at + binding.keep)
            return True
        return known[0] == binding.digest

    def _create(self, arrival: Arrival) -> Claimed:
        follower = self._followers.setdefault(arrival.openid, _Follower())
        follower.touched = arrival.at
        if arrival.window:
            follower.windows = {**follower.windows, arrival.window: Window(arrival.at)}
        job = _Job(
            key=arrival.key,
            openid=arrival.openid,
            message=arrival.message,
            order=next(self._order),
            owner=arrival.owner,
            ordered=arrival.ordered,
            created=arrival.at,
            first=self._clock.monotonic(),
            updated=arrival.at,
        )
        self._renewed.setdefault(arrival.owner, self._clock.monotonic())
        self._jobs[job.key] = job
        self._by_follower.setdefault(job.openid, {})[job.key] = job
        if not self._has_turn(job):
            job.state = "waiting"
        return self._claimed("new", job, arrival.owner)

    def _claimed(self, status: Literal["new", "again"], job: _Job, owner: str) -> Claimed:
        others = self._of(job.openid)
        return Claimed(
            status,
            state=job.state,
            mine=job.owner == owner,
            turn=job.state != "waiting",
            arrivals=job.arrivals,
            elapsed=self._clock.monotonic() - job.first,
            waiting=sum(len(other.parts) for other in others if other.state not in LISTED),
            unfinished=sum(other.state in UNFINISHED for other in others if other is not job),
            reply=job.reply,
            follower=self._kept(job.openid),
        )

    def _has_turn(self, job: _Job) -> bool:
        return not job.ordered or not any(
            other.ordered and other.order < job.order and other.state in UNFINISHED
            for other in self._of(job.openid)
        )

    def _of(self, openid: str) -> list[_Job]:
        return list(self._by_follower.get(openid, {}).values())

    def _kept(self, openid: str) -> Follower:
        kept = self._followers.get(openid)
        if kept is None:
            return Follower()
        return Follower(kept.session, kept.dialog, kept.shown, dict(kept.windows))

    async def turn(self, key: str, owner: str) -> Follower | None:
        job = self._owned(key, owner)
        if job is None or job.state not in UNFINISHED or not self._has_turn(job):
            return None
        job.state = "running"
        return self._kept(job.openid)

    def _owned(self, key: str, owner: str) -> _Job | None:
        job = self._jobs.get(key)
        return job if job is not None and job.owner == owner else None

    async def finish(self, key: str, owner: str, outcome: Outcome) -> tuple[Part, ...] | None:
        job = self._owned(key, owner)
        if job is None or job.state not in UNFINISHED:
            return None
        for body in outcome.parts:
            job.parts[job.next_index] = body
            job.next_index += 1
        job.state, job.route, job.note = outcome.state, outcome.route, outcome.note
        job.updated = self._clock.wall()
        kept = self._followers.setdefault(job.openid, _Follower())
        if outcome.session is not UNSET:
            kept.session = outcome.session
        if outcome.dialog is not UNSET:
            kept.dialog = outcome.dialog
        reserved = self._reserve(job.key, job.openid, own=job) if outcome.reserve else ()
        self._conclude(job, by=job.key)
        return reserved

    def _reserve(self, key: str, openid: str, own: _Job | None = None) -> tuple[Part, ...]:
        now = self._clock.monotonic()
        reserved: list[Part] = []
        for job in sorted(self._of(openid), key=lambda job: job.order):
            if not job.parts or job.state in LISTED or job.state == "sending":
                continue
            if job.route == "custom" and job is not own:
                continue
            if job.reserved_for not in ("", key) and job.reserved_until > now:
                continue
            job.reserved_for, job.reserved_until = key, now + RESERVE
            reserved += _parts(job)
        return tuple(reserved)

    def _conclude(self, job: _Job, by: str) -> None:
        if job.state == "ready" and not job.parts:
            job.state = "replied" if by == job.key else "delivered"

    async def take(self, key: str, openid: str) -> tuple[Part, ...]:
        return self._reserve(key, openid)

    async def release(self, key: str) -> None:
        job = self._jobs.get(key)
        for other in self._of(job.openid) if job is not None else ():
            if other.reserved_for == key:
                other.reserved_for, other.reserved_until = "", 0.0

    async def settle(
        self, key: str, openid: str, reply: bytes, carried: Sequence[Part], shown: Shown
    ) -> None:
        job = self._jobs.get(key)
        if job is not None:
            job.reply = reply
        for part in carried:
            owner = self._jobs.get(part.key)
            if owner is not None and owner.parts.pop(part.index, None) is not None:
                self._conclude(owner, by=key)
        await self.release(key)
        self._followers.setdefault(openid, _Follower()).shown = shown

    async def reroute(self, key: str, owner: str) -> tuple[Part, ...]:
        job = self._jobs.get(key)
        if job is None or not job.parts or job.state not in ("ready", *UNFINISHED):
            return ()
        if job.owner != owner and (job.route == "custom" or job.state in UNFINISHED):
            return ()
        if job.reserved_for and job.reserved_until > self._clock.monotonic():
            return ()
        job.route, job.owner, job.released = "custom", owner, False
        return tuple(_parts(job))

    async def send(
        self, key: str, owner: str, count: int, quota: Mapping[str, tuple[float, int]], at: float
    ) -> str | None:
        job = self._owned(key, owner)
        kept = self._followers.get(job.openid) if job is not None else None
        if job is None or kept is None:
            return None
        open_windows = [
            (window.opened + quota[name][0], name)
            for name, window in kept.windows.items()
            if name in quota
            and at < window.opened + quota[name][0]
            and window.used < quota[name][1]
        ]
        if not open_windows:
            return None
        name = min(open_windows)[1]
        window = kept.windows[name]
        kept.windows = {**kept.windows, name: Window(window.opened, window.used + 1)}
        job.state = "sending"
        return name

    async def sent(self, key: str, owner: str, count: int) -> None:
        job = self._owned(key, owner)
        if job is None:
            return
        for index in sorted(job.parts)[:count]:
            del job.parts[index]
        job.state = "ready"
        self._conclude(job, by="")

    async def unsent(
        self, key: str, owner: str, state: Literal["ready", "unknown"], route: Route, note: str
    ) -> None:
        job = self._owned(key, owner)
        if job is not None:
            job.state, job.route, job.note = state, route, note

    async def renew(self, owner: str) -> frozenset[str]:
        self._renewed[owner] = self._clock.monotonic()
        return frozenset(
            job.key
            for job in self._jobs.values()
            if job.owner == owner and not job.released and _needs_owner(job)
        )

    async def recover(self, owner: str, lease: float, tries: int, limit: int) -> tuple[Job, ...]:
        taken: list[Job] = []
        for job in sorted(self._jobs.values(), key=lambda job: job.order):
            if len(taken) == limit:
                break
            if _needs_owner(job) and job.owner != owner and self._lapsed(job, lease):
                self._take_over(job, owner, tries)
                if job.state not in LISTED:
                    taken.append(_seen(job))
        return tuple(taken)

    def _lapsed(self, job: _Job, lease: float) -> bool:
        if job.released:
            return True
        idle = self._clock.monotonic() - self._renewed.get(job.owner, float("-inf"))
        return idle >= lease * max(1, job.attempts - 1)

    def _take_over(self, job: _Job, owner: str, tries: int) -> None:
        if job.state == "sending":
            job.state = "unknown"
            return
        if job.state in UNFINISHED and not job.released:
            if job.attempts >= tries:
                job.state = "dead"
                return
            job.attempts += 1
        job.owner, job.released = owner, False

    async def leave(self, owner: str) -> None:
        for job in self._jobs.values():
            if job.owner == owner and _needs_owner(job):
                job.released = True

    async def look(self, keys: Collection[str]) -> tuple[Job, ...]:
        return tuple(_seen(self._jobs[key]) for key in keys if key in self._jobs)

    async def pulse(self) -> None:
        await asyncio.get_running_loop().create_future()

    async def step(self, key: str, owner: str, name: str, value: bytes) -> bool:
        job = self._owned(key, owner)
        if job is None:
            return False
        job.steps[name] = value
        return True

    async def steps(self, key: str) -> dict[str, bytes]:
        job = self._jobs.get(key)
        return dict(job.steps) if job is not None else {}

    async def follower(self, openid: str) -> Follower:
        return self._kept(openid)

    async def jobs(self, state: State | None, limit: int, before: float | None) -> tuple[Job, ...]:
        matching = [
            _seen(job)
            for job in sorted(self._jobs.values(), key=lambda job: -job.order)
            if (state is None or job.state == state) and (before is None or job.created < before)
        ]
        return tuple(matching[:limit])

    async def retry(self, key: str) -> bool:
        job = self._jobs.get(key)
        if job is None or job.state not in LISTED:
            return False
        job.state, job.route = ("ready", "push") if job.parts else ("running", job.route)
        job.released, job.attempts = True, 1
        return True

    async def drop(self, key: str) -> bool:
        job = self._jobs.get(key)
        if job is None or job.state not in (*LISTED, "ready"):
            return False
        self._erase(job)
        return True

    def _erase(self, job: _Job) -> None:
        del self._jobs[job.key]
        del self._by_follower[job.openid][job.key]

    async def forget(self, openid: str) -> int:
        jobs = self._of(openid)
        for job in jobs:
            self._erase(job)
        self._followers.pop(openid, None)
        return len(jobs)

    async def prune(self, at: float, keep: float, collect: float) -> int:
        old = [j for j in self._jobs.values() if j.state in FINAL and j.updated < at - keep]
        for job in old:
            self._erase(job)
        for job in self._jobs.values():
            if job.state == "ready" and job.route == "push" and job.updated < at - collect:
                job.state = "uncollected"
        self._bindings = {s: known for s, known in self._bindings.items() if known[1] > at}
        return len(old)

    async def stats(self) -> Stats:
        jobs: dict[str, int] = {}
        for job in self._jobs.values():
            jobs[job.state] = jobs.get(job.state, 0) + 1
        return Stats(jobs, len(self._followers), len(self._bindings), 0)


def _parts(job: _Job) -> Iterator[Part]:
    for index in sorted(job.parts):
        yield Part(job.key, index, job.parts[index])


def _needs_owner(job: _Job) -> bool:
    return (
        job.state in UNFINISHED
        or job.state == "sending"
        or (job.state == "ready" and job.route == "custom")
    )


def _seen(job: _Job) -> Job:
    return Job(
        key=job.key,
        openid=job.openid,
        message=job.message,
        state=job.state,
        owner=job.owner,
        route=job.route,
        created=job.created,
        updated=job.updated,
        arrivals=job.arrivals,
        attempts=job.attempts,
        parts=tuple(_parts(job)),
        reply=job.reply,
        note=job.note,
    )
