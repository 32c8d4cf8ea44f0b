"""A recording played at a server, with fresh signatures, and what has changed since."""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Sequence

from msgspec import Struct

from yizhan.conformance import pushes
from yizhan.conformance.judging import Heard
from yizhan.conformance.target import Server, Target
from yizhan.recording import Exchange, format_of

# Of a text that itself holds such an element nothing is renewed: CDATA is passed over whole.
IN_XML = re.compile(r"(<(MsgId|CreateTime)>(?:<!\[CDATA\[)?)(\d+)|<!\[CDATA\[.*?\]\]>", re.DOTALL)
IN_JSON = re.compile(r'("(MsgId|CreateTime)"\s*:\s*"?)(\d+)')

MILLISECONDS = 13  # digits of a CreateTime that is not in seconds


class Replayed(Struct, frozen=True):
    """One exchange and what the same push got now."""

    exchange: Exchange
    heard: Heard

    @property
    def changed(self) -> bool:
        """Whether the follower would see something else; without its words, another kind."""
        answered = self.heard.outcome in ("replied", "acknowledged")
        if not (answered and self.exchange.answered):
            return answered or self.exchange.answered
        now, before = self.heard.reply, self.exchange.shown
        return type(now) is not type(before) if self.exchange.redacted else now != before


async def replay(
    server: Server, exchanges: Sequence[Exchange], *, speed: float = 1.0
) -> AsyncIterator[Replayed]:
    """Play the exchanges in order, `speed` times as fast as they came; 0 waits for nothing.

    Each message gets an identity of its own, its retries the same one, so that the server
    takes none for a repetition of the recorded one.
    """
    renewal = Renewal()
    began = time.monotonic()
    first = exchanges[0].at if exchanges else 0.0
    playing: list[asyncio.Task[Replayed]] = []
    try:
        for exchange in exchanges:
            if speed:
                due = began + (exchange.at - first) / speed
                await asyncio.sleep(max(0.0, due - time.monotonic()))
            playing.append(asyncio.create_task(_play(server, exchange, renewal)))
            if not speed:
                await playing[-1]
            while playing and playing[0].done():
                yield await playing.pop(0)
        while playing:
            yield await playing.pop(0)
    finally:
        for task in playing:
            task.cancel()


class Renewal:
    """New MsgIds and times for old ones: equal ones stay equal."""

    def __init__(self) -> None:
        self.ids: dict[str, str] = {}
        self.shift: int | None = None

    def of(self, push: str) -> str:
        """The same push as if it were sent now."""
        return (IN_JSON if format_of(push) == "json" else IN_XML).sub(self._number, push)

    def _number(self, match: re.Match[str]) -> str:
        before, name, number = match.groups()
        if name is None:
            return match[0]
        return str(before) + (self._id(number) if name == "MsgId" else self._time(number))

    def _id(self, number: str) -> str:
        return self.ids.setdefault(number, pushes.new_id())

    def _time(self, number: str) -> str:
        unit = 1000 if len(number) == MILLISECONDS else 1
        if self.shift is None:
            self.shift = int(time.time()) - int(number) // unit
        return str(int(number) + self.shift * unit)


async def _play(server: Server, exchange: Exchange, renewal: Renewal) -> Replayed:
    fields = exchange.fields
    target = Target(server)
    target.fan = str(fields.get("FromUserName") or target.fan)
    target.original_id = str(fields.get("ToUserName") or target.original_id)
    push = renewal.of(exchange.push).encode()
    letter = target.letter(push, format=exchange.format)
    heard = await target.deliver(letter, is_event=fields.get("MsgType") == "event")
    return Replayed(exchange, heard)
