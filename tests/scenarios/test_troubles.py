"""Whatever the store, the disk and the clock do: docs/promise.md is kept, and all heals unaided."""

# ruff: noqa: T201  # the numbers it prints are its result

import asyncio
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from scenarios.crowd import PUSHES, Crowd
from scenarios.evidence import Evidence, jobs_in, rest, until
from scenarios.host import TOKEN, Host, server_of, url_of
from scenarios.scale import fresh_seed, scaled
from scenarios.trouble import CLOCKED_BOT, EVERY_TROUBLE, PLACES, Place, Trouble, small_disk

WORKERS = 2
FANS = scaled(20, 100)
LEASE = scaled(3, 15)
CALM = 1.0  # seconds before a trouble and after it
TROUBLES = {trouble.name: trouble for trouble in EVERY_TROUBLE if trouble.store in PLACES}
LEFT_OUT = pytest.mark.skip(reason="no server of that store, or nobody may mount a disk")


class Story:
    """Followers talk before, during and after a trouble, and nobody lends a hand."""

    def __init__(self, trouble: Trouble, place: Place, seed: str) -> None:
        self.trouble = trouble
        self.place = place
        self.random = random.Random(seed)
        self.crowd = Crowd(place.ports, TOKEN)
        self.fans = [f"oFan{number}" for number in range(FANS)]
        self.ended = 0.0

    async def play(self) -> None:
        over = asyncio.Event()
        talks = [
            asyncio.create_task(self.crowd.talks(fan, self._choose, over)) for fan in self.fans
        ]
        await asyncio.sleep(CALM)
        await until(lambda: self.trouble.can_begin(self.place))
        with self.trouble.happens(self.place):
            await asyncio.sleep(self.trouble.seconds)
            await until(lambda: self.trouble.has_told(self.place))
        self.ended = time.monotonic()
        await asyncio.sleep(CALM)
        over.set()
        await asyncio.gather(*talks)
        await rest(self.place.url)
        await asyncio.gather(*map(self.crowd.fetches, self.fans))
        await until(lambda: self.trouble.says in self.place.host.log())
        self.evidence = Evidence(self.place.host, self.crowd, await jobs_in(self.place.url))
        self.alive = all(worker.ready() for worker in self.place.host.workers)

    def _choose(self) -> tuple[str, float]:
        seconds = self.random.choice((0.3, 1.0, 3.0, scaled(4.5, 6.0)))
        text = self.random.choice(("quick", "plain", f"slow {seconds}"))
        return text, 0.5 * self.random.random()


@contextmanager
def place(store: str, folder: Path) -> Iterator[Place]:
    """A host of its own for a trouble with that store."""
    if store in ("redis", "postgres"):
        with server_of(store) as server, Host(folder, CLOCKED_BOT) as host:
            yield Place(folder, url_of(server), host, server)
    elif store == "disk":
        with small_disk(folder / "disk") as disk, Host(folder, CLOCKED_BOT) as host:
            yield Place(folder, f"sqlite:///{disk}/store.db", host)
    else:
        with Host(folder, CLOCKED_BOT) as host:
            yield Place(folder, f"sqlite:///{folder}/store.db", host)


async def play(trouble: Trouble, folder: Path, seed: str) -> Story:
    with place(trouble.store, folder) as where:
        await where.host.open(WORKERS, store=where.url, lease=str(LEASE))
        story = Story(trouble, where, seed)
        await story.play()
        return story


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Story]:
    """All of them at the same time, each on a host of its own: most of it is waiting."""
    mktemp, seed = tmp_path_factory.mktemp, fresh_seed()
    print(f"\ntroubles, seed {seed}")

    async def every() -> list[Story]:
        plays = (play(it, mktemp(name), f"{name} {seed}") for name, it in TROUBLES.items())
        return await asyncio.gather(*plays)

    found = dict(zip(TROUBLES, asyncio.run(every()), strict=True))
    for name, story in found.items():
        print(f"{name}: {story.evidence.summary()}")
    return found


@pytest.fixture(
    params=[
        pytest.param(it.name, marks=[] if it.name in TROUBLES else LEFT_OUT) for it in EVERY_TROUBLE
    ]
)
def story(stories: dict[str, Story], request: pytest.FixtureRequest) -> Story:
    return stories[request.param]


pytestmark = [pytest.mark.slow, pytest.mark.timeout(scaled(300, 1800))]


def test_no_acknowledged_message_is_lost(story: Story) -> None:
    assert story.evidence.lost() == []


def test_no_handler_runs_twice(story: Story) -> None:
    assert story.evidence.handled_twice() == []


def test_every_answer_is_delivered(story: Story) -> None:
    assert story.evidence.unanswered() == []


def test_no_answer_is_shown_twice(story: Story) -> None:
    assert story.evidence.seen_twice() == []


def test_the_notice_is_read_only_where_three_pushes_were_refused(story: Story) -> None:
    for said in story.evidence.noticed():
        assert len(said.pushes) == PUSHES
        assert said.at < story.ended


def test_it_heals_unaided(story: Story) -> None:
    """The same processes go on; what is said once it is over is answered."""
    assert story.alive
    assert [len(worker.pids) for worker in story.place.host.workers] == [1] * WORKERS
    after = [said for said in story.crowd.said.values() if said.at > story.ended]
    assert {said.fan for said in after} == set(story.fans)
    assert [said for said in after if not said.acknowledged] == []


def test_the_log_says_what_it_is(story: Story) -> None:
    assert story.trouble.says in story.place.host.log()
