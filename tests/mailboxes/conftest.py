from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from mailboxes.places import Place
from yizhan.store.mailboxes.contract import Store


@pytest.fixture(params=["memory", "sqlite"])
async def place(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Place]:
    made = Place(request.param, tmp_path)
    yield made
    await made.close()


@pytest.fixture
async def store(place: Place) -> Store:
    return await place.open("A")


@pytest.fixture
async def peer(place: Place, store: Store) -> Store:
    """Another process on the same data."""
    return await place.open("B")
