"""A recording of real pushes, opened as conversations."""

import msgspec
import pytest

from yizhan.recording import Exchange, line_of, read
from yizhan.replies import News, Text, render
from yizhan.replies.kinds import Article
from yizhan.simulator import actions
from yizhan.simulator.opening import open_recording
from yizhan.simulator.screen import NOTICE
from yizhan.simulator.simulation import Simulation

FAN, ME = "oFanOfTheRecording0000000000", "gh_0123456789ab"


def push(kind, at, *, openid=FAN, **fields):
    header = {"ToUserName": ME, "FromUserName": openid, "CreateTime": int(at), "MsgType": kind}
    body = "".join(f"<{name}>{value}</{name}>" for name, value in (header | fields).items())
    return f"<xml>{body}</xml>"


def said(text, at, *, openid=FAN, **more):
    return Exchange(
        at=at,
        path="/wechat",
        mode="safe",
        push=push("text", at, openid=openid, Content=text, MsgId=int(at)),
        **more,
    )


def reply(answer, *, to=FAN, sender=ME):
    return render(answer, to=to, sender=sender, created=1).decode()


@pytest.fixture
async def desk(world, official):
    desk = Simulation(world)
    yield desk
    await desk.close()


@pytest.fixture
def opened(desk, official):
    def opened(*exchanges):
        lines = b"".join(map(line_of, exchanges)).splitlines()
        return open_recording(desk, official, read(lines))

    return opened


def screen(follower):
    return [(entry.at, entry.side, entry.kind, entry.content) for entry in follower.screen]


async def test_it_shows_who_said_what_and_when(opened):
    [fan] = opened(said("你好", 100.0, reply=reply(Text("你好！")), took=0.5))
    assert fan.openid == FAN
    assert fan.unread == 0
    assert screen(fan) == [
        (100.0, "follower", "text", {"text": "你好"}),
        (100.5, "account", "text", {"text": "你好！"}),
    ]


async def test_nothing_is_sent_and_every_push_can_be_looked_at(opened, world):
    opened(said("你好", 100.0, reply="success", took=0.1))
    [record] = world.pushes.values()
    assert (record.verdict.outcome, record.mode, record.began) == ("acknowledged", "safe", 100.0)
    [attempt] = record.attempts
    assert (attempt.end, attempt.status) == ("answered", 200)
    assert attempt.response.plain == b"success"


async def test_the_repeats_of_a_message_are_one_push(opened, world):
    def again(at, **more):
        return msgspec.structs.replace(said("慢", 100.0, **more), at=at)

    [fan] = opened(
        said("慢", 100.0, took=5.0),
        said("急", 101.0, reply=reply(Text("好")), took=0.1),
        again(105.0, took=5.0),
        again(110.0, reply=reply(Text("久等")), took=2.0),
    )
    slow, quick = world.pushes.values()
    assert [attempt.end for attempt in slow.attempts] == ["timeout", "timeout", "answered"]
    assert (slow.verdict.attempt, slow.verdict.seconds) == (3, 12.0)
    assert len(quick.attempts) == 1
    assert [content["text"] for *_, content in screen(fan)] == ["慢", "急", "好", "久等"]


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"reply": '{"a": 1}'}, "not_xml"),
        ({"reply": reply(News(*[Article("a")] * 2))}, "articles"),
        ({"reply": reply(Text("x"), to=ME, sender=FAN)}, "not_swapped"),
        ({"reply": "", "status": 500}, "status"),
        ({"took": 5.0}, "late"),
        ({"took": 0.1}, "closed"),
    ],
)
async def test_what_went_wrong_then_is_explained(opened, world, more, reason):
    [fan] = opened(said("你好", 100.0, **more))
    entry = fan.screen[-1]
    assert (entry.kind, entry.content["text"]) == ("notice", NOTICE)
    assert entry.content["reason"].code == reason


async def test_several_followers_have_conversations_of_their_own(opened, official):
    before = len(official.followers)
    other = "oOtherOfTheRecording000000000"
    fans = opened(said("一", 1.0), said("二", 2.0, openid=other), said("三", 3.0))
    assert [fan.openid for fan in fans] == [FAN, other]
    assert len(official.followers) == before + 2


KINDS = [
    (("image", {"MediaId": "m"}), actions.SendImage("m"), "image"),
    (("voice", {"MediaId": "m", "Recognition": "你好"}), actions.SendVoice("m", "你好"), "voice"),
    (("video", {"MediaId": "m"}), actions.SendVideo("m"), "video"),
    (("shortvideo", {"MediaId": "m"}), actions.SendShortVideo("m"), "shortvideo"),
    (
        ("location", {"Location_X": 1, "Location_Y": 2, "Scale": 3, "Label": "外滩"}),
        actions.SendLocation(1.0, 2.0, 3, "外滩"),
        "location",
    ),
    (
        ("link", {"Title": "t", "Description": "d", "Url": "https://a/"}),
        actions.SendLink("t", "d", "https://a/"),
        "link",
    ),
    (("file", {"Title": "t", "Description": "d"}), actions.SendFile("t", "d"), "file"),
    (
        ("miniprogrampage", {"Title": "t", "AppId": "wx1", "PagePath": "p"}),
        actions.SendMiniProgram("t", "wx1", "p"),
        "miniprogrampage",
    ),
    (
        ("event", {"Event": "subscribe", "EventKey": "qrscene_a"}),
        actions.Happen("subscribe", {"EventKey": "qrscene_a"}),
        "event",
    ),
    (("event", {"Event": "unsubscribe"}), actions.Happen("unsubscribe", {}), "event"),
]


@pytest.mark.parametrize(("pushed", "action", "kind"), KINDS)
async def test_every_kind_is_shown_and_can_be_done_again(opened, pushed, action, kind):
    name, fields = pushed
    [fan] = opened(Exchange(at=1.0, path="/", mode="plain", push=push(name, 1.0, **fields)))
    assert fan.screen[0].kind == kind
    assert next(iter(fan.recording)).do == action
    assert fan.following is (fields.get("Event") != "unsubscribe")


async def test_a_redacted_place_is_somewhere(opened):
    hidden = {"Location_X": "•••", "Location_Y": "•••", "Scale": 16, "Label": "••"}
    pushed = push("location", 1.0, MsgId=1, **hidden)
    [fan] = opened(Exchange(at=1.0, path="/", mode="plain", push=pushed))
    assert fan.screen[0].content["label"] == "••"
    assert next(iter(fan.recording)).do == actions.SendLocation(0.0, 0.0, 16, "••")


async def test_a_json_recording_is_read_too(opened):
    body = (
        '{"ToUserName": "gh_1", "FromUserName": "oJ", "CreateTime": 1, '
        '"MsgType": "text", "Content": "你好", "MsgId": "7"}'
    )
    [fan] = opened(Exchange(at=1.0, path="/", mode="plain", push=body, reply="success"))
    assert screen(fan) == [(1.0, "follower", "text", {"text": "你好"})]
