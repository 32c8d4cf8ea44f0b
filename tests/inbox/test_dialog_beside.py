"""What happens to a dialog beside which something else asks, and to one that a deploy changes."""

import pytest

from inbox.survey import answers, dialog

TAPPED = {"MsgType": "text", "Content": "a", "bizmsgmenuid": "yz0123456789ab-1"}
CLICKED = {"MsgType": "event", "Event": "CLICK", "EventKey": "x"}
SCANNED = {"MsgType": "event", "Event": "SCAN", "EventKey": "1"}
TYPED = {"MsgType": "text", "Content": "hm"}


def bot(asks: bool):
    def setup(account):
        @account.text("go")
        async def first(message, context):
            return f"first {await context.ask('one?')}"

        async def second(message, context):
            return f"second {await context.ask('two?')}" if asks else "quick"

        account.click(second)
        account.scan(second)
        account.text("a")(second)

    return setup


@pytest.mark.parametrize(
    ("pushed", "asks", "said", "told", "then"),
    [
        (CLICKED, False, "quick", False, "first x"),
        (CLICKED, True, "two?", True, "second x"),
        (SCANNED, True, "two?", True, "second x"),
        (TAPPED, False, "quick", False, "first x"),  # a choice of another question
        (TAPPED, True, "two?", True, "second x"),
        (TYPED, True, "first hm", False, ""),  # the answer
    ],
)
async def test_who_asks_beside_an_open_dialog_ends_it_and_the_log_says_so(
    open_desk, log, pushed, asks, said, told, then
):
    wechat = await open_desk(bot(asks))
    await wechat.says("go")
    assert (await wechat.sends(wechat.read({**pushed, "MsgId": "77"}))).text == said
    assert log.tells("second", "first") == told
    assert (await wechat.says("x")).text == then


@pytest.mark.parametrize(
    ("before", "after", "cancelled"),
    [
        ({}, {}, False),
        ({}, {"again": "再说一遍"}, False),
        ({}, {"choices": ["x", "y"]}, False),
        ({"choices": ["x", "y"]}, {}, False),
        ({}, {"kind": "image"}, True),
        ({"kind": "image"}, {}, True),
        ({"kind": "image"}, {"kind": "voice"}, True),
        ({"default": "d"}, {}, False),
    ],
)
async def test_only_another_kind_under_a_name_cancels_the_dialog(
    open_desk, log, before, after, cancelled
):
    asked = before

    def setup(account):
        @account.text("go")
        async def go(message, context):
            answer = await context.ask("?", **asked)
            return f"{await context.ask('more?')} {getattr(answer, 'media_id', answer)}"

        @account.message
        async def echo(message):
            return f"echo {getattr(message, 'content', message.kind)}"

    wechat = await open_desk(setup, tap=False)
    await wechat.says("go")
    photo = {"MsgType": "image", "MediaId": "m1", "MsgId": "78"}
    answer = wechat.read(photo) if before.get("kind") else wechat.text("x")
    assert (await wechat.sends(answer)).text == "more?"
    asked = after
    said = await answers(wechat, "z")
    if cancelled:
        assert said == ["echo z"]
        assert log.tells("go", "ask '?'") or log.tells("go", "ask (image) '?'")
        assert await dialog(wechat) is None
    else:
        assert said == [f"z {'m1' if before.get('kind') else 'x'}"]


async def test_a_replay_asks_no_filter_again(open_desk):
    asked = []

    def setup(account):
        @account.text(where=lambda message: asked.append(message.content) or len(asked) == 1)
        async def go(message, context):
            return await context.ask("?")

    wechat = await open_desk(setup)
    assert await answers(wechat, "go", "x") == ["?", "x"]
    assert asked == ["go"]
