"""One fetch per expiry: coroutines, processes and hosts that share a shelf share a token."""

import asyncio
import logging

import pytest

from api.conftest import LIFE
from yizhan.api import MemoryShelf, Token
from yizhan.api.advice import error_of
from yizhan.api.token import EARLY, QUIET, Failure, Keeper
from yizhan.errors import Unreachable

TASKS = 32


class Source:
    """Where tokens come from: counted, slow, and failing with what is told."""

    def __init__(self, clock):
        self.clock = clock
        self.count = 0
        self.fails = []
        self.same = False
        self.gate = asyncio.Event()
        self.gate.set()

    async def fetch(self):
        self.count += 1
        number = 1 if self.same else self.count
        await asyncio.sleep(0)
        await self.gate.wait()
        if self.fails:
            raise self.fails.pop(0)
        return Token(f"t{number}", self.clock.wall() + LIFE)


@pytest.fixture
async def source(clock):
    return Source(clock)


@pytest.fixture
async def keeper(source, clock):
    keeper = Keeper("access_token", source.fetch, shelf=MemoryShelf(), clock=clock)
    yield keeper
    await keeper.close()


async def settle():
    for _ in range(20):
        await asyncio.sleep(0)


def failure(token):
    return Failure(token, error_of(40001, "invalid credential", "/cgi-bin/tags/get"))


async def values(askers):
    return {token.value for token in await asyncio.gather(*askers)}


class TestKeeper:
    async def test_many_askers_one_fetch(self, keeper, source):
        assert await values(keeper.get() for _ in range(TASKS)) == {"t1"}
        assert source.count == 1

    async def test_a_token_lives_until_shortly_before_its_end(self, keeper, source, clock):
        await keeper.get()
        clock.now = LIFE - EARLY - 1
        assert (await keeper.get()).value == "t1"
        await settle()
        assert source.count == 1

    async def test_near_its_end_it_is_renewed_behind_the_calls(self, keeper, source, clock):
        await keeper.get()
        clock.now = LIFE - EARLY + 1
        source.gate.clear()
        assert (await keeper.get()).value == "t1"
        await settle()
        assert (await keeper.get()).value == "t1"
        source.gate.set()
        await settle()
        assert (await keeper.get()).value == "t2"
        assert source.count == 2

    async def test_after_its_end_askers_wait(self, keeper, source, clock):
        await keeper.get()
        clock.now = LIFE
        assert await values(keeper.get() for _ in range(TASKS)) == {"t2"}

    async def test_a_renewal_that_fails_is_tried_again_later(self, keeper, source, clock, caplog):
        await keeper.get()
        clock.now = LIFE - EARLY + 1
        source.fails = [Unreachable("api.unknown", problem="cut")]
        assert (await keeper.get()).value == "t1"
        await settle()
        assert [each.levelno for each in caplog.records] == [logging.WARNING]
        assert (await keeper.get()).value == "t1"
        await settle()
        assert source.count == 2
        clock.now += QUIET
        await keeper.get()
        await settle()
        assert (await keeper.get()).value == "t3"

    async def test_a_failed_token_is_replaced_once(self, keeper, source):
        first = await keeper.get()
        assert await values(keeper.get(failure(first)) for _ in range(9)) == {"t2"}
        assert source.count == 2

    async def test_only_if_it_is_still_the_current_one(self, keeper, source):
        first = await keeper.get()
        await keeper.get(failure(first))
        assert (await keeper.get(failure(first))).value == "t2"
        assert source.count == 2

    async def test_a_failure_known_during_a_renewal_waits_for_it(self, keeper, source, clock):
        first = await keeper.get()
        clock.now = LIFE - EARLY + 1
        source.gate.clear()
        await keeper.get()
        await settle()
        waiting = asyncio.ensure_future(keeper.get(failure(first)))
        await settle()
        source.gate.set()
        assert (await waiting).value == "t2"
        assert source.count == 2

    async def test_the_platform_may_insist_on_the_failed_one(self, keeper, source):
        source.same = True
        first = await keeper.get()
        again = await keeper.get(failure(first))
        assert (again.value, source.count) == ("t1", 2)
        # Another call that failed with the first one takes what was given since.
        assert await keeper.get(failure(first)) == again
        assert source.count == 2

    async def test_all_askers_hear_of_a_failure(self, keeper, source):
        source.fails = [Unreachable("api.unknown", problem="cut")]
        asked = await asyncio.gather(*(keeper.get() for _ in range(9)), return_exceptions=True)
        assert {type(each) for each in asked} == {Unreachable}
        assert source.count == 1
        assert (await keeper.get()).value == "t2"

    async def test_an_asker_that_gives_up_does_not_stop_the_others(self, keeper, source):
        source.gate.clear()
        first, second = (asyncio.ensure_future(keeper.get()) for _ in range(2))
        await settle()
        first.cancel()
        source.gate.set()
        assert (await second).value == "t1"

    async def test_a_renewal_ends_with_the_keeper(self, keeper, source):
        source.gate.clear()
        waiting = asyncio.ensure_future(keeper.get())
        await settle()
        await keeper.close()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    async def test_a_person_gets_another_one_though_the_first_is_good(self, keeper, source):
        await keeper.get()
        assert (await keeper.replace(source.fetch)).value == "t2"
        assert (await keeper.get()).value == "t2"
        assert source.count == 2
