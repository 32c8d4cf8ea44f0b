"""Web OAuth: to WeChat and back, with a state that nobody can plant."""

from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from api.described import OPENID
from api.wechat_api import WeChatApi, refuses, says
from yizhan.api import AsyncClient
from yizhan.api.login import Identity, Login, local_path
from yizhan.errors import LoginError

APPID, SECRET = "wx0123456789abcdef", "0123456789abcdef0123456789abcdef"
HERE = "https://shop.example/login"
GIVEN = {
    "access_token": "user-token",
    "expires_in": 7200,
    "refresh_token": "user-refresh",
    "openid": OPENID,
    "scope": "snsapi_base",
}


@pytest.fixture
def wechat():
    return WeChatApi()


@pytest.fixture
async def login(wechat):
    async with AsyncClient(APPID, SECRET, transport=wechat) as client:
        yield Login(client, HERE)


@pytest.fixture
async def browser(login):
    async def enter(request: Request):
        try:
            return await login(request, welcome)
        except LoginError as error:
            return JSONResponse({"error": error.phrase}, 403)

    async def welcome(identity, next):
        return JSONResponse({"openid": identity.openid, "next": next})

    app = Starlette(routes=[Route("/login", enter)])
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="https://shop.example") as browser:
        yield browser


async def leave(browser, next="/orders?n=1"):
    """Go to WeChat; the query that it is asked with."""
    response = await browser.get("/login", params={"next": next})
    assert response.status_code == 302
    return response, parse_qs(urlsplit(response.headers["location"]).query)


async def test_a_visitor_is_sent_to_wechat(browser):
    response, asked = await leave(browser)
    location = response.headers["location"]
    assert location.startswith("https://open.weixin.qq.com/connect/oauth2/authorize?appid=")
    assert location.endswith("#wechat_redirect")
    assert list(asked) == ["appid", "redirect_uri", "response_type", "scope", "state"]
    assert asked["redirect_uri"] == [HERE]
    assert asked["scope"] == ["snsapi_base"]
    cookie = response.headers["set-cookie"].lower()
    assert all(word in cookie for word in ("httponly", "secure", "samesite=lax", "max-age=600"))


async def test_and_comes_back_as_somebody(browser, wechat):
    _, asked = await leave(browser)
    wechat.script = [says(**GIVEN)]
    response = await browser.get("/login", params={"code": "c1", "state": asked["state"][0]})
    assert response.json() == {"openid": OPENID, "next": "/orders?n=1"}
    assert 'yizhan_login=""' in response.headers["set-cookie"]
    assert wechat.seen[-1].query == {
        "appid": APPID,
        "secret": SECRET,
        "code": "c1",
        "grant_type": "authorization_code",
    }


@pytest.mark.parametrize("state", ["", "0" * 32, "x", "你"])
async def test_a_state_from_elsewhere_is_refused(browser, wechat, state):
    await leave(browser)
    response = await browser.get("/login", params={"code": "c1", "state": state})
    assert response.json() == {"error": "login.state"}
    assert wechat.seen == []


async def test_so_is_one_without_a_cookie(browser, wechat):
    response = await browser.get("/login", params={"code": "c1", "state": ""})
    assert response.status_code == 403
    assert wechat.seen == []


async def test_a_visitor_who_does_not_agree(browser, wechat):
    _, asked = await leave(browser)
    response = await browser.get("/login", params={"state": asked["state"][0]})
    assert response.json() == {"error": "login.refused"}


async def test_a_used_code_is_wechat_s_error(login, wechat):
    wechat.script = [refuses(40163, "code been used")]
    state = "a" * 32
    scope = {
        "type": "http",
        "query_string": f"code=c&state={state}".encode(),
        "headers": [(b"cookie", f"yizhan_login={state}/".encode())],
    }
    with pytest.raises(Exception, match="40163"):
        await login.finish(Request(scope))


async def test_a_snapshot_page_is_nobody_real(login, wechat):
    wechat.script = [says(**GIVEN, is_snapshotuser=1, unionid="u1")]
    state = "a" * 32
    scope = {
        "type": "http",
        "query_string": f"code=c&state={state}".encode(),
        "headers": [(b"cookie", f"yizhan_login={state}/".encode())],
    }
    identity = await login.finish(Request(scope))
    assert identity.snapshot
    assert identity.unionid == "u1"
    assert "user-token" not in repr(identity)


async def test_a_profile_is_asked_with_the_visitor_s_token(login, wechat):
    identity = Identity(OPENID, "snsapi_userinfo", "user-token", "user-refresh")
    assert (await login.profile(identity))["openid"] == OPENID
    assert wechat.seen[-1].query == {
        "access_token": "user-token",
        "openid": OPENID,
        "lang": "zh_CN",
    }


@pytest.mark.parametrize(
    ("asked", "safe"),
    [
        ("/orders?n=1", "/orders?n=1"),
        ("", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\r\nb", "/"),
    ],
)
def test_next_leads_nowhere_else(asked, safe):
    assert local_path(asked) == safe
