"""SIGTERM is heard before the host's handler, which then does what it did."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from yizhan.server.signals import Listener, Sigterm


@pytest.fixture
def heard():
    """What was called, in order; the handler of before is put back."""
    before, calls = signal.getsignal(signal.SIGTERM), []
    signal.signal(signal.SIGTERM, lambda *_: calls.append("host"))
    yield calls
    signal.signal(signal.SIGTERM, before)


def told(calls, name="account"):
    return lambda: calls.append(name)


def test_it_is_told_first_and_the_host_then(heard):
    sigterm = Sigterm()
    sigterm.add("it", Listener(told(heard)))
    os.kill(os.getpid(), signal.SIGTERM)
    assert heard == ["account", "host"]


def test_the_last_one_puts_the_host_s_handler_back(heard):
    sigterm = Sigterm()
    host = signal.getsignal(signal.SIGTERM)
    sigterm.add("first", Listener(told(heard, "first")))
    sigterm.add("first", Listener(told(heard, "first")))
    sigterm.add("second", Listener(told(heard, "second")))
    sigterm.remove("first")
    os.kill(os.getpid(), signal.SIGTERM)
    assert heard == ["second", "host"]
    sigterm.remove("second")
    assert signal.getsignal(signal.SIGTERM) is host


def test_a_handler_that_the_host_has_set_since_is_not_touched(heard):
    sigterm = Sigterm()
    sigterm.add("it", Listener(told(heard)))
    signal.signal(signal.SIGTERM, later := lambda *_: heard.append("later"))
    sigterm.remove("it")
    assert signal.getsignal(signal.SIGTERM) is later


class TestStop:
    """Whoever nobody tells to stop stops first, and the host is told afterwards."""

    def test_the_host_is_told_when_they_have_stopped(self, heard):
        sigterm, thens = Sigterm(), []
        for name in ("first", "second"):
            sigterm.add(name, Listener(told(heard, name), thens.append))
        os.kill(os.getpid(), signal.SIGTERM)
        assert heard == ["first", "second"]
        thens[0]()
        assert "host" not in heard
        thread = threading.Thread(target=thens[1])
        thread.start()
        thread.join()
        time.sleep(0)  # where this thread sees to its signals
        assert heard[2:] == ["first", "second", "host"]

    def test_with_the_second_signal_it_is_told_at_once(self, heard):
        sigterm, thens = Sigterm(), []
        sigterm.add("it", Listener(told(heard), thens.append))
        os.kill(os.getpid(), signal.SIGTERM)
        os.kill(os.getpid(), signal.SIGTERM)
        assert heard == ["account", "account", "host"]
        thens[0]()
        assert heard.count("host") == 1

    def test_a_loop_that_cannot_wait_is_not_kept_waiting(self, heard):
        sigterm, thens, loop = Sigterm(), [], asyncio.new_event_loop()
        try:
            loop.add_signal_handler(signal.SIGTERM, told(heard, "host"))
            sigterm.add("it", Listener(told(heard), thens.append))
            os.kill(os.getpid(), signal.SIGTERM)
            loop.run_until_complete(asyncio.sleep(0.01))
            assert (heard, thens) == (["account", "host"], [])
        finally:
            loop.remove_signal_handler(signal.SIGTERM)
            loop.close()


def test_in_another_thread_nothing_is_changed(heard):
    host = signal.getsignal(signal.SIGTERM)
    thread = threading.Thread(target=Sigterm().add, args=("it", Listener(told(heard))))
    thread.start()
    thread.join()
    assert signal.getsignal(signal.SIGTERM) is host


PLAIN = """
import os, signal
from yizhan.server.signals import SIGTERM, Listener
stop = lambda then: (print("stops"), then())
SIGTERM.add("it", Listener(lambda: print("told", flush=True), stop))
os.kill(os.getpid(), signal.SIGTERM)
print("went on", flush=True)
"""


def test_where_nobody_handles_it_the_process_ends_as_it_would_have():
    ran = subprocess.run(
        [sys.executable, "-uc", PLAIN], capture_output=True, text=True, check=False, timeout=60
    )
    assert ran.stdout.split() == ["told", "stops", "told"]
    assert ran.returncode == -signal.SIGTERM
