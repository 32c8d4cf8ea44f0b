"""How click speaks: in the reader's language, and in lines that fit Chinese text.

Click translates by `gettext` and measures by characters, of which a Chinese one fills two columns.
"""

import gettext
import re
import shutil
import sys
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import ModuleType
from typing import cast

import click
import click.formatting
from click import _textwrap

from yizhan.phrases import language

ANSI = re.compile(r"\x1b\[[0-9;]*m")
WIDE = "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6"
CLOSING = "，。、；：？！）》」』】”’…—"  # which begin no line
OPENING = "（《「『【“‘"  # which end no line
UNIT = re.compile(
    rf"\s+|[{OPENING}]*(?:[{WIDE}]|[^\s{WIDE}{OPENING}{CLOSING}]+|[{OPENING}])[{CLOSING}]*|\S"
)


def speak() -> None:
    """Have click speak so, in this process."""
    setattr(click.formatting, "term_len", width_of)  # noqa: B010  # click does not export it
    _textwrap.TextWrapper = Wrapper  # type: ignore[misc]  # click takes it from there by name
    for module in _modules():
        for name, speaks in (("_", _said), ("ngettext", _counted)):
            if hasattr(module, name):
                setattr(module, name, speaks)


def width_of(text: str) -> int:
    """The columns that a line fills on the terminal."""
    plain = ANSI.sub("", text)
    return sum(
        0 if unicodedata.combining(each) else 1 + (unicodedata.east_asian_width(each) in "WF")
        for each in plain
    )


def fitted(text: str) -> str:
    """A message for standard error: on a terminal its lines are broken as Chinese allows."""
    if not sys.stderr.isatty():
        return text
    wrapper = Wrapper(shutil.get_terminal_size().columns)
    lines = (wrapper.wrap(line) or [""] for line in text.splitlines())
    return "\n".join(each for broken in lines for each in broken) + "\n" * text.endswith("\n")


class Wrapper(_textwrap.TextWrapper):
    """Breaks lines where Chinese may break, too: between any two characters, but for marks."""

    def wrap(self, text: str) -> list[str]:
        """The lines of a text."""
        return list(self._lines([each[0] for each in UNIT.finditer(text)]))

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
        return list(_continued(line.strip(), most))

    def _lines(self, units: list[str]) -> Iterator[str]:
        indent, line, filled = self.initial_indent, "", 0
        for unit in units:
            size = width_of(unit)
            if filled + size > self.width - width_of(indent) and line.strip():
                yield indent + line.rstrip()
                indent, line, filled = self.subsequent_indent, "", 0
            if line or unit.strip():
                line, filled = line + unit, filled + size
        if line.strip():
            yield indent + line.rstrip()


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
