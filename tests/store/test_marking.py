"""Whose a store is, on every store alike; the rules have their table in test_mark."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from store.backends import Backend, Fan
from yizhan.errors import StoreError
from yizhan.mark import Identity, Mark, Use, loaded
from yizhan.store import Outcome, Store, connect
from yizhan.store.marking import adopt, settle
from yizhan.store.prefix import prefix_of

MARKER = Path(__file__).parent / "marker.py"
PROCESSES = 6

BOT = Identity(token="tokenOfTheBot2026")
OTHER = Identity(token="tokenOfAnother2026")
WITH_APPID = Identity(appid="wx1", token=BOT.token)

QUOTA = {"message": (3600.0, 5)}


async def wants(store: Store, account: Identity, use: Use = "serve") -> str:
    """What came of it: "" or the phrase of the refusal."""
    try:
        await settle(store, account, use, url="redis://:s3cret@host/0")
    except StoreError as refused:
        assert "s3cret" not in str(refused)
        assert not any(digest in str(refused) for digest in account.digests)
        return refused.phrase
    return ""


async def mark_of(store: Store) -> Mark | None:
    return loaded(await store.mark())


def sent_to(original_id: str) -> bytes:
    return msgspec.json.encode({"ToUserName": original_id, "FromUserName": "oFan"})


class TestSettle:
    async def test_a_new_store_is_its_first_account_s_and_nobody_else_s(self, store: Store) -> None:
        assert await wants(store, BOT) == ""
        assert await mark_of(store) == BOT.mark
        assert await wants(store, OTHER) == "store.of_another"
        assert await wants(store, OTHER, "look") == "store.of_another"
        assert await wants(store, BOT) == ""
        assert await mark_of(store) == BOT.mark

    async def test_who_looks_marks_nothing(self, store: Store) -> None:
        assert await wants(store, BOT, "look") == ""
        assert await mark_of(store) is None

    async def test_an_unmarked_store_is_taken_with_its_answers(
        self, store: Store, fan: Fan
    ) -> None:
        await fan.claim("k1", message=sent_to("gh_bot"))
        await store.finish("k1", "A", Outcome((b"late",)))
        assert await wants(store, BOT) == ""
        assert [part.body for part in (await store.look(["k1"]))[0].parts] == [b"late"]
        assert await store.owed("oFan") == ("k1",)

    async def test_one_that_speaks_of_another_account_is_refused_and_left(
        self, store: Store, fan: Fan
    ) -> None:
        await fan.claim("k1", message=sent_to("gh_other"))
        known = Identity(token=BOT.token, original_id="gh_bot")
        assert await wants(store, known) == "store.addressed"
        assert await mark_of(store) is None
        assert [job.state for job in await store.look(["k1"])] == ["running"]

    async def test_an_appid_that_comes_later_raises_the_mark(self, store: Store) -> None:
        await wants(store, BOT)
        assert await wants(store, WITH_APPID) == ""
        assert await mark_of(store) == Mark(appid="wx1")
        assert await wants(store, BOT) == "store.of_another"

    async def test_a_new_token_raises_the_mark_while_the_previous_is_told(
        self, store: Store
    ) -> None:
        await wants(store, BOT)
        assert await wants(store, Identity(token="newToken2026xxxx")) == "store.of_another"
        both = Identity(token="newToken2026xxxx", token_previous=BOT.token)
        assert await wants(store, both) == ""
        assert await wants(store, Identity(token="newToken2026xxxx")) == ""

    async def test_the_mark_is_seen_by_other_processes(self, store: Store, peer: Store) -> None:
        await wants(store, BOT)
        assert await wants(peer, OTHER) == "store.of_another"

    async def test_a_mark_outlives_what_time_erases(self, store: Store, backend: Backend) -> None:
        await wants(store, BOT)
        await store.prune(backend.clock.wall() + 10**9, 1.0, 1.0)
        assert await mark_of(store) == BOT.mark


class TestChangeMark:
    @pytest.mark.parametrize(
        ("kept", "before", "changed"),
        [
            (None, None, True),
            (None, b"a", False),
            (b"a", None, False),
            (b"a", b"a", True),
            (b"a", b"b", False),
        ],
    )
    async def test_only_the_mark_that_was_seen_is_changed(
        self, store: Store, kept: bytes | None, before: bytes | None, changed: bool
    ) -> None:
        if kept is not None:
            await store.change_mark(None, kept)
        assert await store.change_mark(before, b"new") is changed
        assert await store.mark() == (b"new" if changed else kept)


class TestAddressed:
    async def test_jobs_are_counted_in_every_state(self, store: Store, fan: Fan) -> None:
        await fan.claim("k1", message=sent_to("gh_a"))
        await fan.claim("k2", message=sent_to("gh_a"))
        await fan.claim("k3", message=sent_to("gh_b"), ordered=False)
        await store.finish("k3", "A", Outcome())
        await fan.claim("k4", message=b'{"MsgType": "text"}')
        await fan.claim("k5", message=b"no json")
        assert await store.addressed() == {"gh_a": 2, "gh_b": 1, "": 2}

    async def test_however_many_there_are(
        self, store: Store, fan: Fan, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("yizhan.store.redis.PAGE", 2)
        for number in range(5):
            await fan.claim(f"k{number}", message=sent_to("gh_a"), ordered=False)
        assert await store.addressed() == {"gh_a": 5}


class TestGiveUp:
    async def running(self, store: Store) -> None:
        """As it was claimed."""

    async def ready(self, store: Store) -> None:
        await store.finish("k1", "A", Outcome((b"one",)))

    async def sending(self, store: Store) -> None:
        await store.finish("k1", "A", Outcome((b"one",), route="custom"))
        assert await store.send("k1", "A", 1, QUOTA, 0.0) == "message"

    async def publishing(self, store: Store) -> None:
        await store.finish("k1", "A", Outcome((b"one",), state="running"))

    @pytest.mark.parametrize("state", [running, ready, sending, publishing])
    async def test_what_is_due_is_listed_as_dead_with_its_parts(
        self, store: Store, fan: Fan, state: Callable[..., object]
    ) -> None:
        await fan.claim("k1", window="message")
        await getattr(self, state.__name__)(store)
        before = (await store.look(["k1"]))[0]
        assert await store.give_up("k1", "another's")
        [job] = await store.look(["k1"])
        assert (job.state, job.note, job.route, job.owner) == ("dead", "another's", "push", "")
        assert job.parts == before.parts
        assert await store.owed("oFan") == ()
        assert await store.renew("A") == frozenset()
        assert await store.recover("B", 0.001, 3, 10) == ()

    async def test_what_is_done_or_listed_stays_as_it_is(self, store: Store, fan: Fan) -> None:
        await fan.claim("done")
        await store.finish("done", "A", Outcome())
        await fan.claim("dead")
        await store.finish("dead", "A", Outcome(state="dead", note="first"))
        for key in ("done", "dead", "missing"):
            assert not await store.give_up(key, "second")
        assert [job.note for job in await store.look(["done", "dead"])] == ["", "first"]

    async def test_it_may_be_put_back(self, store: Store, fan: Fan) -> None:
        await fan.answered("k1", b"one")
        await store.give_up("k1", "")
        assert await store.retry("k1")
        assert await store.owed("oFan") == ("k1",)


class TestAdopt:
    async def test_it_takes_the_store_from_whoever_had_it(self, store: Store) -> None:
        await wants(store, OTHER)
        assert await adopt(store, BOT, "") == 0
        assert await mark_of(store) == BOT.mark

    async def test_what_was_sent_to_others_is_never_handled_nor_answered(
        self, store: Store, fan: Fan
    ) -> None:
        for key, original_id in (("ours", "gh_bot"), ("theirs", "gh_other"), ("late", "gh_other")):
            await fan.claim(key, message=sent_to(original_id), ordered=False)
        await store.finish("ours", "A", Outcome((b"yes",)))
        await store.finish("theirs", "A", Outcome((b"no",)))
        assert await adopt(store, BOT, "gh_bot") == 2
        assert await store.owed("oFan") == ("ours",)
        states = {job.key: job.state for job in await store.jobs(None, 10, None)}
        assert states == {"ours": "ready", "theirs": "dead", "late": "dead"}


@pytest.mark.parametrize("name", ["sqlite", "redis"])
def test_of_processes_that_mark_at_once_one_account_wins(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Real processes of two accounts, held back until all have opened the store."""
    redis = name == "redis"
    url = request.getfixturevalue("redis_url") if redis else f"sqlite:///{tmp_path}/x.db"
    accounts = [f"wx{number % 2}" for number in range(PROCESSES)]
    started = [
        subprocess.Popen(
            [sys.executable, str(MARKER), url, appid],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        for appid in accounts
    ]
    try:
        for process in started:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in started:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        said = [process.communicate(timeout=30)[0].strip() for process in started]
    finally:
        for process in started:
            process.kill()
            process.wait()
    winners = {appid for appid, word in zip(accounts, said, strict=True) if word == "mine"}
    assert len(winners) == 1, said
    assert said.count("mine") == said.count("store.of_another") == PROCESSES // 2


class TestPrefix:
    async def marked(self, url: str, prefix: str, account: Identity) -> None:
        store = connect(url, account=prefix)
        await settle(store, account, "serve", url=url)
        await store.close()

    async def test_it_is_the_appid_else_the_name(self, redis_url: str) -> None:
        assert await prefix_of(redis_url, WITH_APPID) == "wx1"
        assert await prefix_of(redis_url, Identity(name="shop", token="t")) == "shop"
        assert await prefix_of(redis_url, BOT) == "default"

    async def test_an_appid_that_comes_later_leaves_it_and_raises_the_mark(
        self, redis_url: str
    ) -> None:
        await self.marked(redis_url, "default", BOT)
        assert await prefix_of(redis_url, WITH_APPID) == "default"
        await self.marked(redis_url, "default", WITH_APPID)
        assert await prefix_of(redis_url, WITH_APPID) == "default"

    async def test_another_s_is_left_to_them(self, redis_url: str) -> None:
        await self.marked(redis_url, "default", OTHER)
        assert await prefix_of(redis_url, WITH_APPID) == "wx1"

    async def test_what_stands_under_the_appid_goes_first(self, redis_url: str) -> None:
        await self.marked(redis_url, "default", BOT)
        await self.marked(redis_url, "wx1", WITH_APPID)
        assert await prefix_of(redis_url, WITH_APPID) == "wx1"

    async def test_other_stores_are_asked_nothing(self, tmp_path: Path) -> None:
        assert await prefix_of(f"sqlite:///{tmp_path}/x.db", WITH_APPID) == "wx1"
        assert await prefix_of("memory://", WITH_APPID) == "wx1"
        assert not (tmp_path / "x.db").exists()
