"""The shelves of every kind, and a clock that stands still."""

import os
from zlib import crc32

import pytest

from postgres_server import PostgresServer, folder_of_programs
from redis_server import RedisServer
from yizhan.api import FileShelf, MemoryShelf
from yizhan.store.mailboxes.postgres_shelf import PostgresShelf
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


@pytest.fixture(scope="module")
def postgres_server():
    if folder_of_programs() is None and os.environ.get("CI") != "true":
        pytest.skip("no PostgreSQL")
    with PostgresServer() as server:
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
        case "postgres":
            server = request.getfixturevalue("postgres_server")
            # A schema of this test's own, which two shelves of it share.
            return PostgresShelf(server.url(f"s{crc32(str(folder).encode())}"), clock)
    server = request.getfixturevalue("redis_server")
    return RedisShelf(server.url, f"wx{request.node.name}", clock)


@pytest.fixture(params=["memory", "file", "sqlite", "redis", "postgres"])
async def shelf(request, tmp_path, clock):
    shelf = shelf_of(request, tmp_path, clock)
    yield shelf
    await shelf.close()
