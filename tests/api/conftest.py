"""The shelves of every kind, and a clock that stands still."""

import pytest

from redis_server import RedisServer
from yizhan.api import FileShelf, MemoryShelf
from yizhan.store.shelf import RedisShelf, shelf_for

LIFE = 7200.0
START = 1_764_000_000.0


class Clock:
    def __init__(self):
        self.now = 0.0

    def wall(self):
        return START + self.now

    def monotonic(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(scope="module")
def redis_server():
    with RedisServer() as server:
        yield server


@pytest.fixture(params=["memory", "file", "sqlite", "redis"])
async def shelf(request, tmp_path, clock):
    match request.param:
        case "memory":
            shelf = MemoryShelf()
        case "file":
            shelf = FileShelf(tmp_path / "deep" / "wx.db")
        case "sqlite":
            shelf = shelf_for(f"sqlite:///{tmp_path}/wx.db", "wx", clock)
        case "redis":
            url = request.getfixturevalue("redis_server").url
            shelf = RedisShelf(url, f"wx{request.node.name}", clock)
    yield shelf
    await shelf.close()
