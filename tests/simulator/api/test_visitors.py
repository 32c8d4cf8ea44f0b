"""Visitors of an account's pages: codes, tokens, and who they are (docs/protocol.md#i8)."""

import pytest

from yizhan.api import AsyncClient
from yizhan.api.login import Identity, Login
from yizhan.errors import APIError

HOUR = 3600.0
DAY = 24 * HOUR


@pytest.fixture
async def client(official, api, world):
    keys = official.keys
    async with AsyncClient(keys.appid, keys.secret, transport=api, clock=world.clock) as client:
        yield client


@pytest.fixture
def fan(official, world):
    return official.add_follower("小红", now=world.now())


async def refused(awaited):
    with pytest.raises(APIError) as caught:
        await awaited
    return caught.value.errcode


async def test_a_code_works_once(client, official, fan, world):
    code = official.visits.come(fan.openid, world.now())
    told = await client.sns.oauth2.access_token(code=code)
    assert (told["openid"], told["scope"]) == (fan.openid, "snsapi_base")
    assert await refused(client.sns.oauth2.access_token(code=code)) == 40163


async def test_and_for_five_minutes(client, official, fan, world):
    code = official.visits.come(fan.openid, world.now())
    world.skip(300)
    assert await refused(client.sns.oauth2.access_token(code=code)) == 42003
    assert await refused(client.sns.oauth2.access_token(code="made-up")) == 40029


async def test_a_visitor_may_let_the_page_know_who_they_are(client, official, fan, world):
    code = official.visits.come(fan.openid, world.now(), "snsapi_userinfo")
    told = await client.sns.oauth2.access_token(code=code)
    identity = Identity(told["openid"], told["scope"], told["access_token"], told["refresh_token"])
    profile = await Login(client, "https://example.com/login").profile(identity)
    assert (profile["nickname"], profile["sex"]) == ("小红", 0)


async def test_or_may_not(client, official, fan, world):
    told = await client.sns.oauth2.access_token(code=official.visits.come(fan.openid, world.now()))
    asked = {"access_token": told["access_token"], "openid": fan.openid}
    assert await refused(client.sns.userinfo(**asked)) == 48001
    assert await client.sns.auth(**asked) == {"errcode": 0, "errmsg": "ok"}


async def test_a_token_is_one_visitor_s_and_lives_two_hours(client, official, fan, world):
    told = await client.sns.oauth2.access_token(code=official.visits.come(fan.openid, world.now()))
    token = told["access_token"]
    assert await refused(client.sns.auth(access_token=token, openid="oSomebodyElse")) == 40003
    assert await refused(client.sns.auth(access_token="made-up", openid=fan.openid)) == 40001
    world.skip(2 * HOUR)
    assert await refused(client.sns.auth(access_token=token, openid=fan.openid)) == 42001


async def test_it_is_renewed_for_thirty_days(client, official, fan, world):
    told = await client.sns.oauth2.access_token(code=official.visits.come(fan.openid, world.now()))
    world.skip(29 * DAY)
    next_ = await client.sns.oauth2.refresh_token(refresh_token=told["refresh_token"])
    await client.sns.auth(access_token=next_["access_token"], openid=fan.openid)
    world.skip(1 * DAY)
    asked = client.sns.oauth2.refresh_token(refresh_token=told["refresh_token"])
    assert await refused(asked) == 42002
    assert await refused(client.sns.oauth2.refresh_token(refresh_token="made-up")) == 40030


async def test_only_the_account_itself_redeems_a_code(official, fan, world, api):
    code = official.visits.come(fan.openid, world.now())
    async with AsyncClient(official.keys.appid, "wrong", transport=api) as client:
        assert await refused(client.sns.oauth2.access_token(code=code)) == 40125
    async with AsyncClient("wx0000000000000000", "wrong", transport=api) as client:
        assert await refused(client.sns.oauth2.access_token(code=code)) == 40013


async def test_or_a_platform_that_speaks_for_it(official, fan, world, client):
    known = world.add_component("platform")
    token, _ = known.access_token(known.secret, known.ticket(world.now()), world.now())
    asked = {
        "code": official.visits.come(fan.openid, world.now()),
        "component_appid": known.appid,
        "component_access_token": token,
    }
    path = client.sns.oauth2.component.access_token
    assert await refused(path(**asked)) == 61003
    known.redeem(known.offer(official, world.now()), world.now())
    assert (await path(**asked))["openid"] == fan.openid
    assert await refused(path(**asked | {"component_access_token": "made-up"})) == 40001
    assert await refused(path(**asked | {"component_appid": "wx0"})) == 40013


async def test_an_account_without_the_right_has_no_visitors(world, api):
    official = world.add_account("small", kind="subscription")
    code = official.visits.come("oX", world.now())
    async with AsyncClient(official.keys.appid, official.keys.secret, transport=api) as client:
        assert await refused(client.sns.oauth2.access_token(code=code)) == 48001
