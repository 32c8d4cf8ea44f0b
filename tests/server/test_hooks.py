"""What Python would write to standard error goes through the log, and never fails there."""

import logging
import subprocess
import sys
import threading
import warnings
from types import SimpleNamespace

import pytest

from yizhan.inbox.run import in_hand
from yizhan.server.hooks import take_hooks
from yizhan.server.log import ArrowFormatter, JsonFormatter

SAID = "芝麻开门"


@pytest.fixture
def hooks(monkeypatch):
    """Takes the hooks, and gives them back at the end."""
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    take_hooks()
    yield
    logging.captureWarnings(False)


@pytest.fixture
def said(hooks, caplog):
    """Gives what was logged, as JSON and as text."""
    before = in_hand.set({"Content": SAID})
    yield lambda: "\n".join(
        kind().format(record)
        for record in caplog.records
        for kind in (JsonFormatter, ArrowFormatter)
    )
    in_hand.reset(before)


class Strange:
    """It has no name of its own, and asking for one fails."""

    def __getattr__(self, name):
        raise ValueError(SAID)


def unraisable(named):
    error = ValueError(SAID)
    return SimpleNamespace(
        exc_type=ValueError, exc_value=error, exc_traceback=None, err_msg=None, object=named
    )


def test_the_name_of_a_thread_is_hidden_as_an_error_is(said):
    error = ValueError(SAID)
    thread = threading.Thread(name=f"for {SAID}")
    args = (ValueError, error, None, thread)
    threading.excepthook(threading.ExceptHookArgs(args))
    assert "the thread for … raised" in said()
    assert SAID not in said()


def test_a_warning_is_hidden_as_an_error_is(said):
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(False)
        logging.captureWarnings(True)
        warnings.warn(f"{SAID} is unknown", RuntimeWarning, stacklevel=1)
    assert "RuntimeWarning: … is unknown" in said()
    assert "test_hooks.py" in said()


@pytest.mark.parametrize(
    ("make", "name"),
    [(Strange, "Strange"), (lambda: unraisable, "unraisable"), (lambda: None, "NoneType")],
)
def test_an_error_that_no_code_can_catch_names_a_class_or_function(said, make, name):
    sys.unraisablehook(unraisable(make()))
    assert f"an error in {name} that no code can catch" in said()
    assert SAID not in said()


ENDING = """
import asyncio, logging, sys, threading, warnings
from yizhan.server import hooks, log

log.configure(json=True)
hooks.take_hooks()

class Garbage:
    def __del__(self, error=ValueError, logger=logging.getLogger("yizhan"), warn=warnings.warn):
        logger.error("a line")
        warn("a warning")
        raise error("secret")

sys.kept = garbage = Garbage()  # ends with sys itself, after every module
threading.kept = hooks.kept = Garbage()
"""


def test_nothing_is_said_of_what_fails_while_python_ends():
    ended = subprocess.run([sys.executable, "-c", ENDING], capture_output=True, text=True)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
