"""A lock that the processes of one host hold by turns, and that lapses when its holder hangs."""

import asyncio
import os
import sys
from contextlib import suppress
from pathlib import Path

from yizhan.api import turn
from yizhan.errors import StoreError


class LockFile:
    """A lock of the system's on a file, whose time is renewed as long as the holder runs."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._handle: int | None = None
        self._changed = 0  # the file's time when it was last seen to change
        self._seen = 0.0  # and when that was

    async def taken(self) -> bool:
        """Whether it is this one's now."""
        try:
            return self._taken()
        except OSError as error:
            raise StoreError("store.broken", problem=error) from error

    async def renew(self) -> None:
        """Show that its holder still runs."""
        try:
            if self._handle is not None:
                self._touch(self._handle)
        except OSError as error:
            raise StoreError("store.broken", problem=error) from error

    def close(self) -> None:
        """Give it back."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _taken(self) -> bool:
        handle = self._opened()
        if not _locked(handle):
            self._watch(handle)
            return False
        if not self._in_place(handle):  # another one replaced it meanwhile
            return False
        self._touch(handle)
        return True

    def _opened(self) -> int:
        if self._handle is None or not self._in_place(self._handle):
            self.close()
            make_folder(self._place)
            self._handle = os.open(self._place, os.O_RDWR | os.O_CREAT, 0o600)
            self._changed = 0
        return self._handle

    def _in_place(self, handle: int) -> bool:
        try:
            return os.path.samestat(os.fstat(handle), os.stat(self._place))
        except FileNotFoundError:
            return False

    def _watch(self, handle: int) -> None:
        """Remove a lock that its holder renews no more, so that the next look makes another."""
        now, changed = asyncio.get_running_loop().time(), os.fstat(handle).st_mtime_ns
        if changed != self._changed:
            self._changed, self._seen = changed, now
        elif now - self._seen > turn.LEASE:
            with suppress(PermissionError):  # Windows removes no open file
                self._place.unlink(missing_ok=True)

    def _touch(self, handle: int) -> None:
        os.utime(handle if os.utime in os.supports_fd else self._place)


def make_folder(place: Path) -> None:
    """The folder of a file, for its owner only if it has to be made."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)


if sys.platform == "win32":
    import msvcrt

    def _locked(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _locked(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
