"""What makes two pushes one message, and that a message is kept before anything runs."""

import json
from typing import Any

import pytest

from desk import Answer, Slow, key_of
from yizhan import messages
from yizhan.errors import Refused
from yizhan.inbox import key
from yizhan.inbox.push import Accepted
from yizhan.store.mailbox import Binding

TEXT = {
    "ToUserName": "gh_a",
    "FromUserName": "oFan",
    "CreateTime": "1764000000",
    "MsgType": "text",
    "Content": "hello",
    "MsgId": "24000000000000001",
}
CLICK = {
    "ToUserName": "gh_a",
    "FromUserName": "oFan",
    "CreateTime": "1764000000",
    "MsgType": "event",
    "Event": "CLICK",
    "EventKey": "HELP",
}


def of(fields: dict[str, Any], body: bytes = b"<xml/>", **other: Any) -> str:
    return key.of(messages.read(fields | other), body)


@pytest.mark.parametrize(
    "other", [{"Content": "something else"}, {"CreateTime": "1764000009"}, {"MsgType": "image"}]
)
def test_a_message_is_known_by_its_id_alone(other):
    assert of(TEXT, **other) == of(TEXT)
    assert of(TEXT, b"another body") == of(TEXT)


@pytest.mark.parametrize(
    "other", [{"MsgId": "24000000000000002"}, {"FromUserName": "oOther"}, {"ToUserName": "gh_b"}]
)
def test_another_id_follower_or_account_is_another_message(other):
    assert of(TEXT, **other) != of(TEXT)


def test_an_event_repeated_is_the_same_event():
    assert of(CLICK) == of(dict(CLICK))


def test_an_event_s_name_is_the_same_in_any_case():
    assert of(CLICK, Event="click") == of(CLICK)


@pytest.mark.parametrize(
    "other",
    [
        {"ToUserName": "gh_b"},
        {"FromUserName": "oOther"},
        {"CreateTime": "1764000001"},
        {"Event": "SCAN"},
        {"EventKey": "OTHER"},
        {"MsgID": "3500000000000000001"},
        {"UserCardCode": "123"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_two_events_of_one_second_differ_by_any_of_these(other):
    assert of(CLICK, **other) != of(CLICK)


def test_events_that_differ_nowhere_else_differ_by_their_body():
    assert of(CLICK, b"<trace_id>1</trace_id>") != of(CLICK, b"<trace_id>2</trace_id>")


def test_an_event_with_the_id_of_a_message_is_not_that_message():
    assert of(CLICK, MsgId=TEXT["MsgId"]) != of(TEXT)


def test_a_message_without_an_id_is_known_by_its_time_and_body():
    bare = {name: value for name, value in TEXT.items() if name != "MsgId"}
    assert of(bare) == of(bare)
    assert of(bare, CreateTime="1764000001") != of(bare)
    assert of(bare, b"another body") != of(bare)


async def test_the_whole_message_is_kept_before_its_handler_runs(open_desk):
    def bot(account):
        @account.text
        async def handler(message):
            kept.extend(await wechat.jobs())

    kept = []
    wechat = await open_desk(bot)
    message = wechat.text("hello")
    await wechat.sends(message)
    [job] = kept
    assert (job.key, job.state) == (key_of(message), "running")
    assert json.loads(job.body) == message.raw


async def test_a_push_that_cannot_be_kept_is_refused_and_nothing_runs(open_desk):
    bot = Slow()
    wechat = await open_desk(bot)
    wechat.way.failing.add("accept")
    message = wechat.text("hello")
    assert (await wechat.push(message)).kind == "busy"
    assert bot.runs == []
    wechat.way.failing.clear()
    assert (await wechat.push(message)).text == "hello"
    assert bot.runs == ["hello"]


async def test_a_push_of_a_running_message_joins_it(open_desk):
    bot = Slow()
    wechat = await open_desk(bot)
    message = wechat.text("3 rain")
    first = wechat.loop.create_task(wechat.push(message))
    await wechat.idle(1)
    assert await wechat.push(message) == Answer("reply", "rain", 2.0)
    assert (await first).text == "rain"
    assert bot.runs == ["3 rain"]


async def test_a_push_of_a_message_that_is_done_gets_the_stored_answer_again(open_desk):
    bot = Slow()
    wechat = await open_desk(bot)
    message = wechat.text("hello")
    for _ in range(3):
        assert await wechat.push(message) == Answer("reply", "hello")
    assert bot.runs == ["hello"]
    assert wechat.inbox.meter.of("repeats") == 2


async def test_a_push_of_a_message_that_was_only_acknowledged_is_acknowledged_again(open_desk):
    def bot(account):
        @account.text
        async def handler(message):
            runs.append(message.content)

    runs = []
    wechat = await open_desk(bot)
    message = wechat.text("hello")
    for _ in range(3):
        assert await wechat.push(message) == Answer("success")
    assert runs == ["hello"]


async def test_many_pushes_of_one_message_at_once_run_its_handler_once(open_desk):
    bot = Slow()
    wechat = await open_desk(bot)
    message = wechat.text("1 rain")
    pushes = [wechat.loop.create_task(wechat.push(message)) for _ in range(50)]
    assert {(await push).text for push in pushes} == {"rain"}
    assert bot.runs == ["1 rain"]


async def test_a_signature_that_came_with_another_body_before_is_refused(open_desk):
    bot = Slow()
    wechat = await open_desk(bot)
    bound = [Binding("signature", digest, 600.0) for digest in (b"one", b"one", b"two")]
    first, same, forged = (
        Accepted(wechat.text(f"{n}"), f"key {n}", binding) for n, binding in enumerate(bound)
    )
    wechat.written(await wechat.answer(first, wechat.line()))
    wechat.written(await wechat.answer(same, wechat.line()))
    with pytest.raises(Refused) as refused:
        await wechat.answer(forged, wechat.line())
    assert refused.value.reason == "signature_reuse"
    assert bot.runs == ["0", "1"]


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ("gh_a:o6_bmjrPTlm6_2sgVt7hMZOPfL2M:4711", "gh_a:o6_b…fL2M:4711"),
        ("gh_a:oFan:a:b", "gh_a:…:a:b"),
        ("@unread:0123456789abcdef", "@unread:0123456789abcdef"),
    ],
)
def test_a_key_in_a_log_has_no_whole_openid(kept: str, shown: str) -> None:
    assert key.masked(kept) == shown
