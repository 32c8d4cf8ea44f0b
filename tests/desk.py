"""WeChat on the engine's desk: followers, pushes of five seconds, a courier, no sockets.

Everything runs on one jumping loop. A desk is one process of an account; desks opened
beside it share its store, its courier and what its followers see.
"""

import asyncio
import contextvars
import itertools
from collections.abc import Callable, Coroutine, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar
from unittest.mock import patch

from awaiting import answer
from ending import end
from stored import Stored, in_memory
from way import Way, name_of
from yizhan import Account, messages
from yizhan.errors import Overloaded, SendRefused, SendUnknown, StoreError
from yizhan.inbox import key, upkeep
from yizhan.inbox.inbox import Inbox
from yizhan.inbox.push import Accepted, Response
from yizhan.inbox.reruns import Reruns
from yizhan.middleware import Incoming
from yizhan.replies import Reply, Text
from yizhan.settings import Settings
from yizhan.store.applying import Loaded
from yizhan.store.mailbox import DIALOG, SESSION, Mailbox, Rule
from yizhan.store.mailboxes.memory import MemoryStore, Shared
from yizhan.testing.loop import JumpingLoop, LoopClock

TOKEN = "engine0test0token0"
GH = "gh_desk00000000"
NOTICE = "该公众号提供的服务出现故障，请稍后再试"
WORKING = Settings().working
REFUSED = SendRefused("send.refused", problem="45015")
UNKNOWN = SendUnknown("send.unknown", problem="cut")

T = TypeVar("T")

PROCESS: "contextvars.ContextVar[Desk | None]" = contextvars.ContextVar("process", default=None)


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

    ends: float | None = None

    def __init__(self, loop: asyncio.AbstractEventLoop, seconds: float) -> None:
        self.arrived = loop.time()
        self.closed = False
        self._hung_up: Callable[[], None] | None = None
        self._timer = loop.call_later(seconds, self.hang_up)

    def watch(self, hung_up: Callable[[], None]) -> None:
        self._hung_up = partial(contextvars.copy_context().run, hung_up)

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
        self.begun: list[Reply] = []
        self.sent: list[Reply] = []
        self.typed: list[str] = []
        self.fails: list[Exception | None] = []
        self.seconds = 0.1

    async def send(self, openid: str, reply: Reply) -> None:
        self.begun.append(reply)
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


def key_of(message: Incoming) -> str:
    """The message's key, as if its body were what Python prints of its fields."""
    return key.of(message, repr(message.raw).encode())


async def until(condition: Callable[[], object]) -> None:
    """Let everything else go on until this is so."""
    while not condition():  # noqa: ASYNC110  # nobody would set an event
        await asyncio.sleep(0)


async def until_closed(line: Line) -> None:
    """Until WeChat has hung up; nobody else is told of it any more."""
    closed = asyncio.get_running_loop().create_future()
    line.watch(lambda: closed.done() or closed.set_result(None))
    if not line.closed:
        await closed


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
    shared: Shared = field(default_factory=Shared)

    def __post_init__(self) -> None:
        self.clock = LoopClock(self.loop)
        self.store = MemoryStore("terminal", self.clock, self.shared)
        self.courier = Courier(self.sees)
        self.loop.busy = lambda: any(desk.in_threads for desk in self.desks)
        self.loop.set_task_factory(self._task)

    def _task(self, loop, coroutine, *, context=None, **named):
        """Every task belongs to the process in whose context it was begun."""
        task = asyncio.Task(coroutine, loop=loop, context=context, **named)
        desk = PROCESS.get() if context is None else context.get(PROCESS)
        if desk is not None:
            desk.tasks.add(task)
            task.add_done_callback(desk.tasks.discard)
            if desk.way.dead:
                task.cancel()
        return task

    def wechat_time(self) -> int:
        """By WeChat's clock, which is never stepped."""
        return int(self.clock.wall() - self.clock.skew)

    def sees(self, openid: str, reply: Reply) -> None:
        self.replies.append(reply)
        self.screens.setdefault(openid, []).append(shown(reply))

    def apply(self, rule: Rule[T], openid: str = "oFan", keys: Iterable[str] = ()) -> T:
        """What a rule gives that the terminal has applied."""
        results: list[Any] = []
        self.store.change(openid, rule, results.append, keys=keys)
        if isinstance(results[0], Exception):
            raise results[0]
        return results[0]

    def box(self, fan: str = "oFan") -> Mailbox:
        """A follower's mailbox."""
        return self.shared.boxes.get(fan, Loaded()).box

    def session(self, fan: str = "oFan") -> bytes | None:
        return self.shared.boxes.get(fan, Loaded()).rows.get(SESSION)

    def dialog(self, fan: str = "oFan") -> bytes | None:
        return self.shared.boxes.get(fan, Loaded()).rows.get(DIALOG)

    def retry(self, name: str) -> bool:
        """`yizhan jobs retry`."""
        openid = self.shared.messages[name].openid
        return self.apply(partial(upkeep.retry, key=name), openid, [name])


@dataclass
class Answer:
    """What one push got, and after how many seconds."""

    kind: str
    text: str = ""
    seconds: float = 0.0


class Desk:
    """One process: an account's engine under the clock that jumps."""

    def __init__(
        self,
        world: World,
        setup: Callable[[Account], None],
        *,
        reruns: Reruns | None = None,
        **settings: object,
    ) -> None:
        self.world = world
        self.reruns = reruns or Reruns()
        self.loop = world.loop
        self.courier = world.courier
        self.setup = setup
        self.settings = {"store": "memory://", "token": TOKEN, "grace": 0.0} | settings
        self.account = Account("desk", clock=world.clock, **self.settings)
        setup(self.account)
        self.way = Way(world.shared, world.clock, world.loop)
        self.inbox: Inbox
        self.starting = False
        self.tasks: set[asyncio.Task[Any]] = set()
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
        self,
        setup: Callable[[Account], None] | None = None,
        *,
        reruns: Reruns | None = None,
        **settings: object,
    ) -> "Desk":
        """One more process of the same account."""
        settings = self.settings | settings
        desk = Desk(self.world, setup or self.setup, reruns=reruns, **settings)
        await desk.start()
        return desk

    async def start(self) -> None:
        with ExitStack() as replaced:
            replaced.enter_context(patch("yizhan.account.connect", self.way.connect))
            replaced.enter_context(patch("yizhan.account.Inbox", self._inbox))
            self.starting = True
            try:
                self.inbox = await self._within(self.account.start())
            finally:
                self.starting = False

    def _inbox(self, **parts: Any) -> Inbox:
        """An inbox that sends by the courier of this world."""
        settings = self.account.settings
        inbox = Inbox(**{**parts, "courier": self.courier, "reruns": self.reruns})
        inbox.permission.allowed = settings.verified or settings.kind == "sandbox"
        return inbox

    async def _within(self, work: Coroutine[Any, Any, T]) -> T:
        """Do it in this process, so that it ends with it."""
        return await self.loop.create_task(work, context=self._context())

    def _context(self) -> contextvars.Context:
        context = contextvars.copy_context()
        context.run(PROCESS.set, self)
        return context

    async def stop(self) -> None:
        """What SIGTERM does."""
        await self._within(self.account.stop())

    async def kill(self) -> None:
        """What `kill -9` does: nothing is written any more, and nothing runs any more."""
        self.way.dead = True
        left = end(self.loop, self.tasks, lambda context: context.get(PROCESS) is self)
        if left:
            await asyncio.wait(left, timeout=0.001)
        self.account._starting = None

    @property
    def in_threads(self) -> bool:
        if self.starting:  # and looks at its store's folder, for example
            return True
        return self.inbox.threads.pending > self.inbox.threads.abandoned

    def screen(self, fan: str = "oFan") -> list[str]:
        """All that this follower has seen."""
        return self.world.screens.get(fan, [])

    async def jobs(self, *states: str) -> list[Stored]:
        """The messages in these states, oldest first."""
        return [it for it in in_memory(self.world.shared) if not states or it.state in states]

    def watched(self, name: str) -> list[tuple[Loaded, Loaded]]:
        """The mailbox before and after each commit of that rule, from now on."""
        commits: list[tuple[Loaded, Loaded]] = []
        boxes, change = self.world.shared.boxes, self.way.store.change

        def noted(openid, rule, then, **named):
            before = boxes.get(openid, Loaded())
            change(openid, rule, then, **named)
            if name_of(rule) == name:
                commits.append((before, boxes[openid]))

        self.way.store.change = noted
        return commits

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
        if self.inbox.calendar.unsure:
            self.inbox.calendar.compare(self.world.wechat_time())
        accepted = Accepted(message, key_of(message), None, self.world.wechat_time())
        try:
            response = await self.answer(accepted, line)
        except (Overloaded, StoreError) as error:
            return Answer("busy", str(error), round(self.loop.time() - line.arrived, 3))
        finally:
            line.done()
        took = round(self.loop.time() - line.arrived, 3)
        if response is None or response.close:
            return Answer("cut", "", took)
        if line.closed or lose:
            self.lost(response)
            return Answer("cut", "", took)
        self.written(response)
        if response.reply is None:
            return Answer("success", "", took)
        self.world.sees(message.from_user, response.reply)
        return Answer(response.shown or "reply", shown(response.reply), took)

    async def answer(self, accepted: Accepted, line: Line) -> Response | None:
        """What the engine would write; None from a process that was killed, once WeChat hangs up.

        Raises what the engine refuses it with.
        """
        try:
            return await self._within(answer(self.inbox.engine, accepted, line))
        except asyncio.CancelledError:
            if not self.way.dead or asyncio.current_task().cancelling():
                raise
            await until_closed(line)
            return None

    def written(self, response: Response) -> None:
        """The response was written to its connection."""
        self._context().run(self.inbox.engine.written, response)

    def lost(self, response: Response) -> None:
        """Its connection had closed before."""
        self._context().run(self.inbox.engine.lost, response)

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
