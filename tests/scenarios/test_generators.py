"""A process is killed or stopped while its generators are in the middle: no piece is lost."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from functools import partial
from itertools import product
from pathlib import Path

import pytest

from scenarios.crowd import Crowd
from scenarios.evidence import Evidence, jobs_in, rest, until
from scenarios.host import BOT, STORES, TOKEN, Host, Worker, address
from scenarios.scale import scaled
from scenarios.together import together

FANS = scaled(30, 200)
PIECES = ("one", "two", "three")
BEFORE_THE_END = 0.5  # seconds in which what was begun with the second piece is committed


async def kill(worker: Worker) -> None:
    await asyncio.to_thread(worker.kill)


async def stop(worker: Worker) -> None:
    assert await asyncio.to_thread(worker.stop) in (0, -15)


ENDS = {"kill -9": kill, "SIGTERM": stop}
PLAYED = {f"{store}, {end}": (store, ENDS[end]) for store, end in product(STORES, ENDS)}


async def tell(
    store: str, end: Callable[[Worker], Awaitable[None]], folder: Path, seed: str
) -> Evidence:
    """The first of two workers ends when all its generators have said their second piece."""
    with address(store, folder) as url, Host(folder, BOT) as host:
        await host.open(2, store=url, lease="1", grace="1")
        first, second = host.workers
        ports = [first.port]
        crowd = Crowd(lambda: ports, TOKEN)
        fans = [f"oFan{number}" for number in range(FANS)]
        said = [asyncio.create_task(crowd.says(fan, "tell")) for fan in fans]
        await until(lambda: going_on(host) == FANS)
        await asyncio.sleep(BEFORE_THE_END)
        ports[:] = [second.port]
        await end(first)
        (folder / "go-on").touch()
        await asyncio.gather(*said)
        await rest(url)
        await asyncio.gather(*map(crowd.fetches, fans))
        return Evidence(host, crowd, await jobs_in(url))


def going_on(host: Host) -> int:
    """How many generators have gone on after their second piece."""
    return sum(what == "goes-on" for what, *_ in host.noted())


@pytest.fixture(scope="module")
def tales(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Evidence]:
    folder = tmp_path_factory.mktemp
    stories = {
        name: partial(tell, store, end, folder("tale")) for name, (store, end) in PLAYED.items()
    }
    return together(f"{FANS} generators", stories)


pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(scaled(300, 1800)),
    pytest.mark.parametrize("played", PLAYED),
]


def test_no_piece_is_lost(tales: dict[str, Evidence], played: str) -> None:
    evidence = tales[played]
    told = [said for said in evidence.crowd.said.values() if said.content == "tell"]
    lost = Counter(
        piece
        for said in told
        for piece in PIECES
        if f"<{said.mid}.{piece}>" not in evidence.crowd.seen(said.fan)
    )
    assert len(told) == FANS
    assert lost == {}


def test_its_generators_are_run_again(tales: dict[str, Evidence], played: str) -> None:
    again = [runs for runs in tales[played].runs.values() if len(runs) > 1]
    assert len(again) == FANS
