"""An account's store, opened for one command."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from yizhan import place, settings
from yizhan.cli.telling import tell
from yizhan.clock import SystemClock
from yizhan.errors import SettingsError
from yizhan.mark import Identity
from yizhan.settings import Settings
from yizhan.store.left import left_behind
from yizhan.store.mailboxes.contract import Promise, Store
from yizhan.store.marking import settle
from yizhan.store.opening import connect, owner_name
from yizhan.store.prefix import prefix_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which store a command is for: the account's name, and whether development's."""

    account: str = ""
    dev: bool = False

    @property
    def settings(self) -> Settings:
        """The account's settings; `yizhan dev` lets a weak Token pass, and so does its store."""
        given = {"allow_weak": True} if self.dev else {}
        return settings.load(self.account, given=given)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a store is and who asks for it."""

    url: str
    identity: Identity


def place_of(chosen: Chosen) -> Place:
    """Where the store is that a command is for.

    SettingsError for a memory store, which no other process can look into, and for one of
    development that is not there.
    """
    found = chosen.settings
    if found.store.startswith("memory:"):
        raise SettingsError("settings.memory_private")
    if not chosen.dev:
        return Place(found.store_url, found.identity)
    project = place.project_of(found.label, Path.cwd())
    path = place.development(project)
    if not path.exists():
        raise SettingsError("settings.dev_store", folder=Path.cwd(), path=path)
    return Place(place.url_of(path), Identity(project=project))


def with_store(chosen: Chosen, use: Callable[[Store], Awaitable[T]]) -> T:
    """Run `use` with the store that is chosen, and close it again."""

    async def alone(store: Store, promise: Promise) -> T:
        return await use(store)

    return with_promise(chosen, alone)


def with_promise(chosen: Chosen, use: Callable[[Store, Promise], Awaitable[T]]) -> T:
    """The same, with what the store promises."""
    where = place_of(chosen)
    if not chosen.dev and (left := left_behind(chosen.settings)) is not None:
        tell(left, colour="yellow", err=True)

    async def look(store: Store, promise: Promise) -> T:
        await settle(store, where.identity, "look", url=where.url)
        return await use(store, promise)

    return asyncio.run(opened(where, look))


async def opened(where: Place, use: Callable[[Store, Promise], Awaitable[T]]) -> T:
    """Run `use` with the store there, whoever it belongs to, and close it again."""
    prefix = await prefix_of(where.url, where.identity)
    store = connect(where.url, account=prefix, owner=owner_name(), clock=SystemClock())
    promise = await store.open()
    try:
        return await use(store, promise)
    finally:
        await store.close()
