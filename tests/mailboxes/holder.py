"""A process of its own that accepts messages in a SQLite file; the keys that were new it prints.

python holder.py PATH OWNER race COUNT    accept k0 … k(COUNT-1), once each
python holder.py PATH OWNER hold COUNT    accept them, say so, and wait to be killed

It waits for a line before it begins.
"""

import asyncio
import sys

from mailboxes.places import accept
from yizhan.clock import SystemClock
from yizhan.store.mailboxes.sqlite import SQLiteStore


async def main(path: str, owner: str, task: str, count: int) -> None:
    store = SQLiteStore(path, owner, SystemClock())
    await store.open()
    sys.stdin.readline()
    keys = [f"k{number}" for number in range(count)]
    accepted = await asyncio.gather(
        *(accept(store, key, f"o{place % 7}") for place, key in enumerate(keys))
    )
    new = [key for key, it in zip(keys, accepted, strict=True) if it.status == "new"]
    sys.stdout.write(" ".join(new) + "\n")
    sys.stdout.flush()
    if task == "hold":
        await asyncio.sleep(60)
    await store.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])))
