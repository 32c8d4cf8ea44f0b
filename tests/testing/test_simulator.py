"""The test kit as its users use it."""

import asyncio
import selectors
import socket
import time

import pytest

from yizhan import Account, Article, Image, Music, News, Transfer, Video, Voice
from yizhan.errors import Impossible
from yizhan.simulator.actions import Say
from yizhan.testing import (
    NOTICE,
    Card,
    File,
    Link,
    Location,
    MessageMenu,
    MiniProgram,
    Notice,
    Options,
    ShortVideo,
    Simulator,
    run,
)


@pytest.fixture
def account():
    """A bot that has been told nothing at all."""
    account = Account()

    @account.text("你好")
    async def greet(message):
        return "你好！"

    @account.text(regex=r"睡 (?P<seconds>\d+)")
    async def sleep(message, seconds: str):
        await asyncio.sleep(int(seconds))
        return f"睡了 {seconds} 秒"

    @account.text("线程")
    def thread(message):
        time.sleep(0.05)
        return "线程里的回答"

    @account.text(prefix="/count")
    async def count(message, session):
        session["n"] = session.get("n", 0) + 1
        return str(session["n"])

    @account.text("出错")
    async def fail(message):
        raise RuntimeError("on purpose")

    @account.text("沉默")
    async def silence(message):
        return None

    @account.text("图文")
    async def news(message):
        return News(Article("标题", "摘要", picture="https://p/", url="https://u/"))

    @account.text("音乐")
    async def music(message):
        return Music("thumb", "歌名", "歌手", "https://m/", "https://h/")

    @account.text("人工")
    async def staff(message):
        return Transfer("kf001@shop")

    @account.text("多条")
    async def several(message):
        yield "一"
        yield "二"

    @account.text("菜单")
    async def menu(message, api):
        items = [{"id": "1", "content": "满意"}, {"id": "2", "content": "不满意"}]
        menu = {"head_content": "满意吗", "list": items, "tail_content": "谢谢"}
        await api.message.custom.send(touser=message.from_user, msgtype="msgmenu", msgmenu=menu)

    @account.text("卡券")
    async def card(message, api):
        card = {"card_id": "c1"}
        await api.message.custom.send(touser=message.from_user, msgtype="wxcard", wxcard=card)

    @account.message
    async def any_message(message):
        match message.kind:
            case "image" | "voice":
                return {"image": Image, "voice": Voice}[message.kind](message.media_id)
            case "video":
                return Video(message.media_id, "片名", "简介")
            case "location":
                return f"{message.label} {message.latitude}"
            case "link" | "file" | "miniprogrampage":
                return message.title
        return f"{message.kind} {message.raw.get('Content')} {message.raw.get('bizmsgmenuid')}"

    @account.subscribe
    async def welcome(event):
        return f"欢迎 {event.scene}"

    @account.scan
    async def scanned(event):
        return f"扫了 {event.scene}"

    @account.click
    async def clicked(event):
        return f"点了 {event.key}"

    @account.report_location
    async def located(event):
        return f"在 {event.latitude} {event.longitude} {event.precision}"

    @account.event("scancode_waitmsg")
    async def code(event):
        return event.scan_code.result

    return account


async def test_a_text_is_answered_as_text(account):
    async with Simulator(account) as wechat:
        fan = wechat.user()
        assert await fan.says("你好") == "你好！"
        assert fan.screen == ["你好！"]


async def test_every_kind_of_reply_comes_as_what_it_is(account):
    async with Simulator(account) as wechat:
        fan = wechat.user()
        assert await fan.says("沉默") is None
        article = Article("标题", "摘要", picture="https://p/", url="https://u/")
        assert await fan.says("图文") == News(article)
        assert await fan.says("音乐") == Music("thumb", "歌名", "歌手", "https://m/", "https://h/")
        assert await fan.says("人工") == Transfer("kf001@shop")
        assert await fan.sends(Image("m1")) == Image("m1")
        assert await fan.sends(Voice("m2")) == Voice("m2")
        assert await fan.sends(Video("m3")) == Video("m3", "片名", "简介")


async def test_everything_can_be_sent(account):
    async with Simulator(account) as wechat:
        fan = wechat.user()
        assert await fan.sends(Location(1.5, 2.5, label="家")) == "家 1.5"
        assert await fan.sends(Link("页", url="https://a/")) == "页"
        assert await fan.sends(File("a.pdf")) == "a.pdf"
        assert await fan.sends(MiniProgram("程序")) == "程序"
        assert await fan.sends(ShortVideo()) == "shortvideo None None"
        assert await fan.sends(Say("你好")) == "你好！"
        assert isinstance(await fan.sends("image"), Image)
        assert "不支持" in await fan.sends("unsupported")
        assert await fan.chooses("1", "满意") == "text 满意 1"
        with pytest.raises(TypeError, match="known samples are image"):
            await fan.sends("你好")


async def test_events(account):
    async with Simulator(account) as wechat:
        fan = wechat.user(following=False)
        assert await fan.follows() == "欢迎 None"
        assert await fan.follows(scene="shop-42") == "欢迎 shop-42"
        assert await fan.scans("shop-42") == "扫了 shop-42"
        assert await fan.clicks("HELP") == "点了 HELP"
        assert await fan.reports_location(1, 2, 3) == "在 1.0 2.0 3.0"
        assert await fan.views("https://example.com/") is None
        received = await fan.receives("scancode_waitmsg", EventKey="S")
        assert received == "EAN_13,6900000000000"
        assert await fan.receives("subscribe_msg_sent_event") is None
        assert await fan.unfollows() is None
        assert not fan.follower.following


async def test_a_menu_made_by_the_api_is_tapped_by_its_places(account):
    async with Simulator(account, kind="service", verified=True) as wechat:
        buttons = [{"type": "click", "name": "帮助", "key": "HELP"}]
        await account.api.menu.create(button=buttons)
        assert await wechat.user().taps(0) == "点了 HELP"
        assert [call.path for call in wechat.api_calls] == ["/cgi-bin/menu/create"]


async def test_a_slow_answer_comes_with_the_third_push(account):
    async with Simulator(account) as wechat:
        fan = wechat.user()
        began = time.monotonic()
        assert await fan.says("睡 12") == "睡了 12 秒"
        assert [attempt.end for attempt in fan.push.attempts] == ["timeout", "timeout", "answered"]
        assert fan.push.verdict.seconds == pytest.approx(12, abs=0.1)
        assert time.monotonic() - began < 3


async def test_a_slower_one_waits_for_the_follower_who_asks(account):
    async with Simulator(account) as wechat:
        fan = wechat.user()
        assert await fan.says("睡 40") == "正在处理，回复任意内容获取结果"
        await wechat.advance(40)
        assert await fan.says("继续") == "睡了 40 秒"


async def test_and_comes_by_itself_where_the_account_may_send(account):
    async with Simulator(account, kind="service", verified=True) as wechat:
        fan = wechat.user()
        assert await fan.says("睡 30") is None
        assert await fan.waits() == "睡了 30 秒"
        assert [entry.via for entry in fan.entries] == ["custom"]
        [call] = wechat.api_calls
        assert (call.path, call.openid) == ("/cgi-bin/message/custom/send", fan.openid)


async def test_several_answers_stand_on_the_screen_in_order(account):
    async with Simulator(account, kind="service", verified=True) as wechat:
        fan = wechat.user()
        assert await fan.says("多条") == "一"
        assert await fan.waits(10) == "二"
        assert fan.screen == ["一", "二"]
        assert await fan.waits(10) is None


async def test_waiting_gives_each_thing_once_and_nothing_of_before(account):
    async with Simulator(account, kind="service", verified=True) as wechat:
        fan = wechat.user()
        await fan.says("多条")
        await wechat.advance(10)
        assert await fan.waits() == "二"
        assert await fan.waits(10) is None
        await fan.says("菜单")
        assert isinstance(await fan.waits(), MessageMenu)
        await fan.says("菜单")
        await fan.says("沉默")
        assert await fan.waits(10) is None


async def test_an_event_that_nobody_has_caused_is_waited_for(account):
    async with Simulator(account, kind="service", verified=True) as wechat:
        fan = wechat.user()
        for _ in range(2):
            text = {"content": "大家好"}
            everybody = {"is_to_all": True}
            await account.api.message.mass.sendall(filter=everybody, msgtype="text", text=text)
        assert await fan.waits() == await fan.waits() == "大家好"
        first = await wechat.reported("masssendjobfinish")
        second = await wechat.reported("MASSSENDJOBFINISH")
        assert first.verdict.outcome == "acknowledged"
        assert second.fields["MsgID"] == first.fields["MsgID"] + 1
        assert await wechat.reported("MASSSENDJOBFINISH", 10) is None
        assert wechat.pushes == [first, second]


async def test_what_only_customer_service_can_show(account):
    async with Simulator(account, kind="service", verified=True) as wechat:
        fan = wechat.user()
        await fan.says("菜单")
        await fan.says("卡券")
        items = (("1", "满意"), ("2", "不满意"))
        assert fan.screen == [
            MessageMenu("满意吗", items, "谢谢"),
            Card("wxcard", {"id": "c1"}),
        ]


async def test_an_account_changes_its_kind(account):
    async with Simulator(account) as wechat:
        fan = wechat.user()
        assert await fan.says("睡 30") == "正在处理，回复任意内容获取结果"
        await wechat.becomes("service", verified=True)
        assert await fan.says("睡 30") is None
        assert await fan.waits() == "睡了 30 秒"


@pytest.mark.parametrize("mode", ["plain", "compat", "safe"])
@pytest.mark.parametrize("format", ["xml", "json"])
async def test_modes_and_formats(account, mode, format):
    async with Simulator(account, mode=mode, format=format) as wechat:
        assert await wechat.user().says("你好") == "你好！"
        assert (await wechat.verify()).connected


async def test_the_notice_says_why(account):
    async with Simulator(account) as wechat:
        fan = wechat.user()
        wechat.fault("signature", times=None)
        notice = await fan.says("你好")
        assert notice == NOTICE
        assert isinstance(notice, Notice)
        assert notice.reason.code == "status"
        assert "403" in repr(notice)
        wechat.settle()
        assert await fan.says("你好") == "你好！"


async def test_faults_strike_once_unless_told(account):
    async with Simulator(account) as wechat:
        fan, other = wechat.user(), wechat.user()
        wechat.fault("drop", user=fan)
        assert await other.says("你好") == "你好！"
        assert other.push.attempts[0].end == "answered"
        assert await fan.says("你好") == "你好！"
        assert [attempt.end for attempt in fan.push.attempts] == ["dropped", "answered"]


async def test_a_lost_answer_is_given_again_and_the_handler_runs_once(account):
    async with Simulator(account) as wechat:
        fan = wechat.user()
        wechat.fault("lose", times=2)
        assert await fan.says("/count") == "1"
        assert await fan.says("/count") == "2"


@pytest.mark.parametrize("kind", ["duplicate", "replay", "reorder", "delay", "hang_up", "skew"])
async def test_the_bot_stands_every_fault_of_the_way(account, kind):
    async with Simulator(account) as wechat:
        fan = wechat.user()
        wechat.fault(kind, **({"seconds": 60.0} if kind == "skew" else {}))
        assert await fan.says("/count") == "1"
        await wechat.advance(1)
        assert await fan.says("/count") == "2"


@pytest.mark.parametrize("kind", ["stale", "appid", "padding", "signature"])
async def test_the_bot_lets_nothing_in_that_is_not_wechat_s(account, kind):
    async with Simulator(account, mode="safe") as wechat:
        fan = wechat.user()
        wechat.fault(kind, times=3)
        assert await fan.says("/count") == NOTICE
        assert await fan.says("/count") == "1"


async def test_an_api_error_on_demand(account):
    async with Simulator(account, kind="service", verified=True) as wechat:
        fan = wechat.user()
        wechat.fault("api_error", times=None, errcode=45015, path="/cgi-bin/message")
        await fan.says("睡 30")
        assert await fan.waits() is None
        wechat.settle()
        assert await fan.says("你好") == "睡了 30 秒\n\n你好！"


async def test_the_window_closes_with_the_calendar(account):
    async with Simulator(account, kind="service", verified=True) as wechat:
        fan = wechat.user()
        await fan.says("沉默")
        send = {"touser": fan.openid, "msgtype": "text", "text": {"content": "嗨"}}
        await account.api.post("/cgi-bin/message/custom/send", json=send)
        wechat.skip(48 * 3600)
        with pytest.raises(Exception, match="45015"):
            await account.api.post("/cgi-bin/message/custom/send", json=send)


async def test_a_handler_in_a_thread_takes_the_time_it_takes(account):
    async with Simulator(account) as wechat:
        assert await wechat.user().says("线程") == "线程里的回答"


async def test_typing_is_seen(account):
    async with Simulator(account, kind="service", verified=True, typing=True) as wechat:
        fan = wechat.user()
        asking = asyncio.create_task(fan.says("睡 8"))
        await wechat.advance(6)
        assert fan.typing
        assert await asking == "睡了 8 秒"
        assert not fan.typing


async def test_followers_are_apart_and_the_same_in_every_run(account):
    openids = []
    for _ in range(2):
        async with Simulator(account) as wechat:
            fan, other = wechat.user("小明"), wechat.user()
            assert await fan.says("/count") == "1"
            assert await fan.says("/count") == "2"
            assert await other.says("/count") == "1"
            assert repr(fan) == f"<User 小明 {fan.openid}>"
            openids.append((fan.openid, other.openid))
    assert openids[0] == openids[1]


async def test_options_say_what_wechat_does(account):
    async with Simulator(account, options=Options(deliveries=4)) as wechat:
        wechat.fault("drop", times=None)
        fan = wechat.user()
        assert await fan.says("你好") == NOTICE
        assert len(fan.push.attempts) == 4


# --- the loan


async def test_the_bot_is_given_back_as_it_was(account):
    before = dict(vars(account))
    async with Simulator(account) as wechat:
        assert account.settings.store == "memory://"
        assert account.settings.secret == wechat.official.keys.secret
    assert vars(account) == before
    assert account.inbox is None


async def test_a_bot_that_a_host_has_stopped_is_served_again(account, monkeypatch):
    monkeypatch.setenv("YIZHAN_TOKEN", "TokenOfTheHost2026")
    monkeypatch.setenv("YIZHAN_STORE", "memory://")
    async with account.lifespan():
        pass
    async with Simulator(account) as chat:
        assert await chat.user().says("你好") == "你好！"


async def test_settings_hold_save_those_that_the_simulator_decides(monkeypatch):
    monkeypatch.setenv("YIZHAN_TOKEN", "realTokenOfTheAccount")
    monkeypatch.setenv("YIZHAN_SECRET", "0123456789abcdef0123456789abcdef")
    monkeypatch.setenv("YIZHAN_WORKING", "稍等")
    monkeypatch.setenv("YIZHAN_KIND", "service")
    account = Account(store="sqlite:///real.db", path="/wx")
    async with Simulator(account, hold=1) as wechat:
        settings = account.settings
        assert (settings.working, settings.path, settings.hold) == ("稍等", "/wx", 1)
        assert settings.store == "memory://"
        assert "real" not in settings.token
        assert settings.secret == wechat.official.keys.secret
        assert wechat.official.kind == "service"
    assert account.settings.token == "realTokenOfTheAccount"


async def test_real_time_where_it_is_wanted(account):
    async with Simulator(account, jump=False) as wechat:
        began = time.monotonic()
        await wechat.advance(0.05)
        assert time.monotonic() - began >= 0.05
        assert wechat.world.now() == pytest.approx(time.time(), abs=5)
        assert await wechat.user().says("你好") == "你好！"


def test_a_follower_before_the_block_is_told_what_to_write():
    with pytest.raises(Impossible, match="async with"):
        Simulator(Account()).user()


async def test_another_store_takes_real_time(account, tmp_path):
    store = f"sqlite:///{tmp_path / 'test.db'}"
    with pytest.raises(Impossible, match="jump=False"):
        async with Simulator(account, store=store):
            pass
    assert "settings" not in vars(account)
    async with Simulator(account, store=store, jump=False) as wechat:
        fan = wechat.user()
        assert [await fan.says("/count") for _ in range(2)] == ["1", "2"]
    async with Simulator(account, store=store, jump=False) as wechat:
        assert await wechat.user().says("/count") == "3"


def test_no_socket_is_used_and_nobody_sleeps(account, monkeypatch):
    def never(*args):
        raise AssertionError("a socket is used")

    for way in ("connect", "connect_ex", "bind", "sendto"):
        monkeypatch.setattr(socket.socket, way, never)
    waits, select = [], selectors.DefaultSelector.select

    def noted(selector, timeout=None):
        waits.append(timeout)
        return select(selector, timeout)

    monkeypatch.setattr(selectors.DefaultSelector, "select", noted)

    async def story():
        async with Simulator(account, kind="service", verified=True) as wechat:
            fan = wechat.user()
            assert await fan.says("睡 250") is None
            assert await fan.waits(300) == "睡了 250 秒"
            assert len(wechat.api_calls) == 1

    run(story())
    assert set(waits) == {0}


def test_real_time_on_a_loop_that_jumps_otherwise(account, tmp_path):
    store = f"sqlite:///{tmp_path / 'test.db'}"

    async def story():
        async with Simulator(account, store=store, jump=False) as wechat:
            began = time.monotonic()
            await wechat.advance(0.05)
            assert time.monotonic() - began >= 0.05
            return await wechat.user().says("/count")

    assert run(story()) == "1"


def test_a_plain_function_runs_a_coroutine(account):
    async def story():
        async with Simulator(account) as wechat:
            return await wechat.user().says("睡 12")

    assert run(story()) == "睡了 12 秒"
    assert asyncio.run(story()) == "睡了 12 秒"


async def test_two_bots_at_once(account):
    other = Account("other")
    other.text(lambda message: "别的")
    async with Simulator(account) as here, Simulator(other) as there:
        assert await here.user().says("你好") == "你好！"
        assert await there.user().says("你好") == "别的"


async def test_a_failing_test_still_gives_the_bot_back(account):
    with pytest.raises(ZeroDivisionError):
        async with Simulator(account) as wechat:
            await wechat.user().says("你好")
            1 / 0  # noqa: B018
    assert "settings" not in vars(account)


def test_names_are_imported_when_they_are_asked_for():
    from yizhan import testing

    assert all(getattr(testing, name) for name in testing.__all__)
    with pytest.raises(AttributeError, match="nonsense"):
        testing.nonsense  # noqa: B018


def test_one_bot_serves_several_tests_each_in_a_loop_of_its_own():
    account = Account()
    account.text(lambda message: "ok")

    async def story():
        async with Simulator(account) as chat:
            return await chat.user().says("你好")

    assert [asyncio.run(story()) for _ in range(3)] == ["ok"] * 3


class TestChoices:
    """Links that send a text, as the choices of a question are."""

    @pytest.fixture
    def account(self):
        account = Account()

        @account.text("点单")
        async def order(message, context):
            drink = await context.ask("喝什么？", choices={"绿 茶": "tea", "咖啡": "coffee"})
            size = await context.ask("多大？", choices=["大", "小"])
            return f"{size} {drink}"

        return account

    async def test_a_follower_taps_them_by_words_or_number(self, account):
        async with Simulator(account) as chat:
            fan = chat.user()
            await fan.says("点单")
            assert (await fan.picks("绿 茶")).startswith("多大？")
            assert await fan.picks("2") == "小 tea"

    async def test_what_is_not_there_cannot_be_tapped(self, account):
        async with Simulator(account) as chat:
            fan = chat.user()
            for words in ("绿 茶", "水", "3"):
                with pytest.raises(Impossible, match=words):
                    await fan.picks(words)
                await fan.says("点单")


class TestWhatTakesTime:
    """A default that is taken, and texts that are merged, as a follower and an author see them."""

    @pytest.fixture
    def account(self):
        account = Account()

        @account.text("点单")
        async def order(message, context):
            return (
                f"{await context.ask('喝什么？', choices=['茶', '水'], timeout=60, default='水')}！"
            )

        @account.text(merge=2.0)
        async def talk(message):
            return f"[{message.content}]"

        return account

    async def test_a_default_is_sent_where_that_is_allowed(self, account):
        async with Simulator(account) as chat:
            await chat.becomes("service", verified=True)
            fan = chat.user()
            await fan.says("点单")
            assert await fan.waits(70) == "水！"

    async def test_else_it_comes_with_the_next_answer(self, account):
        async with Simulator(account) as chat:
            fan = chat.user()
            await fan.says("点单")
            await chat.advance(70)
            assert await fan.says("你好") == "水！\n\n[你好]"

    async def test_merged_texts_are_one_message_and_the_first_push_is_acknowledged(self, account):
        async with Simulator(account) as chat:
            fan = chat.user()
            await asyncio.gather(fan.says("你好"), fan.says("在吗"))
            said = [entry.content["text"] for entry in fan.entries if entry.side == "account"]
            assert said == ["[你好\n在吗]"]
            assert [push.verdict.outcome for push in chat.pushes] == ["acknowledged", "replied"]
