"""Five seconds, three pushes, and clients that take their time (docs/protocol.md#e3)."""

import asyncio
import time

from yizhan.conformance import pushes
from yizhan.conformance.case import Chapter
from yizhan.conformance.expect import Failure, answered, arrived
from yizhan.conformance.http import HttpAnswer, Request
from yizhan.conformance.judging import Heard
from yizhan.conformance.target import XML, Target, with_headers

chapter = Chapter("timing")

AT_ONCE = 24
SLOW_CLIENT = 10.0  # seconds after which a half-sent request should be gone
SKEWS = (-120, 120)


def prompt(heard: Heard, limit: float) -> None:
    """Answered, and within so many seconds."""
    answered(heard)
    if heard.answer.seconds > limit:
        raise Failure("slow", seconds=round(heard.answer.seconds, 1), limit=limit)


@chapter.breaks("E3")
async def time_text(target: Target) -> None:
    prompt(await target.push(target.text(pushes.word())), 5)


@chapter.unwise("E3")
async def time_text_soon(target: Target) -> None:
    prompt(await target.push(target.text(pushes.word())), 2.5)


@chapter.breaks("E3")
async def time_event(target: Target) -> None:
    prompt(await target.push(target.event("subscribe", EventKey="")), 5)


@chapter.breaks("E3", alone=True)
async def time_many_at_once(target: Target) -> None:
    fans = [Target(target.server) for _ in range(AT_ONCE)]
    heard = await asyncio.gather(*(fan.push(fan.text(pushes.word())) for fan in fans))
    for fan in fans:
        target.trace += fan.trace
    for each in heard:
        prompt(each, 5)


@chapter.breaks("B1")
async def time_skew(target: Target) -> None:
    for age in SKEWS:
        answered(await target.push(target.text(pushes.word()), age=age))


@chapter.breaks("E3")
async def time_old_message(target: Target) -> None:
    # WeChat may hold a push back; only the signature is fresh.
    push = {**target.text(pushes.word()), "CreateTime": int(time.time()) - 3600}
    answered(await target.push(push))


@chapter.breaks("E3, L1", "slow", limit=60)
async def time_slow_bot(target: Target) -> None:
    push = target.text(target.server.slow)
    for _ in range(3):
        heard = await target.push(push)
        if heard.outcome not in ("late", "closed"):
            answered(heard)
            return
        await asyncio.sleep(max(0.0, target.server.patience - heard.answer.seconds))
    raise Failure("notice")


@chapter.breaks("E3, L1", "slow", limit=60)
async def time_slow_bot_alone(target: Target) -> None:
    slow = asyncio.create_task(target.push(target.text(target.server.slow)))
    await asyncio.sleep(0.5)
    other = Target(target.server)
    try:
        heard = await other.push(other.text(pushes.word()))
    finally:
        slow.cancel()
        await asyncio.gather(slow, return_exceptions=True)
    target.trace += other.trace
    prompt(heard, 2.5)


@chapter.breaks("E3")
async def time_keep_alive(target: Target) -> None:
    async with target.connected() as connection:
        for _ in range(3):
            if connection.ended:
                return
            sent = _request(target, target.text(pushes.word()))
            connection.write(sent)
            answer = await connection.answer(target.server.patience)
            target.note(sent, answer)
            if answer.end == "closed":
                return
            answered(target.judge(answer))


@chapter.breaks("E3")
async def time_body_in_pieces(target: Target) -> None:
    sent = _request(target, target.text(pushes.word()))
    async with target.connected() as connection:
        for start in range(0, len(sent), 97):
            connection.write(sent[start : start + 97])
            await asyncio.sleep(0.01)
        answer = await connection.answer(target.server.patience)
    target.note(sent, answer)
    answered(target.judge(answer))


@chapter.breaks("security")
async def time_idle_neighbours(target: Target) -> None:
    async with asyncio.timeout(20):
        connections = [target.connected() for _ in range(30)]
        for each in connections:
            await each.__aenter__()
        try:
            prompt(await target.push(target.text(pushes.word())), 5)
        finally:
            for each in connections:
                await each.__aexit__(None, None, None)


@chapter.unwise("security")
async def time_slow_head(target: Target) -> None:
    head = _request(target, target.text(pushes.word())).partition(b"\r\n\r\n")[0][:-20]
    await _gone(target, head)


@chapter.unwise("security")
async def time_slow_body(target: Target) -> None:
    await _gone(target, _request(target, target.text(pushes.word()))[:-20])


@chapter.unwise("security")
async def time_silent(target: Target) -> None:
    await _gone(target, b"")


async def _gone(target: Target, sent: bytes) -> None:
    """The server ends a connection whose request never ends."""
    began = time.monotonic()
    async with target.connected() as connection:
        connection.write(sent)
        gone = await connection.until_closed(SLOW_CLIENT)
    target.note(sent, HttpAnswer("closed" if gone else "late", seconds=time.monotonic() - began))
    if not gone:
        raise Failure("held_open", seconds=SLOW_CLIENT)


def _request(target: Target, push: dict[str, pushes.Value]) -> bytes:
    letter = target.letter(push)
    headers = with_headers({"Connection": "keep-alive"}, XML)
    request = Request("POST", target.path(letter.query), headers, letter.body)
    return request.written(target.server.address)


@chapter.unwise("E3")
async def time_expect(target: Target) -> None:
    letter = target.letter(target.text(pushes.word()))
    headers = with_headers({"Expect": "100-continue"}, XML)
    request = Request("POST", target.path(letter.query), headers, letter.body)
    answer = arrived(await target.send(request))
    answered(target.judge(answer))
