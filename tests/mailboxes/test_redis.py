"""What is Redis's own: lost answers and servers, keys that cannot be read, several processes."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import cast

import pytest
from redis import Redis, exceptions

from mailboxes.burster import counted
from mailboxes.crowd import Crowd
from mailboxes.places import FAN, HOUR, LEASE, Place, accept, do, finish, look, take
from mailboxes.test_contract import TERMS, dies
from redis_server import RedisServer
from yizhan.clock import SystemClock
from yizhan.errors import StoreError
from yizhan.inbox import rules, upkeep
from yizhan.inbox.rules import Finished, RunResult
from yizhan.inbox.upkeep import Death
from yizhan.store.mailbox import Binding, Change
from yizhan.store.mailboxes.contract import Store
from yizhan.store.mailboxes.redis import RedisStore
from yizhan.store.mailboxes.redis_link import Node

BOX = "{wx1}:box:oFan"


@pytest.fixture
async def place(tmp_path: Path, redis_url: str) -> AsyncIterator[Place]:
    made = Place("redis", tmp_path, url=redis_url)
    yield made
    await made.close()


@pytest.fixture
def client(redis_url: str) -> Iterator[Redis]:
    with Redis.from_url(redis_url) as client:
        yield client


def keys_in(client: Redis) -> set[str]:
    return {key.decode() for key in cast("list[bytes]", client.keys("*"))}


class TestKeys:
    async def test_all_share_the_accounts_hash_tag(self, store: Store, client: Redis) -> None:
        await accept(store, "k1", binding=Binding("s", b"one", 600))
        await finish(store, "k1", b"one", session=b"s")
        assert keys_in(client)
        assert all(key.startswith("{wx1}:") for key in keys_in(client))

    async def test_nothing_is_left_of_who_is_forgotten(self, store: Store, client: Redis) -> None:
        await accept(store, "k1")
        await finish(store, "k1", b"one", session=b"s", steps={"ask": b"x"})
        keys = await store.keys_of(FAN)
        assert await do(store, partial(upkeep.forget, keys=keys), keys=keys) == 1
        assert keys_in(client) == {BOX, "{wx1}:boxes", "{wx1}:renewals"}
        assert dict((await look(store)).rows) == {}

    async def test_nothing_is_left_of_what_is_over(
        self, place: Place, store: Store, client: Redis
    ) -> None:
        await accept(store, "k1", binding=Binding("s", b"one", 600))
        await finish(store, "k1", reserve=True)
        place.passes(HOUR)
        await store.prune(place.clock.wall(), HOUR / 2, HOUR / 2, 100)
        assert keys_in(client) == {"{wx1}:renewals"}

    async def test_accounts_are_strangers(self, place: Place, store: Store) -> None:
        await accept(store, "k1")
        other = RedisStore(place.url, "wx2", "A", place.clock)
        await other.open()
        assert (await accept(other, "k1")).status == "new"
        assert (await other.stats()).followers == 1
        await other.close()


class Lossy:
    """The next answers get lost, after all was done that they tell of."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.errors: list[Exception] = []
        self.calls = 0
        sent = Node._exchange

        async def lossy(node: Node, packed: bytes, count: int) -> list[object]:
            answers = await sent(node, packed, count)
            self.calls += 1
            if self.errors:
                raise self.errors.pop(0)
            return answers

        monkeypatch.setattr(Node, "_exchange", lossy)


@pytest.fixture
async def lossy(store: Store, monkeypatch: pytest.MonkeyPatch) -> Lossy:
    await do(store, counted, "oFirst")  # the server has the script
    return Lossy(monkeypatch)


LOST = exceptions.ConnectionError("lost")
LATE = exceptions.TimeoutError("late")


class TestLostAnswers:
    async def test_a_commit_that_was_done_is_known_by_its_number(
        self, store: Store, lossy: Lossy
    ) -> None:
        for number in range(1, 4):
            lossy.errors = [LOST] * number
            assert await do(store, counted) == number
        assert (await look(store)).rows["count"] == b"3"

    async def test_through_more_than_the_client_itself_repeats(
        self, store: Store, lossy: Lossy
    ) -> None:
        lossy.errors = [LOST] * 6
        assert (await accept(store, "k1")).status == "new"
        [whole] = await store.messages(["k1"])
        assert whole.job is not None
        assert whole.job.arrivals == 1

    async def test_though_another_has_changed_the_mailbox_since(
        self, store: Store, peer: Store, lossy: Lossy
    ) -> None:
        await accept(store, "k1")
        lossy.errors = [LOST]
        one = asyncio.ensure_future(do(store, counted))
        while lossy.errors:  # noqa: ASYNC110  # nobody tells
            await asyncio.sleep(0)
        assert await do(peer, counted) == 2
        assert await one == 1
        assert (await look(peer)).rows["count"] == b"2"

    async def test_a_late_change_is_not_made_twice(self, store: Store, lossy: Lossy) -> None:
        await do(store, counted)
        lossy.errors = [LATE]
        store.change_later(FAN, lambda view: Change(None, view.box, counted(view).rows))
        while lossy.errors:  # noqa: ASYNC110  # nobody tells
            await asyncio.sleep(0.001)
        await asyncio.sleep(0)
        assert await do(store, counted) == 3

    async def test_who_was_told_of_an_error_may_ask_again_for_the_same(
        self, store: Store, peer: Store, lossy: Lossy
    ) -> None:
        """Though others have changed the mailbox since, in which it has no work any more."""
        await accept(store, "k1")
        outcome = RunResult(reserve="all")  # it says nothing, and leaves the mailbox
        finish = partial(rules.finish, key="k1", owner="A", outcome=outcome)
        lossy.errors = [LATE]
        with pytest.raises(StoreError):
            await do(store, finish)
        assert await do(peer, counted) == 1
        assert await do(store, counted) == 2
        assert await do(store, finish) == Finished()
        assert (await look(store)).rows["count"] == b"2"

    async def test_who_waits_is_told_when_no_answer_comes(self, store: Store, lossy: Lossy) -> None:
        lossy.errors = [LATE]
        with pytest.raises(StoreError) as caught:
            await accept(store, "k1")
        assert caught.value.phrase == "store.unreachable"
        again = await accept(store, "k1")
        assert (again.status, again.mine) == ("again", True)


class TestRoundTrips:
    @pytest.mark.parametrize("known", [False, True])
    async def test_a_commit_is_one(self, store: Store, lossy: Lossy, known: bool) -> None:
        if known:
            await do(store, counted)
        before = lossy.calls
        await accept(store, "k1", binding=Binding("s", b"one", 600))
        assert lossy.calls == before + 1

    async def test_many_followers_share_one(self, store: Store, lossy: Lossy) -> None:
        await asyncio.gather(*(accept(store, f"k{it}", f"o{it}") for it in range(100)))
        assert lossy.calls == 1

    async def test_a_crowd_of_one_follower_shares_one(self, store: Store, lossy: Lossy) -> None:
        assert await asyncio.gather(*(do(store, counted) for _ in range(50))) == [*range(1, 51)]
        assert lossy.calls == 1


class TestQueue:
    async def test_a_long_one_does_not_lie_in_the_document(
        self, store: Store, peer: Store, client: Redis
    ) -> None:
        await accept(store, "k0")
        short = client.hstrlen(BOX, "box")
        for number in range(1, 60):
            await accept(store, f"k{number}")
        assert client.hstrlen(BOX, "box") < short * 6
        assert len((await look(peer)).box.jobs) == 60


class TestBusy:
    async def test_it_is_said_when_others_always_come_first(
        self, store: Store, peer: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sent = Node._exchange

        async def raced(node: Node, packed: bytes, count: int) -> list[object]:
            with monkeypatch.context() as plain:
                plain.setattr(Node, "_exchange", sent)
                await do(peer, counted)
            return await sent(node, packed, count)

        await do(store, counted)
        monkeypatch.setattr(Node, "_exchange", raced)
        with pytest.raises(StoreError) as caught:
            await do(store, counted)
        monkeypatch.setattr(Node, "_exchange", sent)
        assert caught.value.phrase == "store.busy"
        assert await do(store, counted) == int((await look(peer)).rows["count"])


Break = Callable[[Redis, str], object]


def evict(client: Redis, key: str) -> object:
    return client.delete(key)


def garble(client: Redis, key: str) -> object:
    client.delete(key)
    return client.set(key, "garbage")


def spoil(client: Redis, key: str) -> object:
    """Of the right type, but not what this program writes."""
    client.delete(key)
    return client.hset(
        key, mapping={"version": "X:1", "box": b"\xff", "message": b"\xff", "filed": b"\xff"}
    )


BREAKS = pytest.mark.parametrize("damage", [evict, garble, spoil])
INDEXES = ("boxes", "created", "renewals", "owned:A", "keys:oFan", "bindings", "due", "gone")


class TestDamage:
    """Keys that were evicted, deleted or overwritten: nobody else's work is held up."""

    @pytest.fixture(autouse=True)
    async def two(self, store: Store) -> None:
        await accept(store, "k1", body=b"one")
        await accept(store, "k2", "oOther", body=b"two")

    @BREAKS
    async def test_a_mailbox_does_not_end_recovery_for_all(
        self, place: Place, peer: Store, client: Redis, damage: Break
    ) -> None:
        damage(client, BOX)
        await dies(place, peer)
        orphans = await peer.orphans(LEASE, 10)
        assert [it.openid for it in orphans] == ["oOther"]
        rule = partial(upkeep.adopt, death=Death("A"), owner="B", terms=TERMS)
        assert len((await do(peer, rule, "oOther", guard=orphans[0].lease)).jobs) == 1

    @BREAKS
    async def test_the_messages_of_a_lost_mailbox_are_listed_and_may_be_retried(
        self, store: Store, peer: Store, client: Redis, damage: Break
    ) -> None:
        damage(client, BOX)
        states = {it.message.key: it.state for it in await peer.jobs(None, 9, None)}
        assert states == {"k1": "dead", "k2": "running"}
        for it in (store, peer):
            await do(it, counted)
        assert await do(peer, partial(upkeep.retry, key="k1"), keys=["k1"])
        [whole] = await store.messages(["k1"])
        assert (whole.state, whole.message.body) == ("waiting", b"one")

    @BREAKS
    async def test_a_follower_whose_mailbox_is_lost_is_served_on(
        self, store: Store, peer: Store, client: Redis, damage: Break
    ) -> None:
        damage(client, BOX)
        for it, key in ((store, "k3"), (peer, "k4")):
            assert (await accept(it, key)).status == "new"
        assert [it.key for it in (await look(peer)).box.jobs] == ["k3", "k4"]

    @BREAKS
    async def test_a_row_does_not_empty_the_list(
        self, peer: Store, client: Redis, damage: Break
    ) -> None:
        damage(client, "{wx1}:message:k1")
        listed = {it.message.key: it.state for it in await peer.jobs(None, 9, None)}
        assert listed == {"k1": "dead", "k2": "running"}
        assert [it.message.body for it in await peer.messages(["k1", "k2"])] == [b"", b"two"]

    @BREAKS
    async def test_a_message_whose_row_is_lost_is_handled_to_its_end(
        self, place: Place, store: Store, client: Redis, damage: Break
    ) -> None:
        damage(client, "{wx1}:message:k1")
        await finish(store, "k1", b"reply", reserve=True)
        assert await take(store, "k1") == (b"reply",)
        place.passes(HOUR)
        await store.prune(place.clock.wall(), 1.0, HOUR, 100)

    @BREAKS
    async def test_a_push_of_the_same_key_is_taken_in_anew(
        self, store: Store, client: Redis, damage: Break
    ) -> None:
        damage(client, "{wx1}:message:k5")
        assert (await accept(store, "k5", body=b"five")).status == "new"
        [whole] = await store.messages(["k5"])
        assert whole.message.body == b"five"

    @pytest.mark.parametrize("name", INDEXES)
    @pytest.mark.parametrize("damage", [evict, garble])
    async def test_no_index_is_needed_to_serve_and_list(
        self, place: Place, store: Store, peer: Store, client: Redis, name: str, damage: Break
    ) -> None:
        damage(client, f"{{wx1}}:{name}")
        assert {it.message.key for it in await peer.jobs(None, 9, None)} >= {"k1", "k2"}
        assert (await accept(peer, "k3", binding=Binding("s", b"x", 600))).status == "new"
        assert await do(store, partial(rules.step, key="k1", owner="A", name="ask", value=b"x"))
        assert await store.renew() == {FAN, "oOther"}
        await store.prune(place.clock.wall(), HOUR, HOUR, 100)
        await peer.stats()
        await peer.uncollected(0.0, 10)
        await dies(place, peer)
        orphans = await peer.orphans(LEASE, 10)
        assert {(it.openid, it.owner) for it in orphans} == {(FAN, "A"), ("oOther", "A")}
        await store.leave()
        assert len(await peer.orphans(HOUR, 10)) == 2

    @pytest.mark.parametrize("names", [("renewals", "owned:A"), ("boxes", "created")])
    async def test_the_work_of_the_dead_is_found_again_after_a_round_of_pruning(
        self, place: Place, peer: Store, client: Redis, names: Sequence[str]
    ) -> None:
        client.delete(*(f"{{wx1}}:{name}" for name in names))
        await peer.prune(place.clock.wall(), HOUR, HOUR, 100)
        await dies(place, peer)
        assert len(await peer.orphans(LEASE, 10)) == 2
        assert len(await peer.jobs(None, 9, None)) == 2

    async def test_an_account_s_name_is_no_pattern(self, place: Place, client: Redis) -> None:
        odd = RedisStore(place.url, "w[x]*?\\1", "A", place.clock)
        await odd.open()
        await accept(odd, "k1")
        client.delete("{w[x]*?\\1}:created")
        assert [it.message.key for it in await odd.jobs(None, 9, None)] == ["k1"]
        await odd.close()

    async def test_what_is_in_the_way_is_kept(self, store: Store, client: Redis) -> None:
        garble(client, BOX)
        await do(store, counted)
        [kept] = [key for key in keys_in(client) if ":aside:" in key]
        assert client.get(kept) == b"garbage"


class TestPulse:
    async def test_what_changed_before_the_subscription_is_told(
        self, store: Store, peer: Store
    ) -> None:
        await accept(store, "k1")
        await do(peer, partial(rules.wait, owner="B"))
        await finish(store, "k1", b"one")
        async with asyncio.timeout(5):
            assert await peer.pulse() == {FAN}

    async def test_each_waits_for_its_own(self, store: Store, peer: Store) -> None:
        await do(peer, partial(rules.wait, owner="B"))
        await do(peer, partial(rules.wait, owner="B"), "oOther")
        pulse = asyncio.ensure_future(peer.pulse())
        for openid in ("oThird", FAN, "oOther"):
            await do(store, lambda view: Change(None, rules.accept(view, _arrival()).box), openid)
        told: set[str] = set()
        async with asyncio.timeout(5):
            told |= await pulse
            while told != {FAN, "oOther"}:
                told |= await peer.pulse()

    async def test_a_lost_subscription_is_told_and_made_anew(
        self, store: Store, peer: Store, client: Redis
    ) -> None:
        await do(peer, partial(rules.wait, owner="B"))
        pulse = asyncio.ensure_future(peer.pulse())
        while not client.pubsub_channels():  # noqa: ASYNC110  # the server tells nobody
            await asyncio.sleep(0.005)
        client.client_kill_filter(_type="pubsub")
        with pytest.raises(StoreError):
            await pulse
        await accept(store, "k1")
        async with asyncio.timeout(5):
            assert await peer.pulse() == {FAN}

    async def test_the_close_ends_a_wait(self, place: Place) -> None:
        store = await place.open("C")
        pulse = asyncio.ensure_future(store.pulse())
        await asyncio.sleep(0.02)
        await store.close()
        with pytest.raises(StoreError):
            await pulse


def _arrival() -> rules.Arrival:
    return rules.Arrival("k", "o", b"", 0.0, "A")


async def opened(url: str, owner: str = "A") -> RedisStore:
    store = RedisStore(url, "wx1", owner, SystemClock())
    await store.open()
    return store


class TestOutage:
    async def test_a_killed_server_loses_nothing_and_nothing_is_done_twice(self) -> None:
        with RedisServer(appendfsync="always") as server:
            store = await opened(server.url)
            crowd = Crowd(store, [f"o{number}" for number in range(8)])
            for _ in range(4):
                await crowd.has_done(200)
                await asyncio.to_thread(server.stop)
                await asyncio.to_thread(server.start)
            await crowd.ends()
            await crowd.is_exact()
            await store.close()

    async def test_a_long_one_is_told_and_late_changes_are_kept(self) -> None:
        with RedisServer(appendfsync="always") as server:
            store = await opened(server.url)
            await accept(store, "k1")
            server.stop()
            store.change_later(FAN, lambda view: Change(None, view.box, counted(view).rows))
            waiting = [accept(store, f"k{it}", f"o{it}") for it in range(2, 9)]
            asked = [do(store, counted), *waiting, store.renew(), store.pulse(), store.stats()]
            results = await asyncio.gather(*asked, return_exceptions=True)
            assert {it.phrase for it in results if isinstance(it, StoreError)} == {
                "store.unreachable"
            }
            assert all(isinstance(it, StoreError) for it in results)
            await asyncio.to_thread(server.start)
            assert await store.renew() == {FAN}
            assert await do(store, counted) == 2
            assert (await accept(store, "k2", "o2")).status == "new"
            await store.close()

    async def test_it_makes_no_orphans_of_the_living(self, tmp_path: Path) -> None:
        with RedisServer(appendfsync="always") as server:
            place = Place("redis", tmp_path, url=server.url)
            store, peer = await place.open("A"), await place.open("B")
            await accept(store, "k1")
            assert await peer.orphans(LEASE, 10) == ()
            server.stop()
            with pytest.raises(StoreError):
                await peer.orphans(LEASE, 10)
            place.passes(LEASE)
            await asyncio.to_thread(server.start)
            assert await peer.orphans(LEASE, 10) == ()  # nobody could renew
            place.passes(LEASE)
            assert len(await peer.orphans(LEASE, 10)) == 1
            await place.close()

    async def test_one_that_hangs_is_given_up(self) -> None:
        with RedisServer() as server:
            store = await opened(f"{server.url}?socket_timeout=0.1")
            await accept(store, "k1")
            server.pause()
            results = await asyncio.gather(
                do(store, counted), store.renew(), store.jobs(None, 9, None), return_exceptions=True
            )
            assert all(isinstance(it, StoreError) for it in results)
            server.resume()
            assert await do(store, counted) in (1, 2)  # the first may have been done
            await store.close()

    async def test_a_wrong_password_is_told_without_any(
        self, redis_url: str, client: Redis
    ) -> None:
        client.acl_setuser("bot", enabled=True, passwords=["+right-1"], categories=["+@all"])
        url = redis_url.replace("redis://", "redis://bot:wrong-2@")
        store = RedisStore(url, "wx1", "A", SystemClock())
        with pytest.raises(StoreError) as caught:
            await store.open()
        assert "wrong-2" not in str(caught.value)
        await store.close()

    async def test_a_full_one_refuses_and_serves_again(self, store: Store, client: Redis) -> None:
        await do(store, counted)
        client.config_set("maxmemory", "1")
        with pytest.raises(StoreError) as caught:
            await accept(store, "k1")
        client.config_set("maxmemory", "0")
        assert caught.value.phrase == "store.refused"
        assert (await accept(store, "k1")).status == "new"

    async def test_forgotten_scripts_are_loaded_again(self, store: Store, client: Redis) -> None:
        await do(store, counted)
        client.script_flush()
        assert await do(store, counted) == 2

    async def test_what_cannot_be_written_at_close_is_told(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        with RedisServer() as server:
            store = await opened(server.url)
            server.stop()
            store.change_later(FAN, lambda view: Change(None, view.box, counted(view).rows))
            await store.close()
        assert any("1" in it.getMessage() for it in caplog.records if it.levelname == "ERROR")


class TestPromise:
    @pytest.mark.parametrize(
        ("settings", "name", "phrase"),
        [
            ({"appendfsync": "always"}, "redis always", "store.redis_always"),
            ({"appendfsync": "everysec"}, "redis everysec", "store.redis_everysec"),
            ({"appendonly": "no", "save": "3600 1"}, "redis snapshot", "store.redis_snapshot"),
            ({"appendonly": "no"}, "redis memory", "store.redis_memory"),
            (
                {"maxmemory": "100mb", "maxmemory-policy": "allkeys-lru"},
                "redis everysec, allkeys-lru",
                "store.redis_evicts",
            ),
            ({"maxmemory-policy": "allkeys-lru"}, "redis everysec", "store.redis_everysec"),
            ({"maxmemory": "100mb"}, "redis everysec", "store.redis_everysec"),
        ],
    )
    async def test_it_is_what_the_server_is_set_to(
        self, settings: dict[str, str], name: str, phrase: str
    ) -> None:
        options = [word for key, value in settings.items() for word in (f"--{key}", value)]
        with RedisServer(*options) as server:
            store = RedisStore(server.url, "wx1", "A", SystemClock())
            promise = await store.open()
            await store.close()
        assert (promise.name, promise.phrase) == (name, phrase)


class TestProcesses:
    @pytest.mark.parametrize("followers", [1, 40])
    def test_two_burst_on_the_same_followers(self, redis_url: str, followers: int) -> None:
        count = 400
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
        command = [sys.executable, "-m", "mailboxes.burster", redis_url]
        processes = [
            subprocess.Popen(
                [*command, owner, str(count), str(followers)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                env=environment,
            )
            for owner in "AB"
        ]
        outputs = [process.communicate("\n", timeout=60)[0] for process in processes]
        assert [process.returncode for process in processes] == [0, 0]
        told = [line.split(maxsplit=2) for output in outputs for line in output.splitlines()]
        refused = [line for line in told if line[1] == "-"]
        assert len(told) == 2 * count
        assert all("o" in line[0] for line in refused)
        done = [(openid, int(number)) for openid, number, *_ in told if number != "-"]
        assert len(done) == len(set(done))
        last = {openid: max(it for name, it in done if name == openid) for openid, _ in done}
        assert sum(last.values()) == len(done)  # none was lost, none counted twice
        assert len(refused) < count / 10
