"""From a store's address to the store."""

from collections.abc import Callable, Mapping
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from yizhan.clock import Clock, SystemClock
from yizhan.errors import SettingsError
from yizhan.extras import needs
from yizhan.store.contract import Store

SQLITE = {"synchronous": ("full", "normal")}


def connect(url: str, *, account: str, clock: Clock = SystemClock()) -> Store:  # noqa: B008
    """The store at that address, not yet opened. SettingsError says what is allowed."""
    try:
        parts = urlsplit(url)
    except ValueError:  # its text may contain the password
        raise SettingsError("store.url") from None
    opener = OPENERS.get(parts.scheme)
    if opener is None:
        raise SettingsError("store.scheme", scheme=parts.scheme, allowed=", ".join(OPENERS))
    return opener(url, account, clock)


def _memory(url: str, account: str, clock: Clock) -> Store:
    from yizhan.store.memory import MemoryStore

    _options(urlsplit(url), {})
    return MemoryStore(clock)


def _sqlite(url: str, account: str, clock: Clock) -> Store:
    from yizhan.store.sqlite import SQLiteStore

    parts = urlsplit(url)
    options = _options(parts, SQLITE)
    path = unquote(parts.path).removeprefix("/")
    if parts.netloc or not path or path.endswith("/"):
        raise SettingsError("store.path", url=url)
    return SQLiteStore(path, clock, synchronous=options.get("synchronous", "full"))


def _redis(url: str, account: str, clock: Clock) -> Store:
    with needs("redis"):
        from yizhan.store.redis import RedisStore
    return RedisStore(url, account, clock)


def _options(parts: SplitResult, known: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    for name, value in options.items():
        if value not in known.get(name, ()):
            allowed = ", ".join(f"{name}={'|'.join(values)}" for name, values in known.items())
            raise SettingsError("store.option", option=f"{name}={value}", allowed=allowed or "-")
    return options


OPENERS: Mapping[str, Callable[[str, str, Clock], Store]] = {
    "memory": _memory,
    "sqlite": _sqlite,
    "redis": _redis,
    "rediss": _redis,
    "unix": _redis,
    "redis+sentinel": _redis,
    "rediss+sentinel": _redis,
    "redis+cluster": _redis,
    "rediss+cluster": _redis,
}
