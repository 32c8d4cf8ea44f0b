"""Two workers on one store; one after the other is killed with kill -9 while WeChat pushes.

No acknowledged message is lost, no handler runs twice unless its owner died during it,
every answer is delivered, and what the dead left is taken up within one lease.
"""

# ruff: noqa: T201  # the numbers it prints are its result

import asyncio
import random
import statistics
import time
from itertools import pairwise
from pathlib import Path

import pytest

from scenarios.crowd import Crowd
from scenarios.host import BOT, TOKEN, Host, address
from scenarios.scale import scaled
from yizhan.store import FINAL, LISTED, Job, connect

KILLS = scaled(20, 200)
LEASE = 1.0
FANS = 40
TICK = LEASE / 3  # how often a living worker looks for what the dead have left
COMMIT = 0.5  # seconds between a handler's end and its outcome being durable, under load

BOT_OF_THE_CRASH = (
    BOT
    + """
def numbered(message):
    return f"<{message.id}>"

@account.text(prefix="slow")
async def slow(message):
    note("begin", message)
    await asyncio.sleep(float(message.content.split()[1]))
    note("end", message)
    return numbered(message)

@account.text(prefix="plain")
def plain(message):
    note("begin", message)
    time.sleep(0.05)
    note("end", message)
    return numbered(message)

@account.text
async def quick(message):
    note("begin", message)
    note("end", message)
    return numbered(message)
"""
)


class Crash:
    """What happened: kills by process, runs by message, and the crowd's own record."""

    def __init__(self, host: Host, crowd: Crowd, seed: int) -> None:
        self.host = host
        self.crowd = crowd
        self.random = random.Random(seed)
        self.killed: dict[int, float] = {}
        self.over = asyncio.Event()

    async def run(self) -> None:
        fans = [asyncio.create_task(self._talk(f"oFan{number}")) for number in range(FANS)]
        await self._kill_workers()
        self.over.set()
        await asyncio.gather(*fans)
        await asyncio.sleep(4 * LEASE)
        await asyncio.gather(*(self._fetch(f"oFan{number}") for number in range(FANS)))

    async def _talk(self, fan: str) -> None:
        while not self.over.is_set():
            seconds = self.random.choice((0.05, 0.3, 0.3, 1.0, 3.0, 5.0))
            text = self.random.choice(("quick", "quick", "plain", f"slow {seconds}"))
            await self.crowd.says(fan, text)
            await asyncio.sleep(self.random.random())

    async def _fetch(self, fan: str) -> None:
        """Write on until no answer is owed any more, as a follower would."""
        for _ in range(6):
            said = await self.crowd.says(fan, "quick")
            if said.mid in self.crowd.seen(fan):
                return

    async def _kill_workers(self) -> None:
        for _ in range(KILLS):
            await asyncio.sleep(0.2 + 0.6 * self.random.random())
            worker = self.random.choice(self.host.workers)
            await asyncio.to_thread(worker.kill)
            self.killed[worker.pid] = time.monotonic()
            worker.start()
            await asyncio.to_thread(worker.await_ready)

    def runs(self) -> dict[str, list[tuple[int, float, float | None]]]:
        """Of each message: process, beginning and end of every run of its handler."""
        runs: dict[str, list[tuple[int, float, float | None]]] = {}
        for what, mid, pid, at in self.host.noted():
            of = runs.setdefault(mid, [])
            if what == "begin":
                of.append((int(pid), float(at), None))
            else:
                place = next(n for n, run in enumerate(of) if run[0] == int(pid) and run[2] is None)
                of[place] = (*of[place][:2], float(at))
        return runs


def handled_twice(crash: Crash) -> list[str]:
    """Messages whose handler ran again though its owner had not died during it."""
    return [
        f"{mid}: {runs}, killed {crash.killed.get(first[0])}"
        for mid, runs in crash.runs().items()
        for first in runs[:-1]
        if not first[1] <= crash.killed.get(first[0], 0.0) <= (first[2] or 1e12) + COMMIT
    ]


def resumed_after(crash: Crash) -> list[float]:
    """Seconds from each death to the next beginning of a handler that it interrupted."""
    return [
        second[1] - crash.killed[first[0]]
        for runs in crash.runs().values()
        for first, second in pairwise(runs[:2])
        if first[0] in crash.killed
    ]


def unanswered(crash: Crash, jobs: dict[str, Job]) -> list[str]:
    """Answers of handlers that nobody has seen, and that are listed or waiting nowhere."""
    missing = []
    for mid, runs in crash.runs().items():
        said = crash.crowd.said[mid]
        job = jobs.get(mid)
        kept = job is not None and (job.state in LISTED or job.parts)
        if runs[-1][2] is not None and f"<{mid}>" not in crash.crowd.seen(said.fan) and not kept:
            missing.append(f"{mid}: {job and (job.state, job.attempts, job.note)} {said}")
    return missing


async def jobs_in(url: str) -> dict[str, Job]:
    store = connect(url, account="default")
    await store.open()
    try:
        return {job.key.rpartition(":")[2]: job for job in await store.jobs(None, 10**6, None)}
    finally:
        await store.close()


@pytest.mark.slow
@pytest.mark.timeout(scaled(120, 900))
@pytest.mark.parametrize("store", ["sqlite", "redis"])
async def test_nothing_is_lost_and_nothing_done_twice(store: str, tmp_path: Path) -> None:
    asyncio.get_running_loop().set_debug(False)  # it is the servers that are watched here
    seed = random.randrange(10**9)
    with address(store, tmp_path) as url, Host(tmp_path, BOT_OF_THE_CRASH) as host:
        host.open(2, store=url, lease=str(LEASE), grace="1")
        crash = Crash(host, Crowd(lambda: host.ports, TOKEN), seed)
        await crash.run()
        for worker in host.workers:
            assert worker.stop() in (0, -15)
        jobs = await jobs_in(url)

    said, resumed = crash.crowd.said, resumed_after(crash)
    accepted = [mid for mid, message in said.items() if message.acknowledged]
    print(
        f"\n{store}: seed {seed}, {len(crash.killed)} kills, {len(said)} messages, "
        f"{sum(len(message.pushes) for message in said.values())} pushes, "
        f"{len(accepted)} acknowledged, {len(resumed)} interrupted by a death; taken up after "
        f"{statistics.median(resumed):.2f} s (median), {max(resumed):.2f} s (longest)"
    )
    states = {mid: jobs[mid].state for mid in accepted if mid in jobs}
    assert [mid for mid in accepted if states.get(mid) not in (*FINAL, *LISTED, "ready")] == []
    dead = [mid for mid in accepted if states[mid] == "dead"]
    assert [mid for mid in accepted if mid not in crash.runs() and mid not in dead] == []
    assert handled_twice(crash) == []
    assert unanswered(crash, jobs) == []
    assert doubled(crash) == []
    assert unfounded_notices(crash) == []
    assert statistics.median(resumed) < LEASE + 2 * TICK


def doubled(crash: Crash) -> list[str]:
    """Answers seen twice though the worker that showed them lived on."""
    return [
        mid
        for mid, said in crash.crowd.said.items()
        if crash.crowd.seen(said.fan).count(f"<{mid}>") > 1 and not near_a_death(crash, mid)
    ]


def near_a_death(crash: Crash, mid: str) -> bool:
    said = crash.crowd.said[mid]
    times = [at for at, text in crash.crowd.screens[said.fan] if f"<{mid}>" in text]
    return any(times[0] - COMMIT <= at <= times[0] + COMMIT for at in crash.killed.values())


def unfounded_notices(crash: Crash) -> list[str]:
    """Messages for which the follower read the notice though no push met a dead worker."""
    return [
        f"{said}"
        for said in crash.crowd.said.values()
        if not said.acknowledged
        and not any(
            (push.got == "cut" and push.seconds < 4.9) or push.got in ("refused", "busy")
            for push in said.pushes
        )
    ]
