"""How click speaks: in the reader's language, and in lines that fit Chinese text.

Click translates by `gettext` and measures by characters, of which a Chinese one fills two columns.
"""

import gettext
import sys
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import ModuleType
from typing import cast

import click
import click.formatting
from click import _textwrap

from yizhan.columns import width_of, wrapped
from yizhan.phrases import language

REMARK = "    # "  # before what is said of a command; a line that goes on could not bear it


def speak() -> None:
    """Have click speak so, in this process."""
    setattr(click.formatting, "term_len", width_of)  # noqa: B010  # click does not export it
    _textwrap.TextWrapper = Wrapper  # type: ignore[misc]  # click takes it from there by name
    for module in _modules():
        for name, speaks in (("_", _said), ("ngettext", _counted)):
            if hasattr(module, name):
                setattr(module, name, speaks)


class Wrapper(_textwrap.TextWrapper):
    """Breaks lines where Chinese may break, too: between any two characters, but for marks."""

    def wrap(self, text: str) -> list[str]:
        """The lines of a text."""
        return wrapped(text, self.width, self.initial_indent, self.subsequent_indent)

    def indent_only(self, text: str) -> str:
        """The lines as they are; one that is too long goes on in the next, which a shell reads."""
        lines = [each for line in text.splitlines() for each in self._verbatim(line)]
        return "\n".join(f"{self.initial_indent}{line}" for line in lines)

    def _verbatim(self, line: str) -> list[str]:
        most = self.width - width_of(self.initial_indent)
        if width_of(line) <= most:
            return [line]
        if not line.startswith("  "):
            return Wrapper(most).wrap(line)
        command, apart, remark = line.strip().partition(REMARK)
        above = Wrapper(most, "  # ", "  # ").wrap(remark) if apart else []
        return [*above, *_continued(command, most)]


def _continued(command: str, most: int) -> Iterator[str]:
    """A command in lines of that width, of which a shell makes one."""
    line = "  "
    for at, word in enumerate(command.split(" ")):
        if at and width_of(f"{line} {word} \\") > most and line.strip():
            yield f"{line} \\"
            line = "    " + word
        else:
            line = f"{line} {word}" if at else line + word
    yield line


@cache
def chinese() -> Mapping[str, str]:
    """Click's English, and what it says instead."""
    text = files("yizhan.cli").joinpath("click.toml").read_text("utf-8")
    return cast("Mapping[str, str]", tomllib.loads(text)["words"])


def _said(english: str) -> str:
    return chinese().get(english, english) if language() == "zh" else gettext.gettext(english)


def _counted(one: str, many: str, count: int) -> str:
    return _said(one if count == 1 else many)


def _modules() -> list[ModuleType]:
    return [
        module
        for name, module in tuple(sys.modules.items())
        if name == "click" or name.startswith("click.")
    ]
