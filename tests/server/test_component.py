"""A third-party platform's route: its events, and the messages to the accounts it acts for."""

import asyncio
import time

import pytest

import wechat as pushes
from api.wechat_api import WeChatApi, refuses, says
from thirdparty import ACCOUNT, INFO, OWN, made, told
from wechat import call, push, text
from yizhan import Account
from yizhan.api import MemoryShelf, Token
from yizhan.dev import DevBot
from yizhan.errors import SettingsError, StoreError
from yizhan.server.component import ComponentAsgi
from yizhan.server.site import Site
from yizhan.testing import Simulator
from yizhan.wire import unseal
from yizhan.wire.envelope import Cipher

HERE = f"/component/{ACCOUNT}"


@pytest.fixture
def wechat():
    return WeChatApi(strict=False)


@pytest.fixture
def shelf():
    return MemoryShelf()


@pytest.fixture
async def component(wechat, shelf):
    component = made(wechat, shelf)
    yield component
    await component.close()


@pytest.fixture
async def authorised(component, wechat):
    """Makes the platform that account's."""
    wechat.script = [
        says(component_access_token="platform-1", expires_in=7200),
        says(authorization_info=INFO),
    ]
    request = told("component_verify_ticket", ComponentVerifyTicket="ticket@@@1")
    await call(ComponentAsgi(component), request)
    await component.authorized("code-1")


@pytest.fixture
async def bot(component):
    """An account's bot behind the platform."""
    account = echoing(component)
    yield account
    await account.stop()


def echoing(component, appid=ACCOUNT, **settings):
    known = {"store": "memory://", "grace": 0.0}
    account = Account(appid=appid, component=component, **{**known, **settings})

    @account.text
    async def echo(message):
        return f"{appid[-4:]}: {message.content}"

    return account


def says_to(answer):
    return pushes.says(answer, "safe")


class TestEvents:
    async def test_a_ticket_is_acknowledged(self, component, shelf):
        request = told("component_verify_ticket", ComponentVerifyTicket="ticket@@@2")
        answer = await pushes.call(ComponentAsgi(component), request)
        assert (answer.status, answer.body) == (200, b"success")
        assert (await shelf.get(f"{OWN}.ticket")).value == "ticket@@@2"

    async def test_a_forged_one_is_not(self, component, shelf):
        answer = await pushes.call(
            ComponentAsgi(component),
            told("component_verify_ticket", token="another0token0here"),
        )
        assert (answer.status, answer.body) == (403, b"forbidden")
        assert await shelf.get(f"{OWN}.ticket") is None

    async def test_it_is_posted_to(self, component):
        answer = await pushes.call(ComponentAsgi(component), pushes.Request("GET", headers={}))
        assert answer.status == 405

    async def test_what_cannot_be_done_now_comes_again(self, component, wechat):
        request = told("authorized", AuthorizerAppid=ACCOUNT, AuthorizationCode="code-1")
        assert (await pushes.call(ComponentAsgi(component), request)).status == 503

    async def test_nor_while_the_shelf_is_away(self, component, shelf, monkeypatch):
        async def away(name, token):
            raise StoreError("store.closed")

        monkeypatch.setattr(shelf, "put", away)
        request = told("component_verify_ticket", ComponentVerifyTicket="t")
        assert (await pushes.call(ComponentAsgi(component), request)).status == 503


class TestMessages:
    async def test_a_message_goes_to_the_account_that_it_is_for(self, component, bot):
        other = echoing(component, "wx00000000000000aa")
        app = ComponentAsgi(component, [bot, other])
        there = f"/component/{other.settings.appid}"
        answers = [await call(app, push(text("你好"), "safe", path=path)) for path in (HERE, there)]
        assert [says_to(each) for each in answers] == ["3210: 你好", "00aa: 你好"]
        await other.stop()

    async def test_its_answer_is_encrypted_with_the_platform_s_key(self, component, bot):
        answer = await call(ComponentAsgi(component, [bot]), push(text("你好"), "safe", path=HERE))
        assert b"<Encrypt>" in answer.body
        assert says_to(answer)  # opened with the platform's key and AppID

    async def test_a_message_pushed_again_runs_once(self, component, bot):
        runs = []

        @bot.image
        def photo(message):
            runs.append(message.media_id)
            return "收到"

        app = ComponentAsgi(component, [bot])
        same = pushes.image()
        for _ in range(3):
            assert says_to(await call(app, push(same, "safe", path=HERE))) == "收到"
        assert len(runs) == 1

    @pytest.mark.parametrize(
        ("wrong", "status"),
        [
            ({"token": "another0token0here"}, 403),
            ({"cipher": Cipher(pushes.AES_KEY, ACCOUNT)}, 403),
            ({"path": "/component/wx00000000000000bb"}, 404),
        ],
    )
    async def test_no_message_of_somebody_else_is_let_in(self, component, bot, wrong, status):
        app = ComponentAsgi(component, [bot])
        answer = await call(app, push(text(), "safe", **{"path": HERE, **wrong}))
        assert answer.status == status
        assert bot.inbox is None

    async def test_nor_one_that_is_not_encrypted(self, component, bot):
        app = ComponentAsgi(component, [bot])
        assert (await call(app, push(text(), path=HERE))).status == 403

    async def test_the_bot_calls_with_its_account_s_token(self, component, wechat, bot, authorised):
        @bot.image
        async def tagged(message, api):
            return str(len(await api.tags.get()))

        app = ComponentAsgi(component, [bot])
        assert says_to(await call(app, push(pushes.image(), "safe", path=HERE)))
        assert wechat.seen[-1].query == {"access_token": "account-1"}

    async def test_an_answer_that_is_late_is_sent_with_that_token(
        self, component, wechat, authorised
    ):
        late = {"hold": 0, "timeout": 0.05, "grace": 5.0}
        bot = echoing(component, kind="service", verified=True, **late)
        done = asyncio.Event()

        @bot.image
        async def slow(message):
            await done.wait()
            return "好了"

        app = ComponentAsgi(component, [bot])
        answer = await call(app, push(pushes.image(), "safe", path=HERE))
        assert answer.body == b"success"
        done.set()
        await bot.stop()
        sent = wechat.seen[-1]
        assert (sent.path, sent.query) == (
            "/cgi-bin/message/custom/send",
            {"access_token": "account-1"},
        )
        assert sent.json["text"] == {"content": "好了"}


class TestAccountsThatCome:
    @pytest.fixture
    async def app(self, component):
        app = ComponentAsgi(component, make=lambda appid: echoing(component, appid))
        yield app
        await app.stop()

    async def test_one_that_authorises_has_a_bot_at_once(self, app, wechat):
        wechat.script = [
            says(component_access_token="platform-1", expires_in=7200),
            says(authorization_info=INFO),
        ]
        await call(app, told("component_verify_ticket", ComponentVerifyTicket="ticket@@@1"))
        event = told("authorized", AuthorizerAppid=ACCOUNT, AuthorizationCode="code-1")
        assert (await call(app, event)).body == b"success"
        assert says_to(await call(app, push(text("你好"), "safe", path=HERE))) == "3210: 你好"

    async def test_so_has_one_that_did_before_this_process_began(self, app, authorised):
        await app.start()
        assert app.accounts[ACCOUNT].inbox is not None

    async def test_or_meanwhile_in_another_one(self, app, authorised):
        assert says_to(await call(app, push(text("你好"), "safe", path=HERE))) == "3210: 你好"

    async def test_one_that_leaves_has_none(self, app, authorised):
        await app.start()
        account = app.accounts[ACCOUNT]
        await call(app, told("unauthorized", AuthorizerAppid=ACCOUNT))
        assert (await call(app, push(text(), "safe", path=HERE))).status == 404
        await app.stop()
        assert account.inbox is None

    async def test_its_leaving_is_acknowledged_before_its_handlers_end(self, app, authorised):
        began, end = asyncio.Event(), asyncio.Event()
        await app.start()
        account = app.accounts[ACCOUNT]

        async def slowly():
            began.set()
            await end.wait()

        account.stop = slowly
        assert (await call(app, told("unauthorized", AuthorizerAppid=ACCOUNT))).body == b"success"
        await began.wait()
        stopping = asyncio.ensure_future(app.stop())
        await asyncio.sleep(0)
        assert not stopping.done()
        end.set()
        await stopping
        del account.stop
        await account.stop()

    @pytest.fixture
    async def old(self, shelf):
        """What a version without the platform's name in its names has left on the shelf."""
        until = time.time() + 3600
        await shelf.put("ticket", Token("ticket@@@1", until))
        await shelf.put("accounts", Token(ACCOUNT, until))
        await shelf.put(f"authorizer.{ACCOUNT}.refresh_token", Token("refresh-1", until))

    async def test_one_of_an_older_version_is_started(self, app, component, wechat, old):
        wechat.script = [
            says(component_access_token="platform-1", expires_in=7200),
            says(authorizer_access_token="account-1", expires_in=7200),
        ]
        await app.start()
        assert app.accounts[ACCOUNT].inbox is not None
        assert await component.appids() == (ACCOUNT,)

    async def test_or_begins_with_its_message_while_wechat_is_away(self, app, wechat, old):
        wechat.script = [refuses(-1)] * 3
        await app.start()
        assert app.accounts == {}
        assert says_to(await call(app, push(text("你好"), "safe", path=HERE))) == "3210: 你好"

    async def test_nobody_else_is_given_one(self, app):
        assert (await call(app, push(text(), "safe", path=HERE))).status == 404
        assert app.accounts == {}

    async def test_it_starts_and_stops_with_the_server(self, app, authorised):
        incoming, outgoing = asyncio.Queue(), asyncio.Queue()
        serving = asyncio.create_task(app({"type": "lifespan"}, incoming.get, outgoing.put))
        for step in ("startup", "shutdown"):
            await incoming.put({"type": f"lifespan.{step}"})
            assert await outgoing.get() == {"type": f"lifespan.{step}.complete"}
        await serving
        assert app.accounts[ACCOUNT].inbox is None


class TestStores:
    """What a variable says of the store, it says of every account of the platform."""

    OTHER = "wx00000000000000aa"

    def both(self, component, url):
        return [echoing(component, appid, store=url) for appid in (ACCOUNT, self.OTHER)]

    def test_two_accounts_have_no_file_in_common(self, component, tmp_path):
        accounts = self.both(component, f"sqlite:///{tmp_path}/x.db")
        with pytest.raises(SettingsError, match="two accounts share the same store_url"):
            _ = ComponentAsgi(component, accounts).accounts
        with pytest.raises(SettingsError, match="two accounts share the same store_url"):
            Site(accounts)

    def test_redis_keeps_them_apart(self, component):
        accounts = self.both(component, "redis://127.0.0.1/0")
        assert len(ComponentAsgi(component, accounts).accounts) == 2
        assert len(Site(accounts).by_path) == 2

    async def test_one_that_cannot_be_served_is_refused_with_its_reason(
        self, component, authorised, tmp_path, caplog
    ):
        url = f"sqlite:///{tmp_path}/x.db"
        app = ComponentAsgi(
            component,
            [echoing(component, self.OTHER, store=url)],
            make=lambda appid: echoing(component, appid, store=url),
        )
        assert (await call(app, push(text(), "safe", path=HERE))).status == 503
        assert "two accounts share the same store_url" in caplog.records[-1].push["detail"]


class TestOnTheDesk:
    """The simulator plays WeChat for the account itself; its platform has no part in it."""

    async def test_the_test_kit(self, component, bot):
        async with Simulator(bot) as wechat:
            assert await wechat.user().says("你好") == "3210: 你好"
        assert bot.component is component

    async def test_yizhan_dev(self, tmp_path, monkeypatch, component):
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
        monkeypatch.setattr("yizhan.server.serve.log.configure", lambda **how: None)
        bot = echoing(component, kind="service", verified=True)
        monkeypatch.setattr(DevBot, "accounts", lambda self: [bot])
        site = DevBot("bot:account", str(tmp_path))()
        await site.start()
        world = site.simulator.simulation.world
        official = world.by_appid(ACCOUNT)
        await bot.api.tags.create(tag={"name": "星标"})
        assert list(official.tags.values()) == ["星标"]
        request = push(text("你好"), "safe", cipher=official.cipher, path=HERE)
        answer = unseal((await call(site, request)).body, official.cipher, pushes.TOKEN)
        assert "3210: 你好" in answer.decode()
        await site.stop()


class TestSite:
    """`yizhan run` serves the platform beside the accounts that name it."""

    async def test_the_platform_s_path_and_its_accounts(self, component, bot, shelf):
        site = Site([bot])
        assert says_to(await call(site, push(text("你好"), "safe", path=HERE))) == "3210: 你好"
        ticket = told("component_verify_ticket", ComponentVerifyTicket="ticket@@@2")
        assert (await call(site, ticket)).body == b"success"
        assert (await shelf.get(f"{OWN}.ticket")).value == "ticket@@@2"

    async def test_its_connections_end_with_the_site(self, component, bot, wechat):
        async with asyncio.timeout(5):
            site = Site([bot])
            await site.start()
            await site.stop()
        assert wechat.closed


def test_the_platform_decides_on_keys_and_on_the_way_to_the_api(wechat, shelf, monkeypatch):
    monkeypatch.setenv("YIZHAN_TOKEN", "tokenOfAnotherAccount")
    proxy = "http://proxy.example:3128"
    platform = made(None, shelf, base="http://127.0.0.1:9", proxy=proxy)
    settings = echoing(platform).settings
    assert (settings.token, settings.aes_key) == (pushes.TOKEN, pushes.AES_KEY)
    assert (settings.mode, settings.path, settings.appid) == ("safe", HERE, ACCOUNT)
    assert settings.api_base == "http://127.0.0.1:9"
    assert settings.api_proxy == "http://proxy.example:3128"
