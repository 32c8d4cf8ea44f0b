"""Every endpoint against the simulator's fake API, by either client: answered, or refused as
the platform would, but never for the call's own form."""

from functools import partial

import pytest

from api.described import ENDPOINTS, arguments
from api.wechat_api import PICTURE
from yizhan.api import AsyncClient, Client, MemoryShelf, Token
from yizhan.clock import SystemClock
from yizhan.errors import APIError
from yizhan.simulator.api import ApiTransport, FakeApi
from yizhan.simulator.seed import Seed
from yizhan.simulator.world import World

# 40035 and 47001 an argument, 40066 no such path, 4300x the wrong method, 4001x and 4100x the
# token: a visitor's is the one that the call itself names.
MALFORMED = {40014, 40035, 40066, 41001, 43001, 43002, 47001}
every_endpoint = pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda each: each.path)


@pytest.fixture(scope="module")
def world():
    world = World(clock=SystemClock(), seed=Seed(secret="tests"))
    world.add_account("shop", kind="service", verified=True)
    return world


@pytest.fixture(scope="module")
def official(world):
    return world.accounts["shop"]


@pytest.fixture(scope="module")
def component(world):
    return world.add_component("platform")


def options(world):
    return {"transport": ApiTransport(FakeApi(world)), "shelf": MemoryShelf()}


async def platform_token(world, component):
    now = world.now()
    token, seconds = component.access_token(component.secret, component.ticket(now), now)
    return Token(token, now + seconds)


@pytest.fixture(scope="module")
def blocking(world, official, component):
    """The two clients that block: the account's and the platform's."""
    fetch = partial(platform_token, world, component)
    with (
        Client(official.keys.appid, official.keys.secret, **options(world)) as account,
        Client(component.appid, component.secret, fetch=fetch, **options(world)) as platform,
    ):
        yield {"account": account, "component": platform}


@pytest.fixture
async def awaited(world, official, component):
    fetch = partial(platform_token, world, component)
    async with (
        AsyncClient(official.keys.appid, official.keys.secret, **options(world)) as account,
        AsyncClient(component.appid, component.secret, fetch=fetch, **options(world)) as platform,
    ):
        yield {"account": account, "component": platform}


@pytest.fixture
def fields(world, official, component):
    """What a call says; a visitor's with the token of one who is there."""

    def said(endpoint):
        query, body = arguments(endpoint, file=PICTURE)
        given = {n: v for n, v in {**query, **body}.items() if not own(endpoint, n)}
        if endpoint.token == "user":
            fan = official.add_follower(now=world.now())
            code = official.visits.come(fan.openid, world.now(), "snsapi_userinfo")
            token, _, _ = official.visits.redeem(code, world.now())
            given |= {"access_token": token, "openid": fan.openid}
        return given

    return said


def own(endpoint, name):
    return {**endpoint.query, **endpoint.body}[name].own


def client_for(endpoint, clients):
    own = endpoint.path.startswith("/cgi-bin/component/")
    return clients["component" if own else "account"]


def hold(endpoint, world, error=None):
    """It was let in under its own path, and what came back fits."""
    last = world.calls[-1]
    assert (last.path, last.method) == (endpoint.path, endpoint.method)
    assert error is None or error.errcode not in MALFORMED, error


@every_endpoint
async def test_the_async_client(endpoint, awaited, fields, world):
    try:
        result = await client_for(endpoint, awaited).call(endpoint.path, **fields(endpoint))
    except APIError as error:
        hold(endpoint, world, error)
    else:
        hold(endpoint, world)
        assert endpoint.answer == "media" or required(endpoint) <= result.keys()


@every_endpoint
def test_the_blocking_client(endpoint, blocking, fields, world):
    try:
        result = client_for(endpoint, blocking).call(endpoint.path, **fields(endpoint))
    except APIError as error:
        hold(endpoint, world, error)
    else:
        hold(endpoint, world)
        assert endpoint.answer == "media" or required(endpoint) <= result.keys()


def required(endpoint):
    return {name for name, field in endpoint.result.items() if not field.optional}
