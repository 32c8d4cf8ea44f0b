"""The bot's log lines, where the bot runs in this process."""

import logging
from collections.abc import Mapping

from msgspec import Struct

from yizhan.phrases import say
from yizhan.raised import raised
from yizhan.simulator.world import World


class LogLine(Struct, frozen=True):
    """One line; `at` is wall seconds."""

    at: float
    level: str
    text: str


class LogFeed(logging.Handler):
    """Hands the lines of a logger to the world's feed, and keeps the last of them."""

    KEPT = 1000

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world
        self.lines: list[LogLine] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line and tell of it."""
        line = LogLine(self._world.now(), record.levelname, _text(record))
        self.lines.append(line)
        del self.lines[: -self.KEPT]
        self._world.feed.tell("log", line)

    def between(self, began: float, ended: float) -> list[LogLine]:
        """The lines of that time."""
        return [line for line in self.lines if began <= line.at <= ended]


def _text(record: logging.LogRecord) -> str:
    """What a person reads: of a push what came of it, of an error the author's own line first."""
    push = record.__dict__.get("push")
    if isinstance(push, Mapping):
        return _of_push(push)
    error = record.exc_info[1] if record.exc_info else None
    if error is None:  # the bot hides what followers wrote, or there was none
        return "\n".join(filter(None, (record.getMessage(), record.exc_text)))
    told = raised(error)
    return f"{told}\n{record.getMessage()}\n{told.traceback}".rstrip()


def _of_push(push: Mapping[str, object]) -> str:
    if push.get("status") == "refused":
        return f"-x- {push.get('reason')}: {push.get('hint', '')}"
    if "kind" not in push:
        return f"<-- {push.get('why')}"
    outcome = say(f"pushed.{push['why']}")
    reply = push.get("reply", "success")
    return f"<-- {push['kind']} → {reply} ({outcome}, {push.get('ms')} ms)"
