"""The threads of an engine's own loop: as many as are needed, to the very end."""

import subprocess
import sys
import threading
from concurrent.futures import CancelledError

import pytest

from yizhan.server.lasting import LastingThreads


def test_calls_run_side_by_side():
    together = threading.Barrier(4, timeout=10)
    threads = LastingThreads(most=4)
    calls = [threads.submit(together.wait) for _ in range(4)]
    assert sorted(call.result(10) for call in calls) == [0, 1, 2, 3]


def test_there_are_no_more_threads_than_allowed():
    begun, go_on = threading.Semaphore(0), threading.Event()
    threads, names = LastingThreads(most=2), set()

    def call():
        names.add(threading.get_ident())
        begun.release()
        go_on.wait(10)

    calls = [threads.submit(call) for _ in range(8)]
    for _ in range(2):
        assert begun.acquire(timeout=10)
    go_on.set()
    for each in calls:
        each.result(10)
    assert len(names) == 2


def test_one_thread_is_enough_for_one_call_after_another():
    threads = LastingThreads(most=4)
    names = {threads.submit(threading.get_ident).result(10) for _ in range(20)}
    assert len(names) <= 2  # the first may not have said yet that it is idle


def test_whoever_waits_is_told_the_error():
    with pytest.raises(ZeroDivisionError):
        LastingThreads().submit(lambda: 1 // 0).result(10)


def test_what_was_cancelled_before_it_began_is_not_called():
    threads, go_on, called = LastingThreads(most=1), threading.Event(), []
    first = threads.submit(go_on.wait, 10)
    second = threads.submit(called.append, 1)
    assert second.cancel()
    go_on.set()
    first.result(10)
    with pytest.raises(CancelledError):
        second.result(10)
    assert called == []


AT_EXIT = """
import atexit
from yizhan.server.lasting import LastingThreads
threads = LastingThreads()
atexit.register(lambda: print([threads.submit(pow, 2, n).result(10) for n in range(3)]))
"""


def test_they_take_calls_while_the_interpreter_ends():
    ran = subprocess.run(
        [sys.executable, "-c", AT_EXIT], capture_output=True, text=True, check=False, timeout=60
    )
    assert (ran.stdout, ran.stderr) == ("[1, 2, 4]\n", "")
