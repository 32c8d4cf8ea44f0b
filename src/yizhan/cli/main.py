"""The command `yizhan`: its verbs are loaded only when they are called."""

import sys
from importlib import import_module
from io import StringIO

import click

from yizhan import phrases
from yizhan.cli.text import Group
from yizhan.cli.words import fitted, speak
from yizhan.errors import YizhanError

VERBS = (
    "call",
    "check",
    "dev",
    "doctor",
    "jobs",
    "media",
    "menu",
    "new",
    "openapi",
    "qrcode",
    "replay",
    "run",
    "send",
    "simulate",
    "status",
    "store",
    "token",
    "users",
)


class Verbs(Group):
    """A group whose commands live in a module each."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(VERBS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in VERBS:
            return None
        command = import_module(f"yizhan.cli.{name}").command
        assert isinstance(command, click.Command)  # noqa: S101  # each verb's module has one
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, phrases.say(f"cli.{name}")) for name in self.list_commands(ctx)]
        with formatter.section(phrases.say("cli.commands")):
            formatter.write_dl(rows)


speak()


@click.command(
    cls=Verbs,
    invoke_without_command=True,
    options_metavar=phrases.say("metavar.options"),
    subcommand_metavar=phrases.say("metavar.command"),
    help=phrases.say("cli.about"),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="yizhan", message="yizhan %(version)s")
@click.pass_context
def yizhan(context: click.Context) -> None:
    """The root of all verbs, each a module beside this one; alone it shows its help, and fails."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help(), err=True)
        context.exit(2)


def main() -> None:
    """Run the command line; errors of ours are one line on standard error, exit status 2."""
    try:
        if status := yizhan.main(standalone_mode=False):  # what `context.exit` was given
            sys.exit(status)
    except YizhanError as error:
        click.secho(fitted(str(error)), fg="red", err=True)
        sys.exit(2)
    except click.ClickException as error:
        shown = StringIO()
        error.show(shown)
        click.echo(fitted(shown.getvalue()), err=True, nl=False)
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
