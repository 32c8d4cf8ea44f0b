"""The rules of a mailbox, one by one: what each does, and what it leaves alone."""

from functools import partial
from typing import Any, ClassVar

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from inbox.mailboxes import OPENID, Kept, taking
from yizhan.inbox import carrying, rules, sending, upkeep
from yizhan.inbox.carrying import Carried, Otherwise
from yizhan.inbox.ladder import UNCARRIED
from yizhan.inbox.rules import MOST, Acceptance, Arrival, Finished, RunResult, Turn
from yizhan.inbox.sending import Begun
from yizhan.inbox.upkeep import Death, Terms
from yizhan.store.mailbox import (
    BACK_OFF,
    CUSTOM,
    DIALOG,
    EMPTY,
    FREE,
    NOBODY,
    SENDING,
    SESSION,
    Window,
)
from yizhan.store.mailboxes.contract import Whole

QUOTA = {"message": (48 * 3600.0, 2), "menu": (60.0, 3)}
TERMS = Terms(tries=3, lease=15.0)


@pytest.fixture
def kept() -> Kept:
    return Kept()


def accept(kept: Kept, key: str, owner: str = "A", **named: object) -> Acceptance:
    arrival = Arrival(key, OPENID, b"<xml/>", kept.wall, owner, **named)  # type: ignore[arg-type]
    return kept.apply(partial(rules.accept, arrival=arrival))


def finish(kept: Kept, key: str, *bodies: bytes, owner: str = "A", **named: object) -> Finished:
    outcome = RunResult(bodies, **named)  # type: ignore[arg-type]
    found = kept.apply(partial(rules.finish, key=key, owner=owner, outcome=outcome))
    assert found is not None
    return found


def take(kept: Kept, key: str, owner: str = "A", **named: object) -> carrying.Taken:
    return kept.apply(partial(carrying.take, key=key, owner=owner, **named), [key])


def bodies(taken: carrying.Taken) -> list[bytes]:
    return [part.body for part in taken.parts]


def confirm(kept: Kept, key: str, *parts: Carried, shown: str = "", **named: object) -> None:
    rule = partial(carrying.confirm, key=key, reply=b"r", carried=parts, shown=shown, **named)
    kept.apply(rule, [key])


def send(kept: Kept, until: str, owner: str = "A", count: int = 99) -> Begun:
    return kept.apply(
        partial(
            sending.begin_send,
            until=until,
            owner=owner,
            quota=QUOTA,
            at=kept.wall,
            choose=taking(count),
        )
    )


def places(kept: Kept, key: str) -> list[str]:
    job = kept.box.job(key)
    return [part.by for part in job.parts] if job is not None else []


class TestAccept:
    def test_the_second_waits_for_the_first(self, kept: Kept) -> None:
        assert accept(kept, "k1").turn
        second = accept(kept, "k2")
        assert (second.state, second.turn, second.unfinished) == ("waiting", False, 1)

    def test_an_unordered_one_waits_for_nobody(self, kept: Kept) -> None:
        accept(kept, "k1")
        assert accept(kept, "k2", ordered=False).turn

    def test_past_the_limit_new_ones_are_refused_and_repeats_are_not(self, kept: Kept) -> None:
        for number in range(MOST):
            accept(kept, f"k{number}")
        assert accept(kept, "one too many").status == "full"
        assert accept(kept, "k0").status == "again"
        assert "one too many" not in kept.messages

    def test_it_opens_a_window_anew(self, kept: Kept) -> None:
        accept(kept, "k1", window="message")
        assert kept.box.windows == {"message": Window(kept.wall)}

    def test_a_word_that_fetches_is_never_in_hand(self, kept: Kept) -> None:
        accept(kept, "k1")
        take(kept, "k1", otherwise=Otherwise(b"working", "working"))
        assert accept(kept, "k2", pickup=True).pickup
        assert kept.box.job("k2") is None
        assert accept(kept, "k2", pickup=True).pickup

    @pytest.mark.parametrize(
        ("shown", "waits", "fetches"),
        [
            ("", True, False),
            ("working", True, True),
            ("working", False, False),
            ("more", False, True),
        ],
    )
    def test_such_a_word_fetches_only_what_was_told_of(
        self, kept: Kept, shown: str, waits: bool, fetches: bool
    ) -> None:
        accept(kept, "k1")
        finish(kept, "k1", *([b"one"] if waits else []))
        confirm(kept, "k0", shown=shown)
        assert accept(kept, "k2", pickup=True).pickup == fetches

    @pytest.mark.parametrize(("boot", "elapsed"), [("boot", 2.0), ("another", 7.0)])
    def test_elapsed_is_the_store_s_time_and_after_a_reboot_the_calendar_s(
        self, kept: Kept, boot: str, elapsed: float
    ) -> None:
        accept(kept, "k1")
        kept.now, kept.wall, kept.boot = kept.now + 2, kept.wall + 7, boot
        assert accept(kept, "k1").elapsed == elapsed


class TestFinish:
    def test_its_own_answer_is_reserved_with_its_body(self, kept: Kept) -> None:
        accept(kept, "k1")
        assert bodies(finish(kept, "k1", b"one", reserve="all").taken) == [b"one"]
        assert (places(kept, "k1"), kept.rows) == (["k1"], {})

    def test_without_a_push_the_body_is_a_row(self, kept: Kept) -> None:
        accept(kept, "k1")
        finish(kept, "k1", b"one")
        assert (places(kept, "k1"), kept.rows) == ([FREE], {"part:1:0": b"one"})

    def test_with_nothing_to_say_the_push_is_acknowledged(self, kept: Kept) -> None:
        accept(kept, "k1")
        finish(kept, "k1", reserve="all")
        row = kept.messages["k1"]
        assert (kept.box.jobs, row.state, row.reply) == ((), "replied", b"")

    def test_the_next_message_of_the_same_process_has_its_turn(self, kept: Kept) -> None:
        accept(kept, "k1")
        accept(kept, "k2")
        assert finish(kept, "k1").next == "k2"
        assert kept.apply(partial(rules.turn, key="k2", owner="A")) == Turn(None, None, {})
        job = kept.box.job("k2")
        assert job is not None
        assert job.state == "running"

    def test_that_of_another_process_is_left_to_it(self, kept: Kept) -> None:
        accept(kept, "k1")
        accept(kept, "k2", "B")
        assert finish(kept, "k1").next == ""
        assert kept.apply(partial(rules.turn, key="k2", owner="B"))

    def test_session_and_dialog_are_written_when_they_changed(self, kept: Kept) -> None:
        accept(kept, "k1")
        finish(kept, "k1", session=b"{}", dialog=b"d")
        assert kept.rows == {SESSION: b"{}", DIALOG: b"d"}
        accept(kept, "k2")
        finish(kept, "k2", dialog=None)
        assert kept.rows == {SESSION: b"{}"}

    def test_steps_go_when_the_message_is_over(self, kept: Kept) -> None:
        accept(kept, "k1")
        assert kept.apply(partial(rules.step, key="k1", owner="A", name="0:pay", value=b"1"))
        assert not kept.apply(partial(rules.step, key="k1", owner="B", name="0:pay", value=b"2"))
        assert kept.rows == {"step:1:0:pay": b"1"}
        finish(kept, "k1")
        assert kept.rows == {}

    @pytest.mark.parametrize(
        ("named", "shown", "said"),
        [
            ({"promised": True}, "", [b"last"]),
            ({"partly": True}, "working", [b"last"]),
            ({"partly": True}, "", []),
            ({}, "more", [b"last"]),
            ({}, "", []),
        ],
    )
    def test_a_run_that_ends_with_nothing_says_a_last_word_to_whom_it_is_owed(
        self, kept: Kept, named: dict[str, bool], shown: str, said: list[bytes]
    ) -> None:
        accept(kept, "k1")
        confirm(kept, "k0", shown=shown)
        finished = finish(kept, "k1", reserve="all", last_word=b"last", **named)
        assert bodies(finished.taken) == said

    def test_another_owner_commits_nothing(self, kept: Kept) -> None:
        accept(kept, "k1")
        before = kept.box
        late = partial(rules.finish, key="k1", owner="B", outcome=RunResult((b"late",)))
        assert kept.apply(late) is None
        assert kept.box == before


class TestTake:
    def test_oldest_first_and_again_the_same(self, kept: Kept) -> None:
        for key, body in (("k1", b"one"), ("k2", b"two")):
            accept(kept, key)
            finish(kept, key, body)
        assert bodies(take(kept, "k3")) == [b"one", b"two"]
        assert bodies(take(kept, "k3")) == [b"one", b"two"]
        assert bodies(take(kept, "k4")) == []

    def test_what_another_owner_reserved_for_this_push_is_behind(self, kept: Kept) -> None:
        accept(kept, "k1")
        finish(kept, "k1", b"one")
        take(kept, "k2", "B")
        assert take(kept, "k2").behind
        assert bodies(take(kept, "k2", overtake=True)) == [b"one"]

    def test_what_is_free_after_what_is_on_its_way_is_behind(self, kept: Kept) -> None:
        for key in ("k1", "k2"):
            accept(kept, key, window="message")
            finish(kept, key, key.encode())
        send(kept, "k1")
        assert take(kept, "k3").behind
        assert bodies(take(kept, "k3", overtake=True)) == [b"k2"]

    def test_all_but_the_first_of_another_push_may_come_back(self, kept: Kept) -> None:
        accept(kept, "k1")
        finish(kept, "k1", b"one", b"two", state="running")
        take(kept, "k2", "B")
        finish(kept, "k1", b"three")
        assert take(kept, "k3").behind

    def test_the_first_of_another_push_is_shown_and_holds_nobody_up(self, kept: Kept) -> None:
        accept(kept, "k1")
        finish(kept, "k1", b"one", state="running")
        take(kept, "k2", "B")
        finish(kept, "k1", b"two")
        assert bodies(take(kept, "k3")) == [b"two"]

    def test_with_nothing_to_take_it_is_told_something_else_once(self, kept: Kept) -> None:
        accept(kept, "k1")
        assert take(kept, "k1", otherwise=Otherwise(b"working", "working")).notice == b"working"
        assert kept.box.shown == "working"
        assert take(kept, "k1").reply == b"working"

    def test_a_promise_of_more_is_kept_with_a_word_when_nothing_is_left(self, kept: Kept) -> None:
        accept(kept, "k1")
        confirm(kept, "k0", shown="more")
        otherwise = Otherwise(b"", nothing_more=b"nothing more")
        assert take(kept, "k1", otherwise=otherwise).notice == b"nothing more"

    def test_only_its_own_answer_if_nobody_knows_whether_that_is_shown(self, kept: Kept) -> None:
        accept(kept, "k1")
        finish(kept, "k1", b"one")
        accept(kept, "k2")
        assert bodies(finish(kept, "k2", b"two", reserve="own").taken) == [b"two"]
        assert places(kept, "k1") == [FREE]

    def test_it_names_the_handlers_that_go_on(self, kept: Kept) -> None:
        accept(kept, "k1")
        finish(kept, "k1", b"one", state="running")
        assert take(kept, "k2").going_on == ("k1",)

    def test_an_acknowledgement_shows_nothing(self, kept: Kept) -> None:
        accept(kept, "k1")
        take(kept, "k1", otherwise=Otherwise(b"working", "working"))
        accept(kept, "k2")
        take(kept, "k2", otherwise=Otherwise(b""))
        assert kept.box.shown == "working"

    def test_a_message_that_has_left_is_told_too(self, kept: Kept) -> None:
        accept(kept, "k1")
        finish(kept, "k1", state="dead")
        take(kept, "k1", otherwise=Otherwise(b""))
        assert kept.messages["k1"].reply == b""


class TestLost:
    def test_it_frees_what_this_owner_reserved_and_nothing_else(self, kept: Kept) -> None:
        accept(kept, "k1")
        finish(kept, "k1", b"one", state="running")
        take(kept, "k2", "B")
        kept.apply(partial(carrying.lost, key="k2", owner="A"))
        assert places(kept, "k1") == ["k2"]
        kept.apply(partial(carrying.lost, key="k2", owner="B"))
        assert places(kept, "k1") == [FREE]

    def test_what_was_not_said_can_be_said_anew(self, kept: Kept) -> None:
        accept(kept, "k1")
        take(kept, "k1", otherwise=Otherwise(b"working"))
        kept.apply(partial(carrying.lost, key="k1", owner="A", unwritten=True))
        assert take(kept, "k1").reply is None

    def test_a_body_moves_into_a_row(self, kept: Kept) -> None:
        accept(kept, "k1")
        finish(kept, "k1", b"one", reserve="all")
        kept.apply(partial(carrying.lost, key="k1", owner="A"))
        assert kept.rows == {"part:1:0": b"one"}


class TestConfirm:
    def test_a_message_stays_in_hand_while_its_push_carries_another_s_part(
        self, kept: Kept
    ) -> None:
        accept(kept, "k1")
        finish(kept, "k1", b"one")
        accept(kept, "k2")
        taken = finish(kept, "k2", reserve="all").taken
        assert kept.box.job("k2") is not None
        confirm(kept, "k2", *taken.parts)
        one, two = kept.messages["k1"], kept.messages["k2"]
        assert (one.state, two.state, two.reply) == ("delivered", "replied", b"r")
        assert (kept.box.jobs, kept.rows) == ((), {})

    def test_what_it_did_not_carry_is_free_again(self, kept: Kept) -> None:
        accept(kept, "k1")
        taken = finish(kept, "k1", b"one", b"two", reserve="all").taken
        confirm(kept, "k1", taken.parts[0], shown="more")
        assert (places(kept, "k1"), kept.box.shown) == ([FREE], "more")
        assert kept.rows == {"part:1:1": b"two"}

    def test_what_is_left_of_a_part_takes_its_place(self, kept: Kept) -> None:
        accept(kept, "k1")
        finish(kept, "k1", b"onetwo", reserve="all")
        confirm(kept, "k1", cut=Carried("k1", 0, b"two"))
        assert bodies(take(kept, "k2")) == [b"two"]

    def test_applied_again_it_changes_nothing(self, kept: Kept) -> None:
        accept(kept, "k1")
        taken = finish(kept, "k1", b"one", b"two", reserve="all").taken
        for _ in range(2):
            confirm(kept, "k1", taken.parts[0])
            assert (len(places(kept, "k1")), kept.messages["k1"].state) == (1, None)

    @pytest.mark.parametrize(("bodies", "written"), [((b"one",), False), ((b"one", b"two"), True)])
    def test_it_keeps_its_time_only_while_more_is_to_follow(
        self, kept: Kept, bodies: tuple[bytes, ...], written: bool
    ) -> None:
        accept(kept, "k1")
        taken = finish(kept, "k1", *bodies, reserve="all").taken
        confirm(kept, "k1", taken.parts[0])
        assert kept.box.written == (kept.now if written else 0.0)


class TestSending:
    def answered(self, kept: Kept, key: str, *bodies: bytes, owner: str = "A") -> None:
        accept(kept, key, owner, window="message")
        finish(kept, key, *bodies, owner=owner)

    def test_it_takes_the_oldest_and_spends_the_window(self, kept: Kept) -> None:
        self.answered(kept, "k1", b"one")
        self.answered(kept, "k2", b"two")
        begun = send(kept, "k2")
        assert begun.load is not None
        assert (begun.load.key, [part.body for part in begun.load.parts]) == ("k1", [b"one"])
        assert (places(kept, "k1"), kept.box.windows["message"].used) == ([SENDING], 1)

    def test_the_window_that_closes_first_is_spent(self, kept: Kept) -> None:
        self.answered(kept, "k1", b"one")
        accept(kept, "k2", window="menu")
        send(kept, "k1")
        assert (kept.box.windows["menu"].used, kept.box.windows["message"].used) == (1, 0)

    def test_not_before_what_another_process_sends(self, kept: Kept) -> None:
        self.answered(kept, "k1", b"one")
        self.answered(kept, "k2", b"two", owner="B")
        send(kept, "k1")
        assert send(kept, "k2", "B").status == "elsewhere"

    def test_not_within_a_moment_of_a_reply(self, kept: Kept) -> None:
        accept(kept, "k1", window="message")
        taken = finish(kept, "k1", b"one", b"two", reserve="all").taken
        confirm(kept, "k1", taken.parts[0])
        assert (send(kept, "k1").status, places(kept, "k1")) == ("wait", [CUSTOM])
        kept.passes(0.8)
        assert send(kept, "k1").status == "send"

    def test_without_a_window_it_rides_on_the_next_push(self, kept: Kept) -> None:
        accept(kept, "k1")
        finish(kept, "k1", b"one", custom=True)
        assert (send(kept, "k1").status, places(kept, "k1")) == ("quota", [FREE])

    def test_what_does_not_fit_waits_for_its_owner(self, kept: Kept) -> None:
        self.answered(kept, "k1", b"one", b"two")
        send(kept, "k1", count=1)
        assert kept.apply(partial(sending.sent, key="k1", owner="A", count=1))
        assert places(kept, "k1") == [CUSTOM]
        assert send(kept, "k1").status == "send"
        assert kept.apply(partial(sending.sent, key="k1", owner="A", count=1))
        assert (kept.messages["k1"].state, kept.rows) == ("delivered", {})

    def test_a_refused_one_rides_on_the_next_push(self, kept: Kept) -> None:
        self.answered(kept, "k1", b"one")
        send(kept, "k1")
        assert kept.apply(partial(sending.refused, key="k1", owner="A", note="45015")) == ()
        assert bodies(take(kept, "k2")) == [b"one"]

    @pytest.mark.parametrize(("opened_anew", "used"), [(False, 1), (True, 0)])
    def test_it_costs_nothing(self, kept: Kept, opened_anew: bool, used: int) -> None:
        self.answered(kept, "k1", b"one", b"two")
        send(kept, "k1", count=1)
        kept.apply(partial(sending.sent, key="k1", owner="A", count=1))
        load = send(kept, "k1", count=1).load
        assert load is not None
        assert kept.box.windows["message"].used == 2
        kept.wall += 1.0
        if opened_anew:
            accept(kept, "k2", window="message")
        kept.apply(partial(sending.refused, key="k1", owner="A", note="40007", charge=load.charge))
        assert kept.box.windows["message"].used == used

    def test_an_unknown_one_is_listed_with_its_part(self, kept: Kept) -> None:
        self.answered(kept, "k1", b"one")
        send(kept, "k1")
        assert kept.apply(partial(sending.unknown, key="k1", owner="A", note="?"))
        assert (kept.messages["k1"].state, kept.rows) == ("unknown", {"part:1:0": b"one"})
        assert bodies(take(kept, "k2")) == []

    @pytest.mark.parametrize("end", [sending.sent, sending.refused, sending.unknown])
    def test_the_end_of_a_send_is_its_owner_s(self, kept: Kept, end: object) -> None:
        self.answered(kept, "k1", b"one")
        send(kept, "k1")
        given = {"count": 1} if end is sending.sent else {"note": "x"}
        assert not kept.apply(partial(end, key="k1", owner="B", **given))  # type: ignore[operator]
        assert places(kept, "k1") == [SENDING]


class TestAdopt:
    def adopt(self, kept: Kept, dead: str = "A", *, left: bool = False) -> list[str]:
        rule = partial(upkeep.adopt, death=Death(dead, left), owner="B", terms=TERMS)
        return [job.key for job in kept.apply(rule).jobs]

    def test_what_ran_and_what_waited_behind_it(self, kept: Kept) -> None:
        accept(kept, "k1")
        accept(kept, "k2")
        assert self.adopt(kept) == ["k1", "k2"]
        assert [job.attempts for job in kept.box.jobs] == [2, 1]

    def test_after_a_stop_no_attempt_is_counted(self, kept: Kept) -> None:
        accept(kept, "k1")
        assert self.adopt(kept, left=True) == ["k1"]
        assert kept.box.jobs[0].attempts == 1

    def test_the_third_run_rests_first_and_the_last_ends_it(self, kept: Kept) -> None:
        accept(kept, "k1")
        self.adopt(kept)
        kept.apply(partial(upkeep.adopt, death=Death("B"), owner="A", terms=TERMS))
        assert (kept.box.jobs[0].owner, kept.box.due) == (NOBODY, kept.wall + 15.0)
        assert self.adopt(kept, NOBODY) == []
        kept.passes(15.0)
        assert self.adopt(kept, NOBODY) == ["k1"]
        rule = partial(rules.turn, key="k1", owner="B", alone=True)
        assert kept.apply(rule) == Turn(None, None, {})
        kept.apply(partial(upkeep.adopt, death=Death("B"), owner="A", terms=TERMS))
        assert (kept.messages["k1"].state, kept.messages["k1"].attempts) == ("dead", 3)

    def dies(self, kept: Kept, tries: int, alone: str) -> int:
        """How often it runs until it is dead; `alone` has a letter for each last try."""
        accept(kept, "k1", "B")
        terms, runs = Terms(tries, lease=15.0), 0
        while kept.box.jobs:
            if kept.box.due is not None:
                kept.wall = kept.box.due
                kept.apply(partial(upkeep.adopt, death=Death(NOBODY), owner="B", terms=terms))
            runs += 1
            is_alone = runs >= tries and runs - tries < len(alone) and alone[runs - tries] != "n"
            kept.apply(partial(rules.turn, key="k1", owner="B", alone=is_alone))
            if runs >= tries and alone[runs - tries : runs - tries + 1] == "j":
                kept.apply(partial(rules.accompany, key="k1", owner="B"))
            kept.apply(partial(upkeep.adopt, death=Death("B"), owner=NOBODY, terms=terms))
            for job in kept.box.jobs:
                kept.box = replace(kept.box, jobs=(replace(job, owner=NOBODY, due=kept.wall),))
        return runs

    @pytest.mark.parametrize(
        ("tries", "alone", "runs"),
        [
            (3, "a", 3),  # a death that nothing else can have caused
            (3, "na", 4),  # something ran beside it
            (3, "ja", 4),  # something began beside it
            (3, "jnjnj", 5),  # not for ever
            (2, "jj", 3),
            (1, "", 1),  # who wants one run has one
        ],
    )
    def test_only_a_last_try_that_is_alone_makes_it_dead(
        self, kept: Kept, tries: int, alone: str, runs: int
    ) -> None:
        assert self.dies(kept, tries, alone) == runs
        assert kept.messages["k1"].state == "dead"

    def test_after_a_stop_it_is_alone_no_more(self, kept: Kept) -> None:
        accept(kept, "k1")
        kept.apply(partial(rules.turn, key="k1", owner="A", alone=True))
        self.adopt(kept, left=True)
        assert not kept.box.jobs[0].alone

    def test_another_owner_s_is_left_alone(self, kept: Kept) -> None:
        accept(kept, "k1")
        kept.apply(partial(rules.turn, key="k1", owner="A", alone=True))
        kept.apply(partial(rules.accompany, key="k1", owner="B"))
        assert kept.box.jobs[0].alone

    @pytest.mark.parametrize("back", [1000.0, 48 * 3600.0])
    def test_a_clock_that_is_set_back_lets_nothing_rest_for_longer(
        self, kept: Kept, back: float
    ) -> None:
        accept(kept, "k1")
        self.adopt(kept)
        kept.apply(partial(upkeep.adopt, death=Death("B"), owner="A", terms=TERMS))
        kept.wall -= back
        assert self.adopt(kept, NOBODY) == ["k1"]

    def test_however_often_it_is_tried_it_rests_no_longer_than_that(self, kept: Kept) -> None:
        accept(kept, "k1")
        terms = upkeep.Terms(tries=30, lease=15.0)
        for _ in range(25):
            for dead, owner in (("A", "B"), ("B", "A"), (NOBODY, "A")):
                kept.apply(partial(upkeep.adopt, death=Death(dead), owner=owner, terms=terms))
            if kept.box.due is not None:
                assert kept.box.due <= kept.wall + BACK_OFF * 15.0
                kept.wall = kept.box.due
        assert kept.box.jobs[0].attempts > 2 + BACK_OFF

    def test_a_reservation_of_the_dead_is_free(self, kept: Kept) -> None:
        accept(kept, "k1")
        finish(kept, "k1", b"one", reserve="all")
        self.adopt(kept)
        assert bodies(take(kept, "k2", "B")) == [b"one"]

    def test_a_send_of_the_dead_is_unknown(self, kept: Kept) -> None:
        accept(kept, "k1", window="message")
        finish(kept, "k1", b"one")
        send(kept, "k1")
        assert self.adopt(kept) == []
        assert kept.messages["k1"].state == "unknown"

    def test_the_living_s_work_is_left_alone(self, kept: Kept) -> None:
        accept(kept, "k1", "C")
        before = kept.box
        assert self.adopt(kept) == []
        assert kept.box == before


class TestUncarried:
    """What no push carries: sent when none can come any more, by whoever comes first."""

    def adopt(self, kept: Kept, dead: str = NOBODY, *, sends: bool = True) -> list[str]:
        terms = Terms(tries=3, lease=0.1, sends=sends)
        rule = partial(upkeep.adopt, death=Death(dead), owner="B", terms=terms)
        return [job.key for job in kept.apply(rule).jobs]

    def free(self, kept: Kept, how: str) -> None:
        accept(kept, "k1", window="message")
        if how == "no push":
            finish(kept, "k1", b"one", sends=True)
        elif how == "behind":
            accept(kept, "k2")
            finish(kept, "k1", b"one", custom=True)
            finish(kept, "k2", b"two", reserve="all", sends=True)
        else:
            finish(kept, "k1", b"one", reserve="all", sends=True)
            assert kept.box.due is None
        if how == "lost":
            kept.apply(partial(carrying.lost, key="k1", owner="A", sends=True))
        elif how == "dead":
            self.adopt(kept, "A")

    @pytest.mark.parametrize("how", ["no push", "behind", "lost", "dead"])
    def test_it_is_due_when_no_push_can_come(self, kept: Kept, how: str) -> None:
        self.free(kept, how)
        assert kept.box.due == kept.wall + UNCARRIED
        assert self.adopt(kept) == []
        kept.passes(UNCARRIED)
        [key] = self.adopt(kept)
        assert set(places(kept, key)) == {CUSTOM}
        assert kept.box.due is None

    def test_a_push_may_carry_it_until_then(self, kept: Kept) -> None:
        self.free(kept, "no push")
        kept.passes(UNCARRIED)
        assert bodies(take(kept, "k1", "B")) == [b"one"]
        assert kept.box.due is None

    @pytest.mark.parametrize("how", ["finish", "lost", "adopt"])
    def test_without_the_right_to_send_it_waits_for_a_push(self, kept: Kept, how: str) -> None:
        accept(kept, "k1")
        finish(kept, "k1", b"one", reserve="" if how == "finish" else "all")
        if how == "lost":
            kept.apply(partial(carrying.lost, key="k1", owner="A"))
        elif how == "adopt":
            self.adopt(kept, "A", sends=False)
        assert (places(kept, "k1"), kept.box.due) == ([FREE], None)

    def test_an_unfinished_message_is_its_owner_s(self, kept: Kept) -> None:
        accept(kept, "k1")
        finish(kept, "k1", b"one", state="running", sends=True)
        assert kept.box.due is None
        finish(kept, "k1", sends=True)
        assert kept.box.due == kept.wall + UNCARRIED

    def test_what_cannot_be_sent_then_waits_for_a_push(self, kept: Kept) -> None:
        self.free(kept, "no push")
        kept.box = replace(kept.box, windows={})
        assert send(kept, "k1").status == "quota"
        assert (places(kept, "k1"), kept.box.due) == ([FREE], None)

    def test_what_is_sent_at_once_is_not_sent_again_then(self, kept: Kept) -> None:
        self.free(kept, "no push")
        send(kept, "k1", count=0)
        kept.passes(UNCARRIED)
        assert self.adopt(kept) == []


class TestPeople:
    def test_a_dead_message_is_run_anew(self, kept: Kept) -> None:
        accept(kept, "k1")
        finish(kept, "k1", state="dead")
        assert kept.apply(partial(upkeep.retry, key="k1"), ["k1"])
        job = kept.box.job("k1")
        assert job is not None
        assert (job.state, job.owner, job.attempts, kept.box.due) == ("waiting", NOBODY, 1, 0.0)

    def test_one_that_was_lost_with_its_mailbox_is_dead_to_everybody(self, kept: Kept) -> None:
        accept(kept, "k1")
        kept.box = EMPTY
        assert Whole(kept.messages["k1"]).state == "dead"
        again = kept.apply(
            partial(rules.accept, arrival=Arrival("k1", OPENID, b"<xml/>", kept.wall, "A")), ["k1"]
        )
        assert (again.status, again.state, again.mine) == ("again", "dead", False)
        assert kept.apply(partial(upkeep.retry, key="k1"), ["k1"])
        assert kept.box.due == 0.0

    def test_it_takes_its_old_place_in_the_order(self, kept: Kept) -> None:
        accept(kept, "k1")
        finish(kept, "k1", state="dead")
        accept(kept, "k2")
        kept.apply(partial(upkeep.retry, key="k1"), ["k1"])
        assert [job.key for job in kept.box.jobs] == ["k1", "k2"]

    def test_what_is_done_cannot_be_put_back(self, kept: Kept) -> None:
        accept(kept, "k1")
        finish(kept, "k1")
        assert not kept.apply(partial(upkeep.retry, key="k1"), ["k1"])

    def test_a_message_is_given_up_whoever_owns_it(self, kept: Kept) -> None:
        accept(kept, "k1", window="message")
        finish(kept, "k1", b"one")
        send(kept, "k1")
        assert kept.apply(partial(upkeep.give_up, key="k1", note="another's"))
        assert places(kept, "k1") == [SENDING]  # what becomes of that, its owner says
        kept.apply(partial(sending.refused, key="k1", owner="A", note="another's"))
        assert (kept.messages["k1"].state, kept.messages["k1"].note) == ("dead", "another's")

    def test_forgetting_until_a_message_leaves_what_came_after(self, kept: Kept) -> None:
        accept(kept, "k1", window="message")
        finish(kept, "k1", session=b"{}")
        kept.passes(1)
        accept(kept, "k2")
        finish(kept, "k2", b"two")
        kept.passes(1)
        accept(kept, "k3", window="menu")
        until = kept.messages["k1"]
        rule = partial(upkeep.forget, keys=list(kept.messages), until=until)
        assert kept.apply(rule, list(kept.messages)) == 1
        assert set(kept.messages) == {"k2", "k3"}
        assert (set(kept.box.windows), kept.rows) == (
            {"menu"},
            {"part:2:0": b"two", "session": b"{}"},
        )


class TestShortWays:
    """The usual case takes fewer steps, and comes to the same as in general."""

    OUTCOMES: ClassVar = {
        "one text": RunResult((b"one",), reserve="all"),
        "several": RunResult((b"one", b"two"), reserve="all", note="n"),
        "a session": RunResult((b"one",), reserve="all", session=b"{}", dialog=None),
        "what has not changed": RunResult((b"one",), reserve="all", session=b"old", dialog=UNSET),
    }

    @pytest.mark.parametrize("outcome", OUTCOMES.values(), ids=OUTCOMES)
    def test_of_finish(
        self, kept: Kept, outcome: RunResult, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        accept(kept, "k1")
        kept.rows["session"] = b"old"
        rule = partial(rules.finish, key="k1", owner="A", outcome=outcome)
        short = rule(kept.view())
        monkeypatch.setattr(rules, "_is_alone", lambda *_: False)
        assert rule(kept.view()) == short

    @pytest.mark.parametrize("shown", ["", "more", None])
    @pytest.mark.parametrize("texts", [(b"one",), (b"one", b"two")])
    def test_of_confirm(
        self, kept: Kept, texts: tuple[bytes, ...], shown: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        accept(kept, "k1")
        kept.apply(partial(rules.step, key="k1", owner="A", name="0:x", value=b"1"))
        parts = finish(kept, "k1", *texts, reserve="all").taken.parts
        rule = partial(carrying.confirm, key="k1", reply=b"r", carried=parts, shown=shown)
        short = rule(kept.view(["k1"]))
        assert short.box is not None
        assert short.box.jobs == ()
        monkeypatch.setattr(carrying, "_are_all", lambda *_: False)
        assert rule(kept.view(["k1"])) == short
