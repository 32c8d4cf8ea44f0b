"""Dialogs: a handler that asks is replayed with the follower's next message, anywhere."""

import asyncio

import pytest

from desk import Answer, Slow
from inbox.survey import Survey, answers, dialog
from yizhan.dialog import load
from yizhan.store.mailbox import DIALOG, SESSION

PLEASE = "请回复文字。"


async def test_the_question_is_this_message_s_answer_and_the_next_message_goes_on(open_desk):
    bot = Survey()
    wechat = await open_desk(bot)
    assert await answers(wechat, "survey", "Ada", "36") == ["Name?", "Age?", "Ada, 36, 1"]
    assert (bot.begun, bot.charged) == (3, ["Ada"])
    assert await answers(wechat, "hello") == ["echo hello"]


async def test_a_dialog_may_begin_again(open_desk):
    wechat = await open_desk(Survey())
    await answers(wechat, "survey", "Ada", "36")
    assert await answers(wechat, "survey", "Bob", "7") == ["Name?", "Age?", "Bob, 7, 2"]


async def test_it_goes_on_in_whichever_process_the_message_reaches(open_desk):
    bot = Survey()
    wechat = await open_desk(bot)
    other = await wechat.beside()
    assert (await wechat.says("survey")).text == "Name?"
    assert (await other.says("Ada")).text == "Age?"
    await other.kill()
    assert (await wechat.says("36")).text == "Ada, 36, 1"
    assert bot.charged == ["Ada"]


async def test_no_coroutine_is_kept_and_the_follower_s_turn_is_released(open_desk):
    wechat = await open_desk(Survey())
    await wechat.says("survey")
    assert wechat.inbox.runs == {}
    assert [job.state for job in await wechat.jobs()] == ["replied"]


async def test_the_question_session_and_dialog_are_one_commit(open_desk):
    wechat = await open_desk(Survey())
    commits = wechat.watched("finish")
    await wechat.says("survey")
    [(before, after)] = commits
    assert before.rows == {}
    assert [len(job.parts) for job in after.box.jobs] == [1]
    assert load(after.rows[DIALOG]).question == "Name?"
    assert b'"n":1' in after.rows[SESSION]


class TestSession:
    async def test_a_replay_does_not_apply_its_changes_twice(self, open_desk):
        wechat = await open_desk(Survey())
        assert (await answers(wechat, "survey", "Ada", "36"))[-1] == "Ada, 36, 1"
        assert await answers(wechat, "n") == ["11"]

    async def test_what_another_message_changed_meanwhile_is_not_lost(self, open_desk):
        def bot(account):
            Survey()(account)

            @account.event("mark")
            async def mark(event, session):
                session["n"] = 100

        wechat = await open_desk(bot)
        await wechat.says("survey")
        await wechat.sends(wechat.event("mark"))
        await answers(wechat, "Ada", "36")
        assert await answers(wechat, "n") == ["111"]


class TestEnds:
    async def test_after_its_time_the_next_message_is_an_ordinary_one(self, open_desk):
        bot = Survey()
        wechat = await open_desk(bot)
        await wechat.says("survey")
        await wechat.idle(599)
        assert await answers(wechat, "Ada") == ["Age?"]
        await wechat.idle(601)
        assert await answers(wechat, "36") == ["echo 36"]
        assert await dialog(wechat) is None

    @pytest.mark.parametrize("word", ["取消", "cancel", " Cancel "])
    async def test_a_cancel_word_ends_it(self, open_desk, word):
        wechat = await open_desk(Survey())
        assert await answers(wechat, "survey", word, "hello") == ["Name?", "已取消", "echo hello"]
        assert await dialog(wechat) is None

    async def test_the_words_are_settable(self, open_desk):
        wechat = await open_desk(Survey(), cancel=("stop",), cancelled="stopped")
        assert await answers(wechat, "survey", "cancel", "stop") == ["Name?", "Age?", "stopped"]

    async def test_outside_a_dialog_they_are_ordinary_texts(self, open_desk):
        wechat = await open_desk(Survey())
        assert await answers(wechat, "cancel") == ["echo cancel"]

    async def test_a_handler_that_raises_ends_it(self, open_desk, log):
        def bot(account):
            @account.text("survey")
            async def survey(message, context):
                await context.ask("Name?")
                raise LookupError("no")

            @account.text
            async def echo(message):
                return f"echo {message.content}"

        wechat = await open_desk(bot, fallback="sorry")
        assert await answers(wechat, "survey", "Ada", "hello") == ["Name?", "sorry", "echo hello"]
        assert log.tells("survey", "raised")


class TestOtherMessages:
    @pytest.mark.parametrize("kind", ["image", "voice", "location", "link", "a new kind"])
    async def test_what_is_no_text_is_asked_for_in_text(self, open_desk, kind):
        wechat = await open_desk(Survey())
        await wechat.says("survey")
        other = wechat.read({"MsgType": kind, "MsgId": "99"})
        assert await wechat.sends(other) == Answer("reply", f"{PLEASE}\nName?")
        assert await answers(wechat, "Ada") == ["Age?"]

    async def test_a_voice_that_was_recognized_is_an_answer(self, open_desk):
        wechat = await open_desk(Survey())
        await wechat.says("survey")
        voice = wechat.read({"MsgType": "voice", "Recognition": "Ada", "MsgId": "99"})
        assert (await wechat.sends(voice)).text == "Age?"

    async def test_events_pass_it_by(self, open_desk):
        wechat = await open_desk(Survey())
        await wechat.says("survey")
        assert (await wechat.sends(wechat.event("CLICK", "K"))).text == "clicked"
        assert (await wechat.sends(wechat.event("VIEW"))).kind == "success"
        assert await answers(wechat, "Ada") == ["Age?"]

    async def test_another_follower_s_message_does_too(self, open_desk):
        wechat = await open_desk(Survey())
        await wechat.says("survey")
        assert (await wechat.says("Ada", "oOther")).text == "echo Ada"

    async def test_a_repeated_push_answers_once(self, open_desk):
        bot = Survey()
        wechat = await open_desk(bot)
        await wechat.says("survey")
        message = wechat.text("Ada")
        for _ in range(3):
            assert (await wechat.push(message)).text == "Age?"
        assert await answers(wechat, "36") == ["Ada, 36, 1"]

    async def test_a_pick_up_word_is_an_answer(self, open_desk):
        wechat = await open_desk(Survey())
        assert await answers(wechat, "survey", "继续") == ["Name?", "Age?"]


class TestCheck:
    async def test_an_answer_it_refuses_is_asked_again_with_the_reason(self, open_desk):
        wechat = await open_desk(Survey())
        await answers(wechat, "survey", "Ada")
        assert (await wechat.says("old")).text.endswith("'old'\nAge?")
        assert await answers(wechat, "36") == ["Ada, 36, 1"]


class TestAroundIt:
    async def test_middleware_sees_each_message_of_a_dialog(self, open_desk):
        seen = []

        def bot(account):
            @account.middleware
            async def notes(message, call_next):
                try:
                    return await call_next(message)
                finally:
                    seen.append(message.content)

            Survey()(account)

        wechat = await open_desk(bot)
        texts = await answers(wechat, "survey", "Ada", "36")
        assert texts == ["Name?", "Age?", "Ada, 36, 1"]
        assert seen == ["survey"] * 3

    async def test_an_ask_in_a_try_is_not_caught(self, open_desk):
        def bot(account):
            @account.text("survey")
            async def survey(message, context):
                try:
                    return await context.ask("Name?")
                except Exception:
                    return "caught"

        wechat = await open_desk(bot)
        assert await answers(wechat, "survey", "Ada") == ["Name?", "Ada"]

    async def test_a_blank_question_is_the_author_s_error(self, open_desk, log):
        def bot(account):
            @account.text("survey")
            async def survey(message, context):
                return await context.ask(" ")

        wechat = await open_desk(bot, fallback="sorry")
        assert await answers(wechat, "survey") == ["sorry"]
        assert log.tells("survey", "raised")

    async def test_an_ask_in_a_task_group_is_an_error_and_no_hanging_message(self, open_desk, log):
        def bot(account):
            @account.text("survey")
            async def survey(message, context):
                async with asyncio.TaskGroup():
                    return await context.ask("Name?")

        wechat = await open_desk(bot, fallback="sorry")
        assert await answers(wechat, "survey") == ["sorry"]
        assert log.tells("survey", "raised")

    async def test_a_slow_step_of_a_dialog_goes_by_the_ladder(self, open_desk):
        def bot(account):
            @account.text("survey")
            async def survey(message, context):
                name = await context.ask("Name?")
                await asyncio.sleep(20)
                return f"hello {name}"

        wechat = await open_desk(bot)
        await wechat.says("survey")
        assert (await wechat.says("Ada")).kind == "working"
        await wechat.idle()
        assert (await wechat.says("继续")).text == "hello Ada"

    async def test_a_long_question_is_shown_in_parts(self, open_desk):
        def bot(account):
            @account.text("survey")
            async def survey(message, context):
                return await context.ask("字" * 1000)

        wechat = await open_desk(bot)
        answer = await wechat.says("survey")
        assert answer.kind == "more"

    async def test_rerun_false_of_the_dialog_s_handler_counts(self, open_desk):
        runs = []

        def bot(account):
            @account.text("pay", rerun=False)
            async def pay(message, context):
                await context.ask("Sure?")
                runs.append(message.content)
                await asyncio.sleep(20)

            Slow()(account)

        wechat = await open_desk(bot)
        other = await wechat.beside()
        await wechat.says("pay")
        await wechat.push(wechat.text("yes"), seconds=1)
        await wechat.kill()
        await other.idle(60)
        assert runs == ["pay"]
        assert [job.note for job in await other.jobs("dead")] == ["rerun=False"]
