"""yizhan store migrate: bring over what an earlier version kept in Redis."""

import asyncio

import click

from yizhan.cli.opened import Chosen, Place, place_of
from yizhan.cli.telling import ask, tell
from yizhan.cli.text import inner, option
from yizhan.phrases import say
from yizhan.place import shown
from yizhan.store.migrating import is_kept
from yizhan.store.migrating import migrate as brought_over
from yizhan.store.prefix import prefix_of

EVERY = 1_000  # followers between two lines that say how far it is


@inner("store_migrate", name="migrate")
@option("--yes", phrase="yes", is_flag=True, show_default=False)
@click.pass_obj
def migrate(chosen: Chosen, yes: bool) -> None:
    where = place_of(chosen)
    store = shown(where.url)
    if not where.url.startswith(("redis", "unix")):
        tell(say("cli.migrate_other", store=store))
        return
    prefix, found = asyncio.run(_look(where))
    if not found:
        tell(say("cli.migrate_nothing", store=store, account=prefix))
        return
    if not yes:
        ask(say("cli.migrate_sure", store=store, account=prefix))
    followers = 0

    def progress(done: int) -> None:
        nonlocal followers
        followers = done
        if done % EVERY == 0:
            tell(say("cli.migrate_progress", count=done), err=True)

    lease = chosen.settings.lease
    count = asyncio.run(brought_over(where.url, prefix, lease, progress))
    tell(say("cli.migrate_done", messages=count, followers=followers))


async def _look(where: Place) -> tuple[str, bool]:
    """The account's prefix, and whether version 1 has left anything there."""
    prefix = await prefix_of(where.url, where.identity)
    return prefix, await is_kept(where.url, prefix, where.identity)
