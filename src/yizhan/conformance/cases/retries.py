"""The same push again: WeChat sends it up to three times (docs/protocol.md#e3)."""

import asyncio

from yizhan.conformance import pushes
from yizhan.conformance.case import Chapter
from yizhan.conformance.expect import Failure, answered, echoed, refused, replied
from yizhan.conformance.http import Request
from yizhan.conformance.judging import Heard
from yizhan.conformance.target import XML, Target

chapter = Chapter("retries")

CONNECTIONS = 8  # as many meet every worker of a small server


def once(heard: Heard, first: str) -> None:
    """A repeated push brought the first one's answer, or none: the bot ran once."""
    answered(heard)
    if heard.echo is not None and heard.echo != first:
        raise Failure("ran_twice", found=heard.echo[:80])


@chapter.breaks("E3")
async def retry_same(target: Target) -> None:
    letter = target.letter(target.text(pushes.word()))
    for _ in range(3):
        answered(await target.deliver(letter))


@chapter.breaks("E3, M1")
async def retry_signed_anew(target: Target) -> None:
    push = target.text(pushes.word())
    for _ in range(3):
        answered(await target.push(push))


@chapter.breaks("E3")
async def retry_same_eight(target: Target) -> None:
    letter = target.letter(target.text(pushes.word()))
    answered(await target.deliver(letter))
    for heard in await target.deliver_all([letter] * CONNECTIONS):
        answered(heard)


@chapter.breaks("C, E3, L9", "echo")
async def retry_once(target: Target) -> None:
    push = target.text(first := pushes.word())
    echoed(await target.push(push), first)
    once(await target.push({**push, "Content": pushes.word()}), first)


@chapter.breaks("C, E3, L9", "echo")
async def retry_once_on_eight(target: Target) -> None:
    push = target.text(first := pushes.word())
    echoed(await target.push(push), first)
    letters = [target.letter({**push, "Content": pushes.word()}) for _ in range(CONNECTIONS)]
    for heard in await target.deliver_all(letters):
        once(heard, first)


@chapter.breaks("E3, L9", "echo")
async def retry_at_once(target: Target) -> None:
    push = target.text(pushes.word())
    letters = [target.letter({**push, "Content": pushes.word()}) for _ in range(CONNECTIONS)]
    heard = await target.deliver_all(letters)
    for each in heard:
        answered(each)
    if len(contents := {each.content for each in heard if each.content is not None}) > 1:
        raise Failure("ran_often", count=len(contents))


@chapter.breaks("C", "echo")
async def retry_shared_id(target: Target) -> None:
    other = Target(target.server)
    push = target.text(first := pushes.word())
    echoed(await target.push(push), first)
    second = pushes.word()
    heard = await other.push({**push, "FromUserName": other.fan, "Content": second})
    target.trace += other.trace
    echoed(heard, second)


@chapter.breaks("C", "echo")
async def retry_long_ids(target: Target) -> None:
    # As floating numbers these two are one.
    for number in (6054768590064713728, 6054768590064713729):
        content = pushes.word()
        echoed(await target.push(target.text(content, MsgId=number)), content)


@chapter.breaks("C", "echo")
async def retry_two_messages(target: Target) -> None:
    words = [pushes.word() for _ in range(3)]
    pushed = [target.push(target.text(word)) for word in words]
    for heard, word in zip(await asyncio.gather(*pushed), words, strict=True):
        echoed(heard, word)


@chapter.breaks("C", "echo")
async def retry_same_words(target: Target) -> None:
    word = pushes.word()
    for _ in range(2):
        echoed(await target.push(target.text(word)), word)


@chapter.breaks("D, E3")
async def retry_event(target: Target) -> None:
    push = target.event("subscribe", EventKey="")
    for _ in range(3):
        answered(await target.push(push))


@chapter.breaks("E3, L9", "follow")
async def retry_events_in_one_second(target: Target) -> None:
    answered(await target.push(first := target.event("VIEW", EventKey="https://example.com/")))
    push = {**target.event("subscribe", EventKey=""), "CreateTime": first["CreateTime"]}
    replied(await target.push(push))


@chapter.breaks("E3", "reply")
async def retry_after_cut(target: Target) -> None:
    letter = target.letter(target.text(pushes.word()))
    request = Request("POST", target.path(letter.query), XML, letter.body)
    async with target.connected() as connection:
        connection.write(request.written(target.server.address))
    await asyncio.sleep(0.3)
    answered(await target.deliver(letter))


@chapter.insecure("security", "echo")
async def retry_after_forged(target: Target) -> None:
    push = target.text(pushes.word())
    forged = {**push, "Content": pushes.word()}
    refused(await target.deliver(target.letter(forged, token="notThisToken")))  # noqa: S106  # nobody's
    echoed(await target.push(push), str(push["Content"]))


@chapter.unwise("C", "echo")
async def retry_without_id(target: Target) -> None:
    push = target.text(word := pushes.word())
    del push["MsgId"]
    echoed(await target.push(push), word)
