"""The fake api.weixin.qq.com: what the real one would answer, errors earned and on demand."""

import json
from urllib.parse import quote, urlencode

import pytest

from yizhan.api import AsyncClient
from yizhan.errors import Unreachable
from yizhan.simulator import actions
from yizhan.simulator.api import ApiApp, FakeApi
from yizhan.simulator.api.table import HANDLERS, TOKENLESS
from yizhan.simulator.faults import Fault
from yizhan.simulator.samples import samples

BASE = "https://api.weixin.qq.com"
HOUR = 3600.0


@pytest.fixture
def call(api, official, world):
    """Calls the API as a script would: by path, with a good token unless told."""

    async def called(path, body=None, *, token=None, method=None, files=None, raw=None, **query):
        if token is None and path not in TOKENLESS:
            token, _ = official.tokens.stable(world.now())
        given = {**({"access_token": token} if token else {}), **query}
        headers, content = {}, None
        if files is not None:
            headers, content = form(**files)
        elif raw is not None:
            content = raw
        elif body is not None:
            content = json.dumps(body, ensure_ascii=False).encode()
        method = method or ("GET" if content is None else "POST")
        url = f"{BASE}{path}?{urlencode(given)}"
        response = await api.send(method, url, headers, content)
        assert response.status == 200
        try:
            return json.loads(response.body)
        except ValueError:
            return response

    return called


def form(name="media", filename="a.png", data=b"bytes", **texts):
    parts = b"".join(
        f'--b\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{text}\r\n'.encode()
        for key, text in texts.items()
    )
    head = f'--b\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
    body = parts + head.encode() + b"Content-Type: x/y\r\n\r\n" + data + b"\r\n--b--\r\n"
    return {"content-type": "multipart/form-data; boundary=b"}, body


def code(answer):
    return answer.get("errcode", 0)


# --- tokens (protocol.md G1)


@pytest.fixture
def token(call, official):
    def asked(path="/cgi-bin/token", **changes):
        keys = {
            "grant_type": "client_credential",
            "appid": official.keys.appid,
            "secret": official.keys.secret,
        } | changes
        if path == "/cgi-bin/token":
            return call(path, **{key: value for key, value in keys.items() if value is not None})
        return call(path, {key: value for key, value in keys.items() if value is not None})

    return asked


STABLE = "/cgi-bin/stable_token"


async def test_each_call_gives_a_new_token_and_the_one_before_lives_five_minutes(
    token, call, world
):
    first, second = await token(), await token()
    assert first["expires_in"] == 7200
    assert first["access_token"] != second["access_token"]
    assert "ip_list" in await call("/cgi-bin/getcallbackip", token=first["access_token"])
    world.skip(299)
    assert "ip_list" in await call("/cgi-bin/getcallbackip", token=first["access_token"])
    world.skip(1)
    assert code(await call("/cgi-bin/getcallbackip", token=first["access_token"])) == 40001
    assert "ip_list" in await call("/cgi-bin/getcallbackip", token=second["access_token"])


async def test_the_stable_token_stays_until_its_last_five_minutes(token, call, world):
    first = await token(STABLE)
    world.skip(6899)
    again = await token(STABLE)
    assert again == {"access_token": first["access_token"], "expires_in": 301}
    world.skip(1)
    fresh = await token(STABLE)
    assert fresh["access_token"] != first["access_token"]
    assert "ip_list" in await call("/cgi-bin/getcallbackip", token=first["access_token"])
    world.skip(300)
    assert code(await call("/cgi-bin/getcallbackip", token=first["access_token"])) == 42001


async def test_a_forced_refresh_ends_the_old_token_at_once(token, call, world):
    first = await token(STABLE)
    forced = await token(STABLE, force_refresh=True)
    assert forced["access_token"] != first["access_token"]
    assert code(await call("/cgi-bin/getcallbackip", token=first["access_token"])) == 40001
    assert await token(STABLE, force_refresh=True) == forced
    world.skip(30)
    assert (await token(STABLE, force_refresh=True))["access_token"] != forced["access_token"]


async def test_twenty_forced_refreshes_a_day(token, world):
    for _ in range(20):
        assert "access_token" in await token(STABLE, force_refresh=True)
        world.skip(30)
    assert code(await token(STABLE, force_refresh=True)) == 45009
    world.skip(24 * HOUR)
    assert "access_token" in await token(STABLE, force_refresh=True)


async def test_the_two_families_do_not_end_each_other(token, call, world):
    stable = await token(STABLE)
    for _ in range(3):
        await token()
        world.skip(400)
    assert "ip_list" in await call("/cgi-bin/getcallbackip", token=stable["access_token"])


@pytest.mark.parametrize("path", ["/cgi-bin/token", STABLE])
@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"grant_type": "password"}, 40002),
        ({"appid": "wx0000000000000000"}, 40013),
        ({"appid": None}, 41002),
        ({"secret": None}, 41004),
        ({"secret": "515151515100000000000000000000ff"}, 40125),
    ],
)
async def test_wrong_credentials(token, path, changes, expected):
    answer = await token(path, **changes)
    assert code(answer) == expected
    assert " rid: " in answer["errmsg"]


async def test_a_real_looking_secret_is_refused_and_not_remembered(token, world):
    secret = "0123456789abcdef0123456789abcdef"
    for path in ("/cgi-bin/token", STABLE):
        answer = await token(path, secret=secret)
        assert "real AppSecret" in answer["errmsg"]
    assert secret not in repr(list(world.calls))


async def test_a_new_secret_ends_every_token(token, call, official):
    before = await token(STABLE)
    official.renew("secret")
    assert code(await call("/cgi-bin/getcallbackip", token=before["access_token"])) == 40001
    assert "access_token" in await token(STABLE)


@pytest.mark.parametrize(("given", "expected"), [("", 41001), ("nonsense", 40014)])
async def test_no_token_and_a_foreign_one(api, given, expected):
    url = f"{BASE}/cgi-bin/getcallbackip" + (f"?access_token={given}" if given else "")
    assert code(json.loads((await api.send("GET", url, {}, None)).body)) == expected


async def test_the_daily_quota_and_its_clearing(call, official, world):
    official.ledger.spend("/cgi-bin/menu/get", official.kind, world.now())
    assert code(await call("/cgi-bin/menu/get")) == 45009
    quota = await call("/cgi-bin/openapi/quota/get", {"cgi_path": "/cgi-bin/menu/get"})
    assert quota["quota"] == {"daily_limit": 10_000, "used": 10_000, "remain": 0}
    assert code(await call("/cgi-bin/clear_quota", {"appid": official.keys.appid})) == 0
    assert code(await call("/cgi-bin/menu/get")) == 46003
    for _ in range(9):
        await call("/cgi-bin/clear_quota", {"appid": official.keys.appid})
    assert code(await call("/cgi-bin/clear_quota", {"appid": official.keys.appid})) == 48006


async def test_a_new_day_has_a_new_quota(call, official, world):
    official.ledger.spend("/cgi-bin/menu/get", official.kind, world.now())
    world.skip(24 * HOUR)
    assert code(await call("/cgi-bin/menu/get")) == 46003


async def test_the_address_list(call, official):
    official.ip_list = ("10.0.0.1",)
    answer = await call("/cgi-bin/getcallbackip")
    assert code(answer) == 40164
    assert "127.0.0.1 ipv6 ::ffff:127.0.0.1, not in whitelist" in answer["errmsg"]


# --- rights (protocol.md G4)


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
        "qrcode": await call("/cgi-bin/qrcode/create", qr("QR_LIMIT_STR_SCENE", "a")),
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
    assert await call("/cgi-bin/template/get_all_private_template") == {
        "errcode": 0,
        "errmsg": "ok",
        "template_list": [],
    }
    assert code(await call("/cgi-bin/message/template/send", {})) != 0


def test_every_behaviour_belongs_to_a_described_endpoint():
    from yizhan.api.platform import endpoint

    assert [path for path in HANDLERS if endpoint(path) is None] == []


# --- customer-service messages (protocol.md F)


def text_to(openid, content="你好", **more):
    return {"touser": openid, "msgtype": "text", "text": {"content": content}, **more}


SEND = "/cgi-bin/message/custom/send"


@pytest.fixture
async def fan(connect):
    """A follower who has just said something."""
    phone, _ = connect()
    phone.do(actions.Say("在吗"))
    return phone


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


# --- menu (protocol.md H)

CLICK = {"type": "click", "name": "帮助", "key": "HELP"}
VIEW = {"type": "view", "name": "官网", "url": "https://example.com/"}
MORE = {"name": "更多", "sub_button": [CLICK, VIEW]}
CREATE = "/cgi-bin/menu/create"


def button(**changes):
    return {"button": [{**CLICK, **changes}]}


def sub(**changes):
    return {"button": [{"name": "更多", "sub_button": [{**CLICK, **changes}]}]}


@pytest.mark.parametrize(
    ("menu", "expected"),
    [
        ({"button": [CLICK, MORE]}, 0),
        ({"button": [CLICK] * 4}, 40016),
        ({"button": []}, 40016),
        ({}, 40016),
        (button(type="dance"), 40017),
        (button(name="一二三四五六"), 40018),
        (button(name=""), 40018),
        (button(key="k" * 129), 40019),
        (button(key=None), 40019),
        ({"button": [{**VIEW, "url": "https://a/" + "x" * 1024}]}, 40020),
        ({"button": [{**VIEW, "url": "ftp://a/"}]}, 40055),
        ({"button": [{"name": "更多", "sub_button": [MORE]}]}, 40022),
        ({"button": [{"name": "更多", "sub_button": [CLICK] * 6}]}, 40023),
        (sub(key=""), 40026),
        ({"button": [{"name": "m", "sub_button": [{**VIEW, "url": "x"}]}]}, 40054),
        ({"button": [{"type": "media_id", "name": "图"}]}, 40007),
        ({"button": [{"type": "miniprogram", "name": "程", "url": "https://a/"}]}, 40013),
    ],
)
async def test_the_limits_of_a_menu(call, menu, expected):
    assert code(await call(CREATE, menu)) == expected


async def test_a_menu_with_escapes_is_refused(call):
    assert code(await call(CREATE, raw=json.dumps({"button": [CLICK]}).encode())) == 40033


async def test_a_menu_is_created_read_and_deleted(call):
    assert code(await call("/cgi-bin/menu/get")) == 46003
    await call(CREATE, {"button": [CLICK, MORE]})
    found = await call("/cgi-bin/menu/get")
    assert found["menu"]["button"][0] == {**CLICK, "sub_button": []}
    assert found["menu"]["button"][1]["sub_button"][1]["url"] == VIEW["url"]
    info = await call("/cgi-bin/get_current_selfmenu_info")
    assert info["is_menu_open"] == 1
    assert info["selfmenu_info"]["button"][1]["sub_button"]["list"][0]["key"] == "HELP"
    assert code(await call("/cgi-bin/menu/delete")) == 0
    assert code(await call("/cgi-bin/menu/get")) == 46003


async def test_conditional_menus(call, official):
    fan, other = official.add_follower(), official.add_follower()
    add = "/cgi-bin/menu/addconditional"
    assert code(await call(add, {"button": [VIEW], "matchrule": {"tag_id": "100"}})) == 65303
    await call(CREATE, {"button": [CLICK]})
    tag = (await call("/cgi-bin/tags/create", {"tag": {"name": "老客户"}}))["tag"]
    rule = {"tag_id": str(tag["id"])}
    assert code(await call(add, {"button": [VIEW], "matchrule": {}})) == 65304
    menu_id = (await call(add, {"button": [VIEW], "matchrule": rule}))["menuid"]
    tagging = {"openid_list": [fan.openid], "tagid": tag["id"]}
    assert code(await call("/cgi-bin/tags/members/batchtagging", tagging)) == 0
    match = "/cgi-bin/menu/trymatch"
    assert (await call(match, {"user_id": fan.openid}))["button"][0]["name"] == "官网"
    assert (await call(match, {"user_id": other.openid}))["button"][0]["name"] == "帮助"
    assert code(await call(match, {"user_id": "oNobody"})) == 65302
    assert len((await call("/cgi-bin/menu/get"))["conditionalmenu"]) == 1
    delete = "/cgi-bin/menu/delconditional"
    assert code(await call(delete, {"menuid": menu_id})) == 0
    assert code(await call(delete, {"menuid": menu_id})) == 65301


# --- media (protocol.md I3)

UPLOAD = "/cgi-bin/media/upload"
VIDEO = '{"title": "t", "introduction": "i"}'


@pytest.mark.parametrize(
    ("kind", "file", "expected"),
    [
        ("image", {}, 0),
        ("image", {"filename": "a"}, 40113),
        ("image", {"filename": "a.exe"}, 40113),
        ("image", {"data": b""}, 44001),
        ("image", {"data": b"x" * (10 * 1024 * 1024 + 1)}, 40009),
        ("voice", {"filename": "a.amr", "data": b"x" * (2 * 1024 * 1024 + 1)}, 40010),
        ("thumb", {"filename": "a.jpg", "data": b"x" * (64 * 1024 + 1)}, 40012),
        ("sticker", {}, 40004),
    ],
)
async def test_what_may_be_uploaded(call, kind, file, expected):
    assert code(await call(UPLOAD, files=file, type=kind)) == expected


async def test_an_upload_without_a_file(call):
    assert code(await call(UPLOAD, {"media": "x"}, type="image")) == 41005


@pytest.mark.parametrize("data", [b"\r\n--", b"\r\n", b"\x00\r\n\r\n\xff" * 9])
async def test_an_upload_comes_back_for_three_days(call, world, data):
    media_id = (await call(UPLOAD, files={"data": data}, type="image"))["media_id"]
    response = await call("/cgi-bin/media/get", media_id=media_id)
    assert response.body == data
    assert response.headers["content-disposition"] == 'attachment; filename="a.png"'
    world.skip(72 * HOUR)
    assert code(await call("/cgi-bin/media/get", media_id=media_id)) == 40007


async def test_a_thumb_has_a_name_of_its_own_and_a_video_an_address(call, api):
    thumb = await call(UPLOAD, files={"filename": "a.jpg"}, type="thumb")
    assert "thumb_media_id" in thumb
    assert "media_id" not in thumb
    video = await call(UPLOAD, files={"filename": "a.mp4", "data": b"film"}, type="video")
    address = (await call("/cgi-bin/media/get", media_id=video["media_id"]))["video_url"]
    assert (await api.send("GET", address, {}, None)).body == b"film"


async def test_material_stays_and_is_counted(call, world):
    added = await call("/cgi-bin/material/add_material", files={"description": VIDEO}, type="image")
    assert added["url"].startswith("http")
    world.skip(999 * HOUR)
    assert (await call("/cgi-bin/material/get_materialcount"))["image_count"] == 1
    assert code(await call("/cgi-bin/material/del_material", {"media_id": added["media_id"]})) == 0
    assert (await call("/cgi-bin/material/get_materialcount"))["image_count"] == 0


async def test_the_picture_that_a_follower_sends_can_be_fetched(api, connect, official):
    phone, _ = connect()
    [push] = phone.do(actions.SendImage())
    response = await api.send("GET", str(push.fields["PicUrl"]), {}, None)
    assert response.body == official.media.sample("image").data
    assert (await api.send("GET", "http://x/simulator/a/b/0", {}, None)).status == 404


def test_the_samples_are_what_they_say():
    found = {sample.name: sample.data[:12] for sample in samples()}
    assert found["picture.png"].startswith(b"\x89PNG")
    assert found["voice.amr"].startswith(b"#!AMR\n")
    assert found["voice.mp3"].startswith(b"\xff\xfb")
    assert found["video.mp4"][4:8] == b"ftyp"
    assert found["thumb.jpg"].startswith(b"\xff\xd8\xff")
    assert all(len(sample.data) < 64 * 1024 for sample in samples())


# --- QR codes (protocol.md I6)


def qr(action, scene, **more):
    key = "scene_str" if "STR" in action else "scene_id"
    return {"action_name": action, "action_info": {"scene": {key: scene}}, **more}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (qr("QR_SCENE", 42), 0),
        (qr("QR_SCENE", 2**32), 40129),
        (qr("QR_LIMIT_SCENE", 100_000), 0),
        (qr("QR_LIMIT_SCENE", 100_001), 40129),
        (qr("QR_STR_SCENE", "shop-42"), 0),
        (qr("QR_STR_SCENE", "x" * 65), 40129),
        (qr("QR_STR_SCENE", ""), 40129),
        (qr("QR_DANCE", 1), 40052),
        ({"action_name": "QR_SCENE"}, 40053),
    ],
)
async def test_what_a_scene_may_be(call, body, expected):
    assert code(await call("/cgi-bin/qrcode/create", body)) == expected


async def test_a_temporary_code_ends(call, api, world, official):
    made = await call("/cgi-bin/qrcode/create", qr("QR_STR_SCENE", "a", expire_seconds=60))
    assert made["expire_seconds"] == 60
    show = f"https://mp.weixin.qq.com/cgi-bin/showqrcode?ticket={quote(made['ticket'])}"
    assert (await api.send("GET", show, {}, None)).headers["content-type"] == "image/jpg"
    world.skip(60)
    assert b"40129" in (await api.send("GET", show, {}, None)).body


async def test_a_scan_carries_the_ticket_of_its_code(call, connect):
    made = await call("/cgi-bin/qrcode/create", qr("QR_LIMIT_STR_SCENE", "shop-42"))
    phone, _ = connect()
    [scan] = phone.do(actions.Scan("shop-42"))
    assert (scan.fields["EventKey"], scan.fields["Ticket"]) == ("shop-42", made["ticket"])
    phone.do(actions.Unfollow())
    [follow] = phone.do(actions.Scan("shop-42"))
    assert follow.event == "subscribe"
    assert follow.fields["EventKey"] == "qrscene_shop-42"
    info = await call("/cgi-bin/user/info", openid=phone.follower.openid)
    assert (info["subscribe_scene"], info["qr_scene_str"]) == ("ADD_SCENE_QR_CODE", "shop-42")


# --- followers and tags (protocol.md I5)


async def test_what_is_told_of_a_follower(call, official):
    fan = official.add_follower("小明")
    info = await call("/cgi-bin/user/info", openid=fan.openid)
    assert (info["subscribe"], info["openid"]) == (1, fan.openid)
    assert "nickname" not in info
    fan.following = False
    info = await call("/cgi-bin/user/info", openid=fan.openid)
    assert info == {"subscribe": 0, "openid": fan.openid}
    assert code(await call("/cgi-bin/user/info", openid="oNobody")) == 40003


async def test_the_list_of_followers(call, official):
    fans = [official.add_follower().openid for _ in range(3)]
    official.add_follower(following=False)
    found = await call("/cgi-bin/user/get")
    assert (found["total"], found["data"]["openid"]) == (3, fans)
    rest = await call("/cgi-bin/user/get", next_openid=fans[0])
    assert rest["data"]["openid"] == fans[1:]
    assert (await call("/cgi-bin/user/get", next_openid=fans[2]))["count"] == 0
    batch = {"user_list": [{"openid": openid} for openid in fans]}
    assert len((await call("/cgi-bin/user/info/batchget", batch))["user_info_list"]) == 3


async def test_remarks_and_tags(call, official):
    fan = official.add_follower()
    remark = {"openid": fan.openid, "remark": "老王"}
    assert code(await call("/cgi-bin/user/info/updateremark", remark)) == 0
    assert fan.remark == "老王"
    create = "/cgi-bin/tags/create"
    tag = (await call(create, {"tag": {"name": "客户"}}))["tag"]
    assert code(await call(create, {"tag": {"name": "客户"}})) == 45157
    assert code(await call(create, {"tag": {"name": "长" * 11}})) == 45158
    renamed = {"tag": {"id": tag["id"], "name": "老客户"}}
    assert code(await call("/cgi-bin/tags/update", renamed)) == 0
    tagging = {"openid_list": [fan.openid], "tagid": tag["id"]}
    await call("/cgi-bin/tags/members/batchtagging", tagging)
    assert (await call("/cgi-bin/tags/getidlist", {"openid": fan.openid}))["tagid_list"] == fan.tags
    found = await call("/cgi-bin/user/tag/get", {"tagid": tag["id"], "next_openid": ""})
    assert found["data"]["openid"] == [fan.openid]
    assert (await call("/cgi-bin/tags/get"))["tags"] == [
        {"id": tag["id"], "name": "老客户", "count": 1}
    ]
    await call("/cgi-bin/tags/members/batchuntagging", tagging)
    assert fan.tags == []
    assert code(await call("/cgi-bin/tags/delete", {"tag": {"id": tag["id"]}})) == 0
    assert code(await call("/cgi-bin/tags/delete", {"tag": {"id": tag["id"]}})) == 45159


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
