"""What processes count in files, and what becomes of it when they end."""

import os
import signal
import stat
import subprocess
import sys

import pytest

from yizhan.errors import StoreError
from yizhan.metrics import folder as folders
from yizhan.metrics import series
from yizhan.metrics.file import SUFFIX, CountFile
from yizhan.metrics.folder import TOTAL, Folder, _a_minute
from yizhan.metrics.meter import CELLS, OTHER, RESERVED, Meter

REPEATS = (series.REPEATS.name,)
DEATHS = (series.DEATHS.name,)
WORKERS = (series.WORKERS.name, "1")
IN_FLIGHT = (series.IN_FLIGHT.name,)

CHILD = """
import sys
from pathlib import Path
from yizhan.metrics import series
from yizhan.metrics.folder import Folder
from yizhan.metrics.meter import Meter

meter = Meter()
meter.set(series.WORKERS, 1, "1")
meter.keep_in(Folder(Path(sys.argv[1])).make())
for _ in range(3):
    meter.count(series.REPEATS)
meter.row[meter.in_flight] = 5
meter.pushed("text", "inline", 61.0)
print("counted", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path / "x.db.metrics")


@pytest.fixture
def meter(folder):
    """This process's, counting in the folder."""
    meter = Meter()
    meter.set(series.WORKERS, 1, "1")
    meter.keep_in(folder.make())
    yield meter
    meter.end()


@pytest.fixture
def child(folder):
    """Another process that counts there."""
    started = []

    def start():
        process = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(folder.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        started.append(process)
        assert process.stdout.readline() == b"counted\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def kill(process):
    process.send_signal(signal.SIGKILL)
    process.wait()


class TestSums:
    def test_what_the_living_count_is_added_up_with_their_gauges(self, folder, meter, child):
        child()
        meter.count(series.REPEATS)
        meter.row[meter.in_flight] = 2
        sums = folder.sums()
        assert sums[WORKERS] == [2]
        assert (sums[REPEATS], sums[IN_FLIGHT]) == ([4], [7])

    def test_a_killed_process_keeps_its_counts_and_loses_its_gauges(self, folder, meter, child):
        kill(child())
        sums = folder.sums()
        assert sums[WORKERS] == [1]
        assert (sums[REPEATS], sums[DEATHS]) == ([3], [1])
        assert sums[IN_FLIGHT] == [0]
        assert sums[series.PUSHES.name, "text", "inline"] == [1]

    def test_the_files_of_the_dead_do_not_pile_up(self, folder, meter, child):
        for _ in range(3):
            kill(child())
        folder.sums()
        assert len(list(folder.path.glob(f"*{SUFFIX}"))) == 1
        assert folder.sums()[REPEATS] == [9]

    def test_an_end_in_good_order_is_no_death(self, folder):
        meter = Meter()
        meter.keep_in(folder.make())
        meter.count(series.REPEATS)
        meter.end()
        sums = folder.sums()
        assert sums[REPEATS] == [1]
        assert DEATHS not in sums

    def test_whoever_only_looks_changes_nothing(self, folder, child):
        kill(child())
        before = sorted(path.name for path in folder.path.iterdir())
        assert folder.look()[REPEATS] == [3]
        assert folder.look()[DEATHS] == [1]
        assert sorted(path.name for path in folder.path.iterdir()) == before

    def test_to_be_killed_while_the_dead_are_added_up_counts_nobody_twice(
        self, folder, meter, child, monkeypatch
    ):
        kill(child())
        monkeypatch.setattr(folders.Path, "unlink", interrupted)
        with pytest.raises(KeyboardInterrupt):
            folder.sums()
        monkeypatch.undo()
        assert len(list(folder.path.glob(f"*{SUFFIX}"))) == 2
        assert folder.look()[REPEATS] == [3]
        assert folder.sums()[REPEATS] == [3]
        assert len(list(folder.path.glob(f"*{SUFFIX}"))) == 1

    def test_a_process_with_a_dead_one_s_number_is_not_taken_for_it(self, folder, meter, child):
        process = child()
        [dead] = set(folder.path.glob(f"{process.pid}-*"))
        kill(process)
        dead.rename(dead.with_name(f"{os.getpid()}-00000000{SUFFIX}"))
        sums = folder.sums()
        assert (sums.get(WORKERS), sums[DEATHS]) == ([1], [1])

    @pytest.mark.parametrize("content", [b"", b"no counts", b"\0" * 131_072])
    def test_a_file_that_is_none_is_passed_over(self, folder, meter, content):
        (folder.path / f"1-0{SUFFIX}").write_bytes(content)
        (folder.path / TOTAL).write_bytes(content)
        meter.count(series.REPEATS)
        assert folder.sums()[REPEATS] == [1]

    def test_series_of_another_version_are_left_out(self, folder, meter, child):
        process = child()
        [path] = folder.path.glob(f"{process.pid}-*")
        kill(process)
        path.write_bytes(path.read_bytes().replace(b"1\tyizhan_repeats", b"9\tyizhan_repeats"))
        assert REPEATS not in folder.sums()

    def test_a_lock_that_is_held_for_long_is_told(self, folder, meter, monkeypatch):
        monkeypatch.setattr(folders, "PATIENCE", 0.05)
        with folder._locked(folders.fcntl.LOCK_EX), pytest.raises(StoreError, match="locked"):
            folder.sums()

    def test_nothing_is_kept_in_a_folder_that_others_may_write_to(self, folder):
        folder.path.mkdir(mode=0o777)
        folder.path.chmod(0o777)
        with pytest.raises(PermissionError, match="777"):
            folder.make()

    def test_only_the_user_may_read(self, folder, meter):
        modes = {stat.S_IMODE(path.stat().st_mode) for path in folder.path.iterdir()}
        assert (stat.S_IMODE(folder.path.stat().st_mode), modes) == (0o700, {0o600})

    def test_a_child_of_the_process_does_not_keep_it_alive(self, folder, child):
        """A worker that was forked has its parent's handles, until it begins anew."""
        meter = Meter()
        file = folder.make()
        meter.set(series.WORKERS, 1, "1")
        meter.keep_in(file)
        meter.count(series.REPEATS)
        assert isinstance(file, CountFile)
        held = os.dup(file._lock)  # as a child has it
        meter.forget()
        assert folder.look()[WORKERS] == [1]
        os.close(held)
        assert (folder.look().get(WORKERS), folder.look()[REPEATS]) == (None, [1])


def interrupted(*_, **__):
    raise KeyboardInterrupt


class TestMeter:
    def test_what_was_counted_before_goes_into_the_file(self, folder):
        meter = Meter()
        meter.count(series.REFUSALS, "signature", times=2)
        meter.handled(0.2)
        meter.keep_in(folder.make())
        meter.count(series.REFUSALS, "signature")
        sums = folder.sums()
        assert sums[series.REFUSALS.name, "signature"] == [3]
        assert sum(sums[series.HANDLER.name,][:-1]) == 1
        meter.end()

    def test_more_labels_than_there_is_room_for_are_taken_together(self, meter, folder):
        for number in range(CELLS):
            meter.count(series.CALLS, f"/cgi-bin/{number}", "0")
        sums = folder.sums()
        kept = [key for key in sums if key[0] == series.CALLS.name]
        assert 1_000 < len(kept) < CELLS - RESERVED
        assert sum(sums[key][0] for key in kept) == CELLS
        assert sums[series.CALLS.name, OTHER, OTHER][0] == CELLS - len(kept) + 1
        meter.count(series.REFUSALS, "signature")  # which comes too late for a place of its own
        assert folder.sums()[series.REFUSALS.name, OTHER] == [1]

    def test_a_label_cannot_break_a_line(self, meter, folder):
        meter.count(series.CALLS, "/a\tb\nc", "0")
        assert folder.sums()[series.CALLS.name, "/a?b?c", "0"] == [1]

    @pytest.mark.parametrize(
        ("seconds", "bucket"),
        [(0.0, 0.005), (0.005, 0.005), (4.6, 5.0), (5.0, 5.0), (5.1, 10.0), (15.0, 15.0)],
    )
    def test_a_time_is_counted_in_its_bucket(self, seconds, bucket):
        meter = Meter()
        meter.handled(seconds)
        [counts] = [numbers for key, numbers in meter.numbers() if key[0] == series.HANDLER.name]
        assert counts.index(1) == series.AGAINST_FIVE.index(bucket)
        assert counts[-1] == round(seconds * series.MICRO)

    def test_what_takes_longer_than_all_buckets_is_counted_as_well(self):
        meter = Meter()
        meter.handled(1e4)
        [counts] = [numbers for key, numbers in meter.numbers() if key[0] == series.HANDLER.name]
        assert counts[-2] == 1

    def test_a_stopped_account_counts_anew(self, folder):
        meter = Meter()
        meter.keep_in(folder.make())
        meter.count(series.REPEATS)
        meter.end()
        assert (meter.of("repeats"), meter.file) == (0, None)
        meter.keep_in(folder.make())
        meter.count(series.REPEATS)
        assert folder.sums()[REPEATS] == [2]
        meter.end()

    def test_series_of_the_same_name_are_one(self):
        assert len({it.name for it in series.ALL}) == len(series.ALL)


@pytest.mark.parametrize(
    ("now", "minutes", "expected"),
    [
        (120.0, [(2, 0, 30)], 30),
        (150.0, [(2, 20, 30)], 35),
        (150.0, [(1, 20, 30)], 10),
        (150.0, [(0, 20, 30)], 0),
        (150.0, [(2, 20, 30), (2, 1, 0)], 36),
    ],
)
def test_a_minute_s_pushes(now, minutes, expected):
    assert _a_minute(minutes, now) == expected


def test_the_minutes_roll_on():
    meter = Meter()
    for now in (0.0, 59.0, 60.0, 61.0, 62.0):
        meter.pushed("text", "inline", now)
    numbers = {key[0]: counts[0] for key, counts in meter.numbers() if len(key) == 1}
    assert [numbers[it.name] for it in series.HIDDEN] == [1, 3, 2]
