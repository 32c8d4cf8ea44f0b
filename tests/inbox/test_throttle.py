"""A handler's throttle in the engine: counted once for each message, in the mailbox."""

from inbox.survey import answers
from yizhan import PASS
from yizhan.store.mailbox import THROTTLE

SLOWLY = "太频繁了，请稍后再试。"


def bot(account):
    @account.text("model", throttle="2/min")
    async def model(message):
        return "answer"

    @account.text("own", throttle="1/min", throttled="慢点。")
    async def own(message):
        return "answer"

    @account.text("silent", throttle="1/min", throttled="")
    async def silent(message):
        return "answer"

    @account.text("ask", throttle="1/min")
    async def asks(message, context):
        first = await context.ask("一？")
        return f"{first} {await context.ask('二？')}"

    @account.text("pass", throttle="1/min")
    async def passes(message):
        return PASS

    @account.text("fail", throttle="1/min")
    async def fails(message):
        raise LookupError

    @account.text
    async def echo(message):
        return f"echo {message.content}"


async def test_who_writes_too_often_is_told(open_desk):
    wechat = await open_desk(bot)
    assert await answers(wechat, *["model"] * 3) == ["answer", "answer", SLOWLY]
    assert wechat.inbox.meter.of("throttled") == 1
    await wechat.idle(61)
    assert await answers(wechat, "model") == ["answer"]


async def test_other_handlers_and_other_followers_are_not(open_desk):
    wechat = await open_desk(bot)
    await answers(wechat, "model", "model")
    assert await answers(wechat, "hello") == ["echo hello"]
    assert (await wechat.says("model", "oOther")).text == "answer"


async def test_a_handler_may_say_it_in_its_own_words_or_not_at_all(open_desk):
    wechat = await open_desk(bot)
    assert await answers(wechat, "own", "own") == ["answer", "慢点。"]
    await wechat.says("silent")
    assert (await wechat.says("silent")).kind == "success"


async def test_answers_to_questions_are_free(open_desk):
    wechat = await open_desk(bot)
    assert await answers(wechat, "ask", "1", "2") == ["一？", "二？", "1 2"]
    assert await answers(wechat, "ask") == [SLOWLY]


async def test_what_a_handler_passes_on_is_not_counted(open_desk):
    wechat = await open_desk(bot)
    assert await answers(wechat, *["pass"] * 3) == ["echo pass"] * 3


async def test_what_fails_is(open_desk, log):
    wechat = await open_desk(bot, fallback="sorry")
    assert await answers(wechat, "fail", "fail") == ["sorry", SLOWLY]
    assert log.tells("fail", "raised")


async def test_a_repeated_push_is_counted_once(open_desk):
    wechat = await open_desk(bot)
    message = wechat.text("model")
    for _ in range(3):
        assert (await wechat.push(message)).text == "answer"
    assert await answers(wechat, "model", "model") == ["answer", SLOWLY]


async def test_another_process_counts_on(open_desk):
    wechat = await open_desk(bot)
    other = await wechat.beside()
    await wechat.says("model")
    await other.says("model")
    assert await answers(wechat, "model") == [SLOWLY]


async def test_who_is_not_throttled_has_no_row(open_desk):
    wechat = await open_desk(bot)
    commits = wechat.watched("finish")
    await answers(wechat, "hello", "model")
    assert [THROTTLE in after.rows for _, after in commits] == [False, True]
