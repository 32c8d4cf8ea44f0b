"""What the inbox costs: time per message with each store, as a ratio to the same server without.

    python benchmarks/engine.py [--messages 10000] [--rounds 3]

HTTP, checks, 50 handlers and the reply are the same each time; without the inbox nothing is
claimed, kept or settled. 64 connections at once; the best of the rounds, which are interleaved.
"""

import argparse
import tempfile
from contextlib import ExitStack
from pathlib import Path

from hotpath import NO_INBOX, measured, requests

from store import address

NONE = "none"
STORES = {
    NONE: "none",
    "memory": "memory",
    "sqlite-normal": "SQLite NORMAL",
    "sqlite": "SQLite FULL",
    "redis-everysec": "Redis everysec",
    "redis-always": "Redis always",
}


def speed(name: str, messages: int) -> float:
    """Messages per second, with a new store."""
    load = requests("plain", messages)
    if name == NONE:
        return measured(NO_INBOX, "plain", "memory://", load)
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(dir=Path.home()))
        return measured("yizhan", "plain", stack.enter_context(address(name, folder)), load)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    best = dict.fromkeys(STORES, 0.0)
    for _ in range(options.rounds):
        for name in best:
            best[name] = max(best[name], speed(name, options.messages))
    print(f"{'store':16} {'messages/s':>10} {'time per message, none = 1':>27}")
    for name, found in best.items():
        print(f"{STORES[name]:16} {found:10,.0f} {best[NONE] / found:27.2f}")


if __name__ == "__main__":
    main()
