"""WeChat on the engine's desk: followers, three pushes of five seconds, a courier, no sockets."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from yizhan import Account, messages
from yizhan.errors import SendRefused, SendUnknown
from yizhan.inbox import key
from yizhan.inbox.engine import Accepted, Response
from yizhan.replies import Reply, Text
from yizhan.testing.loop import JumpingLoop, LoopClock

TOKEN = "engine0test0token0"
GH = "gh_desk00000000"


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
    """Takes customer-service messages; `fails` says with what, and how often."""

    def __init__(self, seen: Callable[[str, str], None]) -> None:
        self.seen = seen
        self.sent: list[tuple[str, Reply]] = []
        self.typed: list[str] = []
        self.fails: list[Exception] = []

    async def send(self, openid: str, reply: Reply) -> None:
        await asyncio.sleep(0.1)
        if self.fails:
            raise self.fails.pop(0)
        self.sent.append((openid, reply))
        self.seen(openid, shown(reply))

    async def typing(self, openid: str) -> None:
        self.typed.append(openid)


REFUSED = SendRefused("send.refused", problem="45015")
UNKNOWN = SendUnknown("send.unknown", problem="cut")


def shown(reply: Reply) -> str:
    """What a follower reads of a reply."""
    return reply.content if isinstance(reply, Text) else type(reply).__name__


@dataclass
class Answer:
    """What one push got, and when."""

    kind: str
    text: str
    seconds: float


@dataclass
class Desk:
    """An account's engine under a clock that jumps, and what its followers see."""

    account: Account
    loop: JumpingLoop
    screens: dict[str, list[str]] = field(default_factory=dict)
    ids: int = 0
    courier: Courier = field(init=False)

    def __post_init__(self) -> None:
        self.courier = Courier(self.sees)

    def sees(self, openid: str, text: str) -> None:
        self.screens.setdefault(openid, []).append(text)

    def screen(self, fan: str = "oFan") -> list[str]:
        return self.screens.get(fan, [])

    async def start(self) -> None:
        inbox = await self.account.start()
        inbox.delivery.courier = self.courier
        kinds = (self.account.settings.kind, self.account.settings.verified)
        inbox.delivery.allowed = kinds in (("subscription", True), ("service", True))
        self.loop.busy = lambda: inbox.threads.busy > inbox.threads.abandoned

    def text(self, content: str, fan: str = "oFan") -> messages.Message:
        self.ids += 1
        return self.read({"MsgType": "text", "Content": content, "MsgId": str(self.ids)}, fan)

    def event(self, name: str, event_key: str = "", fan: str = "oFan") -> object:
        return self.read({"MsgType": "event", "Event": name, "EventKey": event_key}, fan)

    def read(self, fields: dict[str, str], fan: str) -> messages.Message:
        created = str(int(self.account.clock.wall()))
        header = {"ToUserName": GH, "FromUserName": fan, "CreateTime": created}
        return messages.read(header | fields)  # type: ignore[return-value]

    async def push(self, message, *, seconds: float = 5.0, lose: bool = False) -> Answer:
        """One connection: what came back within its seconds."""
        line = Line(self.loop, seconds)
        inbox = await self.account.start()
        accepted = Accepted(message, key.of(message, repr(message.raw).encode()))
        response: Response = await inbox.engine.answer(accepted, line)
        took = self.loop.time() - line.arrived
        if response.close or line.closed or lose:
            if not response.close:
                await inbox.engine.lost(response)
            return Answer("cut", "", took)
        line.done()
        await inbox.engine.written(response)
        if response.reply is None:
            return Answer("success", "", took)
        self.sees(message.from_user, shown(response.reply))
        return Answer(response.shown or "reply", shown(response.reply), took)

    async def sends(self, message, pushes: int = 3) -> Answer:
        """WeChat's whole way with a message: three pushes, five seconds apart at the earliest."""
        for number in range(pushes):
            started = self.loop.time()
            answer = await self.push(message)
            if answer.kind != "cut":
                return answer
            await asyncio.sleep(max(0.0, started + 5.0 - self.loop.time()))
            if number == pushes - 1:
                self.sees(message.from_user, "该公众号提供的服务出现故障，请稍后再试")
        return answer

    async def says(self, content: str, fan: str = "oFan") -> Answer:
        return await self.sends(self.text(content, fan))

    async def idle(self, seconds: float = 30.0) -> None:
        await asyncio.sleep(seconds)


def desk(setup: Callable[[Account], None], story, **settings: object) -> Desk:
    """Run a story (an async function of the desk) on a jumping loop, from start to stop."""
    loop = JumpingLoop()
    asyncio.set_event_loop(loop)
    settings = {"store": "memory://", "token": TOKEN} | settings
    account = Account("desk", clock=LoopClock(loop), **settings)
    setup(account)
    on = Desk(account, loop)

    async def whole() -> None:
        await on.start()
        try:
            await story(on)
        finally:
            await account.stop()

    try:
        loop.run_until_complete(whole())
    finally:
        loop.close()
        asyncio.set_event_loop(None)
    return on
