"""The files of `deploy/monitoring`: read by promtool, and true to what `/metrics` tells."""

import itertools
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from yizhan.metrics import series

ROOT = Path(__file__).parents[2]
MONITORING = ROOT / "deploy/monitoring"
RULES = yaml.safe_load((MONITORING / "alerts.yml").read_text())["groups"][0]["rules"]
BOARD = json.loads((MONITORING / "dashboard.json").read_text())
PAGES = [ROOT / "docs/monitoring.md", ROOT / "docs/monitoring.zh-CN.md"]
NAMES = {it.name: it for it in series.ALL}


def used(text):
    """The series that an expression names, without the ends of a histogram's."""
    found = set(re.findall(r"\byizhan_\w+", text))
    return {re.sub("_(bucket|sum|count)$", "", it) for it in found}


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool is not installed")
@pytest.mark.parametrize(
    "words",
    [
        ("check", "config", "prometheus.yml"),
        ("check", "rules", "alerts.yml"),
        ("test", "rules", "alerts_test.yml"),
    ],
)
def test_promtool_takes_them(words):
    done = subprocess.run(["promtool", *words], cwd=MONITORING, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_an_alert_asks_for_what_there_is(rule):
    assert used(rule["expr"]) <= NAMES.keys()
    assert rule["labels"]["severity"] in ("warning", "critical")
    for name, label in re.findall(r"(yizhan_\w+?)(?:_bucket|_count)?\{(\w+)", rule["expr"]):
        assert label in NAMES[name].labels


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_explains_every_series_and_every_alert(page):
    told = page.read_text()
    assert {name for name in NAMES if f"`{name}`" not in told} == set()
    assert used(told) <= NAMES.keys()
    rows = re.findall(r"^\| `(Yizhan\w+)` \|", told, re.M)
    assert rows == [rule["alert"] for rule in sorted(RULES, key=lambda it: rows.index(it["alert"]))]
    assert len(rows) == len(RULES)


def graphs():
    return [panel for panel in BOARD["panels"] if panel["type"] != "row"]


def test_the_dashboard_shows_what_there_is():
    asked = [target["expr"] for panel in graphs() for target in panel["targets"]]
    assert set().union(*map(used, asked)) <= NAMES.keys()
    left_out = NAMES.keys() - set().union(*map(used, asked))
    assert left_out == {series.REPEATS.name, series.DIVERGED.name, series.LOST.name}


def test_its_panels_stand_beside_each_other():
    assert len({panel["id"] for panel in BOARD["panels"]}) == len(BOARD["panels"])
    places = [panel["gridPos"] for panel in BOARD["panels"]]
    for one, other in itertools.combinations(places, 2):
        beside = one["x"] + one["w"] <= other["x"] or other["x"] + other["w"] <= one["x"]
        below = one["y"] + one["h"] <= other["y"] or other["y"] + other["h"] <= one["y"]
        assert beside or below
    assert all(it["x"] + it["w"] <= 24 for it in places)


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool is not installed")
def test_prometheus_can_read_what_the_dashboard_asks(tmp_path):
    """Each as a rule of its own, with what Grafana puts in for its variables."""
    asked = {target["expr"] for panel in graphs() for target in panel["targets"]}
    rules = [
        {"record": f"asked:{number}", "expr": expr.replace("$__rate_interval", "1m")}
        for number, expr in enumerate(sorted(asked))
    ]
    (tmp_path / "rules.yml").write_text(json.dumps({"groups": [{"name": "all", "rules": rules}]}))
    done = subprocess.run(
        ["promtool", "check", "rules", "rules.yml"], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
