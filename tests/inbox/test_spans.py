"""The trace of a message: a span for each stage, in one trace, over processes and restarts."""

import json

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from desk import REFUSED, WORKING, Slow

RECOVERED = 30.0
SERVICE = {"kind": "service", "verified": True}
STAGES = {"yizhan push", "yizhan accept", "yizhan handle", "yizhan finish", "yizhan deliver"}


class Seen:
    """The spans that have ended."""

    def __init__(self, exporter):
        self._exporter = exporter

    def all(self):
        return self._exporter.get_finished_spans()

    def named(self, name):
        return [span for span in self.all() if span.name == name]

    @property
    def traces(self):
        return {span.context.trace_id for span in self.all()}

    def parent(self, span):
        """The name of the span above it."""
        above = [it.name for it in self.all() if it.context.span_id == span.parent.span_id]
        return above[0] if above else None


@pytest.fixture
def seen(monkeypatch):
    """What an application that traces would export."""
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: provider)
    return Seen(exporter)


def failing(account):
    @account.text
    async def fails(message):
        raise LookupError(f"no such card: {message.content}")


async def test_a_message_that_is_answered_at_once_is_one_trace_with_a_span_a_stage(open_desk, seen):
    wechat = await open_desk(Slow())
    assert (await wechat.says("hello")).text == "hello"
    await wechat.idle()
    assert {span.name for span in seen.all()} == STAGES
    assert len(seen.traces) == 1
    [push] = seen.named("yizhan push")
    assert push.parent is None
    assert {seen.parent(span) for span in seen.all() if span is not push} == {"yizhan push"}
    assert push.attributes["yizhan.why"] == "inline"
    assert push.attributes["yizhan.type"] == "text"


async def test_all_pushes_of_a_message_are_in_it_and_the_push_that_carries_the_answer_delivers(
    open_desk, seen
):
    wechat = await open_desk(Slow())
    assert (await wechat.says("20 rain")).text == WORKING
    await wechat.idle()
    pushes = seen.named("yizhan push")
    assert [push.attributes["yizhan.number"] for push in pushes] == [1, 2, 3]
    assert [push.attributes["yizhan.why"] for push in pushes] == ["held", "held", "working"]
    [first] = seen.traces
    assert seen.named("yizhan deliver") == []
    assert (await wechat.says("hello")).text == "rain\n\nhello"
    delivered = [span.context.trace_id for span in seen.named("yizhan deliver")]
    assert len(seen.traces) == 2
    assert first in delivered
    assert len(delivered) == 2


async def test_what_is_sent_by_customer_service_message_is_in_it(open_desk, seen):
    wechat = await open_desk(Slow(), **SERVICE)
    wechat.courier.fails = [None]
    await wechat.says("20 rain")
    await wechat.idle()
    [sent] = seen.named("yizhan send")
    assert len(seen.traces) == 1
    assert seen.parent(sent) == "yizhan push"
    assert sent.status.is_ok or sent.status.status_code is trace.StatusCode.UNSET


async def test_a_send_that_is_refused_is_an_error_by_its_class(open_desk, seen, log):
    wechat = await open_desk(Slow(), **SERVICE)
    wechat.courier.fails = [REFUSED]
    await wechat.says("20 rain")
    await wechat.idle()
    log.lines.clear()
    [sent] = seen.named("yizhan send")
    assert (sent.status.status_code, sent.status.description) == (
        trace.StatusCode.ERROR,
        "SendRefused",
    )


async def test_a_process_that_dies_leaves_the_trace_to_the_next_one(open_desk, seen):
    wechat = await open_desk(Slow())
    other = await wechat.beside()
    await wechat.push(wechat.text("8 rain"), seconds=1)
    [first] = seen.traces or {None}
    await wechat.kill()
    await other.idle(RECOVERED)
    assert (await other.says("hello")).text == "rain\n\nhello"
    again = [span for span in seen.named("yizhan handle") if span.attributes["yizhan.attempt"] == 2]
    assert len(again) == 1
    rain = again[0].context.trace_id
    assert first in (None, rain)
    assert rain in [span.context.trace_id for span in seen.named("yizhan deliver")]
    assert again[0].parent.is_remote


async def test_a_push_at_another_process_belongs_to_the_trace_of_the_first(open_desk, seen):
    wechat = await open_desk(Slow())
    other = await wechat.beside()
    message = wechat.text("8 rain")
    await wechat.push(message, seconds=5)
    assert (await other.push(message)).text == "rain"
    await wechat.idle()
    assert len(seen.traces) == 1
    assert len(seen.named("yizhan push")) == 2


async def test_the_next_message_s_handler_does_not_stand_below_the_one_before(open_desk, seen):
    """Its turn comes within the task of that one."""
    wechat = await open_desk(Slow())
    first, second = wechat.text("2 rain"), wechat.text("1 snow")
    one = wechat.loop.create_task(wechat.push(first))
    two = wechat.loop.create_task(wechat.push(second))
    assert [(await one).text, (await two).text] == ["rain", "snow"]
    await wechat.idle()
    assert len(seen.traces) == 2
    assert {seen.parent(span) for span in seen.named("yizhan handle")} == {"yizhan push"}


async def test_an_error_is_named_by_its_class(open_desk, seen, log):
    wechat = await open_desk(failing)
    await wechat.says("6222-0001")
    assert log.tells("LookupError")
    [handled] = seen.named("yizhan handle")
    assert (handled.status.status_code, handled.status.description) == (
        trace.StatusCode.ERROR,
        "LookupError",
    )


async def test_no_text_and_no_openid_is_in_any_span(open_desk, seen, log):
    wechat = await open_desk(failing, **SERVICE)
    fan = "oYz0a1B2c3D4e5F6g7H8i9J0kLmN"
    await wechat.push(wechat.text("6222-0001", fan))
    await wechat.push(wechat.event("CLICK", "6222-0001", fan))
    await wechat.idle()
    log.lines.clear()
    told = json.dumps([json.loads(span.to_json()) for span in seen.all()])
    assert len(seen.all()) >= 8
    assert [secret for secret in ("6222", fan, fan[:8], fan[-4:]) if secret in told] == []


async def test_without_a_tracer_provider_nothing_is_traced_or_kept(open_desk):
    wechat = await open_desk(Slow())
    assert wechat.inbox.process.spans is None
    await wechat.push(wechat.text("20 rain"), seconds=1)
    assert [job.trace for job in wechat.world.box().jobs] == [""]
