"""A process of its own that changes mailboxes in Redis, as fast as it can.

python burster.py URL OWNER COUNT FOLLOWERS    COUNT changes, spread over so many followers

It waits for a line, then prints "openid number" for each change that was committed, and
"openid -" for each that the store refused.
"""

import asyncio
import sys

from mailboxes.places import do
from yizhan.clock import SystemClock
from yizhan.errors import StoreError
from yizhan.store.mailbox import Change, View
from yizhan.store.mailboxes.redis import RedisStore


def counted(view: View) -> Change[int]:
    """A rule that counts how often it was committed."""
    number = int(view.rows.get("count", b"0")) + 1
    return Change(number, view.box, {"count": str(number).encode()})


async def main(url: str, owner: str, count: int, followers: int) -> None:
    store = RedisStore(url, "wx1", owner, SystemClock())
    await store.open()
    sys.stdin.readline()
    lines: list[str] = []

    async def one(openid: str, times: int) -> None:
        for _ in range(times):
            try:
                lines.append(f"{openid} {await do(store, counted, openid)}")
            except StoreError as error:
                lines.append(f"{openid} - {error}")

    each = count // followers
    await asyncio.gather(*(one(f"o{number}", each) for number in range(followers)))
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
    await store.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
