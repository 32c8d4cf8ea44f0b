"""Prometheus's text form."""

import shutil
import subprocess

import pytest

from yizhan.metrics import series
from yizhan.metrics.exposition import text
from yizhan.metrics.meter import Meter


def lines(*accounts):
    return text(dict(accounts)).splitlines()


def test_each_series_is_one_block_with_all_accounts():
    numbers = {(series.REPEATS.name,): [3]}
    told = lines(("a", numbers), ("b", {}))
    at = told.index("# TYPE yizhan_repeats_total counter")
    assert told[at + 1 : at + 3] == [
        'yizhan_repeats_total{account="a"} 3',
        'yizhan_repeats_total{account="b"} 0',
    ]


def test_buckets_add_up_to_the_count():
    meter = Meter()
    for seconds in (0.001, 0.3, 4.9, 7.0, 400.0):
        meter.handled(seconds)
    told = lines(("a", dict(meter.numbers())))
    assert [line.split(" ")[1] for line in told if "handler_seconds_bucket" in line] == [
        *["1"] * 5, "1", *["2"] * 4, "3", "4", *["4"] * 4, "5",
    ]  # fmt: skip
    assert 'yizhan_handler_seconds_bucket{account="a",le="5"} 3' in told
    assert 'yizhan_handler_seconds_bucket{account="a",le="+Inf"} 5' in told
    assert 'yizhan_handler_seconds_count{account="a"} 5' in told
    assert 'yizhan_handler_seconds_sum{account="a"} 412.201' in told


def test_what_an_alert_asks_for_is_there_before_it_happens():
    told = lines(("a", {}))
    assert 'yizhan_sends_total{account="a",outcome="unknown"} 0' in told
    assert 'yizhan_late_answers_total{account="a",way="push"} 0' in told
    assert 'yizhan_worker_deaths_total{account="a"} 0' in told


def test_labels_are_escaped():
    told = lines(('a"b\\c\n', {(series.JOBS.name, "dead"): [1]}))
    assert 'yizhan_jobs{account="a\\"b\\\\c\\n",state="dead"} 1' in told


def test_nobody_s_refusals_are_those_of_no_account():
    strange = {(series.STRANGE.name, "path"): [2]}
    told = lines(("a", strange), ("b", strange))
    assert 'yizhan_refusals_total{account="-",reason="path"} 4' in told
    assert not [line for line in told if line.startswith("strange")]


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool is not installed")
def test_promtool_has_nothing_to_say():
    told = text({"a": dict(Meter().numbers()), "公众号": {(series.QUOTA.name, "/x"): [5]}})
    done = subprocess.run(
        ["promtool", "check", "metrics"], input=told, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
