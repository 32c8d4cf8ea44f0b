"""What an author adds to a decorator: filters of their own, and handing a message on."""

import pytest

import wechat
from wechat import call, push, says, text
from yizhan import PASS, Account, Router
from yizhan.errors import RegistrationError


async def said(account, what):
    return says(await call(account.asgi, push(what)))


def is_long(message):
    return len(message.content) > 3


class TestWhere:
    """`where=`: a plain function of the message."""

    async def test_a_handler_takes_what_its_filter_takes(self, make):
        account = make()
        account.text(where=is_long)(lambda message: "long")
        account.text(lambda message: "short")
        assert await said(account, text("你好")) == "short"
        assert await said(account, text("你好你好")) == "long"

    async def test_an_exact_text_is_asked_for_before_the_filter(self, make):
        asked = []
        account = make()
        account.text("你好", where=lambda message: asked.append(message.content))(
            lambda message: "never"
        )
        account.text("你好")(lambda message: "next")
        assert await said(account, text("你好")) == "next"
        assert await said(account, text("再见")) is None
        assert asked == ["你好"]

    async def test_the_groups_of_a_regex_arrive_with_a_filter(self, make):
        account = make()

        @account.text(regex=r"天气 (?P<city>\S+)", where=is_long)
        async def weather(message, city):
            return city

        assert await said(account, text("天气 北京")) == "北京"

    @pytest.mark.parametrize(
        ("register", "push"),
        [
            (lambda r, where: r.image(where=where), wechat.image()),
            (lambda r, where: r.message(where=where), text()),
            (lambda r, where: r.click("A", where=where), wechat.event("CLICK", "A")),
            (lambda r, where: r.event("click", where=where), wechat.event("CLICK", "A")),
        ],
    )
    async def test_every_decorator_has_it(self, make, register, push):
        for taken in (True, False):
            account = make()
            register(account, lambda message, taken=taken: taken)(lambda message: "taken")
            account.fallback(lambda message: "fallback")
            assert await said(account, dict(push)) == ("taken" if taken else "fallback")

    async def test_a_filter_that_raises_is_its_handler_s_error(self, make, caplog):
        account = make(fallback="出错了")

        @account.text(where=lambda message: 1 / 0)
        async def handler(message):
            return "never"

        account.text(lambda message: "next")
        assert await said(account, text()) == "出错了"
        assert "handler" in caplog.text

    @pytest.mark.parametrize("where", ["text", 5])
    def test_only_a_plain_function_is_a_filter(self, where):
        with pytest.raises(RegistrationError, match="where="):
            Router().text(where=where)(lambda message: None)

    def test_a_coroutine_is_no_filter(self):
        async def is_known(message): ...

        with pytest.raises(RegistrationError, match="is_known"):
            Router().image(where=is_known)(lambda message: None)

    def test_the_fallback_takes_none(self):
        with pytest.raises(RegistrationError, match="fallback"):
            Router().fallback(where=is_long)(lambda message: None)

    def test_the_label_is_as_its_author_wrote_it(self):
        router = Router()
        router.text("你好", where=is_long)(lambda message: None)
        router.image(where=is_long)(lambda message: None)
        labels = [route.label for route in router._routes()]
        assert labels == ["text('你好', where=is_long)", "image(where=is_long)"]

    @pytest.mark.parametrize(
        ("earlier", "later", "warned"),
        [
            (lambda r: r.text, lambda r: r.text(where=is_long), 1),
            (lambda r: r.text("a"), lambda r: r.text("a", where=is_long), 1),
            (lambda r: r.text(where=is_long), lambda r: r.text, 0),
            (lambda r: r.text("a", where=is_long), lambda r: r.text("a"), 0),
        ],
    )
    def test_a_handler_behind_a_filter_can_be_reached(self, earlier, later, warned):
        account = Account(token=wechat.TOKEN)
        earlier(account)(lambda message: None)
        later(account)(lambda message: None)
        assert len(list(account.warnings())) == warned


class TestPass:
    """`return PASS`: the next handler has the message."""

    async def test_the_next_that_matches_has_it(self, make):
        account = make()
        account.text("你好")(lambda message: PASS)
        account.text("再见")(lambda message: "never")
        account.text(prefix="你")(lambda message: PASS)
        account.text("你好")(lambda message: "third")
        account.text(lambda message: "last")
        assert await said(account, text("你好")) == "third"
        assert await said(account, text("你们")) == "last"

    async def test_what_everybody_passes_on_the_fallback_takes(self, make):
        account = make()
        account.text(lambda message: PASS)
        account.fallback(lambda message: "fallback")
        assert await said(account, text()) == "fallback"

    async def test_what_the_fallback_passes_on_is_acknowledged(self, make):
        account = make()
        account.text(lambda message: PASS)
        account.fallback(lambda message: PASS)
        assert await said(account, text()) is None

    async def test_an_event_may_be_passed_on(self, make):
        account = make()
        account.click("A")(lambda message: PASS)
        account.event("click")(lambda message: "event")
        assert await said(account, wechat.event("CLICK", "A")) == "event"

    async def test_a_router_passes_to_what_stands_after_it(self, make):
        account, router = make(), Router()
        router.text(lambda message: PASS)
        account.include(router)
        account.text(lambda message: "after")
        assert await said(account, text()) == "after"

    async def test_each_has_the_middleware_of_its_own(self, make):
        seen = []
        account, router = make(), Router()

        @router.middleware
        async def watch(message, call_next):
            seen.append(await call_next(message))
            return seen[-1]

        router.text(lambda message: PASS)
        account.include(router)
        account.text(lambda message: "after")
        assert await said(account, text()) == "after"
        assert seen == [PASS]

    async def test_a_changed_session_is_not_passed_on(self, make, caplog):
        account = make(fallback="出错了")

        @account.text
        async def counting(message, session):
            session["n"] = 1
            return PASS

        account.text(lambda message: "next")
        assert await said(account, text()) == "出错了"
        assert "PASS" in caplog.text

    async def test_a_session_that_was_only_read_is_no_hindrance(self, make):
        account = make()

        @account.text
        async def reading(message, session):
            return "n" if session.get("n") else PASS

        account.text(lambda message: "next")
        assert await said(account, text()) == "next"

    async def test_nothing_is_passed_on_after_a_step_or_an_answer(self, make, caplog):
        account = make(fallback="出错了")

        @account.text("step")
        async def stepping(message, context):
            await context.step("one", lambda: 1)
            return PASS

        @account.text("ask")
        async def asking(message, context):
            await context.ask("几个？")
            return PASS

        account.text(lambda message: "next")
        assert await said(account, text("step")) == "出错了"
        assert await said(account, text("ask")) == "几个？"
        assert await said(account, text("两个")) == "出错了"

    async def test_a_dialog_behind_one_who_passes_goes_on(self, make):
        passes = iter([PASS, "the first takes it"])
        account = make()
        account.text("订单")(lambda message: next(passes))

        @account.text("订单", where=lambda message: next(asked))
        async def order(message, context):
            return f"好的，{await context.ask('几个？')}"

        asked = iter([True])  # it is asked once: the dialog has begun
        assert await said(account, text("订单")) == "几个？"
        assert await said(account, text("两个")) == "好的，两个"

    def test_nobody_is_warned_of_who_stands_behind_one_that_passes(self):
        account = Account(token=wechat.TOKEN)

        @account.text
        def first(message):
            return PASS

        account.text("你好")(lambda message: "reached")
        assert list(account.warnings()) == []
