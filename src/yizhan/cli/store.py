"""yizhan store: what the store holds and promises, whose it is, and copies of it."""

import click

from yizhan.cli.adopt import adopt
from yizhan.cli.backup import backup
from yizhan.cli.migrate import migrate
from yizhan.cli.opened import Chosen, with_promise
from yizhan.cli.restore import restore
from yizhan.cli.telling import tell
from yizhan.cli.text import group, option, subverb
from yizhan.columns import width_of
from yizhan.phrases import say
from yizhan.store.mailboxes.contract import Promise, Stats, Store


@group("store")
@option("--account", phrase="account", default="")
@option("--dev", phrase="dev", is_flag=True, show_default=False)
@click.pass_context
def command(context: click.Context, account: str, dev: bool) -> None:
    context.obj = Chosen(account, dev)
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


for verb in (adopt, backup, migrate, restore):
    command.add_command(verb)


@subverb(command, "store_stats", name="stats")
@click.pass_obj
def stats(chosen: Chosen) -> None:
    async def read(store: Store, promise: Promise) -> tuple[Promise, Stats]:
        return promise, await store.stats()

    promise, found = with_promise(chosen, read)
    tell(f"{promise.name}: {say(promise.phrase)}")
    counts = dict(sorted(found.jobs.items()))
    for name in ("followers", "bindings"):
        counts[say(f"column.{name}")] = getattr(found, name)
    if found.size:
        counts[say("column.bytes")] = found.size
    for name, count in counts.items():
        click.echo(f"{name}{' ' * (12 - width_of(name))} {count:>10,}")
