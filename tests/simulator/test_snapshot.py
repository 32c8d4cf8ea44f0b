"""The world in a file, and how it goes on from there."""

import pickle

import pytest

from yizhan import Account
from yizhan.simulator import actions, snapshot
from yizhan.simulator.feed import Feed
from yizhan.simulator.mounting import mount
from yizhan.simulator.record import Attempt

TOKEN = "tokenOfTheDemo2026"


def bot(**settings):
    account = Account("demo", token=TOKEN, store="memory://", **settings)

    @account.text
    async def echo(message):
        return message.content

    return account


@pytest.fixture
async def begin(clock, tmp_path):
    """Mounts bots as a process does that takes another's place."""
    begun = []

    async def mounted(*bots, kept=None, **how):
        simulator = mount(bots, folder=tmp_path, kept=kept, **how)
        simulator.simulation.world.clock.base = clock
        begun.append((simulator, bots))
        return simulator

    yield mounted
    for simulator, bots in begun:
        await simulator.close()
        for each in bots:
            await each.stop()


async def says(simulator, text):
    account = simulator.simulation.world.account("demo")
    phone = simulator.simulation.conversation("demo", next(iter(account)).openid)
    [push] = phone.do(actions.Say(text))
    return await phone.pusher.finish(push)


def kept_in(path, simulator):
    snapshot.write(path, simulator.snapshot())
    return snapshot.read(path)


async def test_conversation_pushes_and_calendar_go_on(begin, tmp_path):
    before = await begin(bot())
    push = await says(before, "你好")
    before.simulation.world.answers["id"] = (202, b"{}")
    before.simulation.world.skip(86_400)
    path = tmp_path / "a.world"
    after = await begin(bot(), kept=kept_in(path, before))
    assert path.stat().st_mode & 0o777 == 0o600
    world = after.simulation.world
    fan = next(iter(world.account("demo")))
    assert [entry.content["text"] for entry in fan.screen] == ["你好", "你好"]
    assert world.push(push.id).verdict.outcome == "replied"
    assert world.clock.skew == 86_400
    assert world.answers == {"id": (202, b"{}")}
    again = await says(after, "再来")
    assert int(again.id) > int(push.id)
    assert again.verdict.reply.content == "再来"


async def test_whoever_read_the_former_feed_reads_all_anew(begin, tmp_path):
    before = await begin(bot())
    await says(before, "你好")
    last = before.simulation.world.feed.last
    after = await begin(bot(), kept=kept_in(tmp_path / "a.world", before))
    await says(after, "你好")
    assert after.simulation.world.feed.since(last) is None


async def test_the_switches_of_the_page_stay_until_the_settings_say_otherwise(begin, tmp_path):
    before = await begin(bot(kind="subscription"))
    account = before.simulation.world.account("demo")
    account.kind, account.verified = "service", True
    account.renew("token")
    kept = kept_in(tmp_path / "a.world", before)
    same = await begin(changed := bot(kind="subscription"), kept=kept)
    assert (changed.settings.kind, changed.settings.verified) == ("service", True)
    assert changed.settings.token == account.keys.token != TOKEN
    kept = kept_in(tmp_path / "b.world", same)
    await begin(other := bot(kind="sandbox"), kept=kept)
    assert (other.settings.kind, other.settings.verified) == ("sandbox", True)


async def test_a_push_under_way_goes_on_with_the_next_delivery(begin, tmp_path, clock):
    before = await begin(bot())
    world = before.simulation.world
    fan = next(iter(world.account("demo")))
    pusher = before.simulation.pusher("demo")
    push = before.simulation.conversation("demo", fan.openid).do(actions.Say("慢"))[0]
    pusher._tasks[push.id].cancel()
    push.attempts.append(Attempt(1, world.now()))
    after = await begin(bot(), kept=kept_in(tmp_path / "a.world", before))
    after.resume()
    record = after.simulation.world.push(push.id)
    await after.simulation.pusher("demo").finish(record)
    assert [(each.number, each.end) for each in record.attempts] == [(1, "closed"), (2, "answered")]
    assert record.attempts[0].problem.code == "reloaded"
    assert record.attempts[1].began - record.began == pytest.approx(5, abs=0.1)
    assert record.verdict.reply.content == "慢"


async def test_an_account_that_the_bot_no_longer_has_goes(begin, tmp_path):
    before = await begin(bot())
    other = Account("shop", token="tokenOfTheShop2026", store="memory://")
    after = await begin(other, kept=kept_in(tmp_path / "a.world", before))
    assert [*after.simulation.world.accounts] == ["shop"]


async def test_what_was_to_be_reported_later_is_reported_at_once(begin):
    simulator = await begin(bot())
    done = []
    simulator.simulation.world.later(60, lambda: done.append(1))
    await simulator.close()
    assert done == [1]


async def test_a_feed_that_has_ended_ends_its_readers():
    feed = Feed()
    feed.tell("log", "x")
    feed.close()
    assert [change.subject async for change in feed.follow(0, 15.0)] == ["x"]


@pytest.mark.parametrize(
    "content", [b"", b"nonsense", pickle.dumps(print), pickle.dumps({"a": 1}), pickle.dumps([])]
)
def test_a_file_that_holds_no_world_is_said_and_passed_over(tmp_path, content, caplog):
    path = tmp_path / "a.world"
    path.write_bytes(content)
    assert snapshot.read(path) is None


def test_only_the_simulator_s_own_classes_are_made(tmp_path, caplog):
    path = tmp_path / "a.world"
    path.write_bytes(b"cos\nsystem\n(S'true'\ntR.")
    assert snapshot.read(path) is None
    assert "os.system" in caplog.text


def test_without_a_file_there_is_no_world(tmp_path, caplog):
    assert snapshot.read(tmp_path / "a.world") is None
    assert caplog.text == ""
