"""What survives in this Redis, by its own settings."""

from collections.abc import Mapping
from typing import cast

from redis import exceptions

from yizhan.errors import StoreError
from yizhan.store.mailboxes.contract import Promise
from yizhan.store.mailboxes.redis_link import Link

KEEPS_ALL = "noeviction"


async def promise_of(link: Link) -> Promise:
    """The least that it keeps of what it has taken; "unknown" where nobody may ask."""
    if link.is_cluster:
        return _named("unknown")
    try:
        config = await _config(link)
    except StoreError as error:
        if isinstance(error.__cause__, exceptions.ResponseError):
            return _named("unknown")
        raise
    name = _durability(config)
    policy = config.get("maxmemory-policy", KEEPS_ALL)
    if policy != KEEPS_ALL and config.get("maxmemory", "0") != "0":
        return Promise(f"redis {name}, {policy}", "store.redis_evicts")
    return _named(name)


async def _config(link: Link) -> Mapping[str, str]:
    names = ("appendonly", "appendfsync", "save", "maxmemory", "maxmemory-policy")
    found: dict[str, str] = {}
    for name in names:
        answer = await link.ask("CONFIG GET", name)
        found |= {_text(key): _text(value) for key, value in _items(answer)}
    return found


def _items(answer: object) -> list[tuple[object, object]]:
    if isinstance(answer, Mapping):
        return list(answer.items())
    words = cast("list[object]", answer)
    return list(zip(words[::2], words[1::2], strict=True))


def _text(word: object) -> str:
    return word.decode() if isinstance(word, bytes) else str(word)


def _durability(config: Mapping[str, str]) -> str:
    """The name of what these settings promise."""
    if config.get("appendonly") == "yes":
        return config.get("appendfsync") or "unknown"
    return "snapshot" if config.get("save") else "memory"


def _named(name: str) -> Promise:
    return Promise(f"redis {name}", f"store.redis_{name}")
