"""How far our clock is ahead of WeChat's, and which push it is when earlier ones reached nobody."""

import asyncio

import pytest

from desk import WORKING, Answer, Slow, key_of
from yizhan.inbox.offset import MINUTES, Offset
from yizhan.inbox.push import Accepted
from yizhan.testing.loop import LoopClock


@pytest.fixture
async def clock():
    return LoopClock(asyncio.get_running_loop())


class TestOffset:
    async def test_nothing_is_known_before_the_first_push(self, clock):
        assert Offset(clock).least() == 0.0

    @pytest.mark.parametrize(
        ("differences", "least"),
        [
            ([0.4], 0.4),
            ([5.2, 0.3, 10.1], 0.3),
            ([600.9, 600.2], 600.2),
            ([-300.5, -299.9], -300.5),
        ],
    )
    async def test_it_is_the_least_that_a_push_came_with(self, clock, differences, least):
        offset = Offset(clock)
        for difference in differences:
            offset.note(difference)
        assert offset.least() == least

    async def test_of_the_last_hour(self, clock):
        offset = Offset(clock)
        offset.note(0.1)
        await asyncio.sleep(1800)
        offset.note(0.5)
        await asyncio.sleep(1700)
        assert offset.least() == 0.1
        await asyncio.sleep(200)
        assert offset.least() == 0.5
        await asyncio.sleep(3600)
        assert offset.least() == 0.0

    async def test_the_busiest_hour_is_kept_in_little(self, clock):
        offset = Offset(clock)
        for second in range(0, 3 * 3600, 10):
            offset.note(second / 1000)
            await asyncio.sleep(10)
        assert len(offset._minutes) <= MINUTES + 1
        assert offset.least() == pytest.approx(7.2, abs=0.1)

    @pytest.mark.parametrize("step", [-3600.0, 5.0])
    async def test_a_clock_that_was_set_is_learnt_anew(self, clock, step):
        offset = Offset(clock)
        offset.note(0.2)
        clock.skew += step
        assert offset.least() == 0.0
        offset.note(step + 0.3)
        assert offset.least() == step + 0.3


async def pushes(wechat, message, timestamps=(None, None), every=5.0):
    """The pushes of a message that reach this process: what the last of them got."""
    answer = Answer("cut")
    for timestamp in timestamps:
        line = wechat.line()
        accepted = Accepted(message, key_of(message), None, timestamp)
        response = await wechat.answer(accepted, line)
        line.done()
        if response.close or line.closed:
            if not response.close:
                wechat.lost(response)
            await asyncio.sleep(max(0.0, line.arrived + every - wechat.loop.time()))
            continue
        wechat.written(response)
        text = "" if response.reply is None else response.reply.content
        return Answer(response.shown or "reply", text, round(wechat.loop.time() - line.arrived, 3))
    return answer


class TestPushesThatReachedNobody:
    """A start, a stop or a broken line: WeChat counts what we never saw."""

    async def test_the_first(self, open_desk):
        wechat = await open_desk(Slow())
        message = wechat.text("20 rain")
        await wechat.idle(5.5)
        assert await pushes(wechat, message) == Answer("working", WORKING, 4.5)
        await wechat.idle()
        assert (await wechat.says("继续")).text == "rain"

    async def test_the_first_two(self, open_desk):
        wechat = await open_desk(Slow())
        message = wechat.text("20 rain")
        await wechat.idle(10.5)
        assert await pushes(wechat, message, (None,)) == Answer("working", WORKING, 4.5)

    async def test_a_message_that_is_older_is_counted_from_its_arrival(self, open_desk):
        wechat = await open_desk(Slow())
        message = wechat.text("20 rain")
        await wechat.idle(3600)
        answer = await pushes(wechat, message, (None, None, None))
        assert answer == Answer("working", WORKING, 4.5)

    async def test_so_is_one_that_is_only_slow(self, open_desk):
        wechat = await open_desk(Slow())
        message = wechat.text("20 rain")
        await wechat.idle(3.5)
        answer = await pushes(wechat, message, (None, None))
        assert answer.kind == "cut"

    @pytest.mark.parametrize("skew", [600.0, -600.0, 6.0, -6.0])
    async def test_whatever_the_clocks_say(self, open_desk, skew):
        wechat = await open_desk(Slow())
        clock = wechat.world.clock
        clock.skew += skew

        def theirs() -> int:
            return int(clock.wall() - skew)

        def text(content):
            return wechat.text(content, CreateTime=str(theirs()))

        await pushes(wechat, text("hello"), (theirs(),))
        message = text("20 rain")
        await wechat.idle(5.5)
        answer = await pushes(wechat, message, (theirs(), theirs()))
        assert answer == Answer("working", WORKING, 4.5)
        await wechat.idle()
        message = text("30 rain")  # whose pushes all arrive
        answer = await pushes(wechat, message, (theirs(),) * 2)
        assert answer.kind == "cut"

    async def test_a_repeat_that_bears_the_first_timestamp_does_not_hide_it(self, open_desk):
        wechat = await open_desk(Slow())
        wall = wechat.world.clock.wall
        await pushes(wechat, wechat.text("hello"), (wall(),))
        signed, message = wall(), wechat.text("20 rain")
        await wechat.idle(5.5)
        answer = await pushes(wechat, message, (signed, signed))
        assert answer == Answer("working", WORKING, 4.5)

    async def test_a_push_of_a_tape_is_none(self, open_desk):
        """Replayed long after: with a fresh signature and the CreateTime of then."""
        wechat = await open_desk(Slow())
        wall = wechat.world.clock.wall
        message = wechat.text("8 rain", CreateTime="1700000000")
        assert await pushes(wechat, message, (wall(), wall())) == Answer("reply", "rain", 3.0)

    async def test_another_process_counts_the_same(self, open_desk):
        wechat = await open_desk(Slow())
        other = await wechat.beside()
        message = wechat.text("20 rain")
        await wechat.idle(5.5)
        assert (await pushes(wechat, message, (None,))).kind == "cut"
        assert await pushes(other, message, (None,)) == Answer("working", WORKING, 4.5)
