"""Recordings of a served bot become tapes that can be had again."""

import pytest

from yizhan.recording import Exchange, line_of
from yizhan.replies import Article, Image, News, Text, render
from yizhan.simulator import actions, exchanges, forms
from yizhan.simulator.conversation import Conversation
from yizhan.simulator.recording import Line, Seen
from yizhan.testing import conversations

FAN, OTHER = "oFan", "oOther"


def exchange(fields, reply=None, *, at=0.0, openid=FAN, status=200, number=1):
    header = {"ToUserName": "gh_shop", "FromUserName": openid, "CreateTime": 1764000000}
    if fields["MsgType"] != "event":
        header["MsgId"] = number
    sent = "success" if reply is None else render(reply, to=openid, sender="gh_shop", created=1)
    return Exchange(
        at=at,
        path="/wechat",
        mode="plain",
        push=forms.document(header | fields, "xml").decode(),
        reply=sent if isinstance(sent, str) else sent.decode(),
        status=status,
        took=0.5,
    )


def said(text):
    return forms.message("text", {"Content": text})


def test_what_was_said_and_answered():
    lines = list(exchanges.lines([exchange(said("你好"), Text("你好！"), at=7.0)]))
    assert lines == [
        Line(7.0, do=actions.Say("你好")),
        Line(7.5, see=Seen("reply", "text", {"text": "你好！"})),
    ]


def test_an_acknowledgement_shows_nothing():
    assert [line.see for line in exchanges.lines([exchange(said("嗯"))])] == [None]


def test_a_message_that_came_three_times_was_said_once():
    pushes = [
        exchange(said("慢"), status=500),
        exchange(said("慢"), Text("好了"), at=10.0),
        exchange(said("快"), Text("快"), at=1.0, number=2),
    ]
    lines = list(exchanges.lines(pushes))
    assert [line.do for line in lines if line.do] == [actions.Say("慢"), actions.Say("快")]
    assert [line.see.content["text"] for line in lines if line.see] == ["好了", "快"]


@pytest.mark.parametrize(
    "kind", [kind for kind in forms.messages() if not kind.startswith(("device_", "hardware"))]
)
async def test_every_kind_of_message_is_sent_again_as_it_was(kind, connect):
    fields = forms.message(
        kind, {"MediaId": "m"} if "MediaId" in forms.form("messages", kind) else {}
    )
    [line] = exchanges.lines([exchange(fields)])
    phone, _ = connect()
    [push] = Conversation(phone.pusher, phone.follower).do(line.do)
    known = set(fields) - {
        "PicUrl",
        "ThumbMediaId",
        "ThumbUrl",
        "FileKey",
        "FileMd5",
        "FileTotalLen",
    }
    assert {name: push.fields[name] for name in known} == {name: fields[name] for name in known}


@pytest.mark.parametrize("event", forms.events())
def test_every_event_happens_again(event):
    [line] = exchanges.lines([exchange(forms.event(event, {}))])
    assert (type(line.do), line.do.name) == (actions.Happen, event)


def test_what_no_phone_can_send_is_left_out():
    assert list(exchanges.lines([exchange({"MsgType": "device_text"})])) == []


def test_each_follower_has_a_tape_under_a_pseudonym():
    talk = [exchange(said("a")), exchange(said("b"), openid=OTHER), exchange(said("c"), number=2)]
    tapes = exchanges.conversations(talk, "secret")
    assert [[line.do.text for line in tape] for tape in tapes.values()] == [["a", "c"], ["b"]]
    assert not {FAN, OTHER} & tapes.keys()
    assert tapes == exchanges.conversations(talk, "secret")
    assert tapes.keys() != exchanges.conversations(talk, "another").keys()
    assert FAN not in repr(tapes)


async def test_yesterday_is_had_again(tmp_path, wechat):
    from yizhan import Account

    account = Account()

    @account.text("图文")
    async def news(message):
        return News(Article("标题", url="https://a/"))

    @account.image
    async def photo(message):
        return Image(message.media_id)

    @account.text
    async def echo(message):
        return message.content

    path = tmp_path / "day.jsonl"
    talk = [
        exchange(said("图文"), News(Article("标题", url="https://a/"))),
        exchange(forms.message("image", {"MediaId": "m"}), Image("m"), number=2),
        exchange(said("早"), Text("早上好"), number=3),
    ]
    path.write_bytes(b"".join(map(line_of, talk)))
    [tape] = conversations(path).values()
    async with wechat(account) as chat:
        fan = chat.user()
        assert await fan.repeats(tape) == [
            " > sends('image')",
            " < Image('m')",
            " > says('早')",
            "-< '早上好'",
            "+< '早'",
        ]
