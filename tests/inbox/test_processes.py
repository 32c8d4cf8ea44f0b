"""Two processes of one account on one SQLite file, in real time and with real locks."""

import asyncio
import time

import pytest

from awaiting import answer
from desk import GH, TOKEN, Line
from yizhan import Account, messages
from yizhan.inbox.push import Accepted

pytestmark = pytest.mark.real_time


class Process:
    """An account of its own on the common file."""

    def __init__(self, path, handler, **settings) -> None:
        self.account = Account(
            "two", store=f"sqlite:///{path}/two.db", token=TOKEN, grace=0.0, **settings
        )
        self.account.text(handler)

    async def push(self, key: str, content: str) -> str | None:
        """What one push of this message is answered with."""
        loop = asyncio.get_running_loop()
        fields = {"ToUserName": GH, "FromUserName": "oFan", "MsgType": "text"}
        message = messages.read(fields | {"Content": content, "MsgId": key})
        engine = (await self.account.start()).engine
        line = Line(loop, 5.0)
        response = await answer(engine, Accepted(message, key), line)
        line.done()
        if response.close:
            return None
        engine.written(response)
        return "" if response.reply is None else response.reply.content


@pytest.fixture
async def two(tmp_path):
    """Makes two processes that end with the test."""
    made = []

    def make(handler, **settings):
        made.extend(Process(tmp_path, handler, **settings) for _ in range(2))
        return made

    yield make
    for process in made:
        await process.account.stop()


async def test_a_push_to_the_other_process_gets_the_answer_within_a_moment(two):
    async def handler(message):
        runs.append(message.content)
        begun.set()
        await go_on.wait()
        return "rain"

    runs, begun, go_on = [], asyncio.Event(), asyncio.Event()
    one, other = two(handler)
    pushes = [asyncio.create_task(one.push("1", "rain?"))]
    await begun.wait()
    pushes.append(asyncio.create_task(other.push("1", "rain?")))
    store = one.account.inbox.store
    [newest] = await store.jobs(None, 1, None)
    while newest.job.arrivals < 2:
        await asyncio.sleep(0.001)
        [newest] = await store.jobs(None, 1, None)
    go_on.set()
    began = time.monotonic()
    assert await asyncio.gather(*pushes) == ["rain", "rain"]
    assert time.monotonic() - began < 0.5
    assert runs == ["rain?"]


async def test_a_message_waits_for_its_turn_across_processes(two):
    async def handler(message):
        running.append(message.content)
        most.append(len(running))
        await asyncio.sleep(0.005)
        running.remove(message.content)
        return message.content

    running, most = [], []
    processes = two(handler)
    asked = [processes[n % 2].push(f"{n}", f"{n}") for n in range(8)]
    assert sorted(await asyncio.gather(*asked)) == [f"{n}" for n in range(8)]
    assert most == [1] * 8


async def test_one_that_stops_hands_its_job_over(two):
    async def handler(message):
        runs.append(message.content)
        begun.set()
        if len(runs) == 1:
            await asyncio.Event().wait()
        return "rain"

    runs, begun = [], asyncio.Event()
    one, other = two(handler)
    await other.account.start()
    first = asyncio.create_task(one.push("1", "rain?"))
    await begun.wait()
    await one.account.stop()
    assert await first is None
    assert await other.push("1", "rain?") == "rain"
    assert len(runs) == 2
