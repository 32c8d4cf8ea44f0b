"""Where the files of counts lie."""

# ruff: noqa: S108  # nothing is written there

import pytest

from yizhan.store.counts import folder_of, may_map, runtime_folder

MOUNTS = """\
21 1 254:0 / / rw,relatime - ext4 /dev/vda rw
22 21 0:20 / /dev/shm rw - tmpfs tmpfs rw
23 21 0:21 /sub /srv/bots rw,relatime shared:1 master:2 - btrfs /dev/vdb rw
24 23 0:22 / /srv/bots/data rw - xfs /dev/vdc rw
25 21 0:23 / /mnt/a\\040b rw - nfs4 server:/x rw
26 21 0:24 / /tank rw - zfs tank rw
"""


@pytest.mark.parametrize(
    ("folder", "may"),
    [
        ("/var/lib", True),
        ("/", True),
        ("/dev/shm/x", True),
        ("/srv/bots", False),
        ("/srv/bots/x", False),
        ("/srv/botsx", True),
        ("/srv/bots/data/x", True),
        ("/mnt/a b/x", False),
        ("/tank", False),
    ],
)
def test_a_full_disk_must_not_end_the_process(folder, may):
    assert may_map(MOUNTS, folder) is may


def test_where_nothing_is_known_of_the_mounts_nothing_is_against_it():
    assert may_map("", "/x")


def test_the_files_lie_beside_an_sqlite_store(tmp_path):
    found = folder_of(f"sqlite:///{tmp_path}/x.db?synchronous=normal", "wx1")
    assert found is not None
    assert found.path == tmp_path / "x.db.metrics"


def test_those_of_a_store_on_a_server_lie_in_the_user_s_runtime_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    one, other = (folder_of(url, "wx1") for url in ("redis://h/0", "redis://h/1"))
    assert one is not None and other is not None
    assert one.path.parent == other.path.parent == tmp_path / "yizhan" == runtime_folder()
    assert one.path != other.path
    assert "h" not in one.path.name.strip("0123456789abcdef")  # nor is its password
    one.make().end()
    assert one.path.parent.stat().st_mode & 0o777 == 0o700


def test_a_store_in_memory_is_one_process_s_own():
    assert folder_of("memory://", "wx1") is None
