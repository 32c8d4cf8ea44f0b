"""A bot's account lent to the simulator: other keys, store, clock and API; then as it was."""

from collections.abc import Mapping

from yizhan import settings
from yizhan.account import Account
from yizhan.api import Transport
from yizhan.clock import Clock
from yizhan.settings import Settings

# What an account makes from its settings on first use, and would keep.
MADE = ("settings", "api", "asgi", "wsgi")


class Loan:
    """Takes an account, and gives it back.

    The bot is told its settings as always (yizhan.toml, variables, keywords), save those that
    the simulator decides; so a test knows neither its secrets nor its store.
    """

    def __init__(self, account: Account) -> None:
        self.account = account
        self._before = dict(vars(account))

    def take(
        self, decided: Mapping[str, object], *, clock: Clock, transport: Transport
    ) -> Settings:
        """The settings in force from now on; an engine that has stopped may start again."""
        self.give_back()
        account = self.account
        for name in MADE:
            vars(account).pop(name, None)
        if account.inbox is None:  # it may have run and stopped before, as a part of the host
            vars(account)["_stopping"] = None
        given = {**self._before["_given"], **decided}
        account.settings = settings.load(account.name, given=given)
        account.clock = clock
        account.component = None  # the simulated WeChat speaks with the account itself
        account.transport = transport
        return account.settings

    def give_back(self) -> None:
        """The account as it was before, its engine not started."""
        vars(self.account).clear()
        vars(self.account).update(self._before)
