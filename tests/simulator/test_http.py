"""The HTTP API as docs/simulator-api.md has it."""

import asyncio
import json
import re
import time
from pathlib import Path

import httpx
import pytest

from yizhan.raised import Raised
from yizhan.recording import Exchange, line_of, read
from yizhan.simulator import actions, qrcodes
from yizhan.simulator.bot_log import LogLine
from yizhan.simulator.client import HttpAnswer
from yizhan.simulator.export import Source
from yizhan.simulator.http import HttpApp, calls
from yizhan.simulator.http.app import CALLS
from yizhan.simulator.pace import FAST, Pace, PacedLoop
from yizhan.simulator.simulation import Simulation

GUIDE = (Path(__file__).parents[2] / "docs/simulator-api.md").read_text("utf-8")
HOST = "http://127.0.0.1:8080"


@pytest.fixture
async def desk(world, official):
    desk = Simulation(world)
    yield desk
    await desk.close()


@pytest.fixture
async def server(desk, official, connect):
    """A scripted server; its plans may be changed."""
    _, script = connect()
    desk.connect(official, script)
    return script


@pytest.fixture
async def app(desk, server):
    return HttpApp(desk, path="/simulator")


@pytest.fixture
async def client(app):
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=HOST) as client:
        token = app.sessions.issue()
        answer = await client.post("/simulator/api/session", json={"token": token})
        client.headers["authorization"] = f"Bearer {answer.json()['session']}"
        client.headers["accept-language"] = "en"
        yield client


@pytest.fixture
def call(client):
    async def called(method, path, body=None, *, status=200, **query):
        content = {} if body is None else {"json": body}
        if isinstance(body, bytes):
            content = {"content": body}
        if query:
            content["params"] = query
        answer = await client.request(method, f"/simulator/api{path}", **content)
        assert answer.status_code == status, answer.text
        kind = answer.headers.get("content-type", "")
        return answer.json() if kind.startswith("application/json") else answer

    return called


@pytest.fixture
def fan(official):
    return next(iter(official))


@pytest.fixture
def at(fan):
    return f"/accounts/shop/followers/{fan.openid}"


async def code(call, *request, status):
    return (await call(*request, status=status))["error"]["code"]


# --- who may call


@pytest.fixture
async def stranger(app):
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=HOST) as client:
        yield client


async def test_without_a_session_nothing_is_told(stranger):
    answer = await stranger.get("/simulator/api/state")
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "session"
    assert (await stranger.get("/simulator/")).status_code == 401


async def test_a_one_time_token_becomes_a_cookie(app, stranger):
    address = app.address(HOST)
    answer = await stranger.get(address)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/simulator/"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "path=/simulator/" in cookie
    assert (await stranger.get("/simulator/api/state")).status_code == 200
    assert (await stranger.get(address)).status_code == 303  # one with a session is let in


@pytest.mark.parametrize(("lang", "kept"), [("en", "?lang=en"), ("xx", ""), ("", "")])
async def test_the_language_asked_for_at_the_entrance_stays(app, stranger, lang, kept):
    answer = await stranger.get(f"{app.address(HOST)}&lang={lang}")
    assert answer.headers["location"] == f"/simulator/{kept}"


async def test_an_icon_stands_at_the_root_for_everybody(stranger):
    answer = await stranger.get("/favicon.ico")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml")


async def test_a_token_is_good_once(app, stranger):
    address = app.address(HOST)
    await stranger.get(address)
    stranger.cookies.clear()
    assert (await stranger.get(address)).status_code == 403


@pytest.mark.parametrize("token", ["", "nonsense"])
async def test_a_wrong_token_opens_nothing(app, stranger, token):
    answer = await stranger.post("/simulator/api/session", json={"token": token})
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "token")
    assert (await stranger.get(f"/simulator/?token={token}")).status_code in (401, 403)


async def test_a_second_browser_gets_a_token_of_its_own(call, stranger):
    token = (await call("POST", "/token"))["token"]
    answer = await stranger.get(f"/simulator/?token={token}")
    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("headers", "refused"),
    [
        ({"host": "evil.example"}, "host"),
        ({"host": "127.0.0.1.evil.example:8080"}, "host"),
        ({"host": ""}, "host"),
        ({"origin": "https://evil.example"}, "origin"),
        ({"origin": "http://127.0.0.1:9999"}, "origin"),
        ({"origin": "null"}, "origin"),
        ({"host": "localhost:8080"}, None),
        ({"host": "[::1]:8080"}, None),
        ({"origin": HOST}, None),
    ],
)
async def test_other_hosts_and_origins_are_refused(client, headers, refused):
    answer = await client.get("/simulator/api/state", headers=headers)
    if refused is None:
        assert answer.status_code == 200
    else:
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, refused)


async def test_the_fake_api_needs_no_session_but_its_own_tokens(stranger, official):
    keys = {
        "grant_type": "client_credential",
        "appid": official.keys.appid,
        "secret": official.keys.secret,
    }
    path = "/simulator/weixin/cgi-bin"
    token = (await stranger.post(f"{path}/stable_token", json=keys)).json()["access_token"]
    answer = await stranger.get(f"{path}/getcallbackip?access_token={token}")
    assert answer.json() == {"ip_list": ["127.0.0.1"]}


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8080", 200),
        ("localhost", 200),
        ("[::1]:8080", 200),
        ("host.docker.internal:8080", 200),  # a bot in a container on this machine
        ("evil.example", 403),
        ("host.docker.internal.evil.example", 403),
        ("[::1", 403),
        ("", 403),
    ],
)
@pytest.mark.parametrize("root", ["/weixin/cgi-bin", "/cgi-bin", "/weixin/simulator"])
async def test_every_way_to_the_fake_api_is_closed_to_other_hosts(desk, server, root, host, status):
    app, [media, *_] = HttpApp(desk), desk.world.account("shop").media
    tail = f"/shop/{media.media_id}/0" if root.endswith("simulator") else "/getcallbackip"
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=HOST) as client:
        assert (await client.get(root + tail, headers={"host": host})).status_code == status


async def test_at_the_root_it_answers_where_the_real_one_does(desk, server):
    app = HttpApp(desk)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=HOST) as client:
        for path in ("/cgi-bin/getcallbackip", "/weixin/cgi-bin/getcallbackip"):
            assert (await client.get(path)).json()["errcode"] == 41001
    assert app.api_base(HOST) == f"{HOST}/weixin"


# --- errors


async def test_what_is_not_there(call, at):
    for path, expected in [
        ("/nonsense", "unknown_path"),
        ("/accounts/nobody", "unknown_account"),
        ("/accounts/shop/followers/oNobody/screen", "unknown_follower"),
        ("/pushes/99", "unknown_push"),
        ("/calls/99", "unknown_call"),
        ("/accounts/shop/media/nonsense", "unknown_media"),
    ]:
        assert await code(call, "GET", path, status=404) == expected


async def test_what_is_malformed(call, at):
    for method, path, body in [
        ("POST", f"{at}/act", {"do": "dance"}),
        ("POST", f"{at}/act", {"do": "text", "text": 1}),
        ("POST", f"{at}/act", b"\xff"),
        ("PATCH", "/accounts/shop", {"kind": "bank"}),
        ("PATCH", "/accounts/shop", {"secret": "x"}),
        ("PUT", "/accounts/shop/faults", [{"kind": 1}]),
        ("POST", "/accounts/shop/scenes", {"scene": ""}),
        ("POST", "/accounts/shop/media?type=sticker", b"x"),
        ("POST", "/accounts/shop/media?type=image", b""),
        ("PUT", "/accounts/shop/menu", {"button": []}),
        ("GET", f"{at}/screen?limit=x", None),
        ("GET", "/events?after=x", None),
        ("POST", f"{at}/recording?speed=warp", b""),
    ]:
        assert await code(call, method, path, body, status=400) == "bad_request", path
    assert (
        await code(call, "PUT", "/accounts/shop/faults", [{"kind": "x"}], status=400) == "bad_fault"
    )
    assert await code(call, "PATCH", "/options", {"x": 1}, status=400) == "bad_option"
    assert await code(call, "POST", f"{at}/recording", b"x", status=400) == "bad_recording"


async def test_while_the_bot_is_loaded_anew_nothing_is_done(call, at, app, fan):
    app.guard.closing = True
    say = {"do": "text", "text": "hi"}
    assert await code(call, "POST", f"{at}/act", say, status=503) == "reloading"
    assert fan.screen == []


async def test_what_is_said_as_the_bot_stops_is_not_done_either(client, at, app, fan):
    """Its body comes when its head was let in already: the next process would not know of it."""

    async def body():
        yield b'{"do": "text", '
        app.guard.closing = True
        yield b'"text": "hi"}'

    answer = await client.post(f"/simulator/api{at}/act", content=body())
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "reloading")
    assert fan.screen == []


@pytest.fixture
def say(client, at):
    """Says a text by a call with that id."""

    async def said(text, id):
        action = {"do": "text", "text": text}
        path = f"/simulator/api{at}/act"
        return (await client.post(path, json=action, headers={"x-yizhan-once": id})).json()

    return said


async def test_a_call_with_an_id_is_done_once(say, desk, fan):
    first = await say("你好", "a")
    assert await say("你好", "a") == first
    assert await say("你好", "b") != first
    assert len([push for push in desk.world.pushes.values() if push.openid == fan.openid]) == 2


async def test_the_ids_of_the_last_calls_are_remembered(say, desk, monkeypatch):
    monkeypatch.setattr(calls, "REMEMBERED", 2)
    for id in "abc":
        await say("你好", id)
    assert list(desk.world.answers) == ["b", "c"]


async def test_no_answer_that_opens_the_page_is_kept(client, desk):
    assert (await client.post("/simulator/api/token", headers={"x-yizhan-once": "a"})).is_success
    assert desk.world.answers == {}


async def test_what_cannot_be_done_now(call, at):
    tap = {"do": "tap", "path": [0]}
    assert await code(call, "POST", f"{at}/act", tap, status=409) == "no_menu"
    follow = {"do": "follow"}
    assert await code(call, "POST", f"{at}/act", follow, status=409) == "already_following"
    await call("POST", f"{at}/act", {"do": "unfollow"}, status=202)
    say = {"do": "text", "text": "在吗"}
    assert await code(call, "POST", f"{at}/act", say, status=409) == "not_following"


async def test_errors_speak_the_reader_s_language(client, call):
    told = await call("GET", "/accounts/nobody", status=404)
    assert told["error"]["text"] == "no such account: nobody"
    told = await call("GET", "/accounts/nobody", status=404, lang="zh")
    assert told["error"]["text"] == "没有这个公众号：nobody"


@pytest.mark.parametrize(
    ("preferred", "text"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "没有这个公众号：nobody"),
        ("zh;q=0.3, en-GB;q=0.7", "no such account: nobody"),
        ("fr, de;q=0.9", "没有这个公众号：nobody"),
        ("", "没有这个公众号：nobody"),
    ],
)
async def test_the_language_is_what_the_reader_prefers(client, monkeypatch, preferred, text):
    monkeypatch.setenv("YIZHAN_LANG", "zh")
    headers = {"accept-language": preferred}
    answer = await client.get("/simulator/api/accounts/nobody", headers=headers)
    assert answer.json()["error"]["text"] == text


async def test_a_body_beyond_all_measure(call, monkeypatch):
    monkeypatch.setattr("yizhan.simulator.http.calls.MOST", 10)
    path = "/accounts/shop/media?type=image"
    assert await code(call, "POST", path, b"x" * 11, status=413) == "too_large"


# --- state, accounts


async def test_the_state_is_everything_that_the_page_needs(call, fan, official):
    state = await call("GET", "/state")
    assert set(state) == shape("State", "accounts")
    [account] = state["accounts"]
    assert account["target"] == "http://server/wechat"
    assert account["appid"] == official.keys.appid
    assert account["rights"]["custom"] is True
    assert [each["openid"] for each in state["followers"]["shop"]] == list(official.followers)
    assert state["options"]["deliveries"] == 3


async def test_an_account_changes_and_its_rights_with_it(call, official):
    answer = await call("PATCH", "/accounts/shop", {"kind": "subscription", "verified": False})
    assert answer["rights"]["custom"] is False
    assert official.kind == "subscription"
    assert await call("GET", "/accounts/shop") == answer
    assert await call("GET", "/accounts") == [answer]


async def test_a_bot_in_this_process_is_told(call, desk):
    told = []

    async def hear(account):
        told.append((account.kind, account.verified))

    desk.told = hear
    await call("PATCH", "/accounts/shop", {"verified": False})
    assert told == [("service", False)]


async def test_keys_are_renewed(call, official):
    before = official.keys.token
    answer = await call("POST", "/accounts/shop/keys", {"renew": "token"})
    assert answer["token"] == official.keys.token != before


async def test_the_server_is_verified(call, server):
    answer = await call("POST", "/accounts/shop/verify")
    assert answer["connected"] is False
    assert answer["reason"]["code"] == "echo"
    assert "byte for byte" in answer["reason"]["text"]
    assert (await call("GET", "/accounts/shop"))["connected"] is False


async def test_the_menu_is_made_seen_and_tapped(call, at, fan, official):
    menu = {"button": [{"type": "click", "name": "帮助", "key": "HELP"}]}
    assert (await call("GET", "/accounts/shop/menu"))["source"] == "none"
    made = await call("PUT", "/accounts/shop/menu", menu)
    assert (made["source"], made["button"][0]["key"]) == ("default", "HELP")
    rule = {"matchrule": {"client_platform_type": "2"}}
    official.menus.add_conditional(menu | rule)
    seen = await call("GET", "/accounts/shop/menu", openid=fan.openid)
    assert seen["source"] == "conditional"
    push = await call("POST", f"{at}/act", {"do": "tap", "path": [0]}, wait="true")
    assert push["event"] == "CLICK"
    await call("DELETE", "/accounts/shop/menu", status=204)
    assert (await call("GET", "/accounts/shop/menu"))["button"] == []


async def test_scenes_and_ledger(call):
    scene = await call("POST", "/accounts/shop/scenes", {"scene": "shop-42"})
    assert scene["ticket"].startswith("gQ")
    assert await call("GET", "/accounts/shop/scenes") == [scene]
    picture = await call("GET", scene["picture"])
    assert picture.headers["content-type"] == "image/png"
    assert picture.content == qrcodes.picture(scene["url"])
    unknown = "/accounts/shop/scenes/gQnone/picture"
    assert await code(call, "GET", unknown, status=404) == "unknown_media"
    ledger = {row["path"]: row for row in await call("GET", "/accounts/shop/ledger")}
    assert ledger["/cgi-bin/token"] == {"path": "/cgi-bin/token", "used": 0, "limit": 2000}


async def test_a_code_in_a_picture_is_recognised(call, at, official, world):
    scene = official.scenes.add("shop-42")
    kept = official.media.add(
        "image", "qr.png", "image/png", qrcodes.picture(scene.url), now=world.now()
    )
    for media_id, recognised in ((kept.media_id, "shop-42"), ("", None)):
        await call("POST", f"{at}/act", {"do": "image", "media_id": media_id}, status=202)
        [*_, entry] = await call("GET", f"{at}/screen")
        assert entry["content"]["scene"] == recognised


async def test_no_way_to_an_upload_lets_a_browser_run_it(call, client, stranger, official, world):
    page = b"<script>fetch('/simulator/api/state')</script>"
    headers = {"content-type": "text/html"}
    upload = "/simulator/api/accounts/shop/media?type=image&name=a.html"
    kept = (await client.post(upload, content=page, headers=headers)).json()
    token, _ = official.tokens.stable(world.now())
    ways = [
        "/simulator/api" + kept["url"],
        f"/simulator/weixin/simulator/shop/{kept['media_id']}/0",
        f"/simulator/weixin/cgi-bin/media/get?access_token={token}&media_id={kept['media_id']}",
    ]
    for way in ways:
        answer = await client.get(way)
        assert answer.content == page, way
        assert answer.headers["x-content-type-options"] == "nosniff", way
        assert answer.headers["content-security-policy"].startswith("sandbox;"), way


async def test_every_answer_of_the_api_is_for_reading_only(call, client, at, world):
    for path in ("/state", "/accounts", "/catalogue", f"{at}/screen", f"{at}/recording"):
        answer = await client.get(f"/simulator/api{path}")
        assert "sandbox" in answer.headers["content-security-policy"], path


async def test_a_file_s_name_stays_within_its_header(client, official, world):
    kept = official.media.add("image", 'a"\r\nX: b.png', "image/png", b"p", now=world.now())
    token, _ = official.tokens.stable(world.now())
    way = f"/simulator/weixin/cgi-bin/media/get?access_token={token}&media_id={kept.media_id}"
    answer = await client.get(way)
    assert answer.headers["content-disposition"] == 'attachment; filename="a___X: b.png"'


async def test_media_are_uploaded_and_played(call, world):
    samples = await call("GET", "/accounts/shop/media")
    assert {each["type"] for each in samples} == {"image", "voice", "video", "thumb"}
    kept = await call("POST", "/accounts/shop/media?type=image&name=a.png", b"bytes")
    assert (kept["name"], kept["size"], kept["sample"]) == ("a.png", 5, False)
    answer = await call("GET", kept["url"])
    assert answer.content == b"bytes"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    voice = next(each for each in samples if each["content_type"] == "audio/amr")
    assert (await call("GET", voice["url"])).headers["content-type"] == "audio/wav"
    world.skip(3 * 86_400)
    assert len(await call("GET", "/accounts/shop/media")) == len(samples)


# --- followers


async def test_a_new_follower_in_one_call(call):
    new = await call("POST", "/accounts/shop/followers", {"nickname": "小红"}, status=201)
    assert (new["nickname"], new["following"], new["last"]) == ("小红", True, None)
    assert new in await call("GET", "/accounts/shop/followers")
    stranger = await call("POST", "/accounts/shop/followers", {"following": False}, status=201)
    assert stranger["following"] is False


async def test_a_follower_is_renamed(call, at, fan):
    changed = await call("PATCH", at, {"nickname": "阿珍", "language": "en"})
    assert (changed["nickname"], fan.language) == ("阿珍", "en")


async def test_a_message_is_said_and_its_push_told_whole(call, at):
    push = await call("POST", f"{at}/act", {"do": "text", "text": "你好"}, wait="true")
    assert set(push) == shape("Push", "summary")
    assert (push["kind"], push["summary"]) == ("text", "你好")
    assert push["verdict"]["outcome"] == "acknowledged"
    assert set(push["verdict"]) == shape("Verdict", "outcome")
    [attempt] = push["attempts"]
    assert set(attempt) == shape("Attempt", "seconds")
    assert (attempt["end"], attempt["status"], attempt["number"]) == ("answered", 200, 1)
    assert attempt["request"]["plain"] == push["body"]
    assert push["fields"]["MsgId"] == push["message_id"]


async def test_without_waiting_the_number_of_the_push_comes_at_once(call, at, server):
    server.plans = [(99, b"")]
    number = (await call("POST", f"{at}/act", {"do": "text", "text": "你好"}, status=202))["push"]
    push = await call("GET", f"/pushes/{number}")
    assert (push["ended"], push["verdict"]) == (None, None)
    await asyncio.sleep(15.1)
    push = await call("GET", f"/pushes/{number}")
    assert push["verdict"]["outcome"] == "notice"
    assert push["verdict"]["reason"] == {
        "code": "late",
        "text": "no answer within 5.0 s, 3 times",
        "values": {"seconds": 5.0, "count": 3},
    }
    [*_, notice] = await call("GET", f"{at}/screen")
    assert set(notice) == shape("Entry", "via")
    assert notice["content"]["text"] == "该公众号提供的服务出现故障，请稍后再试"
    assert notice["content"]["reason"] == push["verdict"]["reason"]


async def test_the_screen_page_by_page(call, at, fan):
    for number in range(4):
        await call("POST", f"{at}/act", {"do": "text", "text": str(number)}, wait="true")
    page = await call("GET", f"{at}/screen", limit="2")
    assert [entry["content"]["text"] for entry in page] == ["2", "3"]
    page = await call("GET", f"{at}/screen", limit="2", before=page[0]["id"])
    assert [entry["content"]["text"] for entry in page] == ["0", "1"]
    await call("DELETE", f"{at}/screen", status=204)
    assert await call("GET", f"{at}/screen") == []


async def test_media_on_the_screen_have_addresses(call, at):
    for do in ("image", "voice", "video", "miniprogrampage"):
        await call("POST", f"{at}/act", {"do": do}, wait="true")
    contents = [entry["content"] for entry in await call("GET", f"{at}/screen")]
    for content in contents:
        url = content.get("url") or content["thumb_url"]
        assert (await call("GET", url)).content
    await call("POST", f"{at}/act", {"do": "image", "media_id": "nonsense"}, wait="true")
    [*_, unknown] = await call("GET", f"{at}/screen")
    assert unknown["content"]["url"] == ""


async def test_unread_and_read(call, at, world, fan):
    world.show(fan, "account", "custom", "text", {"text": "嗨"})
    [follower, *_] = await call("GET", "/accounts/shop/followers")
    assert (follower["unread"], follower["last"]["content"]["text"]) == (1, "嗨")
    assert (await call("POST", f"{at}/read"))["unread"] == 0


async def test_recordings_go_out_and_are_done_again(call, at, official, server):
    await call("POST", f"{at}/act", {"do": "unfollow"}, wait="true")
    await call("POST", f"{at}/act", {"do": "follow", "scene": "shop"}, wait="true")
    await call("POST", f"{at}/act", {"do": "text", "text": "你好"}, wait="true")
    recording = await call("GET", f"{at}/recording")
    assert recording.headers["content-type"].startswith("application/x-ndjson")
    assert "attachment" in recording.headers["content-disposition"]
    kept = [*read(recording.content.splitlines())]
    assert [each.fields.get("Event", "text") for each in kept] == [
        "unsubscribe",
        "subscribe",
        "text",
    ]
    assert {(each.path, each.reply) for each in kept} == {("/wechat", "success")}
    other = list(official)[1]
    path = f"/accounts/shop/followers/{other.openid}/recording"
    await call("POST", path, recording.content, status=202)
    await asyncio.sleep(0.1)
    assert [entry.kind for entry in other.screen] == ["event", "event", "text"]
    assert (other.following, other.scene) == (True, "shop")


async def test_a_recording_that_cannot_be_done_again_ends_quietly(call, at):
    recording = await call("GET", f"{at}/recording")
    await call("POST", f"{at}/act", {"do": "unfollow"}, wait="true")
    recording = await call("GET", f"{at}/recording")
    await call("POST", f"{at}/recording", recording.content, status=202)
    await asyncio.sleep(0.1)


async def test_only_a_bot_with_a_module_is_copied_as_a_test(call, at, desk):
    push = (await call("POST", f"{at}/act", {"do": "text", "text": "hi"}, wait="true"))["id"]
    for path in (f"{at}/test", f"/pushes/{push}/test"):
        assert await code(call, "GET", path, status=409) == "no_module"
    assert (await call("GET", "/accounts/shop"))["module"] is None
    desk.sources = {"shop": Source("shops", "accounts", "accounts['shop']")}
    assert (await call("GET", "/accounts/shop"))["module"] == "shops"
    for path in (f"{at}/test", f"/pushes/{push}/test"):
        text = (await call("GET", path))["text"]
        assert "from shops import accounts\n" in text
        assert "wechat(accounts['shop'], kind='service', verified=True) as chat" in text
        assert "assert await fan.says('hi') is None" in text


async def test_two_pushes_are_compared(call, at, server):
    server.plans[:] = [b"success", HttpAnswer(500, {}, b"")]
    first = (await call("POST", f"{at}/act", {"do": "text", "text": "hi"}, wait="true"))["id"]
    path = f"/pushes/{first}/difference"
    assert all(line[:2] == "  " for line in (await call("GET", path, **{"from": first}))["lines"])
    other = (await call("POST", f"{at}/act", {"do": "text", "text": "hi"}, wait="true"))["id"]
    lines = (await call("GET", f"/pushes/{other}/difference", **{"from": first}))["lines"]
    assert "- = acknowledged" in lines
    assert "+ = notice" in lines
    assert "+ status" in lines


# --- pushes and calls


async def test_a_push_is_replayed_resent_and_copied(call, at, server):
    first = await call("POST", f"{at}/act", {"do": "text", "text": "你好"}, wait="true")
    number = (await call("POST", f"/pushes/{first['id']}/replay", status=202))["push"]
    again = await call("GET", f"/pushes/{number}")
    assert (again["origin"], again["body"]) == (first["id"], first["body"])
    edited = {"body": first["body"].replace("你好", "改过")}
    number = (await call("POST", f"/pushes/{first['id']}/resend", edited, status=202))["push"]
    resent = await call("GET", f"/pushes/{number}")
    assert (resent["origin"], resent["fields"]["Content"]) == (first["id"], "改过")
    assert resent["message_id"] != first["message_id"]
    kept = {"body": first["body"], "fresh": False}
    number = (await call("POST", f"/pushes/{first['id']}/resend", kept, status=202))["push"]
    assert (await call("GET", f"/pushes/{number}"))["message_id"] == first["message_id"]
    assert "curl" in (await call("GET", f"/pushes/{first['id']}/curl"))["text"]


async def test_pushes_newest_first(call, at, official):
    other = list(official)[1].openid
    for text in ("一", "二"):
        await call("POST", f"{at}/act", {"do": "text", "text": text}, wait="true")
    say = {"do": "text", "text": "三"}
    await call("POST", f"/accounts/shop/followers/{other}/act", say, wait="true")
    pushes = await call("GET", "/pushes")
    assert [push["summary"] for push in pushes] == ["三", "二", "一"]
    assert len(await call("GET", "/pushes", openid=other)) == 1
    assert len(await call("GET", "/pushes", account="nobody")) == 0
    assert len(await call("GET", "/pushes", limit="1")) == 1


async def test_what_the_bot_knows_of_a_push(call, at, desk):
    push = await call("POST", f"{at}/act", {"do": "text", "text": "你好"}, wait="true")
    nothing = {"handler": None, "why": None, "session": None, "log": None}
    assert await call("GET", f"/pushes/{push['id']}/inside") == nothing

    async def inside(record):
        return nothing | {"why": record.summary}

    desk.inside = inside
    assert (await call("GET", f"/pushes/{push['id']}/inside"))["why"] == "你好"


async def test_api_calls_belong_to_the_push_before_them(call, client, at, fan, official, world):
    push = await call("POST", f"{at}/act", {"do": "text", "text": "你好"}, wait="true")
    token, _ = official.tokens.stable(world.now())
    body = {"touser": fan.openid, "msgtype": "text", "text": {"content": "嗨"}}
    path = f"/simulator/weixin/cgi-bin/message/custom/send?access_token={token}"
    assert (await client.post(path, json=body)).json()["errcode"] == 0
    [record] = await call("GET", "/calls", openid=fan.openid)
    assert set(record) == shape("Call", "errcode")
    assert await call("GET", f"/calls/{record['id']}") == record
    assert (await call("GET", f"/pushes/{push['id']}"))["calls"] == [record["id"]]
    [*_, entry] = await call("GET", f"{at}/screen")
    assert (entry["via"], entry["call"]) == ("custom", record["id"])


async def test_a_conversation_begins_again_from_any_point(call, at, desk):
    for text in ("一", "二"):
        await call("POST", f"{at}/act", {"do": "text", "text": text}, wait="true")
    entries = await call("GET", f"{at}/screen")
    told = await call("POST", f"{at}/restart", {"entry": entries[-1]["id"]}, status=201)
    assert told["next"] == {"do": "text", "text": "二", "item": None}
    fresh = told["follower"]["openid"]
    await asyncio.sleep(1)
    [entry] = await call("GET", f"/accounts/shop/followers/{fresh}/screen")
    assert entry["content"] == {"text": "一"}
    assert await code(call, "POST", f"{at}/restart", {"entry": "x"}, status=404) == "unknown_entry"


async def test_a_recording_is_opened(call):
    said = (
        "<xml><ToUserName>gh_1</ToUserName><FromUserName>oThen</FromUserName>"
        "<CreateTime>1</CreateTime><MsgType>text</MsgType><Content>你好</Content>"
        "<MsgId>1</MsgId></xml>"
    )
    exchange = Exchange(at=1.0, path="/", mode="plain", push=said, reply="success")
    [fan] = await call("POST", "/accounts/shop/recording", line_of(exchange), status=201)
    assert (fan["openid"], fan["last"]["content"]) == ("oThen", {"text": "你好"})
    [push] = await call("GET", "/pushes", openid="oThen")
    assert push["verdict"]["outcome"] == "acknowledged"
    broken = await code(call, "POST", "/accounts/shop/recording", b"{}", status=400)
    assert broken == "bad_recording"


# --- faults, options, clock, catalogue


async def test_faults_are_switched(call, at, official):
    faults = [{"kind": "delay", "times": 2, "openid": None, "values": {"seconds": 1.0}}]
    assert await call("PUT", "/accounts/shop/faults", faults) == faults
    push = await call("POST", f"{at}/act", {"do": "text", "text": "你好"}, wait="true")
    assert push["attempts"][0]["faults"] == ["delay"]
    state = await call("GET", "/state")
    assert state["faults"]["shop"][0]["times"] == 1
    assert await call("PUT", "/accounts/shop/faults", []) == []


async def test_options_are_set(call, world):
    assert (await call("PATCH", "/options", {"deliveries": 4}))["deliveries"] == 4
    assert world.options.deliveries == 4


async def test_the_clock_is_moved(call, world, official, fan):
    fan.windows.opened_by({"MsgType": "text"}, world.now())
    before = world.now()
    clock = await call("POST", "/clock", {"skip": 172_800})
    assert clock["skew"] == 172_800
    assert clock["now"] >= before + 172_800
    [follower, *_] = await call("GET", "/accounts/shop/followers")
    assert follower["window"] is None


async def test_a_server_with_a_clock_of_its_own_goes_by_it(call):
    assert (await call("GET", "/state"))["clock"]["paces"] == ["real"]
    for move in ({"pass": 5}, {"pace": "auto"}):
        assert await code(call, "POST", "/clock", move, status=409) == "real_time"
    assert (await call("POST", "/clock", {"pace": "real"}))["rate"] == 1


async def test_time_goes_faster_where_it_can(call, desk):
    loop = PacedLoop()
    desk.pace = Pace(loop, lambda: desk.delivering)
    clock = await call("POST", "/clock", {"pace": "tenfold"})
    assert (clock["pace"], clock["paces"]) == ("tenfold", ["real", "tenfold", "auto"])
    loop.renew()
    assert (await call("GET", "/state"))["clock"]["rate"] == 10
    await call("POST", "/clock", {"pass": 5})
    loop.renew()
    assert desk.pace.rate == FAST
    assert await code(call, "POST", "/clock", {"pace": "warp"}, status=400) == "bad_request"
    loop.close()


async def test_the_catalogue(call):
    catalogue = await call("GET", "/catalogue")
    faults = {fault.pop("kind"): fault for fault in catalogue["faults"]}
    assert faults["delay"] == {
        "group": "delivery",
        "text": "the push arrives late",
        "times": 1,
        "values": {"seconds": 3.0},
    }
    assert (faults["reply_late"]["group"], faults["reply_late"]["times"]) == ("reply", 3)
    click = {"name": "CLICK", "fields": {"EventKey": "HELP"}, "shown": True}
    assert click in catalogue["events"]
    assert all(option["text"] and option["source"] for option in catalogue["options"])
    assert {each["kind"] for each in catalogue["messages"]} >= {"text", "image"}


async def test_the_log_of_before_is_there_for_whoever_comes_late(call, desk):
    desk.log += [LogLine(float(number), "INFO", f"line {number}") for number in range(300)]
    assert (await call("GET", "/state"))["log"][0]["text"] == "line 100"
    newest = [line["text"] for line in await call("GET", "/log", limit=2)]
    assert newest == ["line 298", "line 299"]
    assert await call("GET", "/log", limit=0) == []


# --- the stream


class Stream:
    """Reads a stream of events from an ASGI application; httpx would wait for its end."""

    def __init__(self, app, headers):
        self.app = app
        self.headers = headers
        self.text = ""
        self.gone = asyncio.Event()
        self.status = 0

    async def __aenter__(self):
        self.task = asyncio.create_task(self.app(self.scope(), self.receive, self.send))
        await asyncio.sleep(0)
        return self

    async def __aexit__(self, *exception):
        self.gone.set()
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)

    def scope(self):
        raw = [(name.encode(), value.encode()) for name, value in self.headers.items()]
        return {
            "type": "http",
            "method": "GET",
            "path": "/simulator/api/events",
            "root_path": "",
            "query_string": b"lang=zh",
            "headers": [(b"host", b"127.0.0.1:8080"), *raw],
            "http_version": "1.1",
            "scheme": "http",
            "server": ("127.0.0.1", 8080),
            "client": ("127.0.0.1", 1),
        }

    async def receive(self):
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message):
        self.status = message.get("status", self.status)
        self.text += message.get("body", b"").decode()

    async def events(self):
        await asyncio.sleep(0.01)
        found = re.findall(r"id: (\d+)\nevent: (\w+)\ndata: (.*)\n\n", self.text)
        return [(int(number), kind, json.loads(data)) for number, kind, data in found]


@pytest.fixture
def watch(app, client):
    def watching(**headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return Stream(app, {"authorization": client.headers["authorization"], **named})

    return watching


async def test_every_change_comes_by_the_stream(watch, call, at, server):
    server.plans = [b"junk"]
    async with watch() as stream:
        await call("POST", f"{at}/act", {"do": "text", "text": "你好"}, wait="true")
        events = await stream.events()
    numbers = [number for number, _, _ in events]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    kinds = [kind for _, kind, _ in events]
    assert {"push", "entry", "follower"} <= set(kinds)
    pushes = [data for _, kind, data in events if kind == "push"]
    assert pushes[-1]["verdict"]["outcome"] == "notice"
    assert pushes[-1]["verdict"]["reason"]["text"] == "回复了 junk，而不是 XML"


async def test_the_stream_tells_of_everything_in_its_table(watch, call, at, world, official):
    async with watch() as stream:
        await call("PATCH", "/accounts/shop", {"nickname": "店"})
        await call("POST", f"{at}/read")
        await call("POST", f"{at}/act", {"do": "text", "text": "你好"}, wait="true")
        view = {"type": "view", "name": "a", "url": "https://a/"}
        await call("PUT", "/accounts/shop/menu", {"button": [view]})
        await call("PUT", "/accounts/shop/faults", [{"kind": "drop"}])
        await call("PATCH", "/options", {"resign": False})
        await call("POST", "/clock", {"skip": 1})
        world.feed.tell("log", LogLine(1.0, "INFO", "--> text"))
        world.feed.tell("problem", Raised("NameError", "x", (), ""))
        await call("DELETE", "/pushes", account="shop", status=204)
        told = {kind: data for _, kind, data in await stream.events()}
    documented = set(re.findall(r"^\| `(\w+)` \| .* \| ", section("State and stream"), re.M))
    assert set(told) == documented - {"reset", "call"}
    assert told["menu"] == {"account": "shop"}
    assert told["faults"]["faults"][0]["kind"] == "drop"
    assert told["log"] == {"at": 1.0, "level": "INFO", "text": "--> text"}


async def test_whoever_comes_back_gets_what_was_missed(watch, call, at, world):
    await call("POST", f"{at}/read")
    last = world.feed.last
    await call("POST", f"{at}/read")
    async with watch(last_event_id=str(last)) as stream:
        events = await stream.events()
    assert [number for number, _, _ in events] == [last + 1]


async def test_whoever_was_away_too_long_begins_anew(watch, world, fan):
    for _ in range(2100):
        world.feed.tell("follower", fan)
    async with watch(last_event_id="1") as stream:
        [(number, kind, _)] = await stream.events()
    assert (number, kind) == (world.feed.last, "reset")


async def test_a_number_of_an_earlier_run_begins_anew(watch):
    async with watch(last_event_id="99999") as stream:
        [(_, kind, _)] = await stream.events()
    assert kind == "reset"


async def test_a_quiet_stream_stays_alive(watch):
    async with watch() as stream:
        await asyncio.sleep(31)
        assert stream.text.count(": quiet\n\n") == 2


# --- the documentation


def section(heading):
    return GUIDE.partition(f"## {heading}\n")[2].partition("\n## ")[0]


def shape(name, member):
    """The members of a documented shape: the first JSON block that has this one."""
    part = GUIDE.partition("## State and stream")[2]
    if name != "State":
        part = part.partition(f"### {name}\n")[2]
    block = next(each for each in re.findall(r"```json\n(.*?)```", part, re.S) if member in each)
    depth = 0
    found = set()
    for token in re.finditer(r'[{}\[\]]|"((?:\w|\.)+)":', block):
        if token[0] in "{[":
            depth += 1
        elif token[0] in "}]":
            depth -= 1
        elif depth == 1:
            found.add(token[1])
    return found


@pytest.mark.parametrize(("method", "path", "handler"), CALLS, ids=lambda each: str(each))
def test_every_call_is_documented(method, path, handler):
    told = path.replace("{account}", "{id}").replace("{push}", "{id}").replace("{call}", "{id}")
    lines = [line for line in GUIDE.splitlines() if told in line or path in line]
    assert any(method in line for line in lines), (method, told)


def test_every_action_is_documented():
    rows = re.findall(r"^\| (`\w+`(?:, `\w+`)*) \| ", section("Followers and what they do"), re.M)
    told = {name.strip("` ") for row in rows for name in row.split(",")}
    made = {
        action.__struct_config__.tag
        for action in vars(actions).values()
        if isinstance(action, type)
        and issubclass(action, actions.Action)
        and action is not actions.Action
    }
    assert made <= told


async def test_the_shapes_of_accounts_and_followers_are_the_documented_ones(call):
    state = await call("GET", "/state")
    assert set(state["accounts"][0]) == shape("Account", "kind")
    assert set(state["followers"]["shop"][0]) == shape("Follower", "unread")


class TestWhoComesBySpentAddress:
    """They are told so, and another address is printed: one in ten seconds."""

    @pytest.fixture
    def printed(self):
        return []

    @pytest.fixture
    def moments(self):
        return [100.0]

    @pytest.fixture
    async def page(self, desk, server, printed, moments):
        app = HttpApp(desk, path="/simulator", renew=lambda: printed.append(app.address(HOST)))
        app.guard._now = lambda: moments[0]
        transport = httpx.ASGITransport(app)
        headers = {"accept-language": "en"}
        async with httpx.AsyncClient(transport=transport, base_url=HOST, headers=headers) as client:
            yield lambda address, **how: client.get(address, **how), app, client

    async def test_a_spent_one_prints_another_that_is_good(self, page, printed):
        get, app, client = page
        spent = app.address(HOST)
        assert (await get(spent)).status_code == 303
        client.cookies.clear()
        answer = await get(spent)
        assert answer.status_code == 403
        assert "was just printed in the terminal" in answer.text
        assert (await get(printed[0])).status_code == 303

    async def test_without_a_session_one_is_printed_too(self, page, printed):
        get, *_ = page
        answer = await get("/simulator/")
        assert answer.status_code == 401
        assert "was just printed" in answer.text
        assert len(printed) == 1

    async def test_no_more_than_one_in_ten_seconds(self, page, printed, moments):
        get, *_ = page
        for moment, count in ((100.0, 1), (109.9, 1), (110.0, 2)):
            moments[0] = moment
            await get("/simulator/?token=spent")
            assert len(printed) == count

    @pytest.mark.parametrize(
        ("path", "headers"),
        [
            ("/simulator/", {"host": "evil.example"}),
            ("/simulator/", {"origin": "http://evil.example"}),
            ("/simulator/api/state", {}),
        ],
    )
    async def test_other_sites_and_programs_print_nothing(self, page, printed, path, headers):
        get, *_ = page
        assert (await get(path, headers=headers)).status_code in (401, 403)
        assert printed == []

    async def test_whoever_has_a_session_comes_in_by_a_spent_one(self, page, printed):
        get, app, client = page
        spent = app.address(HOST)
        await get(spent)
        assert (await get(spent)).status_code == 303
        assert printed == []
        [cookie] = [each for each in client.cookies.jar if each.name == app.sessions.cookie]
        assert cookie.path == "/simulator/"
        assert 6.9 < (cookie.expires - time.time()) / 86_400 <= 7
