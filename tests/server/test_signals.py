"""SIGTERM is heard before the host's handler, which then does what it did."""

import os
import signal
import subprocess
import sys
import threading

import pytest

from yizhan.server.signals import Sigterm


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
    sigterm.add(told(heard))
    os.kill(os.getpid(), signal.SIGTERM)
    assert heard == ["account", "host"]


def test_the_last_one_puts_the_host_s_handler_back(heard):
    sigterm, first, second = Sigterm(), told(heard, "first"), told(heard, "second")
    host = signal.getsignal(signal.SIGTERM)
    sigterm.add(first)
    sigterm.add(first)
    sigterm.add(second)
    sigterm.remove(first)
    os.kill(os.getpid(), signal.SIGTERM)
    assert heard == ["second", "host"]
    sigterm.remove(second)
    assert signal.getsignal(signal.SIGTERM) is host


def test_a_handler_that_the_host_has_set_since_is_not_touched(heard):
    sigterm, one = Sigterm(), told(heard)
    sigterm.add(one)
    signal.signal(signal.SIGTERM, later := lambda *_: heard.append("later"))
    sigterm.remove(one)
    assert signal.getsignal(signal.SIGTERM) is later


def test_in_another_thread_nothing_is_changed(heard):
    host = signal.getsignal(signal.SIGTERM)
    thread = threading.Thread(target=Sigterm().add, args=(told(heard),))
    thread.start()
    thread.join()
    assert signal.getsignal(signal.SIGTERM) is host


PLAIN = """
import atexit, os, signal
from yizhan.server.signals import SIGTERM
SIGTERM.add(lambda: print("told", flush=True))
atexit.register(lambda: print("at exit", flush=True))
os.kill(os.getpid(), signal.SIGTERM)
print("went on", flush=True)
"""


def test_where_nobody_handles_it_the_process_ends_with_its_last_acts():
    ran = subprocess.run([sys.executable, "-c", PLAIN], capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.returncode) == ("told\nat exit\n", 0)
