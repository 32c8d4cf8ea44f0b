"""A machine starts with a calendar that is 40 days off, and has it set right after 3 s."""

import asyncio
from functools import partial
from itertools import cycle, product
from pathlib import Path

import pytest

from scenarios.crowd import Crowd, Said
from scenarios.evidence import Evidence, delivered, jobs_in, rest
from scenarios.host import STORES, TOKEN, Host, address
from scenarios.scale import scaled
from scenarios.together import together
from scenarios.trouble import CLOCKED_BOT

FANS = 10
WRONG = 3.0  # seconds
DAYS = {"fast": 40, "slow": -40}
PLAYED = {
    f"{store}, {how}": (store, DAYS[how])
    for store, how in scaled(zip(STORES, cycle(DAYS)), product(STORES, DAYS))
}


async def play(store: str, days: int, folder: Path, seed: str) -> Evidence:
    """Half of the followers have a session, the others wait for an answer."""
    with address(store, folder) as url, Host(folder, CLOCKED_BOT) as host:
        await host.open(1, store=url, hold="0", lease="1")
        [worker] = host.workers
        crowd = Crowd(lambda: host.ports, TOKEN)
        await all_say(crowd, "count", "slow 5")
        await rest(url)
        await asyncio.to_thread(worker.stop)
        (folder / "step").write_text(str(days * 86_400))
        worker.start()
        await asyncio.to_thread(worker.await_ready)
        early = asyncio.create_task(crowd.says("oEarly", "quick"))
        await asyncio.sleep(WRONG)
        (folder / "step").unlink()
        await early
        await all_say(crowd, "count", "quick")
        await delivered(url)
        return Evidence(host, crowd, await jobs_in(url))


async def all_say(crowd: Crowd, *texts: str) -> None:
    """The first text is said by those with a session, the second by those who wait."""
    talks = (
        crowd.says(f"{fan}{number}", text)
        for number in range(FANS)
        for fan, text in zip(("oCounts", "oWaits"), texts, strict=True)
    )
    await asyncio.gather(*talks)


@pytest.fixture(scope="module")
def starts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Evidence]:
    folder = tmp_path_factory.mktemp
    stories = {
        name: partial(play, store, days, folder("start")) for name, (store, days) in PLAYED.items()
    }
    return together("starts with a wrong clock", stories)


pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(scaled(300, 1800)),
    pytest.mark.parametrize("played", PLAYED),
]


def test_no_session_is_forgotten(starts: dict[str, Evidence], played: str) -> None:
    crowd = starts[played].crowd
    assert [fan for fan in fans(crowd, "oCounts") if "number 2" not in crowd.seen(fan)] == []


def test_no_waiting_answer_is_listed(starts: dict[str, Evidence], played: str) -> None:
    evidence = starts[played]
    assert {job.state for job in evidence.jobs.values()} <= {"replied", "delivered"}
    assert evidence.unanswered() == []
    assert evidence.seen_twice() == []


def test_what_comes_meanwhile_is_answered_by_a_later_push(
    starts: dict[str, Evidence], played: str
) -> None:
    [said] = said_by(starts[played].crowd, "oEarly")
    assert said.acknowledged
    assert '"stale"' in starts[played].log


def fans(crowd: Crowd, prefix: str) -> set[str]:
    found = {said.fan for said in crowd.said.values() if said.fan.startswith(prefix)}
    assert len(found) == FANS
    return found


def said_by(crowd: Crowd, fan: str) -> list[Said]:
    return [said for said in crowd.said.values() if said.fan == fan]
