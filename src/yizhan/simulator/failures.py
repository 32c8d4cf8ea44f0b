"""What the handlers of a bot in this process raise, heard from its log."""

from collections.abc import Mapping
from logging import Handler, LogRecord

from yizhan.raised import Raised, raised
from yizhan.simulator.record import PushRecord
from yizhan.simulator.world import World

REASON = "handler_error"
ALIKE = ("CreateTime", "Event", "EventKey")  # of an event, which has no MsgId


class Failures(Handler):
    """Notes with each push of a world what was raised as it was handled.

    A line tells of it by its `reason`; `raw` has the fields of the message.
    """

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world

    def emit(self, record: LogRecord) -> None:
        """Note the failure that this line tells of."""
        if (raw := failed_in(record)) is None:
            return
        for push in reversed(self._world.pushes.values()):
            if _is_of(raw, push):
                push.failed = _told(record)
                self._world.feed.tell("push", push)
                return


def failed_in(record: LogRecord) -> Mapping[str, object] | None:
    """The fields of the message whose handler failed, if this line tells of that."""
    raw = record.__dict__.get("raw")
    return raw if record.__dict__.get("reason") == REASON and isinstance(raw, Mapping) else None


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
