"""Point 4: a pick-up word fetches answers and reaches no handler."""

import asyncio

import pytest

from desk import WORKING, Answer, Slow


@pytest.mark.parametrize("word", ["继续", "?", "？", " 继续 "])
async def test_it_fetches_what_waits_once_the_working_text_was_shown(open_desk, word):
    bot = Slow()
    wechat = await open_desk(bot)
    await wechat.says("20 rain")
    await wechat.idle()
    assert await wechat.says(word) == Answer("reply", "rain")
    assert bot.runs == ["20 rain"]


async def test_the_words_are_settable(open_desk):
    bot = Slow()
    wechat = await open_desk(bot, pickup=("go on",))
    await wechat.says("20 rain")
    await wechat.idle()
    assert (await wechat.says("go on")).text == "rain"
    assert bot.runs == ["20 rain"]


async def test_it_joins_the_running_handler_like_a_further_push(open_desk):
    bot = Slow()
    wechat = await open_desk(bot)
    await wechat.says("22 rain")
    assert await wechat.says("继续") == Answer("reply", "rain", 2.5)
    assert bot.runs == ["22 rain"]


async def test_as_often_as_wanted(open_desk):
    bot = Slow()
    wechat = await open_desk(bot)
    await wechat.says("60 rain")
    for _ in range(2):
        assert await wechat.says("继续") == Answer("working", WORKING, 4.5)
    await wechat.idle(10)
    assert (await wechat.says("继续")).text == "rain"
    assert bot.runs == ["60 rain"]


async def test_no_later_message_waits_behind_it(open_desk):
    bot = Slow()
    wechat = await open_desk(bot, ordered=True)
    await wechat.says("20 rain")
    await wechat.idle()
    await wechat.push(wechat.text("继续"), lose=True)
    assert (await wechat.says("hello")).text == "rain\n\nhello"


async def test_its_lost_push_keeps_the_answer_for_the_next(open_desk):
    wechat = await open_desk(Slow())
    await wechat.says("20 rain")
    await wechat.idle()
    word = wechat.text("继续")
    await wechat.push(word, lose=True)
    assert (await wechat.push(word)).text == "rain"


async def test_while_only_a_push_of_it_is_cut_the_next_joins(open_desk):
    wechat = await open_desk(Slow())
    await wechat.says("17 rain")
    word = wechat.text("继续")
    await wechat.push(word, seconds=1)
    assert await wechat.push(word) == Answer("reply", "rain", 1.5)


async def test_it_is_acknowledged_when_the_answer_turns_out_to_be_none(open_desk):
    def bot(account):
        @account.text
        async def silent(message):
            await asyncio.sleep(20)

    wechat = await open_desk(bot)
    await wechat.says("go")
    assert await wechat.says("继续") == Answer("success", "", 0.5)


async def test_it_gets_the_working_text_again_even_where_sending_is_allowed_by_now(open_desk):
    def bot(account):
        @account.report_location
        async def near(event):
            await asyncio.sleep(60)
            return "a shop is near"

    wechat = await open_desk(bot, kind="service", verified=True)
    assert (await wechat.sends(wechat.event("LOCATION"))).kind == "working"
    assert await wechat.says("继续") == Answer("working", WORKING, 4.5)
    await wechat.idle()
    assert (await wechat.says("继续")).text == "a shop is near"


class TestElseItIsAnOrdinaryMessage:
    async def test_when_nothing_waits(self, open_desk):
        wechat = await open_desk(Slow())
        assert (await wechat.says("继续")).text == "继续"

    async def test_when_all_was_fetched(self, open_desk):
        wechat = await open_desk(Slow())
        await wechat.says("20 rain")
        await wechat.idle()
        await wechat.says("继续")
        assert (await wechat.says("继续")).text == "继续"

    async def test_when_another_text_was_shown_since(self, open_desk):
        bot = Slow()
        wechat = await open_desk(bot, ordered=False)
        await wechat.says("30 rain")
        await wechat.says("hello")
        assert (await wechat.says("继续")).text == "继续"

    async def test_when_neither_text_was_shown_though_an_answer_waits(self, open_desk):
        wechat = await open_desk(Slow())
        await wechat.push(wechat.text("hello"), lose=True)
        assert (await wechat.says("继续")).text == "hello\n\n继续"

    async def test_when_it_is_only_part_of_the_text(self, open_desk):
        wechat = await open_desk(Slow())
        await wechat.says("20 rain")
        await wechat.idle()
        assert (await wechat.says("继续吧")).text == "rain\n\n继续吧"

    async def test_when_another_kind_of_message_comes(self, open_desk):
        def bot(account):
            Slow()(account)

            @account.voice
            async def heard(message):
                return f"heard {message.recognition}"

        wechat = await open_desk(bot)
        await wechat.says("20 rain")
        await wechat.idle()
        voice = wechat.read({"MsgType": "voice", "Recognition": "继续", "MsgId": "9"})
        assert (await wechat.sends(voice)).text == "rain\n\nheard 继续"


def survey(account):
    @account.text("survey")
    async def survey(message, context):
        return f"noted {await context.ask('Go on?', timeout=60)}"

    @account.click
    async def slow(event):
        await asyncio.sleep(20)
        return "rain"


@pytest.mark.parametrize(("after", "shown"), [(10, "rain\n\nnoted 继续"), (60, "rain")])
async def test_a_pending_ask_takes_it_first_until_its_time_is_over(open_desk, after, shown):
    wechat = await open_desk(survey)
    await wechat.says("survey")
    assert (await wechat.sends(wechat.event("CLICK", "K"))).kind == "working"
    await wechat.idle(after)
    assert (await wechat.says("继续")).text == shown


async def test_what_comes_just_after_it_was_told_to_wait_is_left_for_the_next(open_desk):
    wechat = await open_desk(Slow())
    await wechat.says("60 rain")
    word = wechat.text("继续")
    for _ in range(2):
        await wechat.push(word)
    wechat.way.slow["take"] = 0.3
    told = asyncio.create_task(wechat.push(word))
    await wechat.idle(4.7)
    twin = asyncio.create_task(wechat.push(word))
    assert [(await push).kind for push in (told, twin)] == ["working"] * 2
    wechat.way.slow.clear()
    await wechat.idle(31)
    assert (await wechat.says("继续")).text == "rain"


async def test_what_it_fetches_while_it_is_answered_is_shown_once(open_desk):
    wechat = await open_desk(Slow(), ordered=False)
    await wechat.says("60 rain")
    word = wechat.text("继续")
    for _ in range(2):
        await wechat.push(word)
    wechat.way.slow["take"] = 0.3
    told = asyncio.create_task(wechat.push(word))
    await wechat.idle(4.55)
    await wechat.push(wechat.text("lost"), lose=True)
    await told
    await wechat.idle(31)
    await wechat.says("继续")
    shown = "\n\n".join(wechat.screen())
    assert [shown.count(text) for text in ("lost", "rain")] == [1, 1]


async def test_it_is_tried_again_when_the_store_was_away(open_desk, log):
    bot = Slow()
    wechat = await open_desk(bot)
    await wechat.says("20 rain")
    await wechat.idle()
    wechat.way.failing.add("take")
    asking = asyncio.create_task(wechat.says("继续"))
    await wechat.idle(1.5)
    wechat.way.failing.clear()
    assert (await asking).text == "rain"
    assert log.tells("take")
    assert bot.runs == ["20 rain"]


async def test_two_words_fetch_one_answer_each(open_desk):
    bot = Slow()
    wechat = await open_desk(bot)
    await asyncio.gather(wechat.says("20 rain"), wechat.says("5 snow"))
    words = [asyncio.create_task(wechat.says("继续")) for _ in range(2)]
    assert {(await word).text for word in words} == {"rain", "snow"}
    assert bot.runs == ["20 rain", "5 snow"]


async def test_a_word_is_forgotten_when_no_push_of_it_can_come(open_desk):
    wechat = await open_desk(Slow())
    await wechat.says("60 rain")
    first = asyncio.create_task(wechat.push(wechat.text("继续")))
    await wechat.idle(3)
    await wechat.push(wechat.text("继续"))
    await first
    await wechat.idle(60)
    assert (wechat.inbox.runs, wechat.inbox.busy) == ({}, False)


async def test_a_word_whose_process_died_at_once_is_still_none_for_a_handler(open_desk, log):
    bot = Slow()
    wechat = await open_desk(bot)
    other = await wechat.beside()
    await wechat.says("20 rain")
    await wechat.idle()
    wechat.way.failing.add("take")
    word = asyncio.create_task(wechat.push(wechat.text("继续")))
    await asyncio.sleep(0.1)
    assert log.tells("take")
    await wechat.kill()
    word.cancel()
    assert [job.note for job in await wechat.jobs()] == ["", "pickup"]
    await other.idle(40)
    assert bot.runs == ["20 rain"]
    assert [job.state for job in await wechat.jobs()] == ["ready", "replied"]
    assert (await other.says("hello")).text == "rain\n\nhello"


async def test_but_the_answer_to_a_question_is_taken_up(open_desk):
    """The word is an answer like any other while a dialog is open."""

    def setup(account):
        @account.text("order")
        async def order(message, context):
            await asyncio.sleep(20)
            answer = await context.ask("which?")
            runs.append(answer)
            if len(runs) == 1:
                await asyncio.Event().wait()
            return answer

    runs = []
    wechat = await open_desk(setup)
    other = await wechat.beside()
    await wechat.says("order")
    await wechat.idle()
    word = asyncio.create_task(wechat.push(wechat.text("继续")))
    await asyncio.sleep(21)
    await wechat.kill()
    word.cancel()
    await other.idle(60)
    assert runs == ["继续", "继续"]
