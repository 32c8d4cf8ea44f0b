"""Two workers on one store; one after the other is killed with kill -9 while WeChat pushes.

A subscription account answers by replies alone; a verified service account sends as well.

No acknowledged message is lost, no handler runs twice unless its owner died during it,
every answer is delivered, and what the dead left is taken up.
"""

# ruff: noqa: T201  # the numbers it prints are its result

import asyncio
import random
import statistics
from functools import partial
from itertools import cycle, pairwise, product
from pathlib import Path

import pytest

from scenarios.crowd import Crowd
from scenarios.evidence import Evidence, delivered, jobs_in, rest
from scenarios.host import BOT, STORES, TOKEN, Host, address
from scenarios.platform import SERVICE, platform
from scenarios.scale import SOAK, scaled
from scenarios.together import together

KILLS = scaled(12, 200)
LEASE = 1.0
TRIES = 6  # so that few have their last try, one after another: for that is `test_poison.py`
FANS = scaled(24, 40)
ACCOUNTS: dict[str, dict[str, str]] = {"subscription": {}, "service": SERVICE}
PLAYED = {
    f"{store}-{kind}": (store, kind)
    for store, kind in scaled(zip(STORES, cycle(ACCOUNTS)), product(STORES, ACCOUNTS))
}


class Crash:
    """Followers who talk to two workers, one of which is always about to die."""

    def __init__(self, host: Host, seed: str) -> None:
        self.host = host
        self.crowd = Crowd(lambda: host.ports, TOKEN)
        self.random = random.Random(seed)

    async def run(self) -> None:
        over = asyncio.Event()
        talks = [
            asyncio.create_task(self.crowd.talks(f"oFan{number}", self._choose, over))
            for number in range(FANS)
        ]
        await self._kill_workers()
        over.set()
        await asyncio.gather(*talks)

    def _choose(self) -> tuple[str, float]:
        seconds = self.random.choice((0.05, 0.3, 0.3, 1.0, 3.0, 5.0))
        text = self.random.choice(("quick", "quick", "plain", f"slow {seconds}"))
        return text, self.random.random()

    async def _kill_workers(self) -> None:
        for _ in range(KILLS):
            await asyncio.sleep(0.1 + 0.4 * self.random.random())
            worker = self.random.choice(self.host.workers)
            await asyncio.to_thread(worker.kill)
            worker.start()
            await asyncio.to_thread(worker.await_ready)


async def crash(store: str, kind: str, folder: Path, seed: str) -> Evidence:
    with address(store, folder) as url, Host(folder, BOT) as host:
        story = Crash(host, seed)
        async with platform(story.crowd) as api:
            settings = ACCOUNTS[kind] | {"api_base": api, "lease": str(LEASE), "grace": "1"}
            settings |= {"tries": str(TRIES)}
            account = settings.get("appid", "default")
            await host.open(2, store=url, **settings)
            await story.run()
            await rest(url, account)
            await asyncio.gather(*(story.crowd.fetches(f"oFan{number}") for number in range(FANS)))
            await delivered(url, account)
            for worker in host.workers:
                assert await asyncio.to_thread(worker.stop) in (0, -15)
        return Evidence(host, story.crowd, await jobs_in(url, account))


@pytest.fixture(scope="module")
def crashes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Evidence]:
    folder = tmp_path_factory.mktemp
    stories = {name: partial(crash, *it, folder(name)) for name, it in PLAYED.items()}
    return together(f"{KILLS} kills", stories)


pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(scaled(300, 1800)),
    pytest.mark.parametrize("played", PLAYED),
]


def test_no_acknowledged_message_is_lost(crashes: dict[str, Evidence], played: str) -> None:
    assert len(crashes[played].died) == KILLS + 2
    assert crashes[played].lost() == []


def test_no_handler_runs_twice_unless_its_owner_died(
    crashes: dict[str, Evidence], played: str
) -> None:
    assert crashes[played].handled_twice() == []


def test_every_answer_is_delivered_once(crashes: dict[str, Evidence], played: str) -> None:
    assert crashes[played].unanswered() == []
    assert crashes[played].seen_twice() == []


def test_the_notice_is_read_only_where_nobody_could_answer(
    crashes: dict[str, Evidence], played: str
) -> None:
    """Held to in a soak, on a machine that does nothing else, and by the model at all times.

    With a lease of a second, a busy machine is one on which nobody may take anything over.
    """
    unfounded = crashes[played].unfounded_notices()
    print(f"\n{played}: {len(unfounded)} notices that met no dead server")
    assert not SOAK or unfounded == []


def test_what_the_dead_left_is_resumed(crashes: dict[str, Evidence], played: str) -> None:
    """How soon is printed, and held by `test_lease.py`, whose clock no busy machine slows down."""
    evidence = crashes[played]
    resumed = resumed_after(evidence)
    print(
        f"\n{played}: {len(resumed)} handlers interrupted, resumed after "
        f"{statistics.median(resumed):.2f} s (median), {max(resumed):.2f} s (longest)"
    )
    left = [runs for runs in evidence.runs.values() if runs[0].pid in evidence.died]
    interrupted = [runs for runs in left if runs[0].ended is None]
    assert interrupted
    assert [runs for runs in interrupted if len(runs) == 1] == []


def resumed_after(evidence: Evidence) -> list[float]:
    """Seconds from each death to the next beginning of a handler that it interrupted."""
    return [
        second.begun - evidence.died[first.pid]
        for runs in evidence.runs.values()
        for first, second in pairwise(runs[:2])
        if first.pid in evidence.died
    ]
