"""The numbers of one process in a file that is mapped into its memory: a kill loses none.

The process holds a lock of the system's on its file as long as it lives, so no number of a
process that is used again misleads anybody. The file has its full size on the disk before it is
mapped: a disk that gets full later cannot end the process.
"""

import fcntl
import mmap
import os
import struct
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from yizhan.metrics.meter import CELLS, HEAD, Key, Row, Summed

MAGIC = 0x31_6E_61_68_7A_69_79  # "yizhan1"
ENDED, NAMED = 1, 2  # places of the head: whether it has stopped in good order; bytes of names
START = CELLS * 8  # where the names begin
SIZE = START + 96 * 1024
SUFFIX = ".counts"


class CountFile:
    """This process's own file."""

    def __init__(self, path: Path, folder: Summed) -> None:
        """Make it, locked. Raises OSError."""
        self.path = path
        self.folder = folder
        self._lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _allocate(self._lock)
            self._bytes = _mapped(path)
        except OSError:
            os.close(self._lock)
            path.unlink(missing_ok=True)
            raise
        self._numbers = memoryview(self._bytes)[:START].cast("Q")
        self._numbers[0] = MAGIC
        self.row: Row = self._numbers

    def name(self, key: Key, cells: int, *, spare: int) -> bool:
        """Note what the next cells are; False if so few bytes would be left for names."""
        line = "\t".join([str(cells), *map(_plain, key)]).encode() + b"\n"
        at = START + self._numbers[NAMED]
        if at + len(line) > SIZE - spare:
            return False
        self._bytes[at : at + len(line)] = line
        self._numbers[NAMED] += len(line)
        return True

    def end(self) -> None:
        """This process has stopped in good order: whoever looks next adds it to the dead."""
        self._numbers[ENDED] = 1
        self.forget()

    def forget(self) -> None:
        """Let go of it; in a child, the parent keeps its lock."""
        self.row = []
        self._numbers.release()
        with suppress(BufferError):  # something reads it just now
            self._bytes.close()
        os.close(self._lock)


class Counted:
    """What is read of a file: whether its process lives, or how it ended."""

    def __init__(self, content: bytes, *, living: bool) -> None:
        """Raises ValueError for what is no such file."""
        if len(content) != SIZE:
            raise ValueError(len(content))
        self._row = struct.unpack_from(f"={CELLS}Q", content)
        if self._row[0] != MAGIC:
            raise ValueError(self._row[0])
        self._names = content[START : START + self._row[NAMED]].decode()
        self.is_living = living
        self.ended = self._row[ENDED] == 1

    def numbers(self) -> Iterator[tuple[Key, list[int]]]:
        """All that it has counted."""
        at = HEAD
        for line in self._names.splitlines():
            size, *key = line.split("\t")
            yield tuple(key), list(self._row[at : at + int(size)])
            at += int(size)


def read(path: Path) -> Counted:
    """What a process has counted. Raises OSError, or ValueError for what is no such file."""
    handle = os.open(path, os.O_RDONLY)
    try:
        living = not _is_free(handle)
        return Counted(os.pread(handle, SIZE + 1, 0), living=living)
    finally:
        os.close(handle)


def _allocate(handle: int) -> None:
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(handle, 0, SIZE)
    else:  # macOS
        os.ftruncate(handle, SIZE)


def _mapped(path: Path) -> mmap.mmap:
    """Its memory, through a handle of its own, so that it does not keep the lock in a child."""
    handle = os.open(path, os.O_RDWR)
    try:
        return mmap.mmap(handle, SIZE)
    finally:
        os.close(handle)


def _is_free(handle: int) -> bool:
    """Whether nobody holds the lock."""
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _plain(text: str) -> str:
    """A label without what would end it or its line."""
    return "".join(each if each.isprintable() else "?" for each in text)
