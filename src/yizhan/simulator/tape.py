"""A conversation as it went: what the follower did and what they saw, as JSON lines."""

import asyncio
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import msgspec
from msgspec import Struct

from yizhan.simulator.actions import AnyAction
from yizhan.simulator.problems import Impossible

if TYPE_CHECKING:
    from yizhan.simulator.phone import Phone

Speed = Literal["real", "instant"]


class Seen(Struct, frozen=True):
    """Something that appeared on the screen, by a reply or by a customer-service message."""

    via: str
    kind: str
    content: dict[str, Any]
    push: str | None = None


class Line(Struct, frozen=True, omit_defaults=True):
    """One line of a tape, at wall seconds: something done, or something seen.

    `push` is the first push that was made of what was done.
    """

    at: float
    do: AnyAction | None = None
    see: Seen | None = None
    push: str | None = None


_decoder = msgspec.json.Decoder(Line)


class Tape:
    """The recorded conversation of one follower; with a path it is kept in that file too."""

    def __init__(self, path: Path | None = None) -> None:
        self.lines: list[Line] = []
        self._path = path

    def __iter__(self) -> Iterator[Line]:
        return iter(self.lines)

    def add(self, line: Line) -> None:
        """Record one more line."""
        self.lines.append(line)
        if self._path is not None:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with self._path.open("ab") as file:
                file.write(encode((line,)))

    def clear(self) -> None:
        """Begin a new tape; a file is left as it is."""
        self.lines.clear()


def encode(lines: Iterable[Line]) -> bytes:
    """The lines as JSON lines in UTF-8."""
    return b"".join(msgspec.json.encode(line, enc_hook=str) + b"\n" for line in lines)


def decode(tape: bytes) -> tuple[Line, ...]:
    """The lines of a tape. Raises Impossible for what is none."""
    try:
        return tuple(_decoder.decode(line) for line in tape.splitlines() if line.strip())
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Impossible("simulator.bad_tape", problem=error) from error


async def replay(phone: "Phone", lines: Iterable[Line], speed: Speed = "instant") -> None:
    """The follower does it all again: as fast as it is answered, or with the pauses there were."""
    before: float | None = None
    for line in lines:
        if line.do is None:
            continue
        if speed == "real" and before is not None:
            await asyncio.sleep(max(0.0, line.at - before))
        before = line.at
        pushes = phone.do(line.do)
        if speed == "instant":
            for push in pushes:
                await phone.pusher.finish(push)
