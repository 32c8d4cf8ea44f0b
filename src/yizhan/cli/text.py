"""Help texts of the verbs, from the catalogue."""

from collections.abc import Callable
from difflib import get_close_matches
from typing import TypedDict, TypeVar, Unpack

import click

from yizhan.phrases import known, say

LONG = 40  # characters of choices that stand beside an option
F = TypeVar("F", bound=Callable[..., object])


class Group(click.Group):
    """A group that says which of its verbs a wrong one is like."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Each verb with all of its help: click would cut it."""
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, command.help or "") for name, command in commands if command is not None]
        with formatter.section(say("cli.commands")):
            formatter.write_dl(rows)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command of these words; UsageError for one that there is not."""
        known = self.list_commands(ctx)
        if args and args[0] not in known and not args[0].startswith("-"):
            like = get_close_matches(args[0], known, n=3, cutoff=0.5)
            sentence = say("cli.no_verb", word=args[0])
            raise click.UsageError(sentence + _meant(like), ctx)
        return super().resolve_command(ctx, args)


def _meant(like: list[str]) -> str:
    return say("cli.meant", words=", ".join(like)) if like else ""


def verb(name: str) -> Callable[[Callable[..., None]], click.Command]:
    """A command with its help, and its examples below the options."""
    return click.command(
        name=name,
        help=say(f"cli.{name}"),
        epilog="\b\n" + say(f"cli.{name}_examples"),
        context_settings={"max_content_width": 100},
        options_metavar=say("metavar.options"),
    )


def group(name: str) -> Callable[[Callable[..., None]], click.Group]:
    """A verb with verbs of its own; alone it does what its function says."""
    return click.group(
        name=name,
        cls=Group,
        help=say(f"cli.{name}"),
        epilog="\b\n" + say(f"cli.{name}_examples"),
        invoke_without_command=True,
        context_settings={"max_content_width": 100},
        options_metavar=say("metavar.options"),
        subcommand_metavar=say("metavar.command"),
    )


def inner(phrase: str, *, name: str) -> Callable[[Callable[..., None]], click.Command]:
    """A verb that a group takes in, in a module of its own; with its examples, if it has any."""
    examples = f"cli.{phrase}_examples"
    return click.command(
        name=name,
        help=say(f"cli.{phrase}"),
        epilog="\b\n" + say(examples) if known(examples) else None,
        options_metavar=say("metavar.options"),
    )


def subverb(
    parent: click.Group, phrase: str, *, name: str
) -> Callable[[Callable[..., None]], click.Command]:
    """A verb of a group, in the group's own module."""

    def added(function: Callable[..., None]) -> click.Command:
        command = inner(phrase, name=name)(function)
        parent.add_command(command)
        return command

    return added


class Attributes(TypedDict, total=False):
    """What else click is told of an option."""

    default: object
    type: "click.ParamType[object] | type[int] | type[float]"
    is_flag: bool
    multiple: bool
    metavar: str
    show_default: bool


def _kind(of: object) -> str:
    """What an option takes, where click would say it in English; a choice names its values."""
    if of is None:
        return "text"
    if isinstance(of, click.IntRange) or of is int:
        return "number"
    if isinstance(of, click.FloatRange) or of is float:
        return "number"
    if isinstance(of, click.ParamType) and of.name == "duration":
        return "duration"
    return "path" if isinstance(of, click.Path) else ""


def option(*names: str, phrase: str, **attributes: Unpack[Attributes]) -> Callable[[F], F]:
    """An option whose help is a phrase of the catalogue."""
    sentence = say(f"option.{phrase}")
    if isinstance(of := attributes.get("type"), click.Choice) and len("|".join(of.choices)) > LONG:
        attributes.setdefault("metavar", say("metavar.one"))
        sentence = f"{sentence}: {', '.join(of.choices)}"
    if not attributes.get("is_flag") and (kind := _kind(attributes.get("type"))):
        attributes.setdefault("metavar", say(f"metavar.{kind}"))
    attributes.setdefault("show_default", attributes.get("default") not in (None, ""))
    return click.option(*names, help=sentence, **attributes)
