"""The page of the command line has every command and option that there is."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from yizhan.cli.main import yizhan

DOCS = Path(__file__).parents[2] / "docs"


def commands(context: click.Context) -> Iterator[click.Context]:
    """Every command below this one."""
    group = context.command
    for name in group.list_commands(context) if isinstance(group, click.Group) else ():
        below = click.Context(group.get_command(context, name), info_name=name, parent=context)
        yield below
        yield from commands(below)


COMMANDS = list(commands(click.Context(yizhan, info_name="yizhan")))


@pytest.mark.parametrize("page", ["cli.md", "cli.zh-CN.md"])
def test_every_command_and_option_is_on_the_page(page: str) -> None:
    text = (DOCS / page).read_text("utf-8")
    sections = dict(re.findall(r"(?ms)^##+ (yizhan [\w ]+)$(.*?)(?=^##|\Z)", text))
    assert list(sections) == [each.command_path for each in COMMANDS]
    lacking = [
        (each.command_path, option)
        for each in COMMANDS
        for parameter in each.command.params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
        if option not in sections[each.command_path]
    ]
    assert lacking == []
