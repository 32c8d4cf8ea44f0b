"""yizhan store restore: put a backup in the store's place."""

import asyncio
import time
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

import click

from yizhan.cli.api import bytes_bar
from yizhan.cli.backup import ensure_apart, ensure_own, file_of
from yizhan.cli.opened import Chosen, Place, place_of
from yizhan.cli.telling import ask, tell
from yizhan.cli.text import inner, option
from yizhan.inbox.upkeep import put_aside
from yizhan.phrases import say
from yizhan.store.asking import changed, seen
from yizhan.store.backup import Contents, beside, check, contents_of, copy_to, opened, part_of
from yizhan.store.mailboxes.contract import Store
from yizhan.store.restoring import ensure_idle, prepare, replace
from yizhan.store.sqlite_host import create_folder

TOGETHER = 200  # followers whose mailboxes are changed at once


@inner("store_restore", name="restore")
@click.argument("file", type=click.Path(path_type=Path))
@option("--resume", phrase="resume", is_flag=True, show_default=False)
@option("--yes", phrase="yes", is_flag=True, show_default=False)
@click.pass_obj
def restore(chosen: Chosen, file: Path, resume: bool, yes: bool) -> None:
    where = place_of(chosen)
    store = file_of(where)
    ensure_apart(file, store)
    found = _examined(file, where)
    ensure_idle(store, chosen.settings.lease)
    tell(_about(file, found))
    former = _former(store)
    if store.exists() and not yes:
        ask(say("cli.restore_sure", store=store, former=former))
    create_folder(store.parent)
    with part_of(store) as part:
        with opened(file) as backup, bytes_bar(file.name) as progress:
            copy_to(backup, part, progress)
        in_hand = asyncio.run(prepare(part, _count if resume else _put_aside))
        with bytes_bar(store.name) as progress:
            was_there = replace(store, part, former, progress)
    tell(say("cli.restore_done", store=store))
    if was_there:
        tell(say("cli.restore_former", former=former))
    if in_hand:
        tell(say("cli.restore_resumed" if resume else "cli.restore_listed", count=in_hand))


def _examined(file: Path, where: Place) -> Contents:
    """What the backup holds; StoreError for one that is damaged or another account's."""
    found = contents_of(file)
    ensure_own(found, file, where)
    check(file)
    return found


def _about(file: Path, found: Contents) -> str:
    if found.latest is None:
        return say("cli.restore_empty", path=file)
    latest = datetime.fromtimestamp(found.latest).astimezone().isoformat(" ", "seconds")
    return say("cli.restore_holds", path=file, messages=f"{found.messages:,}", latest=latest)


def _former(store: Path) -> Path:
    """Where what is there now is kept."""
    stamp = time.strftime("%Y%m%d-%H%M%S")
    former, count = store.with_name(f"{store.name}.{stamp}.former"), 1
    while any(path.exists() for path in (former, *beside(former))):
        count += 1
        former = store.with_name(f"{store.name}.{stamp}-{count}.former")
    return former


async def _put_aside(store: Store, openids: Sequence[str]) -> int:
    """List what is in hand of these followers; how many messages."""
    note, count = say("store.restored"), 0
    for start in range(0, len(openids), TOGETHER):
        rule = partial(put_aside, note=note)
        some = openids[start : start + TOGETHER]
        count += sum(await asyncio.gather(*(changed(store, it, partial(rule)) for it in some)))
    return count


async def _count(store: Store, openids: Sequence[str]) -> int:
    """How many messages are in hand of these followers."""
    return sum([len((await seen(store, openid)).box.jobs) for openid in openids])
