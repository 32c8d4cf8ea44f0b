"""Tokens in files that the processes of one host share."""

import asyncio
import hashlib
import os
import re
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from yizhan.api.lockfile import LockFile, make_folder
from yizhan.api.shelf import Token, dumped, loaded
from yizhan.api.turn import renewed, take
from yizhan.errors import StoreError

UNSAFE = re.compile(r"[^\w-]")
TOLD = 100  # characters of a name that the file's shows; a digest tells longer ones apart
LOOK = 0.02  # seconds between looks at a lock that another one holds


class FileShelf:
    """A file per token beside `path`, readable by its owner only; a lock of the system's."""

    def __init__(self, path: Path | str) -> None:
        self._path = Path(path)

    async def get(self, name: str) -> Token | None:
        """The token of that name."""
        return await asyncio.to_thread(self._get, name)

    async def put(self, name: str, token: Token) -> None:
        """Keep a token; readers see the old one or the new one, never a part."""
        await asyncio.to_thread(self._put, name, token)

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[None]:
        """Wait for the lock.

        The system frees it when its process exits. One that is stopped, or has left a child
        with the lock, renews it no more: then another takes its place.
        """
        lock = LockFile(self._place(name, "lock"))
        try:
            await take(lock.taken, LOOK)
            async with renewed(lock.renew):
                yield
        finally:
            lock.close()

    async def close(self) -> None:
        """Nothing is open."""

    def _place(self, name: str, ending: str) -> Path:
        return self._path.with_name(f"{self._path.name}.{_file_name(name)}.{ending}")

    def _get(self, name: str) -> Token | None:
        try:
            return loaded(self._place(name, "token").read_bytes())
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError("store.broken", problem=error) from error

    def _put(self, name: str, token: Token) -> None:
        place = self._place(name, "token")
        try:
            make_folder(place)
            handle, part = tempfile.mkstemp(dir=place.parent, prefix=place.name)  # 0600
            with os.fdopen(handle, "wb") as file:
                file.write(dumped(token))
            os.replace(part, place)
        except OSError as error:
            raise StoreError("store.broken", problem=error) from error


def _file_name(name: str) -> str:
    """What a token's file is called; names of words and dots are as older versions wrote them."""
    plain = UNSAFE.sub("_", name)
    if plain == name.replace(".", "_") and len(plain) <= TOLD:
        return plain
    return f"{plain[:TOLD]}-{hashlib.sha256(name.encode()).hexdigest()[:16]}"
