"""What a follower wrote, kept out of error messages.

Hidden is every run of four characters of the message, of two where both are beyond ASCII, and a
shorter text that stands whole in quotes: in whatever case, as it is or in one of the forms that
Python and the web give it. Each form is decoded, and the result is compared. The time that
this takes is linear in the text of the error and in the message.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

MARK = "…"
RUN = 4  # characters that reveal something of a text
WIDE_RUN = 2  # the same where each is beyond ASCII
SPACE = RUN + 2  # characters between quotes that are looked at: a short text and blanks beside it
QUOTES = "\"'`"
HIDDEN = re.compile(rb"\x01+")

BACKSLASHED = re.compile(
    r"(?P<bytes>(?:\\x[0-9a-fA-F]{2})+)|(?P<units>(?:\\u[0-9a-fA-F]{4})+)"
    r"|\\U(?P<point>[0-9a-fA-F]{8})|\\(?P<char>[abfnrtv0'\"\\/])"
)
PERCENT = re.compile(
    r"(?P<bytes>(?:%[0-9a-fA-F]{2})+)|(?P<units>(?:%u[0-9a-fA-F]{4})+)|(?P<point>(?!))|(?P<char>\+)"
)
CHARACTERS = dict(zip("abfnrtv0+", "\a\b\f\n\r\t\v\0 ", strict=True))


class Form(NamedTuple):
    """A way to write characters, and the encoding of the bytes that are written so."""

    pattern: re.Pattern[str]
    encoding: str


TEXT = Form(BACKSLASHED, "latin-1")  # repr, ascii and JSON
BYTES = Form(BACKSLASHED, "utf-8")  # repr of bytes
QUOTED = Form(PERCENT, "utf-8")  # in a web address
FORMS: tuple[tuple[Form, ...], ...] = (
    (TEXT,),
    (BYTES,),
    (QUOTED,),
    (TEXT, TEXT),  # repr of repr
    (TEXT, BYTES),
    (TEXT, QUOTED),
    (QUOTED, TEXT),
    (QUOTED, QUOTED),
)


class Reading(NamedTuple):
    """What is read in a text: its character n comes from `starts[n]:ends[n]` of the original."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


class Hider:
    """Takes the texts of a follower out of a text; `names` where they stand whole only."""

    def __init__(self, texts: Iterable[str], names: Iterable[str] = ()) -> None:
        self._texts = tuple({text for text in texts if text.strip()})
        names = sorted({re.escape(name) for name in names if name.strip()}, key=len, reverse=True)
        self._names = re.compile("|".join(names), re.IGNORECASE) if names else None
        folded = (each.text.strip() for text in self._texts for each in _folded(_whole(text)))
        self._short = frozenset(text for text in folded if len(text) < RUN)

    def __call__(self, words: str) -> str:
        """The same with a mark in place of what the follower wrote."""
        if self._names is not None:
            words = self._names.sub(MARK, words)
        if not self._texts:
            return words
        readings = tuple(each for read in _readings(words) for each in _folded(read))
        runs = self._runs.intersection(run for it in readings for run in _runs(it.text))
        hidden = bytearray(len(words))
        for text, starts, ends in readings:
            for first, end in (*_where(text, runs), *self._quoted(text)):
                start, stop = starts[first], ends[end - 1]
                hidden[start:stop] = b"\x01" * (stop - start)
        return _marked(words, hidden)

    @cached_property
    def _runs(self) -> frozenset[str]:
        """The runs of the message: made once, for an error may have many parts."""
        texts = (each.text for text in self._texts for each in _folded(_whole(text)))
        return frozenset(run for text in texts for run in _runs(text))

    def _quoted(self, text: str) -> Iterator[tuple[int, int]]:
        """Where a short text stands whole in quotes."""
        if not self._short:
            return
        for start, quote in enumerate(text):
            if quote in QUOTES:
                end = text.find(quote, start + 1, start + 1 + SPACE)
                if end > 0 and text[start + 1 : end].strip() in self._short:
                    yield start + 1, end


def _runs(text: str) -> Iterator[str]:
    """Every run of a folded text that reveals something; blanks do not."""
    for start in range(len(text) - RUN + 1):
        run = text[start : start + RUN]
        if not run.isspace():
            yield run
    for start in range(len(text) - WIDE_RUN + 1):
        run = text[start : start + WIDE_RUN]
        if run[0] > "\x7f" and run[1] > "\x7f" and not run.isspace():
            yield run


def _where(text: str, runs: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where these runs are in a text."""
    for size in (RUN, WIDE_RUN) if runs else ():
        for start in range(len(text) - size + 1):
            if text[start : start + size] in runs:
                yield start, start + size


def _marked(words: str, hidden: bytearray) -> str:
    shown, last = [], 0
    for found in HIDDEN.finditer(hidden):
        shown += [words[last : found.start()], MARK]
        last = found.end()
    return "".join([*shown, words[last:]])


def _whole(text: str) -> Reading:
    return Reading(text, range(len(text)), range(1, len(text) + 1))


def _readings(words: str) -> Iterator[Reading]:
    """The text as it stands, and read in each form that makes a difference."""
    read: dict[tuple[Form, ...], Reading | None] = {(): _whole(words)}
    for form in FORMS:
        before = read[form[:-1]]
        read[form] = None if before is None else _read(before, form[-1])
    yield from (reading for reading in read.values() if reading is not None)


def _read(before: Reading, form: Form) -> Reading | None:
    """The same with this form decoded; None where nothing is written in it."""
    texts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    last = 0
    for found in form.pattern.finditer(before.text):
        texts.append(before.text[last : found.start()])
        starts += before.starts[last : found.start()]
        ends += before.ends[last : found.start()]
        at = found.start()
        for character, width in _characters(found, form.encoding):
            texts.append(character)
            starts.append(before.starts[at])
            at = min(at + width, found.end())
            ends.append(before.ends[at - 1])
        last = found.end()
    if not last:
        return None
    texts.append(before.text[last:])
    return Reading("".join(texts), [*starts, *before.starts[last:]], [*ends, *before.ends[last:]])


def _characters(found: re.Match[str], encoding: str) -> Iterator[tuple[str, int]]:
    """The characters that are written so, each with the length of its writing."""
    written = found[0]
    if found["bytes"]:
        width = 4 if written[0] == "\\" else 3
        data = bytes.fromhex(written.replace("\\x", "").replace("%", ""))
        for each in data.decode(encoding, "surrogateescape"):
            if "\udc80" <= each <= "\udcff":  # a byte that is no character
                yield chr(ord(each) - 0xDC00), width
            else:
                yield each, width * len(each.encode(encoding))
    elif found["units"]:
        units = [int(written[at + 2 : at + 6], 16) for at in range(0, len(written), 6)]
        data = b"".join(unit.to_bytes(2, "little") for unit in units)
        for each in data.decode("utf-16-le", "surrogatepass"):
            yield each, 12 if each > "\uffff" else 6
    elif found["point"]:
        point = int(found["point"], 16)
        yield chr(point) if point <= 0x10FFFF else "\ufffd", len(written)
    else:
        yield CHARACTERS.get(found["char"], found["char"]), len(written)


def _folded(reading: Reading) -> Iterator[Reading]:
    """The same without case; twice where a character has several without it, as ß has."""
    text, starts, ends = reading
    folded = text.casefold()
    if len(folded) == len(text):
        yield Reading(folded, starts, ends)
        return
    each = [character.casefold() for character in text]
    lengths = [len(it) for it in each]
    yield Reading(
        folded,
        [start for start, length in zip(starts, lengths, strict=True) for _ in range(length)],
        [end for end, length in zip(ends, lengths, strict=True) for _ in range(length)],
    )
    single = (new if len(new) == 1 else old for old, new in zip(text, each, strict=True))
    yield Reading("".join(single), starts, ends)
