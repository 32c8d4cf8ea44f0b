import os
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path

import pytest

from mailboxes.places import Place
from postgres_server import PostgresServer, folder_of_programs
from yizhan.store.mailboxes.contract import Store

SCHEMAS = count(1)


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


@pytest.fixture(params=["memory", "sqlite", "postgres"])
async def place(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Place]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else ""
    made = Place(request.param, tmp_path, url)
    yield made
    await made.close()


@pytest.fixture
async def store(place: Place) -> Store:
    return await place.open("A")


@pytest.fixture
async def peer(place: Place, store: Store) -> Store:
    """Another process on the same data."""
    return await place.open("B")
