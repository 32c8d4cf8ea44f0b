"""Answers that nobody would see: ended without delivery, and logged once for each handler."""

import logging

from yizhan.events import Event
from yizhan.middleware import Incoming
from yizhan.phrases import say

log = logging.getLogger("yizhan")

UNKNOWN = "shown: unknown"  # the note of a message whose answer may have been seen


class Dropping:
    """Warns of answers that are dropped, once for each handler."""

    def __init__(self) -> None:
        self._warned: set[str] = set()

    def warn(self, message: Incoming, handler: str = "") -> None:
        """An answer to this event was dropped; which handler gave it may not be known any more."""
        event = message.name[:64] if isinstance(message, Event) else ""
        handler = handler or f"@event({event})"
        if handler not in self._warned:
            self._warned.add(handler)
            log.warning("%s", say("handler.dropped", handler=handler, event=event))
