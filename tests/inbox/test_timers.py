"""When a question's default is taken: the rules of its timer, in tables."""

import json
from functools import partial

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from inbox.mailboxes import OPENID, Kept
from yizhan import messages
from yizhan.inbox import rules, timers, upkeep
from yizhan.inbox.rules import Arrival, RunResult
from yizhan.inbox.timers import TimedOut
from yizhan.inbox.upkeep import Death, Terms
from yizhan.store.mailbox import DIALOG, NOBODY

LEASE = 15.0
TERMS = Terms(tries=3, lease=LEASE)
ASKED = f"gh:{OPENID}:1"


def asked(seconds: float = 600.0, *, dialog: bytes | None = b"dialog") -> Kept:
    """A mailbox whose follower was asked something just now."""
    kept = Kept()
    handled(kept, ASKED, dialog, seconds)
    return kept


def handled(kept: Kept, key: str, dialog: object, seconds: float = 0.0) -> None:
    arrival = Arrival(key, OPENID, b"{}", kept.wall, "A")
    kept.apply(partial(rules.accept, arrival=arrival))
    outcome = RunResult((b"said",), reserve="all", dialog=dialog, answers_in=seconds)
    kept.apply(partial(rules.finish, key=key, owner="A", outcome=outcome))


def looked(kept: Kept, owner: str = "B") -> upkeep.Adopted:
    """What a process finds that looks for what is due."""
    rule = partial(timers.adopt, death=Death(NOBODY), owner=owner, terms=TERMS, openid=OPENID)
    adopted = kept.apply(rule)
    return replace(adopted, jobs=(*adopted.jobs, *adopted.timed_out))


class TestSetting:
    @pytest.mark.parametrize(
        ("dialog", "seconds", "stays"),
        [
            (UNSET, 0.0, True),  # an event, or what answers nothing
            (None, 0.0, False),  # answered to the end, or cancelled
            (b"without", 0.0, False),  # the next question has no default
        ],
    )
    def test_it_stays_as_long_as_its_dialog(self, dialog, seconds, stays):
        kept = asked()
        handled(kept, f"gh:{OPENID}:2", dialog, seconds)
        assert (kept.box.timer is not None) == stays

    def test_the_next_question_sets_it_anew(self):
        kept = asked()
        kept.passes(100)
        handled(kept, f"gh:{OPENID}:2", b"next", 60.0)
        timer = kept.box.timer
        assert (timer.asked, timer.seconds, timer.since) == (f"gh:{OPENID}:2", 60.0, kept.now)

    def test_an_answer_alone_in_hand_keeps_it_too(self):
        """The short way of `finish` is not taken."""
        assert asked().box.timer is not None

    @pytest.mark.parametrize(("seconds", "due"), [(3.0, 3.0), (15.0, 15.0), (600.0, 15.0)])
    def test_it_is_due_no_later_than_anything_rests(self, seconds, due):
        kept = asked(seconds)
        assert kept.box.due == kept.wall + due

    def test_a_follower_who_is_forgotten_has_none(self):
        kept = asked()
        kept.apply(partial(upkeep.forget, keys=list(kept.messages)), list(kept.messages))
        assert kept.box.timer is None


class TestRunningOut:
    @pytest.mark.parametrize(
        ("seconds", "after", "runs"),
        [(600.0, 0.0, 0), (600.0, 599.0, 0), (600.0, 600.0, 1), (3.0, 3.0, 1), (3.0, 9e6, 1)],
    )
    def test_by_its_time_and_not_before(self, seconds, after, runs):
        kept = asked(seconds)
        kept.passes(after)
        assert len(looked(kept).jobs) == runs
        assert (kept.box.timer is None) == bool(runs)

    def test_only_once(self):
        kept = asked(60.0)
        kept.passes(60)
        assert [job.owner for job in looked(kept, "B").jobs] == ["B"]
        assert looked(kept, "C").jobs == ()

    def test_until_then_it_rests_again_and_again_and_never_longer_than_its_time(self):
        kept, looks = asked(600.0), 0
        while kept.box.timer is not None:
            kept.passes(kept.box.due - kept.wall)
            looked(kept)
            looks += 1
        assert (round(kept.now - 1000.0, 3), looks) == (600.0, 6)

    def test_not_while_a_message_of_the_follower_is_in_hand(self):
        kept = asked(60.0)
        kept.passes(59)
        arrival = Arrival(f"gh:{OPENID}:2", OPENID, b"{}", kept.wall, "A")
        kept.apply(partial(rules.accept, arrival=arrival))
        kept.passes(10)
        assert looked(kept).jobs == ()
        assert kept.box.due > kept.wall

    def test_what_is_put_in_hand_is_read_as_what_it_is(self):
        kept = asked(60.0)
        kept.passes(60)
        [job] = looked(kept).jobs
        row = kept.messages[job.key]
        message = timers.read(json.loads(row.body))
        assert isinstance(message, TimedOut)
        assert (message.key, message.from_user, message.to_user) == (ASKED, OPENID, "gh")
        assert (job.state, job.open, job.seq) == ("waiting", True, 2)

    def test_a_push_is_read_as_it_ever_was(self):
        raw = {"MsgType": "text", "Content": "hello", "FromUserName": OPENID}
        assert timers.read(raw) == messages.read(raw)

    def test_what_is_due_beside_it_is_taken_up_in_the_same_commit(self):
        kept = asked(60.0)
        kept.passes(60)
        arrival = Arrival(f"gh:{OPENID}:2", OPENID, b"{}", kept.wall, "A")
        kept.apply(partial(rules.accept, arrival=arrival))
        kept.apply(partial(upkeep.release, key=f"gh:{OPENID}:2", owner="A"))
        assert [job.key for job in looked(kept).jobs] == [f"gh:{OPENID}:2"]
        assert kept.box.timer is not None  # what is in hand may be the answer

    def test_the_dead_one_s_work_leaves_it_alone(self):
        kept = asked(60.0)
        kept.passes(60)
        rule = partial(timers.adopt, death=Death("A"), owner="B", terms=TERMS, openid=OPENID)
        assert kept.apply(rule).jobs == ()
        assert kept.box.timer is not None

    def test_a_key_that_is_there_ends_it(self):
        kept = asked(60.0)
        kept.passes(60)
        key = f"{ASKED}:timeout:2"
        kept.messages[key] = replace(kept.messages[ASKED], key=key)
        assert looked(kept).jobs == ()
        assert kept.box.timer is None


class TestClocks:
    @pytest.mark.parametrize(
        ("calendar", "passed", "runs"),
        [
            (0.0, 599.0, 0),
            (+3600.0, 599.0, 0),  # set forward: by the store's clock it is not time
            (-3600.0, 599.0, 0),
            (-3600.0, 600.0, 1),
            (+3600.0, 600.0, 1),
        ],
    )
    def test_while_the_machine_runs_its_clock_tells(self, calendar, passed, runs):
        kept = asked(600.0)
        kept.passes(passed)
        kept.wall += calendar
        assert len(looked(kept).jobs) == runs

    @pytest.mark.parametrize(
        ("calendar", "left"),
        [(0.0, 600.0), (100.0, 500.0), (600.0, 0.0), (9e6, 0.0), (-9e6, 600.0)],
    )
    def test_after_a_reboot_the_calendar_does_and_never_for_longer(self, calendar, left):
        kept = asked(600.0)
        kept.boot, kept.now = "other", 5.0
        kept.wall += calendar
        kept.box = replace(kept.box, timer=replace(kept.box.timer, due=kept.wall))
        found = len(looked(kept).jobs)
        for _ in range(20):
            if found or kept.box.timer is None:
                break
            kept.passes(kept.box.due - kept.wall)
            found = len(looked(kept).jobs)
        assert (found, kept.now - 5.0) == (1, left)

    def test_a_due_time_too_far_away_is_looked_at(self):
        """The calendar was set back."""
        kept = asked(600.0)
        kept.wall -= 9e6
        looked(kept)
        assert kept.box.due == kept.wall + 8 * LEASE
        assert kept.rows[DIALOG] == b"dialog"
