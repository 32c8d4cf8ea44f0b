"""Messages of every kind, each answered or acknowledged (docs/protocol.md#c)."""

from yizhan.conformance import pushes
from yizhan.conformance.case import Chapter, Run
from yizhan.conformance.expect import answered
from yizhan.conformance.samples import Sample, samples
from yizhan.conformance.target import Target

chapter = Chapter("kinds")

UNSUPPORTED = ("【收到不支持的消息类型，暂无法显示】", "[Unsupported Message]")


def _of(sample: Sample) -> Run:
    async def run(target: Target) -> None:
        number = int(pushes.new_id())
        answered(await target.push(target.fields(**sample.fields, MsgId=number)))

    return run


for _name, _sample in samples("kind").items():
    chapter.row("kind", _name, _sample.severity, _sample.fact, _of(_sample))


@chapter.breaks("C")
async def kind_text(target: Target) -> None:
    answered(await target.push(target.text(pushes.word())))


@chapter.breaks("C")
async def kind_text_of_menu(target: Target) -> None:
    answered(await target.push(target.text("满意", bizmsgmenuid="101")))


@chapter.breaks("C")
async def kind_text_from_article(target: Target) -> None:
    push = target.text(pushes.word(), MsgDataId="2247486000_1", Idx=1)
    answered(await target.push(push))


@chapter.breaks("C")
async def kind_text_unsupported(target: Target) -> None:
    for content in UNSUPPORTED:
        answered(await target.push(target.text(content)))


@chapter.breaks("C")
async def kind_text_emoji(target: Target) -> None:
    answered(await target.push(target.text("👨‍👩‍👧‍👦🇨🇳😀[微笑]/::)")))


@chapter.breaks("C")
async def kind_text_short(target: Target) -> None:
    for content in ("1", "?", "。"):
        answered(await target.push(target.text(content)))


@chapter.breaks("C, E1")
async def kind_text_long(target: Target) -> None:
    answered(await target.push(target.text("长" * 682)))


@chapter.breaks("C")
async def kind_text_lines(target: Target) -> None:
    answered(await target.push(target.text("第一行\n第二行\n\n第四行\n")))


@chapter.breaks("C")
async def kind_text_markup(target: Target) -> None:
    answered(await target.push(target.text('<a href="x">&amp;</a> <xml> & \' %s {0} ${x}')))


@chapter.breaks("C")
async def kind_text_blank(target: Target) -> None:
    answered(await target.push(target.text("   ")))


@chapter.breaks("B2")
async def kind_pretty(target: Target) -> None:
    body = pushes.document(target.text(pushes.word()))
    for name in ("ToUserName", "FromUserName", "CreateTime", "MsgType", "Content", "MsgId"):
        body = body.replace(f"<{name}>".encode(), f"\n  <{name}>".encode())
    answered(await target.push(body.replace(b"</xml>", b"\n</xml>\n")))


@chapter.breaks("B2")
async def kind_declared(target: Target) -> None:
    body = pushes.document(target.text(pushes.word()))
    answered(await target.push(b'<?xml version="1.0" encoding="UTF-8"?>\n' + body))


@chapter.breaks("C")
async def kind_any_order(target: Target) -> None:
    push = target.text(pushes.word())
    answered(await target.push(dict(reversed(push.items()))))


@chapter.breaks("C")
async def kind_more_fields(target: Target) -> None:
    push = target.text(pushes.word(), BusinessId="7", NewField={"Of": "2027"})
    answered(await target.push(push))
