"""yizhan users: what is kept of a follower."""

from functools import partial

import click

from yizhan.cli.export import export
from yizhan.cli.opened import Chosen, with_store
from yizhan.cli.telling import ask, tell
from yizhan.cli.text import group, option, subverb
from yizhan.inbox import upkeep
from yizhan.phrases import say
from yizhan.store.asking import changed
from yizhan.store.mailboxes.contract import Store


@group("users")
@option("--account", phrase="account", default="")
@option("--dev", phrase="dev", is_flag=True, show_default=False)
@click.pass_context
def command(context: click.Context, account: str, dev: bool) -> None:
    context.obj = Chosen(account, dev)
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


command.add_command(export)


@subverb(command, "users_forget", name="forget")
@click.argument("openid")
@option("--yes", phrase="yes", is_flag=True, show_default=False)
@click.pass_obj
def forget(chosen: Chosen, openid: str, yes: bool) -> None:
    if not yes:
        ask(say("cli.users_sure", openid=openid))

    async def erase(store: Store) -> int:
        keys = await store.keys_of(openid)
        count = await changed(store, openid, partial(upkeep.forget, keys=keys), keys)
        await store.discard(openid)
        return count

    tell(say("cli.users_forgotten", openid=openid, count=with_store(chosen, erase)))
