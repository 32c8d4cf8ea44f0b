"""yizhan store migrate: what an earlier version kept in Redis, written by that version."""

import io
import subprocess
import sys

import pytest
from redis import Redis

from mailboxes.earlier import ACCOUNT, FOLLOWERS, MESSAGES, restore
from served import YIZHAN, environment
from wechat import TOKEN
from yizhan.cli import migrate

BOT = "from yizhan import Account\naccount = Account()\n"


@pytest.fixture
def settings(monkeypatch, redis_url):
    monkeypatch.setenv("YIZHAN_TOKEN", TOKEN)
    monkeypatch.setenv("YIZHAN_APPID", ACCOUNT)
    monkeypatch.setenv("YIZHAN_STORE", redis_url)
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture
def old(redis_url, settings):
    """The server, with what the earlier version has left."""
    with Redis.from_url(redis_url) as client:
        restore(client)
        yield client


@pytest.mark.usefixtures("old")
def test_it_says_what_it_brought_over_and_every_verb_works_again(yizhan):
    code, out, err = yizhan("store", "migrate", "--yes")
    assert (code, err) == (0, "")
    assert out == f"migrated: {MESSAGES} messages, {FOLLOWERS} followers\n"
    code, out, err = yizhan("jobs", "--json")
    assert (code, err, out.count("\n")) == (0, "", MESSAGES)
    assert "uncollected" in yizhan("store", "stats")[1]


@pytest.mark.usefixtures("old")
def test_done_twice_it_says_that_there_is_nothing(yizhan):
    yizhan("store", "migrate", "--yes")
    before = yizhan("jobs", "--json")[1]
    code, out, err = yizhan("store", "migrate", "--yes")
    assert (code, err) == (0, "")
    assert f"nothing of an earlier version is there of the account {ACCOUNT}" in out
    assert yizhan("jobs", "--json")[1] == before


@pytest.mark.usefixtures("settings")
def test_where_nothing_ever_was_it_says_so_too(yizhan, redis_url):
    code, out, _ = yizhan("store", "migrate")
    assert code == 0
    assert "there is nothing to migrate" in out
    with Redis.from_url(redis_url) as client:
        assert client.keys("*") == []


def test_it_asks_first_whether_all_is_stopped(yizhan, old, monkeypatch):
    before = set(old.keys("*"))
    monkeypatch.setattr(sys, "stdin", io.StringIO("n\n"))
    code, out, _ = yizhan("store", "migrate")
    assert code == 130
    assert "Are all its processes stopped, on every host?" in out
    assert set(old.keys("*")) == before


@pytest.mark.usefixtures("settings")
def test_it_refuses_while_a_process_of_that_version_works(yizhan, redis_url):
    with Redis.from_url(redis_url) as client:
        restore(client, idle=0)
        before = set(client.keys("*"))
        code, out, err = yizhan("store", "migrate", "--yes")
        assert (code, out) == (2, "")
        assert "a process of an earlier version uses" in err
        assert "stop it" in err
        assert set(client.keys("*")) == before


def test_what_is_another_account_s_is_left_alone(yizhan, old):
    old.set(f"{{{ACCOUNT}}}:mark", b'{"appid":"wx1"}')
    before = set(old.keys("*"))
    code, out, err = yizhan("store", "migrate", "--yes")
    assert (code, out) == (2, "")
    assert "belongs to another account (the account wx1;" in err
    assert set(old.keys("*")) == before


@pytest.mark.usefixtures("old")
def test_long_work_says_how_far_it_is(yizhan, monkeypatch):
    monkeypatch.setattr(migrate, "EVERY", 3)
    code, _, err = yizhan("store", "migrate", "--yes")
    assert code == 0
    assert err == "followers done: 3 …\nfollowers done: 6 …\n"


@pytest.mark.usefixtures("old")
@pytest.mark.parametrize("verb", [["jobs"], ["store", "stats"], ["users", "forget", "o", "--yes"]])
def test_until_then_every_verb_names_it_in_one_sentence(yizhan, verb):
    code, out, err = yizhan(*verb)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "stop all its processes and run yizhan store migrate once" in err


def test_and_so_does_the_start(old, redis_url, tmp_path):
    (tmp_path / "bot.py").write_text(BOT)
    before = set(old.keys("*"))
    told = {"YIZHAN_TOKEN": TOKEN, "YIZHAN_APPID": ACCOUNT, "YIZHAN_STORE": redis_url}
    done = subprocess.run(
        [YIZHAN, "run", "--port", "0"],
        cwd=tmp_path,
        env=environment(tmp_path) | told,
        capture_output=True,
        encoding="utf-8",
        timeout=30,
        check=False,
    )
    assert done.returncode == 3
    assert done.stderr.count("run yizhan store migrate once") == 1
    assert "Traceback" not in done.stderr
    assert set(old.keys("*")) == before


@pytest.mark.parametrize("store", ["sqlite:///x.db", "postgres://u:s3cret@127.0.0.1:1/db"])
def test_other_stores_need_none(yizhan, monkeypatch, store):
    monkeypatch.setenv("YIZHAN_TOKEN", TOKEN)
    monkeypatch.setenv("YIZHAN_STORE", store)
    code, out, err = yizhan("store", "migrate")
    assert (code, err) == (0, "")
    assert "there is nothing to migrate, which only Redis needs" in out
    assert "s3cret" not in out
