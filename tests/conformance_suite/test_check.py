"""The command: what it prints, what it writes, and how it ends."""

import io
import json
import signal
import subprocess

import pytest
from rich.cells import cell_len
from rich.console import Console

from served import YIZHAN, environment, serving
from wechat import AES_KEY, APPID, TOKEN
from yizhan.conformance import terminal
from yizhan.conformance.cases import CASES
from yizhan.phrases import LANGUAGES
from yizhan.wire import xml

BOT = """
from yizhan import Account

account = Account()

@account.text
def echo(message):
    return message.content
"""
TIMING = [case for case in CASES if case.group == "timing"]
KEYS = {"YIZHAN_TOKEN": TOKEN, "YIZHAN_AES_KEY": AES_KEY, "YIZHAN_APPID": APPID}


@pytest.fixture
def check(yizhan):
    """Calls `yizhan check` with these tests' keys."""

    def called(*arguments, **environ):
        return yizhan("check", *arguments, **{**KEYS, **environ})

    return called


@pytest.fixture(scope="module")
def bot(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bot")
    (folder / "bot.py").write_text(BOT)
    with serving(folder, environ={**KEYS, "YIZHAN_STORE": "sqlite:///bot.db"}) as served:
        yield f"http://127.0.0.1:{served.port}/wechat"


@pytest.fixture(scope="module")
def ageless(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ageless")
    (folder / "bot.py").write_text(BOT)
    environ = {**KEYS, "YIZHAN_STORE": "memory://", "YIZHAN_MAX_AGE": "0"}
    with serving(folder, environ=environ) as served:
        yield f"http://127.0.0.1:{served.port}/wechat"


def test_a_good_server_passes(check, bot):
    ran = check(bot, "--only", "verification", "--only", "modes")
    assert ran.returncode == 0, ran.stdout
    assert "Verification passes" in ran.stdout
    assert "0 failed" in ran.stdout
    assert TOKEN not in ran.stdout + ran.stderr


def test_reports_are_written_in_three_forms(check, tmp_path, bot):
    paths = [tmp_path / f"report{suffix}" for suffix in (".json", ".xml", ".html")]
    flags = [word for path in paths for word in ("--report", str(path))]
    assert check(bot, "--only", "kinds", "--only", "retry-*", *flags).returncode == 0
    told = json.loads(paths[0].read_text())
    assert told["verified"]
    assert told["summary"]["failed"] == 0
    assert {case["group"] for case in told["cases"]} == {"kinds", "retries"}
    suites = xml.parse(paths[1].read_bytes())["testsuites"]["testsuite"]
    assert [suite["@name"] for suite in suites] == ["kinds", "retries"]
    assert "kind-text" in paths[2].read_text()
    assert all(TOKEN not in path.read_text() for path in paths)


def test_the_exit_status_tells_the_gravest_failure(check, bot):
    # In plaintext mode the server refuses all that the suite sends.
    plain = ("--mode", "plain", "--force", bot)
    assert check(*plain, "--only", "kind-text").returncode == 1


@pytest.mark.parametrize(
    ("only", "fail_on", "status"),
    [
        ("secure-stale", "unwise", 3),
        ("secure-stale", "breaks", 0),
        ("secure-future", "unwise", 4),
        ("secure-future", "insecure", 0),
        ("retry-once", "unwise", 0),
    ],
)
def test_a_severity_may_be_let_pass(check, ageless, only, fail_on, status):
    ran = check(ageless, "--only", only, "--fail-on", fail_on)
    assert ran.returncode == status, ran.stdout


def test_a_failure_shows_its_request_when_asked(check, bot):
    ran = check(bot, "--mode", "plain", "--force", "--only", "kind-text", "-v")
    assert "POST /wechat?signature=" in ran.stdout
    assert "HTTP 403" in ran.stdout
    assert "→ Acknowledge what you do not handle" in ran.stdout


def test_a_failing_verification_is_explained_and_ends_it(check, bot):
    ran = check(bot + "/wrong")
    assert ran.returncode == 1
    assert "no such path (HTTP 404)" in ran.stdout
    assert "Mend it and come again" in ran.stdout
    wrong = check(bot, YIZHAN_TOKEN="anotherToken2026")
    assert "the tokens differ" in wrong.stdout


def test_it_speaks_chinese(check, bot):
    ran = check(bot, "--only", "verify-echo", YIZHAN_LANG="zh")
    assert "接入验证通过" in ran.stdout
    assert "1 项通过，0 项失败" in ran.stdout


def test_ctrl_c_leaves_a_report_of_what_there_is(tmp_path, bot):
    flags = ("--report", "report.json", "--report", "report.html")
    running = subprocess.Popen(
        [YIZHAN, "check", bot, "--only", "timing", *flags],
        cwd=tmp_path,
        env={**environment(tmp_path), **KEYS},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert "Verification passes" in running.stdout.readline()
    running.send_signal(signal.SIGINT)  # some cases of this group take five seconds and more
    told, problems = running.communicate(timeout=30)
    assert running.returncode == 130
    assert problems == ""
    assert "the run was stopped" in told
    kept = json.loads((tmp_path / "report.json").read_text())
    assert kept["summary"]["unrun"] + len(kept["cases"]) == len(TIMING)
    assert kept["summary"]["unrun"] > 0
    assert "the run was stopped" in (tmp_path / "report.html").read_text()


def test_the_list_needs_no_server_and_no_settings(check):
    ran = check("--list", "--only", "breaks", YIZHAN_TOKEN="")
    assert ran.returncode == 0
    assert "verify-echo" in ran.stdout
    assert "secure-stale" not in ran.stdout


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_fits_a_terminal_of_80_columns(monkeypatch, language):
    monkeypatch.setenv("YIZHAN_LANG", language)
    console = Console(width=80, record=True, file=io.StringIO())
    terminal.show_list(console, terminal.order(CASES))
    lines = console.export_text().splitlines()
    heads = [line for line in lines if not line.startswith(" ")]
    assert [line.split()[0] for line in heads] == [case.id for case in terminal.order(CASES)]
    assert all(cell_len(line.rstrip()) <= 80 for line in lines)


def test_the_list_is_one_line_a_case_in_a_pipe(check):
    lines = check("--list").stdout.splitlines()
    assert len(lines) == 1 + len(CASES)
    assert all(
        case.source in line for case, line in zip(terminal.order(CASES), lines[1:], strict=True)
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "check which address?"),
        (("ftp://example.com",), "is no http(s) address"),
        (("http://127.0.0.1:99999/",), "is no http(s) address"),
        (("http://[::1/",), "is no http(s) address"),
        (("--only", "nothing-like-it", "http://127.0.0.1/"), "there is no case or group"),
        (("--report", "report.doc", "http://127.0.0.1/"), "a report is .json, .xml"),
        (("--report", "nowhere/report.xml", "http://127.0.0.1/"), "there is no folder nowhere"),
    ],
)
def test_a_wrong_command_line_is_told(check, arguments, told):
    ran = check(*arguments)
    assert ran.returncode == 2
    assert told in ran.stderr


def test_a_mode_without_its_key_is_told(check):
    ran = check("http://127.0.0.1/", "--mode", "safe", YIZHAN_AES_KEY="")
    assert ran.returncode == 2
    assert "mode safe also needs aes_key" in ran.stderr
