"""Customer service: accounts and talks (docs/protocol.md#f2), windows to send in (#f1)."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from yizhan.simulator.errcodes import Errcode
from yizhan.simulator.forms import Fields


class Agent(Struct):
    """One customer-service account; at work once a WeChat user is bound to it."""

    account: str
    id: str
    nickname: str
    worker: str = ""
    picture: str = ""


class Talk(Struct, frozen=True):
    """A session of a follower; `since` is wall seconds."""

    agent: str
    since: float


class Staff:
    """The customer service of one account."""

    def __init__(self) -> None:
        self.agents: dict[str, Agent] = {}
        self.talks: dict[str, Talk] = {}
        self.waiting: dict[str, Talk] = {}
        self._hired = 0

    def hire(self, account: str, nickname: str) -> None:
        """One more account. Raises Errcode for a name that is none or taken."""
        if not all(account.partition("@")):
            raise Errcode(65401)
        if account in self.agents:
            raise Errcode(65406)
        self._hired += 1
        self.agents[account] = Agent(account, str(1000 + self._hired), nickname)

    def agent(self, account: str) -> Agent:
        """The account of that name. Raises Errcode 65401."""
        agent = self.agents.get(account)
        if agent is None:
            raise Errcode(65401)
        return agent

    def dismiss(self, account: str) -> None:
        """Delete an account; whoever talked to it talks to nobody. Raises Errcode 65401."""
        del self.agents[self.agent(account).account]
        self.talks = {openid: talk for openid, talk in self.talks.items() if talk.agent != account}

    def ask(self, openid: str, account: str, now: float) -> None:
        """A follower was handed over: to that account, or to whoever comes first."""
        if openid not in self.talks:
            self.waiting[openid] = Talk(account, now)

    def begin(self, openid: str, account: str, now: float) -> None:
        """Somebody takes the follower. Raises Errcode if that cannot be."""
        if not self.agent(account).worker:
            raise Errcode(65415)
        if openid in self.talks:
            raise Errcode(65414)
        self.waiting.pop(openid, None)
        self.talks[openid] = Talk(account, now)

    def end(self, openid: str, account: str) -> None:
        """The session is over. Raises Errcode for one that is not this account's."""
        self.agent(account)
        talk = self.talks.get(openid)
        if talk is None:
            raise Errcode(65413)
        if talk.agent != account:
            raise Errcode(65414)
        del self.talks[openid]


MESSAGES = 5
# What opens a window: seconds it stays open, messages in it; as published in 2025.
WINDOWS: Mapping[str, tuple[float, int]] = {
    "message": (48 * 3600.0, MESSAGES),
    "menu": (60.0, 3),
    "follow": (60.0, 3),
    "scan": (60.0, 3),
}
BY_EVENT: Mapping[str, str] = {
    "click": "menu",
    "scancode_push": "menu",
    "scancode_waitmsg": "menu",
    "subscribe": "follow",
    "scan": "scan",
}

State = Literal["open", "closed", "spent"]


class Window(Struct):
    """One open window: wall seconds of its end, and messages left."""

    closes: float
    left: int


class Windows:
    """The windows of one follower."""

    def __init__(self) -> None:
        self._open: dict[str, Window] = {}

    def opened_by(self, fields: Fields, now: float, messages: int = MESSAGES) -> None:
        """A push opens its window afresh; what was left of the same kind is forgotten.

        `messages` is how many the window of a message has.
        """
        if name := kind_of(fields):
            seconds, count = WINDOWS[name]
            self._open[name] = Window(now + seconds, messages if name == "message" else count)

    def state(self, now: float) -> State:
        """Whether a message may be sent now."""
        current = self._current(now)
        if not current:
            return "closed"
        return "open" if any(window.left for window in current) else "spent"

    def charge(self, now: float) -> None:
        """Take one message, from the window that closes first."""
        next(window for window in self._current(now) if window.left).left -= 1

    def view(self, now: float) -> Window | None:
        """All open windows as one: the last end, what is left in sum; None if none is open."""
        current = self._current(now)
        if not current:
            return None
        return Window(current[-1].closes, sum(window.left for window in current))

    def close(self) -> None:
        """End them all: the follower has left."""
        self._open.clear()

    def _current(self, now: float) -> list[Window]:
        current = [window for window in self._open.values() if now < window.closes]
        return sorted(current, key=lambda window: window.closes)


def kind_of(fields: Fields) -> str:
    """The window that this push opens, "" for none.

    A text that came from tapping an item of a msgmenu counts as a tap on the menu.
    """
    if fields.get("MsgType") == "event":
        return BY_EVENT.get(str(fields.get("Event", "")).lower(), "")
    return "menu" if fields.get("bizmsgmenuid") else "message"
