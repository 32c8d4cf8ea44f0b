"""One line per push and per refusal: what and why, never a secret and never content."""

import logging
import re
import sys
import time
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TextIO

import msgspec
from msgspec import Struct
from msgspec.structs import asdict

from yizhan.columns import fitted
from yizhan.errors import Refused, Unreadable
from yizhan.events import Event
from yizhan.inbox import key
from yizhan.inbox.push import Response
from yizhan.inbox.unread import key_of
from yizhan.middleware import Incoming
from yizhan.phrases import say
from yizhan.raised import in_short
from yizhan.server.hiding import HIDING, guard, hide, is_ours, traceback_of, without_openids
from yizhan.server.hiding import redacted as redacted
from yizhan.server.writer import Writer, flush_at_every_end

logger = logging.getLogger("yizhan.push")
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
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
        logger.log(level, "%s", _arrows(push), extra={"push": push})


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
    logger.info("%s", _arrows(fields), extra={"push": fields})


def log_refusal(line: Line, refused: Refused, method: str = "") -> None:
    """The line of a refusal: its reason code, and what to do about it in `hint`."""
    listed = key_of(refused.body) if isinstance(refused, Unreadable) else ""
    hint = say("unread.listed", problem=refused, key=listed) if listed else str(refused)
    line.write(
        refused.reason,
        logging.WARNING,
        status="refused",
        reason=refused.reason,
        detail=without_openids(refused.detail),
        key=listed,
        method=method,
        hint=without_openids(hint),
    )


class JsonFormatter(logging.Formatter):
    """Every record as one line of JSON; `hides` what followers wrote."""

    def __init__(self, *, hides: bool = True) -> None:
        super().__init__()
        self.hides = hides

    def format(self, record: logging.LogRecord) -> str:
        if self.hides and is_ours(record):
            hide(record)
        push: Mapping[str, object] = record.__dict__.get("push", {})
        fields: dict[str, object] = {
            "at": f"{_utc(int(record.created))}.{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            **(push or {"message": redacted(record.getMessage())}),
        }
        if reason := record.__dict__.get("reason"):
            fields["reason"] = reason
        if traceback := traceback_of(record):
            fields["traceback"] = traceback
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
        warning = say("server.bad_line", place=place, problem=kind.__name__ if kind else "?")
        self.writer.put(self._line(warning))

    def _dropped_line(self, count: int) -> str:
        return self._line(say("server.dropped_lines", count=count))

    def _line(self, text: str) -> str:
        made = logging.LogRecord("yizhan", logging.WARNING, "", 0, "%s", (text,), None)
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
    """Lines for a person's eyes: `10:02:15 <-- text reply 4.1 ms`; `hides` as with JSON.

    Where nothing is hidden, the author is at work: what a handler raises is logged in short.
    """

    def __init__(self, *, hides: bool = True) -> None:
        super().__init__()
        self.hides = hides

    def format(self, record: logging.LogRecord) -> str:
        if self.hides and is_ours(record):
            hide(record)
        at = time.strftime("%H:%M:%S", time.localtime(record.created))
        if not self.hides and (error := _raised_by_handler(record)) is not None:
            lines = [*in_short(error), f"  {say('dev.whole')}"]
            return f"{at} " + "\n".join(CONTROLS.sub("�", redacted(each)) for each in lines)
        # The lines of a message are indented, so that none looks like a line of the log.
        is_push = "push" in record.__dict__
        text = record.getMessage()
        lines = [text] if is_push else redacted(text).rstrip().splitlines()
        line = f"{at} " + "\n  ".join(CONTROLS.sub("�", each) for each in lines)
        if traceback := traceback_of(record):
            line += "\n" + traceback
        return line


def _raised_by_handler(record: logging.LogRecord) -> BaseException | None:
    """What the author's code raised, if this record tells of that."""
    if record.__dict__.get("reason") != "handler_error" or not record.exc_info:
        return None
    return record.exc_info[1]


def _arrows(push: Mapping[str, object]) -> str:
    if push.get("status") == "refused":
        return f"-x- {push['account']} {push['reason']}: {push['hint']}"
    if push["why"] == "verified":
        return f"<-- {push['account']} echostr verified"
    if "kind" not in push:  # what came to a platform's own path
        fields = "".join(f" {name}={push[name]}" for name in push if name not in ("account", "why"))
        return f"<-- {push['account']} {push['why']}{fields}"
    reply = push.get("reply", "success")
    outcome = say(f"pushed.{push['why']}")
    how = f"{outcome}, {push['ms']} ms"
    reason = push.get("reason")
    remark = f": {reason}: " + say(f"log.{reason}") if reason else ""
    return f"<-- {push['account']} {push['kind']} → {reply} ({how}){remark}"


def _now() -> str:
    now = time.time()
    return f"{_utc(int(now))}.{int(now % 1 * 1000):03d}Z"


@lru_cache(maxsize=2)
def _utc(seconds: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))


def configure(*, json: bool | None = None, level: int = logging.INFO, hides: bool = True) -> None:
    """Log to standard error: JSON lines, or arrows where a person is watching.

    What others log goes there too, unless the bot has set up logging of its own. `hides`
    tells whether what followers wrote is hidden.
    """
    as_json = json if json is not None else not (sys.stderr and sys.stderr.isatty())
    own = logging.getLogger("yizhan")
    handler = _handler_of(sys.stderr, own.handlers, as_json=as_json)
    handler.setFormatter((JsonFormatter if as_json else ArrowFormatter)(hides=hides))
    HIDING.on = hides
    former, own.handlers[:] = own.handlers[:], [handler]
    own.setLevel(level)
    own.propagate = False
    others = logging.getLogger()
    if not others.handlers:
        others.addHandler(handler)
    for each in former:
        if isinstance(each, LineHandler) and each is not handler:
            each.close()
    guard()
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
    """Write this to standard error, in order with the lines of the log; a terminal's lines fit.

    In a log of JSON it is a line of JSON, since programs read that.
    """
    for handler in logging.getLogger("yizhan").handlers:
        if isinstance(handler, JsonHandler):
            line = _encode({"at": _now(), "level": "info", "message": text})
            handler.writer.put_bytes(line + b"\n")
        elif isinstance(handler, LineHandler):
            handler.writer.put(fitted(text, handler.stream) + "\n")
