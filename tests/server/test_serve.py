"""`yizhan run`: a real process from its start to its end."""

import json
import os
import re
import signal
import subprocess
import sys

import pytest

import wechat
from served import YIZHAN, environment, serving
from wechat import ask, push, says, text
from yizhan.errors import SettingsError, TargetError
from yizhan.server.serve import bind, load

HEAD = """
import asyncio
import os
import threading
from pathlib import Path
from yizhan import Account
from yizhan.server import serve

serve.LAST = {last}

account = Account(token="tokenOfTheTests2026", store="{store}", grace={grace})
begun, go_on = Path("begun"), Path("go-on")

@account.text("pid")
async def pid(message):
    return str(os.getpid())

@account.text("wait")
async def wait(message):
    begun.touch()
    while not go_on.exists():
        await asyncio.sleep(0.01)
    return "waited for"

@account.text("forever")
async def forever(message):
    begun.touch()
    await asyncio.Event().wait()

@account.text("stubborn")
async def stubborn(message):
    begun.touch()
    while True:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            pass

@account.text("hang")
def hang(message):
    begun.touch()
    threading.Event().wait()

@account.text
async def echo(message):
    return message.content
"""


@pytest.fixture
def bot(tmp_path):
    """Writes the bot, and gives its folder."""

    def written(store="memory://", grace=10, last=5, more=""):
        head = HEAD.format(store=store, grace=grace, last=last)
        (tmp_path / "bot.py").write_text(head + more)
        return tmp_path

    return written


def saying(content, fan):
    return push(text(content, FromUserName=fan))


class TestStart:
    def test_it_says_what_it_serves_where_and_with_which_store(self, bot):
        with serving(bot()) as server:
            assert says(ask(server.port, push(text("你好")))) == "你好"
            first = json.loads(server.said().splitlines()[0])
            url = f"http://127.0.0.1:{server.port}/wechat"
            assert first["level"] == "info"
            assert first["message"] == f"default: {url} (plain mode, store memory://)"

    def test_it_warns_of_handlers_that_nothing_can_reach(self, bot):
        more = '@account.text("late")\ndef late(message): ...\n'
        with serving(bot(more=more)) as server:
            assert "nothing can reach the handler late" in server.said()

    def test_it_writes_nothing_beside_the_bot(self, bot, tmp_path):
        folder = bot(store="")
        with serving(folder) as server:
            ask(server.port, push(text()))
        beside = {path.name for path in folder.iterdir()} - {"__pycache__"}
        assert beside == {"bot.py", "yizhan.toml", "output.log", "data"}
        [store] = folder.glob("data/yizhan/*.db")
        assert re.fullmatch(r"default-[0-9a-f]{8}\.db", store.name)

    def test_the_collector_is_spared_what_stays_for_ever(self, bot):
        more = (
            "@account.image\n"
            "async def collector(message):\n"
            "    import gc\n"
            "    return f'{gc.get_freeze_count() > 10_000} {gc.get_threshold()[0]}'\n"
        )
        image = text(MsgType="image", PicUrl="https://example.com/p", MediaId="m")
        with serving(bot(more=more)) as server:
            assert says(ask(server.port, push(image))) == "True 10000"

    def test_a_store_that_cannot_be_opened_is_the_end(self, bot, tmp_path):
        (tmp_path / "file").touch()
        done = run(bot(store=f"sqlite:///{tmp_path}/file/x.db"))
        assert done.returncode == 3
        assert "Application startup failed" in done.stderr


class TestStop:
    def test_a_running_handler_ends_within_the_grace_and_new_pushes_are_busy(self, bot, pool):
        folder = bot()
        with serving(folder) as server:
            running = pool.submit(ask, server.port, saying("wait", "oA"))
            server.wait_for((folder / "begun").exists)
            server.process.send_signal(signal.SIGTERM)
            server.wait_for(lambda: ask(server.port, saying("new", "oB")).status == 503)
            (folder / "go-on").touch()
            assert says(running.result()) == "waited for"
            assert server.process.wait(10) == -signal.SIGTERM

    @pytest.mark.parametrize("content", ["forever", "hang"])
    def test_a_handler_that_outlives_the_grace_is_left(self, bot, pool, content):
        folder = bot(grace=0.1)
        with serving(folder) as server:
            running = pool.submit(outcome, server.port, saying(content, "oA"))
            server.wait_for((folder / "begun").exists)
            assert server.end() == -signal.SIGTERM
            assert running.result() in (503, ConnectionError)

    def test_a_handler_that_will_not_be_cancelled_does_not_keep_the_process(self, bot, pool):
        folder = bot(grace=0.1, last=0.5)
        with serving(folder) as server:
            running = pool.submit(outcome, server.port, saying("stubborn", "oA"))
            server.wait_for((folder / "begun").exists)
            assert server.end() == 1
            assert "a handler did not stop when it was cancelled" in server.said()
            running.result()

    def test_what_a_stop_left_is_run_by_the_next_process(self, bot, pool):
        folder = bot(store="", grace=0.1)
        request = saying("wait", "oA")
        with serving(folder) as server:
            running = pool.submit(outcome, server.port, request)
            server.wait_for((folder / "begun").exists)
            server.end()
            running.result()
        (folder / "go-on").touch()
        with serving(folder) as server:
            assert says(ask(server.port, request)) == "waited for"

    def test_ctrl_c_is_a_good_end(self, bot):
        with serving(bot()) as server:
            assert server.end(signal.SIGINT) == 0
            assert "Traceback" not in server.said()

    def test_another_signal_does_not_shorten_the_grace(self, bot, pool):
        folder = bot()
        with serving(folder) as server:
            running = pool.submit(ask, server.port, saying("wait", "oA"))
            server.wait_for((folder / "begun").exists)
            server.process.send_signal(signal.SIGINT)
            server.wait_for(lambda: ask(server.port, saying("new", "oB")).status == 503)
            server.process.send_signal(signal.SIGTERM)
            assert ask(server.port, saying("new", "oB")).status == 503
            (folder / "go-on").touch()
            assert says(running.result()) == "waited for"

    def test_the_same_signal_again_ends_the_grace(self, bot, pool):
        folder = bot(grace=600)
        with serving(folder) as server:
            running = pool.submit(outcome, server.port, saying("forever", "oA"))
            server.wait_for((folder / "begun").exists)
            server.process.send_signal(signal.SIGTERM)
            server.wait_for(lambda: ask(server.port, saying("new", "oB")).status == 503)
            assert server.end() == -signal.SIGTERM
            running.result()


class TestWorkers:
    def test_several_processes_share_one_port_and_one_store(self, bot, pool):
        with serving(bot(store=""), "--workers", "2") as server:
            pids = set()
            server.wait_for(
                lambda: pids.add(says(ask(server.port, push(text("pid"))))) or len(pids) == 2
            )
            assert str(server.process.pid) not in pids
            what = text("pid")
            answers = [says(ask(server.port, push(what))) for _ in range(10)]
            assert len(set(answers)) == 1
            assert server.end() == 0
            assert not any(os.path.exists(f"/proc/{pid}") for pid in pids)

    def test_a_process_that_died_is_replaced(self, bot):
        with serving(bot(store=""), "--workers", "2") as server:
            victim = says(ask(server.port, push(text("pid"))))
            os.kill(int(victim), signal.SIGKILL)
            seen = set()

            def others():
                seen.add(outcome(server.port, push(text("pid"))))
                return len(seen - {victim, ConnectionError}) >= 2

            server.wait_for(others)
            assert server.end() == 0

    def test_a_memory_store_cannot_be_shared(self, bot):
        done = run(bot(), "--workers", "2")
        assert (done.returncode, done.stdout) == (2, "")
        assert "a memory store cannot serve 2 processes: use sqlite, redis" in done.stderr


def outcome(port, request):
    """The text of an answer, else its status, else that there was none."""
    try:
        answer = ask(port, request)
    except OSError:
        return ConnectionError
    return says(answer) if answer.status == 200 else answer.status


def run(folder, *arguments, target="bot:account", **environ):
    """`yizhan run` that is expected to end by itself."""
    return subprocess.run(
        [YIZHAN, "run", target, "--port", "0", *arguments],
        cwd=folder,
        env=environment(folder) | environ,
        capture_output=True,
        encoding="utf-8",
        timeout=30,
        check=False,
    )


class TestRefusals:
    def test_a_port_in_use(self, bot):
        with bind("127.0.0.1", 0) as taken:
            port = taken.getsockname()[1]
            done = run(bot(grace=0, last=0.3), "--port", str(port))
        assert done.returncode == 2
        assert f"127.0.0.1:{port} is in use: waiting for it up to 0.3 s" in done.stderr
        assert f"cannot listen on 127.0.0.1:{port} (" in done.stderr
        assert "take another port, for example --port 8081" in done.stderr

    def test_a_weak_token(self, tmp_path):
        (tmp_path / "bot.py").write_text("from yizhan import Account\naccount = Account()\n")
        done = run(tmp_path, YIZHAN_TOKEN="weixin")
        assert done.returncode == 2
        assert done.stderr.startswith("the token is weak and easily guessed; this one would do: ")

    def test_a_weak_token_may_be_let_pass(self, tmp_path):
        (tmp_path / "bot.py").write_text("from yizhan import Account\naccount = Account()\n")
        environ = {"YIZHAN_TOKEN": "weixin", "YIZHAN_STORE": "memory://"}
        with serving(tmp_path, "--allow-weak", environ=environ) as server:
            assert ask(server.port, push(text(), token="weixin")).status == 200
            assert "the token is shorter than 16" in server.said()

    def test_an_unknown_setting(self, tmp_path):
        (tmp_path / "bot.py").write_text("from yizhan import Account\naccount = Account()\n")
        (tmp_path / "yizhan.toml").write_text('tokne = "abc"')
        done = run(tmp_path)
        assert done.returncode == 2
        assert "yizhan.toml:1: there is no setting tokne" in done.stderr

    @pytest.mark.parametrize("store", ["foo://x", "sqlite:///a.db?synchronous=x", "redis://h:port"])
    def test_a_store_s_address_that_is_wrong(self, bot, store):
        done = run(bot(store=store))
        assert done.returncode == 2
        assert len(done.stderr.splitlines()) == 1

    def test_accounts_that_share_a_path(self, bot):
        done = run(
            bot(more="accounts = [account, Account('b', token='tokenOfTheTests2026')]\n"),
            target="bot:accounts",
        )
        assert done.returncode == 2
        assert done.stderr == "two accounts share the same path: /wechat\n"

    def test_a_bad_key_with_several_processes_ends_before_any_starts(self, tmp_path):
        (tmp_path / "bot.py").write_text("from yizhan import Account\naccount = Account()\n")
        keys = {"YIZHAN_TOKEN": wechat.TOKEN, "YIZHAN_APPID": "wx1", "YIZHAN_AES_KEY": "short"}
        done = run(tmp_path, "--workers", "2", **keys)
        assert done.returncode == 2
        assert "an EncodingAESKey is 43 letters and digits" in done.stderr

    def test_a_bot_that_is_not_there(self, tmp_path):
        done = run(tmp_path, target="nowhere:account")
        assert done.returncode == 2
        assert done.stderr == (
            f"there is no module nowhere in {tmp_path}: "
            "write module:variable, for example bot:account\n"
        )

    def test_a_fault_of_the_bot_itself_is_shown_whole(self, tmp_path):
        (tmp_path / "bot.py").write_text("import no_such_library\n")
        done = run(tmp_path)
        assert done.returncode == 1
        assert 'bot.py", line 1, in <module>' in done.stderr
        assert "ModuleNotFoundError: No module named 'no_such_library'" in done.stderr

    def test_a_handler_that_cannot_be_is_shown_where_it_stands(self, bot):
        done = run(bot(more="@account.text\ndef wrong(message, nonsense): ...\n"))
        assert done.returncode == 2
        assert "the handler wrong (" in done.stderr
        assert "has an unknown parameter nonsense; known are: session, api" in done.stderr


class TestLoad:
    @pytest.fixture
    def module(self, tmp_path, monkeypatch):
        """Writes a module that no other test has imported; its name."""
        name = f"bot_{os.urandom(4).hex()}"
        monkeypatch.setattr(sys, "path", sys.path[:])
        (tmp_path / f"{name}.py").write_text(
            "from yizhan import Account\n"
            "account, other = Account(), Account('other')\n"
            "listed, named = [account, other], {'a': account}\n"
            "nothing, word, empty = None, 'account', []\n"
        )
        yield name
        sys.modules.pop(name, None)

    @pytest.mark.parametrize(
        ("attribute", "count"),
        [("", 1), (":account", 1), (":other", 1), (":listed", 2), (":named", 1)],
    )
    def test_an_account_or_several_are_found_by_name(self, module, tmp_path, attribute, count):
        assert len(load(module + attribute, str(tmp_path))) == count

    def test_a_file_may_be_named(self, module, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path.parent)
        assert len(load(f"{tmp_path.name}/{module}.py:listed")) == 2

    @pytest.mark.parametrize("attribute", ["nothing", "word", "empty", "missing"])
    def test_what_is_no_account_is_refused_with_those_found(self, module, tmp_path, attribute):
        with pytest.raises(TargetError) as caught:
            load(f"{module}:{attribute}", str(tmp_path))
        assert str(caught.value) == (
            f"{attribute} of {module} is not an account; accounts found there: account, other"
        )

    @pytest.mark.parametrize("target", ["", ":account", ".bot", "no.such.package:account"])
    def test_a_module_that_is_not_there_is_refused(self, tmp_path, monkeypatch, target):
        monkeypatch.setattr(sys, "path", sys.path[:])
        with pytest.raises(TargetError, match="there is no module"):
            load(target, str(tmp_path))


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_an_address_is_bound_once(host):
    with bind(host, 0) as taken:
        taken.listen()
        with pytest.raises(SettingsError, match="cannot listen on"):
            bind(host, taken.getsockname()[1])


@pytest.mark.parametrize("host", ["a..b", "a" * 64])
def test_a_host_that_is_no_name_is_refused(host):
    with pytest.raises(SettingsError, match="cannot listen on"):
        bind(host, 0)


def test_an_address_that_is_taken_is_told_in_chinese(monkeypatch):
    monkeypatch.setenv("YIZHAN_LANG", "zh")
    with bind("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=f"不能监听 127.0.0.1:{port}（"):
            bind("127.0.0.1", port)


class Patience:
    """A clock on which only sleep passes time; the address is freed after some of it."""

    def __init__(self, taken, frees_after=None):
        self.taken = taken
        self.frees_after = frees_after
        self.passed = 0.0

    def now(self):
        return self.passed

    def sleep(self, seconds):
        self.passed += seconds
        if self.frees_after is not None and self.passed >= self.frees_after:
            self.taken.close()


def test_an_address_is_waited_for_while_workers_of_before_still_stop():
    taken = bind("127.0.0.1", 0)
    clock = Patience(taken, frees_after=7)
    port = taken.getsockname()[1]
    with bind("127.0.0.1", port, 15, now=clock.now, sleep=clock.sleep) as listener:
        assert listener.getsockname()[1] == port
    assert 7 <= clock.passed < 8


def test_an_address_is_waited_for_no_longer_than_a_stop_takes():
    with bind("127.0.0.1", 0) as taken:
        clock = Patience(taken)
        with pytest.raises(SettingsError, match="cannot listen on"):
            bind("127.0.0.1", taken.getsockname()[1], 15, now=clock.now, sleep=clock.sleep)
    assert 15 <= clock.passed < 16


def test_an_address_that_is_not_ours_is_refused():
    with pytest.raises(SettingsError, match=r"cannot listen on 192\.0\.2\.1:80 "):
        bind("192.0.2.1", 80)
