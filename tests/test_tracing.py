"""Traces as an application has them that sets a tracer provider: real pushes, a restart, calls."""

import asyncio
import sys

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

import wechat
from api.wechat_api import WeChatApi, refuses
from wechat import APPID, call, push, says, text
from yizhan.api import AsyncClient
from yizhan.errors import APIError
from yizhan.tracing import found

PATH = "/cgi-bin/user/info"


@pytest.fixture
def provider(monkeypatch):
    """The application's tracer provider."""
    provider = TracerProvider()
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: provider)
    return provider


@pytest.fixture
def exporter(provider):
    exporter = InMemorySpanExporter()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    return exporter


async def test_a_restart_in_the_middle_goes_on_with_the_trace(exporter, tmp_path):
    begun = asyncio.Event()

    def account():
        made = wechat.account(store=f"sqlite:///{tmp_path}/bot.db")

        @made.text("slow")
        async def slow(message):
            if not begun.is_set():
                begun.set()
                await asyncio.Event().wait()
            return "at last"

        return made

    first, second, request = account(), account(), push(text("slow"))
    held = asyncio.create_task(call(first.asgi, request))
    await begun.wait()
    await first.stop()
    await held
    stopped = {span.context.trace_id for span in exporter.get_finished_spans()}
    exporter.clear()
    assert says(await call(second.asgi, request)) == "at last"
    await second.stop()
    spans = exporter.get_finished_spans()
    assert {"yizhan push", "yizhan handle", "yizhan deliver"} <= {span.name for span in spans}
    assert {span.context.trace_id for span in spans} == stopped


@pytest.mark.parametrize("problem", [None, 40003])
async def test_a_call_of_a_handler_stands_below_it(make, exporter, problem):
    """Without its parameters, among which is the token."""
    account, api = make(), WeChatApi()
    async with AsyncClient(APPID, "secret", transport=api) as client:
        await client.access_token()
        exporter.clear()
        api.script = [refuses(problem)] if problem else []

        @account.text
        async def handle(message):
            try:
                await client.get(PATH, openid=message.from_user)
            except APIError:
                return "refused"
            return "asked"

        assert says(await call(account.asgi, push(text()))) in ("asked", "refused")
    spans = {span.name: span for span in exporter.get_finished_spans()}
    made = spans[f"API {PATH}"]
    assert made.parent.span_id == spans["yizhan handle"].context.span_id
    assert made.attributes["yizhan.errcode"] == (problem or 0)
    assert "token" not in made.to_json()
    assert wechat.FAN not in made.to_json()


async def test_spans_of_the_author_stand_below_the_handler(make, exporter, provider):
    account = make()

    @account.text
    def in_a_thread(message):
        with provider.get_tracer("bot").start_as_current_span("look it up"):
            return "found"

    assert says(await call(account.asgi, push(text()))) == "found"
    spans = {span.name: span for span in exporter.get_finished_spans()}
    assert spans["look it up"].parent.span_id == spans["yizhan handle"].context.span_id


class TestFound:
    def test_no_provider_is_no_tracing(self):
        assert found() is None

    def test_nor_is_one_that_makes_no_spans(self, monkeypatch):
        monkeypatch.setattr(trace, "get_tracer_provider", trace.NoOpTracerProvider)
        assert found() is None

    def test_nothing_is_imported_for_it(self, monkeypatch):
        monkeypatch.delitem(sys.modules, "opentelemetry.trace")
        assert found() is None
        assert "opentelemetry.trace" not in sys.modules
