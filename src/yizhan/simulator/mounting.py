"""The simulator beside the bots that it tries, in one process: for `yizhan dev` and `make run`."""

import asyncio
import logging
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from yizhan.api import Transport
from yizhan.clock import Clock, SystemClock
from yizhan.settings import Settings
from yizhan.simulator.api import ApiTransport
from yizhan.simulator.desk import Desk, Inside
from yizhan.simulator.door import App, AsgiDoor
from yizhan.simulator.http import HttpApp
from yizhan.simulator.logs import LogFeed
from yizhan.simulator.marks import Marks
from yizhan.simulator.official import Keys, OfficialAccount
from yizhan.simulator.pace import Pace, PacedClock, PacedLoop
from yizhan.simulator.record import PushRecord
from yizhan.simulator.seed import Seed
from yizhan.simulator.world import World

AFTER = 0.2  # seconds after its end in which a log line still belongs to a push
MADE = ("api", "asgi", "wsgi")  # what a bot makes from its settings on first use


class Bot(Protocol):
    """What the simulator needs of a bot's account."""

    name: str
    settings: Settings
    clock: Clock
    transport: Transport | None

    @property
    def asgi(self) -> App:
        """The account as an ASGI application."""
        ...

    async def start(self) -> object:
        """Start the engine."""
        ...

    async def stop(self) -> None:
        """Stop the engine."""
        ...


def _never() -> bool:
    return False


def _paced() -> PacedLoop | None:
    """The running loop, if its time may go faster than the wall's."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return None
    return loop if isinstance(loop, PacedLoop) else None


class Mounted:
    """The simulator as an ASGI application, in whose world these bots live.

    A bot keeps its token, AES key, AppID and store; its AppSecret is put away, its API calls
    go to the simulator, and its clock is the simulator's. To be made before a bot has
    started. `close` when the server stops. `busy` tells whether a bot still has something
    to say; it is asked where the loop is a PacedLoop, on which time may go faster.
    """

    def __init__(
        self,
        bots: Sequence[Bot],
        *,
        path: str = "/simulator",
        base: str = "http://127.0.0.1:8080",
        folder: Path | None = None,
        inside: Inside | None = None,
        busy: Callable[[], bool] = _never,
    ) -> None:
        loop = _paced()
        world = World(clock=PacedClock(loop) if loop else SystemClock(), seed=Seed(folder))
        world.picture_url = f"{base}{path}/weixin/simulator/{{account}}/{{media_id}}/0"
        self.desk = Desk(world, folder=folder / "tapes" if folder else None)
        self.desk.told = self._told
        self.desk.inside = self._inside
        self._told_inside = inside
        self.app = HttpApp(self.desk, path=path)
        self._base = base
        self._bots: dict[str, Bot] = {}
        self._log = LogFeed(world)
        self.desk.log = self._log.lines
        if loop is not None:
            self.desk.pace = Pace(loop, lambda: self.desk.delivering or busy())
            loop.told = partial(world.feed.tell, "clock", None)
        self._marks = Marks(world)
        for handler in (self._log, self._marks):
            logging.getLogger("yizhan").addHandler(handler)
        for bot in bots:
            self._take(bot)

    async def __call__(
        self, scope: MutableMapping[str, Any], receive: Any, send: Any
    ) -> None:  # Starlette's types are these
        await self.app(scope, receive, send)

    @property
    def address(self) -> str:
        """Where a browser enters; good once."""
        return self.app.address(self._base)

    async def close(self) -> None:
        """Stop delivering and listening."""
        for handler in (self._log, self._marks):
            logging.getLogger("yizhan").removeHandler(handler)
        await self.desk.close()

    def _take(self, bot: Bot) -> None:
        settings = bot.settings
        id = bot.name or settings.appid or "bot"
        world = self.desk.world
        made = Keys.made(world.seed, id)
        keys = replace(
            made,
            appid=settings.appid or made.appid,
            original_id=settings.original_id or made.original_id,
            token=settings.token,
            aes_key=settings.aes_key or made.aes_key,
        )
        account = world.add_account(
            id, keys=keys, kind=settings.kind, verified=settings.verified, mode=settings.mode
        )
        # The store keeps its place, though the AppID may be another now.
        bot.settings = replace(settings, store=settings.store_url)
        self._bots[id] = bot
        self._tell(bot, account)
        self.desk.connect(account, AsgiDoor(_Current(bot), settings.path, base=self._base))

    def _tell(self, bot: Bot, account: OfficialAccount) -> None:
        keys = account.keys
        bot.settings = replace(
            bot.settings,
            kind=account.kind,
            verified=account.verified,
            mode=account.mode,
            token=keys.token,
            aes_key=keys.aes_key,
            appid=keys.appid,
            secret=keys.secret,
        )
        bot.clock = self.desk.world.clock
        bot.transport = ApiTransport(self.desk.api)
        for name in MADE:
            vars(bot).pop(name, None)

    async def _inside(self, push: PushRecord) -> Mapping[str, object]:
        """What the bot tells of a push, with its log lines of that time."""
        ended = push.ended if push.ended is not None else self.desk.world.now()
        lines = [
            {"at": line.at, "level": line.level, "text": line.text}
            for line in self._log.between(push.began, ended + AFTER)
        ]
        nothing = {"handler": None, "why": None, "session": None, "log": lines}
        return nothing if self._told_inside is None else nothing | {**await self._told_inside(push)}

    async def _told(self, account: OfficialAccount) -> None:
        """The account has changed in the console: start its bot again, told so."""
        bot = self._bots[account.id]
        await bot.stop()
        self._tell(bot, account)
        await bot.start()


class _Current:
    """The bot's application as it is now: after a change it is another one."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self._bot.asgi(scope, receive, send)


def mount(
    bots: Sequence[Bot],
    *,
    path: str = "/simulator",
    base: str = "http://127.0.0.1:8080",
    folder: Path | None = None,
    inside: Inside | None = None,
    busy: Callable[[], bool] = _never,
) -> Mounted:
    """The simulator for these bots, as an ASGI application that stands at `path`."""
    return Mounted(bots, path=path, base=base, folder=folder, inside=inside, busy=busy)
