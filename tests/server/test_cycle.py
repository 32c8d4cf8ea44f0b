"""The way of a push under `yizhan run`, without ASGI, and what shall hold there all the same."""

import asyncio
from contextlib import asynccontextmanager

import pytest
from uvicorn.protocols.http import httptools_impl

from faces import listening
from wechat import Answer, Request, push, says, text, verification
from yizhan.server.receiver import Receiver
from yizhan.server.record import RecordingFile, RecordingSite
from yizhan.server.site import Site

FORGED = "anotherTokenOfTests"


def wire(request, *more, version="1.1", body=None):
    """The request as it is sent."""
    body = request.body if body is None else body
    lines = [f"{request.method} {request.target} HTTP/{version}", "Host: a", *more]
    if not any(line.startswith("Transfer") for line in more):
        lines.append(f"Content-Length: {len(request.body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


class End:
    """WeChat's end of a connection."""

    def __init__(self, reader, writer):
        self.reader = reader
        self.writer = writer

    def send(self, data):
        self.writer.write(data)

    async def answer(self):
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        fields = dict(line.split(": ", 1) for line in head[1:-2])
        body = await self.reader.readexactly(int(fields["content-length"]))
        return Answer(int(head[0].split()[1]), fields, body)

    async def rest(self):
        return await self.reader.read()


@pytest.fixture
def account(make):
    account = make(max_body=5000)

    @account.text("hold")
    async def hold(message):
        await account.go_on.wait()
        return "held"

    @account.text
    async def echo(message):
        return message.content

    account.go_on = asyncio.Event()
    return account


@asynccontextmanager
async def connected(account, site=Site):
    async with listening(site([account])) as (port, state):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            yield End(reader, writer), state
        finally:
            writer.close()


@pytest.fixture
def asgi(monkeypatch):
    """How many requests took the way of ASGI."""
    taken = []
    made = httptools_impl.RequestResponseCycle.__init__

    def counted(self, *args, **named):
        taken.append(self)
        made(self, *args, **named)

    monkeypatch.setattr(httptools_impl.RequestResponseCycle, "__init__", counted)
    return taken


@pytest.mark.parametrize(
    ("more", "ways"),
    [
        ({}, 0),
        ({"version": "1.0"}, 0),
        ({"more": ["Connection: close"]}, 0),
        ({"more": ["Connection: keep-alive"]}, 0),
        ({"more": ["Transfer-Encoding: chunked"]}, 0),
        ({"more": ["Expect: 100-continue"]}, 1),
        ({"more": ["Connection: Upgrade", "Upgrade: h2c"]}, 1),
    ],
    ids=str,
)
async def test_a_push_goes_without_asgi_unless_something_is_odd(account, asgi, more, ways):
    more = dict(more)
    request = push(text("你好"))
    headers = more.pop("more", [])
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (request.body, b""))
    body = chunks if "Transfer-Encoding: chunked" in headers else None
    async with connected(account) as (end, _):
        end.send(wire(request, *headers, **more, body=body))
        if "Expect: 100-continue" in headers:
            assert (await end.reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 100 ")
        answer = await end.answer()
        assert says(answer) == "你好"
        closes = "version" in more or "Connection: close" in headers
        assert answer.headers.get("connection") == ("close" if closes else None)
        if closes:
            assert await end.rest() == b""
    assert len(asgi) == ways


@pytest.mark.parametrize(
    "request_of",
    [
        lambda: verification("echo"),
        lambda: Request("GET", "/healthz"),
        lambda: push(text(), path="/else"),
        lambda: push(text())._replace(method="PUT"),
        lambda: push(text(), path="/wech%61t"),
        lambda: push(text(), path="http://a/wechat"),
    ],
)
async def test_all_but_pushes_go_by_asgi(account, asgi, request_of):
    async with connected(account) as (end, _):
        end.send(wire(request_of()))
        assert (await end.answer()).status in (200, 404, 405)
    assert len(asgi) == 1


async def test_the_path_is_looked_up_each_time(account, asgi):
    sites = []

    def site(accounts):
        sites.append(Site(accounts))
        return sites[0]

    async with connected(account, site) as (end, _):
        end.send(wire(push(text("here"))))
        assert says(await end.answer()) == "here"
        del sites[0].by_path["/wechat"]
        end.send(wire(push(text("gone"))))
        assert (await end.answer()).status == 404


async def test_what_is_recorded_goes_by_asgi_and_is_kept(account, asgi, tmp_path):
    tape = RecordingFile(str(tmp_path / "tape"))
    site = lambda accounts: RecordingSite(accounts, tape, redact=False)  # noqa: E731  # a factory
    async with connected(account, site) as (end, _):
        end.send(wire(push(text("kept"))))
        assert says(await end.answer()) == "kept"
    assert len(asgi) == 1
    assert "kept" in (tmp_path / "tape").read_text()


async def test_a_push_sent_along_with_another_is_answered_after_it(account, asgi):
    async with connected(account) as (end, _):
        end.send(b"".join(wire(push(text(f"{n}", FromUserName=f"o{n}"))) for n in range(3)))
        assert [says(await end.answer()) for _ in range(3)] == ["0", "1", "2"]
        end.send(wire(push(text("next"))))
        assert says(await end.answer()) == "next"
    assert len(asgi) == 2


async def test_a_push_in_single_bytes_is_read(account, asgi):
    async with connected(account) as (end, _):
        for byte in wire(push(text("bytes"))):
            end.send(bytes([byte]))
            await asyncio.sleep(0)
        assert says(await end.answer()) == "bytes"
    assert asgi == []


async def test_a_refusal_is_sent_before_the_body_and_the_connection_goes_on(account, asgi):
    request = push(text(), token=FORGED)
    async with connected(account) as (end, state):
        end.send(wire(request, body=request.body[:10]))
        assert (await end.answer()).status == 403
        end.send(request.body[10:])
        end.send(wire(push(text("next"))))
        assert says(await end.answer()) == "next"
        (connection,) = state.connections
        assert connection.timeout_keep_alive_task is not None
    assert asgi == []


async def test_a_connection_whose_refused_body_came_late_does_not_stay_for_ever(account):
    request = push(text(), token=FORGED)
    async with connected(account) as (end, state):
        end.send(wire(request, body=request.body[:10]))
        assert (await end.answer()).status == 403
        end.send(request.body[10:])
        (connection,) = state.connections
        while not connection._ended:  # noqa: ASYNC110  # it is told in no other way
            await asyncio.sleep(0)
        assert connection.timeout_keep_alive_task is not None
        assert connection._timer is None


@pytest.mark.parametrize("chunks", [1, 10])
async def test_a_body_that_grows_too_large_is_the_end(account, chunks):
    request = push(text("a" * 6000))
    size = len(request.body) // chunks + 1
    parts = [request.body[at : at + size] for at in range(0, len(request.body), size)]
    body = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (*parts, b""))
    async with connected(account) as (end, _):
        end.send(wire(request, "Transfer-Encoding: chunked", body=body))
        answer = await end.answer()
        assert (answer.status, answer.headers["connection"]) == (413, "close")
        assert await end.rest() == b""


@pytest.mark.parametrize(
    "first",
    [
        wire(push(text("a" * 9000), token=FORGED)),
        wire(push(text(), token=FORGED), version="1.0"),
        wire(push(text(), token=FORGED), "Connection: close"),
    ],
    ids=["too large", "HTTP/1.0", "close"],
)
async def test_what_comes_after_the_end_is_passed_over(account, first):
    async with connected(account) as (end, _):
        end.send(first + wire(push(text("after"))))
        assert (await end.answer()).headers["connection"] == "close"
        assert await end.rest() == b""
    assert account.inbox is None


async def test_who_hangs_up_in_a_body_is_logged_and_nothing_runs(account, caplog):
    request = push(text())
    async with connected(account) as (end, state):
        end.send(wire(request, body=request.body[:10]))
        while not state.connections or not next(iter(state.connections))._pieces:  # noqa: ASYNC110
            await asyncio.sleep(0)
        end.writer.close()
        while state.connections:  # noqa: ASYNC110  # it is told in no other way
            await asyncio.sleep(0)
    lines = [record.push["reason"] for record in caplog.records if hasattr(record, "push")]
    assert lines == ["slow_client"]
    assert account.inbox is None


async def test_who_hangs_up_while_the_handler_runs_gets_the_answer_with_the_next_push(account):
    request = push(text("hold"))
    async with connected(account) as (first, state):
        first.send(wire(request))
        while not (account.inbox and account.inbox.process.open.count):  # noqa: ASYNC110
            await asyncio.sleep(0)
        first.writer.close()
        while state.connections:  # noqa: ASYNC110  # it is told in no other way
            await asyncio.sleep(0)
        account.go_on.set()
    async with connected(account) as (second, _):
        second.send(wire(request))
        assert says(await second.answer()) == "held"


async def test_who_hangs_up_with_more_on_the_way_has_hung_up_on_all_of_it(account):
    """Two pushes on one connection: the second waits for the first, and both are lost."""
    request = push(text("hold"))
    async with connected(account) as (end, state):
        end.send(wire(request) + wire(push(text("more", FromUserName="oAnother"))))
        while not (account.inbox and account.inbox.process.open.count):  # noqa: ASYNC110
            await asyncio.sleep(0)
        end.writer.close()
        while state.connections:  # noqa: ASYNC110  # it is told in no other way
            await asyncio.sleep(0)
        account.go_on.set()
    async with connected(account) as (second, _):
        second.send(wire(request))
        assert says(await second.answer()) == "held"


async def test_a_stop_waits_for_the_push_and_ends_its_connection(account):
    async with connected(account) as (end, state):
        end.send(wire(push(text("hold"))))
        while not (account.inbox and account.inbox.process.open.count):  # noqa: ASYNC110
            await asyncio.sleep(0)
        (connection,) = state.connections
        connection.shutdown()  # as uvicorn's stop does
        assert state.connections  # which is what that waits for
        account.go_on.set()
        answer = await end.answer()
        assert says(answer) == "held"
        assert answer.headers["connection"] == "close"
        assert await end.rest() == b""


async def test_an_error_of_ours_is_500_and_the_end_of_the_connection(account, monkeypatch, caplog):
    def fail(self, admitted, body, connection, then):
        raise RuntimeError("boom")

    monkeypatch.setattr(Receiver, "take", fail)
    async with connected(account) as (end, state):
        end.send(wire(push(text())))
        assert (await end.answer()).status == 500
        assert [record for record in caplog.records if record.exc_text]
        with pytest.raises((asyncio.IncompleteReadError, ConnectionError)):
            await end.reader.readexactly(1)
        assert not state.tasks


async def test_a_connection_takes_many_pushes(account, asgi):
    async with connected(account) as (end, state):
        for number in range(20):
            end.send(wire(push(text(f"{number}"))))
            assert says(await end.answer()) == f"{number}"
        assert len(state.connections) == 1
        assert state.total_requests == 20
    assert asgi == []
