"""An agent with tools behind an Official Account, by Pydantic AI."""

import os
from uuid import uuid4

from openai import AsyncOpenAI
from pydantic_ai import (
    Agent,
    AgentRunResultEvent,
    PartDeltaEvent,
    PartStartEvent,
    RunContext,
    TextPart,
    TextPartDelta,
)
from pydantic_ai.exceptions import AgentRunError, UsageLimitExceeded
from pydantic_ai.messages import ModelMessagesTypeAdapter
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.openai import OpenAIProvider
from pydantic_ai.usage import UsageLimits

from yizhan import Account, Stream
from yizhan.dialog import Context

account = Account()

RUNS = 6  # questions with their answers and calls that the model is reminded of
LIMITS = UsageLimits(request_limit=5)  # requests for one question: no endless calls of tools


ORDERS = {"A-1024": "已付款"}  # your own database stands here


async def cancel(number, follower):
    """Look first whose order it is; the model may have been talked into anything."""
    if number not in ORDERS:
        return "没有这个订单"
    ORDERS[number] = "已取消"
    return "已取消"


agent = Agent(
    deps_type=Context,
    instructions="你是商店的客服。用简体中文回答，不用 Markdown。订单的事用工具查和办，不要猜。",
)


@agent.tool
async def look_up_order(run: RunContext[Context], number: str) -> str:
    """查询订单的状态。"""
    return ORDERS.get(number, "没有这个订单")


@agent.tool(sequential=True)
async def cancel_order(run: RunContext[Context], number: str) -> str:
    """取消订单。"""
    follower = run.deps.message.from_user
    return await run.deps.step(f"cancel {number}", lambda: cancel(number, follower))


client = None
model = None


@account.startup
async def connect():
    global client, model
    client = AsyncOpenAI(timeout=45)  # OPENAI_BASE_URL and OPENAI_API_KEY
    provider = OpenAIProvider(openai_client=client)
    model = OpenAIChatModel(os.environ["OPENAI_MODEL"], provider=provider)


@account.shutdown
async def disconnect():
    await client.close()


async def pieces(question, context, session):
    """The answer in pieces; at its end the session has what was said and done."""
    talk = session.get("talk") or {"id": uuid4().hex, "runs": []}
    kept = [message for run in talk["runs"] for message in run]
    async with agent.run_stream_events(
        question,
        model=model,
        deps=context,
        message_history=ModelMessagesTypeAdapter.validate_python(kept),
        conversation_id=talk["id"],
        usage_limits=LIMITS,
    ) as events:
        async for event in events:
            match event:
                case PartStartEvent(part=TextPart(content=text)) if text:
                    yield text
                case PartDeltaEvent(delta=TextPartDelta(content_delta=text)):
                    yield text
                case AgentRunResultEvent(result=result):
                    run = ModelMessagesTypeAdapter.dump_python(result.new_messages(), mode="json")
                    session["talk"] = {**talk, "runs": [*talk["runs"], run][-RUNS:]}


@account.text("清除")
async def clear(message, session):
    session.pop("talk", None)
    return "好，我们重新开始。"


@account.text(throttle="20/min")
async def answer(message, context, session):
    return Stream(pieces(message.content, context, session), first=2.0, ai=True)


@account.error
async def sorry(message, error):
    if isinstance(error, UsageLimitExceeded):
        return "这个问题太复杂，请分开问。"
    if isinstance(error, AgentRunError):
        return "（回答到这里断了，请再问一次。）"
    return "出错了，请稍后再试。"
