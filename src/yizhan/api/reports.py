"""What is told of each call: a line in the log, and a report to whoever asked for one."""

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from msgspec import Struct

from yizhan.clock import Clock
from yizhan.errors import APIError
from yizhan.tracing import API as TRACE
from yizhan.tracing import found

log = logging.getLogger("yizhan.api")


class CallReport(Struct, frozen=True):
    """What a call came to; no token, no parameter and nothing of a follower's is in it.

    `ms` are those of the whole call, with the fetch of a token and all `tries`; `error` names the
    class of what was raised, "" for nothing; `errcode` is 0 where WeChat gave none.
    """

    path: str
    ms: float
    errcode: int
    tries: int
    error: str = ""


OnCall = Callable[[CallReport], object]


class Tally:
    """How far a call has come: how often it was sent, and whether WeChat may have got it."""

    def __init__(self) -> None:
        self.tries = 0
        self.in_doubt = False


@contextmanager
def reported(path: str, clock: Clock, on_call: OnCall | None) -> Iterator[Tally]:
    """Around a call: tells of it when it is over."""
    tally, begun = Tally(), clock.monotonic()
    problem: BaseException | None = None
    tracing = found() if TRACE in sys.modules else None
    bare = path.partition("?")[0]  # a path may be given with parameters behind it
    span = None if tracing is None else tracing.begin(f"API {bare}", kind="CLIENT")
    try:
        yield tally
    except BaseException as error:
        problem = error
        raise
    finally:
        if span is not None and tracing is not None:
            errcode = problem.errcode if isinstance(problem, APIError) else 0
            name = "" if problem is None else type(problem).__name__
            tracing.end(span, name, errcode=errcode, tries=tally.tries)
        # Most calls go well at once: then nothing is made for a log that nobody reads.
        level = logging.DEBUG if problem is None and tally.tries == 1 else logging.INFO
        if on_call is not None or log.isEnabledFor(level):
            ms = round((clock.monotonic() - begun) * 1000, 1)
            _tell(_report(bare, ms, tally.tries, problem), level, on_call)


def _report(path: str, ms: float, tries: int, problem: BaseException | None) -> CallReport:
    if problem is None:
        return CallReport(path, ms, 0, tries)
    errcode = problem.errcode if isinstance(problem, APIError) else 0
    return CallReport(path, ms, errcode, tries, type(problem).__name__)


def _tell(report: CallReport, level: int, on_call: OnCall | None) -> None:
    log.log(
        level,
        "%s: %.1f ms, errcode %d, tries %d%s",
        report.path,
        report.ms,
        report.errcode,
        report.tries,
        f", {report.error}" if report.error else "",
        extra={"call": report},
    )
    if on_call is None:
        return
    try:
        on_call(report)
    except Exception as error:  # the author's: it must not become the call's
        log.error("on_call: %r", error, exc_info=error)
