"""Recordings as `yizhan run --record` keeps them: read as conversations, and written."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from yizhan.errors import Refused
from yizhan.recording import Exchange, line_of, pseudonym
from yizhan.replies import Reply
from yizhan.simulator import actions
from yizhan.simulator.actions import AnyAction
from yizhan.simulator.record import Attempt, PushRecord
from yizhan.simulator.recording import Line, Seen
from yizhan.simulator.screen import content_of

SCANNED = "qrscene_"  # before the scene of whoever follows by a QR code
HEADER = frozenset({"ToUserName", "FromUserName", "CreateTime", "MsgType", "MsgId", "Event"})


def conversations(exchanges: Iterable[Exchange], secret: str) -> dict[str, tuple[Line, ...]]:
    """A recording for each follower, by a pseudonym of the openid that only this secret gives."""
    by_follower: dict[str, list[Exchange]] = {}
    for exchange in exchanges:
        by_follower.setdefault(str(exchange.fields["FromUserName"]), []).append(exchange)
    return {
        pseudonym(openid, secret): tuple(lines(theirs)) for openid, theirs in by_follower.items()
    }


def lines(exchanges: Iterable[Exchange]) -> Iterator[Line]:
    """What was done and seen, whoever did it; of several pushes of a message once.

    Kinds that no phone can send are left out, as device_text is.
    """
    for pushes in messages(exchanges):
        first = pushes[0]
        action = action_of(first.fields)
        if action is None:
            continue
        yield Line(first.at, do=action)
        reply = next((push.shown for push in pushes if push.shown is not None), None)
        if reply is not None:
            yield Line(first.at + first.took, see=_seen(reply))


def action_of(fields: Mapping[str, object]) -> AnyAction | None:
    """What a follower does so that WeChat pushes these fields."""

    def text(name: str) -> str:
        value = fields.get(name)
        return value if isinstance(value, str) else ""

    def number(name: str) -> float:
        try:
            return float(text(name))
        except ValueError:  # a redacted one
            return 0.0

    match text("MsgType"):
        case "text":
            return actions.Say(text("Content"), text("bizmsgmenuid") or None)
        case "image":
            return actions.SendImage(text("MediaId"))
        case "voice":
            return actions.SendVoice(text("MediaId"), text("Recognition"))
        case "video":
            return actions.SendVideo(text("MediaId"))
        case "shortvideo":
            return actions.SendShortVideo(text("MediaId"))
        case "location":
            latitude, longitude = number("Location_X"), number("Location_Y")
            return actions.SendLocation(latitude, longitude, int(number("Scale")), text("Label"))
        case "link":
            return actions.SendLink(text("Title"), text("Description"), text("Url"))
        case "file":
            return actions.SendFile(text("Title"), text("Description"))
        case "miniprogrampage":
            return actions.SendMiniProgram(text("Title"), text("AppId"), text("PagePath"))
        case "event":
            own = {name: value for name, value in fields.items() if name not in HEADER}
            return actions.Happen(text("Event"), own)
    return None


def messages(exchanges: Iterable[Exchange]) -> Iterator[list[Exchange]]:
    """The pushes of each message together, in the order of the first."""
    together: dict[tuple[object, ...], list[Exchange]] = {}
    for exchange in exchanges:
        fields = exchange.fields
        names = ("FromUserName", "MsgId", "CreateTime", "Event", "EventKey")
        together.setdefault(tuple(fields.get(name) for name in names), []).append(exchange)
    yield from together.values()


def _seen(reply: Reply) -> Seen:
    kind, content = content_of(reply)
    return Seen("reply", kind, dict(content))


def exchange_of(push: PushRecord, attempt: Attempt) -> Exchange | None:
    """A delivery that has ended; None for what a recording cannot hold: it never arrived, or is
    no message."""
    if attempt.ended is None or attempt.end in ("dropped", "refused"):
        return None
    answer = attempt.response
    made = Exchange(
        at=attempt.began,
        path=urlsplit(attempt.url).path,
        mode=push.mode,
        push=push.body.decode("utf-8", "replace"),
        reply=None if answer is None else answer.plain.decode("utf-8", "replace"),
        status=attempt.status or 200,
        took=round(attempt.ended - attempt.began, 3),
    )
    try:
        return made if made.fields.get("FromUserName") else None
    except Refused:
        return None


def recorded(pushes: Iterable[PushRecord]) -> bytes:
    """The recording of these pushes, in the order of their deliveries."""
    found = (exchange_of(push, attempt) for push in pushes for attempt in push.attempts)
    kept = sorted(filter(None, found), key=lambda exchange: exchange.at)
    return b"".join(map(line_of, kept))


def keep(path: Path, push: PushRecord, attempt: Attempt) -> None:
    """Add a delivery to the recording in that file."""
    if (exchange := exchange_of(push, attempt)) is None:
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("ab") as file:
        file.write(line_of(exchange))


def done(exchanges: Iterable[Exchange]) -> Iterator[Line]:
    """What was done in a recording, as a follower here does it again."""
    for line in lines(exchanges):
        if line.do is not None:
            yield Line(line.at, do=_own(line.do))


def _own(action: AnyAction) -> AnyAction:
    """What a follower does themselves, where its event tells: only so do they come and go."""
    if not isinstance(action, actions.Happen):
        return action
    key = str(action.fields.get("EventKey") or "")
    match action.name:
        case "subscribe":
            return actions.Follow(key.removeprefix(SCANNED))
        case "unsubscribe":
            return actions.Unfollow()
        case "SCAN":
            return actions.Scan(key)
    return action
