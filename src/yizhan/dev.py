"""A bot and the simulator in one server: for `yizhan dev` and `make run`."""

import asyncio
import logging
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

import msgspec

from yizhan import sent
from yizhan.api import menu as menus
from yizhan.errors import SettingsError, TargetError, YizhanError
from yizhan.phrases import say
from yizhan.place import DEV, data_folder, project_of
from yizhan.raised import Raised, raised
from yizhan.server import log as logs
from yizhan.server.connection import Message, Receive, Scope, Send
from yizhan.server.serve import Bot, StoppingSite, module_name
from yizhan.simulator import mounting, snapshot
from yizhan.simulator.bot_log import failed_in
from yizhan.simulator.errcodes import Errcode
from yizhan.simulator.export import Source
from yizhan.simulator.http.guard import Sessions, key_in
from yizhan.simulator.snapshot import Snapshot
from yizhan.testing.inside import inside
from yizhan.textfile import read_text

if TYPE_CHECKING:
    from yizhan.account import Account

PATH = "/simulator"
ICON = "/favicon.ico"  # which browsers want of every host
MENU = "menu.toml"  # beside the bot
GRACE = 1.0  # seconds that handlers have to end before a reload: the next process runs them again
SHOWN = 5  # lines of the terminal that tell why a bot cannot be loaded
LAST_RAISED = 100  # failed messages that `yizhan send` may still ask about

log = logging.getLogger("yizhan")


class RaisedHere(logging.Handler):
    """What the handlers of this process raised last, by the pushes as `yizhan send` names them."""

    def __init__(self) -> None:
        super().__init__()
        self._told: dict[str, str] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Note the failure that this line tells of."""
        raw, error = failed_in(record), record.exc_info and record.exc_info[1]
        if raw is None or not error:
            return
        self._told[sent.name_of(raw)] = str(raised(error))
        if len(self._told) > LAST_RAISED:
            del self._told[next(iter(self._told))]

    def telling(self, name: str, send: Send) -> Send:
        """The same `send`, which adds to the response what was raised for that push."""

        async def telling(message: Message) -> None:
            if message["type"] == "http.response.start" and (value := self._told.get(name)):
                header = (sent.RAISED.encode(), sent.written(value))
                message = {**message, "headers": [*message.get("headers", ()), header]}
            await send(message)

        return telling


class DevSite(StoppingSite):
    """A site with the simulator beside its accounts; what it changes of them holds at once.

    `keep` is the file in which the world waits for the process that takes this one's place, and
    `reloaded` names the files for which this one has taken another's.
    """

    def __init__(
        self,
        accounts: "Sequence[Account]",
        simulator: mounting.Mounted,
        *,
        menu: str = "",
        keep: Path | None = None,
        reloaded: Sequence[str] = (),
    ) -> None:
        super().__init__(accounts)
        self.simulator = simulator
        self._menu = menu
        self._keep = keep
        self._reloaded = reloaded
        self._ended: asyncio.Future[None] | None = None
        self._raised = RaisedHere()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if path in (PATH, ICON) or path.startswith(PATH + "/"):
            await self.simulator(scope, receive, send)
            return
        if path == "/" and scope["method"] in ("GET", "HEAD") and not self._takes_root:
            await self.simulator.app.root(scope, receive, send)
            return
        # The simulator's switches give an account new settings, and so a new application.
        self.by_path = {account.settings.path: account.asgi for account in self.accounts}
        if name := dict(scope.get("headers", ())).get(sent.ASKED.encode()):
            send = self._raised.telling(name.decode("latin-1"), send)
        await super().__call__(scope, receive, send)

    @property
    def _takes_root(self) -> bool:
        return any(account.settings.path == "/" for account in self.accounts)

    def receiver_at(self, path: str) -> None:
        """All goes through `__call__`, which looks whether an account was made anew."""

    def keeps_body(self, scope: Scope) -> bool:
        """The simulator's requests bear no signature of WeChat's."""
        return True

    async def start(self) -> None:
        """Start, or serve the page and the reason why that cannot be."""
        log.addHandler(self._raised)
        if self._reloaded:
            log.setLevel(logging.WARNING)  # where its messages are kept was told at first
        try:
            await super().start()
        except YizhanError as error:
            if self._keep is None:
                raise
            self.accounts = ()
            self.simulator.shut(raised(error))
        finally:
            log.setLevel(logging.INFO)
        self.simulator.resume()
        if self._reloaded:
            self._tell_reloaded()
        else:
            self.tell_address()
            self._tell_problem()

    async def stop(self) -> None:
        if self._ended is None:
            self._ended = asyncio.ensure_future(self._end())
        await asyncio.shield(self._ended)

    def tell_address(self) -> None:
        """Print a one-time link; not as a record, in which tokens are hidden."""
        logs.write_line(say("start.simulator", url=self.simulator.address))

    async def _end(self) -> None:
        await self.simulator.close()
        await super().stop()
        log.removeHandler(self._raised)
        if self._keep is not None:
            snapshot.write(self._keep, self.simulator.snapshot(menu=self._menu))

    def _tell_reloaded(self) -> None:
        files = ", ".join(self._reloaded)
        if self.simulator.simulation.problem is None:
            log.info("%s", say("dev.reloaded", files=files))
        else:
            self._tell_problem()

    def _tell_problem(self) -> None:
        if (problem := self.simulator.simulation.problem) is not None:
            for line in problem_lines(problem, self.simulator.page):
                logs.write_line(line)


@dataclass(frozen=True, slots=True)
class DevBot(Bot):
    """A bot served with the simulator at `base`, which must be on this machine.

    With `reloads` the simulated world outlives the process; `changed` names the files for which
    this process has taken another's place, none in the first.
    """

    loop: ClassVar[str] = "yizhan.simulator.pace:PacedLoop"
    hides: ClassVar[bool] = False  # the author is the follower

    base: str = "http://127.0.0.1:8080"
    reloads: bool = False
    changed: tuple[str, ...] = ()

    @property
    def project(self) -> Path:
        """Where this project's files of the simulator begin."""
        return data_folder() / DEV / project_of("simulator", Path(self.folder))

    @property
    def keep(self) -> Path:
        """The file in which the world waits for the next process."""
        return self.project.with_suffix(".world")

    def accounts(self) -> "list[Account]":
        """The accounts, each with a store of this project's own."""
        # Of two versions within a second Python would take the first one's bytecode for both.
        sys.dont_write_bytecode = sys.dont_write_bytecode or self.reloads
        accounts = Bot.accounts(self)  # bare `super` fails: slots=True replaces the class
        for account in accounts:
            account.develop(Path(self.folder))
            if self.reloads:
                short = min(account.settings.grace, GRACE)
                account.settings = replace(account.settings, grace=short)
        return accounts

    def __call__(self) -> DevSite:
        """The site, made anew in the process that serves it."""
        if not self.reloads:
            return self._site(self.prepared(), None)
        try:
            return self._site(self.prepared(), None)
        except (Exception, SystemExit) as error:
            if not self.changed and isinstance(error, (TargetError, SettingsError)):
                raise  # the command itself is wrong
            logs.configure(json=self.json_log, hides=self.hides)
            return self._site([], raised(error))

    def _site(self, accounts: "list[Account]", problem: Raised | None) -> DevSite:
        for account in accounts:
            account.component = None  # the simulated WeChat speaks with the account itself
        kept = snapshot.read(self.keep) if self.reloads else None
        # A cached property may be set, which the protocol's attributes ask for, but mypy denies.
        bots = cast("Sequence[mounting.Bot]", accounts)
        simulator = mounting.mount(
            bots,
            base=self.base,
            folder=data_folder() / "simulator",
            inside=inside(accounts),
            busy=lambda: any(account.inbox and account.inbox.busy for account in accounts),
            sources=sources(accounts, self.target),
            kept=kept,
            problem=problem,
            sessions=Sessions(self.project.name, key_in(self.project.with_suffix(".key"))),
            renew=lambda: site.tell_address(),
        )
        menu = hang_menu(simulator, Path(self.folder) / MENU, kept)
        site = DevSite(
            accounts,
            simulator,
            menu=menu,
            keep=self.keep if self.reloads else None,
            reloaded=self.changed,
        )
        return site


def sources(accounts: "Sequence[Account]", target: str) -> dict[str, Source]:
    """For each account, by its name in the simulator, what a test imports to have it."""
    name, _, attribute = target.partition(":")
    module, attribute = module_name(name)[0], attribute or "account"
    names = vars(sys.modules.get(module, sys))
    found = {}
    for account in accounts:
        id = account.name or account.settings.appid or "bot"
        own = [key for key, value in names.items() if value is account]
        if own:
            chosen = attribute if attribute in own else own[0]
            found[id] = Source(module, chosen, chosen)
        elif (place := _place_in(names.get(attribute), account)) is not None:
            found[id] = Source(module, attribute, f"{attribute}[{place!r}]")
    return found


def _place_in(several: object, account: "Account") -> object:
    """By what key or number a dict or list has that account; None if it has not."""
    if isinstance(several, dict):
        pairs: Iterable[tuple[object, object]] = several.items()
    else:
        pairs = enumerate(several) if isinstance(several, (list, tuple)) else ()
    return next((key for key, value in pairs if value is account), None)


def hang_menu(simulator: mounting.Mounted, path: Path, kept: Snapshot | None = None) -> str:
    """Give the accounts the menu in that file, if there is one, as if made in the console.

    One that says what it said before changes nothing. Returns what it says.
    """
    try:
        text = read_text(path)
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as error:
        log.warning("%s: %s", path, error)
        return ""
    if kept is not None and text == kept.menu:
        return text
    try:
        menu = menus.load(path)
        for account in simulator.simulation.world.accounts.values():
            account.menus.create({"button": menu.button})
            for each in menu.conditional:
                account.menus.add_conditional(msgspec.structs.asdict(each))
    except SettingsError as error:
        log.warning("%s", error)
    except Errcode as error:
        log.warning("%s: %s", path, error)
    return text


def problem_lines(problem: Raised, page: str) -> list[str]:
    """Why a bot cannot be loaded, in a few lines: the author's own place first."""
    return [*problem.lines[: SHOWN - 2], say("dev.not_loaded"), say("dev.look", page=page)]
