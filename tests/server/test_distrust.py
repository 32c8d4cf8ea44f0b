"""A host's `receive` is never trusted: whatever it says, and however often, the process goes on."""

import asyncio

import pytest

import wechat
from wechat import push, says, text
from yizhan.errors import Refused
from yizhan.server.asgi import EMPTY, read_body
from yizhan.server.lifespan import lifespan

PATIENCE = 1000  # calls of `receive` after which nobody would believe in an end


class Saying:
    """A host that says these things, then the last one for ever, and never lets others run."""

    def __init__(self, *messages):
        self.messages = list(messages)
        self.calls = 0

    async def receive(self):
        self.calls += 1
        assert self.calls < PATIENCE
        return self.messages.pop(0) if len(self.messages) > 1 else self.messages[0]


def piece(body=b"", more=False):
    return {"type": "http.request", "body": body, "more_body": more}


ENDLESS = {
    "an empty body": piece(),
    "an empty body, and more to come": piece(more=True),
    "nothing at all": {},
    "another protocol's": {"type": "websocket.receive"},
}


@pytest.mark.parametrize("after", ENDLESS.values(), ids=ENDLESS)
async def test_what_comes_after_the_body_cannot_keep_the_loop_busy(make, after):
    account = make()
    begun, go_on = asyncio.Event(), asyncio.Event()

    @account.text
    async def slow(message):
        begun.set()
        await go_on.wait()
        return "at last"

    request, sent = push(text()), []
    host = Saying(piece(request.body), after)

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http", "method": "POST", "path": "/wechat", "headers": [],
        "query_string": request.query.encode(),
    }  # fmt: skip
    call = asyncio.create_task(account.asgi(scope, host.receive, send))
    await begun.wait()
    for _ in range(20):
        await asyncio.sleep(0)
    assert host.calls <= 3
    go_on.set()
    await call
    answer = wechat.Answer(sent[0]["status"], {}, sent[1]["body"])
    assert says(answer) == "at last"


@pytest.mark.parametrize(
    ("messages", "reason"),
    [
        ([piece(more=True)], "slow_client"),
        ([piece(b"a", more=True), piece(more=True)], "slow_client"),
        ([piece(b"aa", more=True)], "too_large"),
        ([{}], "slow_client"),
        ([{"type": "http.disconnect"}], "slow_client"),
        ([{"type": "lifespan.shutdown"}], "slow_client"),
    ],
)
async def test_a_body_without_end_is_refused(messages, reason):
    with pytest.raises(Refused) as refused:
        await read_body(Saying(*messages).receive, 100)
    assert refused.value.reason == reason


async def test_a_body_may_come_in_pieces_of_which_some_are_empty():
    pieces = [piece(b"a", more=True), *[piece(more=True)] * EMPTY, piece(b"b")]
    assert await read_body(Saying(*pieces).receive, 100) == b"ab"


async def test_a_lifespan_has_a_start_and_an_end_whatever_the_host_says():
    done, sent = [], []

    async def start():
        done.append("start")

    async def stop():
        done.append("stop")

    async def send(message):
        sent.append(message["type"])

    await lifespan(start, stop, Saying({"type": "lifespan.startup"}).receive, send)
    assert done == ["start", "stop"]
    assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
