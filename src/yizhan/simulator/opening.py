"""A recording of real pushes, opened as the conversations that it holds."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from yizhan.judging import Asked, Reason
from yizhan.recording import Exchange
from yizhan.simulator.client import HttpAnswer
from yizhan.simulator.conversation import fields_of
from yizhan.simulator.exchanges import action_of, messages
from yizhan.simulator.forms import shows_reply
from yizhan.simulator.judging import Judgement, judge
from yizhan.simulator.official import Follower, OfficialAccount
from yizhan.simulator.record import Attempt, Letter, PushOutcome, PushRecord, Verdict
from yizhan.simulator.recording import Line
from yizhan.simulator.screen import NOTICE, Content, Side, Via, content_of
from yizhan.simulator.simulation import Simulation
from yizhan.simulator.world import World

HELD = 4.0  # seconds after which it was WeChat that cut a connection without an answer
# What the content of an entry calls the fields of a push.
NAMES = {
    "media_id": "MediaId",
    "thumb_media_id": "ThumbMediaId",
    "format": "Format",
    "latitude": "Location_X",
    "longitude": "Location_Y",
    "scale": "Scale",
    "label": "Label",
    "title": "Title",
    "description": "Description",
    "url": "Url",
    "appid": "AppId",
    "pagepath": "PagePath",
}


class Moment(Struct, frozen=True):
    """Something that appeared on a screen, at wall seconds."""

    at: float
    push: PushRecord
    side: Side
    via: Via
    kind: str
    content: Content


def open_recording(
    simulation: Simulation, account: OfficialAccount, exchanges: Iterable[Exchange]
) -> list[Follower]:
    """Show every exchange as it was; nothing is sent. Who is in it becomes a follower.

    They can go on talking, and do again what they did, with the server of now.
    """
    world, moments, seen = simulation.world, list[Moment](), dict[str, Follower]()
    for repeated in messages(exchanges):
        push = _push(world, account, repeated)
        openid = push.openid
        seen[openid] = account.followers.get(openid) or simulation.add_follower(
            account, openid=openid
        )
        moments += _moments(push)
    for moment in sorted(moments, key=lambda moment: moment.at):
        _show(world, seen[moment.push.openid], moment)
    for follower in seen.values():
        follower.unread = 0
        world.feed.tell("follower", follower)
    return list(seen.values())


def _push(world: World, account: OfficialAccount, repeated: Sequence[Exchange]) -> PushRecord:
    """The record of one message, with every delivery of it."""
    first, last = repeated[0], repeated[-1]
    fields = fields_of(first.push)
    push = PushRecord(
        id=world.next_id(),
        account=account.id,
        openid=str(fields.get("FromUserName", "")),
        fields=fields,
        body=first.push.encode(),
        mode=first.mode,
        format=first.format,
        shown=shows_reply(fields),
        began=first.at,
        ended=last.at + last.took,
    )
    judgement = Judgement("retry", b"")
    for number, exchange in enumerate(repeated, 1):
        attempt = Attempt(number, exchange.at, exchange.path, exchange.at + exchange.took)
        attempt.request = Letter({}, push.body, push.body, "POST")
        judgement = _judged(world, push, exchange, attempt)
        push.attempts.append(attempt)
    push.verdict = Verdict(
        _outcome(push, judgement),
        len(repeated),
        last.at + last.took - first.at,
        judgement.reason,
        judgement.reply,
    )
    world.remember(push)
    return push


def _judged(world: World, push: PushRecord, exchange: Exchange, attempt: Attempt) -> Judgement:
    if exchange.reply is None:
        late = exchange.took >= HELD
        attempt.end = "timeout" if late else "closed"
        attempt.problem = (
            Reason("notice.late", {"seconds": world.options.seconds, "count": attempt.number})
            if late
            else Reason("notice.closed", {"detail": f"{exchange.took:.1f} s"})
        )
        return Judgement("retry", b"", attempt.problem)
    reply = exchange.reply.encode()
    asked = Asked(  # in plain: a recording is decrypted
        openid=push.openid,
        original_id=str(push.fields.get("ToUserName", "")),
        is_event=push.kind == "event",
        format=push.format,
    )
    judgement = judge(HttpAnswer(exchange.status, {}, reply), asked, world.options)
    attempt.end, attempt.status, attempt.problem = "answered", exchange.status, judgement.reason
    attempt.response = Letter({}, reply, reply)
    return judgement


def _outcome(push: PushRecord, judgement: Judgement) -> PushOutcome:
    if judgement.outcome == "acknowledged":
        return "acknowledged"
    if not push.shown:
        return "ignored"
    return "replied" if judgement.outcome == "replied" else "notice"


def _moments(push: PushRecord) -> Iterator[Moment]:
    """What the follower did, and what they saw of the answer."""
    side: Side = "system" if push.event else "follower"
    yield Moment(push.began, push, side, "follower", *_shown(push))
    verdict, ended = push.verdict, push.ended or push.began
    if verdict is None or not push.shown:
        return
    if verdict.reply is not None:
        kind, content = content_of(verdict.reply)
        side = "system" if kind == "transfer" else "account"
        yield Moment(ended, push, side, "reply", kind, content)
    elif verdict.outcome == "notice":
        content = {"text": NOTICE, "reason": verdict.reason}
        yield Moment(ended, push, "system", "platform", "notice", content)


def _shown(push: PushRecord) -> tuple[str, Content]:
    """What stood on the follower's own side of the screen."""
    fields: Mapping[str, object] = push.fields
    if push.event:
        return "event", {"name": push.event, "key": str(fields.get("EventKey") or "")}
    if push.kind == "text":
        return "text", {"text": str(fields.get("Content") or "")}
    return push.kind, {ours: str(fields[name]) for ours, name in NAMES.items() if name in fields}


def _show(world: World, follower: Follower, moment: Moment) -> None:
    push = moment.push
    if moment.via == "follower":
        follower.following = push.event != "unsubscribe"
        if action := action_of(push.fields):
            follower.recording.add(Line(moment.at, do=action, push=push.id))
    world.show(
        follower,
        moment.side,
        moment.via,
        moment.kind,
        moment.content,
        push=push,
        at=moment.at,
    )
