"""What a connection may cost before WeChat is known to be at its other end."""

import asyncio
import errno
import gc
import logging
import os
import socket
import tracemalloc
from contextlib import contextmanager, suppress

import pytest

from faces import listening
from served import serving
from wechat import ask, push, says, text
from yizhan.server.descriptors import Descriptors
from yizhan.server.protocol import Protocol
from yizhan.server.site import Site
from yizhan.server.strangers import Strangers

FORGED = "anotherTokenOfTests"
MANY = 60
BODY = 250_000
KIB = 1024
# What Python and the loop keep for an open connection, both ends of it.
APIECE = 24 * KIB


class Connection:
    def __init__(self, name, cut):
        self.name = name
        self._cut = cut

    def cut(self):
        self._cut.append(self.name)


@pytest.mark.parametrize(
    ("steps", "cut"),
    [("abc", ""), ("abcd", "a"), ("abcde", "ab"), ("abcAd", ""), ("abcBde", "a"), ("aAbcde", "b")],
)
def test_the_oldest_is_cut_when_there_are_too_many(steps, cut):
    """A small letter comes, its capital is known or gone."""
    told = []
    strangers = Strangers(lambda: 3)
    connections = {name: Connection(name, told) for name in "abcde"}
    for step in steps:
        change = strangers.add if step.islower() else strangers.discard
        change(connections[step.lower()])
    assert told == [*cut]
    assert len(strangers) <= 3


def test_many_cuts_are_one_line_of_the_log(caplog):
    strangers = Strangers(lambda: 1)
    for name in range(50):
        strangers.add(Connection(name, []))
    assert len([record for record in caplog.records if record.levelno == logging.WARNING]) == 1


def head(request, *more, length=BODY, method="POST"):
    lines = [f"{method} {request.target} HTTP/1.1", "Host: a", *more]
    if length:
        lines.append(f"Content-Length: {length}")
    return "\r\n".join([*lines, "", ""]).encode()


FLOODS = {
    "a body with a forged query": lambda: head(push(text(), token=FORGED)) + b"a" * (BODY - 1),
    "a body with no query": lambda: head(push(text())._replace(query="")) + b"a" * (BODY - 1),
    "a body elsewhere": lambda: head(push(text(), path="/else")) + b"a" * (BODY - 1),
    "a body beside": lambda: head(push(text(), path="/healthz")) + b"a" * (BODY - 1),
    "a body of a GET": lambda: head(push(text(), token=FORGED), method="GET") + b"a" * (BODY - 1),
    "a body that asks first": lambda: (
        head(push(text(), token=FORGED), "Expect: 100-continue") + b"a" * (BODY - 1)
    ),
    "a body in chunks": lambda: (
        head(push(text(), token=FORGED), "Transfer-Encoding: chunked", length=0)
        + b"%x\r\n" % BODY
        + b"a" * (BODY - 1)
    ),
    "a head without an end": lambda: b"GET / HTTP/1.1\r\nX: " + b"a" * (16 * KIB - 30),
    "a head that is too large": lambda: b"GET / HTTP/1.1\r\nX: " + b"a" * BODY,
    "a target that is too large": lambda: b"GET /" + b"a" * BODY,
    "nonsense": lambda: b"\0" * BODY,
}


@pytest.mark.parametrize("sent_of", FLOODS.values(), ids=FLOODS)
async def test_no_stranger_s_connection_holds_more_than_16_kib(make, sent_of):
    account = make()
    account.text(lambda message: message.content)
    sent = sent_of()
    async with listening(Site([account])) as (port, _):
        await asyncio.to_thread(ask, port, push(text("first")))
        with traced():
            sockets = await asyncio.to_thread(flood, port, sent)
            answer = await asyncio.to_thread(ask, port, push(text("signed")))
            gc.collect()
            held, peak = tracemalloc.get_traced_memory()
        assert says(answer) == "signed"
        assert held < MANY * (16 * KIB + APIECE), held // MANY
        assert peak < MANY * (16 * KIB + APIECE) + 4_000_000, peak
        for each in sockets:
            each.close()


def flood(port, sent):
    """Connections that have sent all of that, or as much as the server would have."""
    sockets = [socket.create_connection(("127.0.0.1", port), 10) for _ in range(MANY)]
    for each in sockets:
        with suppress(OSError):
            each.sendall(sent)
    return sockets


@contextmanager
def traced():
    gc.collect()
    tracemalloc.start()
    try:
        yield
    finally:
        tracemalloc.stop()


async def test_silent_connections_keep_no_signed_push_out(make, monkeypatch, caplog):
    monkeypatch.setattr(Protocol, "strangers", Strangers(lambda: 10))
    account = make()
    account.text(lambda message: message.content)
    async with listening(Site([account])) as (port, state):
        reader, known = await asyncio.open_connection("127.0.0.1", port)
        await told(reader, known, "before")
        silent = [await asyncio.open_connection("127.0.0.1", port) for _ in range(50)]
        answer = await asyncio.to_thread(ask, port, push(text("new")))
        assert says(answer) == "new"
        await told(reader, known, "after")
        assert len(state.connections) <= 10 + 1
        assert len(Protocol.strangers) <= 10
        known.close()
        for _, writer in silent:
            writer.close()
    warnings = [record for record in caplog.records if record.levelno == logging.WARNING]
    assert len(warnings) == 1
    assert "at most 10" in warnings[0].getMessage()


async def told(reader, writer, content):
    request = push(text(content))
    writer.write(head(request, length=len(request.body)) + request.body)
    assert (await reader.readuntil(b"</xml>")).startswith(b"HTTP/1.1 200 ")


async def test_a_connection_with_a_good_query_is_no_stranger_s_while_its_body_comes(
    make, monkeypatch
):
    monkeypatch.setattr(Protocol, "strangers", Strangers(lambda: 2))
    account = make()
    account.text(lambda message: message.content)
    request = push(text("slowly"))
    async with listening(Site([account])) as (port, _):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(head(request, length=len(request.body)))
        await asyncio.to_thread(ask, port, push(text()))
        silent = [await asyncio.open_connection("127.0.0.1", port) for _ in range(5)]
        writer.write(request.body)
        assert (await reader.readuntil(b"</xml>")).startswith(b"HTTP/1.1 200 ")
        for each in (writer, *(silent_writer for _, silent_writer in silent)):
            each.close()


def test_no_descriptor_left_is_told_and_not_all_the_time(monkeypatch, caplog):
    def none_left(file):
        raise OSError(errno.EMFILE, "Too many open files")

    now = [0.0]
    descriptors = Descriptors(lambda: now[0])
    descriptors.look()
    monkeypatch.setattr(os, "dup", none_left)
    for now[0] in (1.0, 1.1, 5.0, 10.9, 11.0, 12.0):
        descriptors.look()
    assert len(caplog.records) == 2


BOT = """
import os, resource
from yizhan import Account

resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
account = Account(token="tokenOfTheTests2026", store="memory://", grace=0)
files = []

@account.text("take")
async def take(message):
    try:
        while True:
            files.append(os.open(os.devnull, os.O_RDONLY))
    except OSError:
        return "taken"

@account.text
async def echo(message):
    return message.content
"""


def test_a_server_without_descriptors_says_so(tmp_path):
    (tmp_path / "bot.py").write_text(BOT)
    with serving(tmp_path) as served:
        assert says(ask(served.port, push(text("hello")))) == "hello"
        assert says(ask(served.port, push(text("take")))) == "taken"
        held = []

        def told():
            held.append(socket.create_connection(("127.0.0.1", served.port)))
            return "no file descriptor is left" in served.said()

        served.wait_for(told)
        for each in held:
            each.close()
