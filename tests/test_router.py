import asyncio
import threading

import pytest

import wechat
from wechat import call, event, push, says, shown, text
from yizhan import Article, Image, Music, News, Router, Text, Transfer, Video, Voice
from yizhan.errors import HandlerTimeout, RegistrationError


async def said(account, what):
    return says(await call(account.asgi, push(what)))


DECORATORS = [
    ["text", "image", "voice", "video", "shortvideo", "location", "link", "message"],
    ["subscribe", "unsubscribe", "scan", "click", "view", "report_location"],
    ["fallback"],
]
BARE = [name for group in DECORATORS for name in group]


def handler(message): ...


@pytest.mark.parametrize("name", [*BARE, "error"])
def test_a_bare_decorator_gives_the_function_back_unchanged(name):
    assert getattr(Router(), name)(handler) is handler


WITH_ARGUMENTS = {
    "text()": lambda router: router.text(),
    "text(words)": lambda router: router.text("a", "b", timeout=3, rerun=False),
    "text(prefix)": lambda router: router.text(prefix="a", timeout=3),
    "text(regex)": lambda router: router.text(regex="a", rerun=False),
    "click(keys)": lambda router: router.click("A", "B", timeout=3, rerun=False),
    "event(names)": lambda router: router.event("a", "b", timeout=3, rerun=False),
    **{f"{name}()": lambda router, name=name: getattr(router, name)() for name in BARE},
    **{
        f"{name}(timeout)": lambda router, name=name: getattr(router, name)(timeout=3, rerun=False)
        for name in BARE
    },
}


@pytest.mark.parametrize("decorator", WITH_ARGUMENTS.values(), ids=WITH_ARGUMENTS)
def test_a_decorator_with_arguments_gives_the_function_back_unchanged(decorator):
    assert decorator(Router())(handler) is handler


@pytest.mark.parametrize("name", BARE)
def test_only_handlers_are_taken(name):
    with pytest.raises(RegistrationError, match="unknown parameter nonsense"):
        getattr(Router(), name)(lambda message, nonsense: None)


def test_one_function_may_be_registered_for_several_kinds():
    router = Router()
    router.image(router.text("photo")(handler))
    assert [route.label for route in router._routes()] == ["text('photo')", "image"]


def plain(message):
    return "ok"


async def coroutine(message):
    return "ok"


def generator(message):
    yield "ok"


async def async_generator(message):
    yield "ok"


def returning_a_coroutine(message):
    return coroutine(message)


@pytest.mark.parametrize(
    "handler", [plain, coroutine, generator, async_generator, returning_a_coroutine]
)
async def test_a_handler_may_have_any_form(make, handler):
    account = make()
    account.text(handler)
    assert await said(account, text()) == "ok"


async def test_a_coroutine_runs_in_the_loop_and_a_plain_function_in_a_thread(make):
    account = make()
    where = {}

    @account.text
    async def in_loop(message):
        where["coroutine"] = threading.current_thread()

    @account.image
    def in_thread(message):
        where["function"] = threading.current_thread()

    await said(account, text())
    await said(account, wechat.image())
    assert where["coroutine"] is threading.main_thread()
    assert where["function"] is not threading.main_thread()


async def test_a_blocking_function_does_not_stall_the_loop(make):
    account = make()
    release = threading.Event()
    account.image(lambda message: "late" if release.wait(10) else None)
    account.text(coroutine)
    blocked = asyncio.create_task(said(account, wechat.image(FromUserName="oAnother")))
    assert await said(account, text()) == "ok"
    release.set()
    assert await blocked == "late"


async def test_regex_groups_and_injected_values_arrive_together(make):
    account = make()

    @account.text(regex=r"天气\s*(?P<city>\S+)")
    async def weather(message, session, city: str, account):
        session["asked"] = [*session.get("asked", []), city]
        return f"{account.settings.path} {'、'.join(session['asked'])}"

    assert await said(account, text("天气 北京")) == "/wechat 北京"
    assert await said(account, text("天气 上海")) == "/wechat 北京、上海"


async def test_a_session_is_each_follower_s_own(make):
    account = make()

    @account.text
    def count(message, session):
        session["n"] = session.get("n", 0) + 1
        return str(session["n"])

    answers = [await said(account, text(FromUserName=fan)) for fan in ("oA", "oA", "oB", "oA")]
    assert answers == ["1", "2", "1", "3"]


async def test_a_handler_that_raises_discards_its_session_changes(make):
    account = make()

    @account.text
    async def count(message, session):
        session["n"] = session.get("n", 0) + 1
        if message.content == "fail":
            raise RuntimeError
        return str(session["n"])

    answers = [await said(account, text(content)) for content in ("go", "fail", "go")]
    assert answers == ["1", None, "2"]


async def test_the_client_is_injected_with_the_face_that_a_handler_can_use(make):
    account = make()

    @account.text("async")
    async def awaits(message, api):
        return type(api).__name__

    @account.text
    def blocks(message, api):
        return type(api).__name__

    assert await said(account, text("async")) == "AsyncClient"
    assert await said(account, text()) == "Client"


@pytest.mark.parametrize(
    "reply",
    [
        Text("a"),
        Image("m"),
        Voice("m"),
        Video("m", title="t", description="d"),
        Music("m", title="t", url="u", hq_url="h"),
        News(Article("t", "d", picture="p", url="u")),
        Transfer(),
        Transfer("kf@account"),
    ],
)
async def test_a_handler_may_return_any_reply(make, reply):
    account = make()
    account.text(lambda message: reply)
    assert shown(await call(account.asgi, push(text()))) == reply


@pytest.mark.parametrize("result", [None, "", "  \n\t", "\x01\x02"])
async def test_nothing_to_say_is_an_acknowledgement(make, result):
    account = make()
    account.text(lambda message: result)
    assert await said(account, text()) is None


async def test_a_push_that_nobody_asked_for_is_acknowledged_and_its_decorator_told(make, caplog):
    account = make()
    caplog.set_level("INFO", "yizhan")
    assert await said(account, event("unheard_of_event")) is None
    assert '@account.event("unheard_of_event")' in caplog.text


@pytest.mark.parametrize(
    ("what", "decorator"),
    [
        (wechat.image(), "@account.image"),
        (wechat.text(MsgType="file"), "@account.message"),
        (event("subscribe"), "@account.subscribe"),
        (event("LOCATION", None, Latitude="1", Longitude="2", Precision="3"), "report_location"),
        (event("CLICK", "K"), "@account.click"),
    ],
)
async def test_the_decorator_told_is_the_nearest(make, caplog, what, decorator):
    caplog.set_level("INFO", "yizhan")
    assert await said(make(), what) is None
    assert decorator in caplog.text
    name = decorator.removeprefix("@account.")
    assert callable(getattr(make(), name))


async def test_an_error_handler_answers_for_what_raised(make):
    account = make()

    @account.text
    async def fail(message):
        raise LookupError("no such city")

    @account.error
    async def explain(message, error, account):
        return f"{message.content}: {error} ({account.settings.path})"

    assert await said(account, text("北京")) == "北京: no such city (/wechat)"


async def test_an_error_handler_may_be_a_plain_function(make):
    account = make()
    account.text(lambda message: 1 / 0)
    account.error(lambda message, error: type(error).__name__)
    assert await said(account, text()) == "ZeroDivisionError"


async def test_an_error_handler_hears_of_timeouts(make):
    account = make()

    @account.text(timeout=0.01)
    async def hang(message):
        await asyncio.Event().wait()

    @account.error
    async def explain(message, error):
        return type(error).__name__

    assert await said(account, text()) == HandlerTimeout.__name__


async def test_an_error_handler_that_raises_leaves_the_fallback_text(make, caplog):
    account = make(fallback="出错了")
    account.text(lambda message: 1 / 0)
    account.error(lambda message: {}["nothing"])
    assert await said(account, text()) == "出错了"
    assert "ZeroDivisionError" in caplog.text
    assert "KeyError" in caplog.text


class TestInclude:
    async def test_an_included_router_s_handlers_stand_where_it_was_included(self, make):
        account, router = make(), Router()
        account.text("a")(lambda message: "before")
        account.include(router)
        account.text(lambda message: "after")
        router.text("a")(lambda message: "inside a")
        router.text("b")(lambda message: "inside b")
        answers = [await said(account, text(content)) for content in "abc"]
        assert answers == ["before", "inside b", "after"]

    async def test_routers_nest(self, make):
        account, outer, inner = make(), Router(), Router()
        account.include(outer)
        outer.include(inner)
        inner.text(coroutine)
        assert await said(account, text()) == "ok"

    async def test_one_router_may_serve_several_accounts(self, make):
        router = Router()
        router.text(lambda message, account: account.settings.path)
        for path in ("/a", "/b"):
            account = make(path=path)
            account.include(router)
            answer = await call(account.asgi, push(text(), path=path))
            assert says(answer) == path

    async def test_a_middleware_surrounds_the_handlers_of_its_own_router_only(self, make):
        account, router = make(), Router()
        account.include(router)
        account.text(lambda message: "outside")
        router.text("a")(lambda message: "inside")

        @router.middleware
        async def brackets(message, call_next):
            return f"[{await call_next(message)}]"

        assert await said(account, text("a")) == "[inside]"
        assert await said(account, text("b")) == "outside"

    async def test_an_outer_router_s_middleware_is_outermost(self, make):
        account, router = make(), Router()
        account.include(router)
        router.text(lambda message: "x")

        @router.middleware
        async def inner(message, call_next):
            return f"({await call_next(message)})"

        @account.middleware
        async def outer(message, call_next):
            return f"[{await call_next(message)}]"

        assert await said(account, text()) == "[(x)]"

    async def test_middleware_counts_wherever_it_is_registered(self, make):
        account = make()
        account.text(lambda message: "x")

        @account.middleware
        async def late(message, call_next):
            return f"[{await call_next(message)}]"

        assert await said(account, text()) == "[x]"

    async def test_an_account_s_middleware_sees_what_nobody_takes(self, make):
        account = make()

        @account.middleware
        async def see(message, call_next):
            return await call_next(message) or "nobody"

        assert await said(account, text()) == "nobody"

    async def test_a_middleware_sees_the_fallback(self, make):
        account, router = make(), Router()
        account.include(router)
        router.fallback(lambda message: "x")

        @account.middleware
        async def outer(message, call_next):
            return f"[{await call_next(message)}]"

        @router.middleware
        async def inner(message, call_next):
            return f"({await call_next(message)})"

        assert await said(account, text()) == "[(x)]"

    @pytest.mark.parametrize("which", ["fallback", "error"])
    async def test_the_nearest_to_the_root_is_the_one(self, make, which):
        account, outer, inner = make(), Router(), Router()
        account.include(outer)
        outer.include(inner)
        if which == "error":
            account.text(lambda message: 1 / 0)
        getattr(inner, which)(lambda message: "inner")
        getattr(outer, which)(lambda message: "outer")
        assert await said(account, text()) == "outer"

    def test_no_router_is_included_twice(self):
        account, outer, inner = Router(), Router(), Router()
        account.include(inner)
        outer.include(inner)
        for router in (inner, outer, account):
            with pytest.raises(RegistrationError, match="included twice"):
                account.include(router)

    def test_routers_do_not_include_each_other(self):
        first, second = Router(), Router()
        first.include(second)
        with pytest.raises(RegistrationError, match="included twice"):
            second.include(first)
