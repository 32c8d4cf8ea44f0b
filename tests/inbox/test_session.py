"""A follower's session is saved with the message's outcome, in one commit, or not at all."""

import asyncio

import pytest

from yizhan.store.mailbox import SESSION


def counts(account):
    @account.text("count")
    async def count(message, session):
        session["n"] = session.get("n", 0) + 1
        return f"{session['n']}"

    @account.text("break")
    async def breaks(message, session):
        session["n"] = 100
        raise LookupError("no")

    @account.text("bad")
    async def bad(message, session):
        session["n"] = object()
        return "never"

    @account.text("clear")
    async def clear(message, session):
        session.clear()

    @account.text("threaded")
    def threaded(message, session):
        session["n"] = session.get("n", 0) + 1
        return f"{session['n']}"

    @account.text
    async def echo(message):
        return message.content


async def kept(wechat, fan="oFan"):
    return wechat.world.session(fan)


async def test_what_a_handler_keeps_the_next_one_finds(open_desk):
    wechat = await open_desk(counts)
    assert [(await wechat.says(word)).text for word in ("count", "threaded", "count")] == [
        "1",
        "2",
        "3",
    ]


async def test_every_follower_has_their_own(open_desk):
    wechat = await open_desk(counts)
    await wechat.says("count", "o1")
    assert (await wechat.says("count", "o2")).text == "1"


async def test_it_is_saved_in_the_same_commit_as_the_answer(open_desk):
    wechat = await open_desk(counts)
    commits = wechat.watched("finish")
    await wechat.says("count")
    [(before, after)] = commits
    assert SESSION not in before.rows
    assert after.rows[SESSION] == await kept(wechat)
    assert [len(job.parts) for job in after.box.jobs] == [1]


async def test_it_is_discarded_when_the_handler_raises(open_desk, log):
    wechat = await open_desk(counts)
    await wechat.says("count")
    await wechat.says("break")
    assert log.tells("breaks", "raised")
    assert (await wechat.says("count")).text == "2"


@pytest.mark.parametrize("fallback", ["", "sorry"])
async def test_a_value_that_is_no_json_fails_the_message(open_desk, log, fallback):
    wechat = await open_desk(counts, fallback=fallback)
    assert (await wechat.says("bad")).text == fallback
    assert log.tells("bad", "raised")
    assert await kept(wechat) is None


async def test_an_error_handler_has_an_empty_one_of_its_own(open_desk, log):
    def bot(account):
        counts(account)

        @account.error
        async def explain(message, session):
            session["n"] = 100
            return f"{len(session)}"

    wechat = await open_desk(bot)
    await wechat.says("count")
    assert (await wechat.says("break")).text == "1"
    assert log.tells("breaks", "raised")
    assert (await wechat.says("count")).text == "2"


async def test_an_emptied_one_is_erased(open_desk):
    wechat = await open_desk(counts)
    await wechat.says("count")
    await wechat.says("clear")
    assert await kept(wechat) is None


async def test_a_handler_that_does_not_ask_for_it_leaves_it_as_it_is(open_desk):
    wechat = await open_desk(counts)
    await wechat.says("count")
    before = await kept(wechat)
    await wechat.says("hello")
    assert await kept(wechat) == before


async def test_it_lapses_when_it_was_not_used_for_its_time(open_desk):
    wechat = await open_desk(counts, session_ttl=3600, lease=6000)
    await wechat.says("count")
    await wechat.idle(3000)
    assert (await wechat.says("count")).text == "2"
    await wechat.idle(3700)
    assert (await wechat.says("count")).text == "1"


async def test_by_default_it_lasts_thirty_days(open_desk):
    wechat = await open_desk(counts, lease=60_000)
    await wechat.says("count")
    await wechat.idle(29 * 86_400)
    assert (await wechat.says("count")).text == "2"
    await wechat.idle(31 * 86_400)
    assert (await wechat.says("count")).text == "1"


async def test_messages_in_a_row_lose_no_change(open_desk):
    wechat = await open_desk(counts)
    other = await wechat.beside()
    desks = [wechat, other]
    answers = await asyncio.gather(*(desks[n % 2].says("count") for n in range(10)))
    assert [answer.text for answer in answers] == [f"{n}" for n in range(1, 11)]


async def test_a_handler_run_again_after_a_crash_finds_it_as_it_was(open_desk):
    def bot(account):
        @account.text
        async def slow(message, session):
            session["n"] = session.get("n", 0) + 1
            await asyncio.sleep(3)
            return f"{session['n']}"

    wechat = await open_desk(bot)
    other = await wechat.beside()
    message = wechat.text("count")
    await wechat.push(message, seconds=1)
    await wechat.kill()
    await other.idle(30)
    assert (await other.push(message)).text == "1"


class TestForget:
    """`forget_on_unsubscribe = true`: a follower who leaves is erased."""

    @staticmethod
    def bot(account):
        @account.text("ask")
        async def ask(message, context):
            return await context.ask("Your name?")

        @account.text("slow")
        async def slow(message):
            await asyncio.sleep(20)
            return "rain"

        @account.unsubscribe
        async def goodbye(event):
            gone.append(event.from_user)

        counts(account)

    async def test_session_dialog_and_messages_are_erased(self, open_desk):
        gone.clear()
        wechat = await open_desk(self.bot, forget_on_unsubscribe=True)
        await wechat.says("count")
        await wechat.says("slow")
        await wechat.says("ask")
        await wechat.says("count", "oOther")
        assert (await wechat.sends(wechat.event("unsubscribe"))).kind == "success"
        stats = await wechat.world.store.stats()
        assert stats.jobs == {"replied": 2}  # a push of it may come again
        assert (wechat.world.session(), wechat.world.dialog()) == (None, None)
        await wechat.idle(30)
        stats = await wechat.world.store.stats()
        assert stats.jobs == {"replied": 1}
        assert list(wechat.world.shared.boxes) == ["oOther"]
        assert gone == ["oFan"]
        assert (await wechat.says("count")).text == "1"

    async def test_not_unless_it_is_set(self, open_desk):
        wechat = await open_desk(self.bot)
        await wechat.says("count")
        await wechat.sends(wechat.event("unsubscribe"))
        assert (await wechat.says("count")).text == "2"

    async def test_a_repeated_push_of_it_does_not_run_its_handler_again(self, open_desk):
        gone.clear()
        wechat = await open_desk(self.bot, forget_on_unsubscribe=True)
        leaving = wechat.event("unsubscribe")
        other = await wechat.beside()
        for desk in (wechat, other, wechat):
            await desk.push(leaving, lose=True)
            await wechat.idle(5)
        assert gone == ["oFan"]
        await wechat.idle(30)
        assert await wechat.jobs() == []

    async def test_who_is_back_at_another_process_keeps_what_is_new(self, open_desk):
        gone.clear()
        wechat = await open_desk(self.bot, forget_on_unsubscribe=True)
        other = await wechat.beside()
        await wechat.says("count")
        leaving = asyncio.create_task(wechat.sends(wechat.event("unsubscribe")))
        back = asyncio.create_task(other.says("count"))
        await asyncio.gather(leaving, back)
        await wechat.idle(30)
        assert [text[-1] for text in wechat.screen()] == ["1", "1"]
        assert (await wechat.says("count")).text == "2"

    async def test_one_who_is_back_already_is_not_erased(self, open_desk):
        def bot(account):
            self.bot(account)

            @account.subscribe
            async def welcome(event):
                return "welcome back"

        wechat = await open_desk(bot, forget_on_unsubscribe=True)
        await wechat.says("count")
        busy = asyncio.create_task(wechat.says("slow"))
        await wechat.idle(1)
        leaving = asyncio.create_task(wechat.sends(wechat.event("unsubscribe")))
        await wechat.idle(1)
        back = asyncio.create_task(wechat.sends(wechat.event("subscribe")))
        await asyncio.gather(busy, leaving, back)
        await wechat.idle()
        await wechat.says("hello")
        assert any("welcome back" in text for text in wechat.screen())

    async def test_what_its_handler_answers_is_dropped(self, open_desk):
        def bot(account):
            @account.unsubscribe
            async def goodbye(event):
                return "come back"

        wechat = await open_desk(bot, forget_on_unsubscribe=True, kind="service", verified=True)
        await wechat.sends(wechat.event("unsubscribe"))
        await wechat.idle()
        assert wechat.courier.sent == []


gone: list[str] = []
