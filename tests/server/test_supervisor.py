"""`yizhan run --workers 2`: workers that exit, a supervisor that is killed, how it stops."""

import itertools
import os
import signal
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import pytest

from redis_server import RedisServer
from scenarios.host import STORES
from served import PATIENCE, YIZHAN, environment, serving
from wechat import TOKEN, ask, push, says, text

HEAD = f"""
import asyncio
import os
from pathlib import Path
from yizhan import Account
from yizhan.server import restarts, serve

account = Account(token="{TOKEN}", lease=1.0, {{settings}})
begun, go_on = Path("begun"), Path("go-on")

@account.text("pid")
async def pid(message):
    return str(os.getpid())

@account.text("wait")
async def wait(message):
    begun.write_text(str(os.getpid()))
    while not go_on.exists():
        await asyncio.sleep(0.01)
    return "waited for"
"""
SUPERVISOR_FAILS = """
import multiprocessing
import threading
import time

class Garbage:
    def __del__(self, error=ValueError):
        raise error("at the end")

def fail():
    while threading.excepthook is threading.__excepthook__:
        time.sleep(0.01)
    raise ValueError("in a thread")

if multiprocessing.parent_process() is None:
    garbage = Garbage()
    threading.Thread(target=fail, name="of the author", daemon=True).start()
"""
HOLDS = """
import ctypes

restarts.HEARTBEAT_TIMEOUT = 3.0
serve.INTERVAL = 0.1

def holds_it():
    ctypes.PyDLL(None).sleep(60)

def crashes():
    ctypes.string_at(0)

@account.text(prefix="hold", rerun=False)
async def hold(message):
    holds_it()

@account.text(prefix="crash", rerun=False)
async def crash(message):
    crashes()
"""
TWO = ("--workers", "2")

pytestmark = pytest.mark.slow


@pytest.fixture
def bot(tmp_path):
    """Writes the bot, and gives its folder."""

    def written(more="", **settings):
        given = ", ".join(f"{name}={value!r}" for name, value in settings.items())
        (tmp_path / "bot.py").write_text(HEAD.format(settings=given) + more)
        return tmp_path

    return written


fans = (f"oFan{number}" for number in itertools.count())


def answer(port, content):
    """The text of the answer to a new follower's text, None without one."""
    with suppress(OSError):
        got = ask(port, push(text(content, FromUserName=next(fans))))
        return says(got) if got.status == 200 else None


def refuses(port):
    """Whether a worker is stopping that still answers."""
    with suppress(OSError):
        return ask(port, push(text("new", FromUserName=next(fans)))).status == 503


def pids_of(server, *, but=()):
    """The processes that serve, once there are two of them."""
    found = set()

    def two():
        if pid := answer(server.port, "pid"):
            found.add(int(pid))
        found.difference_update(but)
        return len(found) == 2

    server.wait_for(two)
    return found


def run(folder, *arguments):
    return subprocess.run(
        [YIZHAN, "run", "bot:account", "--port", "0", *TWO, *arguments],
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )


def children_of(pid):
    """All that this process has started, and what they have."""
    tasks = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return {int(child) for child in tasks}.union(*(children_of(child) for child in tasks))


def runs(pid):
    """Whether the process is there, and not only its exit status."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def gone(pids):
    """Wait until these processes have ended."""
    deadline = time.monotonic() + PATIENCE
    while left := [pid for pid in pids if runs(pid)]:
        assert time.monotonic() < deadline, left
        time.sleep(0.01)


class TestRestart:
    @pytest.mark.skipif("redis" not in STORES, reason="no redis-server")
    def test_a_worker_that_is_killed_while_the_store_is_unreachable_is_started_again(self, bot):
        with RedisServer() as redis, serving(bot(store=redis.url), *TWO) as server:
            first = pids_of(server)
            redis.stop()
            victim = first.pop()
            os.kill(victim, signal.SIGKILL)
            server.wait_said(f"worker {victim} exited (SIGKILL); it is restarted in 0.5 s")
            server.wait_said("exited (exit 3); it is restarted in 1 s")
            redis.start()
            assert first < pids_of(server, but={victim})
            assert server.end() == 0

    def test_the_worker_that_takes_over_a_killed_workers_message_names_it(self, bot, pool):
        folder = bot()
        with serving(folder, *TWO) as server:
            what = text("wait", MsgId=4711)
            running = pool.submit(answer_to, server.port, what)
            server.wait_for(lambda: (folder / "begun").exists() and read(folder / "begun"))
            os.kill(int(read(folder / "begun")), signal.SIGKILL)
            server.wait_said("took over 1 messages that another process left: ")
            (line,) = [line for line in server.said().splitlines() if "took over" in line]
            assert ":4711" in line
            (folder / "go-on").touch()
            running.result()

    @pytest.mark.parametrize(("text", "where"), [("hold", "in holds_it"), ("crash", "in crashes")])
    def test_the_log_says_where_a_worker_stood_and_nothing_else(self, bot, pool, text, where):
        """Whether it held the GIL until it was killed, or native code ended it."""
        with serving(bot(HOLDS), *TWO) as server:
            pids_of(server)
            pool.submit(answer, server.port, f"{text} the secret of a follower")
            server.wait_said("was here when it ended")
            server.wait_said(where)
            assert "bot.py" in server.said()
            assert "secret of a follower" not in server.said()
            server.end()

    def test_a_worker_without_a_heartbeat_is_replaced(self, bot):
        more = "restarts.HEARTBEAT_TIMEOUT = 3.0\nserve.INTERVAL = 0.1\n"
        with serving(bot(more), *TWO) as server:
            first = pids_of(server)
            victim = first.pop()
            os.kill(victim, signal.SIGSTOP)
            server.wait_said(f"worker {victim} sends no heartbeat and is killed")
            assert first < pids_of(server, but={victim})
            assert server.end() == 0


def read(path):
    return path.read_text()


def answer_to(port, what):
    with suppress(OSError):
        return says(ask(port, push(what)))


class TestStart:
    def test_when_no_worker_can_serve_the_exit_status_says_so(self, bot, tmp_path):
        (tmp_path / "file").touch()
        done = run(bot(store=f"sqlite:///{tmp_path}/file/x.db"))
        assert done.returncode == 3
        assert done.stderr.count("exited before it served (exit 3)") == 2
        assert "no worker was able to serve: the server exits" in done.stderr

    def test_a_port_in_use_is_reported_before_any_worker_starts(self, bot):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            done = run(bot("serve.LAST = 0\n", grace=0), "--port", str(port))
        assert done.returncode == 2
        assert f"cannot listen on 127.0.0.1:{port}" in done.stderr


class TestStop:
    def test_the_same_signal_again_ends_the_grace(self, bot, pool):
        folder = bot(grace=600)
        with serving(folder, *TWO) as server:
            running = pool.submit(answer, server.port, "wait")
            server.wait_for((folder / "begun").exists)
            server.process.send_signal(signal.SIGTERM)
            server.wait_for(lambda: refuses(server.port))
            assert server.end() == 0
            running.result()

    def test_workers_whose_supervisor_was_killed_stop_and_the_next_start_has_their_port(
        self, bot, pool, tmp_path
    ):
        folder = bot(grace=20)
        with serving(folder, *TWO) as server:
            family = children_of(server.process.pid)
            running = pool.submit(answer, server.port, "wait")
            server.wait_for((folder / "begun").exists)
            server.process.kill()
            server.process.wait()
            following = tmp_path / "following"
            following.mkdir()
            (following / "bot.py").write_text(read(folder / "bot.py"))
            with subprocess.Popen(
                [YIZHAN, "run", "bot:account", "--port", str(server.port), *TWO],
                cwd=following,
                env=environment(following),
                stderr=subprocess.PIPE,
                text=True,
            ) as another:
                waiting = another.stderr.readline()
                assert f"{server.port} is in use: waiting for it up to 25 s" in waiting
                (folder / "go-on").touch()
                assert running.result() == "waited for"
                gone(family)
                assert "default: http://" in another.stderr.readline()
                assert answer(server.port, "pid") not in map(str, family)
                another.terminate()
                another.stderr.read()
                assert another.wait(PATIENCE) == 0
            assert "the supervisor exited: this process stops within its grace" in server.said()

    def test_what_fails_in_the_supervisor_goes_through_the_log(self, bot):
        with serving(bot(SUPERVISOR_FAILS), "--json-log", *TWO) as server:
            server.wait_said("the thread of the author raised")
            assert server.end() == 0
        assert [line for line in server.said().splitlines() if not line.startswith("{")] == []

    def test_workers_end_within_the_grace_when_the_supervisor_was_killed(self, bot, pool):
        folder = bot(grace=0.1)
        with serving(folder, *TWO) as server:
            family = children_of(server.process.pid)
            running = pool.submit(answer, server.port, "wait")
            server.wait_for((folder / "begun").exists)
            server.process.kill()
            gone(family)
            running.result()
