import signal

import pytest

from yizhan.server import restarts
from yizhan.server.restarts import Place

UP = Place(running=True)
NEW = Place()


def down(deaths=1, due=0.0):
    return Place(running=False, deaths=deaths, due=due)


@pytest.mark.parametrize(
    ("deaths", "seconds"),
    [(1, 0.5), (2, 1), (3, 2), (4, 4), (5, 8), (6, 16), (7, 30), (8, 30), (10_000, 30)],
)
def test_the_pause_doubles_to_thirty_seconds(deaths, seconds):
    assert restarts.pause(deaths) == seconds


@pytest.mark.parametrize(
    ("place", "served", "after"),
    [
        (UP, 0.0, down(1, 100.5)),
        (UP, 5.0, down(1, 100.5)),
        (Place(True, deaths=3), 0.0, down(4, 104.0)),
        (Place(True, deaths=3), 29.9, down(4, 104.0)),
        (Place(True, deaths=3), 30.0, down(1, 100.5)),
        (NEW, 0.0, down(1, 100.5)),  # it could not even be started
    ],
)
def test_a_death_counts_on_unless_the_worker_served_for_long(place, served, after):
    assert restarts.died(place, 100.0, served) == after


@pytest.mark.parametrize(
    ("places", "served", "numbers"),
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
def test_workers_are_started_when_they_are_due(places, served, numbers):
    assert restarts.startable(places, 100.0, served=served) == numbers


@pytest.mark.parametrize(
    ("places", "served", "due"),
    [
        ([UP, UP], True, None),
        ([down(due=99), down(due=101)], True, 99),
        ([UP, down(due=101)], True, 101),
        ([UP, down(due=101)], False, None),
    ],
)
def test_the_next_start_is_that_of_the_first_that_is_due(places, served, due):
    assert restarts.next_start(places, served=served) == due


@pytest.mark.parametrize(
    ("places", "served", "hopeless"),
    [
        ([NEW, NEW], False, False),
        ([down(), UP], False, False),  # the other may serve yet
        ([down(), down()], False, True),
        ([down(9), down(9)], True, False),  # as long as the server runs
    ],
)
def test_it_is_given_up_only_when_no_worker_ever_served(places, served, hopeless):
    assert restarts.hopeless(places, served=served) is hopeless


@pytest.mark.parametrize(
    ("ends", "served", "told", "status"),
    [
        ([], False, False, 3),
        ([0, -signal.SIGTERM, -signal.SIGINT], True, True, 0),
        ([-signal.SIGTERM], False, True, 0),  # told to stop before any served
        ([0, 1], True, True, 1),
        ([-signal.SIGKILL], True, True, 1),
    ],
)
def test_the_exit_status(ends, served, told, status):
    assert restarts.status(ends, served=served, told=told) == status


@pytest.mark.parametrize(
    ("code", "how"),
    [(0, "exit 0"), (3, "exit 3"), (-9, "SIGKILL"), (-11, "SIGSEGV"), (-250, "signal 250")],
)
def test_what_ended_a_process_is_named(code, how):
    assert restarts.ended_by(code) == how
