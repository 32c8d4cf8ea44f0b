"""Text cut into parts that fit, and never inside what a reader sees as one character or link."""

import re
from collections.abc import Iterator

# The longest code point in UTF-8, hence the smallest limit that can hold any text.
SMALLEST_LIMIT = 4
# Where a part may end, best first; a worse one is used only if it reaches further.
BORDERS = ("\n", "。！？!?", "，；、,; \t")
# What stays whole if it fits: a link, a tag, an address (up to a blank or Chinese punctuation,
# and its ASCII characters in any case), an entity. Each is matched in linear time.
WHOLE = tuple(
    re.compile(pattern, re.IGNORECASE | re.DOTALL)
    for pattern in (
        r"<a\s(?:(?!<a\s).)*?</a\s*>",
        r"</?a(?:\s[^<>]*)?>",
        r"(?<![a-z\d])(?:(?:https?|ftp|weixin)://|www\.)[^\s<>\"'，。！？；、：“”‘’（）《》【】]+",
        r"(?<![a-z\d])(?:(?:https?|ftp|weixin)://|www\.)[!#-&(-;=?-~]+",
        r"&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});",
    )
)


def split(text: str, limit: int = 2048) -> list[str]:
    """The parts of `text`, each at most `limit` bytes of UTF-8; joined they are `text` again.

    A part ends at a line's, sentence's or word's end if one lies in its last quarter, and
    never inside a grapheme cluster, a link, an address or an entity unless that alone is
    longer than the limit. Blank parts are left out, for they cannot be sent. ValueError for
    a limit below 4 bytes.
    """
    if limit < SMALLEST_LIMIT:
        raise ValueError(f"limit must be at least {SMALLEST_LIMIT} bytes, not {limit}")
    if _size(text) <= limit:
        return [text] if text.strip() else []
    pieces = list(_pieces(text, limit))
    sizes = [_size(piece) for piece in pieces]
    may_end = _ends(text, pieces, limit)
    parts = []
    start = 0
    while start < len(pieces):
        end = _reach(sizes, start, limit)
        if end < len(pieces):
            end = _border(pieces, start, _last_end(may_end, start, end), may_end)
        parts.append("".join(pieces[start:end]))
        start = end
    return [part for part in parts if part.strip()]


def _size(text: str) -> int:
    # A lone surrogate is sent as U+FFFD, which takes three bytes too.
    return len(text.encode("utf-8", "surrogatepass"))


def _pieces(text: str, limit: int) -> Iterator[str]:
    import regex  # here, for most bots never cut a text

    for cluster in regex.findall(r"\X", text):
        if _size(cluster) <= limit:
            yield cluster
        else:
            yield from cluster


def _ends(text: str, pieces: list[str], limit: int) -> list[bool]:
    """For each place between two pieces whether a part may end there: not inside a link."""
    inside = bytearray(len(text) + 1)
    for pattern in WHOLE:
        for found in pattern.finditer(text):
            if _size(found[0]) <= limit:
                first, last = found.span()
                inside[first + 1 : last] = b"\1" * (last - first - 1)
    ends = [True]
    place = 0
    for piece in pieces:
        place += len(piece)
        ends.append(not inside[place])
    return ends


def _reach(sizes: list[int], start: int, limit: int) -> int:
    total = 0
    for end in range(start, len(sizes)):
        total += sizes[end]
        if total > limit:
            return end
    return len(sizes)


def _last_end(may_end: list[bool], start: int, end: int) -> int:
    """The last place up to `end` where a part may end; `end` itself if there is none."""
    return next((place for place in range(end, start, -1) if may_end[place]), end)


def _border(pieces: list[str], start: int, end: int, may_end: list[bool]) -> int:
    earliest = end - (end - start) // 4
    for border in BORDERS:
        for last in range(end - 1, earliest - 1, -1):
            if pieces[last][-1] in border and may_end[last + 1]:
                return last + 1
    return end
