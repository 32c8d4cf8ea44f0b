"""On which file system a store's file lies, and whether that keeps it."""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Literal

from msgspec import Struct

from yizhan import place
from yizhan.phrases import say

Risk = Literal["network", "layer", "memory"]

RISKS: Mapping[str, Risk] = {
    "nfs": "network",
    "nfs4": "network",
    "cifs": "network",
    "smb3": "network",
    "smbfs": "network",
    "afs": "network",
    "fuse.sshfs": "network",
    "overlay": "layer",
    "overlayfs": "layer",
    "fuse.fuse-overlayfs": "layer",
    "aufs": "layer",
    "tmpfs": "memory",
    "ramfs": "memory",
}
MOUNTS = Path("/proc/self/mountinfo")
CGROUP = Path("/proc/self/cgroup")
MARKERS = ("/.dockerenv", "/run/.containerenv")  # Docker's and Podman's
KUBERNETES = "KUBERNETES_SERVICE_HOST"
# Of a container's own group: not that of the service which runs containers, docker.service.
GROUPS = re.compile(
    r"/(?:docker|lxc|ecs|podman)/|/kubepods|\b(?:docker|libpod|crio|cri-containerd)-[0-9a-f]{12}"
)
ESCAPE = re.compile(r"\\([0-7]{3})")


class Mount(Struct, frozen=True):
    """One line of mountinfo: where a file system is mounted, and its type."""

    number: str
    parent: str
    point: str
    kind: str


class Host(Struct, frozen=True):
    """What tells that this process runs in a container: files, variables, control groups."""

    files: frozenset[str] = frozenset()
    kubernetes: bool = False
    cgroup: str = ""

    @property
    def is_container(self) -> bool:
        """Whether anything tells so."""
        return bool(self.files) or self.kubernetes or GROUPS.search(self.cgroup) is not None


def kind_at(mountinfo: str, path: str) -> str:
    """The type of the file system at that path, absolute and without links; "" if unknown.

    Mounts are followed from the root, as the kernel does: one below a point that something else
    was mounted over later is out of reach.
    """
    mounts = list(_mounts(mountinfo))
    numbers = {mount.number for mount in mounts}
    children: dict[tuple[str, str], Mount] = {}
    for mount in mounts:
        is_first = mount.parent == mount.number or mount.parent not in numbers
        children["" if is_first else mount.parent, mount.point] = mount
    here = Mount("", "", "", "")
    for folder in (*reversed(PurePosixPath(path).parents), PurePosixPath(path)):
        while (at := (here.number, str(folder))) in children:
            here = children.pop(at)
    return here.kind


def risk_at(mountinfo: str, path: str, host: Host) -> Risk | None:
    """What endangers a store at that path: a network always, the rest in a container only."""
    risk = RISKS.get(kind_at(mountinfo, path))
    return risk if risk == "network" or host.is_container else None


def warning(url: str, *, lasts: bool = True) -> str | None:
    """What to tell of the store at that address, if its file system may not keep it.

    A store that need not last, as development's, may go with its container. Stores of servers
    lie elsewhere.
    """
    if (path := place.file_of(url)) is None:
        return None
    whole = os.path.realpath(path)
    mountinfo = system_mounts()
    risk = risk_at(mountinfo, whole, _host() if lasts else Host())
    if risk is None:
        return None
    return say(f"store.on_{risk}", path=whole, kind=kind_at(mountinfo, whole))


def system_mounts() -> str:
    """The system's mountinfo; "" on one that has none."""
    return _text(MOUNTS)


def _mounts(mountinfo: str) -> Iterator[Mount]:
    for line in mountinfo.split("\n"):  # a point may hold what else ends a line
        before, found, after = line.partition(" - ")
        fields, kind = before.split(" "), after.split(" ")[0]
        if found and len(fields) > 4:
            yield Mount(fields[0], fields[1], _unescaped(fields[4]), kind)


def _unescaped(point: str) -> str:
    """A mount point as it is: blanks, tabs, line breaks and backslashes are written in octal."""
    return ESCAPE.sub(lambda found: chr(int(found[1], 8)), point)


def _host() -> Host:
    files = frozenset(each for each in MARKERS if Path(each).exists())
    return Host(files, KUBERNETES in os.environ, _text(CGROUP))


def _text(path: Path) -> str:
    """What the system says there; "" on one that says nothing."""
    try:
        return os.fsdecode(path.read_bytes())
    except OSError:
        return ""
