"""One line per push and per refusal: what and why, never a secret and never content."""

import logging
import re
import sys
import time
import traceback
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TextIO

import msgspec

from yizhan.errors import Refused, Unreadable
from yizhan.events import Event
from yizhan.inbox.response import Response
from yizhan.inbox.unread import key_of
from yizhan.middleware import Incoming
from yizhan.phrases import say
from yizhan.server.connection import Scope
from yizhan.server.writer import Writer, flush_at_every_end
from yizhan.wire.xml import Value

logger = logging.getLogger("yizhan.push")
_encode = msgspec.json.Encoder().encode


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
        if level == logging.INFO and isinstance(sink := _sink(), JsonHandler):
            sink.write(push)
        else:
            logger.log(level, why, extra={"push": push})


def _sink() -> logging.Handler | None:
    """Our own handler, if lines go to it alone: then a push's line need not be a LogRecord."""
    root = logger.parent
    if root is None or logger.handlers or len(root.handlers) != 1 or root.propagate:
        return None
    return root.handlers[0]


def masked(openid: str) -> str:
    """An openid as it may stand in a log: its ends only."""
    return f"{openid[:4]}…{openid[-4:]}" if len(openid) > 12 else "…"


def log_push(
    line: Line, message: Incoming, response: Response, seconds: float, reason: str = ""
) -> None:
    """The line of a push that was answered, held or put off; `reason` says what is odd in it."""
    if not logger.isEnabledFor(logging.INFO):
        return
    kind = message.name if isinstance(message, Event) else message.kind
    line.write(
        response.why,
        key=_masked_key(response.run.key),
        kind=kind[:64],
        reply=type(response.reply).__name__.lower() if response.reply is not None else "",
        reason=reason,
        hint=say("log.other_body") if reason == "other_body" else "",
        ms=round(seconds * 1000, 1),
    )


def log_refusal(line: Line, refused: Refused, scope: Scope) -> None:
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
        method=scope.get("method", ""),
        hint=_without_openids(hint),
    )


def _masked_key(key: str) -> str:
    account, openid, rest = [*key.split(":", 2), "", ""][:3]
    return f"{account}:{masked(openid)}:{rest}"


class JsonFormatter(logging.Formatter):
    """Every record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        push: Mapping[str, object] = record.__dict__.get("push", {})
        fields: dict[str, object] = {
            "at": f"{_utc(int(record.created))}.{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            **(push or {"message": redacted(record.getMessage())}),
        }
        if reason := record.__dict__.get("reason"):
            fields["reason"] = reason
        if record.exc_info:
            fields["traceback"] = _traceback(record)
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

    def __init__(self, stream: TextIO | None) -> None:
        super().__init__(stream, JsonFormatter())

    def write(self, push: Mapping[str, object]) -> None:
        """One line of a push, at level info."""
        now = time.time()
        at = f"{_utc(int(now))}.{int(now % 1 * 1000):03d}Z"
        try:
            line = _encode({"at": at, "level": "info", **push}).decode()
        except (TypeError, ValueError):
            self._say_bad(logger.name)
        else:
            self.writer.put(line + "\n")


class ArrowFormatter(logging.Formatter):
    """Lines for a person's eyes: `10:02:15 <-- text reply 4.1 ms`."""

    def format(self, record: logging.LogRecord) -> str:
        push: Mapping[str, object] = record.__dict__.get("push", {})
        at = time.strftime("%H:%M:%S", time.localtime(record.created))
        text = _arrows(push) if push else redacted(record.getMessage())
        line = f"{at} {CONTROLS.sub('�', text)}"
        if record.exc_info:
            line += "\n" + _traceback(record)
        return line


def _arrows(push: Mapping[str, object]) -> str:
    if push.get("status") == "refused":
        return f"-x- {push['account']} {push['reason']}: {push['hint']}"
    if push["why"] == "verified":
        return f"<-- {push['account']} echostr verified"
    reply = push.get("reply", "success")
    hint = f": {push['hint']}" if "hint" in push else ""
    return f"<-- {push['account']} {push['kind']} → {reply} ({push['why']}, {push['ms']} ms){hint}"


@lru_cache(maxsize=2)
def _utc(seconds: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))


SECRETS = re.compile(
    r"((?:access_token|secret|token|signature|msg_signature|echostr|aes_key|ticket)"
    r"[\"']?\s*[=:]\s*[\"']?)[^\s&\"',}]+",
    re.IGNORECASE,
)
OPENID = re.compile(r"\bo[\w-]{27}\b", re.ASCII)
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
FRAME = re.compile(r'[ |+-]*File "')
HEADERS = ("ToUserName", "CreateTime", "MsgType", "Event", "MsgId")


def redacted(text: str) -> str:
    """The text with openids masked and the values of secret-looking fields taken out."""
    text = text.encode("utf-8", "backslashreplace").decode()
    return _without_openids(SECRETS.sub(r"\1***", text))


def _without_openids(text: str) -> str:
    return OPENID.sub(lambda found: masked(found[0]), text)


def _traceback(record: logging.LogRecord) -> str:
    """The traceback, without what the follower sent wherever the errors speak of it."""
    assert record.exc_info is not None  # noqa: S101  # the caller has looked
    sent = sorted(_texts(record.__dict__.get("raw", {})), key=len, reverse=True)
    lines = traceback.format_exception(*record.exc_info)
    return redacted("".join(line if FRAME.match(line) else _hidden(line, sent) for line in lines))


def _hidden(line: str, texts: Iterable[str]) -> str:
    name, colon, said = line.partition(": ")
    for text in texts:
        said = said.replace(text, "…").replace(repr(text)[1:-1], "…")
    return name + colon + said


def _texts(raw: Value) -> Iterator[str]:
    """The texts of a push, but for its headers and for blanks."""
    if isinstance(raw, dict):
        for name, value in raw.items():
            if name not in HEADERS:
                yield from _texts(value)
    elif isinstance(raw, list):
        for value in raw:
            yield from _texts(value)
    elif raw and raw.strip():
        yield raw
        yield raw.strip()


def configure(*, json: bool | None = None, level: int = logging.INFO) -> None:
    """Log to standard error: JSON lines, or arrows where a person is watching.

    What others log goes there too, unless the bot has set up logging of its own.
    """
    as_json = json if json is not None else not (sys.stderr and sys.stderr.isatty())
    own = logging.getLogger("yizhan")
    handler = _handler_of(sys.stderr, own.handlers, as_json=as_json)
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
    kind = JsonFormatter if as_json else ArrowFormatter
    ours = (each for each in known if isinstance(each, LineHandler))
    same = (each for each in ours if each.stream is stream and type(each.formatter) is kind)
    return next(same, None) or (
        JsonHandler(stream) if as_json else LineHandler(stream, ArrowFormatter())
    )


def tell(text: str) -> None:
    """Say this on standard error as it is, in its turn among the lines of the log."""
    for handler in logging.getLogger("yizhan").handlers:
        if isinstance(handler, LineHandler):
            handler.writer.put(text + "\n")
