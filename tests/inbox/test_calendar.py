"""Nothing is pruned for its age until a signed push has confirmed the clock that says so."""

import asyncio

import pytest

from desk import Desk
from yizhan.inbox.calendar import AGREED, STEP, Calendar

DAY = 86_400.0
NOW = 1_800_000_000.0
LEASE = 15.0
KINDS = pytest.mark.parametrize("wrong", [40 * DAY, -40 * DAY])


class Clock:
    """Stands still until told; `step` moves the calendar alone."""

    def __init__(self) -> None:
        self.now, self.ahead = 100.0, NOW - 100.0

    def wall(self) -> float:
        return self.now + self.ahead

    def monotonic(self) -> float:
        return self.now


class TestCalendar:
    @pytest.mark.parametrize(
        ("off", "believed"),
        [
            (0.0, True),
            (AGREED, True),
            (-AGREED, True),
            (AGREED + 1, False),
            (-AGREED - 1, False),
            (40 * DAY, False),
            (-40 * DAY, False),
        ],
    )
    def test_it_is_believed_once_a_push_agrees(self, off: float, believed: bool) -> None:
        clock = Clock()
        calendar = Calendar(clock)
        assert calendar.unsure
        assert calendar.confirmed() is None
        calendar.compare(int(NOW - off))
        assert calendar.unsure is not believed
        assert calendar.confirmed() == (NOW if believed else None)

    @pytest.mark.parametrize(
        ("step", "believed"),
        [
            (0.0, True),
            (STEP, True),  # clocks that are read one after the other, and leap seconds
            (-STEP, True),
            (STEP + 0.5, False),
            (-STEP - 0.5, False),
            (40 * DAY, False),
        ],
    )
    def test_a_step_takes_another_push(self, step: float, believed: bool) -> None:
        clock = Clock()
        calendar = Calendar(clock)
        calendar.compare(int(NOW))
        clock.now += 5 * DAY
        clock.ahead += step
        assert (calendar.confirmed() is not None) is believed
        assert calendar.unsure is not believed
        if abs(step) <= AGREED:
            calendar.compare(int(NOW + 5 * DAY))
            assert calendar.confirmed() == NOW + 5 * DAY + step

    def test_a_push_that_disagrees_takes_nothing_back(self) -> None:
        """It may have been long on its way; the clock has not been stepped."""
        calendar = Calendar(Clock())
        calendar.compare(int(NOW))
        calendar.compare(0)
        assert calendar.confirmed() == NOW

    def test_small_steps_add_up(self) -> None:
        clock = Clock()
        calendar = Calendar(clock)
        calendar.compare(int(NOW))
        for _ in range(4):
            clock.ahead += STEP / 3
            calendar.confirmed()
        assert calendar.unsure


def counting(account):
    @account.text("count")
    async def count(message, session):
        session["n"] = session.get("n", 0) + 1
        await asyncio.sleep(2)
        return f"{session['n']}"

    @account.text("slow")
    async def slow(message):
        await asyncio.sleep(20)
        return "rain"

    @account.text("ask")
    async def ask(message, context):
        await asyncio.sleep(2)
        return await context.ask("which?") + "!"

    @account.text
    async def echo(message):
        return message.content


async def started_at(wechat: Desk, wrong: float) -> Desk:
    """Another process of the account, whose machine's calendar is wrong."""
    wechat.world.clock.skew = wrong
    return await wechat.beside()


@KINDS
async def test_a_start_with_a_wrong_clock_forgets_nothing(open_desk, wrong):
    wechat = await open_desk(counting)
    await wechat.says("count")
    await wechat.says("slow")
    await wechat.idle()
    await wechat.stop()
    other = await started_at(wechat, wrong)
    await other.idle(3)
    other.world.clock.skew = 0.0
    await other.idle(3 * LEASE)
    assert [job.state for job in await other.jobs()] == ["replied", "ready"]
    assert (await other.says("count")).text == "rain\n\n2"
    await other.idle(3 * LEASE)
    assert (await other.says("count")).text == "3"


async def test_nothing_is_pruned_while_nobody_writes(open_desk):
    wechat = await open_desk(counting, lease=600, collect=DAY)
    await wechat.says("slow")
    await wechat.idle()
    await wechat.stop()
    other = await wechat.beside()
    await other.idle(3 * DAY)
    assert [job.state for job in await other.jobs()] == ["ready"]
    await other.says("hello", fan="oOther")
    await other.idle(600)
    assert [job.state for job in await other.jobs()] == ["uncollected", "replied"]


async def test_after_a_step_nothing_is_pruned_until_a_push_agrees(open_desk):
    wechat = await open_desk(counting, lease=600, collect=DAY)
    await wechat.says("slow")
    await wechat.idle()
    wechat.world.clock.skew = 40 * DAY
    await wechat.idle(1200)
    await wechat.says("hello", fan="oOther")
    await wechat.idle(1200)
    assert [job.state for job in await wechat.jobs()] == ["ready", "replied"]
    wechat.world.clock.skew = 0.0
    await wechat.idle(2 * DAY)
    await wechat.says("hello", fan="oOther")
    await wechat.idle(1200)
    assert [job.state for job in await wechat.jobs()] == ["uncollected", "replied", "replied"]


@KINDS
async def test_a_message_taken_over_finds_the_session_whatever_the_clock_says(open_desk, wrong):
    wechat = await open_desk(counting)
    await wechat.says("count")
    await wechat.push(wechat.text("count"), seconds=1)
    await wechat.kill()
    other = await started_at(wechat, wrong)
    await other.idle(3 * LEASE)
    other.world.clock.skew = 0.0
    assert (await other.says("count")).text == "2\n\n3"


@KINDS
async def test_a_question_asked_by_a_wrong_clock_may_be_answered(open_desk, wrong):
    wechat = await open_desk(counting)
    await wechat.push(wechat.text("ask"), seconds=1)
    await wechat.kill()
    other = await started_at(wechat, wrong)
    await other.idle(3 * LEASE)
    other.world.clock.skew = 0.0
    assert (await other.says("tea")).text == "which?\n\ntea!"


@KINDS
async def test_an_answer_taken_over_finds_its_question_whatever_the_clock_says(open_desk, wrong):
    wechat = await open_desk(counting)
    await wechat.says("ask")
    await wechat.push(wechat.text("tea"), seconds=1)
    await wechat.kill()
    other = await started_at(wechat, wrong)
    await other.idle(3 * LEASE)
    other.world.clock.skew = 0.0
    assert (await other.says("hello")).text == "tea!\n\nhello"
