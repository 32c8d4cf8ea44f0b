"""WeChat's API for scripts without a bot, and docs/client.md, which shows how they are tested."""

import asyncio
import re
from pathlib import Path

import pytest

from yizhan.api import AsyncClient, CallReport, Client
from yizhan.errors import APIError, CallerError, Unreachable, UserStateError
from yizhan.testing import FakeWeChat

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("client.md", "client.zh-CN.md")
TEXT = {"msgtype": "text", "text": {"content": "你好"}}


@pytest.fixture
def wechat():
    return FakeWeChat()


@pytest.fixture
def api(wechat):
    with Client(wechat.appid, wechat.secret, transport=wechat) as api:
        yield api


@pytest.mark.parametrize("page", PAGES)
def test_the_page_s_script_and_its_tests(page):
    found = {}
    for block in re.findall(r"```python\n(.*?)```", (DOCS / page).read_text("utf-8"), re.S):
        exec(block, found)  # noqa: S102  # our own page
    tests = [name for name in found if name.startswith("test_")]
    assert len(tests) == 2
    for name in tests:
        found[name]()
    found["note"](CallReport("/x", 1.0, 0, 1))
    assert found["count"] == {("/x", 0): 1}
    found["counted"]("wx", "s").close()


def test_a_follower_sees_what_is_sent_and_what_was_done_is_there(wechat, api):
    fan = wechat.user("小明")
    api.message.custom.send(touser=fan, **TEXT)
    tag = api.tags.create(tag={"name": "VIP"})["tag"]["id"]
    api.tags.members.batchtagging(openid_list=[fan], tagid=tag)
    assert wechat.screen(fan) == ["你好"]
    assert api.user.info(openid=fan)["tagid_list"] == [tag]


def test_one_client_after_another_finds_everything_as_it_was(wechat):
    for count in (1, 2):
        with Client(wechat.appid, wechat.secret, transport=wechat) as api:
            api.tags.create(tag={"name": f"t{count}"})
            assert len([tag for tag in api.tags.get()["tags"] if tag["name"][0] == "t"]) == count


def test_windows_close_and_open(wechat, api):
    fan = wechat.user()
    wechat.skip(49 * 3600)
    with pytest.raises(UserStateError, match="45015"):
        api.message.custom.send(touser=fan, **TEXT)
    wechat.writes(fan)
    api.message.custom.send(touser=fan, **TEXT)


def test_arguments_are_checked(api):
    with pytest.raises(CallerError, match="47001"):
        api.post("/cgi-bin/tags/create", json={"tag": "?"})


def test_rights_are_checked():
    wechat = FakeWeChat(kind="subscription", verified=False)
    api = Client(wechat.appid, wechat.secret, transport=wechat)
    with api, pytest.raises(APIError, match="48001"):
        api.message.template.send(touser=wechat.user(), template_id="T", data={})


def test_faults_strike_as_often_as_is_said(wechat, api):
    wechat.fault("api_error", errcode=45009)
    with pytest.raises(APIError, match="45009"):
        api.tags.get()
    wechat.fault("api_lost", times=3)
    with pytest.raises(Unreachable):
        api.tags.get()
    api.tags.get()


def test_a_template_and_a_visitor(wechat, api):
    fan = wechat.user()
    wechat.template("T", "预约：{{thing1.DATA}}")
    api.message.template.send(touser=fan, template_id="T", data={"thing1": {"value": "洗牙"}})
    assert wechat.screen(fan)[0].content["text"] == "预约：洗牙"
    assert api.call("/sns/oauth2/access_token", code=wechat.visitor(fan))["openid"] == fan


def test_a_visitor_who_has_agreed_tells_who_they_are(wechat, api):
    code = wechat.visitor(wechat.user("小明"), "snsapi_userinfo")
    tokens = api.sns.oauth2.access_token(code=code)
    told = api.sns.userinfo(access_token=tokens["access_token"], openid=tokens["openid"])
    assert told["nickname"] == "小明"


def test_one_who_has_just_written_may_be_shown_that_somebody_types(wechat, api):
    fan = wechat.user()
    api.message.custom.typing(touser=fan, command="Typing")
    wechat.skip(60)
    with pytest.raises(UserStateError, match="45080"):
        api.message.custom.typing(touser=fan, command="Typing")


def test_coroutines_use_it_too(wechat):
    async def script():
        async with AsyncClient(wechat.appid, wechat.secret, transport=wechat) as api:
            return await api.user.info(openid=wechat.user("小红"))

    assert asyncio.run(script())["subscribe"] == 1


def test_a_wrong_secret_is_refused(wechat):
    api = Client(wechat.appid, "0" * 32, transport=wechat)
    with api, pytest.raises(APIError, match="AppSecret"):
        api.tags.get()


def test_a_picture_at_an_address_is_there(wechat, api, tmp_path):
    url = api.media.uploadimg(media=b"\x89PNG\r\n\x1a\n")["url"]
    assert api.fetch(url, tmp_path / "picture.png").read_bytes() == b"\x89PNG\r\n\x1a\n"
