"""The name under which an account's keys stand in Redis."""

from urllib.parse import urlsplit

from yizhan.mark import Identity, is_of, loaded
from yizhan.place import UNNAMED


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
        from yizhan.store.redis_client import client_for, close, patiently, value_of
    except ModuleNotFoundError:
        return prefix  # `connect` says what is missing
    client = client_for(url)
    try:
        present = (f"{{{prefix}}}:mark", f"{{{prefix}}}:leases")
        if await patiently(lambda: client.exists(*present)):
            return prefix
        mark = loaded(await value_of(client, f"{{{former}}}:mark"))
    finally:
        await close(client)
    return former if mark is not None and is_of(mark, account) else prefix
