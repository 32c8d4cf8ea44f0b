"""Forgetting a follower who has left, once their last message is handled."""

import asyncio
import logging
from functools import partial

from yizhan.errors import StoreError
from yizhan.inbox import upkeep
from yizhan.inbox.process import Process
from yizhan.store.asking import seen
from yizhan.store.mailbox import Message

log = logging.getLogger("yizhan")

LAST_PUSH = 25.0  # seconds after which WeChat certainly does not repeat a push any more


async def forget(process: Process, openid: str, key: str) -> None:
    """Erase what is kept of the follower before the message `key`, and that one later.

    As long as WeChat may repeat it, the message must be known. If the process ends before that is
    over, its row stays for `keep`, as that of any message does, and the empty mailbox for as long
    as one of somebody who is silent.
    """
    try:
        keys = await process.store.keys_of(openid)
        last = (await seen(process.store, openid, [key])).messages.get(key)
        if last is None:
            return
        rule = partial(upkeep.forget, keys=keys, until=last, but=key)
        await process.apply(openid, rule, keys)
    except StoreError as error:
        log.warning("%s", error)
        return
    await asyncio.sleep(LAST_PUSH)
    await _erase(process, last)


async def _erase(process: Process, last: Message) -> None:
    """Erase the last trace of them, which no push can repeat any more."""
    keys = (last.key,)
    try:
        await process.apply(last.openid, partial(upkeep.forget, keys=keys, until=last), keys)
        await process.store.discard(last.openid)
    except StoreError as error:
        log.warning("%s", error)
