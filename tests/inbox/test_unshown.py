"""Answers to events whose reply is not shown, or of which nobody knows whether it is."""

import asyncio

import pytest

from desk import REFUSED, Answer, Slow, more
from yizhan import Article, News
from yizhan.inbox.dropping import UNKNOWN
from yizhan.inbox.sending import DROPPED

SERVICE = {"kind": "service", "verified": True}
NOBODY_KNOWS = ["user_view_card", "kf_create_session", "an_event_unheard_of"]
HIDDEN = ["VIEW", "view_miniprogram"]


def noting(*pieces, after: float = 0.0):
    """A bot that answers every event with these pieces; texts as Slow does."""

    def bot(account):
        for name in (*NOBODY_KNOWS, *HIDDEN, "unsubscribe"):

            @account.event(name)
            async def noted(event):
                await asyncio.sleep(after)
                for piece in pieces:
                    yield piece

        Slow()(account)

    return bot


@pytest.mark.parametrize("name", NOBODY_KNOWS)
class TestNobodyKnows:
    async def test_the_answer_goes_inline(self, open_desk, name):
        wechat = await open_desk(noting("noted"))
        assert await wechat.sends(wechat.event(name)) == Answer("reply", "noted")
        [job] = await wechat.jobs()
        assert (job.state, job.note, job.parts) == ("replied", UNKNOWN, ())

    async def test_alone_whatever_waits(self, open_desk, name):
        wechat = await open_desk(noting("noted"))
        await wechat.says("20 rain")
        await wechat.idle()
        assert (await wechat.sends(wechat.event(name))).text == "noted"
        assert (await wechat.says("hello")).text == "rain\n\nhello"

    async def test_what_was_told_before_it_stands(self, open_desk, name):
        def bot(account):
            @account.text("go")
            async def go(message):
                yield "one"
                await asyncio.sleep(20)

            noting("noted")(account)

        wechat = await open_desk(bot, ordered=False)
        assert (await wechat.says("go")).text == f"one\n\n{more(1)}"
        await wechat.sends(wechat.event(name))
        await wechat.idle()
        assert (await wechat.says("继续")).text == "没有更多了"

    async def test_without_a_word_of_more(self, open_desk, name):
        wechat = await open_desk(noting("x" * 2000, "two"))
        assert (await wechat.sends(wechat.event(name))).text == "x" * 2000
        assert (await wechat.says("hello")).text == "two\n\nhello"

    async def test_short_answers_together(self, open_desk, name):
        wechat = await open_desk(noting("one", "two"))
        assert (await wechat.sends(wechat.event(name))).text == "one\n\ntwo"

    async def test_news_on_one_card(self, open_desk, name):
        news = News(Article("one"), Article("two"))
        wechat = await open_desk(noting(news))
        await wechat.sends(wechat.event(name))
        assert wechat.world.replies == [news]

    async def test_one_without_an_answer_is_acknowledged(self, open_desk, name):
        wechat = await open_desk(noting())
        await wechat.says("20 rain")
        await wechat.idle()
        assert await wechat.sends(wechat.event(name)) == Answer("success")
        assert (await wechat.says("继续")).text == "rain"

    async def test_where_it_may_be_sent_it_is_sent(self, open_desk, name):
        wechat = await open_desk(noting("noted"), **SERVICE)
        await wechat.says("hello")
        assert await wechat.sends(wechat.event(name)) == Answer("success")
        await wechat.idle(1)
        assert wechat.screen() == ["hello", "noted"]

    async def test_refused_it_rides_on_the_next_push(self, open_desk, log, name):
        wechat = await open_desk(noting("noted"), **SERVICE)
        await wechat.says("hello")
        wechat.courier.fails = [REFUSED]
        await wechat.sends(wechat.event(name))
        await wechat.idle()
        assert log.tells("WARNING", "45015")
        assert (await wechat.says("hello")).text == "noted\n\nhello"

    async def test_so_does_a_late_one(self, open_desk, name):
        wechat = await open_desk(noting("noted", after=20.0))
        assert await wechat.sends(wechat.event(name)) == Answer("success", "", 4.5)
        await wechat.idle()
        assert (await wechat.says("hello")).text == "noted\n\nhello"

    async def test_one_lost_in_the_write_is_the_next_push_s(self, open_desk, name):
        wechat = await open_desk(noting("noted"))
        event = wechat.event(name)
        await wechat.push(event, lose=True)
        assert (await wechat.push(event)).text == "noted"

    async def test_a_process_that_joins_answers_the_same(self, open_desk, name):
        wechat = await open_desk(noting("noted", after=1.0))
        other = await wechat.beside()
        event = wechat.event(name)
        both = await asyncio.gather(wechat.push(event), other.push(event))
        assert [answer.text for answer in both] == ["noted", "noted"]


@pytest.mark.parametrize("name", HIDDEN)
class TestNotShown:
    async def test_it_is_sent_at_once(self, open_desk, name):
        wechat = await open_desk(noting("noted"), **SERVICE)
        await wechat.says("hello")
        assert await wechat.sends(wechat.event(name)) == Answer("success")
        await wechat.idle(1)
        assert wechat.screen() == ["hello", "noted"]

    async def test_or_not_at_all_and_the_handler_is_told_once(self, open_desk, log, name):
        wechat = await open_desk(noting("noted"))
        for key in ("1", "2"):
            assert await wechat.sends(wechat.event(name, key)) == Answer("success")
        assert [(job.state, job.note, job.parts) for job in await wechat.jobs()] == [
            ("replied", DROPPED, ())
        ] * 2
        assert (await wechat.says("hello")).text == "hello"
        assert len(log.lines) == 1
        assert log.tells("WARNING", "noted", name, "dropped")

    async def test_nor_when_the_window_is_shut(self, open_desk, log, name):
        wechat = await open_desk(noting("noted"), **SERVICE)
        await wechat.sends(wechat.event(name))
        assert [(job.state, job.note) for job in await wechat.jobs()] == [("replied", DROPPED)]
        assert log.tells("WARNING", "dropped")

    async def test_nor_when_it_is_refused(self, open_desk, log, name):
        wechat = await open_desk(noting("noted"), **SERVICE)
        await wechat.says("hello")
        wechat.courier.fails = [REFUSED]
        await wechat.sends(wechat.event(name))
        await wechat.idle()
        job = (await wechat.jobs())[-1]
        assert (job.state, job.note, job.parts) == ("replied", DROPPED, ())
        assert (await wechat.says("hello")).text == "hello"
        assert log.tells("WARNING", "45015")
        assert log.tells("WARNING", name, "dropped")

    async def test_what_waits_for_a_push_stays(self, open_desk, log, name):
        wechat = await open_desk(noting("noted"))
        await wechat.says("20 rain")
        await wechat.idle()
        await wechat.sends(wechat.event(name))
        assert (await wechat.says("继续")).text == "rain"
        assert log.tells("WARNING", "dropped")


@pytest.mark.parametrize("rights", [{}, SERVICE])
async def test_one_who_has_left_is_told_nothing(open_desk, log, rights):
    wechat = await open_desk(noting("bye"), **rights)
    await wechat.says("hello")
    assert await wechat.sends(wechat.event("unsubscribe")) == Answer("success")
    await wechat.idle()
    job = (await wechat.jobs())[-1]
    assert (job.state, job.note) == ("replied", DROPPED)
    assert wechat.screen() == ["hello"]
    assert log.tells("WARNING", "unsubscribe", "dropped")
