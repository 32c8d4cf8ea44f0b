"""What accounts in one server must not have in common."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from yizhan.errors import SettingsError
from yizhan.place import shown

if TYPE_CHECKING:
    from yizhan.account import Account

UNIQUE = ("path", "appid", "store_url")


def check_distinct(accounts: "Iterable[Account]") -> None:
    """SettingsError when two accounts share a path, an AppID or a store."""
    accounts = tuple(accounts)
    for setting in UNIQUE:
        seen: set[object] = set()
        for account in accounts:
            value = getattr(account.settings, setting)
            if value and value in seen and not _may_be_shared(account, value):
                raise SettingsError("settings.twice", setting=setting, value=shown(value))
            seen.add(value)


def _may_be_shared(account: "Account", value: str) -> bool:
    """Memory is each one's own; Redis keeps those apart that have an AppID, as a platform's have.

    A platform has hundreds of accounts, and a Redis no more than some databases.
    """
    return value == "memory://" or (account.component is not None and value.startswith("redis"))
