"""The rules where things meet: late, repeated, listed, or while a message is being sent."""

from functools import partial

import pytest

from inbox.mailboxes import Kept
from inbox.test_rules import accept, bodies, confirm, finish, kept, places, send, take
from yizhan.inbox import rules, sending, upkeep
from yizhan.inbox.carrying import Carried, Otherwise
from yizhan.inbox.rules import RunResult
from yizhan.inbox.upkeep import Death, Terms
from yizhan.store.mailbox import CUSTOM, DIALOG, FREE, SESSION
from yizhan.store.mailboxes.contract import Whole

__all__ = ["kept"]  # the fixture

TERMS = Terms(tries=3, lease=15.0)


def state(kept: Kept, key: str) -> str | None:
    """A message's state, wherever that stands."""
    job = kept.box.job(key)
    return kept.messages[key].state if job is None else job.state


def late(kept: Kept, key: str, *bodies: bytes, owner: str = "A", **named: object) -> object:
    """What an outcome comes to that may not be wanted any more."""
    outcome = RunResult(bodies, **named)  # type: ignore[arg-type]
    return kept.apply(partial(rules.finish, key=key, owner=owner, outcome=outcome))


class TestAccept:
    def test_waiting_counts_what_nobody_has_collected(self, kept: Kept) -> None:
        accept(kept, "k1")
        finish(kept, "k1", b"one", b"two")
        accept(kept, "k2")
        finish(kept, "k2", b"three", state="dead")
        accept(kept, "k3")
        finish(kept, "k3", b"four", custom=True)
        assert accept(kept, "k4").waiting == 2

    def test_a_repeat_opens_no_window(self, kept: Kept) -> None:
        accept(kept, "k1", window="message")
        before = kept.box.windows
        kept.passes(5)
        accept(kept, "k1", window="message")
        assert kept.box.windows == before

    def test_what_is_kept_of_the_follower_comes_along(self, kept: Kept) -> None:
        accept(kept, "k1")
        finish(kept, "k1", session=b"{}", dialog=b"asked")
        confirm(kept, "k1", shown="working")
        found = accept(kept, "k2")
        assert (found.session, found.dialog, found.shown) == (b"{}", b"asked", "working")

    def test_a_word_does_not_fetch_what_is_sent(self, kept: Kept) -> None:
        accept(kept, "k1")
        finish(kept, "k1", b"one", custom=True)
        confirm(kept, "k0", shown="working")
        assert not accept(kept, "k2", pickup=True).pickup


class TestTurn:
    def ask(self, kept: Kept, key: str, owner: str = "A") -> str | None:
        kept.apply(partial(rules.turn, key=key, owner=owner))
        return state(kept, key)

    def test_it_comes_when_nothing_before_is_unfinished(self, kept: Kept) -> None:
        accept(kept, "k1", "B")
        accept(kept, "k2")
        assert self.ask(kept, "k2") == "waiting"
        finish(kept, "k1", owner="B")
        assert [self.ask(kept, "k2") for _ in range(2)] == ["running"] * 2

    def test_it_is_never_another_owner_s(self, kept: Kept) -> None:
        accept(kept, "k1", "B")
        accept(kept, "k2")
        finish(kept, "k1", owner="B")
        assert self.ask(kept, "k2", "B") == "waiting"

    def test_it_is_over_with_the_run(self, kept: Kept) -> None:
        accept(kept, "k1")
        finish(kept, "k1", b"one")
        assert self.ask(kept, "k1") == "ready"


class TestFinish:
    def test_a_dead_message_is_listed_with_its_parts(self, kept: Kept) -> None:
        accept(kept, "k1")
        finish(kept, "k1", b"one", state="dead", note="why")
        assert (state(kept, "k1"), kept.messages["k1"].note) == ("dead", "why")
        assert kept.rows == {"part:1:0": b"one"}

    def test_one_whose_turn_has_not_come_may_end(self, kept: Kept) -> None:
        accept(kept, "k1")
        accept(kept, "k2")
        finish(kept, "k2", b"two")
        assert state(kept, "k2") == "ready"

    def test_nothing_is_written_once_it_is_over(self, kept: Kept) -> None:
        accept(kept, "k1")
        finish(kept, "k1", b"one")
        before = kept.box
        assert late(kept, "k1", b"two") is None
        assert kept.box == before

    def test_what_is_said_of_no_session_leaves_it(self, kept: Kept) -> None:
        accept(kept, "k1")
        finish(kept, "k1", session=b"{}", dialog=b"asked")
        accept(kept, "k2")
        finish(kept, "k2")
        assert kept.rows == {SESSION: b"{}", DIALOG: b"asked"}

    def test_it_reserves_nothing_that_another_push_holds(self, kept: Kept) -> None:
        accept(kept, "k1")
        finish(kept, "k1", b"one", reserve="all")
        accept(kept, "k2")
        assert bodies(finish(kept, "k2", b"two", reserve="all").taken) == [b"two"]

    def test_it_finds_what_its_push_was_answered_with(self, kept: Kept) -> None:
        accept(kept, "k1")
        confirm(kept, "k1", shown="working")
        taken = finish(kept, "k1", b"one", reserve="all").taken
        assert (taken.reply, bodies(taken)) == (b"r", [])
        assert places(kept, "k1") == [FREE]

    def test_it_adds_nothing_to_what_its_push_carries(self, kept: Kept) -> None:
        accept(kept, "k1")
        finish(kept, "k1", b"one", state="running", reserve="all")
        assert bodies(finish(kept, "k1", b"two", reserve="all").taken) == [b"one"]
        assert places(kept, "k1") == ["k1", FREE]

    def test_it_leaves_what_another_process_is_about_to_say(self, kept: Kept) -> None:
        accept(kept, "k1")
        finish(kept, "k1", b"one", state="running")
        take(kept, "k1", "B")
        taken = finish(kept, "k1", b"two", reserve="all").taken
        assert (taken.behind, bodies(taken)) == (True, [])

    def test_what_is_to_be_sent_keeps_its_owner(self, kept: Kept) -> None:
        accept(kept, "k1")
        finish(kept, "k1", b"one", custom=True)
        job = kept.box.job("k1")
        assert job is not None
        assert (job.owner, places(kept, "k1")) == ("A", [CUSTOM])

    def test_a_clock_that_was_set_back_makes_nothing_older(self, kept: Kept) -> None:
        accept(kept, "k1")
        before = kept.wall
        kept.wall -= 3600
        finish(kept, "k1", b"one")
        job = kept.box.job("k1")
        assert job is not None
        assert job.updated == before


class TestTake:
    def test_a_push_that_nobody_knows_is_told_nothing_else(self, kept: Kept) -> None:
        assert take(kept, "k9", otherwise=Otherwise(b"working", "working")).notice is None

    def test_nor_one_that_has_something_to_carry(self, kept: Kept) -> None:
        accept(kept, "k1")
        finish(kept, "k1", b"one")
        accept(kept, "k2")
        taken = take(kept, "k2", otherwise=Otherwise(b"working", "working"))
        assert (bodies(taken), taken.notice, kept.box.shown) == ([b"one"], None, "")

    def test_a_listed_message_keeps_what_is_left_of_it(self, kept: Kept) -> None:
        accept(kept, "k1")
        finish(kept, "k1", b"one", state="dead")
        accept(kept, "k2")
        assert bodies(take(kept, "k2")) == []


class TestConfirm:
    @pytest.mark.parametrize(("push", "told"), [("k1", "replied"), ("k2", "delivered")])
    def test_on_its_own_push_it_is_replied_on_another_delivered(
        self, kept: Kept, push: str, told: str
    ) -> None:
        accept(kept, "k1")
        finish(kept, "k1", b"one")
        accept(kept, "k2")
        taken = take(kept, push)
        confirm(kept, push, *taken.parts)
        assert state(kept, "k1") == told

    def test_indexes_do_not_shift(self, kept: Kept) -> None:
        accept(kept, "k1")
        taken = finish(kept, "k1", b"one", b"two", state="running", reserve="all").taken
        confirm(kept, "k1", taken.parts[0])
        finish(kept, "k1", b"three")
        left = take(kept, "k2").parts
        assert [(part.index, part.body) for part in left] == [(1, b"two"), (2, b"three")]

    def test_a_run_that_ends_with_all_delivered_is_replied(self, kept: Kept) -> None:
        accept(kept, "k1")
        taken = finish(kept, "k1", b"one", state="running", reserve="all").taken
        confirm(kept, "k1", *taken.parts)
        assert state(kept, "k1") == "running"
        finish(kept, "k1", reserve="all")
        assert state(kept, "k1") in ("replied", "delivered")

    def test_a_push_that_is_unknown_is_no_obstacle(self, kept: Kept) -> None:
        confirm(kept, "k9", Carried("k8", 0, b""), shown="more")
        assert kept.box.shown == "more"

    def test_a_listed_message_stays_listed(self, kept: Kept) -> None:
        accept(kept, "k1")
        taken = finish(kept, "k1", b"one", b"two", reserve="all").taken
        kept.apply(partial(upkeep.give_up, key="k1", note="no"))
        confirm(kept, "k1", taken.parts[0])
        assert state(kept, "k1") == "dead"


class TestSending:
    """A generator's first part is being sent; its handler goes on."""

    @pytest.fixture(autouse=True)
    def goes_on(self, kept: Kept) -> None:
        accept(kept, "k1", window="message")
        finish(kept, "k1", b"one", state="running")
        assert send(kept, "k1").status == "send"

    def test_the_next_message_waits_all_the_same(self, kept: Kept) -> None:
        assert not accept(kept, "k2").turn

    def test_the_run_may_end_first(self, kept: Kept) -> None:
        finish(kept, "k1")
        assert state(kept, "k1") == "sending"
        assert kept.apply(partial(sending.sent, key="k1", owner="A", count=1))
        assert state(kept, "k1") == "delivered"

    def test_when_it_has_arrived_the_run_goes_on(self, kept: Kept) -> None:
        assert kept.apply(partial(sending.sent, key="k1", owner="A", count=1))
        assert state(kept, "k1") == "running"

    def test_what_is_left_of_one_that_was_cut_stays(self, kept: Kept) -> None:
        cut = Carried("k1", 0, b"ne")
        kept.apply(partial(sending.sent, key="k1", owner="A", count=0, cut=cut))
        assert (places(kept, "k1"), kept.rows) == ([CUSTOM], {"part:1:0": b"ne"})

    def test_when_it_was_refused_the_run_goes_on(self, kept: Kept) -> None:
        kept.apply(partial(sending.refused, key="k1", owner="A", note="45015"))
        assert (state(kept, "k1"), places(kept, "k1")) == ("running", [FREE])

    def test_when_nobody_knows_it_alone_is_listed_and_the_run_goes_on(self, kept: Kept) -> None:
        assert kept.apply(partial(sending.unknown, key="k1", owner="A", note="?"))
        [whole] = [Whole(kept.messages["k1"], job) for job in kept.box.jobs]
        assert (whole.state, state(kept, "k1")) == ("unknown", "running")
        accept(kept, "k2")
        assert bodies(take(kept, "k2")) == []
        finish(kept, "k1", b"two", b"three", state="running")
        assert bodies(take(kept, "k2")) == [b"two", b"three"]

    @pytest.mark.parametrize("way", ["push", "sent"])
    def test_what_else_it_says_is_delivered_and_then_it_is_listed_alone(
        self, kept: Kept, way: str
    ) -> None:
        assert kept.apply(partial(sending.unknown, key="k1", owner="A", note="?"))
        finish(kept, "k1", b"two", custom=way == "sent")
        if way == "sent":
            load = send(kept, "k1").load
            assert [part.body for part in load.parts] == [b"two"]
            assert kept.apply(partial(sending.sent, key="k1", owner="A", count=1))
        else:
            confirm(kept, "k2", *take(kept, "k2").parts)
        assert (state(kept, "k1"), kept.messages["k1"].note) == ("unknown", "?")
        assert (kept.rows, kept.box.jobs) == ({"part:1:0": b"one"}, ())

    def test_nobody_comes_for_what_else_it_said(self, kept: Kept) -> None:
        assert kept.apply(partial(sending.unknown, key="k1", owner="A", note="?"))
        finish(kept, "k1", b"two")
        kept.passes(100.0)
        assert kept.apply(partial(upkeep.uncollect, before=kept.wall)) == 1
        assert (state(kept, "k1"), len(kept.rows)) == ("unknown", 2)

    def test_a_person_may_put_it_back_while_the_run_goes_on(self, kept: Kept) -> None:
        assert not kept.apply(partial(upkeep.retry, key="k1"), ["k1"])
        assert kept.apply(partial(sending.unknown, key="k1", owner="A", note="?"))
        assert kept.apply(partial(upkeep.retry, key="k1"), ["k1"])
        assert bodies(take(kept, "k2")) == [b"one"]

    def test_a_dead_end_lists_it_when_the_send_has_ended(self, kept: Kept) -> None:
        finish(kept, "k1", state="dead")
        assert state(kept, "k1") == "dead"
        assert kept.messages["k1"].state is None
        kept.apply(partial(sending.sent, key="k1", owner="A", count=1))
        assert (kept.messages["k1"].state, kept.rows) == ("dead", {})

    def test_a_death_makes_it_unknown_and_the_run_begins_again(self, kept: Kept) -> None:
        kept.apply(partial(upkeep.adopt, death=Death("A"), owner="B", terms=TERMS))
        [job] = kept.box.jobs
        assert (job.listed_as, job.state, job.attempts) == ("unknown", "running", 2)
        finish(kept, "k1", b"two", owner="B")
        assert bodies(take(kept, "k2", "B")) == [b"two"]

    def test_put_back_after_it_was_unknown_its_part_waits(self, kept: Kept) -> None:
        kept.apply(partial(sending.unknown, key="k1", owner="A", note="?"))
        finish(kept, "k1")
        assert kept.apply(partial(upkeep.retry, key="k1"), ["k1"])
        assert bodies(take(kept, "k2")) == [b"one"]


class TestPeople:
    def test_what_has_not_begun_is_never_given_up_by_deaths(self, kept: Kept) -> None:
        accept(kept, "k1", "Z")
        accept(kept, "k2")
        for dead, heir in (("A", "B"), ("B", "C"), ("C", "D"), ("D", "E")):
            kept.apply(partial(upkeep.adopt, death=Death(dead), owner=heir, terms=TERMS))
        job = kept.box.job("k2")
        assert job is not None
        assert (job.state, job.attempts, job.owner) == ("waiting", 1, "E")

    @pytest.mark.parametrize(
        ("named", "dropped"),
        [({"state": "running"}, False), ({"state": "ready"}, True), ({"state": "dead"}, True)],
    )
    def test_only_what_is_listed_or_waits_can_be_dropped(
        self, kept: Kept, named: dict[str, str], dropped: bool
    ) -> None:
        accept(kept, "k1")
        finish(kept, "k1", b"one", **named)
        assert kept.apply(partial(upkeep.drop, key="k1"), ["k1"]) == dropped
        assert ("k1" in kept.messages, bool(kept.rows)) == (not dropped, not dropped)

    def test_what_is_forgotten_of_a_follower_without_messages(self, kept: Kept) -> None:
        accept(kept, "k1")
        finish(kept, "k1", session=b"{}")
        kept.apply(partial(upkeep.forget, keys=["k1"]), ["k1"])
        assert (kept.rows, kept.messages, kept.box.windows) == ({}, {}, {})
