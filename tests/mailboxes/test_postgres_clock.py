"""The server's time is measured by the quickest answers."""

import pytest

from store.backends import FakeClock
from yizhan.store.mailboxes.postgres_clock import LASTS, ServerClock


def answer(clock: FakeClock, server: ServerClock, *, ahead: float, took: float) -> None:
    """The server, whose clock is so far ahead, answers in the middle of that time."""
    sent = clock.lease_time
    clock.lease_time += took
    server.heard(sent + took / 2 + ahead, sent)


@pytest.mark.parametrize(
    ("answers", "offset"),
    [
        ([(100.0, 0.5)], 100.0),
        ([(100.0, 0.5), (101.0, 0.25)], 101.0),  # a quicker one is better
        ([(100.0, 0.25), (101.0, 0.5)], 100.0),  # a slow one tells little
        ([(100.0, 0.25), (101.0, 0.25)], 101.0),
        ([(100.0, 0.25), (7.0, LASTS + 1)], 7.0),  # but the quick one was long ago
    ],
)
def test_the_quickest_answer_counts(answers: list[tuple[float, float]], offset: float) -> None:
    clock = FakeClock()
    server = ServerClock(clock)
    for ahead, took in answers:
        answer(clock, server, ahead=ahead, took=took)
    times = server.times()
    assert times.now == times.wall == clock.lease_time + offset
