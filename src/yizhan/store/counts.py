"""Where the processes of one account keep what they count."""

import hashlib
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from yizhan.place import file_of
from yizhan.store.filesystem import kind_at, system_mounts

if TYPE_CHECKING:
    from yizhan.metrics.folder import Folder

IN_PLACE = frozenset({"ext2", "ext3", "ext4", "xfs", "f2fs", "tmpfs", "ramfs", "overlay", ""})


def folder_of(store_url: str, label: str) -> "Folder | None":
    """The folder of an account with that store; None if no other process can share it.

    Beside an SQLite file; of a store on a server, or where a file cannot safely be mapped, in a
    folder of this user's that no restart of the machine need keep.
    """
    if store_url.startswith("memory:") or sys.platform == "win32":
        return None
    from yizhan.metrics.folder import Folder  # which needs what Windows has not

    file = file_of(store_url)
    if file is not None and may_map(system_mounts(), os.path.realpath(file)):
        return Folder(file.with_name(f"{file.name}.metrics"))
    name = hashlib.blake2b(f"{store_url}\n{label}".encode(), digest_size=8).hexdigest()
    return Folder(runtime_folder() / name, runtime_folder())


def runtime_folder() -> Path:
    """A folder of this user's for what lives as long as the machine runs."""
    own = os.environ.get("XDG_RUNTIME_DIR")
    if own and Path(own).is_dir():
        return Path(own) / "yizhan"
    memory = Path("/dev/shm")  # noqa: S108  # the folder in it is the user's own
    parent = memory if memory.is_dir() else Path(tempfile.gettempdir())
    return parent / f"yizhan-{os.getuid()}"


def may_map(mountinfo: str, path: str) -> bool:
    """Whether what is written to a mapped file there needs no more room on the disk later.

    On file systems that write what changed elsewhere, a full disk would end the process. `path` is
    absolute and without links; where nothing is known of it, nothing is against it.
    """
    return kind_at(mountinfo, path) in IN_PLACE
