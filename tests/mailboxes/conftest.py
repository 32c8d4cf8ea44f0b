import os
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path

import pytest
from redis import Redis

from mailboxes.places import Place
from postgres_server import PostgresServer, folder_of_programs
from redis_cluster import RedisCluster
from redis_server import RedisServer
from scenarios.scale import SOAK
from yizhan.store.mailboxes.contract import Store

SCHEMAS = count(1)
URLS = {"postgres": "postgres_url", "redis": "redis_url", "redis+cluster": "cluster_url"}


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    if folder_of_programs() is None and os.environ.get("CI") != "true":
        pytest.skip("no PostgreSQL")
    with PostgresServer() as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> str:
    """The address of a schema that is not there yet."""
    return postgres_server.url(f"test {next(SCHEMAS)}".replace(" ", "%20"))


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


@pytest.fixture(scope="session")
def redis_cluster() -> Iterator[RedisCluster]:
    with RedisCluster() as cluster:
        yield cluster


@pytest.fixture
def cluster_url(redis_cluster: RedisCluster) -> str:
    redis_cluster.clear()
    return redis_cluster.url


KINDS = ["memory", "sqlite", "postgres", "redis", *(["redis+cluster"] if SOAK else [])]


@pytest.fixture(params=KINDS)
async def place(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Place]:
    address = URLS.get(request.param)
    made = Place(request.param, tmp_path, request.getfixturevalue(address) if address else "")
    yield made
    await made.close()


@pytest.fixture
async def store(place: Place) -> Store:
    return await place.open("A")


@pytest.fixture
async def peer(place: Place, store: Store) -> Store:
    """Another process on the same data."""
    return await place.open("B")
