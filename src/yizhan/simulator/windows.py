"""When customer-service messages may be sent, and how many (docs/protocol.md#f1)."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from yizhan.simulator.forms import Fields

MESSAGES = 5
# What opens a window: seconds it stays open, messages in it; as published in 2025.
WINDOWS: Mapping[str, tuple[float, int]] = {
    "message": (48 * 3600.0, MESSAGES),
    "menu": (60.0, 3),
    "follow": (60.0, 3),
    "scan": (60.0, 3),
}
BY_EVENT: Mapping[str, str] = {
    "click": "menu",
    "scancode_push": "menu",
    "scancode_waitmsg": "menu",
    "subscribe": "follow",
    "scan": "scan",
}

State = Literal["open", "closed", "spent"]


class Window(Struct):
    """One open window: wall seconds of its end, and messages left."""

    closes: float
    left: int


class Windows:
    """The windows of one follower."""

    def __init__(self) -> None:
        self._open: dict[str, Window] = {}

    def opened_by(self, fields: Fields, now: float, messages: int = MESSAGES) -> None:
        """A push opens its window afresh; what was left of the same kind is forgotten.

        `messages` is how many the window of a message has.
        """
        if name := kind_of(fields):
            seconds, count = WINDOWS[name]
            self._open[name] = Window(now + seconds, messages if name == "message" else count)

    def state(self, now: float) -> State:
        """Whether a message may be sent now."""
        current = self._current(now)
        if not current:
            return "closed"
        return "open" if any(window.left for window in current) else "spent"

    def charge(self, now: float) -> None:
        """Take one message, from the window that closes first."""
        next(window for window in self._current(now) if window.left).left -= 1

    def view(self, now: float) -> Window | None:
        """All open windows as one: the last end, what is left in sum; None if none is open."""
        current = self._current(now)
        if not current:
            return None
        return Window(current[-1].closes, sum(window.left for window in current))

    def close(self) -> None:
        """End them all: the follower has left."""
        self._open.clear()

    def _current(self, now: float) -> list[Window]:
        current = [window for window in self._open.values() if now < window.closes]
        return sorted(current, key=lambda window: window.closes)


def kind_of(fields: Fields) -> str:
    """The window that this push opens, "" for none.

    A text that came from tapping an item of a msgmenu counts as a tap on the menu.
    """
    if fields.get("MsgType") == "event":
        return BY_EVENT.get(str(fields.get("Event", "")).lower(), "")
    return "menu" if fields.get("bizmsgmenuid") else "message"
