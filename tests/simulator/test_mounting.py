"""The simulator beside a bot, as `yizhan dev` and `make run` have it."""

import logging

import httpx
import pytest

from yizhan import Account
from yizhan.recording import read
from yizhan.simulator import actions
from yizhan.simulator.faults import Fault
from yizhan.simulator.mounting import mount
from yizhan.testing.inside import inside

SECRET = "0123456789abcdef0123456789abcdef"  # one that looks real


@pytest.fixture
async def bot(clock):
    account = Account(
        "demo",
        token="tokenOfTheDemo2026",
        secret=SECRET,
        store="memory://",
        typing=True,
    )

    @account.text("慢")
    async def slow(message):
        import asyncio

        await asyncio.sleep(30)
        return "好了"

    @account.text(regex=r"天气 (?P<city>\S+)")
    async def weather(message, session, city: str):
        session["city"] = city
        return f"{city}：晴"

    @account.text("出错")
    async def fail(message):
        raise RuntimeError("on purpose")

    @account.text(where=lambda message: message.content.startswith("然后"), merge=2.0)
    async def merged(message):
        return message.content

    @account.text
    async def echo(message):
        return message.content

    yield account
    await account.stop()


@pytest.fixture
async def mounted(bot, clock, tmp_path):
    simulator = mount([bot], folder=tmp_path, base="http://127.0.0.1:9999", inside=inside([bot]))
    simulator.simulation.world.clock.base = clock
    yield simulator
    await simulator.close()


@pytest.fixture
async def phone(mounted):
    account = mounted.simulation.world.account("demo")
    return mounted.simulation.conversation("demo", next(iter(account)).openid)


async def says(phone, text):
    [push] = phone.do(actions.Say(text))
    return await phone.pusher.finish(push)


def screen(phone):
    return [entry.content.get("text") for entry in phone.follower.screen if entry.side == "account"]


async def test_the_bot_answers_at_its_own_path_with_its_own_token(bot, mounted, phone):
    await says(phone, "你好")
    assert screen(phone) == ["你好"]
    assert phone.account.keys.token == "tokenOfTheDemo2026"
    assert phone.pusher.client.url == "http://127.0.0.1:9999/wechat"
    assert (await phone.pusher.verify()).connected


@pytest.fixture
async def refused(mounted, phone, caplog):
    """What the bot does not let in: its own id is another one by now."""
    caplog.set_level(logging.WARNING, "yizhan")
    phone.account.mode = "safe"
    await mounted.simulation.told(phone.account)
    await says(phone, "first")
    phone.account.keys.original_id = "gh_0123456789ab"
    await says(phone, "learnt")
    phone.account.keys.original_id = "gh_another"
    return await says(phone, "refused")


async def test_a_push_that_the_bot_refuses_says_why(refused, phone):
    assert (refused.verdict.outcome, screen(phone)) == ("acknowledged", ["first", "learnt"])
    told = refused.refused
    assert (told.code, told.values) == ("wrong_account", {"detail": "gh_another"})
    assert "original_id" in str(told)
    before = [push.refused for push in phone.world.pushes.values() if push is not refused]
    assert before == [None, None]


async def test_a_push_that_a_fault_has_spoiled_is_refused_as_was_asked(mounted, phone):
    phone.account.faults.add(Fault("signature"))
    push = await says(phone, "forged")
    assert (push.attempts[0].status, push.refused) == (403, None)


async def test_held_and_joined_connections_are_marked(mounted, phone, caplog):
    caplog.set_level(logging.INFO, "yizhan")
    [push] = phone.do(actions.Click("HELP"))
    await phone.pusher.finish(push)
    assert [attempt.mark for attempt in push.attempts] == ["ran"]
    again = phone.pusher.push(push.openid, push.fields, body=push.body, origin=push.id)
    await phone.pusher.finish(again)
    assert [attempt.mark for attempt in again.attempts] == ["repeated"]
    phone.account.faults.add(Fault("lose"))
    push = await says(phone, "再说一次")
    assert [attempt.mark for attempt in push.attempts] == ["ran", "repeated"]
    push = await says(phone, "慢")
    assert [attempt.mark for attempt in push.attempts] == ["held", "joined", "joined"]


async def test_a_text_that_was_merged_into_the_next_is_marked_so(mounted, phone, caplog):
    caplog.set_level(logging.INFO, "yizhan")
    pushes = [*phone.do(actions.Say("然后")), *phone.do(actions.Say("然后呢"))]
    for push in pushes:
        await phone.pusher.finish(push)
    assert [push.attempts[0].mark for push in pushes] == ["merged", "ran"]
    assert screen(phone) == ["然后\n然后呢"]


async def test_its_real_secret_is_put_away(bot, mounted, phone):
    assert bot.settings.secret == phone.account.keys.secret != SECRET
    assert SECRET not in repr(vars(mounted.simulation.world))


async def test_its_calls_go_to_the_fake_api(bot, mounted, phone):
    phone.account.kind, phone.account.verified = "service", True
    await says(phone, "你好")
    text = {"touser": phone.follower.openid, "msgtype": "text", "text": {"content": "嗨"}}
    await bot.api.post("/cgi-bin/message/custom/send", json=text)
    assert screen(phone) == ["你好", "嗨"]


async def test_a_switch_of_the_kind_is_told_to_the_bot(bot, mounted, phone):
    transport = httpx.ASGITransport(mounted)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:9999") as client:
        await client.get(mounted.address)
        changes = {"kind": "service", "verified": True}
        answer = await client.patch("/simulator/api/accounts/demo", json=changes)
        assert answer.json()["rights"]["custom"] is True
    assert (bot.settings.kind, bot.settings.verified) == ("service", True)
    push = await says(phone, "慢")
    assert push.verdict.outcome == "acknowledged"
    import asyncio

    await asyncio.sleep(20)
    assert screen(phone) == ["好了"]


async def test_a_key_made_anew_is_told_too(bot, mounted, phone):
    phone.account.renew("token")
    await mounted.simulation.told(phone.account)
    assert bot.settings.token == phone.account.keys.token != "tokenOfTheDemo2026"
    await says(phone, "你好")
    assert screen(phone) == ["你好"]


async def test_what_went_on_inside_is_told(bot, mounted, phone):
    push = await says(phone, "天气 北京")
    logging.getLogger("yizhan").warning("--> text")
    told = await mounted.simulation.inside(push)
    assert told["handler"]["name"].endswith("weather")
    assert "test_mounting.py" in told["handler"]["place"]
    assert told["why"].startswith("@text(regex=")
    assert told["values"] == {"city": "北京"}
    assert [each["why"] for each in told["passed"]] == ["@text('慢')"]
    assert told["session"] == {"city": "北京"}
    assert "--> text" in [line["text"] for line in told["log"]]


async def test_what_no_handler_takes_is_told(bot, mounted, phone):
    [push] = phone.do(actions.SendImage())
    await phone.pusher.finish(push)
    told = await mounted.simulation.inside(push)
    assert (told["handler"], told["why"], told["passed"]) == (None, None, [])
    [push] = phone.do(actions.Raw("junk"))
    await phone.pusher.finish(push)
    assert (await mounted.simulation.inside(push))["handler"] is None


async def test_log_lines_tell_what_came_of_a_push_and_where_a_handler_failed(
    mounted, phone, caplog
):
    caplog.set_level(logging.INFO, "yizhan")

    await says(phone, "你好")
    await says(phone, "出错")
    await phone.pusher.verify()
    phone.account.faults.add(Fault("signature"))
    await says(phone, "谁")
    told = "\n".join(line.text for line in mounted.simulation.log)
    assert "<-- text → text (inline, " in told
    assert 'raise RuntimeError("on purpose")' in told
    assert "<-- verified" in told
    assert "-x- signature: " in told


async def test_log_lines_come_by_the_stream_until_the_end(mounted):
    feed = mounted.simulation.world.feed
    logging.getLogger("yizhan").warning("hello")
    assert feed.since(feed.last - 1)[0].kind == "log"
    assert mounted.simulation.log[-1].text == "hello"
    await mounted.close()
    last = feed.last
    logging.getLogger("yizhan").warning("bye")
    assert feed.last == last


async def test_the_store_keeps_its_place(clock, tmp_path):
    account = Account("shop", token="tokenOfTheDemo2026")
    before = account.settings.store_url
    simulator = mount([account], folder=tmp_path)
    assert account.settings.store_url == before
    await simulator.close()


async def test_keys_and_followers_are_the_same_after_a_restart(bot, tmp_path, clock):
    def seen():
        simulator = mount([Account("shop", token="tokenOfTheDemo2026")], folder=tmp_path)
        logging.getLogger("yizhan").removeHandler(simulator._log)
        account = simulator.simulation.world.account("shop")
        return account.keys, list(account.followers)

    assert seen() == seen()


async def test_conversations_are_kept_in_the_folder(mounted, phone, tmp_path):
    await says(phone, "你好")
    [kept] = (tmp_path / "recordings/demo").glob("*.jsonl")
    assert kept.stem == phone.follower.openid
    [exchange] = read(kept.read_bytes().splitlines())
    assert (exchange.fields["Content"], exchange.shown.content) == ("你好", "你好")
