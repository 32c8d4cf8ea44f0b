"""One account in other people's applications: Starlette, FastAPI, Flask, any WSGI server."""

import asyncio
import io
import os
import subprocess
import sys
import threading
import wsgiref.simple_server
import wsgiref.validate
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, asynccontextmanager, contextmanager

import pytest
import werkzeug.serving
import werkzeug.test
from fastapi import APIRouter, BackgroundTasks, FastAPI
from fastapi import routing as fastapi_routing
from flask import Flask
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route
from werkzeug.middleware.dispatcher import DispatcherMiddleware

import wechat
from wechat import TOKEN, Request, ask, call, push, says, text, verification
from yizhan.mounts.flask import mount as flask_mount
from yizhan.mounts.starlette import mount

FORGED = "anotherTokenOfTests"
UNSUPPORTED = b"unsupported encoding"
# Whether an included router's lifespan is the application's; before, the first request starts it.
KEEPS_LIFESPANS = hasattr(fastapi_routing, "_merge_lifespan_context")


def starlette(account, **options):
    home = Route("/", lambda request: PlainTextResponse("home"))
    return Starlette(routes=[home, Route(account.settings.path, account.asgi)], **options)


def starlette_behind_middleware(account):
    async def pass_on(request, call_next):
        return await call_next(request)

    return starlette(account, middleware=[Middleware(BaseHTTPMiddleware, dispatch=pass_on)])


def fastapi(account, **options):
    app = FastAPI(**options)

    @app.get("/")
    async def home():
        return "home"

    app.add_route(account.settings.path, account.asgi)
    return app


HOSTS = [starlette, starlette_behind_middleware, fastapi]


@pytest.fixture
def echo(make):
    """Makes an account that says what it hears."""

    def account(mode="plain", **settings):
        account = make(mode, **settings)
        account.text(lambda message: message.content)
        return account

    return account


@pytest.mark.parametrize("host", HOSTS)
class TestAsgi:
    @pytest.mark.parametrize("mode", ["plain", "safe"])
    async def test_a_push_is_answered(self, echo, host, mode):
        answer = await call(host(echo(mode)), push(text("你好"), mode))
        assert says(answer, mode) == "你好"

    async def test_a_verification_is_answered(self, echo, host):
        assert (await call(host(echo()), verification("echo"))).body == b"echo"

    async def test_the_engine_starts_with_the_first_push(self, echo, host):
        account = echo()
        app = host(account)
        assert account.inbox is None
        await call(app, push(text()))
        assert account.inbox is not None

    @pytest.mark.parametrize(
        ("request_of", "status", "body"),
        [
            (lambda: push(text(), token=FORGED), 403, b"forbidden"),
            (lambda: verification(token=FORGED), 403, b"forbidden"),
            (lambda: push(text(), timestamp=1), 403, b"forbidden"),
            (lambda: push(text())._replace(query=""), 403, b"forbidden"),
            (lambda: verification(None), 400, b"bad request"),
            (lambda: push(b"<!DOCTYPE x><xml/>"), 400, b"bad request"),
            (lambda: push(b"a" * 1001), 413, b"too large"),
            (lambda: push(text()).with_headers(content_encoding="gzip"), 415, UNSUPPORTED),
            (lambda: push(text())._replace(method="PUT"), 405, b"method not allowed"),
        ],
    )
    async def test_bad_input_is_refused_and_no_handler_runs(
        self, make, host, request_of, status, body
    ):
        account, reached = make(max_body=1000), []
        account.fallback(reached.append)
        answer = await call(host(account), request_of())
        assert (answer.status, answer.body) == (status, body)
        assert reached == []

    async def test_a_body_in_chunks_is_measured(self, echo, host):
        app = host(echo(max_body=1000))
        assert (await call(app, push(text()), chunks=[b"a" * 600] * 2)).status == 413

    async def test_the_rest_of_the_application_is_as_it_was(self, echo, host):
        app = host(echo())
        assert b"home" in (await call(app, Request("GET", "/"))).body
        assert (await call(app, push(text(), path="/elsewhere"))).status == 404

    async def test_the_account_s_path_may_be_the_host_s(self, echo, host):
        app = host(echo(path="/weixin/callback"))
        assert says(await call(app, push(text("a"), path="/weixin/callback"))) == "a"

    async def test_a_follower_hanging_up_is_noticed(self, make, host):
        account = make()
        begun, go_on, gone = asyncio.Event(), asyncio.Event(), asyncio.Event()

        @account.text
        async def slow(message):
            begun.set()
            await go_on.wait()
            return "at last"

        app, what = host(account), text()
        first = asyncio.create_task(call(app, push(what), hang_up=gone))
        await begun.wait()
        gone.set()
        await first
        assert account.inbox.meter.of("lost_connections") == 1
        second = asyncio.create_task(call(app, push(what)))
        go_on.set()
        assert says(await second) == "at last"


async def test_where_the_account_stands_is_the_host_s_to_say(echo):
    app = Starlette(routes=[Route("/callbacks/{name}", echo().asgi)])
    assert says(await call(app, push(text("a"), path="/callbacks/weixin"))) == "a"
    assert (await call(app, push(text("a"), path="/wechat"))).status == 404


@pytest.mark.parametrize("host", [starlette, fastapi])
async def test_the_lifespan_may_be_the_host_s(echo, host):
    account = echo()
    app = host(account, lifespan=account.lifespan)
    incoming, outgoing = asyncio.Queue(), asyncio.Queue()
    scope = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}
    serving = asyncio.create_task(app(scope, incoming.get, outgoing.put))
    await incoming.put({"type": "lifespan.startup"})
    assert (await outgoing.get())["type"] == "lifespan.startup.complete"
    assert account.inbox is not None
    assert says(await call(app, push(text("a")))) == "a"
    await incoming.put({"type": "lifespan.shutdown"})
    assert (await outgoing.get())["type"] == "lifespan.shutdown.complete"
    assert account.inbox is None
    await serving


@pytest.mark.parametrize("kind", [Starlette, FastAPI])
async def test_a_mounted_account_is_found_without_a_slash_at_the_end(echo, caplog, kind):
    """Starlette would redirect, which WeChat does not follow."""
    account = echo()
    app = kind(lifespan=account.lifespan)
    app.mount("/wechat", account.asgi)
    with caplog.at_level("INFO"):
        async with app.router.lifespan_context(app):
            assert says(await call(app, push(text("a")))) == "a"
            assert says(await call(app, push(text("a"), path="/wechat/"))) == "a"
            assert (await call(app, Request("GET", "/wechat/healthz"))).body == b"ok"
            assert (await call(app, push(text("a"), path="/wechatx"))).status == 404
        async with app.router.lifespan_context(app):
            assert says(await call(app, push(text("a")))) == "a"
    assert caplog.text.count("a route for that path was added") == 1


def alone(app, account):
    """Mounted by itself."""
    app.mount("/wechat", account.asgi)
    return "/wechat"


def below(app, account):
    """Mounted in an application that is mounted itself."""
    part = FastAPI()
    part.mount("/wechat", account.asgi)
    app.mount("/bots", part)
    return "/bots/wechat"


def among_routes(app, account):
    """Mounted in a list of routes, behind middleware of its own."""

    class Through:
        def __init__(self, app):
            self.app = app

        async def __call__(self, scope, receive, send):
            await self.app(scope, receive, send)

    within = [Mount("/wechat", account.asgi, middleware=[Middleware(Through)])]
    app.routes.append(Mount("/bots", routes=within))
    return "/bots/wechat"


@pytest.mark.parametrize("kind", [Starlette, FastAPI])
@pytest.mark.parametrize("way", [alone, below, among_routes])
class TestMounted:
    """Starlette redirects a mount's path to that with a slash; WeChat does not follow."""

    async def test_the_lifespan_sees_to_the_path(self, echo, caplog, kind, way):
        account = echo()
        app = kind(lifespan=account.lifespan)
        path = way(app, account)
        with caplog.at_level("INFO"):
            async with app.router.lifespan_context(app):
                assert says(await call(app, push(text("a"), path=path))) == "a"
        assert caplog.text.count("a route for that path was added") == 1

    async def test_so_does_any_request_that_comes(self, echo, caplog, kind, way):
        """Of a lifespan that does not name the application, or where there is none."""
        account, app = echo(), kind()
        path = way(app, account)
        with caplog.at_level("INFO"):
            assert (await call(app, push(text("a"), path=path))).status == 307
            assert (await call(app, Request("GET", f"{path}/"))).status == 403
            assert says(await call(app, push(text("a"), path=path))) == "a"
            assert says(await call(app, push(text("b"), path=f"{path}/"))) == "b"
        assert caplog.text.count("a route for that path was added") == 1
        assert "slash included" not in caplog.text


async def test_where_no_route_can_be_added_the_path_for_the_console_is_told_once(echo, caplog):
    """By a host that mounts otherwise, and gives the request away below a root path."""
    app = echo().asgi
    with caplog.at_level("INFO"):
        for _ in range(2):
            answer = await call(app, push(text("a"), path="/wechat/"), root_path="/wechat")
            assert says(answer) == "a"
    assert caplog.text.count("is mounted at /wechat/: the URL in WeChat's console") == 1


async def test_a_path_operation_may_return_it(echo):
    account, background = echo(), []
    app = FastAPI()

    @app.api_route("/bots/{name}", methods=["GET", "POST"])
    async def wechat(name: str, tasks: BackgroundTasks):
        tasks.add_task(background.append, name)
        return account.asgi

    for _ in range(2):
        assert says(await call(app, push(text("a"), path="/bots/x"))) == "a"
    assert (await call(app, push(text("a"), path="/bots/x", token=FORGED))).status == 403


@pytest.mark.parametrize("prefix", ["", "/bots"])
async def test_it_may_be_mounted_in_a_router(echo, prefix):
    account = echo()
    router = APIRouter(prefix=prefix)
    mount(router, account)
    app = FastAPI()
    app.include_router(router)
    async with app.router.lifespan_context(app):
        if KEEPS_LIFESPANS:
            assert account.inbox is not None
        assert says(await call(app, push(text("a"), path=f"{prefix}/wechat"))) == "a"
    if KEEPS_LIFESPANS:
        assert account.inbox is None


async def test_a_host_s_own_lifespan_stays(echo):
    account, seen = echo(), []

    @asynccontextmanager
    async def lifespan(app):
        seen.append(account.inbox is not None)
        yield {"key": 1}

    app = Starlette(lifespan=lifespan)
    mount(app, account, "/there")
    async with app.router.lifespan_context(app) as state:
        assert (seen, state) == ([True], {"key": 1})
        assert says(await call(app, push(text("a"), path="/there"))) == "a"


async def test_a_prefix_that_a_proxy_takes_off_is_told_by_the_root_path(echo):
    """Uvicorn puts it back, hypercorn does not."""
    app = echo().asgi
    for path in ("/api/wechat", "/wechat"):
        assert says(await call(app, push(text("a"), path=path), root_path="/api")) == "a"


async def test_a_wrong_path_is_told_with_the_right_one(echo, caplog):
    await call(echo().asgi, push(text("a"), path="/wechat/"))
    [record] = [it for it in caplog.records if it.name == "yizhan.push"]
    assert "the request was for /wechat/, but the account's path is /wechat" in record.push["hint"]


async def test_two_accounts_share_one_host(echo):
    first, second = echo(path="/a"), echo(path="/b", token="anotherTokenOfTests")
    app = Starlette(routes=[Route("/a", first.asgi), Route("/b", second.asgi)])
    assert says(await call(app, push(text("1"), path="/a"))) == "1"
    assert says(await call(app, push(text("2"), path="/b", token="anotherTokenOfTests"))) == "2"
    assert (await call(app, push(text("3"), path="/b"))).status == 403


# A WSGI server runs in a thread, and the account's loop in another.


class Silent:
    """A request handler without a log: the account has its own."""

    def log(self, *_):
        """Nothing."""

    log_message = log


class SilentWsgiref(Silent, wsgiref.simple_server.WSGIRequestHandler): ...


class SilentWerkzeug(Silent, werkzeug.serving.WSGIRequestHandler): ...


def flask(account):
    app = Flask("host")
    app.add_url_rule("/", "home", lambda: "home")
    app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {account.settings.path: account.wsgi})
    return werkzeug.serving.make_server(
        "127.0.0.1", 0, app, threaded=True, request_handler=SilentWerkzeug
    )


def validated(account):
    app = wsgiref.validate.validator(account.wsgi)
    return wsgiref.simple_server.make_server("127.0.0.1", 0, app, handler_class=SilentWsgiref)


@contextmanager
def running(server, account):
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_port
    finally:
        account.wsgi.close()
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(params=[flask, validated])
def serve(request):
    """Serves an account by WSGI, and gives the port; ends it with the test."""
    with ExitStack() as stack:
        yield lambda account: stack.enter_context(running(request.param(account), account))


@pytest.fixture
def wsgi_echo():
    account = wechat.account(max_body=1000)
    account.text(lambda message: message.content)
    return account


class TestWsgi:
    @pytest.mark.parametrize("mode", ["plain", "safe"])
    def test_a_push_is_answered(self, serve, mode):
        account = wechat.account(mode)
        account.text(lambda message: message.content)
        port = serve(account)
        assert says(ask(port, push(text("你好"), mode)), mode) == "你好"
        assert says(ask(port, push(text("再见"), mode)), mode) == "再见"

    def test_a_verification_is_answered(self, serve, wsgi_echo):
        answer = ask(serve(wsgi_echo), verification("echo"))
        assert (answer.status, answer.body) == (200, b"echo")
        assert answer.headers["x-content-type-options"] == "nosniff"

    def test_an_acknowledgement_may_be_empty(self, serve):
        account = wechat.account(ack="empty")
        answer = ask(serve(account), push(text()))
        assert (answer.status, answer.body) == (200, b"")

    @pytest.mark.parametrize(
        ("request_of", "status", "body"),
        [
            (lambda: push(text(), token=FORGED), 403, b"forbidden"),
            (lambda: verification(token=FORGED), 403, b"forbidden"),
            (lambda: push(text(), timestamp=1), 403, b"forbidden"),
            (lambda: push(text())._replace(query=""), 403, b"forbidden"),
            (lambda: verification(None), 400, b"bad request"),
            (lambda: push(b"<!DOCTYPE x><xml/>"), 400, b"bad request"),
            (lambda: push(b""), 400, b"bad request"),
            (lambda: push(b"a" * 1001), 413, b"too large"),
            (lambda: push(text()).with_headers(content_encoding="gzip"), 415, UNSUPPORTED),
            (lambda: push(text())._replace(method="PUT"), 405, b"method not allowed"),
            (lambda: push(text(), path="/wechat/x"), 404, b"not found"),
        ],
    )
    def test_bad_input_is_refused_and_no_handler_runs(self, serve, request_of, status, body):
        account, reached = wechat.account(max_body=1000), []
        account.fallback(reached.append)
        answer = ask(serve(account), request_of())
        assert (answer.status, answer.body) == (status, body)
        assert reached == []

    @pytest.mark.parametrize("length", ["²", "-1", "a", ""])
    def test_a_length_that_is_no_number_is_refused(self, wsgi_echo, length):
        request = push(text())
        environ = {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": "/wechat",
            "QUERY_STRING": request.query,
            "CONTENT_LENGTH": length,
            "wsgi.input": io.BytesIO(request.body),
        }
        statuses = []
        b"".join(wsgi_echo.wsgi(environ, lambda status, headers: statuses.append(status[:3])))
        wsgi_echo.wsgi.close()
        assert statuses[0] in ("400", "413")

    def test_the_engine_starts_with_the_first_push(self, serve, wsgi_echo):
        port = serve(wsgi_echo)
        assert wsgi_echo.inbox is None
        ask(port, push(text()))
        assert wsgi_echo.inbox is not None

    def test_a_handler_runs_in_the_loop_s_own_thread(self, serve):
        account, threads = wechat.account(), []

        @account.text
        async def where(message):
            threads.append(threading.current_thread().name)

        ask(serve(account), push(text()))
        assert threads == ["yizhan-loop"]

    def test_once_closed_it_takes_nothing_in(self, serve, wsgi_echo):
        port = serve(wsgi_echo)
        ask(port, push(text()))
        wsgi_echo.wsgi.close()
        assert ask(port, push(text())).status == 503


def test_a_body_that_ends_too_early_is_told_as_such(wsgi_echo, caplog):
    """As of a sender that hung up in the middle: what came of it is not looked at."""
    request = push(text())
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/wechat",
        "QUERY_STRING": request.query,
        "CONTENT_LENGTH": str(len(request.body)),
        "wsgi.input": io.BytesIO(request.body[:20]),
    }
    statuses = []
    b"".join(wsgi_echo.wsgi(environ, lambda status, headers: statuses.append(status[:3])))
    wsgi_echo.wsgi.close()
    assert statuses == ["408"]
    assert "or ended too early" in caplog.text


def test_a_signed_push_whose_body_is_empty_is_told_as_such(wsgi_echo, caplog):
    """As by a host or a proxy that does not hand on what comes in chunks."""
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/wechat",
        "QUERY_STRING": push(text()).query,
        "wsgi.input": io.BytesIO(),
    }
    statuses = []
    b"".join(wsgi_echo.wsgi(environ, lambda status, headers: statuses.append(status[:3])))
    wsgi_echo.wsgi.close()
    assert statuses == ["400"]
    assert "the body is empty" in caplog.text


class TestSeveralInOneApplication:
    """Two accounts, both without an AppID, or one account at two paths."""

    @pytest.fixture
    def accounts(self, echo, request):
        first = echo(path="/a")
        return first, first if request.param else echo(path="/b")

    @pytest.mark.parametrize("accounts", [False, True], indirect=True)
    def test_in_flask(self, accounts):
        app = Flask("several")
        for account, path in zip(accounts, ("/a", "/b"), strict=True):
            flask_mount(app, account, path)
        client = werkzeug.test.Client(app)
        for path in ("/a", "/b"):
            request = push(text(f"at {path}"), path=path)
            body = client.post(request.target, data=request.body, content_type="text/xml").text
            assert f"at {path}" in body
        for account in accounts:
            account.wsgi.close()

    @pytest.mark.parametrize("accounts", [False, True], indirect=True)
    async def test_in_starlette(self, accounts):
        app = Starlette()
        for account, path in zip(accounts, ("/a", "/b"), strict=True):
            mount(app, account, path)
        async with app.router.lifespan_context(app):
            for path in ("/a", "/b"):
                assert says(await call(app, push(text(path), path=path))) == path
        assert [account.inbox for account in accounts] == [None, None]


def test_the_rest_of_a_flask_application_is_as_it_was(wsgi_echo):
    with running(flask(wsgi_echo), wsgi_echo) as port:
        assert ask(port, Request("GET", "/")).body == b"home"


def test_many_pushes_at_once_are_each_answered(wsgi_echo):
    with running(flask(wsgi_echo), wsgi_echo) as port, ThreadPoolExecutor(8) as pool:
        requests = [push(text(f"{n}", FromUserName=f"o{n}")) for n in range(40)]
        answers = pool.map(lambda request: says(ask(port, request)), requests)
        assert list(answers) == [str(n) for n in range(40)]


@pytest.mark.parametrize(
    ("token", "length", "status", "read"),
    [(TOKEN, 1000, 400, [1000]), (TOKEN, 10**9, 413, []), ("anotherTokenOfTests", 1000, 403, [])],
)
def test_no_more_of_a_body_is_read_than_is_allowed(wsgi_echo, token, length, status, read):
    class Endless:
        def read(self, size):
            sizes.append(size)
            return b"a" * size

    sizes, started = [], []
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/wechat",
        "QUERY_STRING": push(text(), token=token).query,
        "CONTENT_LENGTH": str(length),
        "wsgi.input": Endless(),
    }
    wsgi_echo.wsgi(environ, lambda *response: started.append(response))
    wsgi_echo.wsgi.close()
    assert started[0][0].startswith(f"{status} ")
    assert sizes == read


@pytest.mark.parametrize("declared", [{"wsgi.input_terminated": True}, {}])
def test_a_body_in_chunks_is_read_to_its_end_where_it_has_one(wsgi_echo, declared):
    """Gunicorn's threads bring it without a length; nobody may read where no end is promised."""

    class Short(io.BytesIO):
        def read(self, size):
            return super().read(min(size, 10))

    request, started = push(text("你好")), []
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/wechat",
        "QUERY_STRING": request.query,
        "HTTP_TRANSFER_ENCODING": "chunked",
        "wsgi.input": Short(request.body),
        **declared,
    }
    [body] = wsgi_echo.wsgi(environ, lambda *response: started.append(response))
    wsgi_echo.wsgi.close()
    assert started[0][0] == ("200 OK" if declared else "400 Bad Request")
    assert ("你好" in body.decode()) == bool(declared)


def test_a_body_in_chunks_is_measured_under_wsgi(wsgi_echo):
    class Endless:
        read = staticmethod(lambda size: b"a" * size)

    started = []
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/wechat",
        "QUERY_STRING": push(text()).query,
        "wsgi.input": Endless(),
        "wsgi.input_terminated": True,
    }
    list(wsgi_echo.wsgi(environ, lambda *response: started.append(response)))
    wsgi_echo.wsgi.close()
    assert started[0][0].startswith("413 ")


@pytest.mark.parametrize("place", ["/wechat", "/bots/a"])
def test_the_dispatcher_s_path_need_not_be_the_setting_s(wsgi_echo, place):
    app = DispatcherMiddleware(Flask("host").wsgi_app, {place: wsgi_echo.wsgi})
    client = werkzeug.test.Client(app)
    try:
        for path in (place, f"{place}/healthz"):
            request = push(text("a"), path=path)
            answer = client.post(request.target, data=request.body, content_type="text/xml")
            assert answer.status_code == 200
        request = push(text("a"), path=f"{place}/x")
        assert client.post(request.target, data=request.body).status_code == 404
    finally:
        wsgi_echo.wsgi.close()


@pytest.mark.parametrize("wrote", [True, False])
def test_a_reply_that_a_server_could_not_write_waits_for_the_next_push(wsgi_echo, wrote):
    """It asks for more of the body once the first piece is written, and closes it in any case."""
    request = push(text("a"))
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/wechat",
        "QUERY_STRING": request.query,
        "CONTENT_LENGTH": str(len(request.body)),
        "wsgi.input": io.BytesIO(request.body),
    }
    body = wsgi_echo.wsgi(environ, lambda *_: None)
    next(body)
    if wrote:
        assert list(body) == []
    body.close()
    inbox = wsgi_echo.inbox
    wsgi_echo.wsgi.close()
    assert inbox.meter.of("lost_connections") == (0 if wrote else 1)


FORKING = """
import os, sys
import wechat

account = wechat.account()
account.text(lambda message: str(os.getpid()))
app = account.wsgi

def answered():
    request = wechat.push(wechat.text())
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/wechat",
        "QUERY_STRING": request.query,
        "CONTENT_LENGTH": str(len(request.body)),
        "wsgi.input": __import__("io").BytesIO(request.body),
    }
    (body,) = app(environ, lambda *_: None)
    return str(os.getpid()).encode() in body

if sys.argv[1:]:
    account.serve_here()  # as a master might that loads the application before it forks
    assert answered()
children = []
for _ in range(2):
    child = os.fork()
    if not child:
        os._exit(0 if answered() else 1)
    children.append(child)
sys.exit(any(os.waitpid(child, 0)[1] for child in children))
"""


@pytest.mark.parametrize("master", [[], ["serves"]])
def test_each_process_of_a_forking_server_has_an_engine_of_its_own(master):
    paths = os.pathsep.join(sys.path)
    command = [sys.executable, "-c", FORKING, *master]
    environ = os.environ | {"PYTHONPATH": paths}
    assert subprocess.run(command, env=environ, check=False, timeout=60).returncode == 0


def test_closing_what_never_ran_is_nothing(wsgi_echo):
    wsgi_echo.wsgi.close()
