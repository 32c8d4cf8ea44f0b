"""What follows a reply by another route waits until the reply is on the screen."""

import asyncio

import pytest

from desk import Answer, Slow, key_of
from yizhan import Text
from yizhan.inbox.ladder import AFTER_REPLY
from yizhan.inbox.push import Accepted

SERVICE = {"kind": "service", "verified": True}
JUST_BEFORE = AFTER_REPLY - 0.01
SEEN = AFTER_REPLY + 0.11  # the desk's courier takes 0.1 s


def two_parts(account):
    @account.text("go")
    async def go(message):
        yield "one"
        yield "two"
        yield "three"

    @account.view
    async def look(event):
        return "good reading"

    Slow()(account)


async def test_the_next_part_is_sent_a_moment_after_the_reply(open_desk):
    wechat = await open_desk(two_parts, **SERVICE)
    assert await wechat.says("go") == Answer("reply", "one")
    await wechat.idle(JUST_BEFORE)
    assert wechat.courier.begun == []
    await wechat.idle(SEEN - JUST_BEFORE)
    assert wechat.screen() == ["one", "two"]


async def test_only_the_first_waits(open_desk):
    wechat = await open_desk(two_parts, **SERVICE)
    await wechat.says("go")
    await wechat.idle(SEEN + 0.1)
    assert wechat.screen() == ["one", "two", "three"]


async def test_it_waits_safely(open_desk):
    """Whoever takes over a dead process's jobs finds it on its way."""
    wechat = await open_desk(two_parts, **SERVICE)
    await wechat.says("go")
    await wechat.idle(JUST_BEFORE)
    assert [(job.state, job.custom, len(job.parts)) for job in await wechat.jobs()] == [
        ("ready", 2, 2)
    ]


async def test_so_does_the_answer_to_another_message(open_desk):
    wechat = await open_desk(two_parts, **SERVICE)
    await wechat.says("hello")
    assert await wechat.sends(wechat.event("VIEW", "https://example.com")) == Answer("success")
    await wechat.idle(JUST_BEFORE)
    assert wechat.screen() == ["hello"]
    await wechat.idle(SEEN - JUST_BEFORE)
    assert wechat.screen() == ["hello", "good reading"]


async def test_but_not_for_a_reply_to_somebody_else(open_desk):
    wechat = await open_desk(two_parts, **SERVICE)
    await wechat.says("hello", "oOther")
    await wechat.idle(10)
    asking = asyncio.create_task(wechat.says("20 rain"))
    await wechat.idle(19.95)
    await wechat.says("hello", "oOther")
    await asking
    await wechat.idle(0.2)
    assert wechat.screen() == ["rain"]


async def test_nor_after_an_acknowledgement(open_desk):
    wechat = await open_desk(two_parts, **SERVICE)
    await wechat.says("hello")
    await wechat.idle(10)
    await wechat.sends(wechat.event("VIEW", "https://example.com"))
    await wechat.idle(0.15)
    assert wechat.screen() == ["hello", "good reading"]


async def test_what_takes_long_to_send_is_not_sent_twice(open_desk):
    """Whoever renews the lease meanwhile knows that somebody here is about it."""
    wechat = await open_desk(two_parts, lease=3.0, **SERVICE)
    wechat.courier.seconds = 5
    await wechat.says("go")
    await wechat.idle(30)
    assert wechat.screen() == ["one", "two", "three"]


async def test_a_stop_during_the_wait_sends_it(open_desk):
    wechat = await open_desk(two_parts, **SERVICE)
    await wechat.says("go")
    await wechat.idle(0.1)
    await wechat.stop()
    assert wechat.screen() == ["one", "two", "three"]


async def test_also_when_the_store_is_slow_just_then(open_desk):
    wechat = await open_desk(two_parts, **SERVICE)
    wechat.way.slow = {"begin_send": 0.05}
    await wechat.says("go")
    await wechat.stop()
    assert wechat.screen()[:2] == ["one", "two"]


async def test_a_crash_during_the_wait_leaves_it_to_another_process(open_desk):
    wechat = await open_desk(two_parts, **SERVICE)
    other = await wechat.beside()
    await wechat.says("go")
    await wechat.idle(0.1)
    await wechat.kill()
    await other.idle(60)
    assert wechat.screen() == ["one", "two", "three"]


@pytest.mark.parametrize("apart", [0.0, 3.0])
async def test_it_is_sent_when_another_process_wrote_the_reply(open_desk, apart):
    def bot(account):
        @account.text
        async def go(message):
            await asyncio.sleep(7)
            yield "one"
            await asyncio.sleep(apart)
            yield "two"

    wechat = await open_desk(bot, **SERVICE)
    other = await wechat.beside()
    assert (await wechat.sends(wechat.text("go"), other)).text == "one"
    await wechat.idle(60)
    assert wechat.screen() == ["one", "two"]


async def test_also_when_the_reply_is_being_written_just_then(open_desk):
    """A reply that is on its way to its connection is seen before what is sent meanwhile."""

    def bot(account):
        @account.view
        async def look(event):
            return "good reading"

        @account.text
        async def echo(message):
            return message.content

    wechat = await open_desk(bot, **SERVICE)
    await wechat.says("hello")
    await wechat.idle(10)
    hello, line = wechat.text("hello again"), wechat.line()
    response = await wechat.answer(Accepted(hello, key_of(hello)), line)
    line.done()
    await wechat.sends(wechat.event("VIEW", "https://example.com"))
    await wechat.idle(0.5)
    assert wechat.courier.begun == []
    wechat.written(response)
    await wechat.idle(JUST_BEFORE)
    assert wechat.courier.begun == []
    await wechat.idle(1)
    assert wechat.courier.begun == [Text("good reading")]
