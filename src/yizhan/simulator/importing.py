"""What a served bot has recorded, as tapes: yesterday's conversations, to be had again."""

from collections.abc import Iterable, Iterator, Mapping

from yizhan.recording import Exchange, pseudonym
from yizhan.replies import Reply
from yizhan.simulator import actions
from yizhan.simulator.actions import AnyAction
from yizhan.simulator.screen import content_of
from yizhan.simulator.tape import Line, Seen

HEADER = frozenset({"ToUserName", "FromUserName", "CreateTime", "MsgType", "MsgId", "Event"})


def conversations(exchanges: Iterable[Exchange], secret: str) -> dict[str, tuple[Line, ...]]:
    """A tape for each follower, by a pseudonym of the openid that only this secret gives."""
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
