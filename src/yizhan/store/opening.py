"""From a store's address to the store."""

import os
import secrets
import socket
from collections.abc import Callable, Mapping
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from msgspec import Struct

from yizhan.clock import Clock
from yizhan.errors import SettingsError
from yizhan.extras import needs
from yizhan.metrics.meter import Meter
from yizhan.store.mailboxes.contract import Store

SQLITE = {"synchronous": ("full", "normal")}


class _Wanted(Struct, frozen=True):
    url: str
    account: str
    owner: str
    clock: Clock
    brings_over: float | None
    meter: Meter | None = None

    @property
    def parts(self) -> SplitResult:
        return urlsplit(self.url)


def connect(
    url: str,
    *,
    account: str,
    owner: str,
    clock: Clock,
    brings_over: float | None = None,
    meter: Meter | None = None,
) -> Store:
    """The store at that address, not yet opened. SettingsError says what is allowed.

    `owner` is whose work it is that this process takes on there. A server gives the seconds of
    a lease as `brings_over`: then opening brings over what version 1 kept in an SQLite file.
    `meter` counts the commits.
    """
    try:
        parts = urlsplit(url)
    except ValueError:  # its text may contain the password
        raise SettingsError("store.url") from None
    opener = OPENERS.get(parts.scheme)
    if opener is None:
        raise SettingsError("store.scheme", scheme=parts.scheme, allowed=", ".join(OPENERS))
    return opener(_Wanted(url, account, owner, clock, brings_over, meter))


def owner_name() -> str:
    """A name for what this process owns in a store; no two processes have the same."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


def _memory(wanted: _Wanted) -> Store:
    from yizhan.store.mailboxes.memory import MemoryStore

    _options(wanted.parts, {})
    return MemoryStore(wanted.owner, wanted.clock)


def _sqlite(wanted: _Wanted) -> Store:
    from yizhan.store.mailboxes.sqlite import SQLiteStore

    parts = wanted.parts
    options = _options(parts, SQLITE)
    path = unquote(parts.path).removeprefix("/")
    if parts.netloc or not path or path.endswith("/"):
        raise SettingsError("store.path", url=wanted.url)
    return SQLiteStore(
        path,
        wanted.owner,
        wanted.clock,
        synchronous=options.get("synchronous", "full"),
        brings_over=wanted.brings_over,
        meter=wanted.meter,
    )


def _redis(wanted: _Wanted) -> Store:
    with needs("redis"):
        from yizhan.store.mailboxes.redis import RedisStore
        from yizhan.store.mailboxes.redis_link import Link
    Link(wanted.url)  # has not connected yet, but says what is wrong with the address
    return RedisStore(wanted.url, wanted.account, wanted.owner, wanted.clock, meter=wanted.meter)


def _postgres(wanted: _Wanted) -> Store:
    with needs("postgres"):
        from yizhan.store.mailboxes.postgres import PostgresStore
    return PostgresStore(wanted.url, wanted.owner, wanted.clock, meter=wanted.meter)


def _options(parts: SplitResult, known: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    for name, value in options.items():
        if value not in known.get(name, ()):
            allowed = ", ".join(f"{name}={'|'.join(values)}" for name, values in known.items())
            raise SettingsError("store.option", option=f"{name}={value}", allowed=allowed or "-")
    return options


OPENERS: Mapping[str, Callable[[_Wanted], Store]] = {
    "memory": _memory,
    "sqlite": _sqlite,
    "redis": _redis,
    "rediss": _redis,
    "unix": _redis,
    "redis+sentinel": _redis,
    "rediss+sentinel": _redis,
    "redis+cluster": _redis,
    "rediss+cluster": _redis,
    "postgres": _postgres,
    "postgresql": _postgres,
}
