"""Where tokens lie between calls, so that processes and hosts can share them."""

import asyncio
from collections import defaultdict
from contextlib import AbstractAsyncContextManager
from typing import Protocol
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

import msgspec
from msgspec import Struct

Turns = defaultdict[str, asyncio.Lock]


class Token(Struct, frozen=True):
    """A token and the wall time of its end.

    `fetch` names the fetch that brought it: WeChat may give the same token again.
    """

    value: str
    until: float
    fetch: str = ""

    def same(self, other: "Token | None") -> bool:
        """Whether the other one came by the same fetch, as far as the shelf has kept its name."""
        if other is None or self.value != other.value:
            return False
        return self.fetch == other.fetch or not (self.fetch and other.fetch)


class TokenShelf(Protocol):
    """Keeps tokens by name and gives the turn to fetch a new one to one asker at a time.

    Raises StoreError when it cannot be reached.
    """

    async def get(self, name: str) -> Token | None:
        """The token of that name, whether or not it is still good."""
        ...

    async def put(self, name: str, token: Token) -> None:
        """Keep a token in the place of the one before."""
        ...

    def turn(self, name: str) -> AbstractAsyncContextManager[None]:
        """Wait until nobody else fetches a token of that name."""
        ...

    async def close(self) -> None:
        """Let go of what is open."""
        ...


class MemoryShelf:
    """A shelf of this process alone."""

    def __init__(self) -> None:
        self._tokens: dict[str, Token] = {}
        # By loop: a lock of another one, or of the process that forked this one, may never be free.
        self._turns: WeakKeyDictionary[asyncio.AbstractEventLoop, Turns] = WeakKeyDictionary()

    async def get(self, name: str) -> Token | None:
        """The token of that name."""
        return self._tokens.get(name)

    async def put(self, name: str, token: Token) -> None:
        """Keep a token."""
        self._tokens[name] = token

    def turn(self, name: str) -> AbstractAsyncContextManager[None]:
        """Wait for the turn."""
        loop = asyncio.get_running_loop()
        return self._turns.setdefault(loop, defaultdict(asyncio.Lock))[name]

    async def close(self) -> None:
        """Nothing is open."""


class ScopedShelf:
    """A part of a shelf, whose names are its own; the shelf is closed by who opened it."""

    def __init__(self, shelf: TokenShelf, scope: str) -> None:
        self._shelf = shelf
        self._scope = scope

    async def get(self, name: str) -> Token | None:
        """The token of that name."""
        return await self._shelf.get(f"{self._scope}.{name}")

    async def put(self, name: str, token: Token) -> None:
        """Keep a token."""
        await self._shelf.put(f"{self._scope}.{name}", token)

    def turn(self, name: str) -> AbstractAsyncContextManager[None]:
        """Wait for the turn."""
        return self._shelf.turn(f"{self._scope}.{name}")

    async def close(self) -> None:
        """Nothing of its own is open."""


def account_shelf(shelf: TokenShelf, appid: str, base: str) -> ScopedShelf:
    """The part of a shelf that belongs to one account at one API.

    A token is good for the account that fetched it, at the host that gave it, and nowhere else.
    """
    return ScopedShelf(shelf, f"{appid}@{api_host(base)}")


def api_host(base: str) -> str:
    """Which API an address leads to: its host, with what tells it from others there."""
    parts = urlsplit(base)
    port = parts.port or (80 if parts.scheme == "http" else 443)
    host = (parts.hostname or "").rstrip(".") + ("" if port == 443 else f":{port}")
    return host + parts.path.rstrip("/")


def dumped(token: Token) -> bytes:
    """A token as JSON."""
    return msgspec.json.encode(token)


def loaded(text: bytes | str | None) -> Token | None:
    """A token from JSON; None for what is no token, as a file cut short."""
    if not text:
        return None
    try:
        return msgspec.json.decode(text, type=Token)
    except msgspec.DecodeError:
        return None
