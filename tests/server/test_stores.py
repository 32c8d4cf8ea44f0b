"""Whose store a server opens: real processes, two accounts, development beside production."""

import asyncio
import json
import os
import re
import subprocess
from contextlib import contextmanager

import pytest

import wechat
from mailboxes.filled import fill, fill_earlier
from postgres_server import PostgresServer, folder_of_programs
from redis_server import RedisServer
from served import YIZHAN, environment, serving, started
from wechat import TOKEN, ask, push, says, text
from yizhan.place import mark_in

BOT = """
from yizhan import Account

account = Account(grace=0)

@account.text
async def answer(message):
    return f"{message.content}, says {__file__}"
"""
APPID = "wx0123456789abcdef"
KEYS = {"dev": (TOKEN, wechat.ACCOUNT), "demo": ("demotoken2026yizhan", "gh_yizhandemo00")}
A, B = "tokenOfTheBotA2026", "tokenOfTheBotB2026"


@pytest.fixture
def bot(tmp_path):
    """Writes a bot into a folder of its own; what bots keep is in one data directory."""

    def written(name):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "bot.py").write_text(BOT)
        return folder

    return written


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data" / "yizhan"


def told(folder, token=TOKEN, store="", **more):
    """The variables of a bot in that folder."""
    environ = {"YIZHAN_TOKEN": token, "XDG_DATA_HOME": str(folder.parent / "data")}
    return environ | ({"YIZHAN_STORE": store} if store else {}) | more


def said(folder, *arguments, **environ):
    """A command of the terminal: its exit status and what it says."""
    done = subprocess.run(
        [YIZHAN, *arguments],
        cwd=folder,
        env=environment(folder) | environ,
        capture_output=True,
        encoding="utf-8",
        timeout=30,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@contextmanager
def address(kind, folder):
    if kind == "sqlite":
        yield f"sqlite:///{folder}/shared.db"
        return
    if kind == "postgres":
        if folder_of_programs() is None and os.environ.get("CI") != "true":
            pytest.skip("no PostgreSQL")
        with PostgresServer() as server:
            yield server.url()
        return
    with RedisServer() as server:
        yield server.url


def asked(server, content, token=TOKEN):
    return ask(server.port, push(text(content), token=token))


@pytest.mark.parametrize(
    ("kind", "workers"), [("sqlite", "1"), ("sqlite", "2"), ("redis", "1"), ("postgres", "1")]
)
def test_two_accounts_on_one_store_are_refused(bot, tmp_path, kind, workers):
    one, two = bot("one"), bot("two")
    with address(kind, tmp_path) as store, serving(one, environ=told(one, A, store)) as first:
        run = ("run", "bot:account", "--port", "0", "--workers", workers)
        code, words = said(two, *run, **told(two, B, store))
        assert code == 3
        assert "belongs to another account (an account without AppID; this one is" in words
        assert "run yizhan store adopt if it is this account's" in words
        assert says(asked(first, "still here", A)).startswith("still here, says")


def test_bots_without_appid_share_nothing(bot, data):
    one, two = bot("one"), bot("two")
    with (
        serving(one, environ=told(one, A)) as first,
        serving(two, environ=told(two, B)) as second,
    ):
        assert str(one) in says(asked(first, "hello", A))
        assert str(two) in says(asked(second, "hello", B))
    for folder, token in ((one, A), (two, B)):
        assert said(folder, "jobs", **told(folder, token))[1].count("text hello") == 1
    names = sorted(path.name for path in data.glob("*.db"))
    assert len(names) == 2
    assert all(re.fullmatch(r"default-[0-9a-f]{8}\.db", name) for name in names)


def test_the_start_tells_what_waits_in_the_old_default_and_runs_none_of_it(bot, data):
    folder = bot("one")
    data.mkdir(parents=True)
    asyncio.run(fill(data / "default.db", {"run1": "gh_other", "a1": "gh_other"}))
    with serving(folder, environ=told(folder)) as server:
        server.wait_said("is no longer this account's default")
        server.wait_said("waiting in it: 2 (by ToUserName: gh_other (2))")
        assert says(asked(server, "hello")).startswith("hello, says")
    assert mark_in(data / "default.db") is None
    assert "answer to a1" not in said(folder, "jobs", "--json", **told(folder))[1]


def test_an_unmarked_store_goes_to_the_first_run_with_its_answers(bot, data):
    """The default file of an AppID has kept its name: it is taken as it is."""
    folder = bot("one")
    data.mkdir(parents=True)
    asyncio.run(fill(data / f"{APPID}.db", {"a1": "gh_a1b2c3d4e5f6"}))
    environ = told(folder, YIZHAN_APPID=APPID)
    with serving(folder, environ=environ) as server:
        message = push(text("more", FromUserName="o-a"))
        assert "answer to a1" in says(ask(server.port, message))
    assert mark_in(data / f"{APPID}.db").appid == APPID


def test_one_of_two_accounts_is_refused_with_what_it_holds(bot, tmp_path):
    folder, path = bot("one"), tmp_path / "shared.db"
    asyncio.run(fill(path, {"a1": "gh_a", "run1": "gh_b"}))
    store = f"sqlite:///{path}"
    code, words = said(folder, "run", "--port", "0", **told(folder, store=store))
    assert code == 3
    assert f"the store {store} is marked with no account, and it holds messages to" in words
    assert "gh_a (1), gh_b (1); this account's original_id: not set" in words


class TestEarlier:
    """The account's file, as version 1 left it."""

    @pytest.mark.parametrize("workers", ["1", "2"])
    def test_a_start_brings_it_over_with_its_answers(self, bot, data, workers):
        folder, path = bot("one"), data / f"{APPID}.db"
        data.mkdir(parents=True)
        asyncio.run(fill_earlier(path, {"a1": wechat.ACCOUNT, "run1": wechat.ACCOUNT}))
        environ = told(folder, YIZHAN_APPID=APPID)
        with serving(folder, "--workers", workers, environ=environ) as server:
            server.wait_said("brought over 2 messages of an earlier version")
            server.wait_said("took over 1 messages that another process left")
            assert "answer to a1" in says(ask(server.port, push(text("more", FromUserName="o-a"))))
            server.end()
        assert mark_in(path).appid == APPID
        jobs = map(json.loads, said(folder, "jobs", "--json", **environ)[1].splitlines())
        states = {job["key"]: job["state"] for job in jobs}
        assert (states["a1"], states["run1"]) == ("delivered", "ready")

    def test_it_waits_until_a_process_of_that_version_has_ended(self, bot, data):
        folder, path = bot("one"), data / f"{APPID}.db"
        data.mkdir(parents=True)
        asyncio.run(fill_earlier(path, {"run1": wechat.ACCOUNT}, leave=False))
        environ = told(folder, YIZHAN_APPID=APPID, YIZHAN_LEASE="3")
        with serving(folder, environ=environ) as server:
            server.wait_said("waiting for its end, up to 8 s")
            server.wait_said("brought over 1 messages of an earlier version")
            assert says(asked(server, "hello")).startswith("hello, says")


class TestDev:
    """Beside production of the same AppID, with the same settings."""

    @pytest.mark.parametrize("verb", ["dev", "demo"])
    def test_it_neither_runs_nor_answers_what_waits_in_production(self, bot, data, verb):
        folder = bot("one")
        path = data.parent / "production.db"
        data.mkdir(parents=True)
        asyncio.run(fill(path, {"run1": "gh_a1b2c3d4e5f6", "a1": "gh_a1b2c3d4e5f6"}))
        store = f"sqlite:///{path}"
        before = path.read_bytes()
        with developing(folder, verb, told(folder, store=store, YIZHAN_APPID=APPID)) as server:
            token, original_id = KEYS[verb]
            message = text("tried", FromUserName="o-a", ToUserName=original_id)
            answer = says(ask(server.port, push(message, token=token)))
            assert answer.startswith("tried")
            assert "answer to a1" not in answer
        assert path.read_bytes() == before
        assert not path.with_name(f"{path.name}-wal").exists()
        assert [each.parent.name for each in data.rglob("*.db")].count("dev") > 0
        assert list(data.glob("*.db")) == []

    def test_its_store_is_seen_by_dev_and_only_there(self, bot, data):
        folder = bot("one")
        environ = told(folder, YIZHAN_APPID=APPID)
        with developing(folder, "dev", environ) as server:
            ask(server.port, push(text("tried")))
        assert "text tried" in said(folder, "jobs", "--dev", **environ)[1]
        assert "no messages" in said(folder, "jobs", **environ)[1]
        [store] = (data / "dev").glob("*.db")
        assert re.fullmatch(rf"{APPID}-[0-9a-f]{{8}}\.db", store.name)

    def test_a_store_in_memory_stays_one(self, bot, data):
        folder = bot("one")
        with developing(folder, "dev", told(folder, store="memory://")) as server:
            assert says(ask(server.port, push(text("tried")))).startswith("tried, says")
        assert list(data.rglob("*.db")) == []


@contextmanager
def developing(folder, verb, environ):
    """`yizhan dev` of the bot in that folder, or the demo."""
    if verb == "dev":
        command = [YIZHAN, "dev", "bot:account", "--no-reload"]
    else:
        demo = os.path.join(os.path.dirname(__file__), "../../examples/demo/demo.py")
        command = [os.path.join(os.path.dirname(YIZHAN), "python"), demo]
        environ = environ | {"YIZHAN_DEMO_STORE": environ["YIZHAN_STORE"]}
    with started(folder, *command, environ=environ) as server:
        yield server
        server.end()
