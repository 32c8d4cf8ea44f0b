"""`make run`: the demo starts, and every line that it prints gets a real reply."""

import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from served import environment, started
from wechat import Request, ask

ROOT = Path(__file__).parents[1]
DEMO = ROOT / "examples/demo"


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    with started(folder, sys.executable, str(DEMO / "demo.py"), cwd=ROOT) as server:
        yield server
        assert server.end(signal.SIGINT) == 0


def printed(demo):
    return [line.strip() for line in demo.said().splitlines() if " send " in line]


def typed(line, folder, **environ):
    """What a shell at the project's root makes of a line."""
    return subprocess.run(
        ["/bin/sh", "-c", line],
        cwd=ROOT,
        env=environment(folder) | environ,
        capture_output=True,
        encoding="utf-8",
        timeout=30,
        check=False,
    )


def test_make_run_starts_it():
    recipe = re.search(r"^run:.*\n\t(.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert "examples/demo/demo.py --port $(PORT)" in recipe[1]


@pytest.mark.parametrize(("place", "mode"), [(0, "plain"), (1, "compat"), (2, "safe")])
def test_a_printed_line_gets_a_real_reply(demo, tmp_path, place, mode):
    done = typed(f"{printed(demo)[place]} --raw", tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "你好！我是驿站的演示机器人。" in done.stdout
    assert ("<Encrypt>" in done.stdout) == (mode != "plain")


def test_there_is_a_line_for_each_account_and_no_other(demo):
    places = [shlex.split(line)[-1] for line in printed(demo)]
    paths = ["/wechat", "/wechat-compat", "/wechat-safe"]
    assert places == [f"http://127.0.0.1:{demo.port}{path}" for path in paths]


def test_a_wrong_token_gets_403_and_the_log_says_signature(demo, tmp_path):
    line = printed(demo)[0]
    done = typed(line, tmp_path, YIZHAN_DEMO_TOKEN="anotherTokenOfTests")
    assert done.returncode == 1
    assert "HTTP 403" in done.stdout
    demo.wait_said('"reason":"signature"')


@pytest.mark.parametrize(
    ("arguments", "reply"),
    [
        ("天气 北京", "北京：晴"),
        ("/count", "这是第 1 次"),
        ("图文", "[news] 驿站"),
        ("--image m-1", "[image] media_id=m-1"),
        ("--follow --scan shop-42", "你扫的是 shop-42"),
        ("--event CLICK --key HELP", "可以发：你好"),
        ("anything else", "anything else"),
    ],
)
def test_what_the_demo_offers_works(demo, tmp_path, arguments, reply):
    words = arguments if arguments.startswith("--") else shlex.quote(arguments)
    done = typed(printed(demo)[0].replace("你好", words), tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert reply in done.stdout


def test_what_its_handler_raises_is_told_with_its_line(demo, tmp_path):
    done = typed(printed(demo)[0].replace("你好", "出错"), tmp_path)
    assert done.returncode == 1
    assert "RuntimeError: the demo raises on purpose" in done.stdout.splitlines()[0]
    assert "(success: acknowledged, no reply)" in done.stdout


def test_it_listens_on_this_machine_only(demo):
    assert ask(demo.port, Request("GET", "/healthz")).body == b"ok"
    assert {line.split("--to ")[1].split(":")[1] for line in printed(demo)} == {"//127.0.0.1"}
