"""An account in a host: how it starts, how it hears of the end, and what it does then."""

import asyncio
import threading

import pytest

import wechat
from desk import until
from wechat import Request, call, says, text
from yizhan.testing.loop import EPOCH, JumpingLoop, LoopClock

HEALTH = Request("GET", "/healthz")
WORKING = "正在处理，回复任意内容获取结果"


def push(what):
    return wechat.push({**what, "CreateTime": int(EPOCH)}, timestamp=EPOCH)


def played(story, **settings):
    """Play the story on a loop whose time jumps, with an account that takes 7 s for `slow`."""

    async def whole():
        account = wechat.account(clock=LoopClock(loop), **settings)

        @account.text("slow")
        async def slow(message):
            await asyncio.sleep(7)
            return "at last"

        @account.text
        async def echo(message):
            return message.content

        try:
            await story(account, loop)
        finally:
            await account.stop()

    loop = JumpingLoop()
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        runner.run(whole())


async def after(seconds, *calls):
    await asyncio.sleep(seconds)
    for each in calls:
        each()


class TestEnd:
    """A host that stops closes its listener: pushes 2 and 3 would reach nobody."""

    def test_what_is_held_is_answered_within_two_seconds(self):
        async def story(account, loop):
            began = loop.time()
            _, answer = await asyncio.gather(
                after(1, lambda: account.inbox.end_soon()), call(account.asgi, push(text("slow")))
            )
            assert (says(answer), loop.time() - began) == (WORKING, 3)
            await asyncio.sleep(10)
            assert says(await call(account.asgi, push(text("and now?")))) == "at last\n\nand now?"

        played(story)

    def test_an_answer_that_is_there_by_then_goes_out_at_once(self):
        async def story(account, loop):
            began = loop.time()
            request = push(text("slow"))
            gone = asyncio.Event()
            await asyncio.gather(after(5, gone.set), call(account.asgi, request, hang_up=gone))
            _, answer = await asyncio.gather(
                after(1, lambda: account.inbox.end_soon()), call(account.asgi, request)
            )
            assert (says(answer), loop.time() - began) == ("at last", 7)

        played(story)

    def test_a_later_push_is_not_held_either(self):
        async def story(account, loop):
            await account.start()
            account.inbox.end_soon()
            await asyncio.sleep(1)
            began = loop.time()
            assert says(await call(account.asgi, push(text("slow")))) == WORKING
            assert loop.time() - began == 2

        played(story)

    def test_a_server_that_ends_what_it_has_begun_still_gets_a_response(self):
        """Hypercorn cancels what runs after 3 s, and would answer 500."""

        async def story(account, loop):
            held = asyncio.create_task(cancelled(account, push(text("slow"))))
            await asyncio.sleep(3)
            held.cancel()
            answer, ended = await held
            assert (says(answer), ended) == (WORKING, True)
            await asyncio.sleep(10)
            assert says(await call(account.asgi, push(text("and now?")))) == "at last\n\nand now?"

        played(story)

    def test_a_server_whose_cancelling_means_a_hang_up_cannot_send_and_loses_nothing(self):
        """As aiohttp does for ASGI: the next push gets the answer."""

        async def story(account, loop):
            request = push(text("slow"))
            held = asyncio.create_task(cancelled(account, request, refuses=True))
            await asyncio.sleep(3)
            held.cancel()
            with pytest.raises(ConnectionResetError):
                await held
            assert account.inbox.process.open.count == 0
            assert says(await call(account.asgi, request)) == "at last"

        played(story)

    def test_a_server_that_cancels_when_wechat_hangs_up_gets_none(self):
        """Nothing is said then, for push 2 would be told the same."""

        async def story(account, loop):
            request = push(text("slow"))
            held = asyncio.create_task(cancelled(account, request))
            await asyncio.sleep(4.95)
            held.cancel()
            with pytest.raises(asyncio.CancelledError):
                await held
            assert says(await call(account.asgi, request)) == "at last"

        played(story)

    def test_a_server_that_cancels_after_wechat_hung_up_gets_none(self):
        async def story(account, loop):
            gone = asyncio.Event()
            request = push(text("slow"))
            held = asyncio.create_task(call(account.asgi, request, hang_up=gone))
            await asyncio.sleep(3)
            gone.set()
            held.cancel()
            with pytest.raises(asyncio.CancelledError):
                await held
            assert says(await call(account.asgi, request)) == "at last"

        played(story)


async def cancelled(account, request, refuses=False):
    """The answer that a cancelled application has sent, and whether it ended as it was told."""
    sent, pieces = [], [{"type": "http.request", "body": request.body}]

    async def receive():
        return pieces.pop() if pieces else await asyncio.get_running_loop().create_future()

    async def send(message):
        if refuses:
            raise ConnectionResetError
        sent.append(message)

    scope = {
        "type": "http", "method": "POST", "path": "/wechat", "headers": [],
        "query_string": request.query.encode(),
    }  # fmt: skip
    ended = False
    try:
        await account.asgi(scope, receive, send)
    except asyncio.CancelledError:
        if not sent:
            raise
        ended = True
    return wechat.Answer(sent[0]["status"], {}, sent[1]["body"]), ended


@pytest.fixture
def left(tmp_path):
    """The address of a store in which a stopped process has left a message that it handled."""
    url = f"sqlite:///{tmp_path}/bot.db"

    async def leave():
        account = wechat.account(store=url)
        begun = asyncio.Event()

        @account.text
        async def slow(message):
            begun.set()
            await asyncio.Event().wait()

        call_ = asyncio.create_task(call(account.asgi, wechat.push(text("slow"))))
        await begun.wait()
        await account.stop()
        await call_

    asyncio.run(leave())
    return url


@pytest.fixture
def successor(left):
    """The next process's account; `ran` is set once it has run what was left."""
    account, ran = wechat.account(store=left), threading.Event()

    @account.text
    async def handle(message):
        ran.set()

    yield account, ran
    account.wsgi.close()


class TestStart:
    """What a stopped process has left is run without another push."""

    def test_any_request_starts_the_engine(self, successor):
        account, ran = successor

        async def ask():
            assert (await call(account.asgi, HEALTH)).body == b"ok"
            await asyncio.wait_for(asyncio.to_thread(ran.wait), 10)
            await account.stop()

        asyncio.run(ask())

    def test_so_does_one_that_is_refused(self, successor):
        account, ran = successor

        async def ask():
            assert (await call(account.asgi, Request("GET"))).status == 403
            await asyncio.wait_for(asyncio.to_thread(ran.wait), 10)
            await account.stop()

        asyncio.run(ask())

    def test_any_request_does_under_wsgi(self, successor):
        account, ran = successor
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/healthz"}
        assert list(account.wsgi(environ, lambda *_: None)) == [b"ok"]
        assert ran.wait(10)

    def test_none_is_needed_where_the_host_says_so(self, successor):
        account, ran = successor
        account.serve_here()
        assert ran.wait(10)

    def test_a_host_says_what_is_wrong_with_the_store(self):
        from yizhan.errors import StoreError

        account = wechat.account(store="sqlite:////proc/nowhere/bot.db")
        with pytest.raises(StoreError):
            account.serve_here()
        account.wsgi.close()


async def test_a_start_that_fails_does_not_fail_what_stands_beside(make, caplog):
    account = make(store="sqlite:////proc/nowhere/bot.db")
    assert (await call(account.asgi, HEALTH)).status == 200
    await until(lambda: caplog.messages)
    assert "/proc/nowhere" in caplog.text


class TestElsewhere:
    """The engine lives in a thread, and the host's requests come in a loop."""

    @pytest.fixture
    def account(self):
        account = wechat.account()
        self.go_on = threading.Event()

        @account.text("slow")
        def slow(message):
            self.go_on.wait(10)
            return "at last"

        account.text(lambda message: f"{message.content} {threading.current_thread().name}")
        account.serve_here()
        yield account
        account.wsgi.close()
        assert account.inbox is None

    async def test_a_push_is_answered(self, account):
        answer = says(await call(account.asgi, wechat.push(text("a"))))
        assert answer.startswith("a yizhan-")

    async def test_start_is_what_has_begun_there(self, account):
        assert await account.start() is account.inbox

    async def test_a_hang_up_is_heard_there(self, account):
        gone = asyncio.Event()
        request = wechat.push(text("slow"))
        first = asyncio.create_task(call(account.asgi, request, hang_up=gone))
        await until(lambda: account.inbox.busy)
        gone.set()
        await first
        second = asyncio.create_task(call(account.asgi, request))
        self.go_on.set()
        assert says(await second) == "at last"
        assert account.inbox.meter.of("lost_connections") == 1

    async def test_a_cancellation_gets_a_response_there(self, account):
        held = asyncio.create_task(cancelled(account, wechat.push(text("slow"))))
        await until(lambda: account.inbox.busy)
        held.cancel()
        answer, ended = await held
        assert (says(answer), ended) == (WORKING, True)
        self.go_on.set()

    async def test_whoever_awaits_no_more_has_hung_up(self, account):
        request = wechat.push(text("slow"))
        parts = ("POST", "/wechat", request.query, [], request.body)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(account.receive(*parts), 0.2)
        self.go_on.set()
        assert "at last" in (await account.receive(*parts)).body.decode()


def echo(message):
    return message.content


def test_a_host_may_have_a_loop_for_each_request():
    """As Django has under WSGI; each one stops what has begun in it."""
    account = wechat.account()
    account.text(echo)
    for content in ("first", "second"):
        assert says(asyncio.run(call(account.asgi, wechat.push(text(content))))) == content
        assert account.inbox is None


def test_a_loop_that_stands_still_takes_its_engine_with_it():
    account = wechat.account()
    account.text(echo)
    with asyncio.Runner() as first, asyncio.Runner() as second:
        answer = first.run(call(account.asgi, wechat.push(text("first"))))
        assert says(answer) == "first"
        was = account.inbox
        answer = second.run(call(account.asgi, wechat.push(text("second"))))
        assert says(answer) == "second"
        assert account.inbox is not was
