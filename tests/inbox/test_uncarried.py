"""An answer that no push has carried is sent, even if the process ends that waits for one."""

import asyncio

import pytest
from msgspec.structs import replace

from desk import Answer, Desk, Line, Slow, key_of
from yizhan.inbox.ladder import UNCARRIED
from yizhan.inbox.push import Accepted
from yizhan.store.mailbox import Change

LEASE = 15.0
SERVICE = {"kind": "service", "verified": True}
LATER = 2 * LEASE + UNCARRIED  # by then another process has sent it, whatever the moment


async def stopped(desk: Desk) -> None:
    await desk.stop()


async def killed(desk: Desk) -> None:
    await desk.kill()


ends = pytest.mark.parametrize("ends", [stopped, killed])


async def held(desk: Desk, *, lose: bool = False) -> None:
    """An answer that came when the push of its message was over, or while it was written."""
    await desk.push(desk.text("3 rain" if lose else "6 rain"), lose=lose)
    await desk.idle(2)


@ends
@pytest.mark.parametrize("lose", [False, True])
async def test_another_process_sends_it(open_desk, ends, lose):
    wechat = await open_desk(Slow(), **SERVICE)
    other = await wechat.beside()
    await held(wechat, lose=lose)
    await ends(wechat)
    await other.idle(LATER)
    assert wechat.screen() == ["rain"]
    assert [job.state for job in await other.jobs()] == ["delivered"]


@ends
async def test_so_does_the_next_one_after_a_restart(open_desk, ends):
    wechat = await open_desk(Slow(), **SERVICE)
    await held(wechat)
    await ends(wechat)
    await asyncio.sleep(600)
    other = await wechat.beside()
    await other.idle(1)
    assert wechat.screen() == ["rain"]


@ends
async def test_the_repetition_of_its_push_carries_it_until_then(open_desk, ends):
    wechat = await open_desk(Slow(), **SERVICE)
    other = await wechat.beside()
    message = wechat.text("6 rain")
    await wechat.push(message)
    await wechat.idle(2)
    await ends(wechat)
    assert await other.push(message) == Answer("reply", "rain")
    await other.idle(LATER)
    assert wechat.screen() == ["rain"]


async def test_a_living_process_sends_it_sooner_itself(open_desk):
    wechat = await open_desk(Slow(), **SERVICE)
    other = await wechat.beside()
    await held(wechat)
    await wechat.idle(LATER)
    assert wechat.screen() == ["rain"]
    assert other.inbox.meter.of("sends", "sent") == 0


async def test_what_the_dead_were_writing_is_sent(open_desk):
    """Its record is not written yet: WeChat may have got nothing, and asks no more."""
    wechat = await open_desk(Slow(), **SERVICE)
    other = await wechat.beside()
    line = wechat.line()
    answering = asyncio.ensure_future(_answered(wechat, line))
    await wechat.idle(3.5)
    assert answering.done()
    await wechat.kill()
    await other.idle(LATER)
    assert wechat.screen() == ["rain"]
    line.done()


async def _answered(desk: Desk, line: Line) -> object:
    message = desk.text("3 rain")
    return await desk.answer(Accepted(message, key_of(message), None, None), line)


async def test_what_a_generator_said_before_a_crash_is_sent_though_it_says_no_more(open_desk):
    def bot(account):
        @account.text
        async def tell(message):
            yield "rain"
            await asyncio.sleep(20)

    wechat = await open_desk(bot, **SERVICE)
    other = await wechat.beside()
    await wechat.push(wechat.text("tell"), seconds=0.5)  # no push takes what it says
    await wechat.idle(4)
    await wechat.kill()
    await other.idle(2 * LATER)
    assert wechat.screen() == ["rain"]


@ends
async def test_without_the_right_to_send_it_waits_for_the_follower(open_desk, ends):
    wechat = await open_desk(Slow())
    other = await wechat.beside()
    await held(wechat)
    assert wechat.world.box().due is None
    await ends(wechat)
    await other.idle(LATER)
    assert wechat.screen() == []
    assert (await other.says("hello")).text == "rain\n\nhello"


async def test_what_may_not_be_sent_is_tried_once(open_desk):
    wechat = await open_desk(Slow(), **SERVICE)
    other = await wechat.beside()
    await held(wechat)
    await wechat.kill()
    _spend(wechat)
    calls = other.watched("begin_send")
    await other.idle(10 * LATER)
    assert len(calls) == 1
    assert wechat.world.box().due is None
    assert (await other.says("hello")).text == "rain\n\nhello"


def _spend(desk: Desk) -> None:
    """Their windows take nothing more."""
    desk.world.apply(lambda view: Change(None, replace(view.box, windows={})))
