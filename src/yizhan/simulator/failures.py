"""What a bot in this process does not let in, and what its handlers raise, heard from its log."""

from collections.abc import Mapping
from logging import Handler, LogRecord

from yizhan import sent
from yizhan.judging import Reason
from yizhan.raised import Raised, raised
from yizhan.simulator.record import PushRecord
from yizhan.simulator.world import World

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
                push.failed = _told(record)
                self._world.feed.tell("push", push)
                return


def failed_in(record: LogRecord) -> Mapping[str, object] | None:
    """The fields of the message whose handler failed, if this line tells of that."""
    raw = record.__dict__.get("raw")
    return raw if record.__dict__.get("reason") == REASON and isinstance(raw, Mapping) else None


def _refused_in(record: LogRecord) -> Reason | None:
    """Why a push was refused, if this line tells of that and WeChat will not push it again."""
    told = record.__dict__.get("push")
    if not isinstance(told, Mapping) or told.get("status") != "refused":
        return None
    if (reason := str(told.get("reason"))) in AGAIN:
        return None
    return Reason(f"refused.{reason}", {"detail": str(told.get("detail", ""))})


def _told(record: LogRecord) -> Raised:
    error = record.exc_info[1] if record.exc_info else None
    return Raised("", record.getMessage(), (), "") if error is None else raised(error)


def _is_of(raw: Mapping[str, object], push: PushRecord) -> bool:
    if raw.get("FromUserName") != push.openid:
        return False
    names = ("MsgId",) if raw.get("MsgId") else ALIKE
    return all(_same(raw.get(name), push.fields.get(name)) for name in names)


def _same(one: object, other: object) -> bool:
    return str(one or "") == str(other or "")
