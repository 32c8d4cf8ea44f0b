"""Whose a store is, on every store alike; the rules have their table in test_mark."""

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from redis import Redis

from mailboxes.places import Place, accept, finish, look
from yizhan.cli.adopt import taken
from yizhan.clock import SystemClock
from yizhan.errors import StoreError
from yizhan.mark import Identity, Mark, Use, dumped, loaded
from yizhan.store.mailboxes.contract import Store
from yizhan.store.marking import refuse_another, settle
from yizhan.store.opening import connect, owner_name
from yizhan.store.prefix import PRESENT, prefix_of

MARKER = Path(__file__).parent / "marker.py"
PROCESSES = 6

BOT = Identity(token="tokenOfTheBot2026")
OTHER = Identity(token="tokenOfAnother2026")
WITH_APPID = Identity(appid="wx1", token=BOT.token)


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

    async def test_an_unmarked_store_is_taken_with_its_answers(self, store: Store) -> None:
        await accept(store, "k1", body=sent_to("gh_bot"))
        await finish(store, "k1", b"late")
        assert await wants(store, BOT) == ""
        assert (await accept(store, "k2")).waiting == 1

    async def test_one_that_speaks_of_another_account_is_refused_and_left(
        self, store: Store
    ) -> None:
        await accept(store, "k1", body=sent_to("gh_other"))
        known = Identity(token=BOT.token, original_id="gh_bot")
        assert await wants(store, known) == "store.addressed"
        assert await mark_of(store) is None
        assert [it.state for it in await store.messages(["k1"])] == ["running"]

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

    async def test_a_mark_outlives_what_time_erases(self, store: Store, place: Place) -> None:
        await wants(store, BOT)
        await store.prune(place.clock.wall() + 10**9, 1.0, 1.0, 10)
        assert await mark_of(store) == BOT.mark


@pytest.mark.parametrize(
    ("kept", "refused"), [(None, False), (dumped(BOT.mark), False), (dumped(OTHER.mark), True)]
)
def test_a_mark_that_was_only_read_is_judged_alike(kept: bytes | None, refused: bool) -> None:
    try:
        refuse_another(kept, BOT, url="redis://:s3cret@host/0")
    except StoreError as error:
        assert (refused, error.phrase) == (True, "store.of_another")
        assert "s3cret" not in str(error)
    else:
        assert not refused


class TestTake:
    async def test_it_takes_the_store_from_whoever_had_it(self, store: Store) -> None:
        await wants(store, OTHER)
        assert await taken(store, BOT, "") == 0
        assert await mark_of(store) == BOT.mark

    async def test_what_was_sent_to_others_is_never_handled_nor_answered(
        self, store: Store
    ) -> None:
        for key, original_id in (("ours", "gh_bot"), ("theirs", "gh_other"), ("late", "gh_other")):
            await accept(store, key, body=sent_to(original_id), ordered=False)
        await finish(store, "ours", b"yes")
        await finish(store, "theirs", b"no")
        assert await taken(store, BOT, "gh_bot") == 2
        states = {it.message.key: it.state for it in await store.jobs(None, 10, None)}
        assert states == {"ours": "ready", "theirs": "dead", "late": "dead"}
        assert [job.key for job in (await look(store)).box.jobs] == ["ours"]


@pytest.mark.parametrize("name", ["sqlite", "redis", "postgres"])
def test_of_processes_that_mark_at_once_one_account_wins(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Real processes of two accounts, held back until all have opened the store."""
    url = f"sqlite:///{tmp_path}/x.db"
    if name != "sqlite":
        url = request.getfixturevalue(f"{name}_url")
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
        store = connect(url, account=prefix, owner=owner_name(), clock=SystemClock())
        await store.open()
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

    @pytest.mark.parametrize("kind", PRESENT)
    async def test_with_or_without_a_mark(self, redis_url: str, kind: str) -> None:
        await self.marked(redis_url, "default", BOT)
        with Redis.from_url(redis_url) as client:
            client.set(f"{{wx1}}:{kind}", "x")
        assert await prefix_of(redis_url, WITH_APPID) == "wx1"

    async def test_what_a_store_has_accepted_is_among_that(self, redis_url: str) -> None:
        store = connect(redis_url, account="wx1", owner="A", clock=SystemClock())
        await store.open()
        await accept(store, "k1")
        await store.close()
        with Redis.from_url(redis_url) as client:
            found = client.exists(*(f"{{wx1}}:{kind}" for kind in PRESENT))
        assert found

    async def test_other_stores_are_asked_nothing(self, tmp_path: Path) -> None:
        assert await prefix_of(f"sqlite:///{tmp_path}/x.db", WITH_APPID) == "wx1"
        assert await prefix_of("memory://", WITH_APPID) == "wx1"
        assert await prefix_of("postgres://127.0.0.1:1/none", WITH_APPID) == "wx1"
        assert not (tmp_path / "x.db").exists()
