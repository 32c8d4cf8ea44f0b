"""WeChat on the engine's desk: followers, pushes of five seconds, a courier, no sockets.

Everything runs on one jumping loop. A desk is one process of an account; desks opened
beside it share its store, its courier and what its followers see.
"""

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from yizhan import Account, messages
from yizhan.errors import Overloaded, SendRefused, SendUnknown, StoreError
from yizhan.inbox import key
from yizhan.inbox.engine import Accepted
from yizhan.inbox.inbox import Inbox
from yizhan.middleware import Incoming
from yizhan.replies import Reply, Text
from yizhan.settings import Settings
from yizhan.store import Job, Store
from yizhan.store.memory import MemoryStore
from yizhan.testing.loop import JumpingLoop, LoopClock

TOKEN = "engine0test0token0"
GH = "gh_desk00000000"
NOTICE = "该公众号提供的服务出现故障，请稍后再试"
WORKING = Settings().working
REFUSED = SendRefused("send.refused", problem="45015")
UNKNOWN = SendUnknown("send.unknown", problem="cut")


def more(count: int) -> str:
    """The note under an answer that leaves so many behind."""
    return Settings().more.format(n=count)


class Slow:
    """A bot that takes its time: "8 rain" is answered with "rain" after 8 seconds."""

    def __init__(self) -> None:
        self.runs: list[str] = []
        self.ended: list[str] = []

    def __call__(self, account: Account) -> None:
        @account.text
        async def slow(message):
            self.runs.append(message.content)
            seconds, _, answer = message.content.partition(" ")
            if seconds.isdigit():
                await asyncio.sleep(float(seconds))
            self.ended.append(message.content)
            return answer or message.content


class Line:
    """One connection of a push; WeChat hangs up when its five seconds are over."""

    def __init__(self, loop: asyncio.AbstractEventLoop, seconds: float) -> None:
        self.arrived = loop.time()
        self.closed = False
        self._hung_up: Callable[[], None] | None = None
        self._timer = loop.call_later(seconds, self.hang_up)

    def watch(self, hung_up: Callable[[], None]) -> None:
        self._hung_up = hung_up

    def hang_up(self) -> None:
        self.closed = True
        if self._hung_up is not None:
            self._hung_up()

    def done(self) -> None:
        self._timer.cancel()


class Courier:
    """Takes customer-service messages; `fails` says with what the next ones fail, if at all."""

    def __init__(self, sees: Callable[[str, Reply], None]) -> None:
        self.sees = sees
        self.sent: list[Reply] = []
        self.typed: list[str] = []
        self.fails: list[Exception | None] = []
        self.seconds = 0.1

    async def send(self, openid: str, reply: Reply) -> None:
        await asyncio.sleep(self.seconds)
        self._may_fail()
        self.sent.append(reply)
        self.sees(openid, reply)

    async def typing(self, openid: str) -> None:
        self.typed.append(openid)
        self._may_fail()

    def _may_fail(self) -> None:
        if self.fails and (problem := self.fails.pop(0)) is not None:
            raise problem


class Way:
    """One process's way to the store that all share; it can be cut, and it can fail.

    `failing` names the methods that raise StoreError, "*" for all of them; calls take
    `seconds`, or what `slow` says; a process that is `dead` hears nothing any more.
    """

    TELLS = frozenset({"claim", "finish", "settle", "release", "sent", "unsent", "leave", "forget"})

    def __init__(self, world: "World") -> None:
        self.store = world.store
        self.failing: set[str] = set()
        self.calls: list[str] = []
        self.dead = False
        self.closed = False
        self.seconds = 0.0
        self.slow: dict[str, float] = {}
        self.changed = asyncio.Event()
        world.ways.append(self)
        self._ways = world.ways

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        method = getattr(self.store, name)

        async def call(*arguments: object, **named: object) -> object:
            self.calls.append(name)
            if seconds := self.slow.get(name, self.seconds):
                await asyncio.sleep(seconds)
            if self.dead:
                await asyncio.Event().wait()
            if self.closed:
                raise StoreError("store.closed")
            if name in self.failing or ("*" in self.failing and name != "close"):
                raise StoreError("store.unreachable", problem=name)
            result = await method(*arguments, **named)
            if name in self.TELLS:
                for way in self._ways:
                    if way is not self:
                        way.changed.set()
            return result

        return call

    async def pulse(self) -> None:
        if self.failing & {"pulse", "*"}:
            raise StoreError("store.unreachable", problem="pulse")
        await self.changed.wait()
        self.changed.clear()


def key_of(message: Incoming) -> str:
    """The message's key, as if its body were what Python prints of its fields."""
    return key.of(message, repr(message.raw).encode())


async def until(condition: Callable[[], object]) -> None:
    """Let everything else go on until this is so."""
    while not condition():  # noqa: ASYNC110  # nobody would set an event
        await asyncio.sleep(0)


def shown(reply: Reply) -> str:
    """What a follower reads of a reply."""
    return reply.content if isinstance(reply, Text) else type(reply).__name__


@dataclass
class World:
    """What all desks share."""

    loop: JumpingLoop
    screens: dict[str, list[str]] = field(default_factory=dict)
    replies: list[Reply] = field(default_factory=list)
    ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    desks: "list[Desk]" = field(default_factory=list)
    ways: "list[Way]" = field(default_factory=list)

    def __post_init__(self) -> None:
        self.clock = LoopClock(self.loop)
        self.store: Store = MemoryStore(self.clock)
        self.courier = Courier(self.sees)
        self.loop.busy = lambda: any(desk.in_threads for desk in self.desks)

    def wechat_time(self) -> int:
        """By WeChat's clock, which is never stepped."""
        return int(self.clock.wall() - self.clock.skew)

    def sees(self, openid: str, reply: Reply) -> None:
        self.replies.append(reply)
        self.screens.setdefault(openid, []).append(shown(reply))


@dataclass
class Answer:
    """What one push got, and after how many seconds."""

    kind: str
    text: str = ""
    seconds: float = 0.0


class Desk:
    """One process: an account's engine under the clock that jumps."""

    def __init__(self, world: World, setup: Callable[[Account], None], **settings: object) -> None:
        self.world = world
        self.loop = world.loop
        self.courier = world.courier
        self.setup = setup
        self.settings = {"store": "memory://", "token": TOKEN, "grace": 0.0} | settings
        self.account = Account("desk", clock=world.clock, **self.settings)
        setup(self.account)
        self.way = Way(world)
        self.inbox: Inbox
        world.desks.append(self)

    @classmethod
    async def open(cls, setup: Callable[[Account], None], **settings: object) -> "Desk":
        """The first process."""
        loop = asyncio.get_running_loop()
        assert isinstance(loop, JumpingLoop)
        desk = cls(World(loop), setup, **settings)
        await desk.start()
        return desk

    async def beside(
        self, setup: Callable[[Account], None] | None = None, **settings: object
    ) -> "Desk":
        """One more process of the same account."""
        desk = Desk(self.world, setup or self.setup, **(self.settings | settings))
        await desk.start()
        return desk

    async def start(self) -> None:
        with patch("yizhan.account.connect", lambda *_, **__: self.way):
            self.inbox = await self.account.start()
        delivery = self.inbox.delivery
        delivery.courier = self.courier
        settings = self.account.settings
        delivery.permission.allowed = settings.verified or settings.kind == "sandbox"

    async def stop(self) -> None:
        """What SIGTERM does."""
        await self.account.stop()

    async def kill(self) -> None:
        """What `kill -9` does: nothing is written any more, and nothing runs any more."""
        self.way.dead = True
        inbox = self.inbox
        tasks = [run.task for run in inbox.work.runs.values()]
        tasks += [*inbox.delivery._waits, *inbox.delivery._sends, *inbox.lookout._tasks]
        tasks += [inbox.keeper._task, inbox.lookout._listener]
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks, timeout=0.001)
        self.account._starting = None

    @property
    def in_threads(self) -> bool:
        return self.inbox.threads.pending > self.inbox.threads.abandoned

    def screen(self, fan: str = "oFan") -> list[str]:
        """All that this follower has seen."""
        return self.world.screens.get(fan, [])

    async def jobs(self, *states: str) -> list[Job]:
        """The jobs in these states, oldest first."""
        jobs = reversed(await self.world.store.jobs(None, 1000, None))
        return [job for job in jobs if not states or job.state in states]

    def text(self, content: str, fan: str = "oFan", **more: str) -> Incoming:
        fields = {"MsgType": "text", "Content": content, "MsgId": str(next(self.world.ids))}
        return self.read(fields | more, fan)

    def event(self, name: str, event_key: str = "", fan: str = "oFan", **more: str) -> Incoming:
        return self.read({"MsgType": "event", "Event": name, "EventKey": event_key} | more, fan)

    def read(self, fields: dict[str, str], fan: str = "oFan") -> Incoming:
        created = str(int(self.world.clock.wall()))
        header = {"ToUserName": GH, "FromUserName": fan, "CreateTime": created}
        return messages.read(header | fields)

    def line(self, seconds: float = 5.0) -> Line:
        """A connection that is opened now."""
        return Line(self.loop, seconds)

    async def push(self, message: Incoming, *, seconds: float = 5.0, lose: bool = False) -> Answer:
        """One connection: what came back within its seconds; `lose` cuts it during the write."""
        line = self.line(seconds)
        engine = self.inbox.engine
        if self.inbox.calendar.unsure:
            self.inbox.calendar.compare(self.world.wechat_time())
        accepted = Accepted(message, key_of(message), None, self.world.wechat_time())
        try:
            response = await engine.answer(accepted, line)
        except (Overloaded, StoreError) as error:
            return Answer("busy", str(error), round(self.loop.time() - line.arrived, 3))
        finally:
            line.done()
        took = round(self.loop.time() - line.arrived, 3)
        if response.close:
            return Answer("cut", "", took)
        if line.closed or lose:
            await engine.lost(response)
            return Answer("cut", "", took)
        await engine.written(response)
        if response.reply is None:
            return Answer("success", "", took)
        self.world.sees(message.from_user, response.reply)
        return Answer(response.shown or "reply", shown(response.reply), took)

    async def sends(self, message: Incoming, *others: "Desk", pushes: int = 3) -> Answer:
        """WeChat's whole way with a message: pushes five seconds apart, to the desks in turn."""
        for desk in itertools.islice(itertools.cycle((self, *others)), pushes):
            started = self.loop.time()
            answer = await desk.push(message)
            if answer.kind not in ("cut", "busy"):
                return answer
            await asyncio.sleep(max(0.0, started + 5.0 - self.loop.time()))
        if pushes == 3:
            self.world.sees(message.from_user, Text(NOTICE))
        return answer

    async def says(self, content: str, fan: str = "oFan") -> Answer:
        return await self.sends(self.text(content, fan))

    async def idle(self, seconds: float = 30.0) -> None:
        """Let time go by."""
        await asyncio.sleep(seconds)
