"""What `yizhan dev` says in a terminal of 60 columns and in a pipe, from its first start on."""

import re
import subprocess

import pytest

from served import YIZHAN, environment, started

GOOD = 'from yizhan import Account\n\naccount = Account("demo", token="tokenOfTheDemo2026")\n'
BROKEN = GOOD + "account.text(prefix=3)(lambda message: None)\n"


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "project"
    folder.mkdir()
    return folder


@pytest.mark.parametrize(
    ("bot", "said"),
    [
        ("nosuch:account", "there is no module nosuch"),
        ("bot:nobody", "nobody of bot is not an account"),
    ],
)
def test_a_wrong_name_is_said_once_and_ends_it(project, tmp_path, bot, said):
    (project / "bot.py").write_text(GOOD, "utf-8")
    environ = {**environment(tmp_path), "COLUMNS": "60"}
    command = [YIZHAN, "dev", bot, "--port", "0"]
    ran = subprocess.run(
        command, cwd=project, env=environ, capture_output=True, text=True, timeout=60
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    assert len(ran.stderr.splitlines()) == 1
    assert said in ran.stderr


def test_a_bot_that_is_broken_from_the_start_is_told_and_loaded_once_it_is_mended(
    project, tmp_path
):
    (project / "bot.py").write_text(BROKEN, "utf-8")
    environ = {"COLUMNS": "60"}
    with started(tmp_path, YIZHAN, "dev", cwd=project, environ=environ) as served:
        served.wait_said("whole traceback")
        address, *told = served.said().splitlines()
        assert "?token=" in address
        assert len(told) <= 5
        assert re.match(r"bot\.py:4: \w+: .+", told[0])
        assert told[1].strip() == "account.text(prefix=3)(lambda message: None)"
        (project / "bot.py").write_text(GOOD, "utf-8")
        served.wait_said("bot.py changed: reloaded")
        assert not re.search(r"uvicorn|StatReload|Traceback", served.said())
        assert served.end() == 0


TEN_LINES = """
from yizhan import Account

account = Account()


@account.text
async def echo(message):
    return f"you said {message.content}"
"""


RAISES = (
    TEN_LINES
    + """

@account.subscribe
async def welcome(event):
    raise LookupError("no such follower")
"""
)


def test_send_tells_what_the_handler_raised_the_author_s_line_first(project, tmp_path):
    (project / "bot.py").write_text(RAISES, "utf-8")
    environ = environment(tmp_path)
    with started(tmp_path, YIZHAN, "dev", cwd=project) as served:
        for arguments, code, line in (
            (["--follow"], 1, "bot.py:14: LookupError: no such follower"),
            (["hello"], 0, "you said hello"),
        ):
            url = f"http://127.0.0.1:{served.port}/wechat"
            command = [YIZHAN, "send", *arguments, "--to", url]
            done = subprocess.run(
                command, cwd=project, env=environ, capture_output=True, text=True, timeout=60
            )
            assert (done.returncode, done.stdout.splitlines()[0]) == (code, line)
        served.wait_said("LookupError: no such follower")
        assert "Traceback" not in served.said()
        assert served.end() == 0


def test_ten_lines_run_without_a_token_and_send_knows_the_one_they_have(project, tmp_path):
    (project / "bot.py").write_text(TEN_LINES, "utf-8")

    def sent(port):
        url = f"http://127.0.0.1:{port}/wechat"
        command = [YIZHAN, "send", "hello", "--to", url]
        environ = environment(tmp_path)
        done = subprocess.run(
            command, cwd=project, env=environ, capture_output=True, text=True, timeout=60
        )
        return done.returncode, done.stdout + done.stderr

    code, told = sent(1)
    assert (code, "no token is set" in told) == (2, True)
    with started(tmp_path, YIZHAN, "dev", cwd=project) as served:
        code, told = sent(served.port)
        assert (code, told.splitlines()[0]) == (0, "you said hello")
        assert served.end() == 0
