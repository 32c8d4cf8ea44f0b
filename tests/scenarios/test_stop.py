"""SIGTERM with 500 messages in flight: the next process answers what the first could not."""

# the numbers it prints are its result

import asyncio
import random
from functools import partial
from pathlib import Path

import pytest

from scenarios.crowd import Crowd
from scenarios.evidence import Evidence, jobs_in, rest, runs_noted, until
from scenarios.host import BOT, STORES, TOKEN, Host, address
from scenarios.scale import scaled
from scenarios.together import together

IN_FLIGHT = scaled(200, 500)
GRACE = scaled(1, 10)
SHORTEST, LONGEST = scaled((2.5, 4.5), (3.0, 30.0))  # seconds of a handler
BETWEEN = 0.004  # seconds between two messages
LAST = 15.0  # seconds beyond the grace


async def stop(store: str, folder: Path, seed: str) -> Evidence:
    """The first of two workers is told to stop when it has all of them in its hands."""
    chance = random.Random(seed)
    with address(store, folder) as url, Host(folder, BOT) as host:
        await host.open(2, store=url, grace=str(GRACE))
        first, second = host.workers
        ports = [first.port]
        crowd = Crowd(lambda: ports, TOKEN)
        fans = [f"oFan{number}" for number in range(IN_FLIGHT)]
        said = []
        for fan in fans:
            text = f"slow {chance.uniform(SHORTEST, LONGEST):.2f}"
            said.append(asyncio.create_task(crowd.says(fan, text)))
            await asyncio.sleep(BETWEEN)
        await until(lambda: len(runs_noted(host)) == IN_FLIGHT)
        ports.append(second.port)
        assert await asyncio.to_thread(first.stop, GRACE + LAST) in (0, -15)
        await asyncio.gather(*said)
        await rest(url)
        await asyncio.gather(*map(crowd.fetches, fans))
        assert second.ready()
        return Evidence(host, crowd, await jobs_in(url))


@pytest.fixture(scope="module")
def stops(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Evidence]:
    folder = tmp_path_factory.mktemp
    stories = {store: partial(stop, store, folder(store)) for store in STORES}
    return together(f"SIGTERM with {IN_FLIGHT} in flight", stories)


pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(scaled(300, 1800)),
    pytest.mark.parametrize("store", STORES),
]


def test_no_message_in_flight_is_lost(stops: dict[str, Evidence], store: str) -> None:
    assert stops[store].lost() == []
    assert len(stops[store].runs) == 2 * IN_FLIGHT  # the questions, and what fetched the answers


def test_what_ended_within_the_grace_is_not_run_again(
    stops: dict[str, Evidence], store: str
) -> None:
    assert stops[store].handled_twice() == []


def test_every_answer_is_delivered_once(stops: dict[str, Evidence], store: str) -> None:
    assert stops[store].unanswered() == []
    assert stops[store].seen_twice() == []
    assert stops[store].unfounded_notices() == []
