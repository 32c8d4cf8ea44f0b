"""A process of its own that wants a store for an account; it prints whether it got it.

python marker.py URL APPID    once a line comes in
"""

import asyncio
import sys

from yizhan.clock import SystemClock
from yizhan.errors import StoreError
from yizhan.mark import Identity
from yizhan.store.marking import settle
from yizhan.store.opening import connect, owner_name


async def main(url: str, appid: str) -> None:
    store = connect(url, account="shared", owner=owner_name(), clock=SystemClock())
    await store.open()
    _say("ready")
    sys.stdin.readline()
    try:
        await settle(store, Identity(appid=appid), "serve", url=url)
    except StoreError as refused:
        _say(refused.phrase)
    else:
        _say("mine")
    await store.close()


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
