"""The command `yizhan`: its verbs are loaded only when they are called."""

import sys
from importlib import import_module
from io import StringIO

import click

from yizhan import phrases
from yizhan.cli.telling import coloured, refuse
from yizhan.cli.text import Group
from yizhan.cli.words import speak
from yizhan.columns import fitted
from yizhan.errors import YizhanError
from yizhan.raised import raised

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
    try:  # `status` is what `context.exit` was given
        if status := yizhan.main(standalone_mode=False, color=coloured()):
            sys.exit(status)
    except YizhanError as error:
        refuse(str(error))
        sys.exit(2)
    except click.ClickException as error:
        click.echo(fitted(_usage(error), sys.stderr), err=True, nl=False)
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except Exception as error:
        if not _explained(error):
            raise
        sys.exit(1)


def _usage(error: click.ClickException) -> str:
    """What click says of a wrong command line."""
    shown = StringIO()
    error.show(shown)
    text = shown.getvalue()
    if isinstance(error, click.MissingParameter) and phrases.language() == "zh":
        return text.replace("'.", "'。")  # its full stop is not among what click has translated
    return text


def _explained(error: Exception) -> bool:
    """Say what is wrong with the author's bot, or with a file; False for a fault of ours."""
    problem = raised(error)
    if problem.place is not None:
        for line in problem.lines:
            refuse(line)
        click.echo(problem.traceback, err=True, nl=False)
        return True
    if isinstance(error, OSError) and error.filename is not None:
        path, why = error.filename, error.strerror or error
        refuse(phrases.say("cli.file", path=path, problem=why))
        return True
    return False
