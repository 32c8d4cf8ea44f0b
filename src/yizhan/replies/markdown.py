"""Markdown, as language models write it, made into what a follower can read.

WeChat shows a text as it is: only `<a href>` means something. So links are kept as such, lists
and tables become lines, and marks that stand for bold or headings are left out. Lines stand
for themselves: what comes in one piece of a stream and what comes in two reads the same.
"""

import re
from collections.abc import Callable, Iterator, Sequence

_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(.*)")
_RULE = re.compile(r"\s{0,3}([-*_])(?:\s*\1){2,}\s*")
_ITEM = re.compile(r"(\s*)[-*+]\s+(?:\[([ xX])\]\s+)?(.*)")
_QUOTE = re.compile(r"((?:\s{0,3}>)+)\s?(.*)")
_TABLE_RULE = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")
_CELL_BORDER = re.compile(r"(?<!\\)\|")
_CODE = re.compile(r"(?<!`)(`{1,8})(?!`)(.{1,2000}?)(?<!`)\1(?!`)")
_LINK = re.compile(
    r"(!?)\[([^\[\]]*)\]\(\s*<?([^\s()<>]+(?:\([^\s()<>]*\)[^\s()<>]*)*)>?"
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
)
_AUTOLINK = re.compile(r"<(https?://[^\s<>]+)>")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
# A mark counts only where it hugs what it marks, and `_` only between words: 2 * 3, snake_case.
# What it marks has an end to its length, so that a line of nothing but marks takes no long time.
_MARKS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(\*\*\*|\*\*|~~)(?=\S)(.{1,500}?)(?<=\S)\1",
        r"(?<!\w)(___|__)(?=\S)(.{1,500}?)(?<=\S)\1(?!\w)",
        r"(?<!\*)(\*)(?=[^\s*])([^*]{1,500})(?<=[^\s*])\1(?!\*)",
        r"(?<!\w)(_)(?=[^\s_])([^_]{1,500})(?<=[^\s_])\1(?!\w)",
    )
)
_KEPT = re.compile("\ue000(\\d+)\ue001")  # where a piece of code or a link is put back
_UNUSED = {0xE000: None, 0xE001: None}  # no font shows them: they are ours

BULLET, TICKED, OPEN = "• ", "☑ ", "☐ "
RULE = "———"


def plain_text(markdown: str) -> str:
    """The text of this Markdown: links as `<a href>`, tables as lines, no marks.

    What is no Markdown stays as it is, code too. An image becomes a link to it.
    """
    return "\n".join(_lines(markdown.replace("\r\n", "\n").split("\n")))


def _lines(lines: Sequence[str]) -> Iterator[str]:
    fence = ""
    place = 0
    while place < len(lines):
        line = lines[place]
        place += 1
        if fence:
            if line.strip().startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
            else:
                yield line
        elif found := _FENCE.match(line):
            fence = found[1]
        elif "|" in line and place < len(lines) and _is_table_rule(lines[place]):
            rows = _table_rows(lines, place + 1)
            place += 1 + len(rows)
            yield from _table(_cells(line), rows)
        else:
            yield _line(line)


def _line(line: str) -> str:
    if heading := _HEADING.fullmatch(line):
        return _inline(_without_closing(heading[1].strip()))
    if _RULE.fullmatch(line):
        return RULE
    if item := _ITEM.fullmatch(line):
        mark = BULLET if item[2] is None else OPEN if item[2] == " " else TICKED
        return item[1] + mark + _inline(item[3])
    if quote := _QUOTE.fullmatch(line):
        return "｜" * quote[1].count(">") + _line(quote[2])
    return _inline(line)


def _without_closing(heading: str) -> str:
    """A heading may end with as many `#` as it likes, after a blank; C# is a name."""
    before = heading.rstrip("#")
    return before.rstrip() if before.endswith((" ", "\t")) or not before else heading


def _is_table_rule(line: str) -> bool:
    return "|" in line and _TABLE_RULE.fullmatch(line.strip()) is not None


def _table_rows(lines: Sequence[str], first: int) -> list[list[str]]:
    rows = []
    for line in lines[first:]:
        if "|" not in line:
            break
        rows.append(_cells(line))
    return rows


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return [_inline(cell.strip()) for cell in _CELL_BORDER.split(inner)]


def _table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A row in lines of its own: columns side by side do not fit on a phone."""
    if len(names) <= 2:
        yield "：".join(filter(None, names))
        yield from (BULLET + "：".join(filter(None, row)) for row in rows)
        return
    for row in rows:
        yield BULLET + row[0]
        for name, cell in zip(names[1:], row[1:], strict=False):
            if cell:
                yield f"  {name}：{cell}" if name else f"  {cell}"


def _inline(text: str) -> str:
    """One line without marks; code and links are put aside, for a mark in them is none."""
    kept: list[str] = []
    text = text.translate(_UNUSED)

    def keep(piece: str) -> str:
        kept.append(piece)
        return f"\ue000{len(kept) - 1}\ue001"

    text = _CODE.sub(lambda found: keep(found[2].strip()), text)
    text = _ESCAPE.sub(lambda found: keep(found[1]), text)
    text = _AUTOLINK.sub(lambda found: keep(found[1]), text)
    text = _LINK.sub(lambda found: _link(found, keep), text)
    for mark in _MARKS:
        text = mark.sub(lambda found: found[2], text)
    while _KEPT.search(text):  # a link's words may hold code
        text = _KEPT.sub(lambda found: kept[int(found[1])], text)
    return text


def _link(found: "re.Match[str]", keep: Callable[[str], str]) -> str:
    is_image, words, address = found[1], found[2].strip(), found[3]
    if not address.startswith(("http://", "https://", "weixin://")):
        return words or address  # WeChat opens nothing else
    address = address.replace('"', "%22")
    opening, closing = keep(f'<a href="{address}">'), keep("</a>")
    return f"{opening}{words or ('图片' if is_image else address)}{closing}"
