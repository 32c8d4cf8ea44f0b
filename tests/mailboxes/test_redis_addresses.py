"""The ways to a Redis server: through a sentinel, a socket of the host, a user with few rights."""

import asyncio
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from redis import Redis

from mailboxes.places import accept
from redis_server import RedisServer
from yizhan.clock import SystemClock
from yizhan.errors import StoreError
from yizhan.store.mailboxes.redis import RedisStore


def opening(url: str) -> RedisStore:
    return RedisStore(url, "wx1", "A", SystemClock())


@contextmanager
def sentinel(server: RedisServer, folder: Path, port: int) -> Iterator[None]:
    settings = folder / "sentinel.conf"
    settings.write_text(
        f"port {port}\nbind 127.0.0.1\ndir {folder}\nlogfile {folder}/log\n"
        f"sentinel monitor shop 127.0.0.1 {server.port} 1\n"
    )
    process = subprocess.Popen(["redis-server", str(settings), "--sentinel"])
    yield
    process.kill()
    process.wait()


async def test_a_sentinel_tells_where_the_server_is(tmp_path: Path) -> None:
    with RedisServer() as server, RedisServer() as spare:
        spare.stop()
        with sentinel(server, tmp_path, spare.port):
            store = opening(f"redis+sentinel://127.0.0.1:{spare.port}/shop/0")
            async with asyncio.timeout(10):
                while True:
                    try:
                        await store.open()
                    except StoreError:
                        await asyncio.sleep(0.01)
                    else:
                        break
            assert (await accept(store, "k1")).status == "new"
            await store.close()


async def test_a_socket_of_the_host(tmp_path: Path) -> None:
    socket = tmp_path / "redis.sock"
    with RedisServer("--unixsocket", str(socket)):
        store = opening(f"unix://{socket}?db=0")
        await store.open()
        assert (await accept(store, "k1")).status == "new"
        await store.close()


async def test_what_survives_is_unknown_where_the_server_does_not_tell(redis_url: str) -> None:
    with Redis.from_url(redis_url) as client:
        client.acl_setuser(
            "bot",
            enabled=True,
            passwords=["+secret"],
            keys=["*"],
            channels=["*"],
            categories=["+@all"],
            commands=["-config"],
        )
    store = opening(redis_url.replace("redis://", "redis://bot:secret@"))
    assert (await store.open()).phrase == "store.redis_unknown"
    await store.close()


@pytest.mark.parametrize("scheme", ["redis", "redis+cluster"])
async def test_a_server_that_is_not_there_is_a_sentence(scheme: str) -> None:
    store = opening(f"{scheme}://127.0.0.1:1")
    with pytest.raises(StoreError) as caught:
        await store.open()
    await store.close()
    assert "<" not in str(caught.value)
