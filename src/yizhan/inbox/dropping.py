"""Answers that nobody would see: ended without delivery, and logged once for each handler."""

import logging
from collections.abc import Mapping

import msgspec

from yizhan import messages
from yizhan.phrases import say
from yizhan.store import Job
from yizhan.wire.xml import Raw

log = logging.getLogger("yizhan")

DROPPED = "dropped"  # the note of a job whose answer was
UNKNOWN = "shown: unknown"  # the note of one whose answer may have been seen

_decode = msgspec.json.Decoder(dict).decode


def drops(job: Job) -> bool:
    """Whether an answer to this job is dropped where it cannot be sent at once."""
    raw: Raw = _decode(job.message)
    return messages.reply_shown(messages.read(raw)) in ("no", "never")


class Dropping:
    """Warns of answers that are dropped, once for each handler."""

    def __init__(self) -> None:
        self._warned: set[str] = set()

    def warn(self, handler: str, raw: Mapping[str, object]) -> None:
        """An answer of this handler to this event was dropped."""
        event = str(raw.get("Event", ""))[:64]
        if handler not in self._warned:
            self._warned.add(handler)
            log.warning("%s", say("handler.dropped", handler=handler or "?", event=event))

    def warn_of(self, job: Job) -> None:
        """An answer to this job was dropped; which handler gave it is not known any more."""
        raw: Raw = _decode(job.message)
        self.warn(f"@event({raw.get('Event', '')})", raw)
