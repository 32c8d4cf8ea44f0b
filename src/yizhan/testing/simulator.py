"""WeChat around a bot, in one process: no sockets, and no time lost."""

import asyncio
from contextlib import ExitStack
from types import TracebackType
from typing import Self

from yizhan.account import Account
from yizhan.clock import Clock, SystemClock
from yizhan.errors import Impossible
from yizhan.server.hiding import shown
from yizhan.settings import Kind, Settings
from yizhan.simulator.api import ApiTransport, FakeApi
from yizhan.simulator.client import AppClient, Message, Receive, Send
from yizhan.simulator.faults import Fault, FaultKind
from yizhan.simulator.forms import Format
from yizhan.simulator.official import Keys, OfficialAccount
from yizhan.simulator.options import Options
from yizhan.simulator.pusher import Connected, Pusher
from yizhan.simulator.record import CallRecord, PushRecord
from yizhan.simulator.seed import Seed
from yizhan.simulator.templates import Template, Use
from yizhan.simulator.world import World
from yizhan.testing.loan import Loan
from yizhan.testing.loop import EPOCH, LoopClock, also, jumping, real
from yizhan.testing.user import User
from yizhan.wire import Mode

SEED = "yizhan.testing"  # the same keys and openids in every run


class Simulator:
    """WeChat, with one account whose server is the given bot.

    ```python
    async with Simulator(account) as wechat:
        fan = wechat.user()
        assert await fan.says("你好") == "你好！"
    ```

    The bot gets keys, store, clock and API from the simulator until the end of the block;
    its other settings hold, and `settings` outdo them. Time jumps while everybody waits, so
    `asyncio.sleep(40)` in a handler takes no time; `jump=False` keeps real time, as does a
    loop that cannot jump (uvloop). `kind` and `verified` are what the bot is told, and what
    the API believes. Entering raises SettingsError, or Impossible for a store other than
    memory where time jumps.
    """

    def __init__(
        self,
        account: Account,
        *,
        kind: Kind | None = None,
        verified: bool | None = None,
        mode: Mode = "plain",
        format: Format = "xml",
        options: Options | None = None,
        jump: bool = True,
        **settings: object,
    ) -> None:
        self.account = account
        self.world: World
        self.official: OfficialAccount
        self.pusher: Pusher
        self._mode: Mode = mode
        self._format: Format = format
        self._options = options
        self._jump = jump
        self._given = {"kind": kind, "verified": verified, **settings}
        self._jumps = False
        self._entered = ExitStack()
        self._delivered: set[str] = set()

    async def __aenter__(self) -> Self:
        with ExitStack() as entering:
            self.world = World(
                clock=self._clock(entering), seed=Seed(secret=SEED), options=self._options
            )
            self._loan = Loan(self.account)
            entering.callback(self._loan.give_back)
            entering.enter_context(shown())
            self._open(Keys.made(self.world.seed, self.account.name or "bot"))
            self._entered = entering.pop_all()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        with self._entered:
            await self.pusher.close()
            await self.account.stop()

    def user(self, nickname: str = "", *, openid: str = "", following: bool = True) -> User:
        """One more follower; WeChat has not told the bot of them.

        Raises Impossible outside the `async with` block.
        """
        if "official" not in self.__dict__:
            raise Impossible("simulator.not_entered")
        follower = self.official.add_follower(
            nickname, openid=openid, following=following, now=self.world.now()
        )
        return User(self, follower)

    async def advance(self, seconds: float) -> None:
        """Let time go by: timers ring, and what is under way goes on."""
        await asyncio.sleep(seconds)

    def skip(self, seconds: float) -> None:
        """Move the calendar on: windows and quotas see it, timers do not."""
        self.world.skip(seconds)

    def template(
        self, id: str, content: str = "", *, title: str = "", use: Use = "message"
    ) -> Template:
        """Give the account a template, as the console does: `"预约：{{thing1.DATA}}"`.

        `use` is message, or notice for subscription notices.
        """
        return self.official.templates.add(use, title or id, content, id=id)

    async def reported(self, event: str, seconds: float = 60.0) -> PushRecord | None:
        """The next push of that event, once the bot has answered it; None if none comes.

        For what the platform tells by itself: TEMPLATESENDJOBFINISH, MASSSENDJOBFINISH …
        """
        loop, feed = asyncio.get_running_loop(), self.world.feed
        until = loop.time() + seconds
        while (push := self._untold(event)) is None and (left := until - loop.time()) > 0:
            await feed.changed(feed.last, left)
        if push is not None:
            self._delivered.add(push.id)
            await self.pusher.finish(push)
        return push

    async def verify(self) -> Connected:
        """Let the console check the server (接入验证)."""
        return await self.pusher.verify()

    async def becomes(self, kind: Kind, *, verified: bool = False) -> None:
        """Make it another kind of account, and start the bot again, told so."""
        await self.account.stop()
        self.official.kind, self.official.verified = kind, verified
        self._given |= {"kind": kind, "verified": verified}
        self._lend(self.official.keys)

    def fault(
        self,
        kind: FaultKind,
        *,
        times: int | None = 1,
        user: User | None = None,
        **values: float | str,
    ) -> None:
        """Let something go wrong, so many times or always (None); see `simulator.faults`."""
        openid = user.openid if user else None
        self.official.faults.add(Fault(kind, times, openid, dict(values)))

    def settle(self) -> None:
        """Let nothing go wrong any more."""
        self.official.faults.set(())

    @property
    def pushes(self) -> list[PushRecord]:
        """Everything that WeChat has pushed, oldest first."""
        return list(self.world.pushes.values())

    @property
    def api_calls(self) -> list[CallRecord]:
        """The calls that the bot has made, tokens left out."""
        return [call for call in self.world.calls if not call.path.endswith("token")]

    def _untold(self, event: str) -> PushRecord | None:
        for push in self.pushes:
            if push.event.lower() == event.lower() and push.id not in self._delivered:
                return push
        return None

    def _open(self, keys: Keys) -> None:
        self._api = ApiTransport(FakeApi(self.world))
        settings = self._lend(keys)
        self.official = self.world.add_account(
            self.account.name or "bot",
            keys=keys,
            kind=settings.kind,
            verified=settings.verified,
            mode=self._mode,
            format=self._format,
        )
        client = AppClient(self._asgi, settings.path)
        self.pusher = Pusher(self.world, self.official, client)

    def _lend(self, keys: Keys) -> Settings:
        """Tell the bot what the simulator decides; the rest it is told as always."""
        given = {name: value for name, value in self._given.items() if value is not None}
        decided = {
            "token": keys.token,
            "token_previous": "",
            "aes_key": keys.aes_key,
            "aes_key_previous": "",
            "appid": keys.appid,
            "secret": keys.secret,
            "original_id": keys.original_id,
            "mode": self._mode,
            "store": "memory://",
        }
        settings = self._loan.take(decided | given, clock=self.world.clock, transport=self._api)
        if self._jumps and not settings.store_url.startswith("memory:"):
            # Its threads and sockets take real time, and everybody else would not wait for them.
            raise Impossible("simulator.jumping_store", store=settings.store_url)
        return settings

    async def _asgi(self, scope: Message, receive: Receive, send: Send) -> None:
        # Looked up anew: the application is another one after `becomes`.
        await self.account.asgi(scope, receive, send)

    def _clock(self, entering: ExitStack) -> Clock:
        loop = asyncio.get_running_loop()
        if not self._jump:
            entering.enter_context(real(loop))
            return SystemClock()
        time = entering.enter_context(jumping(loop))
        self._jumps = time is not None
        if time is None:
            return SystemClock()
        entering.callback(also(time, self._at_work))
        return LoopClock(loop, EPOCH - loop.time())

    def _at_work(self) -> bool:
        """Whether a plain handler is running in a thread: then time must not jump."""
        inbox = self.account.inbox
        return inbox is not None and inbox.threads.pending > inbox.threads.abandoned
