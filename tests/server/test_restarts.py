import signal

import pytest

from yizhan.server import restarts
from yizhan.server.restarts import Slot

UP = Slot(running=True)
NEW = Slot()


def down(exits=1, due=0.0):
    return Slot(running=False, exits=exits, due=due)


@pytest.mark.parametrize(
    ("exits", "seconds"),
    [(1, 0.5), (2, 1), (3, 2), (4, 4), (5, 8), (6, 16), (7, 30), (8, 30), (10_000, 30)],
)
def test_the_delay_doubles_to_thirty_seconds(exits, seconds):
    assert restarts.delay(exits) == seconds


@pytest.mark.parametrize(
    ("slot", "served", "after"),
    [
        (UP, 0.0, down(1, 100.5)),
        (UP, 5.0, down(1, 100.5)),
        (Slot(True, exits=3), 0.0, down(4, 104.0)),
        (Slot(True, exits=3), 29.9, down(4, 104.0)),
        (Slot(True, exits=3), 30.0, down(1, 100.5)),
        (NEW, 0.0, down(1, 100.5)),  # it could not even be started
    ],
)
def test_exits_add_up_unless_the_worker_served_for_long(slot, served, after):
    assert restarts.exited(slot, 100.0, served) == after


@pytest.mark.parametrize(
    ("slots", "served", "numbers"),
    [
        ([NEW, NEW], False, [0, 1]),
        ([UP, NEW], True, [1]),
        ([UP, UP], True, []),
        ([UP, down(due=99)], True, [1]),
        ([UP, down(due=100)], True, [1]),
        ([UP, down(due=100.1)], True, []),
        ([UP, down(due=99)], False, []),  # perhaps none can serve
        ([down(due=99), down(due=101)], True, [0]),
    ],
)
def test_workers_are_started_when_they_are_due(slots, served, numbers):
    assert restarts.startable(slots, 100.0, served=served) == numbers


@pytest.mark.parametrize(
    ("slots", "served", "due"),
    [
        ([UP, UP], True, None),
        ([down(due=99), down(due=101)], True, 99),
        ([UP, down(due=101)], True, 101),
        ([UP, down(due=101)], False, None),
    ],
)
def test_the_next_start_is_that_of_the_first_that_is_due(slots, served, due):
    assert restarts.next_start(slots, served=served) == due


@pytest.mark.parametrize(
    ("slots", "served", "failed"),
    [
        ([NEW, NEW], False, False),
        ([down(), UP], False, False),  # the other may serve yet
        ([down(), down()], False, True),
        ([down(9), down(9)], True, False),  # as long as the server runs
    ],
)
def test_it_is_given_up_only_when_no_worker_ever_served(slots, served, failed):
    assert restarts.all_failed(slots, served=served) is failed


@pytest.mark.parametrize(
    ("codes", "served", "stopped", "status"),
    [
        ([], False, False, 3),
        ([0, -signal.SIGTERM, -signal.SIGINT], True, True, 0),
        ([-signal.SIGTERM], False, True, 0),  # told to stop before any served
        ([0, 1], True, True, 1),
        ([-signal.SIGKILL], True, True, 1),
    ],
)
def test_the_exit_status(codes, served, stopped, status):
    assert restarts.status(codes, served=served, stopped=stopped) == status


@pytest.mark.parametrize(
    ("code", "how"),
    [(0, "exit 0"), (3, "exit 3"), (-9, "SIGKILL"), (-11, "SIGSEGV"), (-250, "signal 250")],
)
def test_the_cause_of_an_exit_is_named(code, how):
    assert restarts.exit_cause(code) == how


@pytest.mark.parametrize(
    ("serving", "exited", "waited", "outcome"),
    [
        ([False, False], [False, False], 0.0, "waits"),
        ([True, False], [False, False], 119.9, "waits"),
        ([True, False], [False, False], 120.0, "failed"),  # it hangs on import
        ([True, True], [False, False], 0.0, "done"),
        ([True, True], [False, False], 500.0, "done"),
        ([False, False], [False, True], 0.0, "failed"),
        ([True, True], [True, False], 0.0, "failed"),
    ],
)
def test_a_reload_is_done_when_all_new_workers_serve(serving, exited, waited, outcome):
    assert restarts.reload_outcome(serving, exited, waited) == outcome
