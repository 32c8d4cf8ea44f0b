"""What version 1 kept of an account in Redis: found, and brought over once all is stopped."""

from collections.abc import Callable

from yizhan.extras import needs
from yizhan.mark import Identity
from yizhan.store.marking import refuse_another
from yizhan.store.prefix import mark_under


async def is_kept(url: str, prefix: str, account: Identity) -> bool:
    """Whether there is anything to bring over. StoreError if it is another account's."""
    with needs("redis"):
        from yizhan.store.mailboxes.redis_earlier import is_earlier
        from yizhan.store.mailboxes.redis_link import Link
    link = Link(url)
    try:
        if not await is_earlier(link, prefix):
            return False
        mark = await mark_under(link, prefix)
    finally:
        await link.close()
    refuse_another(mark, account, url=url)
    return True


async def migrate(url: str, prefix: str, lease: float, progress: Callable[[int], None]) -> int:
    """Bring it over; the number of messages. `progress` gets how many followers are done.

    It may be broken off and done again. StoreError as long as a process of version 1 has had
    work within that lease.
    """
    with needs("redis"):
        from yizhan.store.mailboxes import redis
    return await redis.migrate(url, prefix, lease, progress)
