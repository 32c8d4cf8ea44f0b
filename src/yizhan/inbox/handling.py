"""Running a handler: its form, its time-out, and what its result becomes."""

import asyncio
import inspect
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from functools import partial

from yizhan.binding import Handler
from yizhan.errors import HandlerTimeout
from yizhan.inbox.threads import Threads
from yizhan.middleware import Endpoint, Incoming
from yizhan.replies import Reply, Text, of, split
from yizhan.routing import Route

PART = 1900  # UTF-8 bytes of a piece of a long text: leaves room for the note "more"
WHOLE = 2048
PAUSE = 1.0  # seconds without a yield after which a generator's pieces go out
SEPARATE = 5  # a burst of more pieces than this is a stream of tokens, not answers
DONE = object()

Publish = Callable[[tuple[Reply, ...]], "asyncio.Future[None] | None"]


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

    async def threaded(message: Incoming, values: Mapping[str, object]) -> object:
        result = await threads.run(partial(handler.call, message, values))
        if isinstance(result, Iterator):
            return _from_thread(result, threads)
        return await result if inspect.isawaitable(result) else result

    return threaded


async def _from_thread(pieces: Iterator[object], threads: Threads) -> AsyncIterator[object]:
    while (piece := await threads.run(partial(next, pieces, DONE))) is not DONE:
        yield piece


async def limited(
    endpoint: Endpoint,
    message: Incoming,
    values: Mapping[str, object],
    handler: Handler | None,
    seconds: float,
    stream: "Stream",
) -> tuple[Reply, ...]:
    """Call the endpoint within its time-out; the replies not yet handed to the stream.

    Raises HandlerTimeout, or whatever the handler raises.
    """
    try:
        async with asyncio.timeout(seconds) as scope:
            result = await endpoint(message, values)
            if isinstance(result, AsyncIterator):
                return await stream.consume(result)
            return replies_of(result)
    except TimeoutError as error:
        if not scope.expired():
            raise
        name = handler.name if handler else "?"
        raise HandlerTimeout("handler.timeout", handler=name, seconds=seconds) from error


def replies_of(result: object) -> tuple[Reply, ...]:
    """The replies of one result, long texts cut into parts that fit."""
    return tuple(part for reply in of(result) for part in _fitting(reply))


def _fitting(reply: Reply) -> Iterator[Reply]:
    if not isinstance(reply, Text) or len(reply.content) * 4 <= WHOLE:
        yield reply
        return
    if len(split(reply.content, WHOLE)) == 1:
        yield reply
        return
    for piece in split(reply.content, PART):
        yield Text(piece)


class Stream:
    """A generator's pieces on their way out: separate answers, or tokens joined into texts.

    Pieces are handed to `publish` when none has come for a second, when `flush` is called
    (a push is about to end), or when they fill a text; the rest is the generator's last
    answer. A burst of many small pieces is one text.
    """

    def __init__(self, publish: Callable[[tuple[Reply, ...]], Awaitable[None]]) -> None:
        self._publish = publish
        self._pieces: list[object] = []
        self._tokens = False
        self._flush = asyncio.Event()
        self._published = False
        self.open = False

    def flush(self) -> None:
        """Hand out what there is as soon as possible."""
        self._flush.set()

    async def consume(self, pieces: AsyncIterator[object]) -> tuple[Reply, ...]:
        """Run the generator to its end; the replies left to hand out."""
        self.open = True
        step: asyncio.Future[object] = asyncio.ensure_future(_next(pieces))
        try:
            while True:
                await self._wait(step)
                if step.done():
                    piece = step.result()
                    if piece is DONE:
                        return self._gathered()
                    self._pieces.append(piece)
                    step = asyncio.ensure_future(_next(pieces))
                    if not self._full():
                        continue
                await self._hand_out()
        finally:
            step.cancel()
            close = getattr(pieces, "aclose", None)
            if close is not None:
                await asyncio.gather(step, return_exceptions=True)
                await close()

    async def _wait(self, step: "asyncio.Future[object]") -> None:
        pause = PAUSE if self._pieces and not self._published else None
        flush = asyncio.ensure_future(self._flush.wait())
        try:
            await asyncio.wait((step, flush), timeout=pause, return_when=asyncio.FIRST_COMPLETED)
        finally:
            flush.cancel()

    async def _hand_out(self) -> None:
        self._flush.clear()
        if replies := self._gathered():
            self._published = True
            await self._publish(replies)

    def _full(self) -> bool:
        return sum(len(piece.encode()) for piece in self._pieces if isinstance(piece, str)) > PART

    def _gathered(self) -> tuple[Reply, ...]:
        pieces, self._pieces = self._pieces, []
        self._tokens = self._tokens or len(pieces) > SEPARATE
        joined = list(_joined_tokens(pieces)) if self._tokens else pieces
        return tuple(reply for piece in joined for reply in replies_of(piece))


async def _next(pieces: AsyncIterator[object]) -> object:
    return await anext(pieces, DONE)


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
