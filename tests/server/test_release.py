"""What WeChat does to release a platform (全网发布), to the example, step by step."""

import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest

import wechat as pushes
from wechat import call, push, text
from yizhan import wire
from yizhan.clock import SystemClock
from yizhan.replies import parse
from yizhan.simulator.api import ApiTransport, FakeApi
from yizhan.simulator.seed import Seed
from yizhan.simulator.world import World

EXAMPLE = Path(__file__).parents[2] / "examples/platform/bot.py"
TESTER = "wx570bc396a51b8ff8"


@pytest.fixture
def world():
    return World(clock=SystemClock(), seed=Seed(secret="tests"))


@pytest.fixture
def known(world):
    """The platform, as WeChat knows it."""
    return world.add_component("platform")


@pytest.fixture
def tester(world):
    """WeChat's own account for the test, which has not authorised the platform."""
    official = world.add_account("tester", kind="service", verified=True)
    official.keys.appid = TESTER
    return official


@pytest.fixture
def fan(tester, world):
    return tester.add_follower(now=world.now())


@pytest.fixture
async def platform(known, world, monkeypatch, tmp_path):
    """The example's names, with the fake API in the network's place."""
    keys = {
        "COMPONENT_APPID": known.appid,
        "COMPONENT_SECRET": known.secret,
        "COMPONENT_TOKEN": known.push_token,
        "COMPONENT_AES_KEY": known.aes_key,
        "YIZHAN_STORE": "memory://",
    }
    for name, value in keys.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(
        "yizhan.api.caller.HttpTransport", lambda **options: ApiTransport(FakeApi(world))
    )
    bot = SimpleNamespace(**runpy.run_path(str(EXAMPLE)))
    yield bot
    await bot.app.stop()


@pytest.fixture
def tell(platform, known):
    """Pushes something to the platform's own path, or to an account's; gives what is shown."""

    async def told(what, path="/component"):
        request = push(what, "safe", path=path, token=known.push_token, cipher=known.cipher)
        answer = await call(platform.app, request)
        assert answer.status == 200
        if answer.body in (b"", b"success"):
            return None
        body = wire.unseal(answer.body, known.cipher, known.push_token)
        return parse(body).reply.content

    return told


def event_of(known, kind, **fields):
    head = {"AppId": known.appid, "CreateTime": 1, "InfoType": kind}
    return pushes.document({**head, **fields})


@pytest.fixture
async def ticket(tell, known, world):
    """Step one: the ticket is pushed, and acknowledged."""
    pushed = event_of(
        known, "component_verify_ticket", ComponentVerifyTicket=known.ticket(world.now())
    )
    assert await tell(pushed) is None


async def test_a_ticket_is_kept_and_is_of_use(ticket, platform):
    assert await platform.component.api.access_token()


async def test_a_text_is_answered_within_its_push(ticket, tell, fan):
    message = text("TESTCOMPONENT_MSG_TYPE_TEXT", FromUserName=fan.openid)
    said = await tell(message, f"/component/{TESTER}")
    assert said == "TESTCOMPONENT_MSG_TYPE_TEXT_callback"


async def test_a_code_is_acknowledged_and_answered_by_a_call(
    ticket, tell, fan, known, tester, world
):
    code = known.offer(tester, world.now())
    message = text(f"QUERY_AUTH_CODE:{code}", FromUserName=fan.openid)
    fan.windows.opened_by(message, world.now())
    assert await tell(message, f"/component/{TESTER}") is None
    shown = [(entry.via, entry.content) for entry in fan.screen if entry.side != "follower"]
    assert shown == [("custom", {"text": f"{code}_from_api"})]


async def test_an_event_is_answered(ticket, tell, fan):
    event = pushes.event("CLICK", "any", FromUserName=fan.openid)
    assert await tell(event, f"/component/{TESTER}") == "CLICKfrom_callback"


async def test_who_comes_and_goes_is_served_and_let_go(
    ticket, tell, platform, known, world, caplog
):
    caplog.set_level("INFO", "platform")
    official = world.add_account("shop", kind="service", verified=True)
    appid = official.keys.appid
    code = known.offer(official, world.now())
    come = event_of(known, "authorized", AuthorizerAppid=appid, AuthorizationCode=code)
    assert await tell(come) is None
    fan = official.add_follower(now=world.now())
    assert await tell(text("你好", FromUserName=fan.openid), f"/component/{appid}") == "你好"
    await tell(event_of(known, "unauthorized", AuthorizerAppid=appid))
    assert appid not in platform.app.accounts
    assert [each.getMessage() for each in caplog.records if each.name == "platform"] == [
        f"{official.nickname} has come",
        f"{appid} has gone",
    ]
