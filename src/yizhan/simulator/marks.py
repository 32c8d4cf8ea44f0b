"""What a bot in this process makes of each delivery, heard from its log."""

from collections.abc import Mapping
from logging import Handler, LogRecord

from yizhan.simulator.record import Attempt, Mark, PushRecord
from yizhan.simulator.world import World

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
        told = record.__dict__.get("push")
        if not isinstance(told, Mapping) or "key" not in told:
            return
        for push in reversed(self._world.pushes.values()):
            if _tells_of(told, push):
                if attempt := _unmarked(push):
                    known = told["why"] == "again" or self._is_known(push)
                    attempt.mark = _mark(attempt, push, known=known, held=told["why"] == "held")
                    if told["why"] == "merged":
                        attempt.mark = "merged"
                    self._world.feed.tell("push", push)
                return

    def _is_known(self, push: PushRecord) -> bool:
        """Whether this very message was pushed before, and is only replayed."""
        origin = self._world.pushes.get(push.origin or "")
        return origin is not None and origin.body == push.body


def _tells_of(told: Mapping[str, object], push: PushRecord) -> bool:
    _, openid, message_id = [*str(told["key"]).split(":", 2), "", ""][:3]
    if openid[:4] != push.openid[:4] or openid[-4:] != push.openid[-4:]:
        return False
    if known := push.fields.get("MsgId"):
        return str(known) == message_id
    return told.get("kind") in (push.event, push.kind)


def _unmarked(push: PushRecord) -> Attempt | None:
    """The first delivery that the bot got and that nothing was told of yet."""
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
