from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from redis import Redis

from redis_server import RedisServer
from store.backends import Backend, Fan, urls
from yizhan.store import Store


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    with RedisServer() as server:
        yield server


@pytest.fixture
def redis_url(redis_server: RedisServer) -> str:
    with Redis.from_url(redis_server.url) as client:
        client.flushall()
        client.script_flush()
    return redis_server.url


@pytest.fixture(params=["memory", "sqlite", "redis"])
async def backend(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Backend]:
    monkeypatch.setattr("yizhan.store.record.RESERVE", 0.25)
    url = request.getfixturevalue("redis_url") if request.param == "redis" else ""
    if url:
        monkeypatch.setattr("yizhan.store.redis.RESERVE", 0.25)
    made = Backend(request.param, urls(tmp_path, url)[request.param])
    await made.connect()
    yield made
    await made.close()


@pytest.fixture
def store(backend: Backend) -> Store:
    return backend.stores[0]


@pytest.fixture
async def peer(backend: Backend) -> Store:
    """Another process on the same data."""
    return await backend.connect()


@pytest.fixture
def fan(backend: Backend) -> Fan:
    return Fan(backend)
