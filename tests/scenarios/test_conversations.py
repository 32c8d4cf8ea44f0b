"""1,000 conversations in flight, with handlers of 8 s in the middle and 60 s at the longest."""

# ruff: noqa: T201  # the numbers it prints are its result

import asyncio
import random
from itertools import accumulate
from pathlib import Path

import pytest

from scenarios.crowd import PICKUP, Crowd
from scenarios.evidence import Evidence, jobs_in
from scenarios.host import BOT, TOKEN, Host, Worker
from scenarios.scale import SOAK, fresh_seed, scaled

CONVERSATIONS = scaled(200, 1000)
ROUNDS = scaled(1, 3)  # questions of each follower
ALL_BEGUN = scaled(1.0, 5.0)  # seconds within which all have said something
MEDIAN = 8.0  # seconds of a handler
SPREAD = 0.86  # with it one in a hundred would take 60 s
LONGEST = scaled(10.0, 60.0)
HOLD = scaled(1, 2)  # pushes that are held; the next is the last
FETCHES = 10
ROOM = 400 * 2**20  # bytes
DEADLINE = 4.8  # seconds in which a last push is answered, on a machine that does nothing else


class Conversations:
    """Followers of one worker, who ask and then fetch what they are owed."""

    def __init__(self, worker: Worker, seed: int) -> None:
        self.worker = worker
        self.random = random.Random(seed)
        self.crowd = Crowd(lambda: [worker.port], TOKEN)
        self.most = 0  # bytes of memory that the worker has held

    async def play(self) -> None:
        watch = asyncio.create_task(self._watch())
        fans = (self._converse(f"oFan{number}") for number in range(CONVERSATIONS))
        await asyncio.gather(*fans)
        watch.cancel()

    async def _converse(self, fan: str) -> None:
        await asyncio.sleep(ALL_BEGUN * self.random.random())
        for _ in range(ROUNDS):
            seconds = min(LONGEST, MEDIAN * self.random.lognormvariate(0.0, SPREAD))
            said = await self.crowd.says(fan, f"slow {seconds:.2f}")
            for _ in range(FETCHES):
                if f"<{said.mid}>" in self.crowd.seen(fan):
                    break
                await asyncio.sleep(self.random.random())
                await self.crowd.says(fan, PICKUP)

    async def _watch(self) -> None:
        while True:
            self.most = max(self.most, self.worker.resident())
            await asyncio.sleep(0.5)


def most_at_once(evidence: Evidence) -> int:
    """How many handlers were under way together at the most."""
    runs = [run for runs in evidence.runs.values() for run in runs]
    changes = [(run.begun, 1) for run in runs]
    changes += [(run.ended, -1) for run in runs if run.ended is not None]
    return max(accumulate(change for _, change in sorted(changes)))


@pytest.mark.slow
@pytest.mark.timeout(scaled(300, 1800))
async def test_every_push_is_answered_in_time_and_no_answer_lost(tmp_path: Path) -> None:
    asyncio.get_running_loop().set_debug(False)  # it is the server that is watched here
    seed = fresh_seed()
    url = f"sqlite:///{tmp_path}/store.db"
    with Host(tmp_path, BOT) as host:
        await host.open(1, store=url, hold=str(HOLD))
        talk = Conversations(host.workers[0], seed)
        await talk.play()
        evidence = Evidence(host, talk.crowd, await jobs_in(url))

    last = [said.pushes[-1].seconds for said in talk.crowd.said.values() if len(said.pushes) > HOLD]
    print(
        f"\nseed {seed}: {evidence.summary()}; {most_at_once(evidence)} handlers at once, "
        f"{talk.most / 2**20:.0f} MB, slowest of {len(last)} last pushes {max(last):.2f} s"
    )
    # The client's own five seconds: a busy machine can use them up before the server is asked.
    assert not SOAK or (evidence.noticed() == [] and max(last) < DEADLINE)
    assert evidence.lost() == []
    assert evidence.handled_twice() == []
    assert evidence.unanswered() == []
    assert evidence.seen_twice() == []
    assert len(evidence.runs) == CONVERSATIONS * ROUNDS
    assert talk.most < ROOM
