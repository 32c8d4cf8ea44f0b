"""A conversation begun again from any point of it."""

import pytest

from yizhan.errors import Missing
from yizhan.simulator import actions, recording
from yizhan.simulator.conversation import Conversation
from yizhan.simulator.restart import restart
from yizhan.simulator.simulation import Simulation


@pytest.fixture
async def desk(world, official, connect):
    desk = Simulation(world)
    _, server = connect()
    desk.connect(official, server)
    yield desk
    await desk.close()


@pytest.fixture
def phone(desk, official):
    return Conversation(desk.pushers["shop"], next(iter(official)))


async def does(phone, *done):
    """Does it all, each thing answered before the next; the entries in order."""
    for action in done:
        for push in phone.do(action):
            await phone.pusher.finish(push)
    return phone.follower.screen


async def test_what_was_said_before_is_said_again_and_the_word_itself_comes_next(desk, phone):
    said = [actions.Say(text) for text in ("一", "二", "三")]
    entries = await does(phone, *said)
    fresh, again, upcoming = restart(desk, phone.follower, entries[1].id)
    assert fresh.openid != phone.follower.openid
    assert fresh.nickname == f"{phone.follower.nickname} ↺"
    assert [line.do for line in again] == said[:1]
    assert upcoming == said[1]
    await recording.replay(desk.conversation("shop", fresh.openid), again)
    assert [entry.content["text"] for entry in fresh.screen] == ["一"]


async def test_from_an_answer_on_its_question_is_said_again_too(desk, phone, world):
    question = actions.Say("一")
    await does(phone, question, actions.Say("二"))
    push = next(iter(world.pushes.values()))
    answer = world.show(phone.follower, "account", "reply", "text", {"text": "A"}, push=push)
    _, again, upcoming = restart(desk, phone.follower, answer.id)
    assert ([line.do for line in again], upcoming) == ([question], None)


async def test_what_belongs_to_no_push_takes_all_that_was_done_before_it(desk, phone, world):
    await does(phone, actions.Say("一"), actions.Say("二"))
    custom = world.show(phone.follower, "account", "custom", "text", {"text": "A"}, call="9")
    _, again, _ = restart(desk, phone.follower, custom.id)
    assert len(again) == 2


@pytest.mark.parametrize(
    ("done", "began_following"),
    [
        ([actions.Unfollow(), actions.Follow(), actions.Say("一")], True),
        ([actions.Unfollow(), actions.Scan("a")], True),
        ([actions.Say("一")], True),
    ],
)
async def test_whoever_begins_again_follows_as_they_did_then(desk, phone, done, began_following):
    entries = await does(phone, *done)
    fresh, again, _ = restart(desk, phone.follower, entries[-1].id)
    assert fresh.following is began_following
    await recording.replay(desk.conversation("shop", fresh.openid), again)


@pytest.mark.parametrize("first", [actions.Follow(), actions.Scan("a")])
async def test_a_stranger_begins_again_as_a_stranger(desk, official, first):
    stranger = desk.add_follower(official, following=False)
    entries = await does(Conversation(desk.pushers["shop"], stranger), first, actions.Say("一"))
    fresh, again, _ = restart(desk, stranger, entries[-1].id)
    assert (fresh.following, [line.do for line in again]) == (False, [first])


async def test_beginning_again_twice_marks_the_name_once(desk, phone):
    entries = await does(phone, actions.Say("一"))
    fresh, *_ = restart(desk, phone.follower, entries[0].id)
    entries = await does(desk.conversation("shop", fresh.openid), actions.Say("二"))
    again, *_ = restart(desk, fresh, entries[0].id)
    assert again.nickname == fresh.nickname


async def test_what_is_not_on_the_screen_is_no_place_to_begin(desk, phone):
    with pytest.raises(Missing):
        restart(desk, phone.follower, "99")
