"""The ladder as a table: what a push gets at every boundary of the five seconds."""

from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from yizhan.inbox.ladder import (
    Acknowledge,
    Answer,
    Close,
    Hold,
    JobView,
    Later,
    Limits,
    PushView,
    Rights,
    Step,
    age,
    cut,
    decide,
    end_of,
    fate,
    number,
    pause,
)

ARRIVED = 1000.0
READY, WORKING = JobView(ready=True), JobView(ready=False)
BEHIND = JobView(ready=True, behind=True)
HANDED_OVER = JobView(ready=False, handed_over=True)
CUSTOM, NO_CUSTOM = Rights(custom=True), Rights(custom=False)


def hold(seconds: float) -> Hold:
    return Hold(ARRIVED + seconds)


class Row(NamedTuple):
    """One push `after` seconds from its arrival."""

    after: float
    push: int
    step: Step
    job: JobView = WORKING
    shown: bool = True
    connected: bool = True
    rights: Rights = NO_CUSTOM
    limits: Limits = Limits()
    ends: float | None = None


PASSIVE, BY_CUSTOM = Later("push"), Later("custom")

TABLE = {
    # An answer that is ready goes out, whichever push it is, as long as somebody may be there.
    "ready at once": Row(0.0, 1, Answer(), READY),
    "ready just before the deadline": Row(4.499, 1, Answer(), READY),
    "ready at the deadline": Row(4.5, 1, Answer(), READY),
    "ready while the first push is held": Row(5.0, 1, Answer(), READY),
    "ready just before the hold ends": Row(5.499, 1, Answer(), READY),
    "ready when the hold ends": Row(5.5, 1, Close(), READY),
    "ready on the last push": Row(4.499, 3, Answer(), READY),
    "ready on the last push before WeChat hangs up": Row(4.999, 3, Answer(), READY),
    "ready on the last push when it has": Row(5.0, 3, Close(), READY),
    "ready when it has, and nothing was to be held": Row(
        5.0, 1, Close(), READY, limits=Limits(hold=0)
    ),
    "ready long after": Row(14.5, 3, Close(), READY),
    "ready, though the follower sees no reply": Row(0.0, 1, Answer(), READY, shown=False),
    # Until the deadline every push is waited for.
    "push 1, new": Row(0.0, 1, hold(4.5)),
    "push 1 just before the deadline": Row(4.499, 1, hold(4.5)),
    "push 2 just before the deadline": Row(4.499, 2, hold(4.5)),
    "push 3 just before the deadline": Row(4.499, 3, hold(4.5)),
    "not shown, just before the deadline": Row(4.499, 1, hold(4.5), shown=False),
    # A server that is to stop takes no further push: this one is the last, and is answered in time.
    "the server stops later": Row(1.0, 1, hold(2.0), ends=2.0),
    "just before it stops": Row(1.999, 1, hold(2.0), ends=2.0),
    "when it stops": Row(2.0, 1, PASSIVE, ends=2.0),
    "when it stops, and messages may be sent": Row(2.0, 2, BY_CUSTOM, rights=CUSTOM, ends=2.0),
    "when it stops, and no reply is shown": Row(2.0, 1, Acknowledge(), shown=False, ends=2.0),
    "when it stops, ready": Row(2.0, 1, Answer(), READY, ends=2.0),
    "when it stops, and what is before it is on its way": Row(2.0, 1, hold(2.25), BEHIND, ends=2.0),
    "when it stops, and what is before it was too slow": Row(2.25, 1, Answer(), BEHIND, ends=2.0),
    "it stops beyond the deadline": Row(4.4, 1, hold(4.5), ends=9.0),
    "it stops beyond the deadline, which has come": Row(4.5, 1, PASSIVE, ends=9.0),
    "it stops, WeChat having hung up": Row(2.0, 1, Close(), connected=False, ends=2.0),
    # Pushes 1 and 2 are held beyond the deadline and closed without an answer.
    "push 1 at the deadline": Row(4.5, 1, hold(5.5)),
    "push 1 when WeChat usually cuts": Row(5.0, 1, hold(5.5)),
    "push 1 just before the hold ends": Row(5.499, 1, hold(5.5)),
    "push 1 when the hold ends": Row(5.5, 1, Close()),
    "push 2 at the deadline": Row(4.5, 2, hold(5.5)),
    "push 2 just before the hold ends": Row(5.499, 2, hold(5.5)),
    "push 2 when the hold ends": Row(5.5, 2, Close()),
    "push 1 long after": Row(14.5, 1, Close()),
    "rights do not shorten a hold": Row(4.5, 1, hold(5.5), rights=CUSTOM),
    # The last push is answered at the deadline.
    "push 3 at the deadline": Row(4.5, 3, PASSIVE),
    "push 3 later": Row(4.999, 3, PASSIVE),
    "push 3 long after": Row(14.5, 3, Close()),
    "push 3 too late, with the right to send": Row(5.0, 3, Close(), rights=CUSTOM),
    "push 3 with the right to send": Row(4.5, 3, BY_CUSTOM, rights=CUSTOM),
    # Fewer pushes may be held.
    "hold = 1, push 1": Row(4.5, 1, hold(5.5), limits=Limits(hold=1)),
    "hold = 1, push 2": Row(4.5, 2, PASSIVE, limits=Limits(hold=1)),
    "hold = 1, push 2, right to send": Row(4.5, 2, BY_CUSTOM, rights=CUSTOM, limits=Limits(hold=1)),
    "hold = 0, before the deadline": Row(4.499, 1, hold(4.5), limits=Limits(hold=0)),
    "hold = 0, push 1": Row(4.5, 1, PASSIVE, limits=Limits(hold=0)),
    "hold = 0, push 1, right to send": Row(4.5, 1, BY_CUSTOM, rights=CUSTOM, limits=Limits(hold=0)),
    "the last push is never held": Row(4.5, 3, PASSIVE, limits=Limits(hold=3)),
    # The deadline is settable.
    "timeout = 2, before": Row(1.999, 1, hold(2.0), limits=Limits(timeout=2.0)),
    "timeout = 2, at it": Row(2.0, 1, hold(5.5), limits=Limits(timeout=2.0)),
    "timeout = 2, last push": Row(2.0, 3, PASSIVE, limits=Limits(timeout=2.0)),
    # What shows no reply is acknowledged at the deadline of its first push.
    "not shown at the deadline": Row(4.5, 1, Acknowledge(), shown=False),
    "not shown, push 2": Row(4.5, 2, Acknowledge(), shown=False),
    "not shown, push 3": Row(4.5, 3, Acknowledge(), shown=False),
    "not shown, long after": Row(5.5, 1, Close(), shown=False),
    "not shown, right to send": Row(4.5, 3, Acknowledge(), shown=False, rights=CUSTOM),
    # The process stops: every push gets at once what it would get in the end.
    "handed over, push 1": Row(0.0, 1, Close(), HANDED_OVER),
    "handed over, push 2": Row(4.5, 2, Close(), HANDED_OVER),
    "handed over, push 3": Row(0.0, 3, PASSIVE, HANDED_OVER),
    "handed over, push 3, right to send": Row(0.0, 3, BY_CUSTOM, HANDED_OVER, rights=CUSTOM),
    "handed over, not shown": Row(0.0, 1, Acknowledge(), HANDED_OVER, shown=False),
    "handed over, but ready": Row(0.0, 1, Answer(), JobView(ready=True, handed_over=True)),
    # It waits for what is to come through first, but not much longer than its deadline.
    "behind another": Row(0.0, 1, hold(4.75), BEHIND),
    "behind another until just before": Row(4.749, 3, hold(4.75), BEHIND),
    "behind another for too long": Row(4.75, 1, Answer(), BEHIND),
    "behind another at another deadline": Row(2.75, 1, Answer(), BEHIND, limits=Limits(2.5)),
    "behind another, but handed over": Row(0.0, 1, Answer(), JobView(True, True, True)),
    "behind another, and hung up": Row(1.0, 1, Close(), BEHIND, connected=False),
    "behind another and not ready": Row(4.5, 3, hold(4.75), JobView(False, True)),
    "not ready, behind another for too long": Row(4.75, 3, PASSIVE, JobView(False, True)),
    # Nobody there.
    "hung up while waiting": Row(1.0, 1, Close(), connected=False),
    "hung up while held": Row(5.0, 2, Close(), connected=False),
    "hung up though ready": Row(1.0, 1, Close(), READY, connected=False),
    "hung up on the last push": Row(4.5, 3, Close(), connected=False, rights=CUSTOM),
    "hung up and not shown": Row(4.5, 1, Close(), shown=False, connected=False),
}


@pytest.mark.parametrize("row", TABLE.values(), ids=TABLE.keys())
def test_the_ladder(row: Row) -> None:
    ends = None if row.ends is None else ARRIVED + row.ends
    push = PushView(ARRIVED, row.push, row.shown, row.connected, ends)
    assert decide(ARRIVED + row.after, row.job, push, row.rights, row.limits) == row.step


@pytest.mark.parametrize(
    ("stopping", "cancelled", "ends"),
    [
        (None, None, None),
        (990.0, None, 1002.0),  # it arrived when the server was to stop already
        (1001.0, None, 1003.0),
        (None, 1001.0, 1001.0),
        (1001.0, 1001.5, 1001.5),
    ],
)
def test_a_server_that_stops_has_two_seconds_for_what_it_holds(stopping, cancelled, ends) -> None:
    assert end_of(ARRIVED, stopping, cancelled) == ends


@pytest.mark.parametrize(("after", "is_cut"), [(0.0, False), (4.7, False), (4.75, True)])
def test_a_push_that_is_cancelled_when_wechat_hangs_up_was_hung_up_on(after, is_cut) -> None:
    assert cut(ARRIVED + after, ARRIVED) == is_cut


@pytest.mark.parametrize(
    ("arrivals", "elapsed", "which"),
    [
        (1, 0.0, 1),
        (1, 4.999, 1),
        (2, 4.999, 2),
        (1, 5.0, 2),
        (2, 5.0, 2),
        (1, 9.999, 2),
        (3, 9.0, 3),
        (1, 10.0, 3),
        (2, 10.0, 3),
        (3, 14.5, 3),
        (4, 15.0, 3),
        (1, 86_400.0, 3),
        (17, 0.0, 3),
    ],
)
def test_which_push_it_is_is_counted_and_timed_and_in_doubt_the_later(
    arrivals: int, elapsed: float, which: int
) -> None:
    assert number(arrivals, elapsed) == which


@pytest.mark.parametrize(
    ("shows", "custom", "waits", "what"),
    [
        ("yes", False, True, "reserve"),
        ("yes", True, True, "reserve"),
        ("yes", False, False, "push"),
        ("yes", True, False, "push"),  # or by customer-service message, as its push was told
        ("unknown", True, True, "custom"),
        ("unknown", True, False, "custom"),
        ("unknown", False, True, "own"),
        ("unknown", False, False, "push"),
        ("no", True, True, "custom"),
        ("no", True, False, "custom"),
        ("no", False, True, "drop"),
        ("no", False, False, "drop"),
        ("never", True, True, "drop"),
        ("never", False, False, "drop"),
    ],
)
def test_what_becomes_of_an_answer_by_whether_its_reply_is_shown(
    shows, custom, waits, what
) -> None:
    assert fate(shows, custom=custom, waits=waits) == what


@pytest.mark.parametrize(
    ("age", "which"),
    [
        (-5.0, (1, 2, 3)),
        (0.0, (1, 2, 3)),
        (3.999, (1, 2, 3)),
        (4.0, (2, 3, 3)),
        (5.5, (2, 3, 3)),
        (8.999, (2, 3, 3)),
        (9.0, (3, 3, 3)),
        (10.5, (3, 3, 3)),
        (19.999, (3, 3, 3)),
        (20.0, (1, 2, 3)),
        (3600.0, (1, 2, 3)),  # a tape, a push sent by hand
        (1.7e9, (1, 2, 3)),  # without a CreateTime
    ],
)
def test_pushes_that_reached_nobody_are_counted_by_the_age_of_the_message(age, which) -> None:
    assert tuple(number(arrivals, 0.0, age) for arrivals in (1, 2, 3)) == which
    assert tuple(number(1, 5.0 * before, age) for before in (0, 1, 2)) == which


@pytest.mark.parametrize(
    ("arrived", "created", "ahead", "old"),
    [
        (1006.0, 1000.0, 0.0, 6.0),
        (1606.0, 1000.0, 600.0, 6.0),  # our clock is ten minutes fast
        (406.0, 1000.0, -600.0, 6.0),  # and slow
        (1606.0, 1000.0, 0.0, 606.0),  # fast, and no push has told of it yet
    ],
)
def test_the_age_of_a_message_is_told_by_wechat_s_clock(arrived, created, ahead, old) -> None:
    assert age(arrived, created, ahead) == old


@pytest.mark.parametrize(
    ("written", "now", "seconds"),
    [(None, 10.0, 0.0), (10.0, 10.0, 0.8), (10.0, 10.3, 0.5), (10.0, 10.8, 0.0), (10.0, 99.0, 0.0)],
)
def test_what_follows_a_reply_waits_until_it_has_arrived(written, now, seconds) -> None:
    assert pause(now, written) == pytest.approx(seconds)


seconds = st.floats(-1.0, 30.0)
jobs = st.builds(JobView, st.booleans(), st.booleans(), st.booleans())
pushes = st.builds(PushView, st.just(ARRIVED), st.integers(1, 3), st.booleans(), st.booleans())
rights = st.builds(Rights, st.booleans())
limits = st.builds(Limits, st.floats(0.1, 4.9), st.integers(0, 2))


@given(seconds, jobs, pushes, rights, limits)
@example(5.5, WORKING, PushView(ARRIVED, 1), NO_CUSTOM, Limits())
def test_every_push_gets_one_step_at_every_moment(after, job, push, allowed, limit) -> None:
    now = ARRIVED + after
    step = decide(now, job, push, allowed, limit)
    assert isinstance(step, Answer | Hold | Close | Acknowledge | Later)
    if isinstance(step, Hold):
        assert now < step.until <= ARRIVED + 5.5
    held = push.number <= limit.hold and push.number < 3
    if not push.connected or now >= ARRIVED + (5.5 if held else 5.0):
        assert step == Close()
    elif job.ready and not job.behind:
        assert step == Answer()
    if isinstance(step, Later | Acknowledge) and not job.handed_over:
        assert after >= limit.timeout - 1e-6
    if step == Later("custom"):
        assert allowed.custom


@given(seconds, seconds, pushes, rights, limits)
def test_time_only_leads_on(earlier, later, push, allowed, limit) -> None:
    """Once a push has been given up, acknowledged or passed on it is never held again."""
    earlier, later = sorted((earlier, later))
    first, second = (
        decide(ARRIVED + after, WORKING, push, allowed, limit) for after in (earlier, later)
    )
    if isinstance(first, Hold):
        assert not isinstance(second, Hold) or second.until >= first.until
    else:
        assert second in (first, Close())


@given(seconds, pushes, rights, limits)
def test_a_repeated_question_has_the_same_answer_until_the_hold_is_over(
    after, push, allowed, limit
) -> None:
    now = ARRIVED + after
    step = decide(now, WORKING, push, allowed, limit)
    if isinstance(step, Hold):
        following = decide(step.until, WORKING, push, allowed, limit)
        assert not isinstance(following, Hold) or following.until > step.until
