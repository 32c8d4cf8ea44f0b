"""What version 1 of the store in Redis held, written by that store, is all brought over.

`files/version-1.redis` is a dump of the keys that two processes left: one was killed, the other
had stopped.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import pytest
from redis import Redis

from fake_clock import FakeClock
from mailboxes.earlier import ACCOUNT, MESSAGES, restore
from mailboxes.places import LEASE, accept, do, look
from yizhan.errors import StoreError
from yizhan.inbox import carrying, rules, upkeep
from yizhan.inbox.rules import RunResult
from yizhan.inbox.upkeep import Death, Terms
from yizhan.store.mailbox import DIALOG, SESSION, Binding, Window
from yizhan.store.mailboxes import redis_earlier
from yizhan.store.mailboxes.redis import RedisStore, migrate

TERMS = Terms(tries=3, lease=LEASE)
DEAD = "host:1:dead"


def key(openid: str, number: int) -> str:
    return f"gh_a1b2c3d4e5f6:{openid}:{number}"


def name(rest: str) -> str:
    return f"{{{ACCOUNT}}}:{rest}"


def said(*words: str) -> list[bytes]:
    return [f'[{{"type":"text","content":"{word}"}}]'.encode() for word in words]


@pytest.fixture
def old(redis_url: str) -> Any:
    """The server, with the keys of version 1."""
    with Redis.from_url(redis_url) as client:
        restore(client)
        yield client


def opened(url: str) -> RedisStore:
    clock = FakeClock()
    clock.wall_time = 1_800_000_060.0
    return RedisStore(url, ACCOUNT, "A", clock, read=lambda _: clock.wall())


@asynccontextmanager
async def served(url: str) -> AsyncIterator[RedisStore]:
    store = opened(url)
    await store.open()
    try:
        yield store
    finally:
        await store.close()


async def finish_of(store: RedisStore, key: str, openid: str, body: bytes) -> None:
    rule = partial(rules.finish, key=key, owner="A", outcome=RunResult((body,)))
    await do(store, rule, openid)


async def taken_by(store: RedisStore, push: str, openid: str) -> list[bytes]:
    taken = await do(store, partial(carrying.take, key=push, owner="A"), openid)
    return [part.body for part in taken.parts]


async def brought(url: str, *, lease: float = 15.0) -> int:
    return await migrate(url, ACCOUNT, lease, lambda done: None)


@pytest.fixture
async def store(old: Redis, redis_url: str) -> AsyncIterator[RedisStore]:
    assert await brought(redis_url) == MESSAGES
    made = opened(redis_url)
    await made.open()
    yield made
    await made.close()


async def test_waiting_answers_ride_on_the_next_push(store: RedisStore) -> None:
    assert (await look(store, "oWaiting")).box.shown == "working"
    assert (await accept(store, "new", "oWaiting")).waiting == 2
    assert await taken_by(store, "new", "oWaiting") == said("第一", "第二")


async def test_windows_stay_open(store: RedisStore) -> None:
    view = await look(store, "oWaiting")
    assert view.box.windows == {"message": Window(1_800_000_000.0, 0)}
    assert (await look(store, "oSending")).box.windows["message"].used == 1


async def test_sessions_and_open_dialogs_go_on(store: RedisStore) -> None:
    rows = (await look(store, "oDialog")).rows
    assert rows == {SESSION: b'{"n":1}', DIALOG: b'{"question":"?"}'}


async def test_a_late_repeat_gets_its_answer(store: RedisStore) -> None:
    again = await accept(store, key("oDone", 9), "oDone")
    assert (again.status, again.state) == ("again", "replied")
    assert [again.reply] == said("好了")


async def test_what_ran_is_run_again_with_its_steps_and_what_waited_behind_it(
    store: RedisStore,
) -> None:
    rule = partial(upkeep.adopt, death=Death(DEAD), owner="A", terms=TERMS)
    first, second = (await do(store, rule, "oRunning")).jobs
    assert (first.key, first.state, first.attempts) == (key("oRunning", 3), "running", 2)
    assert (second.key, second.state) == (key("oRunning", 4), "waiting")
    assert (await look(store, "oRunning")).rows[f"step:{first.seq}:0:pay"] == b'"paid"'
    [whole] = await store.messages([first.key])
    assert "跑".encode() in whole.message.body


async def test_the_work_of_the_dead_is_found_and_what_the_stopped_left_at_once(
    store: RedisStore,
) -> None:
    assert {it.openid for it in await store.orphans(LEASE, 100)} == {"oLeft"}
    assert isinstance(store._clock, FakeClock)
    store._clock.lease_time += LEASE
    store._clock.wall_time += LEASE
    found = {it.openid: it.owner for it in await store.orphans(LEASE, 100)}
    assert found == {"oLeft": "", "oRunning": DEAD, "oSending": DEAD}


async def test_a_send_that_was_on_its_way_becomes_unknown(store: RedisStore) -> None:
    rule = partial(upkeep.adopt, death=Death(DEAD), owner="A", terms=TERMS)
    await do(store, rule, "oSending")
    [whole] = await store.messages([key("oSending", 5)])
    assert whole.state == "unknown"


async def test_listed_messages_can_be_put_back_with_their_parts(store: RedisStore) -> None:
    dead, uncollected = (
        *(await store.jobs("dead", 9, None)),
        *(await store.jobs("uncollected", 9, None)),
    )
    assert (dead.message.key, dead.message.note) == (key("oListed", 7), "why")
    for whole in (dead, uncollected):
        rule = partial(upkeep.retry, key=whole.message.key)
        assert await do(store, rule, "oListed", keys=[whole.message.key])
    taken = await do(store, partial(carrying.take, key="new", owner="A"), "oListed")
    assert [part.body for part in taken.parts] == said("半个", "没人取")


async def test_signatures_stay_bound(store: RedisStore, old: Redis) -> None:
    kept = old.hget(name("bindings"), "sig")
    assert kept is not None
    assert kept[17:] == b"\xab" * 16


async def test_nothing_is_left_as_version_1_had_it_but_the_mark_is_kept(
    store: RedisStore, old: Redis
) -> None:
    kinds = {it.decode().removeprefix(name("")).partition(":")[0] for it in old.keys("*")}
    earlier = {*redis_earlier.ONE, *redis_earlier.KINDS}
    assert kinds & earlier == set()
    assert await store.mark() == b'{"appid":"wx0123456789abcdef"}'
    assert await brought(opened_url(store)) == 0


def opened_url(store: RedisStore) -> str:
    return store._url


async def test_the_store_does_not_open_before(old: Redis, redis_url: str) -> None:
    with pytest.raises(StoreError) as caught:
        await opened(redis_url).open()
    assert caught.value.phrase == "store.earlier_redis"


async def test_as_long_as_an_old_process_lives_all_is_left_alone(
    old: Redis, redis_url: str
) -> None:
    before = set(old.keys("*"))
    with pytest.raises(StoreError) as caught:
        await brought(redis_url, lease=120.0)
    assert caught.value.phrase == "store.earlier_alive"
    assert set(old.keys("*")) == before


@pytest.mark.parametrize("at", [1, 4, 7])
async def test_it_may_be_broken_off_and_begun_again(old: Redis, redis_url: str, at: int) -> None:
    def told(done: int) -> None:
        if done == at:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        await migrate(redis_url, ACCOUNT, 15.0, told)
    with pytest.raises(StoreError):
        await opened(redis_url).open()
    assert await brought(redis_url) == MESSAGES
    store = opened(redis_url)
    await store.open()
    assert len(await store.jobs(None, 99, None)) == MESSAGES
    await store.close()


async def test_what_cannot_be_read_is_passed_over(old: Redis, redis_url: str) -> None:
    old.hset(name(f"job:{key('oRunning', 3)}"), "record", b"\xff")
    old.delete(name(f"job:{key('oListed', 7)}"))
    assert await brought(redis_url) == MESSAGES - 2
    store = opened(redis_url)
    await store.open()
    assert len((await look(store, "oRunning")).box.jobs) == 1
    await store.close()


@pytest.mark.parametrize("is_served", [False, True], ids=["untouched", "served since"])
async def test_what_an_old_process_took_in_afterwards_is_put_behind_what_is_there(
    old: Redis, redis_url: str, is_served: bool
) -> None:
    await brought(redis_url)
    if is_served:
        async with served(redis_url) as store:
            await accept(store, "between", "oWaiting")
            await finish_of(store, "between", "oWaiting", b"between")
    restore(old)  # with a message and an answer that nobody has seen
    record = old.hget(name(f"job:{key('oWaiting', 1)}"), "record")
    old.hset(name("job:late"), mapping={"record": record, "message": b'{"ToUserName": "gh"}'})
    old.zadd(name("of:oWaiting"), {"late": 2})
    assert await brought(redis_url) == MESSAGES + 1
    async with served(redis_url) as store:
        view = await look(store, "oWaiting")
        keys = [key("oWaiting", 1), *(["between"] if is_served else []), "late"]
        assert [job.key for job in view.box.jobs] == keys
        assert [job.seq for job in view.box.jobs] == sorted({it.seq for it in view.box.jobs})
        assert view.box.seq == view.box.jobs[-1].seq
        assert view.box.windows.keys() == {"message"}
        taken = await taken_by(store, "new", "oWaiting")
        extra = [b"between"] if is_served else []
        assert taken == [*said("第一", "第二"), *extra, *said("第一", "第二")]
        assert (await look(store, "oDialog")).rows[SESSION] == b'{"n":1}'


async def test_other_accounts_keep_what_is_theirs(old: Redis, redis_url: str) -> None:
    old.set("{wx1}:seq", "1")
    await brought(redis_url)
    assert old.get("{wx1}:seq") == b"1"


async def test_a_binding_brought_over_still_refuses_another_body(
    store: RedisStore, old: Redis
) -> None:
    old.hset(name("bindings"), "sig", b"01800009999.00000" + b"\xab" * 16)
    binding = Binding("sig", b"other", 600)
    assert (await accept(store, "new", binding=binding)).status == "reused"
