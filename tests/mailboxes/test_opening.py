"""From an address to its store; what is wrong with one is said, and never a password."""

import subprocess
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mailboxes.places import accept
from redis_server import RedisServer
from yizhan.clock import SystemClock
from yizhan.errors import SettingsError, StoreError
from yizhan.mark import Identity
from yizhan.store.mailboxes.contract import Store
from yizhan.store.mailboxes.memory import MemoryStore
from yizhan.store.mailboxes.postgres import PostgresStore
from yizhan.store.mailboxes.redis import RedisStore
from yizhan.store.mailboxes.sqlite import SQLiteStore
from yizhan.store.opening import connect, owner_name
from yizhan.store.prefix import prefix_of


def opened(url: str) -> Store:
    return connect(url, account="wx1", owner="A", clock=SystemClock())


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("memory://", MemoryStore),
        ("sqlite:///x.db", SQLiteStore),
        ("redis://host/0", RedisStore),
        ("rediss://host/0", RedisStore),
        ("unix:///run/redis.sock", RedisStore),
        ("redis+sentinel://one:1,two/shop", RedisStore),
        ("rediss+sentinel://one:1,two/shop", RedisStore),
        ("redis+cluster://host", RedisStore),
        ("rediss+cluster://host", RedisStore),
        ("postgres://host/db", PostgresStore),
        ("postgresql://host/db?schema=shop", PostgresStore),
    ],
)
def test_the_scheme_names_the_store(url: str, kind: type) -> None:
    store = opened(url)
    assert isinstance(store, kind)
    assert store.owner == "A"


@pytest.mark.parametrize(
    ("url", "phrase"),
    [
        ("mysql://host/db", "store.scheme"),
        ("nothing", "store.scheme"),
        ("redis://[::1", "store.url"),
        ("memory://?size=1", "store.option"),
        ("sqlite:////a/b.db?synchronous=off", "store.option"),
        ("sqlite:////a/b.db?journal=off", "store.option"),
        ("sqlite://a/b.db", "store.path"),
        ("sqlite:///", "store.path"),
        ("sqlite:////a/", "store.path"),
        ("postgres://host/db?no_such_option=1", "store.option"),
        ("postgres://host/db?schema=", "store.schema"),
        ("postgres://host:port/db", "store.url"),
    ],
)
def test_a_bad_address_says_what_is_allowed(url: str, phrase: str) -> None:
    with pytest.raises(SettingsError) as caught:
        opened(url)
    assert caught.value.phrase == phrase
    if phrase == "store.scheme":
        assert "sqlite, redis" in str(caught.value)
        assert "postgres, postgresql" in str(caught.value)


def test_an_address_may_be_quoted(tmp_path: Path) -> None:
    store = opened(f"sqlite:///{tmp_path}/%E9%A9%BF%E7%AB%99.db")
    assert isinstance(store, SQLiteStore)
    assert store.path == tmp_path / "驿站.db"
    assert not store.path.exists()


def test_three_slashes_begin_at_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store = opened("sqlite:///data/bot.db")
    assert isinstance(store, SQLiteStore)
    assert store.path == tmp_path / "data" / "bot.db"


@pytest.mark.parametrize(("mode", "number"), [("full", 2), ("normal", 1)])
async def test_synchronous_is_as_asked(tmp_path: Path, mode: str, number: int) -> None:
    store = opened(f"sqlite:///{tmp_path}/x.db?synchronous={mode}")
    assert isinstance(store, SQLiteStore)
    promise = await store.open()
    assert (promise.name, promise.phrase) == (f"sqlite {mode}", f"store.sqlite_{mode}")
    query = "PRAGMA synchronous"
    [(found,)] = await store._survey(lambda tables: tables.connection.execute(query).fetchall())
    assert found == number
    await store.close()


def test_no_two_processes_have_the_same_name() -> None:
    assert len({owner_name() for _ in range(9)}) == 9


class TestRedis:
    @pytest.mark.parametrize(
        "url",
        [
            "redis://localhost?no_such_option=1",
            "redis://localhost?socket_timeout=soon",
            "redis+sentinel://one:1",
            "redis+sentinel:///shop",
            "redis://localhost:port",
            "redis+cluster://localhost:port",
        ],
    )
    def test_a_bad_address_is_refused(self, url: str) -> None:
        with pytest.raises(SettingsError) as caught:
            opened(url)
        assert caught.value.phrase == "store.redis_url"

    @pytest.mark.parametrize(
        "url",
        [
            "redis://:s3cret?x@host:6379/0",
            "redis://:s3cret#x@host:6379/0",
            "redis+cluster://:s3cret#x@host:6379",
            "redis+sentinel://one:s3cret/shop",
            "redis+sentinel://:x/shop/s3cret@one:1/shop",
        ],
    )
    def test_a_bad_address_is_refused_without_a_piece_of_its_password(self, url: str) -> None:
        with pytest.raises(SettingsError) as caught:
            opened(url)
        assert "s3cret" not in "".join(traceback.format_exception(caught.value))

    async def test_nor_when_its_keys_are_looked_for_first(self) -> None:
        url = "redis+cluster://:s3cret#x@host:6379"
        with pytest.raises(SettingsError) as caught:
            await prefix_of(url, Identity(appid="wx1"))
        assert "s3cret" not in "".join(traceback.format_exception(caught.value))

    @pytest.mark.parametrize("scheme", ["redis", "redis+cluster", "redis+sentinel"])
    async def test_a_server_that_is_not_there_is_a_sentence(self, scheme: str) -> None:
        store = opened(f"{scheme}://127.0.0.1:1{'/shop' if scheme == 'redis+sentinel' else ''}")
        with pytest.raises(StoreError) as caught:
            await store.open()
        await store.close()
        assert caught.value.phrase == "store.unreachable"
        assert "<" not in str(caught.value)

    async def test_unix_socket(self, tmp_path: Path) -> None:
        socket = tmp_path / "redis.sock"
        with RedisServer("--unixsocket", str(socket)):
            store = opened(f"unix://{socket}?db=0")
            await store.open()
            assert (await accept(store, "k1")).status == "new"
            await store.close()

    async def test_sentinel(self, tmp_path: Path) -> None:
        with RedisServer() as server, RedisServer() as spare:
            spare.stop()
            with sentinel(server, tmp_path, spare.port):
                store = opened(f"redis+sentinel://127.0.0.1:{spare.port}/shop/0")
                await store.open()
                assert (await accept(store, "k1")).status == "new"
                await store.close()


@contextmanager
def sentinel(server: RedisServer, folder: Path, port: int) -> Iterator[None]:
    settings = folder / "sentinel.conf"
    settings.write_text(
        f"port {port}\nbind 127.0.0.1\ndir {folder}\nlogfile {folder}/log\n"
        f"sentinel monitor shop 127.0.0.1 {server.port} 1\n"
    )
    process = subprocess.Popen(["redis-server", str(settings), "--sentinel"])
    try:
        yield
    finally:
        process.kill()
        process.wait()


class TestPostgres:
    async def test_a_server_that_is_not_there_is_a_sentence(self) -> None:
        store = opened("postgres://bot:s3cret@127.0.0.1:1/db")
        with pytest.raises(StoreError) as caught:
            await store.open()
        await store.close()
        assert caught.value.phrase == "store.pg_unreachable"
        assert "s3cret" not in "".join(traceback.format_exception(caught.value))

    async def test_accounts_have_a_schema_each(self, postgres_url: str) -> None:
        for schema in ("one", "two"):
            store = opened(f"{postgres_url.partition('?')[0]}?schema=opening_{schema}")
            await store.open()
            assert (await accept(store, "k1")).status == "new"
            await store.close()
