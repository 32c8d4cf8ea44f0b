"""yizhan store adopt: give the store, or what an old one holds, to this account."""

import asyncio
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import click
from msgspec import Struct

from yizhan import place
from yizhan.cli.opened import Chosen, Place, opened, place_of
from yizhan.cli.telling import ask, tell
from yizhan.cli.text import inner, option
from yizhan.errors import SettingsError
from yizhan.inbox import upkeep
from yizhan.mark import Identity, Mark, dumped, is_contradicted, is_of, loaded
from yizhan.phrases import say
from yizhan.settings import Settings
from yizhan.store import marking
from yizhan.store.addressed import addressee
from yizhan.store.asking import changed
from yizhan.store.left import Left, left_for
from yizhan.store.mailbox import FINAL, LISTED
from yizhan.store.mailboxes.contract import Promise, Store
from yizhan.store.moving import bring_over, ensure_unserved
from yizhan.store.opening import owner_name

MOST = 1_000_000  # messages that are looked at


class _Found(Struct, frozen=True):
    """Whose the store is now, and how many of its messages were sent to which original id."""

    mark: Mark | None
    addressed: Mapping[str, int]


@inner("store_adopt", name="adopt")
@option("--original-id", phrase="original_id", default="", metavar="gh_…")
@option("--yes", phrase="yes", is_flag=True, show_default=False)
@click.pass_obj
def adopt(chosen: Chosen, original_id: str, yes: bool) -> None:
    settings, where = chosen.settings, place_of(chosen)
    found = asyncio.run(opened(where, _look))
    mine = found.mark is not None and is_of(found.mark, where.identity)
    old = None if chosen.dev else left_for(settings)
    tell(
        say(
            "cli.adopt_store",
            store=place.shown(where.url),
            owner=marking.owner_of(found.mark),
            addressed=marking.counts(found.addressed) or "-",
        )
    )
    if mine and old is None:
        tell(say("cli.adopt_nothing"))
        return
    wanted = _wanted(original_id or settings.original_id, found, mine, old)
    if old is not None:
        _tell_old(old)
    if not yes:
        ask(say("cli.adopt_sure", account=marking.owner_of(where.identity.mark)))
    if not mine:
        _take(where, wanted, settings)
    if old is not None:
        _bring(old.path, where, wanted, settings)


async def taken(store: Store, account: Identity, original_id: str) -> int:
    """Give the store to this account, whoever had it; the number of messages given up.

    Those that were sent to another original id than this one are listed as dead: this
    account must neither handle nor answer them.
    """
    given_up = 0
    for whole in await store.jobs(None, MOST, None):
        message, other = whole.message, addressee(whole.message.body)
        is_due = whole.state not in (*FINAL, *LISTED)
        if is_due and is_contradicted(original_id, {other: 1}):
            note = say("store.of_other", other=other)
            rule = partial(upkeep.give_up, key=message.key, note=note)
            given_up += await changed(store, message.openid, rule)
    while not await store.change_mark(await store.mark(), dumped(account.mark)):
        pass
    return given_up


async def _look(store: Store, promise: Promise) -> _Found:
    return _Found(loaded(await store.mark()), await store.addressed())


def _wanted(original_id: str, found: _Found, mine: bool, old: Left | None) -> str:
    """The original id whose messages are this account's; "" where all are of one.

    SettingsError where the messages are of several accounts and nothing tells which is this.
    """
    if original_id:
        return original_id
    if mine and len(found.addressed) == 1:
        return next(iter(found.addressed))
    addressed = {**({} if mine else found.addressed), **(old.addressed if old else {})}
    if is_contradicted("", addressed):
        raise SettingsError("cli.adopt_which", addressed=", ".join(sorted(filter(None, addressed))))
    return ""


def _tell_old(old: Left) -> None:
    tell(
        say(
            "cli.adopt_old",
            path=old.path,
            addressed=marking.counts(old.addressed) or "-",
            count=sum(old.waiting.values()),
            followers=old.followers,
        )
    )


def _take(where: Place, wanted: str, settings: Settings) -> None:
    """Mark the store with this account."""
    if (path := place.file_of(where.url)) is not None:
        ensure_unserved(path, settings.lease)

    async def take(store: Store, promise: Promise) -> int:
        return await taken(store, where.identity, wanted)

    given_up = asyncio.run(opened(where, take))
    tell(say("cli.adopt_taken", store=place.shown(where.url)))
    if given_up:
        tell(say("cli.adopt_given_up", count=given_up))


def _bring(old: Path, where: Place, wanted: str, settings: Settings) -> None:
    """Move what is this account's from the old file."""
    target = place.file_of(where.url)
    if target is None:
        return
    ensure_unserved(old, settings.lease)
    moving = bring_over(old, target, wanted, owner=owner_name(), lease=settings.lease)
    count = asyncio.run(moving)
    tell(say("cli.adopt_brought", count=count, path=old))
