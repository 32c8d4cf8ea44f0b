"""What the settings decide about calls: which token, by which way, and what is loaded before."""

import subprocess
import sys

import pytest

import wechat as pushes
from api.wechat_api import WeChatApi
from yizhan import Account
from yizhan.api import AsyncClient, Response

SETTINGS = {
    "appid": pushes.APPID,
    "secret": "0123456789abcdef0123456789abcdef",
    "token": pushes.TOKEN,
    "store": "memory://",
}


class Ways:
    """Stands in for the network, and tells by which proxy it was entered."""

    def __init__(self):
        self.proxies = []
        self.wechat = WeChatApi()

    def __call__(self, *, proxy=None, resolver=None):
        self.proxies.append(proxy)
        return self.wechat


@pytest.fixture
def ways(monkeypatch):
    ways = Ways()
    monkeypatch.setattr("yizhan.api.caller.HttpTransport", ways)
    monkeypatch.setattr("yizhan.api.fetching.HttpTransport", ways)
    return ways


@pytest.mark.parametrize(
    ("kind", "path"), [("stable", "/cgi-bin/stable_token"), ("classic", "/cgi-bin/token")]
)
async def test_an_account_s_token_is_of_the_kind_that_is_set(ways, kind, path):
    account = Account(**SETTINGS, api_token=kind)
    await account.api.tags.get()
    assert ways.wechat.paths == [path, "/cgi-bin/tags/get"]


@pytest.mark.parametrize(
    ("given", "proxy"),
    [({}, None), ({"api_proxy": "http://proxy.example:3128"}, "http://proxy.example:3128")],
)
async def test_an_account_s_calls_go_by_its_proxy(ways, given, proxy):
    account = Account(**SETTINGS, **given)
    await account.api.tags.get()
    assert ways.proxies == [proxy]


async def test_files_go_by_the_same_proxy(ways, tmp_path):
    ways.wechat.script = [Response(200, {"content-type": "image/jpeg"}, b"\xff\xd8\xff")]
    async with AsyncClient("wx0", "secret", proxy="http://proxy.example:3128") as client:
        await client.fetch("http://mmbiz.qpic.cn/p/0", tmp_path / "p.jpg")
    assert ways.proxies == ["http://proxy.example:3128"] * 2


PROGRAM = """
import asyncio, sys
from yizhan import Account

async def main():
    account = Account({settings})
    before = set(sys.modules)
    await account.start()
    await account.stop()
    await asyncio.get_running_loop().shutdown_default_executor()
    print("aiohttp" in before, "aiohttp" in sys.modules)

asyncio.run(main())
"""


@pytest.mark.parametrize(("secret", "loaded"), [("s3cret", True), ("", False)])
def test_what_the_first_call_needs_is_loaded_behind_the_start(secret, loaded):
    settings = ", ".join(f"{n}={v!r}" for n, v in {**SETTINGS, "secret": secret}.items())
    program = PROGRAM.format(settings=settings)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.stdout, done.returncode) == (f"False {loaded}\n", 0), done.stderr
