"""yizhan status, beside a bot that runs in two processes."""

import json
import os
import signal
import subprocess
from datetime import datetime
from importlib.metadata import version

import pytest

from served import YIZHAN, environment, serving
from terminal import on_terminal
from wechat import FAN, TOKEN, ask, push, says, text
from yizhan.cli.standing import Kept, Standing, remarks
from yizhan.cli.status import screen
from yizhan.columns import width_of
from yizhan.metrics import series
from yizhan.metrics.folder import Folder
from yizhan.store.mailboxes.contract import Promise, Stats

BOT = """
import os
from yizhan import Account

account = Account()

@account.text("die", rerun=False)
async def die(message):
    os.kill(os.getpid(), 9)

@account.text
async def pid(message):
    return str(os.getpid())
"""

VERSION = version("yizhan")
KEYS = [
    "name", "label", "store", "promise", "workers", "worker_deaths", "pushes_per_minute",
    "in_flight", "oldest_waiting_seconds", "jobs", "followers", "token_until", "quota",
    "warnings", "error",
]  # fmt: skip


@pytest.fixture(scope="module")
def bot(tmp_path_factory):
    """Two processes that have answered five texts, and one that died of a message before."""
    folder = tmp_path_factory.mktemp("status")
    (folder / "bot.py").write_text(BOT)
    (folder / "yizhan.toml").write_text(
        f'token = "{TOKEN}"\nstore = "sqlite:///{folder}/x.db"\nlease = 2\n'
        f'[accounts.shop]\ntoken = "{TOKEN}"\nstore = "sqlite:///{folder}/shop.db"\n'
    )
    with serving(folder, "--workers", "2") as server:
        server.folder = folder
        with pytest.raises(OSError):
            ask(server.port, push(text("die")))
        server.wait_for(lambda: says(ask(server.port, push(text()))))  # behind the one that died
        counts = Folder(folder / "x.db.metrics")
        server.wait_for(lambda: counts.look()[series.WORKERS.name, VERSION] == [2])
        yield server


def run(folder, *words, language="en", **more):
    environ = {**environment(folder), "YIZHAN_LANG": language, **more}
    return subprocess.run(
        [YIZHAN, "status", *words], cwd=folder, env=environ, capture_output=True, text=True
    )


@pytest.fixture(scope="module")
def told(bot):
    """What is told as JSON, and what was in the folder before and after."""
    before = sorted(bot.folder.iterdir())
    done = run(bot.folder, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(bot.folder.iterdir()) == before
    assert FAN not in done.stdout
    return json.loads(done.stdout)


class TestJson:
    def test_its_keys_are_always_the_same(self, told):
        assert list(told) == ["at", "version", "accounts"]
        assert [list(it) for it in told["accounts"]] == [KEYS, KEYS]
        assert datetime.fromisoformat(told["at"]).utcoffset() is not None

    def test_it_tells_what_the_processes_have_done(self, told):
        found = told["accounts"][0]
        assert found["workers"] == [{"version": VERSION, "count": 2}]
        assert found["worker_deaths"] == 1
        assert isinstance(found["pushes_per_minute"], int)
        assert found["in_flight"] == 0
        assert found["oldest_waiting_seconds"] is None
        assert found["jobs"]["dead"] == 1
        assert found["promise"]["name"] == "sqlite full"
        assert [it["code"] for it in found["warnings"]] == ["dead", "deaths"]

    def test_an_account_that_never_ran_is_told_as_such_and_nothing_is_made(self, told):
        shop = told["accounts"][1]
        assert (shop["name"], shop["jobs"], shop["error"]) == ("shop", None, None)
        assert [it["code"] for it in shop["warnings"]] == ["no_workers"]

    def test_one_account_may_be_asked_for(self, bot):
        told = json.loads(run(bot.folder, "--account", "shop", "--json").stdout)
        assert [it["name"] for it in told["accounts"]] == ["shop"]

    def test_an_account_that_cannot_be_looked_at_is_exit_status_1(self, bot):
        done = run(bot.folder, "--json", YIZHAN_STORE="memory://")
        first, other = json.loads(done.stdout)["accounts"]
        assert done.returncode == 1
        assert "memory" in first["error"]
        assert other["error"] is None


class TestScreen:
    @pytest.mark.parametrize(("columns", "language"), [(60, "en"), (60, "zh"), (100, "zh")])
    def test_no_line_is_wider_than_the_terminal(self, bot, monkeypatch, columns, language):
        monkeypatch.setenv("YIZHAN_CONFIG", str(bot.folder / "yizhan.toml"))
        told = on_terminal("status", columns=columns, language=language, folder=bot.folder)
        assert [line for line in told.splitlines() if width_of(line) > columns] == []
        assert f"2 × {VERSION}" in told
        assert "yizhan jobs retry --state dead" in " ".join(told.split())
        assert len(told.splitlines()) <= 36

    def test_in_a_pipe_it_is_the_same_without_colours(self, bot):
        done = run(bot.folder)
        assert (done.returncode, done.stderr) == (0, "")
        assert "\x1b" not in done.stdout
        assert f"2 × {VERSION}" in done.stdout

    def test_what_is_wrong_with_the_settings_is_told(self, tmp_path):
        (tmp_path / "yizhan.toml").write_text('token = "short"\n')
        done = run(tmp_path)
        assert done.returncode == 1
        [_, _, name, *amiss] = done.stdout.splitlines()
        assert (name, amiss[0].startswith("  ! yizhan.toml:1: the token is weak")) == (
            "default",
            True,
        )

    @pytest.mark.parametrize("columns", [20, 30, 44])
    def test_even_very_narrow_ones_are_not_exceeded(self, columns):
        found = Standing(name="a", label="wx0123456789abcdef", store="sqlite:///" + "x" * 90)
        assert [line for line in screen([found], columns) if width_of(line) > columns] == []


class TestWatch:
    def test_in_a_pipe_each_state_is_written_below_the_last_until_ctrl_c(self, bot):
        process = subprocess.Popen(
            [YIZHAN, "status", "--watch", "--every", "0.2", "--json"],
            cwd=bot.folder,
            env=environment(bot.folder),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        lines = [process.stdout.readline() for _ in range(2)]
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
        assert [list(json.loads(line)) for line in lines] == [["at", "version", "accounts"]] * 2
        assert (process.returncode, errors) == (130, "")

    def test_on_a_terminal_it_is_drawn_over_the_last(self, bot):
        leader, follower = os.openpty()
        process = subprocess.Popen(
            [YIZHAN, "status", "--watch", "--every", "0.2"],
            cwd=bot.folder,
            env={**environment(bot.folder), "TERM": "xterm", "COLUMNS": "60", "LINES": "12"},
            stdin=follower,
            stdout=follower,
            stderr=follower,
        )
        os.close(follower)
        told = b""
        while told.count(b"\x1b[H") < 4:
            told += os.read(leader, 4096)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
        rest = os.read(leader, 65_536)
        os.close(leader)
        assert told.startswith(b"\x1b[?25l\x1b[H\x1b[J")
        assert (told + rest).rstrip().endswith(b"\x1b[?25h")
        states = told.split(b"\x1b[H")[2:-1]
        assert {state.count(b"\n") for state in states} == {11}  # what is more is cut off


def kept(**jobs):
    return Kept(Promise("sqlite full", "store.sqlite_full"), Stats(jobs, 1, 0, 0, 100.0))


@pytest.mark.parametrize(
    ("found", "paused", "codes"),
    [
        ({"workers": {}}, "", ["no_workers"]),
        ({}, "", []),
        ({"kept": kept(unknown=2, uncollected=1)}, "", ["unknown", "uncollected", "waiting"]),
        ({"deaths": 1, "last_death": 150}, "", ["deaths"]),
        ({"deaths": 1, "last_death": 161 - 86_400}, "", []),
        ({"workers": {"1": 1, "2": 1}}, "", ["versions"]),
        ({"quota": {"/a": 0, "/b": 1}}, "", ["quota"]),
        ({"error": "away"}, "refused", ["store", "token"]),
    ],
)
def test_what_is_amiss(found, paused, codes):
    standing = Standing(**{"name": "", "label": "wx", "workers": {"1": 2}, **found})
    told = list(remarks(standing, 161.5, paused=paused, unsafe=""))
    assert [it.code for it in told] == codes
    assert all(it.text for it in told)
