"""How often one follower may have a handler run."""

import pytest

from yizhan import Router
from yizhan.errors import RegistrationError
from yizhan.throttle import Throttle, counted, throttle_of


@pytest.mark.parametrize(
    ("rate", "most", "seconds"),
    [
        ("5/min", 5, 60),
        ("20/10min", 20, 600),
        (" 3 / s ", 3, 1),
        ("100/h", 100, 3600),
        ("500/day", 500, 86_400),
        ("1000/2day", 1000, 172_800),
    ],
)
def test_a_rate_is_a_number_in_a_time(rate, most, seconds):
    assert throttle_of(rate, None, "text") == Throttle(most, seconds)


@pytest.mark.parametrize("rate", ["5", "min", "5/", "0/min", "5/week", "1001/s", "5/0min", 5, ""])
def test_anything_else_is_the_author_s_error(rate):
    with pytest.raises(RegistrationError, match="throttle="):
        Router().text(throttle=rate)(lambda message: None)


def test_events_have_none():
    with pytest.raises(RegistrationError, match="throttle="):
        Router().unsubscribe(throttle="5/min")(lambda event: None)


def test_what_is_said_needs_a_throttle():
    with pytest.raises(RegistrationError, match="throttle="):
        Router().text(throttled="慢点")(lambda message: None)


def test_so_many_are_counted_in_any_such_time():
    throttle, kept, taken = Throttle(2, 60.0), None, []
    for at in (0.0, 10.0, 20.0, 59.0, 60.5, 61.0, 70.5):
        fresh = counted(kept, "a", throttle, at)
        taken.append(fresh is not None)
        kept = fresh or kept
    assert taken == [True, True, False, False, True, False, True]


def test_each_handler_has_a_count_of_its_own():
    kept = counted(None, "a", Throttle(1, 60.0), 0.0)
    kept = counted(kept, "b", Throttle(1, 60.0), 1.0)
    assert counted(kept, "a", Throttle(1, 60.0), 2.0) is None
    assert counted(kept, "c", Throttle(1, 60.0), 2.0) is not None


def test_a_clock_that_was_set_back_locks_nobody_out():
    kept = counted(None, "a", Throttle(1, 60.0), 1e9)
    assert counted(kept, "a", Throttle(1, 60.0), 0.0) is not None


@pytest.mark.parametrize("kept", [b"{torn", b"[]", b'{"a": "b"}'])
def test_what_cannot_be_read_is_counted_anew(kept):
    assert counted(kept, "a", Throttle(1, 60.0), 0.0) == b'{"a":[0.0]}'
