"""Whoever was told that there is more gets something: what comes, or a last word."""

import asyncio

import pytest

from desk import WORKING, Answer, Slow, more
from yizhan.inbox.bundle import is_owed
from yizhan.settings import Settings

SERVICE = {"kind": "service", "verified": True}
NOTHING = Settings().nothing_more


def saying(*pieces, apart=4.0, ending="ends", last=10.0):
    """A bot that says these pieces and takes some time to end; other texts are echoed."""

    def bot(account):
        @account.text("go")
        async def go(message):
            for place, piece in enumerate(pieces):
                await asyncio.sleep(apart if place else 0.0)
                yield piece
            await asyncio.sleep(last)
            if ending == "raises":
                raise ValueError
            if ending == "hangs":
                await asyncio.Event().wait()

        Slow()(account)

    return bot


@pytest.mark.parametrize(
    ("promised", "partly", "shown", "waiting", "owed"),
    [
        (False, False, "", False, False),
        (False, True, "", False, False),
        (True, False, "", False, True),
        (True, False, "", True, False),
        (False, False, "more", False, True),
        (False, False, "more", True, False),
        (False, False, "working", False, False),
        (False, True, "working", False, True),
        (False, True, "working", True, False),
    ],
)
def test_when_a_run_that_ends_with_nothing_owes_a_last_word(promised, partly, shown, waiting, owed):
    assert is_owed(promised=promised, partly=partly, shown=shown, waiting=waiting) == owed


@pytest.mark.parametrize("ending", ["ends", "raises", "hangs"])
class TestAGeneratorThatEndsWithNothing:
    async def test_a_pick_up_word_is_told_so(self, open_desk, log, ending):
        wechat = await open_desk(saying("one", ending=ending), handler_timeout=12.0)
        assert (await wechat.says("go")).text == f"one\n\n{more(1)}"
        await wechat.idle()
        assert (await wechat.says("继续")).text == NOTHING
        assert log.tells("ERROR", "") == (ending != "ends")

    async def test_one_that_waits_is_told_as_soon_as_it_ends(self, open_desk, log, ending):
        wechat = await open_desk(saying("one", ending=ending, last=3.0), handler_timeout=3.5)
        await wechat.says("go")
        answer = await wechat.says("继续")
        assert (answer.kind, answer.text) == ("reply", NOTHING)
        assert answer.seconds < 4
        assert log.tells("ERROR", "") == (ending != "ends")

    async def test_it_rides_on_any_other_message_too(self, open_desk, log, ending):
        wechat = await open_desk(saying("one", ending=ending), handler_timeout=12.0)
        await wechat.says("go")
        await wechat.idle()
        assert (await wechat.says("hello")).text == f"{NOTHING}\n\nhello"
        assert (await wechat.says("hello")).text == "hello"
        assert log.tells("ERROR", "") == (ending != "ends")

    async def test_without_a_promise_there_is_no_last_word(self, open_desk, log, ending):
        wechat = await open_desk(saying("one", ending=ending), handler_timeout=12.0, **SERVICE)
        assert (await wechat.says("go")).text == "one"
        await wechat.idle(60)
        assert wechat.screen() == ["one"]
        assert log.tells("ERROR", "") == (ending != "ends")


async def test_the_fallback_text_is_the_last_word_of_a_failure(open_desk, log):
    wechat = await open_desk(saying("one", ending="raises"), fallback="sorry")
    await wechat.says("go")
    await wechat.idle()
    assert (await wechat.says("继续")).text == "sorry"
    assert log.tells("ERROR", "raised")


async def test_but_not_of_what_just_ends(open_desk):
    wechat = await open_desk(saying("one"), fallback="sorry")
    await wechat.says("go")
    await wechat.idle()
    assert (await wechat.says("继续")).text == NOTHING


async def test_the_words_are_settable(open_desk):
    wechat = await open_desk(saying("one"), nothing_more="that is all")
    await wechat.says("go")
    await wechat.idle()
    assert (await wechat.says("继续")).text == "that is all"


async def test_and_may_be_none(open_desk):
    wechat = await open_desk(saying("one"), nothing_more="")
    await wechat.says("go")
    await wechat.idle()
    assert await wechat.says("继续") == Answer("success")


async def test_what_is_still_to_come_is_told_with_every_part(open_desk):
    wechat = await open_desk(saying("one", "two", "three", apart=20.0))
    assert (await wechat.says("go")).text == f"one\n\n{more(1)}"
    await wechat.idle(20)
    assert (await wechat.says("继续")).text == f"two\n\n{more(1)}"
    await wechat.idle(20)
    assert (await wechat.says("继续")).text == f"three\n\n{more(1)}"
    await wechat.idle(20)
    assert (await wechat.says("继续")).text == NOTHING
    assert (await wechat.says("继续")).text == "继续"


async def test_also_by_a_process_that_does_not_run_it(open_desk):
    wechat = await open_desk(saying("one", "two", apart=20.0))
    other = await wechat.beside()
    await wechat.says("go")
    await wechat.idle(20)
    assert (await other.says("继续")).text == f"two\n\n{more(1)}"
    await wechat.idle(20)
    assert (await other.says("继续")).text == NOTHING


async def test_one_that_was_told_to_wait_meanwhile_gets_it(open_desk):
    wechat = await open_desk(saying("one", last=40.0))
    await wechat.says("go")
    assert await wechat.says("继续") == Answer("working", WORKING, 4.5)
    await wechat.idle(60)
    assert (await wechat.says("继续")).text == NOTHING


async def test_an_answer_told_of_in_the_note_under_an_earlier_one(open_desk):
    """The note counts the answer in the making, whatever makes it."""

    def bot(account):
        @account.text(prefix="none")
        async def none(message):
            await asyncio.sleep(20)

        Slow()(account)

    wechat = await open_desk(bot)
    await wechat.push(wechat.text("6 rain"), seconds=1)
    await wechat.idle(8)
    assert (await wechat.says("none")).text == f"rain\n\n{more(1)}"
    await wechat.idle()
    assert (await wechat.says("继续")).text == NOTHING


async def test_a_last_word_that_was_lost_is_said_again(open_desk):
    wechat = await open_desk(saying("one"), nothing_more="that is all")
    await wechat.says("go")
    await wechat.idle()
    word = wechat.text("继续")
    await wechat.push(word, lose=True)
    assert (await wechat.push(word)).text == "that is all"
    assert (await wechat.says("hello")).text == "hello"


async def test_a_promise_stands_though_its_generator_was_given_up(open_desk, log):
    wechat = await open_desk(saying("one", last=1000.0), tries=1)
    await wechat.says("go")
    await wechat.idle(1)
    other = await wechat.beside()
    await wechat.kill()
    await other.idle(60)
    assert [job.state for job in await other.jobs()] == ["dead"]
    assert (await other.says("继续")).text == NOTHING
    assert (await other.says("继续")).text == "继续"


async def test_run_again_it_keeps_what_was_promised_before(open_desk):
    wechat = await open_desk(saying("one", last=20.0))
    other = await wechat.beside()
    await wechat.says("go")
    await wechat.idle(1)
    await wechat.kill()
    await other.idle(60)
    assert (await other.says("继续")).text == NOTHING


class TestThePickUpWord:
    async def test_it_is_none_for_a_handler_while_the_promise_stands(self, open_desk):
        bot = Slow()

        def both(account):
            saying("one")(account)
            bot(account)

        wechat = await open_desk(both)
        await wechat.says("go")
        await wechat.sends(wechat.event("VIEW", "https://example.com"))  # shows nothing
        await wechat.idle()
        await wechat.says("继续")
        assert bot.runs == []

    async def test_nor_when_a_push_without_an_answer_came_in_between(self, open_desk):
        def bot(account):
            @account.click
            async def click(event):
                await asyncio.sleep(1)

            @account.text("go")
            async def go(message):
                yield "one"
                await asyncio.sleep(20)

            Slow()(account)

        wechat = await open_desk(bot, ordered=False)
        await wechat.says("go")
        assert (await wechat.sends(wechat.event("CLICK", "K"))).kind == "success"
        await wechat.idle(25)
        assert (await wechat.says("继续")).text == NOTHING

    async def test_but_once_something_else_was_sent_it_is(self, open_desk):
        wechat = await open_desk(saying("one", "two", apart=20.0), **SERVICE)
        await wechat.says("go")
        await wechat.idle(60)
        assert wechat.screen() == ["one", "two"]
        assert (await wechat.says("继续")).text == "继续"
