"""Web OAuth: to WeChat and back, with a state that nobody can plant."""

from contextlib import asynccontextmanager
from urllib.parse import parse_qs, urlsplit

import flask
import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from api.described import OPENID
from api.wechat_api import WeChatApi, refuses, says
from thirdparty import ACCOUNT, made, told
from yizhan.api import AsyncClient, Client, MemoryShelf, caller
from yizhan.api.login import (
    COOKIE,
    Identity,
    Leave,
    Login,
    Refusal,
    Welcome,
    arrive,
    local_path,
)
from yizhan.api.login import leave as depart
from yizhan.errors import SettingsError, Unreachable, Unsent
from yizhan.wire import Push

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
        return await login(request, welcome)

    async with browsing(enter) as browser:
        yield browser


async def welcome(identity, next):
    return JSONResponse({"openid": identity.openid, "next": next})


@asynccontextmanager
async def browsing(enter):
    """A browser at a site that logs visitors in at /login."""
    app = Starlette(routes=[Route("/login", enter)])
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="https://shop.example") as browser:
        yield browser


async def leave(browser, next="/orders?n=1"):
    """Go to WeChat; the query that it is asked with."""
    response = await browser.get("/login", params={"next": next})
    return response, asked_of(response)


def asked_of(response):
    """What WeChat is asked by the visitor who is sent there."""
    assert response.status_code == 302
    return parse_qs(urlsplit(response.headers["location"]).query)


async def come_back(browser, asked, code="c1"):
    return await browser.get("/login", params={"code": code, "state": asked["state"][0]})


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


@pytest.mark.parametrize("state", ["", "0" * 32, "y" * 32, "x", "你", "y" * 5000])
@pytest.mark.parametrize("cookie", ["", "yizhan_login=!!!", "yizhan_login=%ff%0a!x"])
async def test_a_state_from_elsewhere_begins_anew_once(browser, wechat, state, cookie):
    query = {"params": {"code": "c1", "state": state}, "headers": {"cookie": cookie}}
    again = asked_of(await browser.get("/login", **query))
    browser.cookies.clear()  # as where cookies are blocked: no circle without end
    response = await come_back(browser, again)
    assert response.status_code == 403
    assert "state" in response.text
    assert wechat.seen == []


async def test_the_second_way_leads_in(browser, wechat):
    again = asked_of(await browser.get("/login", params={"code": "c1", "state": "x"}))
    wechat.script = [says(**GIVEN)]
    assert (await come_back(browser, again)).json() == {"openid": OPENID, "next": "/"}


async def test_a_state_works_once(browser, wechat):
    _, asked = await leave(browser)
    wechat.script = [says(**GIVEN)]
    assert (await come_back(browser, asked)).status_code == 200
    asked_of(await come_back(browser, asked))  # reloaded: begun anew, and nobody is asked
    assert wechat.counts["/sns/oauth2/access_token"] == 1


async def test_five_tabs_may_be_on_their_way(browser, wechat):
    asked = [(await leave(browser, f"/page/{n}"))[1] for n in range(6)]
    for n in (5, 1, 3, 2, 4):
        wechat.script = [says(**GIVEN)]
        assert (await come_back(browser, asked[n])).json()["next"] == f"/page/{n}"
    asked_of(await come_back(browser, asked[0]))


async def test_no_cookie_grows_too_large(browser):
    for n in range(6):
        await leave(browser, "/" + "路" * (60 + n))
    assert len(browser.cookies["yizhan_login"]) < 3500
    await leave(browser, "/" + "路" * 600)
    assert len(browser.cookies["yizhan_login"]) < 3500


@pytest.mark.parametrize("errcode", [40029, 40163, 41008, 42003])
async def test_a_dead_code_begins_anew_once_and_then_is_refused(browser, wechat, errcode):
    _, asked = await leave(browser)
    wechat.script = [refuses(errcode)] * 2
    again = asked_of(await come_back(browser, asked))
    assert again["state"] != asked["state"]
    response = await come_back(browser, again)
    assert response.status_code == 403
    assert "code was already used" in response.text


async def test_a_code_that_is_sent_twice_at_once_leads_in_all_the_same(browser, wechat):
    _, asked = await leave(browser)
    cookie = {"cookie": f"yizhan_login={browser.cookies['yizhan_login']}"}
    wechat.script = [says(**GIVEN), refuses(40163), says(**GIVEN)]
    assert (await come_back(browser, asked)).status_code == 200
    query = {"code": "c1", "state": asked["state"][0]}
    again = asked_of(await browser.get("/login", params=query, headers=cookie))
    assert (await come_back(browser, again)).json()["next"] == "/orders?n=1"


@pytest.mark.parametrize(
    "answer",
    [
        refuses(-1),
        refuses(45011),
        refuses(40125),
        says(errcode=0),
        says(openid=1),
        Unreachable("api.unknown", problem="cut"),
        Unsent("api.unreachable", host="h", problem="refused"),
    ],
)
async def test_what_is_not_the_visitor_s_fault_is_503_and_said_in_the_log(
    browser, wechat, answer, caplog, monkeypatch
):
    monkeypatch.setattr(caller, "PAUSES", (0.0, 0.0))
    _, asked = await leave(browser)
    wechat.script = [answer] * 3
    response = await come_back(browser, asked)
    assert response.status_code == 503
    assert "try again" in response.text
    assert [record.name for record in caplog.records if record.levelname == "ERROR"] == [
        "yizhan.api"
    ]
    assert SECRET not in caplog.text


async def test_a_visitor_who_does_not_agree(browser, wechat):
    _, asked = await leave(browser)
    response = await browser.get("/login", params={"state": asked["state"][0]})
    assert (response.status_code, response.text) == (403, "the user has not agreed")
    assert wechat.seen == []


async def test_a_site_may_say_so_in_its_own_words(wechat):
    async def refused(error):
        return JSONResponse({"error": error.phrase}, 403)

    async with AsyncClient(APPID, SECRET, transport=wechat) as client:
        login = Login(client, HERE, refused=refused)

        async def enter(request):
            return await login(request, welcome)

        async with browsing(enter) as browser:
            _, asked = await leave(browser)
            response = await browser.get("/login", params={"state": asked["state"][0]})
            assert response.json() == {"error": "login.refused"}


async def test_a_web_site_shows_a_qr_code(wechat):
    async with AsyncClient(APPID, SECRET, transport=wechat) as client:
        location = Login(client, HERE, scope="snsapi_login").begin().headers["location"]
    assert location.startswith("https://open.weixin.qq.com/connect/qrconnect?appid=")
    assert location.endswith("#wechat_redirect")
    assert parse_qs(urlsplit(location).query)["scope"] == ["snsapi_login"]


def flask_app(api):
    app = flask.Flask(__name__)

    @app.get("/login")
    def enter():
        kept = flask.request.cookies.get(COOKIE, "")
        if "state" in flask.request.args:
            step = arrive(api, HERE, flask.request.args, kept)
        else:
            step = depart(api, HERE, flask.request.args.get("next", "/"), kept)
        match step:
            case Leave():
                response = flask.redirect(step.location)
            case Welcome():
                response = flask.jsonify(openid=step.identity.openid, next=step.next)
            case Refusal():
                response = flask.make_response(step.text, step.status)
        response.set_cookie(**step.cookie)
        return response

    return app


def test_flask_and_others_have_a_pair_of_plain_functions(wechat):
    def get(**query):
        return browser.get("/login", query_string=query, base_url="https://shop.example")

    with Client(APPID, SECRET, transport=wechat) as api:
        browser = flask_app(api).test_client()
        asked = asked_of(get(next="/订单?n=1"))
        wechat.script = [refuses(40163), says(**GIVEN), refuses(40163), refuses(40163)]
        again = asked_of(get(code="c1", state=asked["state"][0]))
        answer = get(code="c2", state=again["state"][0])
        assert answer.json == {"openid": OPENID, "next": "/订单?n=1"}
        assert browser.get_cookie(COOKIE, domain="shop.example") is None
        asked = asked_of(get())
        assert get(state=asked["state"][0]).status_code == 403
        asked = asked_of(get())
        again = asked_of(get(code="c3", state=asked["state"][0]))
        assert get(code="c3", state=again["state"][0]).status_code == 403


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


class TestBehindAPlatform:
    """The account's clients know the platform that speaks for it; the route is the same."""

    @pytest.fixture
    async def component(self, wechat):
        wechat.strict = False
        component = made(wechat, MemoryShelf())
        ticket = told("component_verify_ticket", ComponentVerifyTicket="ticket@@@1")
        await component.receive(Push(ticket.query.encode(), ticket.body, "text/xml", 0.0))
        wechat.script = [says(component_access_token="platform-1", expires_in=7200)]
        await component.api.access_token()
        yield component
        await component.close()

    async def test_a_visitor_is_sent_out_for_the_platform_and_known_by_its_token(
        self, component, wechat
    ):
        login = Login(component.account(ACCOUNT), HERE)

        async def enter(request: Request):
            return await login(request, welcome)

        async with browsing(enter) as browser:
            out = await browser.get("/login", params={"next": "/orders"})
            asked = parse_qs(urlsplit(out.headers["location"]).query)
            assert asked["appid"] == [ACCOUNT]
            assert asked["component_appid"] == [component.appid]
            assert list(asked)[-2:] == ["state", "component_appid"]
            wechat.script = [says(**GIVEN)]
            back = await browser.get("/login", params={"code": "c", "state": asked["state"][0]})
        assert back.json() == {"openid": OPENID, "next": "/orders"}
        assert wechat.paths[-1] == "/sns/oauth2/component/access_token"
        assert wechat.seen[-1].query["component_access_token"] == "platform-1"

    async def test_so_is_one_that_a_plain_function_sends_out(self, component):
        step = depart(component.account(ACCOUNT), HERE)
        assert f"&component_appid={component.appid}#wechat_redirect" in step.location

    async def test_an_account_of_its_own_names_none(self, login):
        assert "component_appid" not in login.begin().headers["location"]


def test_a_visitor_without_a_cookie_or_a_next_page_is_sent_out_as_well(wechat):
    client = Client(APPID, SECRET, transport=wechat)
    step = depart(client, HERE, None, None)
    state = parse_qs(urlsplit(step.location).query)["state"][0]
    assert arrive(client, HERE, {"state": state, "code": "c"}, step.cookie["value"]).next == "/"
    assert isinstance(arrive(client, HERE, {"state": state, "code": "c"}, None), Leave)


@pytest.mark.parametrize(
    ("address", "scope", "told"),
    [
        ("/login", "snsapi_base", "whole address"),
        (HERE, "userinfo", "scope must be one of: snsapi"),
    ],
)
def test_a_login_that_wechat_would_not_take_is_refused_here(wechat, address, scope, told):
    client = Client(APPID, SECRET, transport=wechat)
    for begin in (depart, Login):
        with pytest.raises(SettingsError, match=told):
            begin(client, address, scope=scope)
