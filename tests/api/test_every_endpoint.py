"""Every endpoint of the description, called once by either client."""

import pytest

from api.described import ENDPOINTS, arguments
from api.wechat_api import PICTURE, WeChatApi
from yizhan.api import AsyncClient, Client, Media
from yizhan.api.platform import platform

APPID, SECRET = "wx0123456789abcdef", "0123456789abcdef0123456789abcdef"
# What everything told the two clients, to be compared at the end.
every_endpoint = pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda each: each.path)


@pytest.fixture(scope="module")
def blocking():
    wechat = WeChatApi()
    with Client(APPID, SECRET, transport=wechat) as client:
        yield client, wechat
    assert wechat.closed == 1


def attribute(client, endpoint):
    for segment in endpoint.segments:
        client = getattr(client, "del_" if segment == "del" else segment)
    return client


def fields(endpoint):
    query, body = arguments(endpoint, file=PICTURE)
    return {**query, **body}


@every_endpoint
async def test_an_endpoint_is_its_attribute(endpoint):
    wechat = WeChatApi()
    async with AsyncClient(APPID, SECRET, transport=wechat) as client:
        result = await attribute(client, endpoint)(**fields(endpoint))
    assert wechat.paths[-1] == endpoint.path
    assert wechat.seen[-1].url.startswith(endpoint.host or "https://api.weixin.qq.com/")
    hold(endpoint, result)


@every_endpoint
def test_an_endpoint_blocks_alike(endpoint, blocking):
    client, wechat = blocking
    result = attribute(client, endpoint)(**fields(endpoint))
    assert wechat.paths[-1] == endpoint.path
    hold(endpoint, result)


@every_endpoint
async def test_a_secret_that_is_the_account_s_own_need_not_be_said(endpoint):
    own = [n for n, f in {**endpoint.query, **endpoint.body}.items() if f.own]
    wechat = WeChatApi()
    async with AsyncClient(APPID, SECRET, transport=wechat) as client:
        given = {n: v for n, v in fields(endpoint).items() if n not in own}
        await attribute(client, endpoint)(**given)
    request = wechat.seen[-1]
    said = {**request.query, **(request.json or {})} if own else {}
    assert {said[name] for name in own} <= {APPID, SECRET}


def hold(endpoint, result):
    if endpoint.answer == "media":
        assert result == Media(PICTURE, "image/jpeg", "p.jpg")
    else:
        assert endpoint.result.keys() <= result.keys()


def test_the_clients_own_names_hide_no_endpoint():
    own = own_names(AsyncClient)
    assert own == own_names(Client)
    assert own & {each.segments[0] for each in platform().endpoints.values()} == set()


def own_names(client):
    """What an instance has beside the endpoints."""
    made = (name for name, value in vars(client).items() if not isinstance(value, classmethod))
    return {name for name in made if not name.startswith("_")}
