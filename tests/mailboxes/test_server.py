"""What is common to stores on a server: its time, and leases that stand still."""

import pytest

from yizhan.store.applying import Times
from yizhan.store.mailboxes.server import ServerTime, Watch


@pytest.fixture
def clock() -> list[float]:
    return [100.0]


class TestServerTime:
    def test_it_is_the_server_s_and_goes_on_between_answers(self, clock: list[float]) -> None:
        time_ = ServerTime(lambda: clock[0], "redis")
        time_.note(5000.5, 100.0)
        clock[0] = 103.0
        assert time_.times() == Times(5003.5, 5003.5, "redis")

    def test_a_slow_answer_tells_less_than_a_quick_one(self, clock: list[float]) -> None:
        time_ = ServerTime(lambda: clock[0], "redis")
        time_.note(5000.0, 100.0)
        clock[0] = 104.0
        time_.note(5001.0, 100.0)
        assert time_.times().wall == 5004.0

    def test_a_clock_that_was_set_is_followed(self, clock: list[float]) -> None:
        time_ = ServerTime(lambda: clock[0], "redis")
        time_.note(5000.0, 100.0)
        time_.note(9000.0, 100.0)
        assert time_.times().wall == 9000.0


class TestWatch:
    def test_a_lease_lapses_when_its_number_stands_still(self, clock: list[float]) -> None:
        watch = Watch(lambda: clock[0])
        seen = []
        for renewals, at in ((1, 100), (1, 109), (1, 110), (2, 111), (2, 120), (2, 121)):
            clock[0] = float(at)
            seen.append(watch.stands(("", "A"), renewals, 10.0))
        assert seen == [False, False, True, False, False, True]

    def test_where_nobody_could_renew_it_is_watched_anew(self, clock: list[float]) -> None:
        watch = Watch(lambda: clock[0])
        for place in ("one", "two"):
            watch.stands((place, "A"), 1, 10.0)
        clock[0] += 10.0
        watch.forget("one")
        assert [watch.stands((it, "A"), 1, 10.0) for it in ("one", "two")] == [False, True]
