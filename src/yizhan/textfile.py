"""Text in files that people write: UTF-8, with or without the mark that some editors put first."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from yizhan.phrases import say

LINE = re.compile(r"line (\d+)")  # in what tomllib says
TABLE = re.compile(r"\s*\[([^\[\]]+)\]")
KEY = re.compile(r"([^=#]+)=")
BLANKS = re.compile(r"[\s\"']")


@dataclass(frozen=True, slots=True)
class Places:
    """Where a file sets the keys of a table, for those who are told of a mistake."""

    path: Path
    table: str = ""

    def of(self, key: str) -> str:
        """The file, and the line where it can be found."""
        dotted = f"{self.table}.{key}" if self.table else key
        line = line_of(read_text(self.path), dotted)
        return f"{self.path}:{line}" if line else str(self.path)


def read_text(path: Path) -> str:
    """The text of a file. Raises OSError, and ValueError in the reader's words."""
    return decoded(path.read_bytes())


def decoded(data: bytes) -> str:
    """The text that these bytes are. Raises ValueError in the reader's words."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        phrase = "textfile.gbk" if _is_gbk(data) else "textfile.not_utf8"
        raise ValueError(say(phrase, line=line)) from error


def read_toml(path: Path) -> dict[str, object]:
    """What a TOML file says. Raises OSError, and ValueError that names the line."""
    text = read_text(path)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problem, _, place = str(error).partition(" (at ")
        found = LINE.search(place)
        line = int(found[1]) if found else len(text.rstrip().split("\n"))
        raise ValueError(say("textfile.toml", line=line, problem=problem)) from error


def line_of(text: str, key: str) -> int:
    """The line of a TOML text that sets this dotted key; 0 if that is not plain to see."""
    table = ""
    for number, line in enumerate(text.split("\n"), 1):
        if header := TABLE.match(line):
            table = _dotted(header[1]) + "."
        elif (found := KEY.match(line)) and table + _dotted(found[1]) == key:
            return number
    return 0


def _dotted(name: str) -> str:
    return BLANKS.sub("", name)


def _is_gbk(data: bytes) -> bool:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True
