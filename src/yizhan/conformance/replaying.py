"""A recording played at a server, with fresh signatures, and what has changed since."""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Sequence

from msgspec import Struct

from yizhan import replies
from yizhan.conformance import pushes
from yizhan.conformance.judging import Heard
from yizhan.conformance.recording import Exchange
from yizhan.conformance.target import Server, Target
from yizhan.errors import ReplyError
from yizhan.replies import Reply
from yizhan.wire.xml import Raw, parse

ID = re.compile(r"(<MsgId>(?:<!\[CDATA\[)?)(\d+)")
TIME = re.compile(r"(<CreateTime>(?:<!\[CDATA\[)?)(\d+)")


class Replayed(Struct, frozen=True):
    """One exchange and what the same push got now."""

    exchange: Exchange
    heard: Heard
    fields: Raw
    before: Reply | None

    @property
    def changed(self) -> bool:
        """Whether the follower would see something else."""
        if self.exchange.reply is None:
            return self.heard.outcome not in ("late", "closed")
        if self.heard.outcome not in ("replied", "acknowledged"):
            return True
        return self.heard.reply != self.before


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
        return TIME.sub(self._time, ID.sub(self._id, push, count=1), count=1)

    def _id(self, match: re.Match[str]) -> str:
        return match[1] + self.ids.setdefault(match[2], pushes.new_id())

    def _time(self, match: re.Match[str]) -> str:
        if self.shift is None:
            self.shift = int(time.time()) - int(match[2])
        return match[1] + str(int(match[2]) + self.shift)


async def _play(server: Server, exchange: Exchange, renewal: Renewal) -> Replayed:
    fields = parse(exchange.push)["xml"]
    known: Raw = fields if isinstance(fields, dict) else {}
    target = Target(server)
    target.fan = str(known.get("FromUserName") or target.fan)
    target.original_id = str(known.get("ToUserName") or target.original_id)
    letter = target.letter(renewal.of(exchange.push).encode())
    heard = await target.deliver(letter, is_event=known.get("MsgType") == "event")
    return Replayed(exchange, heard, known, _reply(exchange))


def _reply(exchange: Exchange) -> Reply | None:
    if exchange.reply in (None, "", "success"):
        return None
    try:
        return replies.parse(exchange.reply or "").reply
    except ReplyError:
        return None
