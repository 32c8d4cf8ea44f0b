"""The platform's own tools: addresses, quotas, tickets (docs/protocol.md#g2, #i9)."""

import pytest

from yizhan.simulator.rights import QUOTAS


def code(answer):
    return answer.get("errcode", 0)


@pytest.mark.parametrize("path", ["/cgi-bin/getcallbackip", "/cgi-bin/get_api_domain_ip"])
async def test_pushes_and_the_api_are_on_this_machine(call, path):
    assert await call(path) == {"ip_list": ["127.0.0.1"]}


async def test_somebody_else_s_quota_is_not_cleared(call):
    assert code(await call("/cgi-bin/clear_quota", {"appid": "wx0000000000000000"})) == 40013


async def test_what_has_no_quota_is_told(call):
    path = "/cgi-bin/openapi/quota/get"
    assert code(await call(path, {"cgi_path": "/cgi-bin/nonsense"})) == 76021


@pytest.mark.parametrize("path", QUOTAS)
async def test_every_quota_is_told_and_kept(call, official, world, path):
    asked = "/cgi-bin/openapi/quota/get", {"cgi_path": path}
    limit = (await call(*asked))["quota"]["daily_limit"]
    official.ledger.spend(path, official.kind, world.now())
    assert (await call(*asked))["quota"] == {"daily_limit": limit, "used": limit, "remain": 0}
    assert not official.ledger.charge(path, official.kind, world.now())


async def test_the_ticket_is_the_same_for_two_hours(call, world):
    world.skip(7200 - world.now() % 7200)
    first = await call("/cgi-bin/ticket/getticket", type="jsapi")
    world.skip(7199)
    again = await call("/cgi-bin/ticket/getticket", type="jsapi")
    assert again["ticket"] == first["ticket"]
    assert again["expires_in"] <= 1
    world.skip(1)
    assert (await call("/cgi-bin/ticket/getticket", type="jsapi"))["ticket"] != first["ticket"]


@pytest.mark.parametrize(
    ("action", "told"), [("dns", {"dns"}), ("ping", {"ping"}), ("all", {"dns", "ping"})]
)
async def test_the_callback_is_found_and_answers_pings(call, action, told):
    asked = {"action": action, "check_operator": "DEFAULT"}
    answer = await call("/cgi-bin/callback/check", asked)
    assert set(answer) == told
    assert all(each["package_loss"] == "0%" for each in answer.get("ping", ()))
    assert all(each["ip"] for each in answer.get("dns", ()))
