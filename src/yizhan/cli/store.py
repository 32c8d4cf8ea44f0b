"""yizhan store: what the store holds and promises."""

import click

from yizhan.cli.opened import with_store
from yizhan.cli.text import group, option, subverb
from yizhan.phrases import say
from yizhan.store import Promise, Stats, Store


@group("store")
@option("--account", phrase="account", default="")
@click.pass_context
def command(context: click.Context, account: str) -> None:
    context.obj = account
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@subverb(command, "store_stats", name="stats")
@click.pass_obj
def stats(account: str) -> None:
    async def read(store: Store) -> tuple[Promise, Stats]:
        return await store.open(), await store.stats()

    promise, found = with_store(account, read)
    click.echo(f"{promise.name}: {say(promise.phrase)}")
    for state, count in sorted(found.jobs.items()):
        click.echo(f"{state:12} {count:>10,}")
    click.echo(f"{'followers':12} {found.followers:>10,}")
    click.echo(f"{'bindings':12} {found.bindings:>10,}")
    if found.size:
        click.echo(f"{'bytes':12} {found.size:>10,}")
