"""A conversation as it went: what the follower did and what they saw."""

import asyncio
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from yizhan.simulator.actions import AnyAction

if TYPE_CHECKING:
    from yizhan.simulator.conversation import Conversation

Speed = Literal["real", "instant"]


class Seen(Struct, frozen=True):
    """Something that appeared on the screen, by a reply or by a customer-service message."""

    via: str
    kind: str
    content: dict[str, Any]
    push: str | None = None


class Line(Struct, frozen=True, omit_defaults=True):
    """One line of a recording, at wall seconds: something done, or something seen.

    `push` is the first push that was made of what was done.
    """

    at: float
    do: AnyAction | None = None
    see: Seen | None = None
    push: str | None = None


class Recording:
    """The conversation of one follower."""

    def __init__(self) -> None:
        self.lines: list[Line] = []

    def __iter__(self) -> Iterator[Line]:
        return iter(self.lines)

    def add(self, line: Line) -> None:
        """Record one more line."""
        self.lines.append(line)

    def clear(self) -> None:
        """Begin a new one."""
        self.lines.clear()


async def replay(
    conversation: "Conversation", lines: Iterable[Line], speed: Speed = "instant"
) -> None:
    """The follower does it all again: as fast as it is answered, or with the pauses there were."""
    before: float | None = None
    for line in lines:
        if line.do is None:
            continue
        if speed == "real" and before is not None:
            await asyncio.sleep(max(0.0, line.at - before))
        before = line.at
        pushes = conversation.do(line.do)
        if speed == "instant":
            for push in pushes:
                await conversation.pusher.finish(push)
