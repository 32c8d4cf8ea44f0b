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


def shelf_of(request, folder, clock):
    """A shelf of the kind that the request is for; the same one for the same test and folder."""
    match request.param:
        case "memory":
            return MemoryShelf()
        case "file":
            return FileShelf(folder / "deep" / "wx.db")
        case "sqlite":
            return shelf_for(f"sqlite:///{folder}/wx.db", "wx", clock)
    server = request.getfixturevalue("redis_server")
    return RedisShelf(server.url, f"wx{request.node.name}", clock)


@pytest.fixture(params=["memory", "file", "sqlite", "redis"])
async def shelf(request, tmp_path, clock):
    shelf = shelf_of(request, tmp_path, clock)
    yield shelf
    await shelf.close()
