"""nginx and Caddy with the files of `deploy/` in front of a real bot."""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from deploy.proxies import PROXIES, is_there, replaced, send
from served import serving
from wechat import TOKEN, Request, ask, fields, push, says, text

VERIFICATION = "MP_verify_abcdEFGH12345678.txt"
BOT = f"""
import asyncio
from yizhan import Account

account = Account(
    token="{TOKEN}", store="memory://", grace=0.0, verify_files=["{VERIFICATION}"]
)

@account.text("slow")
async def slow(message):
    await asyncio.sleep(7)
    return "at last"

@account.text
async def echo(message):
    return message.content
"""
EVERYTHING = {
    "nginx": {
        "return 404;": "proxy_pass http://yizhan; proxy_set_header X-Forwarded-For $remote_addr;"
    },
    "caddy": {"respond 404": "reverse_proxy 127.0.0.1:8080"},
}
WECHAT_WAITS = 5.0  # seconds

needed = [
    pytest.param(name, marks=pytest.mark.skipif(not is_there(name), reason=f"no {name}"))
    for name in PROXIES
]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not all(map(is_there, PROXIES)) and os.environ.get("CI") != "true",
        reason="no nginx or no caddy",
    ),
]


@pytest.fixture(scope="module")
def bot(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bot")
    (folder / "bot.py").write_text(BOT)
    (folder / VERIFICATION).write_text("abcdEFGH12345678")
    with serving(folder, "--json-log") as server:
        yield server


@pytest.fixture(scope="module")
def proxies(bot, tmp_path_factory):
    with ExitStack() as stack:
        yield {
            name: stack.enter_context(start(tmp_path_factory.mktemp(name), bot.port))
            for name, start in PROXIES.items()
        }


@pytest.fixture(params=PROXIES)
def proxy(request, proxies):
    return proxies[request.param]


def lines_of(bot, why):
    lines = [line for line in bot.said().splitlines() if line.startswith("{")]
    return [line for line in map(json.loads, lines) if line.get("why") == why]


def as_wechat(proxy, request):
    """The answer to a push that is repeated, each after five seconds without one; which it was."""
    for number in (1, 2, 3):
        try:
            return number, says(proxy.ask(request, WECHAT_WAITS))
        except TimeoutError:
            continue
    return None


def test_a_push_is_answered(proxy):
    assert says(proxy.ask(push(text("你好")))) == "你好"


def test_pushes_share_a_connection(proxy):
    connection = proxy.connect()
    try:
        for content in ("一", "二", "三"):
            assert says(send(connection, push(text(content)))) == content
    finally:
        connection.close()


@pytest.mark.parametrize("path", ["/metrics", "/healthz", "/", "/wechat/", "/wechat/metrics"])
def test_nothing_beside_the_push_path_is_reached(proxy, path):
    assert proxy.ask(Request("GET", path, headers={})).status == 404


def test_the_console_s_verification_file_is_reached(proxy):
    assert proxy.ask(Request("GET", f"/{VERIFICATION}", headers={})).body == b"abcdEFGH12345678"
    for other in (f"/a/{VERIFICATION}", f"/{VERIFICATION}.bak", "/MP_verify_metrics.txt"):
        answer = proxy.ask(Request("GET", other, headers={}))
        assert (answer.status, "x-content-type-options" in answer.headers) == (404, False)


@pytest.mark.parametrize("name", PROXIES)
def test_metrics_are_refused_even_where_everything_is_forwarded(bot, tmp_path, name):
    def forwarding(text):
        return replaced(text, EVERYTHING[name])

    with PROXIES[name](tmp_path, bot.port, forwarding) as proxy:
        assert proxy.ask(Request("GET", "/healthz", headers={})).body == b"ok"
        assert proxy.ask(Request("GET", "/metrics", headers={})).status == 404
        local = Request("GET", "/metrics", headers={"host": f"127.0.0.1:{bot.port}"})
        assert b"yizhan_" not in proxy.ask(local).body
    assert ask(bot.port, Request("GET", "/metrics", headers={})).status == 200


def test_what_a_bot_takes_passes_and_what_is_too_large_does_not(proxy):
    large = "你" * 20_000
    answer = proxy.ask(push(text(large)))
    assert says(answer).startswith("你" * 100)
    for size in (300_000, 700_000):  # by the bot, or by the proxy
        refused = proxy.ask(push(fields("text", Content="a" * size, MsgId=size)))
        assert refused.status in (413, 502)  # Caddy may still be sending when it is refused


def test_a_slow_answer_is_held_over_two_pushes_and_hang_ups_are_passed_on(bot, proxies):
    """A push that nobody hangs up on is held for 5.5 s."""
    slow = {name: push(text("slow", FromUserName=f"oSlow-{name}")) for name in proxies}
    left = {
        name: push(text("slow", FromUserName=f"oLeft-{name}", MsgId=number))
        for number, name in enumerate(proxies, 4711)
    }
    with ThreadPoolExecutor() as pool:
        asked = [pool.submit(as_wechat, proxies[name], slow[name]) for name in proxies]
        ended = [pool.submit(hung_up, proxies[name], left[name]) for name in proxies]
        assert [each.result() for each in asked] == [(2, "at last")] * len(proxies)
        assert all(each.result() for each in ended)
    held = {line["key"].rsplit(":")[-1]: line["ms"] for line in lines_of(bot, "held")}
    assert held["4711"] < 5000
    assert held["4712"] < 5000


def hung_up(proxy, request):
    """Whether nothing was answered before it was hung up on, after half a second."""
    try:
        proxy.ask(request, 0.5)
    except TimeoutError:
        return True
    return False


def test_a_bot_that_is_away_is_a_502_and_no_line_holds_a_signature(tmp_path):
    request = push(text())
    signature = dict(pair.split("=") for pair in request.query.split("&"))["signature"]
    for name, start in PROXIES.items():
        folder = tmp_path / name
        folder.mkdir()
        with start(folder, 9) as proxy:
            assert proxy.ask(request).status == 502
        written = [path.read_text() for path in folder.glob("*.log")]
        assert written
        assert not any(signature in each for each in written)
