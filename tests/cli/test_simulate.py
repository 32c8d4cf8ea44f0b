"""yizhan simulate: the simulator in front of a server in another process, over real HTTP."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from click.testing import CliRunner

from yizhan import replies, wire
from yizhan.cli.simulate import command
from yizhan.recording import Exchange, line_of
from yizhan.wire import Keys, Push


class Foreign(BaseHTTPRequestHandler):
    """Somebody else's server: answers in plain mode with what was said."""

    def do_GET(self):
        self.answer(re.search(r"echostr=([^&]*)", self.path)[1].encode())

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        query = self.path.partition("?")[2].encode()
        keys = Keys((self.server.token,), max_age=300)
        raw = wire.open(Push(query, body, "text/xml", 0.0), keys, time.time()).raw
        reply = replies.Text(f"听到：{raw['Content']}")
        to, sender = raw["FromUserName"], raw["ToUserName"]
        self.answer(replies.render(reply, to=to, sender=sender, created=1))

    def answer(self, body):
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def foreign():
    server = HTTPServer(("127.0.0.1", 0), Foreign)
    server.token = "tokenOfTheForeign2026"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def simulate(tmp_path):
    processes = []

    def started(*arguments, **variables):
        program = "from yizhan.cli.main import main; main()"
        command = [sys.executable, "-c", program, "simulate", *arguments, "--port", "0"]
        process = subprocess.Popen(
            [*command, "--folder", str(tmp_path / "kept")],
            env={**os.environ, "YIZHAN_LANG": "en", "PYTHONUNBUFFERED": "1", **variables},
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        processes.append(process)
        lines = []
        while not lines or "Ctrl-C" not in lines[-1]:
            line = process.stdout.readline()
            assert line, "".join(lines)
            lines.append(line)
        return "".join(lines)

    yield started
    for process in processes:
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
        assert process.stdout.read() == ""
        process.stdout.close()


class Client:
    """Enters by the printed address, then calls the API."""

    def __init__(self, told):
        found = re.search(r"http://127\.0\.0\.1:(\d+)/\?token=(\S+)", told)
        self.port, token = int(found[1]), found[2]
        self.session = self("POST", "/api/session", {"token": token}, session="")["session"]

    def __call__(self, method, path, body=None, *, session=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        bearer = self.session if session is None else session
        content = None if body is None else json.dumps(body).encode()
        connection.request(method, path, content, {"Authorization": f"Bearer {bearer}"})
        answer = json.loads(connection.getresponse().read())
        connection.close()
        return answer


def test_any_server_is_talked_to_and_checked(simulate, foreign):
    url = f"http://127.0.0.1:{foreign.server_port}/wx"
    told = simulate(url, YIZHAN_TOKEN=foreign.token)
    assert f"Token           {foreign.token}" in told
    assert "in place of https://api.weixin.qq.com" in told
    client = Client(told)
    assert client("POST", "/api/accounts/bot/verify")["connected"] is True
    state = client("GET", "/api/state")
    assert state["accounts"][0]["target"] == url
    fan = state["followers"]["bot"][0]["openid"]
    act = f"/api/accounts/bot/followers/{fan}/act?wait=true"
    push = client("POST", act, {"do": "text", "text": "你好"})
    assert push["verdict"]["reply"]["content"] == {"text": "听到：你好"}
    assert client("GET", "/cgi-bin/getcallbackip", session="")["errcode"] == 41001


def test_without_settings_it_makes_keys_that_stay(simulate, foreign):
    url = f"http://127.0.0.1:{foreign.server_port}/wx"
    keys = [re.findall(r"^  (?!AppSecret)(\w+) +(\w+)$", simulate(url), re.M) for _ in range(2)]
    assert [name for name, _ in keys[0]] == ["Token", "EncodingAESKey", "AppID"]
    assert keys[0] == keys[1]


def test_a_recording_is_opened_as_conversations(simulate, tmp_path):
    push = (
        "<xml><ToUserName>gh_1</ToUserName><FromUserName>oThen</FromUserName>"
        "<CreateTime>1</CreateTime><MsgType>text</MsgType><Content>你好</Content>"
        "<MsgId>1</MsgId></xml>"
    )
    exchange = Exchange(at=1.0, path="/wechat", mode="plain", push=push, reply="success")
    (tmp_path / "record.jsonl").write_bytes(line_of(exchange))
    client = Client(simulate("--open", "record.jsonl"))
    assert client("GET", "/api/accounts/bot/followers")[0]["openid"] == "oThen"
    [entry] = client("GET", "/api/accounts/bot/followers/oThen/screen")
    assert entry["content"] == {"text": "你好"}


def test_what_is_no_recording_is_said(tmp_path):
    (tmp_path / "record.jsonl").write_text("nonsense\n")
    result = CliRunner().invoke(command, ["--open", str(tmp_path / "record.jsonl")])
    assert result.exit_code == 1
    assert "line 1 is no recording" in result.output


@pytest.mark.parametrize("url", ["ftp://example.com", "http://example.com:99999", "http://[::1"])
def test_what_is_no_address_is_refused(url):
    result = CliRunner().invoke(command, [url])
    assert result.exit_code == 2
    assert f"{url} is no http(s) address" in result.output


@pytest.fixture
def streams():
    """Streams that are open until whatever was made after them has ended."""
    opened = []
    yield opened
    for stream in opened:
        stream.close()


def test_its_end_is_silent_though_the_page_is_open(streams, simulate, foreign):
    client = Client(simulate(f"http://127.0.0.1:{foreign.server_port}/wx"))
    connection = http.client.HTTPConnection("127.0.0.1", client.port, timeout=20)
    streams.append(connection)
    connection.request("GET", "/api/events", headers={"Authorization": f"Bearer {client.session}"})
    streams.append(answer := connection.getresponse())
    assert answer.status == 200
