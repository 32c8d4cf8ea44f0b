"""Where accepted messages live."""

from yizhan.clock import Clock
from yizhan.store.contract import *  # noqa: F403
from yizhan.store.contract import Store


def connect(url: str, *, account: str, clock: Clock) -> Store:
    from yizhan.store.memory import MemoryStore

    return MemoryStore(clock)
