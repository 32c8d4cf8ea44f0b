"""What a follower can do, as data: what the page sends, a recording keeps and a test says."""

from typing import Any, TypeAlias

from msgspec import Struct


class Action(Struct, frozen=True, tag_field="do", forbid_unknown_fields=True):
    """Something that a follower does."""


class Say(Action, frozen=True, tag="text"):
    """Write a text; `item` is the id of a tapped msgmenu item."""

    text: str
    item: str | None = None


class SendImage(Action, frozen=True, tag="image"):
    """Send a picture, the built-in one unless told."""

    media_id: str = ""


class SendVoice(Action, frozen=True, tag="voice"):
    """Send a voice note; `recognition` is what speech recognition would make of it."""

    media_id: str = ""
    recognition: str = ""


class SendVideo(Action, frozen=True, tag="video"):
    """Send a video."""

    media_id: str = ""


class SendShortVideo(Action, frozen=True, tag="shortvideo"):
    """Send a short video, as old clients do."""

    media_id: str = ""


class SendLocation(Action, frozen=True, tag="location"):
    """Send a place on the map, in degrees."""

    latitude: float = 31.230416
    longitude: float = 121.473701
    scale: int = 16
    label: str = "上海市黄浦区"


class SendLink(Action, frozen=True, tag="link"):
    """Share a page."""

    title: str = "标题"
    description: str = ""
    url: str = "https://example.com/"


class SendFile(Action, frozen=True, tag="file"):
    """Send a file; the account learns its name and size only."""

    title: str = "说明.pdf"
    description: str = ""


class SendMiniProgram(Action, frozen=True, tag="miniprogrampage"):
    """Send a page of a mini-program."""

    title: str = "小程序"
    appid: str = "wx0123456789abcdef"
    pagepath: str = "pages/index"


class SendUnsupported(Action, frozen=True, tag="unsupported"):
    """Send a sticker, a red packet or the like: what WeChat cannot pass on."""


class Agree(Action, frozen=True, tag="agree"):
    """Say yes or no to notices of a template: one yes, one notice."""

    template_id: str
    yes: bool = True


class Block(Action, frozen=True, tag="block"):
    """Take no more messages of the account (拒收), or take them again."""

    on: bool = True


class Follow(Action, frozen=True, tag="follow"):
    """Follow the account, by a QR code if there is a scene."""

    scene: str = ""


class Unfollow(Action, frozen=True, tag="unfollow"):
    """Leave."""


class Scan(Action, frozen=True, tag="scan"):
    """Scan one of the account's QR codes; whoever does not follow, follows by it."""

    scene: str


class Tap(Action, frozen=True, tag="tap"):
    """Tap a button of the menu, at its place: `(0,)` or `(1, 2)`."""

    path: tuple[int, ...]
    result: str = "https://example.com/"
    latitude: float = 31.230416
    longitude: float = 121.473701
    label: str = "上海市黄浦区"
    media_ids: tuple[str, ...] = ()


class Click(Action, frozen=True, tag="click"):
    """Tap a click button by its key, whether or not the menu has it."""

    key: str


class View(Action, frozen=True, tag="view"):
    """Open a link of the menu."""

    url: str


class ReportLocation(Action, frozen=True, tag="report_location"):
    """Let the account know where the phone is: degrees, precision in metres."""

    latitude: float = 31.230416
    longitude: float = 121.473701
    precision: float = 65.0


class Happen(Action, frozen=True, tag="event"):
    """Any event, by name; missing fields are filled in."""

    name: str
    fields: dict[str, Any] = {}  # forms.Field, which msgspec cannot read, being recursive


class Raw(Action, frozen=True, tag="raw"):
    """A body exactly as written; with `fresh` a MsgId and CreateTime of now."""

    body: str
    fresh: bool = False


AnyAction: TypeAlias = (
    Say
    | SendImage
    | SendVoice
    | SendVideo
    | SendShortVideo
    | SendLocation
    | SendLink
    | SendFile
    | SendMiniProgram
    | SendUnsupported
    | Agree
    | Block
    | Follow
    | Unfollow
    | Scan
    | Tap
    | Click
    | View
    | ReportLocation
    | Happen
    | Raw
)
