"""Point 2: pushes 1 and 2 are held beyond the deadline, and the next push joins."""

import asyncio

import pytest

from desk import NOTICE, WORKING, Answer, Slow, more
from yizhan.inbox.push import Accepted


@pytest.mark.parametrize(
    ("seconds", "pushes", "answered"),
    [(4, 1, 4.0), (5, 2, 0.0), (6, 2, 1.0), (9, 2, 4.0), (10, 3, 0.0), (14, 3, 4.0)],
)
async def test_an_answer_that_takes_up_to_fourteen_seconds_costs_no_quota(
    open_desk, seconds, pushes, answered
):
    wechat = await open_desk(Slow(), kind="service", verified=True)
    assert await wechat.says(f"{seconds} rain") == Answer("reply", "rain", answered)
    [job] = await wechat.jobs()
    assert (job.arrivals, job.state) == (pushes, "replied")
    await wechat.idle()
    assert wechat.courier.sent == []


async def test_it_still_goes_out_while_the_connection_is_open(open_desk):
    wechat = await open_desk(Slow())
    patient = await wechat.push(wechat.text("5 rain"), seconds=5.4)
    assert patient == Answer("reply", "rain", 5.0)


async def test_a_hold_ends_when_wechat_hangs_up(open_desk):
    wechat = await open_desk(Slow())
    assert await wechat.push(wechat.text("30 rain"), seconds=5.0) == Answer("cut", "", 5.0)
    assert await wechat.push(wechat.text("30 snow"), seconds=2.0) == Answer("cut", "", 2.0)


async def test_else_it_ends_after_five_and_a_half_seconds_without_an_answer(open_desk):
    wechat = await open_desk(Slow())
    assert await wechat.push(wechat.text("30 rain"), seconds=60) == Answer("cut", "", 5.5)


async def test_no_push_runs_the_handler_again(open_desk):
    bot = Slow()
    wechat = await open_desk(bot)
    await wechat.says("30 rain")
    await wechat.idle()
    assert bot.runs == ["30 rain"]


@pytest.mark.parametrize(("hold", "pushes", "took"), [(0, 1, 4.5), (1, 2, 4.5), (2, 3, 4.5)])
async def test_how_many_pushes_may_be_held_is_settable(open_desk, hold, pushes, took):
    wechat = await open_desk(Slow(), hold=hold)
    assert await wechat.says("60 rain") == Answer("working", WORKING, took)
    [job] = await wechat.jobs()
    assert job.arrivals == pushes


async def test_the_deadline_is_settable(open_desk):
    wechat = await open_desk(Slow(), hold=0, timeout=2.5)
    assert await wechat.says("60 rain") == Answer("working", WORKING, 2.5)


class TestWhichPushItIs:
    async def test_by_the_arrivals_counted(self, open_desk):
        wechat = await open_desk(Slow())
        message = wechat.text("60 rain")
        for _ in range(2):
            assert (await wechat.push(message, seconds=1)).kind == "cut"
        assert await wechat.push(message) == Answer("working", WORKING, 4.5)

    async def test_by_the_time_since_the_first(self, open_desk):
        wechat = await open_desk(Slow())
        message = wechat.text("60 rain")
        await wechat.push(message, seconds=1)
        await wechat.idle(9.0)
        assert await wechat.push(message) == Answer("working", WORKING, 4.5)

    async def test_the_arrivals_at_all_processes_count(self, open_desk):
        wechat = await open_desk(Slow())
        other = await wechat.beside()
        message = wechat.text("60 rain")
        await wechat.push(message, seconds=1)
        await other.push(message, seconds=1)
        assert await wechat.push(message) == Answer("working", WORKING, 4.5)


class TestWhenNoFurtherPushComes:
    """Eight seconds after the end of a hold the answer takes the other ways by itself."""

    async def test_it_is_sent(self, open_desk):
        wechat = await open_desk(Slow(), kind="service", verified=True)
        assert (await wechat.push(wechat.text("6 rain"))).kind == "cut"
        await wechat.idle(7.9)  # the hold ended after 5 s
        assert wechat.screen() == []
        await wechat.idle(0.3)
        assert wechat.screen() == ["rain"]

    async def test_it_is_sent_at_once_if_it_is_ready_only_then(self, open_desk):
        wechat = await open_desk(Slow(), kind="service", verified=True)
        await wechat.push(wechat.text("20 rain"))
        await wechat.idle(15.2)
        assert wechat.screen() == ["rain"]

    async def test_without_the_right_it_rides_on_the_next_push(self, open_desk):
        wechat = await open_desk(Slow())
        await wechat.push(wechat.text("6 rain"))
        await wechat.idle(60)
        assert wechat.screen() == []
        assert (await wechat.says("hello")).text == "rain\n\nhello"

    async def test_it_waits_while_a_push_is_open(self, open_desk):
        wechat = await open_desk(Slow(), kind="service", verified=True)
        message = wechat.text("14 rain")
        await wechat.push(message)
        await wechat.idle(4.5)
        assert (await wechat.push(message, seconds=5)).text == "rain"
        await wechat.idle()
        assert wechat.screen() == ["rain"]


class TestDisconnects:
    async def test_an_answer_lost_in_the_write_is_the_next_push_s(self, open_desk):
        wechat = await open_desk(Slow())
        message = wechat.text("hello")
        assert (await wechat.push(message, lose=True)).kind == "cut"
        assert wechat.inbox.meter.of("lost_connections") == 1
        assert await wechat.push(message) == Answer("reply", "hello")
        assert wechat.screen() == ["hello"]

    async def test_an_answer_lost_on_the_last_push_is_sent(self, open_desk):
        wechat = await open_desk(Slow(), kind="service", verified=True)
        message = wechat.text("hello")
        for _ in range(3):
            await wechat.push(message, lose=True)
        await wechat.idle()
        assert wechat.screen() == ["hello"]

    async def test_or_rides_on_the_next_message(self, open_desk):
        wechat = await open_desk(Slow())
        await wechat.push(wechat.text("hello"), lose=True)
        assert (await wechat.says("again")).text == "hello\n\nagain"

    async def test_a_working_text_lost_loses_no_answer(self, open_desk):
        wechat = await open_desk(Slow())
        message = wechat.text("20 rain")
        for _ in range(3):
            await wechat.push(message, lose=True)
        await wechat.idle()
        assert (await wechat.says("hello")).text == "rain\n\nhello"

    async def test_what_rode_on_a_lost_push_rides_on(self, open_desk):
        wechat = await open_desk(Slow())
        await wechat.push(wechat.text("first"), lose=True)
        await wechat.push(wechat.text("second"), lose=True)
        assert (await wechat.says("third")).text == "first\n\nsecond\n\nthird"
        assert {job.state for job in await wechat.jobs()} == {"replied", "delivered"}

    async def test_a_connection_that_is_cut_just_when_the_answer_comes_loses_nothing(
        self, open_desk
    ):
        wechat = await open_desk(Slow())
        message = wechat.text("5 rain")
        assert await wechat.push(message) == Answer("cut", "", 5.0)
        assert await wechat.push(message) == Answer("reply", "rain", 0.0)

    async def test_a_connection_that_wechat_closed_before_the_claim_gets_nothing(self, open_desk):
        wechat = await open_desk(Slow())
        wechat.way.slow["accept"] = 6
        message = wechat.text("hello")
        assert (await wechat.push(message)).kind == "cut"
        wechat.way.slow.clear()
        assert (await wechat.push(message)).text == "hello"

    async def test_a_host_that_cancels_the_request_has_hung_up(self, open_desk):
        wechat = await open_desk(Slow(), kind="service", verified=True)
        message = wechat.text("3 rain")
        request = asyncio.create_task(wechat.push(message))
        await wechat.idle(1)
        request.cancel()
        await asyncio.gather(request, return_exceptions=True)
        await wechat.idle(8.2)  # 1 s of the push, 8 s without another
        assert wechat.screen() == ["rain"]

    async def test_both_open_connections_of_one_push_get_the_same(self, open_desk):
        wechat = await open_desk(Slow())
        message = wechat.text("5 rain")
        deaf = asyncio.create_task(wechat.push(message, seconds=60))
        await wechat.idle(4.9)
        assert await wechat.push(message) == Answer("reply", "rain", 0.1)
        assert (await deaf).text == "rain"

    async def test_one_connection_lost_does_not_take_the_answer_from_the_other(self, open_desk):
        wechat = await open_desk(Slow())
        message = wechat.text("2 rain")
        first, second = (
            asyncio.create_task(wechat.push(message, lose=lose)) for lose in (True, False)
        )
        await asyncio.gather(first, second)
        assert (await wechat.says("next")).text == "next"
        assert wechat.screen() == ["rain", "next"]

    async def test_one_connection_cut_leaves_the_other_waiting(self, open_desk):
        wechat = await open_desk(Slow())
        message = wechat.text("2 rain")
        first, second = (
            asyncio.create_task(wechat.push(message, seconds=seconds)) for seconds in (1, 5)
        )
        assert (await first).kind == "cut"
        assert (await second).text == "rain"
        assert wechat.screen() == ["rain"]

    async def test_one_lost_in_the_write_does_not_take_it_from_the_other(self, open_desk):
        wechat = await open_desk(Slow())
        accepted = Accepted(wechat.text("2 rain"), "key")
        lost, written = await asyncio.gather(
            *(wechat.answer(accepted, wechat.line()) for _ in range(2))
        )
        wechat.lost(lost)
        wechat.written(written)
        assert [job.state for job in await wechat.jobs()] == ["replied"]

    async def test_one_cut_while_the_answer_is_being_kept_frees_it_at_once(self, open_desk):
        wechat = await open_desk(Slow())
        wechat.way.slow["finish"] = 2
        assert (await wechat.push(wechat.text("4 rain"))).kind == "cut"
        await wechat.idle(1.1)
        wechat.way.slow.clear()
        assert (await wechat.says("hello")).text == "rain\n\nhello"

    async def test_both_last_connections_get_what_rides_on_them(self, open_desk):
        wechat = await open_desk(Slow(), hold=0)
        await wechat.says("20 rain")
        await wechat.idle()
        message = wechat.text("60 snow")
        answers = await asyncio.gather(wechat.push(message), wechat.push(message))
        assert {answer.text for answer in answers} == {f"rain\n\n{more(1)}"}

    async def test_hanging_up_twice_is_hanging_up(self, open_desk):
        wechat = await open_desk(Slow())
        line = wechat.line()
        accepted = Accepted(wechat.text("2 rain"), "key")
        push = asyncio.create_task(wechat.answer(accepted, line))
        await wechat.idle(1)
        line.hang_up()
        line.hang_up()
        assert (await push).close

    @pytest.mark.parametrize("how", ["written", "lost"])
    async def test_how_closing_without_an_answer_went_changes_nothing(self, open_desk, how):
        wechat = await open_desk(Slow())
        accepted = Accepted(wechat.text("20 rain"), "key")
        response = await wechat.answer(accepted, wechat.line())
        assert response.close
        getattr(wechat, how)(response)
        assert [job.state for job in await wechat.jobs()] == ["running"]

    async def test_a_loss_that_the_store_does_not_hear_of_is_told_until_it_does(
        self, open_desk, log
    ):
        wechat = await open_desk(Slow())
        wechat.way.failing.add("lost")
        await wechat.push(wechat.text("hello"), lose=True)
        await wechat.idle(0.1)
        assert log.tells("lost")
        assert (await wechat.says("soon")).text == "soon"
        wechat.way.failing.clear()
        await wechat.idle(6)
        assert (await wechat.says("later")).text == "hello\n\nlater"


async def test_a_follower_reads_the_notice_only_when_no_push_is_answered(open_desk):
    wechat = await open_desk(Slow())
    message = wechat.text("30 rain")
    for _ in range(3):
        await wechat.push(message, seconds=4)
    assert NOTICE not in wechat.screen()
    await wechat.idle()
    assert (await wechat.says("hello")).text == "rain\n\nhello"
