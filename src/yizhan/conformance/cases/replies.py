"""Passive replies: whole, to the right user, no text as markup (docs/protocol.md#e)."""

import asyncio
import time

from yizhan.conformance import pushes
from yizhan.conformance.case import Chapter
from yizhan.conformance.expect import Failure, answered, echoed, replied
from yizhan.conformance.http import Request
from yizhan.conformance.target import Target, with_headers

chapter = Chapter("replies")

CLOCK = 600  # seconds that CreateTime may be off


@chapter.breaks("E1", "reply")
async def reply_whole(target: Target) -> None:
    replied(await target.push(target.text(pushes.word())))


@chapter.breaks("E1", "reply")
async def reply_swapped(target: Target) -> None:
    heard = await target.push(target.text(pushes.word()))
    replied(heard)
    assert heard.received is not None  # noqa: S101  # replied() has looked
    if heard.received.to_user != target.fan:
        raise Failure("notice.wrong_to", found=heard.received.to_user, expected=target.fan)


@chapter.unwise("E1", "reply")
async def reply_time(target: Target) -> None:
    heard = await target.push(target.text(pushes.word()))
    replied(heard)
    assert heard.received is not None  # noqa: S101  # replied() has looked
    if abs(off := int(heard.received.created - time.time())) > CLOCK:
        raise Failure("created", off=off)


@chapter.unwise("E1, L2", "reply")
async def reply_nothing_around(target: Target) -> None:
    heard = await target.push(target.text(pushes.word()))
    replied(heard)
    if heard.answer.body.strip() != heard.answer.body:
        raise Failure("around")


@chapter.breaks("E1, L3", "reply")
async def reply_uncompressed(target: Target) -> None:
    letter = target.letter(target.text(pushes.word()))
    headers = with_headers({"Content-Type": "text/xml", "Accept-Encoding": "gzip, deflate"})
    replied(await target.deliver(letter, headers=headers))


@chapter.unwise("E1", "reply")
async def reply_content_type(target: Target) -> None:
    heard = await target.push(target.text(pushes.word()))
    replied(heard)
    found = heard.answer.header("content-type")
    if not any(kind in found for kind in ("xml", "text/plain")):
        raise Failure("content_type", found=found)


@chapter.breaks("E3", "reply")
async def reply_http_1_0(target: Target) -> None:
    letter = target.letter(target.text(pushes.word()))
    headers = (("User-Agent", "Mozilla/4.0"), ("Content-Type", "text/xml"))
    request = Request("POST", target.path(letter.query), headers, letter.body, "HTTP/1.0")
    replied(target.judge(await target.send(request)))


@chapter.insecure("E3, L10", "echo")
async def reply_cdata_end(target: Target) -> None:
    content = f"a]]>b {pushes.word()}"
    echoed(await target.push(target.text(content)), content)


@chapter.insecure("E3, L10", "echo")
async def reply_injection(target: Target) -> None:
    word = pushes.word()
    forged = f"{word}]]></Content><MsgType><![CDATA[image]]></MsgType><Content><![CDATA["
    echoed(await target.push(target.text(forged)), forged)


@chapter.insecure("E3", "echo")
async def reply_cdata_ends(target: Target) -> None:
    for content in ("]]>", "]]]>", "]]>]]>", "]]", "]]&gt;", "<![CDATA[x]]>"):
        echoed(await target.push(target.text(content)), content)


@chapter.breaks("E1", "echo")
async def reply_markup(target: Target) -> None:
    content = f"<b>&amp; &lt; \" ' </b> {pushes.word()}"
    echoed(await target.push(target.text(content)), content)


@chapter.breaks("E1", "echo")
async def reply_emoji(target: Target) -> None:
    content = f"👨‍👩‍👧‍👦🇨🇳😀 𠮷 {pushes.word()}"
    echoed(await target.push(target.text(content)), content)


@chapter.unwise("E1", "echo")
async def reply_lines(target: Target) -> None:
    content = f"第一行\n第二行\n\n{pushes.word()}"
    echoed(await target.push(target.text(content)), content)


@chapter.breaks("C, E3, L10", "echo")
async def reply_control(target: Target) -> None:
    word = pushes.word()
    body = pushes.document(target.text(word)).replace("驿".encode(), "驿\x08\x1b\x00".encode())
    heard = answered(await target.push(body))
    if heard.content is not None and any(ord(letter) < 9 for letter in heard.content):
        raise Failure("illegal")


@chapter.unwise("E1, L11", "echo")
async def reply_long(target: Target) -> None:
    content = pushes.word() + "长" * 900
    answered(await target.push(target.text(content)))


@chapter.unwise("L11", "echo")
async def reply_long_whole_characters(target: Target) -> None:
    for shift in range(3):
        content = "x" * shift + "驿😀" * 400
        heard = await target.push(target.text(content))
        if heard.content is not None and ("\ufffd" in heard.content or len(heard.content) < 9):
            raise Failure("cut_inside")


@chapter.breaks("E3, L2", "echo")
async def reply_blank(target: Target) -> None:
    for content in ("", " ", "\n", "\u3000"):
        answered(await target.push(target.text(content)))


@chapter.breaks("E1, C", "reply")
async def reply_each_his_own(target: Target) -> None:
    fans = [Target(target.server) for _ in range(12)]
    heard = await asyncio.gather(*(fan.push(fan.text(pushes.word())) for fan in fans))
    for fan in fans:
        target.trace += fan.trace
    for each in heard:
        replied(each)


@chapter.breaks("E1, C", "echo")
async def reply_each_his_words(target: Target) -> None:
    fans = [Target(target.server) for _ in range(12)]
    words = [pushes.word() for _ in fans]
    heard = await asyncio.gather(
        *(fan.push(fan.text(word)) for fan, word in zip(fans, words, strict=True))
    )
    for fan in fans:
        target.trace += fan.trace
    for each, word in zip(heard, words, strict=True):
        echoed(each, word)


@chapter.breaks("E1", "reply")
async def reply_bracketed_openid(target: Target) -> None:
    target.fan = "o-_" + target.fan[3:]
    replied(await target.push(target.text(pushes.word())))
