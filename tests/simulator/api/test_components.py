"""What a third-party platform is told by the fake API, asked by the client of its own."""

import json

import pytest

from yizhan.api import MemoryShelf
from yizhan.api.component import TICKET, Component
from yizhan.errors import APIError, ConfigurationError, RightsError

HOUR = 3600.0


@pytest.fixture
def known(world):
    return world.add_component("platform")


@pytest.fixture
async def platform(world, known, api):
    """The platform's side, with a ticket that has just been pushed to it."""
    component = await joined(known, api, world)
    yield component
    await component.close()


async def joined(known, api, world):
    """One process of the platform, with a shelf of its own."""
    component = Component(
        known.appid,
        known.secret,
        push_token=known.push_token,
        aes_key=known.aes_key,
        transport=api,
        shelf=MemoryShelf(),
        clock=world.clock,
    )
    await component._keep(component._shelf, TICKET, known.ticket(world.now()))
    return component


def calls(world, name):
    return [each for each in world.calls if each.path.endswith(name)]


async def test_its_token_is_the_ticket_s(platform, world):
    first = await platform.api.access_token()
    assert await platform.authorize_url("https://example.com/back")
    assert await platform.api.access_token() == first
    assert len(calls(world, "api_component_token")) == 1


async def test_an_account_that_authorises_is_called_for(platform, known, world, official):
    appid = await platform.authorized(known.offer(official, world.now()))
    assert appid == official.keys.appid
    await platform.account(appid).tags.create(tag={"name": "星标"})
    assert list(official.tags.values()) == ["星标"]
    assert await platform.appids() == (appid,)


async def test_its_token_is_renewed_before_its_end(platform, known, world, official):
    appid = await platform.authorized(known.offer(official, world.now()))
    first = await platform.account(appid).access_token()
    world.skip(2 * HOUR)
    assert await platform.account(appid).access_token() != first
    assert len(calls(world, "api_authorizer_token")) == 1
    await platform.account(appid).tags.get()


async def test_a_dead_one_is_replaced_and_the_call_made_once_more(platform, known, world, official):
    appid = await platform.authorized(known.offer(official, world.now()))
    official.tokens.revoke()
    await platform.account(appid).tags.get()
    assert [each.errcode for each in calls(world, "tags/get")] == [40001, 0]
    assert len(calls(world, "api_authorizer_token")) == 1


async def test_one_that_leaves_is_called_for_no_more(platform, known, world, official):
    appid = await platform.authorized(known.offer(official, world.now()))
    known.withdraw(appid, world.now())
    with pytest.raises(RightsError) as refused:
        await platform.account(appid).tags.get()
    assert refused.value.errcode == 61003


async def test_a_code_works_once_and_for_half_an_hour(platform, known, world, official):
    code, late = known.offer(official, world.now()), known.offer(official, world.now())
    await platform.authorized(code)
    world.skip(0.5 * HOUR)
    for dead, errcode in ((code, 61009), (late, 61010), ("made up", 61009)):
        with pytest.raises(APIError) as refused:
            await platform.api.component.api_query_auth(authorization_code=dead)
        assert refused.value.errcode == errcode


@pytest.mark.parametrize(
    ("change", "errcode"),
    [
        ({"component_appsecret": "wrong"}, 40125),
        ({"component_appid": "wx0000000000000000"}, 40013),
        ({"component_verify_ticket": "ticket@@@made-up"}, 61006),
    ],
)
async def test_a_platform_that_is_none(platform, known, world, change, errcode):
    told = {
        "component_appid": known.appid,
        "component_appsecret": known.secret,
        "component_verify_ticket": known.ticket(world.now()),
    }
    with pytest.raises(APIError) as refused:
        await platform.api.call("/cgi-bin/component/api_component_token", **{**told, **change})
    assert refused.value.errcode == errcode


async def test_a_ticket_is_good_for_twelve_hours(platform, known, world):
    ticket = known.ticket(world.now())
    world.skip(12 * HOUR)
    with pytest.raises(APIError) as refused:
        await platform.api.call(
            "/cgi-bin/component/api_component_token", component_verify_ticket=ticket
        )
    assert refused.value.errcode == 61005


async def test_an_old_ticket_is_not_even_tried(platform, world):
    world.skip(12 * HOUR)
    with pytest.raises(ConfigurationError):
        await platform.authorize_url("https://example.com/back")
    assert not world.calls


async def test_a_refresh_token_is_the_account_s_own(platform, known, world, official):
    appid = await platform.authorized(known.offer(official, world.now()))
    with pytest.raises(ConfigurationError) as refused:
        await platform.api.call(
            "/cgi-bin/component/api_authorizer_token",
            authorizer_appid=appid,
            authorizer_refresh_token="made up",
        )
    assert refused.value.errcode == 61023


async def test_what_is_known_of_those_who_authorised_it(platform, known, world, official):
    appid = await platform.authorized(known.offer(official, world.now()))
    about = await platform.api.component.api_get_authorizer_info(authorizer_appid=appid)
    assert about["authorizer_info"]["user_name"] == official.keys.original_id
    page = await platform.api.component.api_get_authorizer_list(offset=0, count=500)
    assert [each["authorizer_appid"] for each in page["list"]] == [appid]
    assert page["total_count"] == 1


async def create(api, known, token):
    """The errcode of a call with that token."""
    path = "/cgi-bin/component/api_create_preauthcode"
    body = json.dumps({"component_appid": known.appid}).encode()
    url = f"https://api.weixin.qq.com{path}?component_access_token={token}"
    return json.loads((await api.send("POST", url, {}, body)).body).get("errcode", 0)


async def test_a_shelf_that_was_lost_is_filled_anew(
    platform, known, world, official, api, monkeypatch
):
    monkeypatch.setattr("yizhan.api.pages.AUTHORIZERS", 1)
    other = world.add_account("other", kind="service", verified=True)
    for account in (official, other):
        await platform.authorized(known.offer(account, world.now()))
    fresh = await joined(known, api, world)
    assert await fresh.appids() == ()
    assert await fresh.restore() == (official.keys.appid, other.keys.appid)
    await fresh.account(other.keys.appid).tags.get()
    assert len(calls(world, "api_get_authorizer_list")) == 2


@pytest.mark.parametrize(("token", "errcode"), [("", 41001), ("made-up", 40001)])
async def test_without_its_token_no_call_is_let_in(api, known, token, errcode):
    assert await create(api, known, token) == errcode


async def test_an_expired_one_says_so(api, known, world):
    token, _ = known.access_token(known.secret, known.ticket(world.now()), world.now())
    assert await create(api, known, token) == 0
    world.skip(2 * HOUR)
    assert await create(api, known, token) == 42001


async def test_records_keep_no_secret_of_it(platform, known, world, official):
    await platform.account(await platform.authorized(known.offer(official, world.now()))).tags.get()
    written = repr(list(world.calls))
    for secret in (known.secret, await platform.api.access_token()):
        assert secret not in written


async def test_a_visitor_of_its_account_is_known_by_the_platform_s_token(
    platform, known, world, official
):
    appid = await platform.authorized(known.offer(official, world.now()))
    fan = official.add_follower(now=world.now())
    code = official.visits.come(fan.openid, world.now())
    told = await platform.account(appid).sns.oauth2.access_token(code=code)
    assert told["openid"] == fan.openid
    later = await platform.account(appid).sns.oauth2.refresh_token(
        refresh_token=told["refresh_token"]
    )
    assert later["openid"] == fan.openid


async def test_an_account_is_taken_over_without_its_code(platform, known, world, official):
    redeemed = known.redeem(known.offer(official, world.now()), world.now())
    assert await platform._refresh_token(official.keys.appid) == redeemed.refresh_token


async def test_pushes_of_tickets_are_begun_by_the_secret_alone(known, world, api):
    fresh = Component(
        known.appid,
        known.secret,
        push_token=known.push_token,
        aes_key=known.aes_key,
        transport=api,
        clock=world.clock,
    )
    await fresh.start_push_ticket()
    assert known.secret not in repr(list(world.calls))
    with pytest.raises(ConfigurationError, match="40125"):
        await fresh.api.call("/cgi-bin/component/api_start_push_ticket", component_secret="wrong")
