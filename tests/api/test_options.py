"""What the settings decide about calls: which token, by which way, and what is loaded before."""

import subprocess
import sys

import pytest

import wechat as pushes
from api.wechat_api import WeChatApi
from yizhan import Account
from yizhan.api import AsyncClient, Client, HttpTransport, Response
from yizhan.api.component import Component
from yizhan.api.transport import proxy_of
from yizhan.errors import SettingsError

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


@pytest.mark.parametrize("face", [AsyncClient, Client])
@pytest.mark.parametrize(
    ("arguments", "options", "error", "told"),
    [
        ((None, "s"), {}, SettingsError, "AppID must be a text, not NoneType"),
        (("wx1", None), {}, SettingsError, "AppSecret must be a text, not NoneType"),
        (("wx1", "s"), {"session": None}, TypeError, "takes no session"),
        (("wx1", "s"), {"timeout": 5}, TypeError, "a time-out goes with each call"),
        (("wx1", "s"), {"token": "old"}, SettingsError, "stable, classic"),
        (("wx1", "s"), {"proxy": {"https": "http://p:1"}}, SettingsError, "proxy must be one of"),
        (("wx1", "s\n"), {}, SettingsError, "AppSecret has spaces or line breaks around it"),
        (("wx1", "s"), {"shelf": "tokens.db"}, SettingsError, "FileShelf"),
        (("wx1", "s"), {"transport": "http://p:1"}, SettingsError, "HttpTransport"),
        (("wx1", "s"), {"on_call": "note"}, SettingsError, "CallReport"),
    ],
)
def test_what_no_client_takes_is_refused_when_it_is_made(face, arguments, options, error, told):
    with pytest.raises(error, match=told):
        face(*arguments, **options)


@pytest.mark.parametrize("missing", ["push_token", "aes_key"])
def test_a_platform_without_keys_is_refused(missing):
    keys = {"push_token": "t", "aes_key": "a" * 43, missing: ""}
    with pytest.raises(SettingsError, match="push_token and aes_key"):
        Component("wx1", "s", **keys)


@pytest.mark.parametrize("bad", ["ftp://127.0.0.1", "http://127.0.0.1:99999", "http://[::1"])
class TestAddresses:
    """What nobody can connect to is refused in a sentence, and not at the first call."""

    @pytest.mark.parametrize("option", ["base", "proxy"])
    def test_a_client_takes_none(self, bad, option):
        with pytest.raises(SettingsError, match=f"{option} must be one of: http://"):
            AsyncClient("wx1", "s", **{option: bad})

    def test_a_platform_takes_none(self, bad):
        keys = {"push_token": "t", "aes_key": "a" * 43}
        with pytest.raises(SettingsError, match="base must be one of: http://"):
            Component("wx1", "s", base=bad, **keys)

    async def test_nor_is_one_taken_from_the_environment(self, bad, monkeypatch):
        monkeypatch.setenv("https_proxy", bad)
        transport = HttpTransport()
        with pytest.raises(SettingsError, match="HTTPS_PROXY must be one of: http://"):
            await transport.send("GET", "https://api.weixin.example/", {}, None)
        await transport.close()


def test_a_proxy_of_the_environment_may_lack_its_scheme(monkeypatch):
    monkeypatch.setenv("https_proxy", "proxy.example:3128")
    assert proxy_of("https://api.weixin.example/") == "http://proxy.example:3128"
    assert proxy_of("https://127.0.0.1/") is None
