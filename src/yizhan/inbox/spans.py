"""The trace of a message, from its first push to the delivery: a span for each stage.

The first push's span is the uppermost; its `traceparent` is committed with the job, so that what
other processes do of it, and what comes after a restart, stands below the same one.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from yizhan.events import Event
from yizhan.inbox.carrying import Carried
from yizhan.inbox.push import Link, Push
from yizhan.inbox.rules import Acceptance as Known
from yizhan.inbox.rules import Arrival
from yizhan.inbox.run import Run
from yizhan.middleware import Incoming
from yizhan.tracing import Tracing

if TYPE_CHECKING:
    from opentelemetry.trace import Span

T = TypeVar("T")
NANO = 1_000_000_000
KIND = 64  # characters of a kind's name


class Spans:
    """Makes the spans of one account's messages."""

    def __init__(self, tracing: Tracing, account: str) -> None:
        self._tracing = tracing
        self._account = account

    def arrived(self, link: Link, arrival: Arrival, message: Incoming, ago: float) -> Arrival:
        """A push came, so many seconds ago. What is to be kept, should its message be new."""
        link.start = time.time_ns() - int(ago * NANO)
        link.span = self._push(link, message, "")
        return replace(arrival, trace=self._tracing.parent_of(link.span))

    def let_in(self, push: Push, link: Link, known: Known) -> None:
        """It is durable: a push of a known message belongs to the trace of the first one."""
        assert link.span is not None  # noqa: S101  # as was asked before
        above = known.trace or push.trace
        if known.status == "again" and above:
            link.span = self._push(link, push.message, above)  # the other never ends: not seen
        push.trace = above or self._tracing.parent_of(link.span)
        accept = self._tracing.begin(
            "yizhan accept", self._tracing.parent_of(link.span), start=link.start
        )
        self._tracing.end(accept, status=known.status)

    def responded(self, link: Link, why: str, problem: str = "") -> None:
        """It was given a response, or none."""
        assert link.span is not None  # noqa: S101  # as was asked before
        self._tracing.end(link.span, problem, number=link.number, why=why)
        link.span = None

    def carried(self, parts: Iterable[Carried]) -> None:
        """A push's response was written: the answers in it are delivered."""
        for trace in dict.fromkeys(part.trace for part in parts if part.trace):
            self._tracing.end(self._tracing.begin("yizhan deliver", trace, way="push"))

    def handle(self, run: Run) -> "Span":
        """A handler begins, in a task of its own: what it does stands below its span."""
        span = self._tracing.begin(
            "yizhan handle",
            run.push.trace,
            account=self._account,
            type=_kind(run.message),
            attempt=run.attempts,
        )
        self._tracing.enter(span)
        return span

    def handled(self, span: "Span", run: Run, problem: str) -> None:
        """It has ended, or was stopped."""
        self._tracing.end(span, problem or run.problem, handler=run.handler)

    def committing(self, push: Push, then: Callable[[T], None]) -> Callable[[T], None]:
        """Around the answer to a commit of what a handler came to."""
        span = self._tracing.begin("yizhan finish", push.trace)

        def ended(result: T) -> None:
            problem = type(result).__name__ if isinstance(result, Exception) else ""
            self._tracing.end(span, problem)
            then(result)

        return ended

    @contextmanager
    def sending(self, trace: str, name: str) -> Iterator[None]:
        """Around what is sent in a task of its own: the call of WeChat's API stands below it."""
        span = self._tracing.begin(f"yizhan {name}", trace, account=self._account)
        self._tracing.enter(span)
        problem = ""
        try:
            yield
        except BaseException as error:
            problem = type(error).__name__
            raise
        finally:
            self._tracing.end(span, problem)

    def _push(self, link: Link, message: Incoming, above: str) -> "Span":
        return self._tracing.begin(
            "yizhan push",
            above,
            kind="SERVER",
            start=link.start,
            account=self._account,
            type=_kind(message),
        )


def _kind(message: Incoming) -> str:
    return (message.name if isinstance(message, Event) else message.kind)[:KIND]
