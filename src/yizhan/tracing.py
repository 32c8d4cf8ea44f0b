"""Traces by OpenTelemetry, where the application has set a tracer provider.

Nothing here imports OpenTelemetry: whoever sets a provider has done so. Where there is none, no
span is made, and nothing but a look at `sys.modules` is paid. No attribute has a follower's text or
openid: kinds, numbers, names of ours and of the author's functions only.
"""

import sys
from importlib.metadata import version
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from opentelemetry.trace import Span, Tracer

API = "opentelemetry.trace"
NAME = "yizhan"
HEADER = "traceparent"

Kind = Literal["INTERNAL", "SERVER", "CLIENT"]
Value = str | int


class Tracing:
    """Begins spans, and writes and reads `traceparent`: what a span is known by elsewhere."""

    def __init__(self, tracer: "Tracer") -> None:
        from opentelemetry import context, trace
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        self._tracer = tracer
        self._trace = trace
        self._context = context
        self._none = context.Context()
        self._propagator = TraceContextTextMapPropagator()

    def begin(
        self,
        name: str,
        parent: str | None = None,
        *,
        kind: Kind = "INTERNAL",
        start: int | None = None,
        **attributes: Value,
    ) -> "Span":
        """A span below that parent: "" for none, None for the span that is current here, if any.

        `start` is wall time in nanoseconds.
        """
        named = {f"{NAME}.{each}": value for each, value in attributes.items()}
        above = None if parent is None else self._propagator.extract({HEADER: parent}, self._none)
        kinds = self._trace.SpanKind
        return self._tracer.start_span(name, above, kinds[kind], attributes=named, start_time=start)

    def parent_of(self, span: "Span") -> str:
        """The span's traceparent, for what is to stand below it."""
        carrier: dict[str, str] = {}
        self._propagator.inject(carrier, self._trace.set_span_in_context(span))
        return carrier.get(HEADER, "")

    def enter(self, span: "Span") -> None:
        """Make it the current span of this task, for good: a task has a context of its own."""
        self._context.attach(self._trace.set_span_in_context(span))

    def end(self, span: "Span", problem: str = "", /, **attributes: Value) -> None:
        """The span is over; `problem` names a class of errors, and never has an error's text."""
        for name, value in attributes.items():
            span.set_attribute(f"{NAME}.{name}", value)
        if problem:
            span.set_status(self._trace.Status(self._trace.StatusCode.ERROR, problem))
        span.end()


def found() -> Tracing | None:
    """How to trace; None unless a tracer provider is set in this process."""
    api = sys.modules.get(API)
    if api is None:
        return None
    provider = api.get_tracer_provider()
    if isinstance(provider, api.ProxyTracerProvider | api.NoOpTracerProvider):
        return None
    return Tracing(provider.get_tracer(NAME, version(NAME)))
