"""Forgetting a follower who has left, once their last message is handled."""

import logging
from functools import partial

from yizhan.errors import StoreError
from yizhan.inbox import upkeep
from yizhan.inbox.process import Process, warn_of_failure
from yizhan.store.asking import seen
from yizhan.store.mailbox import Message

log = logging.getLogger("yizhan")

LAST_PUSH = 25.0  # seconds after which WeChat certainly does not repeat a push any more


async def forget(process: Process, openid: str, key: str) -> None:
    """Erase what is kept of the follower before the message `key`, and that one later.

    As long as WeChat may repeat it, the message must be known.
    """
    try:
        keys = await process.store.keys_of(openid)
        last = (await seen(process.store, openid, [key])).messages.get(key)
        if last is None:
            return
        rule = partial(upkeep.forget, keys=keys, until=last, but=key)
        await process.asked(openid, rule, keys)
    except StoreError as error:
        log.warning("%s", error)
        return
    process.deadlines.after(LAST_PUSH, partial(_erase, process, last))


def _erase(process: Process, last: Message) -> None:
    """Erase the last trace of them, which no push can repeat any more."""
    keys = (last.key,)
    rule = partial(upkeep.forget, keys=keys, until=last)
    process.surely(last.openid, rule, warn_of_failure, keys)
