"""A message that ends its process whenever it is handled, and innocent ones that run beside it."""

import asyncio
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from scenarios.crowd import Crowd
from scenarios.evidence import Evidence, delivered, jobs_in, rest, runs_noted, until
from scenarios.host import BOT, STORES, TOKEN, Host, Worker, address
from scenarios.scale import scaled
from scenarios.together import together
from yizhan.store.mailbox import FINAL

TRIES = 3
PLAYED = scaled(STORES[:1], STORES)
INNOCENT = [f"oFan{number}" for number in range(4)]
POISONER = "oPoisoner"


async def live_again(worker: Worker) -> None:
    """Start it again whenever it ends."""
    while True:
        assert worker.process is not None
        if worker.process.poll() is not None:
            worker.kill()  # so that its death is noted
            worker.start()
            await asyncio.to_thread(worker.await_ready)
        await asyncio.sleep(0.05)


async def struck(store: str, folder: Path, seed: str) -> Evidence:
    """While an innocent message has its last try, a new one comes that ends the process."""
    with address(store, folder) as url, Host(folder, BOT) as host:
        await host.open(1, store=url, lease="1", tries="2")
        [worker] = host.workers
        living = asyncio.create_task(live_again(worker))
        crowd = Crowd(lambda: host.ports, TOKEN)
        innocent = asyncio.create_task(crowd.says(INNOCENT[0], "slow 1.5"))
        await until(lambda: "1" in runs_noted(host))
        first = asyncio.create_task(crowd.says(POISONER, "poison"))
        await until(lambda: len(runs_noted(host)["1"]) == 2)
        second = asyncio.create_task(crowd.says("oOther", "poison"))
        await asyncio.gather(innocent, first, second)
        await rest(url)
        living.cancel()
        with suppress(asyncio.CancelledError):
            await living
        await crowd.fetches(INNOCENT[0])
        await delivered(url)
        return Evidence(host, crowd, await jobs_in(url))


async def poisoned(store: str, folder: Path, seed: str) -> Evidence:
    with address(store, folder) as url, Host(folder, BOT) as host:
        await host.open(1, store=url, lease="1", tries=str(TRIES))
        [worker] = host.workers
        living = asyncio.create_task(live_again(worker))
        crowd = Crowd(lambda: host.ports, TOKEN)
        innocent = [crowd.says(fan, "slow 1.5") for fan in INNOCENT]
        await asyncio.gather(*innocent, crowd.says(POISONER, "poison"))
        await rest(url)
        living.cancel()
        with suppress(asyncio.CancelledError):
            await living
        await asyncio.gather(*(crowd.fetches(fan) for fan in INNOCENT))
        await delivered(url)
        return Evidence(host, crowd, await jobs_in(url))


@pytest.fixture(scope="module")
def ends(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Evidence]:
    folder = tmp_path_factory.mktemp
    stories = {
        f"{story.__name__}-{store}": partial(story, store, folder("poison"))
        for story in (poisoned, struck)
        for store in PLAYED
    }
    return together("a message that ends its process", stories)


pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(300),
    pytest.mark.parametrize("store", PLAYED),
]


def test_only_the_message_that_ends_its_process_is_given_up(
    ends: dict[str, Evidence], store: str
) -> None:
    evidence = ends[f"poisoned-{store}"]
    [poison] = [it for it in evidence.crowd.said.values() if it.content == "poison"]
    assert [mid for mid, it in evidence.jobs.items() if it.state == "dead"] == [poison.mid]
    assert {it.state for mid, it in evidence.jobs.items() if mid != poison.mid} <= set(FINAL)
    assert evidence.unanswered() == []
    assert len(evidence.runs[poison.mid]) == TRIES == len(evidence.died)

    slow = [it.mid for it in evidence.crowd.said.values() if it.content.startswith("slow")]
    told = "exited unexpectedly while it handled"
    [first, *_] = [line for line in evidence.log.splitlines() if told in line]
    assert all(f":{mid}" in first for mid in (*slow, poison.mid))


def test_a_new_one_that_ends_its_process_condemns_no_last_try(
    ends: dict[str, Evidence], store: str
) -> None:
    evidence = ends[f"struck-{store}"]
    [innocent] = [it for it in evidence.crowd.said.values() if it.content == "slow 1.5"]
    assert evidence.jobs[innocent.mid].state in FINAL
    assert len(evidence.runs[innocent.mid]) == 3
    assert evidence.unanswered() == []
    poison = [it.mid for it in evidence.crowd.said.values() if it.content == "poison"]
    assert {evidence.jobs[mid].state for mid in poison} == {"dead"}
