"""One line per push and per refusal: what and why, never a secret and never content."""

import asyncio
import gc
import linecache
import logging
import re
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from contextvars import Context
from functools import lru_cache
from typing import Any, TextIO

import msgspec
from msgspec import Struct
from msgspec.structs import asdict

from yizhan.errors import Refused, Unreadable
from yizhan.events import Event
from yizhan.inbox import key
from yizhan.inbox.push import Response
from yizhan.inbox.run import in_hand, recent
from yizhan.inbox.unread import key_of
from yizhan.middleware import Incoming
from yizhan.phrases import say
from yizhan.server.redaction import Hider
from yizhan.server.tracebacks import hidden_message, hidden_traceback, hider_of, words_of
from yizhan.server.writer import Writer, flush_at_every_end
from yizhan.wire.xml import Raw

logger = logging.getLogger("yizhan.push")
_encode = msgspec.json.Encoder().encode


class PushLine(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The line of a push that was let in, in the order of its fields; what is empty is left out."""

    at: str
    level: str = ""
    account: str
    why: str
    key: str = ""
    kind: str = ""
    reply: str = ""
    reason: str = ""
    hint: str = ""
    ms: float


class Line:
    """Writes the lines of one account."""

    def __init__(self, account: str) -> None:
        self.account = account

    def write(self, why: str, level: int = logging.INFO, **fields: object) -> None:
        """One line; fields whose value is empty are left out."""
        if not logger.isEnabledFor(level):
            return
        push: dict[str, object] = {"account": self.account, "why": why}
        push |= {name: value for name, value in fields.items() if value not in ("", None)}
        logger.log(level, why, extra={"push": push})


def _sink() -> logging.Handler | None:
    """Our own handler, if lines go to it alone: then a push's line need not be a LogRecord."""
    root = logger.parent
    if root is None or logger.handlers or len(root.handlers) != 1 or root.propagate:
        return None
    return root.handlers[0]


def log_push(
    line: Line, message: Incoming, response: Response, seconds: float, reason: str = ""
) -> None:
    """The line of a push that was answered, held or put off; `reason` says what is odd in it."""
    if not logger.isEnabledFor(logging.INFO):
        return
    kind = message.name if isinstance(message, Event) else message.kind
    reply = response.reply
    push = PushLine(
        at=_now(),
        level="info",
        account=line.account,
        why=response.why,
        key=key.masked(response.push.key),
        kind=kind[:64],
        reply="" if reply is None else type(reply).__name__.lower(),
        reason=reason,
        hint=say("log.other_body") if reason == "other_body" else "",
        ms=round(seconds * 1000, 1),
    )
    if isinstance(sink := _sink(), JsonHandler):
        sink.write(push)
        return
    fields = {name: value for name, value in asdict(push).items() if value not in ("", None)}
    del fields["at"], fields["level"]  # the record has them
    logger.info(response.why, extra={"push": fields})


def log_refusal(line: Line, refused: Refused, method: str = "") -> None:
    """The line of a refusal: its reason code, and what to do about it in `hint`."""
    listed = key_of(refused.body) if isinstance(refused, Unreadable) else ""
    hint = say("unread.listed", problem=refused, key=listed) if listed else str(refused)
    line.write(
        refused.reason,
        logging.WARNING,
        status="refused",
        reason=refused.reason,
        detail=_without_openids(refused.detail),
        key=listed,
        method=method,
        hint=_without_openids(hint),
    )


class JsonFormatter(logging.Formatter):
    """Every record as one line of JSON; `hides` what followers wrote."""

    def __init__(self, *, hides: bool = True) -> None:
        super().__init__()
        self.hides = hides

    def format(self, record: logging.LogRecord) -> str:
        push: Mapping[str, object] = record.__dict__.get("push", {})
        fields: dict[str, object] = {
            "at": f"{_utc(int(record.created))}.{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            **(push or {"message": _message(record, self.hides)}),
        }
        if reason := record.__dict__.get("reason"):
            fields["reason"] = reason
        if record.exc_info:
            fields["traceback"] = _traceback(record, self.hides)
        return _encode(fields).decode()


class LineHandler(logging.Handler):
    """Hands each record to the writer as one line: it never waits and never raises."""

    def __init__(self, stream: TextIO | None, formatter: logging.Formatter) -> None:
        super().__init__()
        self.setFormatter(formatter)
        self.stream = stream
        self.writer = Writer(stream, self._dropped_line)

    def emit(self, record: logging.LogRecord) -> None:
        """Put the record's line into the queue."""
        if sys.is_finalizing():  # no line can be made or written any more
            return
        try:
            self.writer.put(self.format(record) + "\n")
        except Exception:
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:
        """Say which call could not be formatted, in place of logging's way straight to stderr."""
        self._say_bad(f"{record.pathname}:{record.lineno}")

    def close(self) -> None:
        """Write what is left."""
        self.writer.close()
        super().close()

    def _say_bad(self, place: str) -> None:
        kind = sys.exc_info()[0]
        told = say("server.bad_line", place=place, problem=kind.__name__ if kind else "?")
        self.writer.put(self._line(told))

    def _dropped_line(self, count: int) -> str:
        return self._line(say("server.dropped_lines", count=count))

    def _line(self, told: str) -> str:
        made = logging.LogRecord("yizhan", logging.WARNING, "", 0, "%s", (told,), None)
        return self.format(made) + "\n"


class JsonHandler(LineHandler):
    """Writes JSON lines; a push's line goes straight to the writer."""

    def __init__(self, stream: TextIO | None, *, hides: bool = True) -> None:
        super().__init__(stream, JsonFormatter(hides=hides))

    def write(self, push: PushLine) -> None:
        """One line of a push."""
        try:
            line = _encode(push)
        except ValueError:  # a lone surrogate
            self._say_bad(logger.name)
        else:
            self.writer.put_bytes(line + b"\n")


class ArrowFormatter(logging.Formatter):
    """Lines for a person's eyes: `10:02:15 <-- text reply 4.1 ms`; `hides` as with JSON."""

    def __init__(self, *, hides: bool = True) -> None:
        super().__init__()
        self.hides = hides

    def format(self, record: logging.LogRecord) -> str:
        push: Mapping[str, object] = record.__dict__.get("push", {})
        at = time.strftime("%H:%M:%S", time.localtime(record.created))
        text = _arrows(push) if push else _message(record, self.hides)
        # The lines of a message are indented, so that none looks like a line of the log.
        lines = [text] if push else text.rstrip().splitlines()
        line = f"{at} " + "\n  ".join(CONTROLS.sub("�", each) for each in lines)
        if record.exc_info:
            line += "\n" + _traceback(record, self.hides)
        return line


def _arrows(push: Mapping[str, object]) -> str:
    if push.get("status") == "refused":
        return f"-x- {push['account']} {push['reason']}: {push['hint']}"
    if push["why"] == "verified":
        return f"<-- {push['account']} echostr verified"
    reply = push.get("reply", "success")
    hint = f": {push['hint']}" if "hint" in push else ""
    return f"<-- {push['account']} {push['kind']} → {reply} ({push['why']}, {push['ms']} ms){hint}"


def _now() -> str:
    now = time.time()
    return f"{_utc(int(now))}.{int(now % 1 * 1000):03d}Z"


@lru_cache(maxsize=2)
def _utc(seconds: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))


SECRETS = re.compile(
    r"((?:access_token|secret|token|signature|msg_signature|echostr|aes_key|ticket)"
    r"[\"']?\s*[=:]\s*[\"']?)[^\s&\"',}]+",
    re.IGNORECASE,
)
OPENID = re.compile(r"\bo[\w-]{27}\b", re.ASCII)
WARNING = re.compile(r"(?P<file>[^\n]*?):(?P<line>\d+): \w+: ")
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
NO_MESSAGE: Raw = {"": None}  # for what is known to belong to none
WARNINGS = "py.warnings"  # the logger that Python hands its warnings to
OTHERS = ("asyncio", "uvicorn.error", "concurrent.futures", WARNINGS)
OURS = ("yizhan", "uvicorn", *OTHERS)  # whose records hide what followers wrote


def redacted(text: str) -> str:
    """The text with openids masked and the values of secret-looking fields taken out."""
    text = text.encode("utf-8", "backslashreplace").decode()
    return _without_openids(SECRETS.sub(r"\1***", text))


def _without_openids(text: str) -> str:
    return OPENID.sub(lambda found: key.masked_openid(found[0]), text)


def _message(record: logging.LogRecord, hides: bool) -> str:
    """What the record says, without secrets and, if it is ours, without a follower's texts."""
    message = record.getMessage
    if not (hides and _is_ours(record)):
        return redacted(message())
    error = record.exc_info[1] if record.exc_info else None
    if record.name == WARNINGS:
        return redacted(_hidden_warning(message(), _hider(record)))
    if record.name == "asyncio":
        return redacted(hidden_message(message(), error, _hider(record)))
    if isinstance(args := record.args, tuple) and any(isinstance(it, BaseException) for it in args):
        hide = _hider(record)
        shown = (words_of(it, hide) if isinstance(it, BaseException) else it for it in args)
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


def _traceback(record: logging.LogRecord, hides: bool) -> str:
    """The traceback, in a record of ours without a follower's texts."""
    assert record.exc_info is not None  # noqa: S101  # the caller has looked
    error = record.exc_info[1]
    if error is None or not (hides and _is_ours(record)):
        return redacted("".join(traceback.format_exception(*record.exc_info)))
    return redacted(hidden_traceback(error, _hider(record)))


class Hiding(logging.Filter):
    """Hides what followers wrote in records that the author's own handlers may write, too."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, with its message and its traceback hidden."""
        if sys.is_finalizing():  # nothing can be hidden any more
            return False
        with suppress(TypeError, ValueError):  # one that cannot be formatted: its handler says so
            record.msg, record.args = _message(record, hides=True), ()
            if record.exc_info:
                record.exc_text = _traceback(record, hides=True).rstrip("\n")
        return True


HIDING = Hiding()


def _is_ours(record: logging.LogRecord) -> bool:
    """Whether this was not logged by the author, who knows what they say."""
    return any(record.name == name or record.name.startswith(f"{name}.") for name in OURS)


def _hider(record: logging.LogRecord) -> Hider:
    """What hides the texts of the message that a record is about, or perhaps is about."""
    raw: Raw = record.__dict__.get("raw") or in_hand.get()
    if raw or record.name.startswith("yizhan"):
        return hider_of((raw,))
    return hider_of(tuple(recent))


def log_loop_error(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """The loop's own way to log an error, in the knowledge of the message that it belongs to."""
    of = context.get("task") or context.get("future") or context.get("handle")
    token = in_hand.set(_raw_of(of) if of else NO_MESSAGE)
    try:
        loop.default_exception_handler(context)
    finally:
        in_hand.reset(token)


def _raw_of(of: object) -> Raw:
    """What this task or callback works on: before Python 3.12 only the collector can tell."""
    kept = (each for each in gc.get_referents(of) if isinstance(each, Context))
    return next((each[in_hand] for each in kept if in_hand in each), {})


def configure(*, json: bool | None = None, level: int = logging.INFO, hides: bool = True) -> None:
    """Log to standard error: JSON lines, or arrows where a person is watching.

    What others log goes there too, unless the bot has set up logging of its own. `hides`
    tells whether what followers wrote is hidden.
    """
    as_json = json if json is not None else not (sys.stderr and sys.stderr.isatty())
    own = logging.getLogger("yizhan")
    handler = _handler_of(sys.stderr, own.handlers, as_json=as_json)
    handler.setFormatter((JsonFormatter if as_json else ArrowFormatter)(hides=hides))
    for name in OTHERS:
        theirs = logging.getLogger(name)
        (theirs.addFilter if hides else theirs.removeFilter)(HIDING)
    former, own.handlers[:] = own.handlers[:], [handler]
    own.setLevel(level)
    own.propagate = False
    others = logging.getLogger()
    if not others.handlers:
        others.addHandler(handler)
    for each in former:
        if isinstance(each, LineHandler) and each is not handler:
            each.close()
    flush_at_every_end()


def _handler_of(
    stream: TextIO | None, known: Iterable[logging.Handler], *, as_json: bool
) -> LineHandler:
    """The handler for that stream: the one there is, if it does the same."""
    kind = JsonHandler if as_json else LineHandler
    same = (each for each in known if type(each) is kind and each.stream is stream)
    return next(same, None) or (
        JsonHandler(stream) if as_json else LineHandler(stream, ArrowFormatter())
    )


def write_line(text: str) -> None:
    """Write this to standard error as it is, in order with the lines of the log."""
    for handler in logging.getLogger("yizhan").handlers:
        if isinstance(handler, LineHandler):
            handler.writer.put(text + "\n")
