"""`account.receive`: for servers that speak neither ASGI nor WSGI."""

import asyncio

import pytest

import wechat
from wechat import TOKEN, Answer, says, text, verification
from yizhan import Text
from yizhan.testing.loop import EPOCH, JumpingLoop, LoopClock

FORGED = "anotherTokenOfTests"
HEADERS = [("Content-Type", "text/xml")]


def told(account, story):
    """Run the story on a loop whose time jumps; what it returns."""

    async def whole():
        account.clock = LoopClock(loop)
        try:
            return await story(account)
        finally:
            await account.stop()

    loop = JumpingLoop()
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        return runner.run(whole())


def push(what, **more):
    return wechat.push({**what, "CreateTime": int(EPOCH)}, timestamp=EPOCH, **more)


async def sent(account, request, body=None):
    body = request.body if body is None else body
    return await account.receive(request.method, request.path, request.query, HEADERS, body)


def answered(response):
    names = {name.decode(): value.decode() for name, value in response.headers}
    return Answer(response.status, names, response.body)


@pytest.fixture
def account():
    account = wechat.account()
    account.text("never")(never)
    account.text("slow")(slow)
    account.text(echo)
    return account


async def echo(message):
    return message.content


async def never(message):
    await asyncio.Event().wait()


async def slow(message):
    await asyncio.sleep(6)
    return "at last"


def test_a_push_is_answered(account):
    async def story(account):
        response = await sent(account, push(text("你好")))
        assert says(answered(response)) == "你好"
        assert not response.close
        assert dict(response.headers)[b"content-type"] == b"text/xml; charset=utf-8"

    told(account, story)


@pytest.mark.parametrize("label", ["内容由 AI 生成", "", "AI"])
def test_what_a_model_wrote_says_so(label):
    account = wechat.account(ai_label=label)

    @account.text
    async def model(message):
        return Text("字" * 1000, ai=True)

    async def story(account):
        same = push(text("你好"))
        first, again = await sent(account, same), await sent(account, same)
        said = answered(first)
        assert says(said) == says(answered(again))
        assert len(says(said).encode()) <= 2048
        before, _, end = says(said).rpartition("\n\n")
        assert end == (label or "还有 1 条，回复“继续”获取"), "the last word of a text that was cut"
        assert before.startswith("字" * 600)

    told(account, story)


def test_a_verification_is_answered(account):
    account = wechat.account(max_age=0)

    async def story(account):
        response = await sent(account, verification("echo"))
        assert (response.status, response.body) == (200, b"echo")

    told(account, story)


def test_what_a_host_has_as_text_it_may_have_as_bytes(account):
    async def story(account):
        request = push(text("你好"))
        response = await account.receive(
            "POST", request.path, request.query.encode(), [(b"CONTENT-TYPE", b"text/xml")],
            request.body,
        )  # fmt: skip
        assert says(answered(response)) == "你好"

    told(account, story)


@pytest.mark.parametrize("token", [TOKEN, FORGED])
def test_a_callable_body_is_read_only_once_the_query_was_verified(account, token):
    request, read = push(text(), token=token), []

    async def body():
        read.append(request)
        return request.body

    async def story(account):
        response = await sent(account, request, body)
        assert response.status == (200 if token == TOKEN else 403)
        assert len(read) == (1 if token == TOKEN else 0)

    told(account, story)


@pytest.mark.parametrize(("path", "status"), [("/healthz", 200), ("/metrics", 404), ("/", 404)])
def test_what_stands_beside_the_path(account, path, status):
    async def story(account):
        response = await account.receive("GET", path, "", [], b"")
        assert response.status == status
        response.written()

    told(account, story)


@pytest.mark.parametrize("end", ["written", "lost"])
def test_what_was_written_is_delivered_and_what_was_lost_is_not(account, end):
    """Whoever says both is believed the first time."""

    async def story(account):
        await abandoned(account, push(text("slow")))
        response = await sent(account, push(text("next")))
        assert says(answered(response)) == "at last\n\nnext"
        getattr(response, end)()
        response.written()
        await asyncio.sleep(2)
        last = says(answered(await sent(account, push(text("more")))))
        assert last == ("more" if end == "written" else "at last\n\nnext\n\nmore")

    told(account, story)


async def abandoned(account, request):
    """Three pushes of a message, each hung up on before there is an answer."""
    for seconds in (1, 1, 1):
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(sent(account, request), seconds)
    await asyncio.sleep(20)


@pytest.mark.parametrize("tells", [True, False])
def test_who_tells_nothing_within_a_second_has_written_it(account, tells):
    async def story(account):
        response = await sent(account, push(text("hello")))
        inbox = account.inbox
        await asyncio.sleep(0.9)
        assert inbox.process.open.count == 1
        if tells:
            response.written()
        await asyncio.sleep(0.05 if tells else 0.2)
        assert inbox.process.open.count == 0
        assert account.inbox.meter.of("lost_connections") == 0

    told(account, story)


def test_who_cancels_has_hung_up(account):
    """The answer waits for the next push of the same message."""

    async def story(account):
        request = push(text("slow"))
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(sent(account, request), 3)
        assert says(answered(await sent(account, request))) == "at last"

    told(account, story)


def test_a_connection_that_shall_be_closed_is_503_where_that_cannot_be(account):
    async def story(account):
        response = await sent(account, push(text("never")))
        assert (response.close, response.status, response.body) == (True, 503, b"busy")
        response.written()

    told(account, story)


def test_a_body_over_the_limit_is_refused_whatever_was_declared():
    async def story(account):
        response = await sent(account, push(text("a" * 2000)))
        assert response.status == 413

    told(wechat.account(max_body=1000), story)


def test_a_stop_waits_until_what_was_answered_is_kept(account):
    async def story(account):
        response = await sent(account, push(text("hello")))
        response.written()
        inbox = account.inbox
        await account.stop()
        assert inbox.process.open.count == 0

    told(account, story)
