"""Events of every kind, each answered or acknowledged (docs/protocol.md#d)."""

from yizhan.conformance.case import Chapter, Run
from yizhan.conformance.expect import answered, replied
from yizhan.conformance.samples import Sample, samples
from yizhan.conformance.target import Target

chapter = Chapter("events")


def _of(sample: Sample) -> Run:
    async def run(target: Target) -> None:
        answered(await target.push(target.fields(MsgType="event", **sample.fields)))

    return run


for _name, _sample in samples("event").items():
    chapter.row("event", _name, _sample.severity, _sample.fact, _of(_sample))


@chapter.unwise("D")
async def event_any_case(target: Target) -> None:
    for name in ("SUBSCRIBE", "scan", "click", "View"):
        answered(await target.push(target.event(name, EventKey="")))


@chapter.breaks("D1", "follow")
async def event_follow_reply(target: Target) -> None:
    replied(await target.push(target.event("subscribe", EventKey="")))


@chapter.breaks("D1")
async def event_follow_again(target: Target) -> None:
    for name in ("subscribe", "unsubscribe", "subscribe"):
        answered(await target.push(target.event(name, EventKey="")))


@chapter.breaks("D1")
async def event_without_key(target: Target) -> None:
    for name in ("subscribe", "SCAN", "CLICK", "VIEW"):
        answered(await target.push(target.event(name)))
