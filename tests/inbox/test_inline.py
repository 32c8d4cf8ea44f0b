"""Point 1: an answer that is ready before the deadline is the reply."""

import asyncio

import pytest

from desk import Answer, Slow
from yizhan import Article, Image, Music, News, Text, Transfer, Video, Voice


async def test_an_answer_that_is_ready_goes_out_at_once(open_desk):
    wechat = await open_desk(Slow())
    assert await wechat.says("hello") == Answer("reply", "hello", 0.0)


async def test_an_answer_ready_before_the_deadline_goes_out_when_it_is_ready(open_desk):
    wechat = await open_desk(Slow())
    assert await wechat.says("4 rain") == Answer("reply", "rain", 4.0)


@pytest.mark.parametrize(
    "reply",
    [
        Text("hi"),
        Image("id"),
        Voice("id"),
        Video("id", title="t"),
        Music("id", url="https://example.com"),
        News(Article("t")),
        Transfer(),
        Transfer("kf@gh"),
    ],
    ids=lambda reply: type(reply).__name__,
)
async def test_any_kind_of_reply_goes_out_as_it_is(open_desk, reply):
    def bot(account):
        @account.text
        async def handler(message):
            return reply

    wechat = await open_desk(bot)
    await wechat.says("hello")
    assert wechat.world.replies == [reply]


@pytest.mark.parametrize("result", [None, "", " \n ", "\ufffe"])
async def test_nothing_to_say_is_acknowledged(open_desk, result):
    def bot(account):
        @account.text
        async def handler(message):
            return result

    wechat = await open_desk(bot)
    assert await wechat.says("hello") == Answer("success")
    [job] = await wechat.jobs()
    assert (job.state, job.reply) == ("replied", b"")


async def test_what_was_written_is_recorded_as_the_reply(open_desk):
    wechat = await open_desk(Slow())
    await wechat.says("hello")
    [job] = await wechat.jobs()
    assert (job.state, job.parts, job.reply) == (
        "replied",
        (),
        b'[{"type":"text","content":"hello"}]',
    )


async def test_a_handler_gets_what_it_asks_for_by_name(open_desk):
    def bot(account):
        @account.text(regex=r"(?P<what>\w+) in (?P<city>\w+)( (?P<when>today))?")
        async def handler(message, city, what, when, account, api, session):
            got.extend((account, api))
            session["city"] = city
            return f"{what}, {city}, {when}"

    got = []
    wechat = await open_desk(bot)
    assert (await wechat.says("rain in Paris")).text == "rain, Paris, None"
    assert got == [wechat.account, wechat.account.api]


async def test_a_message_that_nobody_takes_is_acknowledged_and_the_log_says_what_to_write(
    open_desk, caplog
):
    caplog.set_level("INFO", "yizhan")
    wechat = await open_desk(lambda account: None)
    assert await wechat.says("hello") == Answer("success")
    assert await wechat.sends(wechat.event("VIEW", "https://example.com")) == Answer("success")
    assert wechat.inbox.meter.of("unheard") == 2
    assert "@account.text" in caplog.text
    assert "@account.view" in caplog.text


@pytest.mark.parametrize(
    ("content", "fixed"),
    [
        ("你好", ()),
        ("a]]>b", ("escaped",)),
        ("a\x0bb", ("forbids",)),
        ("字" * 700, ("2048 bytes",)),
        ("字" * 600, ()),
        ("a\x0b]]>b", ("forbids", "escaped")),
        ("字" * 700 + "\x0b", ("2048 bytes", "forbids")),
    ],
    ids=["plain", "the end of CDATA", "a control character", "too long", "long", "two", "others"],
)
async def test_a_reply_that_was_mended_is_told_to_the_log_without_its_words(
    open_desk, caplog, content, fixed
):
    caplog.set_level("INFO", "yizhan")
    wechat = await open_desk(lambda account: account.text(lambda message: content))
    await wechat.says("hello")
    told = [record for record in caplog.records if getattr(record, "reason", "") == "reply_fixed"]
    said = [record.getMessage() for record in told]
    assert len(said) == len(fixed)
    assert all(word in line for word, line in zip(fixed, said, strict=True))
    assert content not in "".join(said)


async def test_that_costs_nothing_where_nobody_reads_it(open_desk, caplog):
    caplog.set_level("ERROR", "yizhan")
    wechat = await open_desk(lambda account: None)
    assert await wechat.says("hello") == Answer("success")


@pytest.mark.parametrize("fallback", ["", "sorry"])
@pytest.mark.parametrize("result", [42, ["a", "b"], {"text": "a"}, b"bytes", News()], ids=repr)
async def test_a_result_that_is_no_reply_is_logged_and_the_follower_gets_the_fallback(
    open_desk, log, result, fallback
):
    def bot(account):
        @account.text
        async def handler(message):
            return result

    wechat = await open_desk(bot, fallback=fallback)
    answer = await wechat.says("hello")
    assert answer == (Answer("reply", "sorry") if fallback else Answer("success"))
    assert log.tells("ERROR", "handler", "test_inline.py")


async def test_a_handler_that_raises_is_logged_and_the_follower_gets_the_fallback(open_desk, log):
    def bot(account):
        @account.text
        async def breaks(message):
            raise LookupError("no such city")

    wechat = await open_desk(bot, fallback="sorry")
    assert await wechat.says("hello") == Answer("reply", "sorry")
    assert log.tells("ERROR", "breaks", "raised")
    assert wechat.inbox.meter.of("handler_errors") == 1


class TestErrorHandler:
    async def test_it_answers_for_a_handler_that_raises(self, open_desk, log):
        def bot(account):
            @account.text
            async def breaks(message):
                raise LookupError("no such city")

            @account.error
            async def explain(message, error):
                return f"{message.content}: {error.args[0]}"

        wechat = await open_desk(bot, fallback="sorry")
        assert await wechat.says("hello") == Answer("reply", "hello: no such city")
        assert log.tells("breaks", "raised")

    @pytest.mark.parametrize(
        "second",
        [ValueError("second"), SystemExit(), KeyboardInterrupt(), asyncio.CancelledError()],
    )
    async def test_when_it_raises_too_both_are_logged_and_the_fallback_goes_out(
        self, open_desk, log, second
    ):
        def bot(account):
            @account.text
            async def breaks(message):
                raise LookupError("first")

            @account.error
            async def explain(message):
                raise second

        wechat = await open_desk(bot, fallback="sorry")
        assert await wechat.says("hello") == Answer("reply", "sorry")
        assert log.tells("breaks", "raised")
        assert log.tells("error", "raised")

    async def test_it_has_the_handler_s_time(self, open_desk, log):
        def bot(account):
            @account.text
            async def breaks(message):
                raise LookupError("first")

            @account.error
            async def explain(message):
                await asyncio.sleep(100)

        wechat = await open_desk(bot, fallback="sorry", handler_timeout=3)
        assert await wechat.says("hello") == Answer("reply", "sorry", 3.0)
        assert log.tells("breaks", "raised")
        assert log.tells("error", "raised")

    async def test_it_may_say_several_things(self, open_desk, log):
        def bot(account):
            @account.text
            async def breaks(message):
                raise LookupError("first")

            @account.error
            async def explain(message):
                yield "one"
                await asyncio.sleep(2)
                yield "two"

        wechat = await open_desk(bot)
        assert (await wechat.says("hello")).text == "one\n\n还有 1 条，回复“继续”获取"
        assert log.tells("breaks", "raised")
        await wechat.idle()
        assert (await wechat.says("继续")).text == "two"


@pytest.mark.parametrize(
    "leak",
    [
        asyncio.CancelledError(),
        SystemExit(1),
        KeyboardInterrupt(),
        GeneratorExit(),
        StopIteration(),
        StopAsyncIteration(),
    ],
    ids=repr,
)
@pytest.mark.parametrize("plain", [False, True], ids=["async", "plain"])
async def test_what_a_handler_leaks_ends_its_message_and_nothing_else(open_desk, log, leak, plain):
    async def leaks(message):
        raise leak

    def leaks_plainly(message):
        raise leak

    def bot(account):
        account.text("leak")(leaks_plainly if plain else leaks)

        @account.text
        async def echo(message):
            return message.content

    wechat = await open_desk(bot, fallback="sorry")
    assert (await wechat.says("leak")).text == "sorry"
    assert log.tells("leaks", "raised")
    assert await wechat.says("hello") == Answer("reply", "hello")
    assert await wechat.jobs("running", "dead") == []


async def test_a_handler_may_await_something_that_was_cancelled(open_desk, log):
    def bot(account):
        @account.text
        async def awaits(message):
            other = asyncio.ensure_future(asyncio.sleep(100))
            other.cancel()
            await other

    wechat = await open_desk(bot, fallback="sorry")
    assert await wechat.says("hello") == Answer("reply", "sorry")
    assert log.tells("awaits", "raised")


async def test_a_fault_of_our_own_lists_the_message_and_answers_success(
    open_desk, log, monkeypatch
):
    wechat = await open_desk(Slow())
    with monkeypatch.context() as broken:
        broken.setattr("yizhan.inbox.runs.dump", lambda replies: 1 / 0)
        assert await wechat.says("hello") == Answer("success")
    assert log.tells("CRITICAL", "report it")
    [job] = await wechat.jobs("dead")
    assert "ZeroDivisionError" in job.note
    assert wechat.inbox.meter.of("faults") == 1
    assert await wechat.says("hello") == Answer("reply", "hello")


async def test_half_a_surrogate_pair_is_sent_as_a_replacement_character(open_desk):
    def bot(account):
        @account.text
        async def handler(message):
            return "face \ud83d"

    wechat = await open_desk(bot, kind="service", verified=True)
    await wechat.says("hello")
    [job] = await wechat.jobs()
    assert job.state == "replied"
    assert "\ufffd".encode() in job.reply


class TestOverload:
    async def test_too_many_messages_in_hand_are_refused_before_they_are_kept(self, open_desk):
        bot = Slow()
        wechat = await open_desk(bot, max_jobs=2)
        held = [wechat.loop.create_task(wechat.says("3 rain", f"o{n}")) for n in range(2)]
        await wechat.idle(1)
        answer = await wechat.push(wechat.text("hello"))
        assert (answer.kind, answer.text) == ("busy", "2 messages are in flight")
        assert len(await wechat.jobs()) == 2
        assert [(await task).text for task in held] == ["rain", "rain"]

    async def test_a_push_of_a_message_in_hand_is_let_in_all_the_same(self, open_desk):
        bot = Slow()
        wechat = await open_desk(bot, max_jobs=1)
        message = wechat.text("8 rain")
        assert await wechat.sends(message) == Answer("reply", "rain", 3.0)
        assert wechat.screen() == ["rain"]
