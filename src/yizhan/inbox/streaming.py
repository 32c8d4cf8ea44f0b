"""One answer that comes in pieces of text: what of it is shown before it has ended."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator

from yizhan.errors import ReplyError, ResultError
from yizhan.inbox.handling import replies_of
from yizhan.inbox.pieces import Publish
from yizhan.inbox.pump import Pump, to_its_end
from yizhan.replies import RESULT_LIMIT, Reply, Text
from yizhan.wire.xml import is_blank

ENDS = re.compile(r"\n+|[。！？…!?]+[”’」』）)]*|\.[ \t]")
FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
ITEM = re.compile(r"[ \t]*(?:[-*+•☑☐]|\d{1,3}[.)、])\s+")
# What stays whole: code, a link of Markdown or of WeChat, an address, a table's line.
WHOLE = re.compile(
    r"`+[^`]*(?:`+|\Z)"
    r"|!?\[[^\[\]\n]{0,200}(?:\](?:\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)?)?|\Z)"
    r"|<a\s(?:(?!</a).)*(?:</a\s*>|\Z)|https?://[^\s<>，。！？；、（）《》]+",
    re.IGNORECASE | re.DOTALL,
)
ENDINGS = ("aclose", "close")  # a client that is read from has the latter
MARK = b"stream"  # no generator's mark: run again, the answer comes whole


class Streaming:
    """The text of a Stream on its way out.

    `publish` is given what is shown early: when `flush` is called (the last push is about to
    end), and once after `first` seconds. The pieces are read in one task from beginning to end.
    `ahead` goes out before them. With `promises` the follower reads that there is more: then
    something is kept back for that, since the stream may end at once.
    """

    mark = MARK

    def __init__(
        self,
        publish: Publish,
        *,
        ai: bool = False,
        first: float | None = None,
        ahead: tuple[Reply, ...] = (),
        promises: bool = False,
    ) -> None:
        self._publish = publish
        self._ai = ai
        self._first = first
        self._ahead = ahead
        self._promises = promises
        self._text = ""
        self._size = 0
        self._flushing = False
        self._due = False  # the time for a first part has come, and there was none yet
        self._stir = asyncio.Event()
        self.open = False
        self.handing_out = False

    def flush(self) -> None:
        """Show what there is as soon as possible."""
        self._flushing = True
        self._stir.set()

    def rest(self) -> tuple[Reply, ...]:
        """What was written and not shown."""
        text, self._text = self._text, ""
        return self._replies(text)

    async def consume(self, pieces: AsyncIterator[object]) -> tuple[Reply, ...]:
        """Read the pieces to their end; what is left to show. Raises what they raise."""
        self.open = True
        pump = Pump(pieces, self._take, self._stir, ENDINGS)
        async with pump:
            try:
                while not pump.is_done:
                    await self._wait()
                    if self._due or self._flushing:
                        await self._hand_out()
            finally:
                self.open = False
        pump.check()
        return self.rest()

    async def _take(self, piece: object) -> None:
        if not isinstance(piece, str):
            raise ResultError("result.stream", type=type(piece).__name__)
        self._size += len(piece.encode("utf-8", "surrogatepass"))
        if self._size > RESULT_LIMIT:
            raise ReplyError("reply.size", reply="Stream", size=self._size, limit=RESULT_LIMIT)
        self._text += piece
        if self._due:
            self._stir.set()

    async def _wait(self) -> None:
        """Wait until something happens, or the time for a first part has come."""
        try:
            async with asyncio.timeout(self._first):
                await self._stir.wait()
        except TimeoutError:
            self._first, self._due = None, True
        self._stir.clear()

    async def _hand_out(self) -> None:
        """Show what can be shown: nothing, if no sentence has come to its end."""
        self._flushing = False
        end = last_border(self._text, leaving=self._promises)
        shown, self._text = self._text[:end], self._text[end:]
        if replies := self._replies(shown):
            self._first, self._due = None, False
            self.handing_out = True
            try:
                await to_its_end(self._publish(replies, MARK))
            finally:
                self.handing_out = False

    def _replies(self, text: str) -> tuple[Reply, ...]:
        ahead, self._ahead = self._ahead, ()
        text = text.strip("\n")
        return ahead if is_blank(text) else (*ahead, *replies_of(Text(text, self._ai)))


def last_border(text: str, *, leaving: bool = False) -> int:
    """The last place where this text, which goes on, may be cut; 0 if there is none.

    That is after a line or a sentence, but not within code, a link or an address, nor between
    the items of a list. `leaving` asks for one with something behind it.
    """
    inside = [found.span() for found in WHOLE.finditer(text)]
    inside += _fenced(text)
    for found in reversed(list(ENDS.finditer(text))):
        place = found.end()
        if leaving and is_blank(text[place:]):
            continue
        if any(first < place < last or place == last == len(text) for first, last in inside):
            continue
        if not _is_in_list(text, place):
            return place
    return 0


def _fenced(text: str) -> Iterator[tuple[int, int]]:
    """The blocks of code; one that is not closed goes to the end."""
    marks = [found.start() for found in FENCE.finditer(text)]
    for number in range(0, len(marks), 2):
        last = marks[number + 1] if number + 1 < len(marks) else len(text) + 1
        yield marks[number], text.find("\n", last) if last < len(text) else last


def _is_in_list(text: str, place: int) -> bool:
    """Whether a list goes on there: after an item, unless a blank line and other text follow."""
    line = text.rfind("\n", 0, len(text[:place].rstrip("\n"))) + 1
    if ITEM.match(text, line) is None:
        return False
    rest = text[place:].lstrip("\n")
    return not rest or ITEM.match(rest) is not None or not text[:place].endswith("\n")
