"""Conversations recorded, done again, and copied as tests that run."""

import re
import subprocess
from types import SimpleNamespace

import pytest

from yizhan import Account
from yizhan.simulator import actions, export, recording
from yizhan.testing import Simulator


@pytest.fixture
def account():
    account = Account()

    @account.text("图文")
    async def news(message):
        from yizhan import Article, News

        return News(Article("它说“好”", "摘要"))

    @account.text("沉默")
    async def silence(message): ...

    @account.text("慢")
    async def slow(message):
        import asyncio

        await asyncio.sleep(20)
        return "好了"

    @account.text("先发")
    async def first(message, api):
        text = {"content": "先"}
        await api.message.custom.send(touser=message.from_user, msgtype="text", text=text)
        return "后"

    @account.text("只发")
    async def only(message, api):
        send = api.message.custom.send
        await send(touser=message.from_user, msgtype="text", text={"content": "只"})
        await send(touser=message.from_user, msgtype="wxcard", wxcard={"card_id": "c"})

    @account.text("先卡")
    async def card(message, api):
        send = api.message.custom.send
        await send(touser=message.from_user, msgtype="wxcard", wxcard={"card_id": "c"})
        return "后"

    @account.image
    async def photo(message):
        from yizhan import Image

        return Image(message.media_id)

    @account.subscribe
    async def welcome(event):
        return f"欢迎 {event.scene}"

    @account.text
    async def echo(message):
        return message.content

    return account


ACTIONS = [
    actions.Say("你好"),
    actions.Say("图文"),
    actions.Say("沉默"),
    actions.Say("先发"),
    actions.Say("只发"),
    actions.Say("先卡"),
    actions.Block(),
    actions.Block(on=False),
    actions.Agree("TPL"),
    actions.Say("慢"),
    actions.SendImage(),
    actions.SendLocation(1.5, 2.5, label="家"),
    actions.SendUnsupported(),
    actions.Unfollow(),
    actions.Scan("shop-42"),
    actions.Click("HELP"),
    actions.ReportLocation(),
    actions.Happen("WifiConnected", {"ShopId": "7"}),
    actions.Raw("<xml/>"),
]


async def recorded(account):
    async with Simulator(account, kind="service", verified=True) as wechat:
        fan = wechat.user("小明")
        for action in ACTIONS:
            await fan.does(action)
            if action == actions.Say("慢"):
                await fan.waits()
        return fan.follower, fan.pushes, fan.screen


async def test_what_was_done_and_seen_is_kept_in_order(account):
    follower, _, _ = await recorded(account)
    lines = [*follower.recording]
    assert lines[0].do == actions.Say("你好")
    assert lines[1].see.content == {"text": "你好"}
    assert [line.at for line in lines] == sorted(line.at for line in lines)


async def test_it_is_done_again_by_somebody_else(account):
    follower, _, screen = await recorded(account)
    done = [*follower.recording]
    async with Simulator(account, kind="service", verified=True) as wechat:
        other = wechat.user()
        await recording.replay(other._conversation, done)
        await wechat.advance(30)
        assert sorted(map(str, other.screen)) == sorted(map(str, screen))


async def test_at_real_speed_with_the_pauses_there_were(account):
    lines = [recording.Line(0.0, do=actions.Say("a")), recording.Line(30.0, do=actions.Say("b"))]
    async with Simulator(account) as wechat:
        fan = wechat.user()
        began = wechat.world.now()
        await recording.replay(fan._conversation, lines, "real")
        assert wechat.world.now() - began == pytest.approx(30, abs=0.1)


SETTING = export.Setting(export.Source("bot", "account", "account"), "service", True)


async def run(source, account, **simulator):
    """Run a copied test against the bot, as pytest would."""
    body = source.replace("from bot import account", "")
    scope = {"account": account}
    exec(compile(body, "copied", "exec"), scope)  # noqa: S102
    [test] = [value for name, value in scope.items() if name.startswith("test_")]
    await test(lambda account, **told: Simulator(account, **{**told, **simulator}))


async def test_a_conversation_is_copied_as_a_test_that_passes(account):
    follower, _, _ = await recorded(account)
    source = export.conversation(follower, SETTING)
    assert "fan = chat.user('小明')" in source
    assert "assert await fan.says('你好') == '你好'" in source
    assert "fan.screen[-2:] == ['先', '后']" in source
    assert "assert await fan.waits() == '好了'" in source
    assert "assert await fan.waits() == '只'" in source
    assert "assert (await fan.waits()).kind == 'wxcard'" in source
    assert "fan.screen[-2:] == [Card('wxcard', {'id': 'c'}), '后']" in source
    assert "isinstance(await fan.sends('image'), Image)" in source
    assert "await fan.scans('shop-42') == '欢迎 shop-42'" in source
    assert "wechat(account, kind='service', verified=True) as chat" in source
    await run(source, account)


async def test_and_fails_where_the_bot_has_changed(account):
    follower, _, _ = await recorded(account)
    other = Account()
    other.text(lambda message: "别的")
    with pytest.raises(AssertionError):
        await run(export.conversation(follower, SETTING), other)


async def test_one_exchange_is_copied_alone(account):
    follower, pushes, _ = await recorded(account)
    source = export.exchange(follower, pushes[1], SETTING)
    assert source.count("await fan.") == 1
    assert "async def test_push_" in source
    await run(source, account)


async def test_the_notice_is_copied_too(connect):
    phone, _ = connect(b"junk")
    [push] = phone.do(actions.Say("hello world"))
    await phone.pusher.finish(push)
    source = export.exchange(phone.follower, push, SETTING)
    assert "from yizhan.testing import NOTICE" in source
    assert "async def test_hello_world(wechat)" in source
    assert "assert await fan.says('hello world') == NOTICE" in source


EVERYTHING = [
    (actions.Say("满意", item="1"), "chooses('1', '满意')"),
    (actions.SendLink(title="页", url="https://a/"), "sends(Link(title='页', url='https://a/'))"),
    (actions.SendFile(), "sends(File())"),
    (actions.SendMiniProgram(title="程"), "sends(MiniProgram(title='程'))"),
    (actions.Follow(), "follows()"),
    (actions.Follow("a"), "follows('a')"),
    (actions.View("https://a/"), "views('https://a/')"),
    (actions.Agree("TPL"), "agrees('TPL')"),
    (actions.Agree("TPL", yes=False), "declines('TPL')"),
    (actions.Block(), "blocks()"),
    (actions.Block(on=False), "blocks(on=False)"),
    (actions.Tap((1, 2)), "taps(1, 2)"),
    (actions.Raw("<xml/>"), "does(actions.Raw(body='<xml/>'))"),
]


@pytest.mark.parametrize(("action", "call"), EVERYTHING, ids=lambda each: str(each)[:20])
def test_every_action_has_its_words(action, call):
    follower = SimpleNamespace(nickname="小明", recording=[recording.Line(0.0, do=action)])
    assert f"assert await fan.{call} is None" in export.conversation(follower, SETTING)


SEEN = [
    ("music", dict.fromkeys(("thumb_media_id", "title", "description", "url", "hq_url"), "x"),
     "== Music('x', 'x', 'x', 'x', 'x')"),
    ("transfer", {"account": None}, "== Transfer(None)"),
    ("msgmenu", {"head": "h", "items": [{"id": "1", "content": "c"}], "tail": "t"},
     "== MessageMenu('h', (('1', 'c'),), 't')"),
    ("wxcard", {"id": "c"}, ".kind == 'wxcard'"),
    ("voice", {"media_id": "m"}, "assert isinstance(await fan.says('a'), Voice)"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "content", "words"), SEEN)
def test_everything_that_can_be_seen_has_its_words(kind, content, words):
    lines = [
        recording.Line(0.0, do=actions.Say("a")),
        recording.Line(1.0, see=recording.Seen("reply", kind, content)),
    ]
    source = export.conversation(SimpleNamespace(nickname="小明", recording=lines), SETTING)
    assert words in source
    compile(source, "copied", "exec")


async def test_a_delivery_is_copied_as_a_command_that_a_shell_reads(connect):
    phone, _ = connect()
    [push] = phone.do(actions.Say("it's <b>"))
    await phone.pusher.finish(push)
    command = export.curl(push)
    assert command.startswith("curl ")
    echoed = subprocess.run(  # noqa: ASYNC221  # it only prints
        ["sh", "-c", command.replace("curl", "printf '%s\\n'", 1)],
        capture_output=True,
        check=True,
    )
    words = echoed.stdout.decode().splitlines()
    assert words[-1] == push.attempts[0].url
    assert push.body.decode() in words
    assert re.search(r"content-type: text/xml", echoed.stdout.decode())
