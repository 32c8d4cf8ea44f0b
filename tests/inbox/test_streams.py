"""A stream: one answer, however many pieces it comes in."""

import asyncio
import threading

import pytest

from desk import WORKING, Answer, more
from yizhan import Stream, Text
from yizhan.inbox.streaming import last_border

SERVICE = {"kind": "service", "verified": True}


def streaming(*pieces, apart=0.0, before=0.0, error=None, **options):
    """A bot that answers "go" with a stream of these pieces, and echoes any other text."""

    async def made():
        await asyncio.sleep(before)
        try:
            for piece in pieces:
                yield piece
                await asyncio.sleep(apart)
            if error is not None:
                raise error
        finally:
            bot.closed += 1

    def bot(account):
        @account.text("go")
        async def go(message):
            return Stream(made(), **options)

        @account.text
        async def echo(message):
            return message.content

    bot.closed = 0
    return bot


class TestOneAnswer:
    async def test_quick_pieces_are_one_text(self, open_desk):
        wechat = await open_desk(streaming("你", "好", "，\n", "", "朋友", apart=0.01), **SERVICE)
        assert (await wechat.says("go")).text == "你好，\n朋友"
        await wechat.idle()
        assert wechat.screen() == ["你好，\n朋友"]

    async def test_nothing_is_shown_before_it_ends(self, open_desk):
        wechat = await open_desk(streaming("一。", "二。", "三。", apart=3), **SERVICE)
        answer = await wechat.says("go")
        assert (answer.text, answer.seconds) == ("一。二。三。", 4.0)
        await wechat.idle()
        assert wechat.screen() == ["一。二。三。"]

    @pytest.mark.parametrize("rights", [{}, SERVICE])
    async def test_the_last_push_carries_what_has_come_to_a_border(self, open_desk, rights):
        wechat = await open_desk(streaming("一。", "二", "二。三", "。四。", apart=5), **rights)
        note = "" if rights else f"\n\n{more(1)}"
        assert (await wechat.says("go")).text == f"一。二二。{note}"
        await wechat.idle()
        last = wechat.screen()[-1] if rights else (await wechat.says("继续")).text
        assert last == "三。四。"

    async def test_what_is_left_is_one_further_answer(self, open_desk):
        pieces = [f"第{n}句。" for n in range(30)]
        wechat = await open_desk(streaming(*pieces, apart=1), **SERVICE)
        await wechat.says("go")
        await wechat.idle(60)
        assert len(wechat.screen()) == 2
        assert "".join(wechat.screen()) == "".join(pieces)

    @pytest.mark.parametrize(
        ("pieces", "shown", "rest"),
        [
            (["一。", "二。"], f"一。\n\n{more(1)}", "二。"),
            (["一。二。", "\n"], f"一。\n\n{more(1)}", "二。"),
            (["一。\n\n", "二。"], f"一。\n\n{more(1)}", "二。"),
            (["一。"], WORKING, "一。"),  # one sentence alone is brought whole
        ],
    )
    async def test_what_is_promised_comes_though_the_stream_ends_right_after(
        self, open_desk, pieces, shown, rest
    ):
        """Between the last push and the next message: nobody reads that there is no more."""
        bot = streaming(*pieces, apart=14.9 / len(pieces))
        wechat = await open_desk(bot)
        assert (await wechat.says("go")).text == shown
        await wechat.idle()
        assert (await wechat.says("继续")).text == rest
        assert bot.closed == 1

    async def test_who_is_promised_nothing_has_all_of_it_at_once(self, open_desk):
        wechat = await open_desk(streaming("一。二。", apart=14.8), **SERVICE)
        assert (await wechat.says("go")).text == "一。二。"
        await wechat.idle()
        assert wechat.screen() == ["一。二。"]

    async def test_without_a_border_the_follower_is_told_to_wait(self, open_desk):
        wechat = await open_desk(streaming(*"没有句号", apart=5))
        assert await wechat.says("go") == Answer("working", WORKING, 4.75)
        await wechat.idle()
        assert (await wechat.says("继续")).text == "没有句号"

    async def test_a_long_one_is_cut_where_a_text_is_full(self, open_desk):
        line = "字" * 99 + "。\n"
        wechat = await open_desk(streaming(*[line] * 20), **SERVICE)
        await wechat.says("go")
        await wechat.idle()
        assert all(len(text.encode()) <= 2048 for text in wechat.screen())
        assert "".join(wechat.screen()).replace("\n", "") == (line * 20).replace("\n", "")

    async def test_an_empty_one_is_no_answer(self, open_desk):
        wechat = await open_desk(streaming("", " ", "\n"))
        assert (await wechat.says("go")).kind == "success"


class TestFirst:
    """`first=2.0` shows a part early, where the rest can be sent."""

    async def test_a_part_is_shown_after_so_many_seconds(self, open_desk):
        pieces = ["一。", "二", "二。", "三。"]
        wechat = await open_desk(streaming(*pieces, apart=1.5, first=2.0), **SERVICE)
        answer = await wechat.says("go")
        assert (answer.text, answer.seconds) == ("一。", 2.0)
        await wechat.idle()
        assert wechat.screen() == ["一。", "二二。三。"]

    async def test_or_as_soon_as_a_sentence_has_ended_after_that(self, open_desk):
        wechat = await open_desk(streaming("一", "一。", "二。", apart=3, first=2.0), **SERVICE)
        answer = await wechat.says("go")
        assert (answer.text, answer.seconds) == ("一一。", 3.0)
        await wechat.idle()
        assert wechat.screen() == ["一一。", "二。"]

    async def test_who_may_not_send_waits(self, open_desk):
        wechat = await open_desk(streaming("一。", "二。", apart=3, first=2.0))
        assert (await wechat.says("go")).text == "一。二。"


class TestMachineMade:
    async def test_each_part_says_so(self, open_desk):
        wechat = await open_desk(streaming("一。", "二。", apart=4, first=2.0, ai=True), **SERVICE)
        await wechat.says("go")
        await wechat.idle()
        assert wechat.world.replies == [Text("一。", ai=True), Text("二。", ai=True)]


class TestSources:
    async def test_a_plain_iterable_is_read_in_a_thread(self, open_desk):
        threads = []

        def made():
            for piece in "abc":
                threads.append(threading.current_thread())
                yield piece

        def bot(account):
            @account.text
            async def go(message):
                return Stream(made())

        wechat = await open_desk(bot)
        assert (await wechat.says("go")).text == "abc"
        assert threading.main_thread() not in threads

    async def test_a_plain_handler_may_return_one(self, open_desk):
        def bot(account):
            @account.text
            def go(message):
                return Stream(["a", "b"])

        wechat = await open_desk(bot)
        assert (await wechat.says("go")).text == "ab"

    @pytest.mark.parametrize("pieces", ["text", None, 5, [1]])
    async def test_what_is_no_stream_of_texts_is_the_author_s_error(self, open_desk, log, pieces):
        def bot(account):
            @account.text
            async def go(message):
                return Stream(pieces)

        wechat = await open_desk(bot, fallback="sorry")
        assert (await wechat.says("go")).text == "sorry"
        assert log.tells("go", "raised")

    async def test_a_client_s_answer_is_closed_when_the_handler_is_cancelled(self, open_desk, log):
        class Response:
            """Such as a client of a model has: it holds a connection until it is closed."""

            closed = False

            def __aiter__(self):
                return self

            async def __anext__(self):
                await asyncio.sleep(100)
                return "never"

            async def close(self):
                self.closed = True

        response = Response()

        def bot(account):
            @account.text
            async def go(message):
                return Stream(response)

        wechat = await open_desk(bot, handler_timeout=20, fallback="sorry")
        await wechat.says("go")
        await wechat.idle()
        assert response.closed
        assert log.tells("go", "20")


class TestFailures:
    async def test_what_came_stays_and_the_fallback_follows(self, open_desk, log):
        bot = streaming("一。", "二", error=ConnectionError("reset"))
        wechat = await open_desk(bot, fallback="出错了")
        assert (await wechat.says("go")).text == "一。二\n\n出错了"
        assert bot.closed == 1
        assert log.tells("go", "raised")

    async def test_one_without_an_end_is_cut_off_at_its_limit(self, open_desk, log):
        bot = streaming(*["字" * 1000 + "。"] * 30)
        wechat = await open_desk(bot, fallback="出错了")
        assert (await wechat.says("go")).kind == "more"
        assert bot.closed == 1
        assert log.tells("go", "raised")

    async def test_an_error_handler_may_stream_too(self, open_desk, log):
        def bot(account):
            @account.text
            async def go(message):
                yield "一"
                raise LookupError

            @account.error
            async def sorry(message, error):
                return Stream(["对", "不起"])

        wechat = await open_desk(bot)
        assert (await wechat.says("go")).text == "一\n\n对不起"
        assert log.tells("go", "raised")

    async def test_run_again_after_a_crash_its_answer_comes_whole(self, open_desk):
        bot = streaming("一。", "二。", apart=9, first=2.0)
        wechat = await open_desk(bot, **SERVICE)
        assert (await wechat.says("go")).text == "一。"
        await wechat.kill()
        other = await wechat.beside(bot)
        await other.idle(60)
        assert wechat.screen() == ["一。", "一。二。"]


@pytest.mark.parametrize(
    ("shown", "left"),
    [
        ("一。", "二"),
        ("一。二！", "三"),
        ("第一段\n\n", "第二"),
        ("一行\n", "两"),
        ("One. ", "Two"),
        ("", "3.14"),
        ("他说：“好。”", "然后"),
        ("看这里。", "https://a.cn/b"),
        ("看。", "[文档](https://a.cn/一。二"),
        ("看。", '<a href="https://a.cn">一。二'),
        ("看[文档](https://a.cn)。", "好"),
        ("看。", "`a。b"),
        ("代码：\n", "```\na = 1\nb = 2\n"),
        ("代码：\n```\na = 1\n```\n", "好"),
        ("有：\n", "- 一。\n- 二"),
        ("有：\n", "1. 一。\n2. 二。\n"),
        ("有：\n- 一。\n- 二。\n\n", "完"),
        ("", "没有"),
        ("", ""),
    ],
)
def test_a_text_that_goes_on_is_cut_at_a_border(shown, left):
    assert last_border(shown + left) == len(shown)


@pytest.mark.parametrize("first", [-1, "2", float("nan"), float("inf")])
async def test_a_time_for_a_first_part_that_cannot_be_is_the_author_s_error(open_desk, log, first):
    wechat = await open_desk(streaming("一。", first=first), fallback="sorry")
    assert (await wechat.says("go")).text == "sorry"
    assert log.tells("go", "ResultError")
