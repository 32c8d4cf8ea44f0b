"""What a scenario leaves behind, and the promise held against it."""

import asyncio
import os
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from scenarios.crowd import FIVE, PICKUP, Crowd, Push, Said
from scenarios.host import Host
from yizhan.clock import SystemClock
from yizhan.store import connect
from yizhan.store.mailbox import FINAL, LISTED
from yizhan.store.mailboxes.contract import Whole

COMMIT = 1.0  # seconds between a handler's end and its outcome being durable, at the most
PATIENCE = 180.0  # seconds that only a hang takes, on however busy a machine
CUT = FIVE - 0.1  # a connection that ended sooner was not ended by WeChat


@dataclass
class Run:
    """One call of a handler; `ended` stays None when it did not come to its end."""

    pid: int
    begun: float
    ended: float | None = None


class Evidence:
    """Messages as WeChat saw them, runs as handlers noted them, jobs as the store keeps them."""

    def __init__(self, host: Host, crowd: Crowd, jobs: dict[str, Whole]) -> None:
        self.crowd = crowd
        self.jobs = jobs
        self.runs = runs_noted(host)
        self.died = host.died
        self.given_up = host.given_up()
        self.log = host.log()

    def lost(self) -> list[str]:
        """Acknowledged messages that no handler has had, and that are listed nowhere."""
        return [
            f"{said} {self._state(said.mid)}"
            for said in self.crowd.said.values()
            if said.acknowledged and not self._accounted(said.mid)
        ]

    def _accounted(self, mid: str) -> bool:
        state = self._state(mid)
        handled = mid in self.runs or self.crowd.said[mid].content == PICKUP
        return state in LISTED or (handled and state in (*FINAL, "ready"))

    def _state(self, mid: str) -> str:
        return self.jobs[mid].state if mid in self.jobs else ""

    def handled_twice(self) -> list[str]:
        """Messages whose handler ran again though its owner had not died during it.

        A living process counts as dead once another one has its lease, and says so.
        """
        return [
            f"{mid}: {runs}, died {self.died.get(first.pid)}"
            for mid, runs in self.runs.items()
            if mid not in self.given_up
            for first in runs[:-1]
            if not first.begun <= self.died.get(first.pid, 0.0) <= (first.ended or 1e12) + COMMIT
        ]

    def unanswered(self) -> list[str]:
        """Answers that nobody has seen, and that are not listed."""
        return [
            f"{mid}: {self.jobs.get(mid)} {self.crowd.said[mid]}"
            for mid, runs in self.runs.items()
            if runs[-1].ended is not None
            and not self._shown(mid)
            and self._state(mid) not in LISTED
        ]

    def _shown(self, mid: str) -> int:
        return self.crowd.seen(self.crowd.said[mid].fan).count(f"<{mid}>")

    def seen_twice(self) -> list[str]:
        """Answers shown twice though the process that showed them lived on."""
        return [mid for mid in self.runs if self._shown(mid) > 1 and not self._near_a_death(mid)]

    def _near_a_death(self, mid: str) -> bool:
        screen = self.crowd.screens[self.crowd.said[mid].fan]
        first = next(at for at, text in screen if f"<{mid}>" in text)
        return any(abs(at - first) <= COMMIT for at in self.died.values())

    def noticed(self) -> list[Said]:
        """Messages for which the follower has read the fault notice."""
        return [said for said in self.crowd.said.values() if not said.acknowledged]

    def unfounded_notices(self) -> list[str]:
        """The same, though no push met a dead or refusing server."""
        return [f"{said}" for said in self.noticed() if not any(map(_unserved, said.pushes))]

    def summary(self) -> str:
        """One line of numbers."""
        said = self.crowd.said.values()
        got = Counter(push.got for message in said for push in message.pushes)
        pushes = ", ".join(f"{count} {name}" for name, count in sorted(got.items()))
        again = sum(len(runs) > 1 for runs in self.runs.values())
        return (
            f"{len(said)} messages, {got.total()} pushes ({pushes}), {len(self.runs)} handled, "
            f"{again} of them again, {len(self.noticed())} notices"
        )


def _unserved(push: Push) -> bool:
    return push.got in ("refused", "busy") or (push.got == "cut" and push.seconds < CUT)


def runs_noted(host: Host) -> dict[str, list[Run]]:
    """Of each message every run of its handler."""
    runs: dict[str, list[Run]] = {}
    for what, mid, pid, at in host.noted():
        of = runs.setdefault(mid, [])
        if what == "begin":
            of.append(Run(int(pid), float(at)))
        elif what == "end":
            next(run for run in of if run.pid == int(pid) and run.ended is None).ended = float(at)
    return runs


async def jobs_in(url: str, account: str = "default") -> dict[str, Whole]:
    """Every message of a store, by MsgId."""
    store = connect(url, account=account, owner=f"terminal:{os.getpid()}:0", clock=SystemClock())
    await store.open()
    try:
        wholes = await store.jobs(None, 10**6, None)
        return {it.message.key.rpartition(":")[2]: it for it in wholes}
    finally:
        await store.close()


async def rest(url: str, account: str = "default") -> None:
    """Wait until every message has been handled."""
    await _none_is(lambda it: it.job is not None and it.job.open, url, account)


async def delivered(url: str, account: str = "default") -> None:
    """Wait until no answer waits any more, but for those that are listed."""
    await _none_is(_waits, url, account)


def _waits(it: Whole) -> bool:
    return it.job is not None and it.state not in LISTED and bool(it.job.parts)


async def _none_is(left: Callable[[Whole], bool], url: str, account: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while found := [it for it in (await jobs_in(url, account)).values() if left(it)]:
        assert time.monotonic() < deadline, found
        await asyncio.sleep(0.1)


async def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.1)
