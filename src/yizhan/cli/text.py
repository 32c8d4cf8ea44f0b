"""Help texts of the verbs, from the catalogue."""

from collections.abc import Callable
from typing import TypeVar

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


def option(*names: str, phrase: str, **attributes: object) -> Callable[[F], F]:
    """An option whose help is a phrase of the catalogue."""
    attributes.setdefault("show_default", attributes.get("default") is not None)
    return click.option(*names, help=say(f"option.{phrase}"), **attributes)  # type: ignore[arg-type]  # click's own keywords
