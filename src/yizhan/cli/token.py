"""yizhan token: the access token in force, for other programs."""

import click

from yizhan.cli.api import opened
from yizhan.cli.text import option, verb


@verb("token")
@option("--new", phrase="new_one", is_flag=True, show_default=False)
@option("--account", phrase="account", default="")
def command(new: bool, account: str) -> None:
    with opened(account) as api:
        click.echo(api.access_token(replace=new))
