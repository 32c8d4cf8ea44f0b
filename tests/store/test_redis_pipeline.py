"""Calls asked for at the same time share a round trip."""

import asyncio
from collections.abc import Sequence
from typing import Any

from redis import exceptions

from yizhan.store.redis_pipeline import MOST, UNDER_WAY, Pipeline


class Script:
    """A script that the server may have forgotten."""

    sha = "0" * 40

    def __init__(self) -> None:
        self.alone = 0

    async def __call__(self, keys: list[str], args: Sequence[object]) -> object:
        self.alone += 1
        return ("alone", *args)


class Client:
    """Hands out pipelines and counts what each carried."""

    def __init__(self, answer: Any = None) -> None:
        self.sent: list[int] = []
        self.answer = answer or (lambda words: words)
        self.gate = asyncio.Event()
        self.gate.set()

    def pipeline(self, transaction: bool) -> "Client.Pipe":
        assert transaction is False
        return Client.Pipe(self)

    class Pipe:
        def __init__(self, client: "Client") -> None:
            self.client = client
            self.calls: list[tuple[object, ...]] = []

        def evalsha(self, sha: str, keys: int, key: str, *words: object) -> None:
            self.calls.append(words)

        async def execute(self, raise_on_error: bool) -> list[object]:
            self.client.sent.append(len(self.calls))
            await self.client.gate.wait()
            return [self.client.answer(words) for words in self.calls]


def pipeline(client: Client) -> Pipeline:
    return Pipeline(client)  # type: ignore[arg-type]  # as much of a client as it uses


async def run_all(line: Pipeline, script: Script, count: int) -> list[object]:
    calls = (line.run(script, "k", [number]) for number in range(count))
    return await asyncio.gather(*calls, return_exceptions=True)


async def test_what_is_asked_at_once_is_sent_at_once() -> None:
    client = Client()
    answers = await run_all(pipeline(client), Script(), 50)
    assert answers == [(number,) for number in range(50)]
    assert client.sent == [50]


async def test_no_pipeline_carries_more_than_it_may() -> None:
    client = Client()
    await run_all(pipeline(client), Script(), MOST + 1)
    assert client.sent == [MOST, 1]


async def test_what_comes_while_all_are_under_way_fills_the_next() -> None:
    client = Client()
    client.gate.clear()
    line, script = pipeline(client), Script()
    first = [asyncio.ensure_future(run_all(line, script, 1)) for _ in range(UNDER_WAY)]
    for _ in range(5):
        await asyncio.sleep(0)
    later = asyncio.ensure_future(run_all(line, script, MOST * UNDER_WAY))
    await asyncio.sleep(0)
    client.gate.set()
    await asyncio.gather(*first, later)
    assert sum(client.sent) == UNDER_WAY + MOST * UNDER_WAY
    assert max(client.sent) == MOST


async def test_a_forgotten_script_is_run_by_itself() -> None:
    script = Script()
    client = Client(lambda words: exceptions.NoScriptError("NOSCRIPT"))
    assert await run_all(pipeline(client), script, 2) == [("alone", 0), ("alone", 1)]
    assert script.alone == 2


async def test_one_calls_error_is_its_own() -> None:
    client = Client(lambda words: exceptions.ResponseError("no") if words == (1,) else words)
    answers = await run_all(pipeline(client), Script(), 3)
    assert [type(answer) for answer in answers] == [tuple, exceptions.ResponseError, tuple]


async def test_a_lost_connection_is_told_to_all() -> None:
    def lost(words: object) -> object:
        raise exceptions.ConnectionError("lost")

    answers = await run_all(pipeline(Client(lost)), Script(), 3)
    assert [type(answer) for answer in answers] == [exceptions.ConnectionError] * 3


async def test_who_has_given_up_waiting_is_left_out() -> None:
    client = Client()
    client.gate.clear()
    line = pipeline(client)
    gone = asyncio.ensure_future(line.run(Script(), "k", [1]))
    stays = asyncio.ensure_future(line.run(Script(), "k", [2]))
    await asyncio.sleep(0.01)
    gone.cancel()
    client.gate.set()
    assert await stays == (2,)
