"""Customer-service messages: windows, quotas, kinds, typing (docs/protocol.md#f)."""

import json

import pytest

from yizhan.simulator import actions

HOUR = 3600.0


def code(answer):
    return answer.get("errcode", 0)


def text_to(openid, content="你好", **more):
    return {"touser": openid, "msgtype": "text", "text": {"content": content}, **more}


SEND = "/cgi-bin/message/custom/send"


def screen(fan):
    return [(entry.kind, entry.content) for entry in fan.follower.screen if entry.via == "custom"]


async def test_a_message_appears_on_the_screen(call, fan):
    assert await call(SEND, text_to(fan.follower.openid)) == {"errcode": 0, "errmsg": "ok"}
    assert screen(fan) == [("text", {"text": "你好"})]
    [entry] = [entry for entry in fan.follower.screen if entry.via == "custom"]
    assert (entry.side, entry.ai) == ("account", False)
    assert fan.world.call(entry.call).path == SEND


async def test_five_messages_within_48_hours_of_a_message(call, fan, world):
    openid = fan.follower.openid
    world.skip(48 * HOUR - 1)
    for _ in range(5):
        assert code(await call(SEND, text_to(openid))) == 0
    assert code(await call(SEND, text_to(openid))) == 45047
    world.skip(1)
    assert code(await call(SEND, text_to(openid))) == 45015


async def test_twenty_by_the_rule_of_2021(call, connect, world):
    world.set_options({"window_messages": 20})
    phone, _ = connect()
    phone.do(actions.Say("在吗"))
    body = text_to(phone.follower.openid)
    assert [code(await call(SEND, body)) for _ in range(21)] == [0] * 20 + [45047]


async def test_no_message_to_those_who_block_the_account(call, fan):
    fan.do(actions.Block())
    assert code(await call(SEND, text_to(fan.follower.openid))) == 48002


async def test_a_new_message_starts_the_count_again(call, fan):
    openid = fan.follower.openid
    for _ in range(3):
        await call(SEND, text_to(openid))
    fan.do(actions.Say("还在吗"))
    assert [code(await call(SEND, text_to(openid))) for _ in range(6)] == [0] * 5 + [45047]


@pytest.mark.parametrize(
    "action",
    [
        actions.Follow(),
        actions.Scan("shop-42"),
        actions.Click("HELP"),
        actions.Happen("scancode_push"),
        actions.Happen("scancode_waitmsg"),
        actions.Say("满意", item="101"),
    ],
)
async def test_three_messages_within_a_minute_of_the_rest(call, connect, world, action):
    phone, _ = connect()
    phone.follower.following = not isinstance(action, actions.Follow)
    phone.do(action)
    openid = phone.follower.openid
    world.skip(59)
    assert [code(await call(SEND, text_to(openid))) for _ in range(4)] == [0, 0, 0, 45047]
    world.skip(1)
    assert code(await call(SEND, text_to(openid))) == 45015


@pytest.mark.parametrize("action", [actions.View("https://a/"), actions.ReportLocation()])
async def test_no_message_after_anything_else(call, connect, action):
    phone, _ = connect()
    phone.do(action)
    assert code(await call(SEND, text_to(phone.follower.openid))) == 45015


async def test_no_message_to_strangers_and_to_those_who_left(call, fan):
    assert code(await call(SEND, text_to("oNobody"))) == 40003
    fan.do(actions.Unfollow())
    assert code(await call(SEND, text_to(fan.follower.openid))) == 45015


async def test_a_refused_message_costs_nothing(call, fan):
    openid = fan.follower.openid
    for _ in range(9):
        assert code(await call(SEND, text_to(openid, ""))) == 44004
    assert code(await call(SEND, text_to(openid))) == 0


NEWS = {"title": "标题", "description": "摘要", "url": "https://a/", "picurl": "https://b/"}
MUSIC = {"title": "歌", "musicurl": "u", "hqmusicurl": "h", "thumb_media_id": "t"}
PAGE = {"title": "页", "appid": "wx1", "pagepath": "p", "thumb_media_id": "t"}


@pytest.mark.parametrize(
    ("kind", "payload", "expected"),
    [
        ("text", {"content": "好" * 682}, 0),
        ("text", {"content": "好" * 683}, 45002),
        ("news", {"articles": [NEWS]}, 0),
        ("news", {"articles": [NEWS, NEWS]}, 45008),
        ("music", MUSIC, 0),
        ("music", {"title": "歌", "musicurl": "u", "hqmusicurl": ""}, 0),
        ("music", MUSIC | {"thumb_media_id": ""}, 40007),
        ("mpnews", {"media_id": "m"}, 0),
        ("mpnewsarticle", {"article_id": "a"}, 0),
        ("wxcard", {"card_id": "c"}, 0),
        ("miniprogrampage", PAGE, 0),
        ("msgmenu", {"head_content": "满意吗", "list": [{"id": "1", "content": "满意"}]}, 0),
        ("image", {"media_id": "nonsense"}, 40007),
        ("sticker", {}, 40008),
    ],
)
async def test_every_kind_of_message(call, fan, kind, payload, expected):
    body = {"touser": fan.follower.openid, "msgtype": kind, kind: payload}
    assert code(await call(SEND, body)) == expected
    assert [seen for seen, _ in screen(fan)] == ([] if expected else [kind])


@pytest.mark.parametrize("kind", ["image", "voice", "video"])
async def test_media_that_are_there(call, fan, official, kind):
    media_id = official.media.sample(kind).media_id
    body = {"touser": fan.follower.openid, "msgtype": kind, kind: {"media_id": media_id}}
    assert code(await call(SEND, body)) == 0
    assert screen(fan)[0][1]["media_id"] == media_id


async def test_a_sandbox_has_no_msgmenu(call, fan, official):
    official.kind = "sandbox"
    menu = {"head_content": "?", "list": [{"id": "1", "content": "是"}]}
    body = {"touser": fan.follower.openid, "msgtype": "msgmenu", "msgmenu": menu}
    assert code(await call(SEND, body)) == 40008


async def test_escapes_are_shown_as_they_are(call, fan):
    body = json.dumps(text_to(fan.follower.openid, "你好\n")).encode()
    assert code(await call(SEND, raw=body)) == 0
    assert screen(fan) == [("text", {"text": "\\u4f60\\u597d\n"})]


async def test_the_grey_line_below_an_answer_of_an_ai(call, fan):
    await call(SEND, text_to(fan.follower.openid, aimsgcontext={"is_ai_msg": 1}))
    assert fan.follower.screen[-1].ai is True


async def test_typing(call, fan, world):
    openid = fan.follower.openid
    typing = {"touser": openid, "command": "Typing"}
    assert code(await call("/cgi-bin/message/custom/typing", typing)) == 0
    assert fan.follower.typing_until == pytest.approx(world.now() + 15)
    assert code(await call("/cgi-bin/message/custom/typing", typing)) == 45081
    cancel = {"touser": openid, "command": "CancelTyping"}
    assert code(await call("/cgi-bin/message/custom/typing", cancel)) == 0
    assert code(await call("/cgi-bin/message/custom/typing", typing)) == 0
    nonsense = {"touser": openid, "command": "Dance"}
    assert code(await call("/cgi-bin/message/custom/typing", nonsense)) == 45072
    world.skip(31)
    assert code(await call("/cgi-bin/message/custom/typing", typing)) == 45080
