"""Text cut into parts that fit, and never inside what a reader sees as one character."""

from collections.abc import Iterator

# The longest code point in UTF-8, hence the smallest limit that can hold any text.
SMALLEST_LIMIT = 4
# Where a part may end, best first; a worse one is used only if it reaches further.
BORDERS = ("\n", "。！？!?", "，；、,; \t")


def split(text: str, limit: int = 2048) -> list[str]:
    """The parts of `text`, each at most `limit` bytes of UTF-8; joined they are `text` again.

    A part ends at a line's, sentence's or word's end if one lies in its last quarter, and
    never inside a grapheme cluster unless that cluster alone is longer than the limit.
    Blank parts are left out, for they cannot be sent. ValueError for a limit below 4 bytes.
    """
    if limit < SMALLEST_LIMIT:
        raise ValueError(f"limit must be at least {SMALLEST_LIMIT} bytes, not {limit}")
    if _size(text) <= limit:
        return [text] if text.strip() else []
    pieces = list(_pieces(text, limit))
    sizes = [_size(piece) for piece in pieces]
    parts = []
    start = 0
    while start < len(pieces):
        end = _reach(sizes, start, limit)
        if end < len(pieces):
            end = _border(pieces, start, end)
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


def _reach(sizes: list[int], start: int, limit: int) -> int:
    total = 0
    for end in range(start, len(sizes)):
        total += sizes[end]
        if total > limit:
            return end
    return len(sizes)


def _border(pieces: list[str], start: int, end: int) -> int:
    earliest = end - (end - start) // 4
    for border in BORDERS:
        for last in range(end - 1, earliest - 1, -1):
            if pieces[last][-1] in border:
                return last + 1
    return end
