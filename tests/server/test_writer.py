"""The log's lines and whoever reads them: slow, gone, or there."""

import http.client
import io
import os
import signal
import subprocess
import sys
import threading
from contextlib import closing, contextmanager, suppress

import pytest

from served import YIZHAN, Served, environment
from wechat import TOKEN, ask, push, says, text, verification
from yizhan.server import writer
from yizhan.server.writer import WHOLE, Writer, write_all

PUSHES = 2_000
LAST_LINES = 300
BOT = f"""
import logging
import os
import uvicorn
from yizhan import Account
from yizhan.server import writer

writer.BETWEEN = 0.2  # seconds: so long do lines wait, unless they are flushed
account = Account(token="{TOKEN}", store="memory://", grace=0)
log = logging.getLogger("bot")
shutdown = uvicorn.Server.shutdown

async def noisy_shutdown(server, sockets=None):
    await shutdown(server, sockets)
    last_words()

def last_words():
    for number in range({LAST_LINES}):
        log.warning("last %d", number)

uvicorn.Server.shutdown = noisy_shutdown

@account.text("leave")
async def leave(message):
    last_words()
    os._exit(7)

@account.text
async def echo(message):
    return message.content
"""


def dropped_line(count):
    return f"{count} dropped\n"


@pytest.fixture
def pipe():
    ends = os.pipe()
    yield ends
    for end in ends:
        with suppress(OSError):
            os.close(end)


@pytest.fixture
def make(pipe):
    """Makes a writer to the pipe; its thread ends when nobody can read any more."""
    made = []

    def writer(**how):
        made.append(Writer(os.fdopen(pipe[1], "w", closefd=False), dropped_line, **how))
        return made[-1]

    yield writer
    with suppress(OSError):
        os.close(pipe[0])
    for each in made:
        each.close()


def drained(each, end):
    """Read until all is written; what was read."""
    os.set_blocking(end, False)
    said = b""
    while True:
        done = each.flush(0.02)
        with suppress(BlockingIOError):
            while more := os.read(end, 1 << 20):
                said += more
        if done:
            return said.decode()


class TestWriter:
    def test_lines_come_in_their_order(self, make, pipe):
        each = make()
        for number in range(10_000):
            each.put(f"{number}\n")
        assert drained(each, pipe[0]) == "".join(f"{number}\n" for number in range(10_000))

    def test_a_pipe_that_nobody_reads_holds_nobody_up(self, make):
        each = make(most=100_000)
        for _ in range(5_000):
            each.put("x" * 99 + "\n")
        assert not each.flush(0.01)
        assert 2_000 < each.dropped < 5_000

    def test_what_was_dropped_is_counted_and_said(self, make, pipe):
        each = make(most=100_000)
        for _ in range(5_000):
            each.put("x" * 99 + "\n")
        lines = drained(each, pipe[0]).splitlines()
        each.put("later\n")
        lines += drained(each, pipe[0]).splitlines()
        assert lines.count("x" * 99) + each.dropped == 5_000
        assert f"{each.dropped} dropped" in lines
        assert lines[-1] == "later"

    def test_a_reader_that_is_gone_costs_lines_and_no_more(self, make, pipe):
        os.close(pipe[0])
        each = make()
        for _ in range(10):
            each.put("x\n")
            assert each.flush()
        assert each.dropped == 10

    def test_a_closed_stream_costs_lines_and_no_more(self):
        stream = io.StringIO()
        each = Writer(stream, dropped_line)
        stream.close()
        each.put("x\n")
        assert each.flush()
        assert each.dropped == 1
        each.close()

    def test_without_a_stream_nothing_happens(self):
        each = Writer(None, dropped_line)
        each.put("x\n")
        each.close()

    def test_lines_stay_whole_in_a_pipe_that_several_processes_write(self, make, pipe, monkeypatch):
        written = []
        monkeypatch.setattr(writer, "write_all", lambda file, data: written.append(data))
        each = make()
        for number in range(1_000):
            each.put(f"{number} {'x' * (number % 200)}\n")
        each.put("y" * 3 * WHOLE + "\n")
        each.flush()
        assert all(data.endswith(b"\n") for data in written)
        assert all(len(data) <= WHOLE for data in written[:-1])

    def test_a_letter_that_the_stream_cannot_write_is_escaped(self, pipe):
        stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
        each = Writer(stream, dropped_line)
        each.put("你\ud800\n")
        each.close()
        assert stream.buffer.getvalue() == b"\\u4f60\\ud800\n"

    def test_the_flags_of_the_stream_are_left_as_they_are(self, make, pipe):
        each = make()
        each.put("x\n")
        assert each.flush()
        assert os.get_blocking(pipe[1])

    def test_the_thread_begins_with_the_first_line(self, make):
        each = make()
        assert each.flush()
        before = threading.active_count()
        each.put("x\n")
        assert threading.active_count() == before + 1


def test_a_stream_that_others_made_non_blocking_gets_all(pipe):
    os.set_blocking(pipe[1], False)
    data = os.urandom(1 << 20)
    thread = threading.Thread(target=write_all, args=(pipe[1], data))
    thread.start()
    said = b""
    while len(said) < len(data):
        said += os.read(pipe[0], 1 << 16)
    thread.join()
    assert said == data


FORKING = """
import logging, os
from yizhan.server import log
log.configure(json=False)
for number in range(100):
    logging.getLogger("yizhan").warning("parent %d", number)
child = os.fork()
for number in range(100):
    logging.getLogger("yizhan").warning("%s again %d", "parent" if child else "child", number)
if not child:
    os._exit(0)
os.waitpid(child, 0)
"""


def test_a_forked_process_writes_its_own_lines_and_no_others(tmp_path):
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", FORKING],
        env=environment(tmp_path),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    said = [line.split(" ", 1)[1] for line in done.stderr.splitlines()]
    assert [line for line in said if line.startswith("child")] == [
        f"child again {number}" for number in range(100)
    ]
    assert len(said) == len(set(said)) == 300


@pytest.fixture
def serve(tmp_path):
    """Runs the bot with that standard error until the block ends."""
    (tmp_path / "bot.py").write_text(BOT)

    @contextmanager
    def serving(stderr, *command):
        command = [*command, YIZHAN, "run", "bot:account", "--json-log", "--port", "0"]
        process = subprocess.Popen(
            command, cwd=tmp_path, env=environment(tmp_path), stderr=stderr, stdout=stderr
        )
        served = Served(process, tmp_path / "output.log")
        served.output.touch()
        try:
            served.port = served.wait_for(lambda: listening_port(process.pid))
            served.wait_for(served.answers)
            yield served
        finally:
            process.kill()
            process.wait()

    return serving


def listening_port(pid):
    """The port at which a process listens, as the kernel knows it."""
    sockets = set()
    with suppress(OSError):
        for name in os.listdir(f"/proc/{pid}/fd"):
            with suppress(OSError):
                sockets.add(os.readlink(f"/proc/{pid}/fd/{name}"))
    with open("/proc/net/tcp") as table:
        for words in map(str.split, list(table)[1:]):
            if words[3] == "0A" and f"socket:[{words[9]}]" in sockets:
                return int(words[1].split(":")[1], 16)
    return None


class TestServer:
    def test_a_pipe_that_nobody_reads_stops_nothing(self, serve, pipe):
        with serve(pipe[1]) as server:
            with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)) as kept:
                for _ in range(PUSHES):
                    request = push(text("hello"))
                    kept.request("POST", request.target, request.body, dict(request.headers))
                    assert b"hello" in kept.getresponse().read()
            assert server.answers()
            assert server.end() == -signal.SIGTERM

    def test_a_pipe_that_nobody_reads_any_more_fails_no_push(self, serve, pipe):
        with serve(pipe[1]) as server:
            os.close(pipe[0])
            for _ in range(3):
                assert ask(server.port, verification("5838479218127813673")).status == 200
                assert says(ask(server.port, push(text("hello")))) == "hello"
                assert ask(server.port, push(text(), token="anotherTokenOfTests")).status == 403
            assert server.end() == -signal.SIGTERM

    def test_a_standard_error_that_was_closed_fails_no_push(self, serve):
        with serve(None, "sh", "-c", 'exec "$@" 2>&- >&-', "sh") as server:
            assert ask(server.port, verification()).status == 200
            assert says(ask(server.port, push(text("hello")))) == "hello"
            assert server.end() == -signal.SIGTERM

    @pytest.mark.parametrize(("content", "status"), [("leave", 7), ("hello", -signal.SIGTERM)])
    def test_the_last_lines_are_written_at_every_end(self, serve, tmp_path, content, status):
        with (tmp_path / "output.log").open("wb") as output, serve(output) as server:
            if content == "leave":
                with pytest.raises(OSError):
                    ask(server.port, push(text(content)))
                assert server.process.wait(10) == status
            else:
                assert server.end() == status
            assert server.said().count('"last ') == LAST_LINES
