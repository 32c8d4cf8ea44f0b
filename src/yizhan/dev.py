"""A bot and the simulator in one server: for `yizhan dev` and `make run`."""

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

import msgspec

from yizhan.api import menu as menus
from yizhan.errors import SettingsError
from yizhan.phrases import say
from yizhan.place import data_folder
from yizhan.server import log as logs
from yizhan.server.connection import Receive, Scope, Send
from yizhan.server.serve import Bot, StoppingSite
from yizhan.simulator import mounting
from yizhan.simulator.errcodes import Errcode
from yizhan.testing.inside import inside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yizhan.account import Account

PATH = "/simulator"
ICON = "/favicon.ico"  # which browsers want of every host
MENU = "menu.toml"  # beside the bot

log = logging.getLogger("yizhan")


class DevSite(StoppingSite):
    """A site with the simulator beside its accounts; what it changes of them holds at once."""

    def __init__(self, accounts: "Sequence[Account]", simulator: mounting.Mounted) -> None:
        super().__init__(accounts)
        self.simulator = simulator

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if path in (PATH, ICON) or path.startswith(PATH + "/"):
            await self.simulator(scope, receive, send)
            return
        # The simulator's switches give an account new settings, and so a new application.
        self.by_path = {account.settings.path: account.asgi for account in self.accounts}
        await super().__call__(scope, receive, send)

    def receiver_at(self, path: str) -> None:
        """All goes through `__call__`, which looks whether an account was made anew."""

    def keeps_body(self, scope: Scope) -> bool:
        """The simulator's requests bear no signature of WeChat's."""
        return True

    async def start(self) -> None:
        await super().start()
        # Not as a record, in which tokens are hidden.
        logs.write_line(say("start.simulator", url=self.simulator.address))

    async def stop(self) -> None:
        await self.simulator.close()
        await super().stop()


@dataclass(frozen=True, slots=True)
class DevBot(Bot):
    """A bot served with the simulator at `base`, which must be on this machine."""

    loop: ClassVar[str] = "yizhan.simulator.pace:PacedLoop"
    hides: ClassVar[bool] = False  # the author is the follower

    base: str = "http://127.0.0.1:8080"

    def accounts(self) -> "list[Account]":
        """The accounts, each with a store of this project's own."""
        accounts = Bot.accounts(self)  # bare `super` fails: slots=True replaces the class
        for account in accounts:
            account.develop(Path(self.folder))
        return accounts

    def __call__(self) -> DevSite:
        """The site, made anew in the process that serves it."""
        accounts = self.prepared()
        for account in accounts:
            account.component = None  # WeChat on the desk speaks with the account itself
        folder = data_folder() / "simulator"
        # A cached property may be set, which the protocol's attributes ask for, but mypy denies.
        bots = cast("Sequence[mounting.Bot]", accounts)
        simulator = mounting.mount(
            bots,
            base=self.base,
            folder=folder,
            inside=inside(accounts),
            busy=lambda: any(account.inbox and account.inbox.busy for account in accounts),
        )
        hang_menu(simulator, Path(self.folder) / MENU)
        return DevSite(accounts, simulator)


def hang_menu(simulator: mounting.Mounted, path: Path) -> None:
    """Give the accounts the menu in that file, if there is one, as if made in the console."""
    if not path.exists():
        return
    try:
        menu = menus.load(path)
        for account in simulator.desk.world.accounts.values():
            account.menus.create({"button": menu.button})
            for each in menu.conditional:
                account.menus.add_conditional(msgspec.structs.asdict(each))
    except (SettingsError, Errcode) as error:
        log.warning("%s: %s", path, error)
