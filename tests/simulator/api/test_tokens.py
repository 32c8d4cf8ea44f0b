"""Tokens with their lifetimes, quotas, the address list (docs/protocol.md#g1)."""

import json

import pytest

BASE = "https://api.weixin.qq.com"
HOUR = 3600.0


def code(answer):
    return answer.get("errcode", 0)


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
