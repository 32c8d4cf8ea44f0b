"""Customer-service messages as WeChat's API is told of them, and what its answers mean."""

import pytest

from api.described import OPENID
from api.wechat_api import WeChatApi, refuses, says, to_token
from yizhan import Article, Image, Music, News, Text, Transfer, Video, Voice
from yizhan.api import AsyncClient, Response, caller
from yizhan.errors import SendRefused, SendUnknown, StoreError, Unreachable, Unsent
from yizhan.inbox.courier import SEND, TYPING, ApiCourier

CUT = Unreachable("api.unknown", problem="ServerDisconnectedError")
NOBODY = Unsent("api.unreachable", host="api.weixin.qq.com", problem="refused")


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    monkeypatch.setattr(caller, "PAUSES", (0.0, 0.0))


@pytest.fixture
def api():
    return WeChatApi()


@pytest.fixture
async def courier(api):
    async with AsyncClient("wx1", "secret", transport=api) as client:
        yield ApiCourier(client)


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (Text("你好"), {"msgtype": "text", "text": {"content": "你好"}}),
        (
            Text("你好", ai=True),
            {
                "msgtype": "text",
                "text": {"content": "你好"},
                "aimsgcontext": {"is_ai_msg": 1},
            },
        ),
        (Image("m"), {"msgtype": "image", "image": {"media_id": "m"}}),
        (Voice("m"), {"msgtype": "voice", "voice": {"media_id": "m"}}),
        (
            Video("m", title="t", description="d"),
            {
                "msgtype": "video",
                "video": {
                    "media_id": "m",
                    "thumb_media_id": "m",
                    "title": "t",
                    "description": "d",
                },
            },
        ),
        (
            Music("m", title="t", description="d", url="u", hq_url="h"),
            {
                "msgtype": "music",
                "music": {
                    "title": "t",
                    "description": "d",
                    "musicurl": "u",
                    "hqmusicurl": "h",
                    "thumb_media_id": "m",
                },
            },
        ),
        (
            Music(title="t", url="u"),
            {
                "msgtype": "music",
                "music": {"title": "t", "description": "", "musicurl": "u", "hqmusicurl": ""},
            },
        ),
        (
            News(Article("t", "d", picture="p", url="u")),
            {
                "msgtype": "news",
                "news": {
                    "articles": [{"title": "t", "description": "d", "url": "u", "picurl": "p"}]
                },
            },
        ),
    ],
    ids=lambda value: type(value).__name__,
)
async def test_every_kind_of_reply_is_said_in_the_api_s_words(courier, api, reply, message):
    api.strict = False
    await courier.send(OPENID, reply)
    assert api.seen[-1].path == SEND
    assert api.seen[-1].json == {"touser": OPENID, **message}


async def test_text_is_never_escaped(courier, api):
    await courier.send(OPENID, Text("你好😀"))
    assert "你好😀".encode() in api.seen[-1].body
    assert b"\\u" not in api.seen[-1].body


async def test_a_hand_over_to_staff_cannot_be_sent(courier, api):
    with pytest.raises(SendRefused, match="Transfer"):
        await courier.send(OPENID, Transfer())
    assert api.seen == []


async def test_typing(courier, api):
    await courier.typing(OPENID)
    assert api.seen[-1].path == TYPING
    assert api.seen[-1].json == {"touser": OPENID, "command": "Typing"}


@pytest.mark.parametrize("answer", [refuses(45080), CUT, NOBODY])
async def test_typing_that_fails_is_refused_whatever_happened(courier, api, answer):
    api.script = [answer] * 3
    with pytest.raises(SendRefused):
        await courier.typing(OPENID)


@pytest.mark.parametrize(
    ("errcode", "advice"),
    [
        (45015, "window is closed"),
        (45047, "used up"),
        (48001, "lacks the right"),
        (40003, "does not follow"),
        (-1, ""),
        (12345, ""),
    ],
)
async def test_a_refusal_is_told_with_advice(courier, api, errcode, advice):
    api.script = [refuses(errcode)]
    with pytest.raises(SendRefused) as refused:
        await courier.send(OPENID, Text("hi"))
    assert str(errcode) in str(refused.value)
    assert advice in str(refused.value)
    assert api.counts[SEND] == 1


@pytest.mark.parametrize(
    "answer",
    [CUT, says(502), Response(200, {}, b"<html>"), Response(200, {}, b"")],
    ids=["cut", "502", "html", "nothing"],
)
async def test_what_may_have_arrived_is_unknown_and_not_sent_again(courier, api, answer):
    api.script = [answer]
    with pytest.raises(SendUnknown):
        await courier.send(OPENID, Text("hi"))
    assert api.counts[SEND] == 1


@pytest.mark.parametrize(
    "answer", [NOBODY, Response(413, {}, b"too large"), Response(302, {}, b"")], ids=repr
)
async def test_what_has_certainly_not_arrived_is_refused(courier, api, answer):
    api.script = [answer] * 3
    with pytest.raises(SendRefused):
        await courier.send(OPENID, Text("hi"))


@pytest.mark.parametrize(
    "answer",
    [says(502), refuses(40125), Response(200, {}, b"<html>"), says(access_token=1)],
    ids=["502", "wrong secret", "html", "no token"],
)
async def test_without_a_token_nothing_was_sent(courier, api, answer):
    api.script = [to_token(answer)] * 3
    with pytest.raises(SendRefused):
        await courier.send(OPENID, Text("hi"))
    assert api.counts[SEND] == 0


async def test_a_token_that_cannot_be_replaced_leaves_it_refused(courier, api):
    api.script = [refuses(40001), *[to_token(says(502))] * 3]
    with pytest.raises(SendRefused):
        await courier.send(OPENID, Text("hi"))


async def test_a_token_shelf_that_cannot_be_read_leaves_it_refused(courier, api, monkeypatch):
    async def broken(*_, **__):
        raise StoreError("store.broken", problem="disk")

    monkeypatch.setattr(courier._client._caller.token, "get", broken)
    with pytest.raises(SendRefused, match="disk"):
        await courier.send(OPENID, Text("hi"))


async def test_a_dead_token_is_replaced_and_the_message_sent_once(courier, api):
    api.script = [refuses(42001)]
    await courier.send(OPENID, Text("hi"))
    assert (api.counts[SEND], api.tokens) == (2, 2)
