"""The simulator beside the bots that it tries, in one process: for `yizhan dev` and `make run`."""

import asyncio
import logging
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

from yizhan.api import Transport
from yizhan.clock import Clock, SystemClock
from yizhan.raised import Raised
from yizhan.settings import Settings
from yizhan.simulator.api import ApiTransport
from yizhan.simulator.bot_log import Failures, LogFeed, Marks
from yizhan.simulator.client import App, AppClient, NoServer
from yizhan.simulator.export import Source
from yizhan.simulator.feed import Feed, fresh
from yizhan.simulator.http import HttpApp
from yizhan.simulator.http.guard import Sessions
from yizhan.simulator.official import OfficialAccount
from yizhan.simulator.pace import Pace, PacedClock, PacedLoop
from yizhan.simulator.record import PushRecord
from yizhan.simulator.seed import Seed
from yizhan.simulator.simulation import Inside, Simulation
from yizhan.simulator.snapshot import Snapshot
from yizhan.simulator.world import World

AFTER = 0.2  # seconds after its end in which a log line still belongs to a push
MADE = ("api", "asgi", "wsgi")  # what a bot makes from its settings on first use
SWITCHES = ("kind", "verified", "mode")
KEYS = ("appid", "original_id", "token", "aes_key")
SAID = (*SWITCHES, *KEYS, "path")  # what settings say of an account
Said = dict[str, object]


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

    With `kept` the world goes on from there, in which what a bot's settings say now counts only
    where they said something else before; `resume` begins it. With a `problem` no bot can be
    served, and the world is there to be looked at. `sources` says of each bot what a test imports;
    `renew` prints another one-time address.
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
        sources: Mapping[str, Source] = MappingProxyType({}),
        kept: Snapshot | None = None,
        problem: Raised | None = None,
        sessions: Sessions | None = None,
        renew: Callable[[], object] | None = None,
    ) -> None:
        loop = _paced()
        world = World(clock=PacedClock(loop) if loop else SystemClock(), seed=Seed(folder))
        if kept is None:
            world.feed = Feed(fresh())
        else:
            world.go_on(kept.past)
        world.picture_url = f"{base}{path}/weixin/simulator/{{account}}/{{media_id}}/0"
        self.simulation = Simulation(world, folder=folder / "recordings" if folder else None)
        self.simulation.sources = sources
        self.simulation.told = self._told
        self.simulation.inside = self._inside
        self._told_inside = inside
        self.app = HttpApp(self.simulation, path=path, sessions=sessions, renew=renew)
        self._base = base
        self._bots: dict[str, Bot] = {}
        self._said: dict[str, Said] = {}
        self._log = LogFeed(world)
        self.simulation.log = self._log.lines
        if loop is not None:
            self.simulation.pace = Pace(loop, lambda: self.simulation.delivering or busy())
            loop.told = partial(world.feed.tell, "clock", None)
        if kept is not None:
            self._go_on(kept, loop)
        self._heard = (self._log, Marks(world), Failures(world))
        for handler in self._heard:
            logging.getLogger("yizhan").addHandler(handler)
        for bot in bots:
            self._take(bot)
        if problem is not None:
            self.shut(problem)
        else:
            for id in world.accounts.keys() - self._bots.keys():
                del world.accounts[id]

    async def __call__(
        self, scope: MutableMapping[str, Any], receive: Any, send: Any
    ) -> None:  # Starlette's types are these
        await self.app(scope, receive, send)

    @property
    def page(self) -> str:
        """Where the page is, for whoever has a session."""
        return f"{self._base}{self.app.path}/"

    @property
    def address(self) -> str:
        """The one-time link that opens the page."""
        return self.app.address(self._base)

    async def close(self) -> None:
        """Stop delivering and listening; whoever follows the world is told that it ends."""
        self.app.guard.closing = True
        for handler in self._heard:
            logging.getLogger("yizhan").removeHandler(handler)
        await self.simulation.close()

    def resume(self) -> None:
        """Go on with the pushes that were under way when the former world ended."""
        for push in self.simulation.world.pushes.values():
            if push.ended is None and push.account in self.simulation.pushers:
                self.simulation.pushers[push.account].resume(push)

    def shut(self, problem: Raised) -> None:
        """No bot can be served: say so to whoever looks, and deliver to nobody."""
        world = self.simulation.world
        self.simulation.problem = problem
        for account in world.accounts.values():
            url = self._base + str(self._said.get(account.id, {}).get("path", ""))
            self.simulation.connect(account, NoServer(url, str(problem)))
        world.feed.tell("problem", problem)

    def snapshot(self, *, menu: str = "") -> Snapshot:
        """What the next process needs in order to go on from here."""
        loop, pace = _paced(), self.simulation.pace
        return Snapshot(
            past=self.simulation.world.past,
            ahead=loop.ahead if loop else 0.0,
            pace=pace.name if pace else "real",
            log=self._log.lines,
            tokens=frozenset(self.app.sessions.tokens),
            said=self._said,
            menu=menu,
        )

    def _go_on(self, kept: Snapshot, loop: PacedLoop | None) -> None:
        self._said.update(kept.said)
        self._log.lines.extend(kept.log)
        self.app.sessions.tokens |= kept.tokens
        if loop is not None and self.simulation.pace is not None:
            loop.advance(kept.ahead)
            self.simulation.pace.name = kept.pace

    def _take(self, bot: Bot) -> None:
        settings = bot.settings
        id = bot.name or settings.appid or "bot"
        before = self._said.get(id, {})
        said: Said = {name: getattr(settings, name) for name in SAID}
        account = self.simulation.world.accounts.get(id)
        if account is None or id in self._bots:
            account, before = self.simulation.world.add_account(id), {}
        _apply(account, {name: said[name] for name in said if said[name] != before.get(name)})
        self._said[id] = said
        # The store keeps its place, though the AppID may be another now.
        bot.settings = replace(settings, store=settings.store_url)
        self._bots[id] = bot
        self._tell(bot, account)
        self.simulation.connect(account, AppClient(_Current(bot), settings.path, base=self._base))

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
        bot.clock = self.simulation.world.clock
        bot.transport = ApiTransport(self.simulation.api)
        for name in MADE:
            vars(bot).pop(name, None)

    async def _inside(self, push: PushRecord) -> Mapping[str, object]:
        """What the bot tells of a push, with its log lines of that time."""
        ended = push.ended if push.ended is not None else self.simulation.world.now()
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


def _apply(account: OfficialAccount, said: Said) -> None:
    """Have an account be what its bot's settings say; a key that they lack is made up."""
    for name in SWITCHES:
        if name in said:
            setattr(account, name, said[name])
    for name in KEYS:
        if said.get(name):
            setattr(account.keys, name, said[name])


class _Current:
    """The bot's application as it is now: after a change it is another one."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self._bot.asgi(scope, receive, send)


mount = Mounted  # the name in programs that mount it themselves
