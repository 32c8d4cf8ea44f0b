"""Clients for every address redis-py can reach, and what their failures mean here."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol, TypeVar
from urllib.parse import SplitResult, urlsplit, urlunsplit

from redis import exceptions
from redis.asyncio import (
    BlockingConnectionPool,
    Redis,
    RedisCluster,
    Sentinel,
    SentinelConnectionPool,
)
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from yizhan.errors import SettingsError, StoreError
from yizhan.phrases import say

T = TypeVar("T")
Client = Redis | RedisCluster
Argument = bytes | str | int | float

TIMEOUT = 2.0  # seconds for a connection or an answer
SETTINGS = {
    "socket_timeout": TIMEOUT,
    "socket_connect_timeout": TIMEOUT,
    "protocol": 2,  # what every server speaks: answers of one shape
}
CONNECTIONS = 64
LOST = (exceptions.ConnectionError, exceptions.TimeoutError, OSError)
PAUSES = (0.02, 0.1, 0.3)  # seconds before a lost connection is tried again


class Script(Protocol):
    """A script that the client keeps known to the server."""

    sha: str

    def __call__(self, keys: list[str], args: Sequence[Argument]) -> Awaitable[object]: ...


def client_for(url: str) -> Client:
    """A client that has not connected yet."""
    try:
        return _client_for(url)
    except (ValueError, TypeError) as error:
        raise SettingsError("store.redis_url", problem=error) from error


def _client_for(url: str) -> Client:
    parts = urlsplit(url)
    scheme, _, kind = parts.scheme.partition("+")
    if kind == "sentinel":
        return _by_sentinel(url)
    _check_port(parts)
    plain = urlunsplit(parts._replace(scheme=scheme))
    if kind == "cluster":
        return RedisCluster.from_url(plain, **SETTINGS)
    pool = BlockingConnectionPool.from_url(
        plain,
        max_connections=CONNECTIONS,
        timeout=TIMEOUT,
        retry=Retry(NoBackoff(), 0),
        **SETTINGS,
    )
    pool.make_connection()  # type: ignore[no-untyped-call]  # a misspelt option shows now
    return Redis.from_pool(pool)


def _by_sentinel(url: str) -> Client:
    """redis+sentinel://[user:password@]host:port,host:port/service[/db]"""
    parts = urlsplit(url)
    credentials, _, hosts = parts.netloc.rpartition("@")
    user, _, password = credentials.partition(":")
    service, _, db = parts.path.strip("/").partition("/")
    if not hosts or not service:
        raise ValueError("redis+sentinel://host:port,host:port/service")
    sentinel = Sentinel(  # type: ignore[no-untyped-call]  # redis-py
        [_host(host) for host in hosts.split(",")],
        **SETTINGS,
    )
    login = {"username": user or None, "password": password} if credentials else {}
    return Redis.from_pool(
        SentinelConnectionPool(  # type: ignore[no-untyped-call]  # redis-py
            service,
            sentinel,
            db=_number(db or "0"),
            ssl=parts.scheme.startswith("rediss"),
            max_connections=CONNECTIONS,
            retry=Retry(NoBackoff(), 0),
            **SETTINGS,
            **login,
        )
    )


def _host(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    return (host, _number(port)) if host else (text, 26379)


def _check_port(parts: SplitResult) -> None:
    try:
        _ = parts.port
    except ValueError:
        raise _no_number() from None


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise _no_number() from None


def _no_number() -> ValueError:
    """In place of Python's error, which quotes what it found: perhaps a piece of a password."""
    return ValueError(say("store.redis_number"))


async def close(client: Client) -> None:
    """Close its connections, those to the sentinels included."""
    await client.aclose()
    pool = None if isinstance(client, RedisCluster) else client.connection_pool
    if isinstance(pool, SentinelConnectionPool):
        for sentinel in pool.sentinel_manager.sentinels:
            await sentinel.aclose()


async def value_of(client: Client, key: str) -> bytes | None:
    """What a key holds."""
    value = await patiently(lambda: client.get(key))
    return value.encode() if isinstance(value, str) else value


async def patiently(call: Callable[[], Awaitable[T]]) -> T:
    """Await the call, again a few times when the connection is lost; else StoreError."""
    begun = time.monotonic()
    for pause in PAUSES:
        try:
            return await translated(call)
        except StoreError as error:
            lost = isinstance(error.__cause__, exceptions.ConnectionError)
            if not lost or time.monotonic() - begun > TIMEOUT / 2:
                raise
        await asyncio.sleep(pause)
    return await translated(call)


async def translated(call: Callable[[], Awaitable[T]]) -> T:
    try:
        return await call()
    except (*LOST, exceptions.RedisClusterException) as error:
        raise StoreError("store.unreachable", problem=_said(error)) from error
    except exceptions.RedisError as error:
        raise StoreError("store.refused", problem=error) from error


def _said(error: Exception) -> str:
    """The text of an error, without the client that redis-py appends to it."""
    return str(error).partition(" : <")[0]
