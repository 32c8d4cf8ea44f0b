"""Where a store's file lies: from the text of mountinfo, and from what tells of a container."""

import logging

import pytest

from yizhan.store import filesystem
from yizhan.store.filesystem import Host, kind_at, risk_at

ROOT = "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw"
LAYER = "600 500 0:50 / / rw,relatime master:1 - overlay overlay rw,lowerdir=/l,upperdir=/u"
VOLUME = "610 600 8:1 /var/lib/docker/volumes/bot/_data /data rw - ext4 /dev/sda1 rw"
HOME = "30 22 0:45 / /home rw,relatime shared:20 master:3 - nfs4 server:/home rw,vers=4.2"
INNER = "31 30 8:5 / /home/local rw - xfs /dev/sdb1 rw"
SHM = "611 600 0:60 / /run/memory rw - tmpfs shm rw,size=65536k"
BLANKS = r"32 22 0:46 / /mnt/my\040disk\011\134x rw - nfs server:/a\040b rw"
HIDDEN = "33 22 8:6 / /srv/inner rw - nfs server:/srv rw"
OVER = "34 22 8:7 / /srv rw - ext4 /dev/sdc1 rw"  # mounted later, over what /srv/inner is below
UPON = "35 34 0:70 / /srv rw - tmpfs none rw"  # and one more at the same point


@pytest.mark.parametrize(
    ("lines", "path", "kind"),
    [
        ([ROOT], "/var/lib/bot/store.db", "ext4"),
        ([ROOT, HOME], "/home/bot/store.db", "nfs4"),
        ([ROOT, HOME], "/home", "nfs4"),
        ([ROOT, HOME], "/homework/store.db", "ext4"),
        ([ROOT, HOME, INNER], "/home/local/bot/store.db", "xfs"),
        ([INNER, HOME, ROOT], "/home/local/bot/store.db", "xfs"),
        ([ROOT, HOME, INNER], "/home/locally/store.db", "nfs4"),
        ([LAYER, VOLUME], "/data/store.db", "ext4"),
        ([LAYER, VOLUME, SHM], "/run/memory/store.db", "tmpfs"),
        ([LAYER, VOLUME], "/root/.local/share/yizhan/store.db", "overlay"),
        ([ROOT, BLANKS], "/mnt/my disk\t\\x/store.db", "nfs"),
        ([ROOT, BLANKS], "/mnt/my\\040disk/store.db", "ext4"),
        ([ROOT, HIDDEN], "/srv/inner/store.db", "nfs"),
        ([ROOT, HIDDEN, OVER], "/srv/inner/store.db", "ext4"),
        ([ROOT, HIDDEN, OVER, UPON], "/srv/store.db", "tmpfs"),
        ([ROOT.replace("22 1", "22 22")], "/store.db", "ext4"),
        ([], "/store.db", ""),
        (["", "no mount", "1 2 3 - ext4", "1 0 8:1 / / rw"], "/store.db", ""),
        (["1 0 8:1 / / rw - a", "1 1 8:1 / / rw - b", "2 1 8:1 / / rw - c"], "/store.db", "c"),
    ],
)
def test_the_file_system_of_a_path_is_that_of_the_mount_it_is_reached_by(lines, path, kind):
    assert kind_at("".join(f"{line}\n" for line in lines), path) == kind


def test_a_point_with_other_line_breaks_in_it_is_one_line():
    line = "36 22 0:47 / /mnt/a\rb\u2028c rw - nfs server:/x rw"
    assert kind_at(f"{ROOT}\n{line}\n", "/mnt/a\rb\u2028c/store.db") == "nfs"


@pytest.mark.parametrize(
    ("host", "is_container"),
    [
        (Host(), False),
        (Host(files=frozenset({"/.dockerenv"})), True),
        (Host(kubernetes=True), True),
        (Host(cgroup="0::/\n"), False),
        (Host(cgroup="0::/user.slice/user-1000.slice/session-2.scope\n"), False),
        (Host(cgroup="0::/system.slice/docker.service\n"), False),
        (Host(cgroup="0::/system.slice/containerd.service\n"), False),
        (Host(cgroup="5:memory:/docker/0123456789abcdef0123\n0::/\n"), True),
        (Host(cgroup="0::/system.slice/docker-0123456789abcdef.scope\n"), True),
        (Host(cgroup="0::/machine.slice/libpod-0123456789abcdef.scope\n"), True),
        (Host(cgroup="0::/kubepods.slice/kubepods-burstable.slice/x\n"), True),
        (Host(cgroup="11:cpu:/kubepods/besteffort/pod1/abc\n"), True),
        (Host(cgroup="0::/k8s.io/cri-containerd-0123456789abcdef.scope\n"), True),
        (Host(cgroup="3:cpu:/ecs/task/0123\n"), True),
        (Host(cgroup="3:cpu:/lxc/web\n"), True),
    ],
)
def test_a_container_is_told_by_a_marker_a_variable_or_its_group(host, is_container):
    assert host.is_container is is_container


INSIDE = Host(kubernetes=True)


@pytest.mark.parametrize(
    ("kind", "outside", "inside"),
    [
        ("ext4", None, None),
        ("btrfs", None, None),
        ("", None, None),
        ("nfs", "network", "network"),
        ("nfs4", "network", "network"),
        ("cifs", "network", "network"),
        ("fuse.sshfs", "network", "network"),
        ("overlay", None, "layer"),
        ("aufs", None, "layer"),
        ("fuse.fuse-overlayfs", None, "layer"),
        ("tmpfs", None, "memory"),
        ("ramfs", None, "memory"),
    ],
)
def test_a_network_always_endangers_a_store_and_the_rest_in_a_container(kind, outside, inside):
    mountinfo = f"22 1 8:1 / / rw - {kind or 'x'} none rw\n"
    assert risk_at(mountinfo, "/store.db", Host()) == outside
    assert risk_at(mountinfo, "/store.db", INSIDE) == inside


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """Has this process read that text as its mounts, and what a container's variables are."""
    mounts = tmp_path / "mountinfo"
    monkeypatch.setattr(filesystem, "MOUNTS", mounts)
    monkeypatch.setattr(filesystem, "CGROUP", tmp_path / "none")
    monkeypatch.setattr(filesystem, "MARKERS", ())
    monkeypatch.setenv("KUBERNETES_SERVICE_HOST", "10.0.0.1")

    def read(*lines):
        mounts.write_text("".join(f"{line}\n" for line in lines))

    return read


def test_links_are_resolved_first(tmp_path, machine):
    (tmp_path / "volume").mkdir()
    (tmp_path / "link").symlink_to("volume")
    machine(LAYER, f"610 600 8:1 / {tmp_path}/volume rw - ext4 /dev/sda1 rw")
    assert filesystem.warning(f"sqlite:///{tmp_path}/link/store.db") is None
    said = filesystem.warning(f"sqlite:///{tmp_path}/store.db")
    assert said.startswith(f"the store {tmp_path}/store.db lies in the container's own layer")


def test_another_system_without_mountinfo_says_nothing(tmp_path, machine):
    assert filesystem.warning(f"sqlite:///{tmp_path}/store.db") is None


@pytest.mark.parametrize("url", ["memory://", "redis://127.0.0.1/0", "postgres://127.0.0.1/bot"])
def test_a_store_without_a_file_has_no_place_to_warn_of(url, machine):
    machine(LAYER)
    assert filesystem.warning(url) is None


@pytest.mark.parametrize(
    ("lines", "lasts", "said"),
    [
        ([LAYER], True, "lies in the container's own layer (overlay)"),
        ([LAYER], False, ""),
        ([ROOT.replace("ext4", "tmpfs")], True, "lies in memory (tmpfs)"),
        ([ROOT.replace("ext4", "nfs4")], True, "lies on a network file system (nfs4)"),
        ([ROOT.replace("ext4", "nfs4")], False, "lies on a network file system (nfs4)"),
        ([ROOT], True, ""),
    ],
)
async def test_the_start_tells_it_once_and_what_to_do(
    make, machine, tmp_path, caplog, lines, lasts, said
):
    machine(*lines)
    account = make(store=f"sqlite:///{tmp_path}/store.db")
    if not lasts:
        account.project = "bot-12345678"
    with caplog.at_level(logging.WARNING, "yizhan"):
        await account.start()
    told = [it.getMessage() for it in caplog.records if f"{tmp_path}/store.db" in it.getMessage()]
    assert len(told) == bool(said)
    assert all(said in each and "set store to" in each for each in told)
