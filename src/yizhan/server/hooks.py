"""What Python itself would write to standard error, handed to the log.

There it would block on a slow reader, and would show what followers wrote.
"""

import logging
import sys
import threading
from collections.abc import Callable
from types import BuiltinFunctionType, FunctionType, MethodType, TracebackType

from yizhan.errors import YizhanError
from yizhan.inbox.run import in_hand, recent
from yizhan.phrases import say

log = logging.getLogger("yizhan")

NAMED = (type, FunctionType, BuiltinFunctionType, MethodType)


def take_hooks() -> None:
    """Log warnings, and errors that nobody can catch, from now on."""
    logging.captureWarnings(True)
    sys.unraisablehook = _log_unraisable
    threading.excepthook = _log_thread


def _log_unraisable(
    args: "sys.UnraisableHookArgs", *, finalizing: Callable[[], bool] = sys.is_finalizing
) -> None:
    if finalizing():  # nothing can be logged then; a default, for this module may have no names
        return
    named = args.object if isinstance(args.object, NAMED) else type(args.object)
    _log(say("server.unraisable", name=named.__qualname__), args.exc_value, args.exc_traceback)


def _log_thread(
    args: threading.ExceptHookArgs, *, finalizing: Callable[[], bool] = sys.is_finalizing
) -> None:
    if not finalizing() and args.exc_type is not SystemExit:
        name = args.thread.name if args.thread is not None else "?"
        # An error, so that the log hides what a follower wrote in the name.
        error = YizhanError("server.thread_error", name=name)
        _log(error, args.exc_value, args.exc_traceback)


def _log(message: object, error: BaseException | None, trace: TracebackType | None) -> None:
    raw = in_hand.get() or {"": list(recent)}  # a thread does not know its message
    info = None if error is None else (type(error), error, trace)
    log.error("%s", message, exc_info=info, extra={"raw": raw})
