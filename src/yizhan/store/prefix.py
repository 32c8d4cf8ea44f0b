"""The name under which an account's keys stand in Redis, and what is marked there."""

from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from yizhan.mark import Identity, is_of, loaded
from yizhan.place import UNNAMED

if TYPE_CHECKING:
    from yizhan.store.mailboxes.redis_link import Link

# Whatever is marked, or has accepted anything, has one of these: the first four are of now, the
# others of version 1.
PRESENT = ("account", "shards", "boxes", "renewals", "mark", "leases")


async def prefix_of(url: str, account: Identity) -> str:
    """The AppID, else the name.

    Of an account that came by its AppID later, what it has kept stands under the name: it
    stays there, where the mark says so, unless there is something under the AppID.
    """
    former = account.name or UNNAMED
    prefix = account.appid or former
    if not account.appid or not urlsplit(url).scheme.startswith(("redis", "unix")):
        return prefix
    try:
        from yizhan.store.mailboxes.redis_link import Link
        from yizhan.store.mailboxes.redis_records import Names
    except ModuleNotFoundError:
        return prefix  # `connect` says what is missing
    link = Link(url)
    try:
        if await link.ask("EXISTS", *map(Names(prefix).key, PRESENT)):
            return prefix
        mark = loaded(await mark_under(link, former))
    finally:
        await link.close()
    return former if mark is not None and is_of(mark, account) else prefix


async def mark_under(link: "Link", prefix: str) -> bytes | None:
    """The mark of what stands under a prefix, where this version has it or version 1 had it."""
    from yizhan.store.mailboxes.redis_records import Names

    names = Names(prefix)
    kept = await link.ask("HGET", names.key("account"), "version")
    return cast("bytes | None", kept or await link.ask("GET", names.key("mark")))
