"""What followers wrote, kept out of the records of our loggers, whoever handles these.

A record is changed itself, before any handler has it: a host's own, one that sends records
away, ours. Its message tells what the traceback would, for not everyone writes that.
"""

import asyncio
import gc
import linecache
import logging
import re
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import Context
from typing import Any

from yizhan.inbox import key
from yizhan.inbox.run import in_hand, recent
from yizhan.raised import is_through_us, place_of
from yizhan.server.redaction import MARK, Hider
from yizhan.server.tracebacks import hidden_message, hidden_traceback, hider_of, words_of
from yizhan.wire.xml import Raw

SECRETS = re.compile(
    r"((?:access_token|secret|token|signature|msg_signature|echostr|aes_key|ticket)"
    r"[\"']?\s*[=:]\s*[\"']?)[^\s&\"',}]+",
    re.IGNORECASE,
)
OPENID = re.compile(r"\bo[\w-]{27}\b", re.ASCII)
WARNING = re.compile(r"(?P<file>[^\n]*?):(?P<line>\d+): \w+: ")
NO_MESSAGE: Raw = {"": None}  # for what is known to belong to none
OWN = "yizhan"
WARNINGS = "py.warnings"  # the logger that Python hands its warnings to
OTHERS = ("asyncio", "uvicorn.error", "concurrent.futures", WARNINGS)
OURS = (OWN, "uvicorn", *OTHERS)  # whose records hide what followers wrote
RAW = "raw"  # the extra that has the message which a record is about


def redacted(text: str) -> str:
    """The text with openids masked and the values of secret-looking fields taken out."""
    text = text.encode("utf-8", "backslashreplace").decode()
    return without_openids(SECRETS.sub(r"\1***", text))


def without_openids(text: str) -> str:
    """The text with openids masked."""
    return OPENID.sub(lambda found: key.masked_openid(found[0]), text)


def is_ours(record: logging.LogRecord) -> bool:
    """Whether this was not logged by the author, who knows what they say."""
    return any(record.name == name or record.name.startswith(f"{name}.") for name in OURS)


def hide(record: logging.LogRecord) -> None:
    """Take secrets and what followers wrote out of this record; once more changes nothing."""
    if "push" in record.__dict__:  # a line of log.py, which has neither
        return
    raws = [raw for raw in (record.__dict__.get(RAW), in_hand.get()) if raw]
    error = record.exc_info[1] if record.exc_info else None
    hider = hider_of(raws if raws or _is_own(record) else tuple(recent))
    if not _is_own(record) and _is_the_host_s(raws, error, hider):
        return
    record.__dict__.pop(RAW, None)
    if isinstance(kept := record.__dict__.get("key"), str) and MARK not in kept:
        record.__dict__["key"] = redacted(key.masked(kept))
    message = _message(record, error, hider)
    if error is not None:
        message = _with_place(message, error)
        record.exc_text = redacted(hidden_traceback(error, hider)).rstrip("\n")
    record.exc_info = None
    record.msg, record.args = message, ()


def traceback_of(record: logging.LogRecord) -> str:
    """The traceback that a record has, without secrets; empty if there is none."""
    if record.exc_text:
        return f"{record.exc_text}\n"
    if record.exc_info and record.exc_info[1]:
        return redacted("".join(traceback.format_exception(*record.exc_info)))
    return ""


def _is_the_host_s(raws: Sequence[Raw], error: BaseException | None, hider: Hider) -> bool:
    """Whether an error that others log is no message's: it keeps what a host makes of it."""
    if raws or error is None:
        return NO_MESSAGE in raws
    plain = "".join(traceback.format_exception(error))
    return not is_through_us(error) and hider(plain) == plain


def _is_own(record: logging.LogRecord) -> bool:
    return record.name == OWN or record.name.startswith(f"{OWN}.")


def _with_place(message: str, error: BaseException) -> str:
    """The message with the kind of its error and the author's line, if it does not name that."""
    place = place_of(error)
    if place is None or str(place) in message:
        return message
    return f"{message.rstrip()} ({type(error).__name__}, {place})"


def _message(record: logging.LogRecord, error: BaseException | None, hider: Hider) -> str:
    """What the record says, without secrets and without a follower's texts."""
    message = record.getMessage
    if record.name == WARNINGS:
        return redacted(_hidden_warning(message(), hider))
    if record.name == "asyncio":
        return redacted(hidden_message(message(), error, hider))
    if isinstance(args := record.args, tuple) and any(isinstance(it, BaseException) for it in args):
        shown = (words_of(it, hider) if isinstance(it, BaseException) else it for it in args)
        return redacted(str(record.msg) % tuple(shown))
    return redacted(message())


def _hidden_warning(text: str, hide: Callable[[str], str]) -> str:
    """A warning with its words hidden; its place, its class and the source line stay."""
    found = WARNING.match(text)
    if found is None:
        return hide(text)
    source = f"\n  {linecache.getline(found['file'], int(found['line'])).strip()}\n"
    words = text[found.end() :]
    if not words.endswith(source):
        return found[0] + hide(words)
    return found[0] + hide(words.removesuffix(source)) + source


class Hiding(logging.Filter):
    """Hides what followers wrote in each record that it sees, while it is `on`."""

    on = True

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, changed."""
        if sys.is_finalizing():  # nothing can be hidden any more
            return False
        if self.on:
            with suppress(TypeError, ValueError):  # cannot be formatted: its handler says so
                hide(record)
        return True


HIDING = Hiding()


class First(logging.Handler):
    """Stands before a host's handlers, for the children that our loggers may yet get.

    Where nobody handles records, it has Python's last resort do so, as it would without it.
    """

    def handle(self, record: logging.LogRecord) -> bool:
        """Hide, and hand on where nobody else is there."""
        seen = HIDING.filter(record)
        resort = logging.lastResort
        alone = not logging.getLogger().handlers and logging.getLogger(OWN).handlers == [self]
        if seen and alone and resort is not None and record.levelno >= resort.level:
            resort.handle(record)
        return seen


FIRST = First()


def guard() -> None:
    """From now on hide, in every record of ours; and let a host's setting-up silence none.

    `logging.config.dictConfig` disables the loggers which it finds and is not told of.
    """
    for name in (*_own_loggers(), *OTHERS):
        logger = logging.getLogger(name)
        if HIDING not in logger.filters:
            logger.addFilter(HIDING)
        if name not in OTHERS:
            logger.disabled = False
    own = logging.getLogger(OWN)
    if own.propagate and FIRST not in own.handlers:
        own.handlers.insert(0, FIRST)


def _own_loggers() -> list[str]:
    known = tuple(logging.Logger.manager.loggerDict)
    return [OWN, *(name for name in known if name.startswith(f"{OWN}."))]


@contextmanager
def shown() -> Iterator[None]:
    """Hide nothing meanwhile: for tests, where the author is the follower."""
    before, HIDING.on = HIDING.on, False
    try:
        yield
    finally:
        HIDING.on = before


def watch(loop: asyncio.AbstractEventLoop) -> None:
    """Let the loop's own records know the message that they belong to, or that they do not."""
    if not isinstance(handler := loop.get_exception_handler(), Attributing):
        loop.set_exception_handler(Attributing(handler))


Handles = Callable[[asyncio.AbstractEventLoop, dict[str, Any]], object]


class Attributing:
    """A loop's way to handle errors, `handler` or its own, in the knowledge of their message."""

    def __init__(self, handler: Handles | None = None) -> None:
        self._handler = handler

    def __call__(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Handle an error."""
        of = context.get("task") or context.get("future") or context.get("handle")
        token = in_hand.set(_raw_of(of) if of else NO_MESSAGE)
        try:
            if self._handler is not None:
                self._handler(loop, context)
            else:
                loop.default_exception_handler(context)
        finally:
            in_hand.reset(token)


def _raw_of(of: object) -> Raw:
    """What this task or callback works on: before Python 3.12 only the collector can tell."""
    kept = (each for each in gc.get_referents(of) if isinstance(each, Context))
    return next((each[in_hand] for each in kept if in_hand in each), {})
