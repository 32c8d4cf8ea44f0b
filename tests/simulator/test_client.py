"""The two doors: an application in this process, and any server over a real socket."""

import asyncio
import logging
import time
from contextlib import suppress

import pytest

from yizhan.simulator.client import AppClient, Cut, HttpAnswer, HttpClient, Request

POST = Request("POST", "signature=a&openid=o", {"content-type": "text/xml"}, b"<xml/>")


def application(status=200, parts=(b"success",), *, before=0.0, seen=None):
    async def app(scope, receive, send):
        message = await receive()
        if seen is not None:
            seen.append((scope, message))
        await asyncio.sleep(before)
        headers = [(b"Content-Type", b"text/xml")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        for place, part in enumerate(parts, 1):
            more = place < len(parts)
            await send({"type": "http.response.body", "body": part, "more_body": more})

    return app


async def test_an_application_sees_a_plain_request(clock):
    seen = []
    door = AppClient(application(parts=(b"suc", b"cess"), seen=seen), "/wechat")
    answer = await door.deliver(POST, 5)
    assert answer == HttpAnswer(200, {"content-type": "text/xml"}, b"success")
    [(scope, message)] = seen
    assert (scope["method"], scope["path"]) == ("POST", "/wechat")
    assert scope["query_string"] == b"signature=a&openid=o"
    assert (b"content-length", b"6") in scope["headers"]
    assert message["body"] == b"<xml/>"
    assert door.url == "http://127.0.0.1/wechat"


async def test_a_body_may_come_in_pieces_in_its_time(clock):
    received = []

    async def app(scope, receive, send):
        while not received or received[-1]["more_body"]:
            received.append(await receive())
        await application()(scope, receive, send)

    door, began = AppClient(app, "/"), clock.monotonic()
    request = Request("POST", "", {}, b"0123456789", seconds=2.0)
    await door.deliver(request, 3)
    await door.close()
    assert b"".join(each["body"] for each in received) == b"0123456789"
    assert len(received) > 1
    assert clock.monotonic() - began >= 2


async def test_a_body_may_break_off_halfway(clock):
    received = []

    async def app(scope, receive, send):
        received.extend([await receive(), await receive()])

    request = Request("POST", "", {}, b"0123456789", whole=False)
    assert (await AppClient(app, "/").deliver(request, 5)).how == "closed"
    assert received == [
        {"type": "http.request", "body": b"01234", "more_body": True},
        {"type": "http.disconnect"},
    ]


async def test_an_application_that_is_late_sees_a_disconnect(clock):
    gone = []

    async def app(scope, receive, send):
        await receive()
        gone.append(await receive())
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"too late"})

    began = clock.monotonic()
    door = AppClient(app, "/")
    assert await door.deliver(POST, 5) == Cut("timeout")
    assert clock.monotonic() - began == pytest.approx(5)
    await asyncio.sleep(0)
    assert gone == [{"type": "http.disconnect"}]
    await door.close()


async def test_an_application_that_raises_is_a_server_that_answers_500(caplog, clock):
    async def app(scope, receive, send):
        raise RuntimeError("oops")

    with caplog.at_level(logging.ERROR):
        assert (await AppClient(app, "/").deliver(POST, 5)).status == 500
    assert "oops" in caplog.text


async def test_an_application_that_says_nothing_has_closed_the_connection(clock):
    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})

    assert await AppClient(app, "/").deliver(POST, 5) == Cut("closed", "no answer")


async def test_what_still_runs_ends_with_the_door(clock):
    ended = []

    async def app(scope, receive, send):
        try:
            await asyncio.sleep(10_000)
        finally:
            ended.append(True)

    door = AppClient(app, "/")
    await door.deliver(POST, 1)
    await door.close()
    assert ended == [True]


# --- over a socket, in real time


@pytest.fixture
async def serve():
    """Serves raw bytes to each connection; gives the address and what was asked."""
    servers, connections = [], []

    async def serving(response, *, wait=0.0):
        asked = []

        async def connection(reader, writer):
            connections.append(asyncio.current_task())
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0] or 0)
            asked.append((head, await reader.readexactly(length)))
            await asyncio.sleep(wait)
            writer.write(response)
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

        server = await asyncio.start_server(connection, "127.0.0.1", 0)
        servers.append(server)
        return f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/wx", asked

    yield serving
    await asyncio.gather(*connections)
    for server in servers:
        server.close()
        await server.wait_closed()


def response(body, status="200 OK"):
    head = f"HTTP/1.1 {status}\r\nX-Server: mine\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


async def test_any_server_is_reached_over_http(serve):
    url, asked = await serve(response(b"success"))
    door = HttpClient(url)
    answer = await door.deliver(POST, 5)
    await door.close()
    assert (answer.status, answer.body) == (200, b"success")
    assert answer.headers["x-server"] == "mine"
    [(head, body)] = asked
    assert head.startswith(b"POST /wx?signature=a&openid=o HTTP/1.1")
    assert b"accept-encoding" not in head.lower()
    assert body == b"<xml/>"


async def test_a_body_that_comes_slowly_over_http(serve):
    url, asked = await serve(response(b"success"))
    door = HttpClient(url)
    request = Request("POST", "", {}, b"0123456789", seconds=0.01)
    assert (await door.deliver(request, 5)).body == b"success"
    await door.close()
    [(head, body)] = asked
    assert b"content-length: 10" in head.lower()
    assert b"transfer-encoding" not in head.lower()
    assert body == b"0123456789"


async def test_a_body_that_breaks_off_over_http():
    broken = asyncio.get_running_loop().create_future()

    async def connection(reader, writer):
        head = await reader.readuntil(b"\r\n\r\n")
        broken.set_result((head, await reader.read()))
        writer.close()

    server = await asyncio.start_server(connection, "127.0.0.1", 0)
    door = HttpClient(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/wx")
    request = Request("POST", "", {}, b"0123456789", whole=False)
    assert (await door.deliver(request, 5)).how == "closed"
    head, body = await broken
    assert b"content-length: 10" in head.lower()
    assert body == b"01234"
    await door.close()
    server.close()
    await server.wait_closed()


async def test_an_address_with_a_query_of_its_own(serve):
    url, asked = await serve(response(b"success"))
    door = HttpClient(url + "?tenant=%2F1")
    await door.deliver(Request("GET", "echostr=1", {}), 5)
    await door.close()
    assert asked[0][0].startswith(b"GET /wx?tenant=%2F1&echostr=1 ")


async def test_a_redirect_is_not_followed(serve):
    url, asked = await serve(response(b"", "301 Moved\r\nLocation: http://127.0.0.1:1/"))
    door = HttpClient(url)
    assert (await door.deliver(POST, 5)).status == 301
    await door.close()
    assert len(asked) == 1


@pytest.mark.parametrize("raw", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n<xml>"])
async def test_a_connection_that_breaks_off(serve, raw):
    url, _ = await serve(raw)
    door = HttpClient(url)
    assert (await door.deliver(POST, 5)).how == "closed"
    await door.close()


async def test_a_server_that_is_late(serve):
    url, _ = await serve(response(b"success"), wait=0.3)
    door = HttpClient(url)
    began = time.monotonic()
    assert await door.deliver(POST, 0.05) == Cut("timeout")
    assert time.monotonic() - began < 0.25
    await door.close()


async def test_nobody_listens(serve):
    door = HttpClient("http://127.0.0.1:9/wx")
    assert (await door.deliver(POST, 5)).how == "refused"
    await door.close()


async def test_an_endless_answer_is_not_read_to_its_end(serve):
    url, _ = await serve(response(b"x" * (2 * 1024 * 1024)))
    door = HttpClient(url)
    assert len((await door.deliver(POST, 5)).body) == 1024 * 1024
    await door.close()
