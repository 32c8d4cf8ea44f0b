"""`/metrics` of real processes: a run of which every number is known, with one of them killed."""

import json
import os
import re
import shutil
import signal
import subprocess
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from pathlib import Path

import pytest

import wechat
import yizhan
from served import Served, environment, serving
from wechat import Request, ask, event, push, says, text

BOT = """
import asyncio
import os
from contextlib import suppress
from yizhan import Account
from yizhan.errors import APIError

account = Account(
    token="tokenOfTheTests2026",
    appid="wx0123456789abcdef",
    secret="s" * 32,
    kind="service",
    verified=True,
    api_base="{api}",
    store="sqlite:///{folder}/x.db",
    timeout=4.0,
    hold=0,
    lease=3,
)

@account.text("pid")
async def pid(message):
    return str(os.getpid())

@account.text("slow")
async def slow(message):
    await asyncio.sleep(4.3)
    return "an answer after the deadline"

@account.text("bad")
async def bad(message):
    raise ValueError("no")

@account.text("thread")
def thread(message):
    return "from a thread"

@account.text("quota")
async def quota(message):
    with suppress(APIError):
        await account.api.get("/cgi-bin/nothing/of/that/name")
    return "asked"
"""

METRICS = Request("GET", "/metrics")
VERSION = version("yizhan")
QUICK, BAD, THREAD = 7, 3, 2
SENT_TO, REFUSED_TO = "oSent00000000000000000000001", "oRefused0000000000000000001"


class Platform(BaseHTTPRequestHandler):
    """WeChat's API, which sends nothing to one of the followers."""

    def do_GET(self):
        self._answer({"errcode": 40066, "errmsg": "invalid url"})

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        if "stable_token" in self.path:
            self._answer({"access_token": "token-1", "expires_in": 7200})
        elif "quota/get" in self.path:
            self._answer({"errcode": 0, "errmsg": "ok", "quota": {"remain": 499_998}})
        elif body.get("touser") == REFUSED_TO:
            self._answer({"errcode": 45047, "errmsg": "out of response count limit"})
        else:
            self._answer({"errcode": 0, "errmsg": "ok"})

    def _answer(self, fields):
        body = json.dumps(fields).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def platform():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Platform)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def saying(content, fan=wechat.FAN):
    return push(text(content, FromUserName=fan))


class Run:
    """The script, and what was told at its end."""

    def __init__(self, server):
        self.server = server
        self.pids = Counter()
        self.fetching = 0

    def ask(self, request):
        return ask(self.server.port, request)

    def fetch(self):
        """Whether the word that fetches answers brought the one that could not be sent."""
        self.fetching += 1
        return "an answer after the deadline" in (says(self.ask(saying("继续", REFUSED_TO))) or "")

    def metrics(self):
        return self.ask(METRICS).body.decode()

    def value(self, line):
        found = re.search(rf"^{re.escape(line)} (\S+)$", self.metrics(), re.MULTILINE)
        return float(found[1]) if found else None

    def wait(self, line, value):
        self.server.wait_for(lambda: self.value(line) == value)

    def meet(self, count):
        """Hear from so many processes."""
        while len(self.pids) < count:
            self.pids[int(says(self.ask(saying("pid"))))] += 1


@pytest.fixture(scope="module")
def run(tmp_path_factory, platform):
    folder = tmp_path_factory.mktemp("run")
    (folder / "bot.py").write_text(BOT.format(api=platform, folder=folder))
    with serving(folder, "--workers", "2") as server:
        run = Run(server)
        run.folder = folder
        run.meet(2)
        for number in range(QUICK):
            run.ask(saying("thread" if number < THREAD else "pid"))
        for _ in range(BAD):
            run.ask(saying("bad"))
        run.ask(push(event("subscribe")))
        again = text("pid")
        run.ask(push(again))
        run.ask(push(again))
        run.ask(push(text(), token="anotherTokenOfTests"))
        run.ask(saying("pid")._replace(path="/nowhere"))
        run.ask(saying("quota"))
        with ThreadPoolExecutor() as pool:
            list(pool.map(run.ask, [saying("slow", fan) for fan in (SENT_TO, REFUSED_TO)]))
        run.wait('yizhan_sends_total{account="wx0123456789abcdef",outcome="sent"}', 1)
        run.wait('yizhan_sends_total{account="wx0123456789abcdef",outcome="refused"}', 1)
        run.server.wait_for(run.fetch)
        killed = next(iter(run.pids))
        before = run.metrics()
        os.kill(killed, signal.SIGKILL)
        run.wait('yizhan_worker_deaths_total{account="wx0123456789abcdef"}', 1)
        run.wait(f'yizhan_workers{{account="wx0123456789abcdef",version="{VERSION}"}}', 2)
        quota = "/cgi-bin/message/custom/send"
        run.wait(f'yizhan_api_quota_left{{account="wx0123456789abcdef",path="{quota}"}}', 499_998)
        run.before, run.text = before, run.metrics()
        yield run


def counts(told, name):
    """The values of a series by its labels, without those that are 0."""
    found = re.findall(rf"^{name}\{{account=\"wx0123456789abcdef\",?(.*)\}} (\S+)$", told, re.M)
    return {labels: float(value) for labels, value in found if float(value)}


class TestOneRun:
    def test_pushes_by_kind_and_outcome(self, run):
        said = counts(run.text, "yizhan_pushes_total")
        inline = sum(run.pids.values()) + QUICK + 1 + 1  # one was asked twice, one the API
        assert said == {
            'kind="text",outcome="again"': 1,
            'kind="text",outcome="custom"': 2,
            'kind="subscribe",outcome="acknowledged"': 1,
            'kind="text",outcome="inline"': inline + 1,  # the last word that fetches
            'kind="text",outcome="acknowledged"': BAD + run.fetching - 1,
        }

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("yizhan_repeats_total", {"": 1}),
            ("yizhan_handler_errors_total", {"": BAD}),
            ("yizhan_refusals_total", {'reason="signature"': 1}),
            ("yizhan_sends_total", {'outcome="sent"': 1, 'outcome="refused"': 1}),
            ("yizhan_late_answers_total", {'way="custom"': 1, 'way="push"': 1}),
            ("yizhan_worker_deaths_total", {"": 1}),
            ("yizhan_in_flight", {}),
            ("yizhan_threads_busy", {}),
            ("yizhan_faults_total", {}),
            ("yizhan_store_up", {"": 1}),
            ("yizhan_workers", {f'version="{VERSION}"': 2}),
            ("yizhan_api_quota_left", {'path="/cgi-bin/message/custom/send"': 499_998}),
            ("yizhan_answer_seconds_count", {'way="custom"': 1}),
        ],
    )
    def test_each_number_is_what_was_done(self, run, name, expected):
        found = counts(run.text, name)
        if name == "yizhan_answer_seconds_count":
            found.pop('way="inline"')
        assert found == expected

    def test_calls_of_the_api_by_path_and_errcode(self, run):
        said = counts(run.text, "yizhan_api_calls_total")
        said.pop('path="/cgi-bin/openapi/quota/get",errcode="0"', None)
        tokens = said.pop('path="/cgi-bin/stable_token",errcode="0"')
        assert tokens in (1, 2)  # whichever processes were asked to send share one
        assert said == {
            'path="other",errcode="40066"': 1,
            'path="/cgi-bin/message/custom/send",errcode="0"': 1,
            'path="/cgi-bin/message/custom/send",errcode="45047"': 1,
        }

    def test_a_request_that_is_nobody_s_is_counted_apart(self, run):
        assert 'yizhan_refusals_total{account="-",reason="path"} 1\n' in run.text

    def test_histograms_hold_each_handler_against_five_seconds(self, run):
        said = counts(run.text, "yizhan_handler_seconds_bucket")
        assert said['le="5"'] == said['le="15"'] == said['le="+Inf"']
        assert counts(run.text, "yizhan_handler_seconds_count")[""] == said['le="+Inf"']
        assert said['le="+Inf"'] - said['le="2.5"'] == 2  # the slow ones

    def test_a_killed_process_takes_nothing_with_it(self, run):
        for name in ("pushes_total", "handler_seconds_count", "answer_seconds_count"):
            assert counts(run.text, f"yizhan_{name}") == counts(run.before, f"yizhan_{name}")

    def test_nothing_of_a_follower_is_told(self, run):
        for secret in (
            wechat.FAN,
            SENT_TO,
            REFUSED_TO,
            "after the deadline",
            "token-1",
            wechat.TOKEN,
        ):
            assert secret not in run.text

    def test_the_token_s_age_is_told(self, run):
        assert 0 <= counts(run.text, "yizhan_token_age_seconds").get("", 0.0) < 600

    def test_only_their_user_may_read_the_files(self, run):
        folder = run.folder / "x.db.metrics"
        assert folder.stat().st_mode & 0o777 == 0o700
        assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
        assert len(list(folder.glob("*.counts"))) == 2

    @pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool is not installed")
    def test_prometheus_takes_it_as_it_is_written(self, run):
        checked = subprocess.run(
            ["promtool", "check", "metrics"], input=run.text, capture_output=True, text=True
        )
        assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")


HOSTS = Path(__file__).parents[2] / ".venv-hosts"
GUNICORN_BOT = """
import os
from yizhan import Account

account = Account(token="tokenOfTheTests2026", store="sqlite:///{folder}/x.db")
app = account.asgi

@account.text
async def pid(message):
    return str(os.getpid())
"""


@pytest.mark.skipif(not HOSTS.exists(), reason="`make test` installs gunicorn beside other hosts")
@pytest.mark.parametrize("preload", [(), ("--preload",)], ids=["each", "preload"])
def test_under_gunicorn_all_workers_are_added_up(tmp_path, preload):
    (tmp_path / "bot.py").write_text(GUNICORN_BOT.format(folder=tmp_path))
    words = ["-w", "2", "-k", "uvicorn_worker.UvicornWorker", "-b", "127.0.0.1:0"]
    environ = {**environment(tmp_path), "PYTHONPATH": str(Path(yizhan.__file__).parents[1])}
    output = tmp_path / "output.log"
    with output.open("wb") as stream:
        process = subprocess.Popen(
            [HOSTS / "bin/gunicorn", *words, *preload, "bot:app"],
            cwd=tmp_path,
            env=environ,
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
    server = Served(process, output)
    try:
        listening = re.compile(r"Listening at: http://127\.0\.0\.1:(\d+)")
        server.port = int(server.wait_for(lambda: listening.search(server.said()))[1])
        server.wait_for(server.answers)
        run = Run(server)
        run.meet(2)
        pushes = 'yizhan_pushes_total{account="default",kind="text",outcome="inline"}'
        assert run.value(pushes) == sum(run.pids.values())
        os.kill(next(iter(run.pids)), signal.SIGKILL)
        run.wait('yizhan_worker_deaths_total{account="default"}', 1)
        assert run.value(pushes) == sum(run.pids.values())
    finally:
        process.terminate()
        process.wait(30)
