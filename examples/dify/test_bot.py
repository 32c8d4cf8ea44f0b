"""Dify in the process of the tests: the real client asks it, by a socket and without a network."""

import asyncio
import json
import tempfile
from contextlib import asynccontextmanager

import aiohttp
import bot
import pytest
from aiohttp import web
from bot import account

SAYS = {"event": "message", "conversation_id": "c-1"}
END = {"event": "message_end", "metadata": {}}


class FakeDify:
    """Says these events, each after a pause; `asked` has what it was asked."""

    def __init__(self):
        self.asked = []
        self.keys = set()
        self.events = [{**SAYS, "answer": "你好，"}, {**SAYS, "answer": "我在。"}, END]
        self.pause = 0.0
        self.status = 200

    async def answer(self, request):
        self.asked.append(await request.json())
        self.keys.add(request.headers["Authorization"])
        if self.status != 200 and self.asked[-1]["conversation_id"] != "":
            return web.json_response({"code": "not_found"}, status=self.status)
        response = web.StreamResponse(headers={"content-type": "text/event-stream"})
        await response.prepare(request)
        for event in ({"event": "workflow_started"}, *self.events):
            await asyncio.sleep(self.pause)
            await response.write(f"event: ping\n\ndata: {json.dumps(event)}\n\n".encode())
        return response


@asynccontextmanager
async def served(fake, monkeypatch):
    """The bot asks this Dify."""
    app = web.Application()
    app.router.add_post("/v1/chat-messages", fake.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)  # 0 is for ever in aiohttp 3.10.0
    await runner.setup()
    with tempfile.TemporaryDirectory() as folder:
        await web.UnixSite(runner, f"{folder}/dify").start()
        connector = aiohttp.UnixConnector(f"{folder}/dify")
        real = bot.Dify
        monkeypatch.setattr(bot, "Dify", lambda base, key: real(base, key, connector))
        try:
            yield
        finally:
            await runner.cleanup()


@pytest.fixture(autouse=True)
def key(monkeypatch):
    monkeypatch.setenv("DIFY_API_KEY", "app-key-of-the-tests")
    monkeypatch.setenv("DIFY_BASE_URL", "http://dify.example/v1/")


@pytest.fixture
def fake():
    return FakeDify()


async def test_an_answer_is_one_text_and_the_talk_goes_on(wechat, fake, monkeypatch):
    async with served(fake, monkeypatch), wechat(account) as chat:
        fan = chat.user()
        assert await fan.says("在吗") == "你好，我在。\n\n内容由 AI 生成"
        await fan.says("那好")
        await fan.says("清除")
        await fan.says("再来")
    talks = [asked["conversation_id"] for asked in fake.asked]
    assert talks == ["", "c-1", ""]
    assert {asked["user"] for asked in fake.asked} == {fan.openid}
    assert fake.keys == {"Bearer app-key-of-the-tests"}


async def test_a_slow_answer_comes_in_parts_of_which_each_is_marked(wechat, fake, monkeypatch):
    fake.events[0]["answer"] = "你好。"
    fake.pause = 6.0
    async with served(fake, monkeypatch), wechat(account, kind="service", verified=True) as chat:
        fan = chat.user()
        await fan.says("在吗")
        await chat.advance(60)
    assert fan.screen == ["你好。\n\n内容由 AI 生成", "我在。"]


async def test_a_silent_dify_is_not_waited_for(wechat, fake, monkeypatch):
    fake.pause = 1000.0
    async with served(fake, monkeypatch), wechat(account, kind="service", verified=True) as chat:
        fan = chat.user()
        await fan.says("在吗")
        await chat.advance(120)
        assert "断了" in fan.screen[-1]


async def test_what_came_before_an_error_stays(wechat, fake, monkeypatch):
    fake.events[1:] = [{"event": "error", "status": 400, "code": "quota", "message": "spent"}]
    async with served(fake, monkeypatch), wechat(account) as chat:
        said = await chat.user().says("在吗")
    assert said.startswith("你好，")
    assert "断了" in said


async def test_a_talk_that_dify_has_forgotten_begins_anew(wechat, fake, monkeypatch):
    fake.status = 404
    async with served(fake, monkeypatch), wechat(account) as chat:
        fan = chat.user()
        await fan.says("在吗")
        assert "我在" in await fan.says("那好")
    assert [asked["conversation_id"] for asked in fake.asked] == ["", "c-1", ""]


async def test_what_must_not_be_done_twice_is_asked_once(wechat, fake, monkeypatch):
    fake.events = [{**SAYS, "event": "agent_message", "answer": "**订好了**"}, END]
    async with served(fake, monkeypatch), wechat(account) as chat:
        fan = chat.user()
        assert await fan.says("办理 订一张票") == "订好了\n\n内容由 AI 生成"
        await fan.says("在吗")
    assert [asked["conversation_id"] for asked in fake.asked] == ["", "c-1"]
