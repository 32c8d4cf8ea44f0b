"""What a question offers to choose from: how it is shown, and which of it an answer means."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from yizhan.errors import DialogError

MOST = 20
LONGEST = 2048  # UTF-8 bytes of a text
NUMBER = re.compile(r"(\d{1,2})[.、。)）]?").fullmatch
OURS = re.compile(r"yz[0-9a-f]{12}-\d{1,2}").fullmatch  # what a tap on one of ours is called
SPECIAL = re.compile(r"""[%&#+"'<>\s]""")  # would end the link's address, or its parameter


class Choices:
    """At most twenty, that fit into one text with their question. Raises DialogError."""

    def __init__(self, given: Sequence[str] | Mapping[str, object]) -> None:
        if not isinstance(given, Sequence | Mapping):  # a set has another order in each process
            raise DialogError("dialog.choices", problem=repr(given))
        self._texts = list(given)
        self._values = list(given.values()) if isinstance(given, Mapping) else self._texts
        if isinstance(given, str) or not all(_is_choice(text) for text in self._texts):
            raise DialogError("dialog.choices", problem=repr(given))
        if not 1 <= len(self._texts) <= MOST:
            raise DialogError("dialog.choices", problem=f"{len(self._texts)} ≠ 1…{MOST}")
        self._words = [_folded(text) for text in self._texts]
        if len(set(self._words)) < len(self._words):
            raise DialogError("dialog.choices", problem=f"{self._texts!r}: =")

    def shown(self, question: str, id: str, *, tap: bool) -> str:
        """The question and its choices, a line each: to tap, or where that is too long to read."""
        lines = [f"{number}. {text}" for number, text in enumerate(self._texts, 1)]
        links = [
            _link(line, text, f"{id}-{number}")
            for number, (line, text) in enumerate(zip(lines, self._texts, strict=True), 1)
        ]
        for shown in (links, lines) if tap else (lines,):
            text = "\n".join([question, *shown])
            if len(text.encode("utf-8", "surrogatepass")) <= LONGEST:
                return text
        raise DialogError("dialog.choices", problem=f"> {LONGEST} bytes")

    def find(self, answer: str, tap: str) -> int | None:
        """Which choice this answer means: what was tapped, its words, or its number."""
        number = int(tap.rpartition("-")[2]) if OURS(tap) else 0
        if 1 <= number <= len(self._texts):
            return number - 1
        word = _folded(answer)
        if word in self._words:
            return self._words.index(word)
        if (found := NUMBER(word)) and 1 <= int(found[1]) <= len(self._texts):
            return int(found[1]) - 1
        return None

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._texts)

    def value(self, place: int) -> object:
        """What the choice at that place stands for."""
        return self._values[place]

    @staticmethod
    def id_of(digest: str) -> str:
        """What the choices of a question are called by."""
        return f"yz{digest[:12]}"

    @staticmethod
    def is_ours(tap: str) -> bool:
        """Whether that is a choice of a question, and not of an author's own menu."""
        return OURS(tap) is not None

    @staticmethod
    def is_of(tap: str, id: str) -> bool:
        """Whether it is one of that question's."""
        return bool(id) and tap.startswith(f"{id}-")


def _is_choice(text: object) -> bool:
    return isinstance(text, str) and bool(text.strip()) and "\n" not in text


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


def _link(line: str, text: str, id: str) -> str:
    """The line as a link that, tapped, sends the choice's text with its id."""
    if "<" in line or ">" in line:  # would end the link
        return line
    content = SPECIAL.sub(lambda found: quote(found[0]), text)
    return f'<a href="weixin://bizmsgmenu?msgmenucontent={content}&msgmenuid={id}">{line}</a>'
