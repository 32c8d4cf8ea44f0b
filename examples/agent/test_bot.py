"""The real agent and the real client ask an endpoint in the process of the tests."""

import asyncio
import json

import bot
import httpx2
import pytest
from bot import account
from openai import AsyncOpenAI, DefaultAsyncHttpxClient

from yizhan.messages import TextMessage

MARK = "\n\n内容由 AI 生成"


class FakeEndpoint(httpx2.AsyncBaseTransport):
    """Answers each request with the next of `replies`: texts in pieces, or the call of a tool.

    `asked` has what it was asked. A piece that is an error breaks the answer off.
    """

    def __init__(self):
        self.replies = []
        self.asked = []

    async def handle_async_request(self, request):
        self.asked.append(json.loads(await request.aread()))
        kind = {"content-type": "text/event-stream"}
        return httpx2.Response(200, headers=kind, stream=Events(self.replies.pop(0)))


class Events(httpx2.AsyncByteStream):
    """A reply as server-sent events."""

    def __init__(self, reply):
        self.reply = reply

    async def __aiter__(self):
        for number, piece in enumerate(self.reply):
            if isinstance(piece, Exception):
                raise piece
            if isinstance(piece, str):
                yield event({"content": piece})
            else:
                name, arguments = piece
                function = {"name": name, "arguments": json.dumps(arguments)}
                call = {
                    "index": 0,
                    "id": f"call-{number}",
                    "type": "function",
                    "function": function,
                }
                yield event({"tool_calls": [call]})
        yield event({}, "stop" if isinstance(self.reply[-1], str) else "tool_calls")
        yield b"data: [DONE]\n\n"


def event(delta, finish=None):
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    chunk = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "fake"}
    return b"data: %s\n\n" % json.dumps({**chunk, "choices": [choice]}).encode()


@pytest.fixture
def endpoint(monkeypatch):
    """What stands behind the client."""
    endpoint = FakeEndpoint()

    def made(**options):
        client = DefaultAsyncHttpxClient(transport=endpoint)
        return AsyncOpenAI(**options, http_client=client, max_retries=0)

    monkeypatch.setattr(bot, "AsyncOpenAI", made)
    monkeypatch.setattr(bot, "ORDERS", {"A-1024": "已付款"})
    monkeypatch.setenv("OPENAI_API_KEY", "key-of-the-tests")
    monkeypatch.setenv("OPENAI_MODEL", "fake")
    return endpoint


async def test_an_answer_is_one_text_and_the_talk_goes_on(wechat, endpoint):
    endpoint.replies = [["你好，", "我在。"], ["好的。"], ["重来。"]]
    async with wechat(account) as chat:
        fan = chat.user()
        assert await fan.says("在吗") == "你好，我在。" + MARK
        await fan.says("那好")
        await fan.says("清除")
        await fan.says("再来")
    said = [[each["role"] for each in asked["messages"]] for asked in endpoint.asked]
    assert said == [
        ["system", "user"],
        ["system", "user", "assistant", "user"],
        ["system", "user"],
    ]


async def test_a_tool_is_called_and_its_result_told(wechat, endpoint):
    endpoint.replies = [["我查一下。", ("look_up_order", {"number": "A-1024"})], ["已付款。"]]
    async with wechat(account) as chat:
        assert await chat.user().says("A-1024 到哪了") == "我查一下。已付款。" + MARK
    assert endpoint.asked[1]["messages"][-1]["content"] == "已付款"


async def test_what_came_before_an_error_stays(wechat, endpoint):
    endpoint.replies = [["你好。", httpx2.ReadError("lost")]]
    async with wechat(account) as chat:
        said = await chat.user().says("在吗")
    assert said.startswith("你好。")
    assert "断了" in said


async def test_calls_of_tools_have_an_end(wechat, endpoint):
    endpoint.replies = [[("look_up_order", {"number": "A-1"})] for _ in range(9)]
    async with wechat(account) as chat:
        assert "分开问" in await chat.user().says("查查")
    assert len(endpoint.asked) == 5


class Steps:
    """What a handler's `context` keeps, as the store would after a crash."""

    def __init__(self, message):
        self.message = message
        self.kept = {}

    async def step(self, name, action):
        if name not in self.kept:
            self.kept[name] = await action()
        return self.kept[name]


def test_after_a_crash_no_order_is_cancelled_again(endpoint, monkeypatch):
    cancelled = []

    async def cancel(number, follower):
        cancelled.append((number, follower))
        return "已取消"

    async def story():
        message = TextMessage(from_user="o-fan", content="取消 A-1024")
        steps = Steps(message)
        await bot.connect()
        run = bot.pieces(message.content, steps, {})
        await anext(run)
        await run.aclose()  # and here the process dies
        again = [piece async for piece in bot.pieces(message.content, steps, {})]
        await bot.disconnect()
        return "".join(again)

    monkeypatch.setattr(bot, "cancel", cancel)
    call = [("cancel_order", {"number": "A-1024"})]
    endpoint.replies = [call, ["好了。"], call, ["取消好了。"]]
    assert asyncio.run(story()) == "取消好了。"
    assert cancelled == [("A-1024", "o-fan")]
