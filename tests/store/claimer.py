"""A process of its own that uses a SQLite store; what it claims it prints.

python claimer.py URL OWNER race COUNT    claim k0 … k(COUNT-1), once each
python claimer.py URL OWNER hold COUNT    claim them, say so, and wait to be killed
"""

import asyncio
import sys
import time

from yizhan.store import Arrival, connect


async def main(url: str, owner: str, task: str, count: int) -> None:
    store = connect(url, account="wx1")
    await store.open()
    sys.stdin.readline()
    arrivals = [
        Arrival(f"k{number}", f"o{number % 7}", b"<xml/>", time.time(), owner, ordered=False)
        for number in range(count)
    ]
    claims = await asyncio.gather(*map(store.claim, arrivals))
    new = [arrival.key for arrival, it in zip(arrivals, claims, strict=True) if it.status == "new"]
    sys.stdout.write(" ".join(new) + "\n")
    sys.stdout.flush()
    if task == "hold":
        await asyncio.sleep(60)
    await store.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])))
