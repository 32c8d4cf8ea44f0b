"""A real cluster of three nodes: one dies, slots move; nothing is lost, done twice or a crash."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from functools import partial
from itertools import count

import pytest

from mailboxes.burster import counted
from mailboxes.crowd import Crowd
from mailboxes.places import accept, do
from redis_cluster import RedisCluster
from scenarios.scale import SOAK
from yizhan.clock import SystemClock
from yizhan.errors import StoreError
from yizhan.inbox import rules
from yizhan.inbox.rules import RunResult
from yizhan.store.mailbox import Binding
from yizhan.store.mailboxes.redis import RedisStore

pytestmark = pytest.mark.skipif(not SOAK, reason="in make soak: three nodes take their time")

FOLLOWERS = [f"o{number}" for number in range(48)]
LEASE = 5.0  # so long that no busy machine keeps the living from renewing it


@pytest.fixture
async def store(cluster_url: str) -> AsyncIterator[RedisStore]:
    store = RedisStore(cluster_url, "wx1", "A", SystemClock())
    await store.open()
    yield store
    await store.close()


@pytest.fixture
async def peer(cluster_url: str) -> AsyncIterator[RedisStore]:
    store = RedisStore(cluster_url, "wx1", "B", SystemClock())
    await store.open()
    yield store
    await store.close()


async def test_an_account_is_spread_over_all_nodes(
    store: RedisStore, redis_cluster: RedisCluster
) -> None:
    for number, openid in enumerate(FOLLOWERS):
        await accept(store, f"k{number}", openid)
    for number in range(3):
        with redis_cluster.client(number) as client:
            assert client.dbsize() > 0


async def test_a_dead_node_is_an_error_for_its_followers_alone(
    store: RedisStore, redis_cluster: RedisCluster
) -> None:
    for openid in FOLLOWERS:
        await do(store, counted, openid)
    await asyncio.to_thread(redis_cluster.nodes[1].stop)
    results = await asyncio.gather(
        *(do(store, counted, openid) for openid in FOLLOWERS), return_exceptions=True
    )
    await asyncio.to_thread(redis_cluster.nodes[1].start)
    await asyncio.to_thread(redis_cluster.await_whole)
    assert {type(it) for it in results} == {int, StoreError}
    again = await asyncio.gather(*(do(store, counted, openid) for openid in FOLLOWERS))
    assert set(again) <= {2, 3}


@pytest.mark.parametrize("node", [0, 1, 2])
async def test_a_killed_node_loses_nothing_and_nothing_is_done_twice(
    store: RedisStore, redis_cluster: RedisCluster, node: int
) -> None:
    crowd = Crowd(store, FOLLOWERS)
    for _ in range(2):
        await crowd.has_done(200)
        await asyncio.to_thread(redis_cluster.nodes[node].stop)
        await asyncio.sleep(0.3)
        await asyncio.to_thread(redis_cluster.nodes[node].start)
        await asyncio.to_thread(redis_cluster.await_whole)
    await crowd.has_done(200)
    await crowd.ends()
    await crowd.is_exact()
    assert all(crowd.done.values())


async def test_a_node_s_outage_makes_no_orphans_of_the_living(
    store: RedisStore, peer: RedisStore, redis_cluster: RedisCluster
) -> None:
    for number, openid in enumerate(FOLLOWERS):
        await accept(store, f"k{number}", openid)
    taken: set[str] = set()
    is_over = False

    async def lives() -> None:
        while not is_over:
            with suppress(StoreError):  # as long as a node is down
                await store.renew()
            await asyncio.sleep(LEASE / 10)

    async def watches() -> None:
        while not is_over:
            with suppress(StoreError):
                taken.update(it.openid for it in await peer.orphans(LEASE, 100))
            await asyncio.sleep(LEASE / 10)

    tasks = [asyncio.ensure_future(it) for it in (lives(), watches())]
    await asyncio.sleep(LEASE)
    await asyncio.to_thread(redis_cluster.nodes[2].stop)
    await asyncio.sleep(LEASE * 2)
    await asyncio.to_thread(redis_cluster.nodes[2].start)
    await asyncio.to_thread(redis_cluster.await_whole)
    await asyncio.sleep(LEASE)
    is_over = True
    await asyncio.gather(*tasks)
    assert taken == set()
    assert await store.renew() == set(FOLLOWERS)


async def test_slots_move_while_all_is_in_use(
    store: RedisStore, peer: RedisStore, redis_cluster: RedisCluster
) -> None:
    crowd = Crowd(store, FOLLOWERS)
    others = Crowd(peer, [f"p{number}" for number in range(48)])
    keys: list[str] = []
    is_over = False

    async def serves(openid: str) -> None:
        for number in count():
            if is_over:
                return
            key = f"{openid}-{number}"
            ended = partial(rules.finish, key=key, owner="A", outcome=RunResult(reserve=True))
            await surely(lambda: accept(store, key, openid, binding=Binding(key, b"one", 600)))  # noqa: B023
            await surely(lambda: do(store, ended, openid))  # noqa: B023
            keys.append(key)

    serving = [asyncio.ensure_future(serves(f"q{number}")) for number in range(12)]
    await crowd.has_done(200)
    for shard in range(0, 16, 6):
        name = f"{{wx1:{shard}}}"
        to = (redis_cluster.owner_of(name) + 1) % 3
        await asyncio.to_thread(partial(redis_cluster.move, name, to, step=4, pause=0.02))
        await crowd.has_done(50)
    is_over = True
    await asyncio.gather(*serving)
    for it in (crowd, others):
        await it.ends()
        await it.is_exact()
    assert {it.message.key: it.state for it in await peer.messages(keys)} == dict.fromkeys(
        keys, "replied"
    )
    assert {it.message.key for it in await peer.jobs(None, len(keys) + 9, None)} == set(keys)


async def surely(call: Callable[[], Awaitable[object]]) -> None:
    """As who waits for the store does: again, until it is done."""
    while True:
        with suppress(StoreError):
            await call()
            return
        await asyncio.sleep(0.02)
