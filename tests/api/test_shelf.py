"""Where tokens lie: every shelf keeps them by name, and those of different accounts apart."""

import asyncio
import contextlib
import gc
import os
import time

import pytest

from api.conftest import LIFE, Clock, shelf_of
from api.wechat_api import WeChatApi, refuses, says
from thirdparty import ACCOUNT, APPID, INFO, OWN, SECRET, made, told
from yizhan.api import AsyncClient, FileShelf, MemoryShelf, Token, lockfile, turn
from yizhan.api.lockfile import LockFile
from yizhan.api.shelf import api_host, loaded
from yizhan.clock import SystemClock
from yizhan.errors import ConfigurationError, StoreError
from yizhan.store.mailboxes.postgres_shelf import PostgresShelf
from yizhan.store.shelf import RedisShelf, shelf_for
from yizhan.wire import Push

HERE, ELSEWHERE = "https://api.weixin.qq.com", "http://127.0.0.1:8080"
OTHER = "wx00000000000000aa"


class TestShelf:
    async def test_nothing_lies_there_at_first(self, shelf):
        assert await shelf.get("access_token") is None

    async def test_what_was_put_can_be_had(self, shelf, clock):
        await shelf.put("access_token", Token("t", clock.wall() + LIFE))
        await shelf.put("jsapi", Token("j", clock.wall() + LIFE))
        await shelf.put("access_token", Token("t2", clock.wall() + LIFE, "f2"))
        found = await shelf.get("access_token")
        assert (found.value, found.fetch) == ("t2", "f2")
        assert found.until == pytest.approx(clock.wall() + LIFE, abs=2)
        assert (await shelf.get("jsapi")).value == "j"

    async def test_a_name_may_have_any_character(self, shelf, clock):
        await shelf.put("authorizer/../wx1", Token("t", clock.wall() + LIFE))
        assert (await shelf.get("authorizer/../wx1")).value == "t"

    async def test_one_turn_at_a_time(self, shelf):
        inside = most = 0

        async def take():
            nonlocal inside, most
            async with shelf.turn("access_token"):
                inside += 1
                most = max(most, inside)
                await asyncio.sleep(0.001)
                inside -= 1

        await asyncio.gather(*(take() for _ in range(5)))
        assert most == 1

    async def test_turns_of_different_names_do_not_wait_for_each_other(self, shelf):
        async with asyncio.timeout(5), shelf.turn("jsapi"), shelf.turn("access_token"):
            pass

    # What a loop leaves open that is gone can be closed by no other one.
    @pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
    @pytest.mark.filterwarnings("ignore::ResourceWarning")
    async def test_one_loop_after_another_may_use_it(self, shelf, clock):
        token = Token("t", clock.wall() + LIFE)

        async def use():
            async with shelf.turn("access_token"):
                await shelf.put("access_token", token)
                return await shelf.get("access_token")

        def elsewhere():
            with asyncio.Runner() as runner:
                found = runner.run(use())
                runner.run(shelf.close())
            return found

        before = await use()
        found = await asyncio.to_thread(elsewhere)
        assert (before.value, found.value, (await use()).value) == ("t", "t", "t")
        gc.collect()

    async def test_a_turn_of_a_loop_that_is_gone_keeps_nobody(self):
        shelf = MemoryShelf()

        async def leave_it_taken():
            await shelf.turn("access_token").__aenter__()

        await asyncio.to_thread(asyncio.run, leave_it_taken())
        async with asyncio.timeout(5), shelf.turn("access_token"):
            pass

    async def test_a_turn_ends_with_an_error_too(self, shelf):
        with pytest.raises(RuntimeError):
            async with shelf.turn("access_token"):
                raise RuntimeError
        async with asyncio.timeout(5), shelf.turn("access_token"):
            pass


class TestTurns:
    """Between processes: a turn lasts as long as its holder lives, and not for ever."""

    @pytest.fixture(params=["file", "redis", "postgres"])
    async def both(self, request, tmp_path, clock):
        """The shelf as two processes have it, and a way to stop the first from renewing."""
        shelves = [shelf_of(request, tmp_path, clock) for _ in range(2)]
        for shelf in shelves:
            await shelf.get("x")  # connected, and what was missing is there
        yield shelves
        for shelf in shelves:
            await shelf.close()

    def test_a_turn_outlives_a_renewal_that_failed_or_two(self):
        assert (turn.LEASE, turn.RENEW) == (5.0, 1.5)

    async def test_it_is_renewed_while_it_lasts(self, both, monkeypatch, tmp_path):
        monkeypatch.setattr(turn, "LEASE", 120.0)
        monkeypatch.setattr(turn, "RENEW", 0.01)
        shelf, _ = both
        async with shelf.turn("x"), asyncio.timeout(60):
            if isinstance(shelf, FileShelf):
                lock = shelf._place("x", "lock")
                os.utime(lock, (0, 0))
                while lock.stat().st_mtime == 0:  # noqa: ASYNC110  # no event tells
                    await asyncio.sleep(0.01)
            elif isinstance(shelf, PostgresShelf):
                turns, now = "UPDATE {schema}.turns SET until =", "clock_timestamp() + interval"
                await shelf._change(f"{turns} {now} '60 s' WHERE name = %s", ["x"])
                later = f"{turns} until WHERE name = %s AND until > {now} '60 s'"
                while not await shelf._change(later, ["x"]):  # noqa: ASYNC110  # as above
                    await asyncio.sleep(0.01)
            else:
                client, key = shelf._opened(), f"{shelf._prefix}x:turn"
                await client.pexpire(key, 60_000)
                while await client.pttl(key) <= 60_000:  # noqa: ASYNC110  # no event tells
                    await asyncio.sleep(0.01)

    async def test_one_that_is_renewed_no_more_lapses(self, both, monkeypatch):
        monkeypatch.setattr(turn, "LEASE", 0.1)
        monkeypatch.setattr(turn, "RENEW", 60.0)
        mine, theirs = both
        async with mine.turn("x"), asyncio.timeout(60):
            async with theirs.turn("x"):
                pass
            async with theirs.turn("x"):  # and it is given back as any other
                pass
        async with asyncio.timeout(60), mine.turn("x"):
            pass

    async def test_nobody_waits_for_ever(self, both, monkeypatch):
        monkeypatch.setattr(turn, "LEASE", 600.0)
        mine, theirs = both
        async with mine.turn("x"):
            monkeypatch.setattr(turn, "LONGEST", 0.1)
            with pytest.raises(StoreError, match="another process"):
                async with theirs.turn("x"):
                    pass

    async def test_one_that_hangs_is_left_to_lapse(self, both, monkeypatch):
        monkeypatch.setattr(turn, "LEASE", 0.2)
        monkeypatch.setattr(turn, "RENEW", 0.02)
        mine, theirs = both
        async with mine.turn("x"):
            monkeypatch.setattr(turn, "LONGEST", 0.1)
            await asyncio.sleep(0)  # its renewals begin
            monkeypatch.setattr(turn, "LONGEST", 60.0)
            async with theirs.turn("x"):
                pass

    async def test_a_holder_that_wakes_gives_back_nobody_else_s_lock(self, tmp_path, monkeypatch):
        monkeypatch.setattr(turn, "LEASE", 0.1)
        mine, theirs, third = (LockFile(tmp_path / "x.lock") for _ in range(3))
        assert await mine.taken()
        await turn.take(theirs.taken, 0.01)
        monkeypatch.setattr(turn, "LEASE", 60.0)
        await mine.renew()
        mine.close()
        assert not await third.taken()
        theirs.close()
        assert await third.taken()
        third.close()

    async def test_a_client_that_swallows_a_cancellation_keeps_nobody(self, monkeypatch):
        monkeypatch.setattr(turn, "RENEW", 0.01)
        began = asyncio.Event()

        async def renew():
            began.set()
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.Event().wait()

        async with asyncio.timeout(60), turn.renewed(renew):
            await began.wait()

    async def test_a_lock_on_a_file_that_was_replaced_is_none(self, tmp_path, monkeypatch):
        place, lock = tmp_path / "x.lock", lockfile._locked

        def replaced_meanwhile(handle):
            monkeypatch.setattr(lockfile, "_locked", lock)
            place.unlink()
            return lock(handle)

        monkeypatch.setattr(lockfile, "_locked", replaced_meanwhile)
        one, other = LockFile(place), LockFile(place)
        assert not await one.taken()
        assert await other.taken()
        assert not await one.taken()
        one.close()
        other.close()

    async def test_a_child_that_has_the_lock_keeps_nobody_from_it(self, tmp_path, monkeypatch):
        monkeypatch.setattr(turn, "LEASE", 0.1)
        lock = LockFile(tmp_path / "x.lock")
        assert await lock.taken()
        child = os.dup(lock._handle)  # as a fork leaves it
        lock.close()
        other = LockFile(tmp_path / "x.lock")
        assert not await other.taken()
        await turn.take(other.taken, 0.01)
        os.close(child)
        other.close()


class TestFileShelf:
    async def test_files_are_for_their_owner(self, tmp_path):
        shelf = FileShelf(tmp_path / "deep" / "wx.db")
        async with shelf.turn("access_token"):
            await shelf.put("access_token", Token("t", 1.0))
        assert (tmp_path / "deep").stat().st_mode & 0o777 == 0o700
        modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "deep").iterdir()}
        assert modes == {"wx.db.access_token.token": 0o600, "wx.db.access_token.lock": 0o600}

    async def test_names_that_look_alike_have_files_of_their_own(self, tmp_path):
        shelf = FileShelf(tmp_path / "wx.db")
        names = ["a@b.c", "a_b.c", "a@b_c", "a" * 300 + "@x", "a" * 300 + "@y"]
        for name in names:
            await shelf.put(name, Token(name, 1.0))
        assert [(await shelf.get(name)).value for name in names] == names

    @pytest.mark.parametrize("text", [b"", b"{", b'{"value": 1}', b"\xff"])
    def test_what_is_no_token_is_none(self, text):
        assert loaded(text) is None

    async def test_a_folder_that_cannot_be_is_told(self, tmp_path):
        (tmp_path / "file").touch()
        shelf = FileShelf(tmp_path / "file" / "wx.db")
        with pytest.raises(StoreError):
            await shelf.put("x", Token("t", 1.0))
        with pytest.raises(StoreError):
            async with shelf.turn("x"):
                pass
        with pytest.raises(StoreError):
            await shelf.get("x")


class TestRedisShelf:
    async def test_a_token_s_life_is_counted_by_redis(self, redis_server, clock):
        here = RedisShelf(redis_server.url, "wxclocks", clock)
        ahead = Clock()
        ahead.now = 3600.0
        there = RedisShelf(redis_server.url, "wxclocks", ahead)
        await here.put("access_token", Token("t", clock.wall() + LIFE))
        assert (await there.get("access_token")).until == pytest.approx(ahead.wall() + LIFE, abs=2)
        await here.close()
        await there.close()

    async def test_a_turn_that_ran_out_is_not_given_back_for_another(
        self, redis_server, clock, monkeypatch
    ):
        monkeypatch.setattr(turn, "LEASE", 0.001)
        shelf = RedisShelf(redis_server.url, "wxlease", clock)
        async with shelf.turn("x"):
            monkeypatch.setattr(turn, "LEASE", 5.0)
            async with shelf.turn("x"):
                pass
            third = shelf.turn("x")
            await third.__aenter__()
        client = shelf._opened()
        assert await client.get("{wxlease}:token:x:turn") is not None
        await third.__aexit__(None, None, None)
        await shelf.close()

    async def test_no_redis_is_told(self, clock):
        shelf = RedisShelf("redis://127.0.0.1:1/0", "wx", clock)
        with pytest.raises(StoreError):
            await shelf.get("x")
        await shelf.close()


class TestPostgresShelf:
    async def test_a_token_s_life_is_counted_by_the_server(self, postgres_server, clock):
        here = PostgresShelf(postgres_server.url("clocks"), clock)
        ahead = Clock()
        ahead.now = 3600.0
        there = PostgresShelf(postgres_server.url("clocks"), ahead)
        await here.put("access_token", Token("t", clock.wall() + LIFE))
        assert (await there.get("access_token")).until == pytest.approx(ahead.wall() + LIFE, abs=2)
        await here.put("access_token", Token("t", clock.wall() - 1))
        assert await there.get("access_token") is None
        await here.close()
        await there.close()

    async def test_a_turn_that_ran_out_is_not_given_back_for_another(
        self, postgres_server, clock, monkeypatch
    ):
        monkeypatch.setattr(turn, "LEASE", 0.001)
        shelf = PostgresShelf(postgres_server.url("lease"), clock)
        async with shelf.turn("x"):
            monkeypatch.setattr(turn, "LEASE", 5.0)
            async with shelf.turn("x"):
                pass
            third = shelf.turn("x")
            await third.__aenter__()
        with postgres_server.connect() as connection:
            assert connection.execute("SELECT name FROM lease.turns").fetchall() == [("x",)]
        await third.__aexit__(None, None, None)
        await shelf.close()

    async def test_accounts_have_tokens_of_their_own(self, postgres_server, clock):
        one, other = (PostgresShelf(postgres_server.url(name), clock) for name in ("one", "other"))
        await one.put("access_token", Token("t", clock.wall() + LIFE))
        assert await other.get("access_token") is None
        await one.close()
        await other.close()

    async def test_no_server_is_told(self, clock):
        shelf = PostgresShelf("postgres://127.0.0.1:1/db", clock)
        with pytest.raises(StoreError, match="PostgreSQL cannot be reached"):
            await shelf.get("x")
        await shelf.close()


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("memory://", MemoryShelf),
        ("sqlite:////tmp/wx.db", FileShelf),
        ("redis://127.0.0.1/0", RedisShelf),
        ("redis+sentinel://127.0.0.1:26379/main", RedisShelf),
        ("postgres://127.0.0.1/db", PostgresShelf),
        ("postgresql://127.0.0.1/db?schema=shop", PostgresShelf),
    ],
)
def test_the_shelf_stands_beside_the_store(url, kind):
    assert type(shelf_for(url, "wx", SystemClock())) is kind


@pytest.mark.parametrize(
    ("base", "host"),
    [
        (HERE, "api.weixin.qq.com"),
        ("https://API.weixin.qq.com.:443/", "api.weixin.qq.com"),
        ("http://api.weixin.qq.com", "api.weixin.qq.com:80"),
        ("http://user:word@127.0.0.1:8080/simulator/api/", "127.0.0.1:8080/simulator/api"),
        ("http://[::1]:8080", "::1:8080"),
    ],
)
def test_which_api_an_address_leads_to(base, host):
    assert api_host(base) == host


async def tokens_of(*clients):
    """The access tokens and the tickets with which each of them calls."""
    found = []
    for client in clients:
        caller = client._caller
        found.append((await client.access_token(), await caller.ticket("jsapi")))
    return found


class TestWhoseTheyAre:
    """On every shelf: what one account got at one API is seen by no other, and at no other."""

    def client(self, shelf, wechat, appid=APPID, base=HERE):
        return AsyncClient(appid, SECRET, transport=wechat, shelf=shelf, base=base)

    @pytest.mark.parametrize(
        ("appid", "base"),
        [
            (OTHER, HERE),
            (APPID, ELSEWHERE),
            (APPID, "https://api.weixin.qq.com:8443"),
        ],
    )
    async def test_another_account_or_api_has_its_own(self, shelf, appid, base):
        wechat = WeChatApi()
        wechat.script = [says(ticket=f"j{n}", expires_in=7200) for n in (1, 2)]
        first = self.client(shelf, wechat)
        second = self.client(shelf, wechat, appid, base)
        assert await tokens_of(first, second) == [("token-1", "j1"), ("token-2", "j2")]
        fresh = self.client(shelf, wechat), self.client(shelf, wechat, appid, base)
        assert await tokens_of(*fresh) == [("token-1", "j1"), ("token-2", "j2")]

    @pytest.mark.parametrize("base", [HERE, HERE + "/", HERE + ":443", "https://API.weixin.qq.com"])
    async def test_the_same_account_at_the_same_api_shares(self, shelf, base):
        wechat = WeChatApi()
        await self.client(shelf, wechat).access_token()
        assert await self.client(shelf, wechat, base=base).access_token() == "token-1"

    async def test_a_token_of_an_older_version_is_not_used(self, shelf, clock):
        await shelf.put("access_token", Token("of somebody", time.time() + LIFE))
        assert await self.client(shelf, WeChatApi()).access_token() == "token-1"

    async def test_platforms_have_their_own_tickets_accounts_and_tokens(self, shelf):
        wechat = WeChatApi(strict=False)
        first = made(wechat, shelf)
        second, third = made(wechat, shelf, appid=OTHER), made(wechat, shelf, base=ELSEWHERE)
        await first.receive(pushed("component_verify_ticket", ComponentVerifyTicket="ticket@@@1"))
        wechat.script = [
            says(component_access_token="platform-1", expires_in=7200),
            says(authorization_info=INFO),
        ]
        await first.authorized("code-1")
        assert await first.account(ACCOUNT).access_token() == "account-1"
        for other in (second, third):
            assert await other.appids() == ()
            for client in (other.api, other.account(ACCOUNT)):
                with pytest.raises(ConfigurationError, match=r"has (come|not authorised)"):
                    await client.access_token()

    async def test_an_account_s_own_token_is_not_its_platform_s(self, shelf):
        wechat = WeChatApi(strict=False)
        assert await self.client(shelf, wechat, ACCOUNT).access_token() == "token-1"
        with pytest.raises(ConfigurationError, match="not authorised"):
            await made(wechat, shelf).account(ACCOUNT).access_token()


class KnowsOne(WeChatApi):
    """It knows the ticket and the first of the two accounts, in whatever order it is asked."""

    def _answer(self, request):
        if request.path.endswith("/api_component_token"):
            return says(component_access_token="platform-1", expires_in=7200)
        if request.json["authorizer_appid"] == ACCOUNT:
            return says(authorizer_access_token="account-1", expires_in=7200)
        return refuses(61023)


class TestOfAnOlderVersion:
    """Names without the platform's: taken over when WeChat has accepted what they hold."""

    @pytest.fixture
    async def old(self, shelf):
        until = time.time() + LIFE
        await shelf.put("ticket", Token("ticket@@@old", until))
        await shelf.put("accounts", Token(f"{ACCOUNT} {OTHER}", until))
        await shelf.put("component.access_token", Token("old platform", until))
        for appid in (ACCOUNT, OTHER):
            await shelf.put(f"authorizer.{appid}.refresh_token", Token(f"old {appid}", until))
            await shelf.put(f"authorizer.{appid}.access_token", Token("old account", until))
        return shelf

    @pytest.fixture
    def wechat(self):
        return KnowsOne(strict=False)

    async def test_what_wechat_accepts_is_taken_over(self, old, wechat):
        platform = made(wechat, old)
        assert await platform.knows(OTHER)
        await platform.carry_over()
        assert await platform.appids() == (ACCOUNT,)
        assert (await old.get(f"{OWN}.ticket")).value == "ticket@@@old"
        fresh = made(WeChatApi(strict=False), old)
        assert await fresh.account(ACCOUNT).access_token() == "account-1"
        refresh = await fresh._shelf_of(ACCOUNT).get("refresh_token")
        assert refresh.value == f"old {ACCOUNT}"
        assert await fresh._shelf_of(OTHER).get("refresh_token") is None

    async def test_access_tokens_are_fetched_anew(self, old, wechat):
        platform = made(wechat, old)
        assert await platform.api.access_token() == "platform-1"
        assert await platform.account(ACCOUNT).access_token() == "account-1"

    async def test_what_wechat_refuses_is_not(self, old):
        wechat = WeChatApi([refuses(61006)] * 2, strict=False)
        platform = made(wechat, old)
        await platform.carry_over()
        assert await platform.appids() == ()
        assert await old.get(f"{OWN}.ticket") is None

    async def test_an_account_that_left_is_not_taken_over_again(self, old, wechat):
        platform = made(wechat, old)
        await platform.receive(pushed("unauthorized", AuthorizerAppid=ACCOUNT))
        assert not await platform.knows(ACCOUNT)
        assert await platform.knows(OTHER)

    async def test_a_newer_ticket_comes_first(self, old, wechat):
        platform = made(wechat, old)
        await platform.receive(pushed("component_verify_ticket", ComponentVerifyTicket="new"))
        await platform.api.access_token()
        assert wechat.seen[0].json["component_verify_ticket"] == "new"
        assert (await old.get(f"{OWN}.ticket")).value == "new"


def pushed(kind, **fields):
    request = told(kind, **fields)
    return Push(request.query.encode(), request.body, "text/xml", 0.0)
