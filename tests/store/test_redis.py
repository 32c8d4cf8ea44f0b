"""What is Redis's own: leases as pending entries, lost servers, addresses, promises."""

import asyncio
import subprocess
import time
import traceback
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import pytest
from redis import Redis, exceptions
from redis.asyncio import Redis as AsyncRedis
from redis.asyncio import RedisCluster, SentinelConnectionPool

from redis_server import RedisServer
from yizhan.clock import SystemClock
from yizhan.errors import SettingsError, StoreError
from yizhan.store import Arrival, Claimed, Outcome, Part, Taken, connect, redis_pulse
from yizhan.store import redis as redis_module
from yizhan.store.redis import RedisStore

LEASES = "{wx1}:leases"
QUOTA = {"message": (3600.0, 5)}


def arrival(key: str = "k1", *, owner: str = "A", window: str = "message") -> Arrival:
    return Arrival(key, "oFan", b"<xml/>", time.time(), owner, window=window)


@pytest.fixture
def client(redis_url: str) -> Iterator[Redis]:
    with Redis.from_url(redis_url, decode_responses=True) as client:
        yield client


@pytest.fixture
async def store(redis_url: str) -> AsyncIterator[RedisStore]:
    store = RedisStore(redis_url, "wx1", SystemClock())
    await store.open()
    yield store
    await store.close()


@pytest.fixture
async def peer(redis_url: str) -> AsyncIterator[RedisStore]:
    store = RedisStore(redis_url, "wx1", SystemClock())
    yield store
    await store.close()


def pending(client: Redis) -> list[tuple[str, int]]:
    found = client.xpending_range(LEASES, "yizhan", "-", "+", 100)
    return [(it["consumer"], it["times_delivered"]) for it in found]


class TestLeases:
    async def test_the_pending_entry_is_the_lease(self, store: RedisStore, client: Redis) -> None:
        await store.claim(arrival())
        assert [owner for owner, _ in pending(client)] == ["A"]
        await store.finish("k1", "A", Outcome((b"one",)))
        assert pending(client) == []
        assert client.xlen(LEASES) == 0
        await store.reroute("k1", "B")
        assert [owner for owner, _ in pending(client)] == ["B"]
        await store.unsent("k1", "B", "ready", "push", "")
        assert pending(client) == []

    async def test_another_consumers_entry_fences_the_owner_off(
        self, store: RedisStore, client: Redis
    ) -> None:
        await store.claim(arrival())
        [entry] = client.xrange(LEASES)
        client.xclaim(LEASES, "yizhan", "B", 0, [entry[0]])
        assert await store.finish("k1", "A", Outcome()) is None
        assert await store.turn("k1", "A") is None
        assert not await store.step("k1", "A", "ask", b"x")
        assert await store.renew("A") == frozenset()
        assert await store.finish("k1", "B", Outcome()) == Taken()

    async def test_an_acknowledged_entry_is_never_resurrected(
        self, store: RedisStore, client: Redis
    ) -> None:
        await store.claim(arrival())
        await store.finish("k1", "A", Outcome())
        for ask in (store.renew("A"), store.leave("A"), store.recover("B", 0.01, 3, 9)):
            await ask
        assert (await store.claim(arrival())).status == "again"
        assert pending(client) == []
        assert client.xlen(LEASES) == 0

    async def test_idle_time_is_the_lease(self, store: RedisStore, client: Redis) -> None:
        await store.claim(arrival())
        await asyncio.sleep(0.05)
        await store.renew("A")
        [entry] = client.xpending_range(LEASES, "yizhan", "-", "+", 1)
        assert entry["time_since_delivered"] < 45

    async def test_more_than_a_page_of_them(self, store: RedisStore) -> None:
        keys = {f"k{number}" for number in range(600)}
        for hundred in range(6):
            some = (f"k{hundred * 100 + number}" for number in range(100))
            await asyncio.gather(*(store.claim(arrival(key, window="")) for key in some))
        assert await store.renew("A") == keys
        await asyncio.sleep(0.02)
        assert len(await store.recover("B", 0.01, 3, 2000)) == 600
        await store.leave("B")
        assert len(await store.recover("C", 1000.0, 3, 2000)) == 600

    async def test_consumers_without_leases_are_let_go(
        self, store: RedisStore, client: Redis
    ) -> None:
        await store.claim(arrival())
        await store.finish("k1", "A", Outcome())
        await store.claim(arrival("k2", owner="B"))
        await store.prune(time.time(), 60, 60)
        assert [it["name"] for it in client.xinfo_consumers(LEASES, "yizhan")] == ["B"]
        assert await store.renew("B") == {"k2"}

    async def test_a_lost_stream_comes_back(self, store: RedisStore, client: Redis) -> None:
        await store.claim(arrival())
        client.flushall()
        assert await store.renew("A") == frozenset()
        client.flushall()
        await store.leave("A")
        client.flushall()
        assert await store.recover("A", 1.0, 3, 9) == ()
        client.flushall()
        assert await store.prune(time.time(), 60, 60) == 0
        client.flushall()
        assert (await store.claim(arrival())).status == "new"


class TestPrune:
    async def test_one_in_a_hundred_followers_may_go_at_once(
        self, store: RedisStore, client: Redis
    ) -> None:
        client.zadd("{wx1}:followers", {f"o{number}": 1.0 for number in range(20_000)})
        await store.prune(time.time(), 60, 60)
        assert client.zcard("{wx1}:followers") == 19_800


class TestKeys:
    async def test_all_share_the_accounts_hash_tag(self, store: RedisStore, client: Redis) -> None:
        await store.claim(arrival())
        await store.step("k1", "A", "ask", b"x")
        await store.finish("k1", "A", Outcome((b"one",), session=b"s"))
        keys = cast(list[str], client.keys("*"))
        assert keys and all(key.startswith("{wx1}:") for key in keys)

    async def test_accounts_are_strangers(self, store: RedisStore, redis_url: str) -> None:
        await store.claim(arrival())
        other = RedisStore(redis_url, "wx2", SystemClock())
        assert (await other.claim(arrival())).status == "new"
        assert await other.forget("oFan") == 1
        assert len(await store.look(["k1"])) == 1
        await other.close()

    async def test_nothing_is_left_of_what_is_gone(self, store: RedisStore, client: Redis) -> None:
        await store.claim(arrival())
        await store.step("k1", "A", "ask", b"x")
        await store.forget("oFan")
        assert set(cast(list[str], client.keys("*"))) == {LEASES, "{wx1}:seq"}


class TestPulse:
    async def test_another_process_is_heard_within_50_ms(
        self, store: RedisStore, peer: RedisStore
    ) -> None:
        await store.pulse()  # what was before the subscription
        for number in range(3):
            waiting = asyncio.create_task(store.pulse())
            await asyncio.sleep(0.02)
            await peer.claim(arrival(f"k{number}"))
            await asyncio.wait_for(waiting, 0.05)

    async def test_what_changed_in_between_counts_once(
        self, store: RedisStore, peer: RedisStore
    ) -> None:
        await store.pulse()
        await peer.claim(arrival("k1"))
        await peer.claim(arrival("k2"))
        await asyncio.wait_for(store.pulse(), 0.05)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(store.pulse(), 0.05)

    async def test_its_own_changes_do_not(self, store: RedisStore) -> None:
        await store.pulse()
        await store.claim(arrival())
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(store.pulse(), 0.05)

    async def test_waiting_may_be_long(
        self, store: RedisStore, peer: RedisStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(redis_pulse, "LISTEN", 0.01)
        await store.pulse()
        waiting = asyncio.create_task(store.pulse())
        await asyncio.sleep(0.05)
        await peer.claim(arrival())
        await asyncio.wait_for(waiting, 0.05)

    async def test_the_subscription_ends_when_nobody_waits(
        self, store: RedisStore, client: Redis, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(redis_pulse, "LINGER", 0.02)
        await store.pulse()
        assert client.pubsub_channels() == ["{wx1}:pulse"]
        await asyncio.sleep(0.1)
        assert client.pubsub_channels() == []

    async def test_a_lost_connection_is_told(self, store: RedisStore, client: Redis) -> None:
        await store.pulse()
        waiting = asyncio.create_task(store.pulse())
        await asyncio.sleep(0.02)
        client.client_kill_filter(_type="pubsub")
        with pytest.raises(StoreError):
            await waiting
        await asyncio.wait_for(store.pulse(), 1)


class Lossy:
    """A script whose answer gets lost, for a while."""

    def __init__(self, store: RedisStore, name: str, error: Exception, times: int = 1) -> None:
        self.script = store._script(name)
        self.error = error
        self.times = times
        store._scripts[name] = self
        store._pipeline = None  # one by one, so that one answer can be lost

    async def __call__(self, keys: list[str], args: object) -> object:
        reply = await self.script(keys, args)  # type: ignore[arg-type]  # handed through
        self.times -= 1
        if self.times >= 0:
            raise self.error
        return reply


LOST = exceptions.ConnectionError("lost")
LATE = exceptions.TimeoutError("late")


class TestRepeatedCalls:
    """What was done, yet not heard of, is not done again."""

    async def test_claim(self, store: RedisStore) -> None:
        Lossy(store, "claim", LOST, times=2)
        claimed = await store.claim(arrival())
        assert (claimed.status, claimed.arrivals, claimed.mine) == ("new", 1, True)

    async def test_finish(self, store: RedisStore) -> None:
        await store.claim(arrival())
        Lossy(store, "finish", LOST)
        taken = await store.finish("k1", "A", Outcome((b"one",), reserve=True))
        assert taken == Taken((Part("k1", 0, b"one"),))
        await store.claim(arrival("k2"))
        Lossy(store, "finish", LOST)
        assert await store.finish("k2", "A", Outcome((b"two",))) == Taken()
        [job] = await store.look(["k2"])
        assert [part.body for part in job.parts] == [b"two"]

    async def test_send(self, store: RedisStore) -> None:
        await store.claim(arrival())
        await store.finish("k1", "A", Outcome((b"one",), route="custom"))
        Lossy(store, "send", LOST)
        assert await store.send("k1", "A", 1, QUOTA, time.time()) == "message"
        assert (await store.follower("oFan")).windows["message"].used == 1

    async def test_a_late_claim_is_new_to_who_asks_again(self, store: RedisStore) -> None:
        Lossy(store, "claim", LATE)
        push = arrival()
        with pytest.raises(StoreError):
            await store.claim(push)
        assert (await store.claim(push)).status == "new"
        assert (await store.claim(push)).status == "again"

    async def test_not_to_another_process(self, store: RedisStore, peer: RedisStore) -> None:
        Lossy(store, "claim", LATE)
        with pytest.raises(StoreError):
            await store.claim(arrival())
        claimed = await peer.claim(arrival(owner="B"))
        assert (claimed.status, claimed.mine) == ("again", False)

    async def test_only_so_many_are_remembered(
        self, store: RedisStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(redis_module, "MOST_UNSURE", 1)
        Lossy(store, "claim", LATE, times=2)
        for key in ("k1", "k2"):
            with pytest.raises(StoreError):
                await store.claim(arrival(key))
        assert [it.status for it in [await store.claim(arrival(key)) for key in ("k1", "k2")]] == [
            "again",
            "new",
        ]


async def listen(store: RedisStore) -> None:
    """The first pulse may only subscribe, and not see yet that nobody is there."""
    while True:
        await store.pulse()


class TestOutage:
    async def test_a_stopped_server_is_told_soon_and_heals(self) -> None:
        with RedisServer() as server:
            store = RedisStore(server.url, "wx1", SystemClock())
            await store.open()
            await store.claim(arrival())
            server.stop()
            begun = time.monotonic()
            results = await asyncio.gather(
                *(store.claim(arrival(f"k{number}")) for number in range(2, 9)),
                store.renew("A"),
                listen(store),
                return_exceptions=True,
            )
            assert {it.phrase for it in results if isinstance(it, StoreError)} == {
                "store.unreachable"
            }
            assert all(isinstance(it, StoreError) for it in results)
            assert time.monotonic() - begun < 2
            server.start()
            assert await store.renew("A") == {"k1"}
            assert (await store.claim(arrival("k2"))).status == "new"
            await store.close()

    async def test_a_short_one_is_not_even_noticed(self) -> None:
        with RedisServer() as server:
            store = RedisStore(server.url, "wx1", SystemClock())
            await store.open()
            server.stop()
            waiting = asyncio.create_task(store.claim(arrival()))
            await asyncio.sleep(0.05)
            server.start()
            assert (await waiting).status == "new"
            await store.close()

    async def test_lost_connections_are_no_outage(self, store: RedisStore, client: Redis) -> None:
        await store.claim(arrival())
        client.client_kill_filter(_type="normal", skipme=True)
        assert (await store.claim(arrival("k2"))).status == "new"

    async def test_a_server_that_never_answers_is_given_up(self) -> None:
        async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read()
            writer.close()

        server = await asyncio.start_server(silent, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        store = RedisStore(f"redis://127.0.0.1:{port}?socket_timeout=0.1", "wx1", SystemClock())
        begun = time.monotonic()
        with pytest.raises(StoreError) as caught:
            await store.open()
        assert caught.value.phrase == "store.unreachable"
        assert time.monotonic() - begun < 1
        await store.close()
        server.close()
        await server.wait_closed()

    async def test_what_the_server_refuses_is_told(self, store: RedisStore, client: Redis) -> None:
        client.set("{wx1}:job:k1", "no hash")
        with pytest.raises(StoreError) as caught:
            await store.claim(arrival())
        assert caught.value.phrase == "store.refused"

    async def test_forgotten_scripts_are_loaded_again(
        self, store: RedisStore, client: Redis
    ) -> None:
        await store.claim(arrival())
        client.script_flush()
        assert (await store.claim(arrival("k2"))).status == "new"

    async def test_a_crowd_shares_the_connections(self, store: RedisStore) -> None:
        claims = await asyncio.gather(*(store.claim(arrival(f"k{n}")) for n in range(300)))
        assert [claim.status for claim in claims] == ["new"] * 300


class TestPromise:
    @pytest.mark.parametrize(
        ("settings", "name"),
        [
            ({"appendonly": "yes", "appendfsync": "always"}, "always"),
            ({"appendonly": "yes", "appendfsync": "everysec"}, "everysec"),
            ({"appendonly": "yes", "appendfsync": "no"}, "no"),
            ({"appendonly": "no", "save": "3600 1"}, "snapshot"),
            ({"appendonly": "no", "save": ""}, "memory"),
        ],
    )
    async def test_it_is_what_the_server_is_set_to(
        self, redis_url: str, client: Redis, settings: dict[str, str], name: str
    ) -> None:
        before = client.config_get("append*", "save")
        for setting, value in settings.items():
            client.config_set(setting, value)
        store = RedisStore(redis_url, "wx1", SystemClock())
        promise = await store.open()
        await store.close()
        for setting in ("appendonly", "appendfsync", "save"):
            client.config_set(setting, before[setting])
        assert (promise.name, promise.phrase) == (f"redis {name}", f"store.redis_{name}")

    async def test_unknown_where_the_server_does_not_tell(
        self, redis_url: str, client: Redis
    ) -> None:
        client.acl_setuser(
            "bot",
            enabled=True,
            passwords=["+secret"],
            keys=["*"],
            channels=["*"],
            categories=["+@all"],
            commands=["-config"],
        )
        url = redis_url.replace("redis://", "redis://bot:secret@")
        store = RedisStore(url, "wx1", SystemClock())
        assert (await store.open()).phrase == "store.redis_unknown"
        await store.close()

    async def test_a_lost_server_promises_nothing(
        self, store: RedisStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def lost(*_: object) -> None:
            raise LATE

        monkeypatch.setattr(store._client, "config_get", lost)
        with pytest.raises(StoreError):
            await store.open()


def _become_cluster(server: RedisServer) -> None:
    with Redis.from_url(server.url) as client:
        client.execute_command("CLUSTER ADDSLOTSRANGE", 0, 16383)
        while client.execute_command("CLUSTER INFO")["cluster_state"] != "ok":
            time.sleep(0.01)


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


class TestAway:
    @pytest.mark.parametrize("scheme", ["redis", "redis+cluster", "redis+sentinel"])
    async def test_a_server_that_is_not_there_is_a_sentence(self, scheme: str) -> None:
        path = "/shop" if scheme == "redis+sentinel" else ""
        store = connect(f"{scheme}://127.0.0.1:1{path}", account="wx1")
        with pytest.raises(StoreError) as caught:
            await store.open()
        await store.close()
        assert caught.value.phrase == "store.unreachable"
        assert "<" not in str(caught.value)


class TestAddresses:
    async def test_cluster(self) -> None:
        with RedisServer("--cluster-enabled", "yes") as server:
            _become_cluster(server)
            url = server.url.replace("redis://", "redis+cluster://").removesuffix("/0")
            store = connect(url, account="wx1")
            assert isinstance(store, RedisStore)
            assert isinstance(store._client, RedisCluster)
            assert (await store.open()).phrase == "store.redis_unknown"
            assert (await store.claim(arrival())).status == "new"
            assert await store.finish("k1", "A", Outcome((b"one",))) == Taken()
            await asyncio.wait_for(store.pulse(), 0.1)
            assert (await store.stats()).jobs == {"ready": 1}
            await store.close()

    async def test_sentinel(self, tmp_path: Path) -> None:
        with RedisServer() as server, RedisServer() as spare:
            spare.stop()
            with sentinel(server, tmp_path, spare.port):
                url = f"redis+sentinel://127.0.0.1:{spare.port}/shop/0"
                store = connect(url, account="wx1")
                claimed: Claimed | None = None
                while claimed is None:
                    try:
                        claimed = await store.claim(arrival())
                    except StoreError:
                        await asyncio.sleep(0.01)
                assert claimed.status == "new"
                await store.close()

    def test_sentinel_with_login(self) -> None:
        store = RedisStore("rediss+sentinel://bot:secret@one:1,two/shop/3", "wx1", SystemClock())
        client = store._client
        assert isinstance(client, AsyncRedis)
        pool = client.connection_pool
        assert isinstance(pool, SentinelConnectionPool)
        hosts = [it.connection_pool.connection_kwargs for it in pool.sentinel_manager.sentinels]
        assert [(it["host"], it["port"]) for it in hosts] == [("one", 1), ("two", 26379)]
        assert pool.service_name == "shop"
        login = {key: pool.connection_kwargs[key] for key in ("db", "username", "password")}
        assert login == {"db": 3, "username": "bot", "password": "secret"}

    async def test_unix_socket(self, tmp_path: Path) -> None:
        socket = tmp_path / "redis.sock"
        with RedisServer("--unixsocket", str(socket)):
            store = connect(f"unix://{socket}?db=0", account="wx1")
            assert (await store.claim(arrival())).status == "new"
            await store.close()

    @pytest.mark.parametrize(
        "url",
        [
            "redis://localhost?no_such_option=1",
            "redis://localhost?socket_timeout=soon",
            "redis+sentinel://one:1",
            "redis+sentinel:///shop",
            "redis://localhost:port",
        ],
    )
    def test_a_bad_address_is_refused(self, url: str) -> None:
        with pytest.raises(SettingsError) as caught:
            connect(url, account="wx1")
        assert caught.value.phrase == "store.redis_url"

    @pytest.mark.parametrize(
        "url",
        [
            "redis://:s3cret?x@host:6379/0",
            "redis://:s3cret#x@host:6379/0",
            "redis+sentinel://one:s3cret/shop",
            "redis+sentinel://:x/shop/s3cret@one:1/shop",
        ],
    )
    def test_a_bad_address_is_refused_without_a_piece_of_its_password(self, url: str) -> None:
        with pytest.raises(SettingsError) as caught:
            connect(url, account="wx1")
        told = "".join(traceback.format_exception(caught.value))
        assert "s3cret" not in told
