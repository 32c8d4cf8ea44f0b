"""What a bot in this process does with the pushes, read from its log: lines, failures, marks."""

from collections.abc import Mapping
from logging import Handler, LogRecord

from msgspec import Struct

from yizhan import sent
from yizhan.judging import Reason
from yizhan.phrases import say
from yizhan.raised import Raised, raised
from yizhan.simulator.record import Attempt, Mark, PushRecord
from yizhan.simulator.world import World


class LogLine(Struct, frozen=True):
    """One line; `at` is wall seconds."""

    at: float
    level: str
    text: str


class LogFeed(Handler):
    """Hands the lines of a logger to the world's feed, and keeps the last of them."""

    KEPT = 1000

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world
        self.lines: list[LogLine] = []

    def emit(self, record: LogRecord) -> None:
        """Keep a line and tell of it."""
        line = LogLine(self._world.now(), record.levelname, _text(record))
        self.lines.append(line)
        del self.lines[: -self.KEPT]
        self._world.feed.tell("log", line)

    def between(self, began: float, ended: float) -> list[LogLine]:
        """The lines of that time."""
        return [line for line in self.lines if began <= line.at <= ended]


def _text(record: LogRecord) -> str:
    """What a person reads: of a push what came of it, of an error the author's own line first."""
    if (push := _push_in(record)) is not None:
        return _of_push(push)
    error = record.exc_info[1] if record.exc_info else None
    if error is None:  # the bot hides what followers wrote, or there was none
        return "\n".join(filter(None, (record.getMessage(), record.exc_text)))
    failure = raised(error)
    return f"{failure}\n{record.getMessage()}\n{failure.traceback}".rstrip()


def _push_in(record: LogRecord) -> Mapping[str, object] | None:
    """The fields of the push that this line tells of, if it tells of one."""
    push = record.__dict__.get("push")
    return push if isinstance(push, Mapping) else None


def _of_push(push: Mapping[str, object]) -> str:
    if push.get("status") == "refused":
        return f"-x- {push.get('reason')}: {push.get('hint', '')}"
    if "kind" not in push:
        return f"<-- {push.get('why')}"
    outcome = say(f"pushed.{push['why']}")
    reply = push.get("reply", "success")
    return f"<-- {push['kind']} → {reply} ({outcome}, {push.get('ms')} ms)"


REASON = "handler_error"
AGAIN = ("overload",)  # the bot is busy, and its answer has WeChat push again
ALIKE = ("CreateTime", "Event", "EventKey")  # of an event, which has no MsgId


class Failures(Handler):
    """Notes with each push of a world why it was refused, or what was raised as it was handled.

    A line tells of a failure by its `reason`; `raw` has the fields of the message. A refusal is
    logged in the context in which the push is delivered.
    """

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world

    def emit(self, record: LogRecord) -> None:
        """Note the refusal or failure that this line tells of."""
        if (reason := _refused_in(record)) is not None:
            self._note(reason)
        elif (raw := failed_in(record)) is not None:
            self._fail(raw, record)

    def _note(self, reason: Reason) -> None:
        push = sent.PUSH.get()
        if isinstance(push, PushRecord) and self._world.pushes.get(push.id) is push:
            push.refused = reason
            self._world.feed.tell("push", push)

    def _fail(self, raw: Mapping[str, object], record: LogRecord) -> None:
        for push in reversed(self._world.pushes.values()):
            if _is_of(raw, push):
                push.failed = _raised_in(record)
                self._world.feed.tell("push", push)
                return


def failed_in(record: LogRecord) -> Mapping[str, object] | None:
    """The fields of the message whose handler failed, if this line tells of that."""
    raw = record.__dict__.get("raw")
    return raw if record.__dict__.get("reason") == REASON and isinstance(raw, Mapping) else None


def _refused_in(record: LogRecord) -> Reason | None:
    """Why a push was refused, if this line tells of that and WeChat will not push it again."""
    line = _push_in(record)
    if line is None or line.get("status") != "refused":
        return None
    if (reason := str(line.get("reason"))) in AGAIN:
        return None
    return Reason(f"refused.{reason}", {"detail": str(line.get("detail", ""))})


def _raised_in(record: LogRecord) -> Raised:
    error = record.exc_info[1] if record.exc_info else None
    return Raised("", record.getMessage(), (), "") if error is None else raised(error)


def _is_of(raw: Mapping[str, object], push: PushRecord) -> bool:
    if raw.get("FromUserName") != push.openid:
        return False
    names = ("MsgId",) if raw.get("MsgId") else ALIKE
    return all(_same(raw.get(name), push.fields.get(name)) for name in names)


def _same(one: object, other: object) -> bool:
    return str(one or "") == str(other or "")


NEVER_SEEN = ("dropped", "refused")  # how deliveries end that no bot has got


class Marks(Handler):
    """Marks the deliveries of a world by the log lines of the bots that got them.

    A line tells of one connection that has ended: `key` has the ends of the openid and the
    MsgId, `kind` the name of a message or event, `why` what the bot did.
    """

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world

    def emit(self, record: LogRecord) -> None:
        """Mark the delivery that this line tells of."""
        line = _push_in(record)
        if line is None or "key" not in line:
            return
        for push in reversed(self._world.pushes.values()):
            if _is_about(line, push):
                if attempt := _unmarked(push):
                    known = line["why"] == "again" or self._is_known(push)
                    attempt.mark = _mark(attempt, push, known=known, held=line["why"] == "held")
                    if line["why"] == "merged":
                        attempt.mark = "merged"
                    self._world.feed.tell("push", push)
                return

    def _is_known(self, push: PushRecord) -> bool:
        """Whether this very message was pushed before, and is only replayed."""
        origin = self._world.pushes.get(push.origin or "")
        return origin is not None and origin.body == push.body


def _is_about(line: Mapping[str, object], push: PushRecord) -> bool:
    _, openid, message_id = [*str(line["key"]).split(":", 2), "", ""][:3]
    if openid[:4] != push.openid[:4] or openid[-4:] != push.openid[-4:]:
        return False
    if known := push.fields.get("MsgId"):
        return str(known) == message_id
    return line.get("kind") in (push.event, push.kind)


def _unmarked(push: PushRecord) -> Attempt | None:
    """The first delivery that the bot got and of which no line has told yet."""
    for attempt in push.attempts:
        if not attempt.mark and attempt.end not in NEVER_SEEN and attempt.status in (None, 200):
            return attempt
    return None


def _mark(attempt: Attempt, push: PushRecord, *, known: bool, held: bool) -> Mark:
    before = [each for each in push.attempts if each.number < attempt.number]
    if known or any(each.response is not None for each in before):
        return "repeated"
    if before:
        return "joined"
    return "held" if held else "ran"
