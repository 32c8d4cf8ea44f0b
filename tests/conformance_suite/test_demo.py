"""The demo passes in full: three modes, one and two workers, SQLite and Redis."""

import asyncio
import shutil
from pathlib import Path

import pytest

from redis_server import RedisServer
from served import serving
from yizhan.conformance.cases import CASES
from yizhan.conformance.diagnosis import diagnose
from yizhan.conformance.forging import Forger
from yizhan.conformance.http import address_of
from yizhan.conformance.runner import run
from yizhan.conformance.target import Server

DEMO = Path(__file__).resolve().parents[2] / "examples" / "demo"
TOKEN = "demotoken2026yizhan"
KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
MODES = {
    "plain": ("/wechat", None),
    "compat": ("/wechat-compat", "wx0123456789abcdef"),
    "safe": ("/wechat-safe", "wxfedcba9876543210"),
}
SLOW = "慢"  # the demo takes twelve seconds for it


def seen(port: int, mode) -> Server:
    path, appid = MODES[mode]
    forger = Forger(KEY, appid) if appid else None
    url = f"http://127.0.0.1:{port}{path}"
    return Server(address_of(url), TOKEN, mode, forger, slow=SLOW)


async def passes(server: Server) -> list[str]:
    """What fails, with its reason."""
    diagnosis = await diagnose(server)
    assert diagnosis.verified, diagnosis.findings
    results = await run(server, CASES)
    assert sum(result.outcome == "passed" for result in results) >= 120
    return [f"{each.case.id}: {each.why}" for each in results if each.outcome == "failed"]


def demo(tmp_path, *arguments, **environ):
    for name in ("bot.py", "demo.py"):
        shutil.copy(DEMO / name, tmp_path / name)
    return serving(tmp_path, *arguments, bot="bot:accounts", environ=environ)


ECHO = """
from yizhan import Account

account = Account(token="demotoken2026yizhan")

@account.text
async def echo(message):
    return f"你说：“{message.content}”。"
"""


@pytest.mark.slow
def test_so_does_a_bot_that_says_something_around_its_echo(tmp_path):
    (tmp_path / "bot.py").write_text(ECHO, "utf-8")
    with serving(tmp_path, bot="bot:account", environ={}) as served:
        server = Server(address_of(f"http://127.0.0.1:{served.port}/wechat"), TOKEN)
        assert asyncio.run(passes(server)) == []
        assert "echo" in server.traits


@pytest.mark.slow
def test_the_demo_passes(tmp_path):
    with demo(tmp_path) as served:
        assert in_all_modes(served.port) == [[], [], []]


@pytest.mark.slow
def test_the_demo_passes_with_two_workers(tmp_path):
    with demo(tmp_path, "--workers", "2") as served:
        assert in_all_modes(served.port) == [[], [], []]


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("redis-server"), reason="no redis-server")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_the_demo_passes_on_redis(tmp_path, workers):
    with RedisServer() as redis:
        places = {"DEMO": 0, "DEMO_COMPAT": 1, "DEMO_SAFE": 2}
        stores = {
            f"YIZHAN_{name}_STORE": redis.url.removesuffix("0") + str(number)
            for name, number in places.items()
        }
        with demo(tmp_path, "--workers", workers, **stores) as served:
            assert in_all_modes(served.port) == [[], [], []]


def in_all_modes(port: int) -> list[list[str]]:
    """What fails in each mode; without the loop's debugging, which takes longer than the cases."""

    async def gathered() -> list[list[str]]:
        servers = [seen(port, mode) for mode in MODES]
        return await asyncio.gather(*(passes(server) for server in servers))

    return asyncio.run(gathered())
