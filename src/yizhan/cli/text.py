"""Help texts of the verbs, from the catalogue."""

from collections.abc import Callable
from typing import TypedDict, TypeVar, Unpack

import click

from yizhan.phrases import say

F = TypeVar("F", bound=Callable[..., object])


def verb(name: str) -> Callable[[Callable[..., None]], click.Command]:
    """A command with its help, and its examples below the options."""
    return click.command(
        name=name,
        help=say(f"cli.{name}"),
        epilog="\b\n" + say(f"cli.{name}_examples"),
        context_settings={"max_content_width": 100},
    )


def group(name: str) -> Callable[[Callable[..., None]], click.Group]:
    """A verb with verbs of its own; alone it does what its function says."""
    return click.group(
        name=name,
        help=say(f"cli.{name}"),
        epilog="\b\n" + say(f"cli.{name}_examples"),
        invoke_without_command=True,
        context_settings={"max_content_width": 100},
    )


def subverb(
    parent: click.Group, phrase: str, *, name: str
) -> Callable[[Callable[..., None]], click.Command]:
    """A verb of a group, with its help from the catalogue."""
    return parent.command(name=name, help=say(f"cli.{phrase}"))


class Attributes(TypedDict, total=False):
    """What else click is told of an option."""

    default: object
    type: "click.ParamType[object] | type[int] | type[float]"
    is_flag: bool
    multiple: bool
    metavar: str
    show_default: bool


def option(*names: str, phrase: str, **attributes: Unpack[Attributes]) -> Callable[[F], F]:
    """An option whose help is a phrase of the catalogue."""
    attributes.setdefault("show_default", attributes.get("default") not in (None, ""))
    return click.option(*names, help=say(f"option.{phrase}"), **attributes)
