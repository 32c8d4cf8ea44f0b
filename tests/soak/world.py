"""WeChat and the host around the engine: followers, pushes, a network, processes that die."""

import asyncio
import contextvars
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from random import Random
from typing import Any
from unittest.mock import patch

from awaiting import answer
from ending import end
from soak.bot import build
from soak.history import (
    MORE,
    PLEASE,
    PROCESS,
    Death,
    History,
    Message,
    Push,
    Seen,
    Written,
    shown,
    tokens_in,
)
from soak.stores import OPENED, Shared, Way, opened
from yizhan import Account, messages
from yizhan.api import Response as ApiResponse
from yizhan.errors import Overloaded, StoreError, Unreachable, Unsent
from yizhan.inbox import key
from yizhan.inbox.inbox import Inbox
from yizhan.inbox.push import Accepted
from yizhan.inbox.reruns import Reruns
from yizhan.inbox.threads import Threads
from yizhan.testing.loop import JumpingLoop, LoopClock

GH = "gh_soak00000000"
NOTICE = "该公众号提供的服务出现故障，请稍后再试"
WORKING = "WORKING"
TIMEOUT = 30.0  # a handler's
FIVE = 5.0
BACK = 0.05  # seconds that the way back from WeChat's API takes at the most


@dataclass(frozen=True)
class Weather:
    """What may go wrong in an episode; probabilities, and times in seconds."""

    kill: float = 0.0  # mean seconds between two deaths, 0 for none
    cut: float = 0.0  # mean seconds between two cuts of a way to the store
    breaks: float = 0.0  # of a store's answer
    lost: float = 0.0  # of a written reply
    deaf: float = 0.0  # that the server does not notice WeChat's hanging up
    doubled: float = 0.0
    delayed: float = 0.0
    refused: float = 0.0  # of a customer-service message
    unknown: float = 0.0
    steps: float = 0.0  # mean seconds between two steps of the wall clock

    @property
    def fair(self) -> bool:
        """Whether nothing goes wrong at all."""
        return self == Weather()


@dataclass(frozen=True)
class Setting:
    """What does not change within an episode."""

    sqlite: bool
    fans: int
    messages: int
    processes: int
    pushes: int  # of WeChat, for a message in all
    hold: int
    rights: bool
    ordered: bool
    lease: float
    weather: Weather


class Line:
    """One connection of a push."""

    ends: float | None = None

    def __init__(self, arrived: float) -> None:
        self.arrived = arrived
        self.closed = False
        self._hung_up: Callable[[], None] | None = None

    def watch(self, hung_up: Callable[[], None]) -> None:
        self._hung_up = partial(contextvars.copy_context().run, hung_up)

    def hang_up(self) -> None:
        if not self.closed:
            self.closed = True
            if self._hung_up is not None:
                self._hung_up()


class Api:
    """api.weixin.qq.com, as one process reaches it."""

    def __init__(self, world: "World", process: int, way: Way) -> None:
        self.world = world
        self.process = process
        self.way = way

    async def send(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None
    ) -> ApiResponse:
        self.way.ensure_alive()
        if "stable_token" in url:
            return _json(access_token="t", expires_in=7200)
        weather, random = self.world.setting.weather, self.world.random
        begun = self.world.loop.time()
        self.world.history.begun.append((begun, self.process))
        await asyncio.sleep(random.choice((0.05, 0.05, 0.3, 2.0)) * random.random())
        self.way.ensure_alive()
        fields = json.loads(body or b"{}")
        fan = fields["touser"]
        reply = fields[fields["msgtype"]]
        text = reply.get("content") or reply.get("media_id") or ""
        fate = random.random()
        if fate < weather.refused:
            if random.random() < 0.3:
                raise Unsent("api.unreachable", host="api", problem="refused")
            errcode = random.choices((45015, 45047, 48001, -1), (4, 4, 1, 4))[0]
            if errcode == 48001:
                self.world.history.refusals.append((self.world.loop.time(), self.process))
            return _json(errcode=errcode, errmsg="no")
        if fate < weather.refused + weather.unknown:
            if random.random() < 0.5:
                self.world.sees(fan, text, self.process, None, begun)
            self.world.history.sends_unknown.append((self.world.loop.time(), fan, tokens_in(text)))
            raise Unreachable("api.unknown", problem="cut")
        if not self.world.spend(fan):
            return _json(errcode=45047, errmsg="out of response count limit")
        self.world.sees(fan, text, self.process, None, begun)
        await asyncio.sleep(BACK * random.random())
        self.way.ensure_alive()
        return _json(errcode=0, errmsg="ok")

    async def close(self) -> None:
        """There is nothing to close."""


def _json(**fields: object) -> ApiResponse:
    return ApiResponse(200, {}, json.dumps(fields).encode())


class Process:
    """One worker: an account of its own on the common store."""

    def __init__(self, world: "World", number: int) -> None:
        self.world = world
        self.number = number
        self.tasks: set[asyncio.Task[object]] = set()
        self.up = False
        self.dead = False
        seed = f"{world.seed}/{number}"
        self.way = Way(world.loop, Random(seed), world.setting.weather.breaks)
        url = f"memory://{seed}"
        store = OPENED[url] = world.shared.open(self.way, number)
        self.account = Account(clock=world.clock, store=url, **world.settings)
        self.account.transport = Api(world, number, self.way)
        build(self.account, world.history)
        self.context = contextvars.copy_context()
        self.context.run(PROCESS.set, number)
        store.context = self.context

    async def start(self) -> None:
        """Come up; StoreError when the store is out of reach."""
        await self.world.loop.create_task(self.account.start(), context=self.context.copy())
        self.up = True

    def kill(self) -> None:
        """As kill -9: whatever it was doing ends here, and nothing more is said to the store."""
        self.up = False
        self.dead = self.way.dead = True
        self.world.history.deaths.append(Death(self.number, self.world.loop.time(), "killed"))
        self._end()

    def _end(self) -> None:
        end(self.world.loop, tuple(self.tasks), lambda it: it.get(PROCESS, -1) == self.number)

    async def stop(self) -> None:
        """As SIGTERM, to its end even if nobody waits for it."""
        await asyncio.shield(self.world.loop.create_task(self._stop()))

    async def _stop(self) -> None:
        self.up = False
        self.world.history.deaths.append(Death(self.number, self.world.loop.time(), "stopped"))
        with suppress(StoreError):
            await self.world.loop.create_task(self.account.stop(), context=self.context.copy())
        self.world.history.deaths.append(Death(self.number, self.world.loop.time(), "stopped"))
        if not self.dead:
            self.dead = self.way.dead = True
            self._end()

    def cut(self, seconds: float) -> None:
        """Out of the store's reach for some time."""
        now = self.world.loop.time()
        self.way.cut_until = now + seconds
        self.world.history.cuts.append((self.number, now, now + seconds))

    async def serve(
        self, message: Message, incoming: messages.Message, line: Line, got: asyncio.Future[str]
    ) -> None:
        """What the server does with one push (`server.asgi`), and its end if it is killed."""
        world = self.world
        arrived = world.loop.time()
        push = Push(arrived, self.number)
        message.pushes.append(push)
        try:
            push.got = await self._answer(message, incoming, line, got)
        except (Overloaded, StoreError):
            push.got = "refused"
        except asyncio.CancelledError:
            push.got = "reset"
            raise
        finally:
            push.seconds = world.loop.time() - arrived
            if push.got in ("refused", "reset") and not got.done():
                got.set_result(push.got)

    async def _answer(
        self, message: Message, incoming: messages.Message, line: Line, got: asyncio.Future[str]
    ) -> str:
        world = self.world
        inbox = await self.account.ready()
        if inbox.calendar.unsure:
            inbox.calendar.compare(world.wechat_time())
        accepted = Accepted(incoming, message.key, None, world.wechat_time())
        response = await answer(inbox.engine, accepted, line)
        if response.close:
            if not got.done():
                got.set_result("closed")
            return "held"
        text = "" if response.reply is None else shown(response.reply)
        if line.closed:
            inbox.engine.lost(response)
            return "cut"
        written = Written(world.loop.time(), message.mid, self.number, tokens_in(text), text)
        world.history.written.append(written)
        world.history.written_for.setdefault(message.mid, []).append(written)
        if world.random.random() < world.setting.weather.lost:
            message.faults.append("lost")
        elif not got.done():
            written.reached = True
            got.set_result(text)
        with suppress(StoreError):
            inbox.engine.written(response)
        return "success" if response.reply is None else "reply"


@contextmanager
def observed() -> Iterator[None]:
    """Stores are those of the world, and plain functions are called without threads."""
    with (
        patch("yizhan.account.connect", opened),
        patch("yizhan.account.Inbox", _inbox),
        patch.object(Threads, "run", _inline),
    ):
        yield


def _inbox(**parts: Any) -> Inbox:
    """That of one process: what others run again on this loop is none of its business."""
    return Inbox(**parts, reruns=Reruns())


async def _inline(threads: Threads, function: Callable[[], object]) -> object:
    await asyncio.sleep(0)
    return function()


class CountedFuture(asyncio.Future):  # type: ignore[type-arg]
    """A future whose place in a set does not depend on where in memory it lies."""

    def __init__(self, *, loop: "CountedLoop") -> None:
        self.number = next(loop.numbers)
        super().__init__(loop=loop)

    def __hash__(self) -> int:
        return self.number


class CountedTask(asyncio.Task):  # type: ignore[type-arg]
    def __init__(self, coroutine, *, loop, **more):  # type: ignore[no-untyped-def]
        self.number = next(loop.numbers)
        super().__init__(coroutine, loop=loop, **more)

    def __hash__(self) -> int:
        return self.number


class CountedLoop(JumpingLoop):
    """A jumping loop on which the same things happen in the same order each time."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers = count(1)

    def create_future(self) -> CountedFuture:
        return CountedFuture(loop=self)


@dataclass
class World:
    """One episode's host, WeChat and followers."""

    seed: str
    setting: Setting
    loop: CountedLoop
    clock: LoopClock
    shared: Shared
    history: History = field(default_factory=History)
    processes: list[Process] = field(default_factory=list)
    windows: dict[str, dict[str, tuple[float, int]]] = field(default_factory=dict)
    last_mid: int = 0

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        self.history.events = self.shared.events
        self.settings: dict[str, object] = {
            "token": "soakSoakSoakSoak",
            "appid": "wx0000000000000000",
            "secret": "secret",
            "kind": "service",
            "verified": self.setting.rights,
            "hold": self.setting.hold,
            "ordered": self.setting.ordered,
            "lease": self.setting.lease,
            "grace": 2.0,
            "handler_timeout": TIMEOUT,
            "working": WORKING,
            "more": MORE + " {n}",
            "text_please": PLEASE,
        }
        self.loop.set_task_factory(self._task)

    def _task(self, loop, coroutine, *, context=None, **more):  # type: ignore[no-untyped-def]
        """Every task belongs to the process in whose context it was begun."""
        task = CountedTask(coroutine, loop=loop, context=context, **more)
        number = PROCESS.get(-1) if context is None else context.get(PROCESS, -1)
        if number is not None and number >= 0:
            tasks = self.processes[number].tasks
            tasks.add(task)
            task.add_done_callback(tasks.discard)
        return task

    # Processes

    @property
    def up(self) -> list[Process]:
        return [process for process in self.processes if process.up]

    async def launch(self) -> Process:
        """One more process; tries until the store lets it in."""
        while True:
            process = Process(self, len(self.processes))
            self.processes.append(process)
            try:
                await process.start()
            except StoreError:
                process.kill()
                await asyncio.sleep(1.0)
            else:
                return process

    # WeChat

    def sees(self, fan: str, text: str, process: int, by: int | None, begun: float = 0.0) -> None:
        now, tokens = self.loop.time(), tokens_in(text)
        self.history.seen.append(Seen(now, fan, text, tokens, process, by, begun))

    def wechat_time(self) -> int:
        """What WeChat's own clock says, which is never set."""
        return int(self.clock.wall() - self.clock.skew)

    def spend(self, fan: str) -> bool:
        """Whether WeChat still lets a customer-service message through to this follower."""
        now = self.loop.time()
        limits = {"message": (48 * 3600.0, 5), "menu": (60.0, 3), "follow": (60.0, 3)}
        windows = self.windows.get(fan, {})
        for name, (since, used) in sorted(windows.items(), key=lambda pair: pair[0] == "message"):
            seconds, most = limits[name]
            if now < since + seconds and used < most:
                windows[name] = (since, used + 1)
                return True
        return False

    def compose(self, fan: str, fields: dict[str, str], *, word: bool = False) -> Message:
        """A message of this follower, and the push's fields with it."""
        self.last_mid += 1
        mid = self.last_mid
        fields = {name: value.replace("MID", str(mid)) for name, value in fields.items()}
        if fields["MsgType"] != "event":
            fields["MsgId"] = str(mid)
        header = {
            "ToUserName": GH,
            "FromUserName": fan,
            "CreateTime": str(self.wechat_time()),
        }
        incoming = messages.read({**header, **fields})
        content = fields.get("Content") or fields.get("EventKey") or fields["MsgType"]
        name = key.of(incoming, repr(fields).encode())
        message = Message(mid, name, fan, content, word, self.loop.time())
        self.history.messages[mid] = self.history.by_key[name] = message
        event = fields.get("Event")
        opened = {None: "message", "CLICK": "menu", "subscribe": "follow"}.get(event)
        if opened:
            self.windows.setdefault(fan, {})[opened] = (message.at, 0)
        message.incoming = incoming  # type: ignore[attr-defined]
        message.shown = event not in ("VIEW", "unheard")
        message.alone = event == "unheard"
        return message

    async def deliver(self, message: Message) -> None:
        """WeChat's whole way with a message."""
        quits = message.may_notice and self.setting.pushes == 3
        pushes = self.random.randint(1, 2) if quits else self.setting.pushes
        for number in range(pushes):
            started = self.loop.time()
            answer = await self._push(message)
            if number == 0:
                message.missed = message.faults in (["refused"], ["reset"], ["down"])
            if answer is not None:
                message.answered = answer
                if answer:
                    self.sees(message.fan, answer, self._writer(message), message.mid)
                return
            left = started + FIVE - self.loop.time()
            if left > 0 and self.random.random() < 0.7:
                await asyncio.sleep(left)
        if message.shown:
            message.noticed = True
            self.sees(message.fan, NOTICE, -1, message.mid)

    def _writer(self, message: Message) -> int:
        """The process whose reply to this message came through."""
        through = (it for it in self.history.written if it.mid == message.mid and it.reached)
        return next(through).process

    async def _push(self, message: Message) -> str | None:
        """One push: the answer's text, "" for the acknowledgement, None when there was none."""
        weather, random = self.setting.weather, self.random
        delay = random.random() * 7.0 if random.random() < weather.delayed else 0.0
        if delay:
            message.faults.append("delayed")
        got: asyncio.Future[str] = self.loop.create_future()
        line = self._travel(message, got, delay)
        if random.random() < weather.doubled:
            message.faults.append("doubled")
            twin = self._travel(message, got, random.random() ** 3)
            self.loop.call_later(FIVE, twin.hang_up)
        done, _ = await asyncio.wait((got,), timeout=FIVE)
        if not done:
            got.cancel()
            if random.random() < weather.deaf:
                message.faults.append("deaf")
            else:
                line.hang_up()
            return None
        line.hang_up()
        result = got.result()
        if result in ("refused", "reset", "closed"):
            if result != "closed":
                message.faults.append(result)
            return None
        return result

    def _travel(self, message: Message, got: asyncio.Future[str], delay: float) -> Line:
        line = Line(self.loop.time())
        self.loop.call_later(delay, self._arrive, message, got, line)
        return line

    def _arrive(self, message: Message, got: asyncio.Future[str], line: Line) -> None:
        up = self.up
        if not up:
            message.faults.append("down")
            if not got.done():
                got.set_result("refused")
            return
        process = self.random.choice(up)
        line.arrived = self.loop.time()
        self.loop.create_task(
            process.serve(message, message.incoming, line, got),  # type: ignore[attr-defined]
            context=process.context.copy(),
        )
