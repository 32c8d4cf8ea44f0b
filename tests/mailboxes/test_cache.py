"""The cache of mailboxes has a bound, in mailboxes and in bytes."""

import pytest

from yizhan.store.applying import Loaded
from yizhan.store.mailboxes.cache import SIZE, Cache


def mailbox(number: int, *contents: bytes) -> Loaded:
    rows = {f"row{place}": content for place, content in enumerate(contents)}
    return Loaded(version=f"A:{number}", rows=rows)


def test_the_one_unused_for_longest_goes_first() -> None:
    cache = Cache(most=2)
    cache.keep("oOne", mailbox(1), 10)
    cache.keep("oTwo", mailbox(2), 10)
    cache.keep("oOne", mailbox(3), 10)
    cache.keep("oThree", mailbox(4), 10)
    assert cache.get("oTwo") is None
    assert cache.get("oOne") == mailbox(3)
    assert len(cache) == 2


@pytest.mark.parametrize("size, row", [(500, 0), (0, 500), (250, 250)])
def test_document_and_rows_count(size: int, row: int) -> None:
    cache = Cache(most_bytes=3 * (SIZE + 500))
    for number in range(10):
        cache.keep(f"o{number}", mailbox(number, b"x" * row), size)
    assert [number for number in range(10) if cache.get(f"o{number}")] == [7, 8, 9]
    assert cache.bytes == 3 * (SIZE + 500)


def test_one_that_shrinks_leaves_room() -> None:
    cache = Cache(most_bytes=2 * SIZE + 500)
    cache.keep("oOne", mailbox(1, b"x" * 500), 0)
    cache.keep("oOne", mailbox(2), 0)
    cache.keep("oTwo", mailbox(3, b"x" * 500), 0)
    assert (len(cache), cache.bytes) == (2, 2 * SIZE + 500)


def test_one_too_large_is_not_kept() -> None:
    cache = Cache(most_bytes=SIZE + 500)
    cache.keep("oOne", mailbox(1, b"x" * 501), 0)
    assert (len(cache), cache.bytes) == (0, 0)


def test_after_clear_there_is_nothing() -> None:
    cache = Cache()
    cache.keep("oOne", mailbox(1), 10)
    cache.clear()
    assert (len(cache), cache.bytes, cache.get("oOne")) == (0, 0, None)
