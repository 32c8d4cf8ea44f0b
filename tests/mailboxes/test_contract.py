"""What every store of mailboxes keeps, whatever it stands on."""

import asyncio
from functools import partial

import pytest

from mailboxes.places import (
    FAN,
    HOUR,
    LEASE,
    Place,
    accept,
    do,
    finish,
    look,
    take,
)
from yizhan.errors import StoreError
from yizhan.inbox import carrying, rules, timers, upkeep
from yizhan.inbox.ladder import UNCARRIED
from yizhan.inbox.upkeep import Death, Terms
from yizhan.store.mailbox import NOBODY, SESSION, Binding, Change, View
from yizhan.store.mailboxes.contract import Store

TERMS = Terms(tries=3, lease=LEASE)
ONLY = (carrying.Carried("k1", 0, b"?"),)


def counted(view: View) -> Change[int]:
    """A rule that counts how often it was committed."""
    number = int(view.rows.get("count", b"0")) + 1
    return Change(number, view.box, {"count": str(number).encode()})


class TestChange:
    async def test_what_is_committed_is_there_for_every_process(
        self, store: Store, peer: Store
    ) -> None:
        await accept(store, "k1")
        [whole] = await peer.messages(["k1"])
        assert (whole.message.body, whole.message.openid, whole.state) == (
            b"<xml/>",
            FAN,
            "running",
        )
        assert (await look(peer)).box.jobs == (await look(store)).box.jobs

    async def test_a_key_is_new_once_however_many_processes_ask(
        self, store: Store, peer: Store
    ) -> None:
        statuses = [
            (await accept(it, "k1", body=body)).status
            for it, body in ((store, b"one"), (peer, b"two"), (store, b"three"))
        ]
        assert statuses == ["new", "again", "again"]
        [whole] = await store.messages(["k1"])
        assert whole.message.body == b"one"
        assert whole.job is not None
        assert whole.job.arrivals == 3

    async def test_a_late_repeat_gets_the_stored_reply(self, store: Store, peer: Store) -> None:
        await accept(store, "k1")
        finished = await finish(store, "k1", b"body", reserve="all")
        assert finished is not None
        parts = finished.taken.parts
        rule = partial(carrying.confirm, key="k1", reply=b"reply", carried=parts, shown="")
        await do(store, rule)
        assert (await look(store)).box.jobs == ()
        again = await accept(peer, "k1")
        assert (again.status, again.state, again.reply, again.arrivals) == (
            "again",
            "replied",
            b"reply",
            2,
        )

    async def test_no_change_of_another_process_is_overwritten(
        self, store: Store, peer: Store
    ) -> None:
        for turn in range(10):
            one = await do(store, counted)
            two = await do(peer, counted)
            assert (one, two) == (2 * turn + 1, 2 * turn + 2)

    async def test_none_is_lost_when_both_write_at_once(self, store: Store, peer: Store) -> None:
        await asyncio.gather(*(do(it, counted) for _ in range(50) for it in (store, peer)))
        assert (await look(store)).rows["count"] == b"100"

    async def test_rules_of_one_follower_are_applied_in_the_order_given(self, store: Store) -> None:
        seen = await asyncio.gather(*(do(store, counted) for _ in range(20)))
        assert seen == list(range(1, 21))

    async def test_a_rule_that_changes_nothing_sees_what_others_wrote(
        self, store: Store, peer: Store
    ) -> None:
        await do(store, counted)
        await do(peer, counted)
        assert (await look(store)).rows["count"] == b"2"

    async def test_a_rule_that_raises_fails_alone(self, store: Store) -> None:
        def raises(view: View) -> Change[int]:
            raise ValueError("a fault")

        results = await asyncio.gather(
            do(store, counted), do(store, raises), do(store, counted), return_exceptions=True
        )
        assert [results[0], results[2]] == [1, 2]
        assert isinstance(results[1], ValueError)

    async def test_a_row_is_erased_with_none(self, store: Store, peer: Store) -> None:
        await do(store, lambda view: Change(None, view.box, {SESSION: b"{}"}))
        await do(store, lambda view: Change(None, view.box, {SESSION: None}))
        assert dict((await look(peer)).rows) == {}

    async def test_a_rule_sees_the_rows_of_the_messages_it_asks_for(self, store: Store) -> None:
        await accept(store, "k1", body=b"one")
        view = await do(store, Change, keys=["k1", "k2"])
        assert {key: it.body for key, it in view.messages.items()} == {"k1": b"one"}

    async def test_after_close_every_change_is_an_error(self, place: Place) -> None:
        store = await place.open("A")
        await store.close()
        await store.close()
        with pytest.raises(StoreError):
            await do(store, counted)

    async def test_a_later_change_comes_before_anything_later_of_its_follower(
        self, store: Store
    ) -> None:
        def later(view: View) -> Change[None]:
            return Change(None, view.box, {"order": b"first"})

        store.change_later(FAN, later)
        assert (await look(store)).rows["order"] == b"first"

    async def test_a_later_change_comes_after_what_was_asked_before_it(self, store: Store) -> None:
        def adds(view: View, word: bytes) -> Change[None]:
            return Change(None, view.box, {"order": view.rows.get("order", b"") + word})

        store.change(FAN, partial(adds, word=b"1"), lambda result: None)
        store.change_later(FAN, partial(adds, word=b"2"))
        await do(store, partial(adds, word=b"3"))
        assert (await look(store)).rows["order"] == b"123"

    async def test_a_later_change_is_committed_though_nothing_follows(
        self, store: Store, peer: Store
    ) -> None:
        store.change_later(FAN, lambda view: Change(None, view.box, {"late": b"yes"}))
        async with asyncio.timeout(5):
            while "late" not in (await look(peer)).rows:  # noqa: ASYNC110  # nobody is told
                await asyncio.sleep(0.005)

    async def test_a_later_change_survives_the_close(self, place: Place) -> None:
        store = await place.open("A")
        store.change_later(FAN, lambda view: Change(None, view.box, {"late": b"yes"}))
        await store.close()
        assert (await look(await place.open("B"))).rows == {"late": b"yes"}


class TestQueue:
    """Many messages of one follower wait behind one that runs."""

    COUNT = 12

    @pytest.fixture(autouse=True)
    async def queue(self, place: Place, store: Store) -> None:
        for number in range(self.COUNT):
            await accept(store, f"k{number}", body=b'{"n": %d}' % number)

    async def test_all_of_them_are_there_for_every_process(self, store: Store, peer: Store) -> None:
        box = (await look(peer)).box
        assert [job.key for job in box.jobs] == [f"k{number}" for number in range(self.COUNT)]
        assert box == (await look(store)).box
        assert dict((await look(peer)).rows) == {}

    async def test_each_has_its_turn(self, store: Store, peer: Store) -> None:
        for number in range(self.COUNT):
            assert (await accept(peer, f"k{number}")).status == "again"
            finished = await finish(store, f"k{number}")
            assert finished is not None
        assert (await look(peer)).box.jobs == ()

    async def test_a_repeat_counts_wherever_it_waits(self, store: Store, peer: Store) -> None:
        for it in (store, peer, store):
            await accept(it, f"k{self.COUNT - 2}")
        [whole] = await peer.messages([f"k{self.COUNT - 2}"])
        assert whole.job is not None
        assert (whole.state, whole.job.arrivals, whole.job.owner) == ("waiting", 4, "A")

    async def test_they_are_listed_and_counted(self, peer: Store) -> None:
        waiting = await peer.jobs("waiting", 99, None)
        assert {it.message.key for it in waiting} == {f"k{n}" for n in range(1, self.COUNT)}
        assert (await peer.stats()).jobs == {"running": 1, "waiting": self.COUNT - 1}

    async def test_whose_answer_waits_behind_others_is_named(
        self, place: Place, store: Store
    ) -> None:
        rule = partial(upkeep.give_up, key="k0", note="")
        await do(store, rule)
        last = f"k{self.COUNT - 1}"
        await do(store, partial(rules.turn, key=last, owner="A"))
        await finish(store, last, b"one")
        place.passes(HOUR)
        before = place.clock.wall() - HOUR / 2
        assert await store.uncollected(before, 10) == (FAN,)

    async def test_all_go_when_the_follower_is_forgotten(self, store: Store, peer: Store) -> None:
        keys = await store.keys_of(FAN)
        assert await do(store, partial(upkeep.forget, keys=keys), keys=keys) == self.COUNT
        view = await look(peer)
        assert (view.box.jobs, dict(view.rows)) == ((), {})


class TestBinding:
    async def test_a_signature_with_another_body_is_refused(
        self, store: Store, peer: Store
    ) -> None:
        await accept(store, "k1", binding=Binding("s", b"one", 600))
        assert (await accept(store, "k1", binding=Binding("s", b"one", 600))).status == "again"
        assert (await accept(peer, "k2", binding=Binding("s", b"two", 600))).status == "reused"
        assert await store.messages(["k2"]) == ()

    async def test_it_ends(self, place: Place, store: Store) -> None:
        await accept(store, "k1", binding=Binding("s", b"one", 600))
        place.passes(601)
        assert (await accept(store, "k2", binding=Binding("s", b"two", 600))).status == "new"


class TestParts:
    async def test_bodies_are_taken_by_whichever_process(self, store: Store, peer: Store) -> None:
        await accept(store, "k1")
        await finish(store, "k1", b"one", b"two")
        await accept(peer, "k2")
        assert await take(peer, "k2") == (b"one", b"two")
        assert await take(store, "k3") == ()

    async def test_what_was_lost_is_free_again(self, store: Store, peer: Store) -> None:
        await accept(store, "k1")
        await finish(store, "k1", b"one", reserve="all")
        assert await take(peer, "k2") == ()
        await do(store, partial(carrying.lost, key="k1", owner="A"))
        assert await take(peer, "k2") == (b"one",)


class TestLeases:
    async def test_renew_names_the_mailboxes_with_work_of_its_own(
        self, store: Store, peer: Store
    ) -> None:
        await accept(store, "k1")
        await accept(peer, "k2", "oOther")
        assert await store.renew() == {FAN}
        assert await peer.renew() == {"oOther"}
        await finish(store, "k1")
        assert await store.renew() == frozenset()

    async def test_the_living_have_no_orphans(
        self, place: Place, store: Store, peer: Store
    ) -> None:
        await accept(store, "k1")
        place.passes(LEASE / 2)
        assert await peer.orphans(LEASE, 10) == ()
        assert await store.orphans(LEASE, 10) == ()

    async def test_a_commit_that_gives_work_renews(
        self, place: Place, store: Store, peer: Store
    ) -> None:
        await store.renew()
        place.passes(LEASE * 0.75)
        await accept(store, "k1")
        place.passes(LEASE * 0.75)
        assert await peer.orphans(LEASE, 10) == ()

    async def test_the_dead_one_s_work_is_taken_over_once(
        self, place: Place, store: Store, peer: Store
    ) -> None:
        await accept(store, "k1")
        await dies(place, peer)
        [orphan] = await peer.orphans(LEASE, 10)
        assert (orphan.openid, orphan.owner, orphan.left) == (FAN, "A", False)
        rule = partial(upkeep.adopt, death=Death("A"), owner="B", terms=TERMS)
        [job] = (await do(peer, rule, guard=orphan.lease)).jobs
        assert (job.owner, job.attempts) == ("B", 2)
        assert await peer.orphans(LEASE, 10) == ()
        assert await finish(store, "k1", b"late") is None

    async def test_one_that_has_renewed_meanwhile_keeps_its_work(
        self, place: Place, store: Store, peer: Store
    ) -> None:
        await accept(store, "k1")
        await dies(place, peer)
        [orphan] = await peer.orphans(LEASE, 10)
        await store.renew()
        rule = partial(upkeep.adopt, death=Death("A"), owner="B", terms=TERMS)
        with pytest.raises(StoreError):
            await do(peer, rule, guard=orphan.lease)
        assert await store.renew() == {FAN}

    async def test_who_left_is_followed_at_once(self, store: Store, peer: Store) -> None:
        await accept(store, "k1")
        await store.leave()
        [orphan] = await peer.orphans(LEASE, 10)
        assert orphan.left

    async def test_who_left_stays_so_whatever_it_still_commits(
        self, store: Store, peer: Store
    ) -> None:
        await accept(store, "k1")
        await store.leave()
        await accept(store, "k2")
        await store.renew()
        [orphan] = await peer.orphans(LEASE, 10)
        assert orphan.left

    async def test_no_more_than_asked_for(self, place: Place, store: Store, peer: Store) -> None:
        for number in range(5):
            await accept(store, f"k{number}", f"oFan{number}")
        await dies(place, peer)
        assert len(await peer.orphans(LEASE, 3)) == 3

    async def test_a_question_s_time_is_due_though_nothing_is_in_hand(
        self, place: Place, store: Store, peer: Store
    ) -> None:
        await accept(store, "k1")
        asks = rules.RunResult((b"?",), reserve="all", dialog=b"dialog", answers_in=0.2)
        await do(store, partial(rules.finish, key="k1", owner=store.owner, outcome=asks))
        shown = partial(carrying.confirm, key="k1", reply=b"r", carried=ONLY, shown="")
        await do(store, shown, keys=["k1"])
        assert (await look(peer)).box.jobs == ()
        assert await peer.orphans(HOUR, 10) == ()
        place.passes(0.3)
        [orphan] = await peer.orphans(HOUR, 10)
        assert (orphan.openid, orphan.owner) == (FAN, NOBODY)
        adopts = partial(
            timers.adopt, death=Death(NOBODY), owner=peer.owner, terms=TERMS, openid=orphan.openid
        )
        [job] = (await do(peer, adopts)).timed_out
        assert await peer.orphans(HOUR, 10) == ()
        assert (await do(store, adopts)).timed_out == ()
        [whole] = await store.messages([job.key])
        assert whole.job is not None
        assert whole.job.owner == peer.owner
        assert b"ask_timeout" in whole.message.body

    async def test_a_question_that_is_answered_is_due_no_more(
        self, place: Place, store: Store, peer: Store
    ) -> None:
        for key, dialog, seconds in (("k1", b"dialog", 0.1), ("k2", None, 0.0)):
            await accept(store, key)
            outcome = rules.RunResult((), dialog=dialog, answers_in=seconds)
            finished = partial(rules.finish, key=key, owner=store.owner, outcome=outcome)
            assert await do(store, finished) is not None
        place.passes(0.2)
        assert await peer.orphans(HOUR, 10) == ()

    async def test_what_rests_is_nobody_s_until_it_is_due(
        self, place: Place, store: Store, peer: Store
    ) -> None:
        await rests(place, store, peer)
        assert await peer.orphans(HOUR, 10) == ()
        place.passes(LEASE)
        [orphan] = await peer.orphans(HOUR, 10)
        assert (orphan.openid, orphan.owner) == (FAN, "")

    async def test_nor_is_an_answer_that_a_push_may_still_carry(
        self, place: Place, store: Store, peer: Store
    ) -> None:
        await accept(store, "k1")
        await finish(store, "k1", b"one", sends=True)
        assert await peer.orphans(0.1, 10) == ()
        place.passes(UNCARRIED)
        assert [it.openid for it in await peer.orphans(0.1, 10)] == [FAN]
        assert await take(peer, "k1")
        assert await peer.orphans(0.1, 10) == ()

    async def test_a_clock_that_is_set_back_lets_nothing_rest_for_longer(
        self, place: Place, store: Store, peer: Store
    ) -> None:
        await rests(place, store, peer)
        place.clock.step(-100 * LEASE)
        await accept(peer, "k2", "oOther")  # a store on a server tells the time with its answers
        [orphan] = await peer.orphans(LEASE, 10)
        assert (orphan.openid, orphan.owner) == (FAN, "")
        rule = partial(upkeep.adopt, death=Death(NOBODY), owner="B", terms=TERMS)
        [job] = (await do(peer, rule)).jobs
        assert (job.key, job.owner) == ("k1", "B")


async def rests(place: Place, store: Store, peer: Store) -> None:
    """A message whose two runs have ended with their processes rests until its third."""
    await accept(store, "k1")
    for owner in (peer, store):
        await dies(place, owner)
        for orphan in await owner.orphans(LEASE, 10):
            death = Death(orphan.owner)
            rule = partial(upkeep.adopt, death=death, owner=owner.owner, terms=TERMS)
            await do(owner, rule, guard=orphan.lease)
    assert (await look(store)).box.jobs[0].owner == NOBODY


async def dies(place: Place, survivor: Store) -> None:
    """All but one let their leases lapse."""
    await survivor.orphans(LEASE, 10)  # a store that watches renewal numbers has seen them now
    place.passes(LEASE)
    await survivor.renew()


class TestPulse:
    async def test_who_waits_is_told_what_another_changed(self, store: Store, peer: Store) -> None:
        await accept(store, "k1")
        await do(peer, partial(rules.wait, owner="B"))
        pulse = asyncio.ensure_future(peer.pulse())
        await finish(store, "k1", b"one")
        async with asyncio.timeout(5):
            assert await pulse == {FAN}

    async def test_nobody_is_told_of_what_they_did_themselves(
        self, store: Store, peer: Store
    ) -> None:
        await do(store, partial(rules.wait, owner="A"))
        await accept(store, "k1")
        assert (await look(store)).box.waiters == ("A",)
        pulse = asyncio.ensure_future(store.pulse())
        await accept(peer, "k2")
        async with asyncio.timeout(5):
            assert await pulse == {FAN}


class TestListing:
    @pytest.fixture(autouse=True)
    async def three(self, place: Place, store: Store) -> None:
        for number, openid in enumerate(("oOne", "oTwo", "oThree")):
            await accept(store, f"k{number}", openid, at=place.clock.wall() + number)
        dead = rules.RunResult(state="dead", note="why")
        await do(store, partial(rules.finish, key="k1", owner="A", outcome=dead), "oTwo")

    async def test_newest_first(self, peer: Store) -> None:
        assert [it.message.key for it in await peer.jobs(None, 2, None)] == ["k2", "k1"]

    async def test_by_state(self, peer: Store) -> None:
        assert [it.message.key for it in await peer.jobs("running", 9, None)] == ["k2", "k0"]
        [dead] = await peer.jobs("dead", 9, None)
        assert (dead.message.key, dead.message.note) == ("k1", "why")

    async def test_before_a_time(self, place: Place, peer: Store) -> None:
        found = await peer.jobs(None, 9, place.clock.wall() + 1)
        assert [it.message.key for it in found] == ["k0"]

    async def test_those_of_one_follower(self, peer: Store) -> None:
        found = await peer.messages(["k1", "k0", "k9"], openid="oOne")
        assert [it.message.key for it in found] == ["k0"]
        assert await peer.messages(["k1"], openid="oNobody") == ()
        [dead] = await peer.messages(["k1"], openid="oTwo")
        assert (dead.state, dead.message.note) == ("dead", "why")

    async def test_a_follower_s_keys(self, store: Store, peer: Store) -> None:
        await accept(store, "k9", "oOne")
        assert set(await peer.keys_of("oOne")) == {"k0", "k9"}

    @pytest.mark.parametrize("ordered", [True, False])
    async def test_one_that_is_put_back_is_read_by_others(
        self, store: Store, peer: Store, ordered: bool
    ) -> None:
        await accept(store, "k9", "oNine", ordered=ordered)
        await do(store, partial(upkeep.give_up, key="k9", note=""), "oNine")
        assert await do(store, partial(upkeep.retry, key="k9"), "oNine", keys=["k9"])
        [job] = (await look(peer, "oNine")).box.jobs
        assert (job.key, job.ordered) == ("k9", ordered)

    async def test_stats(self, peer: Store) -> None:
        stats = await peer.stats()
        assert (stats.jobs, stats.followers) == ({"running": 2, "dead": 1}, 3)


class TestDiscard:
    async def forgotten(self, store: Store, openid: str) -> None:
        keys = await store.keys_of(openid)
        await do(store, partial(upkeep.forget, keys=keys), openid, keys=keys)
        await store.discard(openid)

    async def test_nothing_is_left_of_who_was_forgotten(self, store: Store, peer: Store) -> None:
        await accept(store, "k1")
        await accept(peer, "k2", "oOther")
        await self.forgotten(peer, FAN)
        assert (await store.stats()).followers == 1
        assert (await look(peer)).box.seq == 0

    async def test_who_writes_again_is_served_by_all(self, store: Store, peer: Store) -> None:
        await accept(store, "k1")
        await self.forgotten(store, FAN)
        assert (await accept(peer, "k2")).status == "new"
        assert await finish(peer, "k2") is not None
        assert (await accept(store, "k3")).status == "new"
        assert [job.key for job in (await look(peer)).box.jobs] == ["k3"]

    async def test_what_is_not_empty_stays(self, store: Store) -> None:
        await accept(store, "k1")
        await accept(store, "k2", "oDone")
        await do(store, partial(upkeep.give_up, key="k2", note=""), "oDone")
        await do(store, lambda view: Change(None, view.box, {SESSION: b"{}"}), "oIdle")
        for openid in (FAN, "oDone", "oIdle", "oNobody"):
            await store.discard(openid)
        assert (await store.stats()).followers == 3


class TestPrune:
    async def test_what_ended_long_ago_goes_and_the_rest_stays(
        self, place: Place, store: Store
    ) -> None:
        await accept(store, "old")
        await finish(store, "old")
        await accept(store, "dead")
        await finish(store, "dead", state="dead")
        place.passes(HOUR)
        await accept(store, "fresh")
        await finish(store, "fresh")
        await accept(store, "open")
        wall = place.clock.wall()
        assert await store.prune(wall, HOUR / 2, HOUR, 100) >= 1
        kept = {it.message.key for it in await store.jobs(None, 9, None)}
        assert kept == {"dead", "fresh", "open"}

    async def test_an_empty_mailbox_goes_with_its_rows_when_it_was_long_unused(
        self, place: Place, store: Store
    ) -> None:
        await do(store, lambda view: Change(None, view.box, {SESSION: b"{}"}), "oIdle")
        await accept(store, "k1")
        place.passes(HOUR)
        await store.prune(place.clock.wall(), HOUR, HOUR / 2, 100)
        assert (await store.stats()).followers == 1
        assert dict((await look(store, "oIdle")).rows) == {}

    async def test_however_many_there_are(self, place: Place, store: Store) -> None:
        keys = [f"k{number}" for number in range(450)]
        for openid in ("o1", "o2"):
            asking = (accept(store, f"{openid}{it}", openid, ordered=False) for it in keys)
            await asyncio.gather(*asking)
            ended = rules.RunResult()
            await asyncio.gather(
                *(
                    do(
                        store,
                        partial(rules.finish, key=f"{openid}{it}", owner="A", outcome=ended),
                        openid,
                    )
                    for it in keys
                )
            )
        place.passes(HOUR)
        await store.prune(place.clock.wall(), HOUR / 2, HOUR, 100)
        assert await store.jobs(None, 9, None) == ()

    async def test_no_more_mailboxes_than_allowed(self, place: Place, store: Store) -> None:
        for number in range(5):
            await do(store, lambda view: Change(None, view.box), f"oIdle{number}")
        place.passes(HOUR)
        await store.prune(place.clock.wall(), HOUR, HOUR / 2, 2)
        assert (await store.stats()).followers == 3

    async def test_whose_answer_waits_since_long_is_named(self, place: Place, store: Store) -> None:
        await accept(store, "k1")
        await finish(store, "k1", b"one")
        place.passes(HOUR)
        before = place.clock.wall() - HOUR / 2
        assert await store.uncollected(before, 10) == (FAN,)
        assert await do(store, partial(upkeep.uncollect, before=before)) == 1
        assert await store.uncollected(before, 10) == ()

    async def test_a_pruned_mailbox_does_not_take_a_stale_writer_s_commit(
        self, place: Place, store: Store, peer: Store
    ) -> None:
        await do(store, counted, "oIdle")
        await do(peer, counted, "oIdle")
        place.passes(HOUR)
        await peer.prune(place.clock.wall(), HOUR, HOUR / 2, 100)
        assert await do(store, counted, "oIdle") == 1


class TestMark:
    async def test_a_new_store_has_none(self, store: Store) -> None:
        assert await store.mark() is None

    async def test_it_is_there_for_every_process(self, store: Store, peer: Store) -> None:
        assert await store.change_mark(None, b"ours")
        assert await peer.mark() == b"ours"

    @pytest.mark.parametrize("expected", [None, b"theirs"])
    async def test_only_the_expected_one_is_replaced(
        self, store: Store, peer: Store, expected: bytes | None
    ) -> None:
        await store.change_mark(None, b"ours")
        assert not await peer.change_mark(expected, b"other")
        assert await store.mark() == b"ours"
        assert await peer.change_mark(b"ours", b"other")
        assert await store.mark() == b"other"

    async def test_where_none_is_no_mark_is_expected(self, store: Store) -> None:
        assert not await store.change_mark(b"theirs", b"ours")
        assert await store.mark() is None

    async def test_of_two_that_mark_it_one_wins(self, store: Store, peer: Store) -> None:
        won = await asyncio.gather(
            store.change_mark(None, b"one"), peer.change_mark(None, b"other")
        )
        assert sorted(won) == [False, True]
        assert await store.mark() == (b"one" if won[0] else b"other")

    async def test_it_outlives_its_process(self, place: Place) -> None:
        store = await place.open("A")
        await store.change_mark(None, b"ours")
        await store.close()
        assert await (await place.open("B")).mark() == b"ours"


class TestAddressed:
    async def test_an_empty_store_has_no_messages(self, store: Store) -> None:
        assert await store.addressed() == {}

    async def test_messages_count_for_whom_they_were_sent_to(
        self, store: Store, peer: Store
    ) -> None:
        for number, name in enumerate(("gh_a", "gh_b", "gh_a", "")):
            openid = f"oFan{number % 2}"
            await accept(store, f"k{number}", openid, body=b'{"ToUserName": "%s"}' % name.encode())
        await accept(store, "none", body=b'{"Content": "gh_c"}')
        await accept(store, "unreadable", body=b"<xml/>")
        assert await peer.addressed() == {"gh_a": 2, "gh_b": 1, "": 3}

    async def test_one_that_has_ended_is_kept_and_one_erased_is_not(self, store: Store) -> None:
        for key in ("ended", "erased"):
            await accept(store, key, body=b'{"ToUserName": "gh_a"}')
            await finish(store, key, state="dead")
        await do(store, partial(upkeep.drop, key="erased"), keys=["erased"])
        assert await store.addressed() == {"gh_a": 1}
