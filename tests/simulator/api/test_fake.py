"""The fake API as a whole: rights, unknown endpoints, errors on demand, the ways in."""

import json

import pytest

from yizhan.api import AsyncClient
from yizhan.errors import Unreachable
from yizhan.simulator.api import ApiApp, FakeApi
from yizhan.simulator.api.table import HANDLERS
from yizhan.simulator.faults import Fault

BASE = "https://api.weixin.qq.com"


CODE = {"action_name": "QR_LIMIT_STR_SCENE", "action_info": {"scene": {"scene_str": "a"}}}
SEND = "/cgi-bin/message/custom/send"


def code(answer):
    return answer.get("errcode", 0)


def text_to(openid, content="你好"):
    return {"touser": openid, "msgtype": "text", "text": {"content": content}}


def screen(fan):
    return [(entry.kind, entry.content) for entry in fan.follower.screen if entry.via == "custom"]


@pytest.mark.parametrize(
    ("kind", "verified", "may"),
    [
        ("subscription", False, set()),
        ("subscription", True, {"menu", "custom", "user", "media"}),
        ("service", False, {"menu"}),
        ("service", True, {"menu", "custom", "user", "media", "qrcode"}),
        ("sandbox", False, {"menu", "custom", "user", "media", "qrcode"}),
    ],
)
async def test_rights_go_with_the_kind_and_change_at_once(call, official, kind, verified, may):
    official.kind, official.verified = kind, verified
    openid = official.add_follower().openid
    asked = {
        "menu": await call("/cgi-bin/menu/get"),
        "custom": await call("/cgi-bin/message/custom/send", text_to(openid)),
        "user": await call("/cgi-bin/user/info", openid=openid),
        "media": await call("/cgi-bin/material/get_materialcount"),
        "qrcode": await call("/cgi-bin/qrcode/create", CODE),
    }
    assert {name for name, answer in asked.items() if code(answer) != 48001} == may


# --- unknown and described endpoints


async def test_an_unknown_endpoint_says_so(call):
    answer = await call("/cgi-bin/nonsense", {})
    assert code(answer) == 40066
    assert "knows no /cgi-bin/nonsense" in answer["errmsg"]


@pytest.mark.parametrize(
    ("path", "method", "expected"),
    [("/cgi-bin/menu/get", "POST", 43001), ("/cgi-bin/menu/create", "GET", 43002)],
)
async def test_the_wrong_method(call, path, method, expected):
    assert code(await call(path, {}, method=method)) == expected


async def test_a_body_that_is_no_json(call):
    assert code(await call("/cgi-bin/menu/create", raw=b"button=1")) == 47001
    assert code(await call("/cgi-bin/menu/create", raw=b"[]")) == 47001


async def test_a_described_endpoint_without_a_behaviour_checks_and_gives_an_example(call):
    body = {"msg_data_id": 1, "begin": 0, "count": 10, "type": 0}
    answer = {"errcode": 0, "errmsg": "ok", "total": 0, "comment": []}
    assert await call("/cgi-bin/comment/list", body) == answer
    assert code(await call("/cgi-bin/comment/list", body | {"count": 50})) == 88010


def test_every_behaviour_belongs_to_a_described_endpoint():
    from yizhan.api.platform import endpoint

    assert [path for path in HANDLERS if endpoint(path) is None] == []


# --- errors on demand, records, and the ways in


async def test_an_errcode_on_demand(call, official):
    official.faults.set((Fault("api_error", values={"errcode": 45011.0, "path": "/cgi-bin/menu"}),))
    assert "ip_list" in await call("/cgi-bin/getcallbackip")
    assert code(await call("/cgi-bin/menu/get")) == 45011
    assert code(await call("/cgi-bin/menu/get")) == 46003


async def test_an_http_error_on_demand(api, official, world):
    official.faults.add(Fault("api_status", values={"status": 503.0}))
    token, _ = official.tokens.stable(world.now())
    url = f"{BASE}/cgi-bin/getcallbackip?access_token={token}"
    assert (await api.send("GET", url, {}, None)).status == 503


async def test_a_call_that_is_done_but_whose_answer_gets_lost(call, fan, official):
    official.faults.add(Fault("api_lost"))
    with pytest.raises(Unreachable):
        await call(SEND, text_to(fan.follower.openid))
    assert screen(fan) == [("text", {"text": "你好"})]


async def test_every_call_is_remembered_without_its_token(call, fan, world, official):
    await call(SEND, text_to(fan.follower.openid))
    record = world.calls[-1]
    token, _ = official.tokens.stable(world.now())
    assert (record.account, record.openid) == ("shop", fan.follower.openid)
    assert (record.path, record.errcode, record.errmsg) == (SEND, 0, "ok")
    assert token not in repr(record)
    assert record.id in world.latest["shop", fan.follower.openid].calls


async def test_no_record_has_a_secret_that_a_call_takes(call, official, world):
    keys = official.keys
    await call("/cgi-bin/clear_quota/v2", {"appid": keys.appid, "appsecret": keys.secret})
    assert world.calls[-1].errcode == 0
    assert keys.secret not in repr(list(world.calls))


async def test_the_project_s_own_client_gets_along(api, official, fan, world):
    client = AsyncClient(
        official.keys.appid, official.keys.secret, transport=api, clock=world.clock
    )
    await client.post(SEND, json=text_to(fan.follower.openid))
    official.tokens.revoke()
    await client.post(SEND, json=text_to(fan.follower.openid, "又好了"))
    assert screen(fan)[-1] == ("text", {"text": "又好了"})


async def test_over_http_what_is_mounted_above_is_no_part_of_the_path(world, official):
    app = ApiApp(FakeApi(world))
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    token, _ = official.tokens.stable(world.now())
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/weixin/cgi-bin/getcallbackip",
        "root_path": "/weixin",
        "query_string": f"access_token={token}".encode(),
        "headers": [(b"Host", b"127.0.0.1")],
        "client": ("127.0.0.1", 1),
    }
    await app(scope, receive, send)
    assert json.loads(sent[1]["body"]) == {"ip_list": ["127.0.0.1"]}
    official.faults.add(Fault("api_lost"))
    sent.clear()
    await app(scope, receive, send)
    assert [message["type"] for message in sent] == ["http.response.start"]


async def test_a_lost_answer_ends_the_connection_where_that_can_be_done(world, official):
    class Link:
        aborted = False

        def abort(self):
            self.aborted = True

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        raise AssertionError(message)

    official.faults.add(Fault("api_lost"))
    token, _ = official.tokens.stable(world.now())
    link = Link()
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/cgi-bin/getcallbackip",
        "query_string": f"access_token={token}".encode(),
        "headers": [],
        "extensions": {"yizhan": {"link": link}},
    }
    await ApiApp(FakeApi(world))(scope, receive, send)
    assert link.aborted
