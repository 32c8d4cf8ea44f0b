"""Where accepted messages live, and the one function that opens such a place."""

from yizhan.store.mailboxes.contract import Promise, Stats, Store, Whole
from yizhan.store.opening import connect

__all__ = ["Promise", "Stats", "Store", "Whole", "connect"]
