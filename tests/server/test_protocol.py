"""The limits of `yizhan run` itself, over real sockets (security.md)."""

import http.client
import json
import socket
from contextlib import contextmanager, suppress

import pytest

import wechat
from served import serving
from wechat import ask, push, says, text
from yizhan.server import protocol

BOT = """
from yizhan import Account
from yizhan.server import protocol

protocol.HEAD_SECONDS = protocol.BODY_SECONDS = {seconds}

account = Account(token="tokenOfTheTests2026", store="memory://", grace=0, max_body=65536)

@account.text
async def echo(message):
    return message.content
"""
LIMIT = 65536
CLOSED = b""


@contextmanager
def patient(seconds, folder):
    """A server that waits so long for a head or a body."""
    (folder / "bot.py").write_text(BOT.format(seconds=seconds))
    with serving(folder, "--json-log") as served:
        yield served


def whole_lines(said):
    """Its lines; the last may be half written as it is read."""
    return said.rpartition("\n")[0].splitlines()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with patient(5.0, tmp_path_factory.mktemp("patient")) as served:
        yield served


@pytest.fixture(scope="module")
def hasty(tmp_path_factory):
    with patient(0.3, tmp_path_factory.mktemp("hasty")) as served:
        yield served


@pytest.fixture
def logged(server):
    """Waits until the server has logged that refusal since the test began, and no other."""
    before = len(server.said())

    def refusal(reason, detail):
        server.wait_for(lambda: any('"reason"' in it for it in whole_lines(server.said()[before:])))
        lines = [json.loads(line) for line in whole_lines(server.said()[before:])]
        refusals = [(line["reason"], line["detail"]) for line in lines if "reason" in line]
        assert refusals == [(reason, detail)]

    return refusal


@contextmanager
def connected(server):
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        yield connection


def read_all(connection):
    """All that comes until the server closes."""
    received = b""
    while chunk := connection.recv(65536):
        received += chunk
    return received


def read_body(connection):
    """The body of the next answer."""
    response = http.client.HTTPResponse(connection)
    response.begin()
    return response.read()


def head(request, *more, length=None):
    lines = [f"{request.method} {request.target} HTTP/1.1", "Host: a", "Content-Type: text/xml"]
    if length is not None:
        lines.append(f"Content-Length: {length}")
    return "\r\n".join([*lines, *more, "", ""]).encode()


def padded(size):
    """A head of exactly that many bytes, and no end."""
    start = b"GET /wechat HTTP/1.1\r\nHost: a\r\nX-Padding: "
    return start + b"a" * (size - len(start))


def test_a_push_is_answered(server):
    assert says(ask(server.port, push(text("你好")))) == "你好"


@pytest.mark.parametrize(
    ("sent", "detail"),
    [
        (padded(16 * 1024 + 1), "head"),
        (b"GET /wechat HTTP/1.1\r\n" + b"A: b\r\n" * 3000, "head"),
        (b"GET /wechat HTTP/1.1\r\nHost: a\r\n" + b"A: " + b"b" * 17000 + b"\r\n\r\n", "head"),
        (b"GET /" + b"a" * 4096 + b" HTTP/1.1\r\nHost: a\r\n\r\n", "target"),
        (b"GET /wechat?" + b"a" * 5000, "target"),
    ],
)
def test_a_head_too_large_is_431_and_the_end(server, logged, sent, detail):
    with connected(server) as connection:
        connection.sendall(sent)
        answer = read_all(connection)
    assert answer.startswith(b"HTTP/1.1 431 ")
    assert answer.endswith(b"\r\n\r\nrefused")
    logged("too_large", detail)


def test_a_large_body_in_one_piece_with_the_next_head_is_read(server):
    large = push(text("large", Padding="字" * 6000))
    whole = head(large, length=len(large.body)) + large.body
    rest = head(wechat.verification("echo"), "Connection: close")
    with connected(server) as connection:
        connection.sendall(whole + rest[:20])
        assert b"large" in read_body(connection)
        connection.sendall(rest[20:])
        assert read_all(connection).endswith(b"\r\n\r\necho")


def test_a_body_in_too_many_pieces_is_the_end(server, logged):
    chunked = head(push(text()), "Transfer-Encoding: chunked")
    with connected(server) as connection, suppress(ConnectionError):
        connection.sendall(chunked + b"1\r\na\r\n" * 4096)
        connection.sendall(b"1\r\na\r\n")
        assert read_all(connection) == CLOSED
    logged("slow_client", "body")


def test_a_head_within_the_limit_is_read(server):
    request = wechat.verification("echo")
    more = b"X-Padding: " + b"a" * (16 * 1024 - len(head(request)) - 200) + b"\r\n\r\n"
    with connected(server) as connection:
        connection.sendall(head(request, "Connection: close")[:-2] + more)
        assert read_all(connection).endswith(b"\r\n\r\necho")


def test_a_target_within_the_limit_is_read(server):
    request = wechat.verification("echo").asking(padding="a" * 3800)
    assert ask(server.port, request).body == b"echo"


class TestSlowClients:
    """What comes in too slowly is given up: five seconds for a head, five for a body."""

    @pytest.fixture
    def server(self, hasty):
        return hasty

    @pytest.mark.parametrize(
        "sent",
        [
            b"",
            b"\r\n",
            b"GET /wechat HT",
            b"GET /wechat HTTP/1.1\r\nHost: a\r\nX-Slow: ",
        ],
    )
    def test_a_slow_head_is_408_and_the_end(self, server, logged, sent):
        with connected(server) as connection:
            connection.sendall(sent)
            assert read_all(connection).startswith(b"HTTP/1.1 408 ")
        logged("slow_client", "head")

    def test_a_slow_body_is_the_end(self, server, logged):
        with connected(server) as connection:
            connection.sendall(head(push(text()), length=500) + b"<xml>")
            assert read_all(connection) == CLOSED
        logged("slow_client", "body")

    def test_a_chunked_body_that_never_ends_is_the_end(self, server, logged):
        with connected(server) as connection:
            connection.sendall(head(push(text()), "Transfer-Encoding: chunked") + b"5\r\n<xml>\r\n")
            assert read_all(connection) == CLOSED
        logged("slow_client", "body")

    @pytest.mark.parametrize("slow", [b"GET /wechat HT", b"\r\n", b"\r\n\r\n"])
    def test_a_second_head_on_the_same_connection_may_be_no_slower(self, server, logged, slow):
        with connected(server) as connection:
            connection.sendall(head(wechat.verification("echo")))
            assert read_body(connection) == b"echo"
            connection.sendall(slow)
            assert read_all(connection).startswith(b"HTTP/1.1 408 ")
        logged("slow_client", "head")

    def test_a_second_body_on_the_same_connection_may_be_no_slower(self, server, logged):
        with connected(server) as connection:
            connection.sendall(head(wechat.verification("echo")))
            assert read_body(connection) == b"echo"
            connection.sendall(head(push(text()), length=500))
            assert read_all(connection) == CLOSED
        logged("slow_client", "body")


def test_blank_lines_after_an_answer_have_the_limit_of_a_head(server, logged):
    with connected(server) as connection:
        connection.sendall(head(wechat.verification("echo")))
        assert read_body(connection) == b"echo"
        connection.sendall(b"\r\n" * 8193)
        assert read_all(connection).startswith(b"HTTP/1.1 431 ")
    logged("too_large", "head")


def test_a_connection_serves_several_pushes(server):
    with connected(server) as connection:
        for content in ("first", "second", "third"):
            request = push(text(content))
            connection.sendall(head(request, length=len(request.body)) + request.body)
            assert content.encode() in read_body(connection)


def test_each_head_on_a_connection_is_measured_by_itself(server):
    padding = "X-Padding: " + "a" * 6000
    with connected(server) as connection:
        for _ in range(4):
            whole = head(wechat.verification("echo"), padding)
            connection.sendall(whole[:6000])
            ask(server.port, wechat.verification())  # until the server has read the first part
            connection.sendall(whole[6000:])
            assert read_body(connection) == b"echo"


def test_a_push_in_many_small_pieces_is_read(server):
    request = push(text("in pieces"))
    whole = head(request, "Connection: close", length=len(request.body)) + request.body
    with connected(server) as connection:
        for place in range(0, len(whole), 7):
            connection.sendall(whole[place : place + 7])
        assert b"in pieces" in read_all(connection)


def test_a_body_declared_too_large_is_413_before_it_is_sent(server, logged):
    with connected(server) as connection:
        connection.sendall(head(push(text()), length=LIMIT + 1))
        answer = read_all(connection)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"connection: close\r\n" in answer
    assert answer.endswith(b"\r\n\r\ntoo large")
    logged("too_large", str(LIMIT + 1))


def test_a_chunked_body_too_large_is_413_and_the_end(server, logged):
    chunk = b"%x\r\n%s\r\n" % (LIMIT + 1, b"a" * (LIMIT + 1))
    with connected(server) as connection:
        connection.sendall(head(push(text()), "Transfer-Encoding: chunked") + chunk)
        answer = read_all(connection)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"connection: close\r\n" in answer
    logged("too_large", f"> {LIMIT}")


def test_a_chunked_body_within_the_limit_is_read(server):
    request = push(text("in chunks"))
    half = len(request.body) // 2
    parts = (request.body[:half], request.body[half:], b"")
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts)
    more = ("Transfer-Encoding: chunked", "Connection: close")
    with connected(server) as connection:
        connection.sendall(head(request, *more) + chunks)
        assert b"in chunks" in read_all(connection)


@pytest.mark.parametrize("name", ["Upgrade", "upgrade", "UPGRADE"])
@pytest.mark.parametrize("upgrade", ["h2c", "websocket", "x"])
def test_a_wish_to_upgrade_is_served_as_it_is_and_leaves_nothing_in_the_log(server, name, upgrade):
    before = len(server.said())
    request = push(text(f"no {upgrade}"))
    more = ("Connection: Upgrade", f"{name}: {upgrade}")
    with connected(server) as connection:
        connection.sendall(head(request, *more, length=len(request.body)) + request.body)
        assert f"no {upgrade}".encode() in read_body(connection)
    assert says(ask(server.port, push(text("next")))) == "next"
    lines = [json.loads(line) for line in whole_lines(server.said()[before:])]
    assert [line for line in lines if "message" in line] == []


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"nonsense\r\n\r\n",
        b"GET /wechat HTTP/9.9\r\n\r\n",
        b"POST /wechat HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"POST /wechat HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        b"POST /wechat HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n",
        b"POST /wechat HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET /wechat HTTP/1.1\r\nHo\x00st: a\r\n\r\n",
        b"CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n",
    ],
)
def test_what_is_no_http_is_refused_and_the_server_goes_on(server, sent):
    before = len(server.said())
    with connected(server) as connection:
        connection.sendall(sent)
        answer = read_all(connection)
    assert answer[:12] in (
        b"HTTP/1.1 400",
        b"HTTP/1.1 403",
        b"HTTP/1.1 405",
        b"HTTP/1.1 408",
        CLOSED,
    )
    assert answer.count(b"HTTP/1.1 ") <= 1
    assert says(ask(server.port, push(text("still here")))) == "still here"
    # Whoever sends this makes the log say what we say, and nothing of a library's.
    server.wait_for(lambda: '"reply":"text"' in server.said()[before:])
    lines = [json.loads(line) for line in whole_lines(server.said()[before:])]
    assert [line for line in lines if "message" in line] == []
    reasons = {line["reason"] for line in lines if "reason" in line}
    assert reasons <= {"http", "method", "path", "query_format", "slow_client"}


def test_tls_at_this_port_is_named(server, logged):
    with connected(server) as connection:
        connection.sendall(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03")
        assert read_all(connection).startswith(b"HTTP/1.1 400 ")
    logged("http", "TLS")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "PURGE"])
def test_other_methods_are_405_with_allow(server, method):
    answer = ask(server.port, push(text())._replace(method=method))
    assert answer.status == 405
    assert answer.headers["allow"] == "GET, POST"


def test_an_upgrade_is_not_followed(server):
    request = wechat.verification("echo").with_headers(connection="Upgrade", upgrade="websocket")
    assert ask(server.port, request).body == b"echo"


def test_the_server_does_not_name_itself(server):
    headers = ask(server.port, push(text())).headers
    assert "server" not in headers


def test_a_client_has_five_seconds():
    assert (protocol.HEAD_SECONDS, protocol.BODY_SECONDS) == (5.0, 5.0)


def test_a_held_connection_is_closed_without_a_word(tmp_path):
    (tmp_path / "bot.py").write_text(
        "import asyncio\n"
        "from yizhan import Account\n"
        "from yizhan.inbox import ladder\n"
        "ladder.HOLD_END = 0.3\n"
        'account = Account(token="tokenOfTheTests2026", store="memory://", timeout=0.1, grace=0)\n'
        "@account.text\n"
        "async def never(message):\n"
        "    await asyncio.Event().wait()\n"
    )
    with serving(tmp_path, "--json-log") as served:
        request = push(text())
        with connected(served) as connection:
            connection.sendall(head(request, length=len(request.body)) + request.body)
            with suppress(ConnectionResetError):
                assert connection.recv(65536) == CLOSED
        served.wait_said('"why":"held"')
        lines = [json.loads(line) for line in served.said().splitlines()]
        assert {line["level"] for line in lines} == {"info"}
