"""The bot's log lines, where the bot runs in this process."""

import logging

from msgspec import Struct

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
        line = LogLine(self._world.now(), record.levelname, record.getMessage())
        self.lines.append(line)
        del self.lines[: -self.KEPT]
        self._world.feed.tell("log", line)

    def between(self, began: float, ended: float) -> list[LogLine]:
        """The lines of that time."""
        return [line for line in self.lines if began <= line.at <= ended]
