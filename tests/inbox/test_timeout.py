"""Point 6: a handler has so many seconds; then the follower gets the fallback by the ladder."""

import asyncio
from contextlib import suppress

import pytest

from desk import Answer, Slow

SERVICE = {"kind": "service", "verified": True}


def hangs(account):
    @account.text("hang")
    async def hangs(message, session):
        session["begun"] = True
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.append(message.content)
            raise

    @account.text("brief", timeout=2)
    async def brief(message):
        await asyncio.Event().wait()

    @account.text
    async def echo(message, session):
        return f"{message.content} {dict(session)}"


cancelled: list[str] = []


async def test_an_async_handler_is_cancelled_after_its_time(open_desk, log):
    cancelled.clear()
    wechat = await open_desk(hangs, handler_timeout=3)
    assert await wechat.says("hang") == Answer("success", "", 3.0)
    assert log.tells("ERROR", "hangs", "3")
    assert cancelled == ["hang"]


async def test_that_is_three_hundred_seconds_unless_set(open_desk, log):
    wechat = await open_desk(hangs)
    await wechat.says("hang")
    await wechat.idle(285)
    assert log.lines == []
    await wechat.idle(1)
    assert log.tells("hangs", "300")


async def test_a_decorator_may_set_it(open_desk, log):
    wechat = await open_desk(hangs)
    assert await wechat.says("brief") == Answer("success", "", 2.0)
    assert log.tells("brief", "2")


@pytest.mark.parametrize(
    ("seconds", "settings", "shown"),
    [
        (3, {}, ["sorry"]),
        (8, {}, ["sorry"]),
        (20, SERVICE, ["sorry"]),
    ],
)
async def test_the_follower_gets_the_fallback_by_the_ladder(
    open_desk, log, seconds, settings, shown
):
    wechat = await open_desk(hangs, handler_timeout=seconds, fallback="sorry", **settings)
    await wechat.says("hang")
    await wechat.idle()
    assert wechat.screen() == shown
    assert log.tells("hangs")


async def test_also_on_the_next_push(open_desk, log):
    wechat = await open_desk(hangs, handler_timeout=20, fallback="sorry")
    assert (await wechat.says("hang")).kind == "working"
    await wechat.idle()
    assert log.tells("hangs")
    assert (await wechat.says("继续")).text == "sorry"


async def test_its_session_changes_are_discarded(open_desk, log):
    wechat = await open_desk(hangs, handler_timeout=3)
    await wechat.says("hang")
    assert log.tells("hangs")
    assert (await wechat.says("hello")).text == "hello {}"


async def test_the_next_message_has_its_turn(open_desk, log):
    wechat = await open_desk(hangs, handler_timeout=3)
    asking = asyncio.create_task(wechat.says("hang"))
    await wechat.idle(1)
    assert await wechat.says("hello") == Answer("reply", "hello {}", 2.0)
    await asking
    assert log.tells("hangs")


async def test_a_time_out_of_the_author_s_own_is_an_error_like_any_other(open_desk, log):
    def bot(account):
        @account.text
        async def asks_elsewhere(message):
            async with asyncio.timeout(1):
                await asyncio.Event().wait()

    wechat = await open_desk(bot)
    assert await wechat.says("hello") == Answer("success", "", 1.0)
    assert log.tells("asks_elsewhere", "raised")


async def test_a_handler_that_catches_its_cancellation_may_still_answer(open_desk, log):
    def bot(account):
        @account.text
        async def stubborn(message):
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                return "as far as I came"

    wechat = await open_desk(bot, handler_timeout=3)
    assert await wechat.says("hello") == Answer("reply", "as far as I came", 3.0)


@pytest.mark.parametrize("kind", ["coroutine", "generator"])
async def test_one_that_will_not_be_cancelled_is_abandoned_and_counted(open_desk, log, kind):
    async def stubborn(message):
        with suppress(asyncio.CancelledError):
            await asyncio.sleep(60)
        await asyncio.sleep(60)
        ended.append(message.content)
        return "too late"

    async def drips(message):
        yield await stubborn(message)

    ended: list[str] = []
    handler = stubborn if kind == "coroutine" else drips
    wechat = await open_desk(
        lambda account: account.text("go")(handler), handler_timeout=3, fallback="sorry"
    )
    assert await wechat.says("go") == Answer("reply", "sorry", 4.0)
    assert log.tells(handler.__name__, "3")
    assert (wechat.inbox.meter.of("abandoned_handlers"), wechat.inbox.runs) == (1, {})
    await wechat.idle(60)
    assert ended == ["go"]
    assert wechat.screen() == ["sorry"]


async def test_middleware_counts_into_the_time(open_desk, log):
    def bot(account):
        @account.middleware
        async def slow(message, call_next):
            await asyncio.sleep(100)
            return await call_next(message)

        Slow()(account)

    wechat = await open_desk(bot, handler_timeout=3, fallback="sorry")
    assert await wechat.says("hello") == Answer("reply", "sorry", 3.0)
    assert log.tells("slow", "3")
