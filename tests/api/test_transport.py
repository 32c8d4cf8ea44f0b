"""The real network, as far as the loopback interface goes."""

import asyncio
import socket

import pytest
from aiohttp import web

from api.wechat_api import PICTURE
from yizhan.api import AsyncClient, Client, HttpTransport
from yizhan.api.saving import FileSink
from yizhan.errors import MediaError, Unreachable, Unsent

APPID, SECRET = "wx0123456789abcdef", "0123456789abcdef0123456789abcdef"


class Server:
    """A small WeChat behind a socket."""

    def __init__(self):
        self.seen = []
        self.connections = set()
        self.called = asyncio.Event()

    async def handle(self, request):
        self.connections.add(request.transport.get_extra_info("peername"))
        body = await request.read()
        self.called.set()
        self.seen.append((request.method, request.path_qs, dict(request.headers), body))
        match request.path:
            case "/cgi-bin/stable_token":
                return web.json_response({"access_token": "t", "expires_in": 7200})
            case "/slow":
                await asyncio.sleep(30)
            case "/cut":
                request.transport.close()
            case "/half":
                response = web.StreamResponse(headers={"content-length": "1000"})
                await response.prepare(request)
                await response.write(b"half")
                request.transport.close()
                return response
            case "/moved":
                raise web.HTTPFound("http://127.0.0.1:1/")
            case "/cgi-bin/media/get":
                head = {"content-disposition": 'attachment; filename="p.jpg"'}
                return web.Response(body=PICTURE, content_type="image/jpeg", headers=head)
        return web.Response(text='{"errcode": 0, "url": "http://x"}', content_type="text/plain")


@pytest.fixture
async def server():
    server = Server()
    app = web.Application(client_max_size=2**30)
    app.router.add_route("*", "/{path:.*}", server.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield server
    await runner.cleanup()


@pytest.fixture
async def transport():
    transport = HttpTransport(connect=2.0, total=2.0)
    yield transport
    await transport.close()


async def test_a_request_and_its_response(server, transport):
    headers = {"content-type": "application/json; charset=utf-8"}
    url = f"{server.base}/x?access_token=a%2Bb&q=%E4%BD%A0"
    response = await transport.send("POST", url, headers, "{“}".encode())
    assert (response.status, response.body) == (200, b'{"errcode": 0, "url": "http://x"}')
    assert response.headers["content-type"].startswith("text/plain")
    method, path, sent, body = server.seen[0]
    assert (method, path, body) == ("POST", "/x?access_token=a%2Bb&q=%E4%BD%A0", "{“}".encode())
    assert sent["Content-Type"] == headers["content-type"]


async def test_connections_are_kept(server, transport):
    for _ in range(5):
        await transport.send("GET", f"{server.base}/x", {}, None)
    assert len(server.connections) == 1


async def test_no_redirect_is_followed(server, transport):
    response = await transport.send("GET", f"{server.base}/moved", {}, None)
    assert response.status == 302


@pytest.mark.parametrize("path", ["/slow", "/cut", "/half"])
async def test_a_call_that_breaks_off_may_have_arrived(server, transport, path):
    with pytest.raises(Unreachable):
        await transport.send("POST", f"{server.base}{path}", {}, b"{}")


async def test_a_call_that_finds_nobody_has_not(transport):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(Unsent, match=str(port)):
        await transport.send("POST", f"http://127.0.0.1:{port}/?access_token=t", {}, b"{}")


async def test_nor_one_that_waits_for_a_connection(server):
    transport = HttpTransport(connect=0.2, total=5.0, connections=1)
    await transport.send("GET", f"{server.base}/x", {}, None)  # the first one loads a lot
    server.called.clear()
    slow = asyncio.ensure_future(transport.send("GET", f"{server.base}/slow", {}, None))
    await server.called.wait()
    with pytest.raises(Unsent):
        await transport.send("GET", f"{server.base}/x", {}, None)
    slow.cancel()
    await asyncio.wait({slow})
    await transport.close()


async def test_a_proxy_of_its_own(server):
    transport = HttpTransport(proxy=server.base)
    await transport.send("GET", "http://api.weixin.example/x", {}, None)
    assert server.seen[0][2]["Host"] == "api.weixin.example"
    await transport.close()


async def test_a_proxy_of_the_environment(server, monkeypatch):
    monkeypatch.setenv("http_proxy", server.base)
    monkeypatch.delenv("no_proxy", raising=False)
    transport = HttpTransport()
    await transport.send("GET", "http://api.weixin.example/x", {}, None)
    await transport.send("GET", f"{server.base}/direct", {}, None)
    assert [each[2]["Host"] for each in server.seen] == [
        "api.weixin.example",
        server.base.removeprefix("http://"),
    ]
    await transport.close()


async def test_no_proxy_if_so_wanted(server, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.delenv("no_proxy", raising=False)
    transport = HttpTransport(proxy="")
    assert (await transport.send("GET", f"{server.base}/x", {}, None)).status == 200
    await transport.close()


async def test_files_go_up_and_come_down(server, tmp_path):
    picture = tmp_path / "p.jpg"
    picture.write_bytes(PICTURE * 100)
    async with AsyncClient(APPID, SECRET, base=server.base) as client:
        await client.media.uploadimg(media=picture)
        _, _, headers, body = server.seen[-1]
        assert headers["Content-Length"] == str(len(body))
        assert "Transfer-Encoding" not in headers
        assert PICTURE * 100 in body
        saved = await client.download(
            "/cgi-bin/media/get", tmp_path / "q.jpg", params={"media_id": "m"}
        )
        assert saved.read_bytes() == PICTURE


async def test_a_download_over_the_limit_stops(server, transport, tmp_path):
    sink = FileSink(tmp_path / "x", limit=10)
    with pytest.raises(MediaError):
        await transport.send("GET", f"{server.base}/cgi-bin/media/get", {}, None, sink)
    sink.discard()


async def test_a_client_works_in_one_loop_after_another(server):
    client = AsyncClient(APPID, SECRET, base=server.base)

    def elsewhere():
        async def once():
            await client.tags.get()
            await client.close()

        asyncio.run(once())

    await asyncio.to_thread(elsewhere)
    await client.tags.get()
    await client.close()


async def test_the_blocking_client(server):
    def script():
        with Client(APPID, SECRET, base=server.base) as client:
            client.tags.get()
            client.media.uploadimg(media=PICTURE)

    await asyncio.to_thread(script)
    assert [each[1].partition("?")[0] for each in server.seen] == [
        "/cgi-bin/stable_token",
        "/cgi-bin/tags/get",
        "/cgi-bin/media/uploadimg",
    ]


async def test_a_transport_closes_more_than_once(transport):
    await transport.close()
    await transport.close()
