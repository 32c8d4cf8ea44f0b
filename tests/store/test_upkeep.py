"""How much of what is old may go at once."""

import pytest

from yizhan.clock import SystemClock
from yizhan.store import Follower
from yizhan.store.memory import MemoryTables
from yizhan.store.upkeep import most_at_once


@pytest.mark.parametrize(
    ("followers", "most"),
    [(0, 100), (99, 100), (10_000, 100), (10_099, 100), (10_100, 101), (50_000, 500)],
)
def test_a_hundred_or_one_in_a_hundred_followers(followers: int, most: int) -> None:
    tables = MemoryTables(SystemClock())
    for number in range(followers):
        tables.keep(f"o{number}", Follower())
    assert most_at_once(tables) == most
