"""How many columns of a terminal a text fills, and where its lines may break."""

import os
import re
import unicodedata
from itertools import zip_longest
from typing import TextIO

UNTOLD = 80  # columns of a terminal that does not say how wide it is
ANSI = re.compile(r"\x1b\[[0-9;]*m")
WIDE = "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6"
CLOSING = "，。、；：？！）》」』】”’…—"  # which begin no line
OPENING = "（《「『【“‘"  # which end no line
ENDING = "!,.:;?)"  # the same in English, behind a Chinese character
UNIT = re.compile(
    rf"\s+|[{OPENING}]*(?:[{WIDE}][{ENDING}]*|[^\s{WIDE}{OPENING}{CLOSING}]+|[{OPENING}])"
    rf"[{CLOSING}]*|\S"
)


def width_of(text: str) -> int:
    """The columns that a line fills on the terminal."""
    plain = ANSI.sub("", text)
    return sum(
        0 if unicodedata.combining(each) else 1 + (unicodedata.east_asian_width(each) in "WF")
        for each in plain
    )


def breaks(text: str, first: int, rest: int) -> list[int]:
    """Where further lines begin, when `first` columns are for the first one, `rest` for the others.

    Chinese breaks between any two characters, but for marks; a word that is too long does not.
    """
    found: list[int] = []
    most, filled = first, 0
    for unit in UNIT.finditer(text):
        size, is_blank = width_of(unit[0]), unit[0].isspace()
        if filled and filled + size > most and not is_blank:
            found.append(unit.start())
            most, filled = rest, 0
        filled += size
    return found


def wrapped(text: str, columns: int, first: str = "", rest: str = "") -> list[str]:
    """The text in lines of that width, behind these indents."""
    starts = [0, *breaks(text, columns - width_of(first), columns - width_of(rest))]
    lines = (text[one:end].rstrip() for one, end in zip_longest(starts, starts[1:]))
    return [f"{rest if at else first}{line}" for at, line in enumerate(lines) if line]


def fitted(text: str, stream: TextIO | None, *, hang: int = 0) -> str:
    """The text; for a terminal its lines are broken, and what follows is indented by `hang` more.

    Anywhere else, as in a pipe, it stays as it is.
    """
    if stream is None or not stream.isatty():
        return text
    columns = columns_of(stream)
    lines = (each for line in text.splitlines() for each in _broken(line, columns, hang))
    return "\n".join(lines) + "\n" * text.endswith("\n")


def columns_of(stream: TextIO) -> int:
    """How wide the terminal is."""
    if (value := os.environ.get("COLUMNS", "")).isdecimal() and int(value):
        return int(value)
    try:
        return os.get_terminal_size(stream.fileno()).columns or UNTOLD
    except (OSError, ValueError):  # it is none that the system knows
        return UNTOLD


def _broken(line: str, columns: int, hang: int) -> list[str]:
    if width_of(line) <= columns:
        return [line]
    indent = line[: len(line) - len(line.lstrip())]
    return wrapped(line.strip(), columns, indent, indent + " " * hang)
