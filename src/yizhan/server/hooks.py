"""What Python itself would write to standard error, handed to the log.

There it would block on a slow reader, and would show what followers wrote.
"""

import logging
import sys
import threading
from types import TracebackType

from yizhan.inbox.run import in_hand, recent
from yizhan.phrases import say

log = logging.getLogger("yizhan")


def take_hooks() -> None:
    """Log warnings, and errors that nobody can catch, from now on."""
    logging.captureWarnings(True)
    sys.unraisablehook = _log_unraisable
    threading.excepthook = _log_thread


def _log_unraisable(args: "sys.UnraisableHookArgs") -> None:
    name = getattr(args.object, "__qualname__", type(args.object).__qualname__)
    _log(say("server.unraisable", name=name), args.exc_value, args.exc_traceback)


def _log_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_type is not SystemExit:
        name = args.thread.name if args.thread is not None else "?"
        _log(say("server.thread_error", name=name), args.exc_value, args.exc_traceback)


def _log(message: str, error: BaseException | None, trace: TracebackType | None) -> None:
    raw = in_hand.get() or {"": list(recent)}  # a thread does not know its message
    info = None if error is None else (type(error), error, trace)
    log.error("%s", message, exc_info=info, extra={"raw": raw})
