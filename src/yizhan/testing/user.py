"""A follower in a test: says and does things, and sees what comes back."""

import asyncio
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl
from warnings import warn

from yizhan.errors import Impossible
from yizhan.replies import Image, Text, Video, Voice
from yizhan.simulator import actions
from yizhan.simulator.actions import Action, AnyAction
from yizhan.simulator.conversation import Conversation
from yizhan.simulator.export import difference
from yizhan.simulator.forms import Field
from yizhan.simulator.official import Follower
from yizhan.simulator.record import PushRecord
from yizhan.simulator.recording import Line
from yizhan.simulator.screen import Entry
from yizhan.testing.seen import Seen, seen

if TYPE_CHECKING:
    from yizhan.testing.simulator import Simulator

Sendable = AnyAction | Text | Image | Voice | Video | str

# What `sends("image")` sends: the built-in sample of that kind.
SAMPLES: dict[str, AnyAction] = {
    "image": actions.SendImage(),
    "voice": actions.SendVoice(),
    "video": actions.SendVideo(),
    "shortvideo": actions.SendShortVideo(),
    "location": actions.SendLocation(),
    "link": actions.SendLink(),
    "file": actions.SendFile(),
    "miniprogrampage": actions.SendMiniProgram(),
    "unsupported": actions.SendUnsupported(),
}


LINK = re.compile(r'<a\s[^>]*href="weixin://bizmsgmenu\?([^"]*)"', re.IGNORECASE)


class User:
    """One follower of the account.

    What `says` and its like return is the passive reply to that very push, of which WeChat
    shows exactly one: text as `str`, anything else as the reply object, the fault notice as
    `Notice`, and None when the account had nothing to say. What comes by customer-service
    message stands on `screen`; `waits` waits for it.
    """

    def __init__(self, wechat: "Simulator", follower: Follower) -> None:
        self.wechat = wechat
        self.follower = follower
        self.pushes: list[PushRecord] = []
        self._returned: set[str] = set()
        self._conversation = Conversation(wechat.pusher, follower)

    def __repr__(self) -> str:
        return f"<User {self.follower.nickname} {self.openid}>"

    @property
    def openid(self) -> str:
        """The follower's openid."""
        return self.follower.openid

    @property
    def screen(self) -> list[Seen]:
        """What the account has shown, in order; the follower's own messages are left out."""
        return [seen(entry) for entry in self.entries]

    @property
    def entries(self) -> list[Entry]:
        """The same with times and ways.

        `via` is reply, custom, template, mass, menu or platform.
        """
        return [
            entry
            for entry in self.follower.screen
            if entry.side != "follower" and entry.kind != "event"
        ]

    @property
    def typing(self) -> bool:
        """Whether 对方正在输入… is shown."""
        return self.wechat.world.now() < self.follower.typing_until

    @property
    def push(self) -> PushRecord:
        """The last push with its deliveries and verdict."""
        return self.pushes[-1]

    @property
    def recording(self) -> tuple[Line, ...]:
        """Everything that the follower did and saw so far."""
        return tuple(self.follower.recording)

    @property
    def tape(self) -> tuple[Line, ...]:
        """The former name of `recording`, for one release."""
        warn("User.tape is called User.recording now", DeprecationWarning, stacklevel=2)
        return self.recording

    async def says(self, text: str) -> Seen | None:
        """Write a text."""
        return await self.does(actions.Say(text))

    async def sends(self, what: Sendable) -> Seen | None:
        """Send a message: `Image("media id")`, `Location(31.2, 121.5)`, or "image" for a sample."""
        return await self.does(_action(what))

    async def chooses(self, id: str, text: str) -> Seen | None:
        """Tap an item of a msgmenu."""
        return await self.does(actions.Say(text, item=id))

    async def picks(self, words: str) -> Seen | None:
        """Tap a link that sends a text, such as a question's choice, in the newest text with any.

        `words` are those of the choice, or its number. Raises Impossible if there is no such link.
        """
        for text in [it for it in reversed(self.screen) if isinstance(it, str)]:
            links = [_link_in(found) for found in LINK.finditer(text)]
            for number, (content, id) in enumerate(links, 1):
                if words in (content, str(number)):
                    return await self.chooses(id, content)
            if links:
                break
        raise Impossible("simulator.no_choice", words=words)

    async def follows(self, scene: str = "") -> Seen | None:
        """Follow the account, by a QR code if there is a scene.

        One who follows already is taken for somebody who did not yet.
        """
        self.follower.following = False
        return await self.does(actions.Follow(scene))

    async def unfollows(self) -> Seen | None:
        """Leave."""
        return await self.does(actions.Unfollow())

    async def scans(self, scene: str) -> Seen | None:
        """Scan a QR code of the account."""
        return await self.does(actions.Scan(scene))

    async def clicks(self, key: str) -> Seen | None:
        """Tap the click button with that key."""
        return await self.does(actions.Click(key))

    async def taps(self, *path: int, result: str = "https://example.com/") -> Seen | None:
        """Tap a button of the menu by its place: `taps(0)`, `taps(1, 2)`."""
        return await self.does(actions.Tap(path, result=result))

    async def agrees(self, template_id: str) -> None:
        """Say yes to the notices of a template: one yes, one notice."""
        await self.does(actions.Agree(template_id))

    async def declines(self, template_id: str) -> None:
        """Say no to them; what was agreed before is forgotten."""
        await self.does(actions.Agree(template_id, yes=False))

    async def blocks(self, *, on: bool = True) -> None:
        """Take no more messages of the account (拒收), or take them again."""
        await self.does(actions.Block(on))

    async def views(self, url: str) -> Seen | None:
        """Open a link of the menu."""
        return await self.does(actions.View(url))

    async def reports_location(
        self, latitude: float = 31.230416, longitude: float = 121.473701, precision: float = 65.0
    ) -> Seen | None:
        """Let the account know where the phone is: degrees, precision in metres."""
        return await self.does(actions.ReportLocation(latitude, longitude, precision))

    async def receives(self, event: str, /, **fields: Field) -> Seen | None:
        """Any event, by its name; fields by theirs, missing ones filled in."""
        return await self.does(actions.Happen(event, fields))

    async def does(self, action: AnyAction) -> Seen | None:
        """Any action; the reply to its first push."""
        self._returned = {entry.id for entry in self.entries}
        pushes = self._conversation.do(action)
        self.pushes += pushes
        for push in pushes:
            await self._conversation.pusher.finish(push)
        replies = [each for each in self.entries if pushes and each.push == pushes[0].id]
        return self._given(replies[0]) if replies else None

    async def repeats(self, conversation: Iterable[Line]) -> list[str]:
        """Do all of it again; how what is seen now differs from then, nothing if it does not.

        As `conversations` reads it from a recording file, or another follower's `recording`.
        """
        before, began = tuple(conversation), len(self.recording)
        for line in before:
            if line.do is not None:
                await self.does(line.do)
        return difference(before, self.recording[began:])

    async def waits(self, seconds: float = 60.0) -> Seen | None:
        """The next thing that the account shows; None if nothing comes within these seconds.

        What came since the follower last did something counts, if no call has returned it.
        """
        loop, feed = asyncio.get_running_loop(), self.wechat.world.feed
        until = loop.time() + seconds
        while (entry := self._next()) is None and (left := until - loop.time()) > 0:
            await feed.changed(feed.last, left)
        return self._given(entry) if entry is not None else None

    def _next(self) -> Entry | None:
        return next((each for each in self.entries if each.id not in self._returned), None)

    def _given(self, entry: Entry) -> Seen:
        self._returned.add(entry.id)
        return seen(entry)


def _link_in(found: "re.Match[str]") -> tuple[str, str]:
    """What a tap on this link sends, and the id that goes with it."""
    query = dict(parse_qsl(found[1]))
    return query.get("msgmenucontent", ""), query.get("msgmenuid", "")


def _action(what: Sendable) -> AnyAction:
    if isinstance(what, Action):
        return what
    match what:
        case Image(media_id=media_id):
            return actions.SendImage(media_id)
        case Voice(media_id=media_id):
            return actions.SendVoice(media_id)
        case Video(media_id=media_id):
            return actions.SendVideo(media_id)
        case Text(content=content):
            return actions.Say(content)
        case str() if what in SAMPLES:
            return SAMPLES[what]
    raise TypeError(f"cannot be sent: {what!r}; known samples are {', '.join(SAMPLES)}")
