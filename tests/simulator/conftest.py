import asyncio
import json
from urllib.parse import urlencode

import pytest

from yizhan.api.checks import unfit
from yizhan.api.platform import endpoint
from yizhan.simulator.api import ApiTransport, FakeApi
from yizhan.simulator.api.table import TOKENLESS
from yizhan.simulator.client import Cut, HttpAnswer, Request
from yizhan.simulator.conversation import Conversation
from yizhan.simulator.pusher import Pusher
from yizhan.simulator.seed import Seed
from yizhan.simulator.world import World
from yizhan.testing.loop import EPOCH, LoopClock, jumping

BASE = "https://api.weixin.qq.com"


class Clock(LoopClock):
    """A clock whose seconds can be waited for."""

    async def passes(self, seconds):
        await asyncio.sleep(seconds)


@pytest.fixture
async def clock():
    """A clock that jumps when everybody waits, and begins at EPOCH."""
    loop = asyncio.get_running_loop()
    with jumping(loop):
        yield Clock(loop, EPOCH - loop.time())


@pytest.fixture
def world(clock):
    return World(clock=clock, seed=Seed(secret="tests"))


@pytest.fixture
def official(world):
    return world.add_account("shop", kind="service", verified=True)


class Script:
    """A server that answers each delivery by a plan, and remembers when it was asked.

    A plan is an HttpAnswer, a Cut, or a body; a number before it is how many seconds it takes.
    The last plan goes on for ever.
    """

    url = "http://server/wechat"

    def __init__(self, *plans):
        self.plans = list(plans) or [b"success"]
        self.requests: list[Request] = []
        self.times: list[float] = []

    async def deliver(self, request, seconds):
        self.requests.append(request)
        self.times.append(round(asyncio.get_running_loop().time() - self.began, 3))
        plan = self.plans.pop(0) if len(self.plans) > 1 else self.plans[0]
        takes, plan = plan if isinstance(plan, tuple) else (0.0, plan)
        if takes >= seconds:
            await asyncio.sleep(seconds)
            return Cut("timeout")
        await asyncio.sleep(takes)
        plan = plan(request) if callable(plan) else plan
        return HttpAnswer(200, {}, plan) if isinstance(plan, bytes) else plan

    async def close(self):
        pass


@pytest.fixture
async def connect(world, official):
    """Puts a scripted server behind the account; gives a phone and the server."""
    pushers = []

    def connected(*plans, account=official):
        door = Script(*plans)
        door.began = asyncio.get_running_loop().time()
        pushers.append(Pusher(world, account, door))
        return Conversation(pushers[-1], account.add_follower(now=world.now())), door

    yield connected
    for pusher in pushers:
        await pusher.close()


@pytest.fixture
def api(world):
    return ApiTransport(FakeApi(world))


@pytest.fixture
def call(api, official, world):
    """Calls the API as a script would: by path, with a good token unless told."""

    async def called(path, body=None, *, token=None, method=None, files=None, raw=None, **query):
        if token is None and path not in TOKENLESS:
            token, _ = official.tokens.stable(world.now())
        given = {**({"access_token": token} if token else {}), **query}
        headers, content = {}, None
        if files is not None:
            headers, content = form(**files)
        elif raw is not None:
            content = raw
        elif body is not None:
            content = json.dumps(body, ensure_ascii=False).encode()
        method = method or ("GET" if content is None else "POST")
        url = f"{BASE}{path}?{urlencode(given)}"
        response = await api.send(method, url, headers, content)
        assert response.status == 200
        try:
            answer = json.loads(response.body)
        except ValueError:
            return response
        described = endpoint(path)
        if described is not None and not answer.get("errcode"):
            assert list(unfit(described, answer)) == [], "the answer is not as described"
        return answer

    return called


def form(name="media", filename="a.png", data=b"bytes", **texts):
    parts = b"".join(
        f'--b\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{text}\r\n'.encode()
        for key, text in texts.items()
    )
    head = f'--b\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
    body = parts + head.encode() + b"Content-Type: x/y\r\n\r\n" + data + b"\r\n--b--\r\n"
    return {"content-type": "multipart/form-data; boundary=b"}, body
