"""What a SQLite file needs of its host: a folder, the name of the boot, patience with a lock."""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

PAUSE = 0.0005  # seconds between two tries for the file's lock
POLL = 0.005  # seconds between two looks at what other processes changed
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def create(path: Path) -> None:
    """Create the file for its owner's eyes only; SQLite gives -wal and -shm the same mode."""
    create_folder(path.parent)
    # A file that is there must not be opened here: closing it would drop the locks that other
    # connections of this process hold on it, and another process would delete their -wal.
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def create_folder(folder: Path) -> None:
    """Create a folder and what is missing above it, for their owner only."""
    missing = [folder, *folder.parents]
    for parent in reversed([it for it in missing if not it.exists()]):
        parent.mkdir(mode=0o700, exist_ok=True)
        _sync(parent.parent)


def _sync(folder: Path) -> None:
    """Make a new folder's entry outlast a power failure."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def boot_id() -> str:
    """This boot of the machine; "" where it has no name.

    Without a name a reboot shows by the monotonic clock having started anew: a lease
    renewed in the future has lapsed.
    """
    try:
        return BOOT_ID.read_text().strip()
    except OSError:
        return ""


def code_of(error: sqlite3.Error) -> int:
    """SQLite's primary result code."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF


def is_busy(error: sqlite3.Error) -> bool:
    return code_of(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
