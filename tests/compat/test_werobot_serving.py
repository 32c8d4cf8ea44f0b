"""`robot.run()` and `yizhan run bot:robot`: a robot as a server."""

import os
import re
import signal
import subprocess
import sys
from urllib.parse import urlsplit

import pytest

import wechat
from yizhan import Account
from yizhan.server.serve import load

BOT = f"""
import yizhan.compat.werobot as werobot

robot = werobot.WeRoBot(token={wechat.TOKEN!r})


@robot.handler
def hello(message):
    return "Hello World!"


if __name__ == "__main__":
    robot.config["PORT"] = 0
    robot.run()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a signal ends it")
def test_a_robot_serves_itself_at_every_path(tmp_path):
    (tmp_path / "bot.py").write_text(BOT)
    environ = {**os.environ, "YIZHAN_STORE": "memory://"}
    command = [sys.executable, "bot.py"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environ, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stderr is not None
            told = next(line for line in process.stderr if "http://" in line)
            port = urlsplit(re.findall(r"http://\S+", told)[0]).port
            assert "yizhan run bot:robot" in told
            for path in ("/", "/anywhere"):
                answer = wechat.ask(port, wechat.push(wechat.text(), path=path))
                assert (answer.status, b"Hello World!" in answer.body) == (200, True)
            assert wechat.ask(port, wechat.Request("GET", "/")).status == 403
            assert wechat.ask(port, wechat.Request("GET", "/healthz")).body == b"ok"
            process.send_signal(signal.SIGINT)
            assert process.wait(60) == 0
        finally:
            process.kill()


def test_a_command_finds_the_account_of_a_robot(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "path", [*sys.path])
    (tmp_path / "robot_of_a_test.py").write_text(BOT)
    [account] = load("robot_of_a_test:robot", str(tmp_path))
    assert isinstance(account, Account)
    assert account.settings.token == wechat.TOKEN
