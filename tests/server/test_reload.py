"""SIGHUP to `yizhan run`: new processes serve before the old ones stop, and no push is lost."""

import fcntl
import http.client
import itertools
import os
import signal
import subprocess
import termios
import threading
import time
from contextlib import contextmanager

import pytest

from served import PATIENCE, YIZHAN, environment, serving
from server.test_supervisor import children_of, gone
from wechat import TOKEN, ask, push, says, text

BOT = f"""
import asyncio
from pathlib import Path
from yizhan import Account
from yizhan.server import process

process.KEEP_ALIVE, process.LEAVING = 1, 20
account = Account(token="{TOKEN}", lease=1.0, {{settings}})
begun, go_on = Path("begun"), Path("go-on")

@account.text("wait")
async def wait(message):
    begun.touch()
    while not go_on.exists():
        await asyncio.sleep(0.01)
    Path("ended").write_text("{{version}}")

@account.text("forever")
async def forever(message):
    begun.touch()
    while True:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            pass

@account.text
async def version(message):
    return "{{version}}"
"""

fans = (f"oFan{number}" for number in itertools.count())

pytestmark = pytest.mark.slow


@pytest.fixture
def bot(tmp_path):
    """Writes a version of the bot, and gives its folder."""

    def written(version, **settings):
        given = ", ".join(f"{name}={value!r}" for name, value in settings.items())
        (tmp_path / "bot.py").write_text(BOT.format(version=version, settings=given))
        return tmp_path

    return written


def saying(content):
    return push(text(content, FromUserName=next(fans)))


def version_of(server):
    return says(ask(server.port, saying("which")))


def reload(server):
    server.process.send_signal(signal.SIGHUP)


class Load:
    """Followers who write without a pause, on connections that stay and on ones that do not."""

    def __init__(self, port):
        self.port = port
        self.answers = {}
        self.failures = []
        self._over = threading.Event()

    @contextmanager
    def going_on(self):
        threads = [threading.Thread(target=self._write, args=(each,)) for each in (True, False) * 2]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._over.set()
            for thread in threads:
                thread.join()

    def _write(self, stays):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        while not self._over.is_set():
            request = saying("which")
            headers = {**request.headers, **({} if stays else {"connection": "close"})}
            try:
                connection.request("POST", request.target, request.body, headers)
                response = connection.getresponse()
                body, status = response.read(), response.status
            except OSError as error:
                self.failures.append(error)
                return
            said = next((word for word in ("first", "second") if word.encode() in body), None)
            if status != 200 or said is None:
                self.failures.append((status, body))
            self.answers[said] = self.answers.get(said, 0) + 1
        connection.close()


@pytest.mark.parametrize("workers", ["1", "2"])
def test_no_push_is_refused_or_lost_over_reloads_under_load(bot, workers):
    folder = bot("first")
    with serving(folder, "--workers", workers) as server:
        pid, before = server.process.pid, children_of(server.process.pid)
        load = Load(server.port)
        with load.going_on():
            server.wait_for(lambda: load.answers.get("first", 0) > 20)
            bot("second")
            reload(server)
            server.wait_said("reloaded: the new workers (")
            answered = load.answers.get("second", 0)
            server.wait_for(lambda: load.answers.get("second", 0) > answered + 20)
            gone(before - {tracker(before)})
            if workers == "1":  # the second one is as any with several
                server.wait_for(lambda: version_of(server) == "second")
                reload(server)
                server.wait_for(lambda: server.said().count("reloaded: the new workers (") == 2)
        assert load.failures == []
        assert version_of(server) == "second"
        assert server.process.pid == pid
        after = children_of(pid)
        assert server.end() == 0
        gone(after)


def tracker(pids):
    """Python's own process that looks after what workers share."""
    for pid in pids:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            if b"resource_tracker" in file.read():
                return pid
    return None


def test_what_cannot_serve_beside_the_old_bot_leaves_it_serving(bot, tmp_path):
    folder = bot("first")
    with serving(folder) as server:
        (tmp_path / "bot.py").write_text("import no_such_library\n")
        reload(server)
        server.wait_said("the reload failed, and the old processes keep serving: the new worker ")
        assert "No module named 'no_such_library'" in server.said()
        assert version_of(server) == "first"
        bot("in memory", store="memory://")
        reload(server)
        server.wait_said("a memory store cannot serve 2 processes")
        assert version_of(server) == "first"
        bot("the second")
        reload(server)
        server.wait_said("reloaded: the new workers (")
        server.wait_for(lambda: version_of(server) == "the second")
        assert server.end() == 0


def test_a_handler_that_runs_ends_where_it_began(bot, pool):
    folder = bot("first")
    with serving(folder) as server:
        running = pool.submit(outcome, server.port, saying("wait"))
        server.wait_for((folder / "begun").exists)
        bot("the second")
        reload(server)
        server.wait_for(lambda: version_of(server) == "the second")
        (folder / "go-on").touch()
        server.wait_for((folder / "ended").exists)
        assert (folder / "ended").read_text() == "first"
        running.result()
        assert server.end() == 0


def test_a_stop_ends_all_even_if_a_handler_of_before_does_not_end(bot, pool):
    folder = bot("first", grace=0.1)
    more = "from yizhan.server import serve\nserve.LAST = 0.5\n"
    with (folder / "bot.py").open("a") as file:
        file.write(more)
    with serving(folder) as server:
        running = pool.submit(outcome, server.port, saying("forever"))
        server.wait_for((folder / "begun").exists)
        bot("the second")
        reload(server)
        server.wait_for(lambda: version_of(server) == "the second")
        family = children_of(server.process.pid)
        assert server.end() in (0, 1)
        gone(family)
        running.result()


def outcome(port, request):
    try:
        return ask(port, request).status
    except OSError:
        return None


def test_a_terminal_that_is_closed_stops_it(bot):
    folder = bot("first")
    ours, theirs = os.openpty()
    output = folder / "output.log"
    with (
        output.open("wb") as stream,
        subprocess.Popen(
            [YIZHAN, "run", "--port", "0"],
            cwd=folder,
            env=environment(folder),
            stdin=theirs,
            stdout=stream,
            stderr=stream,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # no threads
        ) as process,
    ):
        os.close(theirs)
        deadline = time.monotonic() + PATIENCE
        while b"http://" not in output.read_bytes():
            assert time.monotonic() < deadline
            time.sleep(0.01)
        os.close(ours)
        process.wait(PATIENCE)
    assert "reloading" not in output.read_text()
