"""A process that changes many followers' mailboxes at a time, in every order."""

import asyncio
import random
import sys
from functools import partial

from msgspec import UNSET

from yizhan.clock import SystemClock
from yizhan.inbox import rules
from yizhan.inbox.rules import Arrival
from yizhan.store.mailbox import Binding, Change, View
from yizhan.store.mailboxes import postgres_commit
from yizhan.store.mailboxes.postgres import PostgresStore

ROUNDS = 10
FOLLOWERS = 30


def counted(view: View) -> Change[int]:
    number = int(view.rows.get("count", b"0")) + 1
    return Change(number, view.box, {"count": str(number).encode()})


postgres_commit.WAIT = 60_000  # longer than the server takes to see a circle


async def main(url: str, owner: str) -> None:
    store = PostgresStore(url, owner, SystemClock())
    await store.open()

    async def do(openid: str, rule: object) -> None:
        done = asyncio.get_running_loop().create_future()
        # A rule that asks for a message's row waits for locks.
        store.change(openid, rule, done.set_result, keys=["none"])  # type: ignore[arg-type]
        result = await done
        assert result is not UNSET and not isinstance(result, Exception), result

    for turn in range(ROUNDS):
        openids = [f"o{number}" for number in range(FOLLOWERS)]
        random.shuffle(openids)
        asked = []
        for openid in openids:
            key = f"{turn}:{openid}"
            binding = Binding(key, b"same", 600)
            arrival = Arrival(key, openid, b"<xml/>", 1.0, owner, binding=binding)
            asked += [do(openid, counted), do(openid, partial(rules.accept, arrival=arrival))]
        await asyncio.gather(*asked, store.renew(), store.orphans(10, 10))
    await store.close()
    sys.stdout.write("done")


asyncio.run(main(*sys.argv[1:]))
