"""A generator gives several answers: the first inline, the rest by the ladder."""

import asyncio
import contextvars

import pytest

from desk import WORKING, Answer, Desk, more
from yizhan import Article, Image, News, Text

SERVICE = {"kind": "service", "verified": True}


def saying(*pieces, apart: float = 0.0, first: float = 0.0):
    """A bot whose handler of "go" yields these pieces; any other text is echoed."""

    def bot(account):
        @account.text("go")
        async def go(message):
            await asyncio.sleep(first)
            for place, piece in enumerate(pieces):
                if place and apart:
                    await asyncio.sleep(apart)
                yield piece

        @account.text
        async def echo(message):
            return message.content

    return bot


def failing(piece, *sorry):
    """A bot whose handler of "go" yields a piece and fails; its error handler takes its time."""

    def bot(account):
        @account.text("go")
        async def go(message):
            yield piece
            raise LookupError("no more")

        @account.error
        async def error(message, error):
            for part in sorry:
                yield part
                await asyncio.sleep(7)

    return bot


class TestWithTheRightToSend:
    async def test_the_first_goes_inline_and_the_rest_is_sent(self, open_desk):
        wechat = await open_desk(saying("one", "two", "three"), **SERVICE)
        assert await wechat.says("go") == Answer("reply", "one")
        await wechat.idle(2)
        assert wechat.screen() == ["one", "two", "three"]

    async def test_the_first_goes_out_while_the_others_are_in_the_making(self, open_desk):
        wechat = await open_desk(saying("one", "two", "three", apart=20), **SERVICE)
        assert await wechat.says("go") == Answer("reply", "one", 1.0)
        await wechat.idle(25)
        assert wechat.screen() == ["one", "two"]
        await wechat.idle(20)
        assert wechat.screen() == ["one", "two", "three"]

    async def test_the_first_may_come_on_a_later_push(self, open_desk):
        wechat = await open_desk(saying("one", "two", apart=20, first=7), **SERVICE)
        assert await wechat.says("go") == Answer("reply", "one", 3.0)
        await wechat.idle()
        assert wechat.screen() == ["one", "two"]

    async def test_all_are_sent_when_none_was_there_in_time(self, open_desk):
        wechat = await open_desk(saying("one", "two", first=20), **SERVICE)
        assert (await wechat.says("go")).kind == "success"
        await wechat.idle()
        assert wechat.screen() == ["one", "two"]

    async def test_what_was_said_before_the_last_push_ends_goes_out_on_it(self, open_desk):
        wechat = await open_desk(saying("one", "two", apart=20, first=14.3), **SERVICE)
        assert await wechat.says("go") == Answer("reply", "one", 4.5)
        await wechat.idle()
        assert wechat.screen() == ["one", "two"]

    async def test_different_kinds_of_answers_keep_their_order(self, open_desk):
        wechat = await open_desk(saying("one", Image("i"), "two"), **SERVICE)
        await wechat.says("go")
        await wechat.idle(2)
        assert wechat.world.replies == [Text("one"), Image("i"), Text("two")]

    async def test_a_part_sent_in_between_does_not_end_the_job(self, open_desk):
        wechat = await open_desk(saying("one", "two", "three", apart=20), **SERVICE)
        await wechat.says("go")
        await wechat.idle(26)
        [job] = await wechat.jobs()
        assert (job.state, job.parts) == ("running", ())
        await wechat.idle()
        [job] = await wechat.jobs()
        assert job.state == "delivered"


class TestWithoutTheRight:
    async def test_answers_ready_together_go_out_together(self, open_desk):
        wechat = await open_desk(saying("one", "two"))
        assert await wechat.says("go") == Answer("reply", "one\n\ntwo")

    async def test_the_first_says_that_more_is_in_the_making(self, open_desk):
        wechat = await open_desk(saying("one", "two", apart=20))
        assert await wechat.says("go") == Answer("more", f"one\n\n{more(1)}", 1.0)
        await wechat.idle(21)
        assert (await wechat.says("继续")).text == "two"

    async def test_a_pick_up_word_waits_for_the_next_part(self, open_desk):
        wechat = await open_desk(saying("one", "two", apart=4))
        await wechat.says("go")
        assert await wechat.says("继续") == Answer("reply", "two", 3.0)

    async def test_the_rest_rides_on_the_next_push(self, open_desk):
        wechat = await open_desk(saying("one", "two", "three", apart=10))
        await wechat.says("go")
        await wechat.idle()
        assert (await wechat.says("hello")).text == "two\n\nthree\n\nhello"

    async def test_one_too_slow_for_its_pushes_tells_to_wait(self, open_desk):
        wechat = await open_desk(saying("one", "two", first=20))
        assert await wechat.says("go") == Answer("working", WORKING, 4.75)
        await wechat.idle()
        assert (await wechat.says("继续")).text == "one\n\ntwo"


class TestManyPieces:
    """Each is an answer; those that outnumber the messages that may be sent are joined."""

    async def test_what_outnumbers_the_quota_is_joined(self, open_desk, log):
        pieces = [f"p{n}" for n in range(12)]
        wechat = await open_desk(saying(*pieces), **SERVICE)
        await wechat.says("go")
        await wechat.idle()
        assert "\n\n".join(wechat.screen()) == "\n\n".join(pieces)
        assert len(wechat.screen()) == 6
        assert log.tells("go", "Stream")

    async def test_a_model_s_tokens_are_told_of_once(self, open_desk, log):
        tokens = [f"t{n} " for n in range(50)]
        wechat = await open_desk(saying(*tokens, apart=0.1))
        for _ in range(2):
            await wechat.says("go")
        assert [line for line in log.lines if "Stream" in line] == log.lines[:1]
        assert log.tells("go", "Stream")

    @pytest.mark.parametrize(("count", "apart"), [(5, 0.0), (20, 0.3)])
    async def test_answers_are_not(self, open_desk, log, count, apart):
        wechat = await open_desk(saying(*(f"{n}" for n in range(count)), apart=apart))
        await wechat.says("go")
        await wechat.idle()
        assert not log.tells("Stream")

    async def test_long_ones_go_out_by_the_fill(self, open_desk):
        pieces = [f"{n}" + "字" * 400 for n in range(5)]
        wechat = await open_desk(saying(*pieces, apart=0.5), **SERVICE)
        await wechat.says("go")
        await wechat.idle(60)
        assert wechat.screen() == pieces

    async def test_many_pictures_go_out_by_the_fill(self, open_desk):
        wechat = await open_desk(saying(*(Image(f"{n}") for n in range(50))))
        await wechat.says("go")
        await wechat.idle(1)
        [job] = await wechat.jobs()
        assert len(job.parts) == 49

    async def test_a_quick_generator_of_endless_pieces_takes_no_endless_memory(
        self, open_desk, log
    ):
        def bot(account):
            @account.text
            async def handler(message):
                while True:
                    yield "more and more "
                    taken.append(None)
                    if len(taken) > 1000:
                        return

        taken = []
        wechat = await open_desk(bot)
        assert (await wechat.says("go")).kind == "more"
        assert log.tells("Stream")


class TestPlainGenerators:
    async def test_they_run_in_threads_and_say_as_much(self, open_desk):
        def bot(account):
            @account.text
            def handler(message):
                yield "one"
                yield "two"

        wechat = await open_desk(bot, **SERVICE)
        assert (await wechat.says("go")).text == "one"
        await wechat.idle(1)
        assert wechat.screen() == ["one", "two"]


class TestFailures:
    @pytest.mark.parametrize("pieces", [("one",), ("one", "two")])
    async def test_what_was_said_before_a_failure_goes_out(self, open_desk, log, pieces):
        def bot(account):
            @account.text
            async def breaks(message):
                for piece in pieces:
                    yield piece
                raise LookupError("no more")

        wechat = await open_desk(bot, fallback="sorry")
        assert (await wechat.says("go")).text == "\n\n".join([*pieces, "sorry"])
        assert log.tells("breaks", "raised")

    async def test_also_before_a_piece_that_is_no_reply(self, open_desk, log):
        wechat = await open_desk(saying("one", 42, "three"), fallback="sorry")
        assert (await wechat.says("go")).text == "one\n\nsorry"
        assert log.tells("go", "raised")

    async def test_also_before_news_with_more_articles_than_may_be_shown(self, open_desk, log):
        news = News(*[Article("t", "u")] * 2)
        wechat = await open_desk(saying("one", news, "three"), fallback="sorry")
        assert (await wechat.says("go")).text == "one\n\nsorry"
        assert log.tells("go", "raised")

    async def test_it_goes_before_what_the_error_handler_says_in_time(self, open_desk, log):
        wechat = await open_desk(failing("one", "sorry", "really"), **SERVICE)
        await wechat.says("go")
        await wechat.idle()
        assert wechat.screen() == ["one", "sorry", "really"]
        assert log.tells("go", "raised")

    async def test_what_an_error_handler_said_before_it_fails_goes_out(self, open_desk, log):
        wechat = await open_desk(failing("one", "sorry", 42), fallback="nothing", **SERVICE)
        await wechat.says("go")
        await wechat.idle()
        assert wechat.screen() == ["one", "sorry", "nothing"]
        assert log.tells("go", "raised")
        assert log.tells("error", "raised")

    async def test_also_before_its_time_is_over(self, open_desk, log):
        wechat = await open_desk(
            saying("one", "two", apart=60), fallback="sorry", handler_timeout=30
        )
        await wechat.says("go")
        await wechat.idle(40)
        assert log.tells("go", "30")
        assert (await wechat.says("继续")).text == "sorry"

    async def test_its_cleaning_up_is_run(self, open_desk, log):
        def bot(account):
            @account.text
            async def tidy(message):
                try:
                    for _ in range(1000):
                        yield "x" * 500
                        await asyncio.sleep(1)
                finally:
                    await asyncio.sleep(0)
                    ended.append(message.content)

        ended = []
        wechat = await open_desk(bot, handler_timeout=10)
        await wechat.says("go")
        await wechat.idle()
        assert log.tells("tidy", "10")
        assert ended == ["go"]

    async def test_what_is_handed_out_while_the_store_is_away_survives_the_time_out(
        self, open_desk, log
    ):
        wechat = await open_desk(
            saying("one", "two", apart=60), fallback="sorry", handler_timeout=5
        )
        asking = asyncio.create_task(wechat.says("go"))
        await wechat.idle(0.5)
        wechat.way.failing.add("finish")
        await wechat.idle(8)
        wechat.way.failing.clear()
        assert log.tells("cannot be reached")
        await asking
        await wechat.idle()
        assert log.tells("go", "5")
        await wechat.says("hello")
        first, second = wechat.screen()
        assert first.startswith("one")
        assert second == "sorry\n\nhello"


class TestOneTask:
    """A generator runs in one task from beginning to end, as author's tools expect."""

    async def test_a_time_out_around_yields_works(self, open_desk, log):
        def bot(account):
            @account.text
            async def handler(message):
                async with asyncio.timeout(6):
                    yield "one"
                    await asyncio.sleep(100)

        wechat = await open_desk(bot, fallback="sorry", **SERVICE)
        await wechat.says("go")
        await wechat.idle(6)
        assert log.tells("handler", "raised")
        assert wechat.screen() == ["one", "sorry"]

    async def test_a_task_group_around_yields_works(self, open_desk):
        def bot(account):
            @account.text
            async def handler(message):
                async with asyncio.TaskGroup() as group:
                    task = group.create_task(asyncio.sleep(2, "two"))
                    yield "one"
                    yield await task

        wechat = await open_desk(bot, **SERVICE)
        await wechat.says("go")
        await wechat.idle()
        assert wechat.screen() == ["one", "two"]

    async def test_context_variables_last_from_yield_to_yield(self, open_desk):
        variable = contextvars.ContextVar("variable", default="lost")

        def bot(account):
            @account.text
            async def handler(message):
                variable.set("kept")
                yield "one"
                await asyncio.sleep(5)
                yield variable.get()

        wechat = await open_desk(bot, **SERVICE)
        await wechat.says("go")
        await wechat.idle()
        assert wechat.screen() == ["one", "kept"]

    @pytest.mark.parametrize("leak", [SystemExit, KeyboardInterrupt, GeneratorExit])
    @pytest.mark.parametrize("place", ["async", "plain", "its end"])
    async def test_one_that_exits_the_program_ends_its_message_only(
        self, open_desk, log, leak, place
    ):
        async def exits(message):
            yield "one"
            raise leak

        def exits_plainly(message):
            yield "one"
            raise leak

        async def exits_at_its_end(message):
            try:
                yield "one"
                yield object()  # no reply: the generator is closed
            finally:
                raise leak

        handlers = {"async": exits, "plain": exits_plainly, "its end": exits_at_its_end}

        def bot(account):
            account.text("exit")(handlers[place])

            @account.text
            async def echo(message):
                return message.content

        wechat = await open_desk(bot)
        assert (await wechat.says("exit")).text == "one"
        assert log.tells("exits", "raised")
        assert (await wechat.says("hello")).text == "hello"


async def test_a_generator_of_a_dead_process_is_run_from_its_beginning(open_desk):
    wechat = await open_desk(saying("one", "two", apart=20), **SERVICE)
    other = await wechat.beside()
    await wechat.says("go")
    await wechat.kill()
    await other.idle(60)
    assert wechat.screen() == ["one", "two"]


@pytest.mark.parametrize(
    ("second", "screen"),
    [
        (["one", "two", "three"], ["one", "two", "three"]),
        (["uno", "dos", "tres"], ["one", "uno", "dos", "tres"]),
        ([], ["one"]),
    ],
)
async def test_run_again_it_leaves_out_what_it_has_said_in_the_same_words(
    open_desk, second, screen
):
    def bot(account):
        @account.text
        async def drip(message):
            for piece in pieces.pop(0):
                yield piece
                await asyncio.sleep(10)

    pieces = [["one", "two", "three"], second]
    wechat = await open_desk(bot, **SERVICE)
    other = await wechat.beside()
    assert (await wechat.says("go")).text == "one"
    await wechat.kill()
    await other.idle(120)
    assert wechat.screen() == screen


@pytest.mark.parametrize("end", [Desk.kill, Desk.stop])
async def test_what_it_says_while_a_part_is_committed_is_said_again(open_desk, end):
    """Only what was handed out is marked as said; the rest dies with its process."""
    wechat = await open_desk(saying("one", "two", "three", apart=1.5), **SERVICE)
    other = await wechat.beside()
    wechat.way.slow["finish"] = 0.6  # from 1.0 to 1.6; "two" is said at 1.5
    asking = asyncio.create_task(wechat.says("go"))
    await wechat.idle(2.5)
    await end(wechat)
    await asking
    await other.idle(90)
    assert wechat.screen() == ["one", "two", "three"]


async def test_a_death_in_the_error_handler_repeats_and_loses_nothing(open_desk, log):
    wechat = await open_desk(failing("one", "one", "sorry", "really"), **SERVICE)
    other = await wechat.beside()
    await wechat.says("go")
    await wechat.idle(3)
    await wechat.kill()
    await other.idle(120)
    assert log.tells("go", "raised")
    assert wechat.screen() == ["one", "one", "one", "sorry", "really"]


async def test_an_async_generator_that_a_function_returns_is_one_too(open_desk):
    def bot(account):
        @account.text
        def handler(message):
            async def inner():
                yield "one"
                yield "two"

            return inner()

    wechat = await open_desk(bot)
    assert (await wechat.says("go")).text == "one\n\ntwo"


async def test_an_iterator_that_cannot_be_closed_will_do(open_desk):
    class Countdown:
        def __init__(self):
            self.left = 3

        def __aiter__(self):
            return self

        async def __anext__(self):
            self.left -= 1
            if not self.left:
                raise StopAsyncIteration
            return f"{self.left}"

    def bot(account):
        @account.text
        async def handler(message):
            return Countdown()

    wechat = await open_desk(bot)
    assert (await wechat.says("go")).text == "2\n\n1"
