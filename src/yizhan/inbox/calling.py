"""One call of the author's code: what it is given, what its result becomes, and its failure."""

import asyncio
import logging
from collections.abc import (
    AsyncIterable,
    AsyncIterator,
    Awaitable,
    Callable,
    Iterable,
    Mapping,
    Sequence,
)
from functools import partial
from math import inf
from typing import Protocol

from yizhan.dialog import Context
from yizhan.errors import HandlerTimeout, ResultError
from yizhan.inbox.handling import check_articles, from_thread, replies_of
from yizhan.inbox.merging import Following, Joined, Merged
from yizhan.inbox.pieces import Pieces
from yizhan.inbox.run import Run
from yizhan.inbox.streaming import Streaming
from yizhan.inbox.threads import Threads
from yizhan.metrics import series
from yizhan.metrics.meter import Meter
from yizhan.middleware import Incoming
from yizhan.phrases import say
from yizhan.raised import place_of
from yizhan.replies import Reply, Stream
from yizhan.routing import PASS, Match, Table
from yizhan.session import Session
from yizhan.settings import Settings

log = logging.getLogger("yizhan")

# The step that marks what a generator has handed out, by its name in the store.
HANDED_OUT = "said"

Provide = Mapping[str, Callable[[], object]]


class Keeping(Protocol):
    """What a run has kept while it goes on; each call ends when that is durable."""

    def publish(self, run: Run, replies: Sequence[Reply], mark: bytes, /) -> Awaitable[object]:
        """Hand out what a generator has said; `mark` tells how far it had come."""
        ...

    def keep_step(self, run: Run, name: str, value: bytes, /) -> Awaitable[bool]:
        """Keep the result of a dialog's step; False when the job is another's by now."""
        ...

    def following(self, run: Run, seconds: float, /) -> Awaitable[Following]:
        """What may be merged with a text by now, and how long more is waited for."""
        ...

    def join(self, run: Run, others: Sequence[str], merged: Merged, /) -> Awaitable[Joined | None]:
        """Have another message run for this one; None if that cannot be any more."""
        ...

    def limit(self, run: Run, seconds: float, /) -> None:
        """Cancel the run's task when it takes longer than that from now."""
        ...


class Calling:
    """Calls handlers, and for one that fails the error handler."""

    def __init__(
        self,
        *,
        settings: Settings,
        table: Table,
        meter: Meter,
        provide: Provide,
        threads: Threads,
    ) -> None:
        self.settings = settings
        self.table = table
        self.meter = meter
        self._provide = provide
        self._threads = threads
        self._advised: set[str] = set()  # handlers that were told of

    async def call(
        self,
        call: Match,
        run: Run,
        message: Incoming,
        session: Session,
        context: Context | None,
        keeping: Keeping,
    ) -> tuple[Reply, ...] | None:
        """The replies of one call of a handler; None if it passes the message on.

        Raises what the handler raises.
        """
        route = call.route
        run.handler = route.handler.name if route else ""
        values: dict[str, object] = dict(call.groups)
        for name in route.handler.wants if route else ():
            if name == "session":
                values[name] = session
            elif name == "context":
                values[name] = context
            elif name in self._provide:
                values[name] = self._provide[name]()
        handed_out = run.steps.get(HANDED_OUT)
        run.partly = handed_out is not None
        keeping.limit(run, self._limit(call))
        endpoint = partial(call.endpoint, message, values)
        return await self._outcome(run, endpoint, keeping, handed_out)

    async def _outcome(
        self,
        run: Run,
        endpoint: Callable[[], Awaitable[object]],
        keeping: Keeping,
        handed_out: bytes | None,
        failed: Pieces | None = None,
    ) -> tuple[Reply, ...] | None:
        """The replies that were not handed out on the way, None if it passes the message on.

        `handed_out` marks what an earlier run has handed out, `failed` is what a handler that
        failed has not. Raises what the handler raises.
        """
        try:
            result = await endpoint()
            if result is PASS:
                return None
            if isinstance(result, AsyncIterator):
                run.stream = failed or self._pieces(run, keeping, handed_out)
                replies = await run.stream.consume(result)
            elif isinstance(result, Stream):
                source = self._source(result)
                run.stream = _streaming(result, run, keeping, failed)
                replies = await run.stream.consume(source)
            else:
                replies = replies_of(result)
        except GeneratorExit as error:
            if asyncio.current_task() is not run.task:
                raise  # this coroutine itself is being closed
            raise RuntimeError(repr(error)) from error
        return check_articles(replies, run.after)

    def _pieces(self, run: Run, keeping: Keeping, handed_out: bytes | None) -> Pieces:
        too_quick = partial(self._advise_stream, run.handler)
        return Pieces(partial(keeping.publish, run), run.after, handed_out, too_quick=too_quick)

    def _source(self, stream: Stream) -> AsyncIterator[object]:
        """What a Stream's pieces are read from. Raises ResultError for what are none."""
        pieces: object = stream.pieces
        first: object = stream.first
        if first is not None and not (isinstance(first, int | float) and 0 <= first < inf):
            raise ResultError("result.first", first=repr(first))
        if isinstance(pieces, AsyncIterable):
            return aiter(pieces)
        if isinstance(pieces, Iterable) and not isinstance(pieces, str | bytes):
            return from_thread(iter(pieces), self._threads)
        raise ResultError("result.stream", type=type(pieces).__name__)

    def _advise_stream(self, handler: str) -> None:
        """A handler yields a model's tokens, each of which would be an answer; said once."""
        if handler not in self._advised:
            self._advised.add(handler)
            log.warning("%s", say("handler.tokens", handler=handler))

    def _limit(self, call: Match) -> float:
        return (call.route and call.route.options.timeout) or self.settings.handler_timeout

    async def failed(
        self, error: BaseException, call: Match, run: Run, keeping: Keeping
    ) -> tuple[Reply, ...]:
        """What the follower reads when a handler fails; its session changes are discarded.

        What the handler yielded before and did not hand out goes first.
        """
        self.meter.count(series.HANDLER_ERRORS)
        handler = call.route.handler if call.route else None
        name, place = (handler.name, handler.place) if handler else ("?", "?")
        if run.expired and isinstance(error, asyncio.CancelledError):
            error = self.too_late(call)
        run.problem = type(error).__name__
        known = isinstance(error, HandlerTimeout)
        report = str(error) if known else _report(error, name, place)
        sent = {"key": run.key, "reason": "handler_error", "raw": run.message.raw}
        log.error("%s", report, exc_info=None if known else error, extra=sent)
        stream = _after(run, keeping)
        fallback = replies_of(self.settings.fallback)
        if self.table.error is None:
            return (*stream.rest(), *fallback)
        values = {"error": error, **{n: make() for n, make in self._provide.items()}}
        values["session"] = Session()
        run.stream = stream
        keeping.limit(run, self.settings.handler_timeout)
        endpoint = partial(self.table.error, run.message, values)
        try:
            replies = await self._outcome(run, endpoint, keeping, None, stream)
            return (*stream.rest(), *(fallback if replies is None else replies))
        except BaseException as second:  # an error handler that raises must not hide the first
            if not is_theirs(second, run):
                raise
            report = _report(second, "error", "?")
            log.error("%s", report, exc_info=second, extra=sent)
            return (*stream.rest(), *fallback)

    def too_late(self, call: Match) -> HandlerTimeout:
        """The error of a handler that took longer than it may."""
        name = call.route.handler.name if call.route else "?"
        return HandlerTimeout("handler.timeout", handler=name, seconds=self._limit(call))


def is_theirs(error: BaseException, run: Run) -> bool:
    """Whether the author's code raised this, and not somebody who ends this task or program.

    A CancelledError that nobody asked this task for comes from something that was awaited,
    and one that the run's limit asked for ends the handler, not the run. A KeyboardInterrupt
    is theirs: the signals that end a server raise none in a handler.
    """
    if isinstance(error, asyncio.CancelledError):
        task = asyncio.current_task()
        if task is None or task is not run.task:  # which was abandoned
            return False
        if run.expired and task.cancelling() == 1:
            task.uncancel()
        return not task.cancelling()
    return not isinstance(error, GeneratorExit)


def _streaming(stream: Stream, run: Run, keeping: Keeping, failed: Pieces | None) -> Streaming:
    """A part may be shown early only where the rest can be sent."""
    first = stream.first if run.push.may_send else None
    ahead = () if failed is None else failed.rest()
    publish, promises = partial(keeping.publish, run), not run.push.may_send
    return Streaming(publish, ai=stream.ai, first=first, ahead=ahead, promises=promises)


def _report(error: BaseException, handler: str, place: str) -> str:
    """Which handler raised, what kind of error, and on which line of the author's."""
    kind, at = type(error).__name__, place_of(error)
    return say("handler.raised", handler=handler, place=place, kind=kind, at=at or "?")


def _after(run: Run, keeping: Keeping) -> Pieces:
    """For what the error handler says, behind what the failed handler has said.

    The mark stays that of the handler: it is what runs again after a crash.
    """
    failed = run.stream or Pieces(partial(keeping.publish, run), run.after)
    mark, ahead = failed.mark, failed.rest()
    return Pieces(lambda replies, _: keeping.publish(run, replies, mark), run.after, ahead=ahead)
