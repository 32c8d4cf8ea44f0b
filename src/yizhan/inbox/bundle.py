"""How waiting answers share one reply: joined while they fit, else the oldest first."""

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from msgspec import Struct

from yizhan.inbox.carrying import Carried
from yizhan.replies import LABELLED, After, News, Reply, Text, dump, split
from yizhan.store.mailbox import Shown

LIMIT = 2048  # UTF-8 bytes of a text (docs/protocol.md#e1)
BETWEEN = "\n\n"
ARTICLES = 8  # of one News after an event (docs/protocol.md#e2)


class Bundle(Struct, frozen=True):
    """The reply to show, how many of the waiting ones it carries whole, whether it says "more".

    `rest` is what is left of the one after those, of which it carries the beginning.
    """

    reply: Reply
    count: int = 1
    more: bool = False
    rest: Text | None = None


def bundle(replies: Sequence[Reply], more: str, making: int = 0) -> Bundle:
    """As many of the waiting replies as one can show.

    `more` is the note with `{n}` for the number of answers left behind; `making` are
    answers still in the making, which the note counts too. Leading texts are joined as
    long as they and the note fit; a text that leaves no room for it is cut. A reply of
    another kind goes alone and bears no note.
    """
    first = replies[0]
    if not isinstance(first, Text) or (len(replies) == 1 and not making):
        return Bundle(first)
    for count in range(_leading_texts(replies), 0, -1):
        left = len(replies) - count + making
        text = _joined(replies[:count], more.format(n=left) if left else "")
        if _fits(text):
            return Bundle(text, count, left > 0)
    return _cut(first, more, len(replies) - 1 + making)


def _cut(text: Text, more: str, others: int) -> Bundle:
    """As much of this text as leaves room for the note, if that is not overlong itself."""
    room = _most(text) - _size(BETWEEN + more.format(n=others + 1))
    if room < LIMIT // 2:
        return Bundle(text)
    head = split(text.content, room)[0]
    rest = text.content[text.content.index(head) + len(head) :]
    left = others + bool(rest.strip())
    reply = _joined([Text(head, text.ai)], more.format(n=left))
    if left > others:
        return Bundle(reply, 0, True, Text(rest, text.ai))
    return Bundle(reply, 1, True)


def is_owed(*, promised: bool, partly: bool, shown: Shown, waiting: bool) -> bool:
    """Whether a run that ends with nothing owes its follower a last word.

    It does when they were told that there is more, or had part of the answer and were told
    to wait, and nothing else waits for them.
    """
    expects = promised or shown == "more" or (partly and shown == "working")
    return expects and not waiting


def left_of(parts: Sequence[Carried], bundle: Bundle) -> Carried | None:
    """What is left of the part whose beginning the bundle carries, to be kept in its place."""
    if bundle.rest is None:
        return None
    cut = parts[bundle.count]
    return Carried(cut.key, cut.index, dump((bundle.rest,)))


def _leading_texts(replies: Sequence[Reply]) -> int:
    count = 0
    while count < len(replies) and isinstance(replies[count], Text):
        count += 1
    return count


def _joined(replies: Sequence[Reply], note: str) -> Text:
    """These texts and the note as one; a model wrote it if it wrote any of them."""
    texts = [reply for reply in replies if isinstance(reply, Text)]
    lines = [text.content for text in texts]
    written = BETWEEN.join([*lines, note] if note else lines)
    return Text(written, any(text.ai for text in texts))


def _fits(text: Text) -> bool:
    return _size(text.content) <= _most(text)


def _most(text: Text) -> int:
    """UTF-8 bytes that it may have."""
    return LABELLED if text.ai else LIMIT


def one_card(replies: Sequence[Reply], after: After) -> tuple[Reply, int]:
    """The first of these replies and how many of them it is: after an event, News share a card.

    News are kept article by article, since only an event's own push may carry several.
    """
    articles = [reply.articles for reply in _leading_news(replies)][:ARTICLES]
    if after == "message" or not articles:
        return replies[0], 1
    return News(*chain.from_iterable(articles)), len(articles)


def compact(replies: Sequence[Reply], most: int) -> list[tuple[Reply, int]]:
    """The same answers in at most `most` messages where joining texts can do it.

    Each comes with the number of answers it holds.
    """
    packed = [(reply, 1) for reply in replies]
    while len(packed) > most and (place := _joinable(packed)) is not None:
        (first, one), (second, other) = packed[place : place + 2]
        packed[place : place + 2] = [(_joined((first, second), ""), one + other)]
    return packed


def _joinable(packed: Sequence[tuple[Reply, int]]) -> int | None:
    for place, ((first, _), (second, _)) in enumerate(pairwise(packed)):
        both_texts = isinstance(first, Text) and isinstance(second, Text)
        if both_texts and _fits(_joined((first, second), "")):
            return place
    return None


def _leading_news(replies: Sequence[Reply]) -> Iterator[News]:
    for reply in replies:
        if not isinstance(reply, News):
            return
        yield reply


def _size(text: str) -> int:
    # A lone surrogate is sent as U+FFFD, which takes three bytes too.
    return len(text.encode("utf-8", "surrogatepass"))
