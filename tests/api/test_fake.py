"""Every endpoint against the simulator's fake API, by either client: answered, or refused as
the platform would, but never for the call's own form."""

import pytest

from api.described import ENDPOINTS, arguments
from api.wechat_api import PICTURE
from yizhan.api import AsyncClient, Client, Media
from yizhan.clock import SystemClock
from yizhan.errors import APIError
from yizhan.simulator.api import ApiTransport, FakeApi
from yizhan.simulator.seed import Seed
from yizhan.simulator.world import World

# 40035 and 47001 an argument, 40066 no such path, 4300x the wrong method, 41001 no token.
MALFORMED = {40035, 40066, 41001, 43001, 43002, 47001}
# An account's token opens no door of a third-party platform, there is no visitor's token, and
# the fake reads no bare text as a body.
PLATFORM = tuple(
    each
    for each in ENDPOINTS
    if each.token in ("account", "none")
    and not any(field.type.name == "text" for field in each.body.values())
)


@pytest.fixture(scope="module")
def world():
    world = World(clock=SystemClock(), seed=Seed(secret="tests"))
    world.add_account("shop", kind="service", verified=True)
    return world


@pytest.fixture(scope="module")
def official(world):
    return world.accounts["shop"]


@pytest.fixture(scope="module")
def blocking(world, official):
    transport = ApiTransport(FakeApi(world))
    with Client(official.keys.appid, official.keys.secret, transport=transport) as client:
        yield client


@pytest.fixture
async def awaited(world, official):
    transport = ApiTransport(FakeApi(world))
    appid, secret = official.keys.appid, official.keys.secret
    async with AsyncClient(appid, secret, transport=transport) as client:
        yield client


def fields(endpoint):
    query, body = arguments(endpoint, file=PICTURE)
    return {name: value for name, value in {**query, **body}.items() if not own(endpoint, name)}


def own(endpoint, name):
    return {**endpoint.query, **endpoint.body}[name].own


@pytest.mark.parametrize("endpoint", PLATFORM, ids=lambda each: each.path)
async def test_the_async_client(endpoint, awaited):
    try:
        assert isinstance(await awaited.call(endpoint.path, **fields(endpoint)), dict | Media)
    except APIError as error:
        assert error.errcode not in MALFORMED, error


@pytest.mark.parametrize("endpoint", PLATFORM, ids=lambda each: each.path)
def test_the_blocking_client(endpoint, blocking):
    try:
        assert isinstance(blocking.call(endpoint.path, **fields(endpoint)), dict | Media)
    except APIError as error:
        assert error.errcode not in MALFORMED, error
