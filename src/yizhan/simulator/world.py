"""The simulated world: accounts, their followers, and everything that has happened."""

import asyncio
from asyncio import TimerHandle
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass

from msgspec import convert

from yizhan.clock import Clock
from yizhan.errors import Impossible, Missing
from yizhan.judging import Reason
from yizhan.settings import Kind
from yizhan.simulator.component import Component
from yizhan.simulator.feed import Feed
from yizhan.simulator.forms import Fields, Format
from yizhan.simulator.official import Follower, Keys, OfficialAccount
from yizhan.simulator.options import Options
from yizhan.simulator.record import CallRecord, PushRecord
from yizhan.simulator.recording import Line, Seen
from yizhan.simulator.screen import Content, Entry, Side, Via
from yizhan.simulator.seed import Seed
from yizhan.wire import Mode

KEPT = 1000  # pushes, and API calls, that are remembered
PICTURE_URL = "http://mmbiz.qpic.cn/simulator/{account}/{media_id}/0"

Report = Callable[[str, str, Fields], object]  # openid, name of the event, its fields


class WorldClock:
    """A clock whose wall time can be moved on, as when a day goes by."""

    def __init__(self, base: Clock) -> None:
        self.base = base
        self.skew = 0.0

    def wall(self) -> float:
        """Seconds since 1970."""
        return self.base.wall() + self.skew

    def monotonic(self) -> float:
        """Seconds of the clock below, which does not move."""
        return self.base.monotonic()


@dataclass(slots=True, kw_only=True)
class Past:
    """What a world has come to, for the one that goes on in its place."""

    accounts: dict[str, OfficialAccount]
    components: dict[str, Component]
    pushes: dict[str, PushRecord]
    calls: deque[CallRecord]
    latest: dict[tuple[str, str], PushRecord]
    answers: dict[str, tuple[int, bytes]]
    seed: Seed
    options: Options
    ids: int
    message_id: int
    changes: int
    skew: float


class World:
    """All that the simulator knows; whoever changes something tells the feed."""

    def __init__(
        self, *, clock: Clock, seed: Seed | None = None, options: Options | None = None
    ) -> None:
        self.clock = WorldClock(clock)
        self.seed = seed or Seed()
        self.options = options or Options()
        self.picture_url = PICTURE_URL
        self.feed = Feed()
        self.accounts: dict[str, OfficialAccount] = {}
        self.components: dict[str, Component] = {}
        self.pushes: dict[str, PushRecord] = {}
        self.calls: deque[CallRecord] = deque(maxlen=KEPT)
        self.latest: dict[tuple[str, str], PushRecord] = {}
        # To calls of the HTTP API, by the ids that they bear: status and body.
        self.answers: dict[str, tuple[int, bytes]] = {}
        self.reports: dict[str, Report] = {}
        self._ids = 0
        self._message_id = 0
        self._later: dict[TimerHandle, Callable[[], object]] = {}

    @property
    def past(self) -> Past:
        """What the next world needs in order to go on from here."""
        return Past(
            accounts=self.accounts,
            components=self.components,
            pushes=self.pushes,
            calls=self.calls,
            latest=self.latest,
            answers=self.answers,
            seed=self.seed,
            options=self.options,
            ids=self._ids,
            message_id=self._message_id,
            changes=self.feed.last,
            skew=self.clock.skew,
        )

    def go_on(self, past: Past) -> None:
        """Go on from there; whoever has read the former world's feed must read all anew."""
        self.accounts, self.components = past.accounts, past.components
        self.pushes, self.calls, self.latest = past.pushes, past.calls, past.latest
        self.answers = past.answers
        self.seed, self.options = past.seed, past.options
        self._ids, self._message_id = past.ids, past.message_id
        self.feed = Feed(past.changes + 1)
        self.clock.skew = past.skew

    def now(self) -> float:
        """Wall seconds."""
        return self.clock.wall()

    def add_account(
        self,
        id: str,
        *,
        keys: Keys | None = None,
        kind: Kind = "subscription",
        verified: bool = False,
        mode: Mode = "plain",
        format: Format = "xml",
    ) -> OfficialAccount:
        """A new account, with keys of the simulator's own making unless given."""
        if id in self.accounts:
            raise Impossible("simulator.account_taken", account=id)
        account = OfficialAccount(
            id,
            keys or Keys.made(self.seed, id),
            seed=self.seed,
            kind=kind,
            verified=verified,
            mode=mode,
            format=format,
        )
        self.accounts[id] = account
        self.feed.tell("account", account)
        return account

    def add_component(self, id: str) -> Component:
        """A third-party platform, which accounts may authorise."""
        component = Component(id, seed=self.seed)
        self.components[component.appid] = component
        return component

    def account(self, id: str) -> OfficialAccount:
        """The account of that name. Raises Missing."""
        try:
            return self.accounts[id]
        except KeyError:
            raise Missing("simulator.unknown_account", account=id) from None

    def by_appid(self, appid: str) -> OfficialAccount | None:
        """The account with that AppID."""
        for account in self.accounts.values():
            if account.keys.appid == appid:
                return account
        return None

    def push(self, id: str) -> PushRecord:
        """The push of that number. Raises Missing."""
        try:
            return self.pushes[id]
        except KeyError:
            raise Missing("simulator.unknown_push", push=id) from None

    def call(self, id: str) -> CallRecord:
        """The API call of that number. Raises Missing."""
        for call in self.calls:
            if call.id == id:
                return call
        raise Missing("simulator.unknown_call", call=id)

    def next_id(self) -> str:
        """A number that nothing else has."""
        self._ids += 1
        return str(self._ids)

    def message_id(self) -> str:
        """A MsgId: 17 digits, counting up, and higher than any of an earlier run."""
        self._message_id = max(self._message_id + 1, int(self.now() * 10_000_000))
        return str(self._message_id)

    def remember(self, record: PushRecord) -> None:
        """Keep a new push; the oldest is forgotten."""
        self.pushes[record.id] = record
        self.latest[record.account, record.openid] = record
        if len(self.pushes) > KEPT:
            del self.pushes[next(iter(self.pushes))]
        self.feed.tell("push", record)

    def forget(self, account: OfficialAccount) -> None:
        """Keep no push of that account that is over."""
        for push in tuple(self.pushes.values()):
            if push.account == account.id and push.ended is not None:
                del self.pushes[push.id]
        self.feed.tell("cleared", account)

    def note(self, call: CallRecord) -> None:
        """Keep an API call, with the push that it answers."""
        self.calls.append(call)
        if call.account and call.openid:
            push = self.latest.get((call.account, call.openid))
            if push is not None:
                push.calls.append(call.id)
        self.feed.tell("call", call)

    def show(
        self,
        follower: Follower,
        side: Side,
        via: Via,
        kind: str,
        content: Content,
        *,
        push: PushRecord | None = None,
        call: str | None = None,
        ai: bool = False,
        at: float | None = None,
    ) -> Entry:
        """Put something on a follower's screen, now or as of then."""
        entry = Entry(
            id=self.next_id(),
            account=follower.account,
            openid=follower.openid,
            at=self.now() if at is None else at,
            side=side,
            via=via,
            kind=kind,
            content=content,
            push=push.id if push else None,
            call=call,
            ai=ai,
        )
        follower.screen.append(entry)
        if side != "follower" and kind != "event":
            seen = Seen(via, kind, _plain(content), entry.push)
            follower.recording.add(Line(entry.at, see=seen))
        if side == "account":
            follower.typing_until = 0.0
        if side != "follower" and kind != "event":
            follower.unread += 1
        if push is not None:
            push.entries.append(entry.id)
        self.feed.tell("entry", entry)
        self.feed.tell("follower", follower)
        return entry

    def type(self, follower: Follower, seconds: float) -> None:
        """Show 对方正在输入… on a follower's screen for so long; 0 ends it."""
        follower.typing_until = self.now() + seconds
        self.feed.tell("follower", follower)
        if seconds:
            with suppress(RuntimeError):  # without a loop nobody watches
                loop = asyncio.get_running_loop()
                loop.call_later(seconds, self.feed.tell, "follower", follower)

    def later(self, seconds: float, do: Callable[[], object]) -> None:
        """Do it when so many seconds have passed; at once where no loop runs."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            do()
            return

        def due() -> None:
            self._later.pop(timer, None)
            do()

        timer = loop.call_later(seconds, due)
        self._later[timer] = do

    def hasten(self) -> None:
        """Do at once whatever was to be done later: this process ends."""
        waiting, self._later = self._later, {}
        for timer, do in waiting.items():
            timer.cancel()
            do()

    def report(self, account: str, openid: str, event: str, fields: Fields) -> None:
        """Push what has become of a job, if the account has a server."""
        if tell := self.reports.get(account):
            tell(openid, event, fields)

    def set_options(self, changes: Mapping[str, object]) -> None:
        """Decide what WeChat does where public facts leave it open. Raises Impossible."""
        allowed = {str(option["name"]): option["allowed"] for option in Options.catalogue()}
        for name, value in changes.items():
            if name not in allowed or not _may_be(value, allowed[name]):
                raise Impossible("simulator.bad_option", option=name, value=value)
        self.options = convert({**asdict(self.options), **changes}, Options)
        self.feed.tell("options", self.options)

    def skip(self, seconds: float) -> None:
        """Move the wall time on; windows, quotas and tokens see it, timers do not."""
        self.clock.skew += seconds
        self.feed.tell("clock", None)


def _may_be(value: object, allowed: object) -> bool:
    """Whether an option may have that value: one of its own, or any positive number."""
    if isinstance(allowed, list) and allowed:
        return any(value == each and type(value) is type(each) for each in allowed)
    return isinstance(value, (int, float)) and not isinstance(value, bool) and value > 0


def _plain(content: Content) -> dict[str, object]:
    """What is shown, without the objects in it."""
    return {
        name: value.code if isinstance(value, Reason) else value for name, value in content.items()
    }
