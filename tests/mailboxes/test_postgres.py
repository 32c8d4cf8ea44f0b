"""What is PostgreSQL's own: lost answers, locks, LISTEN, settings, several accounts."""

import asyncio
import logging
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from fake_clock import FakeClock
from mailboxes.places import FAN, LEASE, accept, do, finish, look
from postgres_proxy import PostgresProxy
from postgres_server import PostgresServer
from yizhan.clock import SystemClock
from yizhan.errors import StoreError
from yizhan.inbox import rules
from yizhan.inbox.rules import Arrival, RunResult
from yizhan.mark import Identity, loaded
from yizhan.store.mailbox import Binding, Change, View
from yizhan.store.mailboxes import (
    commits,
    postgres_commit,
    postgres_connection,
    pulse,
)
from yizhan.store.mailboxes.commits import Member
from yizhan.store.mailboxes.postgres import PostgresStore
from yizhan.store.mailboxes.postgres_connection import Connections, address_of
from yizhan.store.mailboxes.postgres_schema import channel_of
from yizhan.store.marking import settle

BURST = Path(__file__).parent / "burst.py"
COMMIT = b"WITH given AS"  # how the statement that commits begins


def counted(view: View) -> Change[int]:
    """A rule that counts how often it was committed, while there is work."""
    number = int(view.rows.get("count", b"0")) + 1
    return Change(number, view.box, {"count": str(number).encode()})


Opener = Callable[..., "asyncio.Future[PostgresStore]"]


@pytest.fixture
async def opened(postgres_url: str) -> AsyncIterator[Opener]:
    """Opens stores, which are closed when the test ends."""
    stores: list[PostgresStore] = []

    async def open_one(owner: str = "A", url: str = postgres_url) -> PostgresStore:
        store = PostgresStore(url, owner, SystemClock())
        stores.append(store)
        await store.open()
        return store

    yield open_one  # type: ignore[misc]
    for store in stores:
        await store.close()


@pytest.fixture
async def store(opened: Opener) -> PostgresStore:
    return await opened()


@pytest.fixture
async def peer(opened: Opener, store: PostgresStore) -> PostgresStore:
    return await opened("B")


@pytest.fixture(scope="module")
def restarted() -> Iterator[PostgresServer]:
    with PostgresServer() as server:
        yield server


@pytest.fixture
def own_server(restarted: PostgresServer) -> PostgresServer:
    """A server that the test may stop, without a schema."""
    if not restarted.is_running:
        restarted.start()
    with restarted.connect() as connection:
        connection.execute("DROP SCHEMA IF EXISTS yizhan CASCADE")
    return restarted


def through(proxy: PostgresProxy, url: str) -> str:
    """The same address, by way of the proxy."""
    head, _, rest = url.rpartition("@127.0.0.1:")
    return f"{head}@127.0.0.1:{proxy.port}/{rest.partition('/')[2]}"


class TestLostAnswers:
    @pytest.mark.parametrize("known", [False, True], ids=["sure", "swift"])
    async def test_a_commit_that_stands_is_not_made_again(
        self, postgres_server: PostgresServer, postgres_url: str, opened: Opener, known: bool
    ) -> None:
        async with PostgresProxy(postgres_server.port) as proxy:
            store = await opened("A", through(proxy, postgres_url))
            if known:
                await accept(store, "k0")
            proxy.lose = COMMIT
            assert (await accept(store, "k1")).status == "new"
            assert proxy.lost == 1
            [whole] = await store.messages(["k1"])
            assert whole.job is not None
            assert whole.job.arrivals == 1
            await store.close()

    async def test_one_that_does_not_stand_is_made(
        self, postgres_server: PostgresServer, postgres_url: str, opened: Opener
    ) -> None:
        async with PostgresProxy(postgres_server.port) as proxy:
            store = await opened("A", through(proxy, postgres_url))
            await do(store, counted)
            proxy.lose = b"FOR UPDATE"  # of the transaction, before it commits
            view = await look(store)
            assert proxy.lost == 1
            assert view.rows == {"count": b"1"}
            assert await do(store, counted) == 2
            await store.close()

    async def test_who_was_told_of_an_error_may_ask_again_for_the_same(
        self,
        postgres_server: PostgresServer,
        postgres_url: str,
        opened: Opener,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(commits, "PATIENCE", 0.1)
        async with PostgresProxy(postgres_server.port) as proxy:
            store = await opened("A", through(proxy, postgres_url))
            await accept(store, "k1")
            finish = partial(rules.finish, key="k1", owner="A", outcome=RunResult((b"one",)))
            target, proxy._target = proxy._target, 1  # a server that cannot be reached again
            proxy.lose = COMMIT
            with pytest.raises(StoreError, match="cannot be reached"):
                await do(store, finish)
            proxy._target = target
            assert await do(store, counted) == 1  # something else comes first
            assert await do(store, finish) is not None  # as if it were no more its own
            assert await do(store, partial(rules.finish, **finish.keywords)) is None
            await store.close()

    async def test_a_later_change_is_made_once_though_its_answer_was_lost(
        self, postgres_server: PostgresServer, postgres_url: str, opened: Opener
    ) -> None:
        async with PostgresProxy(postgres_server.port) as proxy:
            store = await opened("A", through(proxy, postgres_url))
            await accept(store, "k1")
            proxy.lose = COMMIT
            store.change_later(FAN, lambda view: Change(None, *_grown(view)))
            async with asyncio.timeout(5):
                while not proxy.lost:  # noqa: ASYNC110  # nobody is told
                    await asyncio.sleep(0.005)
            assert (await look(store)).rows["grown"] == b"x"
            await store.close()


def _grown(view: View) -> tuple[object, ...]:
    return view.box, {"grown": view.rows.get("grown", b"") + b"x"}


class TestServer:
    async def test_it_may_restart_in_the_middle(self, own_server: PostgresServer) -> None:
        store = PostgresStore(own_server.url(), "A", SystemClock())
        await store.open()
        await accept(store, "k1")
        await store.stats()
        asked = [asyncio.ensure_future(do(store, counted, f"o{it}")) for it in range(50)]
        await asyncio.sleep(0)
        own_server.stop()
        own_server.start()
        assert await asyncio.gather(*asked) == [1] * 50
        assert await store.renew() == {FAN}
        assert (await store.stats()).followers == 51
        assert await finish(store, "k1", b"one") is not None
        await store.close()

    async def test_one_that_is_gone_is_told_in_one_sentence(
        self, own_server: PostgresServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(commits, "PATIENCE", 0.1)
        monkeypatch.setattr(postgres_connection, "PATIENCE", 0.1)
        store = PostgresStore(own_server.url(), "A", SystemClock())
        await store.open()
        await accept(store, "k1")
        own_server.stop()
        for asked in (accept(store, "k2"), accept(store, "k3", "oOther"), store.renew()):
            with pytest.raises(StoreError, match="cannot be reached") as told:
                await asked
            assert "\n" not in str(told.value)
        store.change_later(FAN, lambda view: Change(None, view.box, {"late": b"yes"}))
        await asyncio.sleep(0.1)
        own_server.start()
        async with asyncio.timeout(10):
            while "late" not in (await look(store)).rows:  # noqa: ASYNC110  # nobody is told
                await asyncio.sleep(0.01)
        await store.close()

    async def test_one_that_is_silent_is_given_up_and_taken_up_again(
        self, own_server: PostgresServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(commits, "PATIENCE", 0.1)
        monkeypatch.setattr(postgres_commit, "PROMPT", 0.1)
        store = PostgresStore(own_server.url(), "A", SystemClock())
        await store.open()
        await do(store, counted)
        own_server.pause()
        with pytest.raises(StoreError, match="cannot be reached"):
            await do(store, counted)
        own_server.resume()
        assert await do(store, counted) in (2, 3)  # 3 if the first one was still committed
        await store.close()

    async def test_what_cannot_be_written_at_close_is_said(
        self,
        own_server: PostgresServer,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        store = PostgresStore(own_server.url(), "A", SystemClock())
        await store.open()
        await accept(store, "k1")
        own_server.stop()
        store.change_later(FAN, lambda view: Change(None, view.box))
        async with asyncio.timeout(10):
            await store.close()
        assert caplog.records[-1].levelno == logging.ERROR
        assert "1 records" in caplog.messages[-1]

    async def test_a_wrong_password_is_one_sentence_and_not_shown(
        self, postgres_server: PostgresServer
    ) -> None:
        store = PostgresStore(postgres_server.url(password="s3cret%2Fwrong"), "A", SystemClock())
        with pytest.raises(StoreError, match="user and password") as told:
            await store.open()
        assert "s3cret" not in str(told.value)
        assert "\n" not in str(told.value)
        await store.close()

    async def test_a_statement_that_the_server_ends_is_told(
        self,
        postgres_server: PostgresServer,
        postgres_url: str,
        store: PostgresStore,
        opened: Opener,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(postgres_commit, "WAIT", 60_000)
        peer = await opened("B", f"{postgres_url}&options=-c%20statement_timeout%3D500")
        await do(store, counted)
        with locked(postgres_server, postgres_url):
            with pytest.raises(StoreError, match="statement_timeout"):
                await do(peer, counted)
            assert await do(peer, counted, "oOther") == 1
        assert await do(peer, counted) == 2

    async def test_a_user_without_rights_is_told_which(
        self, postgres_server: PostgresServer
    ) -> None:
        with postgres_server.connect() as connection:
            connection.execute("CREATE ROLE plain LOGIN PASSWORD 'plain'")
        url = f"postgres://plain:plain@127.0.0.1:{postgres_server.port}/postgres?schema=theirs"
        store = PostgresStore(url, "A", SystemClock())
        with pytest.raises(StoreError, match="GRANT CREATE ON DATABASE"):
            await store.open()

    async def test_a_standby_is_told(
        self, postgres_url: str, store: PostgresStore, opened: Opener
    ) -> None:
        url = f"{postgres_url}&options=-c%20default_transaction_read_only%3Don"
        with pytest.raises(StoreError, match="read-only"):
            await do(await opened("C", url), counted)


class locked:
    """Another session that holds a follower's rows."""

    def __init__(self, server: PostgresServer, url: str, openid: str = FAN) -> None:
        self._connection = server.connect()
        self._schema = address_of(url).schema
        self._openid = openid

    def __enter__(self) -> None:
        self._connection.execute("BEGIN")
        query = f'SELECT 1 FROM "{self._schema}".boxes WHERE openid = %s FOR UPDATE'  # noqa: S608
        self._connection.execute(query, [self._openid])  # type: ignore[arg-type]

    def __exit__(self, *_: object) -> None:
        self._connection.close()


class TestLocks:
    async def test_a_follower_whose_rows_are_held_fails_alone(
        self,
        postgres_server: PostgresServer,
        postgres_url: str,
        store: PostgresStore,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(postgres_commit, "WAIT", 50)
        await do(store, counted)
        await do(store, counted, "oKnown")
        with locked(postgres_server, postgres_url):
            asked = [do(store, counted, openid) for openid in (FAN, "oKnown", "oNew", "oNewer")]
            results = await asyncio.gather(*asked, return_exceptions=True)
        assert [str(it) for it in results[1:]] == ["2", "1", "1"]
        assert "pg_stat_activity" in str(results[0])
        assert await do(store, counted) == 2

    async def test_what_a_silent_process_holds_is_freed(
        self, postgres_url: str, store: PostgresStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(postgres_commit, "HOLD", 50)
        await do(store, counted)
        address = address_of(postgres_url)
        silent = Connections(address)
        async with silent.use() as connection:
            held = Member(store._opened, FAN, [])
            await postgres_commit.lock(connection, address.schema, [held], "S", 0.0)
        assert await do(store, counted) == 2
        await silent.close()

    async def test_processes_do_not_wait_for_each_other_in_a_circle(
        self, postgres_server: PostgresServer, postgres_url: str, store: PostgresStore
    ) -> None:
        words = [sys.executable, str(BURST), postgres_url]
        processes = [
            await asyncio.create_subprocess_exec(*words, owner, stdout=asyncio.subprocess.PIPE)
            for owner in "WXYZ"
        ]
        said = [await process.communicate() for process in processes]
        assert [out.decode().strip() for out, _ in said] == ["done"] * 4
        with postgres_server.connect() as connection:
            query = "SELECT deadlocks FROM pg_stat_database WHERE datname = 'postgres'"
            assert connection.execute(query).fetchone() == (0,)
        for number in range(30):
            assert (await look(store, f"o{number}")).rows["count"] == b"40"

    async def test_a_member_that_cannot_be_written_fails_alone(self, store: PostgresStore) -> None:
        await do(store, counted, "oKnown")
        asked = [do(store, counted, openid) for openid in ("oKnown", "o\0", "o\ud800", "oNew")]
        results = await asyncio.gather(*asked, return_exceptions=True)
        assert [isinstance(it, Exception) for it in results] == [False, True, True, False]

    async def test_two_followers_with_one_signature_in_one_commit(
        self, store: PostgresStore
    ) -> None:
        await do(store, counted, "oOne")
        await do(store, counted, "oTwo")
        asked = [
            accept(store, f"k{openid}", openid, binding=Binding("s", openid.encode(), 600))
            for openid in ("oOne", "oTwo")
        ]
        assert [it.status for it in await asyncio.gather(*asked)] == ["new", "reused"]
        assert [it.message.key for it in await store.jobs(None, 9, None)] == ["koOne"]


class TestPulse:
    async def test_nobody_is_notified_unless_somebody_waits(
        self, postgres_server: PostgresServer, store: PostgresStore, peer: PostgresStore
    ) -> None:
        with postgres_server.connect() as connection:
            connection.execute(f"LISTEN {channel_of(store._schema)}")
            await accept(store, "k1")
            await finish(store, "k1", b"one")
            assert list(connection.notifies(timeout=0.05)) == []
            await do(peer, partial(rules.wait, owner="B"))
            await accept(store, "k2")
            await accept(store, "k3")
            notes = list(connection.notifies(timeout=0.05))
            assert [it.payload for it in notes] == [f"A {FAN}"]

    @pytest.mark.parametrize("deny", [b"LISTEN", b"pg_notify"])
    async def test_where_listen_is_denied_it_looks(
        self,
        postgres_server: PostgresServer,
        postgres_url: str,
        store: PostgresStore,
        opened: Opener,
        deny: bytes,
    ) -> None:
        async with PostgresProxy(postgres_server.port, deny=deny) as proxy:
            peer = await opened("B", through(proxy, postgres_url))
            pulse = asyncio.ensure_future(peer.pulse())
            if deny == b"LISTEN":
                await do(peer, partial(rules.wait, owner="B"))
                await accept(store, "k1")
                async with asyncio.timeout(5):
                    assert await pulse == {FAN}
            else:
                with pytest.raises(StoreError):
                    await pulse
            await peer.close()

    async def test_a_note_that_overtakes_the_answer_of_our_own_commit_counts(
        self, store: PostgresStore
    ) -> None:
        heard = store._pulse
        assert heard is not None
        heard._is_busy = lambda openid: True
        heard.heard(FAN)
        heard.noted(FAN, "A:1", waits=True)
        assert heard._changed == {FAN}
        heard.noted(FAN, "A:2", waits=True)
        assert heard._waited_for == {FAN: "A:2"}

    async def test_what_changed_while_it_was_deaf_is_told(
        self,
        postgres_server: PostgresServer,
        store: PostgresStore,
        peer: PostgresStore,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(pulse, "PAUSE", 0.02)
        await do(peer, partial(rules.wait, owner="B"))
        waits = asyncio.ensure_future(peer.pulse())
        listening = "SELECT 1 FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
        with postgres_server.connect() as connection:
            async with asyncio.timeout(5):
                while connection.execute(listening).fetchone() is None:  # noqa: ASYNC110
                    await asyncio.sleep(0.005)
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
            )
            with pytest.raises(StoreError):
                await waits
        await accept(store, "k1")
        async with asyncio.timeout(5):
            assert await peer.pulse() == {FAN}

    async def test_whoever_waits_is_told_of_the_close(self, opened: Opener) -> None:
        store = await opened()
        pulse = asyncio.ensure_future(store.pulse())
        await asyncio.sleep(0)
        await store.close()
        with pytest.raises(StoreError, match="closed"):
            await pulse
        with pytest.raises(StoreError, match="closed"):
            await store.pulse()


class TestPooler:
    async def test_behind_one_nothing_is_prepared(
        self, postgres_server: PostgresServer, postgres_url: str, opened: Opener
    ) -> None:
        async with PostgresProxy(postgres_server.port, pooled=True) as proxy:
            store = await opened("A", through(proxy, postgres_url))
            for number in range(8):
                await accept(store, f"k{number}")
            [connection, *_] = store._connections._idle
            assert connection.prepare_threshold is None
            cursor = await connection.execute("SELECT count(*) FROM pg_prepared_statements")
            assert await cursor.fetchone() == (0,)
            await store.close()


class TestOpening:
    async def test_many_at_once_make_one_schema(self, opened: Opener) -> None:
        stores = await asyncio.gather(*(opened(f"P{number}") for number in range(6)))
        await asyncio.gather(*(do(store, counted) for store in stores))
        assert (await look(stores[0])).rows["count"] == b"6"

    async def test_a_newer_schema_is_left_alone(
        self, postgres_server: PostgresServer, postgres_url: str, store: PostgresStore
    ) -> None:
        with postgres_server.connect() as connection:
            schema = address_of(postgres_url).schema
            connection.execute(f'UPDATE "{schema}".about SET version = 99')  # type: ignore[arg-type]  # noqa: S608
        with pytest.raises(StoreError, match="newer Yizhan"):
            await PostgresStore(postgres_url, "B", SystemClock()).open()

    async def test_accounts_in_schemas_of_their_own_are_strangers(
        self, postgres_url: str, store: PostgresStore, opened: Opener
    ) -> None:
        other = await opened("B", f"{postgres_url}%20other")
        await accept(store, "k1")
        await do(other, partial(rules.wait, owner="B"))
        assert (await accept(other, "k1")).status == "new"
        await store.leave()
        assert await other.orphans(LEASE, 9) == ()
        assert (await other.stats()).followers == 1
        assert await store.change_mark(None, b"ours")
        assert await other.mark() is None

    async def test_closing_in_the_middle_settles_what_was_asked(self, opened: Opener) -> None:
        store = await opened()
        asked = [
            asyncio.ensure_future(do(store, counted, f"o{number % 7}")) for number in range(70)
        ]
        await asyncio.sleep(0)
        await store.close()
        assert sorted(await asyncio.gather(*asked)) == sorted([*range(1, 11)] * 7)
        with pytest.raises(StoreError, match="closed"):
            await store.stats()


@pytest.fixture(scope="module")
def durable() -> Iterator[PostgresServer]:
    with PostgresServer(fsync=True) as server:
        yield server


class TestPromise:
    async def promise(self, server: PostgresServer, *settings: str) -> tuple[str, str]:
        options = "%20".join(f"-c%20{setting}" for setting in settings)
        url = server.url() + (f"&options={options}" if options else "")
        store = PostgresStore(url, "A", SystemClock())
        told = await store.open()
        await store.close()
        return told.name, told.phrase

    @pytest.mark.parametrize(
        ("commit", "phrase"),
        [
            ("on", "store.pg_on"),
            ("local", "store.pg_on"),
            ("remote_apply", "store.pg_on"),
            ("off", "store.pg_off"),
        ],
    )
    async def test_it_is_what_synchronous_commit_says(
        self, durable: PostgresServer, commit: str, phrase: str
    ) -> None:
        told = await self.promise(durable, f"synchronous_commit%3D{commit}")
        assert told == (f"postgres synchronous_commit={commit}", phrase)

    async def test_without_fsync_it_is_nothing(self, postgres_server: PostgresServer) -> None:
        told = await self.promise(postgres_server)
        assert told == ("postgres fsync=off", "store.pg_no_fsync")

    async def test_a_standby_that_is_waited_for_counts(self, durable: PostgresServer) -> None:
        await self.promise(durable)  # the schema is there: nothing waits for that standby
        with durable.connect() as connection:
            connection.execute("ALTER SYSTEM SET synchronous_standby_names = 'other'")
            connection.execute("SELECT pg_reload_conf()")
            query = "SELECT current_setting('synchronous_standby_names')"
            async with asyncio.timeout(5):
                while connection.execute(query).fetchone() != ("other",):  # noqa: ASYNC110
                    await asyncio.sleep(0.01)
        assert (await self.promise(durable, "synchronous_commit%3Dlocal"))[1] == "store.pg_on"
        assert (await self.promise(durable))[1] == "store.pg_standby"


class TestQueue:
    async def test_a_long_one_does_not_lie_in_the_document(
        self,
        postgres_server: PostgresServer,
        postgres_url: str,
        store: PostgresStore,
        peer: PostgresStore,
    ) -> None:
        query = f'SELECT octet_length(box) FROM "{address_of(postgres_url).schema}".boxes'  # noqa: S608
        sizes = []
        with postgres_server.connect() as connection:
            for number in range(60):
                await accept(store, f"k{number}")
                sizes.append(connection.execute(query).fetchone())  # type: ignore[call-overload]
        assert sizes[-1][0] < sizes[0][0] * 6
        assert len((await look(peer)).box.jobs) == 60


class TestMark:
    async def test_a_store_is_its_first_account_s(self, store: PostgresStore) -> None:
        bot, other = Identity(token="tokenOfTheBot2026"), Identity(token="tokenOfAnother2026")
        url = "postgres://bot:s3cret@host/db?schema=shop"
        await settle(store, bot, "serve", url=url)  # type: ignore[arg-type]  # what it asks for
        assert loaded(await store.mark()) == bot.mark
        with pytest.raises(StoreError) as refused:
            await settle(store, other, "look", url=url)  # type: ignore[arg-type]
        assert refused.value.phrase == "store.of_another"
        assert "postgres://host/db?schema=shop" in str(refused.value)
        assert "s3cret" not in str(refused.value)


class TestTime:
    async def test_it_is_the_server_s(self, postgres_url: str) -> None:
        clock = FakeClock()
        clock.lease_time = 77.0
        store = PostgresStore(postgres_url, "B", clock)
        await store.open()
        before = store._time.times()
        clock.lease_time += 10.0
        after = store._time.times()
        await store.close()
        assert after.now - before.now == pytest.approx(10.0)
        assert after.wall == after.now
        assert abs(before.wall - SystemClock().wall()) < 60
        assert before.boot == "postgres"


async def test_a_rule_may_look_before_it_is_late(store: PostgresStore) -> None:
    arrival = Arrival("k1", FAN, b"<xml/>", 1.0, "A")
    asked = [do(store, partial(rules.accept, arrival=arrival)) for _ in range(3)]
    assert [it.status for it in await asyncio.gather(*asked)] == ["new", "again", "again"]
