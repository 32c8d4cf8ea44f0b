"""The pieces of a generator on their way out: each an answer of its own."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from hashlib import sha256

from yizhan.inbox.handling import PART, check_articles, replies_of
from yizhan.inbox.pump import Pump, to_its_end
from yizhan.replies import After, Reply, dump, of

PAUSE = 1.0  # seconds without a yield after which a generator's first pieces go out
LONG_PAUSE = 5.0  # and its later ones: each may be a customer-service message of five
MOST = 20  # pieces that are no text go out together
QUICK = 5  # texts within a second, and more, are a model's tokens, and no answers
SECOND = 1.0

Publish = Callable[[tuple[Reply, ...], bytes], Awaitable[object]]


class Pieces:
    """A generator's pieces on their way out, each an answer.

    They are handed to `publish` when none has come for a while, when `flush` is called
    (a push is about to end), or when they fill a text; the rest is the generator's last
    answer. `too_quick` is called once, if they come as tokens do. The generator runs in one
    task from beginning to end, as the author's time-outs and task groups need. `publish` is given
    the mark of what is handed out with it, `before` is the mark of what an earlier run handed
    out: yielded again in the same words, it is left out. `ahead` goes out before all pieces.
    """

    def __init__(
        self,
        publish: Publish,
        after: After,
        before: bytes | None = None,
        ahead: tuple[Reply, ...] = (),
        too_quick: Callable[[], None] | None = None,
    ) -> None:
        self._too_quick = too_quick
        self._times: deque[float] = deque(maxlen=QUICK + 1)
        self._publish = publish
        self._after = after
        self._before = before
        self._ahead = ahead
        self._count = 0
        self._digest = sha256()
        self._pieces: list[object] = []
        self._size = 0
        self._published = False
        self._flushing = False
        self._stir = asyncio.Event()
        self._room = asyncio.Event()
        self.open = False
        self.handing_out = False

    @property
    def mark(self) -> bytes:
        """How many pieces there were so far, and what they were."""
        return f"{self._count} {self._digest.hexdigest()}".encode()

    def flush(self) -> None:
        """Hand out what there is as soon as possible."""
        self._flushing = True
        self._stir.set()

    def rest(self) -> tuple[Reply, ...]:
        """What was yielded and not handed out."""
        ahead, self._ahead = self._ahead, ()
        pieces, self._pieces, self._size = self._pieces, [], 0
        return (*ahead, *(reply for piece in pieces for reply in replies_of(piece)))

    async def consume(self, pieces: AsyncIterator[object]) -> tuple[Reply, ...]:
        """Run the generator to its end; the replies left to hand out."""
        self.open = True
        pump = Pump(pieces, self._take_in, self._stir)
        async with pump:
            try:
                while True:
                    rested = await self._rested()
                    if pump.is_done:
                        break
                    if self._repeats:
                        self._room.set()
                    elif rested or self._flushing or self._full:
                        await self._hand_out()
            finally:
                self.open = False
        pump.check()
        return self.rest()

    async def _take_in(self, piece: object) -> None:
        """Take a piece in, and no more of them than there is room for."""
        self._take(piece)
        if self._full:
            self._room.clear()
            await self._room.wait()

    def _take(self, piece: object) -> None:
        if isinstance(piece, str):
            self._count_text()
        replies = of(piece)  # raises here, so that what was yielded before it still goes out
        check_articles(replies, self._after)
        self._size += _size(piece)
        self._pieces.append(piece)
        self._count += 1
        self._digest.update(dump(replies))
        if self.mark == self._before:
            self._pieces, self._size = [], 0
        self._stir.set()

    def _count_text(self) -> None:
        times, now = self._times, asyncio.get_running_loop().time()
        times.append(now)
        if len(times) > QUICK and now - times[0] < SECOND and self._too_quick is not None:
            advise, self._too_quick = self._too_quick, None
            advise()

    @property
    def _repeats(self) -> bool:
        """Whether this may still be what was yielded before."""
        return self._before is not None and self._count < int(self._before.split()[0])

    async def _rested(self) -> bool:
        """Wait until something happens; whether instead the pieces have rested long enough."""
        pause = LONG_PAUSE if self._published else PAUSE
        try:
            async with asyncio.timeout(pause if self._pieces or self._ahead else None):
                await self._stir.wait()
        except TimeoutError:
            return True
        self._stir.clear()
        return False

    async def _hand_out(self) -> None:
        self._flushing = False
        mark = self.mark  # now: what is yielded while this is committed is not handed out yet
        if replies := self.rest():
            self._published = self.handing_out = True
            try:
                await to_its_end(self._publish(replies, mark))
            finally:
                self.handing_out = False
        self._room.set()

    @property
    def _full(self) -> bool:
        return self._size > PART


def _size(piece: object) -> int:
    return len(piece.encode("utf-8", "surrogatepass")) if isinstance(piece, str) else PART // MOST
