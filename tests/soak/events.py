"""What became of messages, as the commits of a store tell it: before against after."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

from yizhan.inbox.calling import HANDED_OUT
from yizhan.store.applying import Commit, Loaded
from yizhan.store.mailbox import CUSTOM, FREE, SENDING, Job, Part, part_name, step_name

MOMENT = 0.25  # seconds that a push may hold more than it carries
SENT = (CUSTOM, SENDING)


@dataclass(frozen=True)
class Finish:
    """A run's outcome, or what it had come to by then: "running" if it went on."""

    at: float
    process: int
    state: str
    parts: tuple[bytes, ...]


@dataclass
class Events:
    """What the stores saw happen, in the order of their commits.

    `claims` tells of each message its place among all, when it was accepted and where;
    `marks` when and where it was kept how far a generator had come; `settles` when it was
    kept what a push was answered with; `ways` from when until when answers of a message were
    on some way to the follower; `returned` when such an answer was first put back.
    """

    claims: dict[str, tuple[int, float, int]] = field(default_factory=dict)
    finishes: dict[str, list[Finish]] = field(default_factory=dict)
    marks: dict[str, list[tuple[float, int]]] = field(default_factory=dict)
    settles: dict[tuple[str, int], float] = field(default_factory=dict)
    ways: dict[str, list[list[float]]] = field(default_factory=dict)
    returned: dict[str, float] = field(default_factory=dict)

    def take_down(
        self, before: Loaded, commit: Commit, owner: str, process: int, at: float
    ) -> None:
        """A process has committed this."""
        for message in commit.inserts:
            self.claims[message.key] = (len(self.claims), at, process)
        for was, now in _changed(before, commit.after):
            if now is not None:
                self._reserved(was, now, at)
            self._sent(was, now, at)
            if was.open and was.owner == owner and was.key not in commit.erased:
                self._finished(was, now, commit, Finish(at, process, "", ()))
            if commit.rows.get(step_name(was, HANDED_OUT)) is not None:
                self.marks.setdefault(was.key, []).append((at, process))
            if now is not None and now.reply is not None and now.reply != was.reply:
                self.settles[was.key, process] = at
        for filed in commit.filed:
            known = before.box.job(filed.key)
            if filed.reply is not None and (known is None or filed.reply != known.reply):
                self.settles[filed.key, process] = at

    def _finished(self, was: Job, now: Job | None, commit: Commit, finish: Finish) -> None:
        going_on = now is not None and now.open
        fresh = tuple(_made(was, now, commit))
        if fresh or not going_on:
            state = "running" if going_on else "ended"
            done = Finish(finish.at, finish.process, state, fresh)
            self.finishes.setdefault(was.key, []).append(done)

    def _reserved(self, was: Job, now: Job, at: float) -> None:
        """A push is about to carry some of these, and then to free the others."""
        before = {part.index: part.by for part in was.parts}
        taken = {part.by for part in now.parts if part.by != before.get(part.index, FREE)}
        if taken - {FREE, *SENT}:
            self._on_way(now.key, at, at + MOMENT)

    def _sent(self, was: Job, now: Job | None, at: float) -> None:
        """Answers were put on the way of customer-service messages, or taken off it."""
        before = {part.index for part in was.parts if part.by in SENT}
        parts: tuple[Part, ...] = () if now is None else now.parts
        after = {part.index for part in parts if part.by in SENT}
        if after and not before:
            self._on_way(was.key, at)
        if before and not after:
            for way in self.ways.get(was.key, ()):
                way[1] = min(way[1], at)
        if any(part.index in before and part.by == FREE for part in parts):
            self.returned.setdefault(was.key, at)

    def _on_way(self, key: str, at: float, until: float = math.inf) -> None:
        self.ways.setdefault(key, []).append([at, until])


def _changed(before: Loaded, after: Loaded) -> Iterator[tuple[Job, Job | None]]:
    """Each message that was in hand or is, with what has become of it; None if it has left."""
    known = {job.key: job for job in before.box.jobs}
    now = {job.key: job for job in after.box.jobs}
    for key, job in known.items():
        if now.get(key) is not job:
            yield job, now.get(key)
    for key, job in now.items():
        if key not in known:
            yield Job(key, job.seq, job.created, job.first, job.boot, ""), job


def _made(was: Job, now: Job | None, commit: Commit) -> Iterator[bytes]:
    """The answers that this commit has brought, wherever they lie now."""
    parts = () if now is None else now.parts
    inside = {part.index: part.body for part in parts if part.index >= was.next}
    prefix = part_name(was, 0)[:-1]
    rows = {
        int(name.removeprefix(prefix)): body
        for name, body in commit.rows.items()
        if body is not None and name.startswith(prefix)
    }
    made = {index: body for index, body in {**inside, **rows}.items() if index >= was.next}
    for index in sorted(made):
        yield made[index]
