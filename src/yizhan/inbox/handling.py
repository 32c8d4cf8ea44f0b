"""Calling a handler in its form, and what its result becomes."""

import asyncio
import inspect
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from functools import partial
from hashlib import sha256

from yizhan.api import AsyncClient, Client
from yizhan.inbox.threads import Threads
from yizhan.middleware import Endpoint, Incoming
from yizhan.phrases import say
from yizhan.replies import LABELLED, After, News, Reply, Text, check, dump, of, split
from yizhan.routing import Route
from yizhan.wire.xml import clean, plain

log = logging.getLogger("yizhan")

PART = 1900  # UTF-8 bytes of a piece of a long text: leaves room for the note "more"
WHOLE = 2048
PAUSE = 1.0  # seconds without a yield after which a generator's first pieces go out
LONG_PAUSE = 5.0  # and its later ones: each may be a customer-service message of five
SEPARATE = 5  # a burst of more pieces than this is a stream of tokens, not answers
MOST = 20  # pieces that are no text go out together
DONE = object()

Publish = Callable[[tuple[Reply, ...], bytes], Awaitable[object]]


def endpoint_of(route: Route, threads: Threads) -> Endpoint:
    """The innermost step of a route: calls its handler in the way its form asks for."""
    handler = route.handler
    if handler.form == "async":

        async def awaited(message: Incoming, values: Mapping[str, object]) -> object:
            return await handler.call(message, values)  # type: ignore[misc]  # an async def gives an awaitable

        return awaited
    if handler.form == "async generator":

        async def opened(message: Incoming, values: Mapping[str, object]) -> object:
            return handler.call(message, values)

        return opened

    blocking = handler.api == "Client" and "api" in handler.wants

    async def threaded(message: Incoming, values: Mapping[str, object]) -> object:
        if blocking:
            values = {**values, "api": _blocking(values["api"])}
        result = await threads.run(partial(handler.call, message, values))
        if isinstance(result, Iterator):
            return _from_thread(result, threads)
        return await result if inspect.isawaitable(result) else result

    return threaded


def _blocking(api: object) -> object:
    """The account's client for a thread, which waits while this loop makes the calls."""
    return Client.over(api, asyncio.get_running_loop()) if isinstance(api, AsyncClient) else api


async def _from_thread(pieces: Iterator[object], threads: Threads) -> AsyncIterator[object]:
    while (piece := await threads.run(partial(next, pieces, DONE))) is not DONE:
        yield piece


def replies_of(result: object) -> tuple[Reply, ...]:
    """The replies of one result, long texts cut into parts that fit.

    Each change is logged as `reply_fixed`: it is not quite what the author meant.
    """
    # What most handlers give: a text that fits, and says what its author meant.
    if type(result) is str and result and 4 * len(result) <= WHOLE and plain(result):
        return () if result.isspace() else (Text(result),)
    whole = of(result)
    parts = tuple(part for reply in whole for part in _fitting(reply))
    if len(parts) > len(whole):
        _log_fixed(say("handler.reply_cut", most=WHOLE))
    odd = [text for it in whole for text in _texts(it) if not plain(text)]
    if any(clean(text) != text for text in odd):
        _log_fixed(say("handler.reply_cleaned"))
    if any("]]>" in text for text in odd):
        _log_fixed(say("handler.reply_escaped"))
    return parts


def _log_fixed(what: str) -> None:
    log.info("%s", what, extra={"reason": "reply_fixed"})


def check_articles(replies: tuple[Reply, ...], after: After) -> tuple[Reply, ...]:
    """The same replies, if their number of articles is allowed; the rest was checked when made."""
    for reply in replies:
        if isinstance(reply, News):
            check(reply, after=after)
    return replies


def _texts(reply: Reply) -> Iterator[str]:
    pieces = reply.articles if isinstance(reply, News) else (reply,)
    for piece in pieces:
        for name in piece.__struct_fields__:
            if isinstance(text := getattr(piece, name), str):
                yield text


def _fitting(reply: Reply) -> Iterator[Reply]:
    if not isinstance(reply, Text):
        yield reply
        return
    most = LABELLED if reply.ai else WHOLE
    if len(reply.content) * 4 <= most or len(split(reply.content, most)) == 1:
        yield reply
        return
    for piece in split(reply.content, PART):
        yield Text(piece, reply.ai)


class Stream:
    """A generator's pieces on their way out: separate answers, or tokens joined into texts.

    Pieces are handed to `publish` when none has come for a while, when `flush` is called
    (a push is about to end), or when they fill a text; the rest is the generator's last
    answer. A burst of many small pieces is one text. The generator runs in one task from
    beginning to end, as the author's time-outs and task groups need. `publish` is given the
    mark of what is handed out with it, `before` is the mark of what an earlier run handed
    out: said again in the same words, it is left out. `ahead` goes out before all pieces.
    """

    def __init__(
        self,
        publish: Publish,
        after: After,
        before: bytes | None = None,
        ahead: tuple[Reply, ...] = (),
    ) -> None:
        self._publish = publish
        self._after = after
        self._before = before
        self._ahead = ahead
        self._count = 0
        self._digest = sha256()
        self._pieces: list[object] = []
        self._size = 0
        self._tokens = False
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
        """What was said and not handed out."""
        ahead, self._ahead = self._ahead, ()
        pieces, self._pieces, self._size = self._pieces, [], 0
        self._tokens = self._tokens or len(pieces) > SEPARATE
        joined = list(_joined_tokens(pieces)) if self._tokens else pieces
        return (*ahead, *(reply for piece in joined for reply in replies_of(piece)))

    async def consume(self, pieces: AsyncIterator[object]) -> tuple[Reply, ...]:
        """Run the generator to its end; the replies left to hand out."""
        self.open = True
        pump = asyncio.create_task(self._pump(pieces))
        pump.add_done_callback(lambda _: self._stir.set())
        try:
            while True:
                rested = await self._rested()
                if pump.done():
                    break
                if self._repeats:
                    self._room.set()
                elif rested or self._flushing or self._full:
                    await self._hand_out()
        finally:
            self.open = False
            pump.cancel()
            await asyncio.gather(pump, return_exceptions=True)
        if (error := pump.result()) is not None:
            raise error
        return self.rest()

    async def _pump(self, pieces: AsyncIterator[object]) -> BaseException | None:
        """Take in the pieces, no more than there is room for; what the generator raised."""
        try:
            try:
                async for piece in pieces:
                    self._take(piece)
                    if self._full:
                        self._room.clear()
                        await self._room.wait()
            finally:
                close = getattr(pieces, "aclose", None)
                if close is not None:
                    await close()
        except BaseException as error:  # handed to the run: a task must not end with SystemExit
            return error
        return None

    def _take(self, piece: object) -> None:
        replies = of(piece)  # raises here, so that what was said before it still goes out
        check_articles(replies, self._after)
        self._size += _size(piece)
        self._pieces.append(piece)
        self._count += 1
        self._digest.update(dump(replies))
        if self.mark == self._before:
            self._pieces, self._size = [], 0
        self._stir.set()

    @property
    def _repeats(self) -> bool:
        """Whether this may still be what was said before."""
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
        mark = self.mark  # now: what is said while this is committed is not handed out yet
        if replies := self.rest():
            self._published = self.handing_out = True
            try:
                await _to_its_end(self._publish(replies, mark))
            finally:
                self.handing_out = False
        self._room.set()

    @property
    def _full(self) -> bool:
        return self._size > PART


def _size(piece: object) -> int:
    return len(piece.encode("utf-8", "surrogatepass")) if isinstance(piece, str) else PART // MOST


async def _to_its_end(work: Awaitable[object]) -> None:
    """Wait for it even when cancelled meanwhile: what is half handed out would be lost."""
    future = asyncio.ensure_future(work)
    try:
        await asyncio.shield(future)
    except asyncio.CancelledError:
        await future
        raise


def _joined_tokens(pieces: list[object]) -> Iterator[object]:
    text = ""
    for piece in pieces:
        if isinstance(piece, str):
            text += piece
            continue
        if text:
            yield text
            text = ""
        yield piece
    if text:
        yield text
